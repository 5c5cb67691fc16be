/* Joins two rounds that visited the same clusters into one survey with a column of the round: what a cluster adds to a
 * difference is then one number, so that what its two visits have in common counts.
 * Invariant: the joined survey has the rows of both and the columns that both have. */
#include "survey/revisit.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

static int same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static int same_names(const char *const *a, size_t n_a, const char *const *b, size_t n_b) {
    size_t i = 0;
    while (n_a == n_b && i < n_a && same_text(a[i], b[i])) {
        i++;
    }
    return n_a == n_b && i == n_a;
}

static int are_alike(const mtmi_survey_plan *a, const mtmi_survey_plan *b) {
    return same_text(a->weight, b->weight) && same_names(a->strata, a->n_strata, b->strata, b->n_strata) &&
           same_names(a->clusters, a->n_clusters, b->clusters, b->n_clusters) &&
           same_names(a->fpc, a->n_fpc, b->fpc, b->n_fpc) && a->nest == b->nest && a->calibration == NULL &&
           b->calibration == NULL && a->replicates == NULL && b->replicates == NULL;
}

/* ---- names in common ---- */

/* The number of the row's cluster in names, which learns it where learn says so; MTMI_MAP_NONE for none. */
static uint32_t unit_name(const mtm_survey *survey, size_t row, mtmi_buffer *made, mtmi_map *names, int learn) {
    const mtmi_survey_stage *first = &survey->design->stages[0];
    size_t length;
    mtmi_buffer_clear(made);
    if (survey->plan.nest && first->strata != NULL) {
        const char *stratum = mtmi_survey_word(first->strata, mtmi_survey_code(first->strata, row), &length);
        mtmi_buffer_add(made, stratum, length);
        mtmi_buffer_char(made, '\0');
    }
    const char *cluster = mtmi_survey_word(first->clusters, mtmi_survey_code(first->clusters, row), &length);
    mtmi_buffer_add(made, cluster, length);
    if (made->failed) {
        return MTMI_MAP_NONE;
    }
    return learn ? mtmi_map_add(names, made->data, made->size) : mtmi_map_find(names, made->data, made->size);
}

/* Each unit once: rows of a unit follow one another in most files. */
static mtm_status walk_units(const mtm_survey *survey, mtmi_map *names, unsigned char *seen, size_t *n_shared,
                             mtm_error *err) {
    mtmi_buffer made = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    uint32_t last = UINT32_MAX;
    for (size_t row = 0; row < survey->frame->n_rows; row++) {
        uint32_t unit = mtmi_survey_unit(survey->design, 0, (uint32_t)row);
        if (unit == last) {
            continue;
        }
        last = unit;
        uint32_t name = unit_name(survey, row, &made, names, seen == NULL);
        MTMI_TRY(made.failed || (seen == NULL && name == MTMI_MAP_NONE) ? mtmi_error_memory(err) : MTM_OK);
        if (seen != NULL && name != MTMI_MAP_NONE && !seen[name]) {
            seen[name] = 1;
            (*n_shared)++;
        }
    }
out:
    mtmi_buffer_free(&made);
    return status;
}

