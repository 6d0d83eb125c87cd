import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bake, clientOf, credentialFor, order, targetOf, tempFolder } from '../bakery.ts';
import { answer, gitlabPage, openCounter } from '../counter.ts';

const token = 'glpat-never+print/me==';
const basic = Buffer.from(`__token__:${token}`).toString('base64');
const echoes = [token, encodeURIComponent(token), basic];
const said = `You sent ${echoes.join(' and ')}.`;

const bodies: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  json: { type: 'application/json', body: JSON.stringify({ message: said, error: said }) },
  html: { type: 'text/html', body: `<html><body><p>${said}</p></body></html>` },
  text: { type: `text/${token}`, body: said },
  page: {
    type: 'text/html',
    body: gitlabPage('x', `<a href="/${encodeURIComponent(token)}/rye-${encodeURIComponent(token)}.exe">x</a>`),
  },
  index: {
    type: 'application/vnd.pypi.simple.v1+json',
    body: JSON.stringify({
      meta: { 'api-version': '1.0' },
      files: [{ filename: said, url: '/x', hashes: { sha256: said } }],
    }),
  },
};

const statuses = [200, 201, 301, 400, 401, 403, 404, 409, 413, 422, 429, 500, 503];

describe('H2: a server that repeats the credential in all it says', () => {
  test.each(Object.keys(bodies).flatMap((body) => statuses.map((status) => [status, body] as const)))(
    '%i with %s: no problem of any operation holds it',
    async (status, body) => {
      const { type, body: text } = bodies[body] ?? { type: '', body: '' };
      const counter = await openCounter((_visit, response) =>
        answer(response, status, text, {
          'content-type': type,
          'retry-after': '0',
          location: `/${encodeURIComponent(token)}?private_token=${encodeURIComponent(token)}`,
          'www-authenticate': `Basic realm="${token}"`,
        }),
      );
      for (const kind of ['gitlab', 'pypi'] as const) {
        const target =
          kind === 'gitlab'
            ? targetOf({ kind, url: counter.url, project: 9, group: 7 })
            : targetOf({ kind, uploadUrl: `${counter.url}/`, indexUrl: `${counter.url}/simple/` });
        const retry = { attempts: 2, baseMs: 1, capMs: 1, longestPauseMs: 5 };
        const cacheDir = await tempFolder();
        const client = await clientOf(target, credentialFor(target, token), { retry, cacheDir, verifyMs: 20 });
        const artifact = await bake('rye_bread-1.0.tar.gz', 'rye');
        const file = { ...artifact, url: `${counter.url}/x`, requiresPython: null, yanked: false };
        const outcomes = [
          await client.prove(),
          problemsOf(await client.readFresh('rye-bread')),
          await client.upload(order(artifact, 'rye-bread', '1.0')),
          await client.verify({ ...artifact, name: 'rye-bread' }),
          await client.download(file),
          client.notices(),
        ];
        const printed = inspect(outcomes, { depth: 20, maxStringLength: null });
        for (const echo of echoes) expect(printed).not.toContain(echo);
      }
    },
  );
});

/** Names and links of files are the registry's own; what is said about them is ours. */
function problemsOf(state: object): unknown {
  return 'problem' in state ? state.problem : 'problems' in state ? state.problems : null;
}
