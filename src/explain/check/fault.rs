//! What is wrong with an instruction, in words: wasmparser's verdicts, with the facts of the module and
//! the places of the text.

use super::body::{Context, Point};
use super::continuations;
use super::limits;
use super::operands::{self, MOST_OPERANDS, Operand, wanted};
use super::{origin, verdict};
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::lex::TokenKind;
use crate::resolve::Space;
use crate::span::Span;
use wasmparser::{
    BinaryReaderError, BlockType, CompositeInnerType, FrameKind, Operator, StorageType, ValType,
    WasmModuleResources,
};

/// A fault of which the instruction is not known.
pub(crate) fn unplaced(context: &Context<'_>, error: &BinaryReaderError) -> Diagnostic {
    let message = error.message();
    // A type in the declaration of a local.
    if let Some(number) = unknown_index(message, "type")
        && let Some(span) = context.places.number(number)
    {
        let number = context.declared.number(Space::Type, number.into());
        return context.declared.unknown_index(Space::Type, number, span);
    }
    limits::error_at(context.body.form.head(), message)
}

/// The fault at a point.
pub(crate) fn fault(context: &Context<'_>, point: &Point<'_>, error: &BinaryReaderError) -> Diagnostic {
    let message = &*in_names(context, error.message());
    if let Some(warning) = limits::beyond(message, context.places.instr(point.at)) {
        warning.with_note("the rest of this function is not validated")
    } else if let Some(diagnostic) = out_of_range(context, point, message) {
        diagnostic
    } else if let Some(diagnostic) = continuations::explain(context, point, message) {
        diagnostic
    } else if message.starts_with("type mismatch") {
        mismatch(context, point, message)
    } else {
        other(context, point, message)
    }
}

/// How an instruction is called in messages: as it is written, if that is short.
fn name(context: &Context<'_>, point: &Point<'_>) -> String {
    let text = &context.places.source[context.places.with_immediates(point.at).range()];
    match point.op {
        Some(_) if text.len() <= MOST_SHOWN && !text.contains(['\n', ';']) => format!("`{text}`"),
        Some(op) => format!("`{}`", op.mnemonic()),
        None => "this".to_owned(),
    }
}

/// How long an instruction may be to be shown in a message.
const MOST_SHOWN: usize = 60;

// ------------------------------------------------------------------------------------------ Indices

