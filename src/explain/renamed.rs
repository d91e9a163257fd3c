//! Former names of instructions and types.

use crate::instr::Op;

/// The successor of a former name.
pub(crate) enum Successor {
    /// A name with the same meaning.
    Renamed(String),
    /// An instruction that does nearly the same.
    Changed(&'static str),
    /// An instruction, and its immediates. They follow its label if it has one.
    Rewritten(&'static str, &'static str),
    /// No word of its own. The text is advice.
    Replaced(&'static str),
}

/// Words that have been renamed.
#[rustfmt::skip]
const RENAMED: &[(&str, &str)] = &[
    ("get_local",                       "local.get"),
    ("set_local",                       "local.set"),
    ("tee_local",                       "local.tee"),
    ("get_global",                      "global.get"),
    ("set_global",                      "global.set"),
    ("grow_memory",                     "memory.grow"),
    ("mem.grow",                        "memory.grow"),
    ("current_memory",                  "memory.size"),
    ("mem.size",                        "memory.size"),
    ("anyfunc",                         "funcref"),
    ("except_ref",                      "exnref"),
    ("exceptref",                       "exnref"),
    ("ref.isnull",                      "ref.is_null"),
    ("ref.isNull",                      "ref.is_null"),
    ("atomic.notify",                   "memory.atomic.notify"),
    ("atomic.wake",                     "memory.atomic.notify"),
    ("call_import",                     "call"),
    ("wake",                            "memory.atomic.notify"),
    ("i32.atomic.wait",                 "memory.atomic.wait32"),
    ("i64.atomic.wait",                 "memory.atomic.wait64"),
    ("i32.wait",                        "memory.atomic.wait32"),
    ("i64.wait",                        "memory.atomic.wait64"),
    ("memory.drop",                     "data.drop"),
    ("table.drop",                      "elem.drop"),
    ("tail_call",                       "return_call"),
    ("return_call_func",                "return_call"),
    ("return_call_func_ref",            "return_call_ref"),
    ("call_func_ref",                   "call_ref"),
    ("br_on_nonnull",                   "br_on_non_null"),
    ("ref.as_nonnull",                  "ref.as_non_null"),
    // Stack switching, from its proposals.
    ("cont.suspend",                    "suspend"),
    ("cont.resume",                     "resume"),
    ("cont.throw",                      "resume_throw"),
    ("cont.resume_throw",               "resume_throw"),
    ("cont.switch",                     "switch"),
    ("switch_to",                       "switch"),
    // Garbage collection, before it was standardized.
    ("struct.new_with_rtt",             "struct.new"),
    ("struct.new_default_with_rtt",     "struct.new_default"),
    ("struct.new_canon",                "struct.new"),
    ("struct.new_canon_default",        "struct.new_default"),
    ("array.new_with_rtt",              "array.new"),
    ("array.new_default_with_rtt",      "array.new_default"),
    ("array.new_canon",                 "array.new"),
    ("array.new_canon_default",         "array.new_default"),
    ("array.new_canon_fixed",           "array.new_fixed"),
    ("array.new_canon_data",            "array.new_data"),
    ("array.new_canon_elem",            "array.new_elem"),
    ("array.init",                      "array.new_fixed"),
    ("array.init_static",               "array.new_fixed"),
    ("array.init_from_data",            "array.new_data"),
    ("array.init_from_data_static",     "array.new_data"),
    ("array.init_from_elem",            "array.new_elem"),
    ("array.init_from_elem_static",     "array.new_elem"),
    ("array.length",                    "array.len"),
    ("ref.test_static",                 "ref.test"),
    ("ref.test_canon",                  "ref.test"),
    ("ref.cast_static",                 "ref.cast"),
    ("ref.cast_nop",                    "ref.cast"),
    ("ref.cast_nop_static",             "ref.cast"),
    ("ref.cast_canon",                  "ref.cast"),
    ("br_on_cast_static",               "br_on_cast"),
    ("br_on_cast_canon",                "br_on_cast"),
    ("br_on_cast_static_fail",          "br_on_cast_fail"),
    ("br_on_cast_fail_static",          "br_on_cast_fail"),
    ("br_on_cast_canon_fail",           "br_on_cast_fail"),
    ("i31.new",                         "ref.i31"),
    ("i31.new_s",                       "ref.i31"),
    ("ref.i31_new",                     "ref.i31"),
    ("extern.externalize",              "extern.convert_any"),
    ("extern.internalize",              "any.convert_extern"),
    ("dataref",                         "structref"),
    // Vectors.
    ("v8x16.shuffle",                   "i8x16.shuffle"),
    ("v8x16.swizzle",                   "i8x16.swizzle"),
    ("v8x16.load_splat",                "v128.load8_splat"),
    ("v16x8.load_splat",                "v128.load16_splat"),
    ("v32x4.load_splat",                "v128.load32_splat"),
    ("v64x2.load_splat",                "v128.load64_splat"),
    ("i16x8.load8x8_s",                 "v128.load8x8_s"),
    ("i16x8.load8x8_u",                 "v128.load8x8_u"),
    ("i32x4.load16x4_s",                "v128.load16x4_s"),
    ("i32x4.load16x4_u",                "v128.load16x4_u"),
    ("i64x2.load32x2_s",                "v128.load32x2_s"),
    ("i64x2.load32x2_u",                "v128.load32x2_u"),
    ("i8x16.any_true",                  "v128.any_true"),
    ("i16x8.any_true",                  "v128.any_true"),
    ("i32x4.any_true",                  "v128.any_true"),
    ("i64x2.any_true",                  "v128.any_true"),
    ("i8x16.laneselect",                "i8x16.relaxed_laneselect"),
    ("i16x8.laneselect",                "i16x8.relaxed_laneselect"),
    ("i32x4.laneselect",                "i32x4.relaxed_laneselect"),
    ("i64x2.laneselect",                "i64x2.relaxed_laneselect"),
    ("i16x8.q15mulr_s",                 "i16x8.relaxed_q15mulr_s"),
    ("i16x8.dot_i8x16_i7x16_s",         "i16x8.relaxed_dot_i8x16_i7x16_s"),
    ("i32x4.dot_i8x16_i7x16_add_s",     "i32x4.relaxed_dot_i8x16_i7x16_add_s"),
    ("f16x8.relaxed_madd",              "f16x8.madd"),
    ("f16x8.relaxed_nmadd",             "f16x8.nmadd"),
];

/// Instructions whose successor takes its operands in another order.
#[rustfmt::skip]
const CHANGED: &[(&str, &str)] = &[
    ("f32x4.qfma",                      "f32x4.relaxed_madd"),
    ("f32x4.qfms",                      "f32x4.relaxed_nmadd"),
    ("f64x2.qfma",                      "f64x2.relaxed_madd"),
    ("f64x2.qfms",                      "f64x2.relaxed_nmadd"),
    ("f32x4.relaxed_fma",               "f32x4.relaxed_madd"),
    ("f32x4.relaxed_fms",               "f32x4.relaxed_nmadd"),
    ("f64x2.relaxed_fma",               "f64x2.relaxed_madd"),
    ("f64x2.relaxed_fms",               "f64x2.relaxed_nmadd"),
];

/// Instructions that have become a form of another one, with types as immediates.
#[rustfmt::skip]
const REWRITTEN: &[(&str, &str, &str)] = &[
    ("ref.is_func",         "ref.test",         "(ref func)"),
    ("ref.is_data",         "ref.test",         "(ref struct)"),
    ("ref.is_array",        "ref.test",         "(ref array)"),
    ("ref.is_i31",          "ref.test",         "(ref i31)"),
    ("ref.as_func",         "ref.cast",         "(ref func)"),
    ("ref.as_data",         "ref.cast",         "(ref struct)"),
    ("ref.as_array",        "ref.cast",         "(ref array)"),
    ("ref.as_i31",          "ref.cast",         "(ref i31)"),
    ("br_on_func",          "br_on_cast",       "funcref (ref func)"),
    ("br_on_data",          "br_on_cast",       "anyref (ref struct)"),
    ("br_on_array",         "br_on_cast",       "anyref (ref array)"),
    ("br_on_i31",           "br_on_cast",       "anyref (ref i31)"),
    ("br_on_non_func",      "br_on_cast_fail",  "funcref (ref func)"),
    ("br_on_non_data",      "br_on_cast_fail",  "anyref (ref struct)"),
    ("br_on_non_array",     "br_on_cast_fail",  "anyref (ref array)"),
    ("br_on_non_i31",       "br_on_cast_fail",  "anyref (ref i31)"),
];

/// Words without a successor, and advice.
#[rustfmt::skip]
const REPLACED: &[(&str, &str)] = &[
    ("rtt.canon",           "runtime types were removed: write the type index alone"),
    ("rtt.sub",             "runtime types were removed: write the type index alone"),
    ("rtt.fresh_sub",       "runtime types were removed: write the type index alone"),
    ("br_on_exn",           "write a `try_table` with a `catch` clause"),
    ("if_except",           "write a `try_table` with a `catch` clause"),
    ("unwind",              "write a `try_table` with a `catch_all_ref` clause and `throw_ref`"),
    ("let",                 "declare a `local` and use `local.set`"),
    ("func.bind",           "write `cont.bind`, or a closure of your own"),
];

/// Returns the successor of a former name. `None` for any other word.
pub(crate) fn successor(word: &str) -> Option<Successor> {
    if let Some((_, now)) = RENAMED.iter().find(|(before, _)| *before == word) {
        return Some(Successor::Renamed((*now).to_owned()));
    }
    if let Some((_, now)) = CHANGED.iter().find(|(before, _)| *before == word) {
        return Some(Successor::Changed(now));
    }
    if let Some((_, op, types)) = REWRITTEN.iter().find(|(before, ..)| *before == word) {
        return Some(Successor::Rewritten(op, types));
    }
    if let Some((_, advice)) = REPLACED.iter().find(|(before, _)| *before == word) {
        return Some(Successor::Replaced(advice));
    }
    let renamed = conversion(word).or_else(|| read_modify_write(word)).or_else(|| part(word))?;
    Op::named(&renamed).map(|_| Successor::Renamed(renamed))
}

/// Renames `i32.trunc_s:sat/f32` to `i32.trunc_sat_f32_s`, and `i32.wrap/i64` to `i32.wrap_i64`.
fn conversion(word: &str) -> Option<String> {
    let (operation, from) = word.split_once('/')?;
    // For vectors, the mark was last: `i32x4.trunc_s/f32x4:sat`.
    let (operation, from, saturates) = match (operation.strip_suffix(":sat"), from.strip_suffix(":sat")) {
        (Some(operation), None) => (operation, from, "_sat"),
        (None, Some(from)) => (operation, from, "_sat"),
        _ => (operation, from, ""),
    };
    let (operation, sign) = match operation.as_bytes() {
        [.., b'_', b's'] => (&operation[..operation.len() - 2], "_s"),
        [.., b'_', b'u'] => (&operation[..operation.len() - 2], "_u"),
        _ => (operation, ""),
    };
    Some(format!("{operation}{saturates}_{from}{sign}"))
}

/// Renames `i32.atomic.rmw8_u.add` to `i32.atomic.rmw8.add_u`.
fn read_modify_write(word: &str) -> Option<String> {
    let (before, operation) = word.split_once("_u.")?;
    Some(format!("{before}.{operation}_u"))
}

/// Replaces a part of the name that was renamed in all instructions.
fn part(word: &str) -> Option<String> {
    const PARTS: &[(&str, &str)] = &[
        ("_saturate_", "_sat_"),
        ("widen_", "extend_"),
        ("const_", "const."),
        ("extract_lane_s_", "extract_lane_"),
    ];
    PARTS.iter().find(|(before, _)| word.contains(before)).map(|(before, now)| word.replace(before, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_successor_is_a_current_word() {
        for (before, now) in RENAMED.iter().chain(CHANGED) {
            assert!(Op::named(before).is_none(), "{before} is still an instruction");
            let is_word = Op::named(now).is_some() || crate::lex::words().any(|word| word == *now);
            assert!(is_word, "{now} is not a word");
        }
    }

    #[test]
    fn names_that_changed_by_a_rule_are_found_by_it() {
        for (before, now) in [
            ("i32.wrap/i64", "i32.wrap_i64"),
            ("i32.trunc_s/f32", "i32.trunc_f32_s"),
            ("i64.trunc_u:sat/f64", "i64.trunc_sat_f64_u"),
            ("i32x4.trunc_s/f32x4:sat", "i32x4.trunc_sat_f32x4_s"),
            ("call_import", "call"),
            ("f32x4.convert_s/i32x4", "f32x4.convert_i32x4_s"),
            ("i32.atomic.rmw8_u.add", "i32.atomic.rmw8.add_u"),
            ("i8x16.add_saturate_s", "i8x16.add_sat_s"),
            ("i16x8.widen_low_i8x16_u", "i16x8.extend_low_i8x16_u"),
        ] {
            assert!(matches!(successor(before), Some(Successor::Renamed(name)) if name == now), "{before}");
        }
        assert!(successor("i32.foo/i64").is_none());
    }
}
