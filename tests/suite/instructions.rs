//! Compares the instruction table with wasmparser and wasmprinter: every row must assemble to the
//! instruction it names and have the right signature, and no instruction may be missing.
//!
//! A new row of the table is tested without a change here, unless it has a new immediate kind.

use gcwat::Assembler;
use gcwat::instr::{Immediates, Op, Proposal};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{Operator, Parser, Payload};

/// The definitions that instructions can refer to. The module is valid.
const SURROUNDINGS: &str = "
    (type $f (func))
    (type $s (struct (field $x (mut i32))))
    (type $a (array (mut i32)))
    (type $c (cont $f))
    (func $f)
    (table $t 1 funcref)
    (memory $m 1)
    (memory $n 1)
    (global $g (mut i32) (i32.const 0))
    (tag $e)
    (elem $el func $f)
    (data $d \"\")";

/// A use of an instruction: the code around it, and its immediates.
pub struct Use {
    before: &'static str,
    immediates: &'static str,
    after: &'static str,
}

impl Use {
    pub fn text(&self, op: Op) -> String {
        format!("{} {} {} {}", self.before, op.mnemonic(), self.immediates, self.after)
    }
}

/// Returns uses of the instructions with these immediates: one with the fewest immediates, then one for every
/// other operator and every other form that the immediates can select.
pub fn uses(immediates: Immediates) -> Vec<Use> {
    let (before, immediates, after): (_, &[&str], _) = match immediates {
        Immediates::No => ("", &[""], ""),
        Immediates::Block | Immediates::If | Immediates::Try => {
            ("", &["", "$l (param i32) (result i32)"], "end")
        }
        Immediates::TryTable => {
            ("", &["", "(catch $e 0) (catch_ref $e 0) (catch_all 0) (catch_all_ref 0)"], "end")
        }
        Immediates::Else => ("if", &[""], "end"),
        Immediates::End => ("block", &[""], ""),
        Immediates::Catch => ("try", &["$e"], "end"),
        Immediates::CatchAll => ("try", &[""], "end"),
        Immediates::Delegate => ("try", &["0"], ""),
        Immediates::Label => ("", &["0"], ""),
        Immediates::Labels => ("", &["0", "0 0 0"], ""),
        Immediates::Func => ("", &["$f"], ""),
        Immediates::Type => ("", &["$s"], ""),
        Immediates::Local => ("", &["0"], ""),
        Immediates::Global => ("", &["$g"], ""),
        Immediates::Tag => ("", &["$e"], ""),
        Immediates::Data => ("", &["$d"], ""),
        Immediates::Elem => ("", &["$el"], ""),
        Immediates::Table => ("", &["", "$t"], ""),
        Immediates::Memory => ("", &["", "$n"], ""),
        Immediates::MemArg(_) => ("", &["", "$n offset=1 align=1", "(type $a)"], ""),
        Immediates::AtomicMemArg(_) | Immediates::RmwMemArg(_) => {
            ("", &["", "$n offset=1 align=1", "seqcst", "$n acqrel", "(type $a) acqrel"], "")
        }
        Immediates::MemArgLane(_) => ("", &["0", "$n offset=1 align=1 0"], ""),
        Immediates::Lane(_) => ("", &["0"], ""),
        Immediates::I32 | Immediates::I64 => ("", &["-1"], ""),
        Immediates::F32 | Immediates::F64 => ("", &["-0x1.8p1"], ""),
        Immediates::V128 => ("", &["i32x4 0 1 2 3"], ""),
        Immediates::Shuffle => ("", &["0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15"], ""),
        Immediates::Select => ("", &["", "(result i32)", "(result i32 i64)"], ""),
        Immediates::HeapType => ("", &["any", "$s"], ""),
        Immediates::RefType => ("", &["(ref $s)", "(ref null $s)", "anyref"], ""),
        Immediates::BrOnCast => ("", &["0 anyref (ref $s)", "0 (ref any) (ref $s)"], ""),
        Immediates::Field => ("", &["$s $x", "$s 0"], ""),
        Immediates::TypeLen => ("", &["$a 2"], ""),
        Immediates::TypeData => ("", &["$a $d"], ""),
        Immediates::TypeElem => ("", &["$a $el"], ""),
        Immediates::TypeType => ("", &["$a $a"], ""),
        Immediates::TypeTag => ("", &["$c $e"], ""),
        Immediates::MemoryInit => ("", &["$d", "$n $d"], ""),
        Immediates::MemoryCopy => ("", &["", "$m $n"], ""),
        Immediates::TableInit => ("", &["$el", "$t $el"], ""),
        Immediates::TableCopy => ("", &["", "$t $t"], ""),
        Immediates::CallIndirect => ("", &["", "$t (type $f)", "(param i32)"], ""),
        Immediates::Resume => ("", &["$c", "$c (on $e 0) (on $e switch)"], ""),
        Immediates::ResumeThrow => ("", &["$c $e", "$c $e (on $e 0) (on $e switch)"], ""),
        Immediates::OrderedGlobal => ("", &["seqcst $g", "acqrel $g"], ""),
        Immediates::OrderedTable => ("", &["seqcst", "acqrel $t"], ""),
        Immediates::OrderedField => ("", &["seqcst $s $x", "acqrel $s $x"], ""),
        Immediates::OrderedType => ("", &["seqcst $a", "acqrel $a"], ""),
        Immediates::Ordering => ("", &["", "acqrel"], ""),
    };
    immediates.iter().map(|&immediates| Use { before, immediates, after }).collect()
}

/// Returns a module with a function `$body`.
pub fn module(head: &str, body: &str) -> String {
    format!("(module {SURROUNDINGS}\n  (func $body {head}\n    {body}))")
}

/// Assembles a module without validation.
fn assemble(text: &str) -> Vec<u8> {
    match Assembler::new().names(true).validate(false).assemble(text) {
        Ok(assembled) => assembled.into_bytes(),
        Err(errors) => panic!("{errors}\n{text}"),
    }
}

fn assert_valid(text: &str) {
    if let Err(errors) = gcwat::assemble(text) {
        panic!("{errors}\n{text}");
    }
}

fn assert_invalid(text: &str) {
    assemble(text);
    assert!(gcwat::assemble(text).is_err(), "valid: {text}");
}

/// Returns the body of the last function.
fn body(bytes: &[u8]) -> wasmparser::FunctionBody<'_> {
    let payloads = Parser::new(0).parse_all(bytes).map(|payload| payload.expect("a module"));
    let bodies = payloads.filter_map(|payload| match payload {
        Payload::CodeSectionEntry(body) => Some(body),
        _ => None,
    });
    bodies.last().expect("a body")
}

