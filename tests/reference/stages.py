#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""stages.py -- the 2-2-2 network after 1, 2 and 3 updates with each stage around the optimizer.

Independent of the program: written out from the formulas of the papers, in plain Python, with the
gradient of optimizers.py written once more as loops over the layers. Prints lines of: optimizer,
settings, update, rate, loss with penalties, w1 .. w8, B1, B2.
Usage: python3 stages.py > stages.txt
       python3 stages.py torch     compares with PyTorch what it has (needs python3-torch)
"""
import sys
from math import cos, exp, pi, sqrt

X, T = (0.1, 0.5), (0.05, 0.95)
NAMES = ["w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "B1", "B2"]
START = dict(zip(NAMES, (.1, .2, .3, .4, .5, .6, .7, .8, .25, .35)))
WEIGHTS = NAMES[:8]
# incoming weights of n1, n2, y1, y2
UNITS = [("w1", "w3"), ("w2", "w4"), ("w5", "w6"), ("w7", "w8")]


def sigmoid(a):
    return 1 / (1 + exp(-a))


def passes(w):
    """The loss 1/2 sum (t - y)^2 and its gradient."""
    n = [sigmoid(w[a] * X[0] + w[b] * X[1] + w["B1"]) for a, b in UNITS[:2]]
    y = [sigmoid(w[a] * n[0] + w[b] * n[1] + w["B2"]) for a, b in UNITS[2:]]
    loss = sum((t - o) ** 2 / 2 for t, o in zip(T, y))
    d = [(o - t) * o * (1 - o) for t, o in zip(T, y)]
    e = [sum(d[j] * w[UNITS[2 + j][i]] for j in (0, 1)) * n[i] * (1 - n[i]) for i in (0, 1)]
    g = {"B1": sum(e), "B2": sum(d)}
    for i in (0, 1):
        for k in (0, 1):
            g[UNITS[i][k]] = e[i] * X[k]
            g[UNITS[2 + i][k]] = d[i] * n[k]
    return loss, g


def sign(a):
    return (a > 0) - (a < 0)


def rate_of(s, k):
    """k updates were made before."""
    rate = s["rate"]
    kind = s.get("schedule")
    if kind == "step":
        rate = rate * s["schedule-gamma"] ** (k // s["schedule-every"])
    elif kind == "exponential":
        rate = rate * s["schedule-gamma"] ** k
    elif kind == "cosine":  # Loshchilov, Hutter 2017, equation 5, without restarts
        t, low = s["schedule-updates"], s["schedule-least"]
        rate = low + (rate - low) * (1 + cos(pi * min(k, t) / t)) / 2
    elif kind == "inverse":  # 1/t decay
        rate = rate / (1 + s["schedule-decay"] * k)
    if "warmup" in s:
        rate = rate * min(1, (k + 1) / s["warmup"])
    return rate


def penalties(s, w):
    """What the penalties add to the loss, and their slopes."""
    total, slope = 0.0, {name: 0.0 for name in NAMES}
    if "l1" in s:
        factor = s["l1"] / (2 if s.get("l1-form") == "half" else 1)
        total += factor * sum(abs(w[name]) for name in WEIGHTS)
        for name in WEIGHTS:
            slope[name] += factor * sign(w[name])
    if "l2" in s:
        factor = s["l2"] * (1 if s.get("l2-form") == "full" else .5)
        total += factor * sum(w[name] ** 2 for name in WEIGHTS)
        for name in WEIGHTS:
            slope[name] += 2 * factor * w[name]
    return total, slope


def clip(s, g):
    if "clip-value" in s:
        g = {name: max(-s["clip-value"], min(s["clip-value"], v)) for name, v in g.items()}
    if "clip-norm" in s:
        norm = sqrt(sum(v * v for v in g.values()))
        if s.get("clip-norm-form") == "pytorch":
            factor = min(1, s["clip-norm"] / (norm + 1e-6))
        else:
            factor = s["clip-norm"] / norm if norm > s["clip-norm"] else 1
        g = {name: v * factor for name, v in g.items()}
    return g


def step(optimizer, s, w, g, rate, memory, t):
    """The new value of one parameter."""
    if optimizer == "gd":
        return w - rate * g
    if s.get("rule") == "pytorch":  # b1 = g, b = mu b + (1 - tau) g
        memory["b"] = g if t == 1 else 0.9 * memory["b"] + (1 - s["dampening"]) * g
        return w - rate * memory["b"]
    if optimizer == "momentum" or optimizer == "nesterov":  # v = m v - eta grad
        memory["v"] = 0.9 * memory.get("v", 0.0) - rate * g
        return w + memory["v"]
    memory["m"] = 0.9 * memory.get("m", 0.0) + 0.1 * g  # adam, epsilon outside the root
    memory["v"] = 0.999 * memory.get("v", 0.0) + 0.001 * g * g
    return w - rate * (memory["m"] / (1 - 0.9 ** t)) / (sqrt(memory["v"] / (1 - 0.999 ** t)) + 1e-8)


def behind(s, old, new, rate):
    if "weight-decay" in s:
        for name in WEIGHTS:
            new[name] -= rate * s["weight-decay"] * old[name]
    if "max-norm" in s:
        for unit in UNITS:
            norm = sqrt(sum(new[name] ** 2 for name in unit))
            if norm > s["max-norm"]:
                for name in unit:
                    new[name] *= s["max-norm"] / norm
    return new


def run(optimizer, s):
    """Yields rate, loss with penalties, parameters, for three updates."""
    w, memory = dict(START), {name: {} for name in NAMES}
    for k in range(3):
        rate = rate_of(s, k)
        at = w
        if optimizer == "nesterov":
            at = {name: w[name] + 0.9 * memory[name].get("v", 0.0) for name in NAMES}
        loss, g = passes(at)
        penalty, slope = penalties(s, at)
        g = clip(s, {name: g[name] + slope[name] for name in NAMES})
        new = {name: step(optimizer, s, w[name], g[name], rate, memory[name], k + 1)
               for name in NAMES}
        w = behind(s, w, new, rate)
        yield rate, loss + penalty, w


CASES = [
    ("gd", "rate=0.6 l1=0.1"),
    ("gd", "rate=0.6 l1=0.1 l1-form=half"),
    ("gd", "rate=0.6 l2=0.1"),
    ("gd", "rate=0.6 l2=0.1 l2-form=full"),
    ("gd", "rate=0.6 clip-value=0.05"),
    ("gd", "rate=0.6 clip-norm=0.1"),
    ("gd", "rate=0.6 clip-norm=0.1595"),  # cuts in the second update only
    ("gd", "rate=0.6 clip-norm=0.1 clip-norm-form=pytorch"),
    ("gd", "rate=0.6 weight-decay=0.1"),
    ("gd", "rate=0.6 max-norm=0.75"),
    ("gd", "rate=0.6 schedule=step schedule-gamma=0.5 schedule-every=2"),
    ("gd", "rate=0.6 schedule=exponential schedule-gamma=0.9"),
    ("gd", "rate=0.6 schedule=cosine schedule-updates=7 schedule-least=0.05"),
    ("gd", "rate=0.6 schedule=cosine schedule-updates=1 schedule-least=0.05"),
    ("gd", "rate=0.6 schedule=inverse schedule-decay=0.5"),
    ("gd", "rate=0.6 warmup=2"),
    ("gd", "rate=0.6 schedule=exponential schedule-gamma=0.9 warmup=4"),
    ("momentum", "rate=0.6 l2=0.1 schedule=step schedule-gamma=0.1 schedule-every=1"),
    ("momentum", "rate=0.6 rule=pytorch dampening=0.5"),
    ("momentum", "rate=0.6 rule=pytorch dampening=0.25 l2=0.1 schedule=exponential "
                 "schedule-gamma=0.5"),
    ("nesterov", "rate=0.6 l1=0.05 l2=0.1 clip-norm=0.2"),
    ("adam", "rate=0.01 weight-decay=0.3"),
    ("adam", "rate=0.1 l1=0.01 l2=0.1 clip-value=0.1 clip-norm=0.2 weight-decay=0.1 max-norm=0.7 "
             "schedule=cosine schedule-updates=5 schedule-least=0.01 warmup=2"),
]


def parse(settings):
    def value(text):
        try:
            return float(text)
        except ValueError:
            return text
    return {key: value(text) for key, text in (pair.split("=") for pair in settings.split())}


def run_torch(optimizer, s):
    """The same with PyTorch's own penalties, clipping, schedules and decay; None where it has none."""
    import torch
    if optimizer == "nesterov" or "max-norm" in s:
        return None
    torch.set_default_dtype(torch.float64)
    p = {name: torch.tensor(START[name], requires_grad=True) for name in NAMES}
    decay = s.get("weight-decay", 0.0)
    groups = [{"params": [p[name] for name in WEIGHTS], "weight_decay": decay},
              {"params": [p["B1"], p["B2"]], "weight_decay": 0.0}]
    if optimizer == "momentum" and "rule" not in s:
        return None  # torch has the rate outside the velocity
    if decay and optimizer == "gd":
        return None  # torch's is coupled
    o = (torch.optim.SGD(groups, lr=s["rate"]) if optimizer == "gd"
         else torch.optim.SGD(groups, s["rate"], 0.9, s["dampening"]) if optimizer == "momentum"
         else torch.optim.AdamW(groups, lr=s["rate"]))
    lr = torch.optim.lr_scheduler
    kinds = {"step": lambda: lr.StepLR(o, int(s["schedule-every"]), s["schedule-gamma"]),
             "exponential": lambda: lr.ExponentialLR(o, s["schedule-gamma"]),
             "cosine": lambda: lr.CosineAnnealingLR(o, s["schedule-updates"], s["schedule-least"]),
             "inverse": lambda: lr.LambdaLR(o, lambda k: 1 / (1 + s["schedule-decay"] * k))}
    if s.get("schedule") == "cosine" and s["schedule-updates"] < 3:
        return None  # torch goes up again behind the end
    schedules = [kinds[s["schedule"]]()] if "schedule" in s else []
    if "warmup" in s:
        if schedules:
            return None
        n = s["warmup"]
        schedules.append(lr.LinearLR(o, start_factor=1 / n, total_iters=n - 1))
    got = []
    for k in range(3):
        o.zero_grad()
        n = [torch.sigmoid(p[a] * X[0] + p[b] * X[1] + p["B1"]) for a, b in UNITS[:2]]
        y = [torch.sigmoid(p[a] * n[0] + p[b] * n[1] + p["B2"]) for a, b in UNITS[2:]]
        loss = sum((t - v) ** 2 / 2 for t, v in zip(T, y))
        if "l1" in s:
            loss = loss + s["l1"] / (2 if s.get("l1-form") == "half" else 1) * sum(
                abs(p[name]) for name in WEIGHTS)
        if "l2" in s:
            loss = loss + s["l2"] * (1 if s.get("l2-form") == "full" else .5) * sum(
                p[name] ** 2 for name in WEIGHTS)
        loss.backward()
        if "clip-value" in s:
            torch.nn.utils.clip_grad_value_(p.values(), s["clip-value"])
        if "clip-norm" in s:
            if s.get("clip-norm-form") != "pytorch":
                return None
            torch.nn.utils.clip_grad_norm_(p.values(), s["clip-norm"])
        rate = o.param_groups[0]["lr"]
        o.step()
        for schedule in schedules:
            schedule.step()
        got.append((rate, loss.item(), {name: p[name].item() for name in NAMES}))
    return got


def compare():
    for optimizer, settings in CASES:
        theirs = run_torch(optimizer, parse(settings))
        if theirs is None:
            print("        -", optimizer, settings)
            continue
        far = max(max(abs(a[0] - b[0]), abs(a[1] - b[1]),
                      max(abs(a[2][name] - b[2][name]) for name in NAMES))
                  for a, b in zip(run(optimizer, parse(settings)), theirs))
        print("%9.1e" % far, optimizer, settings)
        assert far < 1e-12


def main():
    for optimizer, settings in CASES:
        for k, (rate, loss, w) in enumerate(run(optimizer, parse(settings))):
            print(optimizer, settings.replace(" ", ","), k + 1, "%.17g %.17g" % (rate, loss),
                  *("%.17g" % w[name] for name in NAMES))


if __name__ == "__main__":
    compare() if sys.argv[1:] == ["torch"] else main()
