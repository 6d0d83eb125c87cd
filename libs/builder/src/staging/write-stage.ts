import { chmod, copyFile, constants, mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BUILD_TIME } from '../building/build-environment.ts';
import type { StageFile } from './resolve-entry.ts';
import type { Contents } from './staged-contents.ts';

/**
 * Copies files into a stage and writes the edited ones. Modes are 0644 or 0755 and times one constant: some backends ship
 * both, and two machines must build the same.
 */
export async function writeStage(stage: string, files: readonly StageFile[], contents: Contents): Promise<void> {
  const staged = new Set(files.map(({ path }) => path));
  const made = [...contents.keys()].filter((path) => !staged.has(path));
  const folders = new Set([...staged, ...made].map((path) => dirname(join(stage, path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await Promise.all([
    ...files.map(async (file) => {
      const target = join(stage, file.path);
      const content = contents.get(file.path);
      if (content === undefined) await copyFile(file.source, target, constants.COPYFILE_FICLONE);
      else await writeFile(target, content);
      await settle(target, file.executable);
    }),
    ...made.map(async (path) => {
      await writeFile(join(stage, path), contents.get(path) ?? '');
      await settle(join(stage, path), false);
    }),
  ]);
}

async function settle(file: string, executable: boolean): Promise<void> {
  await chmod(file, executable ? 0o755 : 0o644);
  await utimes(file, BUILD_TIME, BUILD_TIME);
}
