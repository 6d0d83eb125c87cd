import { delimiter } from 'node:path';
import type { Environment } from '@nx-pypi/workspace';

/** Seconds since 1970: 2020-02-02 UTC, hatchling's own default. Zip archives know no time before 315532800. */
export const BUILD_TIME = 1_580_601_600;

/** Variables that compilers and Windows need and that hold no secret. */
const PASSED =
  /^(?:PATH|PATHEXT|LANG|LC_\w+|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PROGRAMFILES.*|VS\w+|INCLUDE|LIB|CC|CXX|CPP|AR|LD|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|ARCHFLAGS|PKG_CONFIG\w*|MACOSX_DEPLOYMENT_TARGET|SDKROOT|DEVELOPER_DIR|LD_LIBRARY_PATH|CARGO_HOME|RUSTUP_HOME|CMAKE_\w+|NPY_\w+)$/i;

export interface BuildPlaces {
  /** Folder of the environment's executables. */
  readonly bin: string;
  /** An empty folder. */
  readonly home: string;
  readonly temporary: string;
  /** git looks no higher than this folder. */
  readonly ceiling: string;
}

/** Rule H2: what a build sees of the environment. Every index, proxy, token and CI variable stays outside. */
export function buildEnvironment(env: Environment, places: BuildPlaces): Record<string, string> {
  const passed = Object.entries(env).filter(([name, value]) => PASSED.test(name) && value !== undefined);
  const path = env['PATH'] ?? env['Path'] ?? '';
  return {
    ...(Object.fromEntries(passed) as Record<string, string>),
    PATH: [places.bin, path].filter((part) => part !== '').join(delimiter),
    LANG: env['LANG'] ?? 'C.UTF-8',
    TZ: 'UTC',
    HOME: places.home,
    USERPROFILE: places.home,
    TMPDIR: places.temporary,
    TEMP: places.temporary,
    TMP: places.temporary,
    GIT_CEILING_DIRECTORIES: places.ceiling,
    GIT_CONFIG_NOSYSTEM: '1',
    PYTHONHASHSEED: '0',
    PYTHONNOUSERSITE: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
    SOURCE_DATE_EPOCH: String(BUILD_TIME),
  };
}
