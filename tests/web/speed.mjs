// Measures the npm package against the npm packages `wabt` and `binaryen`, on the texts of real modules:
//
//     node speed.mjs MODULE.wasm...
//
// Each text is the output of `disassemble`, so all three read the same. wabt and binaryen do not validate here, so they are
// compared with gcwat without validation. Runs are interleaved; figures are medians.

import binaryen from 'binaryen';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import wabt from 'wabt';

const RUNS = 5;
const gcwat = await import(process.env.GCWAT ?? '../../npm/pkg/node.js');
const { parseWat } = await wabt();

function byWabt(text) {
  const module = parseWat('module.wat', text, { exceptions: true, threads: true, tail_call: true, sign_extension: true, bulk_memory: true, reference_types: true, simd: true, multi_value: true });
  const { buffer } = module.toBinary({});
  module.destroy();
  return buffer;
}

function byBinaryen(text) {
  const module = binaryen.parseText(text);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

const PROGRAMS = {
  'gcwat, with validation': (text) => gcwat.assemble(text).bytes,
  'gcwat, without validation': (text) => gcwat.assemble(text, { validate: false }).bytes,
  'wabt, without validation': byWabt,
  'binaryen, without validation': byBinaryen,
};

const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

for (const file of process.argv.slice(2)) {
  const { text } = gcwat.disassemble(readFileSync(file));
  const times = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const [name, assemble] of Object.entries(PROGRAMS)) {
      const start = performance.now();
      try {
        assemble(text);
        times[name].push(performance.now() - start);
      } catch (error) {
        if (run === 0) {
          console.error(`${name}: ${`${error.message ?? error}`.slice(0, 200)}`);
        }
      }
    }
  }
  console.log(`\n${basename(file)}, ${(text.length / 1e6).toFixed(1)} MB of text\n`);
  console.log('| | ms | MB/s | relative to gcwat without validation |\n|---|---:|---:|---:|');
  const own = median(times['gcwat, without validation']);
  for (const [name, list] of Object.entries(times).filter(([, list]) => list.length > 0)) {
    const time = median(list);
    const factor = name.startsWith('gcwat') ? '' : `${(time / own).toFixed(1)} times`;
    console.log(`| ${name} | ${time.toFixed(0)} | ${(text.length / time / 1e3).toFixed(0)} | ${factor} |`);
  }
}
