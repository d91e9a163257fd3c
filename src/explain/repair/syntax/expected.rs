//! The terminals that the grammar expects at a token.

/// The terminals that the grammar expects at a token, by their names in messages.
pub(super) struct Expected {
    pub(super) instruction: bool,
    pub(super) names: Vec<&'static str>,
    pub(super) terminals: Vec<String>,
}

impl Expected {
    pub(super) fn of(terminals: &[String]) -> Expected {
        let terminals: Vec<String> = terminals.iter().map(|raw| raw.trim_matches('"').to_owned()).collect();
        let mut expected = Expected { instruction: false, names: Vec::new(), terminals: Vec::new() };
        for terminal in terminals.iter().map(String::as_str) {
            if terminal == "instr" || terminal == "instrs" {
                expected.instruction = true;
            }
            let name = match terminal {
                "leaves" | "(instr" => continue,
                _ if terminal.starts_with("op") || terminal.starts_with("instr") => "an instruction",
                "(" if expected.instruction => continue,
                "nat" => "an unsigned integer",
                "int" => "an integer",
                "float" | "char" => continue,
                "id" => "an identifier",
                "string" => "a string",
                "num_type" => "a number type",
                "ref_type" => "a reference type",
                "abs_heap_type" => "a heap type",
                "packed_type" => "a packed type",
                "shape" => "a vector shape",
                "order" => "a memory order",
                "word" => "a word",
                "(@code" | "(@field" | "(@name" => continue,
                other => match TERMINALS.iter().find(|(raw, _)| *raw == other) {
                    Some((_, shown)) => shown,
                    None => continue,
                },
            };
            if !expected.names.contains(&name) {
                expected.names.push(name);
            }
        }
        expected.terminals = terminals;
        for (members, others, class) in CLASSES {
            expected.name_class(members, others, class);
        }
        expected
    }

    /// Replaces the members of a class by its name if all of them are expected.
    fn name_class(&mut self, members: &[&'static str], others: &[&'static str], class: &'static str) {
        if !members.iter().all(|member| self.names.contains(member)) {
            return;
        }
        let at = self.names.iter().position(|name| members.contains(name)).unwrap_or(0);
        self.names[at] = class;
        self.names.retain(|name| !members.contains(name) && !others.contains(name));
    }

    /// Whether the grammar expects this terminal.
    pub(super) fn has(&self, terminal: &str) -> bool {
        self.terminals.iter().any(|other| other == terminal)
    }

    pub(super) fn list(&self) -> Option<String> {
        let (last, rest) = self.names.split_last()?;
        if self.names.len() > 8 {
            return self.instruction.then(|| "an instruction".to_owned());
        }
        if rest.is_empty() {
            Some((*last).to_owned())
        } else {
            Some(format!("{} or {last}", rest.join(", ")))
        }
    }
}

/// Classes of terminals: the members that must all be expected, those that may be, and the name of the class.
const CLASSES: &[(&[&str], &[&str], &str)] = &[
    (
        &["`i32`", "`i64`", "a number type", "`v128`", "a packed type", "a reference type"],
        &["`(ref`", "`(shared`"],
        "a storage type",
    ),
    (
        &["`i32`", "`i64`", "a number type", "`v128`", "a reference type"],
        &["`(ref`", "`(shared`"],
        "a value type",
    ),
    (&["`i32`", "`i64`"], &[], "an address type"),
    (&["`(func`", "`(struct`", "`(array`"], &["`(cont`", "`(shared`"], "a composite type"),
];

/// Terminals that are shown as they are written.
const TERMINALS: &[(&str, &str)] = &[
    ("(", "`(`"),
    (")", "`)`"),
    ("offset=", "`offset=`"),
    ("align=", "`align=`"),
    ("i32", "`i32`"),
    ("i64", "`i64`"),
    ("v128", "`v128`"),
    ("func", "`func`"),
    ("null", "`null`"),
    ("mut", "`mut`"),
    ("final", "`final`"),
    ("shared", "`shared`"),
    ("declare", "`declare`"),
    ("(type", "`(type`"),
    ("(rec", "`(rec`"),
    ("(import", "`(import`"),
    ("(func", "`(func`"),
    ("(table", "`(table`"),
    ("(memory", "`(memory`"),
    ("(global", "`(global`"),
    ("(tag", "`(tag`"),
    ("(export", "`(export`"),
    ("(start", "`(start`"),
    ("(elem", "`(elem`"),
    ("(data", "`(data`"),
    ("(param", "`(param`"),
    ("(result", "`(result`"),
    ("(local", "`(local`"),
    ("(sub", "`(sub`"),
    ("(struct", "`(struct`"),
    ("(array", "`(array`"),
    ("(cont", "`(cont`"),
    ("(field", "`(field`"),
    ("(mut", "`(mut`"),
    ("(ref", "`(ref`"),
    ("(shared", "`(shared`"),
    ("(pagesize", "`(pagesize`"),
    ("(offset", "`(offset`"),
    ("(item", "`(item`"),
    ("(then", "`(then`"),
    ("(else", "`(else`"),
    ("(do", "`(do`"),
    ("(catch", "`(catch`"),
    ("(catch_all", "`(catch_all`"),
];
