//! Comments of the form `;;@ file:line:column`, by which tools say what source an instruction was made from.
//!
//! As Binaryen has them: such a comment is about the instructions behind it, up to the next; one without a
//! location says that there is none; a fourth part is the name of a symbol.

use super::excerpt::comments;
use crate::span::Span;

/// A place in another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Location<'a> {
    pub(super) file: &'a str,
    /// Counted from 1.
    pub(super) line: u32,
    /// As it is written, which is how source maps have it.
    pub(super) column: u32,
    pub(super) name: Option<&'a str>,
}

/// All that a text says, in its order.
pub(super) struct Locations<'a>(Vec<(u32, Option<Location<'a>>)>);

impl<'a> Locations<'a> {
    pub(super) fn new(text: &'a str) -> Locations<'a> {
        // Most texts say nothing, and need not be gone over.
        if memchr::memmem::find(text.as_bytes(), b";;@").is_none() {
            return Locations(Vec::new());
        }
        let annotations = comments(text).filter_map(|(start, comment)| {
            let location = comment.strip_prefix('@')?.trim();
            match location {
                "" => Some((start, None)),
                // Other comments may begin so too.
                _ => Some((start, Some(parse(location)?))),
            }
        });
        Locations(annotations.collect())
    }

    /// Those in a part of the text.
    pub(super) fn within(&self, part: Span) -> Within<'_, 'a> {
        let start = self.0.partition_point(|(at, _)| *at < part.start);
        let end = self.0.partition_point(|(at, _)| *at < part.end);
        Within(&self.0[start..end.max(start)])
    }
}

/// The locations in a part of a text.
pub(super) struct Within<'l, 'a>(&'l [(u32, Option<Location<'a>>)]);

impl<'l, 'a> Within<'l, 'a> {
    /// What is said of a place: nothing, that it has no location, or its location.
    pub(super) fn at(&mut self, place: u32) -> Option<Option<&'l Location<'a>>> {
        let behind = self.0.partition_point(|(at, _)| *at < place);
        self.0[..behind].last().map(|(_, location)| location.as_ref())
    }
}

/// `file:line:column`, perhaps with `:name` behind. A file may have colons in its name.
fn parse(text: &str) -> Option<Location<'_>> {
    let (rest, last) = text.rsplit_once(':')?;
    let (rest, last, name) = match last.parse::<u32>() {
        Ok(_) => (rest, last, None),
        Err(_) => {
            let (rest, column) = rest.rsplit_once(':')?;
            (rest, column, Some(last))
        }
    };
    let (file, line) = rest.rsplit_once(':')?;
    let is_whole = !file.is_empty() && name.is_none_or(|name| !name.is_empty());
    is_whole.then_some(Location { file, line: line.parse().ok()?, column: last.parse().ok()?, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_has_a_file_a_line_and_a_column() {
        let location = |file, line, column, name| Some(Location { file, line, column, name });
        assert_eq!(parse("a.c:10:4"), location("a.c", 10, 4, None));
        assert_eq!(parse("c:\\a.c:10:4"), location("c:\\a.c", 10, 4, None));
        assert_eq!(parse("a.c:10:4:main"), location("a.c", 10, 4, Some("main")));
        for text in ["a.c", "a.c:1", "a.c:x:1", ":1:2", "a.c:-1:2"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_comments_count() {
        let text = "(;;@ a:1:1\n;;@ b:2:2\n;) \"\\\";;@ c:3:3\" ;;@ d:4:4\n;;@\n;;@ no location\n";
        let locations = Locations::new(text);
        let found: Vec<_> = locations.0.iter().map(|(_, location)| location.map(|it| it.file)).collect();
        assert_eq!(found, [Some("d"), None]);
    }
}
