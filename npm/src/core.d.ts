export * from "./index.js";

/** Instantiates gcwat. Takes the file `gcwat.wasm` of the package, compiled or as bytes. */
export function initialize(source: WebAssembly.Module | BufferSource): void;
