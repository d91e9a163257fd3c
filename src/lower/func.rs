//! Lowers functions, each separately. The indices of implicit types, which depend on earlier functions, are left out.

use super::custom;
use super::instr::{CodeBuffer, FuncLowerer};
use super::names::NameMap;
use crate::ast::{Annotation, Ast, Export, ExternType, Field, Func, Import, Naming, Run, TypeUse};
use crate::lex::string;
use crate::resolve::type_use::type_ref;
use crate::resolve::{Fault, IndexSpace, SymbolTable, TypeRef};
use crate::span::Span;
use wasm_encoder::Encode;

/// Lowered functions, in source order.
#[derive(Default)]
pub(crate) struct LoweredFuncs {
    pub(crate) code: CodeBuffer,
    pub(crate) funcs: Vec<LoweredFunc>,
    pub(crate) exports: Vec<Export>,
    pub(crate) metadata: Vec<Metadata>,
    pub(crate) metadata_bytes: Vec<u8>,
    /// The encoded names of locals and labels of all functions, if names are asked for.
    pub(crate) local_names: Vec<u8>,
    pub(crate) label_names: Vec<u8>,
    pub(crate) faults: Vec<Fault>,
}

/// A lowered function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LoweredFunc {
    pub(crate) span: Span,
    pub(crate) naming: Naming,
    pub(crate) ty: TypeRef,
    /// For an import: the string tokens of module and name, and whether its type is exact.
    pub(crate) import: Option<(Span, Span, bool)>,
    /// The range of the body, locals and expression, in the bytes of the code.
    pub(crate) body: Run,
    /// The ends of its entries in the lists; they start where those of the function before it end.
    pub(crate) fixups_end: u32,
    pub(crate) exports_end: u32,
    pub(crate) metadata_end: u32,
    pub(crate) marks_end: u32,
    pub(crate) sites_end: u32,
    pub(crate) local_names_end: u32,
    pub(crate) label_names_end: u32,
}

/// Code metadata of an instruction, or of a function as a whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Metadata {
    /// The offset of the instruction in the bytes of the code.
    pub(crate) at: u32,
    /// The head of the annotation.
    pub(crate) head: Span,
    /// Its value; a range of [`LoweredFuncs::metadata_bytes`].
    pub(crate) bytes: Run,
}

/// The parts of functions to lower.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Parts {
    All,
    /// Types, imports and exports, but no bodies.
    Heads,
}

/// Lowers the fields of a form that is a function, including its inline exports.
pub(crate) fn lower_form<'s>(
    scope: &SymbolTable<'s>,
    ast: &Ast,
    parts: Parts,
    with_names: bool,
    exprs: &mut FuncLowerer<'s>,
    funcs: &mut LoweredFuncs,
) {
    for field in &ast.fields {
        match field {
            Field::Export(export) => funcs.exports.push(*export),
            Field::Import(Import::Single { span, module, name, desc }) => {
                let ExternType::Func { type_use, exact } = desc.ty else { continue };
                funcs.code.uses.signature(ast, type_use);
                if exact {
                    funcs.code.uses.exact_import(scope.source, *span);
                }
                let CodeBuffer { signatures, faults, .. } = &mut funcs.code;
                let ty = type_ref(scope, ast, type_use, *span, signatures, faults);
                if with_names {
                    let params = ast.type_uses[type_use.0 as usize].params;
                    funcs.local_names(scope, params.range().map(|at| ast.params[at].naming), 0);
                }
                let here = funcs.code.bytes.len() as u32;
                let import = Some((*module, *name, exact));
                funcs.push(*span, desc.naming, ty, import, Run { start: here, end: here });
            }
            Field::Func(func) if parts == Parts::Heads => lower_head(scope, ast, func, funcs),
            Field::Func(func) => lower_func(scope, ast, func, with_names, exprs, funcs),
            _ => {}
        }
    }
}

/// Lowers a function without its body.
fn lower_head(scope: &SymbolTable<'_>, ast: &Ast, func: &Func, funcs: &mut LoweredFuncs) {
    let CodeBuffer { bytes, signatures, faults, .. } = &mut funcs.code;
    let at = bytes.len() as u32;
    let ty = type_ref(scope, ast, func.type_use, head_of(func), signatures, faults);
    funcs.push(func.span, func.naming, ty, None, Run { start: at, end: at });
}

/// The place of an error about the type of a function.
fn head_of(func: &Func) -> Span {
    Span::new(func.span.start, func.span.start + "(func".len() as u32)
}

