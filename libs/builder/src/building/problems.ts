import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import type { BuildOutcome } from '@nx-pypi/release';
import type { BuildEnd } from '../server/request.ts';
import { cleanLog, lastLines } from './clean-log.ts';

/** A build that came to nothing; `log` is raw. */
export function failed(problem: Problem, log = ''): BuildOutcome {
  return { kind: 'failed', problem, log: cleanLog(log) };
}

/** Why the process of a build did not come to an answer. The log tells more. */
export function endProblem(pkg: PythonPackage, end: BuildEnd, seconds: number): Problem {
  switch (end.kind) {
    case 'timed-out':
      return {
        code: 'NXPYPI_BUILD_TIMEOUT',
        message: `the build of ${pkg.name} was killed after ${seconds} seconds${lastWords(end.log)}`,
        hint: 'find out what it waits for, or raise the option buildTimeout',
        where: pkg.manifest,
      };
    case 'signalled':
      return unbuilt(pkg, `the build of ${pkg.name} was ended by ${end.signal}${lastWords(end.log)}`);
    case 'exited':
      return unbuilt(
        pkg,
        `the build of ${pkg.name} ended with exit code ${end.code} and no artifact${lastWords(end.log)}`,
      );
    case 'lost':
      return unbuilt(pkg, `the build of ${pkg.name} could not run: ${end.reason}`);
  }
}

/** What a hook of the backend raised: the last line of an exception names its cause. */
export function hookProblem(pkg: PythonPackage, message: string): Problem {
  return unbuilt(pkg, `the backend ${pkg.backend} could not build ${pkg.name}: ${withoutStage(lastLines(message, 1))}`);
}

function unbuilt(pkg: PythonPackage, message: string): Problem {
  return {
    code: 'NXPYPI_BUILD_FAILED',
    message,
    hint: `run \`python -m build ${pkg.path}\`: the build sees tracked files and what [tool.nx-pypi] include names, no token and an empty home`,
    where: pkg.manifest,
  };
}

function lastWords(log: string): string {
  const said = withoutStage(lastLines(log, 1)).trim();
  return said === '' ? '' : `; its last words: ${said}`;
}

/** A stage is gone when its paths are read: they are shown from the workspace on. */
function withoutStage(text: string): string {
  return text.replaceAll(/[^\s'"]*nx-pypi-\w{6}[\\/]stage[\\/]?/g, '');
}
