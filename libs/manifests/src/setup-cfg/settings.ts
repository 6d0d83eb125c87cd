import type { PackageSettings } from '../model.ts';
import { byName } from '../pyproject/edge-settings.ts';
import { readSettings } from '../pyproject/settings.ts';
import type { TomlTable } from '../toml/query.ts';
import { findOption, optionItems, optionText } from './configuration.ts';
import type { ConfigurationSection } from './configuration.ts';

/** Python's `ConfigParser.BOOLEAN_STATES`. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['yes', true],
  ['true', true],
  ['on', true],
  ['0', false],
  ['no', false],
  ['false', false],
  ['off', false],
]);

const EDGE = 'nx-pypi.dependencies.';

/** Sections `[nx-pypi.dependencies.NAME]`. */
function legacyEdges(sections: readonly ConfigurationSection[]): Pick<PackageSettings, 'dependencies'> {
  const named = sections.filter(({ name }) => name.startsWith(EDGE));
  const text = (section: string, option: string): string | null => optionText(findOption(sections, section, option));
  return byName(
    named.map(({ name }) => [
      name.slice(EDGE.length),
      { follow: text(name, 'follow'), rewrite: text(name, 'rewrite') },
    ]),
  );
}

/** Section `[nx-pypi.releaseBranches]`. */
function legacyBranches(sections: readonly ConfigurationSection[]): Pick<PackageSettings, 'releaseBranches'> {
  const options = sections.filter(({ name }) => name === 'nx-pypi.releaseBranches').flatMap((one) => one.options);
  const texts = options.map((option) => [option.name, optionText(option) ?? ''] as const);
  return texts.length === 0 ? {} : { releaseBranches: Object.fromEntries(texts) };
}

/** Section `[nx-pypi]` of setup.cfg; what `[tool.nx-pypi]` of a pyproject.toml beside it says wins. */
export function readLegacySettings(
  sections: readonly ConfigurationSection[],
  table: TomlTable | null,
): PackageSettings {
  const own = table === null ? null : readSettings(table);
  const publish = optionText(findOption(sections, 'nx-pypi', 'publish'))?.toLowerCase() ?? '';
  const include = optionItems(findOption(sections, 'nx-pypi', 'include'), ',').map(({ text }) => text);
  const text = (option: 'level' | 'follow' | 'rewrite' | 'lockstep'): string | null =>
    own?.[option] ?? optionText(findOption(sections, 'nx-pypi', option));
  return {
    publish: own?.publish ?? BOOLEANS.get(publish) ?? null,
    include: own !== null && own.include.length > 0 ? own.include : include,
    level: text('level'),
    follow: text('follow'),
    rewrite: text('rewrite'),
    ...legacyEdges(sections),
    ...(own?.dependencies === undefined ? {} : { dependencies: own.dependencies }),
    lockstep: text('lockstep'),
    ...legacyBranches(sections),
    ...(own?.releaseBranches === undefined ? {} : { releaseBranches: own.releaseBranches }),
  };
}
