/* Builds the JSON specification of `tabulate` (docs/tabulate.md) from its options. Names of dimensions are checked by
 * the library alone. */
#include "specification.h"

#include "message.h"
#include "suggest.h"
#include "table.h"
#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTHS "day month quarter half-year year"

/* "a,b": the next part, without spaces around it; NULL at the end. */
static char *next_part(char **rest) {
    char *part = *rest, *end;
    if (part == NULL) {
        return NULL;
    }
    end = strchr(part, ',');
    *rest = end != NULL ? end + 1 : NULL;
    end = end != NULL ? end : part + strlen(part);
    while (end > part && end[-1] == ' ') {
        end--;
    }
    *end = '\0';
    return part + strspn(part, " ");
}

static int is_length(const char *word) {
    return strcmp(word, "day") == 0 || strcmp(word, "month") == 0 || strcmp(word, "quarter") == 0 ||
           strcmp(word, "half-year") == 0 || strcmp(word, "year") == 0;
}

static void text_list(FILE *stream, char **texts, size_t n) {
    putc('[', stream);
    for (size_t i = 0; i < n; i++) {
        fputs(i > 0 ? ", " : "", stream);
        json_text(stream, texts[i]);
    }
    putc(']', stream);
}

/* One table: its dimensions, its period, what it adds up. */
static void grouping(FILE *stream, char **dimensions, size_t n, const char *every, const char *sum) {
    fputs("{\"by\": ", stream);
    text_list(stream, dimensions, n);
    fputs(", \"period\": ", stream);
    json_text(stream, every);
    if (sum != NULL) {
        fputs(", \"sum\": ", stream);
        json_text(stream, sum);
    }
    putc('}', stream);
}

/* "month,direction": a table for each --sum, or one of counts. */
static int groupings(const struct settings *settings, FILE *stream, const char *by, int is_first) {
    const char *every = settings_value(settings, OPTION_EVERY), *sum;
    char *copy = strdup(by), *rest = copy, *dimensions[64], *part;
    size_t n = 0, at = 0;
    int status = copy != NULL ? EXIT_FINE : complain("out of memory");
    every = every != NULL ? every : "quarter";
    while (status == EXIT_FINE && *by != '\0' && (part = next_part(&rest)) != NULL) {
        if (*part == '\0' || n == sizeof dimensions / sizeof *dimensions) {
            status =
                complain_usage(settings->command, "--by \"%.60s\": expected dimensions with commas between them", by);
        } else if (is_length(part)) {
            every = part;
        } else {
            dimensions[n++] = part;
        }
    }
    sum = settings_next(settings, OPTION_SUM, &at);
    do {
        fputs(is_first ? "" : ", ", stream);
        grouping(stream, dimensions, n, every, sum);
        is_first = 0;
    } while (status == EXIT_FINE && sum != NULL && (sum = settings_next(settings, OPTION_SUM, &at)) != NULL);
    free(copy);
    return status;
}

static int all_groupings(const struct settings *settings, FILE *stream) {
    size_t at = 0;
    int status = EXIT_FINE, is_first = 1;
    const char *every = settings_value(settings, OPTION_EVERY), *by = settings_next(settings, OPTION_BY, &at);
    if (every != NULL && !is_length(every)) {
        return suggest_words(settings->command, "value of --period", every, LENGTHS);
    }
    fputs("\"groupings\": [", stream);
    do {
        status = groupings(settings, stream, by != NULL ? by : "", is_first);
        is_first = 0;
    } while (status == EXIT_FINE && by != NULL && (by = settings_next(settings, OPTION_BY, &at)) != NULL);
    putc(']', stream);
    return status;
}

/* "direction=IN,OUT" */
static int filter(const struct settings *settings, FILE *stream, const char *text) {
    char *copy = strdup(text), *codes[256], *part;
    char *equals = copy != NULL ? strchr(copy, '=') : NULL, *rest = equals != NULL ? equals + 1 : NULL;
    size_t n = 0;
    while ((part = next_part(&rest)) != NULL && *part != '\0' && n < sizeof codes / sizeof *codes) {
        codes[n++] = part;
    }
    int well = n > 0 && part == NULL && equals > copy;
    if (well) {
        *equals = '\0';
        json_text(stream, copy);
        fputs(": ", stream);
        text_list(stream, codes, n);
    }
    free(copy);
    return well ? EXIT_FINE
                : complain_usage(settings->command,
                                 "--filter \"%.60s\": expected a dimension, =, and codes with "
                                 "commas between them, such as direction=IN",
                                 text);
}

static int filters(const struct settings *settings, FILE *stream) {
    size_t at = 0;
    int status = EXIT_FINE, is_first = 1;
    fputs(", \"filter\": {", stream);
    for (const char *text; status == EXIT_FINE && (text = settings_next(settings, OPTION_FILTER, &at)) != NULL;) {
        fputs(is_first ? "" : ", ", stream);
        status = filter(settings, stream, text);
        is_first = 0;
    }
    putc('}', stream);
    return status;
}

static int ages(const struct settings *settings, FILE *stream) {
    const char *text = settings_value(settings, OPTION_AGES);
    size_t length = text != NULL ? strlen(text) : 0;
    if (text == NULL) {
        return EXIT_FINE;
    }
    int well = length > 0 && strspn(text, "0123456789,") == length && strstr(text, ",,") == NULL && *text != ',' &&
               text[length - 1] != ',';
    for (const char *at = text; well && at != NULL; at = strchr(at, ',')) {
        at += *at == ',';
        well = strspn(at, "0123456789") <= 3 && (at[0] != '0' || at[1] == ',' || at[1] == '\0');
    }
    if (!well) {
        return complain_usage(settings->command,
                              "--ages \"%.60s\": expected the first ages of the groups, such as "
                              "0,18,65",
                              text);
    }
    fprintf(stream, ", \"ages\": [%s]", text);
    return EXIT_FINE;
}

static int resource(const struct settings *settings, FILE *stream) {
    const char *path = settings_value(settings, OPTION_RESOURCE);
    char *json = NULL;
    size_t size = 0;
    int status = path != NULL ? value_file(path, &json, &size) : EXIT_FINE;
    if (json != NULL) {
        fputs(", \"resource\": ", stream);
        fwrite(json, 1, size, stream);
    }
    free(json);
    return status;
}

int specification_make(const struct settings *settings, char **out) {
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (stream == NULL) {
        *out = NULL;
        return complain("out of memory");
    }
    putc('{', stream);
    int status = all_groupings(settings, stream);
    if (status == EXIT_FINE && settings_has(settings, OPTION_FILTER)) {
        status = filters(settings, stream);
    }
    if (status == EXIT_FINE) {
        status = ages(settings, stream);
    }
    if (status == EXIT_FINE) {
        status = resource(settings, stream);
    }
    fputs(settings_has(settings, OPTION_SAVE) ? "}" : ", \"coverage\": true}", stream);
    int failed = ferror(stream);
    return fclose(stream) == 0 && !failed ? status : complain("out of memory");
}
