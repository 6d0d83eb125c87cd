import { startRegistry } from '../../src/index.ts';
import { orchestraRealm } from '../orchestra-realm.ts';

/** A registry of its own process, for tests that kill it: takes the storage folder, prints its URL. */
const registry = await startRegistry({ storage: process.argv[2] ?? '', realm: orchestraRealm });
console.log(registry.url);
