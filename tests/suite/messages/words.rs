//! Suggestions for unknown keywords: first by meaning, then by spelling.

use gcwat::{Assembler, Diagnostic};

/// A keyword and its suggestions in order. The list is empty if no instruction has that meaning.
const WORDS: &[(&str, &[&str])] = &[
    // Operations on integers.
    ("i32.mod", &["i32.rem_s", "i32.rem_u"]),
    ("i32.mod_u", &["i32.rem_u"]),
    ("i32.mod_s", &["i32.rem_s"]),
    ("i64.modulo", &["i64.rem_s", "i64.rem_u"]),
    ("i64.remainder_u", &["i64.rem_u"]),
    ("i32.div", &["i32.div_s", "i32.div_u"]),
    ("i32.divide", &["i32.div_s", "i32.div_u"]),
    ("i32.plus", &["i32.add"]),
    ("i64.subtract", &["i64.sub"]),
    ("i32.mul_u", &["i32.mul"]),
    ("i32.shl_u", &["i32.shl"]),
    ("i32.shr", &["i32.shr_s", "i32.shr_u"]),
    ("i32.lsr", &["i32.shr_u"]),
    ("i32.asr", &["i32.shr_s"]),
    ("i32.sar", &["i32.shr_s"]),
    ("i64.lshift", &["i64.shl"]),
    ("i32.rol", &["i32.rotl"]),
    ("i32.lt", &["i32.lt_s", "i32.lt_u"]),
    ("i32.gt", &["i32.gt_s", "i32.gt_u"]),
    ("i32.ge", &["i32.ge_s", "i32.ge_u"]),
    ("i64.less_than", &["i64.lt_s", "i64.lt_u"]),
    ("i32.gte_u", &["i32.ge_u"]),
    ("i32.equals", &["i32.eq"]),
    ("i32.neq", &["i32.ne"]),
    ("i32.not", &["i32.eqz"]),
    ("i32.is_zero", &["i32.eqz"]),
    ("i32.popcount", &["i32.popcnt"]),
    ("i32.neg", &[]),
    ("i64.abs", &[]),
    ("i32.min", &[]),
    ("i32.max_u", &[]),
    ("i32.sqrt", &[]),
    ("i32.and_not", &[]),
    ("i32.inc", &[]),
    ("i32.cmp", &[]),
    ("i32.nand", &[]),
    ("i32.floor", &[]),
    ("i32.bswap", &[]),
    ("i32.ln", &[]),
    // Operations on floating-point numbers.
    ("f32.pow", &[]),
    ("f64.sin", &[]),
    ("f64.exp", &[]),
    ("f64.log", &[]),
    ("f32.mod", &[]),
    ("f64.rem_s", &[]),
    ("f64.eqz", &[]),
    ("f32.shl", &[]),
    ("f32.and", &[]),
    ("f64.isnan", &[]),
    ("f32.lt_s", &["f32.lt"]),
    ("f64.round", &["f64.nearest"]),
    ("f32.fabs", &["f32.abs"]),
    ("f64.minimum", &["f64.min"]),
    // Conversions.
    ("i32.to_f32", &["f32.convert_i32_s", "f32.convert_i32_u"]),
    ("f64.from_i32", &["f64.convert_i32_s", "f64.convert_i32_u"]),
    ("f64.convert_f32", &["f64.promote_f32"]),
    ("i32.convert_f64_u", &["i32.trunc_f64_u"]),
    ("i32.extend_i64_s", &["i32.wrap_i64"]),
    ("i64.extend32_u", &["i64.extend_i32_u"]),
    ("f32.trunc_f64", &["f32.demote_f64"]),
    // Types of other languages.
    ("u32.add", &["i32.add"]),
    ("u32.div", &["i32.div_u"]),
    ("int.add", &["i32.add"]),
    ("double.mul", &["f64.mul"]),
    ("float.const", &["f32.const"]),
    // Memories, locals, control.
    ("i32.load_8", &["i32.load8_s", "i32.load8_u"]),
    ("i32.load32", &["i32.load"]),
    ("i64.load64", &["i64.load"]),
    ("i32.load_byte", &["i32.load8_s", "i32.load8_u"]),
    ("memory.set", &["memory.fill"]),
    ("memset", &["memory.fill"]),
    ("memcpy", &["memory.copy"]),
    ("memmove", &["memory.copy"]),
    ("memory.free", &[]),
    ("local.store", &["local.set"]),
    ("mov", &["local.set"]),
    ("push", &[]),
    ("pop", &["drop"]),
    ("dup", &[]),
    ("inc", &[]),
    ("jmp", &["br"]),
    ("goto", &["br"]),
    ("jz", &["br_if"]),
    ("ret", &["return"]),
    ("cmp", &[]),
    ("print", &[]),
    ("malloc", &[]),
    ("trap", &["unreachable"]),
    ("array.length", &["array.len"]),
    ("table.length", &["table.size"]),
    ("add", &["i32.add"]),
    // Keywords that only other tools know.
    ("tuple.make", &[]),
    ("tuple.extract", &[]),
    ("string.const", &[]),
    ("stringview_wtf16.length", &[]),
    ("call.without.effects", &[]),
    ("call_without_effects", &[]),
    // Misspellings.
    ("i32.ad", &["i32.add"]),
    ("i23.add", &["i32.add"]),
    ("i32.cosnt", &["i32.const"]),
    ("local.gte", &["local.get"]),
    ("locla.set", &["local.set"]),
    ("callindirect", &["call_indirect"]),
    ("unreachabel", &["unreachable"]),
    ("br_tabel", &["br_table"]),
    ("i32x4.extract", &["i32x4.extract_lane"]),
    ("f64.promot_f32", &["f64.promote_f32"]),
    ("i32.foo", &[]),
    ("i64.load8", &["i64.load8_s", "i64.load8_u"]),
    ("bar", &[]),
    ("xyz.add", &[]),
];

