import type { PythonPackage } from '@nx-pypi/manifests';
import { isDevRelease, parseVersion, publicVersion, type Version } from '@nx-pypi/standards';

/** What a manifest says of the version to release (rule E3). */
export type LocalVersion =
  | { readonly kind: 'version'; readonly version: Version }
  /** `X.devN`: released, as X, only with releaseDev. */
  | { readonly kind: 'dev'; readonly text: string; readonly released: Version }
  /** Source control or a placeholder: no number in any file. */
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'invalid'; readonly text: string };

/** A placeholder is 0.0.0 in any spelling, or 0: tools write it where the number comes from elsewhere. */
export function localVersion(pkg: PythonPackage): LocalVersion {
  const declared = pkg.version;
  if (declared.kind === 'scm') return { kind: 'none', why: `derived from source control by ${declared.tool}` };
  if (declared.kind === 'unreadable') return { kind: 'none', why: declared.reason };
  const parsed = parseVersion(declared.text);
  if (parsed === null) return { kind: 'invalid', text: declared.text };
  const version = publicVersion(parsed);
  if (isDevRelease(version)) return { kind: 'dev', text: declared.text, released: { ...version, dev: null } };
  const placeholder =
    version.release.every((segment) => segment === 0n) && version.pre === null && version.post === null;
  return placeholder ? { kind: 'none', why: `'${declared.text}' is a placeholder` } : { kind: 'version', version };
}
