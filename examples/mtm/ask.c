/* Puts questions to a person on a terminal: the table in its colours, the question, its answers by number. An empty line takes
 * what is suggested, or leaves the question open; the end of input ends the command, and nothing is written. */
#include "ask.h"

#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_TRIES = 20, LINE = 256 };

int ask_is_possible(void) {
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static void show(struct asker *asker, const mtm_check *check) {
    mtm_render_options render = MTM_RENDER_OPTIONS_INIT;
    mtm_buffer *text = NULL;
    if (check == NULL || check == asker->shown) {
        return;
    }
    asker->shown = check;
    render.width = terminal_width(stdout);
    render.colour = terminal_colour(asker->settings, stdout);
    if (mtm_check_render(check, MTM_FORMAT_TEXT, &render, &text, NULL) == MTM_OK) {
        putchar('\n');
        fwrite(mtm_buffer_data(text), 1, mtm_buffer_size(text), stdout);
    }
    mtm_buffer_free(text);
}

static void put_question(const struct asker *asker, const mtm_question *question) {
    int colour = terminal_colour(asker->settings, stdout);
    printf("\n%s", colour ? "\033[1m" : "");
    terminal_print(stdout, question->text);
    printf("%s\n", colour ? "\033[0m" : "");
    for (size_t i = 0; i < question->n_choices; i++) {
        printf("  %2zu  %s\n", i + 1, question->choices[i]);
    }
    if (question->suggestion[0] != '\0') {
        printf("[%s] ", question->suggestion);
    } else {
        printf("%s ", question->n_choices > 0 ? "number, or Enter if not known:" : ">");
    }
    fflush(stdout);
}

/* A line without its end and the spaces around it; 0 at the end of input. */
static int read_line(char *line) {
    if (fgets(line, LINE, stdin) == NULL) {
        return 0;
    }
    size_t n = strcspn(line, "\r\n"), first = strspn(line, " \t");
    while (n > first && (line[n - 1] == ' ' || line[n - 1] == '\t')) {
        n--;
    }
    memmove(line, line + (first < n ? first : n), first < n ? n - first : 0);
    line[first < n ? n - first : 0] = '\0';
    return 1;
}

/* The choice that a line means, by its number or its beginning; NULL for none or several. */
static const char *choice_of(const mtm_question *question, const char *line) {
    const char *found = NULL;
    char *end;
    long number = strtol(line, &end, 10);
    if (end != line && *end == '\0') {
        return number > 0 && (size_t)number <= question->n_choices ? question->choices[number - 1] : NULL;
    }
    for (size_t i = 0; i < question->n_choices; i++) {
        if (strcmp(question->choices[i], line) == 0) {
            return question->choices[i];
        }
        if (strncmp(question->choices[i], line, strlen(line)) == 0) {
            if (found != NULL) {
                return NULL;
            }
            found = question->choices[i];
        }
    }
    return found;
}

static void take(char *answer, size_t size, const char *text) {
    (void)snprintf(answer, size, "%s", text);
}

mtm_status ask_question(const mtm_question *question, char *answer, size_t size, void *data) {
    struct asker *asker = data;
    char line[LINE];
    show(asker, question->check);
    for (int turn = 0; turn < MOST_TRIES; turn++) {
        put_question(asker, question);
        if (!read_line(line)) {
            putchar('\n');
            return MTM_ERROR_CANCELLED;
        }
        if (line[0] == '\0' || question->n_choices == 0) {
            take(answer, size, line[0] == '\0' ? question->suggestion : line);
            return MTM_OK;
        }
        const char *choice = choice_of(question, line);
        if (choice != NULL) {
            take(answer, size, choice);
            return MTM_OK;
        }
        printf("Give a number from 1 to %zu, or the word.\n", question->n_choices);
    }
    return MTM_ERROR_CANCELLED;
}
