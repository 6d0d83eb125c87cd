import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent, type Dispatcher } from 'undici';

export interface TransportOptions {
  /** Most sockets per origin. */
  readonly connections: number;
  /** PEM file of certificate authorities that are trusted beside Node's own. */
  readonly caFile?: string;
  /** Read for `http_proxy`, `https_proxy`, `no_proxy` and their upper-case forms. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Connections through the proxies of the environment; this machine is always reached directly. Throws where `caFile` cannot be read. */
export function openTransport({ connections, caFile, env }: TransportOptions): Dispatcher {
  const ca =
    caFile === undefined ? undefined : [...rootCertificates, ...extraAuthorities(env), readFileSync(caFile, 'utf8')];
  return new EnvHttpProxyAgent({
    connections,
    pipelining: 1,
    noProxy: withoutProxy(env['no_proxy'] ?? env['NO_PROXY'] ?? ''),
    httpProxy: withScheme(env['http_proxy'] ?? env['HTTP_PROXY'] ?? ''),
    httpsProxy: withScheme(env['https_proxy'] ?? env['HTTPS_PROXY'] ?? ''),
    ...(ca === undefined ? {} : { connect: { ca }, requestTls: { ca }, proxyTls: { ca } }),
  });
}

function withoutProxy(noProxy: string): string {
  if (noProxy.trim() === '*') return '*';
  return [noProxy, 'localhost', '127.0.0.1', '[::1]'].filter(Boolean).join(',');
}

function withScheme(proxy: string): string {
  return proxy === '' || proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** Certificates that Node would have trusted had no list been given. Source: Node.js docs, NODE_EXTRA_CA_CERTS. */
function extraAuthorities(env: TransportOptions['env']): readonly string[] {
  const file = env['NODE_EXTRA_CA_CERTS'];
  return file ? [readFileSync(file, 'utf8')] : [];
}
