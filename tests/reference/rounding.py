#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""rounding.py -- the 2-2-2 sigmoid network trained by hand: each number is rounded before it is used.

Independent of the program: plain Python, derivatives by hand, rounding by the decimal module on the
number's first 15 digits. Products are made of rounded factors and rounded once; so are sums.
Prints lines of: optimizer, mode, places, update, the loss, the outputs, dE/dw1, dE/dB1, then the
new w1 to w8, B1, B2.
Usage: python3 rounding.py > rounding.txt
"""
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from math import exp

X, T = (0.1, 0.5), (0.05, 0.95)
MODES = {"half-up": ROUND_HALF_UP, "cut": ROUND_DOWN, "half-even": ROUND_HALF_EVEN}
STARTS = {"w1": 0.1, "w2": 0.2, "w3": 0.3, "w4": 0.4, "w5": 0.5, "w6": 0.6, "w7": 0.7, "w8": 0.8,
          "B1": 0.25, "B2": 0.35}


def gradients(w, r):
    """Outputs, loss, and the gradient of each parameter as a sum of rounded path products."""
    n, y, slope_n, slope_y, error = [], [], [], [], []
    for a, b in (("w1", "w3"), ("w2", "w4")):
        n.append(r(1 / (1 + exp(-r(X[0] * w[a] + X[1] * w[b] + w["B1"])))))
    for a, b in (("w5", "w6"), ("w7", "w8")):
        y.append(r(1 / (1 + exp(-r(n[0] * w[a] + n[1] * w[b] + w["B2"])))))
    loss = r(sum(r(0.5 * (t - o) ** 2) for t, o in zip(T, y)))
    for k in range(2):
        slope_n.append(r(n[k] * (1 - n[k])))
        slope_y.append(r(y[k] * (1 - y[k])))
        error.append(r(y[k] - T[k]))
    out = {"w5": (0, 0), "w6": (0, 1), "w7": (1, 0), "w8": (1, 1)}  # (output, hidden unit)
    hidden = {"w1": (0, 0), "w2": (1, 0), "w3": (0, 1), "w4": (1, 1)}  # (hidden unit, input)
    between = (("w5", "w6"), ("w7", "w8"))
    g = {}
    for name, (o, h) in out.items():
        g[name] = r(error[o] * slope_y[o] * r(n[h]))
    for name, (h, i) in hidden.items():
        g[name] = r(sum(r(error[o] * slope_y[o] * r(w[between[o][h]]) * slope_n[h] * r(X[i]))
                        for o in range(2)))
    g["B1"] = r(sum(r(error[o] * slope_y[o] * r(w[between[o][h]]) * slope_n[h])
                    for o in range(2) for h in range(2)))
    g["B2"] = r(sum(r(error[o] * slope_y[o]) for o in range(2)))
    return loss, y, g


def train(optimizer, mode, places):
    def r(x):
        step = Decimal(1).scaleb(-places)
        return float(Decimal(f"{x:.14e}").quantize(step, rounding=MODES[mode]))

    w, v = dict(STARTS), dict.fromkeys(STARTS, 0.0)
    for update in range(1, 4):
        loss, y, g = gradients(w, r)
        for name in w:
            if optimizer == "gd":
                w[name] = r(w[name] - 0.6 * g[name])
            else:  # momentum, the rate inside the velocity
                v[name] = r(0.9 * v[name] - 0.1 * g[name])
                w[name] = r(w[name] + v[name])
        numbers = [loss, *y, g["w1"], g["B1"], *w.values()]
        print(optimizer, mode, places, update, *(f"{x:.17g}" for x in numbers))


for optimizer in ("gd", "momentum"):
    for mode in MODES:
        for places in (2, 3, 5):
            train(optimizer, mode, places)
