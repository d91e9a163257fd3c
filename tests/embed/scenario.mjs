// The scenario for Node and for a browser: Python calls C functions with zero to three parameters through the
// trampoline, and the parameters of the same functions in the table of the program are counted.

export async function scenario(pyodide, callees, counter) {
  const c = pyodide._module;
  const calls = [];
  const object = (number) => c._PyLong_FromLong(number);
  const imports = {
    seen: (...args) => calls.push(args.filter((arg) => arg !== -1).length),
    zero: object(100),
    one: object(101),
    two: object(102),
    three: object(103),
  };
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(callees), { env: imports }).then(
    (instance) => instance,
  );
  const pointers = {};
  for (const [name, func] of Object.entries(exports)) {
    const index = c.wasmTable.length;
    c.wasmTable.grow(1);
    c.wasmTable.set(index, func);
    pointers[name] = index;
  }

  // A Python function of each kind, by the flag of its method definition.
  const METH_VARARGS = 1;
  const METH_KEYWORDS = 2;
  const METH_NOARGS = 4;
  const METH_O = 8;
  const define = (name, pointer, flags) => {
    const definition = c._malloc(16) / 4;
    c.HEAPU32.set([c.stringToNewUTF8(name), pointer, flags, 0], definition);
    const function_ = c._PyCMethod_New(definition * 4, 0, 0, 0);
    const proxy = c._python2js(function_);
    pyodide.globals.set(name, proxy);
  };
  define('f0', pointers.f0, METH_NOARGS);
  define('f1', pointers.f1, METH_NOARGS);
  define('f2', pointers.f2, METH_O);
  define('f3', pointers.f3, METH_VARARGS | METH_KEYWORDS);
  define('f4', pointers.f4, METH_VARARGS | METH_KEYWORDS);

  const results = pyodide.runPython(`
import sys

def error_of(function):
    try:
        function()
    except SystemError as error:
        return str(error)

[f0(), f1(), f2("x"), f3("x", y=1), error_of(f4), sum(range(10)), "a-b".split("-")]
`);
  const python = results.toJs();

  const table = new WebAssembly.Instance(new WebAssembly.Module(counter), { e: { t: c.wasmTable } });
  const counts = Object.fromEntries(
    Object.entries(pointers).map(([name, pointer]) => [name, table.exports.f(pointer)]),
  );
  return { python, calls, counts };
}

export const expected = {
  python: [100, 101, 102, 103, 'Handler takes too many arguments', 45, ['a', 'b']],
  calls: [1, 2, 3],
  counts: { f0: 0, f1: 1, f2: 2, f3: 3, f4: -1, other: -1 },
};
