/** The bundle mirrors the source: `./bundle/a/b.js` in a manifest is made of `src/a/b.ts`, and nothing else is an entry. */
import { namedFiles } from './manifests.ts';

export interface Entry {
  /** `executors/publish/publish`: the path under src and under bundle, without its ending. */
  readonly name: string;
  readonly source: string;
}

const bundled = /^\.\/bundle\/(.+)\.js$/;
const bundledTypes = /^\.\/bundle\/(.+)\.d\.ts$/;
const bundledSchema = /^\.\/bundle\/(.+\.json)$/;

/** Implementation paths of Nx manifests may leave the ending out or name a function after `#`; both are refused by packCheck, not here. */
export function javascriptEntries(packageRoot: string): readonly Entry[] {
  return namesMatching(packageRoot, bundled).map((name) => ({ name, source: `src/${name}.ts` }));
}

/** Declarations that the manifests name; each pulls in the declarations that it imports. */
export function declarationEntries(packageRoot: string): readonly Entry[] {
  return namesMatching(packageRoot, bundledTypes).map((name) => ({ name, source: `dist/${name}.d.ts` }));
}

/** Schemas that the Nx manifests name: copied byte for byte from the same place under src. */
export function schemaEntries(packageRoot: string): readonly Entry[] {
  return namesMatching(packageRoot, bundledSchema).map((name) => ({ name, source: `src/${name}` }));
}

function namesMatching(packageRoot: string, pattern: RegExp): readonly string[] {
  const names = namedFiles(packageRoot).map((file) => pattern.exec(file.path)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].toSorted();
}
