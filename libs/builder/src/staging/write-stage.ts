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
  const folders = new Set(files.map((file) => dirname(join(stage, file.path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await Promise.all(files.map((file) => writeOne(stage, file, contents.get(file.path))));
}

async function writeOne(stage: string, file: StageFile, content: string | undefined): Promise<void> {
  const target = join(stage, file.path);
  if (content === undefined) await copyFile(file.source, target, constants.COPYFILE_FICLONE);
  else await writeFile(target, content);
  await chmod(target, file.executable ? 0o755 : 0o644);
  await utimes(target, BUILD_TIME, BUILD_TIME);
}
