#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every fenced command of the documents, in a copy of the project, so that what they say to type
# can be typed; and fails on a path in them that is not there. Usage:
# check_documents.sh PROGRAM SOURCE_FOLDER
#
# A block marked sh is run by the shell, one marked script by `backstep run`. One marked yaml is a
# lesson, or keys of one, which take the place of those of the lesson `around` below; it is proved by
# `backstep check`. Where it has a script for a server, its commands are run in a course of one lesson. Nothing is installed, and nothing that the tests are
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

# The lesson that is proved with keys of a document in place of its own, and its data.
cat >"$scratch/around.yaml" <<'END'
format: 2
id: around
language: en
title: Around
text: What stands around the keys of an example.
network:
  inputs: [x1, x2]
  layers:
    - {units: [h1, h2], activation: sigmoid, weights: [[w1=0.1, w2=0.2], [w3=-0.3, w4=0.4]]}
    - {units: [o1, o2], activation: sigmoid, weights: [[w5=0.5, w6=0.6], [w7=-0.7, w8=0.8]]}
loss: {kind: half-squared-error}
data: [{x: [1, 0], target: [1, 0]}, {x: [0, 1], target: [0, 1]}, {x: [1, 1], target: [1, 1]}, {x: [0, 0], target: [0, 0]}]
training: {optimizer: gd, rate: 0.5}
...
END
printf 'width,length,kind\n0.2,1.5,small\n1.5,4.5,large\n0.3,1.4,small\n' >"$scratch/flowers.csv"

surround() { # FILE
	awk '
	function key(line) { return line ~ /^[a-z_]+:/ ? substr(line, 1, index(line, ":") - 1) : "" }
	FNR == NR { text = text $0 "\n"; if (key($0)) given[key($0)] = 1; next }
	/^format:/ && given["graph"] { given["network"] = given["loss"] = 1 }
	key($0) { skip = key($0) in given && given[key($0)] }
	!skip && !/^\.\.\.$/
	END { printf "%s...\n", text }' "$1" "$scratch/around.yaml" >"$scratch/surrounded.yaml"
}

run_course() { # FILE
	mkdir -p "$scratch/course/lessons" &&
		cp "$scratch/around.yaml" tests/transcripts/xor-relu.script "$scratch/course/lessons/" &&
		(cd "$scratch/course" && sed -n 's/^ *- backstep/backstep/p' "$1" | sh -e)
}

run_block() { # FILE
	case $1 in
	*.sh)
		grep -q 'CC=clang' "$1" && ! command -v clang >/dev/null && return 0
		sh -e "$1"
		;;
	*.script) backstep run "$1" ;;
	*.yaml)
		grep -q '^ *script:$' "$1" && { run_course "$1"; return; }
		grep -q '^format:' "$1" && { backstep check "$1"; return; }
		surround "$1"
		backstep check "$scratch/surrounded.yaml"
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
