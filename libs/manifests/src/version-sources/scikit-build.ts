import type { TomlTable } from '../toml/query.ts';
import { isTable, listAt, tableAt, textAt } from '../toml/query.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { fromScm, unreadable } from './found-version.ts';
import { fromRegexFile } from './regex-file.ts';
import { GENERIC_PRETEND } from './scm.ts';

/** scikit-build-core, "Dynamic metadata": what the regex provider looks for. */
const DEFAULT_PATTERN = String.raw`(?i)^(__version__|VERSION)(?: ?\: ?str)? *= *(['"])v?(?P<value>.+?)\2`;

/** `[tool.scikit-build.metadata.version]`, or the `[[tool.dynamic-metadata]]` of later versions. */
export function scikitBuildVersion(context: VersionContext): FoundVersion {
  const settings = settingsOf(context.table);
  const provider = settings === null ? null : textAt(settings, 'provider');
  if (settings === null || provider === null) {
    return unreadable('version is dynamic, but scikit-build-core is given no provider for it');
  }
  if (provider.endsWith('.regex')) {
    if (settings['result'] !== undefined || settings['remove'] !== undefined) {
      return unreadable('scikit-build regex puts the version together with result or remove');
    }
    return fromRegexFile(context, {
      source: 'scikit-build regex',
      path: textAt(settings, 'input'),
      pattern: textAt(settings, 'regex') ?? DEFAULT_PATTERN,
      group: 'value',
    });
  }
  return provider.endsWith('.setuptools_scm')
    ? fromScm('setuptools-scm', GENERIC_PRETEND)
    : unreadable(`the provider '${provider}' computes the version`);
}

function settingsOf(table: TomlTable): TomlTable | null {
  const legacy = tableAt(table, 'tool', 'scikit-build', 'metadata', 'version');
  const providers = listAt(table, 'tool', 'dynamic-metadata').filter(isTable);
  return legacy ?? providers.find(({ field }) => field === undefined || field === 'version') ?? null;
}
