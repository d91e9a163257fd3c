//! Includes the module that the build script assembled.

static ANSWER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/answer.wasm"));

fn main() {
    println!("answer.wasm: {} bytes", ANSWER.len());
}
