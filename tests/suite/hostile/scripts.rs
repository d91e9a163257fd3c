//! Scripts of random words. Each script gets a verdict, and so does each module in it.

use super::check_places;
use gcwat::script::{CommandKind, Script, Subject};
use gcwat::{Assembler, Diagnostics};

/// A pseudo-random number generator.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// The words of the scripts, including unclosed and unusual ones.
const WORDS: &[&str] = &[
    "(module",
    "(module ",
    "(module $m ",
    "(module definition ",
    "(module quote ",
    "(module binary ",
    "(module instance ",
    "(func",
    "(func ",
    "(func (export \"f\"))",
    "(assert_return ",
    "(assert_invalid ",
    "(assert_malformed ",
    "(invoke \"f\")",
    "(register \"m\")",
    "(thread $t ",
    "(shared (module $m))",
    "(wait $t)",
    "(either ",
    "(i32.const 1)",
    "(ref.func 0)",
    "(v128.const i8x16 ",
    "(@a",
    "(@a ",
    "(@",
    "(@\"a\"",
    "(@name \"n\")",
    "(@custom \"c\" \"\")",
    "(@char \"A\")",
    "(;",
    ";)",
    "(; c ;)",
    ";; line\n",
    ";;",
    ";",
    ";q",
    ";-",
    ",",
    "\"",
    "\"s\"",
    "\"\\",
    "\"\\zz\"",
    "$",
    "$m",
    "$\"",
    "$\"m\"",
    "quote",
    "binary",
    "definition",
    "{",
    "}",
    "[",
    "=",
    "#",
    "'",
    "\u{e9}",
    "\u{202e}",
    "\0",
    "nop",
    "drop",
    "i32.add",
    "if",
    "end",
    "then",
    "(",
    "(",
    ")",
    ")",
    ")",
    " ",
    " ",
    "\n",
    "\r",
    "\t",
];

/// Reads a script and assembles the modules in it.
fn read(text: &str) {
    let script = match Script::parse(text) {
        Ok(script) => script,
        Err(errors) => return check_places(text.as_bytes(), &errors),
    };
    let judge = |result: Result<Vec<u8>, Diagnostics>, text: &[u8]| {
        if let Err(errors) = result {
            check_places(text, &errors);
        }
    };
    for command in script.commands {
        let module = match command.kind {
            CommandKind::Module(module) => module,
            CommandKind::AssertFails { subject: Subject::Module(module), .. } => module,
            _ => continue,
        };
        let own = match &module.source {
            gcwat::script::ModuleSource::Quote(quoted) => quoted.as_slice(),
            _ => text.as_bytes(),
        };
        judge(module.assemble(text, &Assembler::new().threads(1)), own);
    }
    #[cfg(feature = "emit")]
    if let Ok(script) = Script::parse(text) {
        _ = script.to_json(text, "s.wast", "s", &Assembler::new());
    }
}

/// Texts that once had a wrong result, and similar ones.
const FOUND: &[&str] = &[
    "(module;q) (@a(a))",
    "(module;q)",
    "(module ;q) (module)\n(module)",
    "(module;) (func)",
    "(module (func;x) ) (func)",
    "(module (func) ;x) (assert_invalid (module;) \"\")",
    "(module #) (module)",
    "(module \"a) (module) \"",
    "(module (; c ) (module)",
    "(module (@a ) (module)",
    "(module $) (module)",
    "(module $\"a) (module) \"b\")",
    "(module {) } (module)",
    "(module (func ;; c )\n) (module)",
    "(module definition;q) (@a(a))",
    "(module $m;q) (@a(a))",
    "(module '\u{e9}) '(module)",
    "(module (func i32.const;1) ) (module)",
    "(module -) -(module)",
];

#[test]
fn an_error_in_a_module_does_not_affect_the_rest_of_the_script() {
    for text in FOUND {
        read(text);
        // Text before and after the script.
        for more in ["\n", " ", "\n(module)\n", "\n(register \"a\")\n", " ;; c", " \u{e9}"] {
            read(&format!("{text}{more}"));
            read(&format!("{more}{text}"));
        }
    }
}

#[test]
fn scripts_of_random_words_get_a_verdict() {
    let runs = std::env::var("SCRIPT_RUNS").map_or(3_000, |runs| runs.parse().expect("a number"));
    let seed = std::env::var("SCRIPT_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let mut random = Random(seed);
    for _ in 0..runs {
        let mut text = String::new();
        // Two thirds of the scripts have closed parentheses.
        let is_closed = random.below(3) > 0;
        for _ in 0..1 + random.below(3) {
            let mut depth = 0;
            for _ in 0..1 + random.below(8) {
                let word = WORDS[random.below(WORDS.len())];
                depth += word.matches('(').count() as isize - word.matches(')').count() as isize;
                text.push_str(word);
                if random.below(2) == 0 {
                    text.push(' ');
                }
            }
            if is_closed {
                text.push_str(&")".repeat(depth.max(0) as usize));
            }
        }
        let shown = text.clone();
        let result = std::panic::catch_unwind(move || read(&text));
        assert!(result.is_ok(), "{shown:?}");
    }
}

#[test]
fn a_form_that_is_never_closed_is_not_wrapped() {
    let suggestions = |text: &str| -> usize {
        let errors = Script::parse(text).unwrap_err();
        errors
            .iter()
            .filter(|error| error.message.contains("must be inside `(type ...)`"))
            .map(|e| e.suggestions.len())
            .sum()
    };
    assert_eq!(suggestions("(module) (sub (func))"), 1);
    for text in ["(module) (sub (func)", "(module) (struct ", "(module) (sub (func) (module)"] {
        assert_eq!(suggestions(text), 0, "{text}");
    }
}

#[test]
fn a_comment_or_string_that_is_never_closed_is_reported_once() {
    let long = "x ".repeat(1000);
    for opening in ["(;", "\"", "foo\"", "bar (;", "bar \"", "invoke \"", "invoke (;"] {
        for before in ["(", "(module) (", "(func) ("] {
            let text = format!("{before}{opening}{long}");
            let errors = Script::parse(&text).unwrap_err();
            let reported = |what: &str| errors.iter().filter(|error| error.message.contains(what)).count();
            assert_eq!(reported("comment") + reported("string"), 1, "{text}: {errors}");
            assert_eq!(reported("unknown module field `foo\""), 0, "{errors}");
            assert!(errors.iter().all(|error| error.message.len() < 300), "{errors}");
        }
    }
}

#[test]
fn a_character_that_begins_no_token_belongs_to_its_module() {
    for character in ["\0", "\u{b}", "\u{7f}", "\u{e9}", "\u{202e}", "\\", "\u{feff}"] {
        for text in
            ["(module (func C(export \"a\")))", "(module (func) C)", "(func C nop)", "(module $m C (func))"]
        {
            let text = text.replace('C', character);
            let script = Script::parse(&text).unwrap_or_else(|errors| panic!("{text:?}: {errors}"));
            let [command] = &script.commands[..] else { panic!("{text:?}") };
            let CommandKind::Module(module) = &command.kind else { panic!("{text:?}") };
            let errors = module.assemble(&text, &Assembler::new()).unwrap_err();
            let module_alone = Assembler::new().check(&text);
            assert_eq!(errors.to_string(), module_alone.to_string());
        }
    }
}