/// Returns the operators in the body of the last function.
fn operators(bytes: &[u8]) -> Vec<Operator<'_>> {
    let reader = body(bytes).get_operators_reader().expect("a body");
    reader.into_iter().collect::<Result<_, _>>().expect("operators")
}

/// Returns the mnemonics that wasmprinter prints for the function `$body`.
fn printed(bytes: &[u8]) -> Vec<String> {
    let text = wasmprinter::print_bytes(bytes).expect("a module");
    let lines = text.lines().skip_while(|line| !line.contains("(func $body")).skip(1);
    // Lines that start with a parenthesis are locals, clauses, and the end.
    let instructions =
        lines.map(str::trim).take_while(|line| *line != ")").filter(|line| !line.starts_with('('));
    instructions.map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect()
}

/// An operator of wasmparser: its name and its proposal.
type Known = (&'static str, &'static str);

macro_rules! define_known {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $type:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
        const KNOWN: &[Known] = &[$((stringify!($op), stringify!($proposal)),)*];

        fn known(operator: &Operator<'_>) -> Known {
            match operator {
                $(Operator::$op { .. } => (stringify!($op), stringify!($proposal)),)*
                _ => unreachable!("all operators are listed"),
            }
        }
    };
}
wasmparser::for_each_operator!(define_known);

/// Returns the rows that wasmparser and wasmprinter support.
fn rows_known() -> impl Iterator<Item = Op> {
    Op::all().filter(|op| op.row().proposal != Proposal::Fp16)
}

/// Returns the wasmparser operators to which the uses of an instruction assemble.
fn decoded(op: Op) -> Vec<Known> {
    let uses = uses(op.immediates());
    let decoded = uses.iter().map(|used| {
        let bytes = assemble(&module("(local i32)", &used.text(op)));
        known(&operators(&bytes)[usize::from(!used.before.is_empty())])
    });
    decoded.collect()
}

#[test]
fn every_instruction_is_printed_as_it_is_written() {
    for op in rows_known() {
        for used in uses(op.immediates()) {
            let text = used.text(op);
            let words = [used.before, op.mnemonic(), used.after].into_iter();
            let printed = printed(&assemble(&module("(local i32)", &text)));
            assert!(words.filter(|word| !word.is_empty()).eq(&printed), "{text}: {printed:?}");
        }
    }
}

#[test]
fn every_instruction_is_recognized_with_its_proposal() {
    let mut rows: BTreeMap<&str, Op> = BTreeMap::new();
    for op in rows_known() {
        let found = decoded(op);
        for (name, _) in &found {
            let row = *rows.entry(name).or_insert(op);
            assert_eq!(row, op, "both are {name}");
        }
        // Immediates of later proposals can select another operator.
        let (name, proposal) = found[0];
        assert_eq!(snake_case(&format!("{:?}", op.row().proposal)), proposal, "{name}");
    }
}

