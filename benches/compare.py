#!/usr/bin/env python3
"""Measures gcwat against wasm-tools and wat2wasm on real modules, and writes docs/performance.md and .svg.

Needs `npm`, and `wasm-tools`, `wasm2wat` and `wat2wasm` on PATH. Programs that are not installed are left out.

    cargo build --release -p gcwat -p gcwat-benches
    benches/compare.py [--runs N] [--folder FOLDER] [--modules NAME,...] [--write]
    benches/compare.py --redraw     # draws docs/performance.svg from the tables in docs/performance.md

Each round runs all commands, in a random order, so that other load and warm caches affect all commands alike. A fixed
order is not enough: a virtual machine gives memory that is free for some seconds back to its host, and the command that
comes at that time pays for getting it again. Figures are medians. CPU time is user plus system time; memory is the peak resident set.
"""

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from chart import PEER, draw

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
# Module name -> npm package and the file in it.
MODULES = {
    "pyodide": ("pyodide@314.0.7", "pyodide.asm.wasm"),
    "sql.js": ("sql.js@1.16.0", "dist/sql-wasm.wasm"),
    "esbuild": ("esbuild-wasm@0.28.2", "esbuild.wasm"),
    "duckdb": ("@duckdb/duckdb-wasm@1.32.0", "dist/duckdb-mvp.wasm"),
    # Mostly vector instructions.
    "tfjs": ("@tensorflow/tfjs-backend-wasm@4.22.0", "dist/tfjs-backend-wasm-simd.wasm"),
}
# Style -> the command that prints a module in that style.
STYLES = {
    "flat": ["wasm-tools", "print", "{wasm}", "-o", "{wat}"],
    "folded": ["wasm2wat", "--enable-all", "-f", "{wasm}", "-o", "{wat}"],
    "names": ["wasm2wat", "--enable-all", "--generate-names", "{wasm}", "-o", "{wat}"],
    # A comment before each instruction.
    "offsets": ["wasm-tools", "print", "--print-offsets", "{wasm}", "-o", "{wat}"],
}
# Generated texts: title -> style and size in bytes.
MADE_UP = {
    "garbage collection, vectors, data and comments": ("mixed", "50000000"),
    "a comment on most instructions": ("comments", "50000000"),
}
GCWAT = str(TARGET / "release/gcwat")
COMMANDS = {
    "wasm-tools parse": ["wasm-tools", "parse", "{wat}", "-o", "{out}"],
    "wat2wasm": ["wat2wasm", "--enable-all", "--no-check", "{wat}", "-o", "{out}"],
    "one thread": [GCWAT, "assemble", "--no-validate", "--threads", "1", "{wat}", "-o", "{out}"],
    "two threads": [GCWAT, "assemble", "--no-validate", "--threads", "2", "{wat}", "-o", "{out}"],
    "one thread, validated": [GCWAT, "assemble", "--threads", "1", "{wat}", "-o", "{out}"],
    "two threads, validated": [GCWAT, "assemble", "--threads", "2", "{wat}", "-o", "{out}"],
}


def fetch(folder, package, inner):
    wasm = folder / (package.replace("/", "-").replace("@", "-") + ".wasm")
    if not wasm.exists():
        packed = subprocess.run(
            ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
        )
        archive = folder / packed.stdout.split()[-1]
        with tarfile.open(archive) as tar:
            # Copy in pieces: the memory of this process counts towards that of its children.
            with wasm.open("wb") as out:
                shutil.copyfileobj(tar.extractfile(f"package/{inner}"), out)
        archive.unlink()
    return wasm


def fill(command, **values):
    return [part.format(**values) for part in command]


