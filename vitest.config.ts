import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['nx-pypi-source'] };
/** Vitest hands these to Node as `--conditions`, for `require` too: with 'import' among them, CommonJS packages would load ES modules. */
const ssr = { resolve: { conditions: ['nx-pypi-source'] } };

/** Where .ci/run collects one JSON report per run, to count the tests of all of them. */
const results = process.env['NX_PYPI_TEST_RESULTS'];

/** `unit`: seconds, loopback and temp folders only. `e2e`: the built plugin in real workspaces with real Python tools. */
export default defineConfig({
  resolve,
  ssr,
  test: {
    // Many tests wait for processes and servers; Vitest would leave a core idle.
    maxWorkers: availableParallelism() + 1,
    reporters:
      results === undefined ? ['default'] : ['default', ['json', { outputFile: `${results}/${process.pid}.json` }]],
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['libs/*/test/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'test/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/conformance/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
