type Style = '"' | "'" | '"""' | "'''";

/** Writes `value` as a TOML string in the style of `token`, the string it replaces; as a basic string where that style cannot hold it. */
export function quotedLike(token: string, value: string): string {
  const style = styleOf(token);
  // TOML 1.0, strings: a newline right after the opening quotes is no part of the value.
  const lead = /^(?:"""|''')(\r?\n)/.exec(token)?.[1] ?? (/^\r?\n/.test(value) ? '\n' : '');
  if (style === "'" && isLiteral(value) && !value.includes("'")) {
    return `'${value}'`;
  }
  if (style === "'''" && isLiteral(value.replaceAll(/\r?\n/g, '')) && !value.includes("'")) {
    return `'''${lead}${value}'''`;
  }
  if (style === '"""' && isLiteral(value.replaceAll(/\r?\n/g, ''))) {
    return `"""${lead}${value.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"""`;
  }
  return quoted(value);
}

/** A basic string: `"…"`. JSON's escapes are among TOML's. */
export function quoted(value: string): string {
  return JSON.stringify(value).replaceAll('\u007F', String.raw`\u007F`);
}

/** A bare key where TOML allows one, else quoted. */
export function keyText(key: string): string {
  return /^[\w-]+$/.test(key) ? key : quoted(key);
}

function styleOf(token: string): Style {
  if (token.startsWith('"""')) {
    return '"""';
  }
  if (token.startsWith("'''")) {
    return "'''";
  }
  return token.startsWith("'") ? "'" : '"';
}

/** TOML 1.1, literal strings: no control character but the tab. */
function isLiteral(value: string): boolean {
  return Array.from(value).every((char) => char === '\t' || (char >= ' ' && char !== '\u007F'));
}
