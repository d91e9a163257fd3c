//! Predicates on lines and texts that are not the text format.
//!
//! Each returns the range of what it recognized. A predicate must not match a mistake in the text format, so
//! it asks for more than one sign of the other language where a single one could be a slip.

use std::ops::Range;

/// The range of what was recognized.
pub(super) type Found = Option<Range<usize>>;

/// A line of the input.
pub(super) struct Line<'s> {
    /// The line with the contents of strings and comments replaced.
    pub(super) code: &'s str,
    /// The line as it is; as long as `code`, white space at its end left out.
    pub(super) raw: &'s str,
    /// Whether some line of the input is `#endif`.
    pub(super) has_endif: bool,
}

impl<'s> Line<'s> {
    /// Whether it is neither empty nor a comment, those of other languages included.
    pub(super) fn is_significant(&self) -> bool {
        let text = self.raw.trim_start_matches(['\u{feff}', ' ', '\t']);
        let is_comment = ["//", "/*", "* ", "*/"].iter().any(|mark| text.starts_with(mark)) || text == "*";
        !is_comment && !self.code.trim_start_matches('\u{feff}').trim().is_empty()
    }

    fn text(&self) -> &'s str {
        self.code.trim_start_matches('\u{feff}').trim_start()
    }

    fn raw_text(&self) -> &'s str {
        self.raw.trim_start_matches('\u{feff}').trim_start()
    }

    fn indent(&self) -> usize {
        self.code.len() - self.text().len()
    }

    /// The whole line, if `condition` holds.
    fn found_if(&self, condition: bool) -> Found {
        condition.then(|| self.indent()..self.raw.len().max(self.indent()))
    }

    /// The words of the line, with whatever touches them.
    fn words(&self) -> impl Iterator<Item = &'s str> {
        self.text().split_ascii_whitespace()
    }

    fn first_word(&self) -> &'s str {
        self.words().next().unwrap_or_default()
    }

    fn starts_with_any(&self, starts: &[&str]) -> bool {
        starts.iter().any(|start| self.text().starts_with(start))
    }

    fn contains_any(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.text().contains(part))
    }

    /// Whether the line ends as a statement or the head of a block does.
    fn ends_statement(&self) -> bool {
        let text = strip_comment(self.text());
        text.ends_with([';', '{', '}', ','])
    }
}

/// How far the end of a placeholder or a tag is looked for.
const NEAR: usize = 256;

/// The start of a text, up to the end of its line.
fn near(text: &str) -> &str {
    let near = &text[..text.floor_char_boundary(NEAR)];
    near.split('\n').next().unwrap_or_default()
}

/// The text without a comment of C at its end.
fn strip_comment(text: &str) -> &str {
    text.split("//").next().unwrap_or_default().trim_end()
}

/// The identifier that a text begins with; empty if there is none.
fn identifier(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let len = text.find(|c| !is_part(c)).unwrap_or(text.len());
    if text.starts_with(|c: char| c.is_ascii_digit()) { "" } else { &text[..len] }
}

/// Whether a text is an identifier, perhaps after one of the words, that parentheses follow directly.
fn is_call_after(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let name = identifier(rest.trim_start_matches(' '));
            let rest = rest.trim_start_matches(' ');
            !name.is_empty() && !name.starts_with('$') && rest[name.len()..].starts_with(['(', '<', '['])
        })
    })
}

/// Whether a text begins with one of the words, a name and a brace.
fn is_block_after(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches(' ');
            let name = identifier(rest);
            !name.is_empty() && !name.starts_with('$') && rest.ends_with('{')
        })
    })
}

// ---------------------------------------------------------------------------------- Parts of any text

pub(super) fn component(line: &Line<'_>) -> Found {
    let rest = line.text().strip_prefix('(')?;
    let word = rest.trim_start().strip_prefix("component")?;
    if word.starts_with(|c: char| !c.is_whitespace() && !"()$".contains(c)) {
        return None;
    }
    let end = line.code.len() - word.len();
    Some(end - "component".len()..end)
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
    line.found_if(is_hunk || line.code.starts_with("diff --git "))
}

