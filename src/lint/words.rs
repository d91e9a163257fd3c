//! The words of the warnings. All messages about findings are here.

use super::finding::{Call, Finding, HeapName, Known, Local, RefName, Site};
use super::place;
use crate::ast::flags;
use crate::characters::{ascii, code_point};
use crate::diagnostic::{Code, Diagnostic, counted, with_article};
use crate::lex::is_idchar;
use crate::lex::keyword::abstract_heap_type;
use crate::resolve::IndexSpace;
use crate::span::Span;

/// The number of calls of a circle that a message shows.
const MOST_CALLS: usize = 5;

/// Returns the warning about a finding.
pub(crate) fn explain(source: &str, finding: &Finding) -> Diagnostic {
    let words = Words { source };
    let code = finding.code();
    let warning = |span: Span, message: String| Diagnostic::warning(code, span, message);
    match *finding {
        Finding::Circle(ref calls) => words.circle(warning, calls),
        Finding::Null { at, operand, .. } => {
            let name = at.op.mnemonic();
            let (end, why) = match name {
                "ref.is_null" => ("is always false", "the result is always 0"),
                "ref.as_non_null" => ("always succeeds", "has no effect"),
                "br_on_null" => ("never branches", "continues with the operand"),
                _ => ("always branches", "branches with the operand"),
            };
            let message = format!("this `{name}` {end}");
            labelled(warning(words.span(at), message), why)
                .with_label(words.with_operand(operand), "never null")
        }
        Finding::Unreachable { at, jump, is_after } => {
            let name = jump.op.mnemonic();
            let label = match (is_after, name) {
                (true, _) => format!("the code before never gets past this `{name}`"),
                (false, "unreachable") => "this `unreachable` always traps".to_owned(),
                (false, "throw" | "throw_ref" | "rethrow") => format!("this `{name}` always throws"),
                (false, _) if name.starts_with("return") => format!("this `{name}` always returns"),
                (false, _) => format!("this `{name}` always branches"),
            };
            let message = format!("unreachable `{}`", at.op.mnemonic());
            labelled(warning(words.span(at), message), "never executed").with_label(words.span(jump), label)
        }
        Finding::UnusedValue { value, drop } => {
            let message = format!("the result of `{}` is not used", value.op.mnemonic());
            let warning = labelled(warning(words.span(value), message), "computed without an effect");
            warning.with_label(words.span(drop), "dropped here")
        }
        Finding::Unset { at, local } => words.unset(warning, at, local),
        Finding::Unread { at, local, next } => words.unread(warning, at, local, next),
        Finding::Cast { at, succeeds, operand, branches, from, to } => {
            let (name, end) = (at.op.mnemonic(), if succeeds { "succeeds" } else { "fails" });
            let (from, to) = (words.reference(from), words.reference(to));
            let message = format!("this `{name}` from `{from}` to `{to}` always {end}");
            let why = match (succeeds, name) {
                (true, "ref.test") => "the result is always 1",
                (false, "ref.test") => "the result is always 0",
                (true, "ref.cast") => "the operand has this type already",
                (false, "ref.cast") => "always traps",
                (true, "br_on_cast") | (false, "br_on_cast_fail") => "always branches",
                _ => "never branches",
            };
            let label = match succeeds {
                _ if branches => "the operand",
                true => "every value here has the type",
                false => "no value here has the type",
            };
            labelled(warning(words.with_operand(at), message), why)
                .with_label(words.with_operand(operand), label)
        }
        Finding::Condition { value, at, holds } => {
            let name = at.op.mnemonic();
            let effect = match (name, holds) {
                ("if", true) => "always takes the first arm",
                ("if", false) => "never takes the first arm",
                ("br_table", _) => "always branches to the same label",
                ("select", true) => "always selects the first operand",
                ("select", false) => "always selects the second operand",
                (_, true) => "always branches",
                (_, false) => "never branches",
            };
            let message = match name {
                "br_table" => "the index of `br_table` is constant".to_owned(),
                _ => format!("the condition of `{name}` is always {holds}"),
            };
            let what = if name == "br_table" { "constant index" } else { "constant condition" };
            labelled(warning(words.with_operand(value), message), what).with_label(words.span(at), effect)
        }
        Finding::Comparison { at, reason, holds } => {
            let name = at.op.mnemonic();
            let why = match reason {
                Known::Constants => "compares constants".to_owned(),
                Known::Same => "compares a local with itself".to_owned(),
                Known::Range { least: 0, most: 1, number } => format!("compares 0 or 1 with {number}"),
                Known::Range { least, most, number } => {
                    format!("compares a number from {least} to {most} with {}", as_compared(name, number))
                }
                Known::Mask { mask, number } => {
                    format!("the mask {} removes bits of {}", hex(name, mask), hex(name, number))
                }
                Known::Bound { number, is_left } => bound(name, number, is_left, holds),
            };
            labelled(warning(words.span(at), format!("this `{name}` is always {holds}")), why)
        }
        Finding::Shift { at, count, value, width } => {
            let name = at.op.mnemonic();
            let lanes = if name.contains('x') { "lanes of " } else { "" };
            let message =
                format!("the shift count {value} is out of range: `{name}` has {lanes}{width} bits");
            let same = value.rem_euclid(width.into());
            labelled(warning(words.with_operand(count), message), format!("shifts by {same}"))
                .with_label(words.span(at), format!("uses the count modulo {width}"))
        }
        Finding::Truncated { value, number, bits, at } => {
            let name = at.op.mnemonic();
            let literal =
                words.operand(value).map_or_else(|| number.to_string(), |at| words.text(at).to_owned());
            let kept = number & ((1i64 << bits) - 1);
            let message = format!("the literal `{literal}` does not fit into {bits} bits");
            let warning = warning(words.operand(value).unwrap_or(words.span(value)), message);
            labelled(warning, format!("becomes {kept}"))
                .with_label(words.span(at), format!("`{name}` keeps the lowest {bits} bits"))
        }
        Finding::Division { at, divisor, is_zero } => {
            let message = format!("this `{}` always traps", at.op.mnemonic());
            let (why, label) = match is_zero {
                true => ("division by zero", "the divisor is zero"),
                false => ("the quotient is too large", "the smallest number has no negation"),
            };
            labelled(warning(words.span(at), message), why).with_label(words.with_operand(divisor), label)
        }
        Finding::Segment { at, space, target, end, size, is_exact, page } => {
            let (segment, what, unit) = match space {
                IndexSpace::Memory => ("data segment", "memory", "byte"),
                _ => ("element segment", "table", "element"),
            };
            let in_units = |number: u128, unit| counted(number.min(u64::MAX.into()) as u64, unit);
            let message = format!("this {segment} is beyond the end of its {what}");
            let warning = labelled(warning(at, message), format!("needs {}", in_units(end, unit)))
                .with_label(
                    place::head(source, target),
                    format!("has {}{}", if is_exact { "" } else { "at most " }, in_units(size, unit)),
                );
            match page {
                Some(page) => {
                    let pages = end.div_ceil(1 << page.min(64));
                    warning.with_note(format!("the memory needs at least {}", in_units(pages.max(1), "page")))
                }
                None => warning,
            }
        }
        Finding::Recursion { at, func, id } => {
            let name = id.map_or("this function".to_owned(), |id| format!("`{}`", words.text(id)));
            let warning = labelled(
                warning(words.with_operand(at), format!("{name} always calls itself")),
                "recursive call",
            );
            warning.with_label(
                id.unwrap_or(place::head(source, func)),
                "no branch or `return` comes before the call",
            )
        }
        Finding::Uninhabitable { at, field, id, is_own } => {
            let name = id.map_or("this type".to_owned(), |id| format!("type `{}`", words.text(id)));
            let need = match is_own {
                true => "needs another value of the type",
                false => "needs a value that needs one of this type",
            };
            let field = words.reference_at(field.start);
            let warning = labelled(warning(at, format!("{name} has no values")), "cannot be created")
                .with_label(field, need);
            match words.text(field).strip_prefix("(ref ") {
                Some(rest) => {
                    warning.with_guess("make the reference nullable", field, format!("(ref null {rest}"))
                }
                None => warning,
            }
        }
        Finding::Shadowed { at, outer, name } => {
            let message = format!("label `{}` shadows the label of an enclosing block", words.text(name));
            labelled(warning(place::label(source, at), message), "the inner label")
                .with_label(place::label(source, outer), "the outer label")
        }
        Finding::SegmentName { id, space, target } => words.segment_name(warning, id, space, target),
        Finding::Similar { id, other, space, differ_in_case } => {
            let (name, first) = (words.text(id), words.text(other));
            let what = space.describe();
            let how = if differ_in_case { "differ only in case" } else { "look alike" };
            let message = format!("the names `{first}` and `{name}` {how}");
            let mut warning = labelled(warning(id, message), with_article(what))
                .with_label(other, format!("another {what}"));
            let deceptive = name.chars().chain(first.chars()).find(|c| !c.is_ascii() && ascii(*c).is_some());
            if let Some(character) = deceptive {
                warning = warning.with_note(format!("one of them contains {}", code_point(character)));
            }
            warning
        }
        Finding::Unused { at, id, space, is_imported, .. } => {
            let what = match (code, is_imported) {
                (Code::UnusedParameter, _) => "parameter".to_owned(),
                (_, true) => format!("imported {}", space.describe()),
                _ => space.describe().to_owned(),
            };
            let name = id.map_or(String::new(), |id| format!(" `{}`", words.text(id)));
            let warning = warning(id.unwrap_or(at), format!("{what}{name} is never used"));
            let plain = id.and_then(|id| words.text(id).strip_prefix('$')).unwrap_or("\"");
            let is_local = matches!(code, Code::UnusedParameter | Code::UnusedLocal | Code::UnusedLabel);
            match id.filter(|_| is_local && !plain.starts_with('"')) {
                Some(id) => {
                    let silenced = format!("$_{plain}");
                    warning.with_guess(format!("if this is intentional, write `{silenced}`"), id, silenced)
                }
                None => warning,
            }
        }
    }
}

