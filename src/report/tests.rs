//! Tests of the formats with made-up diagnostics.

use super::{MessageFormat, Report};
use crate::diagnostic::{Applicability, Code, Diagnostic, Diagnostics, Edit, Suggestion};
use crate::span::Span;

/// Returns the span of a part of a text.
fn at(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap() as u32;
    Span::new(start, start + part.len() as u32)
}

fn error(span: Span) -> Diagnostic {
    Diagnostic::error(Code::UnknownName, span, "unknown")
}

fn report(text: &str, diagnostic: Diagnostic, format: MessageFormat) -> String {
    let diagnostics = Diagnostics::new(text, vec![diagnostic]);
    Report::new("a.wat", text, &diagnostics).to_string(format)
}

/// The line of the text and that of the carets, as they are shown under each other.
fn shown(text: &str, span: Span) -> (String, String) {
    let report = report(text, error(span), MessageFormat::Human);
    let mut lines = report.lines().skip_while(|line| !line.starts_with(|c: char| c.is_ascii_digit()));
    let mut line = || lines.next().unwrap().split_once('│').unwrap().1.trim_end().to_owned();
    (line(), line())
}

fn edits(edits: &[(Span, &str)]) -> Suggestion {
    let edit = |&(span, replacement): &(Span, &str)| Edit { span, replacement: replacement.to_owned() };
    Suggestion {
        message: "do this".to_owned(),
        edits: edits.iter().map(edit).collect(),
        applicability: Applicability::MachineApplicable,
    }
}

/// The help that is shown for a suggestion.
fn help(text: &str, suggestion: Suggestion) -> String {
    let mut diagnostic = error(Span::new(0, 1));
    diagnostic.suggestions.push(suggestion);
    let report = report(text, diagnostic, MessageFormat::Human);
    let help = report.split_once("= help: ").unwrap().1;
    help.split_once("\n\na.wat: 1 error\n").unwrap().0.to_owned()
}

#[test]
fn the_caret_is_aligned_after_wide_characters() {
    let text = "(; 世界 ;) (call $f)";
    let (line, caret) = shown(text, at(text, "$f"));
    assert_eq!(line, " (; 世界 ;) (call $f)");
    // Each of the two takes two cells.
    assert_eq!(caret, "                  ^^");
    let (_, caret) = shown(text, at(text, "界"));
    assert_eq!(caret, "      ^^");
}

#[test]
fn the_caret_is_aligned_after_combining_characters() {
    let text = "(; e\u{301}e\u{301} ;) (call $f)";
    let (line, caret) = shown(text, at(text, "$f"));
    assert_eq!(line, format!(" {text}"));
    assert_eq!(caret, "                ^^");
}

#[test]
fn the_caret_is_aligned_after_tabs() {
    let text = "\t(call\t$f)";
    let (line, caret) = shown(text, at(text, "$f"));
    assert_eq!(line, "     (call   $f)");
    assert_eq!(caret, "             ^^");
}

#[test]
fn the_caret_is_aligned_in_a_long_line() {
    for filler in ["(func) ", "(; 世é ;) "] {
        let text = format!("{}(call $f) {}", filler.repeat(50_000), filler.repeat(50_000));
        let (line, caret) = shown(&text, at(&text, "$f"));
        let cells = |text: &str| text.chars().map(|c| 1 + usize::from(c == '世')).sum::<usize>();
        let before = cells(line.split_once("$f").unwrap().0);
        assert_eq!(caret, format!("{}^^", " ".repeat(before)));
        assert!(line.len() < 500, "{line}");
    }
}

#[test]
fn a_span_at_the_end_of_the_text_has_a_caret() {
    for text in ["(module", "(module\n", "(module\r\n", ""] {
        let end = Span::new(text.len() as u32, text.len() as u32);
        assert!(shown(text, end).1.contains('^'), "{text:?}");
    }
}

