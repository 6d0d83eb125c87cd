import { parseVersion, type Version } from '@nx-pypi/standards';
import { isLevel, type Level } from './level.ts';

/** What takes a package from its baseline to its next version: a level, or the version itself. */
export type Step =
  | { readonly kind: 'level'; readonly level: Level }
  | { readonly kind: 'version'; readonly version: Version };

/** A level's name or a PEP 440 version; null for text that is neither. `post` and `dev` are levels. */
export function parseStep(text: string): Step | null {
  if (isLevel(text)) return { kind: 'level', level: text };
  const version = parseVersion(text);
  return version === null ? null : { kind: 'version', version };
}

export function levelStep(level: Level): Step {
  return { kind: 'level', level };
}
