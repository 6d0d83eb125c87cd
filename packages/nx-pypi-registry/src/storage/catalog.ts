import type { BuildInfo, FileRecord } from './record.ts';

/** A package row: one raw name and one raw version in one project. Its files are in the order of their upload. */
export interface PackageRow {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly version: string;
  readonly createdAt: string;
  readonly creator: string | null;
  /** Of the upload that made the row; later files have their own. */
  readonly build: BuildInfo | null;
  readonly files: readonly FileRecord[];
}

/** The index in memory: every read is answered from here. */
export interface Catalog {
  readonly add: (record: FileRecord) => void;
  readonly replace: (record: FileRecord) => void;
  readonly removeRow: (id: number) => void;
  /** The row of exactly this spelling; null where there is none. */
  readonly row: (projectId: number, name: string, version: string) => PackageRow | null;
  readonly rowById: (id: number) => PackageRow | null;
  /** All rows of a project, oldest first. */
  readonly rowsOf: (projectId: number) => readonly PackageRow[];
  /** Files with that digest, as it was sent, in all projects; oldest first, removed ones left out. */
  readonly filesWithDigest: (sha256: string) => readonly FileRecord[];
  /** Rows of a project whose normalised name is `normalized`, oldest first. */
  readonly rowsNamed: (projectId: number, normalized: string) => readonly PackageRow[];
}

/** `normalize`: how names are grouped on a package's page. */
export function createCatalog(records: readonly FileRecord[], normalize: (name: string) => string): Catalog {
  const byId = new Map<number, PackageRow>();
  const rowsByDigest = new Map<string, Set<number>>();
  const byProject = new Map<number, Map<string, Set<number>>>();

  function put(record: FileRecord, change: (files: readonly FileRecord[]) => readonly FileRecord[]): void {
    const row = byId.get(record.packageId) ?? newRow(record);
    byId.set(row.id, { ...row, files: change(row.files) });
    const names = getOrSet(byProject, record.projectId, () => new Map<string, Set<number>>());
    getOrSet(names, normalize(record.name), () => new Set<number>()).add(row.id);
    if (record.sha256 !== null) getOrSet(rowsByDigest, record.sha256, () => new Set<number>()).add(row.id);
  }
  function add(record: FileRecord): void {
    put(record, (files) => [...files, record]);
  }
  function rowsOfIds(ids: Iterable<number>): readonly PackageRow[] {
    return [...ids].flatMap((id) => byId.get(id) ?? []).sort((a, b) => a.id - b.id);
  }
  function rowsNamed(projectId: number, normalized: string): readonly PackageRow[] {
    return rowsOfIds(byProject.get(projectId)?.get(normalized) ?? []);
  }

  records.forEach(add);
  return {
    add,
    replace: (record) => put(record, (files) => files.map((file) => (file.id === record.id ? record : file))),
    removeRow: (id) => {
      const row = byId.get(id);
      byId.delete(id);
      if (row !== undefined) byProject.get(row.projectId)?.get(normalize(row.name))?.delete(id);
    },
    row: (projectId, name, version) =>
      rowsNamed(projectId, normalize(name)).find((row) => row.name === name && row.version === version) ?? null,
    rowById: (id) => byId.get(id) ?? null,
    rowsOf: (projectId) => rowsOfIds([...(byProject.get(projectId)?.values() ?? [])].flatMap((ids) => [...ids])),
    rowsNamed,
    filesWithDigest: (sha256) =>
      rowsOfIds(rowsByDigest.get(sha256) ?? [])
        .flatMap(filesOf)
        .filter((file) => file.sha256 === sha256),
  };
}

/** The files that are still there, oldest first. */
export function filesOf(row: PackageRow): readonly FileRecord[] {
  return row.files.filter((file) => !file.removed);
}

function newRow(record: FileRecord): PackageRow {
  const { packageId: id, projectId, name, version, createdAt, creator, build } = record;
  return { id, projectId, name, version, createdAt, creator, build, files: [] };
}

function getOrSet<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
