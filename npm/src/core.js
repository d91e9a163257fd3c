// The functions of gcwat, without the WebAssembly module: `initialize` must be called first. The entries of the package
// (index.js, node.js) do that.

import * as glue from './glue.js';
import { assemblerOptions, outputOptions } from './options.js';
import { textOf } from './text.js';

/** Memory never shrinks, so a larger instance is replaced after a call. */
const LARGE = 256 << 20;

const decoder = new TextDecoder();

let module;
let memory;

/** Instantiates gcwat. Takes a compiled module or its bytes. */
export function initialize(source) {
  module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  memory = undefined;
}

/** An error of a text, of a binary or of gcwat. */
export class GcwatError extends Error {
  constructor(message, diagnostics = []) {
    super(message);
    this.name = 'GcwatError';
    this.diagnostics = diagnostics;
  }
}

/**
 * Calls a function of the WebAssembly module. Values that depend on its memory are functions of it. Returns the JSON of the
 * result and the bytes.
 */
function call(name, ...values) {
  if (!module) {
    throw new Error('gcwat is not initialized: import `gcwat`, or call `initialize` of `gcwat/core`');
  }
  memory ??= glue.initSync({ module }).memory;
  let answer;
  try {
    answer = glue[name](...values.map((value) => (typeof value === 'function' ? value(memory) : value)));
  } catch (error) {
    memory = undefined;
    throw new GcwatError(`gcwat stopped, probably because it ran out of memory: ${error.message}`);
  }
  if (memory.buffer.byteLength > LARGE) {
    memory = undefined;
  }
  const [json, ...parts] = unpack(answer);
  const result = JSON.parse(decoder.decode(json));
  if (result.wrong !== undefined) {
    throw new TypeError(result.wrong);
  }
  if (result.errors !== undefined) {
    throw new GcwatError(summary(result.errors), result.errors);
  }
  return [result, parts];
}

/** Returns the parts of an answer. Each comes after its length in four bytes. */
function unpack(answer) {
  const parts = [];
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  for (let at = 0; at < answer.length; ) {
    const start = at + 4;
    at = start + view.getUint32(at, true);
    parts.push(answer.slice(start, at));
  }
  return parts;
}

/** The longest list of errors in a message. */
const MOST = 10;

function summary(diagnostics) {
  const line = ({ span, level, message, code }) => `${span.line}:${span.column}: ${level}: ${message} [${code}]`;
  const lines = diagnostics.slice(0, MOST).map(line);
  if (diagnostics.length > MOST) {
    lines.push(`and ${diagnostics.length - MOST} more`);
  }
  return lines.join('\n');
}

export function assemble(text, options) {
  const [{ diagnostics }, [bytes]] = call('assemble', textOf(text), assemblerOptions(options));
  return { bytes, diagnostics };
}

export function check(text, options) {
  const [{ diagnostics }] = call('check', textOf(text), assemblerOptions(options));
  return diagnostics;
}

export function emit(text, format, options = {}) {
  const { annotate, fileName, symbol, ...rules } = options;
  const output = outputOptions({ annotate, fileName, symbol });
  const [{ diagnostics, isText }, [bytes]] = call('emit', textOf(text), `${format}`, assemblerOptions(rules), output);
  return { output: isText ? decoder.decode(bytes) : bytes, diagnostics };
}

export function fix(text, options) {
  const [result] = call('fix', `${text}`, assemblerOptions(options));
  return result;
}

export function disassemble(bytes) {
  const [result] = call('disassemble', bytesOf(bytes));
  if (result.message !== undefined) {
    throw new GcwatError(result.message);
  }
  return result;
}

export function script(text, options = {}) {
  const { fileName = 'script.wast', ...rules } = options;
  const [{ json, names }, parts] = call('script', `${text}`, fileName, assemblerOptions(rules));
  const files = Object.fromEntries(names.map((name, at) => [name, parts[at]]));
  return { commands: JSON.parse(json).commands, files };
}

export function describe(bytes) {
  const [result] = call('describe', bytesOf(bytes));
  if (result.message !== undefined) {
    throw new GcwatError(result.message);
  }
  return result;
}

export async function explain(code) {
  const [{ name }] = call('explain', `${code}`);
  const { default: pages } = await import('./pages.js');
  return pages[name];
}

let known;

function tables() {
  return (known ??= call('tables')[0]);
}

export const instructions = () => tables().instructions;
export const formats = () => tables().formats;
export const codes = () => tables().codes;

function bytesOf(bytes) {
  if (bytes instanceof ArrayBuffer) {
    return new Uint8Array(bytes);
  }
  if (!ArrayBuffer.isView(bytes)) {
    throw new TypeError('expected a Uint8Array or an ArrayBuffer');
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
