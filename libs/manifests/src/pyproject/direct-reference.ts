import type { DependencySource } from '../model.ts';
import { insideWorkspace } from './paths.ts';

const HATCH_ROOT = /^(?:file:\/\/)?\{root((?::parent)*)(?::uri|:real)*\}(.*)$/;
const PROJECT_ROOT = /^file:(?:\/\/)?\/?\$\{PROJECT_ROOT\}(.*)$/;
const FILE_URL = /^file:(.*)$/;

/**
 * Where a direct reference (PEP 508, `name @ URL`) of a package in `folder` points to. Understands hatch's context
 * formatting (`{root:parent:uri}`), `${PROJECT_ROOT}` of PDM and Poetry, and `file:` URLs.
 */
export function sourceOfUrl(url: string, folder: string): DependencySource {
  const target = url.replace(/[#?].*$/, '');
  const [, parents, below] = HATCH_ROOT.exec(target) ?? [];
  if (parents !== undefined && below !== undefined) {
    const up = '../'.repeat(parents.split(':').length - 1);
    return pathSource(folder, `${up}.${below}`);
  }
  const rooted = PROJECT_ROOT.exec(target)?.[1];
  if (rooted !== undefined) {
    return pathSource(folder, `.${rooted}`);
  }
  const file = FILE_URL.exec(target)?.[1];
  return file === undefined ? { kind: 'url', url } : pathSource(folder, file);
}

function pathSource(folder: string, encoded: string): DependencySource {
  return { kind: 'path', path: insideWorkspace(folder, decoded(encoded)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
