#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of every data generator, first numbers of every initialisation and the order of shuffled
epochs, from the published formulas in plain Python: rows.py >rows.txt. Sine and cosine are the
C library's, so the last digit may differ from the program's."""
import math

MASK = (1 << 64) - 1


def splitmix(state):
    """The next output and state of splitmix64."""
    state = (state + 0x9E3779B97F4A7C15) & MASK
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31), state


def fnv(text):
    h = 14695981039346656037
    for byte in text.encode():
        h = ((h ^ byte) * 1099511628211) & MASK
    return h


class Random:
    """xoshiro256**, seeded with splitmix64."""

    def __init__(self, seed):
        self.s = []
        for _ in range(4):
            out, seed = splitmix(seed)
            self.s.append(out)

    def next(self):
        def rotl(x, k):
            return ((x << k) | (x >> (64 - k))) & MASK
        s = self.s
        out = (rotl((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return out

    def uniform(self):
        return (self.next() >> 11) / 2.0 ** 53

    def between(self, low, high):
        return low + (high - low) * self.uniform()

    def below(self, n):
        while True:
            x = self.next()
            if x >= (1 << 64) % n:
                return x % n

    def exp_minus(self, a):
        """True with the probability exp(-a)."""
        runs = 0
        while True:
            u = self.uniform()
            if u >= a:
                return runs % 2 == 0
            runs, a = runs + 1, u

    def normal(self):
        """Karney's algorithm N."""
        while True:
            k = 0
            while self.exp_minus(0.5):
                k += 1
            if not all(self.exp_minus(0.5) for _ in range(k * (k - 1))):
                continue
            x = self.uniform()
            if all(self.exp_minus(x * (2 * k + x) / (2 * k + 2)) for _ in range(k + 1)):
                return -(k + x) if self.next() >> 63 else k + x


def stream(seed, purpose, number):
    h = fnv(purpose) ^ splitmix(seed)[0]
    return Random(splitmix(number ^ splitmix(h)[0])[0])


N, NOISE = 7, 0.25


def circle(r, i):
    d = r.between(0, 2.5) if i % 2 else r.between(3.5, 5)
    a = r.between(0, 2 * math.pi)
    x = d * math.cos(a), d * math.sin(a)
    p = x[0] + r.between(-5, 5) * NOISE
    q = x[1] + r.between(-5, 5) * NOISE
    return x, p * p + q * q < 6.25


def gaussians(r, i):
    sd = math.sqrt(0.5 + 7 * NOISE)
    c = 2 if i % 2 else -2
    return [c + sd * r.normal(), c + sd * r.normal()], i % 2


def xor(r, i):
    x = [r.between(-5, 5), r.between(-5, 5)]
    x = [v + (0.3 if v > 0 else -0.3) for v in x]
    p = x[0] + r.between(-5, 5) * NOISE
    q = x[1] + r.between(-5, 5) * NOISE
    return x, p * q < 0


def spiral(r, i):
    n = (N + 1) // 2 if i % 2 == 0 else N // 2
    way = i // 2 / n
    a = 1.75 * way * 2 * math.pi + (math.pi if i % 2 else 0)
    x = [5 * way * math.sin(a), 5 * way * math.cos(a)]
    return [v + r.between(-1, 1) * NOISE for v in x], i % 2


def moons(r, i):
    n = (N + 1) // 2 if i % 2 == 0 else N // 2
    a = math.pi * (i // 2) / (n - 1)
    x = [math.cos(a), math.sin(a)]
    if i % 2:
        x = [1 - x[0], 0.5 - x[1]]
    return [v + NOISE * r.normal() for v in x], i % 2


def sine(r, i):
    x = math.pi * (2 * i / (N - 1) - 1)
    return [x], math.sin(x) + NOISE * r.normal()


# mean, then the rows of the Cholesky factor, of the UCI set's genuine and forged banknotes
BANKNOTES = (
    ((2.28, 4.26, 0.80, -1.15),
     ((2.02,), (-1.16, 5.00), (-1.07, -2.74, 1.35), (0.88, -1.26, 0.24, 1.44))),
    ((-1.87, -0.99, 2.15, -1.25),
     ((1.88,), (0.40, 5.39), (-2.49, -4.50, 1.11), (0.67, -1.11, -0.27, 1.59))))


def banknotes(r, i):
    mean, factor = BANKNOTES[i % 2]
    x, z = [], []
    for m, row in zip(mean, factor):
        z.append(r.normal())
        x.append(m + sum(f * v for f, v in zip(row, z)) + NOISE * r.between(-1, 1))
    return x, i % 2


def banknotes_2(r, i):
    x, t = banknotes(r, i)
    return [x[0], x[3]], t


def show(*words):
    print(" ".join(w if isinstance(w, str) else "%.17g" % w for w in words))


# name, row, target, inputs
for make in (circle, gaussians, xor, spiral, moons, sine, banknotes, banknotes_2):
    r = stream(3, "data", 0)
    for i in range(N):
        x, t = make(r, i)
        show("row", make.__name__.replace("_", "-"), i, float(t), *x)

# name, then the first numbers of a layer with 3 inputs and 5 units
INITS = {
    "zero": lambda r: 0.0,
    "constant": lambda r: 0.0,
    "uniform": lambda r: r.between(-0.05, 0.05),
    "normal": lambda r: 0.05 * r.normal(),
    "xavier-uniform": lambda r: r.between(-math.sqrt(6 / 8), math.sqrt(6 / 8)),
    "xavier-normal": lambda r: math.sqrt(2 / 8) * r.normal(),
    "he-uniform": lambda r: r.between(-math.sqrt(6 / 3), math.sqrt(6 / 3)),
    "he-normal": lambda r: math.sqrt(2 / 3) * r.normal(),
}
for name, draw in INITS.items():
    r = stream(1, "weights", 1)
    show("init", name, *[draw(r) for _ in range(8)])

# epoch, then the order of ten rows
for epoch in (0, 1, 2, 1000000):
    r = stream(7, "shuffle", epoch)
    order = list(range(10))
    for left in range(10, 1, -1):
        at = r.below(left)
        order[at], order[left - 1] = order[left - 1], order[at]
    show("order", epoch, *order)
