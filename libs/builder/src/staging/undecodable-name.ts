import { readdirSync } from 'node:fs';
import type { Problem } from '@nx-pypi/manifests';

/** What stands in a listing for bytes that are no UTF-8. */
const REPLACEMENT = '\uFFFD';

/**
 * The problem of a listed path that does not exist because its name's bytes are no UTF-8; null for a file that was deleted.
 * Archives of Python packages hold names in UTF-8 (PEP 427, "File format"; pax headers), so such a file can't be shipped.
 */
export function undecodableName(root: string, path: string): Problem | null {
  if (!path.includes(REPLACEMENT)) return null;
  const escaped = bytesOf(root, path);
  return escaped === null
    ? null
    : {
        code: 'NXPYPI_STAGE_FILENAME',
        message: `The file '${escaped}' has a name that is not UTF-8.`,
        hint: 'Rename it, or move it out of the package: an archive holds names in UTF-8.',
        where: path,
      };
}

/** The path as its folders hold it, bytes that are not printable as `\xNN`; null when there is no such file. */
function bytesOf(root: string, path: string): string | null {
  let folder: Buffer = Buffer.from(root);
  const shown: string[] = [];
  for (const segment of path.split('/')) {
    const entry = entriesOf(folder).find((name) => name.toString() === segment);
    if (entry === undefined) return null;
    shown.push(entry.toString().includes(REPLACEMENT) ? escapedBytes(entry) : segment);
    folder = Buffer.concat([folder, Buffer.from('/'), entry]);
  }
  return shown.join('/');
}

function escapedBytes(name: Buffer): string {
  const texts = [...name].map((byte) =>
    byte > 0x1f && byte < 0x7f ? String.fromCodePoint(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return texts.join('');
}

function entriesOf(folder: Buffer): readonly Buffer[] {
  try {
    return readdirSync(folder, { encoding: 'buffer' });
  } catch {
    return [];
  }
}