mtm_status mtmi_rounds_shared(const mtm_survey *now, const mtm_survey *before, size_t *out, mtm_error *err) {
    mtmi_map names = MTMI_MAP_INIT;
    unsigned char *seen = NULL;
    mtm_status status = MTM_OK;
    *out = 0;
    if (now->design->stages[0].clusters == NULL || before->design->stages[0].clusters == NULL) {
        return MTM_OK;
    }
    MTMI_TRY(walk_units(before, &names, NULL, out, err));
    seen = mtmi_memory_new(names.n + 1, 1);
    MTMI_TRY(seen == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(walk_units(now, &names, seen, out, err));
out:
    mtmi_memory_free(seen);
    mtmi_map_free(&names);
    return status;
}

/* ---- one survey of both ---- */

static mtm_status name_columns(const mtmi_survey_frame *now, const mtmi_survey_frame *before, mtmi_survey_frame **out,
                               mtm_error *err) {
    size_t n = 0;
    MTMI_CHECK_STATUS(mtmi_survey_frame_new(now->n_columns + 1, out, err));
    for (size_t i = 0; i < now->n_columns; i++) {
        const mtmi_survey_column *one = &now->columns[i], *other = mtmi_survey_frame_find(before, one->name);
        if (!one->is_made && other != NULL && !other->is_made && one->is_number == other->is_number) {
            MTMI_CHECK_STATUS(mtmi_survey_frame_name(*out, n++, one->name, strlen(one->name), one->is_number, err));
        }
    }
    MTMI_CHECK_STATUS(mtmi_survey_frame_name(*out, n++, MTMI_ROUND, strlen(MTMI_ROUND), 0, err));
    (*out)->n_columns = n;
    (*out)->commas_doubtful = now->commas_doubtful || before->commas_doubtful;
    return MTM_OK;
}

/* The columns of a round by those of both, and its words as the columns of both number them. */
typedef struct copier {
    const mtmi_survey_column **from;
    uint32_t **codes;
    size_t n;
} copier;

static mtm_status learn_words(copier *at, const mtmi_survey_frame *from, mtmi_survey_frame *joined, mtm_error *err) {
    at->n = joined->n_columns - 1;
    at->from = mtmi_memory_new(at->n + 1, sizeof *at->from);
    at->codes = mtmi_memory_new(at->n + 1, sizeof *at->codes);
    if (at->from == NULL || at->codes == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t c = 0; c < at->n; c++) {
        const mtmi_survey_column *column = at->from[c] = mtmi_survey_frame_find(from, joined->columns[c].name);
        at->codes[c] = mtmi_memory_new(column->words.n + 1, sizeof **at->codes);
        if (at->codes[c] == NULL) {
            return mtmi_error_memory(err);
        }
        for (uint32_t code = 0; code < column->words.n; code++) {
            size_t length;
            const char *word = mtmi_survey_word(column, code, &length);
            at->codes[c][code] = mtmi_map_add(&joined->columns[c].words, word, length);
            if (at->codes[c][code] == MTMI_MAP_NONE) {
                return mtmi_error_memory(err);
            }
        }
    }
    return MTM_OK;
}

static mtm_status copy_row(const copier *at, const mtmi_survey_frame *from, size_t row, uint32_t round,
                           mtmi_survey_frame *joined, mtm_error *err) {
    size_t place = joined->n_rows;
    MTMI_CHECK_STATUS(mtmi_survey_frame_open_row(joined, (int64_t)mtmi_survey_line(from, row), err));
    for (size_t c = 0; c < at->n; c++) {
        const mtmi_survey_column *column = at->from[c];
        int put = column->is_number ? mtmi_survey_frame_set_number(joined, &joined->columns[c], place,
                                                                   mtmi_survey_number(column, row))
                                    : mtmi_survey_frame_set(joined, &joined->columns[c], place,
                                                            at->codes[c][mtmi_survey_code(column, row)]);
        MTMI_CHECK_STATUS(put ? MTM_OK : mtmi_error_memory(err));
    }
    MTMI_CHECK_STATUS(mtmi_survey_frame_set(joined, &joined->columns[at->n], place, round) ? MTM_OK
                                                                                           : mtmi_error_memory(err));
    if (joined->counts != NULL) {
        joined->counts[place] = (uint32_t)mtmi_survey_count_at(from, row);
        joined->interviews += joined->counts[place];
    }
    mtmi_survey_frame_close_row(joined);
    return MTM_OK;
}

static mtm_status copy_round(const mtmi_survey_frame *from, const char *name, mtmi_survey_frame *joined,
                             mtm_error *err) {
    copier at = {0};
    mtm_status status = MTM_OK;
    MTMI_TRY(learn_words(&at, from, joined, err));
    uint32_t round = mtmi_map_add(&joined->columns[at.n].words, name, strlen(name));
    MTMI_TRY(round == MTMI_MAP_NONE ? mtmi_error_memory(err) : MTM_OK);
    for (size_t row = 0; row < from->n_rows; row++) {
        MTMI_TRY(copy_row(&at, from, row, round, joined, err));
    }
out:
    for (size_t c = 0; at.codes != NULL && c < at.n; c++) {
        mtmi_memory_free(at.codes[c]);
    }
    mtmi_memory_free(at.codes);
    mtmi_memory_free((void *)(uintptr_t)at.from);
    return status;
}

static mtm_status join_frames(const mtmi_survey_frame *now, const mtmi_survey_frame *before, mtmi_survey_frame **out,
                              mtm_error *err) {
    MTMI_CHECK_STATUS(name_columns(now, before, out, err));
    if (now->counts != NULL || before->counts != NULL) {
        (*out)->counts = mtmi_memory_new(now->n_rows + before->n_rows + 1, sizeof *(*out)->counts);
        MTMI_CHECK_STATUS((*out)->counts == NULL ? mtmi_error_memory(err) : MTM_OK);
    }
    MTMI_CHECK_STATUS(copy_round(now, MTMI_ROUND_NOW, *out, err));
    return copy_round(before, MTMI_ROUND_BEFORE, *out, err);
}

mtm_status mtmi_rounds_join(const mtm_survey *now, const mtm_survey *before, mtm_survey **out, mtm_error *err) {
    mtm_survey *survey = NULL;
    mtm_status status = MTM_OK;
    *out = NULL;
    if (!are_alike(&now->plan, &before->plan)) {
        return MTM_OK;
    }
    survey = mtmi_memory_new(1, sizeof *survey);
    MTMI_TRY(survey == NULL ? mtmi_error_memory(err) : MTM_OK);
    survey->name = mtmi_memory_copy_text(now->name);
    MTMI_TRY(survey->name == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_survey_plan_read(now->plan.json, now->name, &survey->plan, err));
    json_decref(survey->plan.joined);
    survey->plan.questions = survey->plan.joined = json_incref(now->plan.questions);
    MTMI_TRY(join_frames(now->frame, before->frame, &survey->frame, err));
    MTMI_TRY(mtmi_survey_settle(survey, now->name, err));
    *out = survey;
    survey = NULL;
out:
    mtmi_survey_free(survey);
    return status;
}
