//! Names of subcommands and tools that other WebAssembly toolkits have, and the commands of gcwat for the same tasks.

/// The names for each task, and the advice.
const TASKS: &[(&[&str], &str)] = &[
    (
        &[
            "parse",
            "compile",
            "build",
            "asm",
            "as",
            "wat2wasm",
            "wasm-as",
            "wat-parse",
            "encode",
            "emit",
            "text2bin",
            "translate",
        ],
        "to assemble a text, use `gcwat assemble`",
    ),
    (
        &["print", "dis", "disasm", "disas", "decompile", "decode", "wasm2wat", "wasm-dis", "wasm-decompile"],
        "to print a binary as text, use `gcwat disassemble`",
    ),
    (
        &["dump", "objdump", "wasm-objdump", "list", "listing"],
        "to see the bytes of a text, use `gcwat assemble --emit listing -o -`; to print a binary as text, use \
         `gcwat disassemble`",
    ),
    (
        &["lint", "verify", "test", "wasm-validate", "wast-validate"],
        "to check a text or a binary, use `gcwat check`",
    ),
    (&["fix"], "to apply the fixes that are certain, use `gcwat check --fix`"),
    (
        &["fmt", "format", "wat-desugar", "desugar"],
        "gcwat has no formatter; `gcwat assemble --emit wat -o -` prints the text without abbreviations, and \
         `gcwat check --fix` applies fixes",
    ),
    (
        &["wast", "wast2json", "json-from-wast", "spectest-interp"],
        "to convert a test script, use `gcwat script`; to check its modules, use `gcwat check`",
    ),
    (&["version"], "use `gcwat --version`"),
    (&["completion", "generate-completions"], "use `gcwat completions`"),
];

/// Returns the message for the name of another tool's command. Returns `None` if no such command is known.
pub(super) fn advice(name: &str) -> Option<String> {
    let (_, advice) = TASKS.iter().find(|(names, _)| names.contains(&name))?;
    Some(format!("unrecognized subcommand '{name}': {advice}"))
}

/// The beginnings of options of other tools, and the advice.
const OPTIONS: &[(&str, &str)] = &[
    ("--no-check", "to skip validation, use `--no-validate`"),
    ("--enable-", "all features are enabled by default; `--features` restricts them"),
    ("--disable-", "to disable a feature such as `gc`, use `--features=-gc`"),
    ("--validate", "the module is validated by default; `--no-validate` skips it"),
    ("--generate-names", "to write a name section, use `--names`"),
    ("-O", "gcwat does not optimize: the binary has the instructions of the text"),
    ("-t", "to write text, use `--emit wat`"),
    ("--wat", "to write text, use `--emit wat`"),
];

/// Returns the message for an option of another tool. Returns `None` if no such option is known.
pub(super) fn advice_on_option(option: &str) -> Option<String> {
    let (_, advice) = OPTIONS.iter().find(|(start, _)| option.starts_with(start))?;
    Some(format!("unexpected argument '{option}' found: {advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_names_commands_that_exist() {
        let definition = super::super::command();
        for (names, advice) in TASKS {
            assert!(names.iter().all(|name| definition.find_subcommand(name).is_none()));
            for line in advice.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("gcwat ")) {
                let args = line.split(' ');
                let word = args.clone().next().unwrap_or_default();
                assert!(word == "--version" || definition.find_subcommand(word).is_some(), "{line}");
            }
        }
    }
}
