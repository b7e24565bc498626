#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sequences.py -- the lessons with recurrence: values and gradients of their first update.

Independent of the program: scalar.py, with the networks written out as in textbooks. Prints lines
of: a lesson, a name, a number; a name is that of a value, or of a parameter after "d".
Usage: python3 sequences.py > sequences.txt
"""
from scalar import Scalar, dot, sigmoid, tanh


def show(lesson, loss, values, parameters):
    loss.backward()
    for name, value in [("E", loss)] + list(values.items()):
        print(lesson, name, "%.17g" % value.value)
    for name, parameter in parameters.items():
        print(lesson, "d" + name, "%.17g" % parameter.grad)


def rnn():
    p = {name: Scalar(value) for name, value in
         {"wx": 0.5, "wh": 0.8, "b": 0.1, "wy": 1.5, "c": -0.2}.items()}
    values, h = {}, Scalar(0.0)
    for t, x in enumerate((1.0, 0.5, -1.0), 1):
        h = tanh(p["wx"] * x + p["wh"] * h + p["b"])
        values["h%d" % t] = h
    values["y"] = y = p["wy"] * h + p["c"]
    show("rnn-three-steps", (y - 0.5) ** 2 * 0.5, values, p)


def lstm():
    start = {"g": ([0.45, 0.25], 0.15, 0.2), "i": ([0.95, 0.8], 0.8, 0.65),
             "f": ([0.7, 0.45], 0.1, 0.15), "o": ([0.6, 0.4], 0.25, 0.1)}
    p = {}
    for gate, (w, u, b) in start.items():
        for name, number in (("W%s1", w[0]), ("W%s2", w[1]), ("r%s", u), ("b%s", b)):
            p[name % gate] = Scalar(number)
    values, h, c, loss = {}, Scalar(0.0), Scalar(0.0), Scalar(0.0)
    for t, (x, y) in enumerate((([1.0, 2.0], 0.5), ([0.5, 3.0], 1.25)), 1):
        gate = {k: (tanh if k == "g" else sigmoid)(
            dot([p["W%s1" % k], p["W%s2" % k]], x) + p["r" + k] * h + p["b" + k]) for k in start}
        c = gate["i"] * gate["g"] + gate["f"] * c
        h = gate["o"] * tanh(c)
        loss = loss + (h - y) ** 2 * 0.5
        values.update({"%s%d" % (k, t): gate[k] for k in start})
        values.update({"c%d" % t: c, "h%d" % t: h})
    show("lstm-cell", loss, values, p)


rnn()
lstm()
