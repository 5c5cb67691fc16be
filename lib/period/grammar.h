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

/* How a shape is read once it fits. v are the values of its numbers, months and numerals, in order. */
typedef enum mtmi_shape_form {
    MTMI_SHAPE_YEAR,
    MTMI_SHAPE_UNIT_NY,
    MTMI_SHAPE_UNIT_YN,
    MTMI_SHAPE_THIRD,
    MTMI_SHAPE_MONTH_NY,
    MTMI_SHAPE_MONTH_YN,
    MTMI_SHAPE_MONTH_DIGITS,
    MTMI_SHAPE_DAY_YMD,
    MTMI_SHAPE_DAY_YDM,
    MTMI_SHAPE_DAY_DMY,
    MTMI_SHAPE_DAY_MDY,
    MTMI_SHAPE_DAY_DIGITS,
    MTMI_SHAPE_DAY_EIGHT,
    MTMI_SHAPE_DAY_OF_YEAR,
    MTMI_SHAPE_WEEK,
    MTMI_SHAPE_SDMX_YEAR,
    MTMI_SHAPE_MONTHS_NY,
    MTMI_SHAPE_MONTHS_YN,
    MTMI_SHAPE_FIRST_MONTHS_NY,
    MTMI_SHAPE_FIRST_MONTHS_YN,
    MTMI_SHAPE_RANGE_MMY,
    MTMI_SHAPE_RANGE_YMM,
    MTMI_SHAPE_RANGE_DDMY,
    MTMI_SHAPE_RANGE_DMDMY,
    MTMI_SHAPE_RANGE_MDDY,
    MTMI_SHAPE_RANGE_MDMDY,
    MTMI_SHAPE_RANGE_YDDM,
    MTMI_SHAPE_RANGE_YDMDM,
    MTMI_SHAPE_RANGE_DIGITS,
    MTMI_SHAPE_RANGE_UNITS_NNY,
    MTMI_SHAPE_RANGE_UNITS_YNN,
    MTMI_SHAPE_BEGIN,
    MTMI_SHAPE_END,
    MTMI_SHAPE_BEGIN_MONTH_YM,
    MTMI_SHAPE_END_MONTH_MY,
    MTMI_SHAPE_END_MONTH_YM,
    MTMI_SHAPE_BEGIN_MONTH_MY
} mtmi_shape_form;

typedef struct mtmi_shape_match {
    mtmi_shape_form form;
    int v[8];
    int unit;   /* months of the unit word: 3 or 6; 0 none */
    int words;  /* a month or a count of months is named in words */
    int digits; /* digits of the first value that is a small number */
} mtmi_shape_match;

/* shape_periods.c: the period of a shape that fits. */
void mtmi_shape_put(mtmi_period_label *out, const mtmi_shape_match *found, int order);
void mtmi_shape_refuse(mtmi_period_label *out, const char *expected);
void mtmi_shape_put_range(mtmi_period_label *out, mtm_period from, mtm_period to);
/* January to a later month, in words: the way cumulative tables are headed. */
int mtmi_shape_is_year_to_date(const mtmi_period_label *label);

#endif
