//! The features of WebAssembly that a module may use.

use std::fmt;
use std::str::FromStr;
use wasmparser::WasmFeatures;

/// A set of features of WebAssembly: what validation accepts.
///
/// Where none is asked for, a module may use everything. Two proposals make valid what the standard calls
/// invalid without any word of theirs: stack switching (the type of a tag may have results) and custom
/// descriptors (casts between types that are not related as they must be). These count only for a module
/// in whose text a word of the proposal occurs, or if they are asked for.
///
/// It is read from a list in the grammar that wasm-tools has: names of features and of groups
/// (`mvp`, `wasm1`, `wasm2`, `wasm3`, `lime1`, `default`, `all`), separated by commas; a minus sign
/// takes a feature or group away. A list that begins with a group has only what it names; one that
/// begins with a feature adds to the group `default`, and one that begins with a minus sign takes from
/// all.
///
/// ```
/// use gcwat::{Assembler, Features};
///
/// let wasm2: Features = "wasm2".parse().unwrap();
/// let text = "(module (type (struct)))";
/// assert!(Assembler::new().features(wasm2).assemble(text).is_err());
/// assert!(gcwat::assemble(text).is_ok());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Features(pub(crate) WasmFeatures);

impl Default for Features {
    fn default() -> Features {
        Features(WasmFeatures::all())
    }
}

impl FromStr for Features {
    type Err = UnknownFeature;

    fn from_str(list: &str) -> Result<Features, UnknownFeature> {
        let mut items = list.split(',').map(str::trim).peekable();
        let mut features = match items.peek() {
            Some(first) if first.starts_with('-') => WasmFeatures::all(),
            Some(first) if GROUPS.contains(first) => WasmFeatures::MVP,
            _ => WasmFeatures::default(),
        };
        for item in items {
            let (remove, name) = match item.strip_prefix('-') {
                Some(name) => (true, name),
                None => (false, item),
            };
            let flags = named(name).ok_or_else(|| UnknownFeature(name.to_owned()))?;
            // What every version has is not taken away with a group.
            let flags = if remove { flags - WasmFeatures::MVP } else { flags };
            features.set(flags, !remove);
        }
        Ok(Features(features))
    }
}

/// Proposals under which something is valid that is not otherwise, and the words of the text by which a
/// module uses them.
const BY_WORDS: &[(WasmFeatures, &[&str])] = &[
    (WasmFeatures::STACK_SWITCHING, &["(cont", "cont.", "suspend", "resume", "switch"]),
    (WasmFeatures::CUSTOM_DESCRIPTORS, &["descri", "exact"]),
];

impl Features {
    /// Everything of which the standard does not say otherwise.
    pub(crate) fn beyond_doubt() -> Features {
        let proposals = BY_WORDS.iter().map(|(feature, _)| *feature);
        Features(proposals.fold(WasmFeatures::all(), |features, proposal| features - proposal))
    }

    /// The same, and the proposals of which a word occurs in the text.
    pub(crate) fn used_by(text: &str) -> Features {
        let occurs = |word: &&str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
        let used = BY_WORDS.iter().filter(|(_, words)| words.iter().any(&occurs));
        Features(used.fold(Features::beyond_doubt().0, |features, (proposal, _)| features | *proposal))
    }
}

/// The names of groups.
const GROUPS: &[&str] = &["mvp", "wasm1", "wasm2", "wasm3", "lime1", "default", "all"];

/// The features of a name; dashes and underscores are the same.
fn named(name: &str) -> Option<WasmFeatures> {
    Some(match name {
        "mvp" => WasmFeatures::MVP,
        "wasm1" => WasmFeatures::WASM1,
        "wasm2" => WasmFeatures::WASM2,
        "wasm3" => WasmFeatures::WASM3,
        "lime1" => WasmFeatures::LIME1,
        "default" => WasmFeatures::default(),
        "all" => WasmFeatures::all(),
        name => WasmFeatures::from_name(&name.replace('-', "_").to_uppercase())?,
    })
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter_names().map(|(name, _)| name.to_lowercase())).finish()
    }
}

/// The name of a feature that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFeature(String);

impl fmt::Display for UnknownFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = WasmFeatures::all().iter_names().map(|(name, _)| name.to_lowercase().replace('_', "-"));
        // Components are none of ours.
        let names = names.filter(|name| !name.starts_with("cm-") && name != "component-model");
        let names: Vec<String> = GROUPS.iter().map(|name| (*name).to_owned()).chain(names).collect();
        write!(f, "unknown feature `{}`; there are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownFeature {}
