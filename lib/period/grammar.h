/* Between the three steps of reading a label: tokens, shapes, the label itself. Private to this room. */
#ifndef MTMI_PERIOD_GRAMMAR_H
#define MTMI_PERIOD_GRAMMAR_H

#include "period/period.h"
#include "period/words.h"

#define MTMI_PERIOD_TOKENS 24
#define MTMI_PERIOD_LABEL 160 /* bytes of a label after normalising */

/* Classes of numbers, beside those of words. */
enum {
    MTMI_TOKEN_YEAR = 'Y',  /* four digits, MTMI_YEAR_FIRST to MTMI_YEAR_LAST */
    MTMI_TOKEN_SMALL = 'n', /* one or two digits */
    MTMI_TOKEN_NTH = 'u',   /* the same with an ordinal suffix */
    MTMI_TOKEN_THREE = '3',
    MTMI_TOKEN_SIX = 'C',
    MTMI_TOKEN_EIGHT = 'E',
    MTMI_TOKEN_OTHER = 'N'
};

enum { MTMI_YEAR_FIRST = 1800, MTMI_YEAR_LAST = 2199 };

typedef struct mtmi_token {
    char class;
    int value;
    int digits;    /* of a number */
    int spaced;    /* a space stands before it */
    size_t offset; /* in the normalised text */
} mtmi_token;

typedef struct mtmi_tokens {
    mtmi_token at[MTMI_PERIOD_TOKENS];
    size_t n;
    int as_of;   /* 1 "as of": a stock's date; 2 "на", which may also mean "for" */
    int to_date; /* the words say: from the start of the year */
} mtmi_tokens;

/* Cuts a normalised label into tokens; 0 with *offset when it has too many or a character of no label. */
int mtmi_tokens_read(const char *text, size_t length, mtmi_tokens *out, size_t *offset);
/* Drops what says nothing: fillers, commas, full stops after abbreviations, the word "year" beside a year. */
void mtmi_tokens_tidy(mtmi_tokens *tokens);

/* The period that tokens [from, to) spell. Fills out but its offset. order as mtmi_period_read. */
void mtmi_shape_read(const mtmi_tokens *tokens, int order, mtmi_period_label *out);

/* A calendar date; 0 when there is no such day. */
int mtmi_date_make(int year, int month, int day, mtm_period *out);

#endif
