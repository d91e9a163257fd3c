// Calls the export `run` of a linked program. Prints what the program printed and what it returned.
// Argument: the program.
import { readFileSync } from "node:fs";

const lines = [];
const host = {
  log: (value) => lines.push(`log ${value}`),
  make: (value) => ({ value }),
  value: (object) => object.value,
};
const env = {
  print: (value) => lines.push(String(value)),
  print_text: (at, length) => {
    const bytes = new Uint8Array(instance.exports.memory.buffer, Number(at), Number(length));
    lines.push(new TextDecoder().decode(bytes));
  },
};

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
// The memory of a program with threads is an import.
if (WebAssembly.Module.imports(module).some((item) => item.kind === "memory")) {
  env.memory = new WebAssembly.Memory({ initial: 17, maximum: 17, shared: true });
}
const instance = new WebAssembly.Instance(module, { env, host });
try {
  lines.push(`run = ${instance.exports.run()}`);
} catch (error) {
  lines.push(`${error.name}: ${error.message}`);
}
console.log(lines.join("\n"));