#[test]
fn terminal_control_characters_are_not_printed() {
    let text = "(; \u{1b}[31m \u{202e}\u{85} ;) (call $f)";
    let (line, caret) = shown(text, at(text, "$f"));
    assert_eq!(line, " (; ?[31m \u{fffd}\u{b7} ;) (call $f)");
    assert_eq!(caret, "                      ^^");
}

#[test]
fn a_span_of_many_lines_is_shown_by_its_first_line() {
    let text = format!("(func\n{})\n", "  nop\n".repeat(1000));
    let report = report(&text, error(Span::new(0, text.len() as u32 - 1)), MessageFormat::Human);
    assert!(report.lines().count() < 8 + 2, "{report}");
    assert!(report.contains("(func\n  │ ^^^^^"), "{report}");
}

#[test]
fn a_replaced_word_is_described_and_other_changes_are_shown() {
    let text = "(func\n  local.get $y\n  call $f\n)\n";
    assert_eq!(help(text, edits(&[(at(text, "$y"), "$x")])), "do this: `$x`");
    let both = edits(&[(at(text, "local.get"), "local.tee"), (at(text, "$f"), "$g")]);
    assert_eq!(help(text, both), "do this\n    2 ~ local.tee $y\n    3 ~ call $g");
    let end = Span::new(text.len() as u32, text.len() as u32);
    let new = edits(&[(end, "(elem declare func $f)\n")]);
    assert_eq!(help(text, new), "do this\n    5 + (elem declare func $f)");
    let gone = edits(&[(at(text, "  call $f\n"), "")]);
    assert_eq!(help(text, gone), "do this\n    3 - call $f");
    let close = edits(&[(at(text, "$y").after(), ")")]);
    assert_eq!(help(text, close), "do this\n    2 ~ local.get $y)");
    let long = format!("{} {text}", "(func) ".repeat(100));
    let close = edits(&[(at(&long, "\n").before(), ")")]);
    assert_eq!(help(&long, close), "do this: insert `)` at 1:707");
}

#[test]
fn changed_lines_have_their_new_numbers() {
    let text = "(func)\n(func\n  nop)\n";
    let two = edits(&[(Span::new(0, 0), "(memory 1)\n(table 1 funcref)\n"), (at(text, "nop"), "drop")]);
    assert_eq!(help(text, two), "do this\n    1 + (memory 1)\n    2 + (table 1 funcref)\n    5 ~   drop)");
}

#[test]
fn diagnostics_over_the_limit_are_counted() {
    let text = "x".repeat(30);
    let all = (0..30).map(|at| match at % 3 {
        0 => Diagnostic::warning(Code::NotValidated, Span::new(at, at + 1), "perhaps"),
        _ => error(Span::new(at, at + 1)),
    });
    let diagnostics = Diagnostics::new(&text, all.collect());
    let report = Report::new("a.wat", &text, &diagnostics);
    assert_eq!(report.to_string(MessageFormat::Short).lines().count(), 30);
    let report = report.max_errors(9);
    let cut = report.to_string(MessageFormat::Human);
    assert!(
        cut.contains("... and 11 more errors and 1 more warning\n\na.wat: 20 errors, 10 warnings\n"),
        "{cut}"
    );
    assert!(cut.ends_with("for more information about an error, try `gcwat explain E0301`\n"), "{cut}");
    let short = report.to_string(MessageFormat::Short);
    assert_eq!(short.lines().count(), 18 + 1);
    assert!(short.ends_with("and 11 more errors and 1 more warning\n"), "{short}");
    assert!(!report.max_errors(0).to_string(MessageFormat::Human).contains("... and"));
}

#[test]
fn a_workflow_command_is_one_line_with_any_message() {
    let text = "(call\n $f)";
    let mut one = error(at(text, "$f"));
    one.message = "100% wrong, this:\r\nhere".to_owned();
    let diagnostics = Diagnostics::new(text, vec![one, error(Span::new(0, text.len() as u32))]);
    let report = Report::new("a:b,c%.wat", text, &diagnostics).to_string(MessageFormat::Github);
    assert_eq!(
        report,
        "::error file=a%3Ab%2Cc%25.wat,line=1,endLine=2,title=E0301::unknown\n\
         ::error file=a%3Ab%2Cc%25.wat,line=2,col=2,endLine=2,endColumn=4,title=E0301::\
         100%25 wrong, this:  here\n"
    );
}

