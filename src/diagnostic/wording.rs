//! Grammar of the English in messages.

/// A noun with its article: `a table`, `an array type`.
pub(crate) fn with_article(noun: &str) -> String {
    let first = noun.trim_start_matches('`').bytes().next().unwrap_or(b' ');
    let article = if b"aeiou".contains(&first.to_ascii_lowercase()) { "an" } else { "a" };
    format!("{article} {noun}")
}

#[cfg(test)]
mod tests {
    use super::with_article;

    #[test]
    fn a_vowel_asks_for_another_article() {
        assert_eq!(with_article("element segment"), "an element segment");
        assert_eq!(with_article("`elem`"), "an `elem`");
        assert_eq!(with_article("table"), "a table");
    }
}
