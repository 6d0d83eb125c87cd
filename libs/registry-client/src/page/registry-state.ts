import type { Problem } from '@nx-pypi/manifests';
import type { PublishedFile, PublishedVersion, RegistryState } from '@nx-pypi/release';
import { compareVersions, formatVersion, parseDistributionFilename } from '@nx-pypi/standards';
import { printableUrl } from '../target/origin.ts';
import { sanitize } from '../text/sanitize.ts';
import type { PageReading } from './page-reading.ts';

/**
 * The state of a package from all pages that were asked for it, the project's before the group's: unknown if any is, absent
 * if all are, else every file that any of them shows. One filename with two hashes is unknown (B5).
 */
export function registryState(name: string, readings: readonly PageReading[]): RegistryState {
  const unknown = readings.find((reading) => reading.kind === 'unknown');
  if (unknown !== undefined) return unknown;
  const pages = readings.filter((reading) => reading.kind === 'page');
  if (pages.length === 0) return { kind: 'absent' };
  const files = new Map<string, PublishedFile>();
  for (const file of pages.flatMap((page) => page.files)) {
    const known = files.get(file.filename);
    if (known?.sha256 && file.sha256 && known.sha256 !== file.sha256) {
      return { kind: 'unknown', problem: twoHashes(name, known, file.sha256) };
    }
    files.set(file.filename, known === undefined ? file : union(known, file));
  }
  const sorted = sortByVersion(name, [...files.values()]);
  const problems = [...pages.flatMap((page) => page.problems), ...sorted.problems];
  return { kind: 'published', versions: sorted.versions, problems };
}

/** Pages of one registry show one file; the project page's link is kept, and what only the other page tells is added. */
function union(known: PublishedFile, other: PublishedFile): PublishedFile {
  return {
    ...known,
    sha256: known.sha256 ?? other.sha256,
    size: known.size ?? other.size,
    yanked: known.yanked || other.yanked,
  };
}

interface SortedFiles {
  readonly versions: readonly PublishedVersion[];
  readonly problems: readonly Problem[];
}

function sortByVersion(name: string, files: readonly PublishedFile[]): SortedFiles {
  const problems: Problem[] = [];
  const byVersion = new Map<string, PublishedFile[]>();
  const parsed = new Map<string, PublishedVersion['version']>();
  for (const file of files) {
    const distribution = parseDistributionFilename(file.filename);
    if (distribution === null || distribution.name !== name) {
      problems.push(notADistribution(name, file, distribution?.name));
      continue;
    }
    const text = formatVersion(distribution.version);
    parsed.set(text, distribution.version);
    const siblings = byVersion.get(text) ?? [];
    siblings.push(file);
    byVersion.set(text, siblings);
  }
  const versions = [...parsed].map(([text, version]) => {
    const its = byVersion.get(text) ?? [];
    return { version, text, files: its, yanked: its.every((file) => file.yanked) };
  });
  return { versions: versions.sort((a, b) => compareVersions(a.version, b.version)), problems };
}

function notADistribution(name: string, file: PublishedFile, otherName: string | undefined): Problem {
  const filename = sanitize(file.filename);
  return {
    code: 'NXPYPI_FILENAME_UNREADABLE',
    message:
      otherName === undefined
        ? `${filename}, listed for ${name}, is not the name of a wheel or sdist, and is not counted.`
        : `${filename}, listed for ${name}, is a file of ${otherName}, and is not counted.`,
    hint: 'Delete it from the registry if it should not be there.',
    where: printableUrl(file.url),
  };
}

function twoHashes(name: string, file: PublishedFile, otherSha256: string): Problem {
  return {
    code: 'NXPYPI_TWO_HASHES',
    message: `The registry shows ${sanitize(file.filename)} of ${name} with two contents: ${file.sha256} and ${otherSha256}.`,
    hint: 'Two projects of the group, or two spellings of the name or version, hold a file of this name: delete one of them.',
    where: printableUrl(file.url),
  };
}
