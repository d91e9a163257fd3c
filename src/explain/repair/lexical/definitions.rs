//! Functions of other languages, each as one error.

use super::token::{BadToken, NEAR};
use crate::diagnostic::Code;
use crate::explain::repair::recoverable::Recoverable;
use crate::explain::vocabulary::alias;
use crate::lex::{is_idchar, keyword};
use crate::span::{Span, floor_boundary};

/// The maximum length of the text before the token, in bytes.
const LONGEST: usize = 256;

/// Words that begin a function in other languages, and the language.
const HEADS: &[(&str, &str)] = &[
    ("function", "JavaScript"),
    ("async", "JavaScript"),
    ("fn", "Rust"),
    ("pub", "Rust"),
    ("func", "Go"),
    ("int", "C"),
    ("void", "C"),
    ("float", "C"),
    ("double", "C"),
    ("long", "C"),
    ("char", "C"),
    ("bool", "C"),
    ("static", "C"),
    ("unsigned", "C"),
    ("int32_t", "C"),
    ("uint32_t", "C"),
    ("extern", "C"),
];

/// Words that begin a function in parentheses.
const FORMS: [&str; 3] = ["(func", "(fn", "(function"];

/// A function of another language.
struct Definition<'s> {
    /// The text before the parameters.
    head: &'s str,
    params: &'s str,
    /// The text between the parameters and the body.
    between: &'s str,
    body: &'s str,
    /// The length of the whole.
    len: usize,
}

impl<'s> Definition<'s> {
    /// Reads a function at the start of some text.
    fn read(text: &'s str) -> Option<Definition<'s>> {
        let (head, rest) = text.split_once('(')?;
        let (params, rest) = rest.split_once(')')?;
        let (between, body) = rest.split_once('{')?;
        if params.contains('(') || !head.trim().contains(' ') {
            return None;
        }
        let mut depth = 1;
        let end = body.bytes().position(|byte| {
            depth += i32::from(byte == b'{') - i32::from(byte == b'}');
            depth == 0
        })?;
        let len = text.len() - body.len() + end + 1;
        Some(Definition { head, params, between: between.trim(), body: &body[..end], len })
    }

    fn name(&self) -> Option<&'s str> {
        let name = self.head.trim().rsplit([' ', '*', '&']).next()?.trim_start_matches('$');
        (!name.is_empty() && name.bytes().all(is_idchar)).then_some(name)
    }

    /// The parameters and results in the text format, if their types are known.
    fn signature(&self) -> Option<String> {
        let mut parts = Vec::new();
        if !self.params.trim().is_empty() && self.params.trim() != "void" {
            parts = self.params.split(',').map(param).collect::<Option<Vec<String>>>()?;
        }
        let after = self.between.trim_start_matches("->").trim_start_matches(':');
        let result = match after.trim_matches([' ', '(', ')']) {
            "" => self.head.split_whitespace().rev().nth(1).filter(|word| !is_head(word))?,
            after => after,
        };
        if result != "void" {
            parts.push(format!("(result {})", value_type(result)?));
        }
        Some(parts.join(" "))
    }
}

/// Whether a word begins a function without being the type of its result.
fn is_head(word: &str) -> bool {
    matches!(word, "fn" | "func" | "function")
}

/// A parameter of C, Rust or Go in the text format.
fn param(text: &str) -> Option<String> {
    let (name, ty) = match text.split_once(':') {
        Some((name, ty)) => (name.trim(), value_type(ty)?),
        None => {
            let (first, last) = text.trim().rsplit_once(' ')?;
            match value_type(first) {
                Some(ty) => (last, ty),
                None => (first.trim(), value_type(last)?),
            }
        }
    };
    let name = name.trim_start_matches('$');
    (!name.is_empty() && name.bytes().all(is_idchar)).then(|| format!("(param ${name} {ty})"))
}

/// The value type with the meaning of a type of another language.
fn value_type(text: &str) -> Option<&'static str> {
    const TYPES: [&str; 8] = ["i32", "i64", "f32", "f64", "v128", "funcref", "externref", "anyref"];
    let text = text.trim();
    let known = TYPES.into_iter().find(|ty| *ty == text);
    let ty = known.or_else(|| alias(text.trim_end_matches("_t")))?;
    Some(match ty {
        "i8" | "i16" => "i32",
        ty => ty,
    })
}

