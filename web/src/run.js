// The pane that runs the module: a form for each exported function, and what the module prints.

import { call } from './assembler.js';

/** The longest that a call may take, in milliseconds. */
const LIMIT = 2000;

/** The most lines that the log keeps. */
const MOST = 300;

let worker = null;
let module = null;
let samples = null;
let busy = false;

/** Ends the instance, so that the next call begins with a new one. */
function reset() {
  worker?.terminate();
  worker = null;
  busy = false;
}

function line(log, kind, text) {
  const item = document.createElement('li');
  item.className = kind;
  item.textContent = text;
  log.append(item);
  while (log.children.length > MOST) {
    log.firstChild.remove();
  }
  item.scrollIntoView({ block: 'nearest' });
}

/** Calls an exported function in the worker, or only instantiates the module. */
async function run(log, request) {
  if (busy) {
    return;
  }
  busy = true;
  samples ??= await call('samples');
  const isNew = worker === null;
  worker ??= new Worker('runner.js', { type: 'module' });
  const own = worker;
  const timer = setTimeout(() => {
    reset();
    line(log, 'error', `stopped after ${LIMIT / 1000} seconds; the next call uses a new instance`);
  }, LIMIT);
  own.onmessage = ({ data: { kind, text } }) => {
    if (kind !== 'done') {
      return line(log, kind, text);
    }
    clearTimeout(timer);
    busy = false;
  };
  own.onerror = ({ message }) => {
    clearTimeout(timer);
    reset();
    line(log, 'error', message);
  };
  own.postMessage({ ...request, ...(isNew ? { bytes: module.bytes, imports: module.imports, samples } : {}) });
}

/** Returns the form that calls a function. */
function form(log, { name, parameters, results }) {
  const form = document.createElement('form');
  form.className = 'call';
  const code = document.createElement('code');
  code.textContent = name;
  form.append(code);
  const inputs = parameters.map((type, at) => {
    const label = document.createElement('label');
    const input = document.createElement('input');
    input.type = 'text';
    input.value = '0';
    input.autocomplete = 'off';
    input.setAttribute('aria-label', `parameter ${at + 1} of ${name}: ${type}`);
    label.append(type, input);
    form.append(label);
    return input;
  });
  const result = document.createElement('label');
  result.textContent = `→ ${results.join(' ') || 'nothing'}`;
  const button = document.createElement('button');
  button.className = 'primary';
  button.textContent = 'Call';
  button.setAttribute('aria-label', `Call ${name}`);
  form.append(result, button);
  form.onsubmit = (event) => {
    event.preventDefault();
    run(log, { name, types: parameters, results, values: inputs.map(({ value }) => value) });
  };
  return form;
}

/** Says what the page supplies for an import. */
function supply({ module, name, kind, type }) {
  const what = {
    function: 'prints its arguments and returns zero',
    table: type === 'funcref' ? 'has functions with 0 to 4 parameters at the indices 0 to 4' : 'is empty',
    memory: 'is empty',
    global: 'is zero',
    tag: 'is new',
  };
  return `The ${kind} ${module}.${name} ${what[kind]}.`;
}

/** Shows a module. */
export async function show(element, bytes) {
  const { imports, exports } = await call('describe', bytes);
  reset();
  module = { bytes, imports };
  const log = document.createElement('ol');
  log.className = 'log';
  log.setAttribute('aria-label', 'Results');
  log.setAttribute('aria-live', 'polite');
  const functions = exports.filter(({ kind }) => kind === 'function');
  const hint = document.createElement('p');
  hint.className = 'hint';
  hint.textContent = [
    functions.length === 0 ? 'The module exports no functions.' : `Each call runs in a worker for ${LIMIT / 1000} seconds at most.`,
    ...imports.slice(0, 8).map(supply),
  ].join(' ');
  const start = document.createElement('button');
  start.type = 'button';
  start.textContent = 'New instance';
  start.onclick = () => {
    reset();
    run(log, {});
  };
  element.replaceChildren(hint, ...functions.slice(0, 200).map((one) => form(log, one)), start, log);
}
