//! The payload of a NaN that is written with its exponent: `nan:0x7ff8000000000000`.

use crate::diagnostic::{Code, Diagnostic};

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
