#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the workloads in backstep, FANN, PyTorch and loops written by hand, in turns, and prints the
# medians, how many times as fast as its peers backstep is, and its share of the loops' speed. A peer
# that is not installed is left out.
# Usage: compare.sh BUILD_FOLDER [ROUNDS [WORKLOAD...]]
build=$1
rounds=${2:-5}
[ $# -gt 2 ] && shift 2 || set -- W1 W2 W3 W4 W5 W6 W7
bench=$build/tests/bench
python=${PYTHON:-/usr/bin/python3}
torch=$(dirname "$0")/bench_torch.py
$python -c 'import torch' 2>/dev/null || torch=
for round in $(seq "$rounds"); do
	for workload; do
		"$bench/backstep-bench" "$workload"
		"$bench/backstep-bench-by-hand" "$workload"
		[ -x "$bench/backstep-bench-fann" ] && "$bench/backstep-bench-fann" "$workload"
		[ -n "$torch" ] && $python "$torch" "$workload"
	done
done | sort -k1,1 -k2,2 -k3,3g | awk '
	function finish() { if (key != "") { value[key] = values[int((n + 1) / 2)]; n = 0 } }
	{
		if ($1 " " $2 != key) { finish(); key = $1 " " $2 }
		values[++n] = $3
		if (!($1 in unit)) order[++n_workloads] = $1
		if ($4 != "") unit[$1] = $4
	}
	END {
		finish()
		printf "%-4s%12s%12s%12s%12s  %-11s%8s%8s%8s\n", "", "backstep", "by hand", "fann", "torch", "",
			"share", "x fann", "x torch"
		for (k = 1; k <= n_workloads; k++) {
			w = order[k]; b = value[w " backstep"]; f = value[w " fann"]; t = value[w " torch"]
			printf "%-4s%12.5g%12.5g%12s%12s  %-11s%8.2f%8s%8s\n", w, b, value[w " by-hand"],
				f ? sprintf("%.5g", f) : "-", t ? sprintf("%.5g", t) : "-", unit[w],
				value[w " share"], f ? sprintf("%.2f", b / f) : "-",
				t ? sprintf("%.2f", b / t) : "-"
		}
	}'
