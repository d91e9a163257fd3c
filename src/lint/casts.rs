//! Casts whose result follows from the type of the operand.
//!
//! The operand's type is known if the instruction before the cast pushes it. What two types may have in common is
//! decided by the declared supertypes, and by the shape of the types, since equal types have equal definitions.

use super::context::index_of;
use super::finding::{Finding, HeapName, RefName};
use super::function::Function;
use super::operands::field_index;
use crate::ast::{CompType, Idx, IdxKind, TypeDef, ValType, flags};
use crate::diagnostic::Code;
use crate::instr::Immediates;
use crate::lex::{Lexer, TokenKind, id_name};
use crate::resolve::IndexSpace;
use crate::span::Span;

/// A reference type whose type index is resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ref {
    nullable: bool,
    heap: Heap,
}

/// A heap type.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Heap {
    /// The type with an index.
    Type(u32),
    /// The abstract type with this byte in the binary format.
    Abstract(u8),
}

mod code {
    pub(super) const NONE: u8 = 0x71;
    pub(super) const FUNC: u8 = 0x70;
    pub(super) const EXTERN: u8 = 0x6f;
    pub(super) const ANY: u8 = 0x6e;
    pub(super) const EQ: u8 = 0x6d;
    pub(super) const I31: u8 = 0x6c;
    pub(super) const STRUCT: u8 = 0x6b;
    pub(super) const ARRAY: u8 = 0x6a;
    pub(super) const EXN: u8 = 0x69;
    pub(super) const CONT: u8 = 0x68;
}

/// Checks the cast at a position.
#[cold]
pub(super) fn check(function: &Function<'_, '_>, at: usize, findings: &mut Vec<Finding>) {
    if !function.cx.enabled.has(Code::KnownCast) || at == 0 {
        return;
    }
    let instr = function.instrs[at];
    // The casts to a descriptor have it as their last operand.
    if !matches!(instr.op.mnemonic(), "ref.test" | "ref.cast" | "br_on_cast" | "br_on_cast_fail") {
        return;
    }
    let types = Types { function };
    let branches = instr.op.immediates() == Immediates::BrOnCast;
    let immediate = |at: u32| types.reference(function.ast.immediate_types.get(at as usize).copied()?);
    let extra = |at: u32| function.ast.extra.get(at as usize).copied();
    let target = match branches {
        true => extra(instr.imm + 2).and_then(immediate),
        false => immediate(instr.imm),
    };
    let Some(target) = target else { return };
    let written = if branches { extra(instr.imm + 1).and_then(immediate) } else { None };
    let Some(operand) = types.pushed(at - 1, 0).or(written) else { return };
    let from = operand;
    if let Some(succeeds) = types.known(operand, target) {
        let (at, operand) = (function.site(at), function.site(at - 1));
        let (from, to) = (types.name(from), types.name(target));
        findings.push(Finding::Cast { at, succeeds, operand, branches, from, to });
    }
}

/// Checks an instruction whose result depends on whether its operand is null.
#[cold]
pub(super) fn check_null(function: &Function<'_, '_>, at: usize, findings: &mut Vec<Finding>) {
    let instr = function.instrs[at];
    let code =
        if instr.op.mnemonic() == "ref.as_non_null" { Code::KnownCast } else { Code::ConstantCondition };
    let Some(before) = at.checked_sub(1).filter(|_| function.cx.enabled.has(code)) else { return };
    let Some(operand) = (Types { function }).pushed(before, 0) else { return };
    if !operand.nullable {
        let (at, operand) = (function.site(at), function.site(before));
        findings.push(Finding::Null { at, operand, code });
    }
}

/// The types of the module and of the function.
struct Types<'a, 'f, 's> {
    function: &'a Function<'f, 's>,
}

/// The largest number of supertypes of a valid type.
const MOST_SUPERS: u32 = 64;

