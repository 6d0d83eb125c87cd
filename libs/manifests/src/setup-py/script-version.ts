import type { DeclaredVersion, ReadText } from '../model.ts';
import { truth } from '../python-source/values.ts';
import type { StringValue, Value } from '../python-source/values.ts';
import { pretendVariable } from '../version-sources/scm.ts';

interface Script {
  readonly file: string;
  /** As written; '' where setup.cfg gives it. */
  readonly name: string;
  readonly readText: ReadText;
}

/** What versions that setup.py takes from another file name as their source. */
const SCRIPT_SOURCE = 'setup.py';

/** The version that `setup()` is given; null where it is given none. */
export function scriptVersion(keywords: ReadonlyMap<string, Value>, script: Script): DeclaredVersion | null {
  if (isOn(keywords.get('use_scm_version'))) {
    return { kind: 'scm', tool: 'setuptools-scm', override: pretendVariable(script.name) };
  }
  if (isOn(keywords.get('pbr'))) return { kind: 'scm', tool: 'pbr', override: 'PBR_VERSION' };
  const value = keywords.get('version');
  if (value === undefined || value.kind === 'none') return null;
  if (value.kind === 'string') return value.text.trim() === '' ? null : fromText(value, script);
  if (value.kind !== 'computed') return { kind: 'unreadable', reason: `the version in ${script.file} is no string` };
  if (value.reason.startsWith('calls versioneer.get_version('))
    return { kind: 'scm', tool: 'versioneer', override: null };
  return { kind: 'unreadable', reason: `line ${String(value.line)} of ${value.file} ${value.reason}` };
}

function isOn(value: Value | undefined): boolean {
  return value !== undefined && truth(value) !== false;
}

function fromText(value: StringValue, { file }: Script): DeclaredVersion {
  const text = value.text.trim();
  const { origin } = value;
  if (origin === null) return { kind: 'unreadable', reason: `${file} puts the version ${text} together from parts` };
  const start = origin.start + value.text.indexOf(text);
  const spots = [{ kind: 'span', file: origin.file, start, end: start + text.length, text } as const];
  return origin.file === file ? { kind: 'static', text, spots } : { kind: 'file', source: SCRIPT_SOURCE, text, spots };
}
