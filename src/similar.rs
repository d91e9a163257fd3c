//! Similar names, for suggestions.

/// A name that is similar to an unknown one.
pub(crate) struct Near<'a> {
    pub(crate) name: &'a str,
    /// Whether the name differs by one typing error, and no other candidate is nearly as similar.
    pub(crate) is_sure: bool,
}

/// Returns the candidate that is most similar to `name`. `None` if no candidate is similar enough.
pub(crate) fn near<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<Near<'a>> {
    if name.len() > LONGEST {
        return None;
    }
    let limit = name.len().div_ceil(3).min(MOST_CHANGED);
    let bytes = byte_set(name);
    let mut best: Option<(usize, &str)> = None;
    let mut second = usize::MAX;
    for candidate in candidates {
        // Each change adds one byte to the set, removes one, or both.
        if candidate != name && candidate.eq_ignore_ascii_case(name) {
            return Some(Near { name: candidate, is_sure: true });
        }
        if candidate.len().abs_diff(name.len()) > limit
            || (bytes ^ byte_set(candidate)).count_ones() as usize > 2 * limit
        {
            continue;
        }
        let Some(distance) = distance(name.as_bytes(), candidate.as_bytes(), limit) else { continue };
        if distance == 0 || distance >= name.len() {
            continue;
        }
        match best {
            Some(found) if found <= (distance, candidate) => second = second.min(distance),
            _ => {
                second = second.min(best.map_or(usize::MAX, |(distance, _)| distance));
                best = Some((distance, candidate));
            }
        }
    }
    best.map(|(distance, found)| {
        let is_sure = distance == 1 && second > 2 && name.len() > 3 && is_slip(name, found);
        Near { name: found, is_sure }
    })
}

/// Whether two names that differ in one place differ by a typing error. A digit distinguishes names, and so
/// does the first letter of a word, as in `get_x` and `set_x`, or `part_a` and `part_b`.
fn is_slip(name: &str, near: &str) -> bool {
    let (a, b) = (name.as_bytes(), near.as_bytes());
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let after = a[same..].iter().rev().zip(b[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let begins_word = !a[..same].last().is_some_and(u8::is_ascii_alphanumeric);
    let (a, b) = (&a[same..a.len() - after], &b[same..b.len() - after]);
    let letters = |bytes: &[u8]| bytes.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    letters(a) && letters(b) && !(begins_word && a.len() == 1 && b.len() == 1)
}

/// Returns the name of the most similar candidate. `None` if no candidate is similar enough.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    near(name, candidates).map(|near| near.name)
}

/// The set of bytes in a text, modulo 64.
fn byte_set(text: &str) -> u64 {
    text.bytes().fold(0, |set, byte| set | 1 << (byte % 64))
}

/// The maximum length of names that are corrected.
const LONGEST: usize = 100;

/// The maximum distance of similar names.
const MOST_CHANGED: usize = 4;

/// Returns the number of bytes that must be changed, inserted, removed or swapped with their neighbour.
/// `None` if it exceeds `limit`. The names are not much longer than [`LONGEST`].
pub(crate) fn distance(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // The row of the table before the last one, the last one, and the current one.
    let mut rows = [[0u8; LONGEST + MOST_CHANGED + 1]; 3];
    let [mut before_last, mut last, mut row] = rows.each_mut();
    for (j, distance) in last[..=b.len()].iter_mut().enumerate() {
        *distance = j as u8;
    }
    for i in 0..a.len() {
        row[0] = i as u8 + 1;
        let mut least = row[0];
        for j in 0..b.len() {
            let changed = last[j] + u8::from(a[i] != b[j]);
            let mut best = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                best = best.min(before_last[j - 1] + 1);
            }
            row[j + 1] = best;
            least = least.min(best);
        }
        // A swap of neighbours skips one row; no other change does.
        if usize::from(least) > limit + 1 {
            return None;
        }
        (before_last, last, row) = (last, row, before_last);
    }
    Some(usize::from(last[b.len()])).filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::{distance, near, nearest};

    #[test]
    fn a_near_name_is_found_and_a_far_one_is_not() {
        let names = ["compute_total", "compute", "i32.add"];
        assert_eq!(nearest("compute_totl", names.into_iter()), Some("compute_total"));
        assert_eq!(nearest("i32.ad", names.into_iter()), Some("i32.add"));
        assert_eq!(nearest("xyz", names.into_iter()), None);
        assert!(near("compute_totl", names.into_iter()).is_some_and(|near| near.is_sure));
        assert!(near("value", ["value1", "value2"].into_iter()).is_some_and(|near| !near.is_sure));
    }

    #[test]
    fn a_difference_that_tells_names_apart_is_not_a_slip() {
        let is_sure = |name, other| near(name, std::iter::once(other)).is_some_and(|near| near.is_sure);
        for (name, other) in
            [("conter", "counter"), ("lenght", "length"), ("couunter", "counter"), ("i32.addd", "i32.add")]
        {
            assert!(is_sure(name, other), "{name} {other}");
        }
        for (name, other) in [
            ("value1", "value2"),
            ("part_a", "part_b"),
            ("value", "value1"),
            ("get_size", "set_size"),
            ("a_x_lo", "a_y_lo"),
        ] {
            assert!(!is_sure(name, other), "{name} {other}");
        }
    }

    #[test]
    fn a_change_of_each_kind_counts_once() {
        for (name, near, count) in [
            ("abcdef", "abcdef", 0),
            ("abcdef", "abxdef", 1),
            ("abcdef", "abdef", 1),
            ("abcdef", "abccdef", 1),
            ("abcdef", "acbdef", 1),
            ("abcdef", "bacdfe", 2),
            ("abc", "", 3),
            ("", "abc", 3),
        ] {
            assert_eq!(distance(name.as_bytes(), near.as_bytes(), 4), Some(count), "{name} {near}");
            let within = distance(name.as_bytes(), near.as_bytes(), count.saturating_sub(1));
            assert_eq!(within.is_some(), count == 0, "{name} {near}");
        }
        assert_eq!(distance(&[b'a'; 100], &[b'b'; 104], 4), None);
    }
}
