// Runs the scenario in a prepared folder, and prints the results.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const load = (name) => import(pathToFileURL(join(process.argv[2], name)));
const { loadPyodide } = await load('pyodide/pyodide.mjs');
const { scenario } = await load('scenario.mjs');
const { default: callees } = await load('callees.js');
const { default: counter } = await load('trampoline.js');
console.log(JSON.stringify(await scenario(await loadPyodide(), callees, counter)));
process.exit(0);
