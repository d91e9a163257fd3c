// The packed npm package, installed into an empty project: its interface, its types, and its results for the
// specification's test suites, which must be those of the native library.

import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import wabt from 'wabt';

const here = import.meta.dirname;
const root = join(here, '../..');
const pack = readdirSync(join(root, 'npm')).find((name) => /^gcwat-.*\.tgz$/.test(name));
const project = mkdtempSync(join(tmpdir(), 'gcwat-web-'));
after(() => rmSync(project, { recursive: true }));
writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--offline', join(root, 'npm', pack)], { cwd: project });

const resolve = createRequire(join(project, 'index.js')).resolve;
const gcwat = await import(pathToFileURL(resolve('gcwat')));
const trampoline = readFileSync(join(root, 'corpus/trampoline.wat'), 'utf8');

/// Returns the error that a function throws.
function thrown(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  assert.fail('there is no error');
}

test('the bytes go straight into WebAssembly.compile', async () => {
  const { bytes, diagnostics } = gcwat.assemble(trampoline);
  assert.equal(bytes.length, 116);
  assert.deepEqual(diagnostics, []);
  const module = await WebAssembly.compile(bytes);
  assert.deepEqual(WebAssembly.Module.exports(module).map(({ name }) => name), ['f']);
});

test('an error has its diagnostics', () => {
  const error = thrown(() => gcwat.assemble('(module\n  (func (export "é😀") call $f))'));
  assert.ok(error instanceof gcwat.GcwatError && error instanceof Error);
  assert.equal(error.message, '2:29: error: unknown function `$f` [E0301]');
  assert.equal(error.diagnostics.length, 1);
  const span = { start: 36, end: 38, line: 2, column: 29, endLine: 2, endColumn: 31 };
  assert.deepEqual(error.diagnostics[0].span, span);
  assert.deepEqual(gcwat.check('(func call $f)').map(({ code }) => code), ['E0301']);
});

test('suggestions can be applied as edits of the string', () => {
  const text = '(module (; 😀 ;) (func (export "f") (param $x i32) (result i32) get_local $x))';
  const [{ suggestions }] = gcwat.check(text);
  const [{ span, replacement }] = suggestions[0].edits;
  const fixed = text.slice(0, span.start) + replacement + text.slice(span.end);
  assert.deepEqual(gcwat.check(fixed), []);
  assert.equal(suggestions[0].applicability, 'MachineApplicable');
  assert.equal(gcwat.fix(text).text, fixed);
});

test('each option has an effect', () => {
  const named = gcwat.assemble('(func $f)', { names: true }).bytes;
  assert.ok(named.length > gcwat.assemble('(func $f)', { names: false }).bytes.length);
  assert.equal(gcwat.assemble('(func (result i32))', { validate: false }).bytes.length, 25);
  assert.ok(gcwat.check('(type (struct))', { features: 'wasm2' }).length > 0);
  assert.ok(gcwat.check('(type (struct))', { features: ['default', '-gc'] }).length > 0);
  const old = '(func (drop (i32.const (@char "A"))))';
  assert.deepEqual(gcwat.check(old).map(({ level, code }) => [level, code]), [['warning', 'W0002']]);
  assert.deepEqual(gcwat.check(old, { allow: 'W0002' }), []);
  assert.equal(gcwat.check(old, { deny: ['W0002'] })[0].level, 'error');
  assert.equal(gcwat.check(old, { strict: true })[0].level, 'error');
});

test('warnings are set by code and by group, in the order of the options', () => {
  const levels = (options) => gcwat.check('(func $f)', options).map(({ level, code }) => `${level} ${code}`);
  assert.deepEqual(levels(), []);
  assert.deepEqual(levels({ warn: 'unused' }), ['warning W0028']);
  assert.deepEqual(levels({ warn: 'W0028' }), ['warning W0028']);
  assert.deepEqual(levels({ deny: ['unused'] }), ['error W0028']);
  assert.deepEqual(levels({ warn: 'all', allow: 'unused' }), []);
  assert.deepEqual(levels({ allow: 'unused', warn: ['all', 'W0028'] }), ['warning W0028']);
  assert.deepEqual(levels({ deny: 'unused', warn: 'unused' }), ['warning W0028']);
  assert.deepEqual(levels({ warn: 'unused', deny: 'unused' }), ['error W0028']);
  assert.deepEqual(levels({ warn: 'unused', deny: 'warnings' }), ['error W0028']);
  const error = thrown(() => gcwat.check('(module)', { warn: 'unusd' }));
  assert.equal(error.message, 'unknown group of warnings `unusd`; did you mean `unused`?');
});

