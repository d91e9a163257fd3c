//! The actions of the grammar: they add nodes to the arenas of the syntax tree.
//!
//! The grammar passes only small values. Lists and the parts of a field are pending in the builder until their field,
//! type or instruction takes them. An invalid number or name is reported, and parsing continues.

mod annotation;
mod instr;
mod module;
mod script;
mod script_parts;
mod types;

use crate::ast::{
    Ast, CompType, ElemItems, ExternDesc, GlobalType, Idx, Limits, MemArg, Naming, Run, TypeUseId, ValType,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::{Token, TokenBuffer, TokenKind, number, rest_of_string, string};
use crate::span::Span;
use hashbrown::HashSet;
pub(crate) use script_parts::ScriptParts;

/// Builds the tree of one form.
pub(crate) struct Builder<'s> {
    source: &'s str,
    buffer: &'s TokenBuffer,
    /// The position in `extra` of the constants in the buffer.
    wide_start: u32,
    /// Whether equal identifiers are one name. On the explaining route each use has a separate name with its own
    /// location.
    shares_names: bool,
    ast: &'s mut Ast,
    diagnostics: Vec<Diagnostic>,
    script: ScriptParts,

    // Pending lists: the length of each arena without its pending elements, and lists that are not in an arena.
    params_taken: u32,
    results_taken: u32,
    fields_taken: u32,
    types_taken: u32,
    instrs_taken: u32,
    exprs_taken: u32,
    strings_taken: u32,
    annotation_items_taken: u32,
    data_taken: u32,
    items_taken: u32,
    list: Vec<u32>,
    nums: Vec<Token>,
    exports: Vec<(Span, Span)>,

    // Pending parts of a field.
    naming: Naming,
    inline_import: (Span, Span),
    desc: Option<ExternDesc>,
    limits: Limits,
    shared: bool,
    page_size: Option<u32>,
    elem_type: ValType,
    global_type: GlobalType,
    comp: CompType,
    comp_shared: bool,
    describes: Idx,
    descriptor: Idx,
    is_final: bool,
    supers: Run,
    elem_items: ElemItems,
    offset: Run,
    locals: Run,

    // Pending parts of an instruction.
    label: Naming,
    block_type: Option<TypeUseId>,
    memarg: MemArg,
    pending_metadata: Vec<usize>,
    pending_names: HashSet<&'s str>,
}

const NO_TYPE: ValType = ValType { start: 0, idx: Idx::NONE, code: 0, flags: 0 };

