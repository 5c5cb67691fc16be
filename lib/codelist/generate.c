/* Runs while the library is built. In: the folder of the TSV files. Out: C tables, to standard output.
 * Labels are normalised by the library's own base/text.c, so that looking up needs no second opinion. Fails when one
 * label would mean two codes without being declared ambiguous. Not part of the library. */
#include "base/text.h"
#include "codelist/tables.h"
#include "period/period.h"

#include <mtm/codelist.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_CODES 512
#define MAX_KEYS 8192
#define MAX_LINE 16384
#define MAX_COLUMNS 256

static const struct {
    const char *id, *titles[3], *source;
} lists[] = {
    {"country", {"Countries and areas", "Страны и территории", "Елдер мен аумақтар"}, "ISO 3166-1; names: Unicode CLDR 48.2, United Nations, state bodies of Kazakhstan"},
    {"country-group", {"Country groups", "Группы стран", "Елдер топтары"}, "Treaties of the groups; M49"},
    {"region-kz", {"Regions of Kazakhstan", "Регионы Казахстана", "Қазақстан өңірлері"}, "KATO (NK RK 11-2021)"},
    {"sector", {"Economic activities", "Виды экономической деятельности", "Экономикалық қызмет түрлері"}, "ISIC Rev. 4, NACE Rev. 2, OKED"},
    {"sex", {"Sex", "Пол", "Жынысы"}, "SDMX CL_SEX"},
    {"age-group", {"Age groups", "Возрастные группы", "Жас топтары"}, "Bureau of National Statistics of Kazakhstan; SDMX CL_AGE"},
    {"residence", {"Urban and rural areas", "Городская и сельская местность", "Қалалық және ауылдық жер"}, "Bureau of National Statistics of Kazakhstan"},
    {"direction", {"Direction", "Направление", "Бағыты"}, "libmtm"},
    {"permit-type", {"Residence permits", "Разрешения на проживание", "Тұруға рұқсаттар"}, "Law of Kazakhstan on migration of the population"},
    {"worker-category", {"Categories of foreign workers", "Категории иностранных работников", "Шетелдік жұмыскерлердің санаттары"}, "Ministry of Labour of Kazakhstan"},
    {"purpose", {"Purpose of entry", "Цель въезда", "Кіру мақсаты"}, "Border Service of Kazakhstan; UN tourism recommendations"},
};

typedef struct key {
    char text[512];
    int kind, is_code, n;
    int codes[8];
} key;

static char codes[MAX_CODES][16];
static size_t n_codes;
static key keys[MAX_KEYS];
static size_t n_keys;
static char groups[32][16];
static size_t n_groups;

static void fail(const char *file, const char *what, const char *label) {
    fprintf(stderr, "generate-codelists: %s: %s: %s\n", file, what, label);
    exit(1);
}

static FILE *open_data(const char *folder, const char *id) {
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s.tsv", folder, id);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fail(path, "cannot be opened", "");
    }
    return file;
}

