import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { localRealm } from '../realm/local-realm.ts';
import { startRegistry } from '../start-registry.ts';
import type { ServeArguments } from './arguments.ts';
import type { Terminal } from './main.ts';
import { welcome } from './welcome.ts';

/** Runs a registry until the user stops it. */
export async function serve(args: ServeArguments, terminal: Terminal): Promise<number> {
  const given = terminal.environment['NX_PYPI_TOKEN'] ?? '';
  const token = given === '' ? `local-${randomBytes(12).toString('hex')}` : given;
  const storage = resolve(args.storage);
  const registry = await startRegistry({
    storage,
    host: args.host,
    port: args.port,
    basePath: args.basePath,
    realm: localRealm(token),
    features: { forwarding: args.forwarding ?? false },
    faults: args.faults,
    requestLog: ({ method, path, status }) => terminal.out(`${method} ${path} ${status === 0 ? 'cut off' : status}\n`),
  });
  terminal.out(welcome({ url: registry.url, host: args.host, storage, token: given === '' ? token : null }));
  await terminal.stopped();
  await registry.close();
  return 0;
}
