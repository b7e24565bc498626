#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mutate.py -- small faults put into the engine and the trace, one at a time: does a test notice?

Usage: tests/mutate.py [--source COMMIT] [--tests COMMIT] [--count N] [--seed N] [--list] FOLDER

The seed draws the places, so a commit of the source has the same mutants whatever its tests are:
that is how two states of the tests are compared. In FOLDER a copy of the project is built once and
has to pass; then each mutant is built and tested, first by the tests near the engine, then by the
others, then by the golden files, until one fails. What is printed is a line for each mutant, with
the first test that failed, and the counts. A mutant that draws a warning, or compiles to the same
code, is drawn anew. --source and --tests take the project, or its tests/, from a commit; without
them they are the files as they stand. --list prints the places alone.

To add an operator: a row of OPERATORS. Takes a minute or two for each mutant.
"""
import argparse
import glob
import itertools
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MUTATED = ("src/engine", "src/trace")
# The tests that a mutant meets, near and quick ones first.
PASSES = (
    ("near", ["-R", r"^(unit\.(engine|trace)|registry)"]),
    ("other", ["-E", r"^(unit\.(engine|trace)|registry|transcript|screens|style)"]),
    ("golden", ["-R", r"^(transcript|screens)"]),
)
# One process may have so much; what runs wild is ended, which counts as a failed test.
CPU_SECONDS, MEMORY = 120, 4 << 30

NAME = r"[A-Za-z_]\w*(?:(?:->|\.)\w+)*"
ARGUMENT = r"[&*]?" + NAME


def swap(match):
    return f"{match[2]}, {match[1]}" if match[1] != match[2] else None


# A kind of mutant, the code it changes, and what stands there then.
OPERATORS = (
    ("comparison", r"(?<= )(<=|>=|<|>)(?= )",
     lambda m: {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}[m[0]]),
    ("equality", r"(?<= )(==|!=)(?= )", lambda m: {"==": "!=", "!=": "=="}[m[0]]),
    ("sum", r"(?<=[\w)\]] )[+-](?= [\w(])", lambda m: {"+": "-", "-": "+"}[m[0]]),
    ("product", r"(?<=[\w)\]] )[*/](?= [\w(])", lambda m: {"*": "/", "/": "*"}[m[0]]),
    ("assignment", r"(?<= )[-+*/]=(?= )",
     lambda m: {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*="}[m[0]]),
    ("logic", r"(?<= )(&&|\|\|)(?= )", lambda m: {"&&": "||", "||": "&&"}[m[0]]),
    ("negation", r"(?<=[(& |])!(?=[\w(])", lambda m: ""),
    ("integer", r"(?<![\w.])\d+(?![\w.])", lambda m: str(int(m[0]) + 1)),
    ("real", r"(?<![\w.])\d+\.\d+(?![\w.])", lambda m: repr(float(m[0]) + 0.5)),
    ("index", r"(?<=\[)" + NAME + r"(?=\])", lambda m: m[0] + " + 1"),
    ("bound", r"(?<= < )" + NAME + r"(?=[;)])", lambda m: m[0] + " - 1"),
    ("arguments", rf"(?<=[(, ])({ARGUMENT}), ({ARGUMENT})(?=[,)])", swap),
)


def blanked(text):
    """The text with its comments, strings, characters and directives blank, place for place."""
    hidden = (r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
              r"|^[ \t]*#(?:\\\n|[^\n])*")
    return re.sub(hidden, lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.S | re.M)


def line_at(text, offset):
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    return start, end if end >= 0 else len(text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def find_places(folder):
    """{kind of mutant: [(file, offset, old text, new text)]}; only indented lines are code."""
    found = {kind: [] for kind, _, _ in OPERATORS}
    files = [path for top in MUTATED
             for path in glob.glob(os.path.join(folder, top, "**", "*.c"), recursive=True)]
    for path in sorted(files):
        text = blanked(read(path))
        for kind, pattern, change in OPERATORS:
            for match in re.finditer(pattern, text):
                new = change(match)
                if new is not None and text[line_at(text, match.start())[0]] in "\t ":
                    where = os.path.relpath(path, folder)
                    found[kind].append((where, match.start(), match[0], new))
    return found


def draw(folder, seed):
    """Mutants without end: one of each kind in turn, the places of each in an order of its own."""
    found = find_places(folder)
    for kind, places in found.items():
        random.Random(f"{seed} {kind}").shuffle(places)
    for kind in itertools.cycle(found):
        if found[kind]:
            yield (kind, *found[kind].pop())
        elif not any(found.values()):
            return


def mutated(folder, mutant):
    _, path, offset, old, new = mutant
    text = read(os.path.join(folder, path))
    return text[:offset] + new + text[offset + len(old):]


def describe(folder, mutant):
    kind, path, offset, _, _ = mutant
    before, after = read(os.path.join(folder, path)), mutated(folder, mutant)
    old, new = (text[slice(*line_at(text, offset))].strip() for text in (before, after))
    return f"{path}:{before.count(chr(10), 0, offset) + 1} {kind}: {old}  =>  {new}"


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def run(*command):
    """The command's exit status and output; nothing that it began outlives it."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, errors="replace", start_new_session=True,
                               preexec_fn=limit)
    output, _ = process.communicate()
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    return process.returncode, output


