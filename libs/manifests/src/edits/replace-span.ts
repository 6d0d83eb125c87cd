import type { EditResult, Spot } from '../model.ts';
import { changesNothing } from '../toml/checked-edits.ts';

/** Replaces what stands at a span, if it is still what was read there. */
export function replaceSpan(
  spot: Extract<Spot, { readonly kind: 'span' }>,
  content: string | undefined,
  text: string,
): EditResult {
  if (content?.slice(spot.start, spot.end) !== spot.text) {
    return {
      kind: 'problem',
      problem: {
        code: 'NXPYPI_SPOT_GONE',
        message: `${spot.file} no longer has '${spot.text}' where it was read.`,
        hint: 'The file changed since it was read: read it again.',
        where: spot.file,
      },
    };
  }
  return text === spot.text
    ? { kind: 'problem', problem: changesNothing(spot.file) }
    : { kind: 'edits', edits: [{ file: spot.file, start: spot.start, end: spot.end, text }] };
}
