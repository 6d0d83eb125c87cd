import { parseRequirement } from '@nx-pypi/standards';
import { spacedLike } from './spaced-like.ts';

/**
 * The requirement with `specifier` in place of its own specifiers or direct reference; name, extras, marker and the
 * habits of white space stay (PEP 508). Null when `text` is no requirement. `specifier` '' leaves the bare name.
 */
export function withSpecifier(text: string, specifier: string): string | null {
  const result = parseRequirement(text);
  if (result.kind === 'error') {
    return null;
  }
  const { spans } = result.requirement;
  const end = (spans.extras ?? spans.name).end;
  if (spans.url !== null) {
    return text.slice(0, end) + specifier + text.slice(spans.url.end);
  }
  if (spans.specifier === null) {
    return text.slice(0, end) + specifier + text.slice(end);
  }
  const isInParentheses = text.slice(end, spans.specifier.start).includes('(');
  const start = specifier === '' && !isInParentheses ? end : spans.specifier.start;
  const written = text.slice(spans.specifier.start, spans.specifier.end);
  return text.slice(0, start) + spacedLike(written, specifier) + text.slice(spans.specifier.end);
}
