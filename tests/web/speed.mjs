// Measures the npm package against the npm packages `wabt` and `binaryen`, on the texts of real modules:
//
//     node speed.mjs [--runs N] [MODULE...]
//
// A module is a text (`.wat`), or a binary that `disassemble` converts to one. Without modules, those of `MODULES` are
// fetched from npm. All programs read the same text and write the binary, without validation and with it. Each round runs
// them in a random order, after a round that is not counted. Figures are medians of the CPU time of the process, which
// depends less on other load than the time of day.

import binaryen from 'binaryen';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import wabt from 'wabt';

/** The packages and the files in them. */
const MODULES = [
  ['playwright-core@1.65.1', 'lib/webp_codec.wasm'],
  ['@tensorflow/tfjs-backend-wasm@4.22.0', 'dist/tfjs-backend-wasm-simd.wasm'],
  ['@bokuweb/zstd-wasm@0.0.27', 'dist/web/zstd.wasm'],
  ['@jsquash/jpeg@1.6.0', 'codec/enc/mozjpeg_enc.wasm'],
  ['@jsquash/png@3.1.1', 'codec/pkg/squoosh_png_bg.wasm'],
];

const gcwat = await import(process.env.GCWAT ?? '../../npm/pkg/node.js');
const { parseWat } = await wabt();
const features = { exceptions: true, threads: true, tail_call: true, sign_extension: true, bulk_memory: true, reference_types: true, simd: true, multi_value: true, annotations: true };

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

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Returns the CPU time of a call in milliseconds. */
function measured(run) {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Fetches a file of a package from npm. Returns its path. */
function fetched([name, file]) {
  const folder = join(tmpdir(), 'gcwat-speed', name.replaceAll('/', '+'));
  const path = join(folder, 'package', file);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const packed = execFileSync('npm', ['pack', '--silent', name], { cwd: folder, encoding: 'utf8' }).trim();
    execFileSync('tar', ['xzf', packed], { cwd: folder });
  }
  return path;
}

const values = process.argv.slice(2);
const runs = values[0] === '--runs' ? Number(values.splice(0, 2)[1]) : 9;
const files = values.length > 0 ? values : MODULES.map(fetched);
const factors = {};
const names = Object.keys(PROGRAMS);
console.log(`| module | MB of text | validation | ${names.map((name) => `${name}, ms`).join(' | ')} | ${names.slice(1).join(' | ')} |`);
console.log(`|---|---:|---|${'---:|'.repeat(2 * names.length - 1)}`);
for (const file of files) {
  const text = file.endsWith('.wat') ? readFileSync(file, 'utf8') : gcwat.disassemble(readFileSync(file)).text;
  for (const validate of [false, true]) {
    const times = Object.fromEntries(names.map((name) => [name, []]));
    for (let run = 0; run <= runs; run += 1) {
      for (const name of names.toSorted(() => Math.random() - 0.5)) {
        if (!times[name]) {
          continue;
        }
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
    const cells = names.map((name) => (times[name] ? median(times[name]).toFixed(1) : ''));
    const ratios = names.slice(1).map((name) => {
      if (!times[name] || !times.gcwat) {
        return '';
      }
      const factor = median(times[name]) / median(times.gcwat);
      (factors[`${name}, ${validate ? 'with' : 'without'} validation`] ??= []).push(factor);
      return `${factor.toFixed(1)} times`;
    });
    console.log(`| ${basename(file)} | ${(text.length / 1e6).toFixed(1)} | ${validate ? 'yes' : 'no'} | ${cells.join(' | ')} | ${ratios.join(' | ')} |`);
  }
}
console.log();
for (const [name, list] of Object.entries(factors)) {
  console.log(`median of ${name}: ${median(list).toFixed(1)} times`);
}
