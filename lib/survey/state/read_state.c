/* Reads surveys: all rows in memory, or compact. Invariant: a compact survey owns its state, and what it was added to stays
 * as it is. */
#include "base/error.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/try.h"
#include "survey/state/survey_state.h"

/* The design is settled for what is there: that of a part may not be, and is told when the survey is asked. */
static mtm_status settle(mtmi_survey_state *state, mtm_survey **out, mtm_error *err) {
    mtm_error why = {0};
    mtm_status status = mtmi_survey_state_finish(state, out, &why);
    if (status != MTM_OK && status != MTM_ERROR_MEMORY) {
        *out = mtmi_memory_new(1, sizeof **out);
    }
    if (*out == NULL) {
        return mtmi_error_memory(err);
    }
    (*out)->refusals = state->refusals;
    (*out)->n_refusals = state->n_refusals;
    state->refusals = NULL;
    state->n_refusals = 0;
    (*out)->unsettled = status;
    (*out)->why = why;
    (*out)->state = state;
    return MTM_OK;
}

static mtm_status add_saved(mtmi_survey_state *state, const mtm_source *source, const char *key, mtm_error *err) {
    mtmi_survey_state *saved = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_survey_state_load(source, &saved, err));
    MTMI_TRY(key == NULL || saved->seen.ids.n == 0 ? MTM_OK : mtmi_seen_set_key(&saved->seen, key, err));
    MTMI_TRY(mtmi_survey_state_merge(state, saved, err));
out:
    mtmi_survey_state_free(saved);
    return status;
}

static mtm_status read_compact(const mtm_source *source, const mtm_survey_options *options, int saved, mtm_survey **out,
                               mtm_error *err) {
    const mtmi_survey_state *first = options->add_to != NULL ? options->add_to->state : NULL;
    mtm_survey_options own = *options;
    mtmi_survey_state *state = NULL;
    mtm_status status = MTM_OK;
    if (first != NULL) {
        own.survey = own.survey != NULL ? own.survey : first->survey;
        own.form = own.form != NULL ? own.form : first->form;
        own.resource = own.resource != NULL ? own.resource : first->resource;
    }
    MTMI_TRY(mtmi_survey_state_new(&own, &state, err));
    if (first != NULL) {
        MTMI_TRY(mtmi_survey_state_merge(state, first, err));
    }
    if (saved) {
        MTMI_TRY(add_saved(state, source, own.key, err));
    } else {
        MTMI_TRY(mtmi_survey_state_add(state, source, err));
    }
    MTMI_TRY(settle(state, out, err));
    state = NULL;
out:
    mtmi_survey_state_free(state);
    return status;
}

mtm_status mtm_survey_read(const mtm_source *source, const mtm_survey_options *options, mtm_survey **out,
                           mtm_error *err) {
    mtm_survey_options own = MTM_SURVEY_OPTIONS_INIT;
    int fits = out != NULL && mtmi_options_copy(&own, sizeof own, options, "options", NULL) == MTM_OK, saved = 0;
    if (fits) {
        *out = NULL;
        MTMI_CHECK_STATUS(mtmi_survey_state_find(source, &saved, err));
    }
    if (!fits || !(own.compact || saved || own.add_to != NULL)) {
        return mtmi_survey_read_folded(source, options, NULL, NULL, NULL, out, err);
    }
    if (own.add_to != NULL && own.add_to->state == NULL) {
        mtm_source from;
        MTMI_CHECK_STATUS(mtmi_source_take(source, &from, err));
        mtmi_source_drop(&from);
        return mtmi_error_argument(err, "add_to", "a survey that was read compact");
    }
    return read_compact(source, &own, saved, out, err);
}

mtm_status mtm_survey_save(const mtm_survey *survey, mtm_buffer **out, mtm_error *err) {
    if (survey == NULL || out == NULL) {
        return mtmi_error_argument(err, survey == NULL ? "survey" : "out", "not NULL");
    }
    *out = NULL;
    if (survey->state == NULL) {
        return mtmi_error_argument(err, "survey", "a survey that was read compact");
    }
    return mtmi_survey_state_save(survey->state, out, err);
}

void mtm_survey_free(mtm_survey *survey) {
    if (survey != NULL) {
        mtmi_survey_state_free(survey->state);
    }
    mtmi_survey_free(survey);
}
