#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails on a source file without its licence line or longer than 500 lines, on a function longer
# than 60, and on a layout that clang-format 14, where it is there, would change. Usage: check_style.sh SOURCE_FOLDER
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
	[ "$lines" -le 500 ] || {
		echo "$file: $lines lines"
		fail=1
	}
	awk -v file="$file" '
		/^\{/ { start = FNR }
		/^\}/ { if (start && FNR - start > 60) { print file ":" start ": function of " FNR - start " lines"; bad = 1 } start = 0 }
		END { exit bad }' "$file" || fail=1
done
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	find include src tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} + || fail=1
else
	echo "clang-format 14 is not there: the layout is not checked"
fi
exit $fail
