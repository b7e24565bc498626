#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""same.py -- whether a program still prints the numbers of its file, but for 1e-12 of each.

Usage: python3 same.py PROGRAM.py FILE.txt
"""
import subprocess
import sys


def is_same(a, b):
    try:
        return abs(float(a) - float(b)) <= 1e-12 * max(1.0, abs(float(b)))
    except ValueError:
        return a == b


program, file = sys.argv[1:]
printed = subprocess.run([sys.executable, program], check=True, capture_output=True, text=True).stdout
words, wanted = printed.split(), open(file).read().split()
different = [k for k, (a, b) in enumerate(zip(words, wanted)) if not is_same(a, b)]
if len(words) != len(wanted) or different:
    sys.exit("%s: %d words, %d in %s; different: %s" %
             (program, len(words), len(wanted), file, [words[k] for k in different[:5]]))
