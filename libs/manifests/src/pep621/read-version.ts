import { tableAt, textAt, textsAt } from '../toml/query.ts';
import { dynamicVersion } from '../version-sources/dynamic-version.ts';
import type { FoundVersion, VersionContext } from '../version-sources/found-version.ts';
import { unreadable } from '../version-sources/found-version.ts';
import { legacyFacts } from './legacy-facts.ts';
import { fileIn } from '../pyproject/paths.ts';

/** The version of a package with `[project]`: written there, or listed in `project.dynamic` and kept where its backend says. */
export function readVersion(context: VersionContext): FoundVersion {
  const project = tableAt(context.table, 'project') ?? {};
  const text = textAt(project, 'version');
  if (text !== null) {
    const file = fileIn(context.folder, 'pyproject.toml');
    return {
      version: { kind: 'static', text, spots: [{ kind: 'toml', file, keys: ['project', 'version'] }] },
      files: [],
    };
  }
  if (!textsAt(project, 'dynamic').includes('version')) {
    return unreadable('[project] has neither a version nor lists it in dynamic');
  }
  return dynamicVersion(context) ?? legacyVersion(context);
}

function legacyVersion({ folder, readText }: VersionContext): FoundVersion {
  const facts = legacyFacts(folder, readText);
  return facts === null || facts.version === null
    ? unreadable('version is dynamic, and neither [tool.setuptools.dynamic], setup.cfg nor setup.py gives one')
    : { version: facts.version, files: facts.files };
}
