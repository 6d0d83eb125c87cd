import { readMarker } from '../markers/parse-marker.ts';
import { readExtras } from './read-extras.ts';
import { readSpecifier } from './read-specifier.ts';
import type { RequirementResult, RequirementSpans, Span } from './requirement.ts';
import { fail, isAtEnd, isSpace, scannerOf, skipSpace, take, takeName, type Scanner } from '../text/scanner.ts';

interface Parts {
  readonly extras: readonly string[];
  readonly spans: RequirementSpans;
}

/** Takes one requirement (PEP 508), also with its specifiers in parentheses, as Poetry wrote them and metadata still has them. */
export function parseRequirement(text: string): RequirementResult {
  const scanner = scannerOf(text);
  const parts = readParts(scanner);
  if (parts === null) {
    return { kind: 'error', ...(scanner.failure ?? { message: 'Not a requirement', offset: scanner.at }) };
  }
  const { extras, spans } = parts;
  const requirement = {
    name: text.slice(spans.name.start, spans.name.end),
    extras,
    specifier: sliceOf(text, spans.specifier) ?? '',
    url: sliceOf(text, spans.url),
    marker: sliceOf(text, spans.marker),
    spans,
  };
  return { kind: 'requirement', requirement };
}

function readParts(scanner: Scanner): Parts | null {
  skipSpace(scanner);
  const start = scanner.at;
  if (takeName(scanner) === '') return fail(scanner, 'Expected a name of ASCII letters and digits');
  const name = { start, end: scanner.at };
  skipSpace(scanner);
  const extras = readExtras(scanner);
  if (extras === null) return null;
  skipSpace(scanner);
  const hasUrl = take(scanner, '@');
  const url = hasUrl ? readUrl(scanner) : null;
  const specifier = hasUrl ? null : readSpecifier(scanner);
  if (scanner.failure !== null) return null;
  const marker = readMarkerSpan(scanner);
  if (scanner.failure !== null) return null;
  return { extras: extras.names, spans: { name, extras: extras.span, specifier, url, marker } };
}

/** A URL ends at white space only: `;` and `#` may be part of it. */
function readUrl(scanner: Scanner): Span | null {
  skipSpace(scanner);
  const start = scanner.at;
  while (!isAtEnd(scanner) && !isSpace(scanner.text.charCodeAt(scanner.at))) scanner.at += 1;
  return scanner.at === start ? fail(scanner, "Expected a URL after '@'") : { start, end: scanner.at };
}

function readMarkerSpan(scanner: Scanner): Span | null {
  skipSpace(scanner);
  if (isAtEnd(scanner)) return null;
  if (!take(scanner, ';')) return fail(scanner, "Expected a version specifier, '@', ';' or the end");
  skipSpace(scanner);
  const start = scanner.at;
  if (readMarker(scanner) === null) return null;
  return { start, end: scanner.text.trimEnd().length };
}

function sliceOf(text: string, span: Span | null): string | null {
  return span === null ? null : text.slice(span.start, span.end);
}
