#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Replays a script and compares its transcript with the golden one; with BACKSTEP_UPDATE_GOLDEN=1
# writes it instead. Usage: compare.sh PROGRAM SCRIPT LANGUAGE EXIT_STATUS
program=$1 script=$2 language=$3 wanted=$4
golden=${script%.script}.$language.txt
cd "$(dirname "$script")" || exit 2
got=$(mktemp) || exit 2
trap 'rm -f "$got"' EXIT
"$program" --lang "$language" run "$(basename "$script")" >"$got" 2>&1
status=$?
[ "$status" -eq "$wanted" ] || {
	cat "$got"
	echo "exit status $status, wanted $wanted"
	exit 1
}
[ -z "$BACKSTEP_UPDATE_GOLDEN" ] || cp "$got" "$golden"
diff -u "$golden" "$got"
