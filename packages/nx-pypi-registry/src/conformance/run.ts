import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor, ConformanceCase, Setting, Step, UploadStep } from './case.ts';
import { conformanceCases } from './cases.ts';
import { difference } from './compare.ts';
import { fill, placeholdersIn } from './placeholders.ts';
import { actorNeeds, placeholderNeeds, settingNeeds } from './needs.ts';
import { findSettings, proveDeveloper } from './probe.ts';
import { type Answer, send } from './send.ts';
import type { CaseResult, ConformanceReport, ConformanceTarget } from './target.ts';

/**
 * Sends all cases to a server, one after another, and says where it differs from GitLab. Package names are new in every
 * run. Rejects where the server cannot be reached, or refuses the developer's token.
 */
export async function runConformance(target: ConformanceTarget): Promise<ConformanceReport> {
  const run = `nx-pypi-conformance-${randomBytes(4).toString('hex')}`;
  await proveDeveloper(target, valuesFor(target, `${run}-proof`));
  const settings = await findSettings(target, valuesFor(target, `${run}-probe`));
  const results: CaseResult[] = [];
  const left = new Set<string>();
  for (const one of conformanceCases) {
    const values = valuesFor(target, `${run}-${one.id}`);
    const missing = whatIsMissing(one, target, settings, values);
    const outcome = missing === null ? await play(one, target, settings, { values, left }) : null;
    results.push({
      id: one.id,
      title: one.title,
      evidence: one.evidence.join(', '),
      outcome: missing === null ? (outcome === null ? 'same' : 'different') : 'not applicable',
      detail: missing ?? outcome ?? '',
    });
  }
  return { results, left: [...left].sort() };
}

/** What a case needs that the target does not give, as a reason; null where it can be played. */
function whatIsMissing(
  one: ConformanceCase,
  target: ConformanceTarget,
  settings: ReadonlyMap<Setting, string>,
  values: ReadonlyMap<string, string>,
): string | null {
  const setting = one.settings?.find((wanted) => !settings.has(wanted));
  if (setting !== undefined) return `needs ${settingNeeds[setting]}`;
  const actor = one.steps.map((step) => step.as ?? 'developer').find((as) => !hasToken(target, as));
  if (actor !== undefined) return `needs ${actorNeeds[actor]}`;
  const kept = new Set(one.steps.flatMap((step) => step.keep?.name ?? []));
  const unknown = placeholdersIn(one.steps).find((name) => name !== 'n' && !values.has(name) && !kept.has(name));
  return unknown === undefined ? null : `needs ${placeholderNeeds[unknown] ?? unknown}`;
}

/** Null where every answer is GitLab's. */
async function play(
  one: ConformanceCase,
  target: ConformanceTarget,
  settings: ReadonlyMap<Setting, string>,
  { values, left }: { readonly values: Map<string, string>; readonly left: Set<string> },
): Promise<string | null> {
  const url = settings.get(one.settings?.[0] ?? 'public project') ?? target.url;
  for (const [index, step] of one.steps.entries()) {
    const answers = await playStep(target, url, step, values).catch((error: unknown) => causeOf(error));
    if (typeof answers === 'string') {
      if (step.send.kind === 'upload') left.add(nameIn(step.send.upload, values));
      return `step ${index + 1}: no answer: ${answers}`;
    }
    const differs = answers.map((answer) => difference(answer, step.expect, values)).find((text) => text !== null);
    if (step.send.kind === 'upload' && answers.some(({ status }) => status < 400 || status >= 500)) {
      left.add(nameIn(step.send.upload, values));
    }
    if (differs !== undefined) return one.steps.length === 1 ? differs : `step ${index + 1}: ${differs}`;
    const kept = step.keep === undefined ? null : new RegExp(step.keep.pattern).exec(textOf(answers[0]));
    if (step.keep !== undefined) values.set(step.keep.name, kept?.[1] ?? '');
  }
  return null;
}

/** What was answered with an error of the server, or not at all, may be there too. */
function nameIn(upload: UploadStep, values: ReadonlyMap<string, string>): string {
  return fill(upload.fields?.['name'] ?? '{name}', values);
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** A read is repeated until it fits or the target's patience is over. */
async function playStep(
  target: ConformanceTarget,
  url: string,
  step: Step,
  values: ReadonlyMap<string, string>,
): Promise<readonly Answer[]> {
  const until = Date.now() + (step.send.kind === 'get' ? (target.patience ?? 0) : 0);
  for (;;) {
    const times = Array.from({ length: step.parallel ?? 1 }, (_, index) => new Map([...values, ['n', String(index)]]));
    const answers = await Promise.all(times.map((filled) => send(target, url, step, filled)));
    if (Date.now() >= until || answers.every((answer) => difference(answer, step.expect, values) === null))
      return answers;
    await sleep(500);
  }
}

/** Headers come as lines before the body, so that a pattern can keep a part of either. */
function textOf(answer: Answer | undefined): string {
  if (answer === undefined) return '';
  return `${[...answer.headers].map(([name, value]) => `${name}: ${value}\n`).join('')}\n${answer.body}`;
}

function hasToken(target: ConformanceTarget, actor: Actor): boolean {
  return actor === 'anonymous' || actor === 'wrong' || actor === 'wrong-job' || target.tokens[actor] !== undefined;
}

function valuesFor(target: ConformanceTarget, name: string): Map<string, string> {
  const under = name.replaceAll('-', '_');
  const places: readonly (readonly [string, string | undefined])[] = [
    ['project', target.project],
    ['projectPath', /^\d+$/.test(target.project) ? undefined : target.project],
    ['group', target.group],
    ['publicProject', target.publicProject],
    ['emptyProject', target.emptyProject],
    ['hiddenProject', target.hidden?.project],
    ['hiddenGroup', target.hidden?.group],
    ['protectedName', target.protectedName],
  ];
  return new Map([
    ['name', name],
    ['under', under],
    ['upper', name.toUpperCase()],
    ['Name', under.replaceAll(/(?:^|_)[a-z]/g, (letters) => letters.toUpperCase())],
    ...places.flatMap(([key, value]) => (value === undefined ? [] : [[key, encodeURIComponent(value)] as const])),
  ]);
}
