import { tableAt, textAt } from '../toml/query.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { fromScm, unreadable } from './found-version.ts';
import { fromRegexFile } from './regex-file.ts';

/** pdm-backend, hooks/version: what the file source looks for; the first group of a pattern is the version. */
const DEFAULT_PATTERN = String.raw`^(?:__version__|VERSION)\s*=\s*["'](.+?)["']\s*(?:#.*)?$`;

/** `[tool.pdm.version]`. */
export function pdmVersion(context: VersionContext): FoundVersion {
  const settings = tableAt(context.table, 'tool', 'pdm', 'version');
  const source = settings === null ? null : textAt(settings, 'source');
  if (settings === null || source === null) {
    return unreadable('version is dynamic, but [tool.pdm.version] has no source');
  }
  switch (source) {
    case 'file': {
      const pattern = textAt(settings, 'pattern') ?? DEFAULT_PATTERN;
      return fromRegexFile(context, { source: 'pdm file', path: textAt(settings, 'path'), pattern, group: 1 });
    }
    case 'scm':
      return fromScm('pdm scm', 'PDM_BUILD_SCM_VERSION');
    default:
      return unreadable(`[tool.pdm.version] computes the version (source '${source}')`);
  }
}
