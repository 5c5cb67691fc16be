/* Words of titles and names that say what a table is about, by the table made of subject.tsv. */
#ifndef MTMI_READ_SUBJECT_SUBJECT_WORDS_H
#define MTMI_READ_SUBJECT_SUBJECT_WORDS_H

#include "base/buffer.h"

#define MTMI_SUBJECT_LIMIT_SIZE 64

typedef enum mtmi_subject {
    MTMI_SUBJECT_CONCEPT,   /* "migration", the more telling words first */
    MTMI_SUBJECT_SCOPE,     /* "internal", "external": moves within the country or across its border */
    MTMI_SUBJECT_DIRECTION, /* "IN", "OUT": by beginnings of words */
    MTMI_SUBJECT_PERMIT_KIND,
    MTMI_SUBJECT_PERMIT_TYPE,
    MTMI_SUBJECT_MENTION, /* "refugees", "round" */
    MTMI_SUBJECT_LIMIT,   /* "refused", "planned": something else is counted */
    MTMI_SUBJECT_PART,    /* "F", "region", "purpose": a part of it is counted */
    MTMI_SUBJECT_NEUTRAL  /* the value is a language: words that change nothing, by their beginnings */
} mtmi_subject;

typedef struct mtmi_subject_word {
    mtmi_subject what;
    const char *value, *word; /* the word is normalised */
    int whole;                /* it counts as a whole word only */
} mtmi_subject_word;

extern const mtmi_subject_word mtmi_subject_words[];
extern const size_t mtmi_n_subject_words;

/* Whether the word counts at a place of the texts where it stands. */
int mtmi_subject_counts_at(const mtmi_subject_word *word, const char *texts, const char *at);
/* Whether texts have the word where it counts. */
int mtmi_subject_has(const char *texts, const mtmi_subject_word *word);
/* Adds a text to those that are searched. One that is no UTF-8 is left out. */
void mtmi_subject_add(mtmi_buffer *texts, const char *text, size_t length);
/* The first word of the table that the texts have; value NULL: whatever it says. NULL for none. */
const mtmi_subject_word *mtmi_subject_find(const char *texts, mtmi_subject what, const char *value);
/* The word that says a or b, where none says the other; NULL where none or both do. */
const mtmi_subject_word *mtmi_subject_only(const char *texts, mtmi_subject what, const char *a, const char *b);

/* A word of the name of the only column of figures by which it holds less than the concept, or something else. NULL for none. */
const char *mtmi_subject_column_limit(const char *name, const char *concept, const char *country,
                                      char out[MTMI_SUBJECT_LIMIT_SIZE]);
/* A word of titles by which something else than the concept is counted: refusals, plans, employers. NULL for none. */
const char *mtmi_subject_denial(const char *titles, const char *concept);
/* subject_limits.c: a word of the titles that says that less than the concept counts, or something else: "women", "refused", a
 * region, another country than `country` (a code of three letters; NULL for none). titles: lines; all: with names of columns and
 * of the file. NULL for none. A word that no row of
 * the table has is given too, in `out`: all words of a title that names what is counted must be accounted for. */
const char *mtmi_subject_limit(const char *titles, const char *all, const char *concept, const char *country,
                               char out[MTMI_SUBJECT_LIMIT_SIZE]);

#endif
