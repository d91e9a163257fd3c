//! The structure of the source: which file may import which, which crate is used where, and how long a file may be.
//!
//! The rules are those of docs/architecture.md. A rule with exceptions lists them here, and the list may only get
//! shorter: an exception that is no longer needed fails the test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The modules of the library, from those that import nothing to those that may import everything. A file may import
/// from its own module and from the modules before it.
const RANKS: [&str; 32] = [
    "span",
    "escape",
    "characters",
    "instr",
    "similar",
    "progress",
    "observer",
    "parallel",
    "diagnostic",
    "features",
    "ast",
    "lex",
    "scan",
    "parse",
    "resolve",
    "outline",
    "lower",
    "lint",
    "validate",
    "pipeline",
    "object",
    "explain",
    "assembler",
    "fix",
    "script",
    "disassemble",
    "emit",
    "report",
    "stages",
    "cli",
    "lib",
    "main",
];

/// Where each crate may be used: paths of files, or of folders with a slash.
const CRATES: [(&str, &[&str]); 12] = [
    ("logos", &["src/lex/"]),
    ("lalrpop_util", &["src/parse.rs", "src/explain/repair/"]),
    (
        "wasm_encoder",
        &[
            "src/ast/",
            "src/parse/",
            "src/resolve.rs",
            "src/lower/",
            "src/lint/unused.rs",
            "src/object/",
            "src/disassemble.rs",
            "src/disassemble/",
            "src/emit/emitter.rs",
            "src/explain.rs",
            "src/explain/check/",
        ],
    ),
    (
        "wasmparser",
        &[
            "src/assembler.rs",
            "src/assembler/",
            "src/disassemble.rs",
            "src/disassemble/",
            "src/emit/",
            "src/explain/",
            "src/features.rs",
            "src/object/",
            "src/validate/",
        ],
    ),
    ("wasmprinter", &["src/disassemble/"]),
    ("codespan_reporting", &["src/report/"]),
    ("clap", &["src/cli.rs", "src/cli/", "src/emit/", "src/report.rs"]),
    ("serde_json", &["src/emit/", "src/escape/", "src/report/", "src/script/"]),
    ("tempfile", &["src/cli/"]),
    ("std::fs", &["src/cli/"]),
    ("std::sync::atomic", &["src/parallel.rs", "src/progress.rs", "src/resolve.rs"]),
    ("std::thread", &["src/cli/progress.rs", "src/parallel.rs"]),
];

/// The files with `unsafe` code: SIMD, each with a portable twin.
const UNSAFE: [&str; 3] = ["src/lex/bytes.rs", "src/lex/hex.rs", "src/scan/structural.rs"];

/// The longest that a file may be, in lines, and the files that are tables or grammars.
const LONGEST: usize = 800;
const TABLES: [&str; 1] = ["src/instr/table.rs"];

/// A file of the library, without comments and tests.
struct Source {
    path: String,
    code: String,
    lines: usize,
}

impl Source {
    /// The path of its module: `src/lex/number.rs` is `lex`, `number`.
    fn module(&self) -> Vec<&str> {
        self.path.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect()
    }
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a file of the source");
                let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(&text);
                let code: Vec<&str> = own.lines().map(|line| line.split("//").next().unwrap_or("")).collect();
                let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("within the project");
                let path = path.to_str().expect("a path in Unicode").to_owned();
                sources.push(Source { path, code: code.join("\n"), lines: text.lines().count() });
            }
        }
    }
    assert!(sources.len() > 50, "the source is found");
    sources.retain(|source| !source.path.ends_with("tests.rs"));
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// Writes the paths of a `use` tree one by one: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths_of(prefix: &str, tree: &str, out: &mut Vec<String>) {
    let mut depth = 0;
    let mut start = 0;
    let mut parts = Vec::new();
    for (at, c) in tree.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&tree[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tree[start..]);
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('{') {
            Some((path, rest)) => {
                let inner = rest.trim().strip_suffix('}').expect("a closed group");
                paths_of(&format!("{prefix}{}", path.trim()), inner, out);
            }
            None => {
                let path = part.split(" as ").next().unwrap_or(part).trim();
                out.push(format!("{prefix}{path}"));
            }
        }
    }
}

