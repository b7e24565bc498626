#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails where a message of the program is not in a catalogue, is not translated, or is translated
# but used no more. Usage: check_catalogues.sh SOURCE_FOLDER
cd "$1" || exit 2
fail=0
pot=$(mktemp) || exit 2
trap 'rm -f "$pot"' EXIT
find src include -name '*.[ch]' | sort |
	xgettext --from-code=UTF-8 -k_ -kN_ -ktr_n:1,2 --no-location -o "$pot" -f - || exit 2
for po in src/po/*.po; do
	msgfmt --check -o /dev/null "$po" || fail=1
	msgcmp "$po" "$pot" || fail=1
	# translated but used no more
	stale=$(msgmerge --quiet --no-fuzzy-matching "$po" "$pot" | grep '^#~ msgid')
	[ -z "$stale" ] || {
		echo "$po: used no more:"
		echo "$stale"
		fail=1
	}
done
exit $fail
