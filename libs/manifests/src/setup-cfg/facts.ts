import type { DeclaredVersion } from '../model.ts';
import type { Declarations } from '../pyproject/requirement-declaration.ts';

/** What one of setuptools' two files says of a package; null is what it leaves to the other. */
export interface Facts {
  readonly name: string | null;
  readonly version: DeclaredVersion | null;
  readonly requiresPython: string | null;
  readonly description: string | null;
  readonly classifiers: readonly string[] | null;
  readonly runtime: Declarations | null;
  readonly extras: Declarations | null;
  readonly setupRequires: Declarations | null;
  /** Files that were read, the manifest first. */
  readonly files: readonly string[];
}

/** Both files together: what setup.py gives wins (setuptools, `ConfigHandler.__setitem__`: "Already inhabited. Skipping."). */
export function combined(script: Facts | null, configuration: Facts | null): Facts | null {
  if (script === null || configuration === null) return script ?? configuration;
  return {
    name: script.name ?? configuration.name,
    version: script.version ?? configuration.version,
    requiresPython: script.requiresPython ?? configuration.requiresPython,
    description: script.description ?? configuration.description,
    classifiers: script.classifiers ?? configuration.classifiers,
    runtime: script.runtime ?? configuration.runtime,
    extras: script.extras ?? configuration.extras,
    setupRequires: script.setupRequires ?? configuration.setupRequires,
    files: [...new Set([...configuration.files, ...script.files])],
  };
}
