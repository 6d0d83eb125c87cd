import { discoverPackages, type Declaration, type PythonPackage } from '@nx-pypi/manifests';
import { alignedRows, buildGraph, gatingOf, graphProblems, edgesOf } from '@nx-pypi/release';
import { listWorkspaceFiles, readWorkspaceText } from '@nx-pypi/workspace';
import { runContext } from '../executors/publish/publish-run.ts';
import { folderOf, parsed } from './arguments.ts';
import type { Command } from './command.ts';
import { writesCompleted } from './opened-run.ts';
import { tellProblemsApart } from './tell-problems.ts';

/** Problems of manifests are part of what was found: a listing that was made ends with 0. */
export const listCommand: Command = {
  name: 'list',
  summary: 'show every Python package below a folder and what they need of each other; no Nx needed',
  usage: ['nx-pypi list [--json] [--cwd DIR]'],
  run: async (args, terminal) => {
    const { values } = parsed(args, { json: { type: 'boolean' }, cwd: { type: 'string' } });
    const root = folderOf(terminal.cwd, values.cwd);
    if (!(await writesCompleted(root, terminal))) return 1;
    const { plugin } = runContext(root, { env: terminal.env, tags: new Map(), say: terminal.error });
    const files = (await listWorkspaceFiles(root)).filter((file) => plugin.takes(file));
    const discovery = discoverPackages(files, readWorkspaceText(root));
    const graph = buildGraph(discovery.packages);
    const problems = [...discovery.problems, ...graphProblems(graph, gatingOf(graph), lineOf(root))];
    const names = new Set([...graph.packages.keys(), ...graph.duplicates.keys()]);
    const edges = discovery.packages.flatMap((pkg) =>
      edgesOf(pkg, names).map((edge) => ({ from: pkg.path, to: edge.to, kinds: edge.kinds })),
    );
    if (values.json === true) {
      terminal.out(JSON.stringify({ packages: discovery.packages.map(packageRow), edges, problems }, null, 2));
    } else {
      for (const line of tableOf(discovery.packages, edges)) terminal.out(line);
      tellProblemsApart(problems, terminal);
    }
    return 0;
  },
};

/** The first line of the declaration's file that holds what is written. */
function lineOf(root: string): (declaration: Declaration) => number | null {
  const readText = readWorkspaceText(root);
  return ({ spot, written }) => {
    const text = readText(spot.file);
    const at = text?.indexOf(written) ?? -1;
    return text === undefined || at < 0 ? null : text.slice(0, at).split('\n').length;
  };
}

function packageRow(pkg: PythonPackage) {
  return {
    path: pkg.path,
    name: pkg.name,
    version: versionText(pkg),
    backend: declaredBackend(pkg),
    dialect: pkg.dialect,
  };
}

/** Null where no build system is declared and the default of PEP 517 is meant. */
function declaredBackend(pkg: PythonPackage): string | null {
  return pkg.backend === 'setuptools.build_meta:__legacy__' ? null : pkg.backend;
}

function versionText(pkg: PythonPackage): string | null {
  return pkg.version.kind === 'static' || pkg.version.kind === 'file' ? pkg.version.text : null;
}

function tableOf(
  packages: readonly PythonPackage[],
  edges: readonly { readonly from: string; readonly to: string }[],
): readonly string[] {
  const rows = packages.map((pkg) => {
    const needs = edges.filter((edge) => edge.from === pkg.path).map((edge) => edge.to);
    return [
      pkg.name,
      versionText(pkg) ?? '-',
      pkg.backend,
      pkg.path,
      needs.length === 0 ? '' : `needs ${needs.join(', ')}`,
    ];
  });
  return [...alignedRows(rows), '', `${packages.length} packages, ${edges.length} edges`];
}
