/* Reads interviews into the frame, a row for each; rows that cannot be weighted, and interviews that come again, are
 * refused and listed. Invariant: rows in = rows kept + rows refused + blank lines. */
#include "survey/read_survey.h"

#include "base/try.h"
#include "survey/form/export_labels.h"
#include "survey/survey_words.h"

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define REFUSALS_KEPT 1000
#define PROGRESS_ROWS 65536

typedef struct row_reader {
    mtm_survey *survey;
    mtmi_rows *rows;
    json_t *keep;
    const mtm_survey_options *options;
    mtmi_survey_seen *seen;
    size_t *place; /* by cell of the header: column of the frame, or SIZE_MAX */
    size_t n_cells;
    size_t weight, id; /* cells, or SIZE_MAX */
    mtm_error *err;
} row_reader;

static int names_column(const char *const *names, size_t n, const char *name, size_t length) {
    for (size_t i = 0; i < n; i++) {
        if (names[i] != NULL && strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
            return 1;
        }
    }
    return 0;
}

static int is_replicate(const mtmi_survey_plan *plan, const char *name, size_t length) {
    json_t *columns = json_object_get(plan->replicates, "columns");
    const char *pattern = json_string_value(columns);
    size_t size = pattern == NULL ? 0 : strlen(pattern);
    if (size > 1 && pattern[size - 1] == '*') {
        return length >= size - 1 && memcmp(pattern, name, size - 1) == 0;
    }
    return mtmi_words_have(columns, name, length);
}

static int is_calibrated(const mtmi_survey_plan *plan, const char *name, size_t length) {
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(plan->calibration, "totals"), key, value) {
        if (strlen(key) == length && memcmp(key, name, length) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Numbers by their kind: the weight and replicate weights. */
static int is_number(const mtmi_survey_plan *plan, const char *name, size_t length) {
    return names_column(&plan->weight, 1, name, length) || is_replicate(plan, name, length);
}

static int is_of_design(const mtmi_survey_plan *plan, const char *name, size_t length) {
    return is_number(plan, name, length) || is_calibrated(plan, name, length) ||
           names_column(&plan->roster_key, 1, name, length) ||
           names_column(plan->strata, plan->n_strata, name, length) ||
           names_column(plan->clusters, plan->n_clusters, name, length) ||
           names_column(plan->fpc, plan->n_fpc, name, length);
}

/* Ids are not kept, unless they tell the units of a stage apart. */
static int is_kept(const row_reader *at, const char *name, size_t length) {
    const mtmi_survey_plan *plan = &at->survey->plan;
    if (is_of_design(plan, name, length)) {
        return 1;
    }
    return !names_column(&plan->id, 1, name, length) && (at->keep == NULL || mtmi_words_have(at->keep, name, length));
}

static mtm_status refuse_header(const row_reader *at, int64_t line, const char *format, const char *name) {
    return mtmi_error_set(at->err, MTM_ERROR_STRUCTURE, MTMI_CODE_HEADER, (mtmi_place){at->rows->name, line, 0}, format,
                          name);
}

static const char *header_name(const row_reader *at, const mtmi_row *row, size_t i, mtmi_buffer *made, size_t *length) {
    *length = row->cells[i].length;
    const char *text = mtmi_text_trim(row->cells[i].text, length);
    return *length == 0 || is_of_design(&at->survey->plan, text, *length)
               ? text
               : mtmi_export_header(at->survey->plan.questions, row, i, made, length);
}

static mtm_status name_columns(row_reader *at, const mtmi_row *row) {
    mtm_survey *survey = at->survey;
    mtmi_buffer made = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    size_t n = 0, length;
    for (size_t i = 0; i < row->n_cells; i++) {
        const char *name = header_name(at, row, i, &made, &length);
        MTMI_TRY(name == NULL ? mtmi_error_memory(at->err) : MTM_OK);
        at->id = names_column(&survey->plan.id, 1, name, length) ? i : at->id;
        at->weight = names_column(&survey->plan.weight, 1, name, length) ? i : at->weight;
        n += length > 0 && is_kept(at, name, length);
    }
    MTMI_TRY(mtmi_survey_frame_new(n, &survey->frame, at->err));
    for (size_t i = 0, column = 0; i < row->n_cells; i++) {
        const char *name = header_name(at, row, i, &made, &length);
        MTMI_TRY(name == NULL ? mtmi_error_memory(at->err) : MTM_OK);
        at->place[i] = SIZE_MAX;
        if (length > 0 && is_kept(at, name, length)) {
            at->place[i] = column;
            mtmi_survey_column *target = &survey->frame->columns[column];
            MTMI_TRY(mtmi_survey_frame_name(survey->frame, column++, name, length,
                                            is_number(&survey->plan, name, length), at->err));
            target->answers = mtmi_export_answers(survey->plan.questions, target->name);
        }
    }
out:
    mtmi_buffer_free(&made);
    return status;
}

/* Places of the columns in a further file, which may have them in another order. */
static mtm_status match_columns(row_reader *at, const mtmi_row *row) {
    mtmi_survey_frame *frame = at->survey->frame;
    mtmi_buffer made = MTMI_BUFFER_INIT;
    size_t found = 0, length;
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < row->n_cells; i++) {
        const char *name = header_name(at, row, i, &made, &length);
        MTMI_TRY(name == NULL ? mtmi_error_memory(at->err) : MTM_OK);
        at->id = names_column(&at->survey->plan.id, 1, name, length) ? i : at->id;
        at->weight = names_column(&at->survey->plan.weight, 1, name, length) ? i : at->weight;
        at->place[i] = SIZE_MAX;
        for (size_t c = 0; c < frame->n_columns; c++) {
            if (strlen(frame->columns[c].name) == length && memcmp(frame->columns[c].name, name, length) == 0) {
                at->place[i] = c;
                found++;
            }
        }
    }
    status = found == frame->n_columns
                 ? MTM_OK
                 : refuse_header(at, row->line, "expected the same columns as in the first file%s", "");
out:
    mtmi_buffer_free(&made);
    return status;
}

static mtm_status check_twice(const row_reader *at, int64_t line) {
    const mtmi_survey_frame *frame = at->survey->frame;
    mtmi_map names = MTMI_MAP_INIT;
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < frame->n_columns; i++) {
        size_t before = names.n;
        const char *name = frame->columns[i].name;
        if (mtmi_map_add(&names, name, strlen(name)) == MTMI_MAP_NONE) {
            status = mtmi_error_memory(at->err);
            goto out;
        } else if (names.n == before) {
            status = refuse_header(at, line, "two columns have the name %q", name);
            goto out;
        }
    }
out:
    mtmi_map_free(&names);
    return status;
}

