/* A state: the interviews of surveys, those alike as one row. */
#ifndef MTMI_SURVEY_STATE_STATE_H
#define MTMI_SURVEY_STATE_STATE_H

#include "survey/handle.h"

#include "base/map.h"

typedef struct mtmi_state_row {
    mtmi_exact weight;
    uint32_t count, line; /* line: of the first interview */
} mtmi_state_row;

struct mtm_survey_state {
    char *survey, *columns, *form, *resource; /* the options; NULL where not given */
    char *plan;                               /* JSON of the design and all questions; NULL before the first source */
    char *name;                               /* of the first source */
    char **names;                             /* of the columns, without the weight */
    mtmi_map *words;                          /* by column */
    size_t n_columns;
    int weighted;
    mtmi_map keys; /* the codes of a row, and whether its weight is 0: its number */
    mtmi_state_row *rows;
    size_t capacity;
    int64_t rows_in, rows_refused, zero_weights, blank;
    mtmi_survey_seen seen; /* of the sources added; never saved or merged */
};

/* codes: n_columns and one more, which is 1 for a weight of 0. */
mtm_status mtmi_state_add_row(mtm_survey_state *state, const uint32_t *codes, const mtmi_exact *weight, uint32_t count,
                              uint32_t line, mtm_error *err);
/* Names the columns of a state that has none. */
mtm_status mtmi_state_name(mtm_survey_state *state, const char *const *names, size_t n, mtm_error *err);
const uint32_t *mtmi_state_codes(const mtm_survey_state *state, uint32_t row);

#endif
