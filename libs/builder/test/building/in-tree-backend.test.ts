import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createBuilder } from '@nx-pypi/builder';
import type { Problem } from '@nx-pypi/manifests';
import type { ArtifactKind, BuildOutcome, Provenance } from '@nx-pypi/release';
import { temporaryFolder } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { scoreWith } from '../setting/score.ts';

/** A whole PEP 517 backend that lies in the tree: no requirement, so that no test needs an index. */
const BACKEND = `
import io, os, tarfile, zipfile

INFO = "violin-{0}.dist-info/"
METADATA = "Metadata-Version: 2.1\\nName: {1}\\nVersion: {0}\\n"

def version():
    with open("pyproject.toml") as file:
        return next(line.split('"')[1] for line in file if line.startswith("version"))

def build_wheel(folder, config_settings=None, metadata_directory=None, name="violin"):
    filename = "violin-%s-py3-none-any.whl" % version()
    with zipfile.ZipFile(os.path.join(folder, filename), "w") as wheel:
        wheel.writestr("violin.py", "")
        wheel.writestr(INFO.format(version()) + "METADATA", METADATA.format(version(), name))
        wheel.writestr(INFO.format(version()) + "WHEEL", "Wheel-Version: 1.0\\n")
        wheel.writestr(INFO.format(version()) + "RECORD", "")
    return filename

def build_sdist(folder, config_settings=None):
    filename = "violin-%s.tar.gz" % version()
    data = METADATA.format(version(), "violin").encode()
    with tarfile.open(os.path.join(folder, filename), "w:gz") as sdist:
        member = tarfile.TarInfo("violin-%s/PKG-INFO" % version())
        member.size = len(data)
        sdist.addfile(member, io.BytesIO(data))
    return filename
`;

const PROVENANCE: Provenance = {
  format: 1,
  repository: 'gitlab.example/orchestra',
  path: 'violin',
  revision: 'c0ffee',
  ref: 'main',
  dirty: false,
  pipeline: '',
  tool: 'nx-pypi/1.0.0',
  digest: '1:aa',
  declared: {},
};

interface Options {
  readonly kinds?: readonly ArtifactKind[];
  readonly seconds?: number;
  readonly provenance?: Provenance | null;
  readonly onNotice?: (problem: Problem) => void;
}

async function play(
  more = '',
  { kinds = ['sdist', 'wheel'], seconds = 60, provenance = null, onNotice }: Options = {},
): Promise<BuildOutcome> {
  const score = await scoreWith({
    'violin/pyproject.toml':
      '[project]\nname = "violin"\nversion = "1.0.0"\n\n[build-system]\nrequires = []\nbuild-backend = "luthier"\nbackend-path = ["tools"]\n',
    'violin/tools/luthier.py': BACKEND + more,
  });
  const { root } = score.repository;
  const outDir = join(await temporaryFolder(), 'dist');
  const cacheDir = await temporaryFolder();
  const builder = createBuilder({
    root,
    cacheDir,
    env: { PATH: process.env['PATH'] },
    uv: false,
    timeoutSeconds: seconds,
    ...(onNotice === undefined ? {} : { onNotice }),
  });
  try {
    const pkg = await score.packageAt('violin');
    const outcome = await builder.build({
      package: pkg,
      version: '1.0.1',
      constraints: [],
      provenance,
      artifacts: kinds,
      outDir,
    });
    const left = outcome.kind === 'built' ? await readdir(outDir) : [];
    expect(left.sort()).toStrictEqual(
      outcome.kind === 'built' ? outcome.artifacts.map(({ filename }) => filename).sort() : [],
    );
    return outcome;
  } finally {
    await builder.close();
  }
}

async function code(more: string, options?: Options): Promise<string> {
  const outcome = await play(more, options);
  return outcome.kind === 'built' ? 'built' : `${outcome.problem.code}: ${outcome.problem.message}\n${outcome.log}`;
}

