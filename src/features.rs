//! The features of WebAssembly: their names, groups of features, and the set that a module may use.
//!
//! Which features a module uses is recorded when it is lowered (`lower/uses.rs`).

use crate::instr::{Op, Proposal, str_contains, str_eq};
use crate::similar;
use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;
use wasmparser::WasmFeatures;

/// A proposal, or a part of a proposal that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Feature {
    /// The features that are always enabled.
    Base,
    Floats,
    GcTypes,
    MutableGlobal,
    SignExtension,
    SaturatingFloatToInt,
    MultiValue,
    BulkMemory,
    BulkMemoryOpt,
    ReferenceTypes,
    Simd,
    TailCall,
    ExtendedConst,
    FunctionReferences,
    /// References to types of the module. The proposal of garbage collection includes them, too.
    TypeReferences,
    /// `return_call_ref`. The proposal of function references includes it; other tools count it as a tail call.
    TailCallOfReference,
    Gc,
    MultiMemory,
    Memory64,
    Exceptions,
    RelaxedSimd,
    Threads,
    AcquireReleaseAtomics,
    SharedEverythingThreads,
    CompactImports,
    CustomDescriptors,
    CustomPageSizes,
    Fp16,
    LegacyExceptions,
    MemoryControl,
    MultibyteArrayAccess,
    NumericValues,
    StackSwitching,
    WideArithmetic,
}

/// A set of features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct FeatureSet(u64);

impl FeatureSet {
    pub(crate) const EMPTY: FeatureSet = FeatureSet(0);
    const ALL: FeatureSet = FeatureSet(u64::MAX);

    #[inline]
    pub(crate) const fn of(feature: Feature) -> FeatureSet {
        FeatureSet(1 << feature as u8)
    }

    #[inline]
    pub(crate) const fn has(self, feature: Feature) -> bool {
        self.0 >> feature as u8 & 1 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self == FeatureSet::EMPTY
    }

    #[inline]
    pub(crate) const fn with(self, other: FeatureSet) -> FeatureSet {
        FeatureSet(self.0 | other.0)
    }

    /// Returns the features of the set that have names.
    pub(crate) fn named(self) -> impl Iterator<Item = Feature> {
        ROWS.iter().map(|row| row.feature).filter(move |feature| self.has(*feature))
    }

    pub(crate) const fn common(self, other: FeatureSet) -> FeatureSet {
        FeatureSet(self.0 & other.0)
    }

    pub(crate) const fn without(self, other: FeatureSet) -> FeatureSet {
        FeatureSet(self.0 & !other.0)
    }
}

/// The length of [`OF_OP`]. A power of two, so that indexing needs no bounds check.
const ROWS_OF_OPS: usize = Op::COUNT.next_power_of_two();

/// The features that each instruction needs, by row of the instruction table.
static OF_OP: [FeatureSet; ROWS_OF_OPS] = {
    let mut table = [FeatureSet::EMPTY; ROWS_OF_OPS];
    let mut row = 0;
    while let Some(op) = Op::nth(row) {
        table[row] = FeatureSet::of(of_op(op));
        if str_contains(op.mnemonic(), "f32") || str_contains(op.mnemonic(), "f64") {
            table[row] = table[row].with(FeatureSet::of(Feature::Floats));
        }
        if str_eq(op.mnemonic(), "return_call_ref") {
            table[row] = table[row].with(FeatureSet::of(Feature::TailCallOfReference));
        }
        row += 1;
    }
    table
};

