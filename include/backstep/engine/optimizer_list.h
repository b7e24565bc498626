/* SPDX-License-Identifier: GPL-3.0-or-later */
/* optimizer_list.h -- every optimizer, once. Included with OPTIMIZER(name) defined; no include
 * guard on purpose. */
OPTIMIZER(gd)
OPTIMIZER(momentum)
OPTIMIZER(nesterov)
OPTIMIZER(adagrad)
OPTIMIZER(adadelta)
OPTIMIZER(rmsprop)
OPTIMIZER(adam)
OPTIMIZER(adamw)
OPTIMIZER(adamax)
OPTIMIZER(nadam)
OPTIMIZER(amsgrad)
OPTIMIZER(rprop)
OPTIMIZER(perceptron)
