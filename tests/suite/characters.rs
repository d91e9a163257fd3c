//! Non-ASCII characters: invisible ones, those that change the display order of the text, and those that look like an
//! ASCII character.

use gcwat::{Applicability, Assembler, Code, Diagnostic, Lint};
use std::time::{Duration, Instant};

fn check(text: &str) -> Vec<Diagnostic> {
    Assembler::new().check(text).iter().cloned().collect()
}

/// Returns the only diagnostic of a text.
fn only(text: &str) -> Diagnostic {
    let mut found = check(text);
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    found.remove(0)
}

const BIDIRECTIONAL: [char; 9] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}',
];

#[test]
fn a_bidirectional_character_has_a_warning_in_every_comment_and_string() {
    for character in BIDIRECTIONAL {
        let code_point = format!("U+{:04X} ", character as u32);
        for (place, before, after) in [
            ("comment", "(module ;; ", "\n)"),
            ("comment", ";; ", "\n(module)"),
            ("comment", "(module) (; \n ", " ;)"),
            ("comment", "(module (func nop (; (; ;) ", ";)))"),
            ("string", "(module (data \"", "\"))"),
            ("string", "(module (func $\"a", "\"))"),
            ("string", "(module (func (export \"", "\")))"),
            ("string", "(module (@ignored (x \"", "\")))"),
            ("string", "(@ignored \"", "\") (module)"),
        ] {
            let text = format!("{before}{character}{after}");
            let warning = only(&text);
            assert_eq!(warning.code, Code::BidirectionalText, "{text}");
            assert!(!warning.is_error());
            assert!(
                warning.message.contains(&code_point) && warning.message.contains(place),
                "{}",
                warning.message
            );
            assert_eq!(warning.span.range(), before.len()..before.len() + 3, "{text}");
            let suggestion = &warning.suggestions[0];
            let fixed = suggestion.apply(&text);
            assert_eq!(check(&fixed), [], "{fixed}");
            let sure = match place {
                "string" => Applicability::MachineApplicable,
                _ => Applicability::MaybeIncorrect,
            };
            assert_eq!(suggestion.applicability, sure);
            // The suggestion does not change the bytes.
            assert_eq!(gcwat::assemble(&fixed).unwrap(), gcwat::assemble(&text).unwrap());
        }
    }
}

#[test]
fn the_warning_can_be_denied_and_allowed() {
    let text = "(module (data \"\u{202e}\"))";
    assert!(Assembler::new().deny(Lint::BidirectionalText).assemble(text).is_err());
    assert!(Assembler::new().deny_warnings(true).assemble(text).is_err());
    let assembled = Assembler::new().allow(Lint::BidirectionalText).assemble(text).unwrap();
    assert!(assembled.warnings().is_empty());
    let fixed = Assembler::new().fix(text);
    assert_eq!((&*fixed.text, fixed.remaining.len()), ("(module (data \"\\u{202e}\"))", 0));
    // A comment is not changed automatically.
    let text = "(module) ;; \u{202e}";
    assert_eq!(Assembler::new().fix(text).text, text);
    // Input given as bytes is checked too.
    assert_eq!(Assembler::new().check_bytes(text.as_bytes()).len(), 1);
    let long = format!("{}{text}", ";; \u{e9}\n".repeat(1 << 16));
    assert_eq!(Assembler::new().check_bytes(long.as_bytes()).len(), 1);
}

#[test]
fn bidirectional_warnings_are_reported_with_the_errors() {
    let found = check("(module (func (call $f)) ;; \u{2067}\n)");
    let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::UnknownName, Code::BidirectionalText]);
}

