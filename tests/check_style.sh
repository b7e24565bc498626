#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails on a source file without its licence line or longer than 400 lines, and on a function
# longer than 60. Usage: check_style.sh SOURCE_FOLDER
cd "$1" || exit 2
fail=0
for file in $(find include src tests -name '*.[ch]'); do
	head -n 1 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || {
		echo "$file: no SPDX line"
		fail=1
	}
done
for file in $(find include src -name '*.[ch]'); do
	lines=$(wc -l <"$file")
	[ "$lines" -le 400 ] || {
		echo "$file: $lines lines"
		fail=1
	}
	awk -v file="$file" '
		/^\{/ { start = FNR }
		/^\}/ { if (start && FNR - start > 60) { print file ":" start ": function of " FNR - start " lines"; bad = 1 } start = 0 }
		END { exit bad }' "$file" || fail=1
done
exit $fail
