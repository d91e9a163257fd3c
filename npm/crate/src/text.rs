//! The text to assemble, in memory that JavaScript writes to.
//!
//! `TextEncoder.encodeInto` writes a string into it, so that the text is not copied. `npm/src/text.js` does that.

use wasm_bindgen::prelude::wasm_bindgen;

/// A text in UTF-8, or bytes that should be one.
#[wasm_bindgen]
pub struct Text(Vec<u8>);

#[wasm_bindgen]
impl Text {
    /// Creates a text of zeros.
    #[wasm_bindgen(constructor)]
    pub fn new(length: usize) -> Text {
        Text(vec![0; length])
    }

    /// Returns the address of the first byte. `resize` may change it.
    pub fn address(&self) -> *const u8 {
        self.0.as_ptr()
    }

    /// Sets the number of bytes. New ones are zero.
    pub fn resize(&mut self, length: usize) {
        self.0.resize(length, 0);
    }
}

impl Text {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}
