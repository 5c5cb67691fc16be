/* Joins a roster to its interviews by "roster": {"key": column of the interviews, "parent": column of the roster};
 * the frame then has a row for each member. Invariant: rows of the roster = rows kept + refused; an interview
 * without members leaves no row. */
#include "survey/form/roster.h"

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "survey/form/export_labels.h"

#include <string.h>

#define REFUSALS_KEPT 1000

typedef struct joining {
    mtm_survey *survey;
    mtmi_rows *rows;
    mtmi_survey_frame *to; /* columns of the interviews, then those of the roster */
    uint32_t *interview;   /* by code of the key: its row, or MTMI_MAP_NONE */
    size_t *place;         /* by cell of the roster: column of the new frame, or SIZE_MAX */
    size_t n_cells, parent;
    const mtmi_survey_column *key;
    mtm_error *err;
} joining;

static mtm_status refuse(const joining *at, const char *what, const char *column) {
    return mtmi_error_set(at->err, MTM_ERROR_SCHEMA, MTMI_CODE_SURVEY_ROSTER, (mtmi_place){at->rows->name, 1, 0},
                          "\"roster\": there is no column %q in %s", column, what);
}

static mtm_status index_interviews(joining *at) {
    const mtmi_survey_frame *from = at->survey->frame;
    at->key = mtmi_survey_frame_find(from, at->survey->plan.roster_key);
    if (at->key == NULL || at->key->is_number) {
        return refuse(at, "the interviews", at->survey->plan.roster_key);
    }
    at->interview = mtmi_memory_new(at->key->words.n + 1, sizeof *at->interview);
    if (at->interview == NULL) {
        return mtmi_error_memory(at->err);
    }
    memset(at->interview, 0xFF, (at->key->words.n + 1) * sizeof *at->interview);
    for (size_t row = from->n_rows; row-- > 0;) {
        at->interview[mtmi_survey_code(at->key, row)] = (uint32_t)row;
    }
    return MTM_OK;
}

static int has_column(const mtmi_survey_frame *frame, size_t n, const char *name, size_t length) {
    for (size_t i = 0; i < n; i++) {
        if (strlen(frame->columns[i].name) == length && memcmp(frame->columns[i].name, name, length) == 0) {
            return 1;
        }
    }
    return 0;
}

/* One column of the roster, unless the interviews have it. */
static mtm_status name_column(joining *at, const char *name, size_t length, size_t i, size_t *n) {
    at->place[i] = SIZE_MAX;
    if (length == 0 || has_column(at->to, *n, name, length)) {
        return MTM_OK;
    }
    at->place[i] = *n;
    mtmi_survey_column *column = &at->to->columns[(*n)++];
    MTMI_CHECK_STATUS(mtmi_survey_frame_name(at->to, at->place[i], name, length, 0, at->err));
    column->answers = mtmi_export_answers(at->survey->plan.questions, column->name);
    return MTM_OK;
}

static mtm_status name_columns(joining *at, const mtmi_row *row) {
    mtmi_survey_frame *from = at->survey->frame;
    mtmi_buffer made = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    size_t n = from->n_columns;
    at->n_cells = row->n_cells;
    at->parent = SIZE_MAX;
    at->place = mtmi_memory_new(row->n_cells + 1, sizeof *at->place);
    MTMI_TRY(at->place == NULL ? mtmi_error_memory(at->err) : MTM_OK);
    MTMI_TRY(mtmi_survey_frame_new(n + row->n_cells, &at->to, at->err));
    for (size_t i = 0; i < n; i++) {
        mtmi_survey_column *column = &from->columns[i];
        MTMI_TRY(mtmi_survey_frame_name(at->to, i, column->name, strlen(column->name), column->is_number, at->err));
    }
    for (size_t i = 0; i < row->n_cells; i++) {
        size_t length = row->cells[i].length;
        const char *name = mtmi_text_trim(row->cells[i].text, &length);
        const char *parent = at->survey->plan.roster_parent;
        int is_parent = strlen(parent) == length && memcmp(parent, name, length) == 0;
        at->parent = is_parent ? i : at->parent;
        if (!is_parent && length > 0) {
            name = mtmi_export_header(at->survey->plan.questions, row, i, &made, &length);
        }
        MTMI_TRY(name == NULL ? mtmi_error_memory(at->err) : MTM_OK);
        MTMI_TRY(name_column(at, name, length, i, &n));
    }
    at->to->n_columns = n;
    status = at->parent == SIZE_MAX ? refuse(at, "the roster", at->survey->plan.roster_parent) : MTM_OK;
out:
    mtmi_buffer_free(&made);
    return status;
}

static mtm_status refuse_row(joining *at, const mtmi_row *row) {
    mtm_survey *survey = at->survey;
    survey->rows_refused++;
    if (survey->n_refusals == REFUSALS_KEPT) {
        return MTM_OK;
    }
    if (!mtmi_memory_reserve((void **)&survey->refusals, &survey->refusals_capacity, survey->n_refusals + 1,
                             sizeof *survey->refusals)) {
        return mtmi_error_memory(at->err);
    }
    mtmi_survey_refusal *one = &survey->refusals[survey->n_refusals++];
    *one = (mtmi_survey_refusal){.line = row->line, .code = MTMI_CODE_SURVEY_ROSTER};
    one->found = mtmi_memory_copy_text("");
    return one->found == NULL ? mtmi_error_memory(at->err) : MTM_OK;
}

