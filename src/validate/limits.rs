//! Implementation limits of engines that wasmparser does not check, or checks differently.

use wasmparser::{BinaryReader, BinaryReaderError, ConstExpr, ElementItems, Operator, Payload, TableInit};

/// The maximum size of the body of a function in bytes.
pub(crate) const BODY_SIZE: usize = 7_654_321;

/// The largest number of operands of an `array.new_fixed`: a limit of the JavaScript API that wasmparser
/// does not check.
const ARRAY_OPERANDS: usize = 10_000;

/// The opcode of `array.new_fixed`.
const ARRAY_NEW_FIXED: [u8; 2] = [0xfb, 0x08];

/// Whether the bytes may contain an `array.new_fixed`.
pub(crate) fn may_have_arrays(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, &ARRAY_NEW_FIXED).is_some()
}

/// Checks the number of operands if the instruction at the start of `bytes` is an `array.new_fixed`.
#[inline]
pub(crate) fn check_array(bytes: &[u8], at: u64) -> Result<(), BinaryReaderError> {
    let Some(immediates) = bytes.strip_prefix(&ARRAY_NEW_FIXED) else { return Ok(()) };
    let mut reader = BinaryReader::new(immediates, at + ARRAY_NEW_FIXED.len() as u64);
    reader.read_var_u32()?;
    reader.read_size(ARRAY_OPERANDS, "array operands").map(|_| ())
}

/// Returns the offset of the first `array.new_fixed` with too many operands in the constant expressions of
/// a section.
pub(crate) fn large_constant_array(payload: &Payload<'_>) -> Option<u64> {
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
