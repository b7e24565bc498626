#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""layers.py -- normalisation layers and a residual block, in training and in evaluation.

Independent of the program: PyTorch (1.13, float64) with its own BatchNorm1d and LayerNorm, and its
own gradients. Prints lines of: a name, numbers. Rows of data come one after another.
Usage: python3 layers.py > layers.txt
"""
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
X = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-2.0, 1.0, 0.5], [0.125, 3.0, 1.0]])
T = torch.tensor([[0.0, 1.0, 0.5], [1.0, -1.0, 0.25], [0.5, 0.5, -1.0], [-0.5, 0.0, 1.0]])
SCALE, SHIFT = torch.tensor([1.5, 0.75, -1.0]), torch.tensor([0.5, -0.25, 0.0])
RATE = 0.5


def show(name, values):
    print(name, *("%.17g" % v for v in values.detach().flatten().tolist()))


def loss_of(y):
    """The mean over the rows of half the squared error, summed over the outputs."""
    return (0.5 * (T - y) ** 2).sum() / len(T)


def start(layer):
    with torch.no_grad():
        layer.weight.copy_(SCALE)
        layer.bias.copy_(SHIFT)
    return layer


def normalisation(name, layer):
    optimizer = torch.optim.SGD(layer.parameters(), lr=RATE)
    x = X.clone().requires_grad_()
    for _ in range(3):
        optimizer.zero_grad()
        x.grad = None
        y = layer(x)
        loss = loss_of(y)
        loss.backward()
        show(name + ".y", y)
        show(name + ".loss", loss)
        show(name + ".dx", x.grad)
        show(name + ".dscale", layer.weight.grad)
        show(name + ".dshift", layer.bias.grad)
        optimizer.step()
        if hasattr(layer, "running_mean"):
            show(name + ".running_mean", layer.running_mean)
            show(name + ".running_var", layer.running_var)
    layer.eval()
    show(name + ".evaluated", layer(X))


def residual():
    """y = relu(x + F(x)), F(x) = V tanh(W x + b); then the same with x projected."""
    w = torch.tensor([[0.5, -0.25, 1.0], [0.75, 0.5, -1.0]], requires_grad=True)
    b = torch.tensor([0.125, -0.5], requires_grad=True)
    v = torch.tensor([[1.0, -0.5], [0.25, 2.0], [-1.0, 0.5]], requires_grad=True)
    p = torch.tensor([[1.0, 0.5, -0.5], [0.0, 1.0, 0.25], [-0.25, 0.0, 1.0]], requires_grad=True)
    for name in ("residual", "projected"):
        for parameter in (w, b, v, p):
            parameter.grad = torch.zeros_like(parameter)
        skip = X if name == "residual" else X @ p.T
        y = torch.relu(skip + torch.tanh(X @ w.T + b) @ v.T)
        loss_of(y).backward()
        show(name + ".y", y)
        for key, parameter in (("dw", w), ("db", b), ("dv", v), ("dp", p)):
            show(name + "." + key, parameter.grad)


normalisation("batch", start(nn.BatchNorm1d(3, eps=1e-5, momentum=0.1)))
normalisation("layer", start(nn.LayerNorm(3, eps=1e-5)))
residual()
