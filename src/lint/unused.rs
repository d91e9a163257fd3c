//! Definitions, locals, parameters and labels that nothing uses. These checks are off by default.

use super::context::{Context, index_of, is_silenced};
use super::finding::{Call, Finding};
use super::function::Function;
use super::{place, recursion, uses};
use crate::ast::{
    Ast, CompType, Data, DataMode, ElemItems, ElemMode, ExternDesc, ExternType, Field, Idx, IdxKind, Import,
    ImportItem, Naming, RecGroup, TableInit, TypeDef,
};
use crate::diagnostic::Code;
use crate::instr::Immediates;
use crate::outline::{Item, Outline};
use crate::resolve::IndexSpace;
use crate::span::Span;
use hashbrown::{HashMap, HashSet};

/// The codes of definitions of the module.
const OF_MODULES: [Code; 4] =
    [Code::UnusedFunction, Code::UnusedType, Code::UnusedImport, Code::UnusedDefinition];

/// A definition, by its index space and index.
type Node = (IndexSpace, u32);

/// What functions and data segments use, and their definitions.
#[derive(Default)]
pub(crate) struct Uses {
    /// Each use, with the index of the function that it is in.
    uses: Vec<(u32, Node)>,
    definitions: Vec<Definition>,
    /// The calls that functions always make, in the order of the functions.
    calls: Vec<Call>,
}

struct Definition {
    node: Node,
    at: Span,
    id: Option<Span>,
    is_imported: bool,
    /// Whether it is used without a reference to it: by an export, or as an active segment.
    is_used: bool,
}

impl Uses {
    pub(crate) fn clear(&mut self) {
        self.uses.clear();
        self.definitions.clear();
        self.calls.clear();
    }

    pub(crate) fn append(&mut self, other: &mut Uses) {
        self.uses.append(&mut other.uses);
        self.definitions.append(&mut other.definitions);
        self.calls.append(&mut other.calls);
    }

    pub(super) fn add_calls(&mut self, calls: &mut Vec<Call>) {
        self.calls.append(calls);
    }

    /// Adds the function in a tree, and what it uses.
    pub(crate) fn add_func(&mut self, cx: &Context<'_, '_>, ast: &Ast, index: u32) {
        if !cx.is_named || !cx.enabled.has_any(&OF_MODULES) {
            return;
        }
        let is_used = ast.fields.iter().any(|field| matches!(field, Field::Export(_)));
        for field in &ast.fields {
            let (at, id, is_imported) = match field {
                Field::Func(func) => (func.span, func.naming.id, false),
                Field::Import(Import::Single { span, desc, .. }) => (*span, desc.naming.id, true),
                _ => continue,
            };
            let node = (IndexSpace::Func, index);
            self.definitions.push(Definition { node, at, id, is_imported, is_used });
        }
        uses::types_of_func(cx, ast, &mut |ty| self.uses.push((index, (IndexSpace::Type, ty))));
        for instr in &ast.instrs {
            uses::of_instr(cx, ast, *instr, |space, to| self.uses.push((index, (space, to))));
        }
    }

    /// Adds a data segment. Only its name says which index it has.
    pub(crate) fn add_data(&mut self, cx: &Context<'_, '_>, ast: &Ast, data: &Data) {
        if !cx.is_named || !cx.enabled.has_any(&OF_MODULES) {
            return;
        }
        if let DataMode::Active { memory, offset } = data.mode {
            let memory = index_of(cx, ast, memory.raw(), IndexSpace::Memory);
            self.uses.extend(memory.map(|memory| (0, (IndexSpace::Memory, memory))));
            for instr in &ast.instrs[offset.range()] {
                uses::of_instr(cx, ast, *instr, |space, to| self.uses.push((0, (space, to))));
            }
        }
        let Some(id) = data.naming.id else { return };
        if let Some(index) = cx.symbols.names(IndexSpace::Data).get(&cx.symbols.source[id.range()])
            && let DataMode::Passive = data.mode
        {
            let node = (IndexSpace::Data, index);
            self.definitions.push(Definition {
                node,
                at: data.span,
                id: Some(id),
                is_imported: false,
                is_used: false,
            });
        }
    }
}

