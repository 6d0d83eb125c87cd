/** The origin (`scheme://host[:port]`) of a URL, or null where the text is no http(s) URL. */
export function originOf(url: string | undefined): string | null {
  const parsed = url === undefined ? null : parseHttpUrl(url);
  return parsed === null ? null : parsed.origin;
}

/** An http or https URL, or null. */
export function parseHttpUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/** True for this machine: `localhost` and its subdomains (RFC 6761), 127.0.0.0/8 and ::1. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
  );
}

/** The URL without credentials, query and fragment: what may be printed (signed URLs carry secrets in their query). */
export function printableUrl(url: string): string {
  const parsed = parseHttpUrl(url);
  if (parsed !== null) return `${parsed.origin}${parsed.pathname}`;
  return url.startsWith('file:///') ? url : '(not a URL)';
}
