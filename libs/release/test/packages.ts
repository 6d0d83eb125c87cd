/** Builders of packages, as a dialect would have read them. The theme of these tests is an orchestra. */
import type { Declaration, PythonPackage } from '@nx-pypi/manifests';
import { normalizeName } from '@nx-pypi/standards';

export interface PackageSpec {
  readonly name: string;
  readonly path?: string;
  readonly version?: string;
  readonly scm?: boolean;
  readonly publish?: boolean;
  readonly classifiers?: readonly string[];
  /** `name` or `name` with a specifier: `strings>=1,<2`. */
  readonly needs?: readonly string[];
  readonly extras?: Readonly<Record<string, readonly string[]>>;
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly buildNeeds?: readonly string[];
  /** Wheels that every version has to have. */
  readonly wheels?: readonly string[];
}

export function packageOf(spec: PackageSpec): PythonPackage {
  const path = spec.path ?? `packages/${spec.name}`;
  const manifest = `${path}/pyproject.toml`;
  const declare = (kind: Declaration['kind'], group: string | null, texts: readonly string[]): readonly Declaration[] =>
    texts.map((text, index) => declarationOf(text, { kind, group, file: manifest, index }));
  return {
    path,
    name: spec.name,
    normalizedName: normalizeName(spec.name),
    version:
      spec.scm === true
        ? { kind: 'scm', tool: 'setuptools-scm', override: 'SETUPTOOLS_SCM_PRETEND_VERSION' }
        : { kind: 'static', text: spec.version ?? '1.0.0', spots: [] },
    dialect: 'pep621',
    backend: 'hatchling.build',
    buildRequires: ['hatchling'],
    backendPath: [],
    requiresPython: null,
    description: null,
    classifiers: spec.classifiers ?? [],
    manifest,
    files: [manifest],
    declarations: [
      ...declare('runtime', null, spec.needs ?? []),
      ...Object.entries(spec.extras ?? {}).flatMap(([group, texts]) => declare('extra', group, texts)),
      ...Object.entries(spec.groups ?? {}).flatMap(([group, texts]) => declare('group', group, texts)),
      ...declare('build', null, spec.buildNeeds ?? []),
    ],
    settings: {
      publish: spec.publish ?? null,
      include: [],
      level: null,
      follow: null,
      rewrite: null,
      lockstep: null,
      ...(spec.wheels === undefined ? {} : { wheels: spec.wheels }),
    },
  };
}

function declarationOf(
  text: string,
  where: {
    readonly kind: Declaration['kind'];
    readonly group: string | null;
    readonly file: string;
    readonly index: number;
  },
): Declaration {
  const [name = ''] = /^[A-Za-z0-9._-]+/.exec(text) ?? [];
  return {
    kind: where.kind,
    group: where.group,
    name,
    normalizedName: normalizeName(name),
    written: text,
    specifier: text.slice(name.length).trim(),
    extras: [],
    marker: null,
    source: { kind: 'index' },
    directReference: false,
    spot: { kind: 'toml', file: where.file, keys: ['project', 'dependencies', where.index] },
  };
}
