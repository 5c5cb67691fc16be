/* Tells whether writing a file would overwrite an input. A data package's files are those its description names: every
 * text of it is compared with the output. */
#include "inputs.h"

#include "message.h"
#include "output.h"
#include "values.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static size_t encode(uint32_t c, char *out) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

/* After a backslash: the character it stands for, as UTF-8. Those beyond U+FFFF are not put together. */
static const char *unescape(const char *at, char *out, size_t *length) {
    static const char letters[] = "bfnrt", controls[] = "\b\f\n\r\t";
    char digits[5] = "";
    const char *letter = *at != '\0' ? strchr(letters, *at) : NULL;
    if (*at == 'u' && strnlen(at, 5) == 5) {
        memcpy(digits, at + 1, 4);
        *length = encode((uint32_t)strtoul(digits, NULL, 16), out);
        return at + 5;
    }
    *out = letter != NULL ? controls[letter - letters] : *at;
    *length = *at != '\0';
    return at + *length;
}

/* A JSON text from after its quote; returns what follows its end. What is too long for a path is left empty. */
static const char *read_text(const char *at, char *out, size_t size) {
    size_t length = 0, n = 1;
    while (*at != '\0' && *at != '"') {
        char bytes[4];
        if (*at == '\\') {
            at = unescape(at + 1, bytes, &n);
        } else {
            bytes[0] = *at++;
            n = 1;
        }
        if (length + n < size) {
            memcpy(out + length, bytes, n);
            length += n;
        }
    }
    out[length] = '\0';
    return *at == '"' ? at + 1 : at;
}

static int names_file(const char *json, const char *folder, const char *path) {
    char text[PATH_MAX], full[2 * PATH_MAX + 2];
    const char *at = strchr(json, '"');
    while (at != NULL) {
        const char *after = read_text(at + 1, text, sizeof text);
        snprintf(full, sizeof full, "%s/%s", folder, text);
        if (text[0] != '\0' && is_same_file(full, path)) {
            return 1;
        }
        at = strchr(after, '"');
    }
    return 0;
}

/* The folder of a data package, and its description. */
static int find_description(const char *operand, char *folder, char *description, size_t size) {
    struct stat about;
    const char *slash = strrchr(operand, '/');
    if (stat(operand, &about) == 0 && S_ISDIR(about.st_mode)) {
        snprintf(folder, size, "%s", operand);
        snprintf(description, size, "%s/datapackage.json", operand);
        return 1;
    }
    snprintf(folder, size, "%.*s", slash != NULL ? (int)(slash - operand) : 1, slash != NULL ? operand : ".");
    snprintf(description, size, "%s", operand);
    return strcmp(slash != NULL ? slash + 1 : operand, "datapackage.json") == 0;
}

static int spare_package(const char *operand, const char *path) {
    char folder[PATH_MAX], description[PATH_MAX], *json = NULL;
    struct stat about;
    size_t size = 0;
    if (!find_description(operand, folder, description, sizeof folder) || stat(path, &about) != 0 ||
        stat(description, &about) != 0 || !S_ISREG(about.st_mode)) {
        return EXIT_FINE; /* nothing there to overwrite, or nothing that names it */
    }
    int status = value_file(description, &json, &size);
    if (status == EXIT_FINE && (is_same_file(description, path) || names_file(json, folder, path))) {
        status =
            complain_usage(NULL, "%s: belongs to the data package and is not overwritten; write to another name", path);
    }
    free(json);
    return status;
}

int inputs_spare(const struct settings *settings, option_id output) {
    static const option_id files[] = {OPTION_CATALOGUE, OPTION_RESOURCE, OPTION_LOAD};
    const char *path = settings_value(settings, output);
    int status = path != NULL ? output_check(path, settings->operands, settings->n_operands) : EXIT_FINE;
    for (size_t i = 0; path != NULL && status == EXIT_FINE && i < sizeof files / sizeof *files; i++) {
        size_t at = 0;
        for (const char *file; status == EXIT_FINE && (file = settings_next(settings, files[i], &at)) != NULL;) {
            status = output_check(path, &file, 1);
        }
    }
    for (size_t i = 0; path != NULL && status == EXIT_FINE && i < settings->n_operands; i++) {
        status = strcmp(path, "-") != 0 ? spare_package(settings->operands[i], path) : EXIT_FINE;
    }
    return status;
}

int inputs_differ(const struct settings *settings, option_id a, option_id b) {
    const char *one = settings_value(settings, a), *other = settings_value(settings, b);
    if (one == NULL || other == NULL || (strcmp(one, other) != 0 && !is_same_file(one, other))) {
        return EXIT_FINE;
    }
    return complain_usage(settings->command, "--%s and --%s name the same file", options[a].name, options[b].name);
}
