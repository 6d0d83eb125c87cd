import type { Problem } from '@nx-pypi/manifests';
import type { Exchange } from '../http/exchange.ts';
import { refusal } from '../http/refusal.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { readHeadOnly } from './read-head-only.ts';
import type { Proof } from './prover.ts';

/**
 * Proves that there is a simple index (PEP 503) at the index URL and, where it is not open to everybody, that the credential
 * can read it.
 */
export async function provePypi(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const known = await readHeadOnly(exchange, target.projectIndexUrl, 'basic');
  if (known.kind === 'failed') return { kind: 'refuted', problem: known.problem };
  if (known.answer.status !== 200) return { kind: 'refuted', problem: refusal(known.answer, target, exchange) };
  if (!isIndex(known.answer.headers['content-type'], known.answer.text)) {
    return { kind: 'refuted', problem: notAnIndex(target) };
  }
  if (exchange.credential === null) return { kind: 'proven' };
  const anonymous = await readHeadOnly(exchange, target.projectIndexUrl, 'none');
  if (anonymous.kind === 'failed') return { kind: 'refuted', problem: anonymous.problem };
  return anonymous.answer.status === 200 ? { kind: 'open', notice: openToAll(target) } : { kind: 'proven' };
}

function isIndex(contentType: string | undefined, text: string): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^application\/vnd\.pypi\.simple\.(?:v1|latest)\+(?:json|html)$/.test(type)) return true;
  return type === 'text/html' && !/<(?:form|input)\b/i.test(text);
}

function notAnIndex(target: RegistryTarget): Problem {
  return {
    code: 'NXPYPI_INDEX_UNREADABLE',
    message: 'The index URL does not lead to a simple index (PEP 503).',
    hint: 'Check `registry.indexUrl`: it is the parent of every package page, and often ends in /simple/.',
    where: target.projectIndexUrl,
  };
}

function openToAll(target: RegistryTarget): Problem {
  return {
    code: 'NXPYPI_CREDENTIAL_NOT_PROVEN',
    message: `The credential could not be checked before the first upload: the index of ${target.display} can be read by everybody.`,
    hint: 'Nothing needs to be done; a wrong credential shows with the first upload.',
    where: target.projectIndexUrl,
  };
}
