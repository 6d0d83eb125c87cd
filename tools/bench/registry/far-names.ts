/** Packages that a registry holds and no workspace has. */
export function farName(number: number): string {
  return `far-${number}`;
}
