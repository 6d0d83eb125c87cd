import type { Expectation, Step, UploadStep } from './case.ts';

/** The words in which the cases are written. */

export function upload(form: UploadStep, expect: Expectation): Step {
  return { send: { kind: 'upload', upload: form }, expect };
}

/** Below `/api/v4`. */
export function get(path: string, expect: Expectation, accept?: string): Step {
  return { send: { kind: 'get', path, ...(accept === undefined ? {} : { accept }) }, expect };
}

/** The page of `name` in the project. */
export function page(name: string, expect: Expectation): Step {
  return get(`/projects/{project}/packages/pypi/simple/${name}`, expect);
}

/** The REST list of this case's packages, with more parameters. */
export function list(parameters: string, expect: Expectation): Step {
  const step = get(`/projects/{project}/packages?package_type=pypi&package_name={name}${parameters}`, expect);
  return { ...step, by: 'rest' };
}

export const created: Expectation = { status: 201, message: '201 Created' };
export const duplicate: Expectation = { status: 400, matches: ['[Ff]ile name has already been taken'] };
export const unauthorized: Expectation = {
  status: 401,
  headers: { 'www-authenticate': '^Basic realm="GitLab Packages Registry"$' },
};
/** An unknown name: whether a redirect or a 404 depends on a setting. */
export const unknownName: Expectation = { status: [302, 404] };
/** Several members of `packages`, kept for a later step. */
export const packageId: NonNullable<Step['keep']> = { name: 'package', pattern: String.raw`"id":(\d+)` };
export const href: NonNullable<Step['keep']> = { name: 'href', pattern: 'href="([^"#]+)' };
