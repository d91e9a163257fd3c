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

/** The panes that show text: their titles, and the functions from a text and its module to what they show. */
export const PANES = {
  listing: { title: 'Listing', show: (text) => call('emit', text, 'listing') },
  hex: { title: 'Hex', show: async (text, bytes) => dump(bytes) },
  wat: { title: 'Disassembly', show: (text, bytes) => call('disassemble', bytes) },
  c: { title: 'C', show: (text) => call('emit', text, 'c') },
  js: { title: 'JavaScript', show: (text) => call('emit', text, 'js') },
};

/** Fills an element with a text, and a button that copies it. */
export function fill(element, text) {
  const bar = document.createElement('div');
  bar.className = 'bar';
  const size = document.createElement('span');
  size.textContent = `${text.split('\n').length} lines`;
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.textContent = 'Copy';
  copy.onclick = async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = 'Copied';
  };
  bar.append(size, copy);
  const pre = document.createElement('pre');
  pre.textContent = text.length > MOST ? `${text.slice(0, MOST)}\n… ${text.length - MOST} more characters` : text;
  element.replaceChildren(bar, pre);
}
