/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loss_list.h -- the losses of one output p against its target t, as a list for
 * LOSS(name, value, slope by p, slope by t), all in terms of p, t and the op's attributes a[].
 *
 * From a logit p, log(1 + exp(p)) - t p is computed as max(p, 0) - t p + log(1 + exp(-|p|)), which
 * never overflows. A class whose target is 0 adds 0, also where its probability is 0.
 *
 * To add one: a row, of arithmetic and real.h alone, as in unary_list.h, and an op in
 * src/engine/ops/. */

/* A NaN and 0 stay what they are. */
#define LOSS_SIGN(x) ((x) > 0.0 ? 1.0 : (x) < 0.0 ? -1.0 : (x))
#define LOSS_NEAR(p, t, a) (fabs((p) - (t)) <= (a)[0])
/* The test of p lets a NaN through. */
#define LOSS_ABSENT(p, t) ((t) == 0.0 && (p) >= 0.0)

LOSS(half_squared_error, 0.5 * ((t - p) * (t - p)), p - t, t - p)
LOSS(squared_error, (p - t) * (p - t), 2.0 * (p - t), 2.0 * (t - p))
LOSS(error, t - p, -1.0, 1.0)
LOSS(absolute_error, fabs(p - t), LOSS_SIGN(p - t), LOSS_SIGN(t - p))
LOSS(huber, LOSS_NEAR(p, t, a) ? 0.5 * ((p - t) * (p - t)) : a[0] * (fabs(p - t) - 0.5 * a[0]),
     LOSS_NEAR(p, t, a) ? p - t : a[0] * LOSS_SIGN(p - t),
     LOSS_NEAR(p, t, a) ? t - p : a[0] * LOSS_SIGN(t - p))
LOSS(binary_cross_entropy, -(t *real_log(p) + (1.0 - t) * real_log(1.0 - p)),
     (p - t) / (p * (1.0 - p)), real_log(1.0 - p) - real_log(p))
LOSS(binary_cross_entropy_logits, (p < 0.0 ? 0.0 : p) - t * p + real_log1p(real_exp(-fabs(p))),
     real_sigmoid(p) - t, -p)
LOSS(cross_entropy, LOSS_ABSENT(p, t) ? 0.0 : -t *real_log(p), LOSS_ABSENT(p, t) ? 0.0 : -t / p,
     -real_log(p))

#undef LOSS_SIGN
#undef LOSS_NEAR
#undef LOSS_ABSENT
