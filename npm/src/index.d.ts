/** A range of a text. Offsets and columns count UTF-16 code units, as strings of JavaScript do. */
export interface Span {
  /** The offset of the first code unit. */
  start: number;
  /** The offset after the last code unit. */
  end: number;
  /** The line of the start, counted from 1. */
  line: number;
  /** The column of the start, counted from 1. */
  column: number;
  /** The line of the end, counted from 1. */
  endLine: number;
  /** The column of the end, counted from 1. */
  endColumn: number;
}

/** A location that is related to a diagnostic. */
export interface Label {
  span: Span;
  message: string;
}

/** The replacement of one range of text, which may be empty. */
export interface Edit {
  span: Span;
  replacement: string;
}

/** A change of the text that would fix the problem of a diagnostic. */
export interface Suggestion {
  /** The effect of the change, in the imperative. */
  message: string;
  /** The edits, in source order and without overlap. */
  edits: Edit[];
  /** Tools may apply suggestions that are `MachineApplicable`. The names are those of rustc. */
  applicability: 'MachineApplicable' | 'MaybeIncorrect' | 'HasPlaceholders';
}

/** One error or warning. */
export interface Diagnostic {
  /** The kind, such as `E0301`. Codes are stable across versions; see {@link explain}. */
  code: string;
  level: 'error' | 'warning';
  /** One line without a full stop. */
  message: string;
  /** The offending source text. */
  span: Span;
  /** The label of `span`. May be empty. */
  label: string;
  /** Labels of related locations. */
  labels: Label[];
  /** Notes, each on one or more lines. */
  notes: string[];
  suggestions: Suggestion[];
}

export interface AssemblerOptions {
  /** Whether to write a name section. The default is `false`. */
  names?: boolean;
  /** Whether to validate the module. The default is `true`. */
  validate?: boolean;
  /** Whether extensions of the text format are errors instead of warnings. The default is `false`. */
  strict?: boolean;
  /** The features that the module may use, such as `wasm2`, `wasm3,threads` or `-gc`. By default, all are allowed. */
  features?: string | string[];
  /** Whether to assemble an object for linkers. The default is `false`; the format `object` implies it. */
  object?: boolean;
  /**
   * Warnings to report: codes such as `W0012`, or the groups `all`, `default`, `unused` and `suspicious`. In `warn`,
   * `allow` and `deny`, a code has precedence over a group, and a small group over a large one; otherwise the last of
   * the three options counts.
   */
  warn?: string | string[];
  /** Codes or groups of warnings to suppress; `warnings` is the same as `all`. */
  allow?: string | string[];
  /** Codes or groups of warnings that are errors; `warnings` means all that are reported. */
  deny?: string | string[];
}

export interface EmitOptions extends AssemblerOptions {
  /** Whether to group the bytes of arrays, with a comment for each group. The default is `false`. */
  annotate?: boolean;
  /** The file name of the text, for comments. The default is `module.wat`. */
  fileName?: string;
  /** The name of the array. The default is derived from the file name. */
  symbol?: string;
}

export interface ScriptOptions extends AssemblerOptions {
  /** The file name of the script, from which the names of module files are made. The default is `script.wast`. */
  fileName?: string;
}

export interface Assembled {
  /** The module in the binary format. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The warnings. */
  diagnostics: Diagnostic[];
}

export type TextFormat =
  | 'wat' | 'c' | 'js' | 'em-js' | 'rust' | 'python' | 'hex' | 'base64' | 'json' | 'listing';

export type BinaryFormat = 'wasm' | 'object';

export type Format = BinaryFormat | TextFormat;

export interface Emitted<Output> {
  output: Output;
  /** The warnings. */
  diagnostics: Diagnostic[];
}

export interface Fixed {
  /** The text with all suggestions applied that are certain. */
  text: string;
  /** The applied suggestions, with their locations in the original text. Columns count characters. */
  fixes: { code: string; message: string; line: number; column: number }[];
  /** The remaining diagnostics of the new text. */
  diagnostics: Diagnostic[];
}

