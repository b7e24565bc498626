#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gpt.py -- the first update of a GPT of 4,192 parameters that reads characters.

Independent of the program: scalar.py. One layer, 16 wide, 4 heads, RMS norm, ReLU, no biases; 27
characters (0 ends a word), 16 positions; the word is "emma". Weight k, counted through all matrices
row by row, starts as ((7919 k + 13) mod 1000 - 500) / 2500. Prints the loss, then of each weight its
gradient and what Adam (0.01, 0.9, 0.999, 1e-8) makes of it.
Usage: python3 gpt.py > gpt.txt
"""
import math

from scalar import Scalar, dot, log, relu, rms_norm, softmax, times, total, transposed

WIDTH, HEADS, CHARACTERS, POSITIONS = 16, 4, 27, 16
SHAPES = ([("wte", CHARACTERS, WIDTH), ("wpe", POSITIONS, WIDTH), ("head", CHARACTERS, WIDTH)] +
          [(kind + letter, WIDTH // HEADS, WIDTH) for letter in "ABCD" for kind in "QKV"] +
          [("wo", WIDTH, WIDTH), ("up", 4 * WIDTH, WIDTH), ("down", WIDTH, 4 * WIDTH)])
WORD = [0] + [ord(letter) - ord("a") + 1 for letter in "emma"] + [0]
RATE, BETA1, BETA2, EPSILON = 0.01, 0.9, 0.999, 1e-8


def start():
    weights, k = {}, 0
    for name, rows, columns in SHAPES:
        weights[name] = [[Scalar(((7919 * (k + i * columns + j) + 13) % 1000 - 500) / 2500.0)
                          for j in range(columns)] for i in range(rows)]
        k += rows * columns
    return weights


def add(a, b):
    return [x + y for x, y in zip(a, b)]


def attention(w, letter, n, keys, values):
    q = times(w["Q" + letter], n)
    keys[letter].append(times(w["K" + letter], n))
    values[letter].append(times(w["V" + letter], n))
    shares = softmax([dot(q, k) * 0.5 for k in keys[letter]])
    return [dot(shares, column) for column in transposed(values[letter])]


def loss_of(w):
    keys, values, losses = {x: [] for x in "ABCD"}, {x: [] for x in "ABCD"}, []
    for position, (character, following) in enumerate(zip(WORD, WORD[1:])):
        h = rms_norm(add(w["wte"][character], w["wpe"][position]))
        n = rms_norm(h)
        heads = sum((attention(w, letter, n, keys, values) for letter in "ABCD"), [])
        h = add(h, times(w["wo"], heads))
        h = add(h, times(w["down"], [relu(x) for x in times(w["up"], rms_norm(h))]))
        losses.append(-log(softmax(times(w["head"], h))[following]))
    return total(losses) * (1.0 / len(losses))


def updated(p):
    m = (1.0 - BETA1) * p.grad / (1.0 - BETA1)
    v = (1.0 - BETA2) * p.grad ** 2 / (1.0 - BETA2)
    return p.value - RATE * m / (math.sqrt(v) + EPSILON)


weights = start()
loss = loss_of(weights)
loss.backward()
print("%.15g" % loss.value)
for matrix in weights.values():
    for row in matrix:
        for p in row:
            print("%.15g %.15g" % (p.grad, updated(p)))
