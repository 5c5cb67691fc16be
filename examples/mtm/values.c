/* Parses the values of options: numbers, periods, languages, formats, the bytes of a file. Formats are those the
 * library names. */
#include "values.h"

#include "message.h"
#include "progress.h"
#include "suggest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int value_number(const struct settings *settings, option_id id, int least, int most, const char *word, int word_value,
                 int32_t *out) {
    const char *text = settings_value(settings, id);
    char *end = NULL;
    if (text == NULL) {
        return EXIT_FINE;
    }
    if (word != NULL && strcmp(text, word) == 0) {
        *out = word_value;
        return EXIT_FINE;
    }
    long number = text[0] >= '0' && text[0] <= '9' ? strtol(text, &end, 10) : -1;
    if (end == NULL || *end != '\0' || number < least || number > most) {
        return complain_usage(settings->command, "--%s \"%.40s\": expected a whole number from %d to %d%s%s",
                              options[id].name, text, least, most, word != NULL ? ", or " : "",
                              word != NULL ? word : "");
    }
    *out = (int32_t)number;
    return EXIT_FINE;
}

int value_protection(const struct settings *settings, mtm_report_options *out) {
    int status = value_number(settings, OPTION_P_PERCENT, 1, 100, NULL, 0, &out->p_percent);
    if (status == EXIT_FINE) {
        status = value_number(settings, OPTION_DOMINANCE, 1, 100, "off", 0, &out->dominance);
    }
    const char *method = settings_value(settings, OPTION_METHOD);
    if (status == EXIT_FINE && method != NULL) {
        out->method = strcmp(method, "rounding") == 0 ? MTM_METHOD_ROUNDING : MTM_METHOD_SUPPRESSION;
        if (out->method == MTM_METHOD_SUPPRESSION && strcmp(method, "suppression") != 0) {
            status =
                complain_usage(settings->command, "--method: found \"%s\", expected suppression or rounding", method);
        }
    }
    out->ledger = settings_value(settings, OPTION_LEDGER);
    return status;
}

int value_period(const struct settings *settings, option_id id, mtm_period *out, int *has) {
    const char *text = settings_value(settings, id);
    mtm_error err;
    *has = text != NULL;
    if (text == NULL || mtm_period_read(text, out, &err) == MTM_OK) {
        return EXIT_FINE;
    }
    return complain_usage(settings->command, "--%s: %s", options[id].name, err.message);
}

int value_language(const struct settings *settings, mtm_language *out) {
    const char *text = settings_value(settings, OPTION_LANGUAGE);
    *out = MTM_LANGUAGE_EN;
    if (text == NULL || mtm_language_read(text, out, NULL) == MTM_OK) {
        return EXIT_FINE;
    }
    return suggest_words(settings->command, "language", text, "en ru kk");
}

/* Whether the word is one of those separated by spaces. */
static int is_among(const char *word, const char *words) {
    size_t length = strlen(word);
    for (const char *at = words; *at != '\0'; at += *at == ' ') {
        size_t n = strcspn(at, " ");
        if (n == length && strncmp(at, word, n) == 0) {
            return 1;
        }
        at += n;
    }
    return 0;
}

/* Whether the command writes the format; one that only a newer library knows has a name all the same. */
static int is_offered(mtm_format format, const char *words) {
    const char *name = mtm_format_name(format);
    return name != NULL && words != NULL && is_among(name, words);
}

int value_format(const struct settings *settings, mtm_format *out) {
    const char *text = settings_value(settings, OPTION_FORMAT), *path = settings_value(settings, OPTION_OUTPUT);
    const char *words = command_formats(settings->command);
    const char *dot = path != NULL ? strrchr(path, '.') : NULL;
    *out = MTM_FORMAT_TEXT;
    if (text != NULL) {
        int known = mtm_format_read(text, out, NULL) == MTM_OK && is_offered(*out, words);
        return known ? EXIT_FINE : suggest_words(settings->command, "format", text, words);
    }
    if (dot == NULL || strchr(dot, '/') != NULL || mtm_format_read(dot + 1, out, NULL) != MTM_OK ||
        !is_offered(*out, words)) {
        *out = MTM_FORMAT_TEXT;
    }
    return EXIT_FINE;
}

static char *read_all(FILE *stream, size_t *size) {
    size_t room = 1 << 16;
    char *bytes = malloc(room + 1);
    *size = 0;
    while (bytes != NULL) {
        *size += fread(bytes + *size, 1, room - *size, stream);
        if (*size < room) {
            break;
        }
        char *more = room <= (size_t)-1 / 4 ? realloc(bytes, room * 2 + 1) : NULL;
        if (more == NULL) {
            free(bytes);
        }
        bytes = more;
        room *= 2;
    }
    return bytes;
}

