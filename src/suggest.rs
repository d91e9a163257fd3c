//! Near names and new names, for suggestions.

mod renamed;

pub(crate) use renamed::{Successor, successor};

/// What words of the text format are called elsewhere.
const ALIASES: &[(&str, &str)] = &[
    ("function", "func"),
    ("fn", "func"),
    ("fun", "func"),
    ("def", "func"),
    ("mem", "memory"),
    ("var", "global"),
    ("element", "elem"),
    ("segment", "data"),
    ("params", "param"),
    ("parameter", "param"),
    ("arg", "param"),
    ("args", "param"),
    ("results", "result"),
    ("return", "result"),
    ("returns", "result"),
    ("ret", "result"),
    ("locals", "local"),
    ("variable", "local"),
    ("let", "local"),
    ("fields", "field"),
    ("mutable", "mut"),
    ("int", "i32"),
    ("integer", "i32"),
    ("uint", "i32"),
    ("int32", "i32"),
    ("u32", "i32"),
    ("s32", "i32"),
    ("bool", "i32"),
    ("char", "i32"),
    ("u8", "i8"),
    ("u16", "i16"),
    ("long", "i64"),
    ("int64", "i64"),
    ("u64", "i64"),
    ("s64", "i64"),
    ("float", "f32"),
    ("float32", "f32"),
    ("single", "f32"),
    ("double", "f64"),
    ("float64", "f64"),
];

/// The word of the text format that another language's word stands for.
pub(crate) fn alias(word: &str) -> Option<&'static str> {
    ALIASES.iter().find(|(foreign, _)| *foreign == word).map(|(_, meant)| *meant)
}

/// How many candidates are looked through at most: with more, a mistake in every function of a module
/// would take a time that grows with the square of its size.
const MOST_CANDIDATES: usize = 20_000;

/// The candidate that is nearest to `name`, if one is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if candidates.size_hint().0 > MOST_CANDIDATES || name.len() > 100 {
        return None;
    }
    let limit = name.len().div_ceil(3).min(4);
    candidates
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance > 0 && *distance <= limit && *distance < name.len())
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many bytes must be changed, put in, left out or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let changed = last[j] + usize::from(a[i] != b[j]);
            let mut best = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_near_name_is_found_and_a_far_one_is_not() {
        let names = ["compute_total", "compute", "i32.add"];
        assert_eq!(nearest("compute_totl", names.into_iter()), Some("compute_total"));
        assert_eq!(nearest("i32.ad", names.into_iter()), Some("i32.add"));
        assert_eq!(nearest("xyz", names.into_iter()), None);
    }
}