/// The paths that a file mentions: those of its `use` declarations, and those written out with `crate::` or `super::`.
fn paths(source: &Source) -> Vec<String> {
    let mut paths = Vec::new();
    let mut lines = source.code.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_start();
        let declaration =
            line.strip_prefix("pub").map_or(line, |rest| rest.split_once(' ').map_or(rest, |(_, rest)| rest));
        if let Some(start) = declaration.strip_prefix("use ") {
            let mut tree = start.to_owned();
            while !tree.ends_with(';') {
                tree.push_str(lines.next().expect("the end of a declaration").trim());
            }
            paths_of("", tree.trim_end_matches(';'), &mut paths);
        }
    }
    for start in ["crate::", "super::"] {
        for (at, _) in source.code.match_indices(start) {
            let is_start = source.code[..at]
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric() && !"_:".contains(c));
            let end = source.code[at..].find(|c: char| !c.is_alphanumeric() && !"_:".contains(c));
            let path = &source.code[at..end.map_or(source.code.len(), |end| at + end)];
            // The tree of a `use` declaration is read above.
            if is_start && !path.ends_with("::") {
                paths.push(path.to_owned());
            }
        }
    }
    paths
}

/// For each file, the files that it imports from.
fn imports(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let files: BTreeMap<Vec<&str>, &str> =
        sources.iter().map(|source| (source.module(), source.path.as_str())).collect();
    let mut imports = BTreeMap::new();
    for source in sources {
        let own = source.module();
        let mut found = BTreeSet::new();
        for path in paths(source) {
            let mut words: Vec<&str> = path.split("::").filter(|word| !word.is_empty()).collect();
            let mut module = match words.first() {
                Some(&"crate") => Vec::new(),
                Some(&"super") => own.clone(),
                Some(&"self") => own.clone(),
                Some(first) if files.contains_key(&[&own[..], &[first]].concat()) => own.clone(),
                _ => continue,
            };
            while let Some(&first) = words.first().filter(|word| matches!(**word, "crate" | "self" | "super"))
            {
                if first == "super" {
                    module.pop();
                }
                words.remove(0);
            }
            module.extend(words);
            while !module.is_empty() {
                if let Some(&file) = files.get(&module) {
                    if file != source.path {
                        found.insert(file);
                    }
                    break;
                }
                module.pop();
            }
        }
        imports.insert(source.path.as_str(), found);
    }
    imports
}

#[test]
fn no_file_imports_itself_by_way_of_others() {
    let sources = sources();
    let mut left = imports(&sources);
    // Files that import nothing that is left, or that nothing left imports, are removed until only circles remain.
    loop {
        let imported: BTreeSet<&str> = left.values().flatten().copied().collect();
        let is_free = |(file, to): &(&&str, &BTreeSet<&str>)| to.is_empty() || !imported.contains(**file);
        let free: Vec<&str> = left.iter().filter(is_free).map(|(file, _)| *file).collect();
        if free.is_empty() {
            break;
        }
        for file in free {
            left.remove(file);
            left.values_mut().for_each(|to| _ = to.remove(file));
        }
    }
    assert!(left.is_empty(), "these files import each other: {left:#?}");
}

#[test]
fn imports_go_down_the_ranks() {
    let rank = |path: &str| {
        let module = path.trim_start_matches("src/").trim_end_matches(".rs").split('/').next().unwrap_or("");
        RANKS.iter().position(|name| *name == module).unwrap_or_else(|| panic!("{path} has no rank"))
    };
    let sources = sources();
    for (file, imported) in imports(&sources) {
        for other in imported {
            assert!(rank(other) <= rank(file), "{file} imports {other}, which has a higher rank");
        }
    }
}

#[test]
fn each_crate_is_used_where_it_belongs() {
    let sources = sources();
    for (name, places) in CRATES {
        let is_used = |source: &&Source| {
            paths(source).iter().any(|path| path == name || path.starts_with(&format!("{name}::")))
                || source.code.contains(&format!(" {name}::"))
                || source.code.contains(&format!("({name}::"))
        };
        let users: Vec<&str> = sources.iter().filter(is_used).map(|source| source.path.as_str()).collect();
        let is_at =
            |user: &str, place: &str| user == place || place.ends_with('/') && user.starts_with(place);
        for user in &users {
            assert!(places.iter().any(|place| is_at(user, place)), "{user} uses {name}");
        }
        for place in places {
            assert!(users.iter().any(|user| is_at(user, place)), "{place} no longer uses {name}");
        }
    }
}

#[test]
fn unsafe_code_is_in_few_files() {
    for source in sources() {
        let is_unsafe = source.code.contains("allow(unsafe_code");
        let is_allowed = UNSAFE.contains(&source.path.as_str());
        assert!(!is_unsafe || is_allowed, "{} has unsafe code", source.path);
    }
}

#[test]
fn no_file_is_too_long() {
    for source in sources() {
        let is_table = TABLES.contains(&source.path.as_str());
        assert!(is_table || source.lines <= LONGEST, "{} has {} lines", source.path, source.lines);
    }
}
