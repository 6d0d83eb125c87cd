import { parse } from 'smol-toml';

/**
 * What counts of an sdist's pyproject.toml: its values without our provenance. pdm-backend writes the file anew, so that
 * lay-out and comments say nothing about the source. A file that is not TOML counts as it is.
 */
export function pyprojectWithoutProvenance(content: string): string {
  try {
    return JSON.stringify(parse(content, { integersAsBigInt: 'asNeeded' }), (key, value: unknown) =>
      sorted(key, value),
    );
  } catch {
    return content;
  }
}

/** Our table is dropped, and with it every table that is empty then (pdm-backend adds an empty `tool`); keys are sorted. */
function sorted(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  if (!isTable(value)) return value;
  const kept = Object.entries(value)
    .filter(([name]) => key !== 'nx-pypi' || name !== 'provenance')
    .filter(([name, inner]) => !isTable(inner) || !isEmpty(sorted(name, inner)));
  return Object.fromEntries(kept.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function isEmpty(value: unknown): boolean {
  return isTable(value) && Object.keys(value).length === 0;
}

/** A setup.cfg without the section that holds our provenance; the settings in it say nothing about what is installed. */
export function setupCfgWithoutProvenance(content: string): string {
  let inside = false;
  const kept = content.split(/\r?\n/).filter((line) => {
    const heading = /^\[(?<name>[^\]]+)\]/.exec(line)?.groups?.['name'];
    if (heading !== undefined) inside = heading.trim() === 'nx-pypi';
    return !inside;
  });
  return kept.join('\n').trim();
}