/// Says that all numbers of a type are on one side of a number.
fn bound(name: &str, number: i64, is_left: bool, holds: bool) -> String {
    let (ty, relation) = name.split_once('.').unwrap_or((name, ""));
    let signed = if relation.ends_with("_u") { "unsigned" } else { "signed" };
    let number = as_compared(name, number);
    let relation = match (relation.get(..2), is_left) {
        (Some("lt"), false) | (Some("gt"), true) => "less than",
        (Some("gt"), false) | (Some("lt"), true) => "greater than",
        (Some("le"), false) | (Some("ge"), true) => "at most",
        _ => "at least",
    };
    let all = if holds { "every" } else { "no" };
    format!("{all} {signed} `{ty}` is {relation} {number}")
}

/// Returns a number in hexadecimal digits, with the bits that the type in an instruction has.
fn hex(name: &str, number: i64) -> String {
    if name.starts_with("i32") { format!("{:#x}", number as u32) } else { format!("{number:#x}") }
}

/// Returns a number as the comparison with this name reads it.
fn as_compared(name: &str, number: i64) -> String {
    match (name.ends_with("_u"), name.starts_with("i32")) {
        (true, true) => (number as u32).to_string(),
        (true, false) => (number as u64).to_string(),
        _ => number.to_string(),
    }
}

