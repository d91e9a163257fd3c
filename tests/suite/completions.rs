//! The completion scripts and the manual: the shells complete with them, and `man` shows the pages.

#![cfg(all(feature = "cli", unix))]

use crate::cli::Folder;
use crate::emit::{has, tool};
use std::collections::BTreeSet;

/// A folder with files to complete, and the completion script for a shell.
fn folder(shell: &str) -> Folder {
    let folder = Folder::with(&[("a.wat", ""), ("b c.wat", ""), ("explained", "")]);
    std::fs::create_dir(folder.path("sub")).unwrap();
    std::fs::write(folder.path("script"), folder.run(&["completions", shell]).fine()).unwrap();
    folder
}

/// Returns what bash offers for the last of the words.
fn in_bash(folder: &Folder, words: &[&str]) -> Vec<String> {
    let line = r#"source ./script; rm -f script.out
        COMP_WORDS=(gcwat "$@"); COMP_CWORD=$#
        _gcwat gcwat "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\n' "${COMPREPLY[@]}""#;
    let output = tool(folder, "bash", &[&["--norc", "-c", line, "bash"], words].concat());
    let lines = String::from_utf8(output).unwrap();
    lines.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

const FILES: [&str; 5] = ["a.wat", "b c.wat", "explained", "script", "sub"];

#[test]
fn bash_completes_files_codes_and_features() {
    if !has("bash") {
        return;
    }
    let folder = folder("bash");
    let offers = |words: &[&str]| in_bash(&folder, words);
    let sorted = |words: &[&str]| {
        let mut offers = offers(words);
        offers.sort();
        offers
    };
    for words in [
        &["assemble", ""][..],
        &["check", ""],
        &["validate", ""],
        &["disassemble", ""],
        &["script", ""],
        &["assemble", "-g", ""],
        &["assemble", "a.wat", "-o", ""],
        &["--color", "never", "check", ""],
        &["check", "--color", "never", ""],
    ] {
        assert_eq!(sorted(words), FILES, "{words:?}");
    }
    assert_eq!(offers(&["check", "b"]), ["b c.wat"]);
    assert_eq!(offers(&["assemble", "--out-dir", ""]), ["sub"]);
    assert_eq!(offers(&["man", "--dir", ""]), ["sub"]);
    // A file as first argument is assembled, so files are offered with the subcommands.
    assert_eq!(offers(&["a"]), ["assemble", "a.wat"]);
    assert_eq!(offers(&["exp"]), ["explain", "explained"]);
    assert_eq!(offers(&["help", "co"]), ["completions"]);
    assert_eq!(offers(&["completions", "ba"]), ["bash"]);
    assert_eq!(offers(&["man", "as"]), ["assemble"]);
    let codes: Vec<&str> = gcwat::Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(offers(&["explain", ""]), codes);
    assert_eq!(offers(&["explain", "E030"]), ["E0301", "E0302", "E0303"]);
    assert_eq!(offers(&["explain", "E0301", "W0001", "E0302"]), ["E0302"]);
    for option in ["-f", "--features"] {
        assert_eq!(offers(&["assemble", option, "wasm"]), ["wasm1", "wasm2", "wasm3"]);
        assert_eq!(offers(&["check", option, "wasm2,gc"]), ["wasm2,gc-types", "wasm2,gc"]);
        assert_eq!(offers(&["check", option, "-sim"]), ["-simd"]);
    }
    assert_eq!(offers(&["check", "--features", "=", "simd"]), ["simd"]);
    assert_eq!(offers(&["assemble", "--emit", "="]).len(), gcwat::emit::Format::ALL.len());
    assert_eq!(offers(&["assemble", "--emit", "ru"]), ["rust"]);
    assert_eq!(offers(&["check", "--message-format", "s"]), ["short", "sarif"]);
    assert_eq!(offers(&["check", "--color", "a"]), ["auto", "always"]);
    assert!(offers(&["assemble", "--n"]).contains(&"--no-validate".to_owned()));
    assert!(offers(&["-"]).contains(&"--version".to_owned()));
}

#[test]
fn bash_completes_codes_of_warnings() {
    if !has("bash") {
        return;
    }
    let folder = folder("bash");
    for option in ["-A", "-D", "--allow", "--deny"] {
        let offers = in_bash(&folder, &["check", option, ""]);
        for code in gcwat::Code::ALL.iter().filter(|code| code.is_warning()) {
            assert!(offers.contains(&code.to_string()), "{option}: {offers:?}");
        }
        assert!(offers.contains(&"warnings".to_owned()), "{option}: {offers:?}");
        assert!(offers.iter().all(|offer| !offer.starts_with("E0")), "{option}: {offers:?}");
        assert!(in_bash(&folder, &["check", option, "W0001,W0002"]).contains(&"W0001,W0002".to_owned()));
    }
}

#[test]
fn fish_completes_files_codes_and_features() {
    if !has("fish") {
        return;
    }
    let folder = folder("fish");
    let offers = |line: &str| -> BTreeSet<String> {
        let command = format!("source ./script; complete --do-complete '{line}'");
        let output = String::from_utf8(tool(&folder, "fish", &["--no-config", "-c", &command])).unwrap();
        output.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
    };
    for line in ["gcwat assemble ", "gcwat check ", "gcwat assemble -o "] {
        assert!(offers(line).contains("a.wat"), "{line}: {:?}", offers(line));
    }
    assert!(offers("gcwat explain E03").contains("E0301"));
    assert!(offers("gcwat check -f wasm").contains("wasm3"));
    assert!(offers("gcwat check -A W").contains("W0001"));
    // Each item of a list is completed.
    for (line, offer) in [
        ("gcwat assemble -f wasm2,g", "wasm2,gc"),
        ("gcwat check --features=wasm2,threads,-si", "--features=wasm2,threads,-simd"),
        ("gcwat check -A W0001,W00", "W0001,W0002"),
    ] {
        assert!(offers(line).contains(offer), "{line}: {:?}", offers(line));
    }
    assert!(offers("gcwat assemble --emit ru").contains("rust"));
}

#[test]
fn zsh_reads_the_script() {
    if !has("zsh") {
        return;
    }
    let folder = folder("zsh");
    tool(&folder, "zsh", &["-n", "script"]);
    let script = String::from_utf8(folder.read("script").unwrap()).unwrap();
    for (words, count) in [
        ("files -- Source files", 3),
        ("E0301\\:", 1),
        ("wasm3:", 1),
        (":LIST:_gcwat_list_features'", 6),
        ("_files", 10),
    ] {
        assert!(script.matches(words).count() >= count, "{words}: {}", script.matches(words).count());
    }
}

#[test]
fn the_manual_has_examples_and_refers_to_existing_pages() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("new/man1")).unwrap();
    folder.run(&["man", "--dir", "new/man1"]).fine();
    folder
        .run(&["man", "--dir", "none"])
        .fails(1, &["cannot write `none/gcwat.1`: directory `none` not found"]);
    let names = ["", "-assemble", "-check", "-completions", "-disassemble", "-explain", "-man", "-script"];
    let mut expected: Vec<String> = names.iter().map(|name| format!("gcwat{name}.1")).collect();
    expected.sort();
    let entries = std::fs::read_dir(folder.path("new/man1")).unwrap();
    let mut found: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    assert_eq!(found, expected);
    for name in &found {
        let page = String::from_utf8(folder.read(&format!("new/man1/{name}")).unwrap()).unwrap();
        assert!(page.contains("\n.SH EXAMPLES\n") && page.contains("gcwat "), "{name}: {page}");
        assert!(!page.contains("Examples:") && !page.contains("SH EXTRA"), "{name}: {page}");
        for (at, _) in page.match_indices("(1)") {
            let start = page[..at].rfind(|c: char| !c.is_alphanumeric() && !"\\-".contains(c)).unwrap() + 1;
            let reference = page[start..at].replace('\\', "").replace("fR", "");
            let reference = reference.strip_prefix("fB").unwrap_or(&reference).to_owned();
            assert!(found.contains(&format!("{reference}.1")), "{name}: {reference}");
        }
    }
    // The page of a command is also printed.
    let page = folder.run(&["man", "assemble"]).fine();
    assert_eq!(Some(page), folder.read("new/man1/gcwat-assemble.1"));
    assert_eq!(Some(folder.run(&["man"]).fine()), folder.read("new/man1/gcwat.1"));
    if has("man") {
        let shown =
            String::from_utf8(tool(&folder, "man", &["--warnings", "-l", "new/man1/gcwat.1"])).unwrap();
        for words in
            ["EXAMPLES", "gcwat assemble trampoline.wat -o out.wasm -g", "EXIT STATUS", "gcwat-assemble(1)"]
        {
            assert!(shown.contains(words), "{words}: {shown}");
        }
    }
}

#[test]
fn zsh_completes_each_item_of_a_list() {
    if !has("zsh") {
        return;
    }
    let folder = folder("zsh");
    // Outside of a completion, the functions of zsh that the function calls are missing.
    let line = "sed '/^_gcwat() {/,$d' script >lists; source ./lists
        compset() { print -r -- compset $@ }; _describe() { print -rl -- ${(P)4} }; _gcwat_list_features";
    let output = String::from_utf8(tool(&folder, "zsh", &["-f", "-c", line])).unwrap();
    let mut lines = output.lines();
    assert_eq!(lines.next(), Some("compset -P *,"));
    assert_eq!(lines.next(), Some("compset -P -"));
    let items: Vec<&str> = lines.map(|line| line.split(':').next().unwrap()).collect();
    assert!(items.contains(&"wasm3") && items.contains(&"stack-switching"), "{output}");
}