/// Returns the feature that added an instruction.
const fn of_op(op: Op) -> Feature {
    let mnemonic = op.mnemonic();
    match op.row().proposal {
        Proposal::Mvp => Feature::Base,
        Proposal::SignExtension => Feature::SignExtension,
        Proposal::SaturatingFloatToInt => Feature::SaturatingFloatToInt,
        Proposal::BulkMemory if str_eq(mnemonic, "memory.copy") || str_eq(mnemonic, "memory.fill") => {
            Feature::BulkMemoryOpt
        }
        Proposal::BulkMemory => Feature::BulkMemory,
        Proposal::ReferenceTypes => Feature::ReferenceTypes,
        Proposal::TailCall => Feature::TailCall,
        Proposal::FunctionReferences => Feature::FunctionReferences,
        Proposal::Gc => Feature::Gc,
        Proposal::Simd => Feature::Simd,
        Proposal::RelaxedSimd => Feature::RelaxedSimd,
        Proposal::Exceptions => Feature::Exceptions,
        Proposal::LegacyExceptions => Feature::LegacyExceptions,
        Proposal::Threads => Feature::Threads,
        Proposal::SharedEverythingThreads => Feature::SharedEverythingThreads,
        Proposal::AcquireReleaseAtomics => Feature::AcquireReleaseAtomics,
        Proposal::StackSwitching => Feature::StackSwitching,
        Proposal::WideArithmetic => Feature::WideArithmetic,
        Proposal::CustomDescriptors => Feature::CustomDescriptors,
        Proposal::MemoryControl => Feature::MemoryControl,
        Proposal::Fp16 => Feature::Fp16,
    }
}

/// Returns the features that an instruction needs with any immediates.
#[inline]
pub(crate) fn features_of(op: Op) -> FeatureSet {
    OF_OP[usize::from(op.index()) % ROWS_OF_OPS]
}

/// The oldest version of WebAssembly that has a feature.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    Mvp,
    Wasm1,
    Wasm2,
    Wasm3,
    /// Not part of any version yet.
    None,
}

/// A feature that has a name.
struct Row {
    feature: Feature,
    version: Version,
    name: &'static str,
    /// The names that other tools and the proposals' repositories use.
    aliases: &'static [&'static str],
    /// The description in `--features help`.
    summary: &'static str,
    wasm: WasmFeatures,
}

const fn row(
    feature: Feature,
    version: Version,
    name: &'static str,
    aliases: &'static [&'static str],
    wasm: WasmFeatures,
    summary: &'static str,
) -> Row {
    Row { feature, version, name, aliases, summary, wasm }
}

