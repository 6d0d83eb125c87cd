import type { SyntaxNode } from '@lezer/common';

import { computed } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { fileText } from './methods.ts';
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
