//! The names of sections and of their items.

/// The name of a section, and the singular and plural of its items.
pub(crate) fn section_names(id: u8) -> (&'static str, &'static str, &'static str) {
    match id {
        0 => ("custom", "", ""),
        1 => ("type", "type", "types"),
        2 => ("import", "import", "imports"),
        3 => ("function", "function", "functions"),
        4 => ("table", "table", "tables"),
        5 => ("memory", "memory", "memories"),
        6 => ("global", "global", "globals"),
        7 => ("export", "export", "exports"),
        8 => ("start", "", ""),
        9 => ("element", "element segment", "element segments"),
        10 => ("code", "body", "bodies"),
        11 => ("data", "data segment", "data segments"),
        12 => ("data count", "", ""),
        13 => ("tag", "tag", "tags"),
        _ => ("unknown", "item", "items"),
    }
}
