#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails where a command, subcommand or setting is missing in the README. Usage: check_readme.sh
# PROGRAM SOURCE_FOLDER
program=$1 readme=$2/README.md
fail=0
commands=$(printf 'help\n' | "$program" --lang en --console 2>/dev/null |
	sed -n '/^next /,$p' | sed -n 's/^\([a-z][a-z-]*\) .*/\1/p')
[ -n "$commands" ] || { echo "no commands found"; exit 1; }
for name in $commands; do
	grep -q "^| \`$name[ \`]" "$readme" || { echo "README.md: no row for the command $name"; fail=1; }
done
subcommands=$("$program" --lang en --help | sed -n 's/^  backstep \([a-z][a-z]*\).*/\1/p')
for name in $subcommands; do
	grep -q "^| \`backstep $name[ \`]" "$readme" || { echo "README.md: no row for backstep $name"; fail=1; }
done
exit $fail