/* The next line that is no comment, cut at tabs; 0 at the end. */
static int next(FILE *file, char *line, char **columns) {
    while (fgets(line, MAX_LINE, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        int n = 0;
        for (char *at = line; at != NULL && n < MAX_COLUMNS; n++) {
            columns[n] = at;
            at = strchr(at, '\t');
            if (at != NULL) {
                *at++ = '\0';
            }
        }
        return n;
    }
    return 0;
}

static int32_t day_of(const char *text, int32_t otherwise) {
    int year, month, day;
    return sscanf(text, "%d-%d-%d", &year, &month, &day) == 3 ? mtmi_day_from(year, month, day) : otherwise;
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

static void each_part(char *text, char mark, const char *id, int index, int is_code) {
    for (char *at = text; at != NULL && *at != '\0';) {
        char *end = strchr(at, mark);
        if (end != NULL) {
            *end++ = '\0';
        }
        add_key(id, at, MTM_MATCH_CODE, index, is_code);
        at = end;
    }
}

static void c_string(const char *text) {
    putchar('"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            putchar('\\');
        }
        putchar(*text);
    }
    putchar('"');
}

static void c_day(int32_t day) {
    if (day == INT32_MIN) {
        printf("INT32_MIN");
    } else if (day == INT32_MAX) {
        printf("INT32_MAX");
    } else {
        printf("%d", day);
    }
}

/* First pass: the codes alone, for ambiguous.tsv. */
static void read_codes(const char *folder, const char *id) {
    static char line[MAX_LINE];
    char *columns[MAX_COLUMNS];
    FILE *file = open_data(folder, id);
    n_codes = 0;
    while (next(file, line, columns) > 0) {
        snprintf(codes[n_codes++], sizeof *codes, "%s", columns[0]);
    }
    fclose(file);
}

static void read_ambiguous(const char *folder, const char *id) {
    static char line[MAX_LINE];
    char *columns[MAX_COLUMNS];
    FILE *file = open_data(folder, "ambiguous");
    while (next(file, line, columns) == 3) {
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

static void write_codes(const char *folder, const char *id, size_t list) {
    static char line[MAX_LINE];
    char *columns[MAX_COLUMNS];
    FILE *file = open_data(folder, id);
    printf("static const mtmi_code codes_%zu[] = {\n", list);
    for (int i = 0; next(file, line, columns) >= 7; i++) {
        printf("    {");
        c_string(columns[0]);
        printf(", {");
        for (int language = 0; language < 3; language++) {
            c_string(columns[4 + language]);
            printf(language < 2 ? ", " : "}, ");
        }
        c_day(day_of(columns[2], INT32_MIN));
        printf(", ");
        c_day(day_of(columns[3], INT32_MAX));
        printf("},\n");
        add_key(id, columns[0], MTM_MATCH_CODE, i, 1);
        each_part(columns[1], ' ', id, i, 1);
        for (int language = 0; language < 3; language++) {
            add_key(id, columns[4 + language], MTM_MATCH_CODE, i, 0);
        }
        each_part(columns[7], '|', id, i, 0);
    }
    printf("};\n");
    fclose(file);
}

/* Groups are subtotals in a column of countries. */
static void add_groups(const char *folder) {
    static char line[MAX_LINE];
    char *columns[MAX_COLUMNS];
    FILE *file = open_data(folder, "country-group");
    for (int i = 0; next(file, line, columns) >= 8; i++) {
        add_key("country", columns[0], MTM_MATCH_GROUP, i, 1);
        for (int language = 0; language < 3; language++) {
            add_key("country", columns[4 + language], MTM_MATCH_GROUP, i, 0);
        }
        for (char *at = strtok(columns[7], "|"); at != NULL; at = strtok(NULL, "|")) {
            add_key("country", at, MTM_MATCH_GROUP, i, 0);
        }
        snprintf(groups[n_groups++], sizeof *groups, "%s", columns[0]);
    }
    fclose(file);
}

static void add_words(const char *folder, const char *id) {
    static char line[MAX_LINE];
    char *columns[MAX_COLUMNS];
    FILE *file = open_data(folder, "words");
    int n;
    while ((n = next(file, line, columns)) > 0) {
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

static int by_text(const void *a, const void *b) { return strcmp(((const key *)a)->text, ((const key *)b)->text); }

static void write_keys(size_t list) {
    int first = 0;
    qsort(keys, n_keys, sizeof *keys, by_text);
    printf("static const mtmi_key keys_%zu[] = {\n", list);
    for (size_t i = 0; i < n_keys; i++) {
        printf("    {");
        c_string(keys[i].text);
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

static void write_list(const char *folder, size_t list) {
    const char *id = lists[list].id;
    n_keys = 0;
    read_codes(folder, id);
    read_ambiguous(folder, id);
    write_codes(folder, id, list);
    if (strcmp(id, "country") == 0) {
        add_groups(folder);
    }
    add_words(folder, id);
    write_keys(list);
}

static void write_memberships(const char *folder) {
    static char line[MAX_LINE];
    char *columns[MAX_COLUMNS];
    FILE *file = open_data(folder, "membership");
    size_t n = 0;
    printf("const mtmi_membership mtmi_memberships[] = {\n");
    for (; next(file, line, columns) == 4; n++) {
        printf("    {\"%s\", \"%s\", ", columns[0], columns[1]);
        c_day(day_of(columns[2], INT32_MIN));
        printf(", ");
        c_day(day_of(columns[3], INT32_MAX));
        printf("},\n");
    }
    printf("};\nconst size_t mtmi_n_memberships = %zu;\n", n);
    fclose(file);
}

static void write_of_which(const char *folder) {
    static char line[MAX_LINE];
    char *columns[MAX_COLUMNS], text[128];
    FILE *file = open_data(folder, "words");
    size_t total = 0;
    int n;
    printf("const char *const mtmi_of_which[] = {\n");
    while ((n = next(file, line, columns)) > 0) {
        for (int i = 2; i < n && strcmp(columns[0], "of-which") == 0; i++, total++) {
            mtmi_text_normalise(columns[i], strlen(columns[i]), text, sizeof text);
            printf("    ");
            c_string(text);
            printf(",\n");
        }
    }
    printf("};\nconst size_t mtmi_n_of_which = %zu;\n", total);
    fclose(file);
}

int main(int argc, char **argv) {
    const size_t n = sizeof lists / sizeof *lists;
    if (argc != 2) {
        fprintf(stderr, "usage: generate-codelists FOLDER > tables.c\n");
        return 2;
    }
    printf("/* Made by generate.c of the TSV files; not to be edited. */\n#include \"codelist/tables.h\"\n\n");
    for (size_t i = 0; i < n; i++) {
        write_list(argv[1], i);
    }
    write_memberships(argv[1]);
    write_of_which(argv[1]);
    printf("const struct mtm_codelist mtmi_codelists[] = {\n");
    for (size_t i = 0; i < n; i++) {
        printf("    {\"%s\", {", lists[i].id);
        for (int language = 0; language < 3; language++) {
            c_string(lists[i].titles[language]);
            printf(language < 2 ? ", " : "}, ");
        }
        c_string(lists[i].source);
        printf(", codes_%zu, sizeof codes_%zu / sizeof *codes_%zu, keys_%zu, sizeof keys_%zu / sizeof *keys_%zu, targets_%zu},\n", i, i, i, i,
               i, i, i);
    }
    printf("};\nconst size_t mtmi_n_codelists = %zu;\n", n);
    return ferror(stdout) || fflush(stdout) != 0;
}
