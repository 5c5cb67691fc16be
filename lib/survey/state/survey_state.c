/* Adds interviews, block by block, to a state that holds one row for all that are alike within a cluster. A mean,
 * total or ratio, and its variance by linearisation, depend on the sums of weights of alike answers within a cluster
 * alone: z is linear in the weight, and only sums of z over clusters are squared. Sums are exact, so that their
 * order does not show. Invariant: interviews = sum of the counts of rows. */
#include "survey/state/survey_state.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MOST 1024

static mtm_status copy(char **out, const char *text, mtm_error *err) {
    *out = mtmi_memory_copy_text(text);
    return text != NULL && *out == NULL ? mtmi_error_memory(err) : MTM_OK;
}

mtm_status mtmi_survey_state_new(const mtm_survey_options *options, mtmi_survey_state **out, mtm_error *err) {
    mtm_survey_options own = MTM_SURVEY_OPTIONS_INIT;
    mtmi_survey_state *state = NULL;
    mtm_status status = MTM_OK;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "not NULL");
    }
    *out = NULL;
    MTMI_TRY(mtmi_options_copy(&own, sizeof own, options, "options", err));
    state = mtmi_memory_new(1, sizeof *state);
    MTMI_TRY(state == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(copy(&state->survey, own.survey, err));
    MTMI_TRY(copy(&state->columns, own.columns, err));
    MTMI_TRY(copy(&state->form, own.form, err));
    MTMI_TRY(copy(&state->resource, own.resource, err));
    MTMI_TRY(own.key == NULL ? MTM_OK : mtmi_seen_set_key(&state->seen, own.key, err));
    *out = state;
    state = NULL;
out:
    mtmi_survey_state_free(state);
    return status;
}

void mtmi_survey_state_free(mtmi_survey_state *state) {
    if (state == NULL) {
        return;
    }
    mtmi_seen_clear(&state->seen);
    mtmi_survey_refusals_free(state->refusals, state->n_refusals);
    for (size_t i = 0; i < state->n_columns; i++) {
        mtmi_memory_free(state->names[i]);
        mtmi_map_free(&state->words[i]);
    }
    mtmi_memory_free(state->names);
    mtmi_memory_free(state->words);
    mtmi_map_free(&state->keys);
    mtmi_memory_free(state->rows);
    mtmi_memory_free(state->survey);
    mtmi_memory_free(state->columns);
    mtmi_memory_free(state->form);
    mtmi_memory_free(state->resource);
    mtmi_memory_free(state->plan);
    mtmi_memory_free(state->name);
    mtmi_memory_free(state);
}

mtm_status mtmi_state_name(mtmi_survey_state *state, const char *const *names, size_t n, mtm_error *err) {
    state->names = mtmi_memory_new(n + 1, sizeof *state->names);
    state->words = mtmi_memory_new(n + 1, sizeof *state->words);
    if (state->names == NULL || state->words == NULL) {
        return mtmi_error_memory(err);
    }
    for (; state->n_columns < n; state->n_columns++) {
        MTMI_CHECK_STATUS(copy(&state->names[state->n_columns], names[state->n_columns], err));
    }
    return MTM_OK;
}

const uint32_t *mtmi_state_codes(const mtmi_survey_state *state, uint32_t row) {
    size_t length;
    return (const uint32_t *)(const void *)mtmi_map_key(&state->keys, row, &length);
}

mtm_status mtmi_state_add_row(mtmi_survey_state *state, const uint32_t *codes, const mtmi_exact *weight, uint32_t count,
                              uint32_t line, mtm_error *err) {
    void *table = state->rows;
    size_t before = state->keys.n;
    uint32_t row = mtmi_map_add(&state->keys, codes, (state->n_columns + 1) * sizeof *codes);
    if (row == MTMI_MAP_NONE || !mtmi_memory_reserve(&table, &state->capacity, state->keys.n, sizeof(mtmi_state_row))) {
        return mtmi_error_memory(err);
    }
    state->rows = table;
    mtmi_state_row *at = &state->rows[row];
    if (state->keys.n != before) {
        *at = (mtmi_state_row){.line = line};
    }
    if (at->count > UINT32_MAX - count) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){state->name, 0, 0},
                              "more than 4294967295 interviews say the same");
    }
    at->count += count;
    mtmi_exact_join(&at->weight, weight);
    if (at->weight.lost) {
        return mtmi_error_set(err, MTM_ERROR_RANGE, 0, (mtmi_place){state->name, (int64_t)line, 0},
                              "weights have too many digits to be added exactly; expected at most 18 decimals");
    }
    return MTM_OK;
}

