/* Writes the table of subject words while the library is built, from subject.tsv. A word that says two things of one matter
 * fails the build. Not part of the library. */
#include "base/text.h"
#include "codelist/generate_file.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 2048, WORD_SIZE = 128, SHORT = 4 };

typedef struct known_word {
    char what[24], value[32], text[WORD_SIZE];
} known_word;

static known_word known[MAX_WORDS];
static size_t n_known;

static const struct {
    const char *name, *enumerator;
} matters[] = {{"concept", "MTMI_SUBJECT_CONCEPT"},
               {"scope", "MTMI_SUBJECT_SCOPE"},
               {"direction", "MTMI_SUBJECT_DIRECTION"},
               {"permit-kind", "MTMI_SUBJECT_PERMIT_KIND"},
               {"permit-type", "MTMI_SUBJECT_PERMIT_TYPE"},
               {"mention", "MTMI_SUBJECT_MENTION"},
               {"limit", "MTMI_SUBJECT_LIMIT"},
               {"part", "MTMI_SUBJECT_PART"},
               {"neutral", "MTMI_SUBJECT_NEUTRAL"}};

static const char *enumerator_of(const char *path, const char *what) {
    for (size_t i = 0; i < sizeof matters / sizeof *matters; i++) {
        if (strcmp(matters[i].name, what) == 0) {
            return matters[i].enumerator;
        }
    }
    fail(path, "expected concept, scope, direction, permit-kind, permit-type, mention, limit, part or neutral", what);
    return NULL;
}

/* 0 where the word was there. */
static int add_word(const char *path, char **columns, const char *word) {
    known_word *own = &known[n_known];

    if (n_known == MAX_WORDS || strlen(columns[0]) >= sizeof own->what || strlen(columns[1]) >= sizeof own->value) {
        fail(path, "too many or too long words", word);
    }
    if (mtmi_text_normalise(word, strlen(word), own->text, sizeof own->text) >= sizeof own->text) {
        fail(path, "cannot be normalised", word);
    }
    memcpy(own->what, columns[0], strlen(columns[0]) + 1);
    memcpy(own->value, columns[1], strlen(columns[1]) + 1);
    for (size_t i = 0; i < n_known; i++) {
        if (strcmp(known[i].what, own->what) == 0 && strcmp(known[i].text, own->text) == 0) {
            if (strcmp(known[i].value, own->value) != 0 && strcmp(own->what, "neutral") != 0) {
                fail(path, "one word with two meanings", word);
            }
            return 0;
        }
    }
    n_known++;
    return 1;
}

static void write_words(const char *path, char **columns) {
    char *rest = columns[3];

    for (char *at = NULL; (at = next_part(&rest, '|')) != NULL;) {
        if (!add_word(path, columns, at)) {
            continue;
        }
        const char *text = known[n_known - 1].text;
        printf("    {%s, ", enumerator_of(path, columns[0]));
        put_text(columns[1]);
        printf(", ");
        put_text(text);
        printf(", %d},\n", mtmi_text_characters(text, strlen(text)) <= SHORT);
    }
}

int main(int argc, char **argv) {
    static file_head head;
    char *columns[MAX_COLUMNS];
    int n;

    if (argc != 2) {
        fprintf(stderr, "usage: generate-subject-words FOLDER > table.c\n");
        return 2;
    }
    read_head(argv[1], "subject.tsv", &head);
    printf("/* Made by generate_subject_words.c of subject.tsv; not to be edited. */\n"
           "#include \"read/subject/subject_words.h\"\n\nconst mtmi_subject_word mtmi_subject_words[] = {\n");
    FILE *file = open_rows(head.path);
    while ((n = next_row(file, columns)) > 0) {
        if (n != 4 || columns[2][0] == '\0') {
            fail(head.path, "expected what, value, source, words", columns[0]);
        }
        write_words(head.path, columns);
    }
    fclose(file);
    printf("};\nconst size_t mtmi_n_subject_words = %zu;\n", n_known);
    return ferror(stdout) || fflush(stdout) != 0;
}
