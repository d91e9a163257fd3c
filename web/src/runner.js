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

/** Types whose values JavaScript can neither pass nor receive. */
const OPAQUE = /^v128$|exn|cont/;

const FLOATS = { nan: NaN, inf: Infinity, '+inf': Infinity, '-inf': -Infinity };

/** Returns the value of an argument. */
function parsed(type, text) {
  const trimmed = text.trim();
  if (/^[if]\d\d$/.test(type) || /i31/.test(type)) {
    const value = type.startsWith('f') ? FLOATS[trimmed] ?? Number(trimmed || NaN) : whole(trimmed);
    if (value === undefined || (Number.isNaN(value) && trimmed !== 'nan')) {
      throw new TypeError(`expected a value of type ${type}, found \`${text}\``);
    }
    return type === 'i64' || type.startsWith('f') ? value : Number(BigInt.asIntN(32, value));
  }
  return /extern|any/.test(type) ? text : null;
}

/** Returns an integer, or `undefined`. */
function whole(text) {
  const [, minus, digits] = /^([-+]?)(0x[\da-f]+|\d+)$/i.exec(text.replaceAll('_', '')) ?? [];
  return digits && (minus === '-' ? -BigInt(digits) : BigInt(digits));
}

/** Calls an exported function with arguments as text. */
function invoke({ name, types, results, values }) {
  const opaque = [...types, ...results].find((type) => OPAQUE.test(type));
  if (opaque) {
    throw new TypeError(`${name} has a parameter or result of type ${opaque}, which JavaScript cannot represent`);
  }
  return exports[name](...types.map((type, at) => parsed(type, values[at])));
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
      const value = invoke(data);
      log('result', `${data.name}(${data.values.join(', ')}) = ${value === undefined ? 'nothing' : shown(value)}`);
    }
    self.postMessage({ kind: 'done' });
  } catch (error) {
    lines = Math.min(lines, MOST_LINES - 2);
    log('error', error instanceof WebAssembly.Exception ? 'an exception was thrown and not caught' : `${error.name}: ${error.message}`);
    self.postMessage({ kind: 'done' });
  }
};