/// Reports circles of calls, and what nothing in the module uses.
pub(crate) fn check_module(
    cx: &Context<'_, '_>,
    outline: &Outline<'_>,
    uses: Uses,
    findings: &mut Vec<Finding>,
) {
    recursion::check(&uses.calls, findings);
    if !cx.is_named || !cx.enabled.has_any(&OF_MODULES) {
        return;
    }
    // Relocations refer to definitions, too.
    if ["(@reloc", "(@sym"].iter().any(|annotation| cx.symbols.source.contains(annotation)) {
        return;
    }
    let mut module =
        ModuleUses { cx, definitions: uses.definitions, roots: Vec::new(), edges: HashMap::new() };
    module.add_outline(outline);
    for (from, to) in uses.uses {
        match to.0 {
            IndexSpace::Func => module.edges.entry((IndexSpace::Func, from)).or_default().push(to),
            _ => module.roots.push(to),
        }
    }
    let used = module.reached();
    let source = cx.symbols.source;
    for Definition { node, at, id, is_imported, is_used } in module.definitions {
        let (space, _) = node;
        let code = match space {
            _ if is_imported => Code::UnusedImport,
            IndexSpace::Func => Code::UnusedFunction,
            IndexSpace::Type => Code::UnusedType,
            _ => Code::UnusedDefinition,
        };
        if !is_used && !used.contains(&node) && cx.enabled.has(code) && !is_silenced(source, id) {
            let at = place::head(source, at);
            findings.push(Finding::Unused { code, at, id, space, is_imported });
        }
    }
}

/// The uses of definitions of a module.
struct ModuleUses<'a, 's> {
    cx: &'a Context<'a, 's>,
    definitions: Vec<Definition>,
    /// The definitions that are used from outside of functions and types.
    roots: Vec<Node>,
    edges: HashMap<Node, Vec<Node>>,
}

impl ModuleUses<'_, '_> {
    fn add_outline(&mut self, outline: &Outline<'_>) {
        let mut next: HashMap<IndexSpace, u32> = HashMap::new();
        let mut is_exported = false;
        for item in &outline.items {
            match item {
                Item::Func(_, index) => _ = next.insert(IndexSpace::Func, index + 1),
                Item::Fields(run) => {
                    for field in &outline.fields.fields[run.range()] {
                        let before = self.definitions.len();
                        self.add_field(field, &mut next);
                        if is_exported {
                            self.definitions[before..]
                                .iter_mut()
                                .for_each(|definition| definition.is_used = true);
                        }
                        is_exported = matches!(field, Field::Export(export) if export.idx.is_none());
                    }
                }
                _ => {}
            }
        }
        for instr in &outline.fields.instrs {
            uses::of_instr(self.cx, self.cx.fields, *instr, |space, index| self.roots.push((space, index)));
        }
        for ty in &outline.fields.immediate_types {
            uses::of_type(self.cx, self.cx.fields, *ty, &mut |ty| self.roots.push((IndexSpace::Type, ty)));
        }
    }

    fn define(
        &mut self,
        space: IndexSpace,
        at: Span,
        naming: Naming,
        next: &mut HashMap<IndexSpace, u32>,
    ) -> u32 {
        let entry = next.entry(space).or_default();
        let index = *entry;
        *entry += 1;
        let node = (space, index);
        self.definitions.push(Definition { node, at, id: naming.id, is_imported: false, is_used: false });
        index
    }

    fn uses(&mut self, space: IndexSpace, idx: Idx) {
        let index = index_of(self.cx, self.cx.fields, idx.raw(), space);
        self.roots.extend(index.map(|index| (space, index)));
    }

    fn uses_type(&mut self, ty: crate::ast::ValType) {
        let ModuleUses { cx, roots, .. } = self;
        uses::of_type(cx, cx.fields, ty, &mut |ty| roots.push((IndexSpace::Type, ty)));
    }

    fn uses_type_use(&mut self, id: crate::ast::TypeUseId) {
        let ModuleUses { cx, roots, .. } = self;
        uses::of_type_use(cx, cx.fields, id, &mut |ty| roots.push((IndexSpace::Type, ty)));
    }

