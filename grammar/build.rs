//! Turns the grammar into the parser, and says how the program is linked.

fn main() {
    println!("cargo::rerun-if-changed=grammar/wat.lalrpop");
    lalrpop::Configuration::new()
        .set_in_dir("grammar")
        .emit_rerun_directives(false)
        .process()
        .expect("the grammar is sound");

    // A program that can be loaded anywhere is adjusted each time it starts: that would be a twentieth of the
    // time that a small text takes, and of the file.
    let of_target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    // One with the C library in it is linked in another way.
    let is_static = of_target("FEATURE").split(',').any(|feature| feature == "crt-static");
    if (of_target("OS").as_str(), of_target("ENV").as_str()) == ("linux", "gnu") && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
