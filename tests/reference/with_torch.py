#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""with_torch.py -- the same references as functions.py and optimizers.py, computed by PyTorch.

Gradients are autograd's and updates torch.optim's, in float64, wherever PyTorch has the function
or the form. Writes torch_functions.txt and torch_optimizers.txt, in the format of functions.txt
and optimizers.txt, and torch_training.txt: whole trainings, as lines of: network, optimizer, form,
updates, loss before the last of them, then all parameters after it.
Usage: /usr/bin/python3 with_torch.py FOLDER (with Debian's python3-torch; the tests need only the
files).
"""
import sys

import torch
import torch.nn.functional as F

import functions
import optimizers

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

ACTIVATIONS = {
    "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": F.relu, "sign": torch.sign,
    "leaky-relu": lambda x: F.leaky_relu(x, 0.1), "elu": F.elu, "softplus": F.softplus,
    "silu": F.silu, "gelu": lambda x: F.gelu(x, approximate="tanh"),
    "softmax": lambda x: F.softmax(x, 0),
}
OF_PROBABILITIES = {
    "binary-cross-entropy": lambda p, t: F.binary_cross_entropy(p, t, reduction="sum"),
    "cross-entropy": lambda p, t: F.nll_loss(torch.log(p)[None, :, None].expand(1, -1, 3),
                                             torch.arange(3)[None], weight=t, reduction="sum"),
}
OF_ANYTHING = {
    "half-squared-error": lambda p, t: F.mse_loss(p, t, reduction="sum") / 2,
    "mean-squared-error": F.mse_loss, "absolute-error": F.l1_loss, "huber": F.huber_loss,
    "binary-cross-entropy-logits":
        lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="sum"),
    "softmax-cross-entropy": lambda x, t: F.cross_entropy(x[None], t[None]),
}
OPTIMIZERS = [
    ("gd", "descent", lambda w: torch.optim.SGD(w, lr=0.1)),
    ("momentum", "pytorch", lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9)),
    ("nesterov", "reformulated",
     lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9, nesterov=True)),
    ("adagrad", "outside", lambda w: torch.optim.Adagrad(w, lr=0.1, eps=1e-10)),
    ("adadelta", "zeiler", lambda w: torch.optim.Adadelta(w, lr=1.0, rho=0.9, eps=1e-6)),
    ("rmsprop", "outside", lambda w: torch.optim.RMSprop(w, lr=0.01, alpha=0.9)),
    ("rmsprop", "centred", lambda w: torch.optim.RMSprop(w, lr=0.01, alpha=0.9, centered=True)),
    ("adam", "outside", lambda w: torch.optim.Adam(w, lr=0.001)),
    ("adamw", "decoupled", lambda w: torch.optim.AdamW(w, lr=0.001, weight_decay=0.01)),
    ("adamax", "pytorch", lambda w: torch.optim.Adamax(w, lr=0.002)),
    ("amsgrad", "pytorch", lambda w: torch.optim.Adam(w, lr=0.001, amsgrad=True)),
    ("rprop", "irprop-minus", lambda w: torch.optim.Rprop(w, lr=0.01)),
]


def line(*parts):
    return " ".join(p if isinstance(p, str) else "%.17g" % p for p in parts) + "\n"


def write_functions(out):
    weights = torch.tensor(functions.WEIGHTS)
    for inputs in functions.INPUTS:
        for name, function in ACTIVATIONS.items():
            x = torch.tensor(inputs, requires_grad=True)
            y = function(x)
            (weights * y).sum().backward()
            out.write(line("activation", name, *inputs, *y.tolist(), *x.grad.tolist()))
    for losses, outputs in (OF_PROBABILITIES, functions.PROBABILITIES), \
            (OF_ANYTHING, functions.INPUTS):
        for p, t in ((p, t) for p in outputs for t in functions.TARGETS):
            for name, function in losses.items():
                x = torch.tensor(p, requires_grad=True)
                loss = function(x, torch.tensor(t))
                loss.backward()
                out.write(line("loss", name, *p, *t, loss.item(), *x.grad.tolist()))


def lesson_222(w):
    """The loss of the 2-2-2 network: half the squared errors' sum."""
    x, t = torch.tensor(optimizers.X), torch.tensor(optimizers.T)
    hidden = torch.sigmoid(torch.stack([w[0], w[2], w[1], w[3]]).reshape(2, 2) @ x + w[8])
    y = torch.sigmoid(torch.stack(w[4:8]).reshape(2, 2) @ hidden + w[9])
    return F.mse_loss(y, t, reduction="sum") / 2


def lesson_xor(w):
    """The mean squared error of 2-2-1 ReLU over the four rows of XOR."""
    x = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
    t = torch.tensor([0., 1., 1., 0.])
    hidden = F.relu(x @ torch.stack(w[0:4]).reshape(2, 2).T + torch.stack(w[4:6]))
    return F.mse_loss(hidden @ torch.stack(w[6:8]), t)


# Beyond, centred RMSProp oscillates around the minimum and magnifies the last bit without bounds.
UPDATES = 100
XOR_START = [.8, .7, -.6, .9, .1, .2, .5, -.4]


def train(loss_of, start, make, n_updates):
    """Yields the loss before each update and the parameters after it."""
    w = [torch.tensor(value, requires_grad=True) for value in start]
    optimizer = make(w)
    for _ in range(n_updates):
        optimizer.zero_grad()
        loss = loss_of(w)
        loss.backward()
        optimizer.step()
        yield loss.item(), [value.item() for value in w]


def main(folder):
    start = [optimizers.START[name] for name in optimizers.NAMES]
    with open(folder + "/torch_functions.txt", "w") as out:
        write_functions(out)
    with open(folder + "/torch_optimizers.txt", "w") as out:
        for name, form, make in OPTIMIZERS:
            for t, (_, w) in enumerate(train(lesson_222, start, make, 3), 1):
                out.write(line(name, form, str(t), *w))
    with open(folder + "/torch_training.txt", "w") as out:
        for network, loss_of, first in ("2-2-2", lesson_222, start), ("xor", lesson_xor, XOR_START):
            for name, form, make in OPTIMIZERS:
                *_, (loss, w) = train(loss_of, first, make, UPDATES)
                out.write(line(network, name, form, str(UPDATES), loss, *w))


main(sys.argv[1])
