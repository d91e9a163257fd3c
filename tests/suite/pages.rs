//! The pages of the diagnostic codes: their examples must give the documented results.

use gcwat::{Assembler, Code, Diagnostics, Warnings};
use std::fmt::Write;
use std::path::Path;

/// Codes without an example.
const WITHOUT_EXAMPLE: &[Code] = &[Code::TooLarge];

/// Returns the contents of the blocks of a page that start with ```` ```wat KIND ````.
fn examples<'p>(page: &'p str, kind: &str) -> Vec<&'p str> {
    let start = format!("\n```wat {kind}\n");
    let blocks = page.split(&start).skip(1);
    blocks.map(|block| block.split("```\n").next().unwrap()).collect()
}

/// Checks a text with the options that the page specifies.
fn check(page: &str, text: &str) -> Diagnostics {
    let options = page.lines().find_map(|line| line.strip_prefix("Options: `")?.strip_suffix('`'));
    let mut assembler = Assembler::new();
    match options.map(|options| options.split(' ').collect::<Vec<_>>()).as_deref() {
        None => {}
        Some(["--emit", "object"]) => assembler = assembler.object(true),
        Some(["-W", warnings]) => assembler = assembler.warn(warnings.parse::<Warnings>().unwrap()),
        Some(["--strict"]) => assembler = assembler.strict(true),
        Some(["--features", list]) => assembler = assembler.features(list.parse().unwrap()),
        Some(options) => panic!("the test does not know {options:?}"),
    }
    assembler.check(text)
}

#[test]
fn the_wrong_example_of_a_page_is_wrong_in_that_way() {
    for &code in Code::ALL {
        let page = code.explanation();
        let wrong = examples(page, "wrong");
        assert_eq!(wrong.len(), usize::from(!WITHOUT_EXAMPLE.contains(&code)), "{code}");
        for text in wrong {
            let found = check(page, text);
            let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
            assert!(!codes.is_empty(), "{code}: nothing is wrong with\n{text}");
            assert!(codes.iter().all(|&found| found == code), "{code}: {found}");
        }
    }
}

#[test]
fn the_right_example_of_a_page_is_right() {
    for &code in Code::ALL {
        let page = code.explanation();
        let right = examples(page, "right");
        assert_eq!(right.len(), usize::from(!WITHOUT_EXAMPLE.contains(&code)), "{code}");
        for text in right {
            assert_eq!(check(page, text), Diagnostics::default(), "{code}");
        }
    }
}

#[test]
fn every_code_has_a_page_of_reasonable_size() {
    for &code in Code::ALL {
        let page = code.explanation();
        assert!(page.starts_with(&format!("# {code}: ")), "{code}");
        let lines = page.lines().count();
        assert!((7..=40).contains(&lines), "{code}: {lines} lines");
        assert!(page.lines().all(|line| line.chars().count() <= 120), "{code}");
        // The targets of links must exist.
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
        for link in page.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            assert!(folder.join(link).exists(), "{code}: {link}");
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    assert_eq!(folder.read_dir().unwrap().count(), Code::ALL.len() + 1);
}

#[test]
fn the_index_of_pages_is_complete() {
    let mut index = "<!-- Written by `BLESS=1 cargo test --test suite index_of_pages`. -->\n\
        # Diagnostics\n\n\
        Every error and warning has a code, which keeps its meaning. The page of a code explains it, with a wrong and a\n\
        corrected example; `gcwat explain CODE` prints the page. `-D CODE` and `-D warnings` make warnings errors,\n\
        `-A CODE` suppresses a warning, and `-W CODE` reports one that is off by default. In place of a code, each takes a\n\
        group: `all`, `default`, `unused` or `suspicious`. `(@allow CODE)` before a field, or before an instruction or another\n\
        form in it, suppresses warnings there.\n"
        .to_owned();
    for (group, name) in [
        ("E00", "Characters"),
        ("E01", "Grammar"),
        ("E02", "Numbers"),
        ("E03", "Names"),
        ("E04", "Validity"),
        ("E05", "Objects"),
        ("W00", "Warnings"),
    ] {
        write!(index, "\n## {name}\n\n| code | |\n|---|---|\n").unwrap();
        for code in Code::ALL.iter().filter(|code| code.as_str().starts_with(group)) {
            let title = code.explanation().lines().next().unwrap().split_once(": ").unwrap().1;
            writeln!(index, "| [{code}]({code}.md) | {title} |").unwrap();
        }
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics/README.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&page, &index).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&page).unwrap_or_default(), index);
}