static mtm_status read_header(row_reader *at, const mtmi_row *row) {
    const mtmi_survey_plan *plan = &at->survey->plan;
    at->n_cells = row->n_cells;
    at->weight = at->id = SIZE_MAX;
    at->place = mtmi_memory_new(row->n_cells + 1, sizeof *at->place);
    if (at->place == NULL) {
        return mtmi_error_memory(at->err);
    }
    MTMI_CHECK_STATUS(at->survey->frame == NULL ? name_columns(at, row) : match_columns(at, row));
    at->survey->frame->commas_doubtful |= strcmp(at->rows->dialect.delimiter.text, ";") != 0;
    MTMI_CHECK_STATUS(check_twice(at, row->line));
    if (plan->weight != NULL && at->weight == SIZE_MAX) {
        return refuse_header(at, row->line, "there is no column %q, which \"survey\" declares as the weight",
                             plan->weight);
    }
    if (plan->id != NULL && at->id == SIZE_MAX) {
        return refuse_header(at, row->line, "there is no column %q, which \"survey\" declares as the id", plan->id);
    }
    return MTM_OK;
}

static char *copy_if(int wanted, const char *text) {
    return wanted ? mtmi_memory_copy_text(text) : NULL;
}

/* found: shown in the list where it may be; never an id. first: where an interview that comes twice came first; else NULL. */
static mtm_status refuse_row(const row_reader *at, int64_t line, int code, const char *found, size_t length,
                             const mtmi_survey_origin *first) {
    mtm_survey *survey = at->survey;
    survey->rows_refused++;
    if (survey->n_refusals == REFUSALS_KEPT) {
        return MTM_OK;
    }
    if (!mtmi_memory_reserve((void **)&survey->refusals, &survey->refusals_capacity, survey->n_refusals + 1,
                             sizeof *survey->refusals)) {
        return mtmi_error_memory(at->err);
    }
    const mtmi_survey_seen *seen = at->seen;
    const char *source = seen->sources[seen->n_sources - 1];
    int apart = survey->fold != NULL || strcmp(source, survey->name) != 0;
    int earlier = first != NULL && first->source + 1 < seen->n_sources;
    mtmi_survey_refusal *one = &survey->refusals[survey->n_refusals++];
    *one = (mtmi_survey_refusal){.line = line, .code = code, .first = first == NULL ? 0 : first->line};
    one->found = mtmi_memory_copy_bytes(found, mtmi_words_may_tell(found, length) ? length : 0);
    one->source = copy_if(apart, source);
    one->earlier = copy_if(earlier, first == NULL ? "" : seen->sources[first->source]);
    return one->found == NULL || (apart && one->source == NULL) || (earlier && one->earlier == NULL)
               ? mtmi_error_memory(at->err)
               : MTM_OK;
}

/* 0 for a weight that can be used, else the code of what is wrong. */
static int judge_weight(row_reader *at, const mtmi_row *row) {
    mtmi_amount amount;
    if (at->weight == SIZE_MAX) {
        return 0;
    }
    const mtmi_cell *cell = &row->cells[at->weight];
    size_t length = cell->length;
    const char *text = mtmi_text_trim(cell->text, &length);
    if (mtmi_words_state(&at->survey->plan, NULL, text, length) == MTMI_MISSING) {
        return MTMI_CODE_SURVEY_WEIGHT_MISSING;
    }
    if (!mtmi_amount_read_as(text, length, mtmi_survey_comma(at->survey->frame), &amount) || amount.units < 0) {
        return MTMI_CODE_SURVEY_WEIGHT;
    }
    return 0;
}