pub(super) fn fence(line: &Line<'_>) -> Found {
    let rest = line.raw_text().strip_prefix("```").or_else(|| line.raw_text().strip_prefix("~~~"))?;
    line.found_if(rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" `~{}.-_=\"+".contains(&byte)))
}

/// Lines of C preprocessors.
pub(super) fn preprocessor(line: &Line<'_>) -> Found {
    let directive = line.text().strip_prefix('#')?.trim_start_matches(' ');
    let word = identifier(directive);
    let is_spaced = line.text().starts_with("# ");
    let rest = directive[word.len()..].trim();
    let name = identifier(rest);
    let behind = strip_comment(rest[name.len()..].split("/*").next().unwrap_or_default());
    let is_directive = match word {
        "include" => rest.starts_with(['"', '<']) || (!name.is_empty() && behind.is_empty() && !is_spaced),
        "define" => !name.is_empty() && !is_spaced,
        "ifdef" | "ifndef" | "undef" => !name.is_empty() && behind.is_empty(),
        "endif" => name.is_empty() && behind.is_empty(),
        "if" | "elif" => line.has_endif && !rest.is_empty(),
        "else" => line.has_endif && name.is_empty(),
        "pragma" => name == "once" && behind.is_empty(),
        _ => false,
    };
    line.found_if(is_directive)
}

pub(super) fn m4(line: &Line<'_>) -> Found {
    let text = line.text();
    let macros =
        ["define(", "include(", "sinclude(", "ifdef(", "ifelse(", "undefine(", "changequote(", "divert("];
    let is_builtin = macros.iter().any(|name| text.starts_with(name)) || text.starts_with("changequote");
    let is_prefixed =
        text.strip_prefix("m4_").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    line.found_if(is_builtin || is_prefixed || text == "dnl" || text.starts_with("dnl "))
}

/// Placeholders of templates.
pub(super) fn template(code: &str) -> Found {
    let pairs =
        [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("${", "}"), ("#{", "}"), ("<%", "%>"), ("<?", "?>")];
    let within_line = |(open, close): (&str, &str)| {
        let mut from = 0;
        while let Some(at) = code[from..].find(open) {
            let start = from + at;
            let line = near(&code[start..]);
            let end = line[open.len()..].find(close).map(|len| open.len() + len + close.len());
            if let Some(end) = end.filter(|end| end - open.len() - close.len() > 0) {
                return Some(start..start + end);
            }
            from = start + open.len();
        }
        None
    };
    let placeholders = pairs.into_iter().filter_map(within_line);
    placeholders
        .chain(words(code).find(|range| is_placeholder(&code[range.clone()])))
        .min_by_key(|range| range.start)
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

/// The ranges of words: what is between white space, parentheses and quotes.
fn words(code: &str) -> impl Iterator<Item = Range<usize>> {
    let separators = |c: char| c.is_ascii_whitespace() || matches!(c, '(' | ')' | '"');
    code.split(separators).filter(|word| !word.is_empty()).map(move |word| {
        let start = word.as_ptr() as usize - code.as_ptr() as usize;
        start..start + word.len()
    })
}

/// `&quot;` and its kind.
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

/// Elements of HTML, XML and their kind.
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

/// Lines of objdump and its kind.
pub(super) fn listing(line: &Line<'_>) -> Found {
    let text = line.text();
    let is_header = (text.contains(":\tfile format ") || text.contains(": file format ") || {
        text.contains("file format ")
            && text.split("file format ").next().is_some_and(|head| head.trim_end().ends_with(':'))
    }) || text.starts_with("Disassembly of section ")
        || (text.starts_with("Contents of section ") && text.ends_with(':'))
        || matches!(
            text,
            "Code Disassembly:" | "Section Details:" | "Sections:" | "Contents of section Code:"
        );
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
    line.found_if(is_header || is_code || is_label)
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
    let is_directive = word.starts_with('.') && DIRECTIVES.contains(&&word[1..]);
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
    "set",
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

// ----------------------------------------------------------------------------------- Other languages

pub(super) fn wit(line: &Line<'_>) -> Found {
    let text = strip_comment(line.text());
    let is_kebab = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase() || c == '%')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-%".contains(&byte))
    };
    let is_package = text.strip_prefix("package ").is_some_and(|name| {
        name.split_once(':').is_some_and(|(namespace, rest)| {
            is_kebab(namespace) && rest.ends_with(|c: char| c.is_ascii_alphanumeric() || ";{".contains(c))
        })
    });
    let is_block = ["world ", "interface ", "default world "].iter().any(|word| {
        let block = text.strip_prefix(word).and_then(|rest| rest.strip_suffix(['{', '}']));
        block.is_some_and(|rest| is_kebab(rest.split(['{', ' ']).next().unwrap_or_default()))
    });
    line.found_if(is_package || is_block)
}

