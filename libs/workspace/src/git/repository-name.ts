/**
 * `host/path` of a remote's URL: no scheme, credentials, port or `.git`, host in lower case, so that the ssh and https forms
 * of one repository agree. '' for a path on this machine, which says nothing to others.
 */
export function repositoryName(remote: string): string {
  const url = remote.trim();
  if (/^[a-z]:[\\/]/i.test(url)) return '';
  const full = /^(?:https?|ssh|git|git\+ssh):\/\/(?:[^@/]*@)?(?<host>\[[^\]]+\]|[^:/]+)(?::\d+)?\/+(?<path>.+)$/i.exec(
    url,
  );
  const short = full ?? /^(?:[^@/:]+@)?(?<host>\[[^\]]+\]|[^:/[\]]+):(?!\/\/)\/*(?<path>.+)$/.exec(url);
  const host = short?.groups?.['host'];
  const path = short?.groups?.['path']?.replace(/\/+$/, '').replace(/\.git$/, '');
  return host === undefined || path === undefined || path === '' ? '' : `${host.toLowerCase()}/${path}`;
}
