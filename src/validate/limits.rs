//! What is valid, but more than engines take: wasmparser has their limits, and refuses what is beyond.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use wasmparser::{
    BinaryReader, BinaryReaderError, ConstExpr, DataSectionReader, ElementItems, ElementSectionReader,
    Encoding, ExportSectionReader, FunctionBody, FunctionSectionReader, GlobalSectionReader,
    ImportSectionReader, MemorySectionReader, Operator, Payload, TableInit, TableSectionReader,
    TagSectionReader, TypeSectionReader,
};

/// How many bytes the body of a function has at most.
pub(super) const BODY_SIZE: usize = 7_654_321;

/// How many bytes a name has at most.
const NAME_SIZE: u32 = 100_000;

/// The largest number of operands of an `array.new_fixed`: a limit of the JavaScript API that wasmparser
/// does not check.
const ARRAY_OPERANDS: usize = 10_000;

/// The opcode of `array.new_fixed`.
const ARRAY_NEW_FIXED: [u8; 2] = [0xfb, 0x08];

/// Whether the bytes may contain an `array.new_fixed`.
pub(super) fn may_have_arrays(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, &ARRAY_NEW_FIXED).is_some()
}

/// Checks the number of operands if the instruction at the start of `bytes` is an `array.new_fixed`.
#[inline]
pub(super) fn check_array(bytes: &[u8], at: u64) -> Result<(), BinaryReaderError> {
    let Some(immediates) = bytes.strip_prefix(&ARRAY_NEW_FIXED) else { return Ok(()) };
    let mut reader = BinaryReader::new(immediates, at + ARRAY_NEW_FIXED.len() as u64);
    reader.read_var_u32()?;
    reader.read_size(ARRAY_OPERANDS, "array operands").map(|_| ())
}

/// Returns the offset of the first `array.new_fixed` with too many operands in the constant expressions of
/// a section.
pub(super) fn large_constant_array(payload: &Payload<'_>) -> Option<u64> {
    let large = |expr: ConstExpr<'_>| {
        let mut operators = expr.get_operators_reader();
        while !operators.eof() {
            let (operator, at) = operators.read_with_offset().ok()?;
            if matches!(operator, Operator::ArrayNewFixed { array_size, .. } if array_size as usize > ARRAY_OPERANDS)
            {
                return Some(at);
            }
        }
        None
    };
    match payload {
        Payload::TableSection(tables) => {
            tables.clone().into_iter().filter_map(Result::ok).find_map(|table| match table.init {
                TableInit::Expr(expr) => large(expr),
                TableInit::RefNull => None,
            })
        }
        Payload::GlobalSection(globals) => {
            globals.clone().into_iter().filter_map(Result::ok).find_map(|global| large(global.init_expr))
        }
        Payload::ElementSection(segments) => {
            segments.clone().into_iter().filter_map(Result::ok).find_map(|segment| match segment.items {
                ElementItems::Expressions(_, exprs) => {
                    exprs.into_iter().filter_map(Result::ok).find_map(large)
                }
                ElementItems::Functions(_) => None,
            })
        }
        _ => None,
    }
}

/// The warning about an `array.new_fixed` with too many operands.
pub(super) fn large_array(span: Span) -> Diagnostic {
    warning(ARRAY_LIMIT, span)
}

/// Whether a message is about the operands of `array.new_fixed`.
pub(super) fn is_about_array(message: &str) -> bool {
    message.starts_with("array operands ")
}

/// The limit on the operands of `array.new_fixed`, in words.
const ARRAY_LIMIT: &str = "an `array.new_fixed` has at most 10000 operands";

/// The limit that a message of wasmparser is about, in words: what there is too much of.
fn exceeded(message: &str) -> Option<String> {
    if let Some((what, most)) = message.split_once(" count exceeds limit of ") {
        return Some(format!("a module has at most {most} {what}"));
    }
    let limit = match message {
        "function params size is out of bounds" => "a function type has at most 1000 parameters",
        "function returns size is out of bounds" => "a function type has at most 1000 results",
        "struct fields size is out of bounds" => "a struct type has at most 10000 fields",
        "rec group types size is out of bounds" => "a `rec` group has at most 1000000 types",
        "catches size is out of bounds" => "a `try_table` has at most 10000 clauses",
        "resume table size is out of bounds" => "a `resume` has at most 10000 handlers",
        "array operands size is out of bounds" => ARRAY_LIMIT,
        "br_table size is out of bounds" => "a `br_table` has at most 7654321 labels",
        "string size out of bounds" => "a name has at most 100000 bytes",
        "too many locals: locals exceed maximum" => "a function has at most 50000 parameters and locals",
        "number of elements is out of bounds" => "an element segment has at most 10000000 elements",
        "data count section specifies too many data segments" => "a module has at most 100000 data segments",
        _ if message.starts_with("sub type hierarchy too deep") => "a type has at most 63 types above it",
        _ if message.starts_with("effective type size exceeds") => {
            "the types of all imports and exports have at most 1000000 parts together"
        }
        _ if message.contains("type index too large")
            || message.contains("type index greater than implementation limits")
            || message.starts_with("implementation limit: too many") =>
        {
            "a module has at most 1000000 types"
        }
        _ => return None,
    };
    Some(limit.to_owned())
}

