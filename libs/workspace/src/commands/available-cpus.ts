import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Processors that this process may use: affinity and, on Linux, the container's quota. At least 1. */
export function availableCpus(): number {
  return Math.max(1, Math.min(availableParallelism(), cpuQuota(readQuota())));
}

/**
 * `cpu.max` of cgroup v2 holds "<quota|max> <period>" (Linux kernel, admin-guide/cgroup-v2). Infinity when unlimited.
 * @internal exported for its test
 */
export function cpuQuota(text: string): number {
  const [quota, period] = text.trim().split(/\s+/);
  const value = Number(quota) / Number(period);
  return Number.isFinite(value) && value > 0 ? Math.max(1, Math.ceil(value)) : Number.POSITIVE_INFINITY;
}

function readQuota(): string {
  try {
    return readFileSync('/sys/fs/cgroup/cpu.max', 'utf8');
  } catch {
    return 'max 100000';
  }
}
