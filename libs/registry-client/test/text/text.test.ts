import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact, sanitize } from '../../src/index.ts';
import { serverMessage } from '../../src/text/server-message.ts';

describe('H2: redact', () => {
  test('hides a secret in every form that URLs, JSON and headers give it', () => {
    const secret = 'gl/pat "4711"=';
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret), Buffer.from(secret).toString('base64')];
    expect(redact(forms.join(' | '), [secret])).toBe('*** | *** | "***" | ***');
  });

  test('hides what stands before the @ of a URL', () => {
    expect(redact('see https://ana:geheim@oven.example/a and http://x@h', [])).toBe(
      'see https://***@oven.example/a and http://***@h',
    );
  });

  test('no text holds the secret afterwards', () => {
    const secret = string({ minLength: 5 }).filter((text) => !'***'.includes(text) && !text.includes('*'));
    assert(
      property(string(), secret, string(), (before, hidden, after) => {
        expect(redact(`${before}${hidden}${after}`, [hidden])).not.toContain(hidden);
      }),
    );
  });

  test('an empty secret changes nothing', () => {
    expect(redact('rye bread', [''])).toBe('rye bread');
  });
});

describe('H3: sanitize', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m bread', 'red bread'],
    ['a terminal title', '\u001b]0;owned\u0007bread', 'bread'],
    ['line breaks', 'rye\r\nbread\u2028\u0085now', 'rye bread now'],
    ['text that runs backwards', 'rye\u202egnp.bread', 'rye gnp.bread'],
    [
      "GitLab's sections",
      'section_start:1560896352:loaf[collapsed=true]\r\u001b[0Kx',
      'section_start 1560896352:loaf[collapsed=true] x',
    ],
    ["GitHub's commands", '::error file=a::bread', ': error file=a::bread'],
    ["Azure's commands", '##vso[task.setvariable]x', '# vso[task.setvariable]x'],
  ])('%s', (_title, text, expected) => {
    expect(sanitize(text)).toBe(expected);
  });

  test('is short, printable and stays as it is', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), (text) => {
        const line = sanitize(text, 80);
        expect(line.length).toBeLessThanOrEqual(80);
        // oxlint-disable-next-line no-control-regex
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        expect(sanitize(line, 80)).toBe(line);
      }),
    );
  });
});

test.each([
  ['{"message":"404 Package Not Found"}', '404 Package Not Found'],
  ['{"error":"insufficient_scope","error_description":"More is needed.","scope":"api"}', 'More is needed.'],
  ['{"message":{"name":["is invalid"]}}', '{"name":["is invalid"]}'],
  ['<html><head><title>x</title></head><body><h1>502</h1>\n<p>Bad gateway</p></body></html>', '502 Bad gateway'],
  ['plain words', 'plain words'],
  ['', ''],
])('the sentence in %s', (body, said) => {
  expect(serverMessage(body)).toBe(said);
});
