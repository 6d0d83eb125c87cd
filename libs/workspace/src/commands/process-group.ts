import type { ChildProcess } from 'node:child_process';

const alive = new Set<ChildProcess>();

/** Kills a child that was started detached, with everything it started in its group. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}

/** Detached children outlive their parent: this ends them with it. Returns the function that takes it back. */
export function killAtExit(child: ChildProcess): () => void {
  if (alive.size === 0) process.on('exit', killAll);
  alive.add(child);
  return () => {
    alive.delete(child);
    if (alive.size === 0) process.off('exit', killAll);
  };
}

function killAll(): void {
  for (const child of alive) killGroup(child);
}