static int is_zero_weight(const row_reader *at, const mtmi_row *row) {
    mtmi_amount amount = {1, 0};
    if (at->weight != SIZE_MAX) {
        size_t length = row->cells[at->weight].length;
        const char *text = mtmi_text_trim(row->cells[at->weight].text, &length);
        mtmi_amount_read(text, length, &amount);
    }
    return amount.units == 0;
}

/* *first: where the interview came before; NULL where it did not. */
static mtm_status know_again(const row_reader *at, const mtmi_row *row, const mtmi_survey_origin **first) {
    *first = NULL;
    if (at->id == SIZE_MAX) {
        return MTM_OK;
    }
    size_t length = row->cells[at->id].length;
    const char *id = mtmi_text_trim(row->cells[at->id].text, &length);
    return mtmi_seen_add(at->seen, id, length, row->line, first, at->err);
}

static mtm_status keep_row(const row_reader *at, const mtmi_row *row) {
    mtmi_survey_frame *frame = at->survey->frame;
    MTMI_CHECK_STATUS(mtmi_survey_frame_open_row(frame, row->line, at->err));
    for (size_t i = 0; i < row->n_cells; i++) {
        if (at->place[i] != SIZE_MAX) {
            size_t length = row->cells[i].length;
            const char *text = mtmi_text_trim(row->cells[i].text, &length);
            MTMI_CHECK_STATUS(mtmi_survey_frame_put(frame, at->place[i], text, length, at->err));
        }
    }
    mtmi_survey_frame_close_row(frame);
    if (at->survey->fold != NULL && frame->n_rows == MTMI_FOLD_ROWS) {
        MTMI_CHECK_STATUS(at->survey->fold(at->survey->fold_data, at->survey, at->err));
        frame->n_rows = 0;
    }
    return MTM_OK;
}

static mtm_status take_row(row_reader *at, const mtmi_row *row) {
    const mtmi_survey_origin *first = NULL;
    at->survey->rows_in++;
    if (row->code != 0 || row->n_cells != at->n_cells) {
        return refuse_row(at, row->line, row->code != 0 ? row->code : MTMI_CODE_SURVEY_ROW, "", 0, NULL);
    }
    int code = judge_weight(at, row);
    if (code != 0) {
        return refuse_row(at, row->line, code, row->cells[at->weight].text, row->cells[at->weight].length, NULL);
    }
    MTMI_CHECK_STATUS(know_again(at, row, &first));
    if (first != NULL) {
        return refuse_row(at, row->line, MTMI_CODE_SURVEY_TWICE, "", 0, first);
    }
    at->survey->zero_weights += is_zero_weight(at, row);
    return keep_row(at, row);
}

static int is_blank(const mtmi_row *row) {
    for (size_t i = 0; row->code == 0 && i < row->n_cells; i++) {
        if (row->cells[i].length > 0) {
            return 0;
        }
    }
    return row->code == 0;
}

/* The row of tags under a header: every cell is empty or a hashtag (HXL). */
static int is_tags(const mtmi_row *row) {
    for (size_t i = 0; row->code == 0 && i < row->n_cells; i++) {
        if (row->cells[i].length > 0 && row->cells[i].text[0] != '#') {
            return 0;
        }
    }
    return row->code == 0;
}

static mtm_status tell_progress(const row_reader *at, size_t rows) {
    const mtm_survey_options *options = at->options;
    if (options->progress == NULL || rows % PROGRESS_ROWS != 0) {
        return MTM_OK;
    }
    uint64_t done = at->rows->position == NULL ? rows : at->rows->position(at->rows);
    return options->progress(done, at->rows->total, options->progress_data) == 0
               ? MTM_OK
               : mtmi_error_set(at->err, MTM_ERROR_CANCELLED, 0, (mtmi_place){at->rows->name, 0, 0}, "cancelled");
}

mtm_status mtmi_survey_read_rows(mtm_survey *survey, mtmi_rows *rows, json_t *keep, const mtm_survey_options *options,
                                 mtmi_survey_seen *seen, mtm_error *err) {
    row_reader at = {.survey = survey, .rows = rows, .keep = keep, .options = options, .seen = seen, .err = err};
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_seen_begin(seen, rows->name != NULL ? rows->name : survey->name, err));
    for (size_t n = 0;;) {
        mtmi_row row = {0};
        int got = 0;
        MTMI_TRY(rows->next(rows, &row, &got, err));
        if (!got) {
            break;
        }
        if (is_blank(&row)) {
            survey->blank += at.place != NULL;
        } else if (at.place == NULL) {
            MTMI_TRY(read_header(&at, &row));
        } else if (n == 0 && is_tags(&row)) {
            survey->blank++;
        } else {
            MTMI_TRY(take_row(&at, &row));
            MTMI_TRY(tell_progress(&at, ++n));
        }
    }
    if (at.place == NULL) {
        status = mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_EMPTY, (mtmi_place){rows->name, 0, 0},
                                "the file is empty; expected a header and rows");
    }
out:
    mtmi_memory_free(at.place);
    return status;
}
