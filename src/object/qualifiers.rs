//! The qualifiers of `@sym` and of its relatives, in the spellings `(K V)` and `K=V`.

use super::fault::{Fault, FaultKind, Space, Target};
use super::items::Items;
use crate::lex::{Atom, AtomKind};
use crate::span::Span;

/// A qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Binding,
    Visibility,
    Retain,
    ThreadLocal,
    Name,
    Size,
    Offset,
    Priority,
    Comdat,
    Align,
    Strings,
}

/// The binding of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    Global,
    Local,
    Weak,
}

/// The value of a qualifier.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Flag,
    Binding(Binding),
    Hidden(bool),
    Text(String),
    Number(u64),
    Id(Span),
}

#[derive(Clone, Debug)]
struct Qualifier {
    key: Key,
    at: Span,
    value: Value,
}

/// The qualifiers of an annotation. Each occurs once.
#[derive(Clone, Debug, Default)]
pub(super) struct Qualifiers {
    list: Vec<Qualifier>,
}

/// The qualifiers without a value.
const FLAGS: [(&str, Key, Value); 9] = [
    ("hidden", Key::Visibility, Value::Hidden(true)),
    ("local", Key::Binding, Value::Binding(Binding::Local)),
    ("static", Key::Binding, Value::Binding(Binding::Local)),
    ("weak", Key::Binding, Value::Binding(Binding::Weak)),
    ("retain", Key::Retain, Value::Flag),
    ("thread_local", Key::ThreadLocal, Value::Flag),
    ("tls", Key::ThreadLocal, Value::Flag),
    ("strings", Key::Strings, Value::Flag),
    ("global", Key::Binding, Value::Binding(Binding::Global)),
];

/// The qualifiers with a value.
const KEYS: [(&str, Key); 9] = [
    ("binding", Key::Binding),
    ("visibility", Key::Visibility),
    ("name", Key::Name),
    ("size", Key::Size),
    ("offset", Key::Offset),
    ("priority", Key::Priority),
    ("init_prio", Key::Priority),
    ("comdat", Key::Comdat),
    ("align", Key::Align),
];

/// All words of qualifiers.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    FLAGS.iter().map(|(word, ..)| *word).chain(KEYS.iter().map(|(word, _)| *word))
}

impl Qualifiers {
    /// Reads qualifiers up to the end of the annotation.
    pub(super) fn read(items: &mut Items<'_, '_>) -> Qualifiers {
        let mut qualifiers = Qualifiers::default();
        while !items.is_end() {
            if let Some((key, at, value)) = Self::qualifier(items) {
                match qualifiers.list.iter().find(|other| other.key == key) {
                    Some(first) => {
                        let kind = FaultKind::SecondQualifier(first.at);
                        items.faults.push(Fault { at, kind });
                    }
                    None => qualifiers.list.push(Qualifier { key, at, value }),
                }
            }
        }
        qualifiers
    }

    /// Reads one qualifier. Returns `None`, after reporting why, if it is malformed.
    fn qualifier(items: &mut Items<'_, '_>) -> Option<(Key, Span, Value)> {
        let first = items.next()?;
        if first.kind == AtomKind::Open {
            let Some(word) = items.next_if(AtomKind::Word) else {
                items.expected("a qualifier");
                items.skip_group();
                return None;
            };
            let text = items.text(word);
            let found = Self::with_value(items, text, word);
            if found.is_some() && !items.close_group() {
                items.expected("`)`");
                items.skip_group();
                return None;
            }
            if found.is_none() {
                items.skip_group();
            }
            return found;
        }
        let text = items.text(first.span);
        match (first.kind, text.split_once('=')) {
            (AtomKind::Word, Some((word, value))) => {
                let start = first.span.start;
                let word_at = Span::new(start, start + word.len() as u32);
                let value_at = Span::new(word_at.end + 1, first.span.end);
                let key = Self::key(items, word, word_at)?;
                let value = Self::value(items, key, value, value_at)?;
                Some((key, first.span, value))
            }
            (AtomKind::Word, None) => {
                if let Some((_, key, value)) = FLAGS.iter().find(|(flag, ..)| *flag == text) {
                    return Some((*key, first.span, value.clone()));
                }
                let kind = match KEYS.iter().find(|(key, _)| *key == text) {
                    Some((_, key)) => FaultKind::NoValue(expected(*key)),
                    None => FaultKind::UnknownQualifier,
                };
                items.faults.push(Fault { at: first.span, kind });
                None
            }
            _ => {
                items.faults.push(Fault { at: first.span, kind: FaultKind::Expected("a qualifier") });
                if first.kind == AtomKind::Annotation {
                    items.skip_group();
                }
                None
            }
        }
    }

