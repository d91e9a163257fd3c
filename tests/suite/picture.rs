//! The picture in the README: the output of `gcwat check` for docs/pictures/average.wat in a terminal.
//! `BLESS=1 cargo test --test suite picture` updates it.

use std::path::Path;
use std::process::Command;

#[test]
fn the_picture_shows_the_actual_output() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let run = Command::new(env!("CARGO_BIN_EXE_gcwat"))
        .current_dir(&folder)
        .args(["check", "--color", "always", "average.wat"])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1));
    let printed = String::from_utf8(run.stderr).unwrap();
    let shown = format!("\u{1b}[1m$ gcwat check average.wat\u{1b}[0m\n{printed}");
    let picture = anstyle_svg::Term::new().min_width_px(900).render_svg(&shown);
    let file = folder.join("check.svg");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &picture).unwrap();
    }
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(before == picture, "{} is out of date; BLESS=1 updates it", file.display());
}
