//! Predicates on templates, output of tools, and copies of text.
//!
//! Each returns the range that it recognized, and must not match a mistake in the text format.

use super::line::{Found, Line, NEAR, identifier, near, range_in, strip_comment};
use crate::lex;
use memchr::memmem;
use std::ops::Range;

// ---------------------------------------------------------------------------------- Parts of any text

pub(super) fn component(line: &Line<'_>) -> Found {
    let rest = line.text().strip_prefix('(')?;
    let rest = rest.trim_start();
    let word = rest.split(|c: char| c.is_whitespace() || "()$".contains(c)).next().unwrap_or_default();
    let next = rest[word.len()..].trim_start();
    let is_core = ["module", "type", "func", "instance", "rec"].iter().any(|kind| next.starts_with(kind));
    let start = line.code.len() - rest.len();
    (word == "component" || (word == "core" && is_core)).then(|| start..start + word.len())
}

pub(super) fn conflict(line: &Line<'_>) -> Found {
    let is_marker = ["<<<<<<<", ">>>>>>>", "|||||||"].iter().any(|marker| {
        line.code.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    line.found_if(is_marker)
}

pub(super) fn diff(line: &Line<'_>) -> Found {
    let is_range = |text: &str, sign: char| {
        text.strip_prefix(sign).is_some_and(|range| {
            range.starts_with(|c: char| c.is_ascii_digit())
                && range.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
        })
    };
    let mut words = line.code.split(' ');
    let is_hunk = words.next() == Some("@@")
        && words.next().is_some_and(|word| is_range(word, '-'))
        && words.next().is_some_and(|word| is_range(word, '+'))
        && words.next() == Some("@@");
    line.found_if(is_hunk || line.code.starts_with("diff --git ") || line.code == "***************")
}

pub(super) fn fence(line: &Line<'_>) -> Found {
    let rest = line.text().strip_prefix("```").or_else(|| line.text().strip_prefix("~~~"))?;
    line.found_if(rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" `~{}.-_=\"+".contains(&byte)))
}

/// Lines of C preprocessors.
pub(super) fn preprocessor(line: &Line<'_>) -> Found {
    let directive = line.text().strip_prefix('#')?.trim_start_matches(' ');
    let word = identifier(directive);
    let is_spaced = line.text().starts_with("# ");
    let rest = directive[word.len()..].trim();
    let name = identifier(rest);
    let following = strip_comment(rest[name.len()..].split("/*").next().unwrap_or_default());
    let is_directive = match word {
        "include" => rest.starts_with(['"', '<']) || (!name.is_empty() && following.is_empty() && !is_spaced),
        "define" => !name.is_empty() && !is_spaced,
        "ifdef" | "ifndef" | "undef" => !name.is_empty() && following.is_empty(),
        "endif" => name.is_empty() && following.is_empty(),
        "if" | "elif" => line.has_endif && !rest.is_empty(),
        "else" => line.has_endif && name.is_empty(),
        "pragma" => name == "once" && following.is_empty(),
        _ => false,
    };
    // `# 1 "a.wat"`, written by preprocessors.
    let digits = directive.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_marker = is_spaced && digits.len() < directive.len() && digits.starts_with(" \"");
    line.found_if(is_directive || is_marker)
}

pub(super) fn m4(line: &Line<'_>) -> Found {
    let text = line.text();
    let is_call = text.split_once('(').is_some_and(|(name, _)| {
        matches!(name, "define" | "include" | "sinclude" | "ifdef" | "ifelse" | "undefine" | "divert")
    });
    let is_builtin = is_call || text.starts_with("changequote");
    let is_prefixed =
        text.strip_prefix("m4_").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    line.found_if(is_builtin || is_prefixed || text == "dnl" || text.starts_with("dnl "))
}

/// Placeholders of templates.
pub(super) fn template(code: &str) -> Found {
    let pairs =
        [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("${", "}"), ("#{", "}"), ("<%", "%>"), ("<?", "?>")];
    let within_line = |(open, close): (&str, &str)| {
        memmem::find_iter(code.as_bytes(), open).find_map(|start| {
            let line = near(&code[start..]);
            let len = line[open.len()..].find(close).filter(|&len| len > 0)?;
            Some(start..start + open.len() + len + close.len())
        })
    };
    let placeholders = pairs.into_iter().filter_map(within_line);
    placeholders.chain(placeholder_word(code)).min_by_key(|range| range.start)
}

/// The first word that is a placeholder.
fn placeholder_word(code: &str) -> Found {
    memchr::memchr2_iter(b'@', b'%', code.as_bytes()).find_map(|at| {
        if !code[..at].chars().next_back().is_none_or(is_separator) {
            return None;
        }
        let word = code[at..].split(is_separator).next()?;
        // `%x` may be meant for the identifier `$x`.
        let is_name =
            || code.contains(&format!("${} ", &word[1..])) || code.contains(&format!("${})", &word[1..]));
        (is_placeholder(word) && !is_name()).then(|| at..at + word.len())
    })
}

/// `@PAGES@` of a build system, `%d` of a format string.
fn is_placeholder(word: &str) -> bool {
    let is_configured = |mark: char| {
        word.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)).is_some_and(|name| {
            name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        })
    };
    is_configured('@')
        || is_configured('%')
        || matches!(
            word,
            "%d" | "%i" | "%u" | "%s" | "%x" | "%ld" | "%lu" | "%lld" | "%llu" | "%zu" | "%f" | "%g"
        )
        || (word.starts_with("%(") && word.ends_with(")s"))
}

