#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails where a command, subcommand or setting is missing in the README, or in lessons/README.md one
# of the names that lessons use. Usage: check_readme.sh PROGRAM SOURCE_FOLDER
program=$1 readme=$2/README.md lessons=$2/lessons/README.md
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
settings=$(printf 'lesson or-perceptron\nshow settings\n' | "$program" --lang en --console 2>/dev/null |
	sed -n '/^  chain /,$p' | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')
[ -n "$settings" ] || { echo "no settings found"; exit 1; }
for name in $settings; do
	grep -qw -- "$name" "$readme" || { echo "README.md: nothing about the setting $name"; fail=1; }
done
names=$("$program" --lang en help lesson | sed -n '/^Activations/,$p' |
	sed -n 's/^    \([a-z][a-z0-9_-]*\)[ :].*/\1/p' | sort -u)
[ -n "$names" ] || { echo "no names of lessons found"; exit 1; }
for name in $names; do
	grep -qw -- "$name" "$lessons" || { echo "lessons/README.md: nothing about $name"; fail=1; }
done
exit $fail