/// How many things of a kind a module has at most, if that is what wasmparser complains of.
pub(super) fn most(message: &str) -> Option<usize> {
    message.split_once(" count exceeds limit of ")?.1.parse().ok()
}

/// The warning about a limit of engines, if that is what wasmparser complains of.
pub(crate) fn beyond(message: &str, span: Span) -> Option<Diagnostic> {
    exceeded(message).map(|limit| warning(&limit, span))
}

/// The same about the name of a custom section, of which these are the contents.
pub(super) fn long_name(mut contents: BinaryReader<'_>) -> Option<Diagnostic> {
    let is_long = contents.read_var_u32().is_ok_and(|len| len > NAME_SIZE);
    is_long.then(|| beyond("string size out of bounds", Span::default()))?
}

/// The warning about a body that is larger than engines take.
pub(super) fn large_body(span: Span) -> Diagnostic {
    warning(&format!("the body of a function has at most {BODY_SIZE} bytes"), span)
}

fn warning(limit: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::ImplementationLimit, span, format!("more than engines take: {limit}"))
}

/// Hands over the parts of a module, as wasmparser's parser has them but whatever the size of bodies,
/// and custom sections unread. Ends where something cannot be read, or `each` says so.
pub(super) fn payloads<'a>(
    bytes: &'a [u8],
    each: &mut dyn FnMut(Payload<'a>) -> bool,
) -> Result<(), BinaryReaderError> {
    const HEADER: usize = 8;
    let mut reader = BinaryReader::new(bytes, 0);
    reader.read_bytes(HEADER)?;
    if !each(Payload::Version { num: 1, encoding: Encoding::Module, range: 0..HEADER as u64 }) {
        return Ok(());
    }
    while !reader.eof() {
        let id = reader.read_u8()?;
        let size = reader.read_var_u32()?;
        let start = reader.original_position();
        let mut section = BinaryReader::new(reader.read_bytes(size as usize)?, start);
        let range = section.range();
        let payload = match id {
            1 => Payload::TypeSection(TypeSectionReader::new(section)?),
            2 => Payload::ImportSection(ImportSectionReader::new(section)?),
            3 => Payload::FunctionSection(FunctionSectionReader::new(section)?),
            4 => Payload::TableSection(TableSectionReader::new(section)?),
            5 => Payload::MemorySection(MemorySectionReader::new(section)?),
            6 => Payload::GlobalSection(GlobalSectionReader::new(section)?),
            7 => Payload::ExportSection(ExportSectionReader::new(section)?),
            8 => Payload::StartSection { func: section.read_var_u32()?, range },
            9 => Payload::ElementSection(ElementSectionReader::new(section)?),
            10 => {
                let count = section.read_var_u32()?;
                if !each(Payload::CodeSectionStart { count, unchecked_range: range, size }) {
                    return Ok(());
                }
                for _ in 0..count {
                    let size = section.read_var_u32()?;
                    let start = section.original_position();
                    let body = BinaryReader::new(section.read_bytes(size as usize)?, start);
                    if !each(Payload::CodeSectionEntry(FunctionBody::new(body))) {
                        return Ok(());
                    }
                }
                continue;
            }
            11 => Payload::DataSection(DataSectionReader::new(section)?),
            12 => Payload::DataCountSection { count: section.read_var_u32()?, range },
            13 => Payload::TagSection(TagSectionReader::new(section)?),
            id => Payload::UnknownSection { id, contents: section.read_bytes(size as usize)?, range },
        };
        if !each(payload) {
            return Ok(());
        }
    }
    each(Payload::End(bytes.len() as u64));
    Ok(())
}
