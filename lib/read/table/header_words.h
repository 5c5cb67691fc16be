/* What the name of a column says: words of headers in English, Russian and Kazakh, the names of SDMX-CSV, HXL tags.
 * Tables and microdata are read by the same words; declarations come before them. */
#ifndef MTMI_READ_TABLE_HEADER_WORDS_H
#define MTMI_READ_TABLE_HEADER_WORDS_H

#include "read/table/rows.h"

/* A column may hold a part of the period: the year here, the quarter beside it. */
typedef enum mtmi_header_part {
    MTMI_PART_WHOLE = 0,
    MTMI_PART_YEAR,
    MTMI_PART_HALF,
    MTMI_PART_QUARTER,
    MTMI_PART_MONTH,
    MTMI_PART_INTERVIEW,  /* the day of an interview: the period only where no other column is */
    MTMI_PART_MULTIPLIER, /* role IGNORE: UNIT_MULT of SDMX, which must say what the resource says */
    MTMI_PART_ACTION      /* role IGNORE: ACTION of SDMX-CSV */
} mtmi_header_part;

/* What figures of a column are about; static. */
typedef struct mtmi_member_of {
    const char *dimension, *code;
} mtmi_member_of;

#define MTMI_MEANING_MEMBERS 3

typedef struct mtmi_meaning {
    mtmi_role role;        /* INFER: the name says nothing */
    const char *dimension; /* DIMENSION: static; NULL else */
    mtmi_header_part part;
    mtmi_how how;
    int codes;                                    /* DIMENSION: the column holds codes */
    mtmi_member_of members[MTMI_MEANING_MEMBERS]; /* VALUE: #affected+f; NULL for none */
} mtmi_meaning;

#define MTMI_NAMES_LOOKED                                                                                              \
    256u                    /* cells of a row that are looked at to tell a header: a wide one is known by its first */
#define MTMI_NAME_SIZE 256u /* bytes of a normalised name; a longer one says nothing */

/* The form in which names are compared: base/text.h, and "_" is a space. Returns the length, 0 when it does not fit or
 * is no UTF-8. */
size_t mtmi_name_normalise(const char *name, size_t length, char out[MTMI_NAME_SIZE]);
int mtmi_name_same(const char *a, size_t a_length, const char *b, size_t b_length);

/* By a word; also without what stands in parentheses or after a comma. 1 when it says something. */
int mtmi_header_word(const char *name, size_t length, mtmi_meaning *out);

/* hxl.c: by a tag, "#affected+f". 1 when it says something; *malformed: it is no well-formed tag ("#date+2013"). */
int mtmi_hxl_tag(const char *tag, size_t length, mtmi_meaning *out, int *malformed);
/* Whether a row is a tag row. */
int mtmi_hxl_row(const mtmi_cell *cells, size_t n);

/* The code list of a dimension by its name: "citizenship" has countries. NULL for none. */
const mtm_codelist *mtmi_dimension_list(const char *dimension);

#endif
