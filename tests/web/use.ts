// A use of each function with its types. It is compiled only.

import { assemble, check, codes, describe, disassemble, emit, explain, fix, formats, GcwatError, instructions, script } from 'gcwat';
import { initialize } from 'gcwat/core';
import type { AssemblerOptions, Diagnostic, Span } from 'gcwat';

const options: AssemblerOptions = { names: true, features: ['wasm3', '-gc'], warn: 'unused', deny: 'warnings' };

export async function use(bytes: ArrayBuffer): Promise<WebAssembly.Module> {
  initialize(bytes);
  const text: string = emit('(module)', 'hex').output;
  const data: Uint8Array = emit(text, 'wasm', { annotate: true, symbol: 'x' }).output;
  const object: Uint8Array = emit(text, 'object').output;
  console.log(disassemble(object).isObject, disassemble(object).notes[0].length);
  for (const { kind } of describe(data).imports) {
    console.log(kind, (await explain(codes()[0].code)).length, formats(), instructions()[0].immediates);
  }
  console.log(disassemble(data).difference?.offset, fix(text).fixes[0].line, script(text).commands[0].type);
  try {
    return await WebAssembly.compile(assemble(text, options).bytes);
  } catch (error) {
    const diagnostics: Diagnostic[] = error instanceof GcwatError ? error.diagnostics : check(text);
    const spans: Span[] = diagnostics.flatMap(({ suggestions }) => suggestions.flatMap(({ edits }) => edits.map(({ span }) => span)));
    throw new GcwatError(`${spans.length}`, diagnostics);
  }
}

// @ts-expect-error an unknown option
assemble('(module)', { name: true });
// @ts-expect-error an unknown format
emit('(module)', 'd');
