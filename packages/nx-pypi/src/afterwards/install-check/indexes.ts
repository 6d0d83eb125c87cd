import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OpenRegistry } from '../../compose/registries/open-registry.ts';

/** Where the people who install read packages, and what the index asks of them. */
export interface InstallIndex {
  /** A simple index (PEP 503) without credentials. */
  readonly url: string;
  readonly login: { readonly username: string; readonly password: string } | null;
}

/** The indexes of the run's registries: of a group where there is one. */
export function installIndexes(
  opened: readonly Pick<OpenRegistry, 'server' | 'directory'>[],
  root: string,
): readonly InstallIndex[] {
  return opened.flatMap(({ server, directory }) => {
    if (directory !== null) return [{ url: `${pathToFileURL(resolve(root, directory)).href}/`, login: null }];
    if (server === null) return [];
    const { groupIndexUrl, projectIndexUrl } = server.target;
    return [{ url: groupIndexUrl ?? projectIndexUrl, login: server.credential }];
  });
}

/**
 * The lines of a netrc file: an installer's command line is seen by every process of the machine, and URLs get into logs
 * (rule H2). A host is named once, as netrc knows no ports.
 */
export function netrcOf(indexes: readonly InstallIndex[]): string {
  const byHost = new Map<string, string>();
  for (const { url, login } of indexes) {
    const { hostname } = new URL(url);
    if (login === null || hostname === '' || byHost.has(hostname)) continue;
    byHost.set(hostname, `machine ${hostname} login ${login.username} password ${login.password}\n`);
  }
  return [...byHost.values()].join('');
}
