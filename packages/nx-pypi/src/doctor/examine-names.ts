import { lookPublic } from '@nx-pypi/registry-client';
import type { RegistryReader } from '@nx-pypi/release';
import { finding, problemFinding, type Finding } from './finding.ts';

const topic = 'names';

export interface NamesQuestion {
  /** The public index, from the user: its simple index, the parent of all package pages. */
  readonly indexUrl: string;
  /** Normalised names that may be published. */
  readonly names: readonly string[];
  readonly registry: RegistryReader;
  /** The registry's index forwards names that it does not have. */
  readonly forwards: (name: string) => boolean;
  readonly userAgent: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Which internal names an index that everybody can publish to has too; the names are sent there. */
export async function examineNames(question: NamesQuestion): Promise<readonly Finding[]> {
  const { indexUrl, names, registry, userAgent, env } = question;
  const looks = await lookPublic(indexUrl, names, { userAgent, env });
  if (looks.kind === 'problem') return [problemFinding(topic, looks.problem)];
  const taken = [...looks.value].flatMap(([name, { kind }]) => (kind === 'taken' ? [name] : []));
  const states = await registry.read(taken);
  const unknown = [...looks.value].flatMap(([name, look]) => (look.kind === 'unknown' ? [{ name, ...look }] : []));
  const [first] = unknown;
  const free = names.length - taken.length - unknown.length;
  return [
    finding(topic, 'ok', `${free} of ${names.length} names are free in ${new URL(indexUrl).host}`),
    ...taken.map((name) => takenFinding(name, states.get(name)?.kind === 'published', question)),
    ...(first === undefined
      ? []
      : [
          problemFinding(
            topic,
            { ...first.problem, message: unknownText(unknown.length, first.problem.message) },
            'warning',
          ),
        ]),
  ];
}

/** A name that our registry has is served from there; one that it does not have would be installed from strangers. */
function takenFinding(name: string, published: boolean, { indexUrl, forwards }: NamesQuestion): Finding {
  const { host } = new URL(indexUrl);
  const hint = 'rename it, or make sure that installs ask your registry alone (--index-url, never --extra-index-url)';
  if (published) {
    return finding(
      topic,
      'warning',
      `${name} exists in ${host} too: installs that ask both can get the stranger's`,
      hint,
    );
  }
  return forwards(name)
    ? finding(
        topic,
        'wrong',
        `${name} exists in ${host} and not in your registry, which forwards to others: installs get the stranger's`,
        hint,
      )
    : finding(topic, 'warning', `${name} exists in ${host} and not yet in your registry`, hint);
}

function unknownText(count: number, message: string): string {
  return `${count} ${count === 1 ? 'name' : 'names'} could not be looked up: ${message}`;
}