/* ---- a source ---- */

typedef struct adding {
    mtmi_survey_state *state;
    uint32_t **codes; /* by column of the frame: its words as the state numbers them, from 1; NULL for the weight */
    size_t *known;    /* how many of them */
    size_t *column;   /* of the state */
    size_t n_columns;
} adding;

static mtm_status check_plan(const mtm_survey *survey, mtm_error *err) {
    const mtmi_survey_plan *plan = &survey->plan;
    if (plan->n_clusters == 0) {
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){survey->name, 0, 0},
                              "a state holds sums of clusters: expected \"clusters\" in the survey's design");
    }
    if (plan->replicates != NULL) {
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){survey->name, 0, 0},
                              "replicate weights belong to single interviews, which a state does not keep");
    }
    return MTM_OK;
}

/* The design with all questions, those of a form too. */
static mtm_status keep_plan(mtmi_survey_state *state, const mtm_survey *survey, mtm_error *err) {
    json_t *plan = json_deep_copy(survey->plan.json);
    int failed = plan == NULL ||
                 (survey->plan.questions != NULL && json_object_set(plan, "questions", survey->plan.questions) != 0);
    json_object_del(plan, "form");
    char *text = failed ? NULL : json_dumps(plan, JSON_COMPACT);
    state->plan = mtmi_memory_copy_text(text);
    state->weighted = survey->plan.weight != NULL;
    json_decref(plan);
    free(text);
    MTMI_CHECK_STATUS(copy(&state->name, survey->name, err));
    return state->plan == NULL ? mtmi_error_memory(err) : MTM_OK;
}

static mtm_status name_columns(mtmi_survey_state *state, const mtm_survey *survey, mtm_error *err) {
    const char *names[COLUMNS_MOST];
    size_t n = 0;
    for (size_t i = 0; i < survey->frame->n_columns; i++) {
        if (!survey->frame->columns[i].is_number) {
            if (n == COLUMNS_MOST) {
                return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){survey->name, 0, 0},
                                      "more than %d columns: name those that are asked of in \"columns\"",
                                      COLUMNS_MOST);
            }
            names[n++] = survey->frame->columns[i].name;
        }
    }
    MTMI_CHECK_STATUS(mtmi_state_name(state, names, n, err));
    return keep_plan(state, survey, err);
}

/* Which column of the state each column of the frame is. */
static mtm_status match_columns(adding *at, const mtm_survey *survey, mtm_error *err) {
    const mtmi_survey_frame *frame = survey->frame;
    size_t found = 0;
    at->n_columns = frame->n_columns;
    at->codes = mtmi_memory_new(frame->n_columns + 1, sizeof *at->codes);
    at->known = mtmi_memory_new(frame->n_columns + 1, sizeof *at->known);
    at->column = mtmi_memory_new(frame->n_columns + 1, sizeof *at->column);
    if (at->codes == NULL || at->known == NULL || at->column == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < frame->n_columns; i++) {
        for (size_t c = 0; !frame->columns[i].is_number && c < at->state->n_columns; c++) {
            if (strcmp(frame->columns[i].name, at->state->names[c]) == 0) {
                at->column[i] = c;
                found++;
            }
        }
    }
    return found == at->state->n_columns
               ? MTM_OK
               : mtmi_error_set(
                     err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){survey->name, 1, 0},
                     "expected the columns of the first source; name those that are asked of in \"columns\"");
}

