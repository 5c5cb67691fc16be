/* Writes the tables of header words, HXL tags and dimensions while the library is built, from the TSV files of this folder.
 * A word with two meanings fails the build. Not part of the library. */
#include "base/text.h"
#include "codelist/generate_file.h"
#include "read/table/header_words.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_NAMES = 4096, NAME_SIZE = 256 };

/* A name and the row that says what it means. */
typedef struct name {
    char text[NAME_SIZE];
    int row, sdmx;
} name;

static name names[MAX_NAMES];
static size_t n_names;

/* "period-start" is MTMI_ROLE_PERIOD_START; an empty cell is `empty`. */
static void put_enumerator(const char *prefix, const char *text, const char *empty) {
    if (text[0] == '\0') {
        printf("%s", empty);
        return;
    }
    printf("%s", prefix);
    for (; *text != '\0'; text++) {
        putchar(*text == '-' ? '_' : *text >= 'a' && *text <= 'z' ? *text - 32 : *text);
    }
}

static void put_or_null(const char *text) {
    if (text[0] == '\0') {
        printf("NULL");
    } else {
        put_text(text);
    }
}

/* "sex=M counted=PERSONS" is {{"sex", "M"}, {"counted", "PERSONS"}}. */
static void put_members(const char *path, char *text) {
    size_t n = 0;
    printf("{");
    char *rest = text[0] != '\0' ? text : NULL;
    for (char *at = NULL; (at = next_part(&rest, ' ')) != NULL; n++) {
        char *code = strchr(at, '=');
        if (code == NULL || n == MTMI_MEANING_MEMBERS) {
            fail(path, "expected up to three members such as sex=M", at);
            return; /* fail ends the program */
        }
        *code++ = '\0';
        printf("%s{", n > 0 ? ", " : "");
        put_text(at);
        printf(", ");
        put_text(code);
        printf("}");
    }
    printf("%s}", n == 0 ? "{NULL, NULL}" : "");
}

/* As lib/read/table/header_words.c compares names: "_" is a space, and spaces are not repeated. */
static void normalise_name(const char *path, const char *text, int sdmx, char out[NAME_SIZE]) {
    size_t n = sdmx ? strlen(text) : mtmi_text_normalise(text, strlen(text), out, NAME_SIZE), at = 0;
    if (n == 0 || n >= NAME_SIZE) {
        fail(path, "cannot be normalised", text);
    }
    if (sdmx) {
        memcpy(out, text, n + 1);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        char c = out[i] == '_' ? ' ' : out[i];
        if (c != ' ' || (at > 0 && out[at - 1] != ' ')) {
            out[at++] = c;
        }
    }
    at -= at > 0 && out[at - 1] == ' ';
    out[at] = '\0';
}

static void add_names(const char *path, char *list, int row, int sdmx) {
    for (char *at = NULL; (at = next_part(&list, '|')) != NULL;) {
        int is_known = 0;
        if (n_names == MAX_NAMES) {
            fail(path, "too many names", at);
        }
        normalise_name(path, at, sdmx, names[n_names].text);
        for (size_t i = 0; i < n_names; i++) {
            int same = names[i].sdmx == sdmx && strcmp(names[i].text, names[n_names].text) == 0;
            if (same && names[i].row != row) {
                fail(path, "one name with two meanings", at);
            }
            is_known |= same;
        }
        names[n_names].row = row;
        names[n_names].sdmx = sdmx;
        n_names += !is_known;
    }
}

static int by_text(const void *a, const void *b) {
    const name *left = a, *right = b;
    return left->sdmx != right->sdmx ? left->sdmx - right->sdmx : strcmp(left->text, right->text);
}

static void write_names(void) {
    size_t n_words = 0;
    qsort(names, n_names, sizeof *names, by_text);
    printf("const mtmi_header_name mtmi_header_names[] = {\n");
    for (size_t i = 0; i < n_names; i++) {
        printf("    {");
        put_text(names[i].text);
        printf(", %d},\n", names[i].row);
        n_words += !names[i].sdmx;
    }
    printf("};\nconst size_t mtmi_n_header_words = %zu, mtmi_n_header_names = %zu;\n", n_words, n_names);
}

static void write_roles(const char *path) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path);
    int n, row = 0;
    printf("const mtmi_role_row mtmi_role_rows[] = {\n");
    for (; (n = next_row(file, columns)) > 0; row++) {
        int sdmx = strcmp(columns[0], "sdmx") == 0;
        if (n != 7 || (!sdmx && strcmp(columns[0], "word") != 0)) {
            fail(path, "expected match, role, dimension, part, codes, member, names", columns[0]);
        }
        printf("    {");
        put_enumerator("MTMI_ROLE_", columns[1], "MTMI_ROLE_IGNORE");
        printf(", ");
        put_or_null(columns[2]);
        printf(", ");
        put_enumerator("MTMI_PART_", columns[3], "MTMI_PART_WHOLE");
        printf(", %d, ", columns[4][0] != '\0');
        put_members(path, columns[5]);
        printf("},\n");
        add_names(path, columns[6], row, sdmx);
    }
    printf("};\n");
    fclose(file);
    write_names();
}

static void write_hxl(const char *path) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path);
    int n, row = 0;
    printf("const mtmi_hxl_row_of mtmi_hxl_rows[] = {\n");
    for (; (n = next_row(file, columns)) > 0; row++) {
        if (n != 7) {
            fail(path, "expected tags, attributes, role, dimension, part, codes, member", columns[0]);
        }
        printf("    {");
        put_text(columns[0]);
        printf(", ");
        put_text(columns[1]);
        printf(", ");
        put_enumerator("MTMI_ROLE_", columns[2], "-1");
        printf(", ");
        put_or_null(columns[3]);
        printf(", ");
        put_enumerator("MTMI_PART_", columns[4], "-1");
        printf(", %d, ", columns[5][0] != '\0');
        put_members(path, columns[6]);
        printf("},\n");
    }
    printf("};\nconst size_t mtmi_n_hxl_rows = %d;\n", row);
    fclose(file);
}

static void write_dimensions(const char *path) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path);
    int n, row = 0;
    printf("const mtmi_dimension_row mtmi_dimension_rows[] = {\n");
    for (; (n = next_row(file, columns)) > 0; row++) {
        if (n != 3) {
            fail(path, "expected dimension, list, columns", columns[0]);
        }
        printf("    {");
        put_text(columns[0]);
        printf(", ");
        put_text(columns[1]);
        printf(", %d},\n", columns[2][0] != '\0');
    }
    printf("};\nconst size_t mtmi_n_dimension_rows = %d;\n", row);
    fclose(file);
}

int main(int argc, char **argv) {
    static const struct {
        const char *file;
        void (*write)(const char *path);
    } tables[] = {{"roles.tsv", write_roles}, {"hxl.tsv", write_hxl}, {"dimensions.tsv", write_dimensions}};
    if (argc != 2) {
        fprintf(stderr, "usage: generate-header-words FOLDER > tables.c\n");
        return 2;
    }
    printf("/* Made by generate_roles.c of the TSV files; not to be edited. */\n#include "
           "\"read/table/role_tables.h\"\n\n");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        static file_head head;
        read_head(argv[1], tables[i].file, &head);
        tables[i].write(head.path);
    }
    return ferror(stdout) || fflush(stdout) != 0;
}
