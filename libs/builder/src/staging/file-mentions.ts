import { posix } from 'node:path';
import type { PythonPackage, ReadText } from '@nx-pypi/manifests';
import { mentionsOfHatch, mentionsOfPyproject, type FileMentions } from './build-tables.ts';

/** `../` and what follows, in setup.cfg, setup.py and MANIFEST.in. A requirement's `@ file:../x` is no file of the build. */
const PARENT_PATH = /(?<!@\s?file:)(?<![\w/.])(?:\.\.\/)+[^\s'",;()[\]{}]+/g;

/** In TOML a full stop may be written as an escape. */
const MAY_LEAVE = /\.\.|\\[uU]/;

/**
 * What all manifests of a package mention. Where no file is ignored, `shipped` of TOML files does not matter, nor do paths that stay in
 * the folder: then a file is parsed only when it may name a path that leaves it.
 */
export function fileMentions(pkg: PythonPackage, readText: ReadText, ignoresFiles: boolean): FileMentions {
  const read = (name: string): string => readText(posix.join(pkg.path, name)) ?? '';
  const table = (name: string, parse: (content: string) => FileMentions): FileMentions => {
    const content = read(name);
    return ignoresFiles || MAY_LEAVE.test(content) ? parse(content) : { paths: [], shipped: [] };
  };
  const all = [
    table('pyproject.toml', mentionsOfPyproject),
    table('hatch.toml', mentionsOfHatch),
    textMentions(read('setup.cfg')),
    textMentions(read('setup.py')),
    textMentions(read('MANIFEST.in')),
    { paths: [], shipped: manifestTemplate(read('MANIFEST.in')) },
    { paths: pkg.settings.include, shipped: pkg.settings.include },
  ];
  return { paths: all.flatMap(({ paths }) => paths), shipped: all.flatMap(({ shipped }) => shipped) };
}

function textMentions(content: string): FileMentions {
  return { paths: content.match(PARENT_PATH) ?? [], shipped: [] };
}

/** Commands of MANIFEST.in that add files (setuptools docs, "Controlling files in the distribution"). */
function manifestTemplate(content: string): readonly string[] {
  return content.split(/\r?\n/).flatMap((line) => {
    const [command, first, ...rest] = line.trim().split(/\s+/);
    if (first === undefined) return [];
    if (command === 'include') return [first, ...rest];
    if (command === 'graft') return [`${first}/**`];
    return command === 'recursive-include' ? rest.map((pattern) => `${first}/**/${pattern}`) : [];
  });
}
