//! Names of one index space that are easily taken for each other.

use super::context::Context;
use super::finding::Finding;
use super::function::Function;
use crate::ast::Naming;
use crate::characters::ascii;
use crate::diagnostic::Code;
use crate::lex::{id_name, is_idchar, rest_of_string};
use crate::resolve::{IndexSpace, Symbols};
use crate::span::Span;
use hashbrown::{DefaultHashBuilder, HashMap};
use std::hash::BuildHasher;

/// Shorter names that differ in the case of letters or in digits are often meant: `$a` and `$A`, `$x0` and `$x1`.
const SHORTEST: usize = 3;

/// Checks the names of the definitions of the module.
pub(super) fn check_module(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    for space in IndexSpace::OF_MODULES {
        let symbols = cx.symbols.names(space);
        let mut ids: Vec<Span> = symbols
            .definitions()
            .filter(|(name, ..)| is_confusable(name))
            .map(|(.., start)| id_at(cx.symbols.source, start))
            .collect();
        ids.sort_unstable();
        check(cx, symbols, &ids, space, findings);
    }
}

/// Checks the names of the parameters and locals of a function.
pub(super) fn check_locals(function: &Function<'_, '_>, findings: &mut Vec<Finding>) {
    if !function.cx.enabled.has(Code::SimilarNames) {
        return;
    }
    let source = function.cx.symbols.source;
    let params = function.ast.type_uses[function.func.type_use.0 as usize].params;
    let naming = params.range().chain(function.func.locals.range()).map(|at| function.ast.params[at].naming);
    let is_candidate = |id: &Span| is_confusable(&source[id.start as usize + 1..id.end as usize]);
    let ids: Vec<Span> = naming.filter_map(|Naming { id, .. }| id).filter(is_candidate).collect();
    if !ids.is_empty() {
        check(function.cx, &function.lowerer.locals, &ids, IndexSpace::Local, findings);
    }
}

/// Returns the identifier that starts at an offset.
fn id_at(source: &str, start: u32) -> Span {
    let rest = &source[start as usize..];
    let end = match rest.strip_prefix("$\"") {
        Some(rest) => rest_of_string(rest.as_bytes()) + 2,
        None => rest.bytes().skip(1).take_while(|byte| is_idchar(*byte)).count() + 1,
    };
    Span::new(start, start + end as u32)
}

/// Whether a name contains a character that another one could be taken for.
fn is_confusable(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii() || matches!(byte, b'0' | b'1'))
}

/// Checks the candidates, which are in source order, against each other and against all names.
fn check(
    cx: &Context<'_, '_>,
    symbols: &Symbols<'_>,
    ids: &[Span],
    space: IndexSpace,
    findings: &mut Vec<Finding>,
) {
    if !cx.enabled.has(Code::SimilarNames) {
        return;
    }
    let source = cx.symbols.source;
    let deceptive = Deceptive::of(symbols.iter());
    let hasher = DefaultHashBuilder::default();
    // The first candidate with each spelling after similar characters are replaced, by the hash of that spelling.
    let mut firsts: HashMap<(bool, u64), Span> = HashMap::with_capacity(ids.len());
    let (mut folded, mut other) = (String::new(), String::new());
    for &id in ids {
        let name = id_name(&source[id.range()]);
        let is_short = name.len() < SHORTEST && name.is_ascii();
        if is_short || name.starts_with('_') {
            continue;
        }
        for differ_in_case in [true, false] {
            let may_differ = match differ_in_case {
                true => name.bytes().any(|byte| byte.is_ascii_uppercase()),
                false => deceptive.may_be_like(&name),
            };
            if !may_differ {
                continue;
            }
            fold(&name, differ_in_case, &mut folded);
            // The symbols have a name that is its own spelling.
            if folded == name || folded.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let first = *firsts.entry((differ_in_case, hasher.hash_one(&folded))).or_insert(id);
            let is_equal = |first: &Span| {
                fold(&id_name(&source[first.range()]), differ_in_case, &mut other);
                *first != id && other == folded
            };
            let plain = symbols.start(&folded).map(|start| id_at(source, start));
            if let Some(other) = plain.or_else(|| Some(first).filter(is_equal))
                && !id_name(&source[other.range()]).starts_with('_')
            {
                let (other, id) = if other.start < id.start { (other, id) } else { (id, other) };
                findings.push(Finding::Similar { id, other, space, differ_in_case });
                break;
            }
        }
    }
}

/// The names with a letter that looks like a digit or like another letter: `O`, `I` and `l`. Of two names that look alike,
/// one is among them. The set may contain others, since only the length and the ends of names are known.
struct Deceptive {
    set: [u64; 16],
    /// Whether a name has characters outside ASCII.
    is_any: bool,
}

impl Deceptive {
    fn of<'n>(names: impl Iterator<Item = &'n str>) -> Deceptive {
        let mut deceptive = Deceptive { set: [0; 16], is_any: false };
        for name in names {
            let has_letter = name.bytes().any(|byte| matches!(byte, b'O' | b'I' | b'l') || !byte.is_ascii());
            if has_letter {
                deceptive.is_any |= !name.is_ascii();
                let (word, bit) = Self::place(name);
                deceptive.set[word] |= 1 << bit;
            }
        }
        deceptive
    }

    /// Whether another name may look like this one.
    fn may_be_like(&self, name: &str) -> bool {
        let (word, bit) = Self::place(name);
        self.is_any || self.set[word] >> bit & 1 != 0
    }

    fn place(name: &str) -> (usize, u32) {
        let bytes = name.as_bytes();
        let folded = |byte: Option<&u8>| match byte {
            Some(b'0') => b'O',
            Some(b'1' | b'I') => b'l',
            Some(byte) => *byte,
            None => 0,
        };
        let middle = folded(bytes.get(bytes.len() / 2));
        let key = (bytes.len() as u32)
            .wrapping_add(u32::from(folded(bytes.first())) << 7)
            .wrapping_add(u32::from(folded(bytes.last())) << 14)
            .wrapping_add(u32::from(middle) << 21)
            .wrapping_mul(0x9e37_79b1);
        ((key >> 28) as usize, key >> 22 & 63)
    }
}

/// Writes a name in which all letters are in lower case, or all characters of similar shape are replaced by one of
/// them.
fn fold(name: &str, differ_in_case: bool, folded: &mut String) {
    folded.clear();
    if differ_in_case {
        folded.push_str(name);
        return folded.make_ascii_lowercase();
    }
    for character in name.chars() {
        match character {
            '0' => folded.push('O'),
            '1' | 'I' => folded.push('l'),
            _ if character.is_ascii() => folded.push(character),
            _ => match ascii(character) {
                Some(text) => folded.push_str(text),
                None => folded.push(character),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(name: &str) -> String {
        let mut shape = String::new();
        fold(name, false, &mut shape);
        shape
    }

    #[test]
    fn similar_characters_have_one_shape() {
        assert_eq!(shape("tota1"), shape("total"));
        assert_eq!(shape("O0Il1"), shape("00111"));
        assert_eq!(shape("\u{430}dd"), "add");
        assert_ne!(shape("x2"), shape("x3"));
    }
}