fn lower_func<'s>(
    scope: &SymbolTable<'s>,
    ast: &Ast,
    func: &Func,
    with_names: bool,
    exprs: &mut FuncLowerer<'s>,
    funcs: &mut LoweredFuncs,
) {
    let code = &mut funcs.code;
    code.uses.signature(ast, func.type_use);
    code.uses.locals(ast, func.locals);
    let ty = type_ref(scope, ast, func.type_use, head_of(func), &mut code.signatures, &mut code.faults);

    // The parameters are those written here, or else those of the type.
    exprs.clear();
    let TypeUse { params, inline, .. } = ast.type_uses[func.type_use.0 as usize];
    let of_type = match ty {
        Some(TypeRef::Index(index)) if !inline => Some(scope.param_count(index)),
        _ => None,
    };
    if let Some(count) = of_type {
        exprs.locals.skip(count.unwrap_or(0));
    }
    for param in ast.params[params.range()].iter().chain(&ast.params[func.locals.range()]) {
        if let Err(first) = exprs.locals.define(scope.source, param.naming.id)
            && let Some(id) = param.naming.id
        {
            code.faults.push(Fault::DuplicateName { space: IndexSpace::Local, id, first });
            exprs.locals.confuse(&scope.source[id.range()]);
        }
    }

    let start = code.bytes.len() as u32;
    encode_locals(scope, ast, func.locals, func.span.start, code);
    let end = func.span.end.saturating_sub(1);
    exprs.expr(scope, ast, func.body, end, code);
    let body = Run { start, end: code.bytes.len() as u32 };

    for metadata in ast.code_metadata.iter().filter(|metadata| metadata.target.is_none()) {
        funcs.push_metadata(scope, ast, metadata, start);
    }
    for (at, number) in std::mem::take(&mut funcs.code.metadata) {
        funcs.push_metadata(scope, ast, &ast.code_metadata[number as usize], at);
    }
    if with_names {
        // Without a function type, the locals have no known indices.
        if of_type != Some(None) {
            let first = of_type.flatten().unwrap_or(0);
            let naming = params.range().chain(func.locals.range()).map(|at| ast.params[at].naming);
            funcs.local_names(scope, naming, first);
        }
        let mut labels = NameMap::default();
        for &(number, name) in &exprs.label_names {
            labels.push(number, &name_bytes(scope.source, name));
        }
        labels.encode(&mut funcs.label_names);
    }
    funcs.push(func.span, func.naming, ty, None, body);
}

/// Encodes the locals of a function. Adjacent locals of one type are one group.
fn encode_locals(scope: &SymbolTable<'_>, ast: &Ast, locals: Run, start: u32, code: &mut CodeBuffer) {
    let mut groups: Vec<(u32, wasm_encoder::ValType)> = Vec::new();
    for local in &ast.params[locals.range()] {
        let Some(ty) = scope.val_type(ast, local.ty, &mut code.faults) else { continue };
        match groups.last_mut() {
            Some((count, last)) if *last == ty => *count += 1,
            _ => groups.push((1, ty)),
        }
    }
    (groups.len() as u32).encode(&mut code.bytes);
    for (count, ty) in groups {
        count.encode(&mut code.bytes);
        match &mut code.sites {
            None => ty.encode(&mut code.bytes),
            Some(sites) => sites.val_type(ty, start, &mut code.bytes),
        }
    }
}

/// Returns the name in an identifier or a string token.
pub(super) fn name_bytes(source: &str, token: Span) -> Vec<u8> {
    let text = &source[token.range()];
    if text.starts_with('$') {
        crate::lex::id_name(text).into_owned().into_bytes()
    } else {
        string::decode(text).into_owned()
    }
}

impl LoweredFuncs {
    fn push(
        &mut self,
        span: Span,
        naming: Naming,
        ty: Option<TypeRef>,
        import: Option<(Span, Span, bool)>,
        body: Run,
    ) {
        self.funcs.push(LoweredFunc {
            span,
            naming,
            ty: ty.unwrap_or(TypeRef::Index(0)),
            import,
            body,
            fixups_end: self.code.fixups.len() as u32,
            exports_end: self.exports.len() as u32,
            metadata_end: self.metadata.len() as u32,
            marks_end: self.code.marks.as_ref().map_or(0, Vec::len) as u32,
            sites_end: self.code.sites.as_ref().map_or(0, |sites| sites.list.len()) as u32,
            local_names_end: self.local_names.len() as u32,
            label_names_end: self.label_names.len() as u32,
        });
    }

    fn push_metadata(&mut self, scope: &SymbolTable<'_>, ast: &Ast, metadata: &Annotation, at: u32) {
        let start = self.metadata_bytes.len() as u32;
        custom::metadata(scope, ast, metadata, &mut self.metadata_bytes, &mut self.faults);
        let bytes = Run { start, end: self.metadata_bytes.len() as u32 };
        self.metadata.push(Metadata { at, head: metadata.head, bytes });
    }

    fn local_names(&mut self, scope: &SymbolTable<'_>, naming: impl Iterator<Item = Naming>, first: u32) {
        let mut names = NameMap::default();
        for (number, naming) in (first..).zip(naming) {
            if let Some(token) = naming.name.or(naming.id) {
                names.push(number, &name_bytes(scope.source, token));
            }
        }
        names.encode(&mut self.local_names);
    }

    /// Removes everything, and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.code.bytes.clear();
        self.code.fixups.clear();
        self.code.signatures.clear();
        self.code.metadata.clear();
        if let Some(marks) = &mut self.code.marks {
            marks.clear();
        }
        if let Some(sites) = &mut self.code.sites {
            sites.list.clear();
        }
        self.code.needs_data_count = false;
        self.code.uses.clear();
        self.funcs.clear();
        self.exports.clear();
        self.metadata.clear();
        self.metadata_bytes.clear();
        self.local_names.clear();
        self.label_names.clear();
    }
}
