// Builds the playground, a folder for any static host, and optionally serves it:
//
//     node web/build.mjs             # writes web/dist
//     node web/build.mjs --serve     # and serves it on http://localhost:8000
//
// npm/build must have been run before.

import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { serve } from './serve.mjs';

const here = new URL(".", import.meta.url).pathname;
const root = join(here, '..');
const dist = join(here, 'dist');
/// The most bytes that the scripts and styles of the page may have, compressed.
const LIMIT = 200_000;

const wasm = join(root, 'npm/pkg/gcwat.wasm');
if (!existsSync(wasm)) {
  throw new Error('npm/pkg is missing: run npm/build first');
}
const corpus = join(root, 'corpus');
const title = (name) => name.replace('.wat', '').replaceAll('_', ' ');
const names = readdirSync(corpus).filter((name) => name.endsWith('.wat') && !/^trampoline_/.test(name));
const rank = (name) => (name === 'trampoline.wat' ? '' : name);
names.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
const EXAMPLES = names.map((name) => ({ name: title(name), text: readFileSync(join(corpus, name), 'utf8') }));
const HELLO = `;; Prints numbers by an imported function.

(module
  (import "console" "log" (func $log (param i32)))

  (func (export "count") (param $to i32)
    (local $i i32)
    (loop $next
      (call $log (local.get $i))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $to)))))
)
`;
EXAMPLES.splice(1, 0, { name: 'console', text: HELLO });

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
await build({
  entryPoints: ['main.js', 'worker.js', 'runner.js'].map((name) => join(here, 'src', name)),
  outdir: dist,
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2023',
  legalComments: 'eof',
  plugins: [
    {
      name: 'examples',
      setup(build) {
        build.onResolve({ filter: /^\.\/examples\.js$/ }, () => ({ path: 'examples', namespace: 'examples' }));
        build.onLoad({ filter: /.*/, namespace: 'examples' }, () => ({ contents: `export const EXAMPLES = ${JSON.stringify(EXAMPLES)}` }));
      },
    },
  ],
});
for (const name of ['index.html', 'style.css', 'icon.svg']) {
  cpSync(join(here, 'src', name), join(dist, name));
}
cpSync(wasm, join(dist, 'gcwat.wasm'));
writeFileSync(join(dist, '.nojekyll'), '');

const size = ['index.html', 'main.js', 'worker.js', 'runner.js', 'style.css']
  .map((name) => gzipSync(readFileSync(join(dist, name)), { level: 9 }).length)
  .reduce((sum, one) => sum + one, 0);
console.log(`web/dist: ${size} bytes compressed, without the assembler`);
if (size > LIMIT) {
  throw new Error(`the page is larger than ${LIMIT} bytes`);
}
if (process.argv.includes('--serve')) {
  const server = await serve(dist, 8000);
  console.log(`http://localhost:${server.address().port}`);
}