describe('a backend in the tree (PEP 517, backend-path)', () => {
  it('builds what is asked for, checked and hashed', async () => {
    const outcome = await play();
    expect(outcome).toMatchObject({
      kind: 'built',
      artifacts: [
        { kind: 'sdist', filename: 'violin-1.0.1.tar.gz' },
        { kind: 'wheel', filename: 'violin-1.0.1-py3-none-any.whl' },
      ],
    });
    const alone = await play('', { kinds: ['wheel'] });
    expect(alone.kind === 'built' && alone.artifacts.map(({ kind }) => kind)).toStrictEqual(['wheel']);
    const sizes =
      outcome.kind === 'built'
        ? outcome.artifacts.map(({ size, sha256 }) => size > 0 && /^[0-9a-f]{64}$/.test(sha256))
        : [];
    expect(sizes).toStrictEqual([true, true]);
  });

  it.each([
    [
      'leaves no artifact',
      'def build_wheel(folder, *_):\n    return "violin-1.0.1-py3-none-any.whl"',
      'NXPYPI_BUILD_ARTIFACTS',
    ],
    [
      'leaves two artifacts',
      'first = build_wheel\ndef build_wheel(folder, *_):\n    open(os.path.join(folder, "violin-1.0.1-py2-none-any.whl"), "w")\n    return first(folder)',
      'NXPYPI_BUILD_ARTIFACTS',
    ],
    [
      'leaves a file that is no wheel',
      'def build_wheel(folder, *_):\n    open(os.path.join(folder, "violin.egg"), "w")\n    return "violin.egg"',
      'NXPYPI_BUILD_ARTIFACTS',
    ],
    [
      'leaves a damaged wheel',
      'def build_wheel(folder, *_):\n    open(os.path.join(folder, "violin-1.0.1-py3-none-any.whl"), "w")\n    return ""',
      'NXPYPI_ARCHIVE_UNREADABLE',
    ],
    ['ships another version', 'def version():\n    return "1.0.0"', 'NXPYPI_BUILD_WRONG_VERSION'],
    [
      'ships another name',
      'first = build_wheel\ndef build_wheel(folder, *_):\n    return first(folder, name="viola")',
      'NXPYPI_BUILD_WRONG_NAME',
    ],
    ['has no hook', 'del build_wheel', 'has no hook build_wheel'],
    ['raises', 'def build_wheel(folder, *_):\n    raise ValueError("no varnish")', 'ValueError: no varnish'],
    ['cannot be imported', 'import strings_that_nobody_has', "No module named 'strings_that_nobody_has'"],
    [
      'ends by a signal',
      'import signal\ndef build_wheel(folder, *_):\n    os.kill(os.getpid(), signal.SIGTERM)',
      'SIGTERM',
    ],
    [
      'needs what cannot be installed',
      'def get_requires_for_build_wheel(*_):\n    return ["no such requirement!"]',
      'NXPYPI_BUILD_REQUIREMENTS',
    ],
  ])('that %s is a problem', async (_, more, said) => {
    expect(await code(more)).toContain(said);
  });

  it('I2: that leaves the manifest out of the sdist is built, and what is lost is told', async () => {
    const told: string[] = [];
    const onNotice = (problem: Problem): void => void told.push(`${problem.code}: ${problem.message}`);
    const outcome = await play('', { provenance: PROVENANCE, onNotice });
    expect(outcome.kind).toBe('built');
    expect(told).toEqual([
      'NXPYPI_PROVENANCE_LOST: the build of violin left the manifest out of violin-1.0.1.tar.gz, and so what says where it comes from',
    ]);
    await play('', { onNotice });
    expect(told).toHaveLength(1);
  });

  it('that hangs is killed', async () => {
    expect(await code('import time\ntime.sleep(600)', { seconds: 2 })).toContain('NXPYPI_BUILD_TIMEOUT');
  });

  it('may ask for what the environment has already', async () => {
    expect(await code('def get_requires_for_build_sdist(*_):\n    return []')).toBe('built');
  });
});
