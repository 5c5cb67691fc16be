/* mtm, the command-line program of libmtm: reads the command line and calls the command. Exit status: 0 success, 1
 * input rejected, 2 usage error. */
#include "help.h"
#include "interrupt.h"
#include "lists.h"
#include "message.h"
#include "suggest.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A file must never take the number of a standard stream that was closed. Reading and writing fail as they should. */
static void keep_standard_streams(void) {
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0) {
            (void)open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

static int check_colour(const struct settings *settings) {
    static const char words[] = "auto always never";
    const char *when = settings_value(settings, OPTION_COLOUR);
    if (when == NULL || strcmp(when, "auto") == 0 || strcmp(when, "always") == 0 || strcmp(when, "never") == 0) {
        return EXIT_FINE;
    }
    return suggest_words(settings->command, "value of --colour", when, words);
}

static int run(const struct settings *settings) {
    const struct command *command = settings->command;
    int status = check_colour(settings);
    if (status != EXIT_FINE || settings_has(settings, OPTION_VERSION)) {
        return status != EXIT_FINE ? status : version_print();
    }
    if (settings_has(settings, OPTION_HELP)) {
        return help_print(settings);
    }
    if (command == NULL) {
        return complain_usage(NULL, "no command; expected mtm COMMAND");
    }
    if (settings->n_operands < command->least) {
        return complain_usage(command, "an operand is missing; expected mtm %s %s", command->name, command->operands);
    }
    return command->run(settings);
}

int main(int argc, char **argv) {
    struct settings settings;
    keep_standard_streams();
    interrupt_watch();
    if (argc == 3 && strcmp(argv[1], "--generate") == 0) {
        return lists_print(argv[2]);
    }
    int status = settings_read(&settings, argc, argv);
    if (status == EXIT_FINE) {
        status = run(&settings);
    }
    settings_free(&settings);
    return status;
}