def run(command):
    """Returns CPU seconds, wall seconds and bytes of memory, or None if the command fails."""
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    return None if status else (usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


def measure(commands, wat, out, runs):
    results = {}
    for _ in range(runs):
        for name, command in random.sample(list(commands.items()), len(commands)):
            if results.get(name, []) is not None:
                # Replacing a file takes longer than writing a new one.
                out.unlink(missing_ok=True)
                result = run(fill(command, wat=wat, out=out))
                results[name] = None if result is None else results.get(name, []) + [result]
    medians = {}
    for name in commands:
        if results[name]:
            medians[name] = tuple(statistics.median(column) for column in zip(*results[name]))
    return medians


def table(title, size, medians):
    peer = medians.get(PEER)
    lines = [f"**{title}**, {size / 1e6:.1f} MB of text", ""]
    lines += ["| | CPU s | wall s | MB/s | memory / text | CPU speed-up | wall speed-up |"]
    lines += ["|---|---:|---:|---:|---:|---:|---:|"]
    for name, (cpu, wall, memory) in medians.items():
        ratios = f"{peer[0] / cpu:.1f} times | {peer[1] / wall:.1f} times" if peer else "|"
        # A child cannot show less memory than this process has.
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        shown = f"{memory / size:.2f}" if memory > 1.05 * own else ""
        lines.append(f"| {name} | {cpu:.3f} | {wall:.3f} | {size / 1e6 / wall:.0f} | {shown} | {ratios} |")
    return lines + [""]


def stages(wat):
    """Returns a table of the stages, and the ratios to lexing alone and to reading alone."""
    printed = subprocess.run(
        [str(TARGET / "release/stages"), wat], check=True, capture_output=True, text=True
    ).stdout
    times = {name: float(seconds) for name, seconds in (line.split() for line in printed.splitlines())}
    names = ["scan", "lex", "parse", "lower", "validate"]
    parts, before = {}, 0.0
    for name in names:
        parts[name] = max(times[name] - before, 0.0)
        before = times[name]
    lines = ["| stage | s | share |", "|---|---:|---:|"]
    for name in names:
        lines.append(f"| {name} | {parts[name]:.3f} | {100 * parts[name] / times['validate']:.0f} % |")
    lines += ["", f"Without validation, assembling takes {times['lower'] / times['lex']:.1f} times as long as "
              f"scanning and lexing, and {times['lower'] / times['read']:.0f} times as long as reading every byte.", ""]
    return lines


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--runs", type=int, default=7)
    args.add_argument("--folder", type=Path, default=TARGET / "compare")
    args.add_argument("--modules", default="pyodide,sql.js,tfjs,esbuild,duckdb")
    args.add_argument("--styles", default="flat,folded,names")
    args.add_argument("--write", action="store_true", help="write docs/performance.md and .svg")
    args.add_argument("--redraw", action="store_true", help="only draw docs/performance.svg")
    args = args.parse_args()
    page, chart = ROOT / "docs/performance.md", ROOT / "docs/performance.svg"
    if args.redraw:
        chart.write_text(draw(page.read_text()))
        return
    args.folder.mkdir(parents=True, exist_ok=True)
    # Copy the program, as `cargo install` does: a file that the linker has just written is cached in smaller pages and
    # starts more slowly.
    if not Path(GCWAT).exists():
        raise SystemExit("gcwat is not built; run cargo build --release -p gcwat -p gcwat-benches")
    gcwat = shutil.copy(GCWAT, args.folder)
    commands = {name: [gcwat if word == GCWAT else word for word in command] for name, command in COMMANDS.items()}
    commands = {name: command for name, command in commands.items() if shutil.which(command[0])}
    lines, out = [], args.folder / "out.wasm"

    def add(title, wat, with_stages):
        size = wat.stat().st_size
        medians = measure(commands, wat, out, args.runs)
        lines.extend(table(title, size, medians))
        if with_stages:
            lines.extend(stages(str(wat)))
        print("\n".join(lines[-12:]), file=sys.stderr)

    for module in args.modules.split(","):
        wasm = fetch(args.folder, *MODULES[module])
        for style in args.styles.split(","):
            if not shutil.which(STYLES[style][0]):
                continue
            wat = args.folder / f"{module}-{style}.wat"
            if not wat.exists() and subprocess.run(fill(STYLES[style], wasm=wasm, wat=wat)).returncode:
                continue
            add(f"{module}, {style}", wat, (module, style) == ("pyodide", "flat"))
    for title, (style, size) in MADE_UP.items():
        wat = args.folder / f"{style}.wat"
        with wat.open("wb") as text:
            subprocess.run([str(TARGET / "release/texts"), style, size], check=True, stdout=text)
        add(f"generated: {title}", wat, False)
    small = ROOT / "corpus/trampoline.wat"
    medians = measure(commands, small, out, 51)
    lines += ["**corpus/trampoline.wat**, from process start to exit", "",
              "| | CPU ms | wall ms |", "|---|---:|---:|"]
    lines += [f"| {name} | {1000 * cpu:.2f} | {1000 * wall:.2f} |" for name, (cpu, wall, _) in medians.items()]
    text = "\n".join(lines) + "\n"
    print(text)
    if args.write:
        start, end = "<!-- measured -->\n", "<!-- /measured -->\n"
        before, rest = page.read_text().split(start)
        page.write_text(before + start + "\n" + text + "\n" + end + rest.split(end)[1])
        chart.write_text(draw(page.read_text()))


if __name__ == "__main__":
    main()
