import { describeProblem, publishableNames, sceneOf, type BaselinePolicy, type RegistryState } from '@nx-pypi/release';
import { openRun } from '../compose/open-run.ts';
import { PLAIN_RUN } from '../compose/request/run-options.ts';
import { runContext } from '../executors/publish/publish-run.ts';

/** What the registry holds of the workspace, and what counts as a baseline there. */
export interface WorkspaceStates {
  readonly states: ReadonlyMap<string, RegistryState>;
  readonly baseline: BaselinePolicy;
}

const asked = new Map<string, Promise<WorkspaceStates>>();

/**
 * The states of all publishable packages of a workspace, read side by side and once per process: Nx asks for one project
 * at a time. Rejects with a sentence for people when the registry can't be opened.
 */
export function registryStates(root: string): Promise<WorkspaceStates> {
  const states = asked.get(root) ?? readAll(root);
  asked.set(root, states);
  return states;
}

async function readAll(root: string): Promise<WorkspaceStates> {
  const context = runContext(root, { env: process.env, tags: new Map(), say: () => {} });
  const opened = await openRun(context, PLAIN_RUN);
  if (opened.kind === 'problem') throw new Error(describeProblem(opened.problem).join('\n'));
  const { request, ports, close } = opened.value;
  try {
    const { graph } = sceneOf(request.discovery, request);
    const states = await ports.registry.read([...publishableNames(graph, request)]);
    return { states, baseline: request.detect };
  } finally {
    await close();
  }
}
