//! Misspelt names of instructions.
//!
//! A name has parts: `i32.load8_s` has `i32`, `load8` and `s`. A name is misspelt if one of its parts is, or
//! if a separator is missing. One real part is not a misspelling of another, however similar they are: `div`
//! does not mean `rem`, and `i32` does not mean `f32`.

use super::vocabulary::{has_meaning, is_type};
use crate::instr::Op;
use crate::lex::op;
use crate::similar::{Near, distance, near, nearest};
use hashbrown::{HashMap, HashSet};
use std::sync::OnceLock;

/// Returns the instruction that a misspelt name probably means.
pub(crate) fn near_instruction(word: &str) -> Option<Near<'static>> {
    let lower = word.to_ascii_lowercase();
    if lower.len() > LONGEST || lower.is_empty() {
        return None;
    }
    if let Some(name) = with_letters(&lower) {
        return Some(Near { name, is_sure: false });
    }
    let mnemonics = || Op::all().map(Op::mnemonic);
    let is_number = parts(&lower).next().is_some_and(is_type);
    let written: Vec<Part<'_>> =
        parts(&lower).map(|text| Part { text, is_real: is_real(text, is_number) }).collect();
    let misspelt = all().iter().filter_map(|(name, parts)| Some((typos(&written, parts)?, *name)));
    if let Some((_, name)) = misspelt.min() {
        let is_sure = near(&lower, mnemonics()).is_some_and(|near| near.is_sure && near.name == name);
        return Some(Near { name, is_sure });
    }
    // One part is missing, and only one instruction has all others.
    let longer = all().iter().filter(|(_, parts)| written.len() > 1 && is_without_part(&written, parts));
    let mut longer = longer.map(|(name, _)| *name);
    match (longer.next(), longer.next()) {
        (Some(name), None) => Some(Near { name, is_sure: false }),
        _ => None,
    }
}

/// Returns the keyword that a misspelt word probably means. One letter may be wrong, in long words two or
/// three.
pub(crate) fn nearest_word<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = |candidate: &str| (candidate.len().min(word.len()) / 3).clamp(1, 3);
    let begins_alike = |candidate: &str| {
        let (a, b) = (word.as_bytes(), candidate.as_bytes());
        a.first() == b.first() || a.len() != b.len() || a.len() > 5 || is_swapped(a, b)
    };
    let is_near = |candidate: &&'a str| {
        begins_alike(candidate) && distance(word.as_bytes(), candidate.as_bytes(), most(candidate)).is_some()
    };
    if word.len() > LONGEST {
        return None;
    }
    nearest(word, candidates.filter(is_near))
}

/// The maximum length of names that are corrected.
const LONGEST: usize = 40;

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(['.', '_', '/', ':', '-']).filter(|part| !part.is_empty())
}

/// Returns the instruction with the same letters, ignoring separators.
pub(crate) fn with_letters(word: &str) -> Option<&'static str> {
    static NAMES: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    let letters = |name: &str| parts(name).collect::<String>();
    let names = NAMES
        .get_or_init(|| Op::all().map(Op::mnemonic).map(|mnemonic| (letters(mnemonic), mnemonic)).collect());
    names.get(&letters(word)).copied()
}

/// The names of all instructions with their parts, computed once.
fn all() -> &'static [(&'static str, Vec<&'static str>)] {
    static ALL: OnceLock<Vec<(&'static str, Vec<&'static str>)>> = OnceLock::new();
    ALL.get_or_init(|| Op::all().map(Op::mnemonic).map(|name| (name, parts(name).collect())).collect())
}

/// A part of a name in the source.
struct Part<'w> {
    text: &'w str,
    /// Whether the part has a meaning of its own.
    is_real: bool,
}

