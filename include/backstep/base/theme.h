/* SPDX-License-Identifier: GPL-3.0-or-later */
/* theme.h -- which colours the full screen has. */
#ifndef BACKSTEP_BASE_THEME_H
#define BACKSTEP_BASE_THEME_H

enum theme {
	THEME_AUTO,     /* dark or light as the terminal says; else what is seen on both */
	THEME_DARK,     /* for a dark ground */
	THEME_LIGHT,    /* for a light one */
	THEME_CONTRAST, /* the terminal's own two colours, bold and underlined, nothing dim */
	THEME_MONO,     /* no colours */
	N_THEMES,
};

#endif
