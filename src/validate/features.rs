//! Features of WebAssembly, as wasmparser's verdicts name them.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// A feature that is needed and not allowed.
pub(super) struct Needed {
    /// The name that `--features` takes.
    name: &'static str,
    what: String,
}

/// How verdicts call features, and the names that `--features` takes.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("exceptions",                    "exceptions"),
    ("legacy exceptions",             "legacy-exceptions"),
    ("tail calls",                    "tail-call"),
    ("reference types",               "reference-types"),
    ("function references",           "function-references"),
    ("multi-memory",                  "multi-memory"),
    ("memory64",                      "memory64"),
    ("threads",                       "threads"),
    ("shared-everything-threads",     "shared-everything-threads"),
    ("SIMD",                          "simd"),
    ("relaxed SIMD",                  "relaxed-simd"),
    ("bulk memory",                   "bulk-memory"),
    ("sign extension operations",     "sign-extension"),
    ("saturating float to int conversions", "saturating-float-to-int"),
    ("gc",                            "gc"),
    ("stack switching",               "stack-switching"),
    ("wide arithmetic",               "wide-arithmetic"),
    ("custom descriptors operations", "custom-descriptors"),
    ("custom descriptors",            "custom-descriptors"),
    ("custom page sizes",             "custom-page-sizes"),
    ("memory control",                "memory-control"),
    ("floating-point",                "floats"),
    ("multi-value",                   "multi-value"),
    ("extended const",                "extended-const"),
    ("mutable global",                "mutable-global"),
];

/// The feature whose absence a verdict is about.
pub(super) fn needed(message: &str) -> Option<Needed> {
    let message = message.lines().next().unwrap_or("");
    // `X support is not enabled`, `X require the Y proposal`, `... without the Y proposal`, ...
    let of = |what: &str| {
        let (_, name) = NAMES.iter().find(|(said, _)| said.eq_ignore_ascii_case(what))?;
        Some(Needed { name, what: what.to_owned() })
    };
    if let Some(what) = message.strip_suffix(" support is not enabled") {
        return Some(of(what).unwrap_or(Needed { name: "", what: what.to_owned() }));
    }
    if let Some(what) = message.strip_suffix(" support disabled").or(message.strip_suffix(" not enabled")) {
        return Some(of(what).unwrap_or(Needed { name: "", what: what.to_owned() }));
    }
    if !["require", "without", "must be enabled", "not supported", "disabled"]
        .iter()
        .any(|word| message.contains(word))
    {
        return None;
    }
    NAMES
        .iter()
        .filter(|(said, name)| {
            let lower = message.to_lowercase();
            lower.contains(&said.to_lowercase()) || lower.contains(name)
        })
        .max_by_key(|(said, _)| said.len())
        .map(|(_, name)| Needed { name, what: (*name).to_owned() })
}

impl Needed {
    /// The complaint at the first use.
    pub(super) fn disabled(&self, span: Span) -> Diagnostic {
        let name = if self.name.is_empty() { self.what.clone() } else { self.name.to_owned() };
        Diagnostic::error(
            Code::FeatureDisabled,
            span,
            format!("this needs the feature `{name}`, which is not allowed here"),
        )
        .with_note(format!("`--features` leaves `{name}` out"))
    }
}