    /// Reads the value of `(key value)`.
    fn with_value(items: &mut Items<'_, '_>, word: &str, at: Span) -> Option<(Key, Span, Value)> {
        if let Some((_, key, value)) = FLAGS.iter().find(|(flag, ..)| *flag == word)
            && items.is_close()
        {
            return Some((*key, at, value.clone()));
        }
        let key = Self::key(items, word, at)?;
        let is_value =
            |atom: &Atom| !matches!(atom.kind, AtomKind::Open | AtomKind::Annotation | AtomKind::Close);
        let Some(value) = items.peek().filter(is_value) else {
            items.faults.push(Fault { at, kind: FaultKind::NoValue(expected(key)) });
            return None;
        };
        items.next();
        let text = items.text(value.span);
        let read = Self::value(items, key, text, value.span)?;
        Some((key, at.to(value.span), read))
    }

    fn key(items: &mut Items<'_, '_>, word: &str, at: Span) -> Option<Key> {
        let found = KEYS.iter().find(|(key, _)| *key == word).map(|(_, key)| *key);
        if found.is_none() {
            let kind = match FLAGS.iter().any(|(flag, ..)| *flag == word) {
                true => FaultKind::Valueless,
                false => FaultKind::UnknownQualifier,
            };
            items.faults.push(Fault { at, kind });
        }
        found
    }

    fn value(items: &mut Items<'_, '_>, key: Key, text: &str, at: Span) -> Option<Value> {
        let value = match (key, text) {
            (Key::Binding, "global") => Some(Value::Binding(Binding::Global)),
            (Key::Binding, "local" | "static") => Some(Value::Binding(Binding::Local)),
            (Key::Binding, "weak") => Some(Value::Binding(Binding::Weak)),
            (Key::Visibility, "default") => Some(Value::Hidden(false)),
            (Key::Visibility, "hidden") => Some(Value::Hidden(true)),
            (Key::Name, _) if text.starts_with('"') => match items.decoded(at) {
                Some(name) if name.is_empty() => {
                    items.faults.push(Fault { at, kind: FaultKind::EmptyName });
                    return None;
                }
                Some(name) => Some(Value::Text(name)),
                None => return None,
            },
            (Key::Comdat, _) if text.starts_with('$') => Some(Value::Id(at)),
            (Key::Size | Key::Offset | Key::Priority | Key::Align, _) => items.number(at).map(Value::Number),
            _ => None,
        };
        if value.is_none() {
            items.faults.push(Fault { at, kind: FaultKind::QualifierValue(expected(key)) });
        }
        value
    }

    /// The string of `(@comdat "name")`.
    pub(super) fn of_comdat(name: String, at: Span) -> Qualifiers {
        Qualifiers { list: vec![Qualifier { key: Key::Comdat, at, value: Value::Text(name) }] }
    }

    fn get(&self, key: Key) -> Option<&Qualifier> {
        self.list.iter().find(|qualifier| qualifier.key == key)
    }

    pub(super) fn has(&self, key: Key) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn at(&self, key: Key) -> Option<Span> {
        self.get(key).map(|qualifier| qualifier.at)
    }

