//! What the grammar's actions call: puts nodes into the arenas of the syntax tree.
//!
//! The grammar hands over small values only; lists and the parts of a field wait here until the
//! field, type or instruction they belong to takes them. A number or name that cannot stand where it
//! does is reported here, and reading goes on.

mod instr;
mod script;

use crate::ast::{
    ANNOTATIONS, Annotation, AnnotationItem, Ast, CompType, Data, DataItem, DataMode, Elem, ElemItems,
    ElemMode, Export, ExternDesc, ExternType, Field, Func, Global, GlobalType, Idx, Import, ImportItem,
    ItemKind, Limits, MemArg, Memory, MemoryInit, MemoryType, Naming, Param, RecGroup, Run, StructField,
    Table, TableInit, TableType, Tag, TypeDef, TypeUse, TypeUseId, ValType, flags,
};
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::lex::{Kind, Token, TokenBuffer, Tokens, number, rest_of_string, string};
use crate::span::Span;
use hashbrown::HashSet;
pub(crate) use script::ScriptParts;
use wasm_encoder::ExportKind;

/// Builds the tree of one form.
pub(crate) struct Builder<'s> {
    pub(crate) source: &'s str,
    buffer: &'s TokenBuffer,
    /// The position in `extra` of the constants in the buffer.
    wide_start: u32,
    /// Whether equal identifiers are one name. On the explaining route each use has a name of its own, which has its
    /// location.
    shares_names: bool,
    pub(crate) ast: &'s mut Ast,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) script: ScriptParts,

    // Lists that wait, and how much of each arena is taken.
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

    // Parts of a field that wait.
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

    // Parts of an instruction that wait.
    label: Naming,
    block_type: Option<TypeUseId>,
    memarg: MemArg,
    pending_metadata: Vec<usize>,
    pending_names: HashSet<&'s str>,
}

const NO_TYPE: ValType = ValType { start: 0, idx: Idx::NONE, code: 0, flags: 0 };