test('objects are assembled and disassembled', () => {
  const { output } = gcwat.emit(trampoline, 'object');
  assert.deepEqual(gcwat.assemble(trampoline, { object: true }).bytes, output);
  const { text, isObject, notes, difference } = gcwat.disassemble(output);
  assert.deepEqual([isObject, notes, difference], [true, [], null]);
  assert.deepEqual(gcwat.emit(text, 'object').output, output);
  assert.equal(gcwat.emit(trampoline, 'hex', { object: true }).output.trim(), Buffer.from(output).toString('hex'));
  assert.equal(gcwat.disassemble(gcwat.assemble('(module)').bytes).isObject, false);
  assert.throws(() => gcwat.emit('(module)', 'wat', { object: true }), TypeError);
});

test('wrong arguments are type errors', async () => {
  await assert.rejects(gcwat.explain('E9999'), new TypeError('unknown code `E9999`'));
  for (const options of [{ name: true }, { names: 'yes' }, { features: 'wasm9' }, { allow: 'E0101' }]) {
    assert.throws(() => gcwat.assemble('(module)', options), TypeError);
  }
  assert.throws(() => gcwat.assemble(42), TypeError);
  assert.throws(() => gcwat.emit('(module)', 'd'), TypeError);
  assert.throws(() => gcwat.emit('(module)', 'c', { symbol: 'int' }), TypeError);
  assert.throws(() => gcwat.disassemble('(module)'), TypeError);
});

test('all formats are written as by the command', () => {
  for (const format of gcwat.formats()) {
    const annotated = ['c', 'js'].includes(format);
    const { output } = gcwat.emit(trampoline, format, { fileName: 'trampoline.wat', annotate: annotated });
    const annotate = annotated ? ['--annotate'] : [];
    const command = ['assemble', join(root, 'corpus/trampoline.wat'), '--emit', format, '-o', '-', ...annotate];
    const expected = execFileSync(join(root, 'target/debug/gcwat'), command);
    assert.deepEqual(Buffer.from(output), expected, format);
  }
});

test('binaries are disassembled and described', () => {
  const { bytes } = gcwat.assemble(trampoline, { names: true });
  const { text, names, difference } = gcwat.disassemble(bytes);
  assert.ok(text.includes('$fptr') && names && difference === null);
  assert.deepEqual(gcwat.assemble(text, { names }).bytes, bytes);
  const { imports, exports } = gcwat.describe(bytes.buffer);
  assert.deepEqual([imports[0].module, imports[0].kind, imports[0].type], ['e', 'table', 'funcref']);
  assert.deepEqual([exports[0].parameters, exports[0].results], [['i32'], ['i32']]);
  assert.throws(() => gcwat.disassemble(new Uint8Array(3)), gcwat.GcwatError);
});

test('texts can be bytes, in UTF-8 or not', () => {
  assert.equal(gcwat.assemble(new TextEncoder().encode('(module)')).bytes.length, 8);
  assert.deepEqual(gcwat.check(new Uint8Array([0x28, 0xff])).map(({ code }) => code), ['E0004']);
  // A lone surrogate has no UTF-8; locations after it are right.
  const [{ span }] = gcwat.check('(; \ud800 ;) (func call $f)');
  assert.equal(span.start, 19);
});

test('strings with any characters are encoded as UTF-8', () => {
  for (const filler of ['a', '\u00e9', '\u4e2d', '\u{1f600}', 'a\u00e9\u4e2d\u{1f600}']) {
    for (const [before, count] of [['', 1], ['plain', 1], ['', 4000], ['x'.repeat(70_000), 30_000]]) {
      const characters = before + filler.repeat(count);
      const { bytes } = gcwat.assemble(`(memory 1) (data "${characters}")`);
      assert.deepEqual(Buffer.from(bytes.subarray(bytes.length - Buffer.byteLength(characters))), Buffer.from(characters));
      const [{ span }] = gcwat.check(`(; ${characters} ;)(func call $f)`);
      assert.deepEqual([span.start, span.line, span.column], [characters.length + 17, 1, characters.length + 18]);
    }
  }
  assert.deepEqual(gcwat.check('(module) ;; \ud800').length, 0);
});

test('the examples of the documentation run', { timeout: 120_000 }, async () => {
  const blocks = ['npm/README.md', 'docs/web.md'].flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8');
    return [...text.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);
  });
  const runnable = blocks.filter((code) => !code.includes('gcwat.wasm'));
  assert.ok(runnable.length >= 6);
  const modules = [];
  for (const [at, code] of runnable.entries()) {
    const file = join(project, `example-${at}.mjs`);
    writeFileSync(file, code);
    if (code.includes('export default')) {
      modules.push(await import(pathToFileURL(file)));
    } else {
      execFileSync(process.execPath, [file]);
    }
  }
  assert.equal(modules.length, 1);
  const replacement = await modules[0].default();
  const original = await wabt();
  for (const write_debug_names of [false, true]) {
    const text = '(module (func $add (export "add") (param $a i32) (result i32) local.get $a i32.const 1 i32.add))';
    const [ours, theirs] = [replacement, original].map(({ parseWat }) => {
      const module = parseWat('module.wat', text);
      module.validate();
      const { buffer } = module.toBinary({ write_debug_names });
      module.destroy();
      return Buffer.from(buffer);
    });
    assert.deepEqual(ours, theirs);
  }
  assert.throws(() => replacement.parseWat('module.wat', '(module (func call $f))').toBinary({}), gcwat.GcwatError);
});

