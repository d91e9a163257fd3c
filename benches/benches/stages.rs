//! Measures each stage, and the whole against the `wat` crate, on generated texts: `cargo bench -p gcwat-benches`. The
//! time of a stage includes the previous stages.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gcwat::{Assembler, stages};
use gcwat_benches::STYLES;

fn main() {
    divan::main();
}

const SIZE: usize = 2 << 20;

/// Measures a stage on the text of a style.
fn stage(bencher: Bencher<'_, '_>, style: &str, stage: fn(&str) -> usize) {
    let text = text(style);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| stage(black_box(&text)));
}

fn text(style: &str) -> String {
    let found = STYLES.iter().find(|(name, _)| *name == style);
    gcwat_benches::module(found.expect("a style").1, SIZE)
}

fn styles() -> impl Iterator<Item = &'static str> {
    STYLES.iter().map(|(name, _)| *name)
}

#[divan::bench(args = styles())]
fn a_read(bencher: Bencher<'_, '_>, style: &str) {
    stage(bencher, style, stages::read);
}

#[divan::bench(args = styles())]
fn b_scan(bencher: Bencher<'_, '_>, style: &str) {
    stage(bencher, style, stages::scan);
}

#[divan::bench(args = styles())]
fn c_lex(bencher: Bencher<'_, '_>, style: &str) {
    stage(bencher, style, stages::lex);
}

#[divan::bench(args = styles())]
fn d_parse(bencher: Bencher<'_, '_>, style: &str) {
    stage(bencher, style, stages::parse);
}

#[divan::bench(args = styles())]
fn e_lower(bencher: Bencher<'_, '_>, style: &str) {
    stage(bencher, style, stages::lower);
}

#[divan::bench(args = styles())]
fn f_validate(bencher: Bencher<'_, '_>, style: &str) {
    stage(bencher, style, stages::validate);
}

#[divan::bench(args = styles())]
fn g_all_threads(bencher: Bencher<'_, '_>, style: &str) {
    let text = text(style);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        Assembler::new().assemble(black_box(&text)).expect("the text is well-formed").into_bytes()
    });
}

/// The crate on which `wasm-tools parse` is based. It does not validate, so compare it with `e_lower`.
#[divan::bench(args = styles())]
fn h_wat_crate(bencher: Bencher<'_, '_>, style: &str) {
    let text = text(style);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let buffer = wast::parser::ParseBuffer::new(black_box(&text)).expect("the tokens are well-formed");
        let mut module = wast::parser::parse::<wast::Wat<'_>>(&buffer).expect("the text is well-formed");
        module.encode().expect("the module can be encoded")
    });
}
