import type { RegistryConfig } from '@nx-pypi/registry-client';
import type { GitLabRegistryOption, IndexRegistryOption, RegistryOption } from '../../options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The option of a server as the client takes it; a GitLab project without host takes that of the CI job. */
export function registryConfig(
  option: 'gitlab' | GitLabRegistryOption | IndexRegistryOption,
  env: Environment,
): RegistryConfig {
  if (option === 'gitlab') return 'gitlab';
  const http = option.allowHttp === undefined ? {} : { allowHttp: option.allowHttp };
  if ('uploadUrl' in option) {
    return { kind: 'pypi', uploadUrl: option.uploadUrl, indexUrl: option.indexUrl, ...http };
  }
  const { url = env['CI_SERVER_URL'] ?? '', project = env['CI_PROJECT_ID'] ?? '', group } = option;
  return { kind: 'gitlab', url, project, ...(group === undefined ? {} : { group }), ...http };
}

/** Whether the option asks for the embedded registry: it is also the default, except in CI (see `registryRefusal`). */
export function isEmbedded(option: RegistryOption | undefined): option is 'embedded' | undefined {
  return option === undefined || option === 'embedded';
}

/** Whether this is a CI job. Source: GitLab docs, "Predefined CI/CD variables"; other systems set `CI` too. */
export function isCi(env: Environment): boolean {
  return env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false' && env['CI'] !== '0';
}
