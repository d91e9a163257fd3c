// Texts in the memory of the WebAssembly module. `npm/crate/src/text.rs` has the other side.

import * as glue from './glue.js';

/** The most bytes that a code unit has in UTF-8. A character of two code units has four bytes. */
const MOST_BYTES = 3;

const encoder = new TextEncoder();

/** Returns a function that copies a text into a memory, in UTF-8. */
export function textOf(text) {
  if (typeof text === 'string') {
    return (memory) => encoded(memory, text);
  }
  if (text instanceof Uint8Array) {
    return (memory) => {
      const copy = new glue.Text(text.length);
      bytesAt(memory, copy, 0, text.length).set(text);
      return copy;
    };
  }
  throw new TypeError('expected a string, or a Uint8Array of UTF-8');
}

/** Encodes a string. The memory has room for ASCII first, which most texts are. */
function encoded(memory, text) {
  const copy = new glue.Text(text.length);
  const { read, written } = encoder.encodeInto(text, bytesAt(memory, copy, 0, text.length));
  if (read < text.length) {
    const most = (text.length - read) * MOST_BYTES;
    copy.resize(written + most);
    const rest = encoder.encodeInto(text.slice(read), bytesAt(memory, copy, written, most));
    copy.resize(written + rest.written);
  }
  return copy;
}

/** Returns bytes of a text. They are valid until the memory grows. */
const bytesAt = (memory, copy, start, length) => new Uint8Array(memory.buffer, copy.address() + start, length);
