import type { Problem } from '@nx-pypi/manifests';
import { recoverWrites } from '@nx-pypi/workspace';

/**
 * Completes what a killed command had begun to write, and says so: whatever reads manifests comes after it. A problem
 * where one of the files was edited since.
 */
export async function completeWrites(root: string, say: (line: string) => void): Promise<Problem | null> {
  const recovered = await recoverWrites(root);
  if (recovered.kind === 'problem') return recovered.problem;
  const files = recovered.value.join(', ');
  if (files !== '') say(`completed what a killed command had begun to write: ${files}`);
  return null;
}
