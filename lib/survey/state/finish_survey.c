/* Makes a survey of a state: its rows stand for several interviews. Weights are rounded once, to 18 digits. */
#include "survey/state/survey_state.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

#define UNITS_MOST 1000000000000000000

static mtmi_amount amount_of(const mtmi_exact *sum) {
    mtmi_wide units = sum->units, power = 1;
    int decimals = sum->decimals;
    while (decimals > 0 && (units / power >= UNITS_MOST || decimals > MTMI_AMOUNT_DECIMALS)) {
        power *= 10;
        decimals--;
    }
    if (power > 1) {
        units = units / power + (units % power >= power / 2);
    }
    return (mtmi_amount){(int64_t)(units < UNITS_MOST ? units : UNITS_MOST), decimals};
}

static mtm_status name_frame(const mtmi_survey_state *state, const char *weight, mtmi_survey_frame **out,
                             mtm_error *err) {
    size_t n = state->n_columns;
    MTMI_CHECK_STATUS(mtmi_survey_frame_new(n + (weight != NULL), out, err));
    (*out)->commas_doubtful = state->commas_doubtful;
    for (size_t i = 0; i < n; i++) {
        MTMI_CHECK_STATUS(mtmi_survey_frame_name(*out, i, state->names[i], strlen(state->names[i]), 0, err));
        for (uint32_t w = 0; w < state->words[i].n; w++) {
            size_t length;
            const unsigned char *word = mtmi_map_key(&state->words[i], w, &length);
            if (mtmi_map_add(&(*out)->columns[i].words, word, length) == MTMI_MAP_NONE) {
                return mtmi_error_memory(err);
            }
        }
    }
    return weight == NULL ? MTM_OK : mtmi_survey_frame_name(*out, n, weight, strlen(weight), 1, err);
}

static mtm_status fill_frame(const mtmi_survey_state *state, mtmi_survey_frame *frame, mtm_error *err) {
    frame->counts = mtmi_memory_new(state->keys.n + 1, sizeof *frame->counts);
    if (frame->counts == NULL) {
        return mtmi_error_memory(err);
    }
    for (uint32_t row = 0; row < state->keys.n; row++) {
        const uint32_t *codes = mtmi_state_codes(state, row);
        MTMI_CHECK_STATUS(mtmi_survey_frame_open_row(frame, state->rows[row].line, err));
        for (size_t i = 0; i < state->n_columns; i++) {
            if (!mtmi_survey_frame_set(frame, &frame->columns[i], row, codes[i])) {
                return mtmi_error_memory(err);
            }
        }
        if (frame->n_columns > state->n_columns) {
            mtmi_amount amount = amount_of(&state->rows[row].weight);
            if (!mtmi_survey_frame_set_number(frame, &frame->columns[state->n_columns], row, amount)) {
                return mtmi_error_memory(err);
            }
        }
        frame->counts[row] = state->rows[row].count;
        frame->interviews += state->rows[row].count;
        mtmi_survey_frame_close_row(frame);
    }
    return MTM_OK;
}

mtm_status mtmi_survey_state_finish(const mtmi_survey_state *state, mtm_survey **out, mtm_error *err) {
    mtm_survey *survey = NULL;
    json_t *plan = NULL;
    mtm_status status = MTM_OK;
    if (state == NULL || out == NULL) {
        return mtmi_error_argument(err, state == NULL ? "state" : "out", "not NULL");
    }
    *out = NULL;
    if (state->keys.n == 0) {
        return mtmi_error_set(err, MTM_ERROR_VALUE, 0, (mtmi_place){state->name, 0, 0}, "the state has no interview");
    }
    survey = mtmi_memory_new(1, sizeof *survey);
    MTMI_TRY(survey == NULL ? mtmi_error_memory(err) : MTM_OK);
    survey->name = mtmi_memory_copy_text(state->name);
    MTMI_TRY(survey->name == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_json_load(state->plan, strlen(state->plan), state->name, &plan, err));
    MTMI_TRY(mtmi_survey_plan_read(plan, state->name, &survey->plan, err));
    MTMI_TRY(name_frame(state, survey->plan.weight, &survey->frame, err));
    MTMI_TRY(fill_frame(state, survey->frame, err));
    MTMI_TRY(mtmi_survey_settle(survey, state->name, err));
    survey->rows_in = state->rows_in;
    survey->rows_refused = state->rows_refused;
    survey->zero_weights = state->zero_weights;
    survey->blank = state->blank;
    *out = survey;
    survey = NULL;
out:
    json_decref(plan);
    mtmi_survey_free(survey);
    return status;
}
