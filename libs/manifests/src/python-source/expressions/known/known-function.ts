import type { SyntaxNode } from '@lezer/common';

import type { Frame } from '../../frame.ts';
import type { Value } from '../../values.ts';
import type { Arguments } from '../arguments.ts';

interface CallPlace {
  readonly node: SyntaxNode;
  readonly frame: Frame;
}

/** A function that is not of this workspace, as far as it matters here. Gives null where the arguments are not understood. */
export type KnownFunction = (given: Arguments, place: CallPlace) => Value | null;
