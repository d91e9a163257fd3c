//! Source maps, version 3: the location of each instruction in the text, or in the file that a comment names.
//!
//! The binary is one line, whose columns are offsets. The encoding is twenty lines here; the crate for source maps has
//! fifty dependencies.

use super::debug_comments::{Location, Locations};
use super::emitter::Emitter;
use crate::escape;
use crate::span::Span;
use hashbrown::HashMap;
use serde_json::Value;
use std::io::{self, Write};

/// Writes the map. `file` and `source` are the paths of the binary and of the text.
pub(super) fn write(
    emitter: &Emitter<'_>,
    file: &str,
    source: &str,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    let origin = emitter.origin();
    let text = &*origin.text;
    let mut mappings = Mappings::default();
    let (mut files, mut names) = (Numbered::default(), Numbered::default());
    files.number(source);
    if let Some(places) = origin.places.as_deref() {
        let columns = Columns::new(
            text,
            places.code.iter().map(|mark| mark.start).chain(places.funcs.iter().map(|func| func.start)),
        );
        let locations = Locations::new(text);
        let mut marks = places.code.iter().peekable();
        let mut before = 0;
        for &func in &places.funcs {
            // A comment between two functions applies to the second.
            let mut annotated = locations.within(Span::new(before, func.end));
            before = func.end;
            let mut last = None;
            while let Some(mark) = marks.next_if(|mark| func.range().contains(&(mark.start as usize))) {
                let target = match annotated.at(mark.start) {
                    None => Target::of_text(columns.of(mark.start)),
                    Some(None) => Target::None,
                    Some(Some(location)) => Target::of_location(location, &mut files, &mut names),
                };
                // A mapping is valid up to the next one, so equal mappings are omitted.
                if !(annotated.at(mark.start).is_some() && last == Some(target)) {
                    mappings.push(mark.at, target);
                }
                last = Some(target);
            }
        }
    }
    let contents = |file: &&str| if *file == source { Value::from(text) } else { Value::Null };
    let map = serde_json::json!({
        "version": 3,
        "file": file,
        "sources": files.list,
        "sourcesContent": files.list.iter().map(contents).collect::<Vec<_>>(),
        "names": names.list,
        "mappings": mappings.out,
    });
    escape::json::write(&map, &mut *out)?;
    out.write_all(b"\n")
}

/// The source location of an instruction. Lines and columns are counted from 0.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    None,
    Place { file: usize, line: u32, column: u32, name: Option<usize> },
}

impl Target {
    fn of_text((line, column): (u32, u32)) -> Target {
        Target::Place { file: 0, line, column, name: None }
    }

    fn of_location<'a>(
        location: &Location<'a>,
        files: &mut Numbered<'a>,
        names: &mut Numbered<'a>,
    ) -> Target {
        Target::Place {
            file: files.number(location.file),
            line: location.line.saturating_sub(1),
            column: location.column,
            name: location.name.map(|name| names.number(name)),
        }
    }
}

/// A list of distinct strings.
#[derive(Default)]
struct Numbered<'a> {
    list: Vec<&'a str>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Numbered<'a> {
    fn number(&mut self, item: &'a str) -> usize {
        *self.numbers.entry(item).or_insert_with(|| {
            self.list.push(item);
            self.list.len() - 1
        })
    }
}

/// The encoded mappings of one line.
#[derive(Default)]
struct Mappings {
    out: String,
    /// The last offset, file, line, column and name. The numbers of the next mapping are relative to them.
    last: [i64; 5],
}

impl Mappings {
    fn push(&mut self, offset: u32, target: Target) {
        if !self.out.is_empty() {
            self.out.push(',');
        }
        self.number(0, offset.into());
        if let Target::Place { file, line, column, name } = target {
            self.number(1, file as i64);
            self.number(2, line.into());
            self.number(3, column.into());
            if let Some(name) = name {
                self.number(4, name as i64);
            }
        }
    }

    /// The difference to the number before: five bits to a digit of base 64, the lowest of all the sign.
    fn number(&mut self, which: usize, value: i64) {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let difference = value - std::mem::replace(&mut self.last[which], value);
        let mut rest = difference.unsigned_abs() << 1 | u64::from(difference < 0);
        loop {
            let more = if rest >= 32 { 32 } else { 0 };
            self.out.push(char::from(DIGITS[(rest & 31 | more) as usize]));
            rest >>= 5;
            if more == 0 {
                return;
            }
        }
    }
}

/// The lines and columns of offsets. Columns count UTF-16 code units, as in all source maps.
struct Columns {
    /// In source order.
    places: Vec<(u32, (u32, u32))>,
}

impl Columns {
    /// Reads the text once, so that the time is linear for long lines, too.
    fn new(text: &str, places: impl Iterator<Item = u32>) -> Columns {
        let mut sorted: Vec<u32> = places.collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut found = Vec::with_capacity(sorted.len());
        let (mut at, mut line, mut column) = (0, 0, 0);
        for place in sorted {
            let mut rest = &text[at..place as usize];
            if let Some(end) = rest.rfind('\n') {
                line += rest.matches('\n').count() as u32;
                column = 0;
                rest = &rest[end + 1..];
            }
            column += match rest.is_ascii() {
                true => rest.len() as u32,
                false => rest.chars().map(|c| c.len_utf16() as u32).sum(),
            };
            at = place as usize;
            found.push((place, (line, column)));
        }
        Columns { places: found }
    }

    fn of(&self, place: u32) -> (u32, u32) {
        let at = self.places.binary_search_by_key(&place, |(place, _)| *place);
        at.map_or((0, 0), |at| self.places[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_encoded_as_differences() {
        let mut mappings = Mappings::default();
        mappings.push(16, Target::Place { file: 0, line: 0, column: 5, name: None });
        mappings.push(17, Target::Place { file: 0, line: 2, column: 0, name: Some(0) });
        mappings.push(1017, Target::None);
        assert_eq!(mappings.out, "gBAAK,CAELA,w+B");
    }

    #[test]
    fn columns_count_utf16_code_units() {
        let text = "a\n\u{1f600}\u{e9} b\n";
        let place = text.find('b').unwrap() as u32;
        let columns = Columns::new(text, [place, 0].into_iter());
        assert_eq!(columns.of(0), (0, 0));
        assert_eq!(columns.of(place), (1, 4));
    }
}
