import type { PublishSelection } from '@nx-pypi/release';
import type { NxPypiOptions } from '../options.ts';
import { targetNames, type TargetNames } from '../graph/targets.ts';

/** Options with every default filled in, as far as the graph needs them. */
export interface GraphOptions {
  readonly publish: PublishSelection;
  readonly names: TargetNames;
}

export function readOptions(options: NxPypiOptions): GraphOptions {
  return {
    publish: { include: options.publish?.include ?? [], exclude: options.publish?.exclude ?? [] },
    names: targetNames(options),
  };
}
