// Describes a program or an object in sorted lines.
// Arguments: `imports` and a program, or `object` and an object.
import { readFileSync } from "node:fs";
import { readObject } from "./object.mjs";

const [what, file] = process.argv.slice(2);
const bytes = readFileSync(file);
if (what === "imports") {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  console.log(imports.map((item) => `import ${item.kind} ${item.module}.${item.name}`).sort().join("\n"));
} else {
  console.log(readObject(bytes).describe().join("\n"));
}
