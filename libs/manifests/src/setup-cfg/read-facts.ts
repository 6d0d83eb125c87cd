import type { Problem, ReadText } from '../model.ts';
import { joined } from '../pyproject/requirement-declaration.ts';
import type { Declarations, ManifestPlace, Place } from '../pyproject/requirement-declaration.ts';
import { fileIn } from '../pyproject/paths.ts';
import { findOption, findSection, optionItems, optionText, readConfiguration } from './configuration.ts';
import type { ConfigurationOption, ConfigurationSection } from './configuration.ts';
import type { Facts } from './facts.ts';
import { extraPlace, fileItems, missingFile, readItems } from './requirement-items.ts';
import { readConfiguredVersion } from './read-version.ts';

export type ConfigurationFacts =
  | { readonly kind: 'facts'; readonly facts: Facts; readonly sections: readonly ConfigurationSection[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'problem'; readonly problem: Problem };

interface Source {
  readonly file: string;
  readonly folder: string;
  readonly sections: readonly ConfigurationSection[];
  readonly readText: ReadText;
}

/** What a folder's setup.cfg says to setuptools. */
export function readConfigurationFacts(folder: string, readText: ReadText): ConfigurationFacts {
  const file = fileIn(folder, 'setup.cfg');
  const content = readText(file);
  if (content === undefined) return { kind: 'absent' };
  const reading = readConfiguration(content);
  if (reading.kind === 'error') return { kind: 'problem', problem: unreadable(file, reading.line, reading.message) };
  const { sections } = reading;
  const source: Source = { file, folder, sections, readText };
  const versionOption = findOption(sections, 'metadata', 'version');
  const version = versionOption === null ? null : readConfiguredVersion(versionOption, source);
  const runtime = listed(source, findOption(sections, 'options', 'install_requires'), 'runtime');
  const extras = readExtras(source);
  const setupRequires = listed(source, findOption(sections, 'options', 'setup_requires'), 'build');
  const spots = [runtime, extras, setupRequires].flatMap(
    (part) => part?.declarations.map(({ spot }) => spot.file) ?? [],
  );
  const facts: Facts = {
    name: optionText(findOption(sections, 'metadata', 'name')),
    version: version?.version ?? null,
    requiresPython:
      optionText(findOption(sections, 'options', 'python_requires')) ??
      optionText(findOption(sections, 'metadata', 'python_requires', 'requires_python')),
    description: optionText(findOption(sections, 'metadata', 'description', 'summary')),
    classifiers: classifiers(source),
    runtime,
    extras,
    setupRequires,
    files: [...new Set([file, ...(version?.files ?? []), ...spots])],
  };
  return { kind: 'facts', facts, sections };
}

function unreadable(file: string, line: number, message: string): Problem {
  return {
    code: 'NXPYPI_BAD_SETUP_CFG',
    message: `${file} cannot be read as a configuration file: ${message}.`,
    hint: 'Correct the line; until then its folder is no package.',
    where: `${file}:${String(line)}`,
  };
}

function classifiers({ sections, folder, readText }: Source): readonly string[] | null {
  const option = findOption(sections, 'metadata', 'classifiers', 'classifier');
  const files = filesOf(option);
  if (option === null) return null;
  if (files === null) return optionItems(option, ',').map(({ text }) => text);
  return files
    .flatMap((path) => (readText(fileIn(folder, path)) ?? '').split(/\r?\n/))
    .flatMap((line) => line.trim() || []);
}

/** The paths of a `file:` value; null where the value is none. */
function filesOf(option: ConfigurationOption | null): readonly string[] | null {
  const text = optionText(option);
  if (text === null || !text.startsWith('file:')) return null;
  const paths = text.slice('file:'.length).split(/[,\n]/);
  return paths.flatMap((path) => path.trim() || []);
}

function readExtras(source: Source): Declarations | null {
  const section = findSection(source.sections, 'options.extras_require');
  if (section === null) return null;
  return joined(
    section.options.map((option) =>
      requirements(source, section.name, option, extraPlace(option.name, placeIn(source))),
    ),
  );
}

function placeIn({ folder }: Source): ManifestPlace {
  return { folder, sources: new Map(), wanted: null };
}

function listed(source: Source, option: ConfigurationOption | null, kind: 'runtime' | 'build'): Declarations | null {
  if (option === null) return null;
  return requirements(source, 'options', option, { place: { ...placeIn(source), kind, group: null }, marker: null });
}

function requirements(
  { file, folder, readText }: Source,
  section: string,
  option: ConfigurationOption,
  { place, marker }: { readonly place: Place; readonly marker: string | null },
): Declarations {
  const files = filesOf(option);
  if (files === null) {
    const items = optionItems(option, ';').map(({ text, line }) => {
      return { text, spot: { kind: 'cfg', file, section, option: option.name, line } as const };
    });
    return readItems(items, place, marker);
  }
  return joined(
    files.map((path) => {
      const items = fileItems(path, folder, readText);
      if (items === null) return { declarations: [], problems: [missingFile(path, file, option.line)] };
      return readItems(items, place, marker);
    }),
  );
}
