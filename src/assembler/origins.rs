//! The map between the bytes of a module and the source text.

use crate::lower;
use crate::span::Span;
use crate::validate::items::items;
use std::cmp::Reverse;
use std::ops::Range;
use std::slice;
use wasmparser::{Parser, Payload};

/// A range of bytes of a module, and the source text that it was assembled from.
///
/// ```
/// let text = "(module (memory 1))";
/// let assembled = gcwat::Assembler::new().origins(true).assemble(text).unwrap();
/// for origin in &assembled.origins().unwrap() {
///     assert_eq!(&assembled.bytes()[origin.bytes.clone()], [0, 1]);
///     assert_eq!(&text[origin.span.range()], "(memory 1)");
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// The bytes: an instruction, the local declarations of a function, or an item of a section, such as a type or export.
    pub bytes: Range<usize>,
    /// The source text. For an instruction, it is the keyword; otherwise it is the field or the type definition.
    pub span: Span,
}

/// The map between the bytes of a module and the source text.
///
/// ```
/// let text = "(module (func (export \"f\") (result i32) i32.const 42))";
/// let assembled = gcwat::Assembler::new().origins(true).assemble(text).unwrap();
/// let origins = assembled.origins().unwrap();
///
/// // An engine reports offsets in the binary, such as that of an instruction that traps.
/// let offset = assembled.bytes().windows(2).position(|bytes| bytes == [0x41, 42]).unwrap();
/// let origin = origins.at_byte(offset).unwrap();
/// assert_eq!(&text[origin.span.range()], "i32.const");
///
/// // A debugger sets a breakpoint at a position in the text.
/// let position = text.find("42").unwrap() as u32;
/// assert_eq!(origins.at_text(position).unwrap(), origin);
/// assert_eq!(origin.bytes, offset..offset + 2);
/// ```
#[derive(Clone, Debug)]
pub struct Origins {
    /// In the order of the bytes, without overlap.
    all: Vec<Origin>,
    /// The fields and type definitions, in source order: each as the position of one of its origins in `all`, and the end
    /// of the last field so far.
    fields: Vec<(u32, u32)>,
    /// The instructions in source order, as positions in `all`.
    instrs: Vec<u32>,
}

impl Origins {
    pub(super) fn new(bytes: &[u8], recorded: &lower::Origins) -> Origins {
        let mut all = Vec::new();
        let (mut fields, mut instrs) = (Vec::new(), Vec::new());
        let mut bodies = recorded.bodies.iter().zip(&recorded.funcs);
        for payload in Parser::new(0).parse_all(bytes) {
            let Ok(payload) = payload else { break };
            if let Payload::CodeSectionEntry(_) = payload {
                let Some(((body, code), &func)) = bodies.next() else { break };
                let code = &recorded.code[code.range()];
                let first = code.first().map_or(body.end, |instr| instr.at);
                fields.push(all.len() as u32);
                all.push(Origin { bytes: body.start as usize..first as usize, span: func });
                for (nth, instr) in code.iter().enumerate() {
                    let end = code.get(nth + 1).map_or(body.end, |next| next.at);
                    instrs.push(all.len() as u32);
                    let span = Span::new(instr.start, instr.end);
                    all.push(Origin { bytes: instr.at as usize..end as usize, span });
                }
                continue;
            }
            let Some((id, items)) = items(&payload) else { continue };
            for item in items {
                let Some(first) = recorded.item(id, item.first) else { break };
                let last = recorded.item(id, item.first + item.count.saturating_sub(1)).unwrap_or(first);
                fields.push(all.len() as u32);
                all.push(Origin { bytes: item.bytes, span: first.to(last) });
            }
        }
        let span = |at: &u32| all[*at as usize].span;
        instrs.sort_by_key(|at| span(at).start);
        // An inner field comes after an outer one, and the first origin of a field after its others.
        fields.sort_by_key(|at| (span(at).start, Reverse(span(at).end), Reverse(*at)));
        let ends = fields.iter().scan(0, |end, at| {
            *end = span(at).end.max(*end);
            Some(*end)
        });
        Origins { fields: fields.iter().copied().zip(ends).collect(), instrs, all }
    }

    /// Returns all origins, in the order of the bytes. Sizes, numbers of items and custom sections have no origin.
    pub fn iter(&self) -> slice::Iter<'_, Origin> {
        self.all.iter()
    }

    /// Returns the origin of the byte at `offset` of the module.
    pub fn at_byte(&self, offset: usize) -> Option<&Origin> {
        let at = self.all.partition_point(|origin| origin.bytes.start <= offset).checked_sub(1)?;
        self.all.get(at).filter(|origin| origin.bytes.contains(&offset))
    }

    /// Returns the origin that has the source text at `offset`: in the body of a function, the instruction whose keyword is
    /// at or before the offset; elsewhere the innermost field or type definition. A field can have several origins, such as
    /// a function with an inline export; the first one in the order of the bytes is returned.
    pub fn at_text(&self, offset: u32) -> Option<&Origin> {
        let origin = |at: u32| &self.all[at as usize];
        let before = self.fields.partition_point(|(at, _)| origin(*at).span.start <= offset);
        let containing = self.fields[..before].iter().rev().take_while(|(_, end)| *end > offset);
        let mut fields = containing.map(|(at, _)| origin(*at)).filter(|field| field.span.end > offset);
        let field = fields.next()?;
        let before = self.instrs.partition_point(|at| origin(*at).span.start <= offset);
        let instr = self.instrs[..before].last().map(|at| origin(*at));
        instr.filter(|instr| instr.span.start >= field.span.start).or(Some(field))
    }
}

impl<'a> IntoIterator for &'a Origins {
    type Item = &'a Origin;
    type IntoIter = slice::Iter<'a, Origin>;

    fn into_iter(self) -> slice::Iter<'a, Origin> {
        self.iter()
    }
}
