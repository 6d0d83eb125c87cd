import { join } from 'node:path/posix';

import type { SyntaxNode } from '@lezer/common';

import type { Arguments } from './arguments.ts';
import { asText } from './format.ts';
import { computed, readWorkspaceFile } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { KNOWN_FUNCTIONS } from './known-functions.ts';
import { fileText } from './files.ts';
import { dictionaryEntry, matchGroup } from './members.ts';
import { combine } from './operators.ts';
import { lines, STRING_METHODS } from './strings.ts';
import { rebind } from '../statements/targets.ts';
import { boolean, list, NONE, string } from '../values.ts';
import type { DictValue, ListValue, Value } from '../values.ts';

export interface MethodPlace {
  readonly node: SyntaxNode;
  /** The expression before the dot: a method that mutates gives it its new value. */
  readonly object: SyntaxNode;
  readonly frame: Frame;
}

/** Calls a method; null where the method or its arguments are not understood. */
export function callMethod(method: Value, given: Arguments, place: MethodPlace): Value | null {
  if (method.kind !== 'method') return null;
  const { receiver, name } = method;
  switch (receiver.kind) {
    case 'string':
      place.frame.world.left.steps -= receiver.text.length >> 10;
      return STRING_METHODS.get(name)?.(receiver, given, place) ?? null;
    case 'list':
      return callListMethod(receiver, name, given, place);
    case 'dict':
      return callDictionaryMethod(receiver, name, given, place);
    case 'file':
      return callFileMethod(receiver.path, name, place);
    case 'path':
      return callPathMethod(receiver.path, name, given, place);
    case 'match':
      return callMatchMethod(receiver, name, given);
    case 'pattern':
      return (
        KNOWN_FUNCTIONS.get(`re.${name}`)?.({ ...given, positional: [receiver, ...given.positional] }, place) ?? null
      );
    case 'computed':
    case 'module':
      return receiver;
    default:
      return null;
  }
}

function callListMethod(receiver: ListValue, name: string, given: Arguments, place: MethodPlace): Value | null {
  const [item, second] = given.positional;
  const changed = (value: Value): Value => {
    rebind(place.object, value, place.frame);
    return NONE;
  };
  switch (name) {
    case 'append':
    case 'add':
      return item === undefined ? null : changed(combine('+', receiver, list([item]), place));
    case 'insert':
      return second === undefined ? null : changed(combine('+', receiver, list([second]), place));
    case 'extend':
    case 'update':
      return item === undefined ? null : changed(combine('+', receiver, item, place));
    case 'copy':
      return receiver;
    case 'sort':
      return NONE;
    case 'remove':
    case 'pop':
    case 'clear':
    case 'reverse':
      return changed({ ...receiver, rest: computed(place.frame, place.node, `calls ${name}() on a list`) });
    default:
      return null;
  }
}

function callDictionaryMethod(receiver: DictValue, name: string, given: Arguments, place: MethodPlace): Value | null {
  const [key, otherwise] = given.positional;
  switch (name) {
    case 'get':
      if (key?.kind === 'none') return otherwise ?? NONE;
      return key?.kind === 'string' ? (dictionaryEntry(receiver, key.text, place.frame) ?? otherwise ?? NONE) : null;
    case 'copy':
      return receiver;
    case 'keys':
      return list(
        [...receiver.entries.keys()].map((text) => string(text)),
        'list',
        receiver.rest,
      );
    case 'values':
      return list([...receiver.entries.values()], 'list', receiver.rest);
    case 'items':
      return list(
        Array.from(receiver.entries, ([text, value]) => list([string(text), value], 'tuple')),
        'list',
        receiver.rest,
      );
    case 'update':
      rebind(place.object, updated(receiver, given, place), place.frame);
      return NONE;
    default:
      return null;
  }
}

function updated(receiver: DictValue, given: Arguments, { node, frame }: MethodPlace): DictValue {
  const [other] = given.positional;
  const known = other?.kind === 'dict' ? other : null;
  const entries = new Map([...receiver.entries, ...(known?.entries ?? []), ...given.keywords]);
  const isWhole = other === undefined || known !== null;
  const rest = isWhole ? (known?.rest ?? null) : computed(frame, node, 'updates a dictionary with what cannot be read');
  return { ...receiver, entries, rest: receiver.rest ?? given.rest ?? rest };
}

function callFileMethod(path: string, name: string, { node, frame }: MethodPlace): Value | null {
  if (name === 'close') return NONE;
  const text = fileText(path, node, frame);
  if (text.kind !== 'string') return text;
  if (name === 'read') return text;
  if (name === 'readlines') return list(lines(text));
  return name === 'readline' ? (lines(text)[0] ?? string('')) : null;
}

function callPathMethod(path: string, name: string, given: Arguments, place: MethodPlace): Value | null {
  switch (name) {
    case 'read_text':
    case 'read_bytes':
      return fileText(path, place.node, place.frame);
    case 'open':
      return { kind: 'file', path };
    case 'resolve':
    case 'absolute':
    case 'as_posix':
      return { kind: 'path', path };
    case 'joinpath': {
      const parts = given.positional.map((part) => (part.kind === 'string' ? asText(part) : null));
      return parts.includes(null) ? null : { kind: 'path', path: join(path, ...parts.filter((part) => part !== null)) };
    }
    case 'exists':
    case 'is_file':
      return readWorkspaceFile(place.frame.world, path) === undefined ? null : boolean(true);
    default:
      return null;
  }
}

function callMatchMethod(receiver: Value, name: string, given: Arguments): Value | null {
  if (receiver.kind !== 'match') return null;
  if (name === 'group') return matchGroup(receiver, given.positional[0]);
  return name === 'groups' ? list(receiver.groups.slice(1), 'tuple') : null;
}