/* Words that came since the last block. */
static mtm_status learn_words(adding *at, const mtmi_survey_frame *frame, mtm_error *err) {
    for (size_t i = 0; i < frame->n_columns; i++) {
        const mtmi_survey_column *column = &frame->columns[i];
        if (column->is_number || column->words.n == at->known[i]) {
            continue;
        }
        uint32_t *codes = mtmi_memory_resize(at->codes[i], column->words.n, sizeof *codes);
        if (codes == NULL) {
            return mtmi_error_memory(err);
        }
        at->codes[i] = codes;
        for (; at->known[i] < column->words.n; at->known[i]++) {
            size_t length;
            const char *word = mtmi_survey_word(column, (uint32_t)at->known[i], &length);
            codes[at->known[i]] = mtmi_map_add(&at->state->words[at->column[i]], word, length);
            if (codes[at->known[i]] == MTMI_MAP_NONE) {
                return mtmi_error_memory(err);
            }
        }
    }
    return MTM_OK;
}

static mtm_status fold_row(const adding *at, const mtmi_survey_frame *frame, size_t row, uint32_t *codes,
                           mtm_error *err) {
    mtmi_exact weight = {0};
    mtmi_amount amount = {1, 0};
    for (size_t i = 0; i < frame->n_columns; i++) {
        const mtmi_survey_column *column = &frame->columns[i];
        if (column->is_number) {
            amount = mtmi_survey_number(column, row);
        } else {
            codes[at->column[i]] = at->codes[i][mtmi_survey_code(column, row)];
        }
    }
    mtmi_exact_add(&weight, amount);
    codes[at->state->n_columns] = amount.units == 0;
    return mtmi_state_add_row(at->state, codes, &weight, 1, mtmi_survey_line(frame, row), err);
}

static mtm_status fold(void *data, mtm_survey *survey, mtm_error *err) {
    adding *at = data;
    uint32_t codes[COLUMNS_MOST + 1];
    if (at->codes == NULL) {
        MTMI_CHECK_STATUS(check_plan(survey, err));
        MTMI_CHECK_STATUS(at->state->plan == NULL ? name_columns(at->state, survey, err) : MTM_OK);
        MTMI_CHECK_STATUS(match_columns(at, survey, err));
    }
    at->state->commas_doubtful |= survey->frame->commas_doubtful;
    MTMI_CHECK_STATUS(learn_words(at, survey->frame, err));
    for (size_t row = 0; row < survey->frame->n_rows; row++) {
        MTMI_CHECK_STATUS(fold_row(at, survey->frame, row, codes, err));
    }
    return MTM_OK;
}

