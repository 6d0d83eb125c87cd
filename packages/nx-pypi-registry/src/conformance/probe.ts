import type { Setting, Step } from './case.ts';
import { send } from './send.ts';
import { get } from './step.ts';
import type { ConformanceTarget } from './target.ts';

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