export interface Disassembled {
  text: string;
  /** Whether the text must be assembled with a name section to produce the same bytes. */
  names: boolean;
  /** Whether the binary is an object, whose text must be assembled to an object. */
  isObject: boolean;
  /** The parts of an object that have no text, in a sentence for each. */
  notes: string[];
  /** The difference between the binary and the reassembled text. */
  difference: null | {
    kind: 'not-canonical' | 'not-the-same' | 'not-assembled';
    message: string;
    /** The offset of the first different byte. */
    offset?: number;
    section?: string;
  };
}

export interface Script {
  /** The commands, in the format of wabt's `wast2json`. */
  commands: { type: string; line: number; [key: string]: unknown }[];
  /** The module files that the commands refer to. */
  files: Record<string, Uint8Array<ArrayBuffer>>;
}

/** The type of an import or export. */
export type ExternalType =
  | { kind: 'function' | 'tag'; parameters: string[]; results: string[] }
  | { kind: 'table'; type: string; minimum: number; maximum: number | null; address: 'i32' | 'i64' }
  | { kind: 'memory'; minimum: number; maximum: number | null; shared: boolean; address: 'i32' | 'i64' }
  | { kind: 'global'; type: string; mutable: boolean };

export interface Description {
  imports: (ExternalType & { module: string; name: string })[];
  exports: (ExternalType & { name: string })[];
}

export interface Instruction {
  mnemonic: string;
  /** `operands -> results` if they depend on nothing else, otherwise empty. */
  signature: string;
  /** The index spaces of the indices that follow the instruction. */
  immediates: string[];
  /** The proposal that added the instruction. */
  proposal: string;
}

/** The bytes of a binary. */
export type Bytes = ArrayBuffer | ArrayBufferView;

/** The text of a module: a string, or its bytes in UTF-8. */
export type Text = string | Uint8Array;

/** An error of a text, of a binary or of gcwat. */
export class GcwatError extends Error {
  name: 'GcwatError';
  /** All errors and warnings of the text, in source order. Empty if the error is not one of a text. */
  diagnostics: Diagnostic[];
  constructor(message: string, diagnostics?: Diagnostic[]);
}

/**
 * Assembles a text.
 * @throws {GcwatError} if the text has errors
 */
export function assemble(text: Text, options?: AssemblerOptions): Assembled;

/** Checks a text. Returns all errors and warnings, in source order. */
export function check(text: Text, options?: AssemblerOptions): Diagnostic[];

/**
 * Assembles a text and writes the module in another format.
 * @throws {GcwatError} if the text has errors
 */
export function emit(text: Text, format: BinaryFormat, options?: EmitOptions): Emitted<Uint8Array<ArrayBuffer>>;
export function emit(text: Text, format: TextFormat, options?: EmitOptions): Emitted<string>;
export function emit(text: Text, format: Format, options?: EmitOptions): Emitted<string | Uint8Array<ArrayBuffer>>;

/** Applies all suggestions that are certain, until none is left. */
export function fix(text: string, options?: AssemblerOptions): Fixed;

/**
 * Converts a binary to text that assembles to the same bytes.
 * @throws {GcwatError} if the bytes are not a module
 */
export function disassemble(bytes: Bytes): Disassembled;

/**
 * Converts a test script (`.wast`) to commands and module files.
 * @throws {GcwatError} if the script has errors
 */
export function script(text: string, options?: ScriptOptions): Script;

/**
 * Returns the types of the imports and exports of a module.
 * @throws {GcwatError} if the module is invalid
 */
export function describe(bytes: Bytes): Description;

/** Returns the documentation of a code of diagnostics, in Markdown. */
export function explain(code: string): Promise<string>;

/** Returns the instruction table. */
export function instructions(): Instruction[];

/** Returns the names of the output formats. */
export function formats(): Format[];

/** Returns the codes of diagnostics. */
export function codes(): { code: string; summary: string }[];
