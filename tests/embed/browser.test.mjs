// Runs the scenario in a real browser, from a local server.

import assert from 'node:assert';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { failing, prepare, trampoline } from './prepare.mjs';
import { expected } from './scenario.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    try {
      const body = await readFile(join(folder, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/// Opens the page with a trampoline assembled from `file`, and returns the results.
async function open(file) {
  const { folder, remove } = prepare(file);
  const server = await serve(folder);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`http://127.0.0.1:${server.address().port}/page.html`);
    return await page.evaluate(() =>
      window.outcome.then(
        (outcome) => ({ outcome }),
        (error) => ({ error: error.message ?? String(error) }),
      ),
    );
  } finally {
    await browser.close();
    server.close();
    remove();
  }
}

test('Python and counting parameters work in a browser', { timeout: 180_000 }, async () => {
  const { outcome, error } = await open(trampoline);
  assert.equal(error, undefined);
  assert.deepEqual(outcome, expected);
});

test('with a trampoline that never calls, Python does not run in a browser', { timeout: 180_000 }, async () => {
  const { outcome, error } = await open(failing);
  assert.equal(outcome, undefined);
  assert.match(error, /terminated/);
});
