//! The keywords of module fields.

use crate::explain::spelling::nearest_word;
use crate::explain::vocabulary::alias;

/// The keywords of module fields.
pub(crate) const FIELDS: &[&str] =
    &["type", "rec", "import", "func", "table", "memory", "global", "tag", "export", "start", "elem", "data"];

/// Returns the keyword of a module field that a word probably means.
pub(crate) fn field_meant(word: &str) -> Option<&'static str> {
    let fields = || FIELDS.iter().copied();
    let is_longer = |field: &&str| word.len() > 3 && (word.starts_with(*field) || field.starts_with(word));
    alias(word)
        .and_then(|meant| fields().find(|field| *field == meant))
        .or_else(|| nearest_word(word, fields()))
        .or_else(|| fields().find(is_longer))
}
