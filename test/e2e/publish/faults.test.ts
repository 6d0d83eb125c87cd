import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRegistryClient, resolveTarget } from '@nx-pypi/registry-client';
import { succeeded, type Builder, type ReleaseReport } from '@nx-pypi/release';
import { temporaryFolder } from '@nx-pypi/testkit';
import {
  localRealm,
  startRegistry,
  type Effect,
  type Fault,
  type RouteKind,
  type RunningRegistry,
} from 'nx-pypi-registry';
import { expect, it } from 'vitest';
import { rememberingBuilder } from './remembering-builder.ts';
import { openHouse, openStage, outcomesOf, perform, shownFile, TOKEN, writeModule } from './theatre.ts';
import { NOT_WATCHERS, watch, watchedFiles, type Need } from './watcher.ts';

const TRIO = [
  { name: 'opera-score' },
  { name: 'opera-cast', dependencies: ['opera-score==1.0.0'] },
  { name: 'opera-night', dependencies: ['opera-cast==1.0.0'] },
  { name: 'opera-bar' },
] as const;
const NEEDS: readonly Need[] = [
  ['opera-score', 'opera-cast'],
  ['opera-cast', 'opera-night'],
];
const ROUTES: readonly RouteKind[] = ['upload', 'index', 'page', 'download', 'rest'];

/** What can go wrong on every route. */
const ANYWHERE: readonly Effect[] = [
  { kind: 'too-many-requests', retryAfter: 0 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 403 },
  { kind: 'cut' },
  { kind: 'cut', bytes: 20 },
  { kind: 'stall' },
  { kind: 'slow', milliseconds: 40 },
];
/** What can go wrong in one place only. */
const SOMEWHERE: readonly (readonly [RouteKind, Effect])[] = [
  ['upload', { kind: 'status', status: 502, when: 'after-storing' }],
  ['upload', { kind: 'cut', when: 'after-storing' }],
  ['upload', { kind: 'stall', when: 'after-storing' }],
  ['upload', { kind: 'name-taken' }],
  ['upload', { kind: 'older-errors' }],
  ['page', { kind: 'stale' }],
  ['download', { kind: 'storage-redirect' }],
];

/** The first request, one in the middle, and all from the middle on. */
const WHEN = [
  { after: 0, times: 1 },
  { after: 4, times: 1 },
  { after: 3, times: 1000 },
] as const;

/** Routes that a release asks once, if at all. */
const RARE: ReadonlySet<RouteKind> = new Set(['index', 'rest']);
const ONCE_OR_ALWAYS = [
  { after: 0, times: 1 },
  { after: 0, times: 1000 },
] as const;

function everyFault(): readonly Fault[] {
  const places = [...ROUTES.flatMap((route) => ANYWHERE.map((effect) => [route, effect] as const)), ...SOMEWHERE];
  return places.flatMap(([route, effect]) =>
    (RARE.has(route) ? ONCE_OR_ALWAYS : WHEN).map((when) => faultOf(route, effect, when)),
  );
}

function faultOf(route: RouteKind, effect: Effect, when: { readonly after: number; readonly times: number }): Fault {
  return { on: { route, path: NOT_WATCHERS }, effect, ...when };
}

interface Programme {
  /** The workspace as it was released as 1.0.0, and with a change in every package. */
  readonly before: string;
  readonly after: string;
  readonly builders: Readonly<Record<'before' | 'after', Builder>>;
  /** What a registry keeps after the first of them was released. */
  readonly storage: string;
}

async function writeProgramme(): Promise<Programme> {
  const stage = await openStage(TRIO, await openHouse());
  const before = join(await temporaryFolder(), 'before');
  cpSync(stage.root, before, { recursive: true, verbatimSymlinks: true });
  for (const { name } of TRIO) writeModule(stage.root, name, `SEASON = "new for ${name}"\n`);
  await stage.commit('The new season');
  const [first, second] = await Promise.all([rememberingBuilder(before), rememberingBuilder(stage.root)]);
  const programme = { before, after: stage.root, builders: { before: first, after: second } };
  const storage = await temporaryFolder();
  const registry = await startRegistry({ storage, realm: localRealm(TOKEN) });
  expect(succeeded(await play(registry, programme, 'before'))).toBe(true);
  await registry.close();
  return { ...programme, storage };
}

/** How long a client waits for a registry that is silent for good, and for one that is merely slow. */
const [SILENCE_MS, PATIENCE_MS] = [300, 20_000];