#[test]
fn json_has_the_schema_of_rustc() {
    let text = "é (call $f)\n";
    let mut diagnostic = error(at(text, "$f")).with_label(at(text, "(call"), "here").with_note("a note");
    diagnostic.label = "this".to_owned();
    let diagnostic = diagnostic.with_guess("perhaps", at(text, "$f"), "$g");
    let json: serde_json::Value =
        serde_json::from_str(&report(text, diagnostic, MessageFormat::Json)).unwrap();
    let place = |label: &str, bytes: [u32; 2], columns: [u32; 2], is_primary: bool| {
        serde_json::json!({
            "file_name": "a.wat",
            "byte_start": bytes[0],
            "byte_end": bytes[1],
            "line_start": 1,
            "line_end": 1,
            "column_start": columns[0],
            "column_end": columns[1],
            "is_primary": is_primary,
            "text": [{
                "text": "é (call $f)",
                "highlight_start": columns[0],
                "highlight_end": columns[1],
            }],
            "label": if label.is_empty() { serde_json::Value::Null } else { label.into() },
            "suggested_replacement": null,
            "suggestion_applicability": null,
            "expansion": null,
        })
    };
    let mut edit = place("", [9, 11], [9, 11], true);
    edit["column_start"] = 9.into();
    edit["suggested_replacement"] = "$g".into();
    edit["suggestion_applicability"] = "MaybeIncorrect".into();
    let child = |level: &str, message: &str, spans: Vec<serde_json::Value>| {
        serde_json::json!({
            "message": message, "code": null, "level": level, "spans": spans, "children": [], "rendered": null,
        })
    };
    assert_eq!(json["$message_type"], "diagnostic");
    assert_eq!(json["level"], "error");
    assert_eq!(json["message"], "unknown");
    assert_eq!(json["code"]["code"], "E0301");
    assert_eq!(json["code"]["explanation"], Code::UnknownName.explanation());
    assert_eq!(json["spans"][0], place("this", [9, 11], [9, 11], true));
    assert_eq!(json["spans"][1], place("here", [3, 8], [3, 8], false));
    assert_eq!(json["children"][0], child("note", "a note", Vec::new()));
    assert_eq!(json["children"][1], child("help", "perhaps", vec![edit]));
    let rendered = json["rendered"].as_str().unwrap();
    assert!(rendered.starts_with("error[E0301]: unknown\n") && !rendered.contains('\u{1b}'));
}

#[test]
fn json_quotes_a_window_of_a_long_line() {
    let text = format!("{}$f{}", "(é) ".repeat(50_000), " (é)".repeat(50_000));
    let report = report(&text, error(at(&text, "$f")), MessageFormat::Json);
    let json: serde_json::Value = serde_json::from_str(&report).unwrap();
    let span = &json["spans"][0];
    assert_eq!((&span["column_start"], &span["column_end"]), (&200_001.into(), &200_003.into()));
    let quoted = &span["text"][0];
    let line: Vec<char> = quoted["text"].as_str().unwrap().chars().collect();
    let column = |name: &str| quoted[name].as_u64().unwrap() as usize - 1;
    assert_eq!(line[column("highlight_start")..column("highlight_end")], ['$', 'f']);
    assert!(line.len() < 500);
}

#[test]
fn colors_are_off_by_default() {
    let text = "(call $f)";
    let diagnostics = Diagnostics::new(text, vec![error(at(text, "$f"))]);
    let report = Report::new("a.wat", text, &diagnostics);
    let plain = report.to_string(MessageFormat::Human);
    let colored = report.color(true).to_string(MessageFormat::Human);
    assert!(!plain.contains('\u{1b}') && colored.contains("\u{1b}[1m\u{1b}[91merror[E0301]"), "{colored:?}");
}