#[rustfmt::skip]
static ROWS: &[Row] = &{
    use Version::*;
    type W = WasmFeatures;
    [
        row(Feature::Floats, Mvp, "floats", &["floating-point"], W::FLOATS,
            "floating-point types and instructions"),
        row(Feature::GcTypes, Mvp, "gc-types", &[], W::GC_TYPES,
            "reference types that need a garbage collector"),
        row(Feature::MutableGlobal, Wasm1, "mutable-global", &["mutable-globals", "import-export-mutable-globals"], W::MUTABLE_GLOBAL,
            "imports and exports of mutable globals"),
        row(Feature::SignExtension, Wasm2, "sign-extension", &["sign-ext", "sign-extension-ops"], W::SIGN_EXTENSION,
            "`i32.extend8_s` and similar instructions"),
        row(Feature::SaturatingFloatToInt, Wasm2, "saturating-float-to-int",
            &["nontrapping-fptoint", "nontrapping-float-to-int", "nontrapping-float-to-int-conversion", "nontrapping-float-to-int-conversions"],
            W::SATURATING_FLOAT_TO_INT,
            "conversions that do not trap, `i32.trunc_sat_f32_s` and similar instructions"),
        row(Feature::MultiValue, Wasm2, "multi-value", &["multivalue"], W::MULTI_VALUE,
            "several results, and blocks with parameters"),
        row(Feature::BulkMemory, Wasm2, "bulk-memory", &["bulk-memory-operations"], W::BULK_MEMORY,
            "`memory.copy` and similar instructions, and passive segments"),
        row(Feature::BulkMemoryOpt, Wasm2, "bulk-memory-opt", &[], W::BULK_MEMORY_OPT,
            "the part of bulk-memory that is `memory.copy` and `memory.fill`"),
        row(Feature::ReferenceTypes, Wasm2, "reference-types", &[], W::REFERENCE_TYPES,
            "`externref`, `funcref` as a value, and several tables"),
        row(Feature::Simd, Wasm2, "simd", &["simd128", "fixed-width-simd"], W::SIMD,
            "vectors of 128 bits"),
        row(Feature::TailCall, Wasm3, "tail-call", &["tail-calls"], W::TAIL_CALL,
            "`return_call` and `return_call_indirect`"),
        row(Feature::ExtendedConst, Wasm3, "extended-const", &["extended-const-expressions"], W::EXTENDED_CONST,
            "`i32.add` and similar instructions in constant expressions"),
        row(Feature::FunctionReferences, Wasm3, "function-references", &["typed-function-references"], W::FUNCTION_REFERENCES,
            "`call_ref`, and references to functions of a type"),
        row(Feature::Gc, Wasm3, "gc", &["garbage-collection"], W::GC,
            "structs, arrays, `i31ref`, and subtypes"),
        row(Feature::MultiMemory, Wasm3, "multi-memory", &["multimemory", "multi-memories", "multiple-memories"], W::MULTI_MEMORY,
            "several memories"),
        row(Feature::Memory64, Wasm3, "memory64", &["table64"], W::MEMORY64,
            "memories and tables with 64-bit addresses"),
        row(Feature::Exceptions, Wasm3, "exceptions", &["exception-handling"], W::EXCEPTIONS,
            "tags, `throw` and `try_table`"),
        row(Feature::RelaxedSimd, Wasm3, "relaxed-simd", &[], W::RELAXED_SIMD,
            "vector instructions whose results depend on the engine"),
        row(Feature::Threads, None, "threads", &["atomics", "shared-memory"], W::THREADS,
            "shared memories and atomic access"),
        row(Feature::AcquireReleaseAtomics, None, "acquire-release-atomics", &["relaxed-atomics"], W::ACQUIRE_RELEASE_ATOMICS,
            "the memory order `acqrel`, and `pause`"),
        row(Feature::SharedEverythingThreads, None, "shared-everything-threads", &["shared-everything"], W::SHARED_EVERYTHING_THREADS,
            "shared functions, globals, tables, structs and arrays"),
        row(Feature::CompactImports, None, "compact-imports", &["compact-import-section"], W::COMPACT_IMPORTS,
            "several imports from a module in one field"),
        row(Feature::CustomDescriptors, None, "custom-descriptors", &[], W::CUSTOM_DESCRIPTORS,
            "descriptors of types, and exact types"),
        row(Feature::CustomPageSizes, None, "custom-page-sizes", &["custom-page-size"], W::CUSTOM_PAGE_SIZES,
            "memories with `(pagesize 1)`"),
        row(Feature::Fp16, None, "fp16", &["half-precision"], W::empty(),
            "half precision, `f16x8.add` and similar instructions"),
        row(Feature::LegacyExceptions, None, "legacy-exceptions", &["legacy-exception-handling"], W::LEGACY_EXCEPTIONS,
            "`try` with `catch` or `delegate`"),
        row(Feature::MemoryControl, None, "memory-control", &[], W::MEMORY_CONTROL,
            "`memory.discard`"),
        row(Feature::MultibyteArrayAccess, None, "multibyte-array-access", &["multibyte"], W::MULTIBYTE_ARRAY_ACCESS,
            "loads from and stores to arrays"),
        row(Feature::NumericValues, None, "wat-numeric-values", &["numeric-values", "numeric-data"], W::empty(),
            "numbers in data segments, `(data (i16 1 2))`"),
        row(Feature::StackSwitching, None, "stack-switching", &["typed-continuations"], W::STACK_SWITCHING,
            "continuations"),
        row(Feature::WideArithmetic, None, "wide-arithmetic", &[], W::WIDE_ARITHMETIC,
            "`i64.add128` and similar instructions"),
    ]
};

impl Feature {
    /// Returns the set of the feature and the features that are a part of it.
    const fn with_parts(self) -> FeatureSet {
        match self {
            Feature::BulkMemory => FeatureSet::of(self).with(FeatureSet::of(Feature::BulkMemoryOpt)),
            _ => FeatureSet::of(self),
        }
    }

    /// Returns the name for `--features`.
    pub(crate) fn name(self) -> &'static str {
        let feature = if self == Feature::TypeReferences { Feature::FunctionReferences } else { self };
        ROWS.iter().find(|row| row.feature == feature).map_or("", |row| row.name)
    }
}

