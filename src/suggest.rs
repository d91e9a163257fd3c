//! Near names and new names, for suggestions.

mod renamed;

pub(crate) use renamed::{Successor, successor};

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
