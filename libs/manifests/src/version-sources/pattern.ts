/** A Python regular expression as JavaScript's, or null where it has constructs that JavaScript lacks. */
export function patternOf(python: string): RegExp | null {
  const inline = /^\(\?([aimsu]+)\)/.exec(python);
  const flags = new Set(`dm${(inline?.[1] ?? '').replaceAll(/[^is]/g, '')}`);
  const source = python
    .slice(inline?.[0].length ?? 0)
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\(\?P=(\w+)\)/g, String.raw`\k<$1>`)
    .replaceAll(String.raw`\A`, '(?<![\\s\\S])')
    .replaceAll(String.raw`\Z`, '(?![\\s\\S])');
  try {
    return new RegExp(source, [...flags].join(''));
  } catch {
    return null;
  }
}

/** What a group of the first match holds, with its place; null without a match or such a group. */
export function findGroup(
  pattern: RegExp,
  content: string,
  group: string | number,
): { readonly text: string; readonly start: number; readonly end: number } | null {
  const indices = pattern.exec(content)?.indices;
  const span = typeof group === 'number' ? indices?.[group] : indices?.groups?.[group];
  return span === undefined ? null : { text: content.slice(span[0], span[1]), start: span[0], end: span[1] };
}
