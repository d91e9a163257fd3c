//! Turns the grammar into the parser, and says how the program is linked.

fn main() {
    println!("cargo::rerun-if-changed=grammar/wat.lalrpop");
    lalrpop::Configuration::new()
        .set_in_dir("grammar")
        .emit_rerun_directives(false)
        .process()
        .expect("the grammar is sound");

    let of_target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    // One with the C library in it is linked in another way.
    let is_static = of_target("FEATURE").split(',').any(|feature| feature == "crt-static");
    if (of_target("OS").as_str(), of_target("ENV").as_str()) == ("linux", "gnu") && !is_static {
        // A program that can be loaded anywhere is adjusted each time it starts: that would be a twentieth of the
        // time that a small text takes, and of the file.
        println!("cargo::rustc-link-arg-bins=-no-pie");
        // What unwinds the stack would be loaded as a library, and would first ask what the processor can do: a
        // tenth of that time.
        if std::env::var("HOST") == std::env::var("TARGET") && has_library("libgcc_eh.a") {
            println!("cargo::rustc-link-arg-bins=-Wl,--whole-archive,-lgcc_eh,--no-whole-archive");
        }
    }
}

/// Whether the linker of the system has this library.
fn has_library(name: &str) -> bool {
    let asked = std::process::Command::new("cc").arg(format!("-print-file-name={name}")).output();
    // If there is none, what comes back is the name alone.
    asked.is_ok_and(|output| output.status.success() && output.stdout.starts_with(b"/"))
}
