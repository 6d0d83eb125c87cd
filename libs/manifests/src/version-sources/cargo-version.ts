import { parseVersion } from '@nx-pypi/standards';

const PHASES = { a: 'alpha', b: 'beta', rc: 'rc' } as const;

/**
 * A PEP 440 version as Cargo spells it (Semantic Versioning), such that maturin turns it back: `1.2.0rc1` is `1.2.0-rc.1`.
 * Null for what Semantic Versioning cannot say: epochs, post releases, more than three release segments.
 */
export function cargoVersion(text: string): string | null {
  const version = parseVersion(text);
  if (version === null || version.epoch !== 0n || version.post !== null || version.release.length > 3) {
    return null;
  }
  const release = [0, 1, 2].map((index) => String(version.release[index] ?? 0n)).join('.');
  const pre = version.pre === null ? [] : [PHASES[version.pre.phase], String(version.pre.number)];
  const dev = version.dev === null ? [] : ['dev', String(version.dev)];
  const parts = [...pre, ...dev];
  const local = version.local === null ? '' : `+${version.local.join('.')}`;
  return `${release}${parts.length === 0 ? '' : `-${parts.join('.')}`}${local}`;
}