#[test]
fn no_instruction_is_missing() {
    let known: BTreeSet<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
    let found: BTreeSet<&str> = rows_known().flat_map(decoded).map(|(name, _)| name).collect();
    let missing: Vec<_> = known.difference(&found).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn both_opcodes_of_an_instruction_are_used() {
    for (text, expected) in [
        ("ref.test (ref any)", "RefTestNonNull"),
        ("ref.test anyref", "RefTestNullable"),
        ("ref.cast (ref any)", "RefCastNonNull"),
        ("ref.cast anyref", "RefCastNullable"),
        ("ref.cast_desc_eq (ref $s)", "RefCastDescEqNonNull"),
        ("ref.cast_desc_eq (ref null $s)", "RefCastDescEqNullable"),
        ("select", "Select"),
        ("select (result i32)", "TypedSelect"),
        ("select (result i32 i32)", "TypedSelectMulti"),
    ] {
        let bytes = assemble(&module("", text));
        assert_eq!(known(&operators(&bytes)[0]).0, expected, "{text}");
    }
}

#[test]
fn instructions_unknown_to_wasmparser_start_with_their_opcode() {
    for op in Op::all().filter(|op| op.row().proposal == Proposal::Fp16) {
        let (prefix, number) = op.row().opcode;
        let mut expected = vec![prefix];
        wasm_encoder::Encode::encode(&number, &mut expected);
        match op.immediates() {
            Immediates::No => {}
            Immediates::MemArg(align) => expected.extend([align, 0]),
            Immediates::Lane(_) => expected.push(0),
            other => panic!("the test has no bytes for {other:?}"),
        }
        let end = 0x0b;
        expected.push(end);
        let bytes = assemble(&module("", &uses(op.immediates())[0].text(op)));
        let no_locals = 1;
        assert_eq!(body(&bytes).as_bytes()[no_locals..], expected, "{op:?}");
    }
}

#[test]
fn every_signature_matches_the_validator() {
    for op in Op::all() {
        let least = &uses(op.immediates())[0];
        if let Some(text) = with_signature(op, &least.text(op)) {
            assert_valid(&text);
        }
    }
}

#[test]
fn the_natural_alignment_is_the_maximum() {
    for op in Op::all() {
        let (Immediates::MemArg(align)
        | Immediates::AtomicMemArg(align)
        | Immediates::RmwMemArg(align)
        | Immediates::MemArgLane(align)) = op.immediates()
        else {
            continue;
        };
        let lane = if matches!(op.immediates(), Immediates::MemArgLane(_)) { "0" } else { "" };
        let aligned = |align: u32| {
            let text = format!("{} align={align} {lane}", op.mnemonic());
            with_signature(op, &text).expect("memory is accessed by fixed types")
        };
        let natural = 1 << align;
        assert_valid(&aligned(natural));
        assert_invalid(&aligned(natural * 2));
        let left_out = with_signature(op, &format!("{} {lane}", op.mnemonic())).unwrap();
        assert_eq!(assemble(&aligned(natural)), assemble(&left_out), "{op:?}");
    }
}

#[test]
fn every_valid_lane_is_accepted_and_no_other() {
    for op in Op::all() {
        let lanes = match op.immediates() {
            Immediates::Lane(lanes) => lanes,
            Immediates::MemArgLane(align) => 16 >> align,
            _ => continue,
        };
        let lane =
            |lane| with_signature(op, &format!("{} {lane}", op.mnemonic())).expect("lanes have fixed types");
        assert_valid(&lane(lanes - 1));
        assert_invalid(&lane(lanes));
    }
}

/// Returns a module with a function that has the signature of the instruction, or `None` if the table has no
/// signature.
fn with_signature(op: Op, text: &str) -> Option<String> {
    let signature = op.row().signature.replace("addr", "i32");
    let (operands, results) = signature.split_once("->")?;
    let head = format!("(param {operands}) (result {results})");
    // There is one operand for each parameter, and types can have parentheses.
    let mut depth = 0;
    let mut count = 0;
    for word in operands.split_whitespace() {
        count += usize::from(depth == 0);
        depth += word.matches('(').count();
        depth -= word.matches(')').count();
    }
    let gets: String = (0..count).map(|at| format!("local.get {at} ")).collect();
    Some(module(&head, &format!("{gets}{text}")))
}

/// Converts a name to the style of wasmparser: `BulkMemory` to `bulk_memory`.
fn snake_case(camel: &str) -> String {
    let mut snake = String::new();
    for (i, c) in camel.char_indices() {
        if c.is_uppercase() && i > 0 {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
