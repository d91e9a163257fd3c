//! Reads the contents of `@reloc`.

use super::fault::{Fault, FaultKind};
use super::items::Items;
use super::relocation::{Format, METHODS, MODIFIERS, Method, Modifier};
use crate::lex::{AtomKind, number};
use crate::span::Span;

/// A relocation as it is written. Every part may be missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reloc {
    /// The annotation.
    pub(super) at: Span,
    pub(super) format: Option<(Format, Span)>,
    pub(super) method: Option<(Method, Span)>,
    pub(super) modifier: Option<(Modifier, Span)>,
    pub(super) symbol: Option<SymbolRef>,
    pub(super) addend: Option<(i64, Span)>,
    /// A label in place of an addend.
    pub(super) label: Option<Span>,
}

/// A reference to a symbol.
#[derive(Clone, Copy, Debug)]
pub(super) enum SymbolRef {
    Id(Span),
    Number(u32, Span),
}

impl SymbolRef {
    pub(super) fn at(self) -> Span {
        match self {
            SymbolRef::Id(at) | SymbolRef::Number(_, at) => at,
        }
    }
}

/// All words of relocations.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    let methods = METHODS.iter().map(|(word, _)| *word);
    Format::ALL.iter().map(|format| format.name()).chain(methods).chain(MODIFIERS.map(|(word, _)| word))
}

impl Reloc {
    /// Reads the contents. Returns `None`, after reporting why, if they are malformed.
    pub(super) fn read(items: &mut Items<'_, '_>, at: Span) -> Option<Reloc> {
        let mut reloc =
            Reloc { at, format: None, method: None, modifier: None, symbol: None, addend: None, label: None };
        // The number of the last part; parts come in a fixed order.
        let mut last = 0;
        while let Some(atom) = items.next() {
            let (text, at) = (items.text(atom.span), atom.span);
            let fault = |kind| Fault { at, kind };
            let part = match atom.kind {
                AtomKind::Word => {
                    if let Some(format) = Format::ALL.into_iter().find(|format| format.name() == text) {
                        reloc.format.get_or_insert((format, at));
                        1
                    } else if let Some(&(_, method)) = METHODS.iter().find(|(name, _)| *name == text) {
                        reloc.method.get_or_insert((method, at));
                        2
                    } else if let Some(&(_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == text) {
                        reloc.modifier.get_or_insert((modifier, at));
                        3
                    } else {
                        items.faults.push(fault(FaultKind::UnknownMethod));
                        return None;
                    }
                }
                AtomKind::Id if reloc.symbol.is_none() => {
                    reloc.symbol = Some(SymbolRef::Id(at));
                    4
                }
                AtomKind::Id => {
                    reloc.label = Some(at);
                    5
                }
                AtomKind::Number if text.starts_with(['+', '-']) => {
                    match number::integer(text, 64).filter(|_| number::is_nat(&text[1..])) {
                        Some(addend) => reloc.addend = Some((addend as i64, at)),
                        None => {
                            let kind = if text.len() > 1 { FaultKind::TooLarge } else { FaultKind::LoneSign };
                            items.faults.push(fault(kind));
                            return None;
                        }
                    }
                    5
                }
                AtomKind::Number if reloc.symbol.is_none() => {
                    match items.number(at).and_then(|index| u32::try_from(index).ok()) {
                        Some(index) => reloc.symbol = Some(SymbolRef::Number(index, at)),
                        None => {
                            items.faults.push(fault(FaultKind::Expected("a symbol")));
                            return None;
                        }
                    }
                    4
                }
                AtomKind::Number => {
                    items.faults.push(fault(FaultKind::UnsignedAddend));
                    return None;
                }
                _ => {
                    items.faults.push(fault(FaultKind::Expected("a symbol")));
                    return None;
                }
            };
            if part <= last {
                items.faults.push(fault(FaultKind::Order));
                return None;
            }
            last = part;
        }
        Some(reloc)
    }

    /// Whether nothing is written.
    pub(super) fn is_empty(&self) -> bool {
        self.format.is_none()
            && self.method.is_none()
            && self.modifier.is_none()
            && self.symbol.is_none()
            && self.addend.is_none()
            && self.label.is_none()
    }
}
