// The entry for Node, Deno and Bun: reads the WebAssembly module from its file.

import { readFileSync } from 'node:fs';
import { initialize } from './core.js';

export * from './core.js';

initialize(readFileSync(new URL('./gcwat.wasm', import.meta.url)));
