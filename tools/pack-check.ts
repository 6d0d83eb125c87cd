/** Packs what would be published and looks at it as users get it: contents, publint, attw, and whether it loads. Exit code 1 when anything is wrong. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFaults } from './packaging/contents.ts';
import { loadEntries } from './packaging/load-entries.ts';
import { isRecord, binaries, type Json, namedFiles, readJson } from './packaging/manifests.ts';
import { packFolder, readTarball } from './packaging/tarball.ts';

const root = join(import.meta.dirname, '..');

interface Checked {
  readonly name: string;
  readonly allowed: readonly RegExp[];
}

const texts = /^(README|CHANGELOG|LICENSE)(\.md)?$/;
const checked: readonly Checked[] = [
  {
    name: 'nx-pypi',
    allowed: [
      texts,
      /^(executors|generators|migrations|options\.schema)\.json$/,
      /^bundle\/.+\.(js|d\.ts)$/,
      /^bundle\/.+\/schema\.json$/,
    ],
  },
  { name: 'nx-pypi-registry', allowed: [texts, /^dist\/.+\.(js|d\.ts)$/] },
];

const destination = mkdtempSync(join(tmpdir(), 'nx-pypi-pack-'));
try {
  const results = await Promise.all(checked.map((one) => check(one)));
  for (const { name, size, faults } of results) {
    console.log(faults.length === 0 ? `${name}: ${size}, nothing wrong` : `${name}: ${size}\n  ${faults.join('\n  ')}`);
  }
  if (results.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
} finally {
  rmSync(destination, { recursive: true, force: true });
}

async function check({ name, allowed }: Checked): Promise<{ name: string; size: string; faults: readonly string[] }> {
  const folder = join(root, 'packages', name);
  const tarball = await packFolder(folder, destination);
  const [files, ...complaints] = await Promise.all([
    readTarball(tarball),
    complaintOf('publint', ['run', tarball, '--strict']),
    complaintOf('attw', [tarball, '--profile', 'esm-only', '--no-emoji', '--no-color', ...withoutTypes(folder)]),
  ]);
  const manifest = JSON.parse(files.find((file) => file.path === 'package.json')?.text ?? '{}') as Json;
  const named = namedFiles(folder);
  const packed = new Set(files.map(({ path }) => path));
  const programs = binaries(manifest).filter((path) => packed.has(path));
  const modules = new Set(named.map(({ path }) => path.replace(/^\.\//, '')));
  const unloadable = await loadEntries(join(root, 'node_modules'), {
    files,
    modules: [...modules].filter((path) => path.endsWith('.js') && packed.has(path) && !programs.includes(path)),
    binaries: programs,
  });
  const faults = [...findFaults(files, { allowed, named, manifest }), ...complaints.flat(), ...unloadable];
  return { name, size: `${files.length} files, ${readFileSync(tarball).byteLength} bytes packed`, faults };
}

/** Entry points that no TypeScript program of a user loads: exports that name a `.js` alone, and entries for our own tests. */
function withoutTypes(folder: string): readonly string[] {
  const manifest = readJson(join(folder, 'package.json')) as { readonly exports?: Readonly<Record<string, Json>> };
  const untyped = Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) =>
    (typeof target === 'string' && target.endsWith('.js')) || isSourceOnly(target) ? [entry] : [],
  );
  return untyped.length === 0 ? [] : ['--exclude-entrypoints', ...untyped];
}

/** An entry for this repository's own tests: only the source condition leads anywhere. */
function isSourceOnly(target: Json): boolean {
  return isRecord(target) && Object.keys(target).join() === 'nx-pypi-source';
}

/** Output of a checker that failed, as one fault. */
async function complaintOf(tool: string, args: readonly string[]): Promise<readonly string[]> {
  const bin = join(root, 'node_modules/.bin', process.platform === 'win32' ? `${tool}.cmd` : tool);
  return new Promise((resolve) => {
    execFile(bin, [...args], { cwd: root, shell: process.platform === 'win32' }, (error, stdout, stderr) => {
      resolve(error === null ? [] : [`${tool} refuses it:\n${stdout}${stderr}`]);
    });
  });
}
