//! The diagnostics for faults of objects.

use super::spelling::nearest_word;
use crate::diagnostic::{Code, Diagnostic, counted, with_article};
use crate::lex::{AtomKind, atoms, id_name};
use crate::object::fault::{Annotation, Init, Space, Target, Use};
use crate::object::relocation::{Format, Method};
use crate::object::{Annotations, Fault, FaultKind, TypeKind, qualifiers, reloc};
use crate::resolve::SymbolTable;
use crate::similar;
use crate::span::Span;

/// Turns the faults of an object into diagnostics.
pub(crate) struct ObjectWords<'a, 's> {
    pub(crate) source: &'s str,
    /// The symbol table, unless the pipeline rejected the text.
    pub(crate) table: Option<&'a SymbolTable<'s>>,
    pub(crate) notes: &'a Annotations,
}

/// The maximum number of names that are compared with an unknown one.
const MOST_COMPARED: usize = 1 << 12;

/// Adds to the errors for missing numbers that `@reloc` stands for a number in objects only.
pub(crate) fn explain_missing_numbers(source: &str, diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.code == Code::UnexpectedToken) {
        let before = source.get(..diagnostic.span.start as usize).unwrap_or("").trim_end();
        let Some(start) = before.rfind("(@reloc").filter(|_| before.ends_with(')')) else { continue };
        let word = before[..start].split_whitespace().next_back().unwrap_or("").trim_start_matches('(');
        if !before[start..before.len() - 1].contains(')') && matches!(word, "i32.const" | "i64.const") {
            let at = Span::new(start as u32, start as u32);
            *diagnostic = diagnostic
                .clone()
                .with_note("`@reloc` stands for the number in objects only, that is, with `--emit object`")
                .with_guess("write a number before it", at, "0 ");
        }
    }
}

const KNOWN_TYPES: &str =
    "linkers know `i32`, `i64`, `f32`, `f64`, `v128`, `funcref`, `externref` and, from LLVM 19 on, `exnref`";

impl ObjectWords<'_, '_> {
    pub(crate) fn explain(&self, fault: &Fault) -> Diagnostic {
        let Fault { at, ref kind } = *fault;
        match kind {
            FaultKind::Type(..) | FaultKind::ValueType(_) => self.of_type(at, kind),
            _ if kind.is_error() => self
                .of_module(at, kind)
                .or_else(|| self.of_symbol(at, kind))
                .or_else(|| self.of_relocation(at, kind))
                .unwrap_or_else(|| self.of_annotation(at, kind)),
            _ => self.warning(at, kind),
        }
    }

    fn text(&self, span: Span) -> &str {
        self.source.get(span.range()).unwrap_or("")
    }