impl<'s> Builder<'s> {
    pub(crate) fn new(
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

    // ------------------------------------------------------------------------------------ Values

    /// A number as `bits` bits, signed or unsigned.
    fn integer(&mut self, t: Token, bits: u32) -> u64 {
        let span = t.span();
        if t.kind == Kind::Char {
            return u64::from(u32::from(self.char_value(t)));
        }
        let text = self.text(span);
        if t.kind == Kind::Float {
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

    /// A number without a sign as `bits` bits.
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
        if t.kind == Kind::Char {
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

    /// The character of `(@char "A")`.
    fn char_value(&self, t: Token) -> char {
        let text = &self.text(t.span())[usize::from(t.code)..];
        let quoted = &text[..1 + rest_of_string(&text.as_bytes()[1..])];
        let bytes = string::decode(quoted);
        std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()).unwrap_or_default()
    }

    /// Dialect: a character literal.
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

    /// A string token that must be UTF-8.
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

    /// Moves the indices that wait into `extra`.
    fn take_list(&mut self) -> Run {
        let start = self.ast.add_extra(&self.list);
        let end = start + self.list.len() as u32;
        self.list.clear();
        Run { start, end }
    }

    // ------------------------------------------------------------------------------------- Types

    pub(crate) fn num_type(&mut self, t: Token) -> ValType {
        ValType { start: t.start, idx: Idx::NONE, code: t.code as u8, flags: 0 }
    }

    pub(crate) fn abs_heap_type(&mut self, t: Token) -> ValType {
        ValType { start: t.start, idx: Idx::NONE, code: t.code as u8, flags: flags::REF }
    }

    pub(crate) fn concrete_heap_type(&mut self, x: Idx) -> ValType {
        ValType { start: 0, idx: x, code: 0, flags: flags::REF | flags::CONCRETE }
    }

    pub(crate) fn exact_heap_type(&mut self, x: Idx) -> ValType {
        ValType { start: 0, idx: x, code: 0, flags: flags::REF | flags::CONCRETE | flags::EXACT }
    }

    pub(crate) fn shared_heap_type(&mut self, t: Token) -> ValType {
        ValType { start: t.start, idx: Idx::NONE, code: t.code as u8, flags: flags::REF | flags::SHARED }
    }

    pub(crate) fn ref_type_abbreviation(&mut self, t: Token) -> ValType {
        ValType { flags: flags::REF | flags::NULL, ..self.abs_heap_type(t) }
    }

    pub(crate) fn ref_type(&mut self, t: Token, h: ValType) -> ValType {
        ValType { start: t.start, ..h }
    }

    pub(crate) fn ref_null_type(&mut self, t: Token, h: ValType) -> ValType {
        ValType { start: t.start, flags: h.flags | flags::NULL, ..h }
    }

    pub(crate) fn shared_ref_type(&mut self, t: Token, r: Token) -> ValType {
        ValType { start: t.start, flags: flags::REF | flags::NULL | flags::SHARED, ..self.abs_heap_type(r) }
    }

    pub(crate) fn mutable(&mut self, t: ValType) -> ValType {
        ValType { flags: t.flags | flags::MUT, ..t }
    }

    pub(crate) fn param(&mut self, ty: ValType) {
        self.ast.params.push(Param { naming: Naming::default(), ty });
    }

    pub(crate) fn named_param(&mut self, x: Option<Token>, n: Option<Token>, ty: ValType) {
        self.ast.params.push(Param { naming: named(x, n), ty });
    }

    pub(crate) fn local(&mut self, x: Option<Token>, n: Option<Token>, ty: ValType) {
        self.ast.params.push(Param { naming: named(x, n), ty });
    }

    pub(crate) fn result(&mut self, t: ValType) {
        self.ast.val_types.push(t);
    }

    /// `typeuse`, of the parameters and results that wait.
    pub(crate) fn type_use(&mut self, idx: Idx) -> TypeUseId {
        let params = take(&mut self.params_taken, self.ast.params.len());
        let results = take(&mut self.results_taken, self.ast.val_types.len());
        let inline = !params.is_empty() || !results.is_empty();
        self.ast.type_uses.push(TypeUse { idx, params, results, inline });
        TypeUseId(self.ast.type_uses.len() as u32 - 1)
    }

    pub(crate) fn field(&mut self, x: Option<Token>, n: Option<Token>, ty: ValType) {
        self.ast.struct_fields.push(StructField { naming: named(x, n), ty });
    }

    pub(crate) fn func_comp_type(&mut self) {
        self.comp = CompType::Func(self.type_use(Idx::NONE));
    }

    pub(crate) fn struct_comp_type(&mut self) {
        self.comp = CompType::Struct(take(&mut self.fields_taken, self.ast.struct_fields.len()));
    }

    pub(crate) fn array_comp_type(&mut self, t: ValType) {
        self.comp = CompType::Array(t);
    }

    pub(crate) fn cont_comp_type(&mut self, x: Idx) {
        self.comp = CompType::Cont(x);
    }

    pub(crate) fn shared_comp_type(&mut self) {
        self.comp_shared = true;
    }

    pub(crate) fn describe(&mut self, describes: Idx, descriptor: Idx) {
        self.describes = describes;
        self.descriptor = descriptor;
    }

    pub(crate) fn sub_type(&mut self, is_final: bool) {
        self.is_final = is_final;
        self.supers = self.take_list();
    }

    pub(crate) fn type_def(&mut self, s: Token, e: Token) {
        self.ast.type_defs.push(TypeDef {
            span: s.span().to(e.span()),
            naming: std::mem::take(&mut self.naming),
            comp: self.comp,
            is_final: self.is_final,
            shared: self.comp_shared,
            supers: self.supers,
            describes: self.describes,
            descriptor: self.descriptor,
        });
        self.is_final = true;
        self.comp_shared = false;
        self.supers = Run::default();
        self.describes = Idx::NONE;
        self.descriptor = Idx::NONE;
    }

    pub(crate) fn type_field(&mut self) {
        self.rec_group(false);
    }

    pub(crate) fn rec_field(&mut self) {
        self.rec_group(true);
    }

    fn rec_group(&mut self, explicit: bool) {
        let types = take(&mut self.types_taken, self.ast.type_defs.len());
        self.ast.fields.push(Field::Rec(RecGroup { types, explicit }));
    }

    pub(crate) fn addr_type(&mut self, is_64: bool) {
        self.limits = Limits { is_64, min: 0, max: None };
        self.shared = false;
        self.page_size = None;
    }

    pub(crate) fn limits(&mut self, min: Token, max: Option<Token>) {
        self.limits.min = self.unsigned(min, 64);
        self.limits.max = max.map(|t| self.unsigned(t, 64));
    }

    pub(crate) fn page_size(&mut self, n: Token) {
        let before = self.diagnostics.len();
        let size = self.unsigned(n, 32);
        if self.diagnostics.len() > before {
            return;
        }
        if size.is_power_of_two() {
            self.page_size = Some(size.trailing_zeros());
        } else {
            self.error(Code::BadAlignment, n.span(), "a page size must be a power of two");
        }
    }

    pub(crate) fn memory_type(&mut self, shared: bool) {
        self.shared = shared;
    }

    pub(crate) fn table_type(&mut self, shared: bool, t: ValType) {
        self.shared = shared;
        self.elem_type = t;
    }

    pub(crate) fn global_type(&mut self, ty: ValType, mutable: bool, shared: bool) {
        self.global_type = GlobalType { ty, mutable, shared };
    }

    fn take_memory_type(&mut self) -> MemoryType {
        MemoryType { limits: self.limits, shared: self.shared, page_size: self.page_size }
    }

    fn take_table_type(&mut self) -> TableType {
        TableType { limits: self.limits, shared: self.shared, elem: self.elem_type }
    }

    // ----------------------------------------------------------------------------------- Modules

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
                "the first of these imports has no type of its own, so this cannot have one"
            } else {
                "the first of these imports has a type of its own, so this needs one too"
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
                let message = "these imports have types of their own, so this cannot stand behind them";
                return self.error(Code::UnexpectedToken, desc.span, message);
            }
            Some(desc) => {
                if desc.naming.id.is_some() && items.is_empty() {
                    // What is meant is one import, of which a name is missing.
                    let message = "an import has two names, that of a module and that of what is in it; \
                                   expected a second string";
                    let place = module.before();
                    let name = self.text(module);
                    let diagnostic = Diagnostic::error(Code::UnexpectedToken, desc.span.head(), message)
                        .with_guess(
                            format!("name the module too, as in `\"env\" {name}`"),
                            place,
                            "\"env\" ",
                        );
                    self.diagnostics.push(diagnostic);
                    self.ast.fields.push(Field::Import(Import::Single { span, module, name: module, desc }));
                    return;
                }
                if let Some(id) = desc.naming.id {
                    self.error(Code::NameNotAllowed, id, "several imports cannot have one identifier");
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

    /// Begins a field that may have exports within: they come before it.
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
            Kind::ParenTable => ExportKind::Table,
            Kind::ParenMemory => ExportKind::Memory,
            Kind::ParenGlobal => ExportKind::Global,
            Kind::ParenTag => ExportKind::Tag,
            _ => ExportKind::Func,
        };
        let name = self.name(n);
        let span = s.span().to(e.span());
        self.ast.fields.push(Field::Export(Export { span, name, kind, idx }));
    }

    pub(crate) fn start(&mut self, s: Token, x: Idx, e: Token) {
        self.ast.fields.push(Field::Start(s.span().to(e.span()), x));
    }

    /// Obsolete: the number of a table or memory alone.
    pub(crate) fn bare_use(&mut self, t: Token, what: &str) {
        let number = self.text(t.span());
        let standard = format!("({what} {number})");
        self.diagnostics.push(
            Diagnostic::error(Code::Obsolete, t.span(), format!("a bare {what} number is obsolete here"))
                .with_fix(format!("write `{standard}`"), t.span(), standard),
        );
    }

    /// Obsolete: the number of a table.
    pub(crate) fn elem_bare(&mut self, s: Token, t: Token, e: Token) {
        self.bare_use(t, "table");
        self.elem_active(s, Idx::NONE, e);
    }

    /// Obsolete: the number of a table, with functions but not the word `func` behind the offset.
    pub(crate) fn elem_bare_funcs(&mut self, s: Token, t: Token, e: Token) {
        self.bare_use(t, "table");
        let behind = Span::new(self.offset_end(t), self.offset_end(t));
        if let Some(suggestion) = self.diagnostics.last_mut().and_then(|d| d.suggestions.last_mut()) {
            suggestion.edits.push(Edit { span: behind, replacement: " func".to_owned() });
        }
        self.elem_active_funcs(s, e);
    }

    /// Where the offset behind the number `t` ends.
    fn offset_end(&self, t: Token) -> u32 {
        let mut depth = 0;
        for token in Tokens::plain(self.source, Span::new(t.span().end, self.source.len() as u32)) {
            match token.kind {
                Kind::Close => depth -= 1,
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

    /// Adds the bytes that `write` writes to the data.
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

    /// One number before a string is what an offset without `const` looks like; wasm-tools refuses it too.
    fn refuse_offset_without_const(&mut self, form: Span) {
        let mut tokens = Tokens::plain(self.source, form).skip(1).skip_while(|token| token.kind == Kind::Id);
        let first: [Option<Token>; 5] = std::array::from_fn(|_| tokens.next());
        let [Some(open), Some(ty), Some(number), Some(close), Some(string)] = first else { return };
        let kinds = [open.kind, ty.kind, number.kind, close.kind, string.kind];
        if !matches!(kinds, [Kind::Open, Kind::I32 | Kind::I64, Kind::Nat, Kind::Close, Kind::String]) {
            return;
        }
        let span = open.span().to(close.span());
        let meant = format!("({}.const {})", self.text(ty.span()), self.text(number.span()));
        let message = format!("`{}` is no offset: it is written `{meant}`", self.text(span));
        let diagnostic = Diagnostic::error(Code::UnexpectedToken, span, message)
            .with_guess(format!("write `{meant}`"), span, meant)
            .with_note("to begin the contents with a number, put an empty string before it");
        self.diagnostics.push(diagnostic);
    }

    pub(crate) fn data_passive(&mut self, s: Token, e: Token) {
        self.refuse_offset_without_const(s.span().to(e.span()));
        self.push_data(s, DataMode::Passive, e);
    }

    pub(crate) fn data_active(&mut self, s: Token, memory: Idx, e: Token) {
        self.push_data(s, DataMode::Active { memory, offset: self.offset }, e);
    }

    // ------------------------------------------------------------------------------- Annotations

    pub(crate) fn annotation_item(&mut self, t: Token) {
        let kind = match t.kind {
            Kind::Open => ItemKind::Open,
            Kind::Close => ItemKind::Close,
            Kind::String => ItemKind::String,
            Kind::Nat => ItemKind::Nat,
            Kind::Int | Kind::Float => ItemKind::Number,
            Kind::Id => ItemKind::Id,
            _ => ItemKind::Atom,
        };
        self.ast.annotation_items.push(AnnotationItem { kind, span: t.span() });
    }

    /// An annotation with the items that were read since the last one.
    fn annotation(&mut self, head: Token, end: Token) -> Annotation {
        let (.., family) = ANNOTATIONS[usize::from(head.code)];
        let items = take(&mut self.annotation_items_taken, self.ast.annotation_items.len());
        Annotation { family, head: head.span(), end: end.span(), items, target: None }
    }

    pub(crate) fn field_annotation(&mut self, h: Token, e: Token) {
        let annotation = self.annotation(h, e);
        self.ast.fields.push(Field::Annotation(annotation));
    }

    pub(crate) fn code_metadata(&mut self, h: Token, e: Token) {
        let annotation = self.annotation(h, e);
        let name = self.text(annotation.head);
        if self.pending_names.contains(name) {
            let message = format!("a second {name} for one instruction");
            return self.error(Code::BadAnnotation, annotation.head, message);
        }
        // A priority is the function's own, wherever it is written.
        if name != "(@metadata.code.compilation_priority" {
            self.pending_metadata.push(self.ast.code_metadata.len());
            self.pending_names.insert(name);
        }
        self.ast.code_metadata.push(annotation);
    }

    /// Gives the metadata that wait to the instruction at `start`.
    #[inline]
    fn take_metadata(&mut self, start: u32) {
        if !self.pending_metadata.is_empty() {
            self.pending_names.clear();
            for at in self.pending_metadata.drain(..) {
                self.ast.code_metadata[at].target = Some(start);
            }
        }
    }

    /// Reports metadata that no instruction follows.
    fn refuse_metadata(&mut self) {
        self.pending_names.clear();
        for at in std::mem::take(&mut self.pending_metadata) {
            let head = self.ast.code_metadata[at].head;
            let message = "code metadata must stand before an instruction";
            self.error(Code::BadAnnotation, head, message);
        }
    }

    /// At the end of a form: what waits in vain.
    pub(crate) fn finish(mut self) -> (Vec<Diagnostic>, ScriptParts) {
        for at in std::mem::take(&mut self.pending_metadata) {
            let head = self.ast.code_metadata[at].head;
            if self.text(head) == "(@metadata.code.branch_hint" {
                self.error(Code::BadAnnotation, head, "a branch hint must stand before an instruction");
            }
        }
        (std::mem::take(&mut self.diagnostics), std::mem::take(&mut self.script))
    }
}

/// Takes what was added to an arena since the last time.
fn take(taken: &mut u32, len: usize) -> Run {
    let run = Run { start: *taken, end: len as u32 };
    *taken = len as u32;
    run
}

fn named(x: Option<Token>, n: Option<Token>) -> Naming {
    Naming { id: x.map(Token::span), name: n.map(Token::span) }
}
