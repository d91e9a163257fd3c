//! The message format SARIF, against the schema of the standard. `sarif/schema.json` has the part of it that gcwat uses,
//! without descriptions.

#![cfg(feature = "cli")]

use crate::cli::{Folder, Run};
use serde_json::Value;

const WRONG: &str = "(module\n  (func (; \u{e9} ;) call $f))\n(func get_local 0)\n";
const WARNED: &str = "(type $t (struct))\n(func (drop (ref.test $t (ref.null any))))\n";

/// Returns the log of a run, after checking it against the schema.
fn log(run: &Run, is_on_stderr: bool) -> Value {
    let out = if is_on_stderr { run.stderr.as_bytes() } else { &run.stdout };
    let log: Value = serde_json::from_slice(out).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    let schema: Value = serde_json::from_str(include_str!("sarif/schema.json")).unwrap();
    check(&log, &schema, &schema, "log");
    log
}

/// Checks a value against a schema. Knows the keywords that the schema of SARIF has.
fn check(value: &Value, schema: &Value, whole: &Value, path: &str) {
    for (keyword, rule) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/definitions/").unwrap();
                check(value, &whole["definitions"][name], whole, path);
            }
            "type" => {
                let types = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                let fits = |rule: &Value| match rule.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    other => panic!("{other} is unknown"),
                };
                assert!(types.iter().any(fits), "{path} must be {rule}: {value}");
            }
            "properties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = rule.get(name) {
                        check(value, schema, whole, &format!("{path}.{name}"));
                    }
                }
            }
            "additionalProperties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    match (schema["properties"].get(name), rule) {
                        (Some(_), _) | (None, Value::Bool(true)) => {}
                        (None, Value::Bool(false)) => panic!("{path}.{name} is not in the schema"),
                        (None, rule) => check(value, rule, whole, &format!("{path}.{name}")),
                    }
                }
            }
            "required" => {
                for name in rule.as_array().unwrap() {
                    assert!(value.get(name.as_str().unwrap()).is_some(), "{path} needs {name}");
                }
            }
            "anyOf" => {
                let has_all = |rule: &Value| {
                    let names = rule["required"].as_array().unwrap();
                    names.iter().all(|name| value.get(name.as_str().unwrap()).is_some())
                };
                assert!(rule.as_array().unwrap().iter().any(has_all), "{path} needs one of {rule}");
            }
            "enum" => {
                assert!(rule.as_array().unwrap().contains(value), "{path} is {value}, not one of {rule}")
            }
            "items" => {
                for (nth, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(item, rule, whole, &format!("{path}[{nth}]"));
                }
            }
            "minItems" => assert!(value.as_array().unwrap().len() as u64 >= rule.as_u64().unwrap(), "{path}"),
            "uniqueItems" => {
                let items: Vec<String> = value.as_array().unwrap().iter().map(Value::to_string).collect();
                let distinct: std::collections::BTreeSet<&String> = items.iter().collect();
                assert!(
                    rule == &Value::Bool(false) || items.len() == distinct.len(),
                    "{path} repeats an item"
                );
            }
            "minimum" => assert!(value.as_f64() >= rule.as_f64(), "{path} is {value}"),
            "maximum" => assert!(value.as_f64() <= rule.as_f64(), "{path} is {value}"),
            "format" => assert!(!value.as_str().unwrap().contains([' ', '<', '\\', '"']), "{path}: {value}"),
            // The patterns are those of identifiers that gcwat does not write.
            "pattern" | "$schema" | "id" | "definitions" => {}
            other => panic!("the keyword {other} is unknown"),
        }
    }
}

#[test]
fn one_log_has_the_diagnostics_of_all_files() {
    let folder = Folder::with(&[("wrong file.wat", WRONG), ("warned.wat", WARNED), ("fine.wat", "(func)")]);
    let run = folder.run(&["check", "--message-format", "sarif", "wrong file.wat", "warned.wat", "fine.wat"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    let log = log(&run, false);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let short: Vec<String> = results
        .iter()
        .map(|result| {
            let location = &result["locations"][0]["physicalLocation"];
            let region = &location["region"];
            let uri = location["artifactLocation"]["uri"].as_str().unwrap();
            let (rule, level) = (result["ruleId"].as_str().unwrap(), result["level"].as_str().unwrap());
            format!("{uri}:{}:{}: {level} {rule}", region["startLine"], region["startColumn"])
        })
        .collect();
    let expected = [
        "wrong%20file.wat:2:22: error E0301",
        "wrong%20file.wat:3:1: error E0101",
        "wrong%20file.wat:3:7: error E0115",
        "wrong%20file.wat:3:17: error E0303",
        "warned.wat:2:23: warning W0001",
    ];
    assert_eq!(short, expected);
    // Each result refers to the description of its code.
    for result in results {
        let rule = &log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
    }
    let fix = &results.last().unwrap()["fixes"][0];
    assert_eq!(fix["properties"]["applicability"], "MachineApplicable");
    assert_eq!(fix["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "(ref $t)");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn a_run_without_diagnostics_has_an_empty_log() {
    let folder = Folder::with(&[("fine.wat", "(func)")]);
    for command in ["check", "assemble"] {
        let run = folder.run(&[command, "--message-format", "sarif", "fine.wat"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        let log = log(&run, false);
        assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 0);
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
    }
}

#[test]
fn the_log_goes_to_standard_error_if_the_module_goes_to_standard_output() {
    let run = Folder::new().run_with(&["assemble", "--message-format", "sarif"], WARNED.as_bytes());
    assert_eq!(run.stdout, gcwat::assemble(WARNED).unwrap());
    assert_eq!(log(&run, true)["runs"][0]["results"][0]["ruleId"], "W0001");
}

#[test]
fn the_number_of_hidden_errors_is_a_notification() {
    let folder = Folder::with(&[(
        "a.wat",
        "(func call $a) (func call $b) (func call $c) (func call $d) (func call $e)",
    )]);
    let run = folder.run(&["check", "--message-format", "sarif", "--max-errors", "2", "a.wat"]);
    let log = log(&run, false);
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 2);
    let note = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(note["message"]["text"], "... and 3 more errors");
}

/// Every kind of location, label and fix in the bank of wrong modules fits the schema.
#[test]
fn the_diagnostics_of_all_pages_fit_the_schema() {
    let folder = Folder::new();
    for code in gcwat::Code::ALL {
        for (nth, block) in code.explanation().split("```wat wrong\n").skip(1).enumerate() {
            let name = format!("{code}-{nth}.wat");
            std::fs::write(folder.path(&name), block.split("```\n").next().unwrap()).unwrap();
        }
    }
    let names = folder.names();
    let mut args = vec!["check", "--message-format", "sarif"];
    args.extend(names.iter().map(String::as_str));
    let log = log(&folder.run(&args), false);
    assert!(log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len() > 40);
}