    /// The word at a place of which only the start is known.
    fn word(&self, at: Span) -> Span {
        if !at.is_empty() {
            return at;
        }
        let rest = self.source.get(at.start as usize..).unwrap_or("");
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ';' | '"'));
        Span::new(at.start, at.start + end.unwrap_or(rest.len()) as u32)
    }

    /// The initializer of a global: the folded instruction at the end of the form, or else the form.
    fn initializer(&self, form: Span) -> Span {
        let mut depth = 0u32;
        let mut last = None;
        for atom in atoms(self.source, form) {
            match atom.kind {
                AtomKind::Open => {
                    depth += 1;
                    if depth == 2 {
                        last = Some(atom.span);
                    }
                }
                AtomKind::Annotation => depth += 1,
                AtomKind::Close => {
                    depth = depth.saturating_sub(1);
                    if depth == 1 {
                        last = last.map(|start| start.to(atom.span));
                    }
                }
                _ if depth == 1 => last = None,
                _ => {}
            }
        }
        last.unwrap_or(form)
    }

    /// The parenthesis and the keyword of a form.
    fn head(&self, at: Span) -> Span {
        let Some(rest) = self.text(at).strip_prefix('(') else { return at };
        let len = rest.find(|c: char| !c.is_alphanumeric() && !"@._".contains(c)).unwrap_or(rest.len());
        Span::new(at.start, (at.start + 1 + len as u32).min(at.end.max(at.start)))
    }

    // ------------------------------------------------------------------------------------- Types

    fn of_type(&self, at: Span, kind: &FaultKind) -> Diagnostic {
        let error = |at, message: &str| Diagnostic::error(Code::UnlinkableType, at, message);
        const MERGE: &str = "to use the type, assemble this part as a module and join it after the link: \
            `wasm-merge -all main.wasm main gc.wasm gc -o all.wasm`";
        match *kind {
            FaultKind::Type(kind, user) => {
                let what = match kind {
                    TypeKind::Struct => "a struct type",
                    TypeKind::Array => "an array type",
                    TypeKind::Cont => "a continuation type",
                    TypeKind::Sub => "a type with `sub`",
                    TypeKind::Rec => "a recursion group of several types",
                    _ => "a shared type",
                };
                let message = format!("an object cannot have {what}");
                let mut diagnostic =
                    error(self.head(at), &message).with_note("linkers know plain function types only");
                if let Some(user) = user.filter(|user| user.start != at.start) {
                    let user = if self.text(user).starts_with('(') {
                        self.head(user)
                    } else {
                        self.word(Span::new(user.start, user.start))
                    };
                    diagnostic = diagnostic.with_label(user, "the type is used here");
                }
                diagnostic.with_note(MERGE)
            }
            FaultKind::ValueType(used) => {
                let what = match used {
                    Use::Signature => "a signature",
                    Use::Table => "a table",
                    Use::Global => "a global",
                };
                let at = if self.text(at).lines().count() > 1 { self.head(at) } else { at };
                let diagnostic =
                    error(at, &format!("linkers do not know this type in {what}")).with_note(KNOWN_TYPES);
                let word = self.text(at);
                match word.contains('$') || word.contains("struct") || word.contains("array") || word.contains("any") {
                    true => diagnostic.with_note(
                        "pass the reference as `externref` and convert it with `any.convert_extern`, or keep the \
                         function out of the object",
                    ).with_note(MERGE),
                    false => diagnostic,
                }
            }
            _ => error(at, "an object cannot have this type"),
        }
    }

    // ------------------------------------------------------------------------------- Definitions

    fn of_module(&self, at: Span, kind: &FaultKind) -> Option<Diagnostic> {
        let error = |at, message: &str| Diagnostic::error(Code::Unlinkable, at, message);
        let head = self.head(at);
        Some(match kind {
            FaultKind::Initializer(init) => {
                let diagnostic = error(self.initializer(at), "an object cannot have this initializer");
                match init {
                    Init::Null => diagnostic.with_note(
                        "linkers write `ref.null extern` for every null; give the global the type `externref`, or use a table",
                    ),
                    Init::RefFunc => diagnostic.with_note(
                        "write the address of the function: an `i32` that is `i32.const 0 (@reloc functable $f)` in a function",
                    ),
                    Init::GlobalGet => diagnostic
                        .with_note("linkers do not change the index in it; write the constant, or set the global in an initializing function"),
                    Init::V128 => diagnostic.with_note("linkers know no `v128.const` there; put the bytes into a data segment"),
                    Init::Other => diagnostic.with_note(
                        "an initializer must be a constant, `ref.null extern`, or a sum or product of integer constants",
                    ),
                }
            }
            FaultKind::TableInit => error(head, "an object cannot have a table with an initializer")
                .with_note("linkers fill tables with null; set its elements in an initializing function"),
            FaultKind::Elem => error(head, "an object cannot have element segments").with_note(
                "linkers drop them; to take the address of a function, write `i32.const 0 (@reloc functable $f)`",
            ),
            FaultKind::SegmentUse(space) => {
                let at = self.word(at);
                let message = format!("an object cannot refer to {}", with_article(space.describe()));
                error(at, &message).with_note(match space {
                    crate::resolve::IndexSpace::Data => {
                        "linkers place and merge data segments; use the address of a data symbol: `i32.const 0 (@reloc data $d)`"
                    }
                    _ => "linkers drop element segments; take the address of a function: `i32.const 0 (@reloc functable $f)`",
                })
            }
            FaultKind::SecondMemory(first) => error(head, "an object can have only one memory")
                .with_label(self.head(*first), "the first memory"),
            FaultKind::PageSize => error(head, "the memory of an object must have pages of 65,536 bytes"),
            FaultKind::SegmentPlace => error(head, "the place of a data segment in an object must be constant")
                .with_note("linkers place data segments; any number will do, such as `(i32.const 0)`"),
            FaultKind::ExportedImport => error(head, "an object cannot export an import")
                .with_note("export a function that calls it"),
            FaultKind::PicImport => error(head, "position-independent code is not supported in objects")
                .with_note("import a data symbol: `(@sym.import.data $d (name \"d\"))`"),
            FaultKind::ExactImport => error(head, "an object cannot import a function with an exact type"),
            FaultKind::Shared => error(head, "an object cannot have shared tables and globals"),
            FaultKind::OwnFunctionTable => {
                error(self.shown(at), "an object cannot define the table `__indirect_function_table`").with_note(
                    "import it: `(import \"env\" \"__indirect_function_table\" (table 0 funcref))`",
                )
            }
            FaultKind::OwnCustom(name) => {
                error(head, &format!("the assembler writes the custom section `{name}` of an object itself"))
            }
            FaultKind::Dylink => error(head, "an object cannot be a dynamic library"),
            _ => return None,
        })
    }

    // ----------------------------------------------------------------------------------- Symbols

    fn of_symbol(&self, at: Span, kind: &FaultKind) -> Option<Diagnostic> {
        let error = |code, message: &str| Diagnostic::error(code, self.word(at), message);
        Some(match kind {
            FaultKind::DuplicateSymbol { name, first } => {
                let message = format!("a second symbol is called `{name}`");
                let diagnostic = error(Code::DuplicateName, &message);
                let diagnostic = match first {
                    Some(first) => diagnostic.with_label(self.shown(*first), "the first symbol of that name"),
                    None => diagnostic,
                };
                diagnostic.with_note(
                    "the symbols of functions, data, globals, tables and tags share one space; make one local, or give it another \
                     name: `(@sym (name \"...\"))`",
                )
            }
            FaultKind::DuplicateId { first } => {
                let message = format!("a second symbol has the identifier `{}`", self.text(at));
                error(Code::DuplicateName, &message).with_label(self.shown(*first), "the first one")
            }
            FaultKind::DuplicateComdat(first) => error(Code::DuplicateName, "a second comdat has this name")
                .with_label(*first, "the first one"),
            FaultKind::UnknownSymbol(spaces) => self.unknown(at, spaces),
            FaultKind::UnknownComdat => {
                let written = self.text(at);
                let id = written.rfind('$').map_or(at, |start| Span::new(at.start + start as u32, at.end));
                let name = id_name(self.text(id)).into_owned();
                let ids = self.notes.comdat_ids(self.source);
                let diagnostic =
                    Diagnostic::error(Code::UnknownName, id, format!("unknown comdat `{}`", self.text(id)));
                match similar::near(&name, ids.iter().map(String::as_str)) {
                    Some(near) => diagnostic.with_guess(
                        "there is a comdat with a similar name",
                        id,
                        format!("${}", near.name),
                    ),
                    None => {
                        diagnostic.with_note("a comdat is declared between fields: `(@comdat $id \"name\")`")
                    }
                }
            }
            FaultKind::AmbiguousSymbol(spaces) => {
                let spaces: Vec<String> = spaces.iter().map(|space| with_article(space.describe())).collect();
                let message = format!("`{}` is {}", self.text(at), spaces.join(" and "));
                error(Code::BadRelocation, &message).with_note("write the method: `data` or `functable`")
            }
            FaultKind::WrongKind { found, expected } => {
                let wanted = expected.space().map_or("symbol", Space::describe);
                let message =
                    format!("expected {}, found {}", with_article(wanted), with_article(found.describe()));
                let diagnostic = error(Code::BadRelocation, &message);
                match found {
                    Space::Func if *expected == Method::Data => {
                        diagnostic.with_note("the method for the address of a function is `functable`")
                    }
                    Space::Data => diagnostic.with_note("the method for an address of data is `data`"),
                    _ => diagnostic,
                }
            }
            FaultKind::OtherSymbol => {
                error(Code::BadRelocation, "this is a symbol of another definition than the instruction uses")
            }
            FaultKind::SegmentNotSymbol => {
                let message = format!("the data segment `{}` is not a symbol", self.text(at));
                error(Code::UnknownName, &message).with_note(
                    "a segment in which symbols are declared has no symbol of its own; use one of them",
                )
            }
            FaultKind::LocalExport => error(Code::BadSymbol, "a local symbol cannot be exported"),
            FaultKind::EmptyName => error(Code::BadSymbol, "a name must not be empty"),
            _ => return None,
        })
    }

    /// A definition is shown by its first words.
    fn shown(&self, at: Span) -> Span {
        if self.text(at).starts_with('(') { self.head(at) } else { self.word(at) }
    }

    fn unknown(&self, at: Span, spaces: &[Space]) -> Diagnostic {
        let written = self.text(at);
        let what: Vec<&str> = spaces.iter().map(|space| space.describe()).collect();
        let message = format!("unknown {} `{written}`", what.join(" or "));
        let diagnostic = Diagnostic::error(Code::UnknownName, at, message);
        let mut names: Vec<String> = Vec::new();
        for space in spaces {
            if let (Some(table), Some(space)) = (self.table, space.index_space()) {
                names.extend(table.names(space).iter().take(MOST_COMPARED).map(str::to_owned));
            }
            names.extend(self.notes.ids(self.source, *space).take(MOST_COMPARED));
            if let (Space::Data, Some(table)) = (space, self.table) {
                names.extend(
                    table
                        .names(crate::resolve::IndexSpace::Data)
                        .iter()
                        .take(MOST_COMPARED)
                        .map(str::to_owned),
                );
            }
        }
        if !written.starts_with('$') {
            return diagnostic;
        }
        match similar::near(&id_name(written), names.iter().map(String::as_str)) {
            Some(near) => {
                diagnostic.with_guess("there is a symbol with a similar name", at, format!("${}", near.name))
            }
            None if spaces.contains(&Space::Data) => {
                let name = id_name(written);
                diagnostic.with_note(format!(
                    "to use a variable of another object, declare it between fields: `(@sym.import.data {written} (name \"{name}\"))`"
                ))
            }
            None => diagnostic,
        }
    }

    // ------------------------------------------------------------------------------- Relocations

    fn of_relocation(&self, at: Span, kind: &FaultKind) -> Option<Diagnostic> {
        let error = |message: &str| Diagnostic::error(Code::BadRelocation, at, message);
        let words = |words: Vec<&str>| -> String {
            words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ")
        };
        Some(match kind {
            FaultKind::UnknownMethod => {
                let word = self.text(at);
                let diagnostic = error(&format!("`{word}` is not a part of a relocation"));
                match nearest_word(word, reloc::words()) {
                    Some(near) => diagnostic.with_guess("there is a similar word", at, near),
                    None => diagnostic.with_note("the methods are `data`, `functable`, `func`, `global`, `table`, `tag` and `type`"),
                }
            }
            FaultKind::Order => error("the parts of a relocation must be in order").with_note(
                "the order is format, method, `pic` or `tls`, symbol, addend, each at most once: `(@reloc i32 data $x +4)`",
            ),
            FaultKind::NoFormat => error("a relocation in data needs a format").with_note("write `(@reloc i32 ...)`, or `i64` for eight bytes"),
            FaultKind::WrongFormat { found, expected } => error(&format!(
                "expected the format {}, found `{}`",
                words(expected.iter().map(|format: &Format| format.name()).collect()),
                found.name()
            )),
            FaultKind::WrongMethod { found, expected } => error(&format!(
                "expected the method {}, found `{}`",
                words(expected.iter().map(|method: &Method| method.name()).collect()),
                found.name()
            )),
            FaultKind::NoRelocation => error("there is no such relocation").with_note(
                "`pic` and `tls` are for addresses: `data pic`, `functable pic` and, in code, `data tls`",
            ),
            FaultKind::NoSymbol => error("this relocation needs a symbol").with_note("write one, as in `(@reloc data $x)`"),
            FaultKind::UnsignedAddend => {
                let meant = format!("+{}", self.text(at));
                error("an addend must have a sign").with_fix("add the sign", at, meant)
            }
            FaultKind::WeakReference => {
                Diagnostic::error(Code::Unlinkable, self.word(at), "an object cannot refer to a weak import with `ref.func`")
                    .with_note(
                        "if it stays undefined, the program is invalid; read the reference from the function table: \
                         `(table.get $table (i32.const 0 (@reloc functable $f)))`",
                    )
            }
            FaultKind::InStrings => error("linkers drop relocations in strings, since they merge them").with_note(
                "remove `strings` from the segment, or write the data with the relocation in another segment",
            ),
            FaultKind::LoneSign => {
                error("expected a number after the sign").with_note("write the addend as one word: `+4`")
            }
            FaultKind::NeedsTls => error("the address of thread-local data is relative to `__tls_base`").with_note(
                "write the modifier `tls` and add the global: `(i32.add (global.get $tls_base) (i32.const 0 (@reloc data tls $x)))`",
            ),
            FaultKind::ThreadLocalInData => error("data cannot have the address of thread-local data").with_note(
                "each thread has another address; determine it in a function: `i32.const 0 (@reloc data tls $x)`",
            ),
            FaultKind::NotThreadLocal => error("this data is not thread-local")
                .with_note("remove `tls`, or write `thread_local` at the symbol or its segment"),
            FaultKind::NoAddend(method) => {
                error(&format!("a relocation with the method `{}` cannot have an addend", method.name()))
            }
            FaultKind::LabelAddend => error("a label cannot be an addend here"),
            FaultKind::NumberBefore => error("the number before the address of a function must be 0"),
            FaultKind::TooFewBytes(found, needed) => error(&format!(
                "the relocation changes {needed} bytes, but {} of the segment {} before it",
                counted(*found, "byte"),
                if *found == 1 { "is" } else { "are" }
            ))
            .with_note("a relocation follows the bytes that it changes: `\"\\00\\00\\00\\00\" (@reloc i32 data $x)`"),
            FaultKind::Overlap(first) => {
                error("this relocation changes the same bytes as another one").with_label(*first, "the other one")
            }
            FaultKind::TooLarge => error("this number is too large"),
            _ => return None,
        })
    }

    // ------------------------------------------------------------------------------- Annotations

    fn of_annotation(&self, at: Span, kind: &FaultKind) -> Diagnostic {
        let misplaced = |message: &str| Diagnostic::error(Code::MisplacedLinking, at, message);
        let error = |message: &str| Diagnostic::error(Code::BadSymbol, at, message);
        match kind {
            FaultKind::Place(annotation) => {
                let message = format!("`@{}` has no meaning here", annotation.name());
                misplaced(&message).with_note(match annotation {
                    Annotation::Reloc => {
                        "it follows an index, the number of `i32.const` or `i64.const`, or the offset of a load or store in a function, \
                         or bytes of data"
                    }
                    Annotation::Sym => {
                        "it follows the identifier of a function, global, table or tag, or precedes bytes of data"
                    }
                    Annotation::DataImport => "it is a field of the module",
                    Annotation::Segment => "it follows the identifier of a data segment",
                    Annotation::Label => "it is allowed between bytes of data and between instructions",
                    Annotation::Comdat => {
                        "it is a field of the module, with an identifier, or follows the identifier of a function or data segment"
                    }
                })
            }
            FaultKind::AfterType => misplaced("the annotations of a symbol must follow the identifier")
                .with_note("move it before the type"),
            FaultKind::SimilarAnnotation(name) => {
                let message =
                    format!("`{}` is not an annotation of linking", self.text(at).trim_start_matches('('));
                misplaced(&message).with_guess(
                    "there is an annotation with a similar name",
                    at,
                    format!("(@{name}"),
                )
            }
            FaultKind::SecondPrimary(first) => {
                error("a definition can have only one symbol without an identifier")
                    .with_label(*first, "the first one")
                    .with_note("a further symbol has an identifier: `(@sym $alias (name \"alias\"))`")
            }
            FaultKind::Expected(what) => {
                let found = self.text(at);
                let found = if found.lines().count() > 1 { "(" } else { found };
                error(&format!("expected {what}, found `{found}`"))
            }
            FaultKind::UnknownQualifier => {
                let word = self.text(at);
                let diagnostic = error(&format!("unknown qualifier `{word}`"));
                match nearest_word(word, qualifiers::words()) {
                    Some(near) => diagnostic.with_guess("there is a similar qualifier", at, near),
                    None => {
                        let words: Vec<String> =
                            qualifiers::words().map(|word| format!("`{word}`")).collect();
                        diagnostic.with_note(format!("the qualifiers are {}", words.join(", ")))
                    }
                }
            }
            FaultKind::NoQualifier(target) => {
                let what = with_article(target.describe());
                let words: Vec<String> = target.qualifiers().map(|word| format!("`{word}`")).collect();
                error(&format!("{what} cannot have this qualifier"))
                    .with_note(format!("it can have {}", words.join(", ")))
            }
            FaultKind::SecondQualifier(first) => {
                error("this qualifier is written twice").with_label(*first, "the first one")
            }
            FaultKind::SecondTableSymbol => Diagnostic::error(
                Code::BadSymbol,
                self.shown(at),
                "a table of an object can have only one symbol",
            )
            .with_note("linkers reject objects with further names of a table"),
            FaultKind::SecondTableImport => {
                Diagnostic::error(Code::BadSymbol, self.shown(at), "an object can import a table only once")
            }
            FaultKind::NotZeros => error("linkers fill a data segment with this name with zeros")
                .with_note("give it a name that does not start with `.bss`"),
            FaultKind::SecondSegment(first) => {
                error("a data segment can have only one annotation `@sym.segment`")
                    .with_label(*first, "the first one")
                    .with_note(
                        "write all qualifiers in one annotation; a symbol has an identifier: `(@sym $x)`",
                    )
            }
            FaultKind::SecondComdat(first) => {
                error("a definition can be in one comdat only").with_label(*first, "the first one")
            }
            FaultKind::NoValue(what) => {
                let word = self.text(at);
                error(&format!("the qualifier `{word}` needs a value"))
                    .with_note(format!("write {what}: `({word} ...)`"))
            }
            FaultKind::Valueless => error(&format!("the qualifier `{}` has no value", self.text(at))),
            FaultKind::QualifierValue(what) => error(&format!("expected {what}, found `{}`", self.value(at))),
            FaultKind::LocalImport => error("an import cannot be local"),
            FaultKind::WeakImport(target) => {
                error(&format!("{} cannot be weak", with_article(target.describe())))
                    .with_note("only functions and data can be undefined and weak; their address is 0 then")
            }
            FaultKind::NotUtf8 => Diagnostic::error(Code::BadUtf8, at, "a name must be UTF-8"),
            FaultKind::InitSignature => error("an initializing function must not have parameters or results"),
            FaultKind::Alignment => Diagnostic::error(
                Code::BadAlignment,
                at,
                format!("an alignment must be a power of two, found `{}`", self.value(at)),
            ),
            FaultKind::PastEnd(left) => error("the symbol extends past the end of its segment").with_note(
                format!("{} {} it", counted(*left, "byte"), if *left == 1 { "follows" } else { "follow" }),
            ),
            FaultKind::ComdatOf(target) => {
                let message = format!("{} cannot be in a comdat", with_article(target.describe()));
                let note = match target {
                    Target::FuncImport | Target::OtherImport(_) | Target::DataImport => {
                        "a comdat has definitions only"
                    }
                    _ => "linkers know functions and data segments in comdats",
                };
                error(&message).with_note(note)
            }
            _ => error("this annotation is malformed"),
        }
    }

    /// The value of a qualifier.
    fn value(&self, at: Span) -> &str {
        let text = self.text(at);
        text.rsplit([' ', '=']).next().unwrap_or(text)
    }

    // ---------------------------------------------------------------------------------- Warnings

    fn warning(&self, at: Span, kind: &FaultKind) -> Diagnostic {
        let head = self.head(at);
        match kind {
            FaultKind::UnnamedSegment => {
                let message = "a linker drops this data segment, since it has no symbol";
                Diagnostic::warning(Code::UnnamedSegment, head, message)
                    .with_note("give it an identifier, and use its address: `i32.const 0 (@reloc data $d)`")
            }
            FaultKind::UnrelocatedAddress { number, segment } => {
                let message = format!(
                    "a linker moves the data segment that is placed at {number}, but not this number"
                );
                let symbol = self.notes.symbol_of(self.source, *segment);
                let note = match symbol {
                    Some(id) => format!("for its address, write `0 (@reloc data {id})` instead of the number"),
                    None => "for its address, give it an identifier and write `0 (@reloc data $d)` instead of the number".to_owned(),
                };
                Diagnostic::warning(Code::UnrelocatedAddress, self.word(at), message)
                    .with_label(self.head(*segment), "the data segment")
                    .with_note(note)
            }
            FaultKind::ExportedMemory => Diagnostic::warning(
                Code::LeftToLinker,
                head,
                "the linker decides whether memory and function table are exported, not the object",
            )
            .with_note("wasm-ld has the options `--export-memory` and `--export-table`"),
            FaultKind::NameOfMemory => Diagnostic::warning(
                Code::LeftToLinker,
                self.shown(at),
                "wasm-ld exports the memory under the same name, which makes the program invalid",
            )
            .with_note("choose another name, or use the option `--export-memory=NAME` of wasm-ld"),
            FaultKind::AbsoluteSymbol => Diagnostic::warning(
                Code::LeftToLinker,
                at,
                "wasm-ld adds the address of the segment to that of an absolute symbol",
            )
            .with_note("up to version 22, it treats the number as an offset in the segment; write the address itself in the code"),
            FaultKind::CodeMetadata(name) => {
                let message = format!("an object has no `{name}`, since linkers do not adapt it");
                Diagnostic::warning(Code::LeftToLinker, at, message)
            }
            FaultKind::LocalBecauseOf { name, first } => {
                let message = format!("this symbol is local, because another one is called `{name}`");
                let diagnostic = Diagnostic::warning(Code::LocalSymbol, self.shown(at), message)
                    .with_note("to use it from other objects, give it a name: `(@sym (name \"...\"))`");
                match first {
                    Some(first) => diagnostic.with_label(self.shown(*first), "the other symbol"),
                    None => diagnostic,
                }
            }
            _ => Diagnostic::warning(Code::LeftToLinker, at, "the linker decides about this"),
        }
    }
}
