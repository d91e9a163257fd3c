// Compiles every program of the corpus whose features V8 supports, and runs the trampoline.
// Arguments: the command gcwat, and the folder of the corpus.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const [gcwat, corpus] = process.argv.slice(2);
const assemble = (file) => execFileSync(gcwat, ["assemble", join(corpus, file), "-o", "-"]);

// Programs of proposals that V8 supports only with flags, or not at all.
const AHEAD = ["stack_switching.wat"];

let compiled = 0;
for (const file of readdirSync(corpus).filter((file) => file.endsWith(".wat"))) {
  const bytes = assemble(file);
  if (AHEAD.includes(file)) {
    continue;
  }
  assert(WebAssembly.validate(bytes), file);
  await WebAssembly.compile(bytes);
  compiled += 1;
}
assert(compiled >= 8, `only ${compiled} programs`);

// Counts the parameters of a function in a table, which requires `ref.test`.
const module = await WebAssembly.compile(assemble("trampoline.wat"));
const [{ module: from, name, kind }] = WebAssembly.Module.imports(module);
assert.equal(kind, "table");
const functions = await WebAssembly.instantiate(execFileSync(gcwat, ["assemble"], { input: `
  (table (export "t") 8 funcref)
  (elem (i32.const 0) func $a $b $c $d $e)
  (func $a (result i32) i32.const 0) (func $b (param i32) (result i32) i32.const 0)
  (func $c (param i32 i32) (result i32) i32.const 0) (func $d (param i32 i32 i32) (result i32) i32.const 0)
  (func $e (param f64))` }));
const instance = await WebAssembly.instantiate(module, { [from]: { [name]: functions.instance.exports.t } });
const [count] = Object.values(instance.exports);
assert.deepEqual([0, 1, 2, 3, 4].map((index) => count(index)), [0, 1, 2, 3, -1]);

console.log(`V8 ${process.versions.v8}: ${compiled} programs compiled, 1 run`);
