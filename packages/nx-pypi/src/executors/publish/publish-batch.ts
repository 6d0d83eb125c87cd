import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { publishTasks, type BatchTaskResult } from './publish-tasks.ts';
import type { PublishTaskOptions } from './task-options.ts';

/** All publish tasks of an Nx run in one process; the order comes from the packages' own needs, not from Nx. */
export default async function* publishBatch(
  taskGraph: TaskGraph,
  inputs: Record<string, PublishTaskOptions>,
  _overrides: PublishTaskOptions,
  context: ExecutorContext,
): AsyncGenerator<BatchTaskResult, void, undefined> {
  const tasks = Object.values(taskGraph.tasks).map(
    (task) => [task.target.project, { task: task.id, options: inputs[task.id] ?? {} }] as const,
  );
  yield* publishTasks(new Map(tasks), context);
}