/// A wrong text, a part of its only message, and the text after the first suggestion. The prefix is `!` if the
/// suggestion is machine-applicable, and `?` if it is a guess.
const WRONG: &[(&str, &str, &str)] = &[
    // Invisible.
    ("(module\u{200b})", "U+200B ZERO WIDTH SPACE", "!(module)"),
    ("\u{200f}(module)", "U+200F RIGHT-TO-LEFT MARK", "!(module)"),
    ("(module \u{feff} )", "U+FEFF BYTE ORDER MARK", "!(module  )"),
    ("(module \u{ad})", "U+00AD SOFT HYPHEN", "!(module )"),
    ("(module \u{2028})", "U+2028 LINE SEPARATOR", "!(module \n)"),
    ("(module \u{85})", "U+0085 NEXT LINE", "!(module \n)"),
    ("(func (drop (i32.\u{200d}const 1)))", "U+200D ZERO WIDTH JOINER", "!(func (drop (i32.const 1)))"),
    ("(func (drop (i32.const\u{200b}1)))", "U+200B ZERO WIDTH SPACE", "?(func (drop (i32.const 1)))"),
    ("(module \u{202e})", "U+202E RIGHT-TO-LEFT OVERRIDE", "!(module )"),
    ("(module \u{200b}\u{200c}\u{200b})", "U+200B ZERO WIDTH SPACE and 2 more", "!(module )"),
    // Spaces, quotes, dashes.
    ("(func\u{a0}nop)", "U+00A0 NO-BREAK SPACE", "!(func nop)"),
    ("(func\u{3000}\u{3000}nop)", "U+3000 IDEOGRAPHIC SPACE (2 times)", "!(func  nop)"),
    ("(func (export \u{201c}f\u{201d}))", "U+201C LEFT DOUBLE QUOTATION MARK", "!(func (export \"f\"))"),
    ("(func (export \u{2018}f\u{2019}))", "U+2018 LEFT SINGLE QUOTATION MARK", "?(func (export \"f\"))"),
    (
        "(global i32 (i32.const \u{2212}5))",
        "U+2212 MINUS SIGN, which looks like `-`",
        "!(global i32 (i32.const -5))",
    ),
    ("(global i32 (i32.const \u{2013}0x1f))", "U+2013 EN DASH", "!(global i32 (i32.const -0x1f))"),
    ("(global i32 (i32.const 0\u{d7}1f))", "U+00D7 MULTIPLICATION SIGN", "!(global i32 (i32.const 0x1f))"),
    // Look-alikes.
    (
        "(func (drop (\u{456}32.const 1)))",
        "U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I, which looks like `i`",
        "!(func (drop (i32.const 1)))",
    ),
    ("(func n\u{43e}p)", "U+043E CYRILLIC SMALL LETTER O, which looks like `o`", "!(func nop)"),
    ("(func n\u{3bf}p)", "U+03BF GREEK SMALL LETTER OMICRON", "!(func nop)"),
    ("(func \u{ff4e}\u{ff4f}\u{ff50})", "U+FF4E FULLWIDTH LATIN SMALL LETTER N", "!(func nop)"),
    ("(func $c\u{43e}unt)", "U+043E CYRILLIC SMALL LETTER O", "?(func $count)"),
    ("\u{ff08}func)", "U+FF08 FULLWIDTH LEFT PARENTHESIS", "!(func)"),
    ("(func) \u{ff1b}\u{ff1b} x\n", "U+FF1B FULLWIDTH SEMICOLON", "?(func) ;; x\n"),
    // Names that must be quoted.
    ("(func $\u{e9})", "`$\u{e9}` has letters outside ASCII", "!(func $\"\u{e9}\")"),
    ("(func $caf\u{e9}_1)", "`$caf\u{e9}_1` has letters outside ASCII", "!(func $\"caf\u{e9}_1\")"),
    ("(func $\u{438}\u{43c}\u{44f})", "has letters outside ASCII", "!(func $\"\u{438}\u{43c}\u{44f}\")"),
    ("(func $\u{3b1}\u{3b2})", "has letters outside ASCII", "!(func $\"\u{3b1}\u{3b2}\")"),
    (
        "(func $\u{456})",
        "contains `\u{456}`, U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I, which looks like `i`,",
        "!(func $\"\u{456}\")",
    ),
    ("(func $\u{1f389})", "contains U+1F389", "!(func $\"\u{1f389}\")"),
    ("(func $\u{e000}x)", "contains U+E000 (private use)", "!(func $\"\u{e000}x\")"),
    ("(func $a\u{2192}b)", "contains U+2192", "!(func $\"a\u{2192}b\")"),
    // A word is not reported without its character.
    (
        "(func (drop (i32.c\u{f6}nst 1)))",
        "unexpected character `\u{f6}`, U+00F6",
        "?(func (drop (i32.const 1)))",
    ),
    ("(func (drop (i32\u{b7}const 1)))", "U+00B7", "?(func (drop (i32.const 1)))"),
    // Other characters.
    ("(func \u{2192}\u{2192} nop)", "U+2192 (2 times)", "?(func  nop)"),
    ("(func \u{e000} nop)", "U+E000 (private use)", "?(func  nop)"),
];

#[test]
fn a_non_ascii_character_is_named_once_with_its_lookalike() {
    for (text, message, fixed) in WRONG {
        let error = only(text);
        assert_eq!(error.code, Code::UnexpectedCharacter, "{text}");
        assert!(error.message.contains(message), "{text}: {}", error.message);
        let suggestion = &error.suggestions[0];
        let sign = match suggestion.applicability {
            Applicability::MachineApplicable => '!',
            _ => '?',
        };
        assert_eq!(format!("{sign}{}", suggestion.apply(text)), *fixed, "{text}");
    }
}

#[test]
fn an_unknown_name_that_looks_like_a_known_one_has_a_note() {
    let error = only("(module (func $count) (func (call $\"c\u{43e}unt\")))");
    assert_eq!(error.code, Code::UnknownName);
    assert_eq!(error.notes, ["the name contains U+043E CYRILLIC SMALL LETTER O, which looks like `o`"]);
    let error = only("(module (func $a) (func (call $\"a\u{200b}\")))");
    assert_eq!(error.notes, ["the name contains U+200B ZERO WIDTH SPACE"]);
}

#[test]
fn adjacent_characters_are_one_error_in_linear_time() {
    for part in ["\u{e9}", "$\u{e9}", "\u{200b}", "\u{a0}", "\u{2192}"] {
        let name = part.escape_unicode();
        let (first, last) = part.split_at(part.len() - part.chars().next_back().unwrap().len_utf8());
        let text = format!("(module (func {first}{} nop))", last.repeat(100_000));
        let start = Instant::now();
        assert_eq!(check(&text).len(), 1, "{name}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    }
}
