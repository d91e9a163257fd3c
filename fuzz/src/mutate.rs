//! Derives inputs from arbitrary bytes.

use crate::seeds::{OBJECTS, SEEDS, Seed, WORDS};
use arbitrary::{Result, Unstructured};

/// Edge cases of words.
const EDGES: &[&str] = &[
    "0",
    "1",
    "-1",
    "+1",
    "-0",
    "007",
    "0x0",
    "0xffffffff",
    "4294967295",
    "4294967296",
    "-2147483648",
    "-2147483649",
    "18446744073709551615",
    "18446744073709551616",
    "0x1_0000_0000",
    "1_000",
    "1__0",
    "_1",
    "1_",
    "0x",
    "1.",
    "1.5",
    ".5",
    "1e",
    "1e1",
    "1e400",
    "-1e-400",
    "0x1p",
    "0x1.8p3",
    "0x1p1024",
    "0x1.fffffffp127",
    "inf",
    "-inf",
    "nan",
    "nan:0x1",
    "nan:0x400000",
    "nan:0xfffffffffffff",
    "nan:canonical",
    "nan:0x0",
    "$",
    "$$",
    "$0",
    "$a",
    "$\"a\"",
    "$\"\"",
    "$\"a b\"",
    "$\u{e9}",
    "\"\"",
    "\"a\"",
    "\"\\00\"",
    "\"\\ff\"",
    "\"\\u{1f600}\"",
    "\"\\u{d800}\"",
    "\"\\q\"",
    "\"\u{e9}\"",
    "\"\u{202e}\"",
    "\"",
    "(;",
    ";)",
    ";;",
    "(; ;)",
    ";; \n",
    "(@a)",
    "(@a b \"c\" (d))",
    "(@name \"x\")",
    "(@name \"\\ff\")",
    "(@custom \"a\" \"b\")",
    "(@custom \"a\" (before func) \"b\")",
    "(@char \"A\")",
    "(@\"a\")",
    "(@)",
    "(@",
    "(@metadata.code.branch_hint \"\\00\")",
    "(@metadata.code.x \"\")",
    "(@producers (language \"a\" \"b\"))",
    "(@dylink.0 (mem-info (memory 0 1)))",
    "offset=0",
    "offset=4294967296",
    "offset=0x1_0000_0000_0000_0000",
    "align=1",
    "align=0",
    "align=3",
    "align=16",
    "align=65536",
    "(",
    ")",
    "()",
    "(func)",
    "(type 0)",
    "(param)",
    "(param i32)",
    "(param $x i32)",
    "(result i32)",
    "(result)",
    "(local i64)",
    "(then)",
    "(else)",
    "(import \"a\" \"b\")",
    "(export \"a\")",
    "(ref null 0)",
    "(ref func)",
    "(ref $t)",
    "(ref (exact 0))",
    "(shared)",
    "(mut i32)",
    "(rec)",
    "(sub)",
    "(sub final)",
    "(module)",
    "(start 0)",
    "(memory 1)",
    "(table 1 funcref)",
    "(i32.const 0)",
    "block",
    "loop",
    "if",
    "else",
    "end",
    "then",
    "try",
    "catch",
    "delegate",
    "unreachable",
    "\u{feff}",
    "\0",
    "\u{7f}",
    "\u{e9}",
    ",",
    "[",
    "{",
    "'",
    "\\",
    "\r",
    "\r\n",
    "get_local",
    "i32.wrap/i64",
    "anyfunc",
    "grow_memory",
    "i32.cosnt",
    "func.ref",
];

/// Returns the edge cases, for a fuzzer's dictionary.
pub fn edges() -> impl Iterator<Item = &'static str> {
    EDGES.iter().copied()
}

/// Selects an element of a list.
fn any<'a, T>(data: &mut Unstructured<'_>, list: &'a [T]) -> Result<&'a T> {
    Ok(&list[below(data, list.len())?])
}

/// Returns a number below `end`, or 0 if `end` is 0.
fn below(data: &mut Unstructured<'_>, end: usize) -> Result<usize> {
    Ok((usize::from(data.arbitrary::<u16>()?) * end) >> 16)
}

