// Loads position-independent code at an address that is not 0 and calls its export `run`.
// Argument: the library or program.
import { readFileSync } from "node:fs";

const global = (value, mutable = false) => new WebAssembly.Global({ value: "i32", mutable }, value);
const env = {
  memory: new WebAssembly.Memory({ initial: 4 }),
  __indirect_function_table: new WebAssembly.Table({ initial: 16, element: "anyfunc" }),
  __memory_base: global(4096),
  __table_base: global(5),
  __stack_pointer: global(65536, true),
};
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const { exports } = new WebAssembly.Instance(module, { env });
exports.__wasm_apply_data_relocs?.();
exports.__wasm_call_ctors?.();
console.log(`run = ${exports.run()}`);
