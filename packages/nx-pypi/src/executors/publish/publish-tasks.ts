import type { ExecutorContext } from '@nx/devkit';
import { isAsAsked, reportLines, succeeded, type PackageResult, type ReleaseEvent } from '@nx-pypi/release';
import type { Problem } from '@nx-pypi/manifests';
import { readWorkspace } from '../../compose/read-workspace.ts';
import { eventQueue } from './event-queue.ts';
import { outcomeText } from './outcome-text.ts';
import { progressLine } from './progress-line.ts';
import { projectPackages } from './project-packages.ts';
import { problemText, publishRun, runContext } from './publish-run.ts';
import { mixedChannels, runOptionsOf, type PublishTaskOptions } from './task-options.ts';

/** What Nx takes for one task of a batch. */
export interface BatchTaskResult {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly terminalOutput: string;
    readonly status?: 'success' | 'failure' | 'skipped';
  };
}

export interface ProjectTask {
  readonly task: string;
  readonly options: PublishTaskOptions;
}

/**
 * Publishes the packages of `tasks`, by Nx project. Yields exactly one result per task, as soon as it is known, and never
 * throws: Nx would fail tasks that are done, or start the rest again without end.
 */
export async function* publishTasks(
  tasks: ReadonlyMap<string, ProjectTask>,
  context: ExecutorContext,
): AsyncGenerator<BatchTaskResult, void, undefined> {
  const open = new Set([...tasks.values()].map(({ task }) => task));
  const queue = eventQueue<BatchTaskResult>();
  const settle = (result: BatchTaskResult): void => {
    if (open.delete(result.task)) queue.push(result);
  };
  const run = settleAll();
  yield* queue.values();
  await run;

  async function settleAll(): Promise<void> {
    const rest = await runTasks(tasks, context, settle).catch((error: unknown) =>
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    for (const task of open) settle(failed(task, rest));
    queue.end();
  }
}

/** Resolves to what to say of tasks that got no result of their own. */
async function runTasks(
  tasks: ReadonlyMap<string, ProjectTask>,
  context: ExecutorContext,
  settle: (result: BatchTaskResult) => void,
): Promise<string> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const plain = runContext(context.root, { env: process.env, tags: new Map(), say });
  const workspace = await readWorkspace(plain);
  if (workspace.kind === 'problem') return problemText([workspace.problem]);
  const projects = projectPackages(workspace.value.discovery, context.projectGraph);
  const asked = new Map<string, PublishTaskOptions>();
  const taskOf = new Map<string, string>();
  for (const [project, { task, options }] of tasks) {
    const found = projects.of(project);
    if (found.kind === 'problem') {
      settle(failed(task, problemText([found.problem])));
      continue;
    }
    asked.set(found.name, options);
    taskOf.set(found.name, task);
  }
  if (asked.size === 0) return '';
  const mixed = mixedChannels([...asked.values()]);
  if (mixed !== null) return problemText([mixed]);
  const onEvent = (event: ReleaseEvent): void => {
    const line = progressLine(event, asked.size);
    if (line !== null) say(line);
    if (event.kind === 'settled') end(taskResult(taskOf.get(event.name) ?? event.name, event, asked));
  };
  const promised = others(context, tasks).flatMap((project) => {
    const found = projects.of(project);
    return found.kind === 'package' ? [found.name] : [];
  });
  const options = { ...runOptionsOf(asked, process.env), promised };
  // What is written at the end may fail, and a task that was told to have succeeded can't fail any more.
  const held: BatchTaskResult[] = [];
  const end = options.afterwards.write ? (result: BatchTaskResult) => void held.push(result) : settle;
  const ended = await publishRun({ ...plain, tags: projects.tags, workspace }, options, onEvent);
  if (ended.kind === 'problem') return problemText([ended.problem]);
  for (const result of withUnwritten(held, ended.unwritten)) settle(result);
  if (asked.size > 1) for (const line of ['', ...reportLines(ended.report), '']) say(line);
  else if (ended.report.problems.length > 0) say(problemText(ended.report.problems));
  for (const line of ended.lines) say(line);
  return succeeded(ended.report) ? 'this package may not be published\n' : '';
}

/** The results, the first of which fails for what could not be written into manifests. */
function withUnwritten(held: readonly BatchTaskResult[], unwritten: readonly Problem[]): readonly BatchTaskResult[] {
  const [first, ...rest] = held;
  if (first === undefined || unwritten.length === 0) return held;
  const terminalOutput = `${first.result.terminalOutput}\n${problemText(unwritten)}\n`;
  return [{ ...first, result: { success: false, terminalOutput, status: 'failure' } }, ...rest];
}

/** Projects of the Nx run that have a task of the same target beside these: each a process of its own. */
function others(context: ExecutorContext, tasks: ReadonlyMap<string, ProjectTask>): readonly string[] {
  return Object.values(context.taskGraph?.tasks ?? {})
    .filter(({ target }) => target.target === context.targetName && !tasks.has(target.project))
    .map(({ target }) => target.project);
}

/** Nx prints nothing of a skipped task: it counts as skipped only where the cause is told by another task of this run. */
function taskResult(task: string, result: PackageResult, asked: ReadonlyMap<string, unknown>): BatchTaskResult {
  const told = result.outcome.kind === 'skipped' && isTold(result.outcome.because, asked);
  const status = told ? 'skipped' : isAsAsked(result.outcome) ? 'success' : 'failure';
  return { task, result: { success: isAsAsked(result.outcome), terminalOutput: outcomeText(result), status } };
}

function isTold(
  because: Extract<PackageResult['outcome'], { kind: 'skipped' }>['because'],
  asked: ReadonlyMap<string, unknown>,
): boolean {
  return because.kind === 'needs-stopped' && asked.has(because.dependency);
}

function failed(task: string, text: string): BatchTaskResult {
  return {
    task,
    result: { success: false, terminalOutput: `${text === '' ? 'no result' : text}\n`, status: 'failure' },
  };
}
