import type { CommandOptions } from '@nx-pypi/workspace';
import { runCommand } from '@nx-pypi/workspace';

/** Who resolves: uv where it is installed, else the pip of an interpreter. */
export type Resolver = 'uv' | 'pip';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly input: string;
}

export async function findResolver(options: CommandOptions): Promise<Resolver> {
  const asked = await runCommand('uv', ['--version'], { ...options, timeoutSeconds: 30 });
  return asked.ok ? 'uv' : 'pip';
}

/**
 * What resolves one version with all that it needs and installs nothing. Nothing is built: that would run code of others
 * beside a credential. uv takes the first index that has a name, pip the best file of all of them.
 */
export function resolveCommand(
  resolver: Resolver,
  requirement: { readonly name: string; readonly version: string },
  { indexes, python }: { readonly indexes: readonly string[]; readonly python: string },
): Command {
  const pin = `${requirement.name}==${requirement.version}`;
  if (resolver === 'pip') {
    const extra = indexes.flatMap((url) => ['--extra-index-url', url]);
    const only = ['--dry-run', '--ignore-installed', '--only-binary', ':all:', '--no-input', '--quiet'];
    return { file: python, args: ['-m', 'pip', 'install', ...only, ...extra, pin], input: '' };
  }
  const first = indexes.flatMap((url) => ['--index', url]);
  const only = ['--quiet', '--refresh', '--no-build', '--no-header', '--no-annotate', '--python', python];
  return { file: 'uv', args: ['pip', 'compile', ...only, ...first, '-'], input: `${pin}\n` };
}
