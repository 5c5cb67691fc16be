/* Writes messages to standard error, one line each. Control characters are replaced, so that the name of a file cannot
 * send commands to the terminal. */
#include "message.h"

#include "interrupt.h"
#include "progress.h"
#include "terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 2000 };

static void say(const char *before, const char *text, const char *after) {
    progress_erase();
    fputs(before, stderr);
    terminal_print(stderr, text);
    fputs(after, stderr);
    putc('\n', stderr);
    fflush(stderr);
}

int complain(const char *format, ...) {
    char text[LONGEST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say("mtm: ", text, "");
    return EXIT_REFUSED;
}

int complain_usage(const struct command *command, const char *format, ...) {
    char text[LONGEST], after[64] = "; see mtm --help";
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (command != NULL) {
        snprintf(after, sizeof after, "; see mtm %s --help", command->name);
    }
    say("mtm: ", text, after);
    return EXIT_USAGE;
}

int complain_error(mtm_status status, const mtm_error *err) {
    char text[LONGEST];
    if (interrupt_signal() != 0) {
        return interrupt_exit();
    }
    mtm_error_describe(err, text, sizeof text);
    say("", text, "");
    return status == MTM_ERROR_ARGUMENT || status == MTM_ERROR_UNSUPPORTED ? EXIT_USAGE : EXIT_REFUSED;
}

void note(const struct settings *settings, const char *format, ...) {
    char text[LONGEST];
    va_list arguments;
    if (settings_has(settings, OPTION_QUIET)) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say("mtm: ", text, "");
}

void note_diagnostic(const struct settings *settings, const mtm_diagnostic *diagnostic) {
    char text[LONGEST], place[64] = "";
    if (settings_has(settings, OPTION_QUIET)) {
        return;
    }
    if (diagnostic->line > 0) {
        snprintf(place, sizeof place, diagnostic->column > 0 ? ":%lld:%lld" : ":%lld", (long long)diagnostic->line,
                 (long long)diagnostic->column);
    }
    snprintf(text, sizeof text, "%s%s: %s[MTM-%c%03d]: found \"%.60s\", expected %s%s%s", diagnostic->file, place,
             diagnostic->error ? "error" : "note", diagnostic->error ? 'E' : 'N', (int)diagnostic->code,
             diagnostic->found, diagnostic->expected, *diagnostic->hint != '\0' ? "; " : "", diagnostic->hint);
    say("", text, "");
}
