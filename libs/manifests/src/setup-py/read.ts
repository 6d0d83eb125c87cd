import type { Reading } from '../dialect.ts';
import type { ReadText } from '../model.ts';
import { fileIn } from '../pyproject/paths.ts';
import { combined } from '../setup-cfg/facts.ts';
import { legacyPackage, readCompanion } from '../setup-cfg/legacy-package.ts';
import { readConfigurationFacts } from '../setup-cfg/read-facts.ts';
import { computedName } from './problems.ts';
import { readScriptFacts } from './read-facts.ts';

/** Reads a package whose setup.py names it; setup.cfg beside it adds what `setup()` is not given. */
export function readSetupPy(folder: string, readText: ReadText): Reading {
  if (readText(fileIn(folder, 'setup.py')) === undefined) return { kind: 'not-mine' };
  const companion = readCompanion(folder, readText);
  if (companion.kind !== 'companion') return companion;
  const script = readScriptFacts(folder, readText);
  if (script.kind === 'absent') return { kind: 'not-mine' };
  if (script.kind === 'no-call') return { kind: 'not-a-package', reason: `${script.file} calls no setup()` };
  if (script.name.kind === 'computed') return { kind: 'problem', problem: computedName(script.name.why) };
  const configuration = readConfigurationFacts(folder, readText);
  if (configuration.kind === 'problem') return configuration;
  const facts = combined(script.facts, configuration.kind === 'facts' ? configuration.facts : null);
  const name = facts?.name ?? null;
  const [manifest = ''] = script.facts.files;
  if (facts === null || name === null) {
    return { kind: 'not-a-package', reason: `${manifest} gives setup() no name` };
  }
  const sections = configuration.kind === 'facts' ? configuration.sections : [];
  return legacyPackage({ dialect: 'setup-py', folder, manifest, name, facts, sections, companion });
}
