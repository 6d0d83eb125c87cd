import type { Marker, MarkerOperand } from './marker.ts';

/** One spelling per marker: double quotes where the value allows, single spaces, only the parentheses that are needed. */
export function formatMarker(marker: Marker): string {
  if (marker.kind === 'compare') {
    return `${formatOperand(marker.left)} ${marker.operator} ${formatOperand(marker.right)}`;
  }
  const inParentheses = marker.kind === 'and' ? 'or' : null;
  return marker.terms
    .map((term) => (term.kind === inParentheses ? `(${formatMarker(term)})` : formatMarker(term)))
    .join(` ${marker.kind} `);
}

function formatOperand(operand: MarkerOperand): string {
  if (operand.kind === 'variable') return operand.name;
  return operand.value.includes('"') ? `'${operand.value}'` : `"${operand.value}"`;
}