impl BadToken<'_> {
    /// `int add(int a, int b) { return a + b; }`, around the token.
    pub(super) fn foreign_function(&self) -> Option<Recoverable> {
        let line = self.line_before();
        if line.len() > LONGEST {
            return None;
        }
        let start = self.span.start as usize - line.trim_start().len();
        let text = &self.source[start..];
        let text = &text[..floor_boundary(text, NEAR)];
        let first = text.split(|c: char| !u8::try_from(c).is_ok_and(is_idchar)).next()?;
        let (_, language) = HEADS.iter().find(|(head, _)| *head == first)?;
        let definition = Definition::read(text)?;
        let is_head = definition.head.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b' ' | b'*' | b'&' | b'<' | b'>')
        });
        if !is_head {
            return None;
        }
        let meant = definition.name().zip(definition.signature());
        let meant = meant.map(|(name, signature)| format!("(func ${name} {signature}"));
        let read = meant.as_ref().map_or(String::new(), |head| format!("{head} unreachable)"));
        Some(self.defined(start, &definition, language, meant, read))
    }

    /// `(func $add(i32 $a, i32 $b) -> i32 { return $a + $b; })`, around the token.
    pub(super) fn foreign_form(&self) -> Option<Recoverable> {
        let line = self.line_before();
        if line.len() > LONGEST {
            return None;
        }
        let open = FORMS.iter().filter_map(|form| line.rfind(form)).max()?;
        let start = self.span.start as usize - line.len() + open + 1;
        let text = &self.source[start..];
        let definition = Definition::read(&text[..floor_boundary(text, NEAR)])?;
        let end = start + definition.len;
        let word = definition.head.split_whitespace().next()?;
        let mut words = definition.body.split(|c: char| !u8::try_from(c).is_ok_and(is_idchar));
        if !is_head(word)
            || definition.params.trim().is_empty()
            || end <= self.span.start as usize
            || words.any(|word| keyword::op(word).is_some_and(|op| op.mnemonic() != "return"))
        {
            return None;
        }
        let signature = definition.signature()?;
        let language = match word {
            "function" => "JavaScript",
            _ if word == "fn" || definition.params.contains(':') => "Rust",
            _ => "C",
        };
        let meant = format!("(func ${} {signature}", definition.name()?);
        let read = format!("{} unreachable", &meant[1..]);
        Some(self.defined(start, &definition, language, Some(meant), read))
    }

    /// The error for a function of another language that begins at `start`. It is read as `read`.
    fn defined(
        &self,
        start: usize,
        definition: &Definition<'_>,
        language: &str,
        meant: Option<String>,
        read: String,
    ) -> Recoverable {
        let span = |len: usize| Span::new(start as u32, (start + len) as u32);
        let message = format!("this is a function of {language}, not WebAssembly text");
        let fault = self.error(Code::BadToken, span(definition.head.trim_end().len()), message);
        let fault = fault.read_as(span(definition.len), read);
        match meant {
            Some(meant) => fault.with_note(format!("in WebAssembly text, it begins `{meant}`")),
            None => fault.with_note("a function is written `(func $name (param ...) (result ...) ...)`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_of_other_languages_are_read() {
        for (text, expected) in [
            ("int add(int a, long b) { }", Some("(param $a i32) (param $b i64) (result i32)")),
            ("void f(void) { }", Some("")),
            ("fn add(a: i32, b: u64) -> f32 { }", Some("(param $a i32) (param $b i64) (result f32)")),
            ("func $add(i32 $a, f64 $b): f64 { }", Some("(param $a i32) (param $b f64) (result f64)")),
            ("func add(a int, b int) (int) { }", Some("(param $a i32) (param $b i32) (result i32)")),
            ("function add(a, b) { }", None),
            ("int f(struct x y) { }", None),
        ] {
            let definition = Definition::read(text).unwrap();
            assert_eq!(definition.signature().as_deref(), expected, "{text}");
        }
        assert!(Definition::read("int f(int a) {").is_none());
    }
}
