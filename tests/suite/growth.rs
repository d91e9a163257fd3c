//! Time and memory must grow linearly with the size of the text, for every construct.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt::Write;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The name of a construct, and a function that generates a text with `n` of it.
type Dimension = (&'static str, fn(usize) -> String);

/// The constructs of correct texts.
const DIMENSIONS: &[Dimension] = &[
    ("functions", |n| module(&"(func (param i32) (result i32) local.get 0)\n".repeat(n))),
    ("types", |n| {
        module(&numbered(n, |out, i| {
            writeln!(out, "(type (func (param i32) (result i{})))", [32, 64][i % 2])
        }))
    }),
    ("implicit types", |n| {
        module(&numbered(n.min(1 << 12), |out, i| {
            let params: String = (0..12).map(|bit| [" i32", " i64"][i >> bit & 1]).collect();
            writeln!(out, "(func (param{params}))")
        }))
    }),
    ("names", |n| {
        module(&numbered(n, |out, i| writeln!(out, "(func $a_name_{i} call $a_name_{})", n - 1 - i)))
    }),
    ("locals", |n| func(&numbered(n.min(40_000), |out, i| writeln!(out, "(local $l{i} i32)")))),
    ("uses of locals", |n| func(&format!("(local $x i32)\n{}", "local.get $x drop\n".repeat(n)))),
    ("labels", |n| func(&numbered(n, |out, i| writeln!(out, "block $b{i} br $b{i} end")))),
    ("depth", |n| func(&format!("{}{}", "block\n".repeat(n), "end\n".repeat(n)))),
    ("depth of names", |n| {
        func(&format!("{}br $b0 {}", numbered(n, |out, i| writeln!(out, "block $b{i}")), "end\n".repeat(n)))
    }),
    ("folded depth", |n| func(&format!("(drop {}(i32.const 1){})", "(i32.eqz ".repeat(n), ")".repeat(n)))),
    ("exports", |n| {
        module(&format!("(func)\n{}", numbered(n, |out, i| writeln!(out, "(export \"e{i}\" (func 0))"))))
    }),
    ("globals", |n| module(&"(global i32 (i32.const 1))\n".repeat(n))),
    ("elements", |n| {
        module(&format!("(table 1 funcref) (func)\n(elem (i32.const 0) func {})", "0 ".repeat(n)))
    }),
    ("data segments", |n| {
        module(&format!("(memory 1)\n{}", "(data (i32.const 0) \"abc\\00\\01\")\n".repeat(n)))
    }),
    ("targets of br_table", |n| func(&format!("i32.const 0 br_table {}", "0 ".repeat(n)))),
    ("sections of code metadata", |n| {
        module(&numbered(n, |out, i| writeln!(out, "(func (@metadata.code.x{i} \"a\") nop)")))
    }),
    ("code metadata of one instruction", |n| {
        func(&format!("{} nop", numbered(n, |out, i| writeln!(out, "(@metadata.code.x{i} \"a\")"))))
    }),
    ("branch hints among blocks of implicit types", |n| {
        let hint = "(@metadata.code.branch_hint \"\\00\")";
        func(
            &format!("{hint} (if (i32.const 0) (then)) (block (result i32 i32) unreachable) drop drop\n")
                .repeat(n),
        )
    }),
    ("annotations", |n| module(&"(@note (with (parentheses) \"and strings\"))\n".repeat(n))),
    ("comments", |n| {
        module(&format!("{}{}", "(; a (; nested ;) comment ;)".repeat(n), ";; a line\n".repeat(n)))
    }),
    ("one string", |n| module(&format!("(memory 1)(data (i32.const 0) \"{}\")", "plain\\00".repeat(n)))),
    ("one line", |n| func(&"i32.const 1 drop ".repeat(n))),
    ("digits", |n| func(&format!("f64.const 1.{} drop", "3".repeat(n)))),
];

/// The mistakes of wrong texts.
const MISTAKES: &[Dimension] = &[
    ("unknown names", |n| module(&numbered(n, |out, i| writeln!(out, "(func call $f{i})")))),
    ("unknown instructions", |n| func(&"i32.ad\n".repeat(n))),
    ("old words", |n| func(&"get_local 0 drop\n".repeat(n))),
    ("commas", |n| func(&"br_table 0,0\n".repeat(n))),
    ("wrong escapes in one string", |n| module(&format!("(data \"{}\")", "\\q".repeat(n)))),
    ("commas in one list", |n| func(&format!("br_table 0{}", ",0".repeat(n)))),
    ("an `if` without `then`", |n| func(&"(if (i32.const 1) (nop) (nop))\n".repeat(n))),
    ("near names", |n| module(&format!("(func $compute)\n{}", "(func call $comptue)\n".repeat(n)))),
    ("type errors", |n| module(&"(func (result i32) f32.const 1)\n".repeat(n))),
    ("unclosed forms", |n| module(&"(func (drop (i32.const 1)\n".repeat(n))),
    ("on one line", |n| func(&"call $nothing ".repeat(n))),
    ("unknown labels in named blocks", |n| {
        let blocks = numbered(n, |out, i| writeln!(out, "block $b{i}"));
        func(&format!("{blocks}{}{}", "br $unknown\n".repeat(n), "end\n".repeat(n)))
    }),
    ("unknown labels at each level", |n| {
        let blocks = numbered(n, |out, i| writeln!(out, "block $b{i} br $c{i}"));
        func(&format!("{blocks}{}", "end\n".repeat(n)))
    }),
    ("type errors at each level", |n| {
        func(&format!(
            "(drop {}(i32.const 1){})",
            "(i64.extend_i32_s (i32.wrap_i64 (f32.neg ".repeat(n),
            ")))".repeat(n)
        ))
    }),
    ("operands of a wrong type at each level", |n| {
        func(&format!("(drop {}(i32.const 1){})", "(i32.add (i64.const 1) ".repeat(n), ")".repeat(n)))
    }),
    ("missing operands in nested blocks", |n| {
        func(&format!("{}{}", "block drop\n".repeat(n), "end\n".repeat(n)))
    }),
    ("locals that are not set", |n| {
        let locals = numbered(n, |out, i| writeln!(out, "(local $l{i} (ref func))"));
        func(&format!("{locals}{}", numbered(n, |out, i| writeln!(out, "(drop (local.get $l{i}))"))))
    }),
    ("wrong branches to a block with a long type", |n| {
        let block = format!("(block (;{};) (result i32)", "x".repeat(n));
        func(&format!("(drop {block}{}))", "(br 0 (i64.const 1))\n".repeat(n)))
    }),
    ("missing operands on one line", |n| {
        module(&format!("(func (param i32) {})", "(drop (i32.add (i32.const 1)))".repeat(n)))
    }),
    ("missing flat operands on one line", |n| {
        module(&"(func (param i32) (result i32) i32.const 1 i32.add)".repeat(n))
    }),
    ("dropped results on one line", |n| module(&"(func (result i32) i32.const 1 drop)".repeat(n))),
    ("operands after the parentheses", |n| func(&"(drop) (i32.const 1)\n".repeat(n))),
    ("too many operands at each level", |n| {
        func(&format!(
            "(drop {}(i32.const 1){})",
            "(i32.add (i32.const 1) (i32.const 2) ".repeat(n),
            ")".repeat(n)
        ))
    }),
    ("too few operands in one instruction", |n| {
        let params = "i32 ".repeat(900);
        let call = format!("(call $f {})\n", "(i32.add (f32.const 1)) (i32.add (i32.const 1))".repeat(40));
        format!("(module (func $f (param {params})) (func {}))", call.repeat(n / 40 + 1))
    }),
    ("operands in another order", |n| {
        module(&format!("(memory 1) (func {})", "(f64.store (f64.const 1) (i32.const 0))\n".repeat(n)))
    }),
    ("conditions after `if`", |n| func(&"if (i32.const 1) nop end\n".repeat(n))),
    ("operators", |n| func(&"(drop ((i32.const 1) == (i32.const 2)))\n".repeat(n))),
    ("nested operators", |n| {
        func(&format!("{}(i32.const 1){}", "((i32.const 1) + ".repeat(n), ")".repeat(n)))
    }),
    ("assignments", |n| func(&"$x = (i32.const 1)\n".repeat(n))),
    ("bare operations at each level", |n| {
        func(&format!("{}(i32.const 1){}", "(add (i32.const 1) ".repeat(n), ")".repeat(n)))
    }),
    ("loops of other languages", |n| {
        func(&format!("{}nop{}", "(while (i32.const 1) ".repeat(n), ")".repeat(n)))
    }),
    ("labels of closed blocks", |n| func(&numbered(n, |out, i| writeln!(out, "block $b{i} end br $b{i}")))),
    ("uses of one unknown name", |n| module(&"(func call $f)\n".repeat(n))),
    ("accesses without a memory", |n| func(&"(drop (i32.load (i32.const 0)))\n".repeat(n))),
    ("type indices that are too high", |n| {
        module(&format!(
            "(type (func (param i32))) (type (func)) {}",
            "(func (type 1) (param i32))\n".repeat(n)
        ))
    }),
    ("names without a dollar sign", |n| {
        func(&format!("(local $x i32) {}", "(drop (local.get x))\n".repeat(n)))
    }),
    ("ends of blocks that are too many", |n| func(&"block\n end\n end\n".repeat(n))),
    ("wrong calls of a function with a long head", |n| {
        let callee = format!("(func $f (;{};) (param i32))", "x".repeat(n));
        format!("(module {callee} (func {}))", "(call $f (i64.const 1))\n".repeat(n))
    }),
];

fn module(fields: &str) -> String {
    format!("(module\n{fields})")
}

fn func(body: &str) -> String {
    format!("(module (func {body}))")
}

fn numbered(n: usize, mut line: impl FnMut(&mut String, usize) -> std::fmt::Result) -> String {
    let mut out = String::new();
    (0..n).for_each(|i| line(&mut out, i).expect("writing to a string succeeds"));
    out
}

/// Returns an assembler that uses only this thread, whose memory is counted.
fn assembler() -> gcwat::Assembler {
    gcwat::Assembler::new().threads(1)
}

/// Returns the CPU time of this thread if the system reports it, or else the wall-clock time.
pub fn time_of_thread() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = schedstat.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// Measures the minimum time of a few runs, and the peak memory.
fn cost(text: &str) -> (Duration, usize) {
    let runs = (0..3).map(|_| {
        let start = time_of_thread();
        let peak = peak_of(|| drop(assembler().assemble(text)));
        (time_of_thread() - start, peak)
    });
    runs.min().expect("there is at least one run")
}

/// Checks that a text eight times as large takes about eight times as long. Quadratic time would be 64 times.
fn grows_evenly(what: &str, text: fn(usize) -> String, n: usize) {
    let (few, many) = (text(n), text(8 * n));
    let growth = many.len() as f64 / few.len() as f64;
    // Other load can disturb one measurement, but not all of them.
    let mut worst = String::new();
    for _ in 0..4 {
        let ((time_of_few, few), (time_of_many, many)) = (cost(&few), cost(&many));
        // Allow for constant overhead and the resolution of the clock.
        let time_limit = (time_of_few + Duration::from_millis(1)).mul_f64(3.0 * growth);
        let memory_limit = (few + (1 << 16)) as f64 * 2.5 * growth;
        if time_of_many <= time_limit && many as f64 <= memory_limit {
            return;
        }
        worst = format!("{what}: {time_of_few:?} and {few} bytes, then {time_of_many:?} and {many} bytes");
    }
    panic!("{worst}");
}

#[test]
fn time_and_memory_grow_linearly_with_every_dimension() {
    for (what, text) in DIMENSIONS {
        let small = text(10);
        assert!(assembler().validate(false).assemble(&small).is_ok(), "{what}: {:?}", gcwat::check(&small));
        grows_evenly(what, *text, 1_000);
    }
}

#[test]
fn time_and_memory_grow_linearly_with_every_kind_of_error() {
    for (what, text) in MISTAKES {
        assert!(assembler().assemble(&text(10)).is_err(), "{what}");
        grows_evenly(what, *text, 250);
    }
}

#[test]
fn code_takes_less_memory_than_its_text() {
    let body = "    local.get 0\n    i32.const 12\n    i32.add\n    local.set 0\n".repeat(40);
    let text = module(&format!("  (func (param i32)\n{body})\n").repeat(1_000));
    let peak = peak_of(|| drop(assembler().assemble(&text)));
    assert!(peak < text.len() / 2, "{peak} bytes for {}", text.len());
}

#[test]
fn data_segments_are_in_memory_once() {
    let segment = format!("  (data (i32.const 0) \"{}\")\n", "x".repeat(1_000));
    let text = module(&format!("(memory 1)\n{}", segment.repeat(1_200)));
    let mut size = 0;
    let peak = peak_of(|| size = assembler().assemble(&text).unwrap().bytes().len());
    // Growing vectors have up to twice the capacity they need.
    assert!(peak < size * 2, "{peak} bytes for {size}");
}

/// An allocator that counts the memory of each thread.
struct Counting;

thread_local! {
    static NOW: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    let _ = NOW.try_with(|now| {
        now.set(now.get() + bytes);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(now.get())));
    });
}

/// Returns the peak memory in bytes during a call, relative to the memory before it.
pub fn peak_of(work: impl FnOnce()) -> usize {
    let before = NOW.get();
    PEAK.set(before);
    work();
    (PEAK.get() - before) as usize
}

#[allow(unsafe_code, reason = "a global allocator is the only way to count allocations")]
// SAFETY: all calls are forwarded to the system allocator; counting does not access the memory.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller guarantees the same for this function.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: the caller guarantees the same for this function.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize - layout.size() as isize);
        // SAFETY: the caller guarantees the same for this function.
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;
