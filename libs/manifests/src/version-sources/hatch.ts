import { fileIn } from '../pyproject/paths.ts';
import type { TomlTable } from '../toml/query.ts';
import { tableAt, textAt } from '../toml/query.ts';
import { readToml } from '../toml/read-toml.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { fromScm, unreadable } from './found-version.ts';
import { fromPythonFile } from './python-file.ts';
import { fromRegexFile } from './regex-file.ts';
import { GENERIC_PRETEND } from './scm.ts';

/** Hatchling, version/core.py: the pattern of the `regex` source. */
const DEFAULT_PATTERN = String.raw`(?i)^(__version__|VERSION) *= *(['"])v?(?P<version>.+?)\2`;

/** `[tool.hatch.version]`, or `[version]` of hatch.toml, which takes its place (hatch, "Configuration"). */
export function hatchVersion(context: VersionContext): FoundVersion {
  const { settings, files } = settingsOf(context);
  if (settings === null) {
    return unreadable('version is dynamic, but there is no [tool.hatch.version]', files);
  }
  const found = fromSettings(context, settings);
  return { ...found, files: [...files, ...found.files] };
}

function settingsOf(context: VersionContext): { settings: TomlTable | null; files: readonly string[] } {
  const file = fileIn(context.folder, 'hatch.toml');
  const content = context.readText(file);
  const own = tableAt(context.table, 'tool', 'hatch', 'version');
  if (content === undefined) {
    return { settings: own, files: [] };
  }
  const reading = readToml(content);
  return { settings: (reading.kind === 'toml' ? tableAt(reading.table, 'version') : null) ?? own, files: [file] };
}

function fromSettings(context: VersionContext, settings: TomlTable): FoundVersion {
  const path = textAt(settings, 'path');
  const source = textAt(settings, 'source') ?? 'regex';
  switch (source) {
    case 'regex':
    case 'regex_commit': {
      const pattern = textAt(settings, 'pattern') ?? DEFAULT_PATTERN;
      return fromRegexFile(context, { source: 'hatch path', path, pattern, group: 'version' });
    }
    case 'code': {
      const name = textAt(settings, 'expression') ?? '__version__';
      const candidates = path === null ? [] : [fileIn(context.folder, path)];
      return fromPythonFile(context, { source: 'hatch code', candidates, name });
    }
    case 'env': {
      const variable = textAt(settings, 'variable');
      return variable === null ? unreadable('hatch env names no variable') : fromScm('hatch env', variable);
    }
    case 'vcs':
      return fromScm('hatch-vcs', GENERIC_PRETEND);
    case 'uv-dynamic-versioning':
      return fromScm(source, 'UV_DYNAMIC_VERSIONING_BYPASS');
    case 'versioningit':
      return fromScm(source, null);
    default:
      return unreadable(`the hatch version source '${source}' is not known`);
  }
}
