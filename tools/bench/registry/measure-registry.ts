/** Reads the state of packages from a registry. Arguments: its base URL, a token, how many packages. */
import { createRegistryClient, resolveTarget } from '@nx-pypi/registry-client';
import { farName } from './far-names.ts';
import { reportWork } from '../run/measured-script.ts';

const [, , url = '', token = '', count] = process.argv;
const target = resolveTarget({ kind: 'gitlab', url, project: 'local/packages', group: 'local' }, {});
if (target.kind === 'problem') throw new Error(target.problem.message);
const { origin } = new URL(target.value.uploadUrl);
const credential = { username: 'bench', password: token, source: 'bench', origin };
const names = Array.from({ length: Number(count) }, (_, number) => farName(number));

await reportWork(async () => {
  const client = createRegistryClient({ target: target.value, credential, cacheDir: '', userAgent: 'nx-pypi bench' });
  const states = await client.read(names);
  await client.close();
  return `${[...states.values()].filter(({ kind }) => kind === 'published').length} published`;
});
