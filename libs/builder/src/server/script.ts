import { join } from 'node:path';
import { writeFileAtomic } from '@nx-pypi/workspace';
import { FORK_SCRIPT } from './fork-script.ts';
import { HOOKS_SCRIPT } from './hooks-script.ts';
import { REHEARSAL_SCRIPT } from './rehearsal-script.ts';

/** `serve` answers requests on stdin; `build FILE` carries out the one request in FILE. */
const MAIN = String.raw`
if __name__ == "__main__":
    sys.path[:] = [folder for folder in sys.path if os.path.abspath(folder) != os.path.dirname(os.path.abspath(__file__))]
    if sys.argv[1] == "serve":
        Server().serve()
    else:
        with open(sys.argv[2], encoding="utf-8") as file:
            request = json.load(file)
        build(request)
`;

/** Writes the build server's script into a folder; returns its absolute path. */
export async function writeScript(folder: string): Promise<string> {
  const file = join(folder, 'build-server.py');
  await writeFileAtomic(file, [HOOKS_SCRIPT, REHEARSAL_SCRIPT, FORK_SCRIPT, MAIN].join('\n').trimStart());
  return file;
}
