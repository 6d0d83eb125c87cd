import type { Tree } from '@nx/devkit';
import { bumpLines } from '@nx-pypi/release';
import { foldersOf } from '../../bump/carry-out.ts';
import { staleLocks } from '../../bump/lock-files.ts';
import { prepareBump } from '../../bump/prepare-bump.ts';
import { refreshLocks } from '../../bump/refresh-locks.ts';
import { tagLines } from '../../bump/tag-commands.ts';
import { bumpAsk } from '../../cli/bump-arguments.ts';
import { openRun } from '../../compose/open-run.ts';
import { PLAIN_RUN } from '../../compose/request/run-options.ts';
import { problemText, runContext } from '../../executors/publish/publish-run.ts';
import { guardTree, treeWritten, unwritableIn } from '../../version-actions/guard-tree.ts';
import { readTree } from '../../version-actions/tree-package.ts';

export interface BumpGeneratorOptions {
  readonly packages?: readonly string[] | string;
  readonly changed?: boolean;
  readonly level?: string;
  readonly set?: readonly string[] | string;
  readonly changelog?: boolean;
}

/**
 * `nx g nx-pypi:bump`: the edits of `nx-pypi bump` in Nx's tree, which shows them as a diff with `--dry-run` and writes them
 * otherwise. What Nx runs afterwards refreshes the lock files.
 * @throws Error with everything that speaks against it: Nx prints it and writes nothing.
 */
export default async function bump(tree: Tree, options: BumpGeneratorOptions): Promise<() => Promise<void>> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const context = runContext(tree.root, { env: process.env, tags: new Map(), say });
  const values = {
    level: options.level,
    set: listOf(options.set),
    changed: options.changed,
    changelog: options.changelog,
  };
  const ask = bumpAsk(values, listOf(options.packages));
  const opened = await openRun(context, PLAIN_RUN);
  if (opened.kind === 'problem') throw new Error(problemText([opened.problem]));
  try {
    const readText = readTree(tree);
    const prepared = await prepareBump(opened.value, ask, readText);
    if (prepared.kind === 'problems') throw new Error(problemText(prepared.problems));
    const { plan, edits } = prepared.bump;
    for (const line of [...bumpLines(plan), ...tagLines(plan)]) say(line);
    await guardTree(tree);
    for (const file of edits.files) tree.write(file.path, file.after);
    const names = [...plan.packages, ...plan.ranges].map(({ name }) => name);
    const edited = edits.files.map(({ path }) => path);
    const problems = await unwritableIn(tree, edited);
    if (problems.length > 0) throw new Error(problemText(problems));
    const locks = staleLocks({ edited, names, folders: foldersOf(opened.value.request), readText });
    return async () => {
      await treeWritten(tree.root);
      const { lines } = await refreshLocks(tree.root, locks, process.env);
      for (const line of lines) say(line);
    };
  } finally {
    await opened.value.close();
  }
}

function listOf(value: readonly string[] | string | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
