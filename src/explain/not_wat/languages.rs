//! Predicates on lines of other languages.
//!
//! Each returns the range that it recognized. A predicate must not match a mistake in the text format, so it
//! requires more than one sign of the other language if a single one could be a slip.

use super::line::{Found, Line, identifier, is_block_after, is_call_after, range_in, strip_comment};

pub(super) fn wit(line: &Line<'_>) -> Found {
    let text = strip_comment(line.text());
    let is_kebab = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase() || c == '%')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-%".contains(&byte))
    };
    let package = text.strip_prefix("package ").and_then(|rest| rest.split([';', '{', '@', ' ']).next());
    let is_package = package
        .and_then(|name| name.split_once(':'))
        .is_some_and(|(namespace, name)| is_kebab(namespace) && name.split(['/', ':']).all(is_kebab));
    let is_block = ["world ", "interface ", "default world "].iter().any(|word| {
        let block = text.strip_prefix(word).and_then(|rest| rest.strip_suffix(['{', '}']));
        block.is_some_and(|rest| is_kebab(rest.split(['{', ' ']).next().unwrap_or_default()))
    });
    line.found_if(is_package || is_block)
}

pub(super) fn json(source: &str) -> Found {
    let text = source.trim_start_matches('\u{feff}').trim();
    let inner = text.get(1..)?.trim_start();
    let is_json = match text.as_bytes()[0] {
        b'{' => {
            let name = inner.strip_prefix('"').and_then(|rest| rest.split_once('"'));
            inner == "}" || name.is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
        }
        b'[' => {
            let number = inner.trim_start_matches(|c: char| c.is_ascii_digit() || "-.".contains(c));
            let is_number = number.len() < inner.len() && number.trim_start().starts_with([',', ']']);
            inner == "]" || inner.starts_with(['{', '"', '[']) || is_number
        }
        _ => false,
    };
    is_json.then(|| range_in(source, text.lines().next().unwrap_or_default()))
}

pub(super) fn zig(line: &Line<'_>) -> Found {
    line.found_if(
        line.text().contains("@import(") || is_call_after(line.text(), &["export fn ", "pub export fn "]),
    )
}

pub(super) fn rust(line: &Line<'_>) -> Found {
    let text = line.text();
    let function =
        ["", "pub ", "pub(super) ", "async ", "unsafe ", "const ", "pub unsafe ", "pub async ", "pub const "];
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
        line.find_raw(open).is_some_and(|at| !line.raw[..at].ends_with(|c: char| c.is_ascii_alphanumeric()))
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
        line.find_raw(quotes).is_some_and(|at| {
            let before = line.raw[..at].trim_end_matches(['r', 'f', 'b', 'u']).trim_end();
            before.strip_suffix('=').is_some_and(|name| identifier(name.trim()) == name.trim())
                || (at == 0 && line.raw.len() > quotes.len())
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
    line.found_if(is_function || package || line.words().nth(1) == Some(":=") || text == "import (")
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
    let is_typed = TYPES.iter().any(|start| {
        line.text().strip_prefix(start).is_some_and(|rest| {
            !start.ends_with(' ')
                || rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "*_{".contains(c))
        })
    });
    let is_declared = is_typed && line.contains_any(&["(", "=", "{", ";", "<"]);
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
    let text = "\"\"\"";
    let is_text = line.find_raw(text).is_some_and(|at| line.raw[..at].trim_end().ends_with(['=', '(', ',']));
    line.found_if(
        is_text
            || line.starts_with_any(STARTS)
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
                let name = identifier(rest);
                let is_name = !name.is_empty()
                    && !name.starts_with('$')
                    && rest[name.len()..].trim_start().starts_with(['=', ':', ';', ',']);
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
    let is_call = line.contains_word(&[
        "new WebAssembly.",
        "WebAssembly.instantiate",
        "WebAssembly.compile",
        "WebAssembly.validate",
        "wasmTextToBinary(",
        "wasmEvalText(",
        "require(\"",
        "require('",
        "console.log(",
    ]) || line.contains_any(&[" => {", ")=> {", ")=>{", ") =>"]);
    let is_directive =
        line.raw_text().starts_with("'use strict'") || line.raw_text().starts_with("\"use strict\"");
    // A template literal, perhaps of a module.
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
    let is_heredoc = line.find_raw("<<").is_some_and(|at| {
        let word =
            line.raw[at + 2..].trim_start_matches('-').trim_start().trim_start_matches(['\'', '"', '\\']);
        word.starts_with(|c: char| c.is_ascii_uppercase())
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

/// A quoted module.
pub(super) fn literal(line: &Line<'_>) -> Found {
    let quotes = line.raw_text().trim_start_matches(['\'', '"', '`']);
    let is_quoted = quotes.len() < line.raw_text().len();
    let text = quotes.trim_start_matches("\\n").trim_start();
    line.found_if(is_quoted && (text.starts_with("(module") || text.starts_with("(func")))
}
