//! The command line.

fn main() -> std::process::ExitCode {
    gcwat::cli::main().into()
}