    pub(super) fn string(&self, key: Key) -> Option<(&str, Span)> {
        match self.get(key)? {
            Qualifier { value: Value::Text(text), at, .. } => Some((text, *at)),
            _ => None,
        }
    }

    pub(super) fn number(&self, key: Key) -> Option<(u64, Span)> {
        match *self.get(key)? {
            Qualifier { value: Value::Number(number), at, .. } => Some((number, at)),
            _ => None,
        }
    }

    /// The identifier of the comdat.
    pub(super) fn comdat_id(&self) -> Option<Span> {
        match self.get(Key::Comdat)?.value {
            Value::Id(id) => Some(id),
            _ => None,
        }
    }

    /// The place of the comdat.
    pub(super) fn comdat(&self) -> Option<Span> {
        self.at(Key::Comdat)
    }

    pub(super) fn binding(&self) -> Option<(Binding, Span)> {
        match *self.get(Key::Binding)? {
            Qualifier { value: Value::Binding(binding), at, .. } => Some((binding, at)),
            _ => None,
        }
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.get(Key::Visibility).is_some_and(|qualifier| qualifier.value == Value::Hidden(true))
    }

    /// Reports the qualifiers that the target cannot have.
    pub(super) fn check(&self, target: Target, faults: &mut Vec<Fault>) {
        for Qualifier { key, at, .. } in &self.list {
            if !may_have(target, *key) {
                faults.push(Fault { at: *at, kind: FaultKind::NoQualifier(target) });
            }
        }
    }
}

fn expected(key: Key) -> &'static str {
    match key {
        Key::Binding => "`global`, `local` or `weak`",
        Key::Visibility => "`default` or `hidden`",
        Key::Name => "a string",
        Key::Comdat => "the identifier of a comdat",
        Key::Size | Key::Offset | Key::Priority | Key::Align => "an unsigned number",
        Key::Retain | Key::ThreadLocal | Key::Strings => "no value",
    }
}

/// Whether a target can have a qualifier.
fn may_have(target: Target, key: Key) -> bool {
    use Key as K;
    match target {
        Target::Func => {
            matches!(key, K::Binding | K::Visibility | K::Retain | K::Name | K::Priority | K::Comdat)
        }
        // A comdat of an import or of a global has an error of its own.
        Target::FuncImport | Target::OtherImport(_) | Target::Other(_) => {
            matches!(key, K::Binding | K::Visibility | K::Retain | K::Name | K::Comdat)
        }
        Target::DataSymbol => matches!(
            key,
            K::Binding | K::Visibility | K::Retain | K::Name | K::Size | K::Offset | K::ThreadLocal
        ),
        Target::DataImport => {
            matches!(key, K::Binding | K::Visibility | K::Retain | K::Name | K::ThreadLocal)
        }
        Target::Segment => {
            matches!(key, K::Retain | K::Name | K::ThreadLocal | K::Comdat | K::Align | K::Strings)
        }
    }
}

impl Target {
    /// The words of the qualifiers that the target can have.
    pub(crate) fn qualifiers(self) -> impl Iterator<Item = &'static str> {
        let flags = FLAGS.iter().filter(move |(_, key, _)| may_have(self, *key)).map(|(word, ..)| *word);
        let keys = KEYS.iter().filter(move |(_, key)| may_have(self, *key)).map(|(word, _)| *word);
        flags.chain(keys)
    }

    pub(crate) fn describe(self) -> &'static str {
        match self {
            Target::Func => "function",
            Target::FuncImport => "imported function",
            Target::Other(Space::Global) => "global",
            Target::Other(Space::Table) => "table",
            Target::Other(_) => "tag",
            Target::OtherImport(Space::Global) => "imported global",
            Target::OtherImport(Space::Table) => "imported table",
            Target::OtherImport(_) => "imported tag",
            Target::DataSymbol => "data symbol",
            Target::DataImport => "imported data symbol",
            Target::Segment => "data segment",
        }
    }
}
