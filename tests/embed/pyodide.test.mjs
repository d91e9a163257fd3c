// Pyodide runs with a trampoline assembled by gcwat, and does not run with one that never calls.

import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { failing, prepare, trampoline } from './prepare.mjs';
import { expected } from './scenario.mjs';

function run(file) {
  const { folder, remove } = prepare(file);
  const run = spawnSync(process.execPath, [join(import.meta.dirname, 'node_run.mjs'), folder], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  remove();
  return run;
}

test('Python calls C functions with zero to three parameters', () => {
  const { status, stdout, stderr } = run(trampoline);
  assert.equal(status, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), expected);
});

test('with a trampoline that never calls, Python does not run', () => {
  const { status, stdout, stderr } = run(failing);
  assert.notEqual(status, 0);
  assert.equal(stdout, '');
  assert.match(stderr, /SystemError\('Handler takes too many arguments'\)/);
});
