import type { Project, Realm } from '../realm/realm.ts';
import type { PackageRow } from '../storage/catalog.ts';
import type { BuildInfo, FileRecord } from '../storage/record.ts';

/** What an entity needs to know beside its row. */
export interface Surroundings {
  readonly realm: Realm;
  /** Server URL with the base path, without a slash at its end. */
  readonly origin: string;
  /** Shows the link to the deletion. */
  readonly mayDelete: (project: Project) => boolean;
  readonly lastDownloadedAt: (row: PackageRow) => string | null;
}

/** GitLab `API::Entities::Package`. `inGroup` adds the project, as group lists do. */
export function packageEntity(row: PackageRow, project: Project, around: Surroundings, inGroup: boolean): object {
  const api = `${around.origin}/api/v4/projects/${project.id}/packages/${row.id}`;
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    package_type: 'pypi',
    status: 'default',
    _links: {
      web_path: `/${project.path}/-/packages/${row.id}`,
      ...(around.mayDelete(project) ? { delete_api_path: api } : {}),
    },
    created_at: row.createdAt,
    last_downloaded_at: around.lastDownloadedAt(row),
    ...(inGroup ? { project_id: project.id, project_path: project.path } : {}),
    tags: [],
    ...(row.build === null ? {} : { pipeline: pipelineEntity(row.build, row.createdAt, row.creator, around) }),
    pipelines: [],
  };
}

/** GitLab `API::Entities::PackageVersion`. */
export function versionEntity(row: PackageRow, around: Surroundings): object {
  return {
    id: row.id,
    version: row.version,
    created_at: row.createdAt,
    tags: [],
    ...(row.build === null ? {} : { pipeline: pipelineEntity(row.build, row.createdAt, row.creator, around) }),
  };
}

/** GitLab `API::Entities::PackageFile`: `file_sha256` is what the client sent. */
export function fileEntity(file: FileRecord, around: Surroundings): object {
  return {
    id: file.id,
    package_id: file.packageId,
    created_at: file.createdAt,
    file_name: file.filename,
    size: file.size,
    file_md5: file.md5,
    file_sha1: file.sha1,
    file_sha256: file.sha256,
    ...(file.build === null ? {} : { pipelines: [pipelineEntity(file.build, file.createdAt, file.creator, around)] }),
  };
}

/** GitLab `API::Entities::Ci::PipelineBasic`, with its user. */
export function pipelineEntity(build: BuildInfo, at: string, creator: string | null, around: Surroundings): object {
  const path = around.realm.projects.find((project) => project.id === build.projectId)?.path ?? '';
  const user = around.realm.users.find((one) => one.username === creator);
  return {
    id: build.id,
    iid: build.iid,
    project_id: build.projectId,
    sha: build.sha,
    ref: build.ref,
    status: 'success',
    source: build.source,
    created_at: at,
    updated_at: at,
    web_url: `${around.origin}/${path}/-/pipelines/${build.id}`,
    user: user === undefined ? null : { id: user.id, username: user.username, name: user.username, state: 'active' },
  };
}
