//! The options of the assembler and of the output, from text.
//!
//! Each option is a line: `name` or `name value`. `npm/src/options.js` writes them.

use gcwat::{Assembler, Lint, UnknownLint};

/// The options of an output format.
#[derive(Default)]
pub(crate) struct Output {
    pub(crate) annotate: bool,
    pub(crate) file_name: Option<String>,
    pub(crate) symbol: Option<String>,
}

/// Creates an assembler with these options.
pub(crate) fn assembler(options: &str) -> Result<Assembler, String> {
    let mut assembler = Assembler::new();
    let mut allows_all = false;
    let mut denied = Vec::new();
    for (name, value) in lines(options) {
        assembler = match name {
            "names" => assembler.names(true),
            "no-validate" => assembler.validate(false),
            "strict" => assembler.strict(true),
            "features" => assembler.features(value.parse().map_err(|error| format!("{error}"))?),
            "allow" if value == "warnings" => {
                allows_all = true;
                assembler
            }
            "deny" if value == "warnings" => assembler.deny_warnings(true),
            "allow" => assembler.allow(warning(value)?),
            "deny" => {
                denied.push(warning(value)?);
                assembler.deny(warning(value)?)
            }
            _ => return Err(format!("unknown option `{name}`")),
        };
    }
    // A code has precedence over `warnings`.
    let allowed = Lint::ALL.iter().filter(|lint| allows_all && !denied.contains(lint));
    Ok(allowed.fold(assembler, |assembler, lint| assembler.allow(*lint)))
}

/// Returns the options of the output.
pub(crate) fn output(options: &str) -> Result<Output, String> {
    let mut output = Output::default();
    for (name, value) in lines(options) {
        match name {
            "annotate" => output.annotate = true,
            "file-name" => output.file_name = Some(value.to_owned()),
            "symbol" => output.symbol = Some(value.to_owned()),
            _ => return Err(format!("unknown option `{name}`")),
        }
    }
    Ok(output)
}

fn lines(options: &str) -> impl Iterator<Item = (&str, &str)> {
    options.lines().map(|line| line.split_once(' ').unwrap_or((line, "")))
}

fn warning(code: &str) -> Result<Lint, String> {
    code.parse().map_err(|error: UnknownLint| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::assembler;

    #[test]
    fn each_option_is_read() {
        let options = "names\nstrict\nno-validate\nfeatures wasm3,-gc\nallow W0001\ndeny warnings";
        assert!(assembler(options).is_ok());
        for wrong in ["name", "features wasm9", "allow E0101", "deny W9999"] {
            assert!(assembler(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_denied_code_has_precedence_over_all_allowed_warnings() {
        let text = "(func (drop (i32.const (@char \"A\"))))";
        let is_refused = |options: &str| assembler(options).unwrap().check(text).has_errors();
        assert!(!is_refused("allow warnings"));
        assert!(is_refused("deny W0002\nallow warnings"));
    }
}
