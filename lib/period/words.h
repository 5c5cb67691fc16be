/* The words of period labels: each has a class and a number. */
#ifndef MTMI_PERIOD_WORDS_H
#define MTMI_PERIOD_WORDS_H

#include <stddef.h>

/* Classes of tokens; the grammar in shapes.c is written in these letters. Punctuation stands for itself. */
/* What a suffix may stand behind besides any number: a year ("2024 р."), or a small number alone ("2e trimestre"). */
enum { SUFFIX_OF_YEARS = 1, SUFFIX_OF_NUMBERS = 2 };

enum {
    MTMI_WORD_UNKNOWN = '?',
    MTMI_WORD_MONTH = 'm', /* value 1-12 */
    MTMI_WORD_QUARTER = 'q',
    MTMI_WORD_HALF = 'h',
    MTMI_WORD_YEAR = 'y',     /* the word "year" */
    MTMI_WORD_MONTHS = 'k',   /* the word "month" or "months" */
    MTMI_WORD_ROMAN = 'r',    /* value 1-4: Roman numerals and ordinal words */
    MTMI_WORD_CARDINAL = 'c', /* value 1-12 */
    MTMI_WORD_SUFFIX = 'x',   /* of an ordinal number: -th, -й, -ші */
    MTMI_WORD_FILLER = 'f',
    MTMI_WORD_AS_OF = '@', /* value 1 when it may also mean "for": на */
    MTMI_WORD_BEGIN = 'b',
    MTMI_WORD_END = 'e',
    MTMI_WORD_FROM = '<',
    MTMI_WORD_TO = '>',
    MTMI_WORD_MONTH_SIGN = 'g', /* makes a month of the number before it: 月, сар */
    MTMI_WORD_FIRST_HALF = '1', /* a half-year and its number in one word */
    MTMI_WORD_SECOND_HALF = '2',
    MTMI_WORD_TO_DATE = '^' /* from the start of the year */
};
/* The letters of SDMX stand as capitals: A D M S T W Z. */

typedef struct mtmi_period_word {
    char class;
    int value;
    int dative; /* a Kazakh dative: "by the 1st of July" */
} mtmi_period_word;

/* One word of letters, normalised. */
mtmi_period_word mtmi_period_word_find(const char *word, size_t length);
/* neighbour_words.c: the same in the languages of the neighbours; 1 when it is one. */
int mtmi_period_neighbour_find(const char *word, size_t length, mtmi_period_word *out);
/* The same of a sign at the beginning of text that needs no space beside it; returns its length in bytes, 0 for none. */
size_t mtmi_period_sign_find(const char *text, size_t length, mtmi_period_word *out);
/* Several words that mean one thing, joined by single spaces, at the beginning of text; returns its length in
 * bytes, 0 for none. */
size_t mtmi_period_phrase_find(const char *text, size_t length, mtmi_period_word *out);

#endif
