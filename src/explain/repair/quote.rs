//! Parts of the source text as messages quote them.

/// The beginning of a text, on one line.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(20).collect();
    words.join(" ").chars().take(40).collect()
}

/// A text as it can be shown within a line.
pub(crate) fn shown(text: &str) -> String {
    let escape = |c: char| match c {
        c if c.is_control() => c.escape_debug().collect::<Vec<char>>(),
        c => vec![c],
    };
    text.chars().take(40).flat_map(escape).collect()
}