fn labelled(mut diagnostic: Diagnostic, label: impl Into<String>) -> Diagnostic {
    diagnostic.label = label.into();
    diagnostic
}

struct Words<'s> {
    source: &'s str,
}

impl Words<'_> {
    fn text(&self, span: Span) -> &str {
        &self.source[span.range()]
    }

    fn span(&self, site: Site) -> Span {
        place::keyword(self.source, site)
    }

    fn operand(&self, site: Site) -> Option<Span> {
        place::operand(self.source, site)
    }

    /// The keyword and the first operand.
    fn with_operand(&self, site: Site) -> Span {
        let span = self.span(site);
        self.operand(site).map_or(span, |operand| span.to(operand))
    }

    /// A reference type, as it is written in the text.
    fn reference(&self, ty: RefName) -> String {
        let heap = match ty.heap {
            HeapName::Type(_, Some(id)) => self.text(id).to_owned(),
            HeapName::Type(index, None) => index.to_string(),
            HeapName::Abstract(byte) => abstract_heap_type(byte).unwrap_or("?").to_owned(),
        };
        let null = if ty.nullable { "null " } else { "" };
        format!("(ref {null}{heap})")
    }

    /// A circle of functions that always call each other.
    fn circle(&self, warning: impl Fn(Span, String) -> Diagnostic, calls: &[Call]) -> Diagnostic {
        let name = |call: &Call| match call.id {
            Some(id) => format!("`{}`", self.text(id)),
            None => format!("function {}", call.caller),
        };
        let Some((first, rest)) = calls.split_first() else {
            return warning(Span::default(), String::new());
        };
        let message = match rest {
            [second] => format!("{} and {} always call each other", name(first), name(second)),
            _ => format!("{} always calls itself by way of {} other functions", name(first), rest.len()),
        };
        let mut warning = labelled(warning(self.with_operand(first.at), message), "recursive call");
        for call in rest.iter().take(MOST_CALLS) {
            warning = warning
                .with_label(self.with_operand(call.at), format!("{} always makes this call", name(call)));
        }
        warning.with_label(
            first.id.unwrap_or(place::head(self.source, first.func)),
            "no branch or `return` comes before the calls",
        )
    }

    /// The reference type in parentheses that starts at an offset.
    fn reference_at(&self, start: u32) -> Span {
        let len = self.source[start as usize..].find(')').map_or(1, |at| at + 1);
        Span::new(start, start + len as u32)
    }

    fn unset(&self, warning: impl Fn(Span, String) -> Diagnostic, at: Site, local: Local) -> Diagnostic {
        let value = match local.ty {
            Some(ty) if ty.has(flags::REF) => "null",
            _ => "0",
        };
        let message = format!("{} is read but never set", self.name_of(local));
        let warning = labelled(warning(self.with_operand(at), message), format!("always {value}"));
        self.with_declaration(warning, local)
    }

    fn unread(
        &self,
        warning: impl Fn(Span, String) -> Diagnostic,
        at: Site,
        local: Local,
        next: Option<Site>,
    ) -> Diagnostic {
        let name = self.name_of(local);
        let message = match next {
            Some(_) => format!("the value of {name} is overwritten before it is read"),
            None => format!("this value of {name} is never read"),
        };
        let span = self.with_operand(at);
        let warning = labelled(warning(span, message), "written here");
        let warning = match next {
            Some(next) => warning.with_label(self.with_operand(next), "overwritten here"),
            None => self.with_declaration(warning, local),
        };
        match at.op.mnemonic() {
            "local.set" => warning.with_guess("drop the value", span, "drop"),
            _ => warning,
        }
    }

    fn with_declaration(&self, warning: Diagnostic, local: Local) -> Diagnostic {
        match (local.id, local.ty) {
            (Some(id), _) => warning.with_label(id, "declared here"),
            (None, Some(ty)) => {
                let text = &self.source[ty.start as usize..];
                let len = match text.starts_with('(') {
                    true => text.find(')').map_or(1, |at| at + 1),
                    false => text.bytes().take_while(|byte| is_idchar(*byte)).count().max(1),
                };
                warning.with_label(Span::new(ty.start, ty.start + len as u32), "declared here")
            }
            _ => warning,
        }
    }

    fn name_of(&self, local: Local) -> String {
        let what = if local.is_param { "parameter" } else { "local" };
        match local.id {
            Some(id) => format!("{what} `{}`", self.text(id)),
            None => format!("{what} {}", local.index),
        }
    }

    fn segment_name(
        &self,
        warning: impl Fn(Span, String) -> Diagnostic,
        id: Span,
        space: IndexSpace,
        target: u32,
    ) -> Diagnostic {
        let (what, name) = (space.describe(), self.text(id));
        let message = format!("this segment has the name of {} but does not refer to it", with_article(what));
        let effect = match target {
            0 => format!("names the segment, not the {what}"),
            _ => format!("names the segment, which initializes {what} 0"),
        };
        labelled(warning(id, message), effect).with_guess(
            format!("refer to the {what}"),
            id,
            format!("({what} {name})"),
        )
    }
}