/// A named group of features.
struct Group {
    name: &'static str,
    features: Features,
    summary: &'static str,
}

#[rustfmt::skip]
static GROUPS: &[Group] = &[
    Group { name: "mvp",     features: Features::MVP,     summary: "the first release, without mutable-global" },
    Group { name: "wasm1",   features: Features::WASM1,   summary: "WebAssembly 1.0" },
    Group { name: "wasm2",   features: Features::WASM2,   summary: "WebAssembly 2.0" },
    Group { name: "wasm3",   features: Features::WASM3,   summary: "WebAssembly 3.0" },
    Group { name: "lime1",   features: Features::LIME1,   summary: "a common set for compilers that use linear memory" },
    Group { name: "default", features: Features::DEFAULT, summary: "all; stack-switching and custom-descriptors apply only to modules that use them" },
    Group { name: "all",     features: Features::ALL,     summary: "all" },
];

/// The set of features that a module may use.
///
/// By default, all features are allowed. Two proposals make modules valid that are invalid by the standard, even if the
/// modules use nothing of the proposal: stack switching (results of tag types) and custom descriptors (casts between
/// unrelated types). By default, these two apply only to modules that use them.
///
/// A set is parsed from a comma-separated list, as in wasm-tools: names of features and of groups (`mvp`, `wasm1`,
/// `wasm2`, `wasm3`, `lime1`, `default`, `all`). A minus sign removes a feature or group. A list that begins with a group
/// contains only the listed features. Any other list adds to the default or removes from it.
///
/// ```
/// use gcwat::{Assembler, Features};
///
/// let text = "(module (type (struct)))";
/// assert!(Assembler::new().features(Features::WASM2).assemble(text).is_err());
/// assert!(Assembler::new().features(Features::WASM3).assemble(text).is_ok());
/// assert!(gcwat::assemble(text).is_ok());
///
/// let features: Features = "wasm2,gc,function-references".parse().unwrap();
/// assert_eq!(features, Features::WASM2.with(Features::GC).with(Features::FUNCTION_REFERENCES));
/// assert!(Assembler::new().features(features).assemble(text).is_ok());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Features {
    /// The features that a module may use.
    allowed: FeatureSet,
    /// The allowed features that also apply to modules that do not use them.
    applied: FeatureSet,
}

/// The proposals that can make a module valid that does not use them.
const ONLY_IF_USED: FeatureSet =
    FeatureSet::of(Feature::StackSwitching).with(FeatureSet::of(Feature::CustomDescriptors));

impl Default for Features {
    fn default() -> Features {
        Features::DEFAULT
    }
}

impl FromStr for Features {
    type Err = UnknownFeature;

    fn from_str(list: &str) -> Result<Features, UnknownFeature> {
        let mut features = Features::default();
        for (at, item) in list.split(',').map(str::trim).enumerate() {
            let (is_removed, name) = match item.strip_prefix('-') {
                Some(name) => (true, name),
                None => (false, item),
            };
            let unknown = || UnknownFeature(name.to_owned());
            let name = name.to_ascii_lowercase().replace('_', "-");
            if let Some(group) = group(&name) {
                features = match is_removed {
                    true => features.without(group),
                    false if at == 0 => group,
                    false => features.with(group),
                };
                continue;
            }
            let named = Features::of(named(&name).ok_or_else(unknown)?);
            features = if is_removed { features.without(named) } else { features.with(named) };
        }
        Ok(features)
    }
}

/// Returns the features of a version of WebAssembly.
const fn up_to(version: Version) -> FeatureSet {
    let mut all = FeatureSet::of(Feature::Base);
    let mut at = 0;
    while at < ROWS.len() {
        if ROWS[at].version as u8 <= version as u8 {
            all = all.with(FeatureSet::of(ROWS[at].feature));
        }
        at += 1;
    }
    all
}

/// Returns the features of a group.
fn group(name: &str) -> Option<Features> {
    GROUPS.iter().find(|group| group.name == name).map(|group| group.features)
}

