# SPDX-License-Identifier: GPL-3.0-or-later
"""scalar.py -- numbers that know where they come from: plain reverse-mode differentiation.

Independent of the program, Python's standard library alone. A number keeps what it was made of and
its slope by each of these; backward() adds up upstream times slope from the last to the first.
"""
import math


class Scalar:
    __slots__ = ("value", "grad", "of")

    def __init__(self, value, of=()):
        self.value, self.grad, self.of = float(value), 0.0, of

    def __add__(self, other):
        other = lift(other)
        return Scalar(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = lift(other)
        return Scalar(self.value * other.value, ((self, other.value), (other, self.value)))

    def __pow__(self, n):
        return Scalar(self.value ** n, ((self, n * self.value ** (n - 1)),))

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -lift(other)

    def __truediv__(self, other):
        return self * lift(other) ** -1.0

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            number, is_done = stack.pop()
            if is_done:
                order.append(number)
            elif id(number) not in seen:
                seen.add(id(number))
                stack.append((number, True))
                stack.extend((part, False) for part, _ in number.of)
        self.grad = 1.0
        for number in reversed(order):
            for part, slope in number.of:
                part.grad += number.grad * slope


def lift(number):
    return number if isinstance(number, Scalar) else Scalar(number)


def exp(x):
    y = math.exp(x.value)
    return Scalar(y, ((x, y),))


def log(x):
    return Scalar(math.log(x.value), ((x, 1.0 / x.value),))


def tanh(x):
    y = math.tanh(x.value)
    return Scalar(y, ((x, 1.0 - y * y),))


def sigmoid(x):
    y = 1.0 / (1.0 + math.exp(-x.value))
    return Scalar(y, ((x, y * (1.0 - y)),))


def relu(x):
    return Scalar(max(0.0, x.value), ((x, 1.0 if x.value > 0.0 else 0.0),))


def largest(xs):
    return max(xs, key=lambda x: x.value)


def total(xs):
    result = xs[0]
    for x in xs[1:]:
        result = result + x
    return result


def dot(a, b):
    return total([x * y for x, y in zip(a, b)])


def times(matrix, vector):
    return [dot(row, vector) for row in matrix]


def transposed(matrix):
    return [list(row) for row in zip(*matrix)]


def softmax(xs):
    most = max(x.value for x in xs)
    powers = [exp(x - most) for x in xs]
    whole = total(powers)
    return [power / whole for power in powers]


def rms_norm(xs, epsilon=1e-5):
    scale = (total([x * x for x in xs]) * (1.0 / len(xs)) + epsilon) ** -0.5
    return [x * scale for x in xs]
