// The entry for browsers and bundlers: loads the WebAssembly module from its own address.

import { initialize } from './core.js';

export * from './core.js';

const response = await fetch(new URL('./gcwat.wasm', import.meta.url));
if (!response.ok) {
  throw new Error(`gcwat.wasm: ${response.status} ${response.statusText}`);
}
// A server may not know the media type of WebAssembly, so the module is not compiled while it is loaded.
initialize(await WebAssembly.compile(await response.arrayBuffer()));