/// Returns the features with a name.
fn named(name: &str) -> Option<FeatureSet> {
    if let Some(row) = ROWS.iter().find(|row| row.name == name || row.aliases.contains(&name)) {
        return Some(row.feature.with_parts());
    }
    // Features of wasm-tools for components and for encodings that gcwat does not write. Modules do not use them.
    let is_without_use =
        name == "call-indirect-overlong" || name == "component-model" || name.starts_with("cm");
    WasmFeatures::from_name(&name.replace('-', "_").to_ascii_uppercase())
        .filter(|_| is_without_use)
        .map(|_| FeatureSet::EMPTY)
}

/// The groups.
impl Features {
    /// The first release of WebAssembly, without imports and exports of mutable globals.
    pub const MVP: Features = Features::of(up_to(Version::Mvp));
    /// WebAssembly 1.0.
    pub const WASM1: Features = Features::of(up_to(Version::Wasm1));
    /// WebAssembly 2.0.
    pub const WASM2: Features = Features::of(up_to(Version::Wasm2));
    /// WebAssembly 3.0.
    pub const WASM3: Features = Features::of(up_to(Version::Wasm3));
    /// A common set for compilers that use linear memory.
    pub const LIME1: Features = Features::WASM1
        .with(Features::MULTI_VALUE)
        .with(Features::SIGN_EXTENSION)
        .with(Features::SATURATING_FLOAT_TO_INT)
        .with(Features::BULK_MEMORY_OPT)
        .with(Features::EXTENDED_CONST);
    /// All features. Stack switching and custom descriptors apply only to modules that use them. This is the default of the
    /// library and of the command.
    pub const DEFAULT: Features =
        Features { allowed: FeatureSet::ALL, applied: FeatureSet::ALL.without(ONLY_IF_USED) };
    /// All features.
    pub const ALL: Features = Features::of(FeatureSet::ALL);
}

