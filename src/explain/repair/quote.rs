//! Parts of the source text as messages quote them.

/// Returns the beginning of a text, on one line.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(20).collect();
    words.join(" ").chars().take(40).collect()
}

/// Returns the beginning of a text with control characters escaped.
pub(crate) fn shown(text: &str) -> String {
    let escape = |c: char| match c {
        c if c.is_control() => c.escape_debug().collect::<Vec<char>>(),
        c => vec![c],
    };
    text.chars().take(40).flat_map(escape).collect()
}