    fn add_field(&mut self, field: &Field, next: &mut HashMap<IndexSpace, u32>) {
        match *field {
            Field::Rec(group) => self.add_types(group, next),
            Field::Import(Import::Single { desc, .. }) => self.import(&desc, next),
            Field::Import(Import::Items { items, .. }) => {
                for at in items.range() {
                    let ImportItem { desc, .. } = self.cx.fields.import_items[at];
                    if let Some(desc) = desc {
                        self.import(&desc, next);
                    }
                }
            }
            Field::Import(Import::Names { items, desc, .. }) => {
                items.range().for_each(|_| self.import(&desc, next));
            }
            Field::Func(func) => _ = self.define(IndexSpace::Func, func.span, func.naming, next),
            Field::Table(table) => {
                self.define(IndexSpace::Table, table.span, table.naming, next);
                self.uses_type(table.ty.elem);
                if let TableInit::Elems(items) = table.init {
                    self.define(IndexSpace::Elem, table.span, Naming::default(), next);
                    self.definitions.pop();
                    self.add_items(items);
                }
            }
            Field::Memory(memory) => _ = self.define(IndexSpace::Memory, memory.span, memory.naming, next),
            Field::Global(global) => {
                self.define(IndexSpace::Global, global.span, global.naming, next);
                self.uses_type(global.ty.ty);
            }
            Field::Tag(tag) => {
                self.define(IndexSpace::Tag, tag.span, tag.naming, next);
                self.uses_type_use(tag.type_use);
            }
            Field::Export(export) if !export.idx.is_none() => {
                use wasm_encoder::ExportKind as Kind;
                let space = match export.kind {
                    Kind::Func => IndexSpace::Func,
                    Kind::Table => IndexSpace::Table,
                    Kind::Memory => IndexSpace::Memory,
                    Kind::Global => IndexSpace::Global,
                    Kind::Tag => IndexSpace::Tag,
                };
                self.uses(space, export.idx);
            }
            Field::Start(_, idx) => self.uses(IndexSpace::Func, idx),
            Field::Elem(elem) => {
                self.define(IndexSpace::Elem, elem.span, elem.naming, next);
                if !matches!(elem.mode, ElemMode::Passive) {
                    self.definitions.pop();
                }
                if let ElemMode::Active { table, .. } = elem.mode {
                    self.uses(IndexSpace::Table, table);
                }
                self.add_items(elem.items);
            }
            _ => {}
        }
    }

    fn add_items(&mut self, items: ElemItems) {
        match items {
            ElemItems::Funcs(run) => {
                for at in run.range() {
                    self.uses(IndexSpace::Func, Idx::from_raw(self.cx.fields.extra[at]));
                }
            }
            ElemItems::Exprs(ty, _) => self.uses_type(ty),
        }
    }

    fn import(&mut self, desc: &ExternDesc, next: &mut HashMap<IndexSpace, u32>) {
        self.define(IndexSpace::of(&desc.ty), desc.span, desc.naming, next);
        if let Some(definition) = self.definitions.last_mut() {
            definition.is_imported = true;
        }
        match desc.ty {
            ExternType::Func { type_use, .. } | ExternType::Tag(type_use) => self.uses_type_use(type_use),
            ExternType::Table(ty) => self.uses_type(ty.elem),
            ExternType::Global(ty) => self.uses_type(ty.ty),
            ExternType::Memory(_) => {}
        }
    }

    /// Adds the types of a group. Whatever uses one of them uses all, since a type is the same as another one only if
    /// their groups are.
    fn add_types(&mut self, group: RecGroup, next: &mut HashMap<IndexSpace, u32>) {
        let fields = self.cx.fields;
        let start = next.get(&IndexSpace::Type).copied().unwrap_or(0);
        let first = (IndexSpace::Type, start);
        let mut needs = Vec::new();
        for (index, def) in (start..).zip(&fields.type_defs[group.types.range()]) {
            let TypeDef { comp, supers, describes, descriptor, .. } = *def;
            self.define(IndexSpace::Type, def.span, def.naming, next);
            needs.push(index);
            self.edges.entry((IndexSpace::Type, index)).or_default().push(first);
            let mut need = |ty| needs.push(ty);
            match comp {
                CompType::Func(id) => {
                    let signature = fields.type_uses[id.0 as usize];
                    uses::of_signature(self.cx, fields, signature.params, signature.results, &mut need);
                }
                CompType::Struct(run) => {
                    let types = fields.struct_fields[run.range()].iter();
                    types.for_each(|field| uses::of_type(self.cx, fields, field.ty, &mut need));
                }
                CompType::Array(ty) => uses::of_type(self.cx, fields, ty, &mut need),
                CompType::Cont(_) => {}
            }
            let cont = if let CompType::Cont(idx) = comp { idx } else { Idx::NONE };
            let others = [cont, describes, descriptor].map(Idx::raw);
            for &raw in fields.extra[supers.range()].iter().chain(&others) {
                if !Idx::from_raw(raw).is_none() {
                    needs.extend(index_of(self.cx, fields, raw, IndexSpace::Type));
                }
            }
        }
        let needs = needs.into_iter().map(|ty| (IndexSpace::Type, ty));
        self.edges.entry(first).or_default().extend(needs);
    }

