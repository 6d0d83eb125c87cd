import { formatVersion, parseVersion, type Version } from '@nx-pypi/standards';
import { isLevel, type Level } from './level.ts';

/** What takes a package from its baseline to its next version: a level, the version itself, or what its commits say. */
export type Step =
  | { readonly kind: 'level'; readonly level: Level }
  | { readonly kind: 'version'; readonly version: Version }
  | { readonly kind: 'auto' };

/** A level's name, `auto` or a PEP 440 version; null for text that is none of these. `post` and `dev` are levels. */
export function parseStep(text: string): Step | null {
  if (text === 'auto') return { kind: 'auto' };
  if (isLevel(text)) return { kind: 'level', level: text };
  const version = parseVersion(text);
  return version === null ? null : { kind: 'version', version };
}

export function levelStep(level: Level): Step {
  return { kind: 'level', level };
}

/** As it was asked for. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'auto':
      return 'auto';
    case 'level':
      return step.level;
    case 'version':
      return formatVersion(step.version);
  }
}
