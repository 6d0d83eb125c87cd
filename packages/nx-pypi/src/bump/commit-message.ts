import type { BumpPlan } from '@nx-pypi/release';

/** The subject names the packages while there are few. */
export function commitMessage({ packages }: BumpPlan): string {
  const texts = packages.filter(({ change }) => change === 'write').map(({ name, version }) => `${name} ${version}`);
  if (texts.length === 1) return `Release ${texts[0] ?? ''}`;
  const subject = texts.length <= 3 ? `Release ${texts.join(', ')}` : `Release ${texts.length} packages`;
  return `${subject}\n\n${texts.map((text) => `- ${text}`).join('\n')}`;
}
