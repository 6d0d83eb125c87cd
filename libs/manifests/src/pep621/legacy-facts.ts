import type { ReadText } from '../model.ts';
import { combined } from '../setup-cfg/facts.ts';
import type { Facts } from '../setup-cfg/facts.ts';
import { readConfigurationFacts } from '../setup-cfg/read-facts.ts';
import { readScriptFacts } from '../setup-py/read-facts.ts';

/** What setup.cfg and setup.py add to a `[project]` that lists a field in `dynamic` (setuptools, "Dynamic Metadata"). */
export function legacyFacts(folder: string, readText: ReadText): Facts | null {
  const script = readScriptFacts(folder, readText);
  const configuration = readConfigurationFacts(folder, readText);
  return combined(
    script.kind === 'facts' ? script.facts : null,
    configuration.kind === 'facts' ? configuration.facts : null,
  );
}