impl Types<'_, '_, '_> {
    fn def(&self, index: u32) -> Option<&TypeDef> {
        self.function.cx.fields.type_defs.get(index as usize)
    }

    /// Resolves a reference type of the function's tree. Exact types are not compared, so they have no result.
    fn reference(&self, ty: ValType) -> Option<Ref> {
        let index = |idx: Idx| self.function.index_of(idx.raw(), IndexSpace::Type);
        reference(ty, index)
    }

    /// Resolves a reference type of a field.
    fn declared(&self, ty: ValType) -> Option<Ref> {
        let cx = self.function.cx;
        reference(ty, |idx| index_of(cx, cx.fields, idx.raw(), IndexSpace::Type))
    }

    /// Returns the type of the reference that the instruction at a position pushes, if it is known.
    fn pushed(&self, at: usize, depth: u32) -> Option<Ref> {
        let function = self.function;
        let instr = *function.instrs.get(at)?;
        let extra = |at: u32| function.ast.extra.get(at as usize).copied();
        let name = instr.op.mnemonic();
        let of_type = |raw| {
            let index = function.index_of(raw, IndexSpace::Type)?;
            Some(Ref { nullable: false, heap: Heap::Type(index) })
        };
        let abstract_type = |heap| Some(Ref { nullable: false, heap: Heap::Abstract(heap) });
        match name {
            "local.get" | "local.tee" => self.local(instr.imm),
            "global.get" => {
                let index = function.index_of(instr.imm, IndexSpace::Global)?;
                self.declared(function.cx.globals.get(index as usize)?.ty)
            }
            "table.get" => {
                let index = function.index_of(instr.imm, IndexSpace::Table)?;
                self.declared(function.cx.tables.get(index as usize)?.elem?)
            }
            "struct.new" | "struct.new_default" | "array.new" | "array.new_default" => of_type(instr.imm),
            "array.new_fixed" | "array.new_data" | "array.new_elem" => of_type(extra(instr.imm)?),
            "struct.get" => {
                let index = function.index_of(extra(instr.imm)?, IndexSpace::Type)?;
                let field = field_index(function, index, extra(instr.imm + 1)?)?;
                let CompType::Struct(fields) = self.def(index)?.comp else { return None };
                let fields = function.cx.fields.struct_fields.get(fields.range())?;
                self.declared(fields.get(field as usize)?.ty)
            }
            "array.get" => {
                let index = function.index_of(instr.imm, IndexSpace::Type)?;
                let CompType::Array(elem) = self.def(index)?.comp else { return None };
                self.declared(elem)
            }
            "call_ref" => {
                let CompType::Func(type_use) =
                    self.def(function.index_of(instr.imm, IndexSpace::Type)?)?.comp
                else {
                    return None;
                };
                let results = function.cx.fields.type_uses.get(type_use.0 as usize)?.results;
                match function.cx.fields.val_types.get(results.range())? {
                    &[ty] => self.declared(ty),
                    _ => None,
                }
            }
            "call" => self.result_of(instr.imm),
            "ref.cast" => self.reference(*function.ast.immediate_types.get(instr.imm as usize)?),
            "ref.i31" => abstract_type(code::I31),
            "ref.func" => abstract_type(code::FUNC),
            "ref.as_non_null" if at > 0 && depth < 8 => {
                Some(Ref { nullable: false, ..self.pushed(at - 1, depth + 1)? })
            }
            _ => None,
        }
    }

    /// The result in the head of a function, if it is the only one and names a type.
    fn result_of(&self, raw: u32) -> Option<Ref> {
        /// The largest number of tokens of a head that are read.
        const MOST: usize = 64;
        let IdxKind::Name(slot) = Idx::from_raw(raw).get() else { return None };
        let symbols = self.function.cx.symbols;
        let name = &symbols.source[self.function.ast.names.get(slot as usize)?.range()];
        let start = symbols.names(IndexSpace::Func).start(&id_name(name))?;
        let end = symbols.source.len() as u32;
        let mut tokens = Lexer::plain(symbols.source, Span::new(start, end)).skip(1).take(MOST).peekable();
        let mut depth = 0u32;
        // The parts before the result.
        while depth > 0 || tokens.peek()?.kind != TokenKind::ParenResult {
            match tokens.next()?.kind {
                TokenKind::Close => depth = depth.checked_sub(1)?,
                TokenKind::ParenExport
                | TokenKind::ParenImport
                | TokenKind::ParenType
                | TokenKind::ParenParam => {
                    depth += 1;
                }
                kind if kind.is_open() && depth > 0 => depth += 1,
                _ if depth > 0 => {}
                _ => return None,
            }
        }
        let mut tokens = tokens.skip(1);
        tokens.next().filter(|token| token.kind == TokenKind::ParenRef)?;
        let mut token = tokens.next()?;
        let nullable = token.kind == TokenKind::Null;
        if nullable {
            token = tokens.next()?;
        }
        let heap = symbols.names(IndexSpace::Type).get(&symbols.source[token.span().range()])?;
        let is_only = tokens.next()?.kind == TokenKind::Close && tokens.next()?.kind == TokenKind::Close;
        (is_only && tokens.next()?.kind != TokenKind::ParenResult)
            .then_some(Ref { nullable, heap: Heap::Type(heap) })
    }

    fn local(&self, raw: u32) -> Option<Ref> {
        let function = self.function;
        let local = function.local(raw)?;
        if let Some(ty) = local.ty {
            return self.reference(ty);
        }
        // A parameter that only the function's type declares.
        let idx = function.ast.type_uses[function.func.type_use.0 as usize].idx;
        let index = function.index_of(idx.raw(), IndexSpace::Type)?;
        let CompType::Func(type_use) = self.def(index)?.comp else { return None };
        let params = function.cx.fields.type_uses.get(type_use.0 as usize)?.params;
        let param = function.cx.fields.params.get(params.range())?.get(local.index as usize)?;
        self.declared(param.ty)
    }

    /// Returns whether a cast of the operand to the target always succeeds or always fails. `None` if it depends on the
    /// value.
    fn known(&self, operand: Ref, target: Ref) -> Option<bool> {
        if self.is_subtype(operand.heap, target.heap) && (target.nullable || !operand.nullable) {
            return Some(true);
        }
        let may_succeed = operand.nullable && target.nullable
            || self.may_overlap(operand.heap, target.heap)
            || self.may_overlap(target.heap, operand.heap);
        (!may_succeed).then_some(false)
    }

    /// Whether one type is certainly a subtype of another.
    fn is_subtype(&self, sub: Heap, of: Heap) -> bool {
        match (sub, of) {
            (Heap::Type(sub), Heap::Type(of)) => self.chain(sub).any(|index| index == of),
            (Heap::Type(sub), Heap::Abstract(of)) => {
                self.kind(sub).is_some_and(|kind| is_abstract_subtype(kind, of))
            }
            (Heap::Abstract(sub), Heap::Abstract(of)) => is_abstract_subtype(sub, of),
            (Heap::Abstract(_), Heap::Type(_)) => false,
        }
    }

    /// Whether one type may be a subtype of another. The types may be defined twice.
    fn may_overlap(&self, sub: Heap, of: Heap) -> bool {
        match (sub, of) {
            (Heap::Type(sub), Heap::Type(of)) => self.chain(sub).any(|index| self.may_be_equal(index, of)),
            (Heap::Abstract(_), Heap::Type(_)) => false,
            _ => self.is_subtype(sub, of) || self.is_unknown(sub) || self.is_unknown(of),
        }
    }

    /// Whether nothing is known of a type, such as of one that no field defines.
    fn is_unknown(&self, heap: Heap) -> bool {
        match heap {
            Heap::Type(index) => self.kind(index).is_none(),
            Heap::Abstract(byte) => !matches!(byte, code::CONT..=code::NONE),
        }
    }

    /// The type for messages.
    fn name(&self, ty: Ref) -> RefName {
        let heap = match ty.heap {
            Heap::Type(index) => HeapName::Type(index, self.def(index).and_then(|def| def.naming.id)),
            Heap::Abstract(byte) => HeapName::Abstract(byte),
        };
        RefName { nullable: ty.nullable, heap }
    }

    /// The abstract type above a type.
    fn kind(&self, index: u32) -> Option<u8> {
        Some(match self.def(index)?.comp {
            CompType::Func(_) => code::FUNC,
            CompType::Struct(_) => code::STRUCT,
            CompType::Array(_) => code::ARRAY,
            CompType::Cont(_) => code::CONT,
        })
    }

    /// A type and its declared supertypes.
    fn chain(&self, index: u32) -> impl Iterator<Item = u32> {
        let mut next = Some(index);
        let mut left = MOST_SUPERS;
        std::iter::from_fn(move || {
            let index = next?;
            left = left.checked_sub(1)?;
            next = self.def(index).and_then(|def| {
                let cx = self.function.cx;
                let raw = *cx.fields.extra.get(def.supers.range())?.first()?;
                index_of(cx, cx.fields, raw, IndexSpace::Type)
            });
            Some(index)
        })
    }

    /// Whether two types may have equal definitions. If it depends on other types, they may.
    fn may_be_equal(&self, a: u32, b: u32) -> bool {
        if a == b {
            return true;
        }
        let (Some(one), Some(other)) = (self.def(a), self.def(b)) else { return true };
        let fields = self.function.cx.fields;
        let place = |index: u32| self.function.cx.types.get(index as usize);
        let is_alike = |a: ValType, b: ValType| {
            let is_concrete = a.has(flags::CONCRETE);
            a.flags == b.flags && (is_concrete || a.code == b.code)
        };
        one.is_final == other.is_final
            && one.shared == other.shared
            && one.supers.len() == other.supers.len()
            && place(a) == place(b)
            && match (one.comp, other.comp) {
                (CompType::Struct(a), CompType::Struct(b)) => {
                    let (a, b) = (&fields.struct_fields[a.range()], &fields.struct_fields[b.range()]);
                    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_alike(a.ty, b.ty))
                }
                (CompType::Array(a), CompType::Array(b)) => is_alike(a, b),
                (CompType::Func(_), CompType::Func(_)) | (CompType::Cont(_), CompType::Cont(_)) => true,
                _ => false,
            }
    }
}

