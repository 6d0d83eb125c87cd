import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadText } from '@nx-pypi/manifests';
import { cacheFolder, readWorkspaceText } from '@nx-pypi/workspace';
import { PRODUCT } from '../compose/product.ts';
import { drawGraph, type DrawnGraph, type GraphRequest } from './draw-graph.ts';

/** A drawn graph and what it was drawn from. */
interface KeptGraph {
  /** Hash of this product, the options and the list of files. */
  readonly question: string;
  /** Every path that was read or looked for, and a hash over what was found there. */
  readonly reads: readonly string[];
  readonly content: string;
  readonly graph: DrawnGraph;
}

type Found = ReadonlyMap<string, string | undefined>;

/**
 * The graph of the workspace. Without Nx's daemon every command asks for it anew, so the last one is kept in .nx/nx-pypi/graph.json:
 * it is taken where the product, the options, the symlinks, the list of files and every byte that drawing it read are the same. Drawing is a
 * function of these alone. NX_CACHE_PROJECT_GRAPH=false (Nx, "Environment Variables") draws anew.
 */
export function knownGraph(root: string, files: readonly string[], options: GraphRequest): DrawnGraph {
  const readText = readWorkspaceText(root);
  const question = hashOf([PRODUCT, ownCode(), JSON.stringify(options), ...files]);
  const kept = process.env['NX_CACHE_PROJECT_GRAPH'] === 'false' ? null : readKept(root);
  if (kept?.question === question && kept.content === contentHash(readAll(kept.reads, readText))) return kept.graph;
  const found = new Map<string, string | undefined>();
  const graph = drawGraph(files, options, (path) => {
    if (!found.has(path)) found.set(path, readText(path));
    return found.get(path);
  });
  keep(root, { question, reads: [...found.keys()], content: contentHash(found), graph });
  return graph;
}

function readAll(paths: readonly string[], readText: ReadText): Found {
  return new Map(paths.map((path) => [path, readText(path)]));
}

function contentHash(found: Found): string {
  const texts: string[] = [];
  for (const [path, text] of found) texts.push(path, text === undefined ? 'absent' : `${text.length} ${text}`);
  return hashOf(texts);
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex');
}

/** A build of this product that bears the version of an earlier one is not the same: the bundle names its parts by their content. */
function ownCode(): string {
  return readFileSync(fileURLToPath(import.meta.url), 'utf8');
}

/** Null where there is none, or none that can be read. */
function readKept(root: string): KeptGraph | null {
  try {
    return JSON.parse(readFileSync(join(root, '.nx/nx-pypi/graph.json'), 'utf8')) as KeptGraph;
  } catch {
    return null;
  }
}

/** Several commands may do so at once: each writes a file of its own and puts it in place whole. */
function keep(root: string, kept: KeptGraph): void {
  try {
    const file = join(cacheFolder(root), 'graph.json');
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(kept));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A workspace that can't be written to is drawn anew every time.
  }
}
