//! Scores the diagnostics for a case against the expected ones.

use super::case::{Case, Fault, Place};
use super::{fix, is_sure};
use gcwat::{Assembler, Diagnostic, Diagnostics, LineIndex, Span};

/// The scored aspects. All aspects of a case have the same weight.
pub const ASPECTS: [&str; 9] =
    ["rejected", "line", "column", "all", "spurious", "says", "code", "fix", "second"];

/// The result for one case.
#[derive(Clone)]
pub struct Score {
    /// The score of each aspect of the case, from 0 to 1.
    pub aspects: [Option<f64>; ASPECTS.len()],
    /// Descriptions of what is missing.
    pub faults: Vec<String>,
}

/// A sum of scores and its maximum.
#[derive(Default)]
struct Count {
    reached: usize,
    of: usize,
}

impl Count {
    fn add(&mut self, reached: bool) {
        self.reached += usize::from(reached);
        self.of += 1;
    }

    fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.reached as f64 / self.of as f64)
    }
}

impl Score {
    /// Returns the score, from 0 to 100.
    pub fn percent(&self) -> f64 {
        let reached: Vec<f64> = self.aspects.iter().copied().flatten().collect();
        100.0 * reached.iter().sum::<f64>() / reached.len() as f64
    }

    /// Compares the diagnostics with the expected ones.
    pub fn of(case: &Case, diagnostics: &Diagnostics) -> Score {
        let sound = match std::str::from_utf8(&case.text) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&case.text[..error.valid_up_to()]).unwrap(),
        };
        let text = Text { text: sound, lines: LineIndex::new(sound) };
        let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|d| d.is_error()).collect();
        let pairs = text.pair(&case.faults, &errors);

        let mut faults = Vec::new();
        let [mut lines, mut columns, mut says, mut codes, mut fixes, mut seconds] =
            std::array::from_fn(|_| Count::default());
        for (fault, pair) in case.faults.iter().zip(&pairs) {
            let error = pair.map(|index| errors[index]);
            let near = |what: String| format!("{}: {what}", fault.places[0]);
            let line = error.is_some_and(|error| text.is_on_line(error.span, &fault.places));
            lines.add(line);
            let column = error.is_some_and(|error| text.is_at(error.span, &fault.places));
            columns.add(column);
            match error {
                None => faults.push(near("no error".into())),
                Some(error) if !column => {
                    faults.push(near(format!(
                        "the error is at {}: {}",
                        text.place(error.span),
                        error.message
                    )));
                }
                Some(_) => {}
            }
            let mut look = |count: &mut Count, reached: bool, what: String| {
                count.add(reached);
                if !reached {
                    faults.push(near(what));
                }
            };
            let said = error.map(said).unwrap_or_default();
            for fact in &fault.says {
                let reached = said.contains(&fact.to_lowercase());
                look(&mut says, reached, format!("does not say `{fact}`"));
            }
            if let Some(code) = &fault.code {
                let found = error.map_or("none", |error| error.code.as_str());
                look(&mut codes, found == code, format!("the code is {found}, not {code}"));
            }
            for meant in &fault.fixes {
                let reached = error.is_some_and(|error| {
                    error.suggestions.iter().any(|suggestion| {
                        (is_sure(suggestion) || !meant.sure)
                            && suggestion.edits.iter().any(|edit| edit.replacement.contains(&meant.text))
                    })
                });
                look(&mut fixes, reached, format!("does not suggest `{}`", meant.text));
            }
            for places in &fault.at {
                let reached = error
                    .is_some_and(|error| error.labels.iter().any(|label| text.is_at(label.span, places)));
                look(&mut seconds, reached, format!("does not show {}", places[0]));
            }
        }
        let mut spurious = 0;
        for (index, error) in errors.iter().enumerate() {
            let meant = pairs.iter().position(|pair| *pair == Some(index));
            if !meant.is_some_and(|fault| text.is_on_line(error.span, &case.faults[fault].places)) {
                spurious += 1;
                faults.push(format!("{}: spurious: {}", text.place(error.span), error.message));
            }
        }
        if case.fixes {
            let fixed = fix(&case.text, diagnostics);
            let left = Assembler::new().assemble_bytes(&fixed).err();
            fixes.add(left.is_none());
            if let Some(left) = left {
                faults.push(format!("with the suggestions applied: {left}"));
            }
        }
        if errors.is_empty() {
            faults = vec!["accepted".to_owned()];
        }
        let rejected = f64::from(u8::from(!errors.is_empty()));
        let spurious = if errors.is_empty() { 0.0 } else { 1.0 / (1 + spurious) as f64 };
        let aspects = [
            Some(rejected),
            lines.share(),
            columns.share(),
            lines.share().filter(|_| case.faults.len() > 1),
            Some(spurious),
            says.share(),
            codes.share(),
            fixes.share(),
            seconds.share(),
        ];
        Score { aspects, faults }
    }
}

/// Returns all text of a diagnostic.
fn said(error: &Diagnostic) -> String {
    let labels = error.labels.iter().map(|label| label.message.as_str());
    let words = [error.message.as_str(), error.label.as_str()];
    let notes = error.notes.iter().map(String::as_str);
    words.into_iter().chain(labels).chain(notes).collect::<Vec<_>>().join("\n").to_lowercase()
}

/// Whether a location is near the expected start of an error.
type Near<'t> = fn(&Text<'t>, Span, &[Place]) -> bool;

/// The wrong text and its line index.
struct Text<'t> {
    text: &'t str,
    lines: LineIndex,
}

impl Text<'_> {
    /// Assigns errors to faults: the error at the same location, else one on the same line, else any other.
    fn pair(&self, faults: &[Fault], errors: &[&Diagnostic]) -> Vec<Option<usize>> {
        let mut pairs = vec![None; faults.len()];
        let mut free: Vec<usize> = (0..errors.len()).collect();
        let near: [Near<'_>; 3] = [Text::is_at, Text::is_on_line, |_, _, _| true];
        for near in near {
            for (fault, pair) in faults.iter().zip(&mut pairs) {
                if pair.is_none()
                    && let Some(at) =
                        free.iter().position(|&index| near(self, errors[index].span, &fault.places))
                {
                    *pair = Some(free.remove(at));
                }
            }
        }
        pairs
    }

    fn place(&self, span: Span) -> Place {
        let position = |offset| self.lines.position(self.text, offset);
        Place { start: position(span.start), end: Some(position(span.end)) }
    }

    fn is_at(&self, span: Span, places: &[Place]) -> bool {
        let found = self.place(span);
        places
            .iter()
            .any(|place| place.start == found.start && (place.end.is_none() || place.end == found.end))
    }

    fn is_on_line(&self, span: Span, places: &[Place]) -> bool {
        let found = self.place(span);
        places.iter().any(|place| place.start.line == found.start.line)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.start.line, self.start.column)?;
        match self.end {
            Some(end) => write!(f, "-{}:{}", end.line, end.column),
            None => Ok(()),
        }
    }
}
