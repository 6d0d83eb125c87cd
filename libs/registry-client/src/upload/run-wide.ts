const runWideCodes: ReadonlySet<string> = new Set([
  'NXPYPI_DIRECTORY_MISSING',
  'NXPYPI_DIRECTORY_UNWRITABLE',
  'NXPYPI_FORBIDDEN',
  'NXPYPI_INSECURE_REGISTRY',
  'NXPYPI_JOB_TOKEN_NOT_ALLOWED',
  'NXPYPI_MISSING_SCOPE',
  'NXPYPI_NO_CREDENTIAL',
  'NXPYPI_PROJECT_NOT_FOUND',
  'NXPYPI_RATE_LIMITED',
  'NXPYPI_REGISTRY_ERROR',
  'NXPYPI_REGISTRY_OTHER_HOST',
  'NXPYPI_REGISTRY_REDIRECTED',
  'NXPYPI_REGISTRY_TOO_SLOW',
  'NXPYPI_REGISTRY_UNREACHABLE',
  'NXPYPI_UNAUTHORIZED',
  'NXPYPI_UPLOAD_REDIRECTED',
]);

/** True for causes that every other package of the run would meet too (G2): credentials, addresses, a registry that is down. */
export function isRunWide(code: string): boolean {
  return runWideCodes.has(code);
}
