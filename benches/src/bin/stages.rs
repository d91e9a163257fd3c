//! Prints the time of each stage on a file in seconds: `cargo run --release -p gcwat-benches --bin stages -- FILE`.
//! The time is the median of five runs and includes the previous stages.

use gcwat::stages;
use std::time::Instant;

type Stage = (&'static str, fn(&str) -> usize);

const STAGES: [Stage; 6] = [
    ("read", stages::read),
    ("scan", stages::scan),
    ("lex", stages::lex),
    ("parse", stages::parse),
    ("lower", stages::lower),
    ("validate", stages::validate),
];

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = std::fs::read_to_string(path)?;
    let mut times = STAGES.map(|_| Vec::new());
    for _ in 0..5 {
        for ((_, stage), times) in STAGES.iter().zip(&mut times) {
            let start = Instant::now();
            std::hint::black_box(stage(&text));
            times.push(start.elapsed().as_secs_f64());
        }
    }
    for ((name, _), times) in STAGES.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        println!("{name} {:.4}", times[times.len() / 2]);
    }
    Ok(())
}
