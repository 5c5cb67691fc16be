/* Prints --help, as wide as the terminal, and --version, from the tables of commands and options. An option that is not
 * in the table does not exist. */
#include "help.h"

#include "message.h"
#include "output.h"
#include "terminal.h"

#include <mtm.h>

#include <stdio.h>
#include <string.h>

enum { WIDEST = 100, COMMAND_COLUMN = 14, OPTION_COLUMN = 26 };

/* Where help is printed. */
struct page {
    FILE *stream;
    size_t width;
    int colour;
};

static void heading(const struct page *page, const char *text) {
    fprintf(page->stream, page->colour ? "\n\033[1m%s\033[0m\n" : "\n%s\n", text);
}

static void spaces(FILE *stream, size_t n) {
    fprintf(stream, "%*s", (int)n, "");
}

void help_option_name(const struct option *option, char *out, size_t size) {
    char letter[8] = "    ";
    if (option->letter != 0) {
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    }
    snprintf(out, size, "%s--%s%s%s", letter, option->name, option->value != NULL ? " " : "",
             option->value != NULL ? option->value : "");
}

static void entry(const struct page *page, const char *name, const char *help, size_t column) {
    size_t at = 2 + strlen(name);
    fprintf(page->stream, "  %s", name);
    if (at + 2 > column) {
        putc('\n', page->stream);
        at = 0;
    } else {
        spaces(page->stream, column - at);
        at = column;
    }
    terminal_paragraph(page->stream, help, strlen(help), column, at, page->width);
}

static void print_options(const struct page *page, const struct command *command) {
    char name[80];
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (option_fits(&options[i], command)) {
            help_option_name(&options[i], name, sizeof name);
            entry(page, name, options[i].help, OPTION_COLUMN);
        }
    }
}

static void print_paragraphs(const struct page *page, const char *text) {
    while (*text != '\0') {
        const char *gap = strstr(text, "\n\n");
        size_t length = gap != NULL ? (size_t)(gap - text) : strlen(text);
        putc('\n', page->stream);
        terminal_paragraph(page->stream, text, length, 0, 0, page->width);
        text += length + (gap != NULL ? 2 : 0);
    }
}

static void print_examples(const struct page *page, const char *text) {
    heading(page, "Examples");
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        fprintf(page->stream, "  %.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void print_command(const struct page *page, const struct command *command) {
    char line[200];
    fprintf(page->stream, "mtm %s: %s\n", command->name, command->summary);
    heading(page, "Usage");
    fprintf(page->stream, "  mtm %s [OPTION]... %s\n", command->name, command->operands);
    print_paragraphs(page, command->help);
    if (command->formats != NULL) {
        int n = snprintf(line, sizeof line, "Formats: %s.", command_formats(command));
        putc('\n', page->stream);
        terminal_paragraph(page->stream, line, (size_t)n, 0, 0, page->width);
    }
    heading(page, "Options");
    print_options(page, command);
    print_examples(page, command->example);
}

static void print_program(const struct page *page) {
    static const char *const examples = "mtm report examples/kazakhstan-2024-q2\n"
                                        "mtm report examples/kazakhstan-2024-q2 --language ru -o report.html\n"
                                        "mtm check figures.csv\n"
                                        "mtm tabulate crossings.csv --by direction,citizenship";
    fprintf(page->stream, "mtm: quarterly migration statistics from many agencies' files, every figure explained\n");
    heading(page, "Usage");
    fprintf(page->stream, "  mtm COMMAND [OPTION]... [OPERAND]...\n");
    heading(page, "Commands");
    for (size_t i = 0; i < n_commands; i++) {
        entry(page, commands[i].name, commands[i].summary, COMMAND_COLUMN);
    }
    heading(page, "Options of every command");
    print_options(page, NULL);
    print_examples(page, examples);
    putc('\n', page->stream);
    print_paragraphs(page, "mtm COMMAND --help tells more of a command; man mtm tells everything.\n\n"
                           "Exit status: 0 success, 1 input rejected, 2 usage error.");
}

int help_print(const struct settings *settings) {
    struct output out;
    int status = output_open(&out, NULL), width = terminal_width(stdout);
    struct page page = {out.stream, width == 0 ? 80 : (size_t)(width < WIDEST ? width : WIDEST), 0};
    page.colour = terminal_colour(settings, stdout);
    if (settings->command != NULL) {
        print_command(&page, settings->command);
    } else {
        print_program(&page);
    }
    return output_close(&out, status);
}

int version_print(void) {
    struct output out;
    int status = output_open(&out, NULL);
    const char *features = mtm_features();
    fprintf(out.stream, "mtm %d.%d.%d\nlibmtm %s\nfeatures: %s\n", MTM_VERSION_MAJOR, MTM_VERSION_MINOR,
            MTM_VERSION_PATCH, mtm_version(), features[0] != '\0' ? features : "none");
    return output_close(&out, status);
}