pub(super) fn json(line: &Line<'_>) -> Found {
    let text = line.raw_text();
    let is_json = match text.as_bytes() {
        [b'{'] | [b'['] | [b'{', b'}'] => true,
        [b'{', ..] => text[1..].trim_start().starts_with('"') && text.contains(':'),
        [b'[', ..] => text[1..].trim_start().starts_with(['{', '[', '"']) || text[1..].contains(','),
        _ => false,
    };
    line.found_if(is_json)
}

pub(super) fn zig(line: &Line<'_>) -> Found {
    line.found_if(
        line.text().contains("@import(") || is_call_after(line.text(), &["export fn ", "pub export fn "]),
    )
}

pub(super) fn rust(line: &Line<'_>) -> Found {
    let text = line.text();
    let function =
        ["", "pub ", "pub(crate) ", "async ", "unsafe ", "const ", "pub unsafe ", "pub async ", "pub const "];
    let is_function = function.iter().any(|start| {
        text.strip_prefix(start)
            .is_some_and(|rest| is_call_after(rest, &["fn ", "extern \"_\" fn ", "extern \"C\" fn "]))
    }) || (text.contains("extern \"") && text.contains(" fn "));
    let attribute = text.strip_prefix("#[").or_else(|| text.strip_prefix("#!["));
    let is_attribute = attribute.is_some_and(|rest| !identifier(rest).is_empty() && rest.contains(']'));
    let is_use = text.starts_with("use ") && text.contains("::");
    let is_item = is_block_after(
        text,
        &["impl ", "pub struct ", "pub enum ", "pub mod ", "mod ", "pub trait ", "trait "],
    ) || (line.starts_with_any(&["mod ", "pub mod ", "extern crate ", "let mut "])
        && text.ends_with(';'));
    let is_raw_string = ["r#\"", "r##\"", "r\""].iter().any(|open| {
        line.raw.find(open).is_some_and(|at| !line.raw[..at].ends_with(|c: char| c.is_ascii_alphanumeric()))
            && line.contains_any(&["= r", "(r", "!(", ": &"])
    });
    let is_constant =
        line.starts_with_any(&["const ", "static ", "pub const ", "pub static "]) && text.contains(": &");
    let is_macro = line.starts_with_any(&["println!", "assert_eq!", "wat!", "macro_rules!", "wasmtime::"]);
    line.found_if(
        is_function || is_attribute || is_use || is_item || is_raw_string || is_constant || is_macro,
    )
}

pub(super) fn assembly_script(line: &Line<'_>) -> Found {
    let text = line.text();
    let is_function = ["function ", "export function ", "declare function ", "export declare function "]
        .iter()
        .any(|start| text.starts_with(start));
    let types = [
        ": i32", ": i64", ": f32", ": f64", ": u8", ": u32", ": u64", ": usize", ": number", ": string",
        ": bool", ": void",
    ];
    let is_typed = line.contains_any(&types);
    let is_variable =
        line.starts_with_any(&["let ", "const ", "var ", "export let ", "export const "]) && is_typed;
    let is_type = is_block_after(
        text,
        &["export interface ", "export enum ", "enum ", "declare module ", "declare namespace "],
    ) || line.starts_with_any(&["export type ", "declare const ", "import type "])
        || (is_block_after(text, &["interface "])
            && !text["interface ".len()..].starts_with(|c: char| c.is_lowercase()));
    line.found_if((is_function && is_typed) || is_variable || is_type || text.starts_with("@external("))
}

