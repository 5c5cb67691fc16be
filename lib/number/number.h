/* One grammar for the numbers of all containers, without locale: a cell and the style of its column give an exact
 * decimal, a reason for no value, or what was expected instead. */
#ifndef MTMI_NUMBER_NUMBER_H
#define MTMI_NUMBER_NUMBER_H

#include <mtm/decimal.h>

#include <stddef.h>

typedef struct mtmi_marks {
    char **marks; /* of a number style or a row filter: normalised (base/text.h) */
    size_t n;
} mtmi_marks;

/* How numbers are written in a column. Empty strings: not declared. Filled with zeros it is a style that declares
 * nothing. */
typedef struct mtmi_number_style {
    char group[8];      /* thousands mark, UTF-8; "" none declared: only spaces of all kinds are taken */
    char decimal[8];    /* decimal mark, UTF-8; "" not declared: "." unless that is not provable */
    int bare;           /* 1: percent signs and currency allowed around the number (Frictionless bareNumber false) */
    int words;          /* "тыс.", "млн", "млрд", "thousand", "million" multiply */
    int parentheses;    /* (5) is -5 */
    int footnotes;      /* trailing footnote marks "1)", "*" are cut, with a note */
    int censored;       /* "<5" is status Q, no value */
    mtmi_marks missing; /* status O: declared missing marks; "" always is one */
    mtmi_marks zero;    /* value 0, such as "-" where the source says so */
    mtmi_marks not_applicable; /* status M, such as "x" */
    mtmi_marks not_available;  /* status L, such as "..." */
    mtmi_marks hidden;         /* status Q, such as "*": never declared, a legend says so */
} mtmi_number_style;

typedef enum mtmi_number_outcome {
    MTMI_NUMBER_OK = 0,    /* value */
    MTMI_NUMBER_NOTE = 1,  /* value, with something repaired: see code */
    MTMI_NUMBER_EMPTY = 2, /* no value: status says which of O, L, M, Q */
    MTMI_NUMBER_BAD = 3    /* refused: code and expected say why */
} mtmi_number_outcome;

/* What a cell proves about its column. A column in which one cell proves a mark to be the decimal mark and another
 * proves it to group thousands contradicts itself: the reader compares, the grammar sees one cell. */
enum {
    MTMI_NUMBER_DECIMAL_POINT = 1, /* "157.2" */
    MTMI_NUMBER_DECIMAL_COMMA = 2, /* "157,2" */
    MTMI_NUMBER_GROUP_POINT = 4,   /* "1.234.567" */
    MTMI_NUMBER_GROUP_COMMA = 8    /* "1,234,567" */
};

typedef struct mtmi_number {
    mtmi_number_outcome outcome;
    mtm_decimal value;    /* with the digits as written: "157.20" is {15720, 2} */
    char status;          /* 'A', or O, L, M, Q without a value */
    int code;             /* diagnostic code of base/diagnostic.h; 0 for none */
    const char *expected; /* static English, for BAD */
    const char *hint;     /* static English, how to fix it; NULL for none */
    size_t offset;        /* byte where it went wrong */
    const char *unit;     /* that stood beside the digits: of unit.tsv, static; NULL for none */
    unsigned proves;      /* bits above; both readings of the mark for MTMI_CODE_NUMBER_AMBIGUOUS, else 0 when BAD */
} mtmi_number;

/* text is valid UTF-8. The marks of a style are kept as mtmi_text_normalise() writes them. */
void mtmi_number_read(const char *text, size_t length, const mtmi_number_style *style, mtmi_number *out);
/* Whether the style is as if filled with zeros. */
int mtmi_number_is_undeclared(const mtmi_number_style *style);
/* Whether the text, as it stands, is one of the marks that the style declares. */
int mtmi_number_is_marked(const mtmi_number_style *style, const char *text, size_t length);

#endif
