//! The faults that resolving and lowering find, in words.

use crate::diagnostic::{Applicability, Code, Diagnostic, counted, edit, with_article};
use crate::escape;
use crate::lex::{id_name, is_idchar};
use crate::resolve::SymbolTable;
use crate::resolve::fault::{Fault, TypeUseFault};
use crate::resolve::names::{IndexSpace, Symbols};
use crate::similar;
use crate::span::{Span, ceil_boundary};
use std::cell::Cell;

/// Words the faults of one module.
pub(crate) struct FaultWords<'a, 's> {
    pub(crate) symbols: &'a SymbolTable<'s>,
    /// The number of names with which unknown ones may still be compared. Without a limit, an error in each function
    /// of a module would take time that grows with the square of the module.
    pub(crate) comparisons: &'a Cell<usize>,
}

/// The limit for [`FaultWords::comparisons`].
pub(crate) const MOST_COMPARISONS: usize = 1 << 23;

/// The minimum number of bytes of a name that may be an abbreviation.
const FEWEST: usize = 3;

/// Returns the warning for a fault that is not an error.
pub(crate) fn warning(source: &str, fault: &Fault) -> Option<Diagnostic> {
    let Fault::LabelNamedLikeType { at } = *fault else { return None };
    let name = &source[at.range()];
    let message = format!("`{name}` is a label here, and also the name of a type");
    let warning = Diagnostic::warning(Code::LabelNamedAsType, at, message);
    Some(warning.with_guess("to give the block that type, write", at, format!("(type {name})")))
}

impl FaultWords<'_, '_> {
    /// Returns the diagnostic for a fault. `locals` are those of the function in which it is.
    pub(crate) fn explain(&self, fault: &Fault, locals: Option<&Symbols<'_>>) -> Diagnostic {
        let source = self.symbols.source;
        let error = |code, at, message: &str| Diagnostic::error(code, at, message);
        match *fault {
            Fault::UnknownName { space, at } => {
                let error = self.unknown(space, at, self.symbols.names(space));
                self.with_local(error, space, at, locals)
            }
            Fault::UnknownLocal { at } => match locals {
                Some(locals) => self.unknown(IndexSpace::Local, at, locals),
                None => self.unknown(IndexSpace::Local, at, &Symbols::default()),
            },
            Fault::UnknownLabel { at, ref visible } => {
                let mut labels = Symbols::default();
                for label in visible {
                    labels.define_name(Some(id_name(&source[label.range()])));
                }
                self.unknown(IndexSpace::Label, at, &labels)
            }
            Fault::UnknownField { at, ty, written } => self.unknown_field(at, ty, written),
            Fault::DuplicateName { space, id, first } => {
                let (what, name) = (space.describe(), &source[id.range()]);
                let first = Span::new(first.start, first.start + id.len());
                error(Code::DuplicateName, id, &format!("a second {what} is called `{name}`"))
                    .with_label(first, format!("the first {what} of that name"))
            }
            Fault::TypeUse { at, index, kind } => {
                let types = self.symbols.type_count();
                let message = match kind {
                    TypeUseFault::UnknownType => {
                        let types = counted(types.into(), "type");
                        format!("unknown type {index}: the module defines {types}")
                    }
                    TypeUseFault::NotAFunctionType => format!("type {index} is not a function type"),
                    TypeUseFault::OtherSignature => {
                        "the parameters and results are not those of the type".to_owned()
                    }
                };
                error(Code::TypeUseMismatch, at, &message)
            }
            Fault::NameForLength { at } => {
                error(Code::UnexpectedToken, at, "expected a length, found a name")
            }
            Fault::Alignment { at, log2 } => {
                let message = format!("an alignment of 2^{log2} is larger than any natural one");
                error(Code::BadAlignment, at, &message)
            }
            Fault::MismatchedLabel { at, keyword, label, is_open } => {
                self.mismatched_label(at, keyword, label, is_open)
            }
            Fault::LabelNamedLikeType { at } => {
                let unnamed = || error(Code::LabelNamedAsType, at, "a label has the name of a type");
                warning(source, fault).unwrap_or_else(unnamed)
            }
            Fault::BranchHint { head, at, op } => {
                let op = op.mnemonic();
                let message = format!("a branch hint must be on a conditional branch, found one on `{op}`");
                error(Code::BadAnnotation, head, &message)
                    .with_label(at, "this is not a conditional branch")
                    .with_note("conditional branches are `if`, `br_if` and the `br_on_` instructions")
            }
            Fault::MetadataWithoutTarget { head } => {
                let message = "code metadata must precede a function or an instruction";
                error(Code::BadAnnotation, head, message)
            }
            Fault::MultipleStart { at, first } => {
                error(Code::MultipleStart, at, "a module can have only one start function")
                    .with_label(first, "the first one")
            }
            Fault::ImportAfterDefinition { at, space, defined } => {
                let what = space.describe();
                let open = Span::new(defined.start, defined.start + 1);
                let message = format!("an import must come before the first {what} definition");
                let diagnostic = error(Code::ImportAfterDefinition, at, &message)
                    .with_label(open, format!("the first {what} is defined here"));
                // Numbers of definitions would change.
                let import = &source[at.range()];
                let before = &source[..at.start as usize];
                let space = before.len() - before.trim_end_matches([' ', '\t']).len();
                let line = before.len() - space - usize::from(before[..before.len() - space].ends_with('\n'));
                match import.starts_with('(') && defined.end <= at.start {
                    true => {
                        let moved =
                            edit(open.before(), format!("{import}\n{}", &before[before.len() - space..]));
                        let edits = vec![moved, edit(Span::new(line as u32, at.end), "")];
                        diagnostic.with_edits("move it there", edits, Applicability::MaybeIncorrect)
                    }
                    false => diagnostic,
                }
            }
            Fault::NameNotUtf8 { at } => error(Code::BadUtf8, at, "a name must be UTF-8"),
            Fault::Annotation { at, ref message } => error(Code::BadAnnotation, at, message),
        }
    }

