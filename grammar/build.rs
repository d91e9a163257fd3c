//! Generates the parser from the grammar.

fn main() {
    println!("cargo::rerun-if-changed=grammar/wat.lalrpop");
    lalrpop::Configuration::new()
        .set_in_dir("grammar")
        .emit_rerun_directives(false)
        .process()
        .expect("a grammar without conflicts");
}
