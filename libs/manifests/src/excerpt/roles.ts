import { remember } from '../remember.ts';

/**
 * What a table has to say about a package:
 * `project` and `poetry` name it; `shared` ones are often the same in many packages; `dependencies` are Poetry's, a name a line;
 * `sources` are uv's; `checker`: settings of a linter or the like, which nobody here asks for; `settings` count only where the
 * version is dynamic; `intricate` ones are for the whole grammar.
 */
export type Role =
  | 'project'
  | 'poetry'
  | 'poetry settings'
  | 'shared'
  | 'dependencies'
  | 'sources'
  | 'checker'
  | 'settings'
  | 'intricate';

const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['project', /^project$/],
  ['poetry', /^tool\.poetry$/],
  ['shared', /^(?:build-system|dependency-groups|project\.optional-dependencies|tool\.poetry\.extras)$/],
  ['dependencies', /^tool\.poetry\.(?:dependencies|dev-dependencies|group\.[\w-]+\.dependencies)$/],
  ['sources', /^tool\.uv\.sources$/],
  [
    'checker',
    /^tool\.(?:bandit|black|cibuildwheel|codespell|commitizen|coverage|djlint|flake8|interrogate|isort|mypy|poe|pydocstyle|pylint|pyright|pytest|ruff|tomlsort|towncrier|tox|ty|typos|vulture)(?:\.|$)/,
  ],
  ['settings', /^project\.(?:urls|scripts|gui-scripts|entry-points)(?:\.|$)/],
  ['poetry settings', /^tool\.poetry\.(?:urls|scripts|plugins|source|build|requires-plugins)(?:\.|$)/],
  ['settings', /^tool\.uv\.(?:workspace|index|pip|build-backend)(?:\.|$)/],
  ['settings', /^tool\.pdm\.(?:build|scripts|version|resolution|source)(?:\.|$)/],
  ['intricate', /^(?:tool|project|build-system|dependency-groups)(?:$|\.")/],
  ['intricate', /^(?:build-system|dependency-groups|project)\./],
  ['intricate', /^tool\.(?:nx-pypi|uv|pdm|poetry|poetry-dynamic-versioning)(?:\.|$)/],
  ['settings', /^tool\./],
];

/** By its header, without brackets. */
export const roleOf: (header: string) => Role = remember(
  (header: string) => ROLES.find(([, pattern]) => pattern.test(header))?.[0] ?? 'intricate',
);
