//! What the lexer joins means what the grammar reads without: the trees are the same with runs and without.

use super::*;
use crate::scan;

/// Numbers that look as if by chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// Instructions without operands; a word of several is several tokens.
const PLAIN: [&str; 63] = [
    "nop",
    "unreachable",
    "drop",
    "i32.add",
    "i64.extend_i32_u",
    "local.get 0",
    "local.get $x",
    "local.tee $y",
    "local.set 1",
    "i32.const 0",
    "i32.const -1",
    "i32.const 0x7f_ff",
    "i32.const 4294967295",
    "i64.const -64",
    "i64.const 0x123456789abcdef",
    "f32.const 1.5",
    "f64.const -0x1.8p+3",
    "f64.const nan:0x123",
    "i32.load",
    "i32.load offset=4",
    "i32.store align=2",
    "i64.load16_s offset=70000 align=1",
    "call 3",
    "call 300",
    "global.get 2",
    "br 0",
    "br_if $l",
    "br_table 0 0 1",
    "br_table $l 0",
    "call_indirect ( type 0 )",
    "select",
    "select ( result i32 )",
    "memory.size",
    "memory.size 0x7f_ff",
    "struct.get 0 1",
    "local.get 0000000000000000001",
    "array.new_default 0",
    "array.new_fixed 0 3",
    "ref.null func",
    "ref.null 0",
    "ref.null ( exact 0 )",
    "ref.test ( ref 0 )",
    "ref.test anyref",
    "ref.test 0",
    "ref.cast ( ref null any )",
    "ref.cast ( ref null 0 )",
    "ref.cast i32",
    "br_on_cast 0 anyref ( ref i31 )",
    "br_on_cast_fail $l eqref ( ref null 0 )",
    "i32.atomic.load",
    "i32.atomic.load offset=8",
    "i32.atomic.rmw.add align=4",
    "i32.atomic.load seqcst",
    "i32.atomic.store offset=8 acqrel",
    "i64.atomic.rmw8.cmpxchg_u",
    "i32x4.extract_lane 3",
    "i8x16.extract_lane_s 0x1",
    "i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
    "i8x16.shuffle 0 1 2 3",
    "v128.const i32x4 1 -2 0x3 4",
    "v128.const i32x4 1 2 3 4 5",
    "v128.const i64x2 1 2",
    "v128.load8_lane offset=3 1",
];

fn instr(chance: &mut Chance, depth: usize, out: &mut Vec<String>) {
    let mut put = |text: &str| out.extend(text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned));
    let heads =
        ["", "", "", " $l", " ( result i32 )", " $l ( result ( ref null func ) )", " ( result i32 i64 )"];
    let head = chance.one_of(&heads);
    let kind = if depth == 0 { 0 } else { chance.below(8) };
    match kind {
        1 => {
            put(&format!("{} {head}", chance.one_of(&["block", "loop"])));
            instrs(chance, depth - 1, out);
            out.push("end".into());
        }
        2 => {
            put(&format!("if {head}"));
            instrs(chance, depth - 1, out);
            if chance.below(2) == 0 {
                out.push("else".into());
                instrs(chance, depth - 1, out);
            }
            out.push("end".into());
        }
        3 | 4 => {
            put(&format!("( {}", chance.one_of(&PLAIN)));
            instrs(chance, depth - 1, out);
            out.push(")".into());
        }
        5 => {
            put(&format!("( {} {head}", chance.one_of(&["block", "loop", "try_table"])));
            instrs(chance, depth - 1, out);
            out.push(")".into());
        }
        6 => {
            put(&format!("( if {head} ( local.get 0 ) ( then"));
            instrs(chance, depth - 1, out);
            out.push(")".into());
            if chance.below(2) == 0 {
                out.extend(["(", "else"].map(str::to_owned));
                instrs(chance, depth - 1, out);
                out.push(")".into());
            }
            out.push(")".into());
        }
        _ => put(chance.one_of(&PLAIN)),
    }
}

fn instrs(chance: &mut Chance, depth: usize, out: &mut Vec<String>) {
    for _ in 0..chance.below(4) {
        instr(chance, depth, out);
    }
}