    /// The error for an identifier that none of the symbols has.
    fn unknown(&self, space: IndexSpace, at: Span, symbols: &Symbols<'_>) -> Diagnostic {
        let name = &self.symbols.source[at.range()];
        let what = space.describe();
        let is_of_function = matches!(space, IndexSpace::Local | IndexSpace::Label);
        let error = |more: String| {
            let message = format!("unknown {what} `{name}`{more}");
            Diagnostic { is_of_function, ..Diagnostic::error(Code::UnknownName, at, message) }
        };
        let plain = id_name(name);
        if !self.may_compare(symbols.name_count()) {
            return error(String::new());
        }
        // `(param $a: i32)`
        let with_colon = format!("{plain}:");
        if symbols.has(&with_colon)
            && let Some(declared) = self.declaration(&with_colon, at)
        {
            return error(format!(": the name is declared as `${with_colon}`"))
                .with_label(declared, "the colon is a part of this name")
                .with_guess("remove the colon", declared, format!("${plain}"));
        }
        // `(ref $node?)`
        if let Some(stem) =
            plain.strip_suffix('?').filter(|stem| space == IndexSpace::Type && symbols.has(stem))
        {
            let meant = format!("null ${stem}");
            let error = error(": a nullable reference is written with `null`".to_owned());
            return error.with_guess(format!("write `{meant}`"), at, meant);
        }
        let is_in = |other: &IndexSpace| *other != space && self.symbols.names(*other).has(&plain);
        let of_other = || {
            let other = IndexSpace::OF_MODULES.into_iter().find(is_in)?;
            let diagnostic = error(format!(": `{name}` is {}", with_article(other.describe())));
            Some(match self.rewritten(other, space, at) {
                Some((at, meant)) => {
                    let message = format!("to use the {}, write `{meant}`", other.describe());
                    diagnostic.with_guess(message, at, meant)
                }
                None => diagnostic,
            })
        };
        if let Some(near) = similar::near(&plain, symbols.iter()) {
            if !near.is_sure
                && let Some(diagnostic) = of_other()
            {
                return diagnostic;
            }
            let meant = identifier(near.name);
            let diagnostic = error(format!("; did you mean `{meant}`?"));
            let message = format!("there is {} with a similar name", with_article(what));
            return match near.is_sure {
                true => diagnostic.with_fix(message, at, meant),
                false => diagnostic.with_guess(message, at, meant),
            };
        }
        // `$x` for `$x_pos`, `$sum` for `$compute_sum`.
        let mut longer = symbols.iter().filter(|name| has_word(name, &plain));
        if let (Some(longer), None) = (longer.next(), longer.next()) {
            let meant = identifier(longer);
            let message = format!("there is only one {what} whose name contains it");
            return error(format!("; did you mean `{meant}`?")).with_guess(message, at, meant);
        }
        // `$obj` for `$object`, `$string` for `$str`.
        let is_abbreviation = |name: &&str| {
            let least = name.len().min(plain.len());
            least >= FEWEST && (name.starts_with(&*plain) || plain.starts_with(*name))
        };
        let mut longer = symbols.iter().filter(is_abbreviation);
        if let (Some(longer), None) = (longer.next(), longer.next()) {
            let meant = identifier(longer);
            let message = format!("there is only one {what} whose name begins in the same way");
            return error(format!("; did you mean `{meant}`?")).with_guess(message, at, meant);
        }
        if let Some(diagnostic) = of_other() {
            return diagnostic;
        }
        let mut all = symbols.iter();
        match (all.next(), all.next()) {
            (Some(only), None) => {
                let message = format!("there is only one {what} with a name");
                error(String::new()).with_guess(message, at, identifier(only))
            }
            _ => error(String::new()),
        }
    }

