/* Reads the TSV files while the library is built. A file without its head fails the build: a list that nobody would
 * find must not be left out silently. Not part of the library. */
#include "codelist/generate_file.h"

#include "period/period.h"

#include <stdlib.h>
#include <string.h>

void fail(const char *file, const char *what, const char *label) {
    fprintf(stderr, "generate-codelists: %s: %s%s%s\n", file, what, label[0] != '\0' ? ": " : "", label);
    exit(1);
}

FILE *open_rows(const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fail(path, "cannot be opened", "");
    }
    return file;
}

static int cut_line(char *line, char **columns) {
    int n = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at != NULL && n < MAX_COLUMNS; n++) {
        columns[n] = at;
        at = strchr(at, '\t');
        if (at != NULL) {
            *at++ = '\0';
        }
    }
    return n;
}

int next_row(FILE *file, char **columns) {
    static char line[MAX_LINE];
    while (fgets(line, sizeof line, file) != NULL) {
        if (strchr(line, '\n') == NULL && !feof(file)) {
            fail("a TSV file", "a line is too long", line);
        }
        if (line[0] != '#' && line[0] != '\n') {
            return cut_line(line, columns);
        }
    }
    return 0;
}

char *next_part(char **rest, char mark) {
    char *part = *rest, *end = part == NULL ? NULL : strchr(part, mark);
    if (end != NULL) {
        *end++ = '\0';
    }
    *rest = end;
    return part;
}

static void copy_cell(char *out, size_t size, const file_head *head, const char *text) {
    if (strlen(text) >= size) {
        fail(head->path, "a cell of the first lines is too long", text);
    }
    memcpy(out, text, strlen(text) + 1);
}

static void read_head_line(file_head *out, char *line) {
    char *columns[MAX_COLUMNS];
    int n = cut_line(line, columns);
    if (strcmp(columns[0], "list") == 0 && n == 2) {
        copy_cell(out->list, sizeof out->list, out, columns[1]);
    } else if (strcmp(columns[0], "table") == 0 && n == 2) {
        copy_cell(out->table, sizeof out->table, out, columns[1]);
    } else if (strcmp(columns[0], "source") == 0 && n == 2) {
        copy_cell(out->source, sizeof out->source, out, columns[1]);
    } else if (strcmp(columns[0], "title") == 0 && n == 4) {
        for (int language = 0; language < 3; language++) {
            copy_cell(out->titles[language], sizeof out->titles[language], out, columns[1 + language]);
        }
    } else {
        fail(out->path, "expected \"#! list\", \"#! table\", \"#! title\" (en, ru, kk) or \"#! source\"", columns[0]);
    }
}

void read_head(const char *folder, const char *name, file_head *out) {
    char line[MAX_COLUMNS * 4];
    const char *id;
    memset(out, 0, sizeof *out);
    snprintf(out->path, sizeof out->path, "%s/%s", folder, name);
    FILE *file = open_rows(out->path);
    while (fgets(line, sizeof line, file) != NULL && strncmp(line, "#! ", 3) == 0) {
        read_head_line(out, line + 3);
    }
    fclose(file);
    id = out->list[0] != '\0' ? out->list : out->table;
    if ((out->list[0] != '\0') == (out->table[0] != '\0') || out->source[0] == '\0' ||
        (out->list[0] != '\0' && out->titles[0][0] == '\0')) {
        fail(out->path,
             "expected first lines \"#! list ID\", \"#! title EN RU KK\", \"#! source TEXT\"; docs/howto/code-list.md",
             "");
    }
    if (strncmp(name, id, strlen(id)) != 0 || strcmp(name + strlen(id), ".tsv") != 0) {
        fail(out->path, "expected the file to be named by its id", id);
    }
}

void put_text(const char *text) {
    putchar('"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            putchar('\\');
        }
        putchar(*text);
    }
    putchar('"');
}

void put_day(int32_t day) {
    if (day == INT32_MIN) {
        printf("INT32_MIN");
    } else if (day == INT32_MAX) {
        printf("INT32_MAX");
    } else {
        printf("%d", day);
    }
}

int32_t day_of(const char *text, int32_t otherwise) {
    int year, month, day;
    return sscanf(text, "%d-%d-%d", &year, &month, &day) == 3 ? mtmi_day_from(year, month, day) : otherwise;
}
