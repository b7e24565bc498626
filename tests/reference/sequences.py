#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sequences.py -- the lessons of architectures: values and gradients of their first update.

Independent of the program: scalar.py, with the networks written out as in textbooks. Prints lines
of: a lesson, a name, a number; a name is that of a value, or of a parameter after "d".
Usage: python3 sequences.py > sequences.txt
"""
import math

from scalar import Scalar, dot, largest, relu, sigmoid, softmax, tanh, times, transposed


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


def matrix(p, name, rows):
    """A matrix whose entries become parameters: Q11, Q12, ..."""
    numbers = [[Scalar(number) for number in row] for row in rows]
    p.update({"%s%d%d" % (name, i + 1, j + 1): number
              for i, row in enumerate(numbers) for j, number in enumerate(row)})
    return numbers


def vector(p, name, numbers):
    scalars = [Scalar(number) for number in numbers]
    p.update({"%s%d" % (name, k + 1): scalar for k, scalar in enumerate(scalars)})
    return scalars


def attention():
    p, values, keys, stack = {}, {}, [], []
    q_of = matrix(p, "Q", [[1.0, 0.5], [-0.5, 0.8]])
    k_of = matrix(p, "K", [[0.5, -0.2], [0.4, 0.6]])
    v_of = matrix(p, "V", [[0.5, 1.0], [-1.0, 0.5]])
    w = vector(p, "w", [0.6, -0.4])
    for t, x in enumerate(([1.0, 0.0], [0.0, 1.0], [2.0, 1.0]), 1):
        q = times(q_of, x)
        keys.append(times(k_of, x))
        stack.append(times(v_of, x))
        shares = softmax([dot(q, k) * (1.0 / math.sqrt(2.0)) for k in keys])
        z = [dot(shares, column) for column in transposed(stack)]
        if t > 1:
            values.update({"a%d_%d" % (t, j + 1): share for j, share in enumerate(shares)})
        values.update({"z%d_%d" % (t, j + 1): number for j, number in enumerate(z)})
    values["y"] = y = dot(w, z)
    show("attention-by-hand", (y - 1.0) ** 2 * 0.5, values, p)


def convolution():
    p, values, x = {}, {}, [3.0, 1.0, 1.0, 4.0, 0.0, 2.0]
    w, u = vector(p, "w", [1.0, 0.0, -1.0]), vector(p, "u", [0.5, 1.0])
    p["b"] = b = Scalar(0.1)
    c = [dot(w, x[i:i + 3]) + b for i in range(4)]
    r = [relu(number) for number in c]
    m = [largest(r[i:i + 2]) for i in (0, 2)]
    values.update({"c%d" % (i + 1): number for i, number in enumerate(c)})
    values.update({"m%d" % (i + 1): number for i, number in enumerate(m)})
    values["y"] = y = dot(u, m)
    show("convolution", (y - 2.0) ** 2 * 0.5, values, p)


def convolution_2d():
    p, values = {}, {}
    x = [[3.0, 1.0, 0.0, 2.0, 3.0], [2.0, 0.0, 2.0, 3.0, 1.0], [1.0, 1.0, 4.0, 1.0, 2.0]]
    w, u = matrix(p, "w", [[1.0, -1.0], [1.0, -1.0]]), vector(p, "u", [0.5, 0.25])
    c = [[dot(w[0], x[i][j:j + 2]) + dot(w[1], x[i + 1][j:j + 2]) for j in range(4)]
         for i in range(2)]
    r = [[relu(number) for number in row] for row in c]
    m = [largest([r[i][j] for i in range(2) for j in (first, first + 1)]) for first in (0, 2)]
    values.update({"c%d%d" % (i + 1, j + 1): c[i][j] for i in range(2) for j in range(4)})
    values.update({"r%d%d" % (i + 1, j + 1): r[i][j] for i in range(2) for j in range(4)})
    values.update({"m%d" % (i + 1): number for i, number in enumerate(m)})
    values["y"] = y = dot(u, m)
    show("convolution-2d", (y - 2.0) ** 2 * 0.5, values, p)


rnn()
lstm()
attention()
convolution()
convolution_2d()
