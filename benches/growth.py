#!/usr/bin/env python3
"""Measures how time and memory grow with the size of the text, for one construct at a time.

    cargo build --release
    benches/growth.py [--sizes MB,...] [NAME ...]

Prints the table of docs/performance.md: CPU time per byte of text, and the ratio of peak memory to text. The texts are
generated and not validated, since engines and the validator have limits. The default sizes take ten minutes and 4 GB.
"""

import argparse
import os
import tempfile
from pathlib import Path

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", Path(__file__).resolve().parent.parent / "target"))
GCWAT = str(TARGET / "release/gcwat")
# Construct -> prefix, repeated part (with its number), part repeated as often after it, suffix.
TEXTS = {
    "functions": ("(module\n", "(func (param i32) (result i32) local.get 0 i32.const {} i32.add)\n", "", ")"),
    "types": ("(module\n", "(type (func (param i32 i64) (result i32)))\n", "", ")"),
    "names": ("(module\n", "(func $name_of_a_function_{0} call $name_of_a_function_{0})\n", "", ")"),
    "locals": ("(module (func\n", "(local $local_{} i32)\n", "", "))"),
    "labels": ("(module (func\n", "block $label_{0} br $label_{0} end\n", "", "))"),
    "nested blocks": ("(module (func\n", "block\n", "end\n", "))"),
    "nested parentheses": ("(module (func\n", "(block\n", ")", "))"),
    "exports": ("(module (func)\n", '(export "name {}" (func 0))\n', "", ")"),
    "annotations": ("(module\n", '(@note {} "text" (nested)) (func (@note x) nop)\n', "", ")"),
    "targets of br_table": ("(module (func i32.const 0 br_table\n", "0 0 0 0 0 0 0 0\n", "", "))"),
    "one string": ('(module (memory 1) (data (i32.const 0) "', "\\00\\01abc", "", '"))'),
    "one line": ("(module ", "(func (param i32) local.get 0 drop) ", "", ")"),
    "comments": ("(module\n", ";; a comment\n(; another ;)\n", "", ")"),
    "one function": ("(module (func\n", "  i32.const 7\n  drop\n", "", "))"),
    "errors": ("(module\n", "(func call $unknown_{})\n", "", ")"),
}
# Errors take longer than correct text.
MOST_ERRORS_MB = 16


def write(path, text, size):
    prefix, repeated, closing, suffix = text
    with path.open("w") as out:
        out.write(prefix)
        count = size // (len(repeated) + len(closing))
        for piece in (repeated, closing):
            # Write in pieces: the memory of this process counts towards that of its children.
            for number in range(count if piece else 0):
                out.write(piece.format(number))
        out.write(suffix)


def run(path, out):
    command = [GCWAT, "assemble", "--no-validate", "--threads", "1", str(path), "-o", str(out)]
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    _, _, usage = os.wait4(os.posix_spawn(GCWAT, command, os.environ, file_actions=quiet), 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--sizes", default="1,16,128,400", help="in MB")
    args.add_argument("names", nargs="*", metavar="NAME")
    args = args.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    print("| text full of | " + " | ".join(f"{size} MB" for size in sizes) + " | memory / text |")
    print("|---|" + "---:|" * (len(sizes) + 1))
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "text.wat", Path(folder) / "out.wasm"
        for name, text in TEXTS.items():
            if args.names and name not in args.names:
                continue
            cells, memory = [], 0
            for size in sizes:
                if name == "errors" and size > MOST_ERRORS_MB:
                    cells.append("")
                    continue
                write(path, text, size * 1_000_000)
                length = path.stat().st_size
                time, memory = run(path, out)
                cells.append(f"{1e9 * time / length:.1f} ns/B")
            print(f"| {name} | {' | '.join(cells)} | {memory / length:.1f} |", flush=True)


if __name__ == "__main__":
    main()
