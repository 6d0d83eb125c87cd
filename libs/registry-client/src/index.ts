/** Everything HTTP: where a registry is, with what credential it is asked, what it holds, and how a file gets there. */
export type { GitlabConfig, PypiConfig, RegistryConfig, RegistryTarget } from './target/registry-target.ts';
export { resolveTarget } from './target/resolve-target.ts';
export type { Credential, CredentialSources } from './credentials/credential.ts';
export { resolveCredential } from './credentials/resolve-credential.ts';
export { createRegistryClient, type RegistryClient, type RegistryClientOptions } from './registry-client.ts';
export type { RetryPolicy } from './http/retry-policy.ts';
export { redact } from './text/redact.ts';
export { sanitize } from './text/sanitize.ts';
export { createDirectoryRegistry, type DirectoryOptions } from './directory/directory-registry.ts';
export { createExaminer, type Examiner, type Forwarding, type Permission } from './examine/examiner.ts';
export { lookPublic, type PublicLook } from './examine/look-public.ts';
export { createGitlabReleases, type GitlabRelease, type GitlabReleases } from './gitlab/gitlab-releases.ts';
