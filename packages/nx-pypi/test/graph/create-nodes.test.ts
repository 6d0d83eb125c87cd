import { temporaryFolder, writeTree } from '@nx-pypi/testkit';
import type { CreateDependenciesContext } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { createNodes } from '../../src/graph/create-nodes.ts';
import { createDependencies } from '../../src/graph/create-dependencies.ts';
import type { NxPypiOptions } from '../../src/options.ts';

async function graphOf(tree: Readonly<Record<string, string>>, options: NxPypiOptions = {}) {
  const root = await temporaryFolder();
  await writeTree(root, tree);
  const results = await createNodes[1](Object.keys(tree), options, { workspaceRoot: root, nxJsonConfiguration: {} });
  const projects = Object.assign({}, ...results.map(([, result]) => result.projects ?? {})) as Record<
    string,
    {
      name?: string;
      root: string;
      targets?: Record<string, { dependsOn?: unknown; inputs?: unknown; executor?: string }>;
      metadata?: object;
    }
  >;
  const named = Object.fromEntries(
    Object.entries(projects).map(([path, project]) => [project.name ?? path, { ...project, root: path }]),
  );
  const fileMap = { projectFileMap: {}, nonProjectFiles: [] };
  const context = {
    projects: named,
    externalNodes: {},
    nxJsonConfiguration: {},
    fileMap,
    filesToProcess: fileMap,
    workspaceRoot: root,
  } as unknown as CreateDependenciesContext;
  return { projects: named, edges: await createDependencies(options, context) };
}

const flute =
  '[project]\nname = "flute"\nversion = "1.2.0"\ndescription = "A flute"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
const duo = flute.replaceAll('flute', 'duo').replace('version', 'dependencies = ["flute>=1"]\nversion');

describe('createNodes', () => {
  it('infers build, publish and nx-release-publish, and says what the package is', async () => {
    const { projects, edges } = await graphOf({
      'packages/flute/pyproject.toml': flute,
      'packages/duo/pyproject.toml': duo,
    });
    expect(Object.keys(projects['flute']?.targets ?? {})).toEqual(['build', 'publish', 'nx-release-publish']);
    expect(projects['flute']?.metadata).toMatchObject({
      technologies: ['python'],
      description: 'A flute',
      python: { version: '1.2.0', backend: 'hatchling.build', dialect: 'pep621' },
    });
    expect(projects['duo']?.targets?.['publish']?.dependsOn).toEqual([
      { projects: ['flute'], target: 'publish', params: 'forward' },
    ]);
    expect(edges).toEqual([
      { source: 'duo', target: 'flute', type: 'static', sourceFile: 'packages/duo/pyproject.toml' },
    ]);
  });

  it('A1: leaves the publishing targets out of what is not published', async () => {
    const { projects } = await graphOf(
      { 'flute/pyproject.toml': `${flute}[tool.nx-pypi]\npublish = false\n`, 'duo/pyproject.toml': duo },
      { publish: { exclude: ['d*'] } },
    );
    expect(Object.keys(projects['flute']?.targets ?? {})).toEqual(['build']);
    expect(Object.keys(projects['duo']?.targets ?? {})).toEqual(['build']);
  });

  it('A2: gives no publish target to two manifests with one name, and both a name of their own', async () => {
    const { projects } = await graphOf({ 'a/pyproject.toml': flute, 'b/pyproject.toml': flute });
    expect(Object.entries(projects).map(([name, project]) => [name, Object.keys(project.targets ?? {})])).toEqual([
      ['python-a', ['build']],
      ['python-b', ['build']],
    ]);
  });

  it('G1: closes no circle of tasks where an extra closes one of packages', async () => {
    const core = flute
      .replaceAll('flute', 'core')
      .replace('[build-system]', '[project.optional-dependencies]\nall = ["duo"]\n[build-system]');
    const { projects, edges } = await graphOf({
      'core/pyproject.toml': core,
      'duo/pyproject.toml': duo.replace('flute>=1', 'core>=1'),
    });
    expect(projects['core']?.targets?.['publish']?.dependsOn).toEqual([]);
    expect(projects['duo']?.targets?.['publish']?.dependsOn).toEqual([
      { projects: ['core'], target: 'publish', params: 'forward' },
    ]);
    expect(edges.map((edge) => `${edge.source} → ${edge.target}`).toSorted()).toEqual(['core → duo', 'duo → core']);
  });

  it('renames targets, and leaves out those that are false', async () => {
    const { projects } = await graphOf(
      { 'flute/pyproject.toml': flute },
      { buildTargetName: 'dist', publishTargetName: 'release', releasePublishTargetName: false },
    );
    expect(Object.keys(projects['flute']?.targets ?? {})).toEqual(['dist', 'release']);
  });

  it('takes nested packages out of the inputs of the outer one', async () => {
    const { projects } = await graphOf({ 'outer/pyproject.toml': flute, 'outer/inner/pyproject.toml': duo });
    expect(projects['flute']?.targets?.['publish']?.inputs).toContain('!{workspaceRoot}/outer/inner/**/*');
  });

  it('takes files outside the folder that the manifest mentions into the inputs, other packages’ folders not', async () => {
    const shared = flute.replace('description', 'readme = "../../docs/flute.md"\ndescription');
    const { projects } = await graphOf({
      'packages/flute/pyproject.toml': `${shared}[tool.uv.sources]\nduo = { path = "../duo" }\n`,
      'packages/duo/pyproject.toml': duo,
    });
    const inputs = projects['flute']?.targets?.['publish']?.inputs;
    expect(inputs).toContain('{workspaceRoot}/docs/flute.md');
    expect(inputs).not.toContain('{workspaceRoot}/packages/duo');
  });

  it('makes a manifest that can’t be read a project whose publish target says so; templates and empty files make none', async () => {
    const { projects } = await graphOf({
      'broken/pyproject.toml': '[project\n',
      'empty/pyproject.toml': '',
      'template/pyproject.toml': '[project]\nname = "{{ name }}"\n{% if x %}\n',
    });
    expect(Object.keys(projects)).toEqual(['python-broken']);
    expect(Object.keys(projects['python-broken']?.targets ?? {})).toEqual(['publish']);
  });
});
