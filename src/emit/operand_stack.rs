//! The types on the operand stack after each instruction, from the validator.

use super::excerpt;
use crate::escape;
use crate::lower::Origins;
use crate::span::floor_boundary;
use crate::validate::body::read_operator;
use hashbrown::HashMap;
use std::borrow::Cow;
use std::ops::Range;
use wasmparser::types::{CoreTypeId, TypesRef};
use wasmparser::{
    AbstractHeapType, BinaryReader, CompositeInnerType, FuncToValidate, FuncValidator,
    FuncValidatorAllocations, FunctionBody, HeapType, RefType, SubType, ValType, ValidatorResources,
};

use AbstractHeapType as Abstract;

const ABSTRACT: [AbstractHeapType; 14] = [
    Abstract::Func,
    Abstract::Extern,
    Abstract::Any,
    Abstract::None,
    Abstract::NoExtern,
    Abstract::NoFunc,
    Abstract::Eq,
    Abstract::Struct,
    Abstract::Array,
    Abstract::I31,
    Abstract::Exn,
    Abstract::NoExn,
    Abstract::Cont,
    Abstract::NoCont,
];

/// The names of the types of a module.
pub(super) struct TypeNames<'a> {
    text: &'a str,
    places: Option<&'a Origins>,
    /// The names by type index.
    names: Vec<Cow<'a, str>>,
    indices: HashMap<CoreTypeId, u32>,
    /// The names of references to abstract types.
    others: HashMap<RefType, String>,
    /// Whether to show that a type is exact: only if the text uses exact types. The result of every allocation is exact.
    shows_exact: bool,
}

impl<'a> TypeNames<'a> {
    pub(super) fn new(text: &'a str, places: Option<&'a Origins>) -> TypeNames<'a> {
        let mut others = HashMap::new();
        for ty in ABSTRACT {
            for (nullable, shared) in [(false, false), (false, true), (true, false), (true, true)] {
                if let Some(t) = RefType::new(nullable, HeapType::Abstract { shared, ty }) {
                    others.insert(t, t.to_string());
                }
            }
        }
        let shows_exact = memchr::memmem::find(text.as_bytes(), b"(exact").is_some();
        let indices = HashMap::new();
        let mut names = TypeNames { text, places, names: Vec::new(), indices, others, shows_exact };
        while let Some(name) = names.of_place(names.names.len()) {
            names.names.push(name);
        }
        names
    }

    /// Returns the identifier of a type, or its index if it has no identifier. Returns `None` if it is not in the text.
    fn of_place(&self, index: usize) -> Option<Cow<'a, str>> {
        let id = excerpt::id(self.text, self.places?.item(1, index)?);
        Some(id.map_or_else(|| index.to_string().into(), escape::line))
    }

    /// Reads the types of the module. Equal types have the name of the first one.
    pub(super) fn read(&mut self, types: TypesRef<'_>) {
        for index in 0..types.core_type_count_in_module() {
            self.indices.entry(types.core_type_at_in_module(index)).or_insert(index);
            if index as usize >= self.names.len() {
                self.names.push(index.to_string().into());
            }
        }
    }

    /// Returns the definition of an implicit type, which is a function type.
    pub(super) fn definition(&self, ty: &SubType) -> String {
        let CompositeInnerType::Func(func) = &ty.composite_type.inner else { return "(type)".to_owned() };
        let mut text = "(type (func".to_owned();
        for (keyword, types) in [("param", func.params()), ("result", func.results())] {
            if !types.is_empty() {
                text.push_str(&format!(" ({keyword}"));
                for &t in types {
                    text.push(' ');
                    let mut name = Vec::new();
                    self.write(Some(t), &mut name);
                    text.push_str(&String::from_utf8_lossy(&name));
                }
                text.push(')');
            }
        }
        text + "))"
    }

    /// Returns the length of the name of a type.
    #[inline]
    fn len(&self, t: Option<ValType>) -> usize {
        match number_type(t) {
            Ok(name) => name.len(),
            Err(t) => self.pieces(t).iter().map(|piece| piece.len()).sum(),
        }
    }

    #[inline]
    fn write(&self, t: Option<ValType>, out: &mut Vec<u8>) {
        match number_type(t) {
            Ok(name) => out.extend_from_slice(name.as_bytes()),
            Err(t) => self.pieces(t).iter().for_each(|piece| out.extend_from_slice(piece.as_bytes())),
        }
    }

    /// Returns the name of a reference type in pieces.
    fn pieces(&self, t: RefType) -> [&str; 3] {
        let nullable = t.is_nullable();
        let (index, exact) = match t.heap_type() {
            HeapType::Abstract { .. } => return [self.others.get(&t).map_or("?", String::as_str), "", ""],
            HeapType::Concrete(index) => (index, false),
            HeapType::Exact(index) => (index, true),
        };
        let id = index.as_core_type_id().and_then(|id| self.indices.get(&id).copied());
        let name = id.or(index.as_module_index()).and_then(|index| self.names.get(index as usize));
        let name = name.map_or("?", AsRef::as_ref);
        match (nullable, exact && self.shows_exact) {
            (true, false) => ["(ref null ", name, ")"],
            (false, false) => ["(ref ", name, ")"],
            (true, true) => ["(ref null (exact ", name, "))"],
            (false, true) => ["(ref (exact ", name, "))"],
        }
    }
}