/// A function of tokens, some of them perhaps where they cannot be.
fn func(chance: &mut Chance) -> String {
    let param =
        chance.one_of(&["i64 f32", "$z ( ref null 0 )", "anyref ( ref func )", "( ref ( exact 0 ) )", ""]);
    let local = chance.one_of(&["i32 i32 i64", "$z ( ref null i31 )", "$z i32 i32", ""]);
    let head =
        format!("(func ( param $x i32 ) ( param {param} ) ( local {local} ) ( local $y v128 ) block $l");
    let mut tokens: Vec<String> =
        head.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let fixed = tokens.len();
    for _ in 0..chance.below(12) {
        instr(chance, 4, &mut tokens);
    }
    if chance.below(3) == 0 && tokens.len() > fixed {
        let at = fixed + chance.below(tokens.len() - fixed);
        match chance.below(3) {
            0 => _ = tokens.remove(at),
            1 => {
                tokens.insert(at, chance.one_of(&["end", "else", "(", ")", "nop", "7", "$l", "then"]).into())
            }
            _ => {
                let other = fixed + chance.below(tokens.len() - fixed);
                tokens.swap(at, other);
            }
        }
    }
    tokens.extend(["end", ")"].map(str::to_owned));
    let mut text = String::new();
    for token in tokens {
        text += &token;
        if token != "(" || chance.below(20) == 0 {
            text += chance.one_of(&[" ", " ", "\n", "\n      ", "  ", " ;; @1\n", " (;1;) ", "\n\t", "\r\n"]);
        }
    }
    text
}

/// All that the tree of a module decides: its bytes, names among them, and where each instruction comes from, read
/// with runs or without. `None` if something is wrong.
fn lowered(source: &str, runs: bool, places: bool) -> Option<(Vec<u8>, String)> {
    let whole = Span::new(0, source.len() as u32);
    let text = scan::module(source, whole, false, 1, &mut Vec::new());
    let features = Features::default();
    let options = Options {
        names: true,
        validate: false,
        features,
        threads: 1,
        places,
        object: None,
        runs,
        progress: None,
        lints: CodeSet::default(),
        observer: None,
    };
    let module = run(source, &text, options).ok()?;
    Some((module.lowered.bytes, format!("{:?}", module.lowered.places)))
}

/// Returns whether the module is well-formed.
fn assert_same(source: &str) -> bool {
    let mut is_valid = true;
    for places in [false, true] {
        let expected = lowered(source, false, places);
        assert!(lowered(source, true, places) == expected, "{source}");
        is_valid &= expected.is_some();
    }
    is_valid
}

#[test]
fn the_tree_of_a_function_is_the_same_with_runs_and_without() {
    let mut chance = Chance(1);
    let (mut valid, mut invalid) = (0, 0);
    for _ in 0..3000 {
        *if assert_same(&func(&mut chance)) { &mut valid } else { &mut invalid } += 1;
    }
    assert!(valid > 250 && invalid > 250, "{valid} valid ones and {invalid} invalid ones");
}

#[test]
fn the_trees_of_the_corpus_are_the_same_with_runs_and_without() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let files = std::fs::read_dir(corpus).expect("the corpus is there");
    let mut count = 0;
    for file in files {
        let path = file.expect("it can be listed").path();
        if path.extension().is_some_and(|extension| extension == "wat") {
            let text = std::fs::read_to_string(&path).expect("it can be read");
            assert!(assert_same(&text), "{}", path.display());
            count += 1;
        }
    }
    assert!(count > 10, "{count} files");
}

#[test]
fn a_hint_is_on_the_instruction_after_it_whatever_is_open_where_a_run_ends() {
    for rest in ["(call $\"f\")", "(@note)", "HINT (if (local.get 0) (then))", "(block (nop))", "nop"] {
        for body in ["(if (i32.eqz (local.get 0)) (then REST))", "(br_if 0 (i32.eqz (local.get 0)) REST)"] {
            for before in ["", "(nop)", "nop"] {
                let body = format!("{before} HINT {body}").replace("REST", rest);
                let body = body.replace("HINT", "(@metadata.code.branch_hint \"\\01\")");
                assert!(assert_same(&format!("(func $f (param i32) {body})")), "{body}");
            }
        }
    }
}
