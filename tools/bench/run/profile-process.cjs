/**
 * Preloaded with `--require` into every Node process that is profiled: writes V8's CPU profile when the process ends. Node 20 does not
 * take `--cpu-prof` in NODE_OPTIONS. The folder is in NX_PYPI_BENCH_PROFILES; a process that a signal ends leaves nothing.
 */
const { mkdirSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { join } = require('node:path');
const { threadId } = require('node:worker_threads');

const folder = process.env.NX_PYPI_BENCH_PROFILES;
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 500 });
session.post('Profiler.start');
process.once('exit', () => {
  session.post('Profiler.stop', (error, answer) => {
    if (error !== null || folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${process.pid}.${threadId}.cpuprofile`), JSON.stringify(answer.profile));
  });
});
