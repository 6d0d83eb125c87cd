import type { Problem } from '@nx-pypi/manifests';
import { restAuthorization } from '../http/authorization.ts';
import type { Exchange, Exchanged } from '../http/exchange.ts';
import { refusal } from '../http/refusal.ts';
import type { HttpRequest } from '../http/send-request.ts';
import type { PageReading } from '../page/page-reading.ts';
import { readPage } from '../read/read-page.ts';
import type { RegistryTarget } from '../target/registry-target.ts';

const maxBytes = 5_000_000;

/** What REST says of a failure that the PyPI routes answer with a bare 404: null where it says nothing else. */
export async function diagnoseByRest(exchange: Exchange, target: RegistryTarget): Promise<Problem | null> {
  if (exchange.credential === null) return null;
  const asked = await askRest(exchange, target);
  if (asked.kind === 'failed' || asked.answer.status !== 403) return null;
  return refusal(asked.answer, target, exchange);
}

/** The project's packages, one of them, by the REST API. */
export async function askRest(exchange: Exchange, target: RegistryTarget): Promise<Exchanged> {
  return exchange.read(packagesRequest(exchange, target, 'per_page=1'), maxBytes);
}

/** A request for the project's list of packages, with the header that REST takes. Source: GitLab docs, "Packages API". */
export function packagesRequest({ credential }: Exchange, target: RegistryTarget, query: string): HttpRequest {
  const url = `${target.apiUrl ?? ''}/packages?${query}`;
  const bound = credential !== null && new URL(url).origin === credential.origin;
  const headers = { accept: 'application/json', ...(bound ? restAuthorization(credential) : {}) };
  return { method: 'GET', url, headers, authorization: 'none' };
}

/** The page of a package that nobody has: GitLab looks at the project or group first, and need not list a whole index. */
export async function askPage(
  exchange: Exchange,
  target: RegistryTarget,
  indexUrl: string,
  authorization: 'basic' | 'none',
): Promise<PageReading> {
  return readPage(exchange, { name: 'nx-pypi-proof', indexUrl, target, fresh: true, authorization });
}
