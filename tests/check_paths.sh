#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when the program knows where it was built: when its file holds the source's or the build's
# path, or when objects come out otherwise in a folder of another name.
# Usage: check_paths.sh PROGRAM SOURCE_DIR BUILD_DIR COMPILER [FLAG]...
program=$1 source=$2 build=$3
shift 3
fail=0
for path in "$source" "$build"; do
	if LC_ALL=C grep -aqF "$path/" "$program"; then
		echo "$program holds the path $path"
		fail=1
	fi
done

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# what has to do with files, folders, languages, and with __FILE__ where there are contracts
for tree in "$scratch/one" "$scratch/another of a longer name"; do
	mkdir -p "$tree/src"
	cp -R "$source/include" "$tree" && cp -R "$source/src/base" "$source/src/lesson" "$tree/src" ||
		exit 1
	for file in base/arena base/contract base/i18n base/paths lesson/lesson_find; do
		"$@" -I"$tree/include" -c "$tree/src/$file.c" -o "$tree/${file##*/}.o" || exit 1
	done
done
for object in "$scratch"/one/*.o; do
	if ! cmp "$object" "$scratch/another of a longer name/${object##*/}"; then
		echo "${object##*/} depends on the folder that it was compiled in"
		fail=1
	fi
done
exit $fail
