// Measures the npm package against the npm packages `wabt` and `binaryen`, on the texts of real modules:
//
//     node speed.mjs MODULE...
//
// A module is a text (`.wat`), or a binary that `disassemble` converts to one. All three programs read the same text and
// write the binary, without validation and with it. Runs are interleaved, after one that is not counted; figures are
// medians of the CPU time of the process, which depends less on other load than the time of day.

import binaryen from 'binaryen';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import wabt from 'wabt';

const RUNS = 7;
const gcwat = await import(process.env.GCWAT ?? '../../npm/pkg/node.js');
const { parseWat } = await wabt();
const features = { exceptions: true, threads: true, tail_call: true, sign_extension: true, bulk_memory: true, reference_types: true, simd: true, multi_value: true };

function byWabt(text, validate) {
  const module = parseWat('module.wat', text, features);
  if (validate) {
    module.validate();
  }
  const { buffer } = module.toBinary({});
  module.destroy();
  return buffer;
}

function byBinaryen(text, validate) {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.All);
  if (validate && !module.validate()) {
    throw new Error('invalid');
  }
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

const PROGRAMS = {
  gcwat: (text, validate) => gcwat.assemble(text, { validate }).bytes,
  wabt: byWabt,
  binaryen: byBinaryen,
};

const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

/** Returns the CPU time of a call in milliseconds. */
function measured(run) {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

for (const file of process.argv.slice(2)) {
  const text = file.endsWith('.wat') ? readFileSync(file, 'utf8') : gcwat.disassemble(readFileSync(file)).text;
  console.log(`\n${basename(file)}, ${(text.length / 1e6).toFixed(2)} MB of text\n`);
  console.log('| | ms | relative to gcwat |\n|---|---:|---:|');
  for (const validate of [false, true]) {
    const times = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, []]));
    for (let run = 0; run <= RUNS; run += 1) {
      for (const name of Object.keys(times)) {
        try {
          const time = measured(() => PROGRAMS[name](text, validate));
          if (run > 0) {
            times[name].push(time);
          }
        } catch (error) {
          console.error(`${name}: ${`${error.message ?? error}`.slice(0, 200)}`);
          delete times[name];
        }
      }
    }
    const own = median(times.gcwat);
    for (const [name, list] of Object.entries(times)) {
      const time = median(list);
      const factor = name === 'gcwat' ? '' : `${(time / own).toFixed(1)} times`;
      console.log(`| ${name}, ${validate ? 'with' : 'without'} validation | ${time.toFixed(time < 10 ? 1 : 0)} | ${factor} |`);
    }
  }
}
