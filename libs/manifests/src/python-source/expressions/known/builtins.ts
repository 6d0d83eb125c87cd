import { boolean, dict, list, number, string, truth } from '../../values.ts';
import type { Value } from '../../values.ts';
import { asText } from '../format.ts';
import type { KnownFunction } from './known-function.ts';

export const toText: KnownFunction = (given) => {
  const [value] = given.positional;
  if (value?.kind === 'string' || value?.kind === 'path') return value;
  const text = value === undefined ? '' : asText(value);
  return text === null ? null : string(text);
};

export const toList: KnownFunction = (given) => {
  const [value] = given.positional;
  if (value === undefined) return list([]);
  if (value.kind === 'list') return { ...value, shape: 'list' };
  return value.kind === 'dict' && value.rest === null
    ? list([...value.entries.keys()].map((key) => string(key)))
    : null;
};

export const toDictionary: KnownFunction = (given) => {
  const [value] = given.positional;
  const entries = value?.kind === 'dict' ? value.entries : new Map<string, Value>();
  if (value !== undefined && value.kind !== 'dict') return null;
  return dict(new Map([...entries, ...given.keywords]), given.rest);
};

export const length: KnownFunction = (given) => {
  const [value] = given.positional;
  if (value?.kind === 'string') return number(value.text.length);
  return value?.kind === 'list' && value.rest === null ? number(value.items.length) : null;
};

export const toBoolean: KnownFunction = (given) => {
  const decided = given.positional[0] === undefined ? null : truth(given.positional[0]);
  return decided === null ? null : boolean(decided);
};

export function shaped(value: Value | null, shape: 'tuple' | 'set'): Value | null {
  return value?.kind === 'list' ? { ...value, shape } : value;
}
