/** The steps from one version to the next. An explicit version may stand wherever a level may. */
export const LEVELS = [
  'major',
  'minor',
  'patch',
  'premajor',
  'preminor',
  'prepatch',
  'prerelease',
  'stable',
  'a',
  'b',
  'rc',
  'post',
  'dev',
] as const;

export type Level = (typeof LEVELS)[number];

export function isLevel(text: string): text is Level {
  return LEVELS.some((level) => level === text);
}
