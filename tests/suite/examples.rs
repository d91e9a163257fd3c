//! The programs in `examples/`: they compile, and write what their comments say. Each is a module here, so that no
//! program that was built before a change can be run by mistake.

#[path = "../../examples/build_script.rs"]
#[expect(dead_code, reason = "the tests call the function that `main` calls")]
mod build_script;
#[path = "../../examples/formula.rs"]
#[expect(dead_code, reason = "the tests call the function that `main` calls")]
mod formula;
#[cfg(feature = "serde")]
#[path = "../../examples/lint.rs"]
#[expect(dead_code, reason = "the tests call the function that `main` calls")]
mod lint;

use std::fs;
use std::path::Path;
use tempfile::TempDir;

#[test]
fn a_formula_becomes_a_module_at_run_time() {
    let formula::Compiled { parameters, bytes } = formula::compile("x x * y y * + sqrt").unwrap();
    assert_eq!(parameters, ["x", "y"]);
    assert!(wasmparser::validate(&bytes).is_ok());
    let text = wasmprinter::print_bytes(&bytes).unwrap();
    assert!(text.contains("local.get $x\n    local.get $x\n    f64.mul"), "{text}");
    for constant in ["1", "-2.5", ".5e3"] {
        assert_eq!(formula::compile(constant).is_ok(), constant != ".5e3", "{constant}");
    }
}

#[test]
fn an_error_in_a_formula_is_reported_at_its_word() {
    for (formula, error) in [
        ("x +", "`+`: `f64.add` takes 2 operands"),
        ("x 1.2.3 *", "`1.2.3` is not a number"),
        ("x y", "a value is left over"),
        ("", ""),
    ] {
        let found = formula::compile(formula).unwrap_err().to_string();
        assert!(found.starts_with(error), "{formula}: {found}");
    }
}

#[test]
fn the_build_script_assembles_all_texts_of_the_crate() {
    let out = TempDir::new().unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/build-script");
    // A package of gcwat does not contain the folder, since it is a package, too.
    if fs::exists(folder).unwrap() {
        let mut cargo = Vec::new();
        assert!(build_script::build(folder.as_ref(), out.path(), &mut cargo).unwrap());
        assert_eq!(String::from_utf8(cargo).unwrap(), "cargo::rerun-if-changed=wasm\n");
        let answer =
            gcwat::assemble("(module (func (export \"answer\") (result i32) i32.const 42))").unwrap();
        assert_eq!(fs::read(out.path().join("answer.wasm")).unwrap(), answer);
    }
}

#[test]
fn the_build_script_reports_errors_and_warnings_at_their_place() {
    let folder = TempDir::new().unwrap();
    let wasm = folder.path().join("wasm");
    fs::create_dir(&wasm).unwrap();
    fs::write(wasm.join("a.wat"), "(func (result i32)\n  i32.cosnt 1)\n").unwrap();
    fs::write(wasm.join("b.wat"), "(func)\n(global i32 (i32.const (@char \"a\")))\n").unwrap();
    fs::write(wasm.join("notes.txt"), "not a module").unwrap();
    let mut cargo = Vec::new();
    assert!(!build_script::build(folder.path(), folder.path(), &mut cargo).unwrap());
    let cargo = String::from_utf8(cargo).unwrap();
    let expected = "cargo::rerun-if-changed=wasm\n\
        cargo::error=wasm/a.wat:2:3: unknown instruction `i32.cosnt`; did you mean `i32.const`? [E0104]; \
        help: write `i32.const`\n\
        cargo::warning=wasm/b.wat:2:24: a character literal is an extension of the text format [W0002]; \
        help: write the number\n";
    assert_eq!(cargo, expected);
    assert!(!folder.path().join("a.wasm").exists() && folder.path().join("b.wasm").exists());
}

#[cfg(feature = "serde")]
#[test]
fn the_linter_writes_one_object_for_each_file() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, contents: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, contents).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let good = file("good.wat", b"(func (export \"f\") (param i32))");
    let unused = file("unused.wat", b"(func (export \"f\")\n  (local $x i32))");
    let binary = file("binary.wat", b"(func \xff)");
    let mut out = Vec::new();
    assert!(lint::run(std::slice::from_ref(&good), &mut out).unwrap());
    assert!(!lint::run(&[unused.clone(), binary.clone()], &mut out).unwrap());
    let out = String::from_utf8(out).unwrap();
    let values: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let found: Vec<_> =
        values.iter().map(|value| (&value["file"], value["diagnostics"].as_array().unwrap())).collect();
    assert_eq!(found[0], (&good.into(), &vec![]));
    assert_eq!((found[1].0, found[1].1.len()), (&unused.into(), 1));
    assert_eq!(found[1].1[0]["level"], "error");
    assert_eq!(found[1].1[0]["position"], serde_json::json!({ "line": 2, "column": 10 }));
    assert_eq!((found[2].0, &found[2].1[0]["code"]), (&binary.into(), &"E0004".into()));
    assert!(lint::run(&["missing.wat".to_owned()], &mut Vec::new()).is_err());
}

#[test]
fn the_page_about_the_library_names_all_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/library.md")).unwrap();
    for entry in fs::read_dir(root.join("examples")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(page.contains(&format!("(../examples/{name})")), "{name}");
    }
}
