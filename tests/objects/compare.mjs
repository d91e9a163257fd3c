// Calls all exports of modules and of the programs linked from their objects, and compares what they do.
// Argument: a folder with NAME.wasm and NAME.linked.wasm.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);

function instantiate(name) {
  return new WebAssembly.Instance(new WebAssembly.Module(readFileSync(join(folder, name))), {}).exports;
}

// Calls a function with numbers. Which parameters are of type `i64` becomes clear when they are converted.
function call(callee) {
  const isBig = Array(callee.length).fill(false);
  for (;;) {
    let last = -1;
    const parameter = (big, index) => ({
      [Symbol.toPrimitive]() {
        last = index;
        return big ? BigInt(index + 3) : index + 3.5;
      },
    });
    try {
      const result = callee(...isBig.map(parameter));
      return [result].flat().map((value) => (typeof value === "function" || Object(value) === value ? typeof value : value));
    } catch (error) {
      if (error instanceof TypeError && last >= 0 && !isBig[last] && /BigInt/.test(error.message)) {
        isBig[last] = true;
      } else {
        return error instanceof WebAssembly.Exception ? "an exception" : `${error.name}: ${error.message}`;
      }
    }
  }
}

// The values of all exports: the results of functions, then globals, and the lengths of tables.
function behaviour(exports, names) {
  const results = {};
  for (const name of names) {
    if (typeof exports[name] === "function") results[name] = call(exports[name]);
  }
  for (const name of names) {
    const item = exports[name];
    if (item instanceof WebAssembly.Table) results[name] = item.length;
    if (item instanceof WebAssembly.Global) {
      try {
        results[name] = Object(item.value) === item.value ? typeof item.value : item.value;
      } catch (error) {
        results[name] = error.message;
      }
    }
    assert(item !== undefined, `${name} is not exported`);
  }
  return results;
}

let count = 0;
let returned = 0;
for (const name of readdirSync(folder).filter((name) => name.endsWith(".linked.wasm"))) {
  const original = name.replace(".linked", "");
  const exports = instantiate(original);
  const names = Object.keys(exports).filter((name) => !(exports[name] instanceof WebAssembly.Memory));
  const expected = behaviour(exports, names);
  assert.deepEqual(behaviour(instantiate(name), names), expected, original);
  returned += Object.values(expected).filter(Array.isArray).length;
  count += 1;
}
assert(returned > count, "most functions trap");
console.log(`${count} random modules behave as their objects; ${returned} calls returned`);
