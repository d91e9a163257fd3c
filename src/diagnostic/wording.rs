//! English grammar for messages.

/// Puts the indefinite article before a noun: `a table`, `an array type`.
pub(crate) fn with_article(noun: &str) -> String {
    let first = noun.trim_start_matches('`').bytes().next().unwrap_or(b' ');
    let article = if b"aeiou".contains(&first.to_ascii_lowercase()) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Puts a count before a noun, in singular or plural: `1 local`, `2 locals`, `no locals`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    match count {
        0 => format!("no {}", plural(noun)),
        1 => format!("1 {noun}"),
        _ => format!("{count} {}", plural(noun)),
    }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, with_article};

    #[test]
    fn only_one_is_singular() {
        assert_eq!([0, 1, 2].map(|n| counted(n, "memory")), ["no memories", "1 memory", "2 memories"]);
    }

    #[test]
    fn the_article_is_an_before_a_vowel() {
        assert_eq!(with_article("element segment"), "an element segment");
        assert_eq!(with_article("`elem`"), "an `elem`");
        assert_eq!(with_article("table"), "a table");
    }
}
