//! The types on the operand stack behind each instruction, as validation knows them.

use super::excerpt;
use crate::escape;
use crate::lower::Places;
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

/// What the types of a module are called.
pub(super) struct TypeNames<'a> {
    text: &'a str,
    places: Option<&'a Places>,
    /// By index.
    names: Vec<Cow<'a, str>>,
    indices: HashMap<CoreTypeId, u32>,
    /// References to what the module does not define.
    others: HashMap<RefType, String>,
    /// Whether to say that a type is exact: most know nothing of that, and every allocation is.
    shows_exact: bool,
}

impl<'a> TypeNames<'a> {
    pub(super) fn new(text: &'a str, places: Option<&'a Places>) -> TypeNames<'a> {
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

    /// What the type is called in the text, or its number; none if it is not in the text.
    fn of_place(&self, index: usize) -> Option<Cow<'a, str>> {
        let id = excerpt::id(self.text, self.places?.item(1, index)?);
        Some(id.map_or_else(|| index.to_string().into(), escape::line))
    }

    /// Learns the types of the module. Of equal ones the first gives the name.
    pub(super) fn read(&mut self, types: TypesRef<'_>) {
        for index in 0..types.core_type_count_in_module() {
            self.indices.entry(types.core_type_at_in_module(index)).or_insert(index);
            if index as usize >= self.names.len() {
                self.names.push(index.to_string().into());
            }
        }
    }

    /// The definition of a type that the text does not define: one of functions.
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

    /// How many bytes a type takes.
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

    /// A type in pieces, to be put together without a space.
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

/// What stands for types that have no room.
const MORE: &str = "..";
/// How many types are shown at most.
const MOST: usize = 12;

/// The name of a type that is no reference, or the reference.
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

/// Memory that is used from body to body.
#[derive(Default)]
pub(super) struct StackScratch {
    allocations: FuncValidatorAllocations,
}

/// The stack as it is somewhere in a body.
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
    /// The stack before the first instruction of a body.
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

    /// Goes on to the byte at `to`, which must be the first of an instruction, or behind the last.
    pub(super) fn advance(&mut self, bytes: &[u8], to: usize) {
        let Some(Running { validator, reader, end }) = &mut self.running else { return };
        let rest = Range { start: reader.original_position() as usize, end: *end };
        let mut at = rest.start;
        while at < to {
            if read_operator(validator, reader, &bytes[at..*end]).is_err() {
                // From here on nothing is known.
                self.running = None;
                return;
            }
            at = reader.original_position() as usize;
        }
    }

    pub(super) fn is_known(&self) -> bool {
        self.running.is_some()
    }

    /// Gives the memory back.
    pub(super) fn finish(self, scratch: &mut StackScratch) {
        if let Some(running) = self.running {
            scratch.allocations = running.validator.into_allocations();
        }
    }

    /// Appends the stack in square brackets, the top at the right, in at most so many characters. What
    /// does not fit is left out from the bottom.
    pub(super) fn write(&self, room: usize, out: &mut Vec<u8>) {
        let Some(Running { validator, .. }) = &self.running else { return };
        // Below the block that is unreachable, if one is, there is no telling what there is.
        let bottom = match validator.get_control_frame(0) {
            Some(frame) if frame.unreachable => frame.height,
            _ => 0,
        };
        let is_unreachable = validator.get_control_frame(0).is_some_and(|frame| frame.unreachable);
        let height = (validator.operand_stack_height() as usize).saturating_sub(bottom);
        let at = |depth| validator.get_operand_type(depth).flatten();
        let room = room.saturating_sub(if is_unreachable { "[* ]".len() } else { "[]".len() });

        // Those there is room for, and in front of them what stands for the others.
        let mut fitting = [None; MOST];
        let (mut shown, mut used) = (0, 0);
        while shown < height.min(MOST) {
            let t = at(shown);
            let len = usize::from(shown > 0) + self.types.len(t);
            let others = if shown + 1 < height { MORE.len() + 1 } else { 0 };
            if used + len + others > room {
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
        // Of the top at least the beginning is shown.
        let others = if height > 1 { MORE.len() + 1 } else { 0 };
        let beginning = room.saturating_sub(others + MORE.len());
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
            out.extend_from_slice(top[..top.floor_char_boundary(beginning)].as_bytes());
            out.extend_from_slice(MORE.as_bytes());
        }
        for &t in fitting[..shown].iter().rev() {
            space(out);
            self.types.write(t, out);
        }
        out.push(b']');
    }
}