pub(super) fn python(line: &Line<'_>) -> Found {
    let text = line.text();
    let code = text.split('#').next().unwrap_or_default().trim_end();
    let is_function = is_call_after(text, &["def ", "async def "]) && code.ends_with([':', ',', '(']);
    let is_class =
        text.strip_prefix("class ").is_some_and(|rest| !identifier(rest).is_empty() && code.ends_with(':'));
    let module = |rest: &str| {
        let name = rest.split(" as ").next().unwrap_or_default();
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_., ".contains(&b))
    };
    let is_import = code.strip_prefix("import ").is_some_and(module)
        || (code.starts_with("from ") && code.contains(" import "));
    let is_text = ["\"\"\"", "'''"].iter().any(|quotes| {
        line.raw.find(quotes).is_some_and(|at| {
            let before = line.raw[..at].trim_end_matches(['r', 'f', 'b', 'u']).trim_end();
            before.is_empty() || before.ends_with(['=', '(', ','])
        })
    });
    let is_block = code.ends_with(':')
        && line.starts_with_any(&["if __name__", "with ", "for ", "while ", "try:", "elif "]);
    line.found_if(is_function || is_class || is_import || is_text || is_block || text.starts_with("print("))
}

pub(super) fn go(line: &Line<'_>) -> Found {
    let text = line.text();
    let is_function = (is_call_after(text, &["func "]) || text.starts_with("func (")) && text.ends_with('{');
    let package =
        text.strip_prefix("package ").is_some_and(|name| !name.is_empty() && identifier(name) == name);
    line.found_if(is_function || package || text.contains(" := ") || text == "import (")
}

pub(super) fn c(line: &Line<'_>) -> Found {
    const TYPES: &[&str] = &[
        "int ",
        "void ",
        "char ",
        "static ",
        "extern ",
        "const char",
        "unsigned ",
        "struct ",
        "typedef ",
        "uint8_t ",
        "uint32_t ",
        "int32_t ",
        "uint64_t ",
        "int64_t ",
        "size_t ",
        "double ",
        "float ",
        "bool ",
        "long ",
        "inline ",
        "template <",
        "template<",
        "namespace ",
        "using namespace ",
        "constexpr ",
        "auto ",
        "std::",
        "__attribute__",
        "enum ",
        "union ",
        "EMSCRIPTEN_KEEPALIVE",
        "int*",
        "void*",
        "char*",
        "public:",
    ];
    let is_declared = line.starts_with_any(TYPES) && line.contains_any(&["(", "=", "{", ";", "<"]);
    line.found_if(is_declared && (line.ends_statement() || line.text().ends_with([')', '(', '='])))
}

pub(super) fn java(line: &Line<'_>) -> Found {
    const STARTS: &[&str] = &[
        "public class ",
        "public static ",
        "public final ",
        "private static ",
        "private final ",
        "using System",
        "import java.",
        "import kotlin.",
        "fun main(",
        "object ",
        "data class ",
        "import Foundation",
        "proc ",
        "program ",
        "defmodule ",
        "namespace ",
    ];
    line.found_if(
        line.starts_with_any(STARTS)
            || is_call_after(line.text(), &["fun ", "public func ", "private func "]),
    )
}

