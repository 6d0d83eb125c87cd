import type { Plugin } from 'rolldown';

/**
 * Packages that many commands never ask for, with what the source imports from them. The bundle loads them at first use and at once,
 * as `require` does (of ES modules too: Node >= 20.19), so that the project graph, which every Nx command makes, starts without them.
 * One file of CommonJS takes a tenth of the processor time that smol-toml's nine modules take.
 */
const lazyModules: Readonly<Record<string, string>> = {
  '@lezer/python': 'export const parser = { parse: (text) => loaded().parser.parse(text) };',
  diff: 'export const createTwoFilesPatch = (...given) => loaded().createTwoFilesPatch(...given);',
  picomatch: `const matcher = (...given) => loaded()(...given);
matcher.isMatch = (...given) => loaded().isMatch(...given);
export default matcher;`,
  'smol-toml': 'export const parse = (...given) => loaded().parse(...given);',
  'toml-eslint-parser': 'export const parseTOML = (...given) => loaded().parseTOML(...given);',
};

export const lazyPackages: readonly string[] = Object.keys(lazyModules);

const prefix = '\0loaded-at-first-use:';

/** Gives the importers of a lazy package a module in its place; an import that this one lacks fails the build. */
export function loadAtFirstUse(): Plugin {
  return {
    name: 'load-at-first-use',
    resolveId: (id) => (lazyPackages.includes(id) ? `${prefix}${id}` : null),
    load: (id) => (id.startsWith(prefix) ? moduleFor(id.slice(prefix.length)) : null),
  };
}

function moduleFor(name: string): string {
  return `import { createRequire } from 'node:module';
let known;
const loaded = () => (known ??= createRequire(import.meta.url)('${name}'));
${lazyModules[name] ?? ''}
`;
}
