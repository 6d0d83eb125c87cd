export interface Welcome {
  readonly url: string;
  readonly host: string;
  /** Absolute. */
  readonly storage: string;
  /** Null where the user brought it, and it is not to be shown. */
  readonly token: string | null;
}

/** What a started registry says of itself. Ends with an empty line. */
export function welcome({ url, host, storage, token }: Welcome): string {
  const upload = `${url}/api/v4/projects/1/packages/pypi`;
  const index = `${url}/api/v4/groups/1/-/packages/pypi/simple`;
  const secret = token ?? '"$NX_PYPI_TOKEN"';
  return `A GitLab PyPI registry for trying and testing only: no TLS, no accounts, no backup.

  URL       ${url}
  Group     local   index   ${index}
  Project   local/packages   upload   ${upload}
  Token     ${token ?? 'the one in NX_PYPI_TOKEN'} (any user name; reading needs none)
  Storage   ${storage}

  pip install --index-url ${index} NAME
  uv publish --publish-url ${upload} --username local --password ${secret}
  twine upload --repository-url ${upload} --username local --password ${secret} dist/*
${isLoopback(host) ? '' : `\nOther machines can reach ${host}: everyone there may read, and the token travels without encryption.\n`}
Ctrl+C stops it.

`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