/// Returns the number of wrong letters. `None` if the name is not a correction of the written parts.
fn typos(written: &[Part<'_>], parts: &[&str]) -> Option<usize> {
    if parts.len() != written.len() {
        return None;
    }
    // Parts with a meaning must be equal; this is the fastest check.
    if parts.iter().zip(written).any(|(part, written)| written.is_real && written.text != *part) {
        return None;
    }
    let typos = parts.iter().zip(written).map(|(part, written)| match written.is_real {
        true => Some(0),
        false => typos_in_part(written.text, part),
    });
    let all: Option<usize> = typos.sum();
    all.filter(|&all| all <= MOST_TYPOS)
}

/// The maximum number of wrong letters.
const MOST_TYPOS: usize = 3;

fn typos_in_part(written: &str, part: &str) -> Option<usize> {
    if written == part {
        return Some(0);
    }
    if written.len().abs_diff(part.len()) > 3 {
        return None;
    }
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (own, meant) = (digits(written), digits(part));
    let shorter = written.len().min(part.len());
    let longer = written.len().max(part.len());
    let most = match shorter {
        0..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let count = distance(written.as_bytes(), part.as_bytes(), most)?;
    // Numbers are widths and shapes: one digit may be missing or surplus, or two may be swapped.
    if own != meant && (own.is_empty() || count > 1 || own.len() == meant.len() && !is_swapped(&own, &meant))
    {
        return None;
    }
    let same_first = written.as_bytes()[0] == part.as_bytes()[0];
    let is_replaced = written.len() == part.len() && !is_swapped(written.as_bytes(), part.as_bytes());
    let is_alike = match longer {
        // The first letter of a short word must be right.
        _ if longer < 4 && written.len() != part.len() => {
            part.starts_with(written) || is_doubled(written, part)
        }
        0..=2 => !is_replaced,
        3..=4 => same_first || !is_replaced,
        _ => true,
    };
    is_alike.then_some(count)
}

/// Whether a letter is doubled by mistake.
fn is_doubled(written: &str, part: &str) -> bool {
    let bytes = written.as_bytes();
    (1..bytes.len())
        .any(|at| bytes[at] == bytes[at - 1] && [&written[..at - 1], &written[at..]].concat() == part)
}

/// Whether two neighbours are swapped, and nothing else differs.
fn is_swapped(a: &[u8], b: &[u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    a.len() == b.len()
        && same + 1 < a.len()
        && a[same] == b[same + 1]
        && a[same + 1] == b[same]
        && a[same + 2..] == b[same + 2..]
}

/// Whether a part has a meaning of its own. `is_number` allows the operations on numbers.
fn is_real(part: &str, is_number: bool) -> bool {
    static PARTS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    PARTS.get_or_init(|| Op::all().flat_map(|op| parts(op.mnemonic())).collect()).contains(part)
        || has_meaning(part, is_number)
}

/// Whether the name has one part more than the written one.
fn is_without_part(written: &[Part<'_>], parts: &[&str]) -> bool {
    if parts.len() != written.len() + 1 {
        return false;
    }
    let mut left = written.iter().peekable();
    let mut missing = 0;
    for part in parts {
        match left.next_if(|written| written.text == *part) {
            Some(_) => {}
            None => missing += 1,
        }
    }
    left.peek().is_none() && missing == 1
}

/// Converts `isNull` to `is_null`, `I32.ADD` to `i32.add`, and `i32_const` to `i32.const`.
pub(crate) fn snake_case(word: &str) -> String {
    let mut snake = String::new();
    for c in word.chars() {
        if c.is_ascii_uppercase() && snake.ends_with(|c: char| c.is_ascii_lowercase()) {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    let lower = word.to_ascii_lowercase();
    if op(&snake).is_none() && op(&lower).is_some() {
        return lower;
    }
    match snake.split_once('_') {
        Some((ty, rest)) if op(&snake).is_none() && op(&format!("{ty}.{rest}")).is_some() => {
            format!("{ty}.{rest}")
        }
        _ => snake,
    }
}

#[cfg(test)]
mod tests {
    use super::near_instruction;

    #[test]
    fn a_misspelling_is_one_of_a_part() {
        for (written, meant) in [
            ("i32.ad", Some("i32.add")),
            ("i32.addd", Some("i32.add")),
            ("i23.add", Some("i32.add")),
            ("local.gte", Some("local.get")),
            ("locl.get", Some("local.get")),
            ("i32.cosnt", Some("i32.const")),
            ("cal_indirect", Some("call_indirect")),
            ("callindirect", Some("call_indirect")),
            ("i32.load_8s", Some("i32.load8_s")),
            ("unreachabel", Some("unreachable")),
            ("i32x4.extract", Some("i32x4.extract_lane")),
            ("i32.reinterpret", Some("i32.reinterpret_f32")),
            ("i32.foo", None),
            ("f32.pow", None),
            ("i32.mod_u", None),
            ("memory.set", None),
            ("i64.load8", None),
            ("f64.extend_i32_s", None),
            ("xyz", None),
        ] {
            assert_eq!(near_instruction(written).map(|near| near.name), meant, "{written}");
        }
    }
}
