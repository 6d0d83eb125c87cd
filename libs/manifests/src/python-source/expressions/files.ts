import type { SyntaxNode } from '@lezer/common';

import { computed, LIMITS, readWorkspaceFile } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { lines } from './strings.ts';
import { list, string } from '../values.ts';
import type { Computed, ListValue, Value } from '../values.ts';

/** What `for x in value` gives, one after another. */
export function iterated(value: Value, node: SyntaxNode, frame: Frame): ListValue | Computed {
  if (value.kind === 'list' || value.kind === 'computed') return value;
  if (value.kind === 'dict')
    return list(
      [...value.entries.keys()].map((key) => string(key)),
      'list',
      value.rest,
    );
  if (value.kind === 'file') {
    const text = fileText(value.path, node, frame);
    if (text.kind === 'string') return list(lines(text));
    if (text.kind === 'computed') return text;
  }
  return computed(frame, node, 'goes through what cannot be read');
}

/** The text of a file of the workspace. */
export function fileText(path: string, node: SyntaxNode, frame: Frame): Value {
  const text = readWorkspaceFile(frame.world, path);
  if (text === undefined) return computed(frame, node, `reads ${path}, which is no text file of the workspace`);
  if (text.length > LIMITS.text) return computed(frame, node, `reads ${path}, which is very long`);
  return string(text, { file: path, start: 0, end: text.length });
}
