//! Names of arrays: identifiers of other languages.

use std::fmt;

/// A language, with its rules for identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// C and C++. An identifier must be one in both.
    C,
    /// C with Emscripten. The identifier is the name of a JavaScript function, too.
    EmJs,
    JavaScript,
    Rust,
    Python,
}

/// The error for a symbol that is not an identifier of the language.
///
/// ```
/// use gcwat::emit::Format;
///
/// let error = Format::C.check_symbol("int").unwrap_err();
/// assert_eq!(error.to_string(), "`int` is a keyword of C and C++");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSymbol {
    name: String,
    language: Language,
    is_keyword: bool,
}

impl fmt::Display for BadSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BadSymbol { name, language, is_keyword } = self;
        let language = match language {
            Language::C | Language::EmJs => "C and C++",
            Language::JavaScript => "JavaScript",
            Language::Rust => "Rust",
            Language::Python => "Python",
        };
        match is_keyword {
            true => write!(f, "`{name}` is a keyword of {language}"),
            false => write!(
                f,
                "`{name}` is not an identifier: expected letters, digits and `_`, beginning with a letter or `_`"
            ),
        }
    }
}

impl std::error::Error for BadSymbol {}

impl Language {
    /// Checks that a name can be the name of an array.
    pub(super) fn check(self, name: &str) -> Result<(), BadSymbol> {
        let is_keyword = self.is_keyword(name);
        match is_identifier(name) && !is_keyword {
            true => Ok(()),
            false => Err(BadSymbol { name: name.to_owned(), language: self, is_keyword }),
        }
    }

    /// Derives a symbol from a file name: without folders and extension, with `_` for all other characters, and in capital
    /// letters if that is the language's convention for constants.
    pub(super) fn symbol_of(self, file_name: &str) -> String {
        let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
        let stem = match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        };
        let word = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let mut symbol: String = stem.chars().map(word).collect();
        // Input that is not a file has a name such as `<stdin>`.
        if name.starts_with('<') || symbol.bytes().all(|byte| byte == b'_') {
            symbol = "module".to_owned();
        }
        if symbol.starts_with(|c: char| c.is_ascii_digit()) {
            symbol.insert(0, '_');
        }
        if matches!(self, Language::Rust | Language::Python) {
            symbol.make_ascii_uppercase();
        }
        if self.is_keyword(&symbol) {
            symbol.push('_');
        }
        symbol
    }

    fn is_keyword(self, name: &str) -> bool {
        let words: &[&str] = match self {
            Language::C => &[C, CPP],
            Language::EmJs => &[C, CPP, JAVASCRIPT],
            Language::JavaScript => &[JAVASCRIPT],
            Language::Rust => &[RUST],
            Language::Python => &[PYTHON],
        };
        words.iter().any(|words| words.split_ascii_whitespace().any(|word| word == name))
    }
}

fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

const C: &str = "
    alignas alignof asm auto bool break case char const constexpr continue default do double else enum extern
    false float for fortran goto if inline int long nullptr register restrict return short signed sizeof static
    static_assert struct switch thread_local true typedef typeof typeof_unqual union unsigned void volatile while
    NULL main";

const CPP: &str = "
    and and_eq bitand bitor catch char16_t char32_t char8_t class co_await co_return co_yield compl concept
    consteval constinit const_cast decltype delete dynamic_cast explicit export friend mutable namespace new
    noexcept not not_eq operator or or_eq private protected public reinterpret_cast requires static_cast template
    this throw try typeid typename using virtual wchar_t xor xor_eq";

const JAVASCRIPT: &str = "
    arguments await break case catch class const continue debugger default delete do else enum eval export extends
    false finally for function if implements import in instanceof interface let new null package private protected
    public return static super switch this throw true try typeof var void while with yield";

const RUST: &str = "
    Self _ abstract as async await become box break const continue crate do dyn else enum extern false final fn for
    gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait
    true try type typeof unsized use virtual where while yield unsafe";

const PYTHON: &str = "
    False None True and as assert async await break class continue def del elif else except finally for from global
    if import in is lambda nonlocal not or pass raise return try while with yield";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_derived_from_the_file_name() {
        for (file, language, symbol) in [
            ("trampoline.wat", Language::C, "trampoline"),
            ("a/b-c.d.wat", Language::C, "b_c_d"),
            ("trampoline.wat", Language::Rust, "TRAMPOLINE"),
            ("3d.wat", Language::Python, "_3D"),
            ("class.wat", Language::C, "class_"),
            ("<stdin>", Language::C, "module"),
            ("-", Language::C, "module"),
            ("\u{e9}t\u{e9}.wat", Language::C, "_t_"),
            (".wat", Language::C, "_wat"),
        ] {
            assert_eq!(language.symbol_of(file), symbol, "{file}");
            assert_eq!(language.check(symbol), Ok(()));
        }
    }

    #[test]
    fn a_symbol_is_an_identifier_and_not_a_keyword() {
        assert!(Language::C.check("a-b").is_err());
        assert!(Language::C.check("").is_err());
        assert!(Language::C.check("1a").is_err());
        assert!(Language::C.check("class").is_err());
        assert!(Language::Rust.check("class").is_ok());
        assert!(Language::Python.check("None").is_err());
    }
}