impl<'s> Builder<'s> {
    pub(super) fn new(
        source: &'s str,
        buffer: &'s TokenBuffer,
        shares_names: bool,
        ast: &'s mut Ast,
    ) -> Builder<'s> {
        Builder {
            params_taken: ast.params.len() as u32,
            results_taken: ast.val_types.len() as u32,
            fields_taken: ast.struct_fields.len() as u32,
            types_taken: ast.type_defs.len() as u32,
            instrs_taken: ast.instrs.len() as u32,
            exprs_taken: ast.exprs.len() as u32,
            strings_taken: ast.strings.len() as u32,
            annotation_items_taken: ast.annotation_items.len() as u32,
            data_taken: ast.data_items.len() as u32,
            items_taken: ast.import_items.len() as u32,
            source,
            buffer,
            wide_start: ast.add_extra(buffer.wide()),
            shares_names,
            ast,
            diagnostics: Vec::new(),
            script: ScriptParts::default(),
            list: Vec::new(),
            nums: Vec::new(),
            exports: Vec::new(),
            naming: Naming::default(),
            inline_import: (Span::default(), Span::default()),
            desc: None,
            limits: Limits::default(),
            shared: false,
            page_size: None,
            elem_type: NO_TYPE,
            global_type: GlobalType { ty: NO_TYPE, mutable: false, shared: false },
            comp: CompType::Cont(Idx::NONE),
            comp_shared: false,
            describes: Idx::NONE,
            descriptor: Idx::NONE,
            is_final: true,
            supers: Run::default(),
            elem_items: ElemItems::Funcs(Run::default()),
            offset: Run::default(),
            locals: Run::default(),
            label: Naming::default(),
            block_type: None,
            memarg: MemArg::default(),
            pending_metadata: Vec::new(),
            pending_names: HashSet::new(),
        }
    }

    fn text(&self, span: Span) -> &'s str {
        &self.source[span.range()]
    }

    fn error(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, span, message));
    }

    /// Returns the value of a number in `bits` bits, signed or unsigned. Reports one that does not fit.
    #[cfg_attr(for_size, optimize(speed))]
    fn integer(&mut self, t: Token, bits: u32) -> u64 {
        let span = t.span();
        if t.kind == TokenKind::Char {
            return u64::from(u32::from(self.char_value(t)));
        }
        let text = self.text(span);
        if t.kind == TokenKind::Float {
            self.error(Code::OutOfRange, span, format!("expected an integer, found `{text}`"));
            return 0;
        }
        number::integer(text, bits).unwrap_or_else(|| {
            let (low, high) = (-1i128 << (bits - 1), (1i128 << bits) - 1);
            self.diagnostics.push(
                Diagnostic::error(
                    Code::OutOfRange,
                    span,
                    format!("`{text}` does not fit into the {bits} bits of `i{bits}`"),
                )
                .with_note(format!("it must be in the range {low} to {high}")),
            );
            0
        })
    }

    /// Returns the value of an unsigned number in `bits` bits. Reports one that does not fit.
    #[cfg_attr(for_size, optimize(speed))]
    fn unsigned(&mut self, t: Token, bits: u32) -> u64 {
        let text = self.text(t.span());
        match number::magnitude(text) {
            Some((_, value)) if value <= u64::MAX >> (64 - bits) => value,
            _ => {
                let high = u64::MAX >> (64 - bits);
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::OutOfRange,
                        t.span(),
                        format!("`{text}` does not fit into {bits} bits"),
                    )
                    .with_note(format!("it must be at most {high}")),
                );
                0
            }
        }
    }

    fn float(&mut self, t: Token, format: number::FloatFormat, name: &str) -> u64 {
        let span = t.span();
        if t.kind == TokenKind::Char {
            return self.float_char(t);
        }
        let text = self.text(span);
        number::float(text, format).unwrap_or_else(|| {
            self.error(Code::OutOfRange, span, format!("`{text}` is out of the range of `{name}`"));
            0
        })
    }

    fn float_char(&mut self, t: Token) -> u64 {
        self.error(Code::UnexpectedToken, t.span(), "a character literal is an integer, not a float");
        0
    }

    /// Returns the character of `(@char "A")`.
    fn char_value(&self, t: Token) -> char {
        let text = &self.text(t.span())[usize::from(t.code)..];
        let quoted = &text[..1 + rest_of_string(&text.as_bytes()[1..])];
        let bytes = string::decode(quoted);
        std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()).unwrap_or_default()
    }

    /// Dialect: warns about a character literal.
    pub(crate) fn char(&mut self, t: Token) -> Token {
        let value = u32::from(self.char_value(t));
        self.diagnostics.push(
            Diagnostic::warning(
                Code::CharLiteral,
                t.span(),
                "a character literal is an extension of the text format",
            )
            .with_fix("write the number", t.span(), value.to_string()),
        );
        t
    }

    /// Returns the location of a string token. Reports one that is not UTF-8.
    pub(crate) fn name(&mut self, t: Token) -> Span {
        let span = t.span();
        if t.code != 0 && std::str::from_utf8(&string::decode(self.text(span))).is_err() {
            self.error(Code::BadUtf8, span, "a name must be UTF-8");
        }
        span
    }

    pub(crate) fn string(&mut self, t: Token) {
        self.ast.strings.push(t.span());
    }

    fn take_strings(&mut self) -> Run {
        take(&mut self.strings_taken, self.ast.strings.len())
    }

    pub(crate) fn index(&mut self, t: Token) -> Idx {
        let text = self.text(t.span());
        match number::magnitude(text) {
            Some((_, value)) if value < 1 << 31 => Idx::number(value as u32),
            Some((_, value)) if value <= u64::from(u32::MAX) => self.name_index(t),
            _ => {
                self.unsigned(t, 32);
                Idx::number(0)
            }
        }
    }

    pub(crate) fn name_index(&mut self, t: Token) -> Idx {
        self.name_of(t.span())
    }

    fn name_of(&mut self, span: Span) -> Idx {
        match self.shares_names {
            true => self.ast.names.intern(self.source.as_bytes(), span),
            false => self.ast.names.add(span),
        }
    }

    pub(crate) fn list_index(&mut self, x: Idx) {
        self.list.push(x.raw());
    }

    /// Moves the pending indices to `extra`.
    fn take_list(&mut self) -> Run {
        let start = self.ast.add_extra(&self.list);
        let end = start + self.list.len() as u32;
        self.list.clear();
        Run { start, end }
    }

    /// Ends the form. Reports a branch hint without an instruction.
    pub(super) fn finish(mut self) -> (Vec<Diagnostic>, ScriptParts) {
        for at in std::mem::take(&mut self.pending_metadata) {
            let head = self.ast.code_metadata[at].head;
            if self.text(head) == "(@metadata.code.branch_hint" {
                self.error(Code::BadAnnotation, head, "a branch hint must come before an instruction");
            }
        }
        (std::mem::take(&mut self.diagnostics), std::mem::take(&mut self.script))
    }
}

/// Returns the range of the pending elements of an arena, and marks them as taken.
fn take(taken: &mut u32, len: usize) -> Run {
    let run = Run { start: *taken, end: len as u32 };
    *taken = len as u32;
    run
}

fn named(x: Option<Token>, n: Option<Token>) -> Naming {
    Naming { id: x.map(Token::span), name: n.map(Token::span) }
}
