// The panes next to the editor: the module in other forms.

import { call } from './assembler.js';

/** The most characters of a pane: a longer text would make the page slow. */
const MOST = 200_000;

/** Returns bytes in rows of sixteen, with their offsets and as ASCII. */
function dump(bytes) {
  const rows = [];
  for (let at = 0; at < bytes.length && rows.length < 5000; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0'));
    const digits = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`.padEnd(48);
    const ascii = row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
    rows.push(`${at.toString(16).padStart(6, '0')}  ${digits}  ${ascii}`);
  }
  return rows.join('\n');
}

/** Returns what a pane shows: a text, and the file with these contents. */
const shown = (text, name, contents = text) => ({ text, name, contents });

/** The panes that show text: their titles, and the functions from a text and its module to what they show. */
export const PANES = {
  listing: { title: 'Listing', show: async (text) => shown(await call('emit', text, 'listing'), 'module.lst') },
  hex: { title: 'Hex', show: async (text, bytes) => shown(dump(bytes), 'module.wasm', bytes) },
  wat: { title: 'Disassembly', show: async (text, bytes) => shown(await call('disassemble', bytes), 'module.wat') },
  c: { title: 'C', show: async (text) => shown(await call('emit', text, 'c'), 'module.h') },
  js: { title: 'JavaScript', show: async (text) => shown(await call('emit', text, 'js'), 'module.js') },
  object: {
    title: 'Object',
    async show(text) {
      try {
        const object = await call('object', text);
        return shown(object.text, 'module.o', object.bytes);
      } catch (error) {
        return shown(`This module cannot be an object.\n${error.message}`);
      }
    },
  },
};

function button(title, onclick) {
  const made = document.createElement('button');
  Object.assign(made, { type: 'button', textContent: title, onclick });
  return made;
}

/** Saves a file. */
function save(name, contents) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([contents]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Fills an element with a text, and buttons that copy it and save it as a file. */
export function fill(element, { text, name, contents }) {
  const bar = document.createElement('div');
  bar.className = 'bar';
  const size = document.createElement('span');
  size.textContent = `${text.split('\n').length} lines`;
  const copy = button('Copy', async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = 'Copied';
  });
  bar.append(size, copy, ...(name ? [button(`Save ${name}`, () => save(name, contents))] : []));
  const pre = document.createElement('pre');
  pre.textContent = text.length > MOST ? `${text.slice(0, MOST)}\n… ${text.length - MOST} more characters` : text;
  element.replaceChildren(bar, pre);
}
