/** What the published plugin names of itself: the fields of its manifests decide what is bundled and what must be in the tarball. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A file that a manifest names, as written: `./bundle/index.js`. `by` says which manifest and field. */
export interface NamedFile {
  readonly path: string;
  readonly by: string;
}

export function readJson(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

/** package.json and the Nx manifests beside it that it may name; missing ones are left out. */
const manifestFiles = ['package.json', 'executors.json', 'generators.json', 'migrations.json'];

/** Fields of package.json whose strings are files; the rest of it (names, versions, globs) is not looked at. */
const fileFields = new Set(['main', 'types', 'exports', 'executors', 'generators', 'schematics', 'nx-migrations']);

/** The condition that only this monorepo resolves; its target is not shipped. */
const sourceCondition = 'nx-pypi-source';

/** Every `./…` string under the fields of package.json that name files, and anywhere in the Nx manifests. */
export function namedFiles(packageRoot: string): readonly NamedFile[] {
  return manifestFiles
    .filter((name) => existsSync(join(packageRoot, name)))
    .flatMap((name) => {
      const json = readJson(join(packageRoot, name));
      return name === 'package.json' ? filesOfPackageJson(json) : filesIn(json, name);
    });
}

function filesOfPackageJson(json: Json): readonly NamedFile[] {
  const named = Object.entries(isRecord(json) ? json : {}).flatMap(([field, value]) =>
    fileFields.has(field) ? filesIn(value, `package.json ${field}`) : [],
  );
  return [...named, ...binaries(json).map((path) => ({ path: `./${path}`, by: 'package.json bin' }))];
}

/** Files that `bin` of a package.json names, without `./`: the form in which npm makes them executable when it packs. */
export function binaries(manifest: Json): readonly string[] {
  const bin = isRecord(manifest) ? manifest['bin'] : undefined;
  const paths = typeof bin === 'string' ? [bin] : Object.values(bin !== undefined && isRecord(bin) ? bin : {});
  return paths.flatMap((path) => (typeof path === 'string' ? [path.replace(/^\.\//, '')] : []));
}

function filesIn(value: Json, by: string): readonly NamedFile[] {
  if (typeof value === 'string') return value.startsWith('./') ? [{ path: value, by }] : [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => filesIn(item, by));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === sourceCondition ? [] : filesIn(item, `${by} ${key}`)));
}

export function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