macro_rules! constants {
    ($(#[doc = $doc:literal] $name:ident = $feature:ident,)*) => {
        /// The single features, to combine with a group.
        impl Features {
            $(
                #[doc = $doc]
                pub const $name: Features = Features::of(Feature::$feature.with_parts());
            )*

            /// The constants and their features.
            #[cfg(test)]
            const SINGLE: &[(&str, Features)] = &[$((stringify!($name), Features::$name),)*];
        }
    };
}

constants! {
    /// Floating-point types and instructions.
    FLOATS = Floats,
    /// Reference types that need a garbage collector.
    GC_TYPES = GcTypes,
    /// Imports and exports of mutable globals.
    MUTABLE_GLOBAL = MutableGlobal,
    /// `i32.extend8_s` and similar instructions.
    SIGN_EXTENSION = SignExtension,
    /// Conversions that do not trap, `i32.trunc_sat_f32_s` and similar instructions.
    SATURATING_FLOAT_TO_INT = SaturatingFloatToInt,
    /// Several results, and blocks with parameters.
    MULTI_VALUE = MultiValue,
    /// `memory.copy` and similar instructions, and passive segments.
    BULK_MEMORY = BulkMemory,
    /// The part of bulk-memory that is `memory.copy` and `memory.fill`.
    BULK_MEMORY_OPT = BulkMemoryOpt,
    /// `externref`, `funcref` as a value, and several tables.
    REFERENCE_TYPES = ReferenceTypes,
    /// Vectors of 128 bits.
    SIMD = Simd,
    /// `return_call` and `return_call_indirect`.
    TAIL_CALL = TailCall,
    /// `i32.add` and similar instructions in constant expressions.
    EXTENDED_CONST = ExtendedConst,
    /// `call_ref`, and references to functions of a type.
    FUNCTION_REFERENCES = FunctionReferences,
    /// Structs, arrays, `i31ref`, and subtypes.
    GC = Gc,
    /// Several memories.
    MULTI_MEMORY = MultiMemory,
    /// Memories and tables with 64-bit addresses.
    MEMORY64 = Memory64,
    /// Tags, `throw` and `try_table`.
    EXCEPTIONS = Exceptions,
    /// Vector instructions whose results depend on the engine.
    RELAXED_SIMD = RelaxedSimd,
    /// Shared memories and atomic access.
    THREADS = Threads,
    /// The memory order `acqrel`, and `pause`.
    ACQUIRE_RELEASE_ATOMICS = AcquireReleaseAtomics,
    /// Shared functions, globals, tables, structs and arrays.
    SHARED_EVERYTHING_THREADS = SharedEverythingThreads,
    /// Several imports from a module in one field.
    COMPACT_IMPORTS = CompactImports,
    /// Descriptors of types, and exact types.
    CUSTOM_DESCRIPTORS = CustomDescriptors,
    /// Memories with `(pagesize 1)`.
    CUSTOM_PAGE_SIZES = CustomPageSizes,
    /// Half precision, `f16x8.add` and similar instructions.
    FP16 = Fp16,
    /// `try` with `catch` or `delegate`.
    LEGACY_EXCEPTIONS = LegacyExceptions,
    /// `memory.discard`.
    MEMORY_CONTROL = MemoryControl,
    /// Loads from and stores to arrays.
    MULTIBYTE_ARRAY_ACCESS = MultibyteArrayAccess,
    /// Numbers in data segments, `(data (i16 1 2))`.
    WAT_NUMERIC_VALUES = NumericValues,
    /// Continuations.
    STACK_SWITCHING = StackSwitching,
    /// `i64.add128` and similar instructions.
    WIDE_ARITHMETIC = WideArithmetic,
}

impl Features {
    const fn of(set: FeatureSet) -> Features {
        Features { allowed: set, applied: set }
    }

    /// Returns the features of both sets.
    #[must_use]
    pub const fn with(self, other: Features) -> Features {
        Features { allowed: self.allowed.with(other.allowed), applied: self.applied.with(other.applied) }
    }

    /// Returns the features of this set that are not in the other. The features of the first release are not removed with a
    /// group.
    #[must_use]
    pub const fn without(self, other: Features) -> Features {
        let is_group = other.allowed.has(Feature::Base);
        let removed = if is_group { other.allowed.without(up_to(Version::Mvp)) } else { other.allowed };
        Features { allowed: self.allowed.without(removed), applied: self.applied.without(removed) }
    }

    /// Returns the features that are not allowed.
    pub(crate) fn disabled(self) -> FeatureSet {
        let types = FeatureSet::of(Feature::TypeReferences);
        let has_types = self.allowed.has(Feature::Gc) || self.allowed.has(Feature::FunctionReferences);
        let allowed = if has_types { self.allowed.with(types) } else { self.allowed.without(types) };
        let always = FeatureSet::of(Feature::Base).with(FeatureSet::of(Feature::TailCallOfReference));
        FeatureSet::ALL.without(allowed.with(always))
    }

    /// Whether all of these features are allowed.
    pub(crate) fn allow(self, used: FeatureSet) -> bool {
        used.without(self.disabled()) == used
    }

    /// Returns the features to validate a module with. `used` are the features that the module uses; they are enabled even
    /// if they are not allowed, so that the validator finds other errors.
    pub(crate) fn to_validate(self, used: FeatureSet) -> WasmFeatures {
        let applied = self.applied.with(used);
        let left_out = ROWS.iter().filter(|row| ONLY_IF_USED.has(row.feature) && !applied.has(row.feature));
        left_out.fold(WasmFeatures::all(), |all, row| all - row.wasm)
    }

    /// Returns the features to validate a binary with. The features that it uses are unknown.
    pub(crate) fn of_binary(self) -> WasmFeatures {
        let left_out = ROWS.iter().filter(|row| !self.allowed.has(row.feature));
        let removed = left_out.fold(WasmFeatures::empty(), |all, row| all | row.wasm);
        let kept = ROWS.iter().filter(|row| self.allowed.has(row.feature));
        kept.fold(WasmFeatures::all() - removed, |all, row| all | row.wasm)
    }

    /// Returns the name to report for a feature that is not allowed: the name of the proposal rather than that of a part.
    pub(crate) fn name_of(self, disabled: Feature) -> &'static str {
        match disabled {
            Feature::BulkMemoryOpt if !self.allowed.has(Feature::BulkMemory) => Feature::BulkMemory.name(),
            feature => feature.name(),
        }
    }

    /// Returns the text of `--features help`: each feature and group on a line.
    #[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "only the command line prints it"))]
    pub(crate) fn help() -> String {
        let mut help = String::from(
            "Features, for a list such as `wasm2,gc` or `-simd`. A list that begins with a group enables only the listed\n\
             features; any other list adds to the default or, with a minus sign, removes from it.\n\nGroups:\n",
        );
        for group in GROUPS {
            let _ = writeln!(help, "  {:26} {}", group.name, group.summary);
        }
        for (version, heading) in [
            (Version::Mvp, "Features of all versions"),
            (Version::Wasm1, "Features since WebAssembly 1.0"),
            (Version::Wasm2, "Features since WebAssembly 2.0"),
            (Version::Wasm3, "Features since WebAssembly 3.0"),
            (Version::None, "Features of proposals"),
        ] {
            let _ = writeln!(help, "\n{heading}:");
            for row in ROWS.iter().filter(|row| row.version == version) {
                let _ = writeln!(help, "  {:26} {}", row.name, row.summary);
            }
        }
        help
    }
}

