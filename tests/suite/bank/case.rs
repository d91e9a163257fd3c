//! Reads the cases of the bank from disk.

use gcwat::{Assembler, Diagnostics, Position};
use std::fs;
use std::path::{Path, PathBuf};

/// A wrong module and the expected diagnostics.
pub struct Case {
    /// The name, as `kind/name`.
    pub name: String,
    /// The folder.
    pub kind: String,
    /// The wrong text.
    pub text: Vec<u8>,
    /// The corrected text.
    pub twin: Vec<u8>,
    /// The expected errors, in source order.
    pub faults: Vec<Fault>,
    /// Whether the suggestions must fix all errors.
    pub fixes: bool,
    stem: PathBuf,
}

/// An expected error.
#[derive(Default)]
pub struct Fault {
    /// The allowed start locations of the error.
    pub places: Vec<Place>,
    /// Its code.
    pub code: Option<String>,
    /// The facts that must be mentioned.
    pub says: Vec<String>,
    /// The other locations that must be shown, each with its alternatives.
    pub at: Vec<Vec<Place>>,
    /// The expected suggestions.
    pub fixes: Vec<Fix>,
}

/// A location: its start, and its end if that is checked.
pub struct Place {
    pub start: Position,
    pub end: Option<Position>,
}

/// An expected suggestion.
pub struct Fix {
    /// A part of the inserted text.
    pub text: String,
    /// Whether it must be machine-applicable.
    pub sure: bool,
}

/// Reads all cases, sorted by name.
pub fn all() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/bank");
    let mut cases = Vec::new();
    for kind in entries(&root).into_iter().filter(|path| path.is_dir()) {
        for path in entries(&kind) {
            if path.extension().is_some_and(|extension| extension == "expect") {
                cases.push(Case::read(&path));
            }
        }
        let stray = entries(&kind).into_iter().find(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let stem = name.trim_end_matches(".wat").trim_end_matches(".fixed");
            name.ends_with(".wat") && !kind.join(format!("{stem}.expect")).exists()
        });
        assert!(stray.is_none(), "{} has no .expect file", stray.unwrap().display());
    }
    cases
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

impl Case {
    fn read(expect: &Path) -> Case {
        let stem = expect.with_extension("");
        let kind = stem.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        let name = format!("{kind}/{}", stem.file_name().unwrap().to_str().unwrap());
        let read = |extension| {
            let path = stem.with_extension(extension);
            fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let (text, twin) = (read("wat"), read("fixed.wat"));
        let mut case = Case { name, kind, text, twin, faults: Vec::new(), fixes: false, stem };
        for (number, line) in fs::read_to_string(expect).unwrap().lines().enumerate() {
            case.read_line(line).unwrap_or_else(|| panic!("{}:{}: `{line}`", expect.display(), number + 1));
        }
        assert!(!case.faults.is_empty(), "{} has no fault", case.name);
        case
    }

    /// Parses a line of a `.expect` file. Returns `None` if the line is malformed.
    fn read_line(&mut self, line: &str) -> Option<()> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Some(());
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        if word == "error" {
            let (place, code) = match rest.split_once(' ') {
                Some((place, code)) => (place, Some(code.trim().to_owned())),
                None => (rest, None),
            };
            self.faults.push(Fault { places: places(place)?, code, ..Fault::default() });
            return Some(());
        }
        let fault = self.faults.last_mut()?;
        match word {
            "says" => fault.says.push(rest.to_owned()),
            "at" => fault.at.push(places(rest)?),
            "fix" => fault.fixes.push(Fix { text: rest.to_owned(), sure: false }),
            "fix!" => fault.fixes.push(Fix { text: rest.to_owned(), sure: true }),
            "fixes" => self.fixes = true,
            _ => return None,
        }
        Some(())
    }

    /// Returns the path of a file of this case.
    #[cfg(feature = "cli")]
    pub fn path(&self, extension: &str) -> PathBuf {
        self.stem.with_extension(extension)
    }

    /// Returns the diagnostics for the wrong text.
    pub fn check(&self) -> Diagnostics {
        match Assembler::new().assemble_bytes(&self.text) {
            Ok(assembled) => assembled.warnings().clone(),
            Err(diagnostics) => diagnostics,
        }
    }
}

/// Parses locations: `3:9`, `3:9-3:16`, `3:8|3:9`.
fn places(text: &str) -> Option<Vec<Place>> {
    text.split('|')
        .map(|place| match place.split_once('-') {
            Some((start, end)) => Some(Place { start: position(start)?, end: Some(position(end)?) }),
            None => Some(Place { start: position(place)?, end: None }),
        })
        .collect()
}

fn position(text: &str) -> Option<Position> {
    let (line, column) = text.trim().split_once(':')?;
    Some(Position { line: line.parse().ok()?, column: column.parse().ok()? })
}
