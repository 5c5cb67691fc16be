/* Writes the C tables of the code lists while the library is built; it is no part of it. Every *.tsv of the folder is
 * taken, described by its first lines (generate_file.h). It fails where one label would mean two codes and is not
 * declared ambiguous. */
#include "base/text.h"
#include "codelist/generate_file.h"
#include "codelist/generate_words.h"
#include "codelist/tables.h"

#include <mtm/codelist.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FILES 64
#define MAX_CODES 512
#define MAX_KEYS 8192

static file_head heads[MAX_FILES];
static size_t n_heads;

typedef struct key {
    char text[512];
    int kind, is_code, n;
    int codes[8];
} key;

static char codes[MAX_CODES][16];
static size_t n_codes;
static key keys[MAX_KEYS];
static size_t n_keys;

/* The path of a file by its id; fails where there is none. */
static const char *path_of(const char *id) {
    for (size_t i = 0; i < n_heads; i++) {
        if (strcmp(heads[i].list, id) == 0 || strcmp(heads[i].table, id) == 0) {
            return heads[i].path;
        }
    }
    fail("data", "no such file", id);
    return NULL;
}

static key *find_key(const char *text) {
    for (size_t i = 0; i < n_keys; i++) {
        if (strcmp(keys[i].text, text) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

/* ambiguous keys are added first and win; otherwise one label is one code. */
static void add_key(const char *id, const char *label, int kind, int code, int is_code) {
    key fresh = {"", kind, is_code, code >= 0, {code}};
    size_t length = mtmi_text_normalise(label, strlen(label), fresh.text, sizeof fresh.text);
    if (length == 0 || length >= sizeof fresh.text) {
        fail(id, "cannot be normalised", label);
    }
    key *old = find_key(fresh.text);
    if (old != NULL && kind == MTM_MATCH_AMBIGUOUS && old->kind == MTM_MATCH_AMBIGUOUS) {
        old->codes[old->n++] = code;
        return;
    }
    if (old != NULL) {
        int same = old->kind == kind && (code < 0 || old->codes[0] == code);
        if (!same && old->kind != MTM_MATCH_AMBIGUOUS && kind == MTM_MATCH_CODE) {
            fail(id, "one label for two codes; declare it in ambiguous.tsv or remove it", label);
        }
        old->is_code |= same && is_code;
        return;
    }
    if (n_keys == MAX_KEYS) {
        fail(id, "too many labels", label);
    }
    keys[n_keys++] = fresh;
}

static int code_index(const char *code) {
    for (size_t i = 0; i < n_codes; i++) {
        if (strcmp(codes[i], code) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static void add_parts(char *text, char mark, const char *id, int index, int is_code) {
    for (char *at = NULL; (at = next_part(&text, mark)) != NULL;) {
        if (at[0] != '\0') {
            add_key(id, at, MTM_MATCH_CODE, index, is_code);
        }
    }
}

/* First pass: the codes alone, for ambiguous.tsv. */
static void read_codes(const char *id) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path_of(id));
    n_codes = 0;
    for (int n; (n = next_row(file, columns)) > 0;) {
        if (n != 8 || n_codes == MAX_CODES || strlen(columns[0]) >= sizeof *codes) {
            fail(path_of(id), "expected 8 cells: code, codes, from, to, en, ru, kk, variants", columns[0]);
        }
        memcpy(codes[n_codes++], columns[0], strlen(columns[0]) + 1);
    }
    fclose(file);
}

static void read_ambiguous(const char *id) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path_of("ambiguous"));
    for (int n; (n = next_row(file, columns)) > 0;) {
        if (n != 3) {
            fail("ambiguous.tsv", "expected 3 cells: list, label, codes", columns[0]);
        }
        if (strcmp(columns[0], id) != 0) {
            continue;
        }
        for (char *at = strtok(columns[2], " "); at != NULL; at = strtok(NULL, " ")) {
            if (code_index(at) < 0) {
                fail("ambiguous.tsv", "no such code", at);
            }
            add_key(id, columns[1], MTM_MATCH_AMBIGUOUS, code_index(at), 0);
        }
    }
    fclose(file);
}

static void write_codes(const char *id, size_t list) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path_of(id));
    printf("static const mtmi_code codes_%zu[] = {\n", list);
    for (int i = 0; next_row(file, columns) > 0; i++) {
        printf("    {");
        put_text(columns[0]);
        printf(", {");
        for (int language = 0; language < 3; language++) {
            put_text(columns[4 + language]);
            printf(language < 2 ? ", " : "}, ");
        }
        put_day(day_of(columns[2], INT32_MIN));
        printf(", ");
        put_day(day_of(columns[3], INT32_MAX));
        printf("},\n");
        add_key(id, columns[0], MTM_MATCH_CODE, i, 1);
        add_parts(columns[1], ' ', id, i, 1);
        for (int language = 0; language < 3; language++) {
            add_key(id, columns[4 + language], MTM_MATCH_CODE, i, 0);
        }
        add_parts(columns[7], '|', id, i, 0);
    }
    printf("};\n");
    fclose(file);
}

