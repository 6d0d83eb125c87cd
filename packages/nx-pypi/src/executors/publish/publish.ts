import type { ExecutorContext } from '@nx/devkit';
import { publishTasks } from './publish-tasks.ts';
import type { PublishTaskOptions } from './task-options.ts';

/** One task alone: `nx run PROJECT:publish`, or a run without batches. */
export default async function publish(
  options: PublishTaskOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const project = context.projectName ?? '';
  let success = false;
  for await (const { result } of publishTasks(new Map([[project, { task: project, options }]]), context)) {
    process.stdout.write(result.terminalOutput);
    success = result.success;
  }
  return { success };
}
