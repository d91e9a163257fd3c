// The playground in Chromium, as a person uses it.

import assert from 'node:assert';
import { readFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from '../../web/serve.mjs';

const root = join(import.meta.dirname, '../..');
const trampoline = readFileSync(join(root, 'corpus/trampoline.wat'), 'utf8');
const axe = readFileSync(join(import.meta.dirname, 'node_modules/axe-core/axe.min.js'), 'utf8');
/// Screenshots are written to this folder if it is set.
const pictures = process.env.PICTURES;

let server;
let browser;
let address;

before(async () => {
  server = await serve(join(root, 'web/dist'), 0);
  address = `http://127.0.0.1:${server.address().port}/`;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
});
after(async () => {
  await browser.close();
  server.close();
});

/// Opens the page, and waits until a text is checked. Any error of the page or request to another host fails the test.
async function open(options = {}, path = '') {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: address.slice(0, -1) });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && page.faults.push(message.text()));
  page.on('request', (request) => /^(data:|blob:)/.test(request.url()) || request.url().startsWith(address) || page.faults.push(request.url()));
  await page.goto(address + path);
  await page.locator('#pane[data-shown]').waitFor({ timeout: 60_000 });
  return page;
}

async function close(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

/// Replaces the text of the editor by typing or pasting.
async function write(page, text) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

const log = (page) => page.locator('.log');

async function expectText(locator, text) {
  await locator.filter({ hasText: text }).first().waitFor({ timeout: 30_000 });
}

async function call(page, name, ...values) {
  const form = page.locator('form.call').filter({ has: page.locator('code', { hasText: new RegExp(`^${name}$`) }) });
  for (const [at, value] of values.entries()) {
    await form.locator('input').nth(at).fill(value);
  }
  await form.getByRole('button').click();
}

test('a mistake is marked, fixed, run and shared', { timeout: 180_000 }, async () => {
  const page = await open();
  await write(page, trampoline.replace('local.get $fptr', 'get_local $fptr'));
  await page.locator('.cm-lintRange-error').waitFor();
  await expectText(page.locator('#status'), '1 error');
  await page.locator('.cm-lintRange-error').hover();
  await expectText(page.locator('.cm-tooltip-lint'), 'is now called local.get');
  await page.locator('.cm-tooltip-lint .cm-diagnosticAction').first().click();
  await expectText(page.locator('#status'), 'Assembled: 116 bytes');
  assert.equal(await page.locator('#problems li').count(), 0);
  await page.waitForFunction(() => !document.getElementById('pane').classList.contains('stale'));
  await call(page, 'f', '2');
  await expectText(log(page), 'f(2) = 2');
  await call(page, 'f', '4');
  await expectText(log(page), 'f(4) = -1');
  await page.getByRole('button', { name: 'Share' }).click();
  await expectText(page.locator('#status'), 'link');
  const fragment = new URL(page.url()).hash;
  assert.match(fragment, /^#t=/);
  const second = await open({}, fragment);
  await expectText(second.locator('#status'), 'Assembled: 116 bytes');
  await expectText(second.locator('.cm-content'), 'How many parameters');
  await close(second);
  await close(page);
});

test('the hover has the message, the labels with their lines, the notes and the code', { timeout: 120_000 }, async () => {
  const page = await open();
  await write(page, '(module\n  (func $f (export "f") (result i32)\n    i64.const 2\n    return))');
  await page.locator('.cm-lintRange-error').first().waitFor();
  await page.locator('.cm-lintRange-error').first().hover();
  const hover = page.locator('.cm-tooltip-lint');
  await expectText(hover.locator('.message'), 'type mismatch in return: expected i32, found i64');
  assert.equal(await hover.locator('.message code').textContent(), 'return');
  const labels = await hover.locator('.label').allTextContents();
  assert.deepEqual(labels, ['line 3: this has type i64', 'line 2: the function has the results [i32]']);
  await expectText(hover.locator('.cm-diagnosticSource'), 'E0402');
  assert.deepEqual(await page.locator('#problems .label').allTextContents(), labels);
  await hover.getByRole('button', { name: 'write `i32.const`' }).click();
  await expectText(page.locator('.cm-content'), 'i32.const 2');
  await expectText(page.locator('#status'), 'Assembled');
  await write(page, '(func (param $count i32) local.get $cuont drop)');
  await page.locator('.cm-lintRange-error').hover();
  await expectText(hover, '$cuont');
  await hover.locator('.cm-diagnosticAction').click();
  await expectText(page.locator('.cm-content'), 'local.get $count');
  await close(page);
});

test('the pane of a text with errors says that it shows the module before', { timeout: 120_000 }, async () => {
  const page = await open();
  await page.locator('form.call').waitFor();
  await write(page, '(func call $f)');
  await expectText(page.locator('#status'), '1 error');
  const note = () => page.evaluate(() => getComputedStyle(document.getElementById('pane'), '::before').content);
  assert.match(await note(), /before the errors/);
  await write(page, '(func)');
  await expectText(page.locator('#pane'), 'exports no functions');
  assert.equal(await note(), 'none');
  await close(page);
});

test('an object is shown as text and saved', { timeout: 120_000 }, async () => {
  const page = await open();
  await page.getByRole('tab', { name: 'Object' }).click();
  await expectText(page.locator('#pane pre'), 'target_features');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save module.o' }).click()]);
  const bytes = readFileSync(await download.path());
  assert.equal(bytes.subarray(0, 4).toString('latin1'), '\0asm');
  assert.ok(bytes.includes('linking'));
  await write(page, '(memory 1) (memory 1)');
  await expectText(page.locator('#pane pre'), 'an object can have only one memory');
  await close(page);
});

test('an endless loop is stopped, and the page goes on', { timeout: 120_000 }, async () => {
  const page = await open();
  await write(page, '(func (export "spin") (loop (br 0))) (func (export "add") (param i64 i64) (result i64) local.get 0 local.get 1 i64.add)');
  await page.locator('form.call code', { hasText: 'spin' }).waitFor();
  await call(page, 'spin');
  await expectText(log(page), 'stopped after 2 seconds');
  await call(page, 'add', '9007199254740993', '1');
  await expectText(log(page), '= 9007199254740994n');
  await close(page);
});

test('the console import prints, and traps are reported', { timeout: 120_000 }, async () => {
  const page = await open();
  await page.getByLabel('Example').selectOption('console');
  await page.locator('form.call code', { hasText: 'count' }).waitFor();
  await call(page, 'count', '3');
  await expectText(log(page).locator('li.console'), '2');
  await write(page, '(func (export "trap") unreachable)');
  await page.locator('form.call code', { hasText: 'trap' }).waitFor();
  await call(page, 'trap');
  await expectText(log(page), 'RuntimeError');
  await close(page);
});

test('exports take arguments of each type, and wrong ones are reported', { timeout: 120_000 }, async () => {
  const page = await open();
  const echo = (type) => `(func (export "${type}") (param ${type}) (result ${type}) local.get 0)`;
  const types = ['i32', 'i64', 'f32', 'f64', 'v128', 'externref', 'i31ref', 'funcref'];
  await write(page, types.map(echo).join(' '));
  await page.locator('form.call code', { hasText: 'funcref' }).waitFor();
  const cases = [
    ['i32', '-1', '= -1'], ['i32', '0xffff_ffff', '= -1'], ['i32', 'one', 'expected a value of type i32, found `one`'],
    ['i64', '-9223372036854775808', '= -9223372036854775808n'], ['i64', '1.5', 'expected a value of type i64, found `1.5`'],
    ['f32', '0.5', '= 0.5'], ['f64', 'nan', '= NaN'], ['f64', '-inf', '= -Infinity'], ['f64', '', 'expected a value of type f64'],
    ['v128', '0', 'v128, which JavaScript cannot represent'],
    ['externref', 'text', '= "text"'], ['i31ref', '7', '= 7'], ['funcref', '0', '= null'],
  ];
  for (const [type, value, expected] of cases) {
    await call(page, type, value);
    await expectText(log(page), expected);
  }
  await close(page);
});

test('a pane that cannot be shown says so', { timeout: 120_000 }, async () => {
  const page = await open();
  await write(page, '(func call $f)');
  await expectText(page.locator('#status'), '1 error');
  await page.getByRole('tab', { name: 'Hex' }).click();
  await expectText(page.locator('#pane'), 'Fix the errors');
  await write(page, '(func)');
  await expectText(page.locator('#pane'), '000000  00 61 73 6d');
  await close(page);
});

test('the page says that the assembler is being loaded, and why it is not', { timeout: 120_000 }, async () => {
  const page = await (await browser.newContext()).newPage();
  let answer;
  const asked = new Promise((resolve) => (answer = resolve));
  await page.route('**/gcwat.wasm', async (route) => {
    await asked;
    await route.fulfill({ status: 503 });
  });
  await page.goto(address);
  await expectText(page.locator('#pane'), 'Loading the assembler');
  answer();
  await expectText(page.locator('#status'), 'gcwat.wasm: 503');
  await page.context().close();
});

test('every example assembles, and every pane has contents', { timeout: 180_000 }, async () => {
  const page = await open();
  const names = await page.locator('#example option').allTextContents();
  assert.ok(names.length >= 9);
  for (const name of names) {
    await page.getByLabel('Example').selectOption(name);
    await expectText(page.locator('#status'), 'Assembled');
    assert.equal(await page.locator('.cm-lintRange-error').count(), 0, name);
  }
  await page.getByLabel('Example').selectOption(names[0]);
  const contents = { Listing: 'ref.test', Hex: '000000  00 61 73 6d', Disassembly: '(module', C: '0x00', JavaScript: 'Uint8Array' };
  for (const [tab, text] of Object.entries(contents)) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await expectText(page.locator('#pane'), text);
  }
  await close(page);
});

test('names and instructions are completed', { timeout: 120_000 }, async () => {
  const page = await open();
  await write(page, '(func $helper (param $count i32)) (func ca');
  await page.keyboard.type('ll_re');
  await expectText(page.locator('.cm-tooltip-autocomplete li'), 'call_ref');
  await page.keyboard.press('Escape');
  await write(page, '(func $helper) (global $g i32 (i32.const 0)) (func call ');
  await page.keyboard.type('$');
  await expectText(page.locator('.cm-tooltip-autocomplete li'), '$helper');
  assert.deepEqual(await page.locator('.cm-completionLabel').allTextContents(), ['$helper']);
  await page.keyboard.press('Enter');
  await expectText(page.locator('.cm-content'), 'call $helper');
  const completed = async (text, typed) => {
    await write(page, text);
    await page.keyboard.type(typed);
    await page.locator('.cm-tooltip-autocomplete li').first().waitFor();
    const labels = await page.locator('.cm-completionLabel').allTextContents();
    await page.keyboard.press('Escape');
    return labels;
  };
  const locals = '(func $other (param $b i32)) (func $f (param $a-long i32) (local $tmp i64) (block $out ';
  assert.deepEqual((await completed(`${locals}(local.get `, '$')).toSorted(), ['$a-long', '$tmp']);
  assert.deepEqual(await completed(`${locals}local.set `, '$a-'), ['$a-long']);
  assert.deepEqual(await completed(`${locals}br `, '$'), ['$out']);
  assert.deepEqual(await completed('(type $point (struct (field $x i32) (field $y i32))) (func struct.get $point ', '$'), ['$x', '$y']);
  assert.ok((await completed('(func (param ', 'i3')).includes('i32'));
  assert.equal((await completed('(func ', 'i32.load'.slice(0, 7)))[0], 'i32.load');
  // The list closes when the word is complete, so that Enter starts a new line.
  await write(page, '(func ');
  await page.keyboard.type('drop', { delay: 60 });
  await page.locator('.cm-tooltip-autocomplete').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.cm-line').count(), 2);
  await close(page);
});

test('files are opened by drop', { timeout: 120_000 }, async () => {
  const page = await open();
  const drop = (bytes, name) =>
    page.evaluate(([bytes, name]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name));
      document.querySelector('.cm-content').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, [bytes, name]);
  await drop([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], 'empty.wasm');
  await expectText(page.locator('.cm-content'), '(module)');
  await drop([...Buffer.from('(module (; dropped ;))')], 'text.wat');
  await expectText(page.locator('.cm-content'), 'dropped');
  await close(page);
});

