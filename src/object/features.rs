//! The section with the features that the code of an object uses.

use super::fault::Space;
use super::symbols::{Symbol, Symbols, flags};
use crate::features::{Feature, FeatureSet};
use crate::lower::LoweredModule;
use wasm_encoder::Encode;

/// The names of features that linkers and optimizers know.
const NAMES: [(Feature, &str); 20] = [
    (Feature::Threads, "atomics"),
    (Feature::BulkMemory, "bulk-memory"),
    (Feature::BulkMemoryOpt, "bulk-memory-opt"),
    (Feature::Exceptions, "exception-handling"),
    (Feature::LegacyExceptions, "exception-handling"),
    (Feature::Fp16, "fp16"),
    (Feature::Gc, "gc"),
    (Feature::FunctionReferences, "gc"),
    (Feature::TypeReferences, "gc"),
    (Feature::Memory64, "memory64"),
    (Feature::MultiValue, "multivalue"),
    (Feature::MutableGlobal, "mutable-globals"),
    (Feature::SaturatingFloatToInt, "nontrapping-fptoint"),
    (Feature::ReferenceTypes, "reference-types"),
    (Feature::RelaxedSimd, "relaxed-simd"),
    (Feature::SignExtension, "sign-ext"),
    (Feature::Simd, "simd128"),
    (Feature::TailCall, "tail-call"),
    (Feature::TailCallOfReference, "tail-call"),
    (Feature::WideArithmetic, "wide-arithmetic"),
];

/// The features of definitions. All others count only if functions use them: what else needs them, such as passive
/// data segments, is not in an object.
const OF_DEFINITIONS: [Feature; 7] = [
    Feature::Exceptions,
    Feature::Memory64,
    Feature::MultiValue,
    Feature::MutableGlobal,
    Feature::ReferenceTypes,
    Feature::Simd,
    Feature::Threads,
];

/// Returns the features that an object uses.
pub(super) fn used(module: &LoweredModule, symbols: &Symbols) -> FeatureSet {
    let set = module.uses.set;
    // wasm-ld 19 needs this feature for every global that is exported.
    let is_exported = |symbol: &Symbol| symbol.space == Space::Global && symbol.has(flags::EXPORTED);
    let exports = symbols.list.iter().any(is_exported).then_some(Feature::MutableGlobal);
    let of_definitions = OF_DEFINITIONS.into_iter().filter(|feature| set.has(*feature));
    of_definitions
        .chain(exports)
        .fold(module.code_features, |used, feature| used.with(FeatureSet::of(feature)))
}

/// Returns the contents of the section, or `None` if the code uses no feature with a name. `has_table` says that the
/// code has a padded index of a table.
pub(super) fn section(used: FeatureSet, has_table: bool) -> Option<Vec<u8>> {
    let mut names: Vec<&str> =
        NAMES.iter().filter(|(feature, _)| used.has(*feature)).map(|(_, name)| *name).collect();
    if has_table {
        names.push("call-indirect-overlong");
    }
    if names.contains(&"bulk-memory-opt") {
        names.push("bulk-memory");
    }
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return None;
    }
    let mut out = Vec::new();
    names.len().encode(&mut out);
    for name in names {
        out.push(b'+');
        name.encode(&mut out);
    }
    Some(out)
}
