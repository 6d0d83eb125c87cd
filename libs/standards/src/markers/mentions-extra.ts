import { normalizeName } from '../names/name.ts';
import type { Marker, MarkerComparison } from './marker.ts';
import { parseMarker } from './parse-marker.ts';

/** The normalised name of the first extra that a marker compares equal to (`extra == "winds"`); null when it names none or is no marker. */
export function markerMentionsExtra(marker: string): string | null {
  if (!marker.includes('extra')) return null;
  const result = parseMarker(marker);
  return result.kind === 'marker' ? extraOf(result.marker) : null;
}

function extraOf(marker: Marker): string | null {
  if (marker.kind === 'compare') return comparedExtra(marker);
  for (const term of marker.terms) {
    const extra = extraOf(term);
    if (extra !== null) return extra;
  }
  return null;
}

function comparedExtra({ left, operator, right }: MarkerComparison): string | null {
  if (operator !== '==') return null;
  const [variable, literal] = left.kind === 'variable' ? [left, right] : [right, left];
  const isExtra = variable.kind === 'variable' && variable.name === 'extra';
  return isExtra && literal.kind === 'literal' ? normalizeName(literal.value) : null;
}