fn suggested(error: &Diagnostic) -> Vec<&str> {
    error.suggestions.iter().map(|suggestion| suggestion.edits[0].replacement.as_str()).collect()
}

#[test]
fn a_keyword_of_another_language_gets_suggestions_by_meaning() {
    let mut wrong = Vec::new();
    for (word, meant) in WORDS {
        for text in [format!("(module (func ({word})))"), format!("(module (func nop {word} nop))")] {
            let errors = Assembler::new().assemble(&text).unwrap_err();
            let error = errors.iter().find(|error| error.message.contains(&format!("`{word}`")));
            let found = error.map(suggested);
            if found.as_deref() != Some(meant) {
                wrong.push(format!("{text}: {found:?}\n{errors}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Checks types of other languages and tools, which are not misspellings of a type.
#[test]
fn a_type_of_another_language_gets_a_suggestion_by_meaning() {
    for (ty, meant, note) in [
        ("u32", Some("i32"), None),
        ("int", Some("i32"), None),
        ("bool", Some("i32"), None),
        ("float", Some("f32"), None),
        ("char", Some("i32"), None),
        ("string", None, Some("(array i8)")),
        ("stringref", None, Some("js-string")),
        ("(tuple i32 i64)", None, Some("one after the other")),
        ("f16", None, Some("f32")),
        ("i128", None, Some("i64")),
    ] {
        let text = format!("(module (func (param $x {ty}) nop))");
        let errors = Assembler::new().assemble(&text).unwrap_err();
        assert_eq!(errors.len(), 1, "{errors}");
        let error = errors.iter().next().unwrap();
        assert_eq!(suggested(error).first().copied(), meant, "{errors}");
        assert!(note.is_none_or(|note| error.notes.iter().any(|line| line.contains(note))), "{error:?}");
    }
}
