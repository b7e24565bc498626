#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""optimizers.py -- the 2-2-2 network after 1, 2 and 3 updates of every optimizer and form.

Independent of the program: the network's gradient and every update are written out here, from the
papers, in plain Python. Prints lines of: optimizer, form, update, w1 .. w8, B1, B2.
Usage: python3 optimizers.py > optimizers.txt
"""
from math import exp, sqrt

X, T = (0.1, 0.5), (0.05, 0.95)
START = dict(w1=.1, w2=.2, w3=.3, w4=.4, w5=.5, w6=.6, w7=.7, w8=.8, B1=.25, B2=.35)
NAMES = ["w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "B1", "B2"]


def sigmoid(a):
    return 1 / (1 + exp(-a))


def gradient(w):
    """Of 1/2 sum (t - y)^2; n1 has w1, w3, n2 has w2, w4; y1 has w5, w6, y2 has w7, w8."""
    n1 = sigmoid(w["w1"] * X[0] + w["w3"] * X[1] + w["B1"])
    n2 = sigmoid(w["w2"] * X[0] + w["w4"] * X[1] + w["B1"])
    y1 = sigmoid(w["w5"] * n1 + w["w6"] * n2 + w["B2"])
    y2 = sigmoid(w["w7"] * n1 + w["w8"] * n2 + w["B2"])
    d1 = (y1 - T[0]) * y1 * (1 - y1)
    d2 = (y2 - T[1]) * y2 * (1 - y2)
    e1 = (d1 * w["w5"] + d2 * w["w7"]) * n1 * (1 - n1)
    e2 = (d1 * w["w6"] + d2 * w["w8"]) * n2 * (1 - n2)
    return dict(w1=e1 * X[0], w3=e1 * X[1], w2=e2 * X[0], w4=e2 * X[1], B1=e1 + e2,
                w5=d1 * n1, w6=d1 * n2, w7=d2 * n1, w8=d2 * n2, B2=d1 + d2)


def sign(a):
    return (a > 0) - (a < 0)


# Each rule: (theta, g, s, t) -> new theta of one parameter; s is its dictionary of memories, all 0
# at the start, t counts from 1.

def gd(w, g, s, t):  # Cauchy 1847
    return w - 0.1 * g


def momentum_lecture(w, g, s, t):  # Polyak 1964: v = m v - eta grad, w + v
    s["v"] = 0.9 * s["v"] - 0.1 * g
    return w + s["v"]


def momentum_pytorch(w, g, s, t):  # torch.optim.SGD: b1 = g, b = mu b + (1 - tau) g
    s["b"] = g if t == 1 else 0.9 * s["b"] + (1 - 0.0) * g
    return w - 0.1 * s["b"]


def nesterov_lecture(w, g, s, t):  # g is taken at w + mu v: see AHEAD
    s["v"] = 0.9 * s["v"] - 0.1 * g
    return w + s["v"]


def nesterov_reformulated(w, g, s, t):  # torch.optim.SGD(nesterov=True)
    s["b"] = 0.9 * s["b"] + g
    return w - 0.1 * (g + 0.9 * s["b"])


def adagrad(w, g, s, t):  # Duchi et al. 2011
    s["sum"] += g ** 2
    return w - 0.1 / (sqrt(s["sum"]) + 1e-10) * g


def adagrad_inside(w, g, s, t):  # Dive into Deep Learning 12.7
    s["sum"] += g ** 2
    return w - 0.1 / sqrt(s["sum"] + 1e-10) * g


def adadelta_lecture(w, g, s, t):  # E[g^2] in a window, eta / sqrt(E + eps) g
    s["E"] = 0.9 * s["E"] + 0.1 * g ** 2
    return w - 1.0 / sqrt(s["E"] + 1e-6) * g


def adadelta_zeiler(w, g, s, t):  # arXiv 1212.5701, algorithm 1
    s["Eg"] = 0.9 * s["Eg"] + 0.1 * g ** 2
    dx = -sqrt(s["Ex"] + 1e-6) / sqrt(s["Eg"] + 1e-6) * g
    s["Ex"] = 0.9 * s["Ex"] + 0.1 * dx ** 2
    return w + dx


def rmsprop(w, g, s, t):  # Hinton 2012
    s["r"] = 0.9 * s["r"] + 0.1 * g ** 2
    return w - 0.01 / (sqrt(s["r"]) + 1e-8) * g


def rmsprop_inside(w, g, s, t):  # Dive into Deep Learning 12.8
    s["r"] = 0.9 * s["r"] + 0.1 * g ** 2
    return w - 0.01 / sqrt(s["r"] + 1e-8) * g


def rmsprop_centred(w, g, s, t):  # Graves, arXiv 1308.0850, as in torch.optim.RMSprop(centered)
    s["n"] = 0.9 * s["n"] + 0.1 * g ** 2
    s["g"] = 0.9 * s["g"] + 0.1 * g
    return w - 0.01 / (sqrt(s["n"] - s["g"] ** 2) + 1e-8) * g


def moments(g, s, b1=0.9, b2=0.999):
    s["m"] = b1 * s["m"] + (1 - b1) * g
    s["v"] = b2 * s["v"] + (1 - b2) * g ** 2
    return s["m"], s["v"]


def adam(w, g, s, t):  # Kingma, Ba 2015, algorithm 1
    m, v = moments(g, s)
    return w - 0.001 * (m / (1 - 0.9 ** t)) / (sqrt(v / (1 - 0.999 ** t)) + 1e-8)


def adam_inside(w, g, s, t):
    m, v = moments(g, s)
    return w - 0.001 * (m / (1 - 0.9 ** t)) / sqrt(v / (1 - 0.999 ** t) + 1e-8)


def adam_folded(w, g, s, t):  # the same paper, end of section 2
    m, v = moments(g, s)
    alpha = 0.001 * sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
    return w - alpha * m / (sqrt(v) + 1e-8)


def adam_uncorrected(w, g, s, t):  # algorithm 1 without m hat and v hat
    m, v = moments(g, s)
    return w - 0.001 * m / (sqrt(v) + 1e-8)


def adamw(w, g, s, t):  # Loshchilov, Hutter 2019, as in torch.optim.AdamW
    m, v = moments(g, s)
    w -= 0.001 * 0.01 * w
    return w - 0.001 * (m / (1 - 0.9 ** t)) / (sqrt(v / (1 - 0.999 ** t)) + 1e-8)


def adamax(w, g, s, t, eps=0.0):  # Kingma, Ba 2015, algorithm 2
    s["m"] = 0.9 * s["m"] + 0.1 * g
    s["u"] = max(0.999 * s["u"], abs(g) + eps)
    return w - 0.002 / (1 - 0.9 ** t) * s["m"] / s["u"]


def adamax_pytorch(w, g, s, t):  # torch.optim.Adamax: eps inside the maximum
    return adamax(w, g, s, t, 1e-8)


def nadam(w, g, s, t):  # Dozat 2016, with mu constant
    m, v = moments(g, s)
    mbar = 0.9 * m / (1 - 0.9 ** (t + 1)) + 0.1 * g / (1 - 0.9 ** t)
    return w - 0.002 * mbar / (sqrt(v / (1 - 0.999 ** t)) + 1e-8)


def amsgrad_pytorch(w, g, s, t):  # torch.optim.Adam(amsgrad=True)
    m, v = moments(g, s)
    s["max"] = max(s["max"], v)
    denominator = sqrt(s["max"]) / sqrt(1 - 0.999 ** t) + 1e-8
    return w - 0.001 / (1 - 0.9 ** t) * m / denominator


def amsgrad_paper(w, g, s, t):  # Reddi et al. 2018, algorithm 2: no epsilon
    m, v = moments(g, s)
    s["max"] = max(s["max"], v)
    return w - 0.001 * m / sqrt(s["max"])


def rprop(w, g, s, t):  # Igel, Huesken 2000, iRprop-
    turn = sign(g * s["last"])
    size = 0.01 if t == 1 else s["size"]
    s["size"] = min(max(size * {1: 1.2, 0: 1.0, -1: 0.5}[turn], 1e-6), 50.0)
    s["last"] = 0.0 if turn < 0 else g
    return w - sign(s["last"]) * s["size"]


RULES = [
    ("gd", "descent", gd),
    ("momentum", "lecture", momentum_lecture), ("momentum", "pytorch", momentum_pytorch),
    ("nesterov", "lecture", nesterov_lecture), ("nesterov", "reformulated", nesterov_reformulated),
    ("adagrad", "outside", adagrad), ("adagrad", "inside", adagrad_inside),
    ("adadelta", "zeiler", adadelta_zeiler), ("adadelta", "lecture", adadelta_lecture),
    ("rmsprop", "outside", rmsprop), ("rmsprop", "inside", rmsprop_inside),
    ("rmsprop", "centred", rmsprop_centred),
    ("adam", "outside", adam), ("adam", "inside", adam_inside), ("adam", "folded", adam_folded),
    ("adam", "uncorrected", adam_uncorrected),
    ("adamw", "decoupled", adamw),
    ("adamax", "paper", adamax), ("adamax", "pytorch", adamax_pytorch),
    ("nadam", "dozat", nadam),
    ("amsgrad", "pytorch", amsgrad_pytorch), ("amsgrad", "paper", amsgrad_paper),
    ("rprop", "irprop-minus", rprop),
]
AHEAD = {nesterov_lecture: lambda w, s: w + 0.9 * s["v"]}


class Memory(dict):
    def __missing__(self, key):
        return 0.0


def main():
    for optimizer, form, rule in RULES:
        w, memory = dict(START), {name: Memory() for name in NAMES}
        for t in (1, 2, 3):
            look = AHEAD.get(rule, lambda value, s: value)
            g = gradient({name: look(w[name], memory[name]) for name in NAMES})
            w = {name: rule(w[name], g[name], memory[name], t) for name in NAMES}
            print(optimizer, form, t, *("%.17g" % w[name] for name in NAMES))


if __name__ == "__main__":
    main()