    /// Returns all definitions that are used.
    fn reached(&self) -> HashSet<Node> {
        let used =
            self.definitions.iter().filter(|definition| definition.is_used).map(|definition| definition.node);
        let mut left: Vec<Node> = self.roots.iter().copied().chain(used).collect();
        let mut reached: HashSet<Node> = HashSet::new();
        while let Some(node) = left.pop() {
            if reached.insert(node) {
                left.extend(self.edges.get(&node).into_iter().flatten());
            }
        }
        reached
    }
}

/// Reports the locals, parameters and labels of a function that nothing uses.
pub(super) fn check_func(function: &Function<'_, '_>, findings: &mut Vec<Finding>) {
    let enabled = function.cx.enabled;
    if enabled.has_any(&[Code::UnusedLocal, Code::UnusedParameter]) {
        check_locals(function, findings);
    }
    if enabled.has(Code::UnusedLabel) {
        check_labels(function, findings);
    }
}

fn check_locals(function: &Function<'_, '_>, findings: &mut Vec<Finding>) {
    let Some((params, first)) = function.params() else { return };
    let locals = function.instrs.iter().filter(|instr| instr.op.immediates() == Immediates::Local);
    let used: HashSet<u32> =
        locals.filter_map(|instr| function.local(instr.imm)).map(|local| local.index).collect();
    let declared = function.func.locals.range().map(|at| &function.ast.params[at]);
    let own = first.map_or(0..0, |first| first as usize..(first + params) as usize);
    let own = own.map(|at| &function.ast.params[at]);
    let all = (0..).zip(own).chain((params..).zip(declared));
    for (index, param) in all.filter(|(index, _)| !used.contains(index)) {
        let id = param.naming.id;
        let is_param = index < params;
        let code = if is_param { Code::UnusedParameter } else { Code::UnusedLocal };
        // A parameter without a name is only part of the signature.
        if function.cx.enabled.has(code) && !function.is_silenced(id) && !(is_param && id.is_none()) {
            let at = Span::new(param.ty.start, param.ty.start + 1);
            findings.push(Finding::Unused { code, at, id, space: IndexSpace::Local, is_imported: false });
        }
    }
}

fn check_labels(function: &Function<'_, '_>, findings: &mut Vec<Finding>) {
    // The open blocks, each with whether its label is used, and the open blocks with each label.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut named: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut marked = 0;
    for (at, &instr) in function.instrs.iter().enumerate() {
        let immediates = instr.op.immediates();
        let mut use_of = |raw: u32| {
            let idx = Idx::from_raw(raw);
            let block = match idx.get() {
                IdxKind::Number(number) => open.len().checked_sub(number as usize + 1),
                IdxKind::Name(slot) => named.get(&slot).and_then(|blocks| blocks.last().copied()),
            };
            match block.and_then(|block| open.get_mut(block)) {
                Some(block) => block.1 = true,
                // The label is spelled in another way where the block begins.
                None if matches!(idx.get(), IdxKind::Name(_)) => marked = open.len(),
                None => {}
            }
        };
        match immediates {
            Immediates::Delegate => use_of(instr.imm),
            _ => function.for_each_label(instr, use_of),
        }
        match immediates {
            Immediates::Block | Immediates::If | Immediates::Try | Immediates::TryTable => {
                if let Some(slot) = function.label_of(instr) {
                    // The label that shadows another one is reported instead.
                    let outer = named.get(&slot).and_then(|blocks| blocks.last());
                    if function.cx.enabled.has(Code::ShadowedLabel)
                        && let Some(outer) = outer.and_then(|&outer| open.get_mut(outer))
                    {
                        outer.1 = true;
                    }
                    named.entry(slot).or_default().push(open.len());
                }
                open.push((at, false));
            }
            Immediates::End | Immediates::Delegate => {
                let Some((opener, is_used)) = open.pop() else { return };
                let is_used = is_used || open.len() < marked;
                marked = marked.min(open.len());
                let Some(slot) = function.label_of(function.instrs[opener]) else { continue };
                named.entry(slot).or_default().pop();
                let name = function.ast.names[slot as usize];
                if !is_used && !function.is_silenced(Some(name)) {
                    let at = place::label(function.cx.symbols.source, function.site(opener));
                    let id = Some(at);
                    let (code, space) = (Code::UnusedLabel, IndexSpace::Label);
                    findings.push(Finding::Unused { code, at, id, space, is_imported: false });
                }
            }
            _ => {}
        }
    }
}
