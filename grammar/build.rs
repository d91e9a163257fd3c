//! Turns the grammar into the parser.

fn main() {
    println!("cargo::rerun-if-changed=grammar/wat.lalrpop");
    lalrpop::Configuration::new()
        .set_in_dir("grammar")
        .emit_rerun_directives(false)
        .process()
        .expect("the grammar is sound");
}
