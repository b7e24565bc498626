#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""published.py -- the examples of tests/published/ from another implementation: derivatives of numbers
by dual numbers, forwards, one parameter at a time, where the program goes backwards.

Writes for each example a script: after one update the numbers, their gradients and the new
parameters are what is computed here, to 12 digits.
Usage: python3 published.py ../published
"""
import math
import sys


class Dual:
    """A number and its derivative by one parameter."""

    def __init__(self, v, d=0.0):
        self.v, self.d = float(v), float(d)

    def __add__(self, o):
        o = lift(o)
        return Dual(self.v + o.v, self.d + o.d)

    def __mul__(self, o):
        o = lift(o)
        return Dual(self.v * o.v, self.d * o.v + self.v * o.d)

    def __truediv__(self, o):
        o = lift(o)
        return Dual(self.v / o.v, (self.d * o.v - self.v * o.d) / (o.v * o.v))

    def __pow__(self, n):
        return Dual(self.v**n, n * self.v ** (n - 1) * self.d)

    def __sub__(self, o):
        return self + lift(o) * -1

    __radd__, __rmul__ = __add__, __mul__

    def __rtruediv__(self, o):
        return lift(o) / self

    def __rsub__(self, o):
        return lift(o) - self

    def __neg__(self):
        return self * -1


def lift(x):
    return x if isinstance(x, Dual) else Dual(x)


def exp(x):
    return Dual(math.exp(x.v), math.exp(x.v) * x.d)


def log(x):
    return Dual(math.log(x.v), x.d / x.v)


def sqrt(x):
    return x**0.5


def tanh(x):
    return Dual(math.tanh(x.v), (1 - math.tanh(x.v) ** 2) * x.d)


def sigmoid(x):
    return 1 / (1 + exp(-x))


def relu(x):
    return x if x.v > 0 else Dual(0)


def dot(w, x):
    total = lift(w[0]) * x[0]
    for a, b in zip(w[1:], x[1:]):
        total = total + lift(a) * b
    return total


def half_squares(pairs):
    return sum(((a - b) ** 2 * 0.5 for a, b in pairs), Dual(0))


# Each example is a function of its parameters, by name; it returns the numbers, the last of them the
# one that is differentiated.
def mazur(p):
    h = [sigmoid(p.w1 * 0.05 + p.w2 * 0.1 + 0.35), sigmoid(p.w3 * 0.05 + p.w4 * 0.1 + 0.35)]
    o = [sigmoid(p.w5 * h[0] + p.w6 * h[1] + 0.6), sigmoid(p.w7 * h[0] + p.w8 * h[1] + 0.6)]
    return {"h1": h[0], "h2": h[1], "o1": o[0], "o2": o[1], "E": half_squares(zip(o, (0.01, 0.99)))}


def sum_times(p):
    q = p.x + p.y
    return {"q": q, "f": q * p.z}


def sigmoid_gates(p):
    q = p.w0 * p.x0 + p.w1 * p.x1 + p.w2
    return {"q": q, "f": sigmoid(q)}


def tanh_neuron(p):
    n = p.x1 * p.w1 + p.x2 * p.w2 + p.b
    return {"n": n, "o": tanh(n)}


def micrograd(p):
    a, b = p.a, p.b
    c = a + b
    d = a * b + b**3
    c = c + c + 1
    c = c + 1 + c - a
    d = d + d * 2 + relu(b + a)
    d = d + 3 * d + relu(b - a)
    f = (c - d) ** 2
    return {"f": f, "g": f / 2 + 10 / f}


def three_a_bc(p):
    u = p.b * p.c
    return {"u": u, "v": p.a + u, "J": 3 * (p.a + u)}


def thresholds(p):
    o4 = sigmoid(p.w14 + p.w34 + 0 * p.w24 + p.t4)
    o5 = sigmoid(p.w15 + p.w35 + 0 * p.w25 + p.t5)
    o6 = sigmoid(p.w46 * o4 + p.w56 * o5 + p.t6)
    return {"o4": o4, "o5": o5, "o6": o6, "E": half_squares([(o6, 1)])}


def bce(p):
    a1, a2 = sigmoid(p.w11 + 0 * p.w12), sigmoid(p.w21 + 0 * p.w22)
    y = sigmoid(p.v1 * a1 + p.v2 * a2)
    return {"a1": a1, "a2": a2, "y": y, "L": -log(y)}


def relu_net(p):
    h1, h2 = relu(p.w11 + 2 * p.w12 + p.b1), relu(p.w21 + 2 * p.w22 + p.b2)
    y = p.v1 * h1 + p.v2 * h2 + p.c
    return {"h1": h1, "h2": h2, "y": y, "L": half_squares([(y, 1)])}


def softmax(p):
    def layer(to, of, x):
        return [dot([getattr(p, f"w_{to}{i}_{of}{j}") for j in (1, 2, 3)], x) + getattr(p, f"b_{to}{i}")
                for i in (1, 2, 3)]

    h = [relu(z) for z in layer("h", "x", [0.1, 0.2, 0.7])]
    g = [sigmoid(z) for z in layer("g", "h", h)]
    e = [exp(z) for z in layer("y", "g", g)]
    y = [one / (e[0] + e[1] + e[2]) for one in e]
    return {"h1": h[0], "g1": g[0], "y1": y[0], "y2": y[1], "y3": y[2], "E": -log(y[0])}


def valley(p):
    return {"f": (p.x - 4) ** 2}


def square(p):
    return {"f": p.theta**2}


def cube(p):
    return {"f": p.theta**3}


def normalise(z, epsilon):
    mean = sum(z, Dual(0)) / len(z)
    var = sum(((one - mean) ** 2 for one in z), Dual(0)) / len(z)
    return mean, var, [(one - mean) / sqrt(var + epsilon) for one in z]


def batch_norm(xs, epsilon):
    def example(p):
        mean, var, n = normalise([p.w * x for x in xs], epsilon)
        y = [p.g * one + p.b for one in n]
        values = {"mu_z": mean, "var_z": var}
        values.update({f"y({i + 1})": one for i, one in enumerate(y)})
        values["J"] = half_squares((one, 0) for one in y) / len(xs)
        return values

    return example


def batch_norm_backward(p):
    mean, var, n = normalise([p.x1, p.x2, p.x3], 0.01)
    return {"mu": mean, "var": var, "L": 0.1 * n[0] + 0.2 * n[1] + 0.3 * n[2]}


def rnn(p):
    h = Dual(0.1)
    values = {}
    for t, x in enumerate((0.7, 0.5, 0.2)):
        h = tanh(p.U * x + p.W * h + p.b)
        values[f"h{t + 1}"] = h
    values["L"] = half_squares([(h, 1)])
    return values


def lstm(p):
    def gate(letter, x, out):
        w1, w2, u, b = (getattr(p, name + letter + end) for name, end in
                        (("W", "1"), ("W", "2"), ("U", ""), ("b", "")))
        return w1 * x[0] + w2 * x[1] + u * out + b

    state = out = Dual(0)
    values, loss = {}, Dual(0)
    for t, (x, label) in enumerate((((1, 2), 0.5), ((0.5, 3), 1.25))):
        a = tanh(gate("a", x, out))
        i, f, o = (sigmoid(gate(letter, x, out)) for letter in "ifo")
        state = a * i + f * state
        out = tanh(state) * o
        loss = loss + half_squares([(out, label)])
        values.update({f"a{t}": a, f"i{t}": i, f"o{t}": o, f"s{t}": state, f"out{t}": out})
    values["L"] = loss
    return values


def attention(p):
    tokens = [[getattr(p, f"{name}{i}") for i in (1, 2, 3, 4)] for name in "xyz"]
    values, loss = {}, Dual(0)
    for query, weights, output in zip(tokens, "pqr", "uvw"):
        e = [exp(dot(query, key) / 2) for key in tokens]
        share = [one / (e[0] + e[1] + e[2]) for one in e]
        out = [dot(share, column) for column in zip(*tokens)]
        values.update({f"{weights}{i + 1}": one for i, one in enumerate(share)})
        values.update({f"{output}{i + 1}": one for i, one in enumerate(out)})
        loss = loss + dot(out, out)
    values["L"] = loss
    return values


def largest(numbers):
    best = numbers[0]
    for one in numbers[1:]:
        best = one if one.v > best.v else best
    return best


def conv_edges(p):
    x = [[1, 2, 3, 0, 1], [4, 5, 6, 1, 2], [7, 8, 9, 0, 3], [2, 1, 0, 4, 5], [6, 3, 2, 1, 0]]
    kernel = [[getattr(p, f"w{i}{j}") for j in (1, 2, 3)] for i in (1, 2, 3)]
    c = [[dot(sum(kernel, []), sum((row[j:j + 3] for row in x[i:i + 3]), [])) for j in range(3)]
         for i in range(3)]
    m = [largest([relu(c[i + k][j + n]) for k in (0, 1) for n in (0, 1)]) for i in (0, 1) for j in (0, 1)]
    values = {f"c{i + 1}{j + 1}": c[i][j] for i in range(3) for j in range(3)}
    values.update({f"m{i + 1}": one for i, one in enumerate(m)})
    values["L"] = m[0] + m[1] + m[2] + m[3]
    return values


def three_classes(p):
    s = [dot([getattr(p, f"{name}{i}") for i in (1, 2, 3)], (-3, 2, 5)) for name in "abc"]
    return {"s1": s[0], "s2": s[1], "s3": s[2], "E": relu(s[0] - s[1]) + relu(s[2] - s[1])}


class Parameters:
    """The parameters as attributes; the derivative is by the one called by."""

    def __init__(self, values, by=None):
        for name, value in values.items():
            setattr(self, name, Dual(value, 1 if name == by else 0))


def softmax_start():
    start = {}
    for to, of, rows in (("h", "x", [[0.1, 0.3, 0.4], [0.2, 0.2, 0.3], [0.3, 0.7, 0.9]]),
                         ("g", "h", [[0.2, 0.3, 0.6], [0.3, 0.5, 0.4], [0.5, 0.7, 0.8]]),
                         ("y", "g", [[0.1, 0.3, 0.5], [0.4, 0.7, 0.2], [0.8, 0.2, 0.9]])):
        for i, row in enumerate(rows):
            start.update({f"w_{to}{i + 1}_{of}{j + 1}": value for j, value in enumerate(row)})
            start[f"b_{to}{i + 1}"] = 1
    return start


def descent(rate):
    return lambda w, g: w - rate * g


EXAMPLES = {
    "mazur": (mazur, dict(w1=0.15, w2=0.2, w3=0.25, w4=0.3, w5=0.4, w6=0.45, w7=0.5, w8=0.55), descent(0.5)),
    "sum-times": (sum_times, dict(x=-2, y=5, z=-4), descent(0.1)),
    "sigmoid-gates": (sigmoid_gates, dict(w0=2, x0=-1, w1=-3, x1=-2, w2=-3), descent(0.1)),
    "tanh-neuron": (tanh_neuron, dict(x1=2, x2=0, w1=-3, w2=1, b=6.8813735870195432), descent(0.1)),
    "micrograd": (micrograd, dict(a=-4, b=2), descent(0.1)),
    "three-a-bc": (three_a_bc, dict(a=5, b=3, c=2), descent(0.1)),
    "thresholds-3-2-1": (thresholds, dict(w14=0.2, w24=0.4, w34=-0.5, w15=-0.3, w25=0.1, w35=0.2, w46=-0.3,
                                          w56=-0.2, t4=-0.4, t5=0.2, t6=0.1), descent(0.9)),
    "bce-2-2-1": (bce, dict(w11=0.1, w12=0.2, w21=0.3, w22=0.4, v1=0.5, v2=0.6), descent(0.5)),
    "relu-2-2-1": (relu_net, dict(w11=0.3, w12=-0.1, w21=0.2, w22=0.4, b1=0, b2=0, v1=0.5, v2=-0.3, c=0),
                   descent(0.1)),
    "softmax-3-3-3-3": (softmax, softmax_start(), descent(0.01)),
    "momentum": (valley, dict(x=10), descent(0.2)),  # without a velocity yet
    "adam": (square, dict(theta=5), lambda w, g: w - 0.1 * g / (abs(g) + 1e-8)),
    "batch-norm": (batch_norm([2, 4, 6, 8], 0.01), dict(w=1, g=2, b=1), descent(0.1)),
    "batch-norm-two-rows": (batch_norm([1, 3], 0), dict(w=1, g=2, b=1), descent(0.5)),
    "batch-norm-backward": (batch_norm_backward, dict(x1=1, x2=2, x3=3), descent(0.1)),
    "numeric-gradient": (cube, dict(theta=1), descent(0.1)),
    "rnn-three-steps": (rnn, dict(U=0.9, W=0.5, b=0.3), descent(0.1)),
    "attention": (attention, {f"{name}{i + 1}": v for name, row in
                              (("x", (1, 0, 1, 0)), ("y", (0, 1, 0, 1)), ("z", (1, 1, 1, 1)))
                              for i, v in enumerate(row)}, descent(0.1)),
    "conv-edges": (conv_edges, {f"w{i + 1}{j + 1}": v for i in range(3) for j, v in enumerate((1, 0, -1))},
                   descent(0.1)),
    "perceptron-three-classes": (three_classes, dict(a1=2, a2=-6, a3=9, b1=3, b2=-5, b3=9, c1=9, c2=9, c3=-3),
                                 descent(1)),
    "lstm": (lstm, dict(Wa1=0.45, Wa2=0.25, Ua=0.15, ba=0.2, Wi1=0.95, Wi2=0.8, Ui=0.8, bi=0.65, Wf1=0.7,
                        Wf2=0.45, Uf=0.1, bf=0.15, Wo1=0.6, Wo2=0.4, Uo=0.25, bo=0.1), descent(0.1)),
}


def expect(what, value):
    return f"expect {what} = {value:.12g}" + (" +- 1e-12" if abs(value) < 1e-6 else "") + "\n"


def script(name):
    example, start, update = EXAMPLES[name]
    text = f"# Of tests/reference/published.py.\nlesson {name}.yaml\nupdate\n"
    values = example(Parameters(start))
    for what, number in values.items():
        text += expect(what, number.v)
    root = list(values)[-1]
    for parameter, value in start.items():
        gradient = example(Parameters(start, parameter))[root].d
        text += expect(f"d{root}/d{parameter}", gradient)
        text += expect(parameter, update(value, gradient))
    return text


def mazur_slip(n, new_weights):
    """Mazur's error and outputs after n updates; the first layer's weights come of the new w5 to w8."""
    w, x, t = [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55], (0.05, 0.1), (0.01, 0.99)

    def unit(z):
        return 1 / (1 + math.exp(-z))

    for k in range(n + 1):
        h = [unit(w[0] * x[0] + w[1] * x[1] + 0.35), unit(w[2] * x[0] + w[3] * x[1] + 0.35)]
        o = [unit(w[4] * h[0] + w[5] * h[1] + 0.6), unit(w[6] * h[0] + w[7] * h[1] + 0.6)]
        if k == n:
            return sum((a - b) ** 2 / 2 for a, b in zip(o, t)), o
        d = [(a - b) * a * (1 - a) for a, b in zip(o, t)]
        new = [0] * 4 + [w[4 + i] - 0.5 * d[i // 2] * h[i % 2] for i in range(4)]
        used = new if new_weights else w
        for j in range(2):
            delta = (d[0] * used[4 + j] + d[1] * used[6 + j]) * h[j] * (1 - h[j])
            for i in range(2):
                new[2 * j + i] = w[2 * j + i] - 0.5 * delta * x[i]
        w = new


if __name__ == "__main__":
    for one in EXAMPLES:
        with open(f"{sys.argv[1]}/{one}.script", "w", encoding="utf-8") as out:
            out.write(script(one))
    print("mazur, right rule:", mazur_slip(1, False), mazur_slip(9999, False), mazur_slip(10000, False))
    print("mazur, new w5 to w8:", mazur_slip(1, True), mazur_slip(10000, True))