impl Features {
    /// Returns the name and the description of each group and feature.
    #[cfg(feature = "cli")]
    pub(crate) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        let groups = GROUPS.iter().map(|group| (group.name, group.summary));
        groups.chain(ROWS.iter().map(|row| (row.name, row.summary)))
    }

    /// Returns the names of the allowed features.
    #[cfg(feature = "cli")]
    pub(crate) fn allowed_names(self) -> impl Iterator<Item = &'static str> {
        ROWS.iter().filter(move |row| self.allowed.has(row.feature)).map(|row| row.name)
    }
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = ROWS.iter().filter(|row| self.allowed.has(row.feature));
        f.debug_set().entries(rows.map(|row| row.name)).finish()
    }
}

/// The error for an unknown name of a feature.
///
/// ```
/// let error = "wasm4".parse::<gcwat::Features>().unwrap_err();
/// assert!(error.to_string().starts_with("unknown feature `wasm4`"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFeature(String);

impl fmt::Display for UnknownFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown feature `{}`", self.0.escape_debug())?;
        let groups = || GROUPS.iter().map(|group| group.name);
        let aliases = ROWS.iter().flat_map(|row| row.aliases);
        let candidates = groups().chain(ROWS.iter().map(|row| row.name)).chain(aliases.copied());
        let name = self.0.to_ascii_lowercase().replace('_', "-");
        if let Some(near) = similar::nearest(&name, candidates) {
            write!(f, "; did you mean `{near}`?")?;
        }
        let names: Vec<&str> = groups().chain(ROWS.iter().map(|row| row.name)).collect();
        write!(f, "\nknown features: {}", names.join(", "))
    }
}

