#![no_main]

use std::sync::Mutex;

unsafe extern "C" {
    safe fn visit(visitor: extern "C" fn(i32));
    static WEIGHTS: [i32; 2];
}

static SEEN: Mutex<Vec<i32>> = Mutex::new(Vec::new());

extern "C" fn note(number: i32) {
    SEEN.lock().unwrap().push(number);
}

#[unsafe(no_mangle)]
pub extern "C" fn run() -> i32 {
    visit(note);
    let sum: i32 = SEEN.lock().unwrap().iter().sum();
    let weights = unsafe { WEIGHTS };
    sum * weights[0] + weights[1]
}
