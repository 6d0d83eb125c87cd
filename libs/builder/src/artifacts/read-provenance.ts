import type { Provenance } from '@nx-pypi/release';
import { parse } from 'smol-toml';
import { provenanceFrom } from '../staging/provenance-fields.ts';

/** Reads what a build of ours wrote into an sdist (rule I1); null where there is none or it is not ours (I2). */
export function readProvenance(pyproject: string | null, setupCfg: string | null): Provenance | null {
  const fromToml = pyproject === null ? null : fromPyproject(pyproject);
  return fromToml ?? (setupCfg === null ? null : fromSetupCfg(setupCfg));
}

function fromPyproject(content: string): Provenance | null {
  try {
    const tool = tableIn(parse(content, { integersAsBigInt: 'asNeeded' }), 'tool');
    const table = tableIn(tableIn(tool, 'nx-pypi'), 'provenance');
    return table === null ? null : provenanceFrom(table);
  } catch {
    return null;
  }
}

function tableIn(value: unknown, key: string): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null) return null;
  const inner: unknown = (value as Record<string, unknown>)[key];
  return typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>) : null;
}

/** Section `[nx-pypi]`: `name = value` lines; a value of several indented lines is a map, one `name value` per line. */
function fromSetupCfg(content: string): Provenance | null {
  const section = /^\[nx-pypi\][ \t]*\r?\n(?<body>(?:(?!\[).*(?:\r?\n|$))*)/m.exec(content)?.groups?.['body'];
  if (section === undefined) return null;
  const fields: Record<string, unknown> = {};
  let open: Record<string, string> | null = null;
  for (const line of section.split(/\r?\n/)) {
    const pair = /^(?<space>\s*)(?<name>[^\s=:]+)\s*[=:]\s*(?<value>.*)$/.exec(line)?.groups;
    if (pair === undefined) continue;
    const [name = '', value = ''] = [pair['name'], pair['value']?.trim()];
    if (pair['space'] !== '') {
      if (open !== null) open[name] = value;
    } else if (value === '') {
      open = {};
      fields[name] = name === 'declared' ? open : '';
    } else fields[name] = value;
  }
  return provenanceFrom(fields);
}