    /// The nearest identifier with this name before `at`.
    fn declaration(&self, name: &str, at: Span) -> Option<Span> {
        /// The maximum distance in bytes.
        const FARTHEST: usize = 1 << 12;
        let source = self.symbols.source;
        let from = ceil_boundary(source, (at.start as usize).saturating_sub(FARTHEST));
        let start = from + source[from..at.start as usize].rfind(&format!("${name} "))?;
        Some(Span::new(start as u32, (start + 1 + name.len()) as u32))
    }

    fn may_compare(&self, count: usize) -> bool {
        let left = self.comparisons.get().checked_sub(count);
        self.comparisons.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Adds to the error for an unknown name that a local has that name.
    fn with_local(
        &self,
        mut error: Diagnostic,
        space: IndexSpace,
        at: Span,
        locals: Option<&Symbols<'_>>,
    ) -> Diagnostic {
        let name = &self.symbols.source[at.range()];
        if locals.is_none_or(|locals| locals.get(name).is_none()) {
            return error;
        }
        error.message.push_str(&format!(": `{name}` is a local"));
        match self.rewritten(IndexSpace::Local, space, at).filter(|_| space == IndexSpace::Global) {
            Some((at, meant)) => error.with_guess("to use the local, write", at, meant),
            None => error,
        }
    }

    /// Returns the edit that makes a reference to `space` one to `other`, or `None` if the instruction must change.
    fn rewritten(&self, other: IndexSpace, space: IndexSpace, at: Span) -> Option<(Span, String)> {
        let source = self.symbols.source;
        let before = source[..at.start as usize].trim_end();
        let is_part = |c: char| c.is_ascii_alphanumeric() || "._".contains(c);
        let word = before.rsplit(|c| !is_part(c)).next()?;
        let start = before.len() - word.len();
        let name = &source[at.range()];
        let keyword = Span::new(start as u32, before.len() as u32);
        match (space, other) {
            (IndexSpace::Local, IndexSpace::Global) | (IndexSpace::Global, IndexSpace::Local) => {
                let access = word.split_once('.')?.1.replace("tee", "set");
                Some((keyword, format!("{}.{access}", other.describe())))
            }
            (IndexSpace::Table, IndexSpace::Type) => Some((at, format!("(type {name})"))),
            _ if word == space.keyword() => Some((keyword, other.keyword().to_owned())),
            _ => None,
        }
    }

    fn unknown_field(&self, at: Span, ty: u32, written: Option<Span>) -> Diagnostic {
        let none = Symbols::default();
        let fields = self.symbols.field_names(ty).unwrap_or(&none);
        let error = self.unknown(IndexSpace::Field, at, fields);
        let of = written.map_or("with this index", |span| &self.symbols.source[span.range()]);
        match fields.first() {
            Some(fields) => error.with_note(match &fields[..] {
                [] => format!("no field of the type {of} has a name"),
                [only] => format!("the only named field of the type {of} is {}", identifier(only)),
                fields => {
                    let names: Vec<String> = fields.iter().map(|name| identifier(name)).collect();
                    format!("fields of the type {of} are {}", names.join(", "))
                }
            }),
            None => error,
        }
    }

    fn mismatched_label(
        &self,
        at: Span,
        keyword: &'static str,
        label: Option<Span>,
        is_open: bool,
    ) -> Diagnostic {
        let source = self.symbols.source;
        let found = id_name(&source[at.range()]);
        let label = label.map(|label| id_name(&source[label.range()]));
        let message = match &label {
            Some(label) => {
                let (label, found) = (identifier(label), identifier(&found));
                format!("this `{keyword}` closes the block `{label}`, not `{found}`")
            }
            None => {
                let found = identifier(&found);
                format!("this `{keyword}` closes a block without a label, not `{found}`")
            }
        };
        let error = Diagnostic::error(Code::MismatchedLabel, at, message);
        let (help, at, meant) = match label {
            Some(label) => ("write the block's label", at, identifier(&label)),
            None => {
                let before = source[..at.start as usize].trim_end();
                ("remove it", Span::new(before.len() as u32, at.end), String::new())
            }
        };
        // If an outer block has the label, the blocks may be closed in another order than intended.
        match is_open {
            true => error.with_guess(help, at, meant),
            false => error.with_fix(help, at, meant),
        }
    }
}

/// Whether a name begins or ends with a word that an underscore or a similar character separates.
fn has_word(name: &str, word: &str) -> bool {
    let is_separated =
        |rest: &str, from: fn(&str) -> Option<char>| from(rest).is_some_and(|c| "_-.".contains(c));
    !word.is_empty()
        && (name.strip_prefix(word).is_some_and(|rest| is_separated(rest, |rest| rest.chars().next()))
            || name
                .strip_suffix(word)
                .is_some_and(|rest| is_separated(rest, |rest| rest.chars().next_back())))
}

/// Returns a name as an identifier, in quotes if it needs them.
fn identifier(name: &str) -> String {
    if name.bytes().all(is_idchar) {
        return format!("${name}");
    }
    let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("$\"{}\"", escape::line(&quoted))
}
