import type { RunningRegistry } from 'nx-pypi-registry';
import { describe, expect, it } from 'vitest';
import { nxWorkspace, type Ended } from '../nx-workspace.ts';
import { credentialOf, openHouse, registryOptions, shownFiles, writeModule } from './theatre.ts';
import { watch } from './watcher.ts';

const TRIO = [
  { name: 'opera-score', version: '1.0.0' },
  { name: 'opera-cast', version: '1.0.0', dependencies: ['opera-score>=1,<2'] },
  { name: 'opera-night', version: '1.0.0', dependencies: ['opera-cast>=1,<2'] },
] as const;

/** `nx release publish` loads them and asks for the current version alone. */
const VERSION_ACTIONS = `const { VersionActions } = require('nx/release');
module.exports = class extends VersionActions {
  validManifestFilenames = ['pyproject.toml'];
  readCurrentVersionFromSourceManifest() { return { currentVersion: '1.0.0', manifestPath: 'pyproject.toml' }; }
  readCurrentVersionFromRegistry() { return null; }
  readCurrentVersionOfDependency() { return { currentVersion: null, dependencyCollection: null }; }
  updateProjectVersion() { return []; }
  updateProjectDependencies() { return []; }
};
`;

interface Theatre {
  readonly registry: RunningRegistry;
  readonly root: string;
  readonly commit: (message: string) => Promise<string>;
  readonly nx: (...args: readonly string[]) => Promise<Ended>;
}

async function openTheatre(): Promise<Theatre> {
  const registry = await openHouse();
  const workspace = await nxWorkspace({
    packages: TRIO,
    options: { ...registryOptions(registry) },
    files: { 'tools/version-actions.cjs': VERSION_ACTIONS },
    nxJson: {
      release: {
        projects: ['*'],
        projectsRelationship: 'independent',
        version: { versionActions: './tools/version-actions.cjs' },
      },
    },
  });
  const { root, commit, nx } = workspace;
  return { registry, root, commit, nx: (...args) => nx(args, credentialOf(registry)) };
}

function writes(registry: RunningRegistry): number {
  return registry.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD').length;
}

async function versions(registry: RunningRegistry): Promise<Readonly<Record<string, string>>> {
  const shown = await Promise.all(
    TRIO.map(async ({ name }) => [name, (await shownFiles(registry, name)).toSorted().join(' ')] as const),
  );
  return Object.fromEntries(shown);
}

describe('law 9, G10: a dry run sends nothing that writes, for dependencies neither', () => {
  it('of one project, of the affected ones, and of nx release', async () => {
    const { registry, root, commit, nx } = await openTheatre();
    const base = await commit('Before the season');
    for (const { name } of TRIO) writeModule(root, name, 'SEASON = "new"\n');
    await commit('The new season');
    const commands = [
      ['run', 'opera-night:publish', '--dry-run'],
      ['affected', '-t', 'publish', `--base=${base}`, '--dry-run'],
      ['run-many', '-t', 'publish', '--dry-run', '--no-batch', '--parallel=3', '--output-style=static'],
      ['release', 'publish', '--dry-run'],
    ];
    for (const command of commands) {
      const asked = registry.requests.length;
      const { code, text } = await nx(...command);
      expect({ command, code }, text).toEqual({ command, code: 0 });
      for (const { name } of TRIO) expect(text).toMatch(new RegExp(`${name}.*1\\.0\\.0 would be published`));
      expect(registry.requests.length).toBeGreaterThan(asked);
      expect({ command, writes: writes(registry) }).toEqual({ command, writes: 0 });
    }
    const real = await nx('run', 'opera-night:publish');
    expect(real).toMatchObject({ code: 0 });
    expect(writes(registry)).toBe(6);
  });
});

describe('G9: every task stands alone', () => {
  it('tasks of their own come to the same end as one batch', async () => {
    const [batch, alone] = await Promise.all([openTheatre(), openTheatre()]);
    const together = await batch.nx('run-many', '-t', 'publish');
    const apart = await alone.nx('run-many', '-t', 'publish', '--no-batch', '--parallel=3');
    expect([together.code, apart.code], `${together.text}\n${apart.text}`).toEqual([0, 0]);
    expect(await versions(alone.registry)).toEqual(await versions(batch.registry));
    for (const { root, commit } of [batch, alone]) {
      writeModule(root, 'opera-score', 'KEY = "minor"\n');
      writeModule(root, 'opera-night', 'ACTS = 5\n');
      await commit('Another key');
    }
    expect((await batch.nx('run-many', '-t', 'publish')).code).toBe(0);
    expect((await alone.nx('run-many', '-t', 'publish', '--no-batch', '--parallel=3')).code).toBe(0);
    const end = await versions(alone.registry);
    expect(end).toEqual(await versions(batch.registry));
    expect(end['opera-night']).toContain('opera_night-1.0.1.tar.gz');
    expect(end['opera-cast']).not.toContain('1.0.1');
    const before = writes(alone.registry);
    expect((await alone.nx('run-many', '-t', 'publish', '--no-batch', '--parallel=3')).code).toBe(0);
    expect(writes(alone.registry)).toBe(before);
  });

  it('G6: after a release that failed, a later commit to a dependent alone never ships without the change below it', async () => {
    const { registry, root, commit, nx } = await openTheatre();
    expect((await nx('run-many', '-t', 'publish')).code).toBe(0);
    writeModule(root, 'opera-score', 'KEY = "minor"\n');
    const failed = await commit('Another key');
    registry.faults.arm({ on: { route: 'upload' }, effect: { kind: 'status', status: 403 }, times: 1000 });
    expect((await nx('affected', '-t', 'publish', `--base=${failed}~1`)).code).toBe(1);
    registry.faults.clear();
    const endWatch = watch(registry, '1.0.1', [['opera-score', 'opera-cast']]);
    writeModule(root, 'opera-cast', 'SINGERS = 4\n');
    await commit('Four singers');
    const { code, text } = await nx('affected', '-t', 'publish', `--base=${failed}`);
    expect({ code, text }).toMatchObject({ code: 0 });
    const end = await versions(registry);
    expect(end['opera-score']).toContain('opera_score-1.0.1.tar.gz');
    expect(end['opera-cast']).toContain('opera_cast-1.0.1.tar.gz');
    expect(await endWatch()).toEqual([]);
    const stored = registry.requests.filter(({ method, status }) => method === 'POST' && status === 201);
    expect(stored).toHaveLength(10);
  });

  it('G6: and is skipped with that reason where the task below it is left out', async () => {
    const { registry, root, commit, nx } = await openTheatre();
    expect((await nx('run-many', '-t', 'publish')).code).toBe(0);
    writeModule(root, 'opera-score', 'KEY = "minor"\n');
    writeModule(root, 'opera-cast', 'SINGERS = 4\n');
    await commit('Another key, four singers');
    const { code, text } = await nx('run', 'opera-cast:publish', '--excludeTaskDependencies');
    expect({ code, text }).toMatchObject({
      code: 1,
      text: expect.stringContaining('it needs opera-score, which has a change that this run does not release'),
    });
    expect(Object.values(await versions(registry)).join(' ')).not.toContain('1.0.1');
  });
});
