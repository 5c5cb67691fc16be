/* A state: the interviews of surveys, those alike as one row. */
#ifndef MTMI_SURVEY_STATE_SURVEY_STATE_H
#define MTMI_SURVEY_STATE_SURVEY_STATE_H

#include "survey/handle.h"

#include "base/map.h"

typedef struct mtmi_state_row {
    mtmi_exact weight;
    uint32_t count, line; /* line: of the first interview */
} mtmi_state_row;

struct mtmi_survey_state {
    char *survey, *columns, *form, *resource; /* the options; NULL where not given */
    char *plan;                               /* JSON of the design and all questions; NULL before the first source */
    char *name;                               /* of the first source */
    char **names;                             /* of the columns, without the weight */
    mtmi_map *words;                          /* by column */
    size_t n_columns;
    int weighted;
    int commas_doubtful; /* as of a frame, of all sources */
    mtmi_map keys;       /* the codes of a row, and whether its weight is 0: its number */
    mtmi_state_row *rows;
    size_t capacity;
    int64_t rows_in, rows_refused, zero_weights, blank;
    mtmi_survey_seen seen;         /* of all sources */
    mtmi_survey_refusal *refusals; /* of the source added last; until the survey is made of the state */
    size_t n_refusals;
};

/* The options are copied. */
mtm_status mtmi_survey_state_new(const mtm_survey_options *options, mtmi_survey_state **out, mtm_error *err);
void mtmi_survey_state_free(mtmi_survey_state *state); /* NULL is fine */
/* Reads a source, in memory that does not grow with its rows. After an error the state is to be freed. */
mtm_status mtmi_survey_state_add(mtmi_survey_state *state, const mtm_source *source, mtm_error *err);
/* Adds all of another state of the same design and columns. After an error the first is to be freed. */
mtm_status mtmi_survey_state_merge(mtmi_survey_state *into, const mtmi_survey_state *from, mtm_error *err);
mtm_status mtmi_survey_state_save(const mtmi_survey_state *state, mtm_buffer **out, mtm_error *err);
/* Whether a source is a saved state: a file or bytes that begin like one. What is wrong with a source is found when it is
 * read; here it is only none. */
mtm_status mtmi_survey_state_find(const mtm_source *source, int *saved, mtm_error *err);
mtm_status mtmi_survey_state_load(const mtm_source *source, mtmi_survey_state **out, mtm_error *err);
/* The survey that a state holds; MTM_ERROR_VALUE where it has no interview, or its design cannot be. */
mtm_status mtmi_survey_state_finish(const mtmi_survey_state *state, mtm_survey **out, mtm_error *err);

/* codes: n_columns and one more, which is 1 for a weight of 0. */
mtm_status mtmi_state_add_row(mtmi_survey_state *state, const uint32_t *codes, const mtmi_exact *weight, uint32_t count,
                              uint32_t line, mtm_error *err);
/* Names the columns of a state that has none. */
mtm_status mtmi_state_name(mtmi_survey_state *state, const char *const *names, size_t n, mtm_error *err);
const uint32_t *mtmi_state_codes(const mtmi_survey_state *state, uint32_t row);

#endif
