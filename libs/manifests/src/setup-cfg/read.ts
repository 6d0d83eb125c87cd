import type { Reading } from '../dialect.ts';
import type { ReadText } from '../model.ts';
import { computedName } from '../setup-py/problems.ts';
import { readScriptFacts } from '../setup-py/read-facts.ts';
import { combined } from './facts.ts';
import { legacyPackage, readCompanion } from './legacy-package.ts';
import { readConfigurationFacts } from './read-facts.ts';

/** Reads a package whose setup.cfg has a `[metadata] name`; a setup.py beside it adds what it gives to `setup()`. */
export function readSetupCfg(folder: string, readText: ReadText): Reading {
  const configuration = readConfigurationFacts(folder, readText);
  if (configuration.kind === 'absent') return { kind: 'not-mine' };
  const companion = readCompanion(folder, readText);
  if (companion.kind !== 'companion') return companion;
  if (configuration.kind === 'problem') return configuration;
  if (configuration.facts.name === null) return { kind: 'not-mine' };
  const script = readScriptFacts(folder, readText);
  if (script.kind === 'facts' && script.name.kind === 'computed') {
    return { kind: 'problem', problem: computedName(script.name.why) };
  }
  const facts = combined(script.kind === 'facts' ? script.facts : null, configuration.facts) ?? configuration.facts;
  const [manifest = ''] = configuration.facts.files;
  const name = facts.name ?? configuration.facts.name;
  return legacyPackage({
    dialect: 'setup-cfg',
    folder,
    manifest,
    name,
    facts,
    sections: configuration.sections,
    companion,
  });
}
