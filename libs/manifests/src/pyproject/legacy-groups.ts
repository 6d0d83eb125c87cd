import { basename } from 'node:path/posix';
import { normalizeName } from '@nx-pypi/standards';
import type { Spot } from '../model.ts';
import type { TomlTable } from '../toml/query.ts';
import { tableAt, textsAt, valueAt } from '../toml/query.ts';
import { sourceOfUrl } from './direct-reference.ts';
import type { DeclarationReading, Declarations, ManifestPlace, Place } from './requirement-declaration.ts';
import { collected, joined, NOTHING, readDeclaration } from './requirement-declaration.ts';
import { readRequirementList, tomlSpot } from './requirement-list.ts';

const EDITABLE = /^(?:-e|--editable)[\s=]+/;

/** `[tool.uv] dev-dependencies` and `[tool.pdm.dev-dependencies]`, the forms from before PEP 735. */
export function readLegacyGroups(table: TomlTable, file: string, place: ManifestPlace): Declarations {
  if (valueAt(table, 'tool', 'uv', 'dev-dependencies') === undefined && tableAt(table, 'tool', 'pdm') === null) {
    return NOTHING;
  }
  const dev: Place = { ...place, kind: 'group', group: 'dev' };
  const uv = readRequirementList(table, { file, keys: ['tool', 'uv', 'dev-dependencies'] }, dev);
  const pdm = Object.keys(tableAt(table, 'tool', 'pdm', 'dev-dependencies') ?? {}).map((group) => {
    const keys = ['tool', 'pdm', 'dev-dependencies', group];
    const readings = textsAt(table, ...keys).map((written, index) =>
      readPdmRequirement(written, tomlSpot(file, [...keys, index]), { ...place, kind: 'group', group }),
    );
    return collected(readings);
  });
  return joined([uv, ...pdm]);
}

/** PDM writes editable path requirements as pip does: `-e file:///${PROJECT_ROOT}/path#egg=name`. */
function readPdmRequirement(written: string, spot: Spot, place: Place): DeclarationReading {
  if (!EDITABLE.test(written)) {
    return readDeclaration(written, spot, place);
  }
  const url = written.replace(EDITABLE, '').trim();
  const source = sourceOfUrl(url, place.folder);
  const egg = /[#&]egg=([\w.-]+)(?:\[([\w.,\s-]*)\])?/.exec(url);
  const name = egg?.[1] ?? basename(source.kind === 'path' ? (source.path ?? url) : url);
  const extras = (egg?.[2] ?? '').split(',').map((extra) => extra.trim());
  return {
    kind: 'declaration',
    declaration: {
      kind: place.kind,
      group: place.group,
      name,
      normalizedName: normalizeName(name),
      written,
      specifier: '',
      extras: extras.filter((extra) => extra !== ''),
      marker: null,
      source,
      directReference: true,
      spot,
    },
  };
}
