import type { Problem } from '@nx-pypi/manifests';
import type { Artifact, Found } from '@nx-pypi/release';
import type { Environment } from '@nx-pypi/workspace';

export interface BuilderOptions {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Absolute path of a folder for build environments and digests; made when missing. */
  readonly cacheDir: string;
  /** Names the code that makes digests; they are kept in `cacheDir` when it is given. */
  readonly product?: string;
  /** Interpreter that builds; the first of python3 and python on PATH when absent. */
  readonly python?: string;
  /** Variables of the caller: the installer of build requirements and, far fewer, the builds see some of them. */
  readonly env: Environment;
  /** Builds at a time; the number of processors when absent. */
  readonly concurrency?: number;
  /** `auto` (the default) lets uv make environments where it is on PATH. */
  readonly uv?: 'auto' | false;
  /** Lines of a constraints file for build requirements. */
  readonly buildConstraints?: readonly string[];
  /** Limit of one build, 600 when absent. */
  readonly timeoutSeconds?: number;
  /** Folders of all packages of the workspace; files of one that lies inside another are not staged with the outer one. */
  readonly packageFolders?: readonly string[];
  /** What to install for a build requirement of this monorepo (rule F4); null for requirements from the index. */
  readonly replaceRequirement?: (requirement: string) => Promise<Found<readonly string[]> | null>;
  /** Told of every build that bears a provenance, which is one that is to be released. */
  readonly onRelease?: (name: string, artifacts: readonly Artifact[]) => void;
  /**
   * Told what a person should know of builds that went well: of releases, that they wrote into the working tree (law 7) or lost
   * their provenance (rule I2).
   */
  readonly onNotice?: (problem: Problem) => void;
  readonly log?: (line: string) => void;
}
