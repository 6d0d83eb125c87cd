import { dict, list } from '../values.ts';
import type { Computed, Scope, Value } from '../values.ts';

/** Makes `scope` hold what is known when either of two branches may have run; a name that only one of them binds keeps that value. */
export function mergeScopes(scope: Scope, one: Scope, other: Scope, reason: Computed): void {
  for (const name of new Set([...one.names.keys(), ...other.names.keys()])) {
    const value = mergeValues(one.names.get(name), other.names.get(name), reason);
    if (value !== undefined) scope.names.set(name, value);
  }
  const executed = new Set([...one.executed, ...other.executed]);
  scope.executed.splice(0, scope.executed.length, ...executed);
}

function mergeValues(one: Value | undefined, other: Value | undefined, reason: Computed): Value | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other;
  if (one.kind === 'list' && other.kind === 'list') {
    const more = other.items.filter((item) => !one.items.some((known) => same(known, item)));
    const equal = more.length === 0 && one.items.length === other.items.length;
    const rest = one.rest ?? other.rest ?? (equal ? null : reason);
    return list([...one.items, ...more], one.shape, rest);
  }
  if (one.kind === 'dict' && other.kind === 'dict') return mergeDictionaries(one.entries, other.entries, reason);
  return same(one, other) ? one : reason;
}

function mergeDictionaries(
  one: ReadonlyMap<string, Value>,
  other: ReadonlyMap<string, Value>,
  reason: Computed,
): Value {
  const entries = new Map<string, Value>();
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    const value = mergeValues(one.get(key), other.get(key), reason);
    if (value !== undefined) entries.set(key, value);
  }
  const equal = entries.size === one.size && entries.size === other.size;
  return dict(entries, equal ? null : reason);
}

/** Whether two branches gave one value; functions of the two `setup` libraries count as one. */
function same(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (one.kind === 'string' && other.kind === 'string') return one.text === other.text;
  if (one.kind === 'number' && other.kind === 'number') return one.text === other.text;
  if (one.kind === 'boolean' && other.kind === 'boolean') return one.value === other.value;
  if (one.kind === 'path' && other.kind === 'path') return one.path === other.path;
  if (one.kind === 'known' && other.kind === 'known') return lastWord(one.name) === lastWord(other.name);
  return one.kind === 'none' && other.kind === 'none';
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