/* The interview that a key names, or that of the member whose key it is: "uuid:1/members[2]" of ODK begins with the key of its
 * interview. MTMI_MAP_NONE for none. */
static uint32_t interview_of(const joining *at, const char *text, size_t length) {
    uint32_t code = mtmi_map_find(&at->key->words, text, length);
    while (code == MTMI_MAP_NONE && length > 0) {
        length--;
        code = text[length] == '/' ? mtmi_map_find(&at->key->words, text, length) : MTMI_MAP_NONE;
    }
    return code == MTMI_MAP_NONE ? MTMI_MAP_NONE : at->interview[code];
}

static mtm_status add_member(joining *at, const mtmi_row *row) {
    const mtmi_survey_frame *from = at->survey->frame;
    size_t length = at->parent < row->n_cells ? row->cells[at->parent].length : 0;
    const char *text = length == 0 ? "" : mtmi_text_trim(row->cells[at->parent].text, &length);
    uint32_t parent = interview_of(at, text, length);
    at->survey->rows_in++;
    if (row->code != 0 || length == 0 || parent == MTMI_MAP_NONE || row->n_cells > at->n_cells) {
        return refuse_row(at, row);
    }
    MTMI_CHECK_STATUS(mtmi_survey_frame_open_row(at->to, row->line, at->err));
    for (size_t i = 0; i < from->n_columns; i++) {
        mtmi_survey_column *to = &at->to->columns[i];
        if (to->is_number) {
            const mtmi_amount number = mtmi_survey_number(&from->columns[i], parent);
            if (!mtmi_survey_frame_set_number(at->to, to, at->to->n_rows, number)) {
                return mtmi_error_memory(at->err);
            }
            int weight = at->survey->plan.weight != NULL && strcmp(to->name, at->survey->plan.weight) == 0;
            at->survey->zero_weights += weight && number.units == 0;
        } else {
            if (!mtmi_survey_frame_set(at->to, to, at->to->n_rows, mtmi_survey_code(&from->columns[i], parent))) {
                return mtmi_error_memory(at->err);
            }
        }
    }
    for (size_t i = 0; i < at->n_cells; i++) {
        size_t size = i < row->n_cells ? row->cells[i].length : 0;
        const char *cell = size == 0 ? "" : mtmi_text_trim(row->cells[i].text, &size);
        if (at->place[i] != SIZE_MAX) {
            MTMI_CHECK_STATUS(mtmi_survey_frame_put(at->to, at->place[i], cell, size, at->err));
        }
    }
    mtmi_survey_frame_close_row(at->to);
    return MTM_OK;
}

/* The words of the interviews' columns go over; their numbers stay. */
static void hand_over(joining *at) {
    mtmi_survey_frame *from = at->survey->frame;
    for (size_t i = 0; i < from->n_columns; i++) {
        at->to->columns[i].words = from->columns[i].words;
        from->columns[i].words = (mtmi_map)MTMI_MAP_INIT;
    }
    mtmi_survey_frame_free(from);
    at->survey->frame = at->to;
    at->to = NULL;
}

static int is_blank(const mtmi_row *row) {
    for (size_t i = 0; i < row->n_cells; i++) {
        if (row->cells[i].length > 0) {
            return 0;
        }
    }
    return row->code == 0;
}

/* Lines are those of the roster from here on; interviews that were refused keep the name of their file. */
static mtm_status rename_rows(mtm_survey *survey, const char *name, mtm_error *err) {
    if (name == NULL || strcmp(name, survey->name) == 0) {
        return MTM_OK;
    }
    for (size_t i = 0; i < survey->n_refusals; i++) {
        mtmi_survey_refusal *one = &survey->refusals[i];
        one->source = one->source != NULL ? one->source : mtmi_memory_copy_text(survey->name);
        if (one->source == NULL) {
            return mtmi_error_memory(err);
        }
    }
    char *copy = mtmi_memory_copy_text(name);
    if (copy == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_memory_free(survey->name);
    survey->name = copy;
    return MTM_OK;
}

mtm_status mtmi_survey_join_roster(mtm_survey *survey, mtmi_rows *rows, mtm_error *err) {
    joining at = {.survey = survey, .rows = rows, .err = err};
    mtm_status status = MTM_OK;
    MTMI_TRY(index_interviews(&at));
    MTMI_TRY(rename_rows(survey, rows->name, err));
    survey->rows_in = survey->rows_refused = survey->zero_weights = survey->blank = 0;
    for (int got = 1; got;) {
        mtmi_row row = {0};
        MTMI_TRY(rows->next(rows, &row, &got, err));
        if (got && is_blank(&row)) {
            survey->blank += at.place != NULL;
        } else if (got) {
            MTMI_TRY(at.place == NULL ? name_columns(&at, &row) : add_member(&at, &row));
        }
    }
    MTMI_TRY(at.place == NULL ? refuse(&at, "the roster", survey->plan.roster_parent) : MTM_OK);
    hand_over(&at);
out:
    mtmi_survey_frame_free(at.to);
    mtmi_memory_free(at.interview);
    mtmi_memory_free(at.place);
    return status;
}
