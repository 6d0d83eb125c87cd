import { describe, expect, it } from 'vitest';
import { evaluateMarker, type MarkerEnvironment } from '../../src/index.ts';
import { marker } from '../read.ts';

const LINUX: MarkerEnvironment = {
  python_version: '3.10',
  python_full_version: '3.10.4',
  os_name: 'posix',
  sys_platform: 'linux',
  platform_release: '6.1.0-13-amd64',
  platform_machine: 'x86_64',
  implementation_name: 'cpython',
  extra: 'Wind_Section',
  extras: ['wind-section', 'Brass'],
};

function evaluate(text: string, environment: MarkerEnvironment = LINUX): boolean | null {
  return evaluateMarker(marker(text), environment);
}

describe('evaluateMarker', () => {
  it.each([
    ['python_version >= "3.9"', true],
    ['python_version < "3.9"', false],
    ['python_version == "3.*"', true],
    ['python_full_version ~= "3.10.1"', true],
    ['"3.9" <= python_version', true],
    ['"3.11" <= python_version', false],
    ['python_version in "3.9 3.10"', true],
    ['python_version not in "2.7"', true],
    ['os_name == "posix"', true],
    ['os_name != "nt" and sys_platform == "win32"', false],
    ['os_name == "nt" or sys_platform == "linux"', true],
    ['os_name == "nt" and os_name == "x" or sys_platform == "linux"', true],
    ['os_name == "nt" and (os_name == "x" or sys_platform == "linux")', false],
    ['"lin" in sys_platform', true],
    ['platform_machine < "z"', false],
    ['platform_machine > "a"', false],
    ['platform_machine >= "x86_64"', true],
    ['extra == "wind.section"', true],
    ['extra == "brass"', false],
    ['"brass" in extras', true],
    ['"Wind-Section" not in extras', false],
  ])('%s: %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it('takes a release that is no version for one that satisfies no specifier', () => {
    expect(evaluate('platform_release >= "5"')).toBe(false);
    expect(evaluate('platform_release >= "5"', { platform_release: '6.1' })).toBe(true);
  });

  it.each([
    ['platform_system == "Linux"', null],
    ['"Linux" == platform_system', null],
    ['platform_system == "Linux" and os_name == "nt"', false],
    ['platform_system == "Linux" and os_name == "posix"', null],
    ['platform_system == "Linux" or os_name == "posix"', true],
    ['platform_system == "Linux" or os_name == "nt"', null],
    ['implementation_name === "cpython"', null],
    ['implementation_name ~= "cpython"', null],
    ['extras == "brass"', null],
    ['"brass" == extras', null],
  ])('cannot tell %s unless the rest decides: %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });
});
