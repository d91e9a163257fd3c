#!/usr/bin/env bash
# Extracts the configurations from docs/editors.md and tests each in its editor, without a screen. Reports and skips
# editors that are not installed. Needs gcwat in PATH, or its path in GCWAT.
set -euo pipefail
page=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../editors.md
gcwat=$(realpath "${GCWAT:-$(command -v gcwat)}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/home"
ln -s "$gcwat" "$folder/bin/gcwat"
export PATH=$folder/bin:$PATH HOME=$folder/home XDG_CONFIG_HOME=$folder/home/.config XDG_DATA_HOME=$folder/home/.local
unset NO_COLOR CLICOLOR_FORCE
cd "$folder"

# A text with an error in line 3, after a two-byte character, and a warning in line 4.
cat >'bad.wat' <<'WAT'
(module
  (type $t (struct))
  (func (; é ;) call $missing)
  (func (param anyref) (drop (ref.test $t (local.get 0)))))
WAT

# A script with an error in its second module, and a text with more errors than are reported.
cat >'bad.wast' <<'WAT'
(module (func (export "f")))
(module (func call $missing))
(assert_invalid (module (func (result i32))) "type mismatch")
WAT
for ((i = 0; i < 1002; i++)); do echo "(func call \$f$i)"; done >'many.wat'

# Prints the block of the page in the given language.
block() {
    awk -v fence="\`\`\`$1" '$0 == fence { inside = 1; next } /^```/ { inside = 0 } inside' "$page"
}

failed=0
# Compares the diagnostics in an editor with the expected ones.
same() {
    if [[ $2 == "$3" ]]; then
        echo "ok: $1"
    else
        printf 'FAILED: %s\nexpected:\n%s\nfound:\n%s\n' "$1" "$3" "$2"
        failed=1
    fi
}

# Succeeds if a program is installed.
have() {
    command -v "$1" >/dev/null || { echo "not installed, skipped: $1"; return 1; }
}

# Writes the error list of Vim or Neovim.
quickfix='call writefile(map(filter(getqflist(), "v:val.valid"), {_, e -> e.lnum . ":" . e.col . ":" . e.type . ": " . e.text}), "found")'
in_list=$'3:22:e: unknown function `$missing` [E0301]\n4:40:w: a bare type index for a reference type is an extension of the text format [W0001]'

if have vim; then
    mkdir -p home/.vim/compiler
    block vim >home/.vim/compiler/gcwat.vim
    vim -Nu NONE -es --cmd "set rtp^=$HOME/.vim" -c 'compiler gcwat' -c 'silent make!' -c "$quickfix" -c 'qa!' bad.wat \
        </dev/null >log 2>&1 || cat log
    same 'Vim, :make' "$(cat found)" "$in_list"
    block vimrc >vimrc
    for file in bad.wat bad.wast; do
        vim -Nu vimrc -es --cmd "set rtp^=$HOME/.vim" --cmd 'filetype on' -c 'silent make!' -c "$quickfix" -c 'qa!' "$file" \
            </dev/null >log 2>&1 || cat log
        cp found "found.$file"
    done
    same 'Vim, a module by its name' "$(cat found.bad.wat)" "$in_list"
    same 'Vim, a script by its name' "$(cat found.bad.wast)" '2:20:e: unknown function `$missing` [E0301]'
    cp bad.wat copy.wat
    vim -Nu NONE -es -c '%!gcwat check --fix - 2>/dev/null' -c 'wq!' copy.wat </dev/null
    same 'Vim, a fixing filter' "$(sed -n 4p copy.wat)" '  (func (param anyref) (drop (ref.test (ref $t) (local.get 0)))))'
fi

if have nvim; then
    mkdir -p "$XDG_CONFIG_HOME"/nvim/{compiler,plugin}
    block vim >"$XDG_CONFIG_HOME/nvim/compiler/gcwat.vim"
    nvim --headless -c 'compiler gcwat' -c 'silent make!' -c "$quickfix" -c 'qa!' bad.wat </dev/null >log 2>&1 || cat log
    same 'Neovim, :make' "$(cat found)" "$in_list"
    block lua >"$XDG_CONFIG_HOME/nvim/plugin/gcwat.lua"
    nvim --headless -c 'lua local out = {} for _, d in ipairs(vim.diagnostic.get(0)) do
        table.insert(out, (d.lnum + 1) .. ":" .. d.col .. "-" .. d.end_col .. ":" .. d.severity .. ": " .. vim.split(d.message, "\n")[1])
        end vim.fn.writefile(out, "found")' -c 'qa!' bad.wat </dev/null >log 2>&1 || cat log
    shown='lua local out = {} for _, d in ipairs(vim.diagnostic.get(0)) do table.insert(out, (d.lnum + 1) .. ":" .. d.col) end vim.fn.writefile(out, "found")'
    cp found found.bad
    nvim --headless -c "$shown" -c 'qa!' bad.wast </dev/null >log 2>&1 || cat log
    same 'Neovim, a script' "$(cat found)" '2:19'
    nvim --headless -c "$shown" -c 'qa!' many.wat </dev/null >log 2>&1 || cat log
    same 'Neovim, more errors than are reported' "$(wc -l <found) $(cat log)" '1000 '
    cp bad.wat copy.wat
    nvim --headless -c '4' -c 'GcwatFix' -c "$shown" -c 'wq!' copy.wat </dev/null >log 2>&1 || cat log
    same 'Neovim, a quick fix' "$(sed -n 4p copy.wat) $(cat found)" \
        '  (func (param anyref) (drop (ref.test (ref $t) (local.get 0))))) 3:22'
    # Two suggestions for one line: the second is chosen.
    printf '(func $abc)\n(func $abd)\n(func call $abe)\n' >two.wat
    nvim --headless -c 'lua vim.ui.select = function(items, _, choose) choose(items[#items]) end' \
        -c '3' -c 'GcwatFix' -c 'wq!' two.wat </dev/null >log 2>&1 || cat log
    same 'Neovim, a choice of fixes' "$(sed -n 3p two.wat | grep -c 'call $ab[cd]')" 1
    PATH=$folder/nothing "$(command -v nvim)" --headless -c "$shown" -c 'qa!' bad.wat </dev/null >log 2>&1 || cat log
    same 'Neovim without gcwat' "$(cat found log)" 'gcwat is not in PATH, so modules are not checked'
    cp found.bad found
    same 'Neovim, diagnostics' "$(cat found)" $'3:22-30:1: unknown function `$missing`\n4:39-41:2: a bare type index for a reference type is an extension of the text format'
fi

if have emacs; then
    block elisp >gcwat.el
    cat >run.el <<'EL'
(define-derived-mode wat-mode prog-mode "wat")
(add-to-list 'load-path default-directory)
(require 'gcwat)
(find-file "bad.wat")
(wat-mode)
(flymake-start)
(with-timeout (20) (while (not (flymake-diagnostics)) (accept-process-output nil 0.1)))
(dolist (d (sort (flymake-diagnostics) (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))
  (princ (format "%d:%s:%s: %s\n" (line-number-at-pos (flymake-diagnostic-beg d))
    (buffer-substring (flymake-diagnostic-beg d) (flymake-diagnostic-end d))
    (flymake-diagnostic-type d) (flymake-diagnostic-text d))))
EL
    same 'Emacs, Flymake' "$(emacs -Q --batch -l run.el 2>log || cat log)" \
        $'3:$missing::error: unknown function `$missing` [E0301]\n4:$t::warning: a bare type index for a reference type is an extension of the text format [W0001]'
    cat >fix.el <<'EL'
(define-derived-mode wat-mode prog-mode "wat")
(add-to-list 'load-path default-directory)
(require 'gcwat)
(find-file "copy.wat")
(wat-mode)
(flymake-start)
(with-timeout (20) (while (not (flymake-diagnostics)) (accept-process-output nil 0.1)))
(goto-char (point-min))
(forward-line 3)
(gcwat-fix)
(save-buffer)
EL
    cp bad.wat copy.wat
    emacs -Q --batch -l fix.el >log 2>&1 || cat log
    same 'Emacs, a quick fix' "$(sed -n 4p copy.wat)" '  (func (param anyref) (drop (ref.test (ref $t) (local.get 0)))))'
    same 'Emacs, a script' "$(sed 's/bad.wat/bad.wast/' run.el >script.el; emacs -Q --batch -l script.el 2>log || cat log)" \
        '2:$missing::error: unknown function `$missing` [E0301]'
    same 'Emacs, more errors than are reported' \
        "$(sed 's/bad.wat/many.wat/' run.el >many.el; emacs -Q --batch -l many.el 2>log | wc -l)" 1000
    cat >compile.el <<'EL'
(require 'compile)
(defvar done nil)
(add-hook 'compilation-finish-functions (lambda (&rest _) (setq done t)))
(find-file "bad.wat")
(compile "gcwat check --message-format short bad.wat")
(with-timeout (20) (while (not done) (accept-process-output nil 0.1)))
(next-error)
(princ (format "%d:%s\n" (line-number-at-pos) (buffer-substring (point) (line-end-position))))
EL
    same 'Emacs, compile' "$(emacs -Q --batch -l compile.el 2>log || cat log)" '3:$missing)'
fi

if have node; then
    block json >tasks.json
    cat >run.js <<'JS'
const task = JSON.parse(require("fs").readFileSync("tasks.json", "utf8")).tasks[0];
const args = task.args.map(arg => arg.replace("${file}", "bad.wat"));
const out = require("child_process").spawnSync(task.command, args, { encoding: "utf8" }).stdout;
const { regexp, file, line, column, severity, message, code } = task.problemMatcher.pattern;
for (const text of out.trimEnd().split("\n")) {
  const m = new RegExp(regexp).exec(text);
  console.log(m ? [file, line, column, severity, code, message].map(group => m[group]).join("|") : "no match: " + text);
}
JS
    same 'VS Code, the problem matcher' "$(node run.js)" \
        $'bad.wat|3|22|error|E0301|unknown function `$missing`\nbad.wat|4|40|warning|W0001|a bare type index for a reference type is an extension of the text format'
fi

have hx && echo 'skipped: Helix cannot run without a screen'
exit $failed
