//! Numbers that another form of the same constant accepts: the payload of a NaN that is written with its exponent,
//! as in `nan:0x7ff8000000000000`, and fractions in a vector of integers.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::{Span, ceil_boundary};

/// Merges the errors for fractions in one vector of integers, and suggests the shape with fractions.
pub(super) fn without_repeated_lanes(source: &str, diagnostics: &mut Vec<Diagnostic>) {
    let mut last: Option<Span> = None;
    diagnostics.retain_mut(|diagnostic| {
        let Some(shape) = shape_before(source, diagnostic) else { return true };
        if last == Some(shape) {
            return false;
        }
        last = Some(shape);
        let meant = match &source[shape.range()] {
            "i32x4" => "f32x4",
            "i64x2" => "f64x2",
            _ => return true,
        };
        let diagnosed =
            std::mem::replace(diagnostic, Diagnostic::error(diagnostic.code, diagnostic.span, ""));
        *diagnostic = diagnosed.with_label(shape, "the shape of integers").with_guess(
            format!("write `{meant}`"),
            shape,
            meant,
        );
        true
    });
}

/// The shape of the vector of integers in which a fraction is an error.
fn shape_before(source: &str, diagnostic: &Diagnostic) -> Option<Span> {
    /// The maximum distance of the instruction from its last lane.
    const FARTHEST: usize = 1 << 9;
    let text = source.get(diagnostic.span.range())?;
    if diagnostic.code != Code::OutOfRange || !text.contains('.') || text.parse::<f64>().is_err() {
        return None;
    }
    let end = diagnostic.span.start as usize;
    let before = &source[ceil_boundary(source, end.saturating_sub(FARTHEST))..end];
    let at = before.rfind("v128.const")? + "v128.const".len();
    let rest = before[at..].trim_start();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c));
    let mut words = rest.split_whitespace();
    let shape = words.next().filter(|shape| shape.starts_with('i'))?;
    if !words.all(is_number) {
        return None;
    }
    let start = end - before.len() + before.len() - rest.len();
    Some(Span::new(start as u32, (start + shape.len()) as u32))
}

/// Suggests the payload without sign and exponent.
pub(super) fn with_payload(source: &str, diagnostic: Diagnostic) -> Diagnostic {
    let text = source.get(diagnostic.span.range()).unwrap_or_default();
    let (sign, rest) = match text.as_bytes().first() {
        Some(b'-') => ("-", &text[1..]),
        Some(b'+') => ("", &text[1..]),
        _ => ("", text),
    };
    let Some(digits) = rest.strip_prefix("nan:0x").filter(|_| diagnostic.code == Code::OutOfRange) else {
        return diagnostic;
    };
    let Ok(bits) = u64::from_str_radix(&digits.replace('_', ""), 16) else { return diagnostic };
    let before = source[..diagnostic.span.start as usize].trim_end();
    let (width, mantissa) = match before.ends_with("f32.const") {
        true => (32, 23),
        false if before.ends_with("f64.const") => (64, 52),
        false => return diagnostic,
    };
    let exponent = (1u64 << (width - 1 - mantissa)) - 1;
    let payload = bits & ((1 << mantissa) - 1);
    if width == 32 && bits >> 32 != 0 || bits >> mantissa & exponent != exponent {
        return diagnostic;
    }
    let sign = if bits >> (width - 1) == 1 { "-" } else { sign };
    let meant = if payload == 0 { format!("{sign}inf") } else { format!("{sign}nan:{payload:#x}") };
    let span = diagnostic.span;
    let note = format!("a NaN has a payload of {mantissa} bits; the exponent is not written");
    diagnostic.with_note(note).with_fix(format!("write `{meant}`"), span, meant)
}
