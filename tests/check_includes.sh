#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails on an #include against the dependency order, on a private header of another folder, and on
# a library outside the modules that it belongs to. Usage: check_includes.sh SOURCE_FOLDER
cd "$1" || exit 2

# Each module, and what it may include of others.
order='
base:
text: base
engine: base
formula: base
trace: base engine formula
lesson: base text engine formula trace
build: base text engine formula trace lesson
session: base text engine formula trace lesson build
teach: base text engine formula trace lesson build session
view: base text engine formula trace lesson build session teach
command: base text engine formula trace lesson build session teach view
console: base text engine formula trace lesson build session teach view command
tui: base text engine formula trace lesson build session teach command view
'
# System headers, by a pattern, and the modules that may include them.
libraries='
^(n?curses|term[.]h): tui
^readline: console tui
^yaml: text
^(jansson|sha2[.]h): teach
'

find include/backstep src -name '*.[ch]' ! -path src/main.c | sort |
	awk -v order="$order" -v libraries="$libraries" '
	function complain(what) { print file ": " what; failed = 1 }
	# Whether words, between blanks, has word.
	function has(words, word) { return index(" " words " ", " " word " ") > 0 }
	function check_system(header, k) {
		for (k = 1; k <= n_libraries; k++)
			if (header ~ pattern[k] && !has(users[k], module))
				complain(header " outside " users[k])
	}
	# Whether the path is that of a file in src/ of this module.
	function is_private(path) {
		while (sub(/[^\/]+\/\.\.\//, "", path))
			continue
		return (path in files) && index(path, "src/" module "/") == 1
	}
	function check_own(header, other) {
		if (header ~ /^backstep\//) {
			split(header, parts, "/")
			other = parts[2]
			if (other != module && !has(may[module], other))
				complain(module " may not include " other)
		} else if (!is_private("src/" module "/" header) && !is_private(folder "/" header))
			complain(header " is no private header of " module)
	}
	function check_file(line, header) {
		module = folder = file
		sub(/^(include\/backstep|src)\//, "", module)
		sub(/\/.*/, "", module)
		sub(/\/[^\/]*$/, "", folder)
		if (!(module in may))
			complain("unknown module " module)
		while ((getline line < file) > 0) {
			if (module == "engine" && line ~ /(^|[^A-Za-z0-9_])(printf|puts|fopen|fwrite)\(/)
				complain("the engine does not print: " line)
			if (line !~ /^#include /)
				continue
			header = substr(line, 11)
			sub(/[">].*/, "", header)
			if (line ~ /^#include </)
				check_system(header)
			else
				check_own(header)
		}
		close(file)
	}
	BEGIN {
		n = split(order, rows, "\n")
		for (k = 1; k <= n; k++)
			if (split(rows[k], row, /: ?/) > 1)
				may[row[1]] = row[2]
		n = split(libraries, rows, "\n")
		for (k = 1; k <= n; k++)
			if (split(rows[k], row, ": ") > 1) {
				pattern[++n_libraries] = row[1]
				users[n_libraries] = row[2]
			}
	}
	{ files[$0] = 1; names[NR] = $0 }
	END {
		for (k = 1; k <= NR; k++) {
			file = names[k]
			check_file()
		}
		exit failed
	}'
