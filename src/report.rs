//! Diagnostics as text, for people and for tools.
//!
//! Each format has a file that writes a [`Diagnostic`].
//!
//! ```
//! use gcwat::report::{MessageFormat, Report};
//!
//! let text = "(module\n  (func\n    call $f))";
//! let diagnostics = gcwat::check(text);
//! let report = Report::new("bad.wat", text, &diagnostics);
//! assert_eq!(report.to_string(MessageFormat::Short), "bad.wat:3:10: error: unknown function `$f` [E0301]\n");
//! ```

mod edits;
mod github;
mod human;
mod json;
pub(crate) mod sarif;
mod short;
mod source;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Diagnostics};
use source::Source;
use std::io::{self, Write};

/// A format of diagnostics.
///
/// ```
/// use gcwat::report::{MessageFormat, Report};
///
/// let diagnostics = gcwat::check("(func call $f)");
/// let json = Report::new("f.wat", "(func call $f)", &diagnostics).to_string(MessageFormat::Json);
/// assert!(MessageFormat::Json.is_for_tools() && json.starts_with('{'));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum MessageFormat {
    /// With source lines, for people
    #[default]
    Human,
    /// One line each, in the format of gcc: `file:2:9: error: message [E0123]`
    Short,
    /// One JSON object per line, in the schema of rustc
    Json,
    /// Workflow commands of GitHub Actions
    Github,
    /// One JSON object in the schema of SARIF 2.1.0
    Sarif,
}

impl MessageFormat {
    /// Whether the format is for tools.
    pub fn is_for_tools(self) -> bool {
        self != MessageFormat::Human
    }
}

/// Writes the diagnostics of one text.
///
/// ```
/// use gcwat::report::{MessageFormat, Report};
///
/// let text = "(func call $f call $g)";
/// let diagnostics = gcwat::check(text);
/// let report = Report::new("f.wat", text, &diagnostics).max_errors(1);
/// assert!(report.to_string(MessageFormat::Human).contains("unknown function `$f`"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "the methods that set an option return the report"]
pub struct Report<'a> {
    source: Source<'a>,
    diagnostics: &'a Diagnostics,
    max_errors: usize,
    errors_only: bool,
    color: bool,
}

impl<'a> Report<'a> {
    /// Creates a report. `name` is the file name of `text`, and `diagnostics` are those of the text.
    pub fn new(name: &'a str, text: &'a str, diagnostics: &'a Diagnostics) -> Report<'a> {
        Report {
            source: Source::new(name, text),
            diagnostics,
            max_errors: usize::MAX,
            errors_only: false,
            color: false,
        }
    }

    /// Sets the maximum number of errors and the maximum number of warnings. The default, 0, is no limit.
    pub fn max_errors(mut self, most: usize) -> Report<'a> {
        self.max_errors = if most == 0 { usize::MAX } else { most };
        self
    }

    /// Sets whether warnings are omitted. The default is `false`.
    pub fn errors_only(mut self, errors_only: bool) -> Report<'a> {
        self.errors_only = errors_only;
        self
    }

    /// Sets whether [`MessageFormat::Human`] has colours, as ANSI escapes. The default is `false`.
    pub fn color(mut self, color: bool) -> Report<'a> {
        self.color = color;
        self
    }

    /// Writes the report.
    ///
    /// # Errors
    ///
    /// Returns the errors of `out`.
    pub fn write(&self, format: MessageFormat, out: &mut dyn Write) -> io::Result<()> {
        if format == MessageFormat::Sarif {
            let mut log = sarif::Log::default();
            log.add(self);
            return log.write(out);
        }
        let (shown, hidden) = self.shown();
        for diagnostic in shown {
            self.write_one(format, diagnostic, out)?;
        }
        if format == MessageFormat::Human {
            hidden.map_or(Ok(()), |hidden| writeln!(out, "{hidden}\n"))?;
            return human::write_summary(&self.source, &self.all().collect::<Vec<_>>(), out);
        }
        let Some(hidden) = hidden else { return Ok(()) };
        match format {
            MessageFormat::Short => writeln!(out, "{}: {hidden}", self.source.shown_name),
            MessageFormat::Json => json::write_note(&hidden, out),
            MessageFormat::Github => github::write_note(&self.source, &hidden, out),
            MessageFormat::Human | MessageFormat::Sarif => Ok(()),
        }
    }

    /// Returns the diagnostics of the levels that are wanted.
    fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|shown| !self.errors_only || shown.is_error())
    }

    /// Returns the diagnostics within the limits, and the number of the others in words.
    fn shown(&self) -> (impl Iterator<Item = &Diagnostic>, Option<String>) {
        let errors = self.all().filter(|diagnostic| diagnostic.is_error()).count();
        let warnings = self.all().count() - errors;
        let more = |count: usize, noun: &str| {
            let hidden = count.saturating_sub(self.max_errors);
            (hidden > 0).then(|| format!("{hidden} more {noun}{}", if hidden == 1 { "" } else { "s" }))
        };
        let hidden: Vec<String> =
            [more(errors, "error"), more(warnings, "warning")].into_iter().flatten().collect();
        let hidden = (!hidden.is_empty()).then(|| format!("... and {}", hidden.join(" and ")));
        let mut left = [self.max_errors; 2];
        let shown = self.all().filter(move |diagnostic| {
            let left = &mut left[usize::from(diagnostic.is_error())];
            let is_shown = *left > 0;
            *left = left.saturating_sub(1);
            is_shown
        });
        (shown, hidden)
    }

    fn write_one(
        &self,
        format: MessageFormat,
        diagnostic: &Diagnostic,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match format {
            MessageFormat::Human => human::write(&self.source, diagnostic, self.color, out),
            MessageFormat::Short => short::write(&self.source, diagnostic, out),
            MessageFormat::Json => json::write(&self.source, diagnostic, out),
            MessageFormat::Github => github::write(&self.source, diagnostic, out),
            // One object for all diagnostics.
            MessageFormat::Sarif => Ok(()),
        }
    }

    /// Returns the report as a string.
    pub fn to_string(&self, format: MessageFormat) -> String {
        let mut out = Vec::new();
        // Writing to memory does not fail.
        let _ = self.write(format, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }
}