int value_file(const char *path, char **out, size_t *size) {
    FILE *stream = fopen(path, "rb");
    *out = NULL;
    *size = 0;
    if (stream == NULL) {
        return complain("%s: cannot be opened: %s", path, strerror(errno));
    }
    *out = read_all(stream, size);
    int number = errno, failed = ferror(stream);
    fclose(stream);
    if (*out != NULL && !failed) {
        (*out)[*size] = '\0';
        return EXIT_FINE;
    }
    free(*out);
    *out = NULL;
    return failed ? complain("%s: cannot be read: %s", path, strerror(number)) : complain("out of memory");
}

int value_reading(const struct settings *settings, mtm_read_options *out, char **resource) {
    const char *path = settings_value(settings, OPTION_RESOURCE);
    size_t size = 0;
    int status = path != NULL ? value_file(path, resource, &size) : EXIT_FINE;
    out->resource = *resource;
    if (settings_has(settings, OPTION_MICRODATA)) {
        out->resource = "{\"name\": \"microdata\", \"path\": \"microdata.csv\", \"mtm\": {\"microdata\": true}}";
        status = path == NULL ? status
                              : complain_usage(settings->command, "--microdata is not taken with --resource, "
                                                                  "which says it by mtm.microdata");
    }
    out->allow_guess = settings_has(settings, OPTION_ALLOW_GUESS);
    out->progress = progress_step;
    return status;
}

/* A code of a list, by the code or by a name in any language. */
static int take_code(const struct settings *settings, option_id id, const char *list, const char *expected,
                     const char **out) {
    const char *text = settings_value(settings, id);
    const mtm_codelist *codes = NULL;
    mtm_match match = {0};
    if (text == NULL) {
        return EXIT_FINE;
    }
    if (mtm_codelist_find(list, &codes, NULL) == MTM_OK) {
        (void)mtm_codelist_match(codes, text, &match, NULL); /* what cannot be read matches nothing */
    }
    if (match.kind != MTM_MATCH_CODE) {
        return complain_usage(settings->command, "--%s: found \"%.40s\", expected %s", list, text, expected);
    }
    *out = match.codes[0];
    return EXIT_FINE;
}

/* Whether a description may say this: the library judges it with a table of one figure. */
static int try_known(const struct settings *settings, option_id id, const char *option, const char *form) {
    static const char figure[] = "period,value\n2024,1\n";
    const char *text = settings_value(settings, id);
    const mtm_source source = MTM_SOURCE_BYTES_INIT(figure, sizeof figure - 1, "figure.csv");
    mtm_read_options read = MTM_READ_OPTIONS_INIT;
    mtm_dataset *dataset = NULL;
    mtm_error err;
    char resource[512];
    if (text == NULL) {
        return EXIT_FINE;
    }
    if (strlen(text) > 200 || strpbrk(text, "\"\\\n\t") != NULL) {
        return complain_usage(settings->command, "%s: found \"%.40s\", expected a code without quotes", option, text);
    }
    snprintf(resource, sizeof resource, form, text);
    read.resource = resource;
    mtm_status status = mtm_dataset_read(&source, &read, &dataset, &err);
    mtm_dataset_free(dataset);
    return status == MTM_OK ? EXIT_FINE : complain_usage(settings->command, "%s: %s", option, err.message);
}

#define FIGURE(properties) "{\"name\": \"figure\", \"path\": \"figure.csv\", \"mtm\": {" properties "}}"

int value_known(const struct settings *settings, mtm_read_options *out) {
    int status = take_code(settings, OPTION_COUNTRY, "country", "a country's code or name, such as KAZ or Kazakhstan",
                           &out->country);
    if (status == EXIT_FINE) {
        status = take_code(settings, OPTION_DIRECTION, "direction", "IN or OUT", &out->direction);
    }
    if (status == EXIT_FINE) {
        status = try_known(settings, OPTION_CONCEPT, "--concept",
                           FIGURE("\"kind\": \"flow\", \"unit\": \"persons\", \"concept\": \"%s\""));
    }
    if (status == EXIT_FINE) {
        status = try_known(settings, OPTION_KIND, "--kind", FIGURE("\"kind\": \"%s\""));
    }
    out->concept_id = settings_value(settings, OPTION_CONCEPT);
    out->kind = settings_value(settings, OPTION_KIND);
    out->unit = settings_value(settings, OPTION_UNIT);
    return status;
}

int value_key(const struct settings *settings, char **out) {
    const char *path = settings_value(settings, OPTION_KEY_FILE);
    size_t size = 0;
    int status = path != NULL ? value_file(path, out, &size) : EXIT_FINE;
    if (status == EXIT_FINE && *out != NULL) {
        (*out)[strcspn(*out, "\r\n \t")] = '\0';
    }
    return status;
}
