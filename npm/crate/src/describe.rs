//! The types of the imports and exports of a module, for tools that call it.

use crate::data::Json;
use serde_json::{Map, json};
use wasmparser::types::{CoreTypeId, EntityType, TypesRef};
use wasmparser::{ValType, Validator, WasmFeatures};

/// Returns the imports and exports of a module with their types.
///
/// # Errors
///
/// Returns a message if the module is invalid.
pub(crate) fn describe(bytes: &[u8]) -> Result<Json, String> {
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let types = validator.validate_all(bytes).map_err(|error| error.to_string())?;
    let types = types.as_ref();
    let imports = types.core_imports().into_iter().flatten().map(|(module, name, entity)| {
        let mut import = item(types, name, &entity);
        import.insert("module".into(), json!(module));
        Json::Object(import)
    });
    let exports = types.core_exports().into_iter().flatten();
    let exports = exports.map(|(name, entity)| Json::Object(item(types, name, &entity)));
    Ok(json!({ "imports": imports.collect::<Json>(), "exports": exports.collect::<Json>() }))
}

fn item(types: TypesRef<'_>, name: &str, entity: &EntityType) -> Map<String, Json> {
    let mut item = Map::new();
    let mut set = |key: &str, value: Json| item.insert(key.into(), value);
    set("name", json!(name));
    match entity {
        EntityType::Func(id) | EntityType::FuncExact(id) => {
            set("kind", json!("function"));
            signature(types, *id, &mut set);
        }
        EntityType::Tag(id) => {
            set("kind", json!("tag"));
            signature(types, *id, &mut set);
        }
        EntityType::Table(table) => {
            set("kind", json!("table"));
            set("type", json!(ValType::Ref(table.element_type).to_string()));
            set("minimum", json!(table.initial));
            set("maximum", json!(table.maximum));
            set("address", json!(if table.table64 { "i64" } else { "i32" }));
        }
        EntityType::Memory(memory) => {
            set("kind", json!("memory"));
            set("minimum", json!(memory.initial));
            set("maximum", json!(memory.maximum));
            set("shared", json!(memory.shared));
            set("address", json!(if memory.memory64 { "i64" } else { "i32" }));
        }
        EntityType::Global(global) => {
            set("kind", json!("global"));
            set("type", json!(global.content_type.to_string()));
            set("mutable", json!(global.mutable));
        }
    }
    item
}

fn signature(types: TypesRef<'_>, id: CoreTypeId, set: &mut impl FnMut(&str, Json) -> Option<Json>) {
    let types = types[id].unwrap_func();
    let names = |types: &[ValType]| types.iter().map(|one| json!(one.to_string())).collect::<Json>();
    set("parameters", names(types.params()));
    set("results", names(types.results()));
}

#[cfg(test)]
mod tests {
    use super::describe;
    use serde_json::json;

    #[test]
    fn imports_and_exports_have_types() {
        let text = r#"(import "e" "t" (table 1 2 funcref)) (import "e" "m" (memory 3))
            (global (export "g") (mut i64) (i64.const 1))
            (func (export "f") (param i32 (ref null any)) (result f64) unreachable)"#;
        let found = describe(&gcwat::assemble(text).unwrap()).unwrap();
        assert_eq!(found["imports"][0]["type"], "funcref");
        assert_eq!(
            (&found["imports"][0]["minimum"], &found["imports"][0]["maximum"]),
            (&json!(1), &json!(2))
        );
        assert_eq!(found["imports"][1]["module"], "e");
        assert_eq!(found["exports"][0]["mutable"], true);
        assert_eq!(found["exports"][1]["parameters"], json!(["i32", "anyref"]));
        assert_eq!(found["exports"][1]["results"], json!(["f64"]));
        assert!(describe(b"\0asm").is_err());
    }
}
