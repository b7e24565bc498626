#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# messages.sh -- brings the catalogues up to date with the sources: new messages stand there, not
# translated yet; those that the sources no longer have are gone; all are in the sources' order.
# A message that a merge of two branches has left there twice stands there once.
# Usage: messages.sh SOURCE_FOLDER [FOLDER]; with FOLDER the results are put there instead.
cd "$1" || exit 2
pot=$(mktemp) && merged=$(mktemp) || exit 2
trap 'rm -f "$pot" "$merged"' EXIT
find src include -name '*.[ch]' | LC_ALL=C sort |
	xgettext --from-code=UTF-8 -k_ -kN_ -ktr_n:1,2 --add-location=file -o "$merged" -f - || exit 2
grep -v '^"POT-Creation-Date' "$merged" >"$pot" # or every run would change it
for po in src/po/*.po; do
	msguniq --use-first "$po" |
		msgmerge --quiet --no-fuzzy-matching --add-location=file - "$pot" |
		msgattrib --no-obsolete -o "$merged" || exit 2
	cp "$merged" "${2:-src/po}/$(basename "$po")" || exit 2
done
