//! Assembles very large versions of the hostile texts with the command.

use super::inputs::{INPUTS, Verdict};
use crate::cli::Folder;
use std::fs::File;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The time limit for a run: many times the time it needs on an idle machine.
const LIMIT: Duration = Duration::from_secs(60);

/// `GCWAT` is the path of the command (by default, that of the tests), `HOSTILE_SIZE` the number of
/// repetitions, and `HOSTILE_NAME` a filter for the names of the texts.
#[test]
#[ignore = "for a release build: `.ci/hostile`"]
fn huge_inputs_get_a_verdict_in_time() {
    let size = std::env::var("HOSTILE_SIZE").map_or(100_000, |size| size.parse().expect("a number"));
    let name = std::env::var("HOSTILE_NAME").unwrap_or_default();
    let command = std::env::var("GCWAT").unwrap_or(env!("CARGO_BIN_EXE_gcwat").to_owned());
    let folder = Folder::new();
    let mut wrong = Vec::new();
    let mut slow = Vec::new();
    for input in INPUTS.iter().filter(|input| input.name.contains(&name)) {
        std::fs::write(folder.path("huge.wat"), (input.text)(size)).unwrap();
        std::fs::write(folder.path("huge.wasm"), "old").unwrap();
        for args in [
            &["assemble", "huge.wat"][..],
            &["check", "huge.wat"],
            &["check", "huge.wat", "--message-format", "json"],
        ] {
            let start = Instant::now();
            let result = run(&folder, &command, args);
            slow.push((start.elapsed(), input.name, args));
            let verdict = match result {
                Ok(verdict) => verdict,
                Err(error) => {
                    wrong.push(format!("{}: {args:?}: {error}", input.name));
                    continue;
                }
            };
            let is_right = match input.verdict {
                Verdict::Module => verdict,
                Verdict::Errors => !verdict,
            };
            let output = std::fs::read(folder.path("huge.wasm")).unwrap();
            let is_whole = if args[0] == "assemble" && verdict {
                wasmparser::Parser::new(0).parse_all(&output).all(|payload| payload.is_ok())
            } else {
                args[0] == "check" || output == b"old"
            };
            if !is_right || !is_whole {
                wrong.push(format!("{}: {args:?}: accepted: {verdict}, whole: {is_whole}", input.name));
            }
        }
    }
    slow.sort();
    for (time, name, args) in slow.iter().rev().take(5) {
        println!("{time:.1?} for {args:?}: {name}");
    }
    assert!(wrong.is_empty(), "{} wrong:\n  {}", wrong.len(), wrong.join("\n  "));
}

/// Returns whether the text was accepted, or a description of the failure.
fn run(folder: &Folder, command: &str, args: &[&str]) -> Result<bool, String> {
    let (out, err) = (folder.path("out"), folder.path("err"));
    let mut child = Command::new(command)
        .args(args)
        .current_dir(folder.path("."))
        .stdin(Stdio::null())
        .stdout(File::create(&out).unwrap())
        .stderr(File::create(&err).unwrap())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() > LIMIT => {
                child.kill().unwrap();
                child.wait().unwrap();
                return Err(format!("no verdict in {LIMIT:?}"));
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let said = std::fs::metadata(&out).unwrap().len() + std::fs::metadata(&err).unwrap().len();
    match status.code() {
        Some(0) => Ok(true),
        Some(1) if said > 0 => Ok(false),
        Some(1) => Err("refused without a word".to_owned()),
        _ => Err(format!("{status}: {}", std::fs::read_to_string(&err).unwrap_or_default())),
    }
}
