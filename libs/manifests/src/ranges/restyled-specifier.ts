import { formatVersion, parseSpecifierSet, parseVersion, publicVersion, specifierAllows } from '@nx-pypi/standards';
import type { Version } from '@nx-pypi/standards';
import type { Declaration, DialectId } from '../model.ts';
import { poetryConstraint } from '../poetry/constraint/poetry-constraint.ts';
import { nextMajorRange } from './next-major-range.ts';
import { poetryStyle } from './poetry-style.ts';
import { specifierStyle } from './specifier-style.ts';

export interface RestyledSpecifier {
  /** PEP 440. */
  readonly specifier: string;
  /** The range as the manifest would write it, without name, extras and marker: `^2.0` in Poetry. */
  readonly written: string;
}

/**
 * The declared range rewritten in its own style so that it admits `dependencyVersion`: `^1.2` → `^2.0`, `~=1.4` → `~=2.0`,
 * `==1.2.3` → `==2.0.0`, `>=1,<2` → `>=2.0.0,<3`; `>=1` stays while it admits the version. Null for a declaration without
 * a range (bare name, path, URL) and for text that is no version. The result admits the version as an installer that is
 * not asked for pre-releases sees it.
 */
export function restyledSpecifier(
  declaration: Pick<Declaration, 'specifier' | 'written' | 'directReference'>,
  dialect: DialectId,
  dependencyVersion: string,
): RestyledSpecifier | null {
  const parsed = parseVersion(dependencyVersion);
  if (parsed === null || declaration.specifier === '' || declaration.directReference) {
    return null;
  }
  const version = publicVersion(parsed);
  const candidates = dialect === 'poetry' ? poetryCandidates(declaration, version) : [];
  candidates.push(
    ...specifierStyle(declaration.specifier, version).map(plain),
    plain(nextMajorRange(dependencyVersion)),
  );
  return candidates.find(({ specifier }) => admits(specifier, version)) ?? plain(`==${formatVersion(version)}`);
}

function poetryCandidates({ written }: Pick<Declaration, 'written'>, version: Version): RestyledSpecifier[] {
  return poetryStyle(written, version).flatMap((text) => {
    const reading = poetryConstraint(text);
    return reading.kind === 'specifier' ? [{ specifier: reading.specifier, written: text }] : [];
  });
}

function plain(specifier: string): RestyledSpecifier {
  return { specifier, written: specifier };
}

function admits(specifier: string, version: Version): boolean {
  const set = parseSpecifierSet(specifier);
  return set !== null && specifierAllows(set, version, 'default');
}