/// The number in `unknown {what} {number}: ...`.
fn unknown_index(message: &str, what: &str) -> Option<u32> {
    let rest = message.strip_prefix("unknown ")?.strip_prefix(what)?.trim_start();
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// An index that is too large for its space.
fn out_of_range(context: &Context<'_>, point: &Point<'_>, message: &str) -> Option<Diagnostic> {
    let rest = message.strip_prefix("unknown ")?;
    let places = context.places;
    let space = match rest.split([' ', ':']).next()? {
        "function" => Space::Func,
        "local" => Space::Local,
        "global" => Space::Global,
        "table" => Space::Table,
        "memory" => Space::Memory,
        "tag" => Space::Tag,
        "type" => Space::Type,
        "elem" => Space::Elem,
        "data" => Space::Data,
        "label" => Space::Label,
        "field" | "field:" | "struct" => Space::Field,
        _ => return None,
    };
    let own = places.instr(point.at);
    let digits: String = rest
        .chars()
        .skip_while(|c| !c.is_ascii_digit() && *c != ':')
        .take_while(char::is_ascii_digit)
        .collect();
    let number = digits.parse::<u64>().ok().or_else(|| index_of(point.operator, space));
    // The immediate that has the number; without one it is implied.
    // The only one of these is that of the segment.
    let is_implied = matches!(point.operator, Operator::MemoryInit { .. } | Operator::TableInit { .. })
        && matches!(space, Space::Memory | Space::Table)
        && places.immediate(point.at, 1).is_none();
    let written = |number: u64| {
        if is_implied {
            return None;
        }
        (0..MOST_IMMEDIATES)
            .map_while(|n| places.immediate(point.at, n))
            .find(|span| crate::lex::number::magnitude(&places.source[span.range()]) == Some((false, number)))
            .or_else(|| places.number_behind(point.at, number))
    };
    let number = match space {
        // There are more types in the checker than in the module; the text tells which is meant.
        Space::Type => places.numbers(point.at).find(|number| *number >= context.declared.types.into())?,
        space => context.declared.number(space, number.unwrap_or(0)),
    };
    let span = written(number);
    Some(match space {
        Space::Local => {
            let count = context.body.locals.len();
            let mut diagnostic = Diagnostic::error(
                Code::UnknownIndex,
                span.unwrap_or(own),
                format!("unknown local {number}: the function has {}", counted(count as u64, "local")),
            );
            match count {
                0 => {}
                1 => diagnostic = diagnostic.with_note("the only local has the index 0"),
                _ => {
                    diagnostic = diagnostic
                        .with_note(format!("locals are numbered from 0 to {}, parameters first", count - 1));
                }
            }
            diagnostic
        }
        Space::Label => {
            let count = point.validator.control_stack_height();
            Diagnostic::error(
                Code::UnknownIndex,
                span.unwrap_or(own),
                format!(
                    "unknown label {number}: there {} {} around `{}`",
                    if count == 1 { "is" } else { "are" },
                    counted(u64::from(count), "label"),
                    point.op.map_or("br", |op| op.mnemonic())
                ),
            )
            .with_note(match count.saturating_sub(1) {
                0 => "the only label, 0, is that of the function itself".to_owned(),
                last => format!("labels are numbered from 0, the innermost, to {last}, the function itself"),
            })
        }
        Space::Field => {
            let ty = struct_type(point.operator);
            let count = ty.and_then(|ty| context.checker.struct_len(ty)).unwrap_or(0);
            let name = ty.map_or_else(String::new, |ty| format!(" {}", context.declared.type_name(ty)));
            let mut diagnostic = Diagnostic::error(
                Code::UnknownIndex,
                places.immediate(point.at, 1).unwrap_or(own),
                format!(
                    "unknown field {number}: the struct type{name} has {}",
                    counted(count as u64, "field")
                ),
            );
            if let Some(ty) = ty {
                diagnostic = context.declared.with_declaration(diagnostic, Space::Type, ty);
            }
            diagnostic
        }
        space => {
            let mut diagnostic = context.declared.unknown_index(space, number, span.unwrap_or(own));
            if matches!(space, Space::Memory | Space::Table) && span.is_none() && number == 0 {
                let what = space.describe();
                diagnostic = diagnostic.with_note(format!("{} needs a {what}", name(context, point)));
                let form = context.body.form.start;
                let declaration = if space == Space::Memory { "(memory 1)" } else { "(table 1 funcref)" };
                let text = format!("{declaration}\n{}", context.declared.indentation(form));
                diagnostic = diagnostic.with_guess(
                    format!("declare one: `{declaration}`"),
                    Span::new(form, form),
                    text,
                );
            }
            diagnostic
        }
    })
}

/// How many immediates of one instruction are looked at.
const MOST_IMMEDIATES: usize = 10_000;

/// The index that an instruction has in a space, where the verdict does not say it.
fn index_of(operator: &Operator<'_>, space: Space) -> Option<u64> {
    use Operator as O;
    Some(match (operator, space) {
        (O::GlobalGet { global_index } | O::GlobalSet { global_index }, _) => (*global_index).into(),
        (O::Br { relative_depth } | O::BrIf { relative_depth }, _) => (*relative_depth).into(),
        (
            O::BrOnNull { relative_depth }
            | O::BrOnNonNull { relative_depth }
            | O::BrOnCast { relative_depth, .. }
            | O::BrOnCastFail { relative_depth, .. }
            | O::Delegate { relative_depth }
            | O::Rethrow { relative_depth },
            _,
        ) => (*relative_depth).into(),
        (O::BrTable { targets }, _) => {
            let all = targets.targets().filter_map(Result::ok).chain([targets.default()]);
            all.max()?.into()
        }
        (O::StructGet { field_index, .. }, Space::Field)
        | (O::StructGetS { field_index, .. }, Space::Field)
        | (O::StructGetU { field_index, .. }, Space::Field)
        | (O::StructSet { field_index, .. }, Space::Field) => (*field_index).into(),
        _ => return None,
    })
}

fn struct_type(operator: &Operator<'_>) -> Option<u32> {
    use Operator as O;
    match *operator {
        O::StructGet { struct_type_index, .. }
        | O::StructGetS { struct_type_index, .. }
        | O::StructGetU { struct_type_index, .. }
        | O::StructSet { struct_type_index, .. }
        | O::StructNew { struct_type_index }
        | O::StructNewDefault { struct_type_index }
        | O::StructAtomicGet { struct_type_index, .. }
        | O::StructAtomicGetS { struct_type_index, .. }
        | O::StructAtomicGetU { struct_type_index, .. }
        | O::StructAtomicSet { struct_type_index, .. } => Some(struct_type_index),
        _ => None,
    }
}

fn struct_field(operator: &Operator<'_>) -> Option<(u32, u32)> {
    use Operator as O;
    match *operator {
        O::StructGet { struct_type_index, field_index }
        | O::StructGetS { struct_type_index, field_index }
        | O::StructGetU { struct_type_index, field_index }
        | O::StructSet { struct_type_index, field_index } => Some((struct_type_index, field_index)),
        _ => None,
    }
}

fn array_type(operator: &Operator<'_>) -> Option<u32> {
    use Operator as O;
    match *operator {
        O::ArrayNew { array_type_index }
        | O::ArrayNewDefault { array_type_index }
        | O::ArrayNewFixed { array_type_index, .. }
        | O::ArrayNewData { array_type_index, .. }
        | O::ArrayNewElem { array_type_index, .. }
        | O::ArrayGet { array_type_index }
        | O::ArrayGetS { array_type_index }
        | O::ArrayGetU { array_type_index }
        | O::ArraySet { array_type_index }
        | O::ArrayFill { array_type_index }
        | O::ArrayInitData { array_type_index, .. }
        | O::ArrayInitElem { array_type_index, .. } => Some(array_type_index),
        O::ArrayCopy { array_type_index_dst, .. } => Some(array_type_index_dst),
        _ => None,
    }
}

// ------------------------------------------------------------------------------------------- Stacks

fn mismatch(context: &Context<'_>, point: &Point<'_>, message: &str) -> Diagnostic {
    let own = context.places.instr(point.at);
    let is_end = matches!(point.operator, Operator::End | Operator::Else);
    let diagnostic = special(context, point, message).unwrap_or_else(|| {
        let wanted = wanted(point.operator, point.op, point.validator).or_else(|| {
            let count = point.arity.map_or(0, |(operands, _)| operands as usize);
            (count > 0).then(|| vec![None; count.min(MOST_OPERANDS)])
        });
        match wanted {
            Some(wanted) if message.contains("values remaining") => values_left(context, point, &wanted),
            // Verdicts begin with the last operand, and may find the first one in its place.
            Some(wanted)
                if message.contains("nothing on stack")
                    || message.contains("found nothing")
                    || (point.own() < wanted.len() && !is_end && !point.is_unreachable()) =>
            {
                missing(context, point, &wanted, message)
            }
            Some(wanted) => operand_mismatch(context, point, &wanted, message),
            None => Diagnostic::error(Code::TypeMismatch, own, in_words_of(context, point, message)),
        }
    });
    let diagnostic = match is_end {
        true if diagnostic.span != own && context.body.constant_of.is_none() => diagnostic,
        true => with_block(context, point, diagnostic),
        false => with_declaration(context, point, diagnostic),
    };
    let stack = shown_stack(context, point);
    diagnostic.with_note(format!("the operand stack here: {stack}"))
}

fn shown_stack(context: &Context<'_>, point: &Point<'_>) -> String {
    let stack = point.stack();
    let shown: Vec<String> = stack
        .iter()
        .enumerate()
        .skip(stack.len().saturating_sub(SHOWN))
        .map(|(at, t)| {
            t.map_or_else(|| "any".to_owned(), |t| context.given_type(t, point.pusher(stack.len() - 1 - at)))
        })
        .collect();
    let shown = format!("[{}]", shown.join(" "));
    if stack.len() > SHOWN { shown.replacen('[', "[... ", 1) } else { shown }
}

/// How many operands are shown at most.
const SHOWN: usize = 12;

/// Of how many values it is shown who left them.
const SHOWN_VALUES: usize = 3;

/// The block that ends here, as it is called in messages.
fn block_name<'a>(point: &Point<'_>, context: &Context<'a>) -> &'a str {
    if let Some(what) = context.body.constant_of
        && point.validator.control_stack_height() <= 1
    {
        return what;
    }
    if point.validator.control_stack_height() <= 1 {
        return "function";
    }
    match point.validator.get_control_frame(0).map(|frame| frame.kind) {
        Some(FrameKind::If) => "`then` branch of the `if`",
        Some(FrameKind::Else) => "`else` branch of the `if`",
        Some(FrameKind::Loop) => "`loop`",
        Some(FrameKind::TryTable) => "`try_table`",
        Some(FrameKind::LegacyTry | FrameKind::LegacyCatch | FrameKind::LegacyCatchAll) => "`try`",
        _ => "block",
    }
}

/// The place of the block that ends here and what is declared of it.
fn with_block(context: &Context<'_>, point: &Point<'_>, diagnostic: Diagnostic) -> Diagnostic {
    let results = operands::results(point.validator, 0).unwrap_or_default();
    let declared = context.list(results.into_iter().map(Some));
    match point.trace.blocks.last() {
        Some(&opened) => {
            let span = context.places.block_type(opened);
            diagnostic.with_place(span, format!("the block opened here has the results {declared}"))
        }
        None if context.body.constant_of.is_some() => match context.constant_type() {
            Some((ty, what)) => diagnostic.with_place(ty, what),
            None => diagnostic,
        },
        None => {
            let span = context.declared.func_results(context.body.form).unwrap_or_else(|| {
                context.declared.place(Space::Func, context.body.func).unwrap_or(context.body.form.head())
            });
            diagnostic.with_place(span, format!("the function has the results {declared}"))
        }
    }
}

/// What left a value, and what a function without results may have meant.
fn values_left(context: &Context<'_>, point: &Point<'_>, wanted: &[Operand]) -> Diagnostic {
    let (own, expected) = (point.own(), wanted.len());
    let what = block_name(point, context);
    let surplus = own.saturating_sub(expected);
    let left = if surplus == 1 { "a value is".to_owned() } else { format!("{surplus} values are") };
    let message = format!(
        "{left} left over at the end of the {what}: expected {}, found {}",
        context.list(wanted.iter().copied()),
        shown_stack(context, point),
    );
    let mut diagnostic = Diagnostic::error(Code::ValuesLeft, context.places.instr(point.at), message);
    // The lowest ones are those that nobody has taken.
    let depth = if expected == 0 { 0 } else { own.saturating_sub(1) };
    if surplus > 0
        && let Some(pusher) = point.pusher(depth)
    {
        let t = given(context, point, depth);
        diagnostic =
            diagnostic.with_place(context.places.instr(pusher), format!("this leaves a value of type {t}"));
    }
    for depth in (0..own.min(SHOWN_VALUES)).filter(|&other| other != depth) {
        if let Some(pusher) = point.pusher(depth) {
            let message = format!("and this one of type {}", given(context, point, depth));
            diagnostic = diagnostic.with_place(context.places.instr(pusher), message);
        }
    }
    diagnostic
}

/// The type of the operand at a depth, as what gave it says.
fn given(context: &Context<'_>, point: &Point<'_>, depth: usize) -> String {
    let t = point.operand(depth);
    t.map_or_else(|| "any".to_owned(), |t| context.given_type(t, point.pusher(depth)))
}

/// How many operands the instruction takes, of which not all are in `wanted` if they are many.
fn operand_count(point: &Point<'_>, wanted: &[Operand]) -> usize {
    match point.arity {
        Some((operands, _)) if wanted.len() == MOST_OPERANDS => wanted.len().max(operands as usize),
        _ => wanted.len(),
    }
}

/// Too few operands.
fn missing(context: &Context<'_>, point: &Point<'_>, wanted: &[Operand], message: &str) -> Diagnostic {
    let own = context.places.instr(point.at);
    let found = shown_stack(context, point);
    let expected = if wanted.iter().all(Option::is_none) {
        // Only the type that is missing first is known.
        let rest = message.split_once("expected ").map_or("a value", |(_, rest)| rest);
        let first = rest.split([',', ' ']).next().unwrap_or_default();
        let first = if first.is_empty() || rest.starts_with("a ") { "any" } else { first };
        match wanted.len() {
            count @ ..=SHOWN => format!("[{}]", vec![first; count.max(1)].join(" ")),
            _ => format!("[{} ...]", [first; SHOWN].join(" ")),
        }
    } else {
        context.list(wanted.iter().copied())
    };
    let message = if matches!(point.operator, Operator::End | Operator::Else) {
        let what = block_name(point, context);
        if context.body.constant_of.is_some() && point.own() == 0 {
            let name = context.declared.name_in_head(context.body.form);
            let message = format!("missing {what}{name}: expected {expected}, found nothing");
            let diagnostic = Diagnostic::error(Code::MissingOperand, own, message);
            let value = match wanted {
                [Some(ValType::Ref(t))] if t.is_nullable() => {
                    let t = context.val_type(ValType::Ref(*t));
                    let heap =
                        t.trim_start_matches("(ref null ").trim_end_matches(')').trim_end_matches("ref");
                    Some(format!(" (ref.null {heap})"))
                }
                [Some(t @ (ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64))] => {
                    Some(format!(" ({t}.const 0)"))
                }
                _ => None,
            };
            return match value {
                Some(value) => {
                    diagnostic.with_guess(format!("write `{}`", value.trim_start()), own.before(), value)
                }
                None => diagnostic,
            };
        }
        format!("missing result at the end of the {what}: expected {expected}, found {found}")
    } else {
        let count = counted(operand_count(point, wanted) as u64, "operand");
        let there = match point.own() {
            0 => "there is none".to_owned(),
            1 => "there is 1".to_owned(),
            n => format!("there are {n}"),
        };
        format!("{} takes {count}, but {there}: expected {expected}, found {found}", name(context, point))
    };
    origin::with_reason(context, point, Diagnostic::error(Code::MissingOperand, own, message))
}

/// An operand of another type than is wanted.
fn operand_mismatch(
    context: &Context<'_>,
    point: &Point<'_>,
    wanted: &[Operand],
    message: &str,
) -> Diagnostic {
    let own = context.places.instr(point.at);
    let (expected_text, found_text) = expected_and_found(message);
    let Some((depth, found)) = culprit(point, wanted, &found_text) else {
        return Diagnostic::error(Code::TypeMismatch, own, in_words_of(context, point, message));
    };
    let want = wanted[wanted.len() - 1 - depth];
    let expected = match want {
        Some(t) => {
            let declared = origin::wanted(context, point, (wanted.len() - 1 - depth) as u32).0;
            context.wanted_type(t, declared)
        }
        None if expected_text == "ref" => "a reference".to_owned(),
        None => expected_text,
    };
    let found = context.given_type(found, point.pusher(depth));
    let where_ = match point.operator {
        Operator::End if context.body.constant_of.is_some() => {
            format!(" in the {}", block_name(point, context))
        }
        Operator::End | Operator::Else => format!(" at the end of the {}", block_name(point, context)),
        _ => format!(" in {}", name(context, point)),
    };
    let message = format!("type mismatch{where_}: expected {expected}, found {found}");
    let mut diagnostic = Diagnostic::error(Code::TypeMismatch, own, message);
    if wanted.len() > 1 && !matches!(point.operator, Operator::End | Operator::Else) {
        let count = operand_count(point, wanted);
        diagnostic.label = format!("operand {} of {count} must be {expected}", count - depth);
    }
    if let Some(pusher) = point.pusher(depth) {
        let place = context.places.instr(pusher);
        match context.constant_type() {
            // Nobody looks for the end of an initial value.
            Some((ty, what)) if matches!(point.operator, Operator::End) => {
                diagnostic.span = place;
                diagnostic = diagnostic.with_place(ty, what);
            }
            _ => diagnostic = diagnostic.with_place(place, format!("this gives {found}")),
        }
        diagnostic = origin::with_given(context, diagnostic, pusher);
    }
    // Others that do not fit, when operands have changed their places.
    let is_end = matches!(point.operator, Operator::End | Operator::Else);
    for other in (0..wanted.len().min(point.own()).min(SHOWN)).filter(|&other| other != depth) {
        let (Some(want), Some(given)) = (wanted[wanted.len() - 1 - other], point.operand(other)) else {
            continue;
        };
        if !point.validator.resources().is_subtype(given, want)
            && let Some(pusher) = point.pusher(other)
        {
            let given = context.given_type(given, Some(pusher));
            let message = format!("and this {given}, not {}", context.val_type(want));
            diagnostic = diagnostic.with_place(context.places.instr(pusher), message);
        }
    }
    if is_end {
        return diagnostic;
    }
    origin::with_wanted(context, point, diagnostic, (wanted.len() - 1 - depth) as u32)
}

/// The first operand, from the top, that is not what is wanted, and its type.
pub(crate) fn culprit(point: &Point<'_>, wanted: &[Operand], found_text: &str) -> Option<(usize, ValType)> {
    (0..wanted.len().min(point.own())).find_map(|depth| {
        let found = point.operand(depth)?;
        let wrong = match wanted[wanted.len() - 1 - depth] {
            Some(wanted) => !point.validator.resources().is_subtype(found, wanted),
            // Of references the message does not say which.
            None if matches!(found, ValType::Ref(_)) => found_text.contains("ref"),
            None => found.to_string() == found_text,
        };
        wrong.then_some((depth, found))
    })
}

/// What a verdict says was expected and found.
pub(crate) fn expected_and_found(message: &str) -> (String, String) {
    let rest = message.split_once("expected ").map_or("", |(_, rest)| rest);
    match rest.split_once(", found ").or(rest.split_once(" but found ")) {
        Some((expected, found)) => (expected.to_owned(), found.to_owned()),
        None => (rest.to_owned(), String::new()),
    }
}

/// A verdict with the types of the module called as the source calls them: wasmparser prints
/// `(ref null $type)` or `(ref (module 3))`.
fn in_names(context: &Context<'_>, message: &str) -> String {
    let mut out = String::new();
    let mut rest = message;
    while let Some(at) = ["(module ", "(id ", "(recgroup "].iter().filter_map(|what| rest.find(what)).min() {
        out.push_str(&rest[..at]);
        let Some(len) = rest[at..].find(')') else { break };
        let written = &rest[at..=at + len];
        match context.checker.index_by_text(written) {
            Some(number) => out.push_str(&context.declared.type_name(number)),
            None => out.push_str("another type"),
        }
        rest = &rest[at + len + 1..];
    }
    out.push_str(rest);
    out
}

/// What a verdict says that no rule explains, with the instruction that it is about.
fn in_words_of(context: &Context<'_>, point: &Point<'_>, message: &str) -> String {
    let (name, message) = (name(context, point), verdict::in_words(message));
    match message.strip_prefix("type mismatch: ") {
        _ if message.contains(name.trim_matches('`')) => message.to_owned(),
        Some(rest) => format!("type mismatch in {name}: {rest}"),
        None => format!("{message}, in {name}"),
    }
}

/// Type errors that are no matter of one operand.
fn special(context: &Context<'_>, point: &Point<'_>, message: &str) -> Option<Diagnostic> {
    use Operator as O;
    let places = context.places;
    let own = places.instr(point.at);
    let error = |span, text: String| Some(Diagnostic::error(Code::TypeMismatch, span, text));
    match point.operator {
        O::End => {
            let frame = point.validator.get_control_frame(0)?;
            let results = operands::results(point.validator, 0)?;
            let stack = point.stack();
            let fits = results.len() == stack.len()
                && results.iter().zip(&stack).all(|(want, found)| {
                    found.is_none_or(|found| point.validator.resources().is_subtype(found, *want))
                });
            if frame.kind != FrameKind::If || !(fits || point.is_unreachable()) {
                return None;
            }
            let opened = *point.trace.blocks.last()?;
            let expected = context.list(results.into_iter().map(Some));
            let params = match frame.block_type {
                BlockType::FuncType(_) => "its parameters, ",
                _ => "[], ",
            };
            let text = format!(
                "this `if` has no `else` and so must give what it takes: expected {params}found the results {expected}"
            );
            Some(Diagnostic::error(Code::TypeMismatch, places.instr(opened), text).with_place(
                places.result_type(opened),
                format!("without `else` there is nothing to give {expected}"),
            ))
        }
        O::BrOnCast { from_ref_type, to_ref_type, .. }
        | O::BrOnCastFail { from_ref_type, to_ref_type, .. }
            if message.starts_with("type mismatch: expected (")
                || message.contains("hierarchies")
                || (message.contains("found (") && !is_sub(context, *to_ref_type, *from_ref_type)) =>
        {
            if is_sub(context, *to_ref_type, *from_ref_type) {
                return None;
            }
            let (from, to) = (context.ref_type(*from_ref_type), context.ref_type(*to_ref_type));
            let types = places.types(point.at);
            let span = types.get(1).copied().unwrap_or(own);
            let mut diagnostic = Diagnostic::error(
                Code::CastMismatch,
                span,
                format!(
                    "type mismatch in {}: the second type must be a subtype of the first: expected a subtype of {from}, found {to}",
                    name(context, point)
                ),
            );
            if let [first, second, ..] = types[..] {
                diagnostic = diagnostic.with_place(first, format!("{to} is no subtype of this"));
                if is_sub(context, *from_ref_type, *to_ref_type) {
                    let (a, b) = (&places.source[first.range()], &places.source[second.range()]);
                    diagnostic =
                        diagnostic.with_guess("swap the types", first.to(second), format!("{b} {a}"));
                }
            }
            Some(diagnostic)
        }
        O::Select if message.contains("select") => {
            let (a, b) = (point.operand(2), point.operand(1));
            let both = format!("{} and {}", context.operand(a), context.operand(b));
            let mut diagnostic = if message.contains("integral") || is_ref(a) || is_ref(b) {
                let t = a.or(b).map_or_else(String::new, |t| context.val_type(t));
                let diagnostic = Diagnostic::error(
                    Code::TypeMismatch,
                    own,
                    format!(
                        "`select` without a type takes numbers and vectors only: expected numbers, found {both}"
                    ),
                );
                match a == b {
                    true => diagnostic.with_fix(
                        format!("say the type: `select (result {t})`"),
                        own,
                        format!("select (result {t})"),
                    ),
                    false => diagnostic,
                }
            } else {
                Diagnostic::error(
                    Code::TypeMismatch,
                    own,
                    format!(
                        "the first two operands of `select` must have the same type: expected {}, found {}",
                        context.operand(a),
                        context.operand(b)
                    ),
                )
            };
            for (depth, t) in [(2, a), (1, b)] {
                if let Some(pusher) = point.pusher(depth) {
                    diagnostic = diagnostic
                        .with_place(places.instr(pusher), format!("this gives {}", context.operand(t)));
                }
            }
            Some(diagnostic)
        }
        O::TryTable { try_table } => {
            let resources = point.validator.resources();
            let clauses = places.clauses(point.at);
            let (n, tag, depth, given) = try_table.catches.iter().enumerate().find_map(|(n, catch)| {
                let (tag, label, with_ref) = match *catch {
                    wasmparser::Catch::One { tag, label } => (Some(tag), label, false),
                    wasmparser::Catch::OneRef { tag, label } => (Some(tag), label, true),
                    wasmparser::Catch::All { label } => (None, label, false),
                    wasmparser::Catch::AllRef { label } => (None, label, true),
                };
                let mut given = match tag {
                    Some(tag) => resources.tag_at(tag)?.params().to_vec(),
                    None => Vec::new(),
                };
                if with_ref {
                    given.push(ValType::Ref(wasmparser::RefType::EXN));
                }
                let wanted = operands::label(point.validator, label)?;
                let fits = wanted.len() == given.len()
                    && given.iter().zip(&wanted).all(|(given, wanted)| resources.is_subtype(*given, *wanted));
                (!fits).then_some((n, tag, label, given))
            })?;
            let wanted = operands::label(point.validator, depth)?;
            let whole = clauses.get(n).copied().unwrap_or(own);
            let span = Span::new(whole.start + 1, whole.end - 1);
            let text = format!(
                "type mismatch in the clause `{}`: the label expects {}, found {}",
                &places.source[whole.range()],
                context.list(wanted.into_iter().map(Some)),
                context.list(given.iter().copied().map(Some)),
            );
            let mut diagnostic = Diagnostic::error(Code::TypeMismatch, span, text);
            if let Some(tag) = tag {
                diagnostic = context.declared.with_declaration(diagnostic, Space::Tag, tag);
            }
            Some(with_label(context, point, diagnostic, depth))
        }
        O::BrTable { targets } if message.contains("different number") => {
            let default = operands::label(point.validator, targets.default())?;
            let (n, other) =
                targets.targets().filter_map(Result::ok).enumerate().find_map(|(n, depth)| {
                    let label = operands::label(point.validator, depth)?;
                    (label.len() != default.len()).then_some((n, label))
                })?;
            let depth = targets.targets().filter_map(Result::ok).nth(n)?;
            let (name, last) =
                (context.label_text(point, n), context.label_text(point, targets.len() as usize));
            let text = format!(
                "the labels of `br_table` take different numbers of values: {last} expects {}, {name} expects {}",
                context.list(default.into_iter().map(Some)),
                context.list(other.into_iter().map(Some)),
            );
            let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
            let diagnostic = with_label(context, point, diagnostic, targets.default());
            Some(with_label(context, point, diagnostic, depth))
        }
        O::BrTable { targets } => {
            // One of the other labels than the default may not fit.
            let stack = point.stack();
            let values = &stack[..stack.len().saturating_sub(1)];
            let all = targets.targets().filter_map(Result::ok);
            let (n, label) = all.enumerate().find_map(|(n, depth)| {
                let label = operands::label(point.validator, depth)?;
                let top = &values[values.len().checked_sub(label.len())?..];
                let fits = label.iter().zip(top).all(|(want, found)| {
                    found.is_none_or(|found| point.validator.resources().is_subtype(found, *want))
                });
                (!fits).then_some((n, label))
            })?;
            let found = values[values.len() - label.len()..].iter().copied();
            let depth = targets.targets().filter_map(Result::ok).nth(n)?;
            let text = format!(
                "type mismatch in `br_table`: the label {} expects {}, found {}",
                context.label_text(point, n),
                context.list(label.iter().copied().map(Some)),
                context.list(found),
            );
            let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
            Some(with_label(context, point, diagnostic, depth))
        }
        O::CallIndirect { table_index, .. } | O::ReturnCallIndirect { table_index, .. }
            if message.contains("indirect calls must go through a table") =>
        {
            let table = point.validator.resources().table_at(*table_index)?;
            let found = context.val_type(ValType::Ref(table.element_type));
            let span = places.immediate(point.at, 0).unwrap_or(own);
            error(
                span,
                format!("type mismatch: {} goes through a table of functions: expected funcref, found a table of {found}", name(context, point)),
            )
            .map(|diagnostic| context.declared.with_declaration(diagnostic, Space::Table, *table_index))
        }
        O::TableCopy { dst_table, src_table } => {
            let resources = point.validator.resources();
            let (dst, src) = (resources.table_at(*dst_table)?, resources.table_at(*src_table)?);
            let (expected, found) = (ValType::Ref(dst.element_type), ValType::Ref(src.element_type));
            (!resources.is_subtype(found, expected)).then(|| {
                let text = format!(
                    "type mismatch in `table.copy`: expected a table of {}, found a table of {}",
                    context.val_type(expected),
                    context.val_type(found),
                );
                let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
                let diagnostic = context.declared.with_declaration(diagnostic, Space::Table, *dst_table);
                context.declared.with_declaration(diagnostic, Space::Table, *src_table)
            })
        }
        O::TableInit { elem_index, table } => {
            let resources = point.validator.resources();
            let (expected, found) = (
                ValType::Ref(resources.table_at(*table)?.element_type),
                ValType::Ref(resources.element_type_at(*elem_index)?),
            );
            (!resources.is_subtype(found, expected)).then(|| {
                let text = format!(
                    "type mismatch in `table.init`: expected elements of {}, found {}",
                    context.val_type(expected),
                    context.val_type(found),
                );
                let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
                let diagnostic = context.declared.with_declaration(diagnostic, Space::Table, *table);
                context.declared.with_declaration(diagnostic, Space::Elem, *elem_index)
            })
        }
        O::ReturnCall { .. } | O::ReturnCallIndirect { .. } | O::ReturnCallRef { .. } => {
            let resources = point.validator.resources();
            let ty = match *point.operator {
                O::ReturnCall { function_index } => resources.type_index_of_function(function_index)?,
                O::ReturnCallIndirect { type_index, .. } | O::ReturnCallRef { type_index } => type_index,
                _ => return None,
            };
            let CompositeInnerType::Func(callee) = &resources.sub_type_at(ty)?.composite_type.inner else {
                return None;
            };
            let height = point.validator.control_stack_height();
            let own_results = operands::results(point.validator, height.checked_sub(1)?)?;
            let fits = callee.results().len() == own_results.len()
                && callee.results().iter().zip(&own_results).all(|(a, b)| resources.is_subtype(*a, *b));
            if fits {
                return None;
            }
            let text = format!(
                "type mismatch in {}: the callee must give what this function gives: expected {}, found {}",
                name(context, point),
                context.list(own_results.into_iter().map(Some)),
                context.list(callee.results().iter().copied().map(Some)),
            );
            let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
            Some(match context.declared.func_results(context.body.form) {
                Some(span) => diagnostic.with_place(span, "the results of this function"),
                None => diagnostic.with_place(context.body.form.head(), "this function has no results"),
            })
        }
        O::RefCastNonNull { hty }
        | O::RefCastNullable { hty }
        | O::RefTestNonNull { hty }
        | O::RefTestNullable { hty } => {
            let found = point.operand(0)?;
            let ValType::Ref(found_ref) = found else { return None };
            let resources = point.validator.resources();
            let mut target = *hty;
            resources.check_heap_type(&mut target, 0).ok()?;
            let tops = (resources.top_type(&target), resources.top_type(&found_ref.heap_type()));
            if tops.0 == tops.1 {
                return None;
            }
            let nullable = matches!(point.operator, O::RefCastNullable { .. } | O::RefTestNullable { .. });
            let target = wasmparser::RefType::new(nullable, target)?;
            let top = wasmparser::RefType::new(true, tops.0)?;
            let text = format!(
                "type mismatch in {}: a value of another hierarchy can never be {}: expected a subtype of {}, found {}",
                name(context, point),
                context.val_type(ValType::Ref(target)),
                context.val_type(ValType::Ref(top)),
                context.val_type(found),
            );
            let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
            Some(match point.pusher(0) {
                Some(pusher) => diagnostic
                    .with_place(places.instr(pusher), format!("this gives {}", context.val_type(found))),
                None => diagnostic,
            })
        }
        _ => None,
    }
}

fn is_ref(t: Operand) -> bool {
    matches!(t, Some(ValType::Ref(_)))
}

fn is_sub(context: &Context<'_>, a: wasmparser::RefType, b: wasmparser::RefType) -> bool {
    let resources = &context.checker.resources;
    let canonical =
        |mut t: wasmparser::RefType| resources.check_ref_type(&mut t, 0).is_ok().then_some(ValType::Ref(t));
    match (canonical(a), canonical(b)) {
        (Some(a), Some(b)) => resources.is_subtype(a, b),
        _ => false,
    }
}

/// The declaration of what an instruction works on.
pub(crate) fn with_declaration(
    context: &Context<'_>,
    point: &Point<'_>,
    diagnostic: Diagnostic,
) -> Diagnostic {
    use Operator as O;
    let declared = context.declared;
    let resources = point.validator.resources();
    match *point.operator {
        O::Call { function_index } | O::ReturnCall { function_index } => {
            let Some(span) = declared.place(Space::Func, function_index) else { return diagnostic };
            let ty = resources.type_index_of_function(function_index);
            let signature = ty.and_then(|ty| signature(context, ty)).unwrap_or_default();
            diagnostic.with_place(span, format!("the function is declared here: {signature}"))
        }
        O::CallIndirect { type_index, .. }
        | O::ReturnCallIndirect { type_index, .. }
        | O::CallRef { type_index }
        | O::ReturnCallRef { type_index } => {
            let signature = signature(context, type_index).unwrap_or_default();
            match declared.place(Space::Type, type_index) {
                Some(span) => diagnostic.with_place(span, format!("the type is declared here: {signature}")),
                None => diagnostic.with_note(format!("the type of the callee is {signature}")),
            }
        }
        O::LocalSet { local_index } | O::LocalTee { local_index } | O::LocalGet { local_index } => {
            let t = point.validator.get_local_type(local_index);
            match context.body.locals.get(local_index as usize) {
                Some(&span) => diagnostic
                    .with_place(span, format!("the local is declared here with type {}", context.operand(t))),
                None => diagnostic,
            }
        }
        O::GlobalSet { global_index } | O::GlobalGet { global_index } => {
            let t = resources.global_at(global_index).map(|global| global.content_type);
            match declared.place(Space::Global, global_index) {
                Some(span) => diagnostic.with_place(
                    span,
                    format!("the global is declared here with type {}", context.operand(t)),
                ),
                None => diagnostic,
            }
        }
        O::Throw { tag_index } => declared.with_declaration(diagnostic, Space::Tag, tag_index),
        O::TableSet { table } | O::TableGet { table } | O::TableGrow { table } | O::TableFill { table } => {
            declared.with_declaration(diagnostic, Space::Table, table)
        }
        O::Br { relative_depth }
        | O::BrIf { relative_depth }
        | O::BrOnNull { relative_depth }
        | O::BrOnNonNull { relative_depth }
        | O::BrOnCast { relative_depth, .. }
        | O::BrOnCastFail { relative_depth, .. } => with_label(context, point, diagnostic, relative_depth),
        O::BrTable { ref targets } => with_label(context, point, diagnostic, targets.default()),
        O::Block { blockty } | O::Loop { blockty } | O::If { blockty } => match blockty {
            BlockType::FuncType(ty) => {
                let span = context.places.block_type(point.at);
                let diagnostic = match span == context.places.instr(point.at) {
                    true => diagnostic,
                    false => diagnostic.with_place(span, "the parameters of the block"),
                };
                declared.with_declaration(diagnostic, Space::Type, ty)
            }
            _ => diagnostic,
        },
        O::Return => {
            let list = point
                .validator
                .control_stack_height()
                .checked_sub(1)
                .and_then(|outermost| operands::results(point.validator, outermost))
                .map(|types| context.list(types.into_iter().map(Some)))
                .unwrap_or_default();
            diagnostic.with_place(context.function_results(), format!("the function has the results {list}"))
        }
        _ if point.op.is_some_and(|op| op.immediates().natural_alignment().is_some()) => {
            // Which one, where there are several, the message does not tell.
            match declared.count(Space::Memory) {
                1 => declared.with_declaration(diagnostic, Space::Memory, 0),
                _ => diagnostic,
            }
        }
        O::ArrayCopy { array_type_index_dst, array_type_index_src } => {
            let diagnostic = declared.with_declaration(diagnostic, Space::Type, array_type_index_dst);
            declared.with_declaration(diagnostic, Space::Type, array_type_index_src)
        }
        O::MemoryGrow { mem } | O::MemoryFill { mem } | O::MemoryInit { mem, .. } => {
            declared.with_declaration(diagnostic, Space::Memory, mem)
        }
        O::MemoryCopy { dst_mem, src_mem } => {
            let diagnostic = declared.with_declaration(diagnostic, Space::Memory, dst_mem);
            declared.with_declaration(diagnostic, Space::Memory, src_mem)
        }
        _ => {
            if let Some((ty, field)) = struct_field(point.operator) {
                return match declared.field(ty, field) {
                    Some(span) => diagnostic.with_place(span, "the field is declared here"),
                    None => declared.with_declaration(diagnostic, Space::Type, ty),
                };
            }
            match struct_type(point.operator).or(array_type(point.operator)) {
                Some(ty) => declared.with_declaration(diagnostic, Space::Type, ty),
                None => diagnostic,
            }
        }
    }
}

/// Adds the block that a branch goes to, and what it takes.
fn with_label(context: &Context<'_>, point: &Point<'_>, diagnostic: Diagnostic, depth: u32) -> Diagnostic {
    let label = operands::label(point.validator, depth).unwrap_or_default();
    let list = context.list(label.into_iter().map(Some));
    let blocks = &point.trace.blocks;
    match blocks.len().checked_sub(depth as usize + 1) {
        Some(at) => {
            let span = context.places.block_type(blocks[at]);
            diagnostic.with_place(span, format!("a branch to this block takes {list}"))
        }
        None => diagnostic
            .with_place(context.function_results(), format!("a branch out of the function takes {list}")),
    }
}

/// `[i32 i64] -> [f32]`
pub(crate) fn signature(context: &Context<'_>, ty: u32) -> Option<String> {
    match &context.checker.resources.sub_type_at(ty)?.composite_type.inner {
        CompositeInnerType::Func(func) => Some(format!(
            "{} -> {}",
            context.list(func.params().iter().copied().map(Some)),
            context.list(func.results().iter().copied().map(Some)),
        )),
        _ => None,
    }
}

// -------------------------------------------------------------------------------------------- Rules

/// Verdicts on other things than the stack.
fn other(context: &Context<'_>, point: &Point<'_>, message: &str) -> Diagnostic {
    use Operator as O;
    let places = context.places;
    let declared = context.declared;
    let own = places.instr(point.at);
    let error = |code, span, text: String| Diagnostic::error(code, span, text);
    let first = places.immediate(point.at, 0).unwrap_or(own);
    if message.starts_with("global is immutable")
        && let O::GlobalSet { global_index } = *point.operator
    {
        let name = declared.thing_name(Space::Global, global_index);
        let diagnostic =
            error(Code::Immutable, own, format!("the global {name} is immutable and cannot be set"));
        return declared.with_mutability(diagnostic, global_index);
    }
    if message.contains("struct field is immutable")
        && let Some((ty, field)) = struct_field(point.operator)
    {
        let diagnostic = error(
            Code::Immutable,
            own,
            format!(
                "the field {} of {} is immutable and cannot be set",
                declared.field_name(ty, field),
                declared.type_name(ty)
            ),
        );
        return declared.with_mutable_field(diagnostic, ty, Some(field));
    }
    if message.contains("array is immutable")
        && let Some(ty) = array_type(point.operator)
    {
        let diagnostic = error(
            Code::Immutable,
            own,
            format!(
                "the elements of the array type {} are immutable: {} cannot change them",
                declared.type_name(ty),
                name(context, point)
            ),
        );
        return declared.with_mutable_field(diagnostic, ty, None);
    }
    if message == "undeclared function reference"
        && let O::RefFunc { function_index } = *point.operator
    {
        let name = declared.thing_name(Space::Func, function_index);
        let diagnostic = error(
            Code::UndeclaredFunction,
            first,
            format!("the function {name} is not declared as one that `ref.func` may refer to"),
        )
        .with_note("a function must be in an element segment, an export or a global's initial value before `ref.func` in a body may refer to it");
        let diagnostic = declared.with_declaration(diagnostic, Space::Func, function_index);
        let at = Span::new(context.body.form.start, context.body.form.start);
        let indent = declared.indentation(at.start);
        let message = format!("declare it: `(elem declare func {name})`");
        let segment = format!("(elem declare func {name})\n{indent}");
        // One more segment renumbers those after it.
        return match declared.count(Space::Elem) {
            0 => diagnostic.with_fix(message, at, segment),
            _ => diagnostic.with_guess(message, at, segment),
        };
    }
    if message.contains("alignment must not be larger than natural")
        || message.contains("must always specify maximum alignment")
    {
        let natural =
            point.op.and_then(|op| op.immediates().natural_alignment()).map_or(0, |log2| 1u64 << log2);
        let span = places.memarg(point.at, TokenKind::AlignEq).unwrap_or(own);
        let written = &places.source[span.range()];
        let found = written.strip_prefix("align=").unwrap_or("none");
        let text = if message.contains("always") {
            format!("the alignment of {} must be exactly {natural}, found {found}", name(context, point))
        } else {
            format!(
                "the alignment {found} is larger than the natural one of {}, which is {natural}",
                name(context, point)
            )
        };
        let diagnostic = error(Code::AlignmentTooLarge, span, text);
        return match written.starts_with("align=") {
            true => {
                diagnostic.with_guess(format!("write `align={natural}`"), span, format!("align={natural}"))
            }
            false => diagnostic,
        };
    }
    if message.contains("offset out of range") {
        let span = places.memarg(point.at, TokenKind::OffsetEq).unwrap_or(own);
        return error(
            Code::OutOfRange,
            span,
            format!(
                "the offset of {} is out of range: a 32-bit memory takes at most 4294967295",
                name(context, point)
            ),
        );
    }
    if let Some(rest) = message.strip_prefix("uninitialized local: ") {
        let index: usize = rest.trim().parse().unwrap_or(0);
        let name = places.source[first.range()].to_owned();
        let t = point.validator.get_local_type(index as u32);
        let diagnostic = error(
            Code::UninitializedLocal,
            first,
            format!(
                "the local {name} is read before it is set: its type {} has no default value",
                context.operand(t)
            ),
        );
        return match context.body.locals.get(index) {
            Some(&span) => diagnostic
                .with_place(span, "the local is declared here")
                .with_note("set it first in the same block or one around it, or give it a type with `null`"),
            None => diagnostic,
        };
    }
    if message.contains("SIMD index") || message.contains("lane") {
        let lanes = point.op.and_then(|op| op.immediates().lanes());
        let span = places.last_number(point.at).unwrap_or(own);
        let number = &places.source[span.range()];
        let text = match lanes {
            Some(lanes) => format!(
                "lane {number} is out of range: {} has {lanes} lanes, numbered 0 to {}",
                name(context, point),
                lanes - 1
            ),
            None => format!("{} has a lane out of range: {message}", name(context, point)),
        };
        return error(Code::LaneOutOfRange, span, text);
    }
    if message.contains("packed storage types") {
        return packed(context, point);
    }
    if message.contains("not defaultable") {
        let ty = struct_type(point.operator).or(array_type(point.operator));
        let name = ty.map_or_else(String::new, |ty| declared.type_name(ty));
        let culprit = ty.and_then(|ty| context.checker.not_defaultable(ty));
        let (which, t) = culprit.unwrap_or((0, ValType::I32));
        let t = context.val_type(t);
        let text = match (point.operator, ty) {
            (O::StructNewDefault { .. }, Some(ty)) => format!(
                "the field {} of {name} has type {t}, which has no default value",
                declared.field_name(ty, which)
            ),
            _ => format!("the elements of {name} have type {t}, which has no default value"),
        };
        let diagnostic = error(Code::NoDefault, own, text);
        let declared_at = ty.and_then(|ty| declared.field(ty, which).or(declared.place(Space::Type, ty)));
        let diagnostic = match declared_at {
            Some(span) => diagnostic.with_place(span, format!("declared here with type {t}")),
            None => diagnostic,
        };
        let replacement = point.op.map_or("", |op| op.mnemonic()).replace("_default", "");
        return diagnostic.with_guess(format!("give the values: `{replacement}`"), own, replacement);
    }
    // expected struct type at index 3, found (func ...)
    for (prefix, kind) in [
        ("expected struct type at index ", "struct"),
        ("expected array type at index ", "array"),
        ("expected func type at index ", "function"),
        ("non-continuation type", "continuation"),
        ("non-function type", "function"),
    ] {
        let Some(rest) = message.strip_prefix(prefix) else { continue };
        let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
        let ty: Option<u32> = digits.parse().ok();
        let found = ty.and_then(|ty| context.checker.kind_of(ty)).unwrap_or("another");
        let name = ty.map_or_else(String::new, |ty| declared.type_name(ty));
        let span = ty.and_then(|ty| places.type_use(point.at, &declared.type_name(ty))).unwrap_or(first);
        let article = |kind: &str| if kind == "array" || kind == "another" { "" } else { "a " };
        let shown_found =
            if found == "array" { "an array".to_owned() } else { format!("{}{found}", article(found)) };
        let shown_kind = if kind == "array" { "an array".to_owned() } else { format!("a {kind}") };
        let instr = point.op.map_or_else(|| "this".to_owned(), |op| format!("`{}`", op.mnemonic()));
        let diagnostic = error(
            Code::WrongKindOfType,
            span,
            format!(
                "{instr} takes {shown_kind} type: expected {shown_kind} type, found {name}, which is {shown_found} type"
            ),
        );
        return match ty {
            Some(ty) => declared.with_declaration(diagnostic, Space::Type, ty),
            None => diagnostic,
        };
    }
    if message.contains("array.new_data")
        || message.contains("array.new_elem")
        || message.contains("array.init_data")
        || message.contains("array.init_elem")
    {
        let ty = array_type(point.operator);
        let text = match message.split_once("type mismatch: expected ") {
            Some((before, rest)) if before.starts_with("invalid ") => format!(
                "type mismatch in {}: the segment has elements of another type: expected {rest}",
                name(context, point)
            ),
            _ => in_words_of(context, point, message),
        };
        let diagnostic = error(Code::TypeMismatch, own, text);
        let diagnostic = match ty.and_then(|ty| declared.field(ty, 0)) {
            Some(span) => diagnostic.with_place(span, "the element type is declared here"),
            None => diagnostic,
        };
        let diagnostic = match *point.operator {
            O::ArrayNewElem { array_elem_index, .. } | O::ArrayInitElem { array_elem_index, .. } => {
                declared.with_declaration(diagnostic, Space::Elem, array_elem_index)
            }
            _ => diagnostic,
        };
        return match ty {
            Some(ty) => declared.with_declaration(diagnostic, Space::Type, ty),
            None => diagnostic,
        };
    }
    let code = if message.contains("do not match") || message.contains("expected") {
        Code::TypeMismatch
    } else {
        Code::Invalid
    };
    let diagnostic = error(code, own, in_words_of(context, point, message));
    with_declaration(context, point, diagnostic)
}

/// A packed field read without saying how, or another one with it.
fn packed(context: &Context<'_>, point: &Point<'_>) -> Diagnostic {
    let declared = context.declared;
    let own = context.places.instr(point.at);
    let mnemonic = point.op.map_or("", |op| op.mnemonic());
    let stem = mnemonic.trim_end_matches("_s").trim_end_matches("_u");
    let field = struct_field(point.operator);
    let ty = struct_type(point.operator).or(array_type(point.operator)).unwrap_or(0);
    let storage = context.checker.storage(ty, field.map_or(0, |(_, field)| field));
    let what = match field {
        Some((ty, field)) => {
            format!("the field {} of {}", declared.field_name(ty, field), declared.type_name(ty))
        }
        None => format!("the element of {}", declared.type_name(ty)),
    };
    let place = field.and_then(|(ty, field)| declared.field(ty, field)).or(declared.place(Space::Type, ty));
    let diagnostic = if stem == mnemonic {
        let t = if storage == Some(StorageType::I8) { "i8" } else { "i16" };
        Diagnostic::error(
            Code::PackedAccess,
            own,
            format!("{what} is packed (`{t}`): `{mnemonic}` must say how to extend it, with `{stem}_s` or `{stem}_u`"),
        )
        .with_guess(format!("zero-extend: `{stem}_u`"), own, format!("{stem}_u"))
        .with_guess(format!("sign-extend: `{stem}_s`"), own, format!("{stem}_s"))
    } else {
        let t =
            storage.map_or_else(|| "another type".to_owned(), |t| context.val_type(operands::unpacked(t)));
        Diagnostic::error(
            Code::PackedAccess,
            own,
            format!("{what} has type {t} and is not packed: there is nothing for `{mnemonic}` to extend"),
        )
        .with_fix(format!("write `{stem}`"), own, stem)
    };
    let diagnostic = match place {
        Some(span) => diagnostic.with_place(span, "declared here"),
        None => diagnostic,
    };
    match declared.place(Space::Type, ty) {
        Some(span) => diagnostic.with_place(span, "the type is declared here"),
        None => diagnostic,
    }
}

// ------------------------------------------------------------------------------ Constant expressions

/// Whether an instruction may stand in a constant expression; says so if not.
pub(crate) fn is_constant(
    context: &Context<'_>,
    at: u64,
    operator: &Operator<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    use Operator as O;
    let what = context.body.constant_of.unwrap_or("constant expression");
    let own = context.places.instr(at);
    match operator {
        O::End
        | O::I32Const { .. }
        | O::I64Const { .. }
        | O::F32Const { .. }
        | O::F64Const { .. }
        | O::V128Const { .. }
        | O::RefNull { .. }
        | O::RefFunc { .. }
        | O::RefI31
        | O::RefI31Shared
        | O::StructNew { .. }
        | O::StructNewDefault { .. }
        | O::StructNewDesc { .. }
        | O::StructNewDefaultDesc { .. }
        | O::ArrayNew { .. }
        | O::ArrayNewDefault { .. }
        | O::ArrayNewFixed { .. }
        | O::AnyConvertExtern
        | O::ExternConvertAny
        | O::I32Add
        | O::I32Sub
        | O::I32Mul
        | O::I64Add
        | O::I64Sub
        | O::I64Mul => true,
        O::GlobalGet { global_index } => {
            let index = *global_index;
            let Some(global) = context.checker.resources.global_at(index) else { return true };
            let name = context.declared.thing_name(Space::Global, index);
            if global.mutable {
                let diagnostic = Diagnostic::error(
                    Code::NotConstant,
                    context.places.immediate(at, 0).unwrap_or(own),
                    format!("the global {name} is mutable and cannot be used in the {what}"),
                );
                diagnostics.push(context.declared.with_declaration(diagnostic, Space::Global, index));
                return false;
            }
            let of_table = context.body.constant_of.is_some_and(|what| what.ends_with("of the table"));
            if of_table && context.declared.is_defined(Space::Global, index) {
                let message =
                    format!("the global {name} cannot be used in the {what}: only an imported one can");
                let diagnostic = Diagnostic::error(
                    Code::NotConstant,
                    context.places.immediate(at, 0).unwrap_or(own),
                    message,
                )
                .with_note("in the binary the tables are before the globals that the module defines");
                diagnostics.push(context.declared.with_declaration(diagnostic, Space::Global, index));
                return false;
            }
            let declared = context.declared.place(Space::Global, index);
            let later = declared.is_some_and(|place| place.start >= context.body.form.start)
                && context.declared.is_defined(Space::Global, index);
            if later && context.body.constant_of.is_some() {
                let diagnostic = Diagnostic::error(
                    Code::NotConstant,
                    context.places.immediate(at, 0).unwrap_or(own),
                    format!("unknown global {name} here: the {what} can only use globals defined before it"),
                );
                diagnostics.push(context.declared.with_declaration(diagnostic, Space::Global, index));
                return false;
            }
            true
        }
        _ => {
            let mnemonic = &context.places.source[own.range()];
            let diagnostic = Diagnostic::error(
                Code::NotConstant,
                own,
                format!("constant expression required: `{mnemonic}` cannot stand in the {what}"),
            )
            .with_note(
                "a constant expression has only `t.const`, `ref.null`, `ref.func`, `ref.i31`, `global.get` of an \
                 immutable global defined before, `struct.new`, `array.new` and their kin, and additions, subtractions \
                 and multiplications of integers",
            );
            diagnostics.push(diagnostic);
            false
        }
    }
}