/* JSON of the columns to keep: those that were asked for, or those of the first source. NULL for all. */
static mtm_status list_columns(const mtmi_survey_state *state, char **out, mtm_error *err) {
    json_t *list = json_array();
    int failed = list == NULL;
    if (state->plan == NULL) {
        json_decref(list);
        return copy(out, state->columns, err);
    }
    for (size_t i = 0; i < state->n_columns && !failed; i++) {
        failed = json_array_append_new(list, json_string(state->names[i])) != 0;
    }
    char *text = failed ? NULL : json_dumps(list, JSON_COMPACT);
    *out = mtmi_memory_copy_text(text);
    json_decref(list);
    free(text);
    return *out != NULL ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_survey_state_add(mtmi_survey_state *state, const mtm_source *source, mtm_error *err) {
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    adding at = {.state = state};
    mtm_survey *survey = NULL;
    if (state == NULL) {
        return mtmi_error_argument(err, "state", "not NULL");
    }
    char *columns = NULL;
    options.survey = state->survey != NULL ? state->survey : state->plan;
    options.form = state->form;
    options.resource = state->resource;
    mtm_status status = MTM_OK;
    MTMI_TRY(list_columns(state, &columns, err));
    options.columns = columns;
    MTMI_TRY(mtmi_survey_read_folded(source, &options, fold, &at, &state->seen, &survey, err));
    state->rows_in += survey->rows_in;
    state->rows_refused += survey->rows_refused;
    state->zero_weights += survey->zero_weights;
    state->blank += survey->blank;
    state->refusals = survey->refusals;
    state->n_refusals = survey->n_refusals;
    survey->refusals = NULL;
    survey->n_refusals = 0;
out:
    for (size_t i = 0; at.codes != NULL && i < at.n_columns; i++) {
        mtmi_memory_free(at.codes[i]);
    }
    mtmi_memory_free(at.codes);
    mtmi_memory_free(at.known);
    mtmi_memory_free(at.column);
    mtmi_memory_free(columns);
    mtmi_survey_free(survey);
    return status;
}

/* ---- another state ---- */

static mtm_status merge_words(mtmi_survey_state *into, const mtmi_survey_state *from, size_t *column, uint32_t **codes,
                              mtm_error *err) {
    for (size_t i = 0; i < from->n_columns; i++) {
        size_t c = 0;
        while (c < into->n_columns && strcmp(into->names[c], from->names[i]) != 0) {
            c++;
        }
        if (c == into->n_columns || from->n_columns != into->n_columns) {
            return mtmi_error_argument(err, "from", "a state with the same columns");
        }
        column[i] = c;
        codes[i] = mtmi_memory_new(from->words[i].n + 1, sizeof **codes);
        if (codes[i] == NULL) {
            return mtmi_error_memory(err);
        }
        for (uint32_t w = 0; w < from->words[i].n; w++) {
            size_t length;
            const unsigned char *word = mtmi_map_key(&from->words[i], w, &length);
            codes[i][w] = mtmi_map_add(&into->words[c], word, length);
            if (codes[i][w] == MTMI_MAP_NONE) {
                return mtmi_error_memory(err);
            }
        }
    }
    return MTM_OK;
}

static mtm_status merge_rows(mtmi_survey_state *into, const mtmi_survey_state *from, const size_t *column,
                             uint32_t *const *codes, mtm_error *err) {
    uint32_t key[COLUMNS_MOST + 1];
    for (uint32_t row = 0; row < from->keys.n; row++) {
        const uint32_t *old = mtmi_state_codes(from, row);
        for (size_t i = 0; i < from->n_columns; i++) {
            key[column[i]] = codes[i][old[i]];
        }
        key[into->n_columns] = old[from->n_columns];
        MTMI_CHECK_STATUS(
            mtmi_state_add_row(into, key, &from->rows[row].weight, from->rows[row].count, from->rows[row].line, err));
    }
    return MTM_OK;
}

static mtm_status begin_like(mtmi_survey_state *into, const mtmi_survey_state *from, mtm_error *err) {
    if (into->plan != NULL) {
        return strcmp(into->plan, from->plan) == 0 ? MTM_OK
                                                   : mtmi_error_argument(err, "from", "a state of the same design");
    }
    MTMI_CHECK_STATUS(copy(&into->plan, from->plan, err));
    MTMI_CHECK_STATUS(copy(&into->name, from->name, err));
    into->weighted = from->weighted;
    return mtmi_state_name(into, (const char *const *)from->names, from->n_columns, err);
}

mtm_status mtmi_survey_state_merge(mtmi_survey_state *into, const mtmi_survey_state *from, mtm_error *err) {
    mtm_status status = MTM_OK;
    size_t *column = NULL, n = from == NULL ? 0 : from->n_columns;
    uint32_t **codes = NULL;
    if (into == NULL || from == NULL || into == from) {
        return mtmi_error_argument(err, into == NULL ? "into" : "from", "two states");
    }
    if (from->plan == NULL) {
        return MTM_OK; /* nothing was added to it */
    }
    MTMI_TRY(begin_like(into, from, err));
    column = mtmi_memory_new(n + 1, sizeof *column);
    codes = mtmi_memory_new(n + 1, sizeof *codes);
    MTMI_TRY(column == NULL || codes == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(merge_words(into, from, column, codes, err));
    MTMI_TRY(merge_rows(into, from, column, codes, err));
    MTMI_TRY(mtmi_seen_join(&into->seen, &from->seen, err));
    into->rows_in += from->rows_in;
    into->rows_refused += from->rows_refused;
    into->zero_weights += from->zero_weights;
    into->blank += from->blank;
    into->commas_doubtful |= from->commas_doubtful;
out:
    for (size_t i = 0; codes != NULL && i < n; i++) {
        mtmi_memory_free(codes[i]);
    }
    mtmi_memory_free(codes);
    mtmi_memory_free(column);
    return status;
}
