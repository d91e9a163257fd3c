//! Comments of the form `;;@ file:line:column`, in which tools record the source location of an instruction.
//!
//! The meaning is that of Binaryen: a comment applies to all following instructions up to the next such comment. A comment
//! without a location removes the location. A fourth part is the name of a symbol.

use super::excerpt::comments;
use crate::span::Span;

/// A location in another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Location<'a> {
    pub(super) file: &'a str,
    /// Counted from 1.
    pub(super) line: u32,
    /// As in the comment, which is the convention of source maps.
    pub(super) column: u32,
    pub(super) name: Option<&'a str>,
}

/// The locations in the comments of a text, in source order.
pub(super) struct Locations<'a>(Vec<(u32, Option<Location<'a>>)>);

impl<'a> Locations<'a> {
    pub(super) fn new(text: &'a str) -> Locations<'a> {
        // The common case: no such comment.
        if memchr::memmem::find(text.as_bytes(), b";;@").is_none() {
            return Locations(Vec::new());
        }
        let annotations = comments(text).filter_map(|(start, comment)| {
            let location = comment.strip_prefix('@')?.trim();
            match location {
                "" => Some((start, None)),
                // A comment that begins with `@` may have another meaning.
                _ => Some((start, Some(parse(location)?))),
            }
        });
        Locations(annotations.collect())
    }

    /// Returns the locations in a part of the text.
    pub(super) fn within(&self, part: Span) -> Within<'_, 'a> {
        let start = self.0.partition_point(|(at, _)| *at < part.start);
        let end = self.0.partition_point(|(at, _)| *at < part.end);
        Within(&self.0[start..end.max(start)])
    }
}

/// The locations in a part of a text.
pub(super) struct Within<'l, 'a>(&'l [(u32, Option<Location<'a>>)]);

impl<'l, 'a> Within<'l, 'a> {
    /// Returns the location that applies at an offset: `None` without a comment, `Some(None)` after a comment without a
    /// location.
    pub(super) fn at(&mut self, offset: u32) -> Option<Option<&'l Location<'a>>> {
        let end = self.0.partition_point(|(at, _)| *at < offset);
        self.0[..end].last().map(|(_, location)| location.as_ref())
    }
}

/// Parses `file:line:column` or `file:line:column:name`. The name of the file may contain colons.
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
