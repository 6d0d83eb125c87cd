import { availableCpus } from '@nx-pypi/workspace';
import type { NxPypiOptions } from '../../options.ts';

/** The builder's part of the plugin's options. */
export interface BuilderOptions {
  readonly concurrency: number;
  readonly python?: string;
  readonly buildConstraints?: readonly string[];
  readonly timeoutSeconds?: number;
}

export function builderOptions(options: NxPypiOptions): BuilderOptions {
  return {
    concurrency: options.buildConcurrency ?? availableCpus(),
    ...(options.python === undefined ? {} : { python: options.python }),
    ...(options.buildConstraints === undefined ? {} : { buildConstraints: options.buildConstraints }),
    ...(options.buildTimeout === undefined ? {} : { timeoutSeconds: options.buildTimeout }),
  };
}
