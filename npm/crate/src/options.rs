//! The options of the assembler and of the output, from text.
//!
//! Each option is a line: `name` or `name value`. `npm/src/options.js` writes them.

use gcwat::{Assembler, UnknownWarning, WarningGroup, Warnings};

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
    for (name, value) in lines(options) {
        assembler = match name {
            "names" => assembler.names(true),
            "no-validate" => assembler.validate(false),
            "strict" => assembler.strict(true),
            "features" => assembler.features(value.parse().map_err(|error| format!("{error}"))?),
            "object" => assembler.object(true),
            "warn" if value == "warnings" => assembler.warn(WarningGroup::Default),
            "allow" if value == "warnings" => assembler.allow(WarningGroup::All),
            "deny" if value == "warnings" => assembler.deny_warnings(true),
            "warn" => assembler.warn(warnings(value)?),
            "allow" => assembler.allow(warnings(value)?),
            "deny" => assembler.deny(warnings(value)?),
            _ => return Err(format!("unknown option `{name}`")),
        };
    }
    Ok(assembler)
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

fn warnings(name: &str) -> Result<Warnings, String> {
    name.parse().map_err(|error: UnknownWarning| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::assembler;

    #[test]
    fn each_option_is_read() {
        let options = "names\nstrict\nno-validate\nobject\nfeatures wasm3,-gc\nwarn unused\nallow W0001\n\
            deny warnings";
        assert!(assembler(options).is_ok());
        for wrong in ["name", "features wasm9", "allow E0101", "deny W9999", "warn unusd"] {
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

    #[test]
    fn the_last_of_two_equal_settings_counts_and_a_small_group_has_precedence() {
        let levels = |options: &str| -> Vec<String> {
            let found = assembler(options).unwrap().check("(func $f)");
            found.iter().map(|diagnostic| diagnostic.level.to_string()).collect()
        };
        assert!(levels("").is_empty());
        assert_eq!(levels("warn unused"), ["warning"]);
        assert_eq!(levels("warn unused\ndeny unused"), ["error"]);
        assert_eq!(levels("deny unused\nwarn unused"), ["warning"]);
        assert_eq!(levels("deny unused\nallow all"), ["error"]);
        assert!(levels("warn unused\nallow W0028").is_empty());
        assert!(levels("warn unused\nallow warnings\nallow unused").is_empty());
    }
}