/** One run. With a fault in it the client gives up soon: what lasts is found out within seconds. */
async function play(
  registry: RunningRegistry,
  programme: Omit<Programme, 'storage'>,
  which: 'before' | 'after',
  effect: Effect | null = null,
): Promise<ReleaseReport> {
  const target = resolveTarget({ kind: 'gitlab', url: registry.url, project: 'local/packages', group: 'local' }, {});
  if (target.kind === 'problem') throw new Error(target.problem.message);
  const client = createRegistryClient({
    target: target.value,
    credential: { username: 'local', password: TOKEN, source: 'test', origin: new URL(registry.url).origin },
    cacheDir: await temporaryFolder(),
    userAgent: 'nx-pypi/0.0.0 (test)',
    retry: { attempts: 4, baseMs: 2, capMs: 10 },
    patienceMs: effect?.kind === 'stall' ? SILENCE_MS : PATIENCE_MS,
    verifyMs: effect === null ? PATIENCE_MS : 2000,
  });
  try {
    const ports = { registry: client, uploader: client, builder: programme.builders[which] };
    return await perform({ root: programme[which], registry, ports });
  } finally {
    await client.close();
  }
}

/** A release with a fault, and the same again without: what is wrong in the end, nothing if all is well. */
async function withFault(fault: Fault, programme: Programme): Promise<{ hits: number; wrong: readonly string[] }> {
  const storage = await temporaryFolder();
  cpSync(programme.storage, storage, { recursive: true });
  const registry = await startRegistry({ storage, realm: localRealm(TOKEN) });
  try {
    const armed = registry.faults.arm(fault);
    const endWatch = watch(registry, '1.0.1', NEEDS);
    const first = await play(registry, programme, 'after', fault.effect);
    registry.faults.clear();
    const again = await play(registry, programme, 'after');
    const last = await play(registry, programme, 'after');
    const wrong = [
      ...(await endWatch()),
      ...untrue(first, fault),
      ...(succeeded(again) ? [] : [`the second run fails: ${JSON.stringify(outcomesOf(again))}`]),
      ...Object.entries(outcomesOf(last)).flatMap(([name, end]) =>
        end === 'unchanged 1.0.1' ? [] : [`in the end ${name} is ${end}`],
      ),
      ...(await wrongContents(registry)),
    ];
    return { hits: armed.hits(), wrong };
  } finally {
    await registry.close();
  }
}

/** A fault that passes is overcome in the run itself, except a refusal, which nobody tries again. */
function untrue(first: ReleaseReport, { effect, times }: Fault): readonly string[] {
  const refusal = effect.kind === 'status' && effect.status === 403;
  if (succeeded(first) || times !== 1 || refusal) return [];
  return [`a passing fault is not overcome: ${JSON.stringify(outcomesOf(first))}`];
}

async function wrongContents(registry: RunningRegistry): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { name } of TRIO) {
    const module = name.replaceAll('-', '_');
    const expected = ['1.0.0', '1.0.1'].flatMap((version) => [
      `${module}-${version}-py3-none-any.whl`,
      `${module}-${version}.tar.gz`,
    ]);
    const files = await watchedFiles(registry, name);
    if (files.toSorted().join() !== expected.toSorted().join()) wrong.push(`${name} has ${files.join(' ')}`);
    else {
      const sdist = gunzipSync(await shownFile(registry, name, `${module}-1.0.1.tar.gz`)).toString('latin1');
      if (!sdist.includes(`SEASON = "new for ${name}"`)) wrong.push(`${name} 1.0.1 holds something else`);
    }
  }
  return wrong;
}

function title({ on, effect, after, times }: Fault): string {
  return `${JSON.stringify(effect)} on ${on?.route ?? ''}, after ${after ?? 0}, ${times ?? 1} times`;
}

it('law 4, G2, G4, G9: whatever goes wrong in whatever step, the next run completes it, once and in order', async () => {
  const programme = await writeProgramme();
  const open = [...everyFault()];
  const broken: string[] = [];
  const idle: Fault[] = [];
  const work = async (): Promise<void> => {
    for (let fault = open.pop(); fault !== undefined; fault = open.pop()) {
      const { hits, wrong } = await withFault(fault, programme);
      if (hits === 0) idle.push(fault);
      if (wrong.length > 0) broken.push(`${title(fault)}: ${wrong.join('; ')}`);
    }
  };
  await Promise.all([work(), work(), work(), work(), work(), work()]);
  expect(broken).toEqual([]);
  expect(everyFault().length - idle.length).toBeGreaterThan(60);
}, 600_000);
