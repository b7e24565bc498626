#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every fenced command of the documents, in a copy of the project, so that what they say to type
# can be typed; and fails on a path in them that is not there. Usage:
# check_documents.sh PROGRAM SOURCE_FOLDER
#
# A block marked sh is run by the shell, one marked script by `backstep run`; one marked yaml that is
# a whole lesson is proved by `backstep check`. Nothing is installed, and nothing that the tests are
# doing already is done again: sudo does nothing here, a build only has to know its targets, ctest
# lists its tests, and the program is the one that was built.
program=$1 source=$2
documents='README.md lessons/README.md src/README.md'
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
fail=0
mkdir "$scratch/bin" "$scratch/blocks" "$scratch/project"
for name in .ci CMakeLists.txt README.md include lessons src tests; do
	cp -r "$source/$name" "$scratch/project/" || exit 2
done
PROGRAM=$program CMAKE=$(command -v cmake) CTEST=$(command -v ctest)
export PROGRAM CMAKE CTEST
unset MAKEFLAGS MAKELEVEL BACKSTEP_UPDATE_GOLDEN

stand_in() { # NAME, its script on standard input
	{ echo '#!/bin/sh'; cat; } >"$scratch/bin/$1"
	chmod +x "$scratch/bin/$1"
}
stand_in sudo <<'END'
exit 0
END
stand_in backstep <<'END'
exec "$PROGRAM" "$@"
END
stand_in cmake <<'END'
case " $* " in
*" --target messages "*) exec "$CMAKE" "$@" ;;
*" --build "*)
	[ -f "$2/CMakeCache.txt" ] && ln -sf "$PROGRAM" "$2/backstep" || exit
	case "$*" in
	*--target*) for target in ${*#*--target}; do
		"$CMAKE" --build "$2" --target help | grep -qw "$target" || exit
	done ;;
	esac
	;;
*" --install "*) [ -d "$2" ] ;;
*) exec "$CMAKE" "$@" ;;
esac
END
stand_in ctest <<'END'
"$CTEST" "$@" -N | grep -q '^ *Test *#'
END
PATH=$scratch/bin:$PATH
export PATH

# The blocks of each document, as files DOCUMENT.LINE.KIND; a / in a name becomes a -.
(cd "$source" && awk -v to="$scratch/blocks/" '
	FNR == 1 { inside = 0; name = FILENAME; gsub("/", "-", name) }
	inside && /^```/ { inside = 0; close(out); next }
	inside { print > out; next }
	/^```/ { inside = 1; kind = substr($0, 4); out = to name "." FNR "." (kind ? kind : "shown") }
' $documents)

run_block() { # FILE
	case $1 in
	*.sh)
		grep -q 'CC=clang' "$1" && ! command -v clang >/dev/null && return 0
		sh -e "$1"
		;;
	*.script) backstep run "$1" ;;
	*.yaml)
		head -n 1 "$1" | grep -q '^format:' || return 0
		backstep check "$1"
		;;
	esac
}

cd "$scratch/project" || exit 2
for block in "$scratch"/blocks/*; do
	run_block "$block" >"$scratch/said" 2>&1 </dev/null && continue
	echo "$(basename "$block"): does not run:"
	cat "$block"
	head -n 20 "$scratch/said"
	fail=1
done

# A `path/to/something` whose first part is a folder of the project, of src/ or of tests/ is there.
there() { # PATH
	[ -e "$1" ] || [ -e "src/$1" ] || [ -e "include/backstep/$1" ] || [ -e "tests/$1" ]
}
for document in $documents; do
	for path in $(grep -o '`[a-z][A-Za-z0-9_.-]*/[A-Za-z0-9_./-]*`' "$document" | tr -d '`' | sort -u); do
		case $path in
		*NAME* | *NN-* | build*) continue ;;
		esac
		there "${path%%/*}" && ! there "$path" && echo "$document: there is no $path" && fail=1
	done
done
exit $fail
