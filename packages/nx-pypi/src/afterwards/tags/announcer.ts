import type { Problem } from '@nx-pypi/manifests';
import { createGitlabReleases, resolveCredential, resolveTarget, type GitlabReleases } from '@nx-pypi/registry-client';
import { readBaseline, type Found, type Released } from '@nx-pypi/release';
import { createTag, pushTags, type Environment } from '@nx-pypi/workspace';
import { homedir } from 'node:os';
import { notesOf } from '../../bump/notes.ts';
import type { OpenRun } from '../../compose/open-run.ts';
import { PRODUCT } from '../../compose/product.ts';
import { pushQueue } from './push-queue.ts';
import { patternProblem, tagName } from './tag-name.ts';

export interface AnnounceOptions {
  readonly root: string;
  readonly env: Environment;
  readonly tagPattern: string;
  readonly tag: boolean;
  readonly push: boolean;
  readonly gitlabRelease: boolean;
  readonly say: (line: string) => void;
}

export interface Announcer {
  /** Tags a release, pushes the tag and makes its page in GitLab, as asked for. */
  readonly announce: (released: Released) => Promise<readonly Problem[]>;
  readonly close: () => Promise<void>;
}

type Run = Pick<OpenRun, 'request' | 'ports'>;

/** What can be known to fail is told before anything is released. */
export async function openAnnouncer(options: AnnounceOptions, run: Run): Promise<Found<Announcer>> {
  const { root, env, tagPattern } = options;
  const { checkout } = run.request;
  const wrong = patternProblem(tagPattern) ?? (checkout.revision === '' ? noCommit() : null);
  if (wrong !== null) return { kind: 'problem', problem: wrong };
  const opened = options.gitlabRelease ? await openPages(env) : null;
  if (opened?.kind === 'problem') return opened;
  const pages = opened?.value ?? null;
  const push = pushQueue((names) => pushTags(root, names, env));
  let tagging: Promise<unknown> = Promise.resolve();

  async function announce(released: Released): Promise<readonly Problem[]> {
    if (released.release === null && !(await isOfThisCommit(released, run))) return [];
    const name = tagName(tagPattern, released);
    const title = `${released.name} ${released.version}`;
    const { revision } = checkout;
    if (options.tag) {
      // git locks its references: one tag after another.
      const tagged = tagging.then(() => createTag(root, { name, revision, message: title }, env));
      tagging = tagged;
      const problem = (await tagged) ?? (options.push ? await push(name) : null);
      if (problem !== null) return [problem];
    }
    if (pages === null) return done(released, name);
    const notes = await notesFor(released, run);
    const problem = await pages.publish({ tag: name, revision, name: title, notes });
    return problem === null ? done(released, name) : [problem];
  }

  function done({ release }: Released, name: string): readonly Problem[] {
    if (release === null) return [];
    const marks = [
      options.tag ? `tag ${name}` : '',
      options.push ? 'pushed' : '',
      pages === null ? '' : 'release in GitLab',
    ];
    options.say(`  ${release.name}  ${marks.filter((mark) => mark !== '').join(', ')}`);
    return [];
  }

  return { kind: 'found', value: { announce, close: async () => pages?.close() } };
}

/** Source of the variables: GitLab docs, "Predefined CI/CD variables". The project is the one that the job runs in. */
async function openPages(env: Environment): Promise<Found<GitlabReleases>> {
  const target = resolveTarget('gitlab', env);
  const apiUrl = target.kind === 'found' ? target.value.apiUrl : null;
  if (target.kind === 'problem' || apiUrl === null) return { kind: 'problem', problem: noGitlab() };
  const credential = await resolveCredential(target.value, {
    env,
    homeDir: homedir(),
    others: [],
    registry: 'release',
  });
  if (credential.kind === 'problem') return credential;
  const pages = createGitlabReleases(apiUrl, { credential: credential.value, userAgent: PRODUCT, env, concurrency: 4 });
  return { kind: 'found', value: pages };
}

/** Whether a version that was there already was released from this very commit, by a run that was interrupted. */
async function isOfThisCommit({ name, version }: Released, { request, ports }: Run): Promise<boolean> {
  const state = (await ports.registry.read([name])).get(name);
  const published = state?.kind === 'published' ? state.versions.find(({ text }) => text === version) : undefined;
  if (published === undefined) return false;
  const facts = await readBaseline(published, ports);
  return facts.kind === 'found' && facts.value.provenance?.revision === request.checkout.revision;
}

async function notesFor({ release, name, version }: Released, run: Run): Promise<string> {
  const { texts } = release === null ? { texts: new Map<string, string>() } : await notesOf([release], run);
  return texts.get(name) ?? `${name} ${version}`;
}

function noCommit(): Problem {
  return {
    code: 'NXPYPI_NO_REVISION',
    message: 'there is no commit here that could be tagged',
    hint: 'release from a git repository, or without --tag and --gitlab-release',
  };
}

function noGitlab(): Problem {
  return {
    code: 'NXPYPI_NO_GITLAB',
    message: '--gitlab-release makes releases of the project that a CI job runs in, and this is no GitLab job',
    hint: 'use it in CI, where CI_API_V4_URL and CI_PROJECT_ID are set, or use --tag --push',
  };
}
