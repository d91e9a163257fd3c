//! The actions of module fields.

use super::{Builder, NO_TYPE, named, take};
use crate::ast::{
    Data, DataItem, DataMode, Elem, ElemItems, ElemMode, Export, ExternDesc, ExternType, Field, Func, Global,
    Idx, Import, ImportItem, Limits, Memory, MemoryInit, MemoryType, Naming, Run, Table, TableInit,
    TableType, Tag, TypeUseId, ValType,
};
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::lex::{Lexer, Token, TokenKind, number};
use crate::span::Span;
use wasm_encoder::ExportKind;

impl Builder<'_> {
    pub(crate) fn naming(&mut self, x: Option<Token>, n: Option<Token>) {
        self.naming = named(x, n);
    }

    pub(crate) fn name_annotation(&mut self, s: Token) -> Token {
        self.name(s);
        s
    }

    fn extern_desc(&mut self, s: Token, ty: ExternType, e: Token) {
        let span = s.span().to(e.span());
        self.desc = Some(ExternDesc { span, naming: std::mem::take(&mut self.naming), ty });
    }

    pub(crate) fn extern_func(&mut self, s: Token, type_use: TypeUseId, exact: bool, e: Token) {
        self.extern_desc(s, ExternType::Func { type_use, exact }, e);
    }

    pub(crate) fn extern_table(&mut self, s: Token, e: Token) {
        let ty = ExternType::Table(self.take_table_type());
        self.extern_desc(s, ty, e);
    }

    pub(crate) fn extern_memory(&mut self, s: Token, e: Token) {
        let ty = ExternType::Memory(self.take_memory_type());
        self.extern_desc(s, ty, e);
    }

    pub(crate) fn extern_global(&mut self, s: Token, e: Token) {
        self.extern_desc(s, ExternType::Global(self.global_type), e);
    }

    pub(crate) fn extern_tag(&mut self, s: Token, u: TypeUseId, e: Token) {
        self.extern_desc(s, ExternType::Tag(u), e);
    }

    pub(crate) fn import(&mut self, s: Token, m: Token, n: Token, e: Token) {
        let (module, name) = (self.name(m), self.name(n));
        if let Some(desc) = self.desc.take() {
            let span = s.span().to(e.span());
            self.ast.fields.push(Field::Import(Import::Single { span, module, name, desc }));
        }
    }

    pub(crate) fn import_item(&mut self, _s: Token, n: Token, typed: bool, e: Token) {
        let name = self.name(n);
        let desc = self.desc.take();
        if let Some(first) = self.ast.import_items.get(self.items_taken as usize)
            && first.desc.is_some() != typed
        {
            let message = if typed {
                "this import must not have its own type, because the first import in the list has none"
            } else {
                "this import must have its own type, because the first import in the list has one"
            };
            self.error(Code::UnexpectedToken, e.span(), message);
        }
        self.ast.import_items.push(ImportItem { name, desc });
    }

    pub(crate) fn compact_import(&mut self, s: Token, m: Token, typed: bool, e: Token) {
        let module = self.name(m);
        let span = s.span().to(e.span());
        let items = take(&mut self.items_taken, self.ast.import_items.len());
        let own = self.ast.import_items[items.range()].first().is_some_and(|item| item.desc.is_some());
        let import = match self.desc.take().filter(|_| typed) {
            Some(desc) if own => {
                let message =
                    "expected `)`, found a type, but each of these imports already has its own type";
                return self.error(Code::UnexpectedToken, desc.span, message);
            }
            Some(desc) => {
                if desc.naming.id.is_some() && items.is_empty() {
                    // Probably one import, with one of its two names missing.
                    let message = "expected a second string: an import has the name of a module and the name of an item";
                    let place = module.before();
                    let name = self.text(module);
                    let diagnostic = Diagnostic::error(Code::UnexpectedToken, desc.span.head(), message)
                        .with_guess(
                            format!("add the name of the module, as in `\"env\" {name}`"),
                            place,
                            "\"env\" ",
                        );
                    self.diagnostics.push(diagnostic);
                    self.ast.fields.push(Field::Import(Import::Single { span, module, name: module, desc }));
                    return;
                }
                if let Some(id) = desc.naming.id {
                    self.error(Code::NameNotAllowed, id, "several imports cannot share one identifier");
                }
                Import::Names { span, module, items, desc }
            }
            None if own || items.is_empty() => Import::Items { span, module, items },
            None => {
                return self.error(Code::UnexpectedToken, e.span(), "expected the type of these imports");
            }
        };
        self.ast.fields.push(Field::Import(import));
    }

    pub(crate) fn no_exports(&mut self) {
        self.exports.clear();
    }

    pub(crate) fn inline_export(&mut self, s: Token) {
        let name = self.name(s);
        self.exports.push((s.span(), name));
    }

    pub(crate) fn inline_import(&mut self, m: Token, n: Token) {
        self.inline_import = (self.name(m), self.name(n));
    }

    /// Adds the inline exports of a field before it. Returns the naming of the field.
    fn field_naming(&mut self, kind: ExportKind) -> Naming {
        for (span, name) in self.exports.drain(..) {
            self.ast.fields.push(Field::Export(Export { span, name, kind, idx: Idx::NONE }));
        }
        std::mem::take(&mut self.naming)
    }

    fn inline_imported(&mut self, s: Token, kind: ExportKind, ty: ExternType, e: Token) {
        let naming = self.field_naming(kind);
        let span = s.span().to(e.span());
        let (module, name) = self.inline_import;
        let desc = ExternDesc { span, naming, ty };
        self.ast.fields.push(Field::Import(Import::Single { span, module, name, desc }));
    }

    pub(crate) fn locals(&mut self) {
        self.locals = take(&mut self.params_taken, self.ast.params.len());
    }

    pub(crate) fn func(&mut self, s: Token, type_use: TypeUseId, e: Token) {
        let naming = self.field_naming(ExportKind::Func);
        let locals = std::mem::take(&mut self.locals);
        let body = self.take_body();
        let span = s.span().to(e.span());
        self.ast.fields.push(Field::Func(Func { span, naming, type_use, locals, body }));
    }

    pub(crate) fn func_import(&mut self, s: Token, type_use: TypeUseId, exact: bool, e: Token) {
        self.inline_imported(s, ExportKind::Func, ExternType::Func { type_use, exact }, e);
    }

    fn push_table(&mut self, s: Token, ty: TableType, init: TableInit, e: Token) {
        let naming = self.field_naming(ExportKind::Table);
        let span = s.span().to(e.span());
        self.ast.fields.push(Field::Table(Table { span, naming, ty, init }));
    }

    pub(crate) fn table(&mut self, s: Token, has_init: bool, e: Token) {
        let ty = self.take_table_type();
        let body = self.take_body();
        let init = if has_init { TableInit::Expr(body) } else { TableInit::Default };
        self.push_table(s, ty, init, e);
    }

    pub(crate) fn table_import(&mut self, s: Token, e: Token) {
        let ty = ExternType::Table(self.take_table_type());
        self.inline_imported(s, ExportKind::Table, ty, e);
    }

    pub(crate) fn shared_table_elem(&mut self, s: Token, t: ValType, e: Token) {
        self.addr_type(false);
        self.shared = true;
        self.table_elem(s, t, e);
    }

    pub(crate) fn table_elem(&mut self, s: Token, t: ValType, e: Token) {
        let mut items = self.elem_items;
        let len = match &mut items {
            ElemItems::Funcs(run) => run.len(),
            ElemItems::Exprs(ty, run) => {
                *ty = t;
                run.len()
            }
        };
        let limits = Limits { min: len.into(), max: Some(len.into()), ..self.limits };
        self.push_table(s, TableType { limits, shared: self.shared, elem: t }, TableInit::Elems(items), e);
    }

    pub(crate) fn memory(&mut self, s: Token, e: Token) {
        let ty = self.take_memory_type();
        self.push_memory(s, ty, MemoryInit::Default, e);
    }

    fn push_memory(&mut self, s: Token, ty: MemoryType, init: MemoryInit, e: Token) {
        let naming = self.field_naming(ExportKind::Memory);
        let span = s.span().to(e.span());
        self.ast.fields.push(Field::Memory(Memory { span, naming, ty, init }));
    }

    pub(crate) fn memory_import(&mut self, s: Token, e: Token) {
        let ty = ExternType::Memory(self.take_memory_type());
        self.inline_imported(s, ExportKind::Memory, ty, e);
    }

    pub(crate) fn memory_data(&mut self, s: Token, e: Token) {
        let items = take(&mut self.data_taken, self.ast.data_items.len());
        let ty = self.take_memory_type();
        self.push_memory(s, ty, MemoryInit::Data(items), e);
    }

    pub(crate) fn global(&mut self, s: Token, e: Token) {
        let naming = self.field_naming(ExportKind::Global);
        let init = self.take_body();
        let span = s.span().to(e.span());
        self.ast.fields.push(Field::Global(Global { span, naming, ty: self.global_type, init }));
    }

    pub(crate) fn global_import(&mut self, s: Token, e: Token) {
        self.inline_imported(s, ExportKind::Global, ExternType::Global(self.global_type), e);
    }

    pub(crate) fn tag(&mut self, s: Token, type_use: TypeUseId, e: Token) {
        let naming = self.field_naming(ExportKind::Tag);
        let span = s.span().to(e.span());
        self.ast.fields.push(Field::Tag(Tag { span, naming, type_use }));
    }

    pub(crate) fn tag_import(&mut self, s: Token, u: TypeUseId, e: Token) {
        self.inline_imported(s, ExportKind::Tag, ExternType::Tag(u), e);
    }

    pub(crate) fn export(&mut self, s: Token, n: Token, k: Token, idx: Idx, e: Token) {
        let kind = match k.kind {
            TokenKind::ParenTable => ExportKind::Table,
            TokenKind::ParenMemory => ExportKind::Memory,
            TokenKind::ParenGlobal => ExportKind::Global,
            TokenKind::ParenTag => ExportKind::Tag,
            _ => ExportKind::Func,
        };
        let name = self.name(n);
        let span = s.span().to(e.span());
        self.ast.fields.push(Field::Export(Export { span, name, kind, idx }));
    }

    pub(crate) fn start(&mut self, s: Token, x: Idx, e: Token) {
        self.ast.fields.push(Field::Start(s.span().to(e.span()), x));
    }

    /// Obsolete: reports a table or memory index without the keyword.
    pub(crate) fn bare_use(&mut self, t: Token, what: &str) {
        let number = self.text(t.span());
        let standard = format!("({what} {number})");
        self.diagnostics.push(
            Diagnostic::error(Code::Obsolete, t.span(), format!("a bare {what} index is obsolete here"))
                .with_fix(format!("write `{standard}`"), t.span(), standard),
        );
    }

    /// Obsolete: an element segment with a table index without the keyword.
    pub(crate) fn elem_bare(&mut self, s: Token, t: Token, e: Token) {
        self.bare_use(t, "table");
        self.elem_active(s, Idx::NONE, e);
    }

    /// Obsolete: the same, and without the keyword `func` after the offset.
    pub(crate) fn elem_bare_funcs(&mut self, s: Token, t: Token, e: Token) {
        self.bare_use(t, "table");
        let end = self.offset_end(t);
        if let Some(suggestion) = self.diagnostics.last_mut().and_then(|d| d.suggestions.last_mut()) {
            suggestion.edits.push(Edit { span: Span::new(end, end), replacement: " func".to_owned() });
        }
        self.elem_active_funcs(s, e);
    }

    /// Returns the end of the offset after the number `t`.
    fn offset_end(&self, t: Token) -> u32 {
        let mut depth = 0;
        for token in Lexer::plain(self.source, Span::new(t.span().end, self.source.len() as u32)) {
            match token.kind {
                TokenKind::Close => depth -= 1,
                kind => depth += i32::from(kind.is_open()),
            }
            if depth <= 0 {
                return token.span().end;
            }
        }
        t.span().end
    }

    pub(crate) fn offset(&mut self) {
        self.offset = self.take_body();
    }

    pub(crate) fn elem_indices(&mut self) {
        self.elem_items = ElemItems::Funcs(self.take_list());
    }

    pub(crate) fn elem_expr(&mut self) {
        let expr = self.take_body();
        self.ast.exprs.push(expr);
    }

    pub(crate) fn elem_exprs(&mut self, t: ValType) {
        self.elem_items = ElemItems::Exprs(t, take(&mut self.exprs_taken, self.ast.exprs.len()));
    }

    pub(crate) fn inline_elem_exprs(&mut self) {
        self.elem_exprs(NO_TYPE);
    }

    fn push_elem(&mut self, s: Token, mode: ElemMode, e: Token) {
        let naming = std::mem::take(&mut self.naming);
        let span = s.span().to(e.span());
        self.ast.fields.push(Field::Elem(Elem { span, naming, mode, items: self.elem_items }));
    }

    pub(crate) fn elem_passive(&mut self, s: Token, e: Token) {
        self.push_elem(s, ElemMode::Passive, e);
    }

    pub(crate) fn elem_declare(&mut self, s: Token, e: Token) {
        self.push_elem(s, ElemMode::Declare, e);
    }

    pub(crate) fn elem_active(&mut self, s: Token, table: Idx, e: Token) {
        self.push_elem(s, ElemMode::Active { table, offset: self.offset }, e);
    }

    pub(crate) fn elem_active_funcs(&mut self, s: Token, e: Token) {
        self.elem_indices();
        self.elem_active(s, Idx::NONE, e);
    }

    pub(crate) fn data_string(&mut self, s: Token) {
        self.ast.data_items.push(DataItem::String(s.span()));
    }

    /// Adds the bytes that `write` appends to the pending data.
    fn data_bytes(&mut self, write: impl FnOnce(&mut Self)) {
        let start = self.ast.bytes.len() as u32;
        write(self);
        let end = self.ast.bytes.len() as u32;
        match self.ast.data_items[self.data_taken as usize..].last_mut() {
            Some(DataItem::Bytes(run)) if run.end == start => run.end = end,
            _ => self.ast.data_items.push(DataItem::Bytes(Run { start, end })),
        }
    }

    pub(crate) fn data_nums(&mut self, t: Token) {
        let nums = std::mem::take(&mut self.nums);
        self.data_bytes(|b| {
            for &n in &nums {
                // The code of a number type is its byte in the binary format.
                let (value, width) = match t.code as u8 {
                    0x78 => (b.integer(n, 8), 1),
                    0x77 => (b.integer(n, 16), 2),
                    0x7f => (b.integer(n, 32), 4),
                    0x7e => (b.integer(n, 64), 8),
                    0x7d => (b.float(n, number::F32, "f32"), 4),
                    _ => (b.float(n, number::F64, "f64"), 8),
                };
                b.ast.bytes.extend_from_slice(&value.to_le_bytes()[..width]);
            }
        });
        self.nums = nums;
        self.nums.clear();
    }

    pub(crate) fn data_vector(&mut self, s: Token) {
        let value = self.vector(s);
        self.data_bytes(|b| b.ast.bytes.extend_from_slice(&value));
    }

    fn push_data(&mut self, s: Token, mode: DataMode, e: Token) {
        let naming = std::mem::take(&mut self.naming);
        let items = take(&mut self.data_taken, self.ast.data_items.len());
        let span = s.span().to(e.span());
        self.ast.fields.push(Field::Data(Data { span, naming, mode, items }));
    }

    /// Reports one number before a string, which looks like an offset without `const`. wasm-tools rejects it, too.
    fn refuse_offset_without_const(&mut self, form: Span) {
        let mut tokens =
            Lexer::plain(self.source, form).skip(1).skip_while(|token| token.kind == TokenKind::Id);
        let first: [Option<Token>; 5] = std::array::from_fn(|_| tokens.next());
        let [Some(open), Some(ty), Some(number), Some(close), Some(string)] = first else { return };
        let kinds = [open.kind, ty.kind, number.kind, close.kind, string.kind];
        if !matches!(
            kinds,
            [
                TokenKind::Open,
                TokenKind::I32 | TokenKind::I64,
                TokenKind::Nat,
                TokenKind::Close,
                TokenKind::String
            ]
        ) {
            return;
        }
        let span = open.span().to(close.span());
        let meant = format!("({}.const {})", self.text(ty.span()), self.text(number.span()));
        let message = format!("expected an offset `{meant}`, found `{}`", self.text(span));
        let diagnostic = Diagnostic::error(Code::UnexpectedToken, span, message)
            .with_guess(format!("write `{meant}`"), span, meant)
            .with_note("to start the contents with a number, insert an empty string before it");
        self.diagnostics.push(diagnostic);
    }

    pub(crate) fn data_passive(&mut self, s: Token, e: Token) {
        self.refuse_offset_without_const(s.span().to(e.span()));
        self.push_data(s, DataMode::Passive, e);
    }

    pub(crate) fn data_active(&mut self, s: Token, memory: Idx, e: Token) {
        self.push_data(s, DataMode::Active { memory, offset: self.offset }, e);
    }
}
