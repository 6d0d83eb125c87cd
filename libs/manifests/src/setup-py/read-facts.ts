import type { DeclaredVersion, Problem, ReadText } from '../model.ts';
import { joined } from '../pyproject/requirement-declaration.ts';
import type { Declarations, ManifestPlace, Place } from '../pyproject/requirement-declaration.ts';
import { fileIn } from '../pyproject/paths.ts';
import type { SetupCall } from '../python-source/frame.ts';
import { runSetup } from '../python-source/run.ts';
import type { Computed, Value } from '../python-source/values.ts';
import type { Facts } from '../setup-cfg/facts.ts';
import { extraPlace, readItems } from '../setup-cfg/requirement-items.ts';
import { computedProblem } from './problems.ts';
import { requirementItems } from './requirement-texts.ts';
import { scriptVersion } from './script-version.ts';

export type ScriptFacts =
  | { readonly kind: 'facts'; readonly facts: Facts; readonly name: ScriptName }
  /** There is no setup.py. */
  | { readonly kind: 'absent' }
  /** There is one, and it calls no `setup()`. */
  | { readonly kind: 'no-call'; readonly file: string };

/** The name that setup.py gives: `absent` leaves it to setup.cfg. */
type ScriptName =
  | { readonly kind: 'given' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'computed'; readonly why: Computed };

/** What a folder's setup.py says to setuptools, as far as it can be told without running it. Never throws. */
export function readScriptFacts(folder: string, readText: ReadText): ScriptFacts {
  const file = fileIn(folder, 'setup.py');
  const source = readText(file);
  if (source === undefined) return { kind: 'absent' };
  const run = runSetup(file, source, readText);
  const call = run.calls.find(({ keywords }) => keywords.get('name')?.kind === 'string') ?? run.calls[0];
  if (call === undefined) return { kind: 'no-call', file };
  const facts = factsOf(call, { folder, readText, file });
  return { kind: 'facts', facts: { ...facts, files: run.files }, name: nameOf(call) };
}

interface Script {
  readonly folder: string;
  readonly readText: ReadText;
  readonly file: string;
}

function factsOf(call: SetupCall, script: Script): Facts {
  const place = { folder: script.folder, sources: new Map(), wanted: null };
  return {
    name: textOf(call, 'name'),
    version: versionOf(call, script),
    requiresPython: textOf(call, 'python_requires'),
    description: textOf(call, 'description'),
    classifiers: classifiersOf(call),
    runtime: requirementsOf(call, 'install_requires', script, { ...place, kind: 'runtime', group: null }),
    extras: extrasOf(call, script, place),
    setupRequires: requirementsOf(call, 'setup_requires', script, { ...place, kind: 'build', group: null }),
    files: [script.file],
  };
}

function nameOf(call: SetupCall): ScriptName {
  const value = call.keywords.get('name');
  if (value?.kind === 'computed') return { kind: 'computed', why: value };
  if (value?.kind === 'string' && value.text !== '') return { kind: 'given' };
  if (value === undefined && call.rest !== null) return { kind: 'computed', why: call.rest };
  return { kind: 'absent' };
}

function textOf(call: SetupCall, keyword: string): string | null {
  const value = call.keywords.get(keyword);
  return value?.kind === 'string' && value.text.trim() !== '' ? value.text.trim() : null;
}

function versionOf(call: SetupCall, { file, readText }: Script): DeclaredVersion | null {
  const value = call.keywords.get('version');
  if (value === undefined && call.rest !== null) {
    return { kind: 'unreadable', reason: `line ${String(call.rest.line)} of ${call.rest.file} ${call.rest.reason}` };
  }
  return scriptVersion(call.keywords, { file, name: textOf(call, 'name') ?? '', readText });
}

function classifiersOf(call: SetupCall): readonly string[] | null {
  const value = call.keywords.get('classifiers');
  if (value?.kind === 'string') return value.text.split(/\r?\n/).flatMap((line) => line.trim() || []);
  if (value?.kind !== 'list' || value.items.length === 0) return null;
  return value.items.flatMap((item) => (item.kind === 'string' ? [item.text] : []));
}

function requirementsOf(call: SetupCall, keyword: string, script: Script, place: Place): Declarations | null {
  const value = call.keywords.get(keyword);
  if (value === undefined) return call.rest === null ? null : onlyProblem(computedProblem(keyword, call.rest));
  return requirements(value, keyword, script, { place, marker: null });
}

interface Target {
  readonly place: Place;
  readonly marker: string | null;
}

function requirements(value: Value, label: string, script: Script, { place, marker }: Target): Declarations | null {
  const found = requirementItems(value, script);
  if (found === null) return null;
  const problems = found.rest === null ? [] : [computedProblem(label, found.rest)];
  return joined([readItems(found.items, place, marker), { declarations: [], problems }]);
}

function onlyProblem(problem: Problem): Declarations {
  return { declarations: [], problems: [problem] };
}

function extrasOf(call: SetupCall, script: Script, place: ManifestPlace): Declarations | null {
  const value = call.keywords.get('extras_require');
  if (value === undefined || value.kind === 'none') return null;
  if (value.kind === 'computed') return onlyProblem(computedProblem('extras_require', value));
  if (value.kind !== 'dict') return null;
  const parts = Array.from(value.entries, ([key, entry]) => {
    return requirements(entry, `extras_require['${key}']`, script, extraPlace(key, place));
  });
  const rest = value.rest === null ? [] : [onlyProblem(computedProblem('extras_require', value.rest))];
  const all = [...parts.filter((part) => part !== null), ...rest];
  return all.length === 0 ? null : joined(all);
}
