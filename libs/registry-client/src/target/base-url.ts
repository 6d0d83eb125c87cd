import type { Found } from '@nx-pypi/release';
import { isLoopback, parseHttpUrl, printableUrl } from './origin.ts';

/** A configured URL: http(s), without credentials, and encrypted unless it stays on this machine or plain http was allowed. */
export function parseBaseUrl(text: string, setting: string, allowHttp: boolean): Found<URL> {
  const url = parseHttpUrl(text);
  if (url === null) {
    return refused('NXPYPI_REGISTRY_CONFIG', `${setting} is not an http(s) URL`, 'Write it as https://host/path.');
  }
  if (url.username !== '' || url.password !== '') {
    return refused(
      'NXPYPI_CREDENTIALS_IN_URL',
      `${setting} contains credentials (${printableUrl(text)}), which belong outside the repository`,
      'Remove them from the URL; set NX_PYPI_URL and NX_PYPI_TOKEN, or write a section in ~/.pypirc.',
    );
  }
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url)) {
    return refused(
      'NXPYPI_INSECURE_REGISTRY',
      `${setting} is plain http to another machine: ${printableUrl(text)}`,
      'Use https, or set `allowHttp: true` where the network is trusted: the token is sent in clear.',
    );
  }
  url.search = '';
  url.hash = '';
  return { kind: 'found', value: url };
}

function refused(code: string, message: string, hint: string): Found<never> {
  return { kind: 'problem', problem: { code, message: `${message}.`, hint } };
}
