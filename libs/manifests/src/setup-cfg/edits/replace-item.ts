import type { EditResult, Problem, ReadText, Spot } from '../../model.ts';
import { changesNothing } from '../../toml/checked-edits.ts';
import { findSection, optionItems, readConfiguration } from '../configuration.ts';
import type { ValueLine } from '../configuration.ts';

type ConfigurationSpot = Extract<Spot, { readonly kind: 'cfg' }>;

/** Replaces one item of an option's value where it still reads `was`; the line tells items of one text apart. */
export function replaceItem(
  spot: ConfigurationSpot,
  { was, now }: { readonly was: string; readonly now: string },
  readText: ReadText,
): EditResult {
  const candidates = itemsAt(spot, readText).filter(({ text }) => text === was);
  const item = candidates.find(({ line }) => line === spot.line) ?? candidates[0];
  if (item === undefined) return { kind: 'problem', problem: gone(spot, was) };
  if (was === now) return { kind: 'problem', problem: changesNothing(spot.file) };
  return { kind: 'edits', edits: [{ file: spot.file, start: item.start, end: item.end, text: now }] };
}

function itemsAt({ file, section, option }: ConfigurationSpot, readText: ReadText): readonly ValueLine[] {
  const content = readText(file);
  const reading = content === undefined ? null : readConfiguration(content);
  if (reading?.kind !== 'configuration') return [];
  const found = findSection(reading.sections, section)?.options.find(({ name }) => name === option) ?? null;
  return [...(found?.value ?? []), ...optionItems(found, ';')];
}

function gone({ file, section, option, line }: ConfigurationSpot, was: string): Problem {
  return {
    code: 'NXPYPI_SPOT_GONE',
    message: `${file} no longer has '${was}' in ${option} of [${section}].`,
    hint: 'The file changed since it was read: read it again.',
    where: `${file}:${String(line)}`,
  };
}
