/* Two groups that are compared though they may share rows, each made by a condition, and the rows of either.
 * Invariant: the order of the design is kept within each of the three. */
#include "survey/groups/group.h"

#include "survey/estimates.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

#define EVERYBODY '*'

static int is_side(const char *text, size_t length) {
    return length > 0 && (memchr(text, '=', length) != NULL || (length == 1 && text[0] == EVERYBODY));
}

static size_t count_clauses(const char *text, size_t length) {
    size_t n = length > 0;
    for (size_t i = 0; i < length; i++) {
        n += text[i] == ';';
    }
    return n;
}

/* Parts the filter of a side, as it is published, into what both sides have and the side's own condition. */
static mtm_status tell_side(mtmi_survey_groups *side, const char *where, mtm_error *err) {
    size_t n = where == NULL ? 0 : count_clauses(where, strlen(where)), size = 0;
    char *text = side->where;
    for (size_t i = 0; i < n; i++) {
        size += strcspn(text + size, ";") + (i + 1 < n);
    }
    const char *own = text + size + (text[size] == ';');
    int same = strcmp(own, side->names[0]) == 0 || own[0] == '\0';
    side->told[0] = same ? NULL : mtmi_memory_copy_text(own);
    text[size] = '\0';
    return same || side->told[0] != NULL ? MTM_OK : mtmi_error_memory(err);
}

/* The rows of where for whom a condition holds too, as one group under the condition's name. */
static mtm_status make_side(const mtm_survey *survey, const char *where, const char *text, size_t length,
                            mtmi_survey_groups *out, mtm_error *err) {
    mtmi_buffer condition = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    int all = text[0] == EVERYBODY;
    mtmi_buffer_text(&condition, where == NULL ? "" : where);
    mtmi_buffer_text(&condition, condition.size > 0 && !all ? ";" : "");
    mtmi_buffer_add(&condition, text, all ? 0 : length);
    MTMI_TRY(condition.failed ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_survey_groups_new(survey, NULL, condition.data, out, err));
    mtmi_memory_free(out->names[0]);
    out->names[0] = all ? mtmi_memory_copy_text(MTMI_SURVEY_EVERYBODY) : mtmi_memory_copy_bytes(text, length);
    MTMI_TRY(out->names[0] == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(tell_side(out, where, err));
out:
    mtmi_buffer_free(&condition);
    return status;
}

/* Rows of both sides and of their union, one after the other; each in the order of the design. */
static mtm_status join_sides(const mtm_survey *survey, mtmi_survey_groups *sides, mtmi_survey_groups *out,
                             mtm_error *err) {
    size_t n_rows = survey->frame->n_rows, sizes[2] = {sides[0].starts[1], sides[1].starts[1]}, n = 0;
    mtm_status status = MTM_OK;
    unsigned char *here = mtmi_memory_new(n_rows + 1, 1);
    out->names = mtmi_memory_new(3, sizeof *out->names);
    out->labels = mtmi_memory_new(3, sizeof *out->labels);
    out->told = mtmi_memory_new(3, sizeof *out->told);
    out->starts = mtmi_memory_new(4, sizeof *out->starts);
    out->rows = mtmi_memory_new(2 * (sizes[0] + sizes[1]) + 1, sizeof *out->rows);
    MTMI_TRY(here == NULL || out->names == NULL || out->labels == NULL || out->told == NULL || out->starts == NULL ||
                     out->rows == NULL
                 ? mtmi_error_memory(err)
                 : MTM_OK);
    for (int side = 0; side < 2; side++) {
        out->names[side] = sides[side].names[0];
        out->told[side] = sides[side].told[0];
        sides[side].names[0] = sides[side].told[0] = NULL;
        for (size_t i = 0; i < sizes[side]; i++) {
            out->rows[n++] = sides[side].rows[i];
            here[sides[side].rows[i]] = 1;
        }
        out->starts[side + 1] = n;
    }
    mtmi_walk walk = {0};
    for (size_t i = 0; i < n_rows; i++) {
        uint32_t row = mtmi_survey_next(survey->design, &walk);
        if (here[row]) {
            out->rows[n++] = row;
        }
    }
    out->starts[3] = n;
    out->n = 3;
out:
    mtmi_memory_free(here);
    return status;
}

mtm_status mtmi_survey_groups_pair(const mtm_survey *survey, const char *between, const char *where,
                                   mtmi_survey_groups *out, mtm_error *err) {
    mtmi_survey_groups sides[2] = {{0}, {0}};
    size_t comma = strcspn(between, ",");
    const char *second = between + comma + (between[comma] == ',');
    mtm_status status = MTM_OK;
    if (!is_side(between, comma) || !is_side(second, strlen(second)) || strchr(second, ',') != NULL) {
        return mtmi_error_argument(err, "between",
                                   "groups of \"by\", or without it two conditions such as sex=F,* where * is all");
    }
    MTMI_TRY(make_side(survey, where, between, comma, &sides[0], err));
    MTMI_TRY(make_side(survey, where, second, strlen(second), &sides[1], err));
    MTMI_TRY(join_sides(survey, sides, out, err));
    if (where != NULL) {
        out->where = sides[0].where;
        sides[0].where = NULL;
    }
out:
    mtmi_survey_groups_free(&sides[0]);
    mtmi_survey_groups_free(&sides[1]);
    return status;
}
