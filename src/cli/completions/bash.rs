//! The completion script for bash. That of clap_complete offers the options of a subcommand where a file is expected.

use clap::{Arg, Command, ValueHint};
use std::fmt::Write;

/// Returns the script.
pub(super) fn script(mut command: Command) -> String {
    command.build();
    let subcommands: Vec<&str> = names(&command).collect();
    let mut script = START.replace("SUBCOMMANDS", &subcommands.join("|"));
    let _ = writeln!(script, "    case $command in");
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        let names: Vec<&str> = subcommand.get_name_and_visible_aliases();
        write_command(&mut script, &names.join("|"), subcommand, None);
    }
    write_command(&mut script, "help", &Command::new("help"), Some(&subcommands));
    write_command(&mut script, "*", &command, Some(&subcommands));
    script.push_str(END);
    script
}

/// The words of the command line are split at `=` and `:`, so the word to complete is read from the line itself.
const START: &str = r#"_gcwat() {
    local current=$2 previous=$3 command= word
    local options= words= files= values= value_files=
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            SUBCOMMANDS) command=$word; break ;;
        esac
    done
    # `--option=value` is three words.
    [[ $current == = ]] && current=
    [[ $previous == = ]] && previous=${COMP_WORDS[COMP_CWORD-2]}
    [[ ${COMP_WORDS[COMP_CWORD]} == = ]] && previous=${COMP_WORDS[COMP_CWORD-1]}
"#;

const END: &str = r#"    esac
    if [[ -n $values || -n $value_files ]]; then
        # The last item of a list such as `wasm2,gc` or `-simd`.
        local list=
        if [[ -n $values && $current =~ ^(.*,)?-?[^,]*$ ]]; then
            list=${BASH_REMATCH[1]}
            local item=${current#"$list"}
            [[ $item == -* ]] && list=$list- && item=${item#-}
            COMPREPLY=($(compgen -W "$values" -P "$list" -- "$item"))
        fi
        files=$value_files
    elif [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$current"))
        files=
    else
        COMPREPLY=($(compgen -W "$words" -- "$current"))
    fi
    if [[ -n $files ]]; then
        compopt -o filenames 2>/dev/null
        local IFS=$'\n'
        COMPREPLY+=($(compgen "$files" -- "$current"))
    fi
}
complete -F _gcwat gcwat
"#;

/// Writes what can follow a subcommand.
fn write_command(script: &mut String, pattern: &str, command: &Command, words: Option<&[&str]>) {
    let _ = writeln!(script, "        {pattern})");
    let options: Vec<String> = command.get_arguments().flat_map(spellings).collect();
    let _ = writeln!(script, "            options='{}'", options.join(" "));
    let positional = command.get_positionals().next();
    let mut all: Vec<String> = words.unwrap_or_default().iter().map(|word| word.to_string()).collect();
    all.extend(positional.map(values).unwrap_or_default());
    let _ = writeln!(script, "            words='{}'", all.join(" "));
    // Without a subcommand, files are assembled.
    let is_file = pattern == "*" || positional.is_some_and(|arg| action(arg).is_some());
    if is_file {
        let _ = writeln!(script, "            files=-f");
    }
    let taking: Vec<&Arg> = command.get_opts().collect();
    if !taking.is_empty() {
        let _ = writeln!(script, "            case $previous in");
        for option in taking {
            let _ = write!(script, "                {})", spellings(option).join("|"));
            let _ = write!(script, " values='{}'", values(option).join(" "));
            if let Some(action) = action(option) {
                let _ = write!(script, " value_files={action}");
            }
            let _ = writeln!(script, " ;;");
        }
        let _ = writeln!(script, "            esac");
    }
    let _ = writeln!(script, "            ;;");
}

/// Returns the names of the subcommands.
fn names(command: &Command) -> impl Iterator<Item = &str> {
    command.get_subcommands().flat_map(Command::get_name_and_visible_aliases)
}

/// Returns the spellings of an option.
fn spellings(arg: &Arg) -> Vec<String> {
    let shorts = arg.get_short_and_visible_aliases().unwrap_or_default();
    let longs = arg.get_long_and_visible_aliases().unwrap_or_default();
    let shorts = shorts.into_iter().map(|short| format!("-{short}"));
    shorts.chain(longs.into_iter().map(|long| format!("--{long}"))).collect()
}

/// Returns the possible values.
fn values(arg: &Arg) -> Vec<String> {
    arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
}

/// Returns the option of `compgen` for files or directories.
fn action(arg: &Arg) -> Option<&'static str> {
    match arg.get_value_hint() {
        ValueHint::FilePath | ValueHint::AnyPath => Some("-f"),
        ValueHint::DirPath => Some("-d"),
        _ => None,
    }
}
