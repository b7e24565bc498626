#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""functions.py -- every activation and loss on fixed inputs, with its derivatives.

Independent of the program: textbook definitions in plain Python, derivatives by hand.
Prints lines of: "activation" name, inputs, outputs, and the gradient of sum c_i y_i with
c = 1, -2, 0.5; or "loss" name, outputs, targets, the loss, and its gradient.
Usage: python3 functions.py > functions.txt
"""
from math import cosh, exp, fabs, log, pi, sqrt, tanh

INPUTS = [(-1.5, 0.25, 2.0), (0.75, -0.125, -3.0), (0.0625, 1.25, -0.5)]
WEIGHTS = (1.0, -2.0, 0.5)
PROBABILITIES = [(0.1, 0.7, 0.2), (0.6, 0.3, 0.05)]
TARGETS = [(0.0, 1.0, 0.0), (0.25, 0.5, 0.25)]


def sigmoid(x):
    return 1 / (1 + exp(-x))


def gelu(x):
    return x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x ** 3)))


def gelu_slope(x):
    u = sqrt(2 / pi) * (x + 0.044715 * x ** 3)
    return (1 + tanh(u)) / 2 + x / 2 / cosh(u) ** 2 * sqrt(2 / pi) * (1 + 0.134145 * x ** 2)


# value and slope, each of x alone
ACTIVATIONS = {
    "identity": (lambda x: x, lambda x: 1.0),
    "step": (lambda x: 1.0 if x > 0 else 0.0, lambda x: 0.0),
    "sign": (lambda x: 1.0 if x > 0 else -1.0, lambda x: 0.0),
    "sigmoid": (sigmoid, lambda x: exp(-x) / (1 + exp(-x)) ** 2),
    "tanh": (tanh, lambda x: 1 / cosh(x) ** 2),
    "relu": (lambda x: max(0.0, x), lambda x: 1.0 if x > 0 else 0.0),
    "leaky-relu": (lambda x: x if x > 0 else 0.1 * x, lambda x: 1.0 if x > 0 else 0.1),
    "elu": (lambda x: x if x > 0 else exp(x) - 1, lambda x: 1.0 if x > 0 else exp(x)),
    "softplus": (lambda x: log(1 + exp(x)), sigmoid),
    "silu": (lambda x: x * sigmoid(x), lambda x: sigmoid(x) * (1 + x * (1 - sigmoid(x)))),
    "gelu": (gelu, gelu_slope),
}


def sign(a):
    return (a > 0) - (a < 0)


def softmax(x):
    total = sum(exp(v) for v in x)
    return [exp(v) / total for v in x]


def softmax_gradient(x):
    s = softmax(x)
    inner = sum(c * v for c, v in zip(WEIGHTS, s))
    return [v * (c - inner) for c, v in zip(WEIGHTS, s)]


def huber(d):
    return d * d / 2 if fabs(d) <= 1 else fabs(d) - 0.5


def hinge(x, t):
    right = max(range(len(x)), key=lambda j: t[j])
    return sum((1 - t[j]) * max(0.0, x[j] - x[right] + 1) for j in range(len(x)))


def hinge_gradient(x, t):
    right = max(range(len(x)), key=lambda j: t[j])
    g = [1 - t[j] if x[j] - x[right] + 1 > 0 else 0.0 for j in range(len(x))]
    g[right] = -sum(g[j] for j in range(len(x)) if j != right)
    return g


def each(f, df, n=1):
    """A loss that adds up f(p, t) over the outputs and divides by n."""
    return (lambda p, t: sum(f(a, b) for a, b in zip(p, t)) / n,
            lambda p, t: [df(a, b) / n for a, b in zip(p, t)])


# value and gradient, of outputs p and targets t; whether p are probabilities
LOSSES = {
    "half-squared-error": (each(lambda p, t: (t - p) ** 2 / 2, lambda p, t: p - t), False),
    "squared-error": (each(lambda p, t: (t - p) ** 2, lambda p, t: 2 * (p - t)), False),
    "mean-squared-error": (each(lambda p, t: (t - p) ** 2, lambda p, t: 2 * (p - t), 3), False),
    "absolute-error": (each(lambda p, t: fabs(p - t), lambda p, t: sign(p - t), 3), False),
    "huber": (each(lambda p, t: huber(p - t), lambda p, t: max(-1, min(1, p - t)), 3), False),
    "binary-cross-entropy": (each(
        lambda p, t: -t * log(p) - (1 - t) * log(1 - p),
        lambda p, t: -t / p + (1 - t) / (1 - p)), True),
    "binary-cross-entropy-logits": (each(
        lambda z, t: -t * log(sigmoid(z)) - (1 - t) * log(1 - sigmoid(z)),
        lambda z, t: sigmoid(z) - t), False),
    "cross-entropy": (each(lambda p, t: -t * log(p), lambda p, t: -t / p), True),
    "softmax-cross-entropy": ((
        lambda z, t: -sum(b * log(s) for b, s in zip(t, softmax(z))),
        lambda z, t: [s - b for s, b in zip(softmax(z), t)]), False),
    "hinge": ((hinge, hinge_gradient), False),
    "error": (each(lambda p, t: t - p, lambda p, t: -1.0), False),
}


def show(*parts):
    print(*(p if isinstance(p, str) else "%.17g" % p for p in parts))


def main():
    for x in INPUTS:
        for name, (value, slope) in ACTIVATIONS.items():
            show("activation", name, *x, *(value(v) for v in x),
                 *(c * slope(v) for c, v in zip(WEIGHTS, x)))
        show("activation", "softmax", *x, *softmax(x), *softmax_gradient(x))
        # all three as pieces of one unit
        show("activation", "maxout", *x, max(x), *(1.0 if v == max(x) else 0.0 for v in x))
    for name, ((value, gradient), probabilities) in LOSSES.items():
        for p in PROBABILITIES if probabilities else INPUTS:
            for t in TARGETS:
                show("loss", name, *p, *t, value(p, t), *gradient(p, t))


if __name__ == "__main__":
    main()
