import type { Problem } from '@nx-pypi/manifests';
import type { PublishedFile } from '@nx-pypi/release';
import type { Answer, Exchange } from '../http/exchange.ts';
import { refusal } from '../http/refusal.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { printableUrl } from '../target/origin.ts';
import { serverMessage } from '../text/server-message.ts';
import { leadsToForwardedPage, lies, saysPackageNotFound } from './absence.ts';
import type { PageContent, PageReading } from './page-reading.ts';
import { quarantine, remarks } from './project-marks.ts';
import { readHtmlPage } from './read-html.ts';
import { readJsonPage } from './read-json.ts';

export interface Asked {
  /** PEP 503. */
  readonly name: string;
  readonly target: RegistryTarget;
  readonly exchange: Exchange;
}

/** What the answer to a page's request means (B1, B2): only three answers mean absent, all else that is no page is unknown. */
export function readAnswer(answer: Answer, asked: Asked): PageReading {
  const { status } = answer;
  if (status === 200) return readPage(answer, asked);
  if (status === 404 && saysPackageNotFound(serverMessage(answer.text), asked)) return { kind: 'absent' };
  if (status >= 300 && status < 400 && leadsToForwardedPage(answer, asked.name)) return { kind: 'absent' };
  return { kind: 'unknown', problem: refusal(answer, asked.target, asked.exchange) };
}

function readPage(answer: Answer, asked: Asked): PageReading {
  const content = contentOf(answer);
  if (content.kind === 'unreadable') return { kind: 'unknown', problem: unreadable(answer, content.detail, asked) };
  const printable = (text: string): string => asked.exchange.printable(text);
  const project = { name: asked.name, url: answer.url, marks: content.marks, printable };
  const quarantined = quarantine(project);
  if (quarantined !== null) return { kind: 'unknown', problem: quarantined };
  return asked.target.kind === 'gitlab'
    ? ownFiles(content.files, answer, asked)
    : page(content.files, remarks(project));
}

function contentOf(answer: Answer): PageContent {
  const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  switch (type) {
    case 'application/vnd.pypi.simple.v1+json':
    case 'application/vnd.pypi.simple.latest+json':
      return readJsonPage(answer.text, answer.url);
    case 'application/vnd.pypi.simple.v1+html':
    case 'application/vnd.pypi.simple.latest+html':
    case 'text/html':
      return readHtmlPage(answer.text, answer.url);
    default:
      return { kind: 'unreadable', detail: `its content type is "${type}"` };
  }
}

/** GitLab lists its own files or none: links to other hosts are a forwarded page. */
function ownFiles(files: readonly PublishedFile[], answer: Answer, asked: Asked): PageReading {
  const { host } = new URL(answer.url);
  const placed = files.map((file) => ({ file, place: lies(file, host) }));
  const at = (wanted: (typeof placed)[number]['place']): readonly PublishedFile[] =>
    placed.flatMap(({ file, place }) => (place === wanted ? [file] : []));
  const [moved] = at('moved');
  if (moved !== undefined) return { kind: 'unknown', problem: otherAddress(moved, answer) };
  const own = at('here');
  const foreign = at('elsewhere');
  if (own.length === 0 && foreign.length > 0) return { kind: 'absent' };
  return page(
    own,
    foreign.map((file) => notOurs(file, asked)),
  );
}

function page(files: readonly PublishedFile[], problems: readonly Problem[]): PageReading {
  return { kind: 'page', files, problems };
}

function unreadable(answer: Answer, detail: string, { name, exchange }: Asked): Problem {
  return {
    code: 'NXPYPI_INDEX_UNREADABLE',
    message: `The index page of ${name} cannot be read: ${exchange.printable(detail)}.`,
    hint: 'Open the URL with the same credential; a proxy or a login page may stand before the registry.',
    where: printableUrl(answer.url),
  };
}

function otherAddress(file: PublishedFile, answer: Answer): Problem {
  return {
    code: 'NXPYPI_REGISTRY_OTHER_HOST',
    message: `The registry calls itself ${new URL(file.url).origin}, but is asked as ${new URL(answer.url).origin}.`,
    hint: "Configure the address that GitLab has as its external URL: links to other hosts are not taken for the registry's own.",
    where: printableUrl(answer.url),
  };
}

function notOurs(file: PublishedFile, { name, exchange }: Asked): Problem {
  return {
    code: 'NXPYPI_FOREIGN_FILE',
    message: `${exchange.printable(file.filename)} of ${name} lies on ${new URL(file.url).host} and is not counted.`,
    hint: 'Nothing needs to be done where the registry forwards to another index.',
    where: printableUrl(file.url),
  };
}
