//! Runs fuzz targets without a fuzzer: `drive TARGET [--runs N] [--seed N] [--from N] [--keep-going]`.
//!
//! Each run has a number. Its input depends only on the number and the seed, which therefore identify a finding:
//! `drive text --seed 1 --from 4711 --runs 1` repeats a run.
//!
//! `drive TARGET --file FILE...` checks the contents of files, for example those that libFuzzer kept as findings.
//! `drive TARGET --write-seeds FOLDER` and `drive TARGET --write-dictionary FILE` write the inputs of libFuzzer.

use gcwat_fuzz::{Finding, Target, check, input};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Instant;

struct Args {
    targets: Vec<Target>,
    runs: u64,
    seed: u64,
    from: u64,
    keep_going: bool,
    print: bool,
    files: Vec<String>,
    seeds: Option<String>,
    dictionary: Option<String>,
}

fn args() -> Option<Args> {
    let mut args = Args {
        targets: Vec::new(),
        runs: 10_000,
        seed: 1,
        from: 0,
        keep_going: false,
        print: false,
        files: Vec::new(),
        seeds: None,
        dictionary: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "all" => args.targets.extend(Target::ALL),
            "--runs" => args.runs = words.next()?.parse().ok()?,
            "--seed" => args.seed = words.next()?.parse().ok()?,
            "--from" => args.from = words.next()?.parse().ok()?,
            "--keep-going" => args.keep_going = true,
            "--print" => args.print = true,
            "--file" => args.files.extend(words.by_ref()),
            "--write-seeds" => args.seeds = Some(words.next()?),
            "--write-dictionary" => args.dictionary = Some(words.next()?),
            name => args.targets.push(*Target::ALL.iter().find(|target| target.name() == name)?),
        }
    }
    (!args.targets.is_empty()).then_some(args)
}

fn main() -> ExitCode {
    let Some(args) = args() else {
        eprintln!("usage: drive TARGET... [--runs N] [--seed N] [--from N] [--keep-going] [--print]");
        eprintln!("       drive TARGET --file FILE...");
        eprintln!("       drive TARGET [--write-seeds FOLDER] [--write-dictionary FILE]");
        eprintln!("targets: all, {}", Target::ALL.map(Target::name).join(", "));
        return ExitCode::from(2);
    };
    // A panic is reported as a finding.
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            println!("panic at {place}");
        }
    }));
    if args.seeds.is_some() || args.dictionary.is_some() {
        return match write(&args) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let mut findings = 0;
    for &target in &args.targets {
        findings += if args.files.is_empty() { run(target, &args) } else { run_files(target, &args.files) };
    }
    println!("{findings} findings");
    if findings == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes seeds and dictionary for libFuzzer.
fn write(args: &Args) -> std::io::Result<()> {
    if let Some(file) = &args.dictionary {
        std::fs::write(file, gcwat_fuzz::dictionary())?;
    }
    if let Some(folder) = &args.seeds {
        std::fs::create_dir_all(folder)?;
        let seeds = args.targets.iter().filter_map(|target| target.seeds()).flatten();
        for (number, seed) in seeds.enumerate() {
            std::fs::write(format!("{folder}/seed-{number}"), seed)?;
        }
    }
    Ok(())
}

/// Checks the contents of files. Returns the number of findings.
fn run_files(target: Target, files: &[String]) -> usize {
    let mut findings = 0;
    for file in files {
        match std::fs::read(file) {
            Ok(text) => {
                if let Err(finding) = checked(target, text) {
                    findings += 1;
                    println!("==== {} --file {file}\n{finding}", target.name());
                }
            }
            Err(error) => println!("{file}: {error}"),
        }
    }
    findings
}

/// Checks a text; a panic is a finding too.
fn checked(target: Target, text: Vec<u8>) -> Result<(), Finding> {
    let copy = text.clone();
    catch_unwind(AssertUnwindSafe(|| check(target, text))).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or(panic.downcast_ref::<&str>().copied()).unwrap_or("a panic");
        Err(Finding { text: copy, what: format!("panic: {message}") })
    })
}

/// Runs one target. Returns the number of findings.
fn run(target: Target, args: &Args) -> usize {
    let start = Instant::now();
    let (mut findings, mut made, mut bytes) = (0, 0u64, 0u64);
    for number in args.from..args.from + args.runs {
        let Some(text) = input(target, &noise(target, args.seed, number)) else { continue };
        if args.print {
            println!("{}", String::from_utf8_lossy(&text));
        }
        made += 1;
        bytes += text.len() as u64;
        if let Err(finding) = checked(target, text) {
            findings += 1;
            println!("==== {} --seed {} --from {number} --runs 1\n{finding}", target.name(), args.seed);
            if !args.keep_going {
                break;
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{}: {} runs, {made} texts of {} bytes on average, {findings} findings, {seconds:.1} s",
        target.name(),
        args.runs,
        bytes / made.max(1),
    );
    findings
}

/// Returns deterministic pseudo-random bytes for a number (xorshift).
fn noise(target: Target, seed: u64, number: u64) -> Vec<u8> {
    let mut state = (seed << 48 ^ number).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut word = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    };
    let most = match target {
        Target::Bytes | Target::Raw | Target::Script | Target::Binary | Target::Outputs => 24,
        Target::Text | Target::Objects => 16,
        Target::Smith | Target::Disassemble => 64,
    };
    let len = 4 + word() % most;
    (0..len).flat_map(|_| word().to_le_bytes()).collect()
}