impl std::error::Error for UnknownFeature {}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(list: &str) -> Features {
        list.parse().unwrap()
    }

    #[test]
    fn every_feature_with_a_name_has_one_row_and_names_of_its_own() {
        let without = [Feature::Base, Feature::TypeReferences, Feature::TailCallOfReference];
        let last = Feature::WideArithmetic as usize;
        assert_eq!(ROWS.len(), last + 1 - without.len());
        assert!(ROWS.iter().all(|row| !without.contains(&row.feature)));
        let mut names: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
        for row in ROWS {
            assert_eq!(row.feature.name(), row.name);
            names.push(row.name);
            names.extend(row.aliases);
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn every_feature_of_wasmparser_has_a_name_here() {
        for (name, _) in WasmFeatures::all().iter_names() {
            assert!(named(&name.to_ascii_lowercase().replace('_', "-")).is_some(), "{name}");
        }
    }

    #[test]
    fn versions_are_those_of_wasmparser_but_for_threads() {
        for (name, wasm) in [
            ("mvp", WasmFeatures::MVP),
            ("wasm1", WasmFeatures::WASM1),
            ("wasm2", WasmFeatures::WASM2),
            ("wasm3", WasmFeatures::WASM3 - WasmFeatures::THREADS),
        ] {
            for row in ROWS.iter().filter(|row| !row.wasm.is_empty()) {
                let is_in_wasm = wasm.contains(row.wasm);
                assert_eq!(parse(name).allowed.has(row.feature), is_in_wasm, "{name}: {}", row.name);
            }
        }
    }

    #[test]
    fn a_binary_is_validated_with_the_allowed_features() {
        assert_eq!(Features::default().of_binary(), WasmFeatures::all());
        assert_eq!(parse("-gc").of_binary(), WasmFeatures::all() - WasmFeatures::GC);
        let without_bulk_memory = parse("-bulk-memory").of_binary();
        assert!(!without_bulk_memory.bulk_memory() && !without_bulk_memory.bulk_memory_opt());
        let with_a_part = parse("-bulk-memory,bulk-memory-opt").of_binary();
        assert!(!with_a_part.bulk_memory() && with_a_part.bulk_memory_opt());
    }

    #[test]
    fn features_that_change_other_modules_apply_only_if_used_or_listed() {
        let used = FeatureSet::of(Feature::StackSwitching);
        let default = Features::default();
        assert!(!default.to_validate(FeatureSet::EMPTY).stack_switching());
        assert!(default.to_validate(used).stack_switching());
        for (list, is_applied) in [
            ("default", false),
            ("all", true),
            ("stack-switching", true),
            ("-gc", false),
            ("wasm3", false),
            ("all,-stack-switching", false),
        ] {
            let features = parse(list).to_validate(FeatureSet::EMPTY);
            assert_eq!(features.stack_switching(), is_applied, "{list}");
        }
    }

    #[test]
    fn every_name_has_a_constant() {
        let constant = |name: &str| name.to_uppercase().replace('-', "_");
        assert_eq!(Features::SINGLE.len(), ROWS.len());
        for (row, (name, features)) in ROWS.iter().zip(Features::SINGLE) {
            assert_eq!((constant(row.name).as_str(), named(row.name)), (*name, Some(features.allowed)));
            assert_eq!(features.allowed, features.applied);
            for (list, expected) in [
                (format!("mvp,{}", row.name), Features::MVP.with(*features)),
                (format!("all,-{}", row.name), Features::ALL.without(*features)),
                (row.name.to_owned(), Features::default().with(*features)),
            ] {
                assert_eq!(parse(&list), expected, "{list}");
            }
        }
        for group in GROUPS {
            assert_eq!(parse(group.name), group.features);
            assert_eq!(parse(&format!("all,-{}", group.name)), Features::ALL.without(group.features));
        }
    }

    #[test]
    fn lists_add_and_remove() {
        assert_eq!(parse("default"), Features::default());
        assert_eq!(parse("gc"), Features::default());
        assert_eq!(parse("SIMD , sign_ext"), Features::default());
        assert_eq!(parse("mvp,mutable-global"), parse("wasm1"));
        assert_eq!(parse("wasm2,-simd,simd"), parse("wasm2"));
        assert!(!parse("all,-wasm3").allowed.has(Feature::Gc));
        assert!(parse("all,-wasm3").allowed.has(Feature::Floats));
        assert!(!parse("-floats").allowed.has(Feature::Floats));
    }

    #[test]
    fn a_similar_name_is_suggested_for_an_unknown_one() {
        for (name, near) in [
            ("smid", Some("simd")),
            ("wasm4", Some("wasm1")),
            ("tail-cal", Some("tail-call")),
            ("Multi_Memry", Some("multi-memory")),
            ("qqqqqqqq", None),
        ] {
            let message = name.parse::<Features>().unwrap_err().to_string();
            let expected = match near {
                Some(near) => format!("unknown feature `{name}`; did you mean `{near}`?\n"),
                None => format!("unknown feature `{name}`\n"),
            };
            assert!(message.starts_with(&expected), "{message}");
        }
    }
    #[test]
    fn a_tail_call_of_a_reference_belongs_to_function_references() {
        let used = features_of(Op::named("return_call_ref").unwrap());
        assert!(parse("wasm3,-tail-call").allow(used));
        assert!(!parse("wasm2,tail-call").allow(used));
    }
}
