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

/** What a hook of the backend raised. */
export function hookProblem(pkg: PythonPackage, message: string): Problem {
  return unbuilt(pkg, `the backend ${pkg.backend} could not build ${pkg.name}: ${withoutStage(oneSentence(message))}`);
}

/** What keeps a package's build environment from being made, told of the package. */
export function environmentProblem(pkg: PythonPackage, problem: Problem): Problem {
  return {
    ...problem,
    message: `${pkg.name} can't be built: ${problem.message}`,
    where: problem.where ?? pkg.manifest,
  };
}

/** Exceptions begin with their kind and what is wrong; backends that list what is wrong begin the list in the second line. */
function oneSentence(exception: string): string {
  const [first = '', second = ''] = cleanLog(exception)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (second === '') return shortened(first);
  const joint = first.endsWith(':') ? ' ' : '; ';
  return shortened(`${first.replace(/\.$/, '')}${joint}${second.replace(/^[-*•]\s+/, '')}`);
}

function shortened(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

function unbuilt(pkg: PythonPackage, message: string): Problem {
  return {
    code: 'NXPYPI_BUILD_FAILED',
    message,
    hint: `run \`python -m build ${pkg.path}\`: the build sees the folder's tracked files, what the manifest refers to and what [tool.nx-pypi] include names, no token and an empty home`,
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
