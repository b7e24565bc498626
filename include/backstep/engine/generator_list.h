/* SPDX-License-Identifier: GPL-3.0-or-later */
/* generator_list.h -- every data generator, once. Included with GENERATOR(name) defined; no include
 * guard on purpose. */
GENERATOR(circle)
GENERATOR(gaussians)
GENERATOR(xor)
GENERATOR(spiral)
GENERATOR(moons)
GENERATOR(digits)
GENERATOR(sine)
GENERATOR(banknotes)
GENERATOR(banknotes_2)
