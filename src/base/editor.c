/* SPDX-License-Identifier: GPL-3.0-or-later */
/* editor.c -- starting the editor, and waiting for it. Keys that send signals are the editor's
 * meanwhile: Ctrl-C does not end us, and Ctrl-Z stops both, so that the shell gets the terminal. */
#include "backstep/base/editor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backstep/base/i18n.h"
#include "backstep/base/strbuf.h"
#include "backstep/base/text.h"

static const struct {
	int number;
	void (*meanwhile)(int);
} signal_rows[] = {
    {SIGINT, SIG_IGN},
    {SIGQUIT, SIG_IGN},
    {SIGTSTP, SIG_DFL},
    {SIGCONT, SIG_DFL},
};
enum { N_SIGNALS = sizeof signal_rows / sizeof *signal_rows };

static const char *chosen(void)
{
	static const char *const variables[] = {"VISUAL", "EDITOR"};
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *editor = getenv(variables[i]);
		if (editor && *editor)
			return editor;
	}
	return "vi";
}

/* Whether the editor is one of those that open a file at a line with +LINE. */
static bool takes_line(const char *editor)
{
	static const char *const names[] = {"vi",    "vim",   "nvim",        "nano", "pico",
					    "emacs", "micro", "emacsclient", "joe",  "mg"};
	const char *name = editor;
	size_t len = strcspn(editor, " ");
	for (size_t i = 0; i < len; i++)
		if (editor[i] == '/')
			name = editor + i + 1;
	len -= (size_t)(name - editor);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == len && strncmp(names[i], name, len) == 0)
			return true;
	return false;
}

/* In the child: all signals are as usual, and the shell takes the variable's words apart. */
static void become(const char *command, const char *path)
{
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	execl("/bin/sh", "sh", "-c", command, "sh", path, (char *)NULL);
	_exit(127);
}

/* What waitpid says of the editor; -1: it did not begin. */
static int run(const char *command, const char *path)
{
	struct sigaction before[N_SIGNALS];
	int status = -1;
	for (size_t i = 0; i < N_SIGNALS; i++) {
		const struct sigaction action = {.sa_handler = signal_rows[i].meanwhile};
		sigaction(signal_rows[i].number, &action, &before[i]);
	}
	pid_t pid = fork();
	if (pid == 0)
		become(command, path);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	for (size_t i = 0; i < N_SIGNALS; i++)
		sigaction(signal_rows[i].number, &before[i], NULL);
	return status;
}

enum status editor_run(const char *path, size_t line, struct error *err)
{
	const char *editor = chosen();
	char shown[TEXT_EXCERPT];
	struct strbuf command = {0};
	strbuf_add(&command, editor);
	if (line && takes_line(editor))
		strbuf_addf(&command, " +%zu", line);
	strbuf_add(&command, " \"$1\"");
	int status = command.failed ? -1 : run(command.data, path);
	enum status result = command.failed ? error_no_memory(err) : STATUS_OK;
	strbuf_free(&command);
	if (result || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return result;
	error_set(err, STATUS_IO, _("the editor %s did not end well"), text_excerpt(shown, editor));
	error_hint(err, _("VISUAL or EDITOR names the one to use"));
	return STATUS_IO;
}
