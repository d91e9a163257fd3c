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
    ("--no-check", "to skip validation, use `gcwat assemble --no-validate`"),
    ("--enable-", "all features are enabled by default; `--features` restricts them"),
    ("--disable-", "to disable a feature such as `gc`, use `--features=-gc`"),
    ("--validate", "the module is validated by default; `gcwat assemble --no-validate` skips it"),
    ("--generate-names", "to write a name section, use `gcwat assemble --names`"),
    ("--fatal-warnings", "to report warnings as errors, use `-D warnings`"),
    ("-O", "gcwat does not optimize: the binary has the instructions of the text"),
    ("-t", "to write text, use `gcwat assemble --emit wat`"),
    ("--wat", "to write text, use `gcwat assemble --emit wat`"),
];

/// Returns the message for an option of another tool. Returns `None` if no such option is known.
pub(super) fn advice_on_option(option: &str) -> Option<String> {
    let (_, advice) = OPTIONS.iter().find(|(start, _)| option.starts_with(start))?;
    Some(format!("unexpected argument '{option}' found: {advice}"))
}

/// The values of `--warn` that are options of other tools, such as `-Werror`, and the advice.
const WARNINGS: &[(&str, &str)] = &[
    ("error", "to report warnings as errors, use `-D warnings`"),
    ("extra", "to report all warnings, use `-W all`"),
    ("everything", "to report all warnings, use `-W all`"),
];

/// Returns the advice for a value of `--warn`. Returns `None` if the value is not that of another tool.
pub(super) fn advice_on_warning(value: &str) -> Option<&'static str> {
    WARNINGS.iter().find(|(name, _)| *name == value).map(|(_, advice)| *advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that the commands and options in an advice exist: an option in its command, or in each command that reads
    /// texts if no command is named.
    fn check(advice: &str) {
        let definition = super::super::command();
        for code in advice.split('`').skip(1).step_by(2) {
            let mut words = code.split(' ').map(|word| word.split('=').next().unwrap_or(word)).peekable();
            let named = words.next_if_eq(&"gcwat").and_then(|_| words.next_if(|word| *word != "--version"));
            let commands = match named {
                Some(command) => vec![command],
                None => vec!["assemble", "check", "script"],
            };
            let options: Vec<&str> = words.filter(|word| word.len() > 1 && word.starts_with('-')).collect();
            for command in commands {
                let command = definition.find_subcommand(command).unwrap_or_else(|| panic!("{code}"));
                for option in &options {
                    let exists = command.get_arguments().any(|argument| match option.strip_prefix("--") {
                        Some(long) => argument.get_long() == Some(long),
                        None => option[1..].chars().next() == argument.get_short(),
                    });
                    assert!(exists || *option == "--version", "{code}: {option}");
                }
            }
        }
    }

    #[test]
    fn advice_names_commands_that_exist() {
        let definition = super::super::command();
        for (names, advice) in TASKS {
            assert!(names.iter().all(|name| definition.find_subcommand(name).is_none()));
            check(advice);
        }
        for (_, advice) in OPTIONS.iter().chain(WARNINGS) {
            check(advice);
        }
    }
}