/// The replacement for types that do not fit.
const MORE: &str = "..";
/// The maximum number of types that are shown.
const MOST: usize = 12;

/// Returns the name of a type that is not a reference type; otherwise the reference type.
#[inline]
fn number_type(t: Option<ValType>) -> Result<&'static str, RefType> {
    match t {
        None => Ok("?"),
        Some(ValType::I32) => Ok("i32"),
        Some(ValType::I64) => Ok("i64"),
        Some(ValType::F32) => Ok("f32"),
        Some(ValType::F64) => Ok("f64"),
        Some(ValType::V128) => Ok("v128"),
        Some(ValType::Ref(t)) => Err(t),
    }
}

/// Memory that is reused for each body.
#[derive(Default)]
pub(super) struct StackScratch {
    allocations: FuncValidatorAllocations,
}

/// The operand stack at a position in a body.
pub(super) struct Stack<'s> {
    types: &'s TypeNames<'s>,
    running: Option<Running<'s>>,
}

struct Running<'s> {
    validator: FuncValidator<ValidatorResources>,
    reader: BinaryReader<'s>,
    end: usize,
}

impl<'s> Stack<'s> {
    /// Creates the stack before the first instruction of a body.
    pub(super) fn new(
        types: &'s TypeNames<'s>,
        body: &FunctionBody<'s>,
        check: Option<&FuncToValidate<ValidatorResources>>,
        scratch: &mut StackScratch,
    ) -> Stack<'s> {
        let running = check.and_then(|check| {
            let check = FuncToValidate { resources: check.resources.clone(), ..*check };
            let features = check.features;
            let mut validator = check.into_validator(std::mem::take(&mut scratch.allocations));
            let mut reader = body.get_binary_reader();
            validator.read_locals(&mut reader).ok()?;
            reader.set_features(features);
            Some(Running { validator, reader, end: body.range().end as usize })
        });
        Stack { types, running }
    }

    /// Advances to the byte at `to`, which must be the start of an instruction or the end of the body.
    pub(super) fn advance(&mut self, bytes: &[u8], to: usize) {
        let Some(Running { validator, reader, end }) = &mut self.running else { return };
        let rest = Range { start: reader.original_position() as usize, end: *end };
        let mut at = rest.start;
        while at < to {
            if read_operator(validator, reader, &bytes[at..*end]).is_err() {
                // The stack is unknown from here on.
                self.running = None;
                return;
            }
            at = reader.original_position() as usize;
        }
    }

    pub(super) fn is_known(&self) -> bool {
        self.running.is_some()
    }

    /// Returns the memory to `scratch`.
    pub(super) fn finish(self, scratch: &mut StackScratch) {
        if let Some(running) = self.running {
            scratch.allocations = running.validator.into_allocations();
        }
    }

    /// Appends the stack in square brackets, with the top on the right, in at most `width` characters. If it does not fit,
    /// the bottom is omitted.
    pub(super) fn write(&self, width: usize, out: &mut Vec<u8>) {
        let Some(Running { validator, .. }) = &self.running else { return };
        // The stack below the height of an unreachable block is unknown.
        let bottom = match validator.get_control_frame(0) {
            Some(frame) if frame.unreachable => frame.height,
            _ => 0,
        };
        let is_unreachable = validator.get_control_frame(0).is_some_and(|frame| frame.unreachable);
        let height = (validator.operand_stack_height() as usize).saturating_sub(bottom);
        let at = |depth| validator.get_operand_type(depth).flatten();
        let width = width.saturating_sub(if is_unreachable { "[* ]".len() } else { "[]".len() });

        // The types that fit. The others are replaced by `MORE`.
        let mut fitting = [None; MOST];
        let (mut shown, mut used) = (0, 0);
        while shown < height.min(MOST) {
            let t = at(shown);
            let len = usize::from(shown > 0) + self.types.len(t);
            let others = if shown + 1 < height { MORE.len() + 1 } else { 0 };
            if used + len + others > width {
                break;
            }
            fitting[shown] = t;
            used += len;
            shown += 1;
        }
        out.push(b'[');
        let mut is_first = true;
        let mut space = |out: &mut Vec<u8>| {
            if !std::mem::take(&mut is_first) {
                out.push(b' ');
            }
        };
        if is_unreachable {
            space(out);
            out.push(b'*');
        }
        // At least the beginning of the top type is shown.
        let others = if height > 1 { MORE.len() + 1 } else { 0 };
        let beginning = width.saturating_sub(others + MORE.len());
        let is_cut = shown == 0 && height > 0 && beginning >= 4;
        if shown < height && !(is_cut && height == 1) {
            space(out);
            out.extend_from_slice(MORE.as_bytes());
        }
        if is_cut {
            space(out);
            let mut top = Vec::new();
            self.types.write(at(0), &mut top);
            let top = String::from_utf8_lossy(&top);
            out.extend_from_slice(top[..floor_boundary(&top, beginning)].as_bytes());
            out.extend_from_slice(MORE.as_bytes());
        }
        for &t in fitting[..shown].iter().rev() {
            space(out);
            self.types.write(t, out);
        }
        out.push(b']');
    }
}
