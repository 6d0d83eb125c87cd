import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGitlabReleases, type GitlabRelease } from '../../src/gitlab/gitlab-releases.ts';

const HEAD = '0ec9e58f'.repeat(5);
const OTHER = 'ab'.repeat(20);
const SCORE: GitlabRelease = {
  tag: 'opera-score@1.0.1',
  revision: HEAD,
  name: 'opera-score 1.0.1',
  notes: 'New *key*.',
};
const LOGIN = { username: 'gitlab-ci-token', password: 'secret-of-the-job', source: 'CI_JOB_TOKEN' };

interface House {
  readonly tags: Map<string, string>;
  readonly releases: Map<string, { readonly commit: string; readonly fields: Readonly<Record<string, string>> }>;
  readonly asked: string[];
  /** Statuses of the next creations, in place of what GitLab would do; a negative one creates, and then says so. */
  readonly faults: number[];
  /** What the tags API answers to those who may not ask it. */
  tagsStatus: number | null;
}

/** Tags and releases as GitLab's documentation of the Tags API and the Releases API has them. */
async function openHouse() {
  const house: House = { tags: new Map(), releases: new Map(), asked: [], faults: [], tagsStatus: null };
  const server = createServer((request, response) => void answer(house, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const pages = createGitlabReleases(`${origin}/api/v4/projects/7`, {
    credential: { ...LOGIN, origin },
    userAgent: 'nx-pypi/test',
    retry: { attempts: 3, baseMs: 1, capMs: 5 },
  });
  onTestFinished(() => pages.close());
  return { house, pages };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function answer(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request;
  const path = decodeURIComponent(url.replace('/api/v4/projects/7/', ''));
  house.asked.push(`${method} ${path}`);
  const known = headers['job-token'] === LOGIN.password;
  const { status, body } = known
    ? method === 'GET'
      ? looked(house, path)
      : created(house, await fieldsOf(request))
    : { status: 401, body: { message: '401 Unauthorized' } };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function looked(house: House, path: string): Answer {
  const [, kind = '', tag = ''] = /^(releases|repository\/tags)\/(.*)$/.exec(path) ?? [];
  const ofTags = kind === 'repository/tags';
  if (ofTags && house.tagsStatus !== null) return { status: house.tagsStatus, body: { message: '403 Forbidden' } };
  const commit = ofTags ? house.tags.get(tag) : house.releases.get(tag)?.commit;
  if (commit === undefined) return { status: 404, body: { message: ofTags ? '404 Tag Not Found' : '404 Not Found' } };
  return { status: 200, body: { name: tag, commit: { id: commit } } };
}

function created(house: House, fields: Readonly<Record<string, string>>): Answer {
  const fault = house.faults.shift() ?? 0;
  if (fault > 0) return { status: fault, body: { message: fault === 403 ? '403 Forbidden' : 'trouble' } };
  const { tag_name: name = '', ref = '' } = fields;
  const commit = house.tags.get(name) ?? ref;
  house.tags.set(name, commit);
  house.releases.set(name, { commit, fields });
  if (fault < 0) return { status: -fault, body: { message: 'trouble' } };
  return { status: 201, body: { tag_name: name, commit: { id: commit } } };
}

async function fieldsOf(request: IncomingMessage): Promise<Readonly<Record<string, string>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(Buffer.concat(chunks), { headers }).formData();
  return Object.fromEntries([...form].map(([key, value]) => [key, typeof value === 'string' ? value : 'a file']));
}

describe('a release page', () => {
  it('is made with its tag at the commit, and once', async () => {
    const { house, pages } = await openHouse();
    expect(await pages.publish(SCORE)).toBeNull();
    const release = house.releases.get(SCORE.tag);
    expect(release?.fields).toEqual({
      tag_name: 'opera-score@1.0.1',
      ref: HEAD,
      tag_message: 'opera-score 1.0.1',
      name: 'opera-score 1.0.1',
      description: 'New *key*.',
    });
    expect(await pages.publish(SCORE)).toBeNull();
    expect(house.asked.filter((each) => each.startsWith('POST'))).toHaveLength(1);
  });

  it.each([
    ['a tag', (house: House) => void house.tags.set(SCORE.tag, OTHER)],
    ['a release', (house: House) => void house.releases.set(SCORE.tag, { commit: OTHER, fields: {} })],
  ])('is not made where %s of that name stands at another commit', async (_what, prepare) => {
    const { house, pages } = await openHouse();
    prepare(house);
    expect(await pages.publish(SCORE)).toMatchObject({
      code: 'NXPYPI_TAG_TAKEN',
      message: `the tag opera-score@1.0.1 stands in GitLab at abababababab, not at ${HEAD.slice(0, 12)}, which was released`,
    });
    expect(house.asked.filter((each) => each.startsWith('POST'))).toEqual([]);
  });

  it('on a tag elsewhere, which a job token may not ask for, is told by what GitLab made', async () => {
    const { house, pages } = await openHouse();
    house.tagsStatus = 403;
    house.tags.set(SCORE.tag, OTHER);
    expect(await pages.publish(SCORE)).toMatchObject({ code: 'NXPYPI_TAG_TAKEN' });
  });

  it.each([
    ['a 502', [502]],
    ['a 502 after which it is there', [-502]],
    ['a 409 of another run that was first', [-409]],
  ])('survives %s', async (_what, faults) => {
    const { house, pages } = await openHouse();
    house.faults.push(...faults);
    expect(await pages.publish(SCORE)).toBeNull();
    expect(house.releases.get(SCORE.tag)?.commit).toBe(HEAD);
  });

  it('that is refused says by whom and why, and is not asked for again', async () => {
    const { house, pages } = await openHouse();
    house.faults.push(403);
    const problem = await pages.publish(SCORE);
    expect(problem).toMatchObject({
      code: 'NXPYPI_GITLAB_RELEASE',
      message: 'GitLab answered 403 to the release opera-score@1.0.1: 403 Forbidden',
    });
    expect(house.asked.filter((each) => each.startsWith('POST'))).toHaveLength(1);
    expect(JSON.stringify(problem)).not.toContain(LOGIN.password);
  });

  it('is given up after some tries', async () => {
    const { house, pages } = await openHouse();
    house.faults.push(500, 500, 500, 500);
    expect(await pages.publish(SCORE)).toMatchObject({ message: expect.stringContaining('GitLab answered 500') });
    expect(house.releases.size).toBe(0);
  });
});
