//! The configurations of docs/editors.md, in the editors that are installed.

#![cfg(all(feature = "cli", target_os = "linux"))]

use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn the_configurations_work_in_their_editors() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/editors/try.sh");
    let mut command = Command::new("bash");
    command.arg(script).env("GCWAT", env!("CARGO_BIN_EXE_gcwat")).stdin(Stdio::null());
    let output = command.output().unwrap();
    let lines = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{lines}{}", String::from_utf8_lossy(&output.stderr));
}
