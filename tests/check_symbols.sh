#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when a library of the engine or of formulas calls a function of the C library whose last
# bits are not the same everywhere; base/real.h has what is to be used instead.
# Usage: check_symbols.sh LIBRARY...
functions='exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|cbrt|hypot|sin|cos|tan|asin|acos|atan'
functions="$functions|atan2|sinh|cosh|tanh|asinh|acosh|atanh|erf|erfc|tgamma|lgamma|fma"
fail=0
for library; do
	found=$(nm -u "$library" 2>/dev/null | grep -wE "U ($functions)[fl]?" | sort -u)
	if [ -n "$found" ]; then
		echo "$library calls:" $(echo "$found" | sed 's/.*U //')
		fail=1
	fi
done
exit $fail
