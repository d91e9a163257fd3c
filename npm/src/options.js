// Arguments in the form that the WebAssembly module takes: each option is a line.

/** The options that are `true` or `false`, with their default and the line that changes it. */
const FLAGS = {
  names: [false, 'names'],
  object: [false, 'object'],
  strict: [false, 'strict'],
  validate: [true, 'no-validate'],
};

/** The options that are lists. */
const LISTS = ['features', 'warn', 'allow', 'deny'];

/** Returns the options of the assembler as lines. */
export function assemblerOptions(options = {}) {
  const lines = [];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) {
      continue;
    }
    if (Object.hasOwn(FLAGS, name)) {
      const [usual, line] = FLAGS[name];
      if (flag(name, value) !== usual) {
        lines.push(line);
      }
    } else if (name === 'features') {
      lines.push(line(name, [value].flat().join(',')));
    } else if (LISTS.includes(name)) {
      lines.push(...[value].flat().map((one) => line(name, one)));
    } else {
      throw new TypeError(`unknown option \`${name}\``);
    }
  }
  return lines.join('\n');
}

/** Returns the options of an output format as lines. */
export function outputOptions({ annotate = false, fileName, symbol }) {
  const lines = flag('annotate', annotate) ? ['annotate'] : [];
  if (fileName !== undefined) {
    lines.push(line('file-name', fileName));
  }
  if (symbol !== undefined) {
    lines.push(line('symbol', symbol));
  }
  return lines.join('\n');
}

function flag(name, value) {
  if (typeof value !== 'boolean') {
    throw new TypeError(`the option \`${name}\` must be true or false`);
  }
  return value;
}

function line(name, value) {
  return `${name} ${`${value}`.replace(/[\r\n]+/g, ' ')}`;
}
