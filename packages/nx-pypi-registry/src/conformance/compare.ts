import type { Expectation } from './case.ts';
import { fill, type Values } from './placeholders.ts';
import type { Answer } from './send.ts';

/** The first thing in which an answer differs from what GitLab gives; null where it fits. */
export function difference(answer: Answer, expected: Expectation, values: Values): string | null {
  const statuses = [expected.status].flat();
  if (!statuses.includes(answer.status)) {
    return `status ${answer.status} instead of ${statuses.join(' or ')}: ${excerpt(answer.body)}`;
  }
  return (
    messageDifference(answer, expected) ??
    textDifference(answer, expected, values) ??
    listDifference(answer, expected, values)
  );
}

function messageDifference({ body }: Answer, { message }: Expectation): string | null {
  if (message === undefined) return null;
  const json = parseJson(body);
  const actual = typeof json === 'object' && json !== null && 'message' in json ? json.message : undefined;
  return actual === message ? null : `message ${JSON.stringify(actual ?? null)} instead of ${JSON.stringify(message)}`;
}

function textDifference(answer: Answer, expected: Expectation, values: Values): string | null {
  for (const [name, pattern] of Object.entries(expected.headers ?? {})) {
    const value = answer.headers.get(name);
    if (value === null || !found(pattern, value, values)) {
      return `header ${name} is ${JSON.stringify(value)}, expected /${fill(pattern, values)}/`;
    }
  }
  const missing = expected.matches?.find((pattern) => !found(pattern, answer.body, values));
  if (missing !== undefined) return `the body lacks /${fill(missing, values)}/: ${excerpt(answer.body)}`;
  const surplus = expected.lacks?.find((pattern) => found(pattern, answer.body, values));
  return surplus === undefined ? null : `the body has /${fill(surplus, values)}/: ${excerpt(answer.body)}`;
}

function listDifference({ body }: Answer, { list, length }: Expectation, values: Values): string | null {
  if (list === undefined && length === undefined) return null;
  const items = parseJson(body);
  if (!Array.isArray(items)) return `no JSON list: ${excerpt(body)}`;
  if (length !== undefined && items.length !== length) return `${items.length} items instead of ${length}`;
  if (list === undefined) return null;
  const actual = JSON.stringify(items.map((item: Readonly<Record<string, unknown>>) => item[list.member]));
  const wanted = JSON.stringify(list.values.map((value) => fill(value, values)));
  return actual === wanted ? null : `${list.member} are ${actual} instead of ${wanted}`;
}

function found(pattern: string, text: string, values: Values): boolean {
  return new RegExp(fill(pattern, values), 's').test(text);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** The first words of a body; of a page only what people would see. */
function excerpt(body: string): string {
  const text = /^\s*<(?:!doctype|html|\?xml)/i.test(body)
    ? body.replaceAll(/<(script|style)\b.*?<\/\1>/gis, ' ').replaceAll(/<[^>]*>/g, ' ')
    : body;
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
