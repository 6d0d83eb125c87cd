import type { Reason } from '../model/change.ts';

/** One short phrase per reason, for lines that people read. */
export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'never-published':
      return 'never published';
    case 'local-version-ahead':
      return `manifest says ${reason.local}, registry has ${reason.baseline}`;
    case 'files':
      return describeFiles(reason);
    case 'metadata':
      return `metadata: ${reason.fields.map((difference) => difference.field).join(', ')}`;
    case 'dependency-range':
      return `${reason.dependency} ${reason.before === '' ? '(any)' : reason.before} → ${reason.after === '' ? '(any)' : reason.after}`;
    case 'lockstep':
      return `shares its version with ${reason.group.slice(0, 2).join(', ')}${reason.group.length > 2 ? ', …' : ''}`;
    case 'asked':
      return `asked for: ${reason.step}`;
    case 'missing-artifacts':
      return reason.filenames.length === 0
        ? 'nothing comparable in the registry'
        : `lacks its ${reason.filenames.join(' and ')}`;
    case 'toolchain':
      return reason.tools === undefined
        ? `${several(reason.differences)} by the build tools alone`
        : `toolchain: ${step(reason.tools)}`;
    case 'unreproducible':
      return `${several(reason.differences)} from build to build`;
  }
}

/** A tool that stays itself is named once. */
function step({ before, after }: { readonly before: string; readonly after: string }): string {
  const [name = '', version = ''] = after.split(' ');
  return before.startsWith(`${name} `) ? `${before} → ${version}` : `${before} → ${after}`;
}

function describeFiles(reason: Extract<Reason, { kind: 'files' }>): string {
  const all = [
    ...reason.modified.map((path) => `${path} modified`),
    ...reason.added.map((path) => `${path} added`),
    ...reason.removed.map((path) => `${path} removed`),
  ];
  const [first] = all;
  if (first === undefined) return 'files differ';
  return all.length === 1 ? first : `${first} and ${all.length - 1} more`;
}

function several([first, ...rest]: readonly string[]): string {
  if (first === undefined) return 'something differs';
  return rest.length === 0 ? `${first} differs` : `${first} and ${rest.length} more differ`;
}
