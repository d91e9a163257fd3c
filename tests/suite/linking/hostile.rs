//! Texts for objects that are cut off or changed: there is an object, or there are errors inside the text.

use super::read::Object;
use gcwat::Assembler;

/// The texts of objects, and those that are refused.
fn texts() -> impl Iterator<Item = &'static str> {
    let cases = include_str!("accepted.txt").split("==== ").chain(include_str!("refused.txt").split("==== "));
    cases.filter_map(|case| case.split_once('\n')).map(|(_, text)| text)
}

fn judge(text: &str) {
    match Assembler::new().object(true).threads(1).assemble(text) {
        Ok(object) => drop(Object::read(object.bytes())),
        Err(errors) => {
            assert!(errors.has_errors(), "{text}");
            for diagnostic in errors.iter() {
                let labels = diagnostic.labels.iter().map(|label| label.span);
                let edits = diagnostic.suggestions.iter().flat_map(|suggestion| &suggestion.edits);
                for span in labels.chain(edits.map(|edit| edit.span)).chain([diagnostic.span]) {
                    assert!(text.get(span.range()).is_some(), "{span:?} of {diagnostic:?}\n{text}");
                }
            }
        }
    }
}

#[test]
fn accepted_texts_become_objects() {
    for case in include_str!("accepted.txt").split("==== ").skip(1) {
        let (_, text) = case.split_once('\n').unwrap();
        Object::read(&Object::bytes(text));
    }
}

#[test]
fn texts_of_objects_that_are_cut_off_are_judged() {
    for text in texts() {
        for end in (0..text.len()).step_by(37).filter(|end| text.is_char_boundary(*end)) {
            judge(&text[..end]);
        }
    }
}

#[test]
fn texts_of_objects_without_a_token_are_judged() {
    for text in texts() {
        let mut start = 0;
        let is_edge = |c: char| c.is_whitespace() || "()\"".contains(c);
        while let Some(len) = text[start..].find(|c| !is_edge(c)) {
            let end = text[start + len..].find(is_edge).map_or(text.len(), |end| start + len + end);
            judge(&format!("{}{}", &text[..start + len], &text[end..]));
            // Every third token is enough.
            start = end;
            for _ in 0..2 {
                start += text[start..].find(|c| !is_edge(c)).unwrap_or(0);
                start += text[start..].find(is_edge).unwrap_or(text.len() - start);
            }
        }
    }
}
