//! Half precision, which wasmparser does not know: each of its instructions is validated as another
//! one of the same type.

use wasmparser::{BinaryReader, BinaryReaderError, MemArg, Operator};

/// How to validate an instruction of half precision.
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

/// How to validate the instruction `bytes` begin with, if it is one of half precision.
#[inline]
pub(crate) fn substitute(bytes: &[u8]) -> Option<Result<Substitute, BinaryReaderError>> {
    // The numbers of those behind the prefix 0xfd take two bytes, the second of which is 2.
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
    /// Reads the instruction and gives the one to validate.
    pub(crate) fn read<'a>(self, reader: &mut BinaryReader<'_>) -> Result<Operator<'a>, BinaryReaderError> {
        reader.read_u8()?;
        reader.read_var_u32()?;
        Ok(match self {
            // An address and two bytes of memory.
            Substitute::Load => {
                let memarg = read_memarg(reader)?;
                Operator::F32Load { memarg }
            }
            Substitute::Store => {
                let memarg = read_memarg(reader)?;
                Operator::F32Store { memarg }
            }
            Substitute::Splat => Operator::F32x4Splat,
            // The lanes are twice as many.
            Substitute::ExtractLane => Operator::F32x4ExtractLane { lane: read_lane(reader)? },
            Substitute::ReplaceLane => Operator::F32x4ReplaceLane { lane: read_lane(reader)? },
            Substitute::Unary => Operator::F32x4Abs,
            Substitute::Binary => Operator::F32x4Add,
            Substitute::Ternary => Operator::V128Bitselect,
        })
    }
}

/// Lanes that there are become one that there is, others one that there is not.
fn read_lane(reader: &mut BinaryReader<'_>) -> Result<u8, BinaryReaderError> {
    let lane = reader.read_u8()?;
    Ok(if lane < 8 { 0 } else { u8::MAX })
}

fn read_memarg<'a>(reader: &mut BinaryReader<'a>) -> Result<MemArg, BinaryReaderError> {
    // The reader only gives memargs within instructions; this one has the same bytes as the load
    // of sixteen bits.
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
