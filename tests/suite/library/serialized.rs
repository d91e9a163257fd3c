//! Diagnostics as data for serde.

use serde_json::json;

#[test]
fn diagnostics_are_serialized_with_codes_and_positions() {
    let text = "(func (param i32)\n  (drop (get_local 0)))";
    let mut value = serde_json::to_value(gcwat::check(text)).unwrap();
    let one = value[0].as_object_mut().unwrap();
    assert!(one.remove("message").is_some_and(|message| message.is_string()));
    assert_eq!((&one["code"], &one["level"]), (&json!("E0115"), &json!("error")));
    assert_eq!(one["position"], json!({ "line": 2, "column": 10 }));
    assert_eq!(one["span"], json!({ "start": 27, "end": 36 }));
    let suggestion = &one["suggestions"][0];
    assert_eq!(suggestion["applicability"], "MachineApplicable");
    assert_eq!(suggestion["edits"][0]["replacement"], "local.get");
    assert_eq!(value.as_array().unwrap().len(), 1);
}