/// Generates arbitrary bytes, and words in random order.
pub fn soup(data: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let kind: u8 = data.arbitrary()?;
    if kind & 3 == 0 {
        // Inside a function, many words are valid.
        text.extend(b"(func ");
    }
    while !data.is_empty() && text.len() < 200 {
        match data.arbitrary::<u8>()? {
            0..40 => text.extend(any(data, EDGES)?.as_bytes()),
            40..160 => text.extend(any(data, &WORDS)?.as_bytes()),
            160..185 => text.push(b'('),
            185..215 => text.push(b')'),
            215..230 => text.push(data.arbitrary()?),
            230..240 => text.extend(b" (func "),
            _ => {}
        }
        match data.arbitrary::<u8>()? {
            0..20 => {}
            20..40 => text.push(b'\n'),
            _ => text.push(b' '),
        }
    }
    Ok(text)
}

/// A token, and whether the next one follows without a space.
type Piece<'a> = (std::borrow::Cow<'a, str>, bool);

/// Mutates a real module.
pub fn module(data: &mut Unstructured<'_>) -> Result<String> {
    mutated(data, &SEEDS)
}

/// Generates a mutation of a text with annotations of linking.
pub fn object(data: &mut Unstructured<'_>) -> Result<String> {
    mutated(data, &OBJECTS)
}

fn mutated(data: &mut Unstructured<'_>, seeds: &'static [Seed]) -> Result<String> {
    let seed = any(data, seeds)?;
    let mut pieces: Vec<Piece<'_>> = seed.tokens.iter().map(|token| (token.as_str().into(), false)).collect();
    let changes = 1 + below(data, 3)?;
    for _ in 0..changes {
        change(data, &mut pieces)?;
    }
    let mut text = String::new();
    for (token, joined) in &pieces {
        text.push_str(token);
        if !joined && token != "(" {
            text.push(' ');
        }
    }
    Ok(text)
}

