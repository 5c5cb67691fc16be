/* The answers of a survey in memory: columns of words (numbered, each distinct word kept once) or of numbers. Numbers of
 * words take one, two or four bytes, by how many words there are. */
#ifndef MTMI_SURVEY_SURVEY_FRAME_H
#define MTMI_SURVEY_SURVEY_FRAME_H

#include "base/map.h"
#include "survey/math/amount.h"

#include <jansson.h>

#include <mtm/status.h>

typedef struct mtmi_survey_column {
    char *name;
    int is_number;
    int is_made;      /* of other columns, by what the package declares */
    mtmi_comma comma; /* what commas part in its numbers */
    mtmi_map words;   /* columns of words: code to text */
    void *codes;      /* by row, width bytes each; NULL: a column of numbers */
    unsigned width;   /* 1, 2 or 4 */
    json_t *answers;  /* code to label, of a form: a label stands for its code. Borrowed, while rows are put; or NULL */
    uint32_t *instead; /* by word: that of the code whose label it is */
    size_t instead_capacity;
    int32_t *small;    /* columns of numbers, by row, all with small_decimals; MTMI_NO_NUMBER for a cell that is none */
    int64_t *units;    /* instead, from the first number on that is too long; */
    uint8_t *decimals; /* MTMI_AMOUNT_NONE: the cell holds no number */
    int32_t small_most; /* the largest size in small */
    uint8_t small_decimals;
} mtmi_survey_column;

typedef struct mtmi_survey_frame {
    mtmi_survey_column *columns;
    size_t n_columns;
    size_t n_rows, capacity;
    int commas_doubtful; /* some source has cells that commas part, or none at all: only semicolons leave them to decimals */
    uint32_t *lines; /* of the file, by row; NULL: row by row from first_line */
    uint32_t first_line;
    uint32_t *counts;   /* interviews that a row stands for; NULL: one each. Its weight is then the sum of theirs */
    int64_t interviews; /* their sum, where there are counts */
} mtmi_survey_frame;

#define MTMI_AMOUNT_NONE 255
#define MTMI_NO_NUMBER INT32_MIN

mtm_status mtmi_survey_frame_new(size_t n_columns, mtmi_survey_frame **out, mtm_error *err);
mtm_status mtmi_survey_frame_name(mtmi_survey_frame *frame, size_t column, const char *name, size_t length,
                                  int is_number, mtm_error *err);
/* Makes room for a row; its cells are put next, each once; then the row is closed (or left to be overwritten). */
mtm_status mtmi_survey_frame_open_row(mtmi_survey_frame *frame, int64_t line, mtm_error *err);
mtm_status mtmi_survey_frame_put(mtmi_survey_frame *frame, size_t column, const char *text, size_t length,
                                 mtm_error *err);
void mtmi_survey_frame_close_row(mtmi_survey_frame *frame);
/* Put a number, or the number of a word; the column widens where it must. 0 when memory ran out. */
int mtmi_survey_frame_set_number(mtmi_survey_frame *frame, mtmi_survey_column *column, size_t row, mtmi_amount amount);
int mtmi_survey_frame_set(mtmi_survey_frame *frame, mtmi_survey_column *column, size_t row, uint32_t code);
/* Columns made of the others. Room for n of them is made first, for columns move then, and not when they are added. */
mtm_status mtmi_survey_frame_reserve(mtmi_survey_frame *frame, size_t n, mtm_error *err);
mtm_status mtmi_survey_frame_add(mtmi_survey_frame *frame, const char *name, int is_number, mtmi_survey_column **out,
                                 mtm_error *err);
/* When all words are there: what commas part in each column of words. */
void mtmi_survey_frame_judge_commas(mtmi_survey_frame *frame);
void mtmi_survey_frame_free(mtmi_survey_frame *frame);

/* What commas part where no number of a column shows it. */
static inline mtmi_comma mtmi_survey_comma(const mtmi_survey_frame *frame) {
    return frame->commas_doubtful ? MTMI_COMMA_DOUBTFUL : MTMI_COMMA_DECIMAL;
}

static inline int64_t mtmi_survey_count_at(const mtmi_survey_frame *frame, size_t row) {
    return frame->counts == NULL ? 1 : frame->counts[row];
}

static inline int64_t mtmi_survey_interviews(const mtmi_survey_frame *frame) {
    return frame->counts == NULL ? (int64_t)frame->n_rows : frame->interviews;
}

static inline uint32_t mtmi_survey_code(const mtmi_survey_column *column, size_t row) {
    switch (column->width) {
    case 1: return ((const uint8_t *)column->codes)[row];
    case 2: return ((const uint16_t *)column->codes)[row];
    default: return ((const uint32_t *)column->codes)[row];
    }
}

/* A column of numbers: decimals are MTMI_AMOUNT_NONE where the cell holds none. */
static inline mtmi_amount mtmi_survey_number(const mtmi_survey_column *column, size_t row) {
    if (column->small != NULL) {
        return column->small[row] == MTMI_NO_NUMBER ? (mtmi_amount){0, MTMI_AMOUNT_NONE}
                                                    : (mtmi_amount){column->small[row], column->small_decimals};
    }
    return (mtmi_amount){column->units[row], column->decimals[row]};
}

/* The line of the file; 4294967295 for those beyond. */
static inline uint32_t mtmi_survey_line(const mtmi_survey_frame *frame, size_t row) {
    return frame->lines == NULL ? frame->first_line + (uint32_t)row : frame->lines[row];
}

/* Rows of a group lie apart: asking for them ahead hides the way to memory. */
#define MTMI_SURVEY_AHEAD 24
#if defined(__GNUC__)
#define MTMI_SURVEY_FETCH(place) __builtin_prefetch(place)
#else
#define MTMI_SURVEY_FETCH(place) ((void)(place))
#endif

static inline void mtmi_survey_fetch(const mtmi_survey_column *column, size_t row) {
    if (column->codes != NULL) {
        MTMI_SURVEY_FETCH((const char *)column->codes + row * column->width);
    } else {
        MTMI_SURVEY_FETCH(column->small != NULL ? (const void *)&column->small[row] : &column->units[row]);
        MTMI_SURVEY_FETCH(column->small != NULL ? (const void *)&column->small[row] : &column->decimals[row]);
    }
}

/* NULL when there is none. */
const mtmi_survey_column *mtmi_survey_frame_find(const mtmi_survey_frame *frame, const char *name);
/* What exports put between the form's groups and the names: "/" of Kobo; of questions that a form declares also "-" of ODK
 * Central and ":" of ODK Briefcase, which elsewhere are parts of names. */
int mtmi_survey_parts_group(char mark, int of_form);
/* The same, or the only column that has groups before the name. */
const mtmi_survey_column *mtmi_survey_frame_match(const mtmi_survey_frame *frame, const char *name, int of_form);
/* The number in a cell, whatever kind of column; 0 when it is none. */
int mtmi_survey_amount_at(const mtmi_survey_column *column, size_t row, mtmi_amount *out);
/* The same of a word of the column. */
int mtmi_survey_amount_of(const mtmi_survey_column *column, uint32_t code, mtmi_amount *out);
/* The word of a code; not ended by NUL. */
const char *mtmi_survey_word(const mtmi_survey_column *column, uint32_t code, size_t *length);

#endif