pub(super) fn java_script(line: &Line<'_>) -> Found {
    let text = line.text();
    let is_variable =
        ["const ", "let ", "var ", "export const ", "export let ", "export var "].iter().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                let rest = rest.trim_start();
                let is_pattern = rest.starts_with(['{', '[']);
                let is_name = !identifier(rest).is_empty() && !rest.starts_with('$');
                (is_pattern || is_name) && (rest.contains('=') || rest.ends_with(';'))
            })
        });
    let import = text.strip_prefix("import ").or_else(|| text.strip_prefix("export "));
    let is_import = import.is_some_and(|rest| {
        let is_from = line.raw.contains(" from '") || line.raw.contains(" from \"");
        let is_braced =
            rest.starts_with(['{', '*']) && (is_from || rest.ends_with(['{', ',']) || rest.ends_with("};"));
        is_from
            || is_braced
            || rest.starts_with('\'')
            || (rest.starts_with('"') && rest.ends_with(['"', ';']))
    });
    let is_export = line.starts_with_any(&[
        "export default",
        "export async ",
        "export class ",
        "module.exports",
        "exports.",
    ]) || is_call_after(text, &["export function ", "export function* "]);
    let is_function = (is_call_after(text, &["function ", "async function ", "function* "])
        || line.starts_with_any(&["(function", "(async ", "(() =>", "async () ", "!function", ";(function"]))
        && line.contains_any(&["{", "=>"]);
    let is_class = text.starts_with("class ") && text.ends_with('{');
    let is_call = line.contains_any(&[
        "new WebAssembly.",
        "WebAssembly.instantiate",
        "WebAssembly.compile",
        "WebAssembly.validate",
        "wasmTextToBinary(",
        "wasmEvalText(",
        "require('",
        "require(\"",
        "console.log(",
        "process.",
        "=> {",
        "=>{",
    ]);
    let is_directive =
        line.raw_text().starts_with("'use strict'") || line.raw_text().starts_with("\"use strict\"");
    // A template literal that a module may follow.
    let is_template = text.match_indices('`').any(|(at, _)| {
        let before = text[..at].trim_end();
        let after = text[at + 1..].trim_start();
        (before.ends_with(['=', '(', ',', ':']) || before.ends_with("return") || before.ends_with("wat"))
            && (after.is_empty() || after.starts_with(['(', ';', '\\', '`']))
    });
    line.found_if(
        is_variable
            || is_import
            || is_export
            || is_function
            || is_class
            || is_call
            || is_directive
            || is_template,
    )
}

pub(super) fn shell(line: &Line<'_>) -> Found {
    let is_heredoc = line.raw.split("<<").skip(1).any(|rest| {
        let word = rest.trim_start_matches('-').trim_start().trim_start_matches(['\'', '"', '\\']);
        word.starts_with(|c: char| c.is_ascii_uppercase()) && line.raw.contains("<<")
    });
    let is_script = line.raw_text().starts_with("#!/") || line.raw_text().starts_with("<?php");
    line.found_if(is_script || is_heredoc || line.starts_with_any(&["set -e", "set -u", "echo \"", "echo '"]))
}

pub(super) fn lisp(line: &Line<'_>) -> Found {
    line.found_if(line.starts_with_any(&[
        "(define (",
        "(defun ",
        "(defn ",
        "(defmacro ",
        "(in-package",
        "(define-",
        "(ns ",
    ]))
}

/// A module within quotes.
pub(super) fn literal(line: &Line<'_>) -> Found {
    let quotes = line.raw_text().trim_start_matches(['\'', '"', '`']);
    let is_quoted = quotes.len() < line.raw_text().len();
    let text = quotes.trim_start_matches("\\n").trim_start();
    line.found_if(is_quoted && (text.starts_with("(module") || text.starts_with("(func")))
}

// ----------------------------------------------------------------------------------- Copies of text

/// Text with a line number before each line.
pub(super) fn numbered(source: &str) -> Found {
    let number = |line: &str| {
        let text = line.trim_start_matches(['L', ' ', '\t']);
        let len = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
        let is_end = text[len..].is_empty() || text[len..].starts_with([' ', '\t', ':', '|', '.', ')']);
        text[..len].parse::<u32>().ok().filter(|_| is_end)
    };
    let mut lines = source.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    let start = number(first)?;
    let follows = |(line, expected)| number(line) == Some(expected);
    let all = lines.take(4).zip(start + 1..).collect::<Vec<_>>();
    (all.len() >= 2 && all.into_iter().all(follows)).then(|| range_in(source, first))
}

/// Text with `>` before each line.
pub(super) fn quoted(source: &str) -> Found {
    let mut lines = source.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().filter(|line| line.starts_with('>'))?;
    let mut count = 0;
    let is_quoted = lines.take(4).all(|line| {
        count += 1;
        line.starts_with('>')
    });
    (is_quoted && count > 0).then(|| range_in(source, first))
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
        let is_command = depth <= 0 && COMMANDS.contains(&word) && rest.trim_start().starts_with(['"', '$']);
        if is_assertion || is_command {
            return Some(at..range_in(code, word).end);
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

/// The range of a part of a text.
fn range_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}