/// Returns the end of the form that starts at a piece.
fn form_end(pieces: &[Piece<'_>], start: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, (token, _)) in pieces.iter().enumerate().skip(start) {
        match token.as_ref() {
            "(" => depth += 1,
            ")" => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Selects a form: its start and its end.
fn any_form(data: &mut Unstructured<'_>, pieces: &[Piece<'_>]) -> Result<Option<(usize, usize)>> {
    let from = below(data, pieces.len())?;
    let start = (from..pieces.len()).chain(0..from).find(|&at| pieces[at].0 == "(");
    Ok(start.and_then(|start| Some((start, form_end(pieces, start)?))))
}

/// Selects a form from any seed.
fn foreign_form(data: &mut Unstructured<'_>) -> Result<&'static [String]> {
    let seed: &'static Seed = any(data, &SEEDS)?;
    let from = below(data, seed.tokens.len())?;
    let start = (from..seed.tokens.len()).chain(0..from).find(|&at| seed.close[at].is_some());
    Ok(start.and_then(|start| Some(&seed.tokens[start..=seed.close[start]? as usize])).unwrap_or_default())
}

fn change<'a>(data: &mut Unstructured<'_>, pieces: &mut Vec<Piece<'a>>) -> Result<()> {
    if pieces.is_empty() {
        pieces.push(("(func)".into(), false));
    }
    let at = below(data, pieces.len())?;
    match data.arbitrary::<u8>()? % 16 {
        0 => _ = pieces.remove(at),
        1 => pieces.insert(at, pieces[at].clone()),
        2 => {
            let other = below(data, pieces.len())?;
            pieces.swap(at, other);
        }
        3 | 4 => {
            // Replace a word with a word, so that the structure remains.
            let word = (at..pieces.len()).find(|&at| !matches!(pieces[at].0.as_ref(), "(" | ")"));
            pieces[word.unwrap_or(at)].0 = any(data, &WORDS)?.as_str().into();
        }
        5 => pieces[at].0 = (*any(data, EDGES)?).into(),
        6 => pieces.insert(at, ((*any(data, EDGES)?).into(), false)),
        7 => pieces.insert(at, (any(data, &WORDS)?.as_str().into(), false)),
        8 => {
            if let Some((start, end)) = any_form(data, pieces)? {
                pieces.drain(start..end);
            }
        }
        9 => {
            if let Some((start, end)) = any_form(data, pieces)? {
                let copy = pieces[start..end].to_vec();
                pieces.splice(end..end, copy);
            }
        }
        10 | 11 => {
            let form = foreign_form(data)?.iter().map(|token| (token.as_str().into(), false));
            let form: Vec<Piece<'a>> = form.collect();
            if let Some((start, end)) = any_form(data, pieces)? {
                pieces.splice(start..end, form);
            }
        }
        12 => {
            let form: Vec<Piece<'a>> =
                foreign_form(data)?.iter().map(|token| (token.as_str().into(), false)).collect();
            pieces.splice(at..at, form);
        }
        13 => {
            if let Some((start, end)) = any_form(data, pieces)? {
                let form: Vec<Piece<'a>> = pieces.drain(start..end).collect();
                let to = below(data, pieces.len() + 1)?;
                pieces.splice(to..to, form);
            }
        }
        14 => pieces[at].1 = true,
        _ => {
            // Replace a character with a character.
            let token = pieces[at].0.to_mut();
            let mut chars: Vec<char> = token.chars().collect();
            let place = below(data, chars.len() + 1)?;
            let new = char::from(32 + data.arbitrary::<u8>()? % 95);
            match chars.get_mut(place) {
                Some(old) => *old = new,
                None => chars.push(new),
            }
            *token = chars.into_iter().collect();
        }
    }
    Ok(())
}

/// Returns one of the seeds with changes to its bytes, whatever its structure.
pub fn bytes_of(data: &mut Unstructured<'_>, seeds: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut bytes = any(data, seeds)?.clone();
    for _ in 0..=below(data, 4)? {
        let at = below(data, bytes.len() + 1)?;
        let end = (at + below(data, 24)?).min(bytes.len());
        match data.arbitrary::<u8>()? % 8 {
            0 => bytes.truncate(at),
            1 => _ = bytes.drain(at..end),
            2 => bytes.insert(at, data.arbitrary()?),
            3 if at < bytes.len() => bytes[at] = data.arbitrary()?,
            4 if at < bytes.len() => bytes[at] ^= 1 << (data.arbitrary::<u8>()? % 8),
            5 => {
                let word = any(data, EDGES)?.bytes();
                _ = bytes.splice(at..end, word);
            }
            6 => {
                let copy = bytes[at..end].to_vec();
                let to = below(data, bytes.len() + 1)?;
                _ = bytes.splice(to..to, copy);
            }
            _ => {
                let other = any(data, seeds)?;
                let from = below(data, other.len() + 1)?;
                let to = (from + below(data, 48)?).min(other.len());
                _ = bytes.splice(at..at, other[from..to].iter().copied());
            }
        }
    }
    Ok(bytes)
}

/// Generates a module with wasm-smith and prints it.
pub fn generated(data: &mut Unstructured<'_>) -> Result<String> {
    let how: u8 = data.arbitrary()?;
    let config = wasm_smith::Config {
        acquire_release_atomics_enabled: true,
        // If several imports share a type, wasmprinter cannot print the names it generates.
        compact_imports_enabled: how & 1 == 0,
        custom_descriptors_enabled: true,
        custom_page_sizes_enabled: true,
        generate_custom_sections: how & 4 != 0,
        max_data_segments: 3,
        max_element_segments: 3,
        max_elements: 5,
        max_exports: 3,
        max_funcs: 3,
        max_globals: 3,
        max_imports: 3,
        max_instructions: 20,
        max_memories: 3,
        max_tables: 3,
        max_tags: 2,
        max_types: 8,
        min_funcs: 1,
        multibyte_array_access_enabled: true,
        shared_everything_threads_enabled: true,
        ..wasm_smith::Config::default()
    };
    let module = wasm_smith::Module::new(config, data)?.to_bytes();
    let mut config = wasmprinter::Config::new();
    config.name_unnamed(how & 1 != 0).fold_instructions(how & 2 != 0);
    let mut text = wasmprinter::PrintFmtWrite(String::new());
    config.print(&module, &mut text).map_err(|_| arbitrary::Error::IncorrectFormat)?;
    Ok(text.0)
}