def export(commit, paths, folder):
    """The paths as the commit has them, or as they stand."""
    if commit:
        archive = subprocess.Popen(["git", "-C", ROOT, "archive", commit, *paths],
                                   stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
        if archive.wait():
            sys.exit(f"{commit}: not to be had")
        return
    for path in paths:
        source, target = os.path.join(ROOT, path), os.path.join(folder, path)
        copy = shutil.copytree if os.path.isdir(source) else shutil.copy
        copy(source, target)


def prepare(folder, arguments):
    if os.path.exists(folder):
        sys.exit(f"{folder}: is there already")
    os.makedirs(folder)
    project = ["CMakeLists.txt", "README.md", "include", "lessons", "src", ".clang-format"]
    export(arguments.source, project, folder)
    export(arguments.tests, ["tests"], folder)


def configure(folder):
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    cache = ["-DCMAKE_C_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    return run("cmake", "-S", folder, "-B", build_folder(folder), "-DBACKSTEP_WERROR=ON",
               *generator, *cache)


def build_folder(folder):
    return os.path.join(folder, "build")


def build(folder):
    return run("cmake", "--build", build_folder(folder), "--parallel", "2")


def libraries(folder):
    """What the modules compile to, byte for byte."""
    names = sorted(glob.glob(os.path.join(build_folder(folder), "libbackstep_*.a")))
    contents = []
    for name in names:
        with open(name, "rb") as file:
            contents.append(file.read())
    return contents


def test(folder):
    """The pass and the name of the first test that fails, or None."""
    for name, which in PASSES:
        status, output = run("ctest", "--test-dir", build_folder(folder), "-j2",
                             "--stop-on-failure", *which)
        if status:
            failed = re.search(r"^\s*\d+ - (\S+) \(", output, flags=re.M)
            return name, failed[1] if failed else output[-300:]
    return None


def judge(folder, mutant, clean):
    """'killed', 'survived', 'no code' or 'same code', and by what."""
    path = os.path.join(folder, mutant[1])
    original = read(path)
    write(path, mutated(folder, mutant))
    try:
        if build(folder)[0]:
            return "no code", None
        if libraries(folder) == clean:
            return "same code", None
        killer = test(folder)
        return ("killed", killer) if killer else ("survived", None)
    finally:
        write(path, original)


def judge_all(folder, arguments):
    for step in (configure, build):
        status, output = step(folder)
        if status:
            sys.exit(output[-3000:])
    failed = test(folder)
    if failed:
        sys.exit(f"a test fails without any mutant: {failed[1]}")
    counts, clean = {}, libraries(folder)
    for mutant in draw(folder, arguments.seed):
        what = describe(folder, mutant)
        verdict, killer = judge(folder, mutant, clean)
        keys = [verdict] + ([f"killed by {killer[0]} tests"] if killer else [])
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
        print(f"{verdict:9} {what}{'  by ' + killer[1] if killer else ''}", flush=True)
        if counts.get("killed", 0) + counts.get("survived", 0) == arguments.count:
            break
    print(", ".join(f"{key}: {count}" for key, count in sorted(counts.items())))


def main():
    parser = argparse.ArgumentParser(description="Does a test notice a small fault?")
    parser.add_argument("--source", metavar="COMMIT")
    parser.add_argument("--tests", metavar="COMMIT")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("folder")
    arguments = parser.parse_args()
    prepare(arguments.folder, arguments)
    if arguments.list:
        for mutant in itertools.islice(draw(arguments.folder, arguments.seed), arguments.count):
            print(describe(arguments.folder, mutant))
    else:
        judge_all(arguments.folder, arguments)


if __name__ == "__main__":
    main()
