//! The picture in the README: what the command prints about docs/pictures/average.wat, as it looks on a
//! terminal. `BLESS=1 cargo test --test suite picture` writes it.

use std::path::Path;
use std::process::Command;

#[test]
fn the_picture_shows_what_is_printed() {
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
    assert!(before == picture, "{} is not what is printed; BLESS=1 writes it", file.display());
}
