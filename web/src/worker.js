// Assembles texts for the page, so that it stays responsive.

import * as gcwat from '../../npm/pkg/core.js';

const ready = fetch('gcwat.wasm')
  .then((response) => (response.ok ? response.arrayBuffer() : Promise.reject(new Error(`gcwat.wasm: ${response.status} ${response.statusText}`))))
  .then((bytes) => WebAssembly.compile(bytes))
  .then(gcwat.initialize);

/** Functions for the sample table of the run pane: each takes as many parameters as its index. */
const SAMPLES = `(module
  (func $0 (result i32) i32.const 100)
  (func $1 (param i32) (result i32) i32.const 101)
  (func $2 (param i32 i32) (result i32) i32.const 102)
  (func $3 (param i32 i32 i32) (result i32) i32.const 103)
  (func $4 (param i32 i32 i32 i32) (result i32) i32.const 104)
  (table (export "samples") funcref (elem $0 $1 $2 $3 $4)))`;

const FUNCTIONS = {
  /** Checks a text. Returns its diagnostics, and the module if there is no error. */
  check(text) {
    try {
      const { bytes, diagnostics } = gcwat.assemble(text);
      return { bytes, diagnostics };
    } catch (error) {
      if (error instanceof gcwat.GcwatError && error.diagnostics.length > 0) {
        return { diagnostics: error.diagnostics };
      }
      throw error;
    }
  },
  emit: (text, format) => gcwat.emit(text, format, { annotate: ['c', 'js'].includes(format), fileName: 'module.wat' }).output,
  /** Assembles an object. Returns its text with the annotations of linking, and its bytes. */
  object(text) {
    const { output } = gcwat.emit(text, 'object');
    return { text: gcwat.disassemble(output).text, bytes: output };
  },
  describe: (bytes) => gcwat.describe(bytes),
  disassemble: (bytes) => gcwat.disassemble(bytes).text,
  instructions: () => gcwat.instructions(),
  samples: () => gcwat.assemble(SAMPLES).bytes,
};

self.onmessage = async ({ data: { id, name, values } }) => {
  try {
    await ready;
    self.postMessage({ id, value: FUNCTIONS[name](...values) });
  } catch (error) {
    self.postMessage({ id, error: error.message });
  }
};
