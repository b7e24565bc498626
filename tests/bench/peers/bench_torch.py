#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workloads in PyTorch, float64, one thread, for comparison.

Usage: bench_torch.py [W1 ... W7]. With CHECK=1 in the environment the losses go to standard error.
"""
import os
import sys
import time
from math import cos, sin, sqrt

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def wave(k):
    return sin(1.3 * k + 0.7)


def waves(first, n, scale):
    return [scale * wave(k) for k in range(first, first + n)]


class Workload:
    """Layers of (weights, biases), the activation after each, rows and how they are learnt."""

    def __init__(self, unit, layers, activations, x, t, loss, optimizer, batch, n_check, n_mean,
                 n_timed, per_update):
        self.unit, self.activations, self.loss, self.batch = unit, activations, loss, batch
        self.start = [(torch.tensor(w), torch.tensor(b)) for w, b in layers]
        self.x, self.t = torch.tensor(x), torch.tensor(t)
        self.new_optimizer = optimizer
        self.n_check, self.n_mean, self.n_timed = n_check, n_mean, n_timed
        self.per_update = per_update

    def restart(self):
        self.params = []
        for w, b in self.start:
            self.params.append(w.clone().requires_grad_())
            self.params.append(b.clone().requires_grad_())
        self.optimizer = self.new_optimizer(self.params)
        self.row = 0

    def update(self):
        if self.batch == len(self.x):
            x, t = self.x, self.t
        else:
            x = self.x[self.row:self.row + self.batch]
            t = self.t[self.row:self.row + self.batch]
            self.row = (self.row + self.batch) % len(self.x)
        for k, activation in enumerate(self.activations):
            x = torch.nn.functional.linear(x, self.params[2 * k], self.params[2 * k + 1])
            if activation:
                x = activation(x)
        loss = self.loss(x, t)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss


def rows_of(values, n):
    return [values[k:k + n] for k in range(0, len(values), n)]


def gd(rate):
    return lambda params: torch.optim.SGD(params, lr=rate)


def half_squared(y, t):
    return 0.5 * ((y - t) ** 2).sum() / len(y)


def w1():
    layers = [([[.15, .20], [.25, .30]], [.35, .35]), ([[.40, .45], [.50, .55]], [.60, .60])]
    return Workload("updates/s", layers, [torch.sigmoid] * 2, [[.05, .10]], [[.01, .99]],
                    half_squared, gd(0.5), 1, 10000, 1, 5000, 1)


def w2():
    layers = [([[.8, .7], [-.6, .9]], [.1, .2]), ([[.5, -.4]], [.1])]
    return Workload("epochs/s", layers, [torch.relu, None],
                    [[0., 0.], [0., 1.], [1., 0.], [1., 1.]], [[0.], [1.], [1.], [0.]],
                    torch.nn.functional.mse_loss, gd(0.1), 4, 1000, 1, 5000, 1)


def w3():
    x = [[sin(.1 * (r * (j + 1)) + j) for j in range(4)] for r in range(1372)]
    t = [[1. if a + .5 * b - c * d > 0 else 0.] for a, b, c, d in x]
    hidden = [[.5 * wave(5 * unit + j) for j in range(4)] for unit in range(5)]
    biases = [.5 * wave(5 * unit + 4) for unit in range(5)]
    layers = [(hidden, biases), ([waves(25, 5, .5)], waves(30, 1, .5))]
    return Workload("epochs/s", layers, [torch.sigmoid] * 2, x, t, half_squared, gd(1.0), 1372,
                    500, 1, 1500, 1)


def w4():
    labels = [7 * r % 10 for r in range(5984)]
    x = [[.3 * abs(sin(.7 * r + .11 * (j * (1 + r % 13)))) + (.5 if j // 78 == labels[r] else 0.)
          for j in range(784)] for r in range(5984)]
    first = [wave(k) / 28 for k in range(128 * 784)]
    second = [wave(128 * 784 + k) / 11.3137 for k in range(1280)]
    layers = [(rows_of(first, 784), [0.] * 128), (rows_of(second, 128), [0.] * 10)]

    def adam(params):
        return torch.optim.Adam(params, lr=1e-3, betas=(.9, .999), eps=1e-8)

    return Workload("samples/s", layers, [torch.relu, None], x, labels,
                    torch.nn.functional.cross_entropy, adam, 32, 374, 187, 374, 32)


def w5():
    x = [[sin(.37 * r), cos(.73 * r + 1)] for r in range(1024)]
    t = [[.8 if a * b > 0 else -.8] for a, b in x]
    layers = [(rows_of(waves(0, 32, 1.), 2), [0.] * 16)]
    for layer in range(19):
        layers.append((rows_of(waves(32 + 256 * layer, 256, .35), 16), [0.] * 16))
    layers.append(([waves(32 + 256 * 19, 16, .35)], [0.]))
    return Workload("samples/s", layers, [torch.tanh] * 21, x, t, half_squared, gd(0.01), 32, 160,
                    32, 320, 32)


def wave_rows(n_inputs, n_targets, n_rows):
    x = [[sin(.1 * (r * (j + 1)) + j) for j in range(n_inputs)] for r in range(n_rows)]
    t = [[.5 * sin(.01 * (r * (j + 1)) + j) for j in range(n_targets)] for r in range(n_rows)]
    return x, t


def w6():
    x, t = wave_rows(24, 2, 200)
    layers = [(rows_of(waves(0, 192, .2), 24), [0.] * 8),
              (rows_of(waves(192, 16, .35), 8), [0.] * 2)]
    return Workload("updates/s", layers, [torch.tanh, None], x, t, half_squared, gd(0.1), 200, 500,
                    1, 5000, 1)


def w7():
    x, t = wave_rows(4, 4, 10000)
    layers, k = [], 0
    for n_inputs, n_units in ((4, 32), (32, 16), (16, 4)):
        n = n_inputs * n_units
        layers.append((rows_of(waves(k, n, .5 / sqrt(n_inputs)), n_inputs), [0.] * n_units))
        k += n

    def adam(params):
        return torch.optim.Adam(params, lr=1e-3, betas=(.9, .999), eps=1e-8)

    return Workload("rows/s", layers, [torch.tanh, torch.tanh, None], x, t, half_squared, adam,
                    10000, 50, 1, 50, 10000)


WORKLOADS = {"W1": w1, "W2": w2, "W3": w3, "W4": w4, "W5": w5, "W6": w6, "W7": w7}
N_RUNS = 3


def measure(name):
    workload = WORKLOADS[name]()
    rates = []
    for run in range(N_RUNS):
        workload.restart()
        if "CHECK" in os.environ and run == 0:
            losses = [workload.update().item() for _ in range(workload.n_check)]
            mean = sum(losses[-workload.n_mean:]) / workload.n_mean
            print(name, "check", "%.12g" % mean, file=sys.stderr)
        for _ in range(20):
            workload.update()
        start = time.process_time()
        for _ in range(workload.n_timed):
            workload.update()
        rates.append(workload.n_timed * workload.per_update / (time.process_time() - start))
    print(name, "torch", "%.6g" % sorted(rates)[N_RUNS // 2], workload.unit, flush=True)


for name in sys.argv[1:] or WORKLOADS:
    measure(name)
