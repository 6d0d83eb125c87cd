import type { Problem } from '@nx-pypi/manifests';
import type { Answer, Exchange } from '../http/exchange.ts';
import { isJobTokenRefusal, refusal } from '../http/refusal.ts';
import { isPassing } from '../http/retry-policy.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { printableUrl } from '../target/origin.ts';
import { serverMessage } from '../text/server-message.ts';

/** What an answer to an upload means. */
export type UploadAnswer =
  | { readonly kind: 'stored' }
  /** The file name is in use: the index says by what. */
  | { readonly kind: 'taken'; readonly problem: Problem }
  /** To be tried again, after a look at the index. */
  | { readonly kind: 'again'; readonly problem: Problem }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly runWide: boolean };

/**
 * GitLab: 201; 400 "File name has already been taken" for a duplicate, "Name has already been taken" where two uploads of one
 * new version raced (`CreatePackageService`); 400 "File is too large"; 403 "Package protected". Others: 409 (PyPI, devpi,
 * pypiserver), 400 "already exists", 403 "overwrite artifact" (Artifactory), 400 "cannot be updated" (Nexus).
 */
export function readUploadAnswer(answer: Answer, target: RegistryTarget, exchange: Exchange): UploadAnswer {
  const { status } = answer;
  if (target.kind === 'gitlab' ? status === 201 : status >= 200 && status < 300) return { kind: 'stored' };
  const said = exchange.printable(serverMessage(answer.text));
  const own = ([code, what, hint]: Wording): Problem => ({
    code,
    message: `${what} (the registry answered ${`${status} ${said}`.trim().replace(/[.]+$/, '')}).`,
    hint,
    where: printableUrl(answer.url),
  });
  if (status >= 300 && status < 400) return { kind: 'refused', problem: own(redirected(answer)), runWide: true };
  if (isTaken(status, said)) return { kind: 'taken', problem: own(taken) };
  if (status === 400 && /\bname has already been taken/i.test(said)) return { kind: 'again', problem: own(raced) };
  if (isPassing(status)) return { kind: 'again', problem: refusal(answer, target, exchange) };
  const wording = ofFile(status, said);
  return wording === null
    ? { kind: 'refused', problem: refusal(answer, target, exchange), runWide: true }
    : { kind: 'refused', problem: own(wording), runWide: false };
}

type Wording = readonly [code: string, what: string, hint: string];

/** What the answer says against this file; null where it concerns every upload. */
function ofFile(status: number, said: string): Wording | null {
  if (status === 413 || (status === 400 && /too large/i.test(said))) return tooLarge;
  if ([400, 403].includes(status) && /\b(?:archived|quarantined)\b/i.test(said)) return closed;
  if (status === 403 && /protected/i.test(said) && !isJobTokenRefusal(said)) return isProtected;
  return status < 400 || status >= 500 || [401, 403, 404, 405].includes(status) ? null : notAccepted;
}

function isTaken(status: number, said: string): boolean {
  if (status === 409) return true;
  if (status === 400)
    return /file name has already been taken|already exist|cannot be updated|updating asset/i.test(said);
  return status === 403 && /overwrite artifact/i.test(said);
}

function redirected({ headers, url }: Answer): Wording {
  const { location } = headers;
  const to =
    location !== undefined && URL.canParse(location, url) ? ` to ${printableUrl(new URL(location, url).href)}` : '';
  return [
    'NXPYPI_UPLOAD_REDIRECTED',
    `The registry redirects the upload${to}, and an upload is never redirected`,
    'Configure the address that it redirects to: the project may have moved, or http became https.',
  ];
}

const taken: Wording = [
  'NXPYPI_FILENAME_TAKEN',
  'The registry says that the file name is in use, but its index does not show the file',
  'A deleted file may not be gone yet: wait some minutes and run again, or release the next version.',
];

const raced: Wording = [
  'NXPYPI_UPLOAD_RACED',
  'Another upload created the same version at the same time',
  'Run again: what is there already is not sent twice.',
];

const tooLarge: Wording = [
  'NXPYPI_FILE_TOO_LARGE',
  'The file is larger than the registry accepts',
  'Make the package smaller, or let an administrator raise the limit (GitLab: `pypi_max_file_size`).',
];

const isProtected: Wording = [
  'NXPYPI_PACKAGE_PROTECTED',
  'A protection rule keeps this credential from publishing the package',
  'See Settings > Packages and registries > Protected packages of the registry project; deploy tokens never pass.',
];

/** PEP 792: an index takes no uploads for such a project. */
const closed: Wording = [
  'NXPYPI_PROJECT_CLOSED',
  'The registry takes no uploads for this project',
  'Take it out of the archive, or ask those who run the registry why it is quarantined.',
];

const notAccepted: Wording = [
  'NXPYPI_UPLOAD_REFUSED',
  'The registry does not accept the file',
  'Its answer names the field; compare it with the metadata of the built file.',
];
