import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Python reads the archive, so that nothing of ours is asked about itself. */
const READ = `
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    print(json.dumps(sorted((one.filename, hashlib.sha256(wheel.read(one)).hexdigest()) for one in wheel.infolist())))
`;

/** SHA-256 of every member of a wheel by its path, sorted. */
export async function membersOf(wheel: string): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await promisify(execFile)('python3', ['-c', READ, wheel]);
  return new Map(JSON.parse(stdout) as readonly (readonly [string, string])[]);
}
