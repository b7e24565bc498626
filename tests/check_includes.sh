#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails on an #include against the dependency order, on a private header of another folder, and on
# a library outside the modules that it belongs to. Usage: check_includes.sh SOURCE_FOLDER
cd "$1" || exit 2
fail=0

# What each module may include, itself aside.
allowed() {
	case $1 in
	base) echo "" ;;
	text | engine | formula) echo "base" ;;
	trace) echo "base engine formula" ;;
	lesson) echo "base text engine formula trace" ;;
	build) echo "base text engine formula trace lesson" ;;
	session) echo "base text engine formula trace lesson build" ;;
	command | view) echo "base text engine formula trace lesson build session" ;;
	console) echo "base text engine formula trace lesson build session command" ;;
	tui) echo "base text engine formula trace lesson build session command view" ;;
	*) return 1 ;;
	esac
}

complain() {
	echo "$1: $2"
	fail=1
}

for file in $(find include/backstep src -name '*.[ch]' ! -path src/main.c); do
	module=$(echo "$file" | sed -n 's#^\(include/backstep\|src\)/\([a-z]*\)/.*#\2#p')
	may=$(allowed "$module") || complain "$file" "unknown module $module"
	for other in $(sed -n 's#^.include "backstep/\([a-z]*\)/.*#\1#p' "$file" | sort -u); do
		[ "$other" = "$module" ] && continue
		case " $may " in
		*" $other "*) ;;
		*) complain "$file" "$module may not include $other" ;;
		esac
	done
	for header in $(sed -n 's#^.include "\([^"]*\)".*#\1#p' "$file" | grep -v '^backstep/'); do
		[ -f "src/$module/$header" ] || [ -f "$(dirname "$file")/$header" ] ||
			complain "$file" "$header is no private header of $module"
	done
	case $module in
	tui) ;;
	console) grep -nE '<(n?curses|term)' "$file" && complain "$file" "curses outside tui" ;;
	*) grep -nE '<(n?curses|term\.h|readline)' "$file" && complain "$file" "terminal outside tui" ;;
	esac
	[ "$module" = text ] || ! grep -nE '<yaml' "$file" || complain "$file" "yaml outside text"
	case $module in
	engine) grep -nE '\b(printf|puts|fopen|fwrite)\(' "$file" && complain "$file" "the engine does not print" ;;
	esac
done
exit $fail