/// The ranges of words, separated by white space, parentheses and quotes.
fn words(code: &str) -> impl Iterator<Item = Range<usize>> {
    code.split(is_separator).filter(|word| !word.is_empty()).map(move |word| {
        let start = word.as_ptr() as usize - code.as_ptr() as usize;
        start..start + word.len()
    })
}

fn is_separator(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '(' | ')' | '"')
}

/// `&quot;` and similar entities.
pub(super) fn entity(code: &str) -> Found {
    code.match_indices('&').find_map(|(at, _)| {
        let rest = &code[at + 1..];
        let len = rest.bytes().take(12).position(|byte| byte == b';')?;
        let name = &rest[..len];
        let is_number = name.strip_prefix('#').is_some_and(|number| {
            let digits = number.strip_prefix(['x', 'X']).unwrap_or(number);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let is_named = matches!(
            name,
            "quot"
                | "lt"
                | "gt"
                | "amp"
                | "apos"
                | "nbsp"
                | "lpar"
                | "rpar"
                | "dollar"
                | "semi"
                | "period"
                | "num"
        );
        (is_number || is_named).then_some(at..at + len + 2)
    })
}

/// Elements of HTML and XML.
pub(super) fn html(code: &str) -> Found {
    code.match_indices('<').find_map(|(at, _)| {
        // A name may contain angle brackets: `$Vec<i32>`.
        let is_part = |byte: &u8| byte.is_ascii_graphic() && !b"()\"".contains(byte);
        let len = code.as_bytes()[..at].iter().rev().take(NEAR).take_while(|byte| is_part(byte)).count();
        if code.as_bytes()[at - len..].starts_with(b"$") {
            return None;
        }
        let rest = &code[at + 1..];
        let name = identifier(rest.trim_start_matches(['/', '!', '?']));
        let len = near(rest).find('>')?;
        let is_closing = rest.starts_with('/') && !name.is_empty() && len == name.len() + 1;
        let is_known = rest.starts_with(identifier(rest))
            && ELEMENTS.contains(&&*identifier(rest).to_ascii_lowercase())
            && (len == identifier(rest).len() || rest[identifier(rest).len()..].starts_with([' ', '/']));
        let is_declaration = rest.starts_with("!--")
            || rest.starts_with("?xml")
            || rest.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype"));
        (is_closing || is_known || is_declaration).then_some(at..at + len + 2)
    })
}

const ELEMENTS: &[&str] = &[
    "html", "head", "body", "script", "style", "title", "meta", "link", "div", "span", "pre", "code", "p",
    "br", "a", "table", "tr", "td", "li", "ul", "ol", "h1", "h2", "h3", "svg", "template", "textarea", "b",
    "i", "em", "strong",
];

// ----------------------------------------------------------------------------------- Output of tools

/// Headers of objdump and similar tools.
pub(super) fn listing_header(code: &str) -> Found {
    let may_occur = |word: &str| memmem::find(code.as_bytes(), word.as_bytes()).is_some();
    if !["file format ", "Disassembly", "ection"].into_iter().any(may_occur) {
        return None;
    }
    let is_header = |line: &&str| {
        let text = line.trim();
        text.split_once("file format ").is_some_and(|(head, _)| head.trim_end().ends_with(':'))
            || text.starts_with("Disassembly of section ")
            || (text.starts_with("Contents of section ") && text.ends_with(':'))
            || matches!(text, "Code Disassembly:" | "Section Details:" | "Sections:")
    };
    code.lines().find(is_header).map(|line| range_in(code, line.trim()))
}

/// Lines of objdump and similar tools.
pub(super) fn listing_line(line: &Line<'_>) -> Found {
    let text = line.text();
    // `000028: 20 00       | local.get 0`, `   3: 20 00     \tlocal.get\t0`
    let is_code = text.split_once(':').is_some_and(|(address, bytes)| {
        let is_hex = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut bytes = bytes.split_ascii_whitespace();
        is_hex(address)
            && bytes.next().is_some_and(|byte| byte.len() == 2 && is_hex(byte))
            && bytes.any(|word| {
                word == "|" || word.starts_with(|c: char| c.is_ascii_lowercase() && !is_hex(word))
            })
    });
    // `000027 func[0] <add>:`, `00000000 <CODE>:`
    let is_label = text.ends_with(">:")
        && text
            .split(' ')
            .next()
            .is_some_and(|word| word.len() >= 6 && word.bytes().all(|b| b.is_ascii_hexdigit()));
    let is_bytes = |text: &str| {
        let is_byte = |word: &str| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        !text.trim().is_empty() && text.split_ascii_whitespace().all(is_byte)
    };
    // `00000008  01 05 ...`
    let is_annotated = line.code.get(8..10) == Some("  ")
        && line.code[..8].bytes().all(|byte| byte.is_ascii_hexdigit())
        && line.code.get(10..12).is_some_and(is_bytes)
        && line.code.len() > 12;
    // ` 0x8 | 01 07       | type section`
    let mut columns = line.code.split('|').skip(1);
    let is_table = text.starts_with("0x") && columns.next().is_some_and(is_bytes) && columns.next().is_some();
    line.found_if(is_code || is_label || is_annotated || is_table)
}

/// Lines of xxd, hexdump and od.
pub(super) fn hex_dump(code: &str) -> Found {
    let is_dump = |line: &str| {
        let mut words = line.split_ascii_whitespace();
        let address = words.next().unwrap_or_default().trim_end_matches(':');
        let is_hex = |word: &str| word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let first = words.next().unwrap_or_default();
        address.len() >= 6
            && is_hex(address)
            && matches!(first.len(), 2..=8)
            && first.len().is_multiple_of(2)
            && is_hex(first)
            && words.next().is_none_or(is_hex)
            && !line.contains(" | ")
    };
    let mut lines = code.lines().skip_while(|line| line.trim().is_empty());
    let first = lines.next()?;
    (is_dump(first) && lines.next().is_none_or(is_dump)).then(|| range_in(code, first))
}

/// A binary as base64 or as hexadecimal digits.
pub(super) fn encoded(line: &Line<'_>) -> Found {
    let text = line.raw_text().trim_start_matches(['"', '\'']);
    let base64 = text.split("base64,").last().unwrap_or(text);
    let digits: String = text.bytes().filter(u8::is_ascii_hexdigit).take(8).map(char::from).collect();
    let is_hex =
        digits == "0061736d" && text.bytes().take(8).all(|byte| byte.is_ascii_hexdigit() || byte == b' ');
    line.found_if(base64.starts_with("AGFzb") || is_hex)
}

/// Directives of assemblers.
pub(super) fn assembly(line: &Line<'_>) -> Found {
    let word = line.first_word();
    // `memory` and `.size` of an instruction may be on separate lines.
    let is_directive = word.starts_with('.')
        && DIRECTIVES.contains(&&word[1..])
        && (word != ".size" || line.text().contains(','));
    let is_nasm = word == "section" && line.words().nth(1).is_some_and(|name| name.starts_with('.'));
    line.found_if(is_directive || is_nasm)
}

const DIRECTIVES: &[&str] = &[
    "functype",
    "globl",
    "global",
    "section",
    "text",
    "data",
    "bss",
    "rodata",
    "file",
    "type",
    "size",
    "p2align",
    "align",
    "balign",
    "globaltype",
    "tabletype",
    "tagtype",
    "import_module",
    "import_name",
    "export_name",
    "ident",
    "asciz",
    "ascii",
    "string",
    "int8",
    "int16",
    "int32",
    "int64",
    "hidden",
    "weak",
    "local",
    "no_dead_strip",
    "init_array",
    "cfi_startproc",
    "intel_syntax",
    "skip",
    "zero",
    "long",
    "quad",
    "byte",
];

pub(super) fn llvm_ir(line: &Line<'_>) -> Found {
    let is_ir = line.starts_with_any(&[
        "; ModuleID = ",
        "target triple = ",
        "target datalayout = ",
        "source_filename = ",
    ]) || (line.starts_with_any(&["define ", "declare "])
        && line.text().contains('@')
        && line.text().contains('('));
    line.found_if(is_ir)
}

// ----------------------------------------------------------------------------------- Copies of text

/// Text with a line number before each line.
pub(super) fn numbered(source: &str) -> Found {
    let number = |line: &str| {
        let text = line.trim_start_matches(['L', ' ', '\t']);
        let len = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
        let is_end = text[len..].is_empty() || text[len..].starts_with([' ', '\t', ':', '|', '.', ')']);
        text[..len].parse::<u32>().ok().filter(|_| is_end).map(u64::from)
    };
    let mut lines = source.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    let start = number(first)?;
    let mut others = lines.zip(start + 1..).take(2);
    let follows = |(line, expected): (&str, u64)| number(line) == Some(expected);
    let is_form = first.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || " \t:|.".contains(c));
    let is_numbered =
        others.next().is_some_and(follows) && others.next().map_or_else(|| is_form.starts_with('('), follows);
    is_numbered.then(|| range_in(source, first))
}

/// Text with `>` before each line.
pub(super) fn quoted(source: &str) -> Found {
    let mut lines = source.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().filter(|line| line.starts_with('>'))?;
    let is_quoted = lines.next().is_some_and(|line| line.starts_with('>'));
    is_quoted.then(|| range_in(source, first))
}

/// Commands of test scripts.
pub(super) fn script(code: &str) -> Found {
    const COMMANDS: &[&str] = &["invoke", "register", "get", "thread", "wait"];
    let mut depth = 0i64;
    let bytes = code.as_bytes();
    for at in memchr::memchr2_iter(b'(', b')', bytes) {
        if bytes[at] == b')' {
            depth -= 1;
            continue;
        }
        let inner = code[at + 1..].trim_start();
        let len = inner.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(inner.len());
        let (word, rest) = inner.split_at(len);
        let is_assertion = word.strip_prefix("assert_").is_some_and(|kind| ASSERTIONS.contains(&kind));
        if is_assertion
            || (depth <= 0 && COMMANDS.contains(&word) && rest.trim_start().starts_with(['"', '$']))
        {
            return Some(at..range_in(code, word).end);
        }
        let kind = rest.trim_start();
        let kind = &kind[..kind.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(kind.len())];
        if depth <= 0 && word == "module" && matches!(kind, "definition" | "instance") {
            return Some(at..range_in(code, kind).end);
        }
        depth += 1;
    }
    None
}

const ASSERTIONS: &[&str] = &[
    "return",
    "trap",
    "exhaustion",
    "suspension",
    "exception",
    "malformed",
    "malformed_custom",
    "invalid",
    "invalid_custom",
    "unlinkable",
    "return_canonical_nan",
    "return_arithmetic_nan",
    "return_nan",
];

/// Text with no sign of the text format, such as prose.
pub(super) fn unknown(code: &str) -> Found {
    const LEAST: usize = 6;
    const MOST: usize = 1000;
    let is_known = |word: &str| lex::op(word).is_some() || lex::words().any(|known| known == word);
    let words: Vec<_> = words(code).take(MOST).collect();
    let known: Vec<_> = words.iter().filter(|range| is_known(&code[(*range).clone()])).collect();
    // Words that do not occur in other text.
    let is_sign = |range: &&&Range<usize>| {
        code[(**range).clone()].contains('.') || code[..range.start].trim_end().ends_with('(')
    };
    let is_name = |range: &Range<usize>| code[range.clone()].starts_with('$');
    let has_sign = known.iter().any(|range| is_sign(&range)) || words.iter().any(is_name);
    let first = words.first()?;
    let is_form = code[..first.start].contains('(');
    (words.len() >= LEAST && !is_form && !has_sign && known.len() * 4 < words.len()).then(|| first.clone())
}
