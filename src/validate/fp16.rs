//! Instructions of half precision, which wasmparser lacks. Each is validated as a substitute of the same type.

use wasmparser::{BinaryReader, BinaryReaderError, MemArg, Operator};

/// The kinds of substitutes for instructions of half precision.
#[derive(Clone, Copy)]
pub(crate) enum Substitute {
    Load,
    Store,
    Splat,
    ExtractLane,
    ReplaceLane,
    Unary,
    Binary,
    Ternary,
}

/// Returns the substitute for the instruction at the start of `bytes`, or `None` if wasmparser knows it.
#[inline]
pub(crate) fn substitute(bytes: &[u8]) -> Option<Result<Substitute, BinaryReaderError>> {
    // After the prefix 0xfd, the opcodes take two bytes, the second of which is 2.
    match *bytes {
        [0xfc, 0x30, ..] => Some(Ok(Substitute::Load)),
        [0xfc, 0x31, ..] => Some(Ok(Substitute::Store)),
        [0xfd, low, 2, ..] if low >= 0x80 => match low {
            0xa0 => Some(Ok(Substitute::Splat)),
            0xa1 => Some(Ok(Substitute::ExtractLane)),
            0xa2 => Some(Ok(Substitute::ReplaceLane)),
            0xb0..=0xb6 | 0xc5..=0xcb => Some(Ok(Substitute::Unary)),
            0xb7..=0xc4 => Some(Ok(Substitute::Binary)),
            0xce | 0xcf => Some(Ok(Substitute::Ternary)),
            _ => None,
        },
        _ => None,
    }
}

impl Substitute {
    /// Reads the instruction and returns its substitute.
    pub(crate) fn read<'a>(self, reader: &mut BinaryReader<'_>) -> Result<Operator<'a>, BinaryReaderError> {
        reader.read_u8()?;
        reader.read_var_u32()?;
        Ok(match self {
            // The substitute has the same operands; `max_align` is that of two bytes.
            Substitute::Load => {
                let memarg = read_memarg(reader)?;
                Operator::F32Load { memarg }
            }
            Substitute::Store => {
                let memarg = read_memarg(reader)?;
                Operator::F32Store { memarg }
            }
            Substitute::Splat => Operator::F32x4Splat,
            // There are twice as many lanes as in the substitute.
            Substitute::ExtractLane => Operator::F32x4ExtractLane { lane: read_lane(reader)? },
            Substitute::ReplaceLane => Operator::F32x4ReplaceLane { lane: read_lane(reader)? },
            Substitute::Unary => Operator::F32x4Abs,
            Substitute::Binary => Operator::F32x4Add,
            Substitute::Ternary => Operator::V128Bitselect,
        })
    }
}

/// Reads a lane and returns a valid lane of the substitute if it is in range, an invalid one otherwise.
fn read_lane(reader: &mut BinaryReader<'_>) -> Result<u8, BinaryReaderError> {
    let lane = reader.read_u8()?;
    Ok(if lane < 8 { 0 } else { u8::MAX })
}

fn read_memarg<'a>(reader: &mut BinaryReader<'a>) -> Result<MemArg, BinaryReaderError> {
    // wasmparser has no public function that reads a memarg.
    let flags = reader.read_var_u32()?;
    let memory = if flags & 0x40 != 0 { reader.read_var_u32()? } else { 0 };
    let offset = reader.read_var_u64()?;
    let align = (flags & 0x3f) as u8;
    Ok(MemArg {
        align,
        max_align: 1,
        offset,
        target: wasmparser::MemArgTarget::Memory(memory),
        ordering: None,
    })
}
