import { createExaminer, type Forwarding, type Permission, type RegistryClientOptions } from '@nx-pypi/registry-client';
import type { OpenRegistry } from '../compose/registries/open-registry.ts';
import { finding, problemFinding, type Finding } from './finding.ts';

/** What the doctor found of one registry. */
export interface RegistryExamination {
  readonly findings: readonly Finding[];
  /** Whether its index sends askers of unknown names elsewhere. */
  readonly forwards: boolean;
}

export function topicOf(name: string | null): string {
  return name === null ? 'registry' : `registry ${name}`;
}

/** Which registry, with which credential, what that may do, and what its index does with unknown names. */
export async function examineRegistry(open: OpenRegistry): Promise<RegistryExamination> {
  const topic = topicOf(open.name);
  const head = finding(topic, 'note', open.display);
  if (open.server !== null) {
    const examined = await examineServer(topic, open.server, open.local);
    return { ...examined, findings: [head, ...examined.findings] };
  }
  const problem = await open.client.prove();
  const proof = problem === null ? finding(topic, 'ok', 'the folder can be written') : problemFinding(topic, problem);
  return { findings: [head, proof], forwards: false };
}

async function examineServer(
  topic: string,
  server: RegistryClientOptions,
  local: boolean,
): Promise<RegistryExamination> {
  const examiner = createExaminer({ ...server, retry: { attempts: 2 } });
  try {
    const reading = await examiner.reading();
    const uploading = await examiner.uploading();
    const forwarding = reading.kind === 'refused' ? [] : await examiner.forwarding();
    return {
      findings: [
        ...credentialFindings(topic, server, uploading),
        ...(local ? [] : proxyFindings(topic, server)),
        permissionFinding(topic, 'reading', reading),
        ...(isSame(reading, uploading) ? [] : [permissionFinding(topic, 'uploading', uploading)]),
        ...forwarding.map((one) => forwardingFinding(topic, one)),
      ],
      forwards: forwarding.some(({ kind }) => kind === 'on'),
    };
  } finally {
    await examiner.close();
  }
}

/** Which source was used; that there is none is told by the refusal of an upload where that is known. */
function credentialFindings(
  topic: string,
  { credential, target }: RegistryClientOptions,
  uploading: Permission,
): readonly Finding[] {
  if (credential !== null) {
    const { source, username, origin } = credential;
    return [finding(topic, 'note', `credential: ${source}, user ${username}, for ${origin}`)];
  }
  if (uploading.kind === 'refused') return [];
  return [finding(topic, 'warning', `no credential for ${new URL(target.uploadUrl).origin} was found in any source`)];
}

/** A proxy that the environment names, without its login: where it fails, messages speak of its address. */
function proxyFindings(topic: string, { target, env = {} }: RegistryClientOptions): readonly Finding[] {
  const { protocol } = new URL(target.uploadUrl);
  const lower = `${protocol.slice(0, -1)}_proxy`;
  const variable = [lower, lower.toUpperCase()].find((name) => env[name]);
  if (variable === undefined) return [];
  const proxy = env[variable] ?? '';
  const url = proxy.includes('://') ? proxy : `http://${proxy}`;
  const host = URL.canParse(url) ? new URL(url).host : 'what is no URL';
  return [finding(topic, 'note', `${variable} is set: unless no_proxy says otherwise, requests go through ${host}`)];
}

function permissionFinding(topic: string, what: 'reading' | 'uploading', permission: Permission): Finding {
  switch (permission.kind) {
    case 'granted':
      return finding(topic, 'ok', what === 'reading' ? 'the index can be read' : 'the credential may upload');
    case 'unproven':
      return finding(topic, 'note', permission.why);
    case 'refused':
      return problemFinding(topic, permission.problem);
  }
}

/** One cause is told once: a missing credential is one, whatever it is missed for. */
function isSame(reading: Permission, uploading: Permission): boolean {
  if (reading.kind !== 'refused' || uploading.kind !== 'refused') return false;
  const [before, after] = [reading.problem.code, uploading.problem.code];
  return before === after || (before === 'NXPYPI_UNAUTHORIZED' && after === 'NXPYPI_NO_CREDENTIAL');
}

function forwardingFinding(topic: string, forwarding: Forwarding): Finding {
  const index = forwarding.indexUrl.includes('/groups/') ? "the group's index" : 'the index';
  switch (forwarding.kind) {
    case 'off':
      return finding(topic, 'ok', `${index} answers unknown names itself`);
    case 'on':
      return finding(
        topic,
        'warning',
        `${index} forwards unknown names to ${forwarding.to}: there a stranger's package can have the name of yours`,
        'turn it off: GitLab group > Settings > Packages and registries > Package forwarding',
      );
    case 'unknown':
      return problemFinding(topic, forwarding.problem, 'warning');
  }
}