test('the page is used by keyboard alone', { timeout: 120_000 }, async () => {
  const page = await open();
  await write(page, '(func (export "one") (result i32) i32.cnst 1)');
  await page.locator('#problems .fixes button').first().waitFor();
  await page.locator('#problems .fixes button').first().focus();
  await page.keyboard.press('Enter');
  await expectText(page.locator('#status'), 'Assembled');
  await page.locator('form.call code', { hasText: 'one' }).waitFor();
  await page.getByRole('tab', { name: 'Run' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('#pane[data-shown=listing]').waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: 'Call one' }).focus();
  await page.keyboard.press('Enter');
  await expectText(log(page), 'one() = 1');
  await close(page);
});

for (const [name, width, height] of [['wide', 1280, 800], ['tablet', 820, 1100], ['phone', 390, 844]]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds no serious fault at the width of a ${name}, ${colorScheme}`, { timeout: 120_000 }, async () => {
      const page = await open({ viewport: { width, height }, colorScheme });
      await call(page, 'f', '2');
      await expectText(log(page), 'f(2) = 2');
      await write(page, trampoline.replace('local.get $fptr', 'local.get $ptr').replace('      i32.const 2\n', '      i64.const 2\n'));
      await page.locator('.cm-lintRange-error').first().waitFor();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
      const shown = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
      assert.deepEqual(shown, []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
      if (pictures) {
        mkdirSync(pictures, { recursive: true });
        await page.locator('.cm-lintRange-error').last().hover();
        await page.locator('.cm-tooltip-lint').waitFor();
        await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
      }
      await close(page);
    });
  }
}

test('the first paint is fast, and a load fetches only files of the page', { timeout: 120_000 }, async () => {
  const page = await open();
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  console.log(`first paint after ${paint.toFixed(0)} ms`);
  assert.ok(paint < 3000, `first paint after ${paint} ms`);
  await close(page);
});