fn reference(ty: ValType, index: impl FnOnce(Idx) -> Option<u32>) -> Option<Ref> {
    if !ty.has(flags::REF) || ty.has(flags::EXACT) || ty.has(flags::SHARED) {
        return None;
    }
    let heap = match ty.has(flags::CONCRETE) {
        true => Heap::Type(match ty.idx.get() {
            IdxKind::Number(number) => number,
            IdxKind::Name(_) => index(ty.idx)?,
        }),
        false => Heap::Abstract(ty.code),
    };
    Some(Ref { nullable: ty.has(flags::NULL), heap })
}

/// Whether an abstract heap type is a subtype of another.
fn is_abstract_subtype(sub: u8, of: u8) -> bool {
    let is_within = |list: &[u8]| list.contains(&sub);
    sub == of
        || match of {
            code::ANY => is_within(&[code::EQ, code::I31, code::STRUCT, code::ARRAY, code::NONE]),
            code::EQ => is_within(&[code::I31, code::STRUCT, code::ARRAY, code::NONE]),
            code::I31 | code::STRUCT | code::ARRAY => sub == code::NONE,
            code::FUNC | code::EXTERN | code::EXN | code::CONT => false,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_abstract_types_below_any_are_ordered() {
        assert!(is_abstract_subtype(code::I31, code::EQ) && is_abstract_subtype(code::STRUCT, code::ANY));
        assert!(!is_abstract_subtype(code::I31, code::STRUCT) && !is_abstract_subtype(code::ANY, code::EQ));
    }
}
