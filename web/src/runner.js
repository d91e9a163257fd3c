// Runs a module for the page. It runs in a worker of its own, which the page ends if it takes too long.

const MOST_LINES = 500;

let exports;
let lines = 0;

function log(kind, text) {
  lines += 1;
  if (lines <= MOST_LINES) {
    self.postMessage({ kind, text: lines === MOST_LINES ? 'more output is not shown' : text });
  }
}

function shown(value) {
  if (Array.isArray(value)) {
    return value.map(shown).join(', ');
  }
  if (typeof value === 'function') {
    return `function ${value.name}`;
  }
  if (typeof value === 'bigint') {
    return `${value}n`;
  }
  if (typeof value === 'object' && value !== null) {
    return 'a reference';
  }
  return typeof value === 'string' ? JSON.stringify(value) : Object.is(value, -0) ? '-0' : String(value);
}

const zero = (type) => (type === 'i64' ? 0n : /^[if]\d/.test(type) ? 0 : null);

/** Creates the value of an import. */
function imported({ module, name, kind, type, minimum, maximum, mutable, parameters, results, shared, address }, samples) {
  const limits = { initial: minimum, ...(maximum === null ? {} : { maximum }), ...(address === 'i64' ? { address } : {}) };
  switch (kind) {
    case 'function':
      return (...values) => {
        log('console', module === 'console' ? values.map(shown).join(' ') : `${module}.${name}(${values.map(shown).join(', ')})`);
        return results.length > 1 ? results.map(zero) : results.length === 1 ? zero(results[0]) : undefined;
      };
    case 'memory':
      return new WebAssembly.Memory({ ...limits, shared });
    case 'global':
      return new WebAssembly.Global({ value: type === 'funcref' ? 'anyfunc' : type, mutable }, zero(type));
    case 'tag':
      return new WebAssembly.Tag({ parameters });
    case 'table': {
      const initial = Math.min(Math.max(minimum, samples.length), maximum ?? Infinity);
      const table = new WebAssembly.Table({ ...limits, initial, element: type === 'funcref' ? 'anyfunc' : type });
      for (let at = 0; type === 'funcref' && at < Math.min(initial, samples.length); at += 1) {
        table.set(at, samples.get(at));
      }
      return table;
    }
  }
}

function parsed(type, text) {
  switch (type) {
    case 'i32':
    case 'f32':
    case 'f64':
      return Number(text);
    case 'i64':
      return BigInt(text);
    default:
      return /extern|any/.test(type) ? text : null;
  }
}

async function start({ bytes, imports, samples }) {
  const sample = await WebAssembly.instantiate(samples);
  const values = {};
  for (const one of imports) {
    values[one.module] ??= {};
    values[one.module][one.name] = imported(one, sample.instance.exports.samples);
  }
  ({ exports } = (await WebAssembly.instantiate(bytes, values)).instance);
}

self.onmessage = async ({ data }) => {
  try {
    lines = 0;
    if (data.bytes) {
      await start(data);
    }
    if (data.name !== undefined) {
      const value = exports[data.name](...data.types.map((type, at) => parsed(type, data.values[at])));
      log('result', `${data.name}(${data.values.join(', ')}) = ${value === undefined ? 'nothing' : shown(value)}`);
    }
    self.postMessage({ kind: 'done' });
  } catch (error) {
    lines = Math.min(lines, MOST_LINES - 2);
    log('error', error instanceof WebAssembly.Exception ? 'an exception was thrown and not caught' : `${error.name}: ${error.message}`);
    self.postMessage({ kind: 'done' });
  }
};
