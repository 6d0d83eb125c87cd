import type { Setting, Step } from './case.ts';
import { send } from './send.ts';
import { get, upload } from './step.ts';
import type { ConformanceTarget } from './target.ts';

/**
 * Rejects where the developer may not upload, found out by a form without a file: every case would tell that and nothing else.
 * GitLab looks at the caller before it looks at the form.
 */
export async function proveDeveloper(target: ConformanceTarget, values: ReadonlyMap<string, string>): Promise<void> {
  if (target.tokens.developer === undefined) throw new Error('There is no token of a developer: set NX_PYPI_TOKEN.');
  const { status, body } = await send(target, target.url, upload({ without: ['content'] }, { status: 400 }), values);
  if (status !== 401 && status !== 403) return;
  const said = body.replaceAll(/\s+/g, ' ').trim().slice(0, 160);
  throw new Error(
    `The token in NX_PYPI_TOKEN may not upload to ${target.project}: the server answered ${status} ${said}`,
  );
}

/** The settings of the target's own server that can be seen from outside, and the URLs of those that it names. */
export async function findSettings(
  target: ConformanceTarget,
  values: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<Setting, string>> {
  const ask = async (step: Step): Promise<number> => (await send(target, target.url, step, values)).status;
  const index = '/projects/{project}/packages/pypi/simple';
  const any = { status: 200 };
  const isPrivate = (await ask({ ...get(index, any), as: 'anonymous' })) === 401;
  const forwards = (await ask(get(`${index}/{name}`, any))) === 302;
  const json = await send(target, target.url, get(index, any, 'application/vnd.pypi.simple.v1+json'), values);
  const speaksJson = json.headers.get('content-type')?.startsWith('application/vnd.pypi') === true;
  const seen: readonly Setting[] = [
    isPrivate ? 'private project' : 'public project',
    forwards ? 'forwarding on' : 'forwarding off',
    speaksJson ? 'PEP 691 on' : 'PEP 691 off',
  ];
  const given = Object.entries(target.servers ?? {}) as [Setting, string][];
  return new Map([...given, ...seen.map((setting) => [setting, target.url] as const)]);
}
