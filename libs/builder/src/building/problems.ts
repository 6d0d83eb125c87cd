import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import type { BuildEnd } from '../server/request.ts';
import { lastLines } from './clean-log.ts';

const SHOWN_LINES = 20;

/** Why the process of a build did not come to an answer. */
export function endProblem(pkg: PythonPackage, end: BuildEnd, seconds: number): Problem {
  const said = lastLines(end.log, SHOWN_LINES);
  switch (end.kind) {
    case 'timed-out':
      return {
        code: 'NXPYPI_BUILD_TIMEOUT',
        message: withLog(`The build of ${pkg.name} was killed after ${seconds} seconds.`, said),
        hint: 'Find out what it waits for, or raise the time limit of builds.',
        where: pkg.manifest,
      };
    case 'signalled':
      return failed(pkg, withLog(`The build of ${pkg.name} was ended by ${end.signal}.`, said));
    case 'exited':
      return failed(pkg, withLog(`The build of ${pkg.name} ended with exit code ${end.code} and no artifact.`, said));
    case 'lost':
      return failed(pkg, withLog(`The build of ${pkg.name} could not run: ${end.reason}.`, said));
  }
}

/** What a hook of the backend raised. */
export function hookProblem(pkg: PythonPackage, message: string, log: string): Problem {
  const text = lastLines(message, 3);
  return failed(
    pkg,
    withLog(`The backend ${pkg.backend} could not build ${pkg.name}: ${text}`, lastLines(log, SHOWN_LINES)),
  );
}

function failed(pkg: PythonPackage, message: string): Problem {
  return {
    code: 'NXPYPI_BUILD_FAILED',
    message,
    hint: `Run \`python -m build ${pkg.path}\`: the build sees tracked files and what [tool.nx-pypi] include names, no token and an empty home.`,
    where: pkg.manifest,
  };
}

function withLog(sentence: string, log: string): string {
  return log === '' ? sentence : `${sentence}\n${log}`;
}
