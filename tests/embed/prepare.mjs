// Creates a copy of Pyodide with another trampoline, and the other files of the tests, with gcwat.

import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '../..');
const gcwat = process.env.GCWAT ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/gcwat');

/// Assembles a text with gcwat.
export function assemble(file, format, ...more) {
  return execFileSync(gcwat, ['assemble', file, '--emit', format, '-o', '-', ...more]);
}

export const trampoline = join(root, 'corpus/trampoline_call.wat');
export const failing = join(here, 'failing.wat');

/// Creates a folder with Pyodide, a trampoline assembled from `file`, and all files of the scenario.
export function prepare(file) {
  const folder = mkdtempSync(join(tmpdir(), 'gcwat-embed-'));
  cpSync(join(here, 'node_modules/pyodide'), join(folder, 'pyodide'), { recursive: true });
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
  const glue = join(folder, 'pyodide/pyodide.asm.mjs');
  const text = readFileSync(glue, 'utf8');
  const hex = /(function getWasmTrampolineModule\(\)\{return new WebAssembly\.Module\(hexStringToUTF8Array\(")([0-9a-f]+)("\)\)\})/g;
  assert.equal([...text.matchAll(hex)].length, 1, 'the trampoline of Pyodide is not where it was');
  const ours = assemble(file, 'hex').toString().trim();
  writeFileSync(glue, text.replace(hex, `$1${ours}$3`));
  writeFileSync(join(folder, 'trampoline.js'), assemble(join(root, 'corpus/trampoline.wat'), 'js'));
  writeFileSync(join(folder, 'callees.js'), assemble(join(here, 'callees.wat'), 'js', '--annotate'));
  for (const name of ['scenario.mjs', 'page.html']) {
    cpSync(join(here, name), join(folder, name));
  }
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
