#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails on a source file without its licence line or longer than 500 lines, on a function longer
# than 60, on a layout that clang-format 14, where it is there, would change, and on anything else
# than what belongs at the top. Usage: check_style.sh SOURCE_FOLDER
cd "$1" || exit 2
fail=0
for name in *; do
	case $name in
	AUTHORS | CMakeLists.txt | README.md | include | lessons | src | tests | build*) ;;
	*)
		echo "$name: does not belong at the top"
		fail=1
		;;
	esac
done
find include src tests -name '*.[ch]' -exec awk '
	FNR == 1 && !/SPDX-License-Identifier: GPL-3.0-or-later/ { print FILENAME ": no SPDX line"; bad = 1 }
	FILENAME ~ /^tests/ { next }
	FNR == 501 { print FILENAME ": more than 500 lines"; bad = 1 }
	/^\{/ { start = FNR }
	/^\}/ {
		if (start && FNR - start > 60) {
			print FILENAME ":" start ": function of " FNR - start " lines"
			bad = 1
		}
		start = 0
	}
	END { exit bad }' {} + || fail=1
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	find include src tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} + || fail=1
else
	echo "clang-format 14 is not there: the layout is not checked"
fi
exit $fail
