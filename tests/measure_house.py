#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""measure_house.py -- counts what shows whether the modules of src/ keep to themselves.

Usage: tests/measure_house.py [COMMIT]...

Prints a table with a column for each commit and, last, one for the files as they stand: in how
many places one thing is known, how wide the widest structs are, how much of what a module shows
others use, and how much text there is. It judges nothing; tests/README.md says what to read in it.
To add a count: a function of a Tree, and its row in COUNTS.
"""
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What lies below the session; whatever else there is in src/ lies above it.
BELOW_SESSION = ("base", "text", "engine", "formula", "trace", "lesson", "build")


def blanked(text):
    """C without comments, strings and directives, line for line."""
    hidden = r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|^[ \t]*#(?:\\\n|[^\n])*"
    return re.sub(hidden, lambda m: re.sub(r"[^\n]", "", m[0]) or " ", text, flags=re.S | re.M)


class Tree:
    """The files of src/, include/ and tests/ of one commit: {path: text}."""

    def __init__(self, folder):
        self.files, self.code = {}, {}
        for top in ("src", "include", "tests"):
            for where, _, names in os.walk(os.path.join(folder, top)):
                for name in names:
                    path = os.path.join(where, name)
                    if not name.endswith((".c", ".h", ".txt")):
                        continue
                    with open(path, encoding="utf-8") as file:
                        self.files[os.path.relpath(path, folder)] = file.read()
        for path, text in self.files.items():
            if is_source(path):
                self.code[path] = blanked(text)


def is_source(path):
    return path.startswith(("src/", "include/")) and path.endswith((".c", ".h"))


def module_of(path):
    match = re.match(r"(?:include/backstep|src)/(\w+)/", path)
    return match[1] if match else "main"


def stage_files(tree):
    """Files that name the kind of step of a stage, or its row."""
    pattern = re.compile(r"\bSTEP_STAGE\b|\bstep_(?:class_)?stage\b|\bstage_step\b")
    return sum(bool(pattern.search(text)) for text in tree.code.values())


def reaches(tree):
    """Places above the trace that take a number out of its trainer or its plan."""
    pattern = re.compile(r"\bstepper(?:\.|->)(?:trainer|plan)\b|\bstepper_(?:trainer|plan)\(")
    return sum(len(pattern.findall(text)) for path, text in tree.code.items()
               if module_of(path) not in BELOW_SESSION)


def find_struct(tree, name):
    for text in tree.code.values():
        match = re.search(rf"^struct {name} \{{\n(.*?)^\}}", text, flags=re.S | re.M)
        if match:
            return match[1]
    return None


def fields(tree, name):
    """Fields of a struct, those of its parts too: a struct in it that is in no other is a part."""
    body = find_struct(tree, name)
    if body is None:
        return "none"
    count = 0
    for declaration in re.split(r";", re.sub(r"\([^()]*\)", "", body)):
        if not declaration.strip():
            continue
        part = re.match(r"\s*struct (\w+) \w+(?:\[\w*\])*\s*$", declaration)
        if part and is_part(tree, part[1]):
            count += fields(tree, part[1])
        else:
            count += declaration.count(",") + 1
    return count


def is_part(tree, name):
    holders = 0
    for text in tree.code.values():
        for body in re.findall(r"^struct \w+ \{\n(.*?)^\}", text, flags=re.S | re.M):
            holders += bool(re.search(rf"\bstruct {name}\b", body))
    return holders == 1


def public_functions(tree):
    """{name: module} of what headers in include/ declare; what they define themselves aside."""
    found = {}
    for path, text in tree.code.items():
        if not path.startswith("include/"):
            continue
        text = re.sub(r"^static inline .*?^\}", "", text, flags=re.S | re.M)
        text = re.sub(r"\{[^{}]*\}", "", re.sub(r"\{[^{}]*\}", "", text))
        for statement in text.split(";"):
            match = re.match(r"\s*(?!typedef)(?:[\w*]+\s+)+\**(\w+)\s*\((?!\*)", statement)
            if match:
                found[match[1]] = module_of(path)
    return found


def kept_private(tree):
    """Public functions that only their own module uses, of how many."""
    users = {}
    for path, text in tree.code.items():
        for word in set(re.findall(r"\b[a-z]\w*\b", text)):
            users.setdefault(word, set()).add(module_of(path))
    functions = public_functions(tree)
    private = [name for name, module in functions.items() if users[name] <= {module}]
    return f"{len(private)} of {len(functions)}"


def lines(tree, wanted):
    return sum(text.count("\n") for path, text in tree.files.items() if wanted(path))


def source_lines(tree):
    """Lines of src/ and include/ without the catalogues, teach/ aside."""
    return lines(tree, lambda path: is_source(path) and module_of(path) != "teach")


def golden_lines(tree):
    return lines(tree, lambda path: re.match(r"tests/transcripts/.*\.txt$", path))


def screen_lines(tree):
    return lines(tree, lambda path: re.match(r"tests/screens/.*\.txt$", path))


COUNTS = (
    ("files that name STEP_STAGE or its row", stage_files),
    ("reaches through stepper.trainer, stepper.plan from session upwards", reaches),
    ("fields of op", lambda tree: fields(tree, "op")),
    ("fields of graph", lambda tree: fields(tree, "graph")),
    ("public functions that only their own module uses", kept_private),
    ("lines of src and include, without teach and the catalogues", source_lines),
    ("lines of golden transcripts", golden_lines),
    ("lines of golden screens", screen_lines),
)


def tree_of(commit):
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "-C", ROOT, "archive", commit], check=True,
                                 stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        return Tree(folder)


def main():
    trees = [(commit[:9], tree_of(commit)) for commit in sys.argv[1:]] + [("now", Tree(ROOT))]
    width = max(len(name) for name, _ in COUNTS)
    print(" " * width, *(f"{name:>12}" for name, _ in trees))
    for name, count in COUNTS:
        print(f"{name:{width}}", *(f"{count(tree):>12}" for _, tree in trees))


if __name__ == "__main__":
    main()