/* Groups are subtotals in a column of countries. */
static void add_groups(void) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path_of("country-group"));
    for (int i = 0; next_row(file, columns) > 0; i++) {
        add_key("country", columns[0], MTM_MATCH_GROUP, i, 1);
        for (int language = 0; language < 3; language++) {
            add_key("country", columns[4 + language], MTM_MATCH_GROUP, i, 0);
        }
        for (char *at = strtok(columns[7], "|"); at != NULL; at = strtok(NULL, "|")) {
            add_key("country", at, MTM_MATCH_GROUP, i, 0);
        }
    }
    fclose(file);
}

static void add_words(const char *id) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path_of("words"));
    int n;
    while ((n = next_row(file, columns)) > 0) {
        int kind = strcmp(columns[0], "total") == 0     ? MTM_MATCH_TOTAL
                   : strcmp(columns[0], "other") == 0   ? MTM_MATCH_OTHER
                   : strcmp(columns[0], "unknown") == 0 ? MTM_MATCH_UNKNOWN
                                                        : MTM_MATCH_NONE;
        if (kind == MTM_MATCH_NONE || (strcmp(columns[1], "*") != 0 && strcmp(columns[1], id) != 0)) {
            continue;
        }
        for (int i = 2; i < n; i++) {
            add_key(id, columns[i], kind, -1, 0);
        }
    }
    fclose(file);
}

static int by_text(const void *a, const void *b) {
    return strcmp(((const key *)a)->text, ((const key *)b)->text);
}

static void write_keys(size_t list) {
    int first = 0;
    qsort(keys, n_keys, sizeof *keys, by_text);
    printf("static const mtmi_key keys_%zu[] = {\n", list);
    for (size_t i = 0; i < n_keys; i++) {
        printf("    {");
        put_text(keys[i].text);
        printf(", %d, %d, %d, %d},\n", keys[i].kind, keys[i].n, first, keys[i].is_code);
        first += keys[i].n;
    }
    printf("};\nstatic const int16_t targets_%zu[] = {", list);
    for (size_t i = 0; i < n_keys; i++) {
        for (int k = 0; k < keys[i].n; k++) {
            printf("%d,", keys[i].codes[k]);
        }
    }
    printf("};\n");
}

static void write_list(const char *id, size_t list) {
    n_keys = 0;
    read_codes(id);
    read_ambiguous(id);
    write_codes(id, list);
    if (strcmp(id, "country") == 0) {
        add_groups();
    }
    add_words(id);
    write_keys(list);
}

static const char *id_of(const file_head *head) {
    return head->list[0] != '\0' ? head->list : head->table;
}

static int by_id(const void *a, const void *b) {
    return strcmp(id_of(a), id_of(b));
}

/* Every file of the folder, in the order of their ids. */
static void read_heads(const char *folder) {
    DIR *directory = opendir(folder);
    struct dirent *entry;
    if (directory == NULL) {
        fail(folder, "cannot be opened", "");
    }
    while ((entry = readdir(directory)) != NULL) {
        size_t n = strlen(entry->d_name);
        if (entry->d_name[0] == '.' || n < 5 || strcmp(entry->d_name + n - 4, ".tsv") != 0) {
            continue;
        }
        if (n_heads == MAX_FILES) {
            fail(folder, "too many files", entry->d_name);
        }
        read_head(folder, entry->d_name, &heads[n_heads++]);
    }
    closedir(directory);
    qsort(heads, n_heads, sizeof *heads, by_id);
}

/* What is no code list: each table has its writer. */
static void write_table(const file_head *head) {
    static const struct {
        const char *table;
        void (*write)(const char *path); /* NULL: read beside each list, or by make-country.py */
    } tables[] = {{"ambiguous", NULL},
                  {"variants", NULL},
                  {"membership", write_memberships},
                  {"territory", write_territories},
                  {"words", write_phrases},
                  {"unit", write_units},
                  {"magnitude", write_magnitudes}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (strcmp(tables[i].table, head->table) == 0) {
            if (tables[i].write != NULL) {
                tables[i].write(head->path);
            }
            return;
        }
    }
    fail(head->path, "a table that nothing reads; a code list begins with \"#! list\"", head->table);
}

static void write_index(void) {
    size_t n = 0;
    printf("const struct mtm_codelist mtmi_codelists[] = {\n");
    for (size_t i = 0; i < n_heads; i++) {
        if (heads[i].list[0] == '\0') {
            continue;
        }
        printf("    {\"%s\", {", heads[i].list);
        for (int language = 0; language < 3; language++) {
            put_text(heads[i].titles[language]);
            printf(language < 2 ? ", " : "}, ");
        }
        put_text(heads[i].source);
        printf(", codes_%zu, sizeof codes_%zu / sizeof *codes_%zu, keys_%zu, sizeof keys_%zu / sizeof *keys_%zu, "
               "targets_%zu},\n",
               i, i, i, i, i, i, i);
        n++;
    }
    printf("};\nconst size_t mtmi_n_codelists = %zu;\n", n);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: generate-codelists FOLDER > tables.c\n");
        return 2;
    }
    printf("/* Made by generate.c of the TSV files; not to be edited. */\n#include \"codelist/tables.h\"\n\n");
    read_heads(argv[1]);
    for (size_t i = 0; i < n_heads; i++) {
        if (heads[i].list[0] != '\0') {
            write_list(heads[i].list, i);
        } else {
            write_table(&heads[i]);
        }
    }
    write_index();
    return ferror(stdout) || fflush(stdout) != 0;
}
