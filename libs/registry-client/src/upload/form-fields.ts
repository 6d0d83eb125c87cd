import type { UploadRequest } from '@nx-pypi/release';
import { header, headers, normalizeName, parseWheelFilename } from '@nx-pypi/standards';

export type FormField = readonly [name: string, value: string];

/** Headers that occur once, with the names of the upload form (packaging.python.org, "Core metadata"; twine, `package.py`). */
const single: readonly (readonly [header: string, field: string])[] = [
  ['Metadata-Version', 'metadata_version'],
  ['Summary', 'summary'],
  ['Description-Content-Type', 'description_content_type'],
  ['Keywords', 'keywords'],
  ['Home-page', 'home_page'],
  ['Download-URL', 'download_url'],
  ['Author', 'author'],
  ['Author-email', 'author_email'],
  ['Maintainer', 'maintainer'],
  ['Maintainer-email', 'maintainer_email'],
  ['License', 'license'],
  ['License-Expression', 'license_expression'],
];

const repeated: readonly (readonly [header: string, field: string])[] = [
  ['Classifier', 'classifiers'],
  ['Platform', 'platform'],
  ['Supported-Platform', 'supported_platform'],
  ['Requires-Dist', 'requires_dist'],
  ['Provides-Dist', 'provides_dist'],
  ['Obsoletes-Dist', 'obsoletes_dist'],
  ['Requires-External', 'requires_external'],
  ['Provides-Extra', 'provides_extra'],
  ['Project-URL', 'project_urls'],
  ['Dynamic', 'dynamic'],
  ['License-File', 'license_file'],
  ['Requires', 'requires'],
  ['Provides', 'provides'],
  ['Obsoletes', 'obsoletes'],
  ['Import-Name', 'import_names'],
  ['Import-Namespace', 'import_namespaces'],
];

/**
 * The text fields of the upload form. Always there: `sha256_digest` (GitLab cannot serve a file without it) and
 * `requires_python` (older GitLab demands it, even empty).
 */
export function formFields({ name, version, artifact }: UploadRequest): readonly FormField[] {
  const { metadata } = artifact;
  const values = single.flatMap(([from, to]): readonly FormField[] => {
    const value = header(metadata, from);
    return value === null ? [] : [[to, value]];
  });
  const lists = repeated.flatMap(([from, to]) => headers(metadata, from).map((value): FormField => [to, value]));
  return [
    [':action', 'file_upload'],
    ['protocol_version', '1'],
    ['name', normalizeName(name)],
    ['version', version],
    ['filetype', artifact.kind === 'wheel' ? 'bdist_wheel' : 'sdist'],
    ['pyversion', pythonTag(artifact)],
    ['sha256_digest', artifact.sha256],
    ['requires_python', header(metadata, 'Requires-Python') ?? ''],
    ...values,
    ...(metadata.description === '' ? [] : [['description', metadata.description] as const]),
    ...lists,
  ];
}

/** `source` for an sdist, a wheel's Python tags joined by `.` (`py2.py3`). */
function pythonTag({ kind, filename }: UploadRequest['artifact']): string {
  return kind === 'sdist' ? 'source' : (parseWheelFilename(filename)?.pythonTags.join('.') ?? '');
}
