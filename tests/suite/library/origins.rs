//! The map between the bytes of a module and the source text.

use gcwat::instr::Op;
use gcwat::{Assembled, Assembler, Origins, Span};

fn assemble(text: &str) -> (Assembled, Origins) {
    let assembler = Assembler::new().names(true).origins(true).validate(false);
    let assembled = assembler.assemble(text).unwrap_or_else(|errors| panic!("{errors}\n{text}"));
    let origins = assembled.origins().expect("origins");
    (assembled, origins)
}

#[test]
fn each_instruction_is_the_origin_of_its_bytes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let corpus = paths.filter(|path| path.extension().is_some_and(|extension| extension == "wat"));
    let corpus = corpus.map(|path| std::fs::read_to_string(path).unwrap());
    for text in corpus.chain((0..60).map(crate::smith::text)) {
        let (assembled, origins) = assemble(&text);
        let mut end = 0;
        for origin in &origins {
            assert!(origin.bytes.start >= end && origin.bytes.end <= assembled.bytes().len());
            end = origin.bytes.end;
            if let Some(op) = Op::named(&text[origin.span.range()]) {
                let bytes = &assembled.bytes()[origin.bytes.clone()];
                let is_abbreviated = ["select", "ref.test", "ref.cast", "br_on"]
                    .iter()
                    .any(|name| op.mnemonic().starts_with(name));
                assert!(is_abbreviated || bytes.starts_with(op.encoding()), "{}", op.mnemonic());
            }
            for offset in origin.bytes.clone() {
                assert_eq!(origins.at_byte(offset), Some(origin));
            }
        }
    }
}

#[test]
fn a_position_in_the_text_has_the_innermost_origin() {
    let text = r#"(module
  (type $t (func (param i32) (result i32)))
  (memory $m (export "m") 1)
  (func $f (export "f") (type $t)
    (local i32)
    (i32.add (local.get 0)
      (i32.const 7)))
  ;; between
  (start $f))"#;
    let (assembled, origins) = assemble(text);
    let at = |part: &str| {
        let start = text.find(part).unwrap() as u32;
        let origin = origins.at_text(start).unwrap_or_else(|| panic!("{part}"));
        (&text[origin.span.range()], &assembled.bytes()[origin.bytes.clone()])
    };
    assert_eq!(at("7"), ("i32.const", &[0x41, 7][..]));
    assert_eq!(at("i32.add"), ("i32.add", &[0x6a][..]));
    assert_eq!(at("0)"), ("local.get", &[0x20, 0][..]));
    assert_eq!(at("start"), ("(start $f)", &[0][..]));
    assert_eq!(at("(result").1, [0x60, 1, 0x7f, 1, 0x7f]);
    assert_eq!(at("$m").1, [0, 1]);
    // The function section comes before the code section.
    assert!(at("(local i32").0.starts_with("(func $f") && at("(local i32").1 == [0]);
    for outside in ["module", ";; between", "))\n  ;;"] {
        let start = text.find(outside).unwrap() as u32;
        let origin = origins.at_text(start);
        assert!(origin.is_none_or(|origin| origin.span.len() < 4 || outside.starts_with("))")), "{origin:?}");
    }
    for offset in 0..text.len() as u32 + 3 {
        if let Some(origin) = origins.at_text(offset) {
            assert!(origins.at_byte(origin.bytes.start) == Some(origin));
        }
    }
    assert_eq!(origins.at_byte(0), None);
    assert_eq!(origins.at_byte(usize::MAX), None);
    assert_eq!(origins.at_text(u32::MAX), None);
}

#[test]
fn a_recursion_group_is_one_origin() {
    let text = "(rec (type $a (struct)) (type $b (array i8))) (type $c (func))";
    let (_, origins) = assemble(text);
    let spans: Vec<Span> = origins.iter().map(|origin| origin.span).collect();
    assert_eq!(spans.len(), 2);
    assert!(spans[0].end > text.find("$b").unwrap() as u32);
    assert_eq!(&text[spans[1].range()], "(type $c (func))");
}

#[test]
fn a_module_has_origins_only_on_request() {
    assert!(Assembler::new().assemble("(func)").unwrap().origins().is_none());
    let binary = r#"(module binary "\00asm\01\00\00\00")"#;
    assert!(Assembler::new().origins(true).assemble(binary).unwrap().origins().is_none());
    let (_, empty) = assemble("");
    assert_eq!((empty.iter().count(), empty.at_text(0), empty.at_byte(0)), (0, None, None));
}
