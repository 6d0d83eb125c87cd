import type { Problem } from '@nx-pypi/manifests';
import { FormData } from 'undici';
import { restAuthorization } from '../http/authorization.ts';
import type { Exchange, Exchanged } from '../http/exchange.ts';
import { openExchange, type OpenExchangeOptions } from '../http/open-exchange.ts';
import { serverMessage } from '../text/server-message.ts';
import { redact, secretsOf } from '../text/redact.ts';

export interface GitlabRelease {
  /** Made by GitLab where it is missing. */
  readonly tag: string;
  /** Full commit id. */
  readonly revision: string;
  readonly name: string;
  /** Markdown. */
  readonly notes: string;
}

/** Release pages of one project. Source: GitLab docs, "Releases API". */
export interface GitlabReleases {
  /** One that stands at the same commit is fine. Null when it stands. */
  publish(release: GitlabRelease): Promise<Problem | null>;
  close(): Promise<void>;
}

const maxBytes = 5_000_000;

/** @param apiUrl `…/api/v4/projects/<id>` */
export function createGitlabReleases(apiUrl: string, options: OpenExchangeOptions): GitlabReleases {
  const { exchange, close } = openExchange(options);
  const secrets = secretsOf(options.credential);
  return {
    close,
    async publish(release) {
      const problem = await publish(release, apiUrl, exchange);
      return problem === null ? null : { ...problem, message: redact(problem.message, secrets) };
    },
  };
}

async function publish(release: GitlabRelease, apiUrl: string, exchange: Exchange): Promise<Problem | null> {
  const tag = encodeURIComponent(release.tag);
  // A release would be put on a tag that stands elsewhere. Tokens that may not ask go on: the answer tells the commit too.
  const standing = good(await get(`${apiUrl}/repository/tags/${tag}`, exchange));
  const elsewhere = standing === null ? null : atCommit(standing, release);
  if (elsewhere !== null) return elsewhere;
  let last: Exchanged | null = null;
  for (let attempt = 0; attempt < exchange.retry.attempts; attempt += 1) {
    const known = good(await get(`${apiUrl}/releases/${tag}`, exchange));
    if (known !== null) return atCommit(known, release);
    last = await exchange.once(request('POST', `${apiUrl}/releases`, exchange, release), maxBytes);
    const made = good(last);
    if (made !== null) return atCommit(made, release);
    // 409: another run was first, which the next look shows.
    if (last.kind === 'answer' && last.answer.status < 500 && last.answer.status !== 409) break;
    await exchange.rest(attempt);
  }
  return last === null ? null : refused(release, last, exchange);
}

function get(url: string, exchange: Exchange): Promise<Exchanged> {
  return exchange.read(request('GET', url, exchange), maxBytes);
}

function request(
  method: 'GET' | 'POST',
  url: string,
  { credential }: Exchange,
  release?: GitlabRelease,
): Parameters<Exchange['once']>[0] {
  const bound = credential !== null && new URL(url).origin === credential.origin;
  const headers = { accept: 'application/json', ...(bound ? restAuthorization(credential) : {}) };
  return { method, url, headers, authorization: 'none', ...(release === undefined ? {} : { body: form(release) }) };
}

function form({ tag, revision, name, notes }: GitlabRelease): FormData {
  const body = new FormData();
  const fields = { tag_name: tag, ref: revision, tag_message: name, name, description: notes };
  for (const [key, value] of Object.entries(fields)) body.append(key, value);
  return body;
}

/** The body of an answer that says yes. */
function good(exchanged: Exchanged): string | null {
  if (exchanged.kind === 'failed') return null;
  const { status, text } = exchanged.answer;
  return status === 200 || status === 201 ? text : null;
}

/** `commit.id` of a tag or a release; null where the answer holds none. */
function commitOf(text: string): string | null {
  try {
    const id = field(field(JSON.parse(text), 'commit'), 'id');
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : null;
}

function atCommit(text: string, release: GitlabRelease): Problem | null {
  const commit = commitOf(text);
  return commit === null || commit === release.revision ? null : taken(release, commit);
}

function taken({ tag, revision }: GitlabRelease, commit: string): Problem {
  return {
    code: 'NXPYPI_TAG_TAKEN',
    message: `the tag ${tag} stands in GitLab at ${commit.slice(0, 12)}, not at ${revision.slice(0, 12)}, which was released`,
    hint: 'look at both commits; remove the tag in GitLab if it is wrong, and run again: the release stands',
  };
}

function refused({ tag }: GitlabRelease, exchanged: Exchanged, exchange: Exchange): Problem {
  if (exchanged.kind === 'failed') return exchanged.problem;
  const { status, text } = exchanged.answer;
  const said = exchange.printable(serverMessage(text));
  return {
    code: 'NXPYPI_GITLAB_RELEASE',
    message: `GitLab answered ${status} to the release ${tag}${said === '' ? '' : `: ${said}`}`,
    hint: 'the token needs the role Developer in the project, and more for protected tags; NX_PYPI_RELEASE_TOKEN names another one. Run again: the release stands',
  };
}
