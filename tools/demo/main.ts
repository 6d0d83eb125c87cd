/** `npm run demo`: a Python monorepo is released, from packing the plugin to installing the result. */
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { commitAll, freshWorkspace } from './fresh-workspace.ts';
import { pythonTools } from './python-tools.ts';
import { background, shell } from './shell.ts';

const repository = join(import.meta.dirname, '../..');
const EDITED = 'packages/instruments/instrument/src/orchestra_instrument/__init__.py';
const started = Date.now();

mkdirSync(join(repository, '.demo'), { recursive: true });
heading('0', 'A fresh workspace with 14 Python packages, nx and the packed plugin');
const tools = await pythonTools(repository);
const { root } = await freshWorkspace(repository, 'orchestra');
const run = { cwd: root, env: { PATH: `${tools}:${process.env['PATH'] ?? ''}` } };
console.log(
  `made in ${relative(process.cwd(), root)}; nx.json says: ${JSON.stringify({ plugins: [{ plugin: 'nx-pypi' }] })}`,
);
const registry = await background('node_modules/.bin/nx-pypi', ['registry'], {
  ...run,
  shownAs: 'npx nx-pypi registry',
  until: /Ctrl-C/,
});
try {
  heading('1', 'The first release: everything, in dependency order, in parallel');
  await shell('npx', ['nx', 'affected', '-t', 'publish', '--base=HEAD~1'], run);

  heading('2', 'The same again: nothing to publish, and why');
  await shell('npx', ['nx', 'affected', '-t', 'publish', '--base=HEAD~1', '--outputStyle=stream'], run);

  heading('3', 'An edit in one package: only what has to be released is');
  appendFileSync(
    join(root, EDITED),
    '\n\ndef family_name(family: str) -> str:\n    """The family as a heading."""\n    return family.title()\n',
  );
  console.log(`\n$ echo 'def family_name …' >> ${EDITED}`);
  await commitAll(root, 'Name the families');
  await shell('npx', ['nx', 'affected', '-t', 'publish', '--base=HEAD~1'], run);

  heading('4', 'Installed from the group index into a clean environment, and run');
  await installAndRun(registry.text);

  heading('5', 'The project graph');
  await showGraph();
} finally {
  await registry.stop();
}
heading('✓', `Done in ${Math.round((Date.now() - started) / 1000)} s`);
for (const line of whereToGo()) console.log(line);

async function installAndRun(announcement: string): Promise<void> {
  const index = /--extra-index-url (\S+)/.exec(announcement)?.[1];
  if (index === undefined) throw new Error('the registry did not say its index');
  rmSync(join(root, '../audience'), { recursive: true, force: true });
  await shell('python3', ['-m', 'venv', '../audience'], run);
  await shell('../audience/bin/pip', ['install', '--quiet', '--index-url', index, 'orchestra-concert'], run);
  await shell('../audience/bin/pip', ['list', '--format=columns'], run);
  await shell('../audience/bin/orchestra-concert', [], run);
}

async function showGraph(): Promise<void> {
  await shell('npx', ['nx', 'graph', '--file=graph.json'], run);
  const { graph } = JSON.parse(readFileSync(join(root, 'graph.json'), 'utf8')) as {
    graph: { nodes: Record<string, unknown>; dependencies: Record<string, readonly { readonly target: string }[]> };
  };
  const names = Object.keys(graph.nodes).toSorted();
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) {
    const targets = (graph.dependencies[name] ?? []).map((edge) => edge.target).toSorted();
    console.log(`  ${name.padEnd(width)}  ${targets.length === 0 ? '' : `→ ${targets.join(', ')}`}`.trimEnd());
  }
}

function heading(number: string, text: string): void {
  console.log(`\n━━ ${number}  ${text} ${'━'.repeat(Math.max(2, 90 - text.length))}`);
}

function whereToGo(): readonly string[] {
  const place = relative(process.cwd(), root);
  return [
    '',
    'Where to go next',
    `  look around:              cd ${place} && npx nx graph`,
    `  what the registry holds:  cd ${place} && npx nx-pypi status`,
    `  serve it again:           cd ${place} && npx nx-pypi registry`,
    '  in your own workspace:    README.md, "In your workspace"',
    '  against your GitLab:      docs/ci/README.md',
  ];
}
