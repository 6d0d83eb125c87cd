import type { Tree } from '@nx-pypi/testkit';

/** One way to write the package `violin`, which needs `strings`. */
export interface Manifest {
  readonly title: string;
  readonly tree: Tree;
}

const PROJECT = `[project]
name = "violin"
version = "1.0.0"
description = "Four strings"
requires-python = ">=3.9"
dependencies = ["strings>=1.2"]
`;

function buildSystem(requires: string, backend: string): string {
  return `\n[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n`;
}

const MODULE = { 'violin/violin/__init__.py': '"""Four strings."""\n' };
const VERSIONED = { 'violin/violin/__init__.py': '"""Four strings."""\n\n__version__ = "1.0.0"\n' };
const DYNAMIC = PROJECT.replace('version = "1.0.0"', 'dynamic = ["version"]');

/** Every backend with a static version, and every place outside of a table that keeps one. */
export const manifests: readonly Manifest[] = [
  {
    title: 'hatchling',
    tree: { ...MODULE, 'violin/pyproject.toml': PROJECT + buildSystem('hatchling', 'hatchling.build') },
  },
  {
    title: 'setuptools',
    tree: { ...MODULE, 'violin/pyproject.toml': PROJECT + buildSystem('setuptools', 'setuptools.build_meta') },
  },
  {
    title: 'poetry-core',
    tree: { ...MODULE, 'violin/pyproject.toml': PROJECT + buildSystem('poetry-core', 'poetry.core.masonry.api') },
  },
  {
    title: 'poetry 1 tables with a path dependency',
    tree: {
      ...MODULE,
      'strings/pyproject.toml': '[tool.poetry]\nname = "strings"\nversion = "1.2.0"\n',
      'violin/pyproject.toml': `[tool.poetry]
name = "violin"
version = "1.0.0"
description = "Four strings"
authors = ["Clara <clara@orchestra.example>"]

[tool.poetry.dependencies]
python = "^3.9"
strings = { path = "../strings", develop = true }
${buildSystem('poetry-core', 'poetry.core.masonry.api')}`,
    },
  },
  {
    title: 'flit_core',
    tree: { ...MODULE, 'violin/pyproject.toml': PROJECT + buildSystem('flit_core >=3.9,<5', 'flit_core.buildapi') },
  },
  {
    title: 'pdm-backend',
    tree: { ...MODULE, 'violin/pyproject.toml': PROJECT + buildSystem('pdm-backend', 'pdm.backend') },
  },
  {
    title: 'uv_build',
    tree: {
      ...MODULE,
      'violin/pyproject.toml': `${PROJECT}\n[tool.uv.build-backend]\nmodule-root = ""\n${buildSystem('uv_build>=0.7,<1', 'uv_build')}`,
    },
  },
  {
    title: 'hatchling with its version in a module',
    tree: {
      ...VERSIONED,
      'violin/pyproject.toml': `${DYNAMIC}\n[tool.hatch.version]\npath = "violin/__init__.py"\n${buildSystem('hatchling', 'hatchling.build')}`,
    },
  },
  {
    title: 'setuptools with attr:',
    tree: {
      ...VERSIONED,
      'violin/pyproject.toml': `${DYNAMIC}\n[tool.setuptools.dynamic]\nversion = { attr = "violin.__version__" }\n${buildSystem('setuptools', 'setuptools.build_meta')}`,
    },
  },
  {
    title: 'flit_core with __version__',
    tree: { ...VERSIONED, 'violin/pyproject.toml': DYNAMIC + buildSystem('flit_core >=3.9,<5', 'flit_core.buildapi') },
  },
  {
    title: 'setup.cfg alone',
    tree: {
      ...MODULE,
      'violin/setup.cfg':
        '[metadata]\nname = violin\nversion = 1.0.0\n\n[options]\npackages = find:\ninstall_requires =\n    strings>=1.2\n',
      'violin/setup.py': 'from setuptools import setup\n\nsetup()\n',
    },
  },
  {
    title: 'setup.py alone',
    tree: {
      ...MODULE,
      'violin/setup.py':
        'from setuptools import find_packages, setup\n\nsetup(name="violin", version="1.0.0", packages=find_packages(), install_requires=["strings>=1.2"])\n',
    },
  },
  {
    title: 'setuptools-scm',
    tree: {
      ...MODULE,
      'violin/pyproject.toml': `${DYNAMIC}\n[tool.setuptools_scm]\nroot = ".."\n\n[build-system]\nrequires = ["setuptools", "setuptools-scm"]\nbuild-backend = "setuptools.build_meta"\n`,
    },
  },
  {
    title: 'hatch-vcs',
    tree: {
      ...MODULE,
      'violin/pyproject.toml': `${DYNAMIC}\n[tool.hatch.version]\nsource = "vcs"\n\n[tool.hatch.version.raw-options]\nroot = ".."\n\n[build-system]\nrequires = ["hatchling", "hatch-vcs"]\nbuild-backend = "hatchling.build"\n`,
    },
  },
];
