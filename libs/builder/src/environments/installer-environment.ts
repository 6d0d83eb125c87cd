import type { Environment } from '@nx-pypi/workspace';

const PASSED =
  /^(?:PATH|PATHEXT|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|XDG_\w+|LANG|LC_\w+|TMPDIR|TEMP|TMP|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PIP_\w+|UV_\w+|NETRC|(?:HTTPS?|ALL|FTP|NO)_PROXY|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|KEYRING_\w+)$/i;

/** What would install elsewhere, or is meant for uploads. */
const WITHHELD =
  /^(?:UV_PUBLISH_\w+|PIP_(?:TARGET|PREFIX|ROOT|USER|PYTHON|REQUIRE_VIRTUALENV|REQUIREMENT|DRY_RUN|EDITABLE)|UV_(?:PYTHON|PROJECT\w*|SYSTEM_PYTHON|WORKING_DIRECTORY|TARGET|PREFIX))$/i;

/** Settings that decide which files an index offers. */
const INDEX =
  /^(?:PIP_(?:INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|PRE|CONSTRAINT|BUILD_CONSTRAINT|NO_BINARY|ONLY_BINARY|CONFIG_FILE)|UV_(?:INDEX\w*|DEFAULT_INDEX|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|PRERELEASE|CONSTRAINT|BUILD_CONSTRAINT|RESOLUTION|INDEX_STRATEGY|EXCLUDE_NEWER|CONFIG_FILE))$/;

/** What the installer of build requirements sees: index, proxy and certificate settings, and no token of the release. */
export function installerEnvironment(env: Environment): Environment {
  const passed = Object.entries(env).filter(([name]) => PASSED.test(name) && !WITHHELD.test(name));
  return {
    ...Object.fromEntries(passed),
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
    PYTHONNOUSERSITE: '1',
  };
}

/** The settings that take part in an environment's key; credentials in URLs do not (a job's token changes every time). */
export function indexSettings(env: Environment): readonly string[] {
  return Object.entries(env)
    .filter(([name, value]) => INDEX.test(name) && !/_(?:USERNAME|PASSWORD)$/.test(name) && value !== undefined)
    .map(([name, value]) => `${name}=${withoutCredentials(value ?? '')}`)
    .sort();
}

/** URLs in a text without `user:password@`. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/(:\/\/)[^/@\s]+@/g, '$1');
}