test('the tables list instructions and codes', async () => {
  const { signature, immediates } = gcwat.instructions().find(({ mnemonic }) => mnemonic === 'i32.load');
  assert.deepEqual([signature, immediates], ['addr -> i32', ['memory']]);
  for (const { code, summary } of gcwat.codes()) {
    assert.equal(await gcwat.explain(code), readFileSync(join(root, `docs/diagnostics/${code}.md`), 'utf8'));
    assert.ok(summary);
  }
});

test('the package works in a worker', async () => {
  const source = `import { parentPort } from 'node:worker_threads';
    import { assemble } from 'gcwat';
    parentPort.postMessage(assemble('(module)').bytes);`;
  writeFileSync(join(project, 'worker.js'), source);
  const worker = new Worker(join(project, 'worker.js'));
  const bytes = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  assert.equal(bytes.length, 8);
});

test('the package works in Deno and Bun', () => {
  const source = `import { GcwatError, assemble } from 'gcwat';
    const { instance } = await WebAssembly.instantiate(assemble('(func (export "f") (result i32) i32.const 42)').bytes);
    try { assemble('(func call $f)'); } catch (error) { console.log(instance.exports.f(), error instanceof GcwatError, error.message); }`;
  writeFileSync(join(project, 'engines.mjs'), source);
  for (const [program, ...options] of [['deno', 'run', '--allow-read', '--node-modules-dir=manual', '--no-remote'], ['bun', 'run']]) {
    const command = [...options, 'engines.mjs'];
    const output = execFileSync(join(here, 'node_modules/.bin', program), command, { cwd: project, encoding: 'utf8' });
    assert.equal(output, '42 true 1:12: error: unknown function `$f` [E0301]\n', program);
  }
});

test('the types fit their use', () => {
  writeFileSync(join(project, 'use.ts'), readFileSync(join(here, 'use.ts')));
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom', 'use.ts'];
  execFileSync(join(here, 'node_modules/.bin/tsc'), options, { cwd: project, stdio: 'inherit' });
});

/// Converts a diagnostic of the package to the form of the native library, with locations in bytes.
function native(text, diagnostic) {
  const lines = text.split('\n');
  const span = ({ start, end, line, column, endLine, endColumn }) => {
    const at = (line, column) => lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
    assert.deepEqual([at(line, column), at(endLine, endColumn)], [start, end]);
    return [Buffer.byteLength(text.slice(0, start)), Buffer.byteLength(text.slice(0, end))];
  };
  const label = (one) => ({ ...one, span: span(one.span) });
  const suggestion = (one) => ({ ...one, edits: one.edits.map(label) });
  return {
    ...label(diagnostic),
    labels: diagnostic.labels.map(label),
    suggestions: diagnostic.suggestions.map(suggestion),
  };
}

/// Assembles a text. Returns what the native library returns.
function outcome(text) {
  const decoded = text.toString();
  const source = Buffer.from(decoded).equals(text) ? decoded : new Uint8Array(text);
  let bytes = null;
  let diagnostics;
  try {
    ({ bytes, diagnostics } = gcwat.assemble(source));
    bytes = Buffer.from(bytes).toString('base64');
  } catch (error) {
    ({ diagnostics } = error);
  }
  return { bytes, diagnostics: diagnostics.map((one) => native(decoded, one)) };
}

/// Converts a script. Returns what the native library returns.
function converted(text) {
  try {
    const { commands, files } = gcwat.script(text);
    return { commands, files: Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]) };
  } catch (error) {
    return { errors: error.diagnostics.map((one) => native(text, one)) };
  }
}

test('the test suites give the results of the native library', { timeout: 600_000 }, async () => {
  const lines = readFileSync(process.env.EXPECTED, 'utf8').trimEnd().split('\n');
  let scripts = 0;
  let modules = 0;
  let refused = 0;
  for (const line of lines) {
    const expected = JSON.parse(line);
    assert.deepEqual(converted(expected.text), expected.script, expected.name);
    for (const { text, ...module } of expected.modules) {
      const source = Buffer.from(text, 'base64');
      assert.deepEqual(outcome(source), module, `${expected.name}: ${source}`);
      modules += 1;
      refused += Number(module.bytes === null);
    }
    scripts += 1;
  }
  console.log(`${scripts} scripts, ${modules} modules, of which ${refused} have errors`);
  assert.ok(scripts > 300 && modules > 8000 && refused > 5000);
});
