/* Makes the rows of a breakdown from a total and its parts: shares, ranks and the remainder. The rows add up to the
 * total; ties share a rank, and the cut of a top N includes its ties. */
#include "indicator/breakdown.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "indicator/covering.h"
#include "period/period.h"

#include <string.h>

/* What the remainder covers: what the value does and no row. */
static const char REST[] = "rest";

/* A member that may become a row. */
typedef struct candidate {
    int32_t member;
    mtm_decimal value;
    const char *code;
} candidate;

typedef struct making {
    mtmi_writing *writing;
    const mtmi_request *request;
    const mtmi_parts *parts;
    const mtmi_figure *value;
    candidate *ranked;
    size_t n;           /* of ranked */
    unsigned char *cut; /* members that the top leaves out */
    mtm_decimal listed; /* what the rows written so far add up to */
    mtm_decimal all;    /* what all parts add up to, groups apart */
    int with_shares;
    mtmi_figure_cache *cache; /* of extents */
} making;

static const mtmi_dimension *dimension_of(const making *job) {
    return &job->parts->view->dataset->dimensions[job->parts->by];
}

static const mtmi_member *member_of(const making *job, int32_t member) {
    return &dimension_of(job)->members[member];
}

static int largest_first(const void *context, const void *a, const void *b) {
    const candidate *left = a, *right = b;
    int by = mtmi_decimal_compare(right->value, left->value);
    (void)context;
    return by != 0 ? by : strcmp(left->code, right->code);
}

/* Whether a member is listed by name: in the group where there is one. */
static int is_listed(const making *job, int32_t member) {
    if (member_of(job, member)->kind != MTM_MEMBER_CODE) {
        return 0;
    }
    return job->request->group == NULL || mtmi_selection_in_group(job->parts->view->dataset, job->parts->by, member,
                                                                  job->request) != job->request->outside;
}

static mtm_status gather(making *job, mtm_error *err) {
    const mtmi_parts *parts = job->parts;
    const int decimals = parts->view->dataset->decimals;
    job->ranked = mtmi_memory_new(parts->n, sizeof *job->ranked);
    job->cut = mtmi_memory_new(parts->n, 1);
    if (job->ranked == NULL || job->cut == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < parts->n; i++) {
        mtm_decimal value;
        if (parts->part[i].sum.state != MTMI_SUM_VALUE || member_of(job, (int32_t)i)->kind == MTM_MEMBER_TOTAL) {
            continue;
        }
        MTMI_CHECK_STATUS(mtmi_decimal_narrow(parts->part[i].sum.units, decimals, &value, err));
        MTMI_CHECK_STATUS(mtmi_decimal_add(job->all, value, &job->all, err));
        job->with_shares = job->with_shares && value.units >= 0;
        if (is_listed(job, (int32_t)i)) {
            job->ranked[job->n++] = (candidate){(int32_t)i, value, member_of(job, (int32_t)i)->code};
        }
    }
    if (!mtmi_sort(job->ranked, job->n, sizeof *job->ranked, largest_first, NULL)) {
        return mtmi_error_memory(err);
    }
    return MTM_OK;
}

static mtm_status share(const making *job, mtm_decimal value, mtm_row *row, mtm_error *err) {
    if (!job->with_shares) {
        return MTM_OK;
    }
    mtm_status status = mtmi_decimal_percent(value, job->value->value, 1, &row->share, err);
    row->has_share = status == MTM_OK;
    return status == MTM_ERROR_RANGE ? MTM_OK : status; /* a share that does not fit is none */
}

static mtm_status label(const making *job, int32_t member, mtmi_result_row *row, mtm_error *err) {
    const mtmi_member *m = member_of(job, member);
    MTMI_CHECK_STATUS(mtmi_member_titles(dimension_of(job), m, &row->label, err));
    row->code = mtmi_memory_copy_text(m->code);
    return row->code != NULL ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status write_steps(const making *job, int32_t member, const char *code, mtm_error *err) {
    mtmi_trace *trace = &job->parts->part[member].trace;
    mtmi_trace_name(trace, job->value->way == MTMI_WAY_LATEST && job->parts->view->dataset->kind == MTM_KIND_STOCK
                               ? MTM_OPERATION_LATEST
                           : job->parts->view->dataset->kind == MTM_KIND_STOCK ? MTM_OPERATION_LAST
                                                                               : MTM_OPERATION_TAKE);
    return mtmi_write_steps(job->writing, trace, MTM_LINEAGE_BREAKDOWN, code, err);
}

/* Whether the parts are by their dimension alone: then a part counts its member and nothing less. */
static int is_by_one(const mtmi_parts *parts) {
    int one = 1;
    for (size_t i = 0; i < parts->counted.n_counted; i++) {
        one = one && parts->counted.counted[i].history->mask == (uint32_t)1 << parts->by;
    }
    return one;
}

/* What a row counts; of confidential tables it is not told. */
static mtm_status find_extent(const making *job, int32_t member, uint32_t *covers, mtm_error *err) {
    const mtm_dataset *dataset = job->parts->view->dataset;
    mtmi_figure_cache *cache = job->cache;
    mtm_status status = MTM_OK;
    *covers = MTMI_NO_EXTENT;
    if (dataset->confidential || dataset->microdata) {
        *covers = mtmi_extent_names_add_text(&cache->names, "");
    } else if (is_by_one(job->parts)) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&text, "%s=%s", dimension_of(job)->name, member_of(job, member)->code);
        *covers = text.failed ? MTMI_NO_EXTENT : mtmi_extent_names_add_text(&cache->names, text.data);
        mtmi_buffer_free(&text);
    } else {
        mtmi_extent extent;
        status = mtmi_covering_part(&job->parts->counted, (size_t)job->parts->by, member, &cache->boxes, &extent, err);
        *covers = status == MTM_OK ? mtmi_extent_names_add(&cache->names, &extent, &cache->boxes) : MTMI_NO_EXTENT;
        mtmi_extent_free(&extent);
    }
    return status == MTM_OK && *covers == MTMI_NO_EXTENT ? mtmi_error_memory(err) : status;
}

static mtm_status write_member(making *job, int32_t member, mtm_decimal value, int32_t rank, mtm_error *err) {
    mtmi_result_row *row = mtmi_write_row(job->writing);
    const mtmi_sum *sum = &job->parts->part[member].sum;
    if (row == NULL) {
        return mtmi_error_memory(err);
    }
    row->row.kind = (int32_t)member_of(job, member)->kind;
    row->row.rank = rank;
    row->row.status = sum->status;
    row->row.has_value = 1;
    row->row.value = value;
    MTMI_CHECK_STATUS(label(job, member, row, err));
    MTMI_CHECK_STATUS(find_extent(job, member, &row->covers, err));
    MTMI_CHECK_STATUS(share(job, value, &row->row, err));
    MTMI_CHECK_STATUS(mtmi_decimal_add(job->listed, value, &job->listed, err));
    return write_steps(job, member, member_of(job, member)->code, err);
}

/* Ranks of ties are the same, and the next one counts them all. */
static mtm_status write_ranked(making *job, int32_t top, mtm_error *err) {
    int32_t rank = 0;
    int cut = 0;
    for (size_t i = 0; i < job->n; i++) {
        int tie = i > 0 && mtmi_decimal_compare(job->ranked[i].value, job->ranked[i - 1].value) == 0;
        cut = cut || (i >= (size_t)top && !tie);
        if (cut) {
            job->cut[job->ranked[i].member] = 1;
            job->writing->result->rows_are_cut = 1;
            continue;
        }
        rank = tie ? rank : (int32_t)i + 1;
        MTMI_CHECK_STATUS(write_member(job, job->ranked[i].member, job->ranked[i].value, rank, err));
    }
    return MTM_OK;
}

/* Members that say of themselves that they are not known or withheld: rows of their own, without a rank. */
static mtm_status write_unranked(making *job, mtm_error *err) {
    for (size_t i = 0; i < job->parts->n; i++) {
        const mtmi_sum *sum = &job->parts->part[i].sum;
        const mtmi_member *member = member_of(job, (int32_t)i);
        if (member->kind == MTM_MEMBER_UNKNOWN && sum->state == MTMI_SUM_VALUE && job->request->group == NULL) {
            mtm_decimal value;
            MTMI_CHECK_STATUS(mtmi_decimal_narrow(sum->units, job->parts->view->dataset->decimals, &value, err));
            MTMI_CHECK_STATUS(write_member(job, (int32_t)i, value, 0, err));
        }
        if (sum->state == MTMI_SUM_MISSING && is_listed(job, (int32_t)i) &&
            (sum->reason == MTM_REASON_SUPPRESSED || job->parts->part[i].lacks)) {
            mtmi_result_row *row = mtmi_write_row(job->writing);
            if (row == NULL) {
                return mtmi_error_memory(err);
            }
            MTMI_CHECK_STATUS(label(job, (int32_t)i, row, err));
            row->covers = MTMI_NO_EXTENT;
            row->row.status = sum->reason == MTM_REASON_SUPPRESSED ? 'Q' : 'O';
            row->reason = sum->reason;
        }
    }
    return MTM_OK;
}

static mtm_status name_remainder(mtmi_result_row *row, int only_difference, mtm_error *err) {
    static const char *const names[2][3] = {{"Other", "Прочие", "Басқалары"},
                                            {"Not specified", "Не распределено", "Бөлінбеген"}};
    row->code = mtmi_memory_copy_text("_O");
    for (int i = 0; i < 3; i++) {
        row->label.text[i] = mtmi_memory_copy_text(names[only_difference][i]);
        if (row->label.text[i] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return row->code != NULL ? MTM_OK : mtmi_error_memory(err);
}

/* Members behind the remainder: those that were cut, the source's own rest, labels that no code matches. */
static int is_rest(const making *job, int32_t member) {
    const mtm_member_kind kind = member_of(job, member)->kind;
    if (job->parts->part[member].sum.state != MTMI_SUM_VALUE) {
        return 0;
    }
    if (job->cut[member]) {
        return 1;
    }
    int unknown = kind == MTM_MEMBER_UNKNOWN && job->request->group != NULL;
    return (kind == MTM_MEMBER_OTHER || kind == MTM_MEMBER_UNCLASSIFIED || unknown) &&
           (job->request->group == NULL || job->request->outside);
}

static mtm_status write_rest_steps(const making *job, size_t *n, mtm_decimal *sum, char *status_of, mtm_error *err) {
    for (size_t i = 0; i < job->parts->n; i++) {
        mtm_decimal value;
        if (!is_rest(job, (int32_t)i)) {
            continue;
        }
        MTMI_CHECK_STATUS(
            mtmi_decimal_narrow(job->parts->part[i].sum.units, job->parts->view->dataset->decimals, &value, err));
        MTMI_CHECK_STATUS(mtmi_decimal_add(*sum, value, sum, err));
        *status_of = mtmi_status_join(*status_of, job->parts->part[i].sum.status);
        MTMI_CHECK_STATUS(write_steps(job, (int32_t)i, "_O", err));
        ++*n;
    }
    return MTM_OK;
}

/* The remainder makes the rows add up to the total exactly; without a total it is what was cut. */
static mtm_status write_remainder(making *job, mtm_error *err) {
    size_t n = 0;
    mtm_decimal rest = {0, 0, 0};
    char status_of = 'A';
    MTMI_CHECK_STATUS(write_rest_steps(job, &n, &rest, &status_of, err));
    if (job->value->has_value) {
        MTMI_CHECK_STATUS(mtmi_decimal_subtract(job->value->value, job->listed, &rest, err));
    }
    if (rest.units == 0 && n == 0) {
        return MTM_OK;
    }
    mtmi_result_row *row = mtmi_write_row(job->writing);
    if (row == NULL) {
        return mtmi_error_memory(err);
    }
    row->row.kind = MTM_MEMBER_OTHER;
    row->row.has_value = 1;
    row->row.value = rest;
    row->row.status = status_of;
    row->covers = mtmi_extent_names_add_text(&job->cache->names, REST);
    if (row->covers == MTMI_NO_EXTENT) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(name_remainder(row, n == 0, err));
    return share(job, rest, &row->row, err);
}

/* Parts against the printed total: a difference, or what a selection leaves out. */
static mtm_status check_sum(making *job, int *refused, mtm_error *err) {
    const mtmi_parts *parts = job->parts;
    const mtmi_figure *value = job->value;
    if (!value->has_value || job->request->group != NULL || mtmi_decimal_compare(job->all, value->value) == 0 ||
        (parts->missing && !parts->selection)) {
        return MTM_OK;
    }
    const int stranger =
        parts->view != value->view && mtmi_choose_other_publisher(parts->view->dataset, value->view->dataset);
    mtmi_remark remark =
        mtmi_remark_of(parts->selection ? MTMI_REMARK_SELECTION : MTMI_REMARK_TOTAL_MISMATCH, MTM_LINEAGE_BREAKDOWN);
    remark.period = value->observed;
    remark.has_a = remark.has_b = 1;
    remark.a = value->value;
    remark.b = job->all;
    if (value->trace.n > 0) {
        remark.file = value->trace.used[0].dataset->file;
        remark.line = value->trace.used[0].dataset->lines[value->trace.used[0].row];
    }
    if (!parts->selection && (parts->other_release || stranger)) {
        *refused = 1;
        job->writing->result->breakdown_reason = stranger ? MTM_REASON_COVERAGE_DIFFERS : MTM_REASON_VINTAGES_DIFFER;
        remark = mtmi_remark_of(MTMI_REMARK_BREAKDOWN_INCOMPATIBLE, MTM_LINEAGE_BREAKDOWN);
        remark.reason = job->writing->result->breakdown_reason;
        remark.period = parts->observed;
    } else if (!parts->selection) {
        job->writing->result->flags |= MTM_FLAG_TOTAL_MISMATCH;
    }
    return mtmi_write_remark(job->writing, &remark, err);
}

static mtm_status write_all(making *job, int32_t top, mtm_error *err) {
    int refused = 0;
    MTMI_CHECK_STATUS(gather(job, err));
    MTMI_CHECK_STATUS(check_sum(job, &refused, err));
    if (refused) {
        return MTM_OK;
    }
    job->writing->result->rows_are_selection = job->parts->selection;
    MTMI_CHECK_STATUS(write_ranked(job, top, err));
    MTMI_CHECK_STATUS(write_unranked(job, err));
    return write_remainder(job, err);
}

/* The remarks of a dataset that only the breakdown comes from. */
static mtm_status remark_parts(mtmi_writing *writing, const mtmi_parts *parts, const mtmi_request *request,
                               mtm_error *err) {
    mtmi_figure figure;
    mtmi_figure_start(&figure, parts->view);
    figure.observed = parts->observed;
    figure.pieces = parts->pieces;
    figure.n_pieces = parts->n_pieces;
    MTMI_CHECK_STATUS(mtmi_write_unclassified(writing, &figure, request, err));
    for (size_t i = 0; i < parts->n; i++) {
        figure.trace = parts->part[i].trace;
        MTMI_CHECK_STATUS(mtmi_write_figure_remarks(writing, &figure, MTM_LINEAGE_BREAKDOWN, err));
    }
    return MTM_OK;
}

static mtm_status explain(mtmi_writing *writing, mtm_reason reason, mtm_period window, mtm_error *err) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_BREAKDOWN_INCOMPATIBLE, MTM_LINEAGE_BREAKDOWN);
    writing->result->breakdown_reason = reason;
    if (!writing->result->has_value && writing->result->reason != MTM_REASON_BREAKDOWN_UNAVAILABLE &&
        (window.last == MTMI_DAY_NONE || writing->result->reason == reason)) {
        return MTM_OK; /* the value's own remark says it */
    }
    remark.reason = reason;
    remark.period = window;
    return mtmi_write_remark(writing, &remark, err);
}

static mtm_status name_dimension(mtm_result *result, const char *name, mtm_error *err) {
    char *copy = mtmi_memory_copy_text(name);
    if (copy == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_memory_free(result->dimension);
    result->dimension = copy;
    return MTM_OK;
}

/* Parts that do not fit into 64 bits, or their sum: there are no rows then, and their steps go too. */
static void forget_rows(mtmi_writing *writing, size_t n_steps) {
    mtm_result *result = writing->result;
    for (; result->n_rows > 0; result->n_rows--) {
        mtmi_memory_free(result->rows[result->n_rows - 1].code);
        mtmi_titles_free(&result->rows[result->n_rows - 1].label);
    }
    result->n_steps = n_steps;
    result->rows_are_cut = 0;
    result->breakdown_reason = MTM_REASON_TOO_LARGE;
    mtmi_evidence_forget(writing->evidence, writing->at, MTM_LINEAGE_BREAKDOWN);
}

/* Rows of which one does not fit are none, with the reason. */
static mtm_status write_all_named(making *job, int32_t top, mtm_error *err) {
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(name_dimension(job->writing->result, dimension_of(job)->name, err));
    const size_t n_steps = job->writing->result->n_steps;
    status = write_all(job, top, err);
    if (status == MTM_ERROR_RANGE) {
        forget_rows(job->writing, n_steps);
        status = MTM_OK;
    }
    mtmi_memory_free(job->ranked);
    mtmi_memory_free(job->cut);
    return status;
}

mtm_status mtmi_break_down(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                           const mtmi_figure *value, int32_t top, mtm_error *err) {
    mtmi_parts parts;
    mtm_reason reason;
    mtm_period window;
    int done = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_parts_find(views, request, writing->result->period, value, &parts, &reason, &window, err));
    if (parts.view == NULL) {
        MTMI_CHECK_STATUS(mtmi_break_down_shares(writing, views, request, value, top, &done, err));
        return done ? MTM_OK : explain(writing, reason, window, err);
    }
    making job = {writing,     request, &parts,    value,     NULL,
                  0,           NULL,    {0, 0, 0}, {0, 0, 0}, value->has_value && value->value.units > 0,
                  views->cache};
    MTMI_TRY(write_all_named(&job, top, err));
    MTMI_TRY(remark_parts(writing, &parts, request, err));
    if (parts.view->dataset->microdata || parts.view->dataset->confidential) {
        writing->result->flags |= MTM_FLAG_MICRODATA;
    }
out:
    mtmi_parts_clear(&parts);
    return status;
}

/* ---- percentages as published ---- */

static mtm_status write_published(making *job, int32_t top, mtm_error *err) {
    mtm_status status = MTM_OK;
    mtm_result *result = job->writing->result;
    size_t before = result->n_rows;
    const mtm_decimal hundred = {100, 0, 0};
    const mtmi_figure *value = job->value;
    mtmi_figure whole = *value;
    MTMI_CHECK_STATUS(gather(job, err));
    whole.has_value = 1;
    whole.value = hundred;
    whole.trace.n = 0;
    job->value = &whole; /* the parts of a hundred */
    job->with_shares = 0;
    MTMI_TRY(write_ranked(job, top, err));
    MTMI_TRY(write_unranked(job, err));
    MTMI_TRY(write_remainder(job, err));
    for (size_t i = before; i < result->n_rows; i++) {
        mtm_row *row = &result->rows[i].row;
        row->has_share = row->has_value;
        row->share = row->value;
        row->share.units = (int64_t)mtmi_decimal_rescale(row->value.units, row->value.decimals, 1);
        row->share.decimals = 1;
        row->has_value = 0;
        row->value = (mtm_decimal){0, 0, 0};
    }
out:
    job->value = value;
    return status;
}

static mtm_status write_named(making *job, int32_t top, mtm_error *err) {
    mtm_status status = MTM_OK;
    MTMI_TRY(name_dimension(job->writing->result, dimension_of(job)->name, err));
    MTMI_TRY(write_published(job, top, err));
out:
    mtmi_memory_free(job->ranked);
    mtmi_memory_free(job->cut);
    return status;
}

mtm_status mtmi_break_down_shares(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                                  const mtmi_figure *value, int32_t top, int *done, mtm_error *err) {
    char percent[] = "percent";
    mtmi_measure measure = *request->plus;
    mtmi_request shares = *request;
    mtmi_figure nothing = *value;
    mtmi_parts parts;
    mtm_reason reason;
    mtm_period window;
    *done = 0;
    if (request->minus != NULL || request->group != NULL) {
        return MTM_OK;
    }
    measure.unit = percent;
    measure.kind = MTM_KIND_SHARE;
    shares.plus = &measure;
    nothing.has_value = 0;
    const mtm_period period = value->has_value ? value->observed : writing->result->period;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_parts_find(views, &shares, period, &nothing, &parts, &reason, &window, err));
    if (parts.view != NULL && mtmi_period_same(parts.observed, period)) {
        making job = {writing, &shares, &parts, &nothing, NULL, 0, NULL, {0, 0, 0}, {0, 0, 0}, 0, views->cache};
        *done = 1;
        MTMI_TRY(write_named(&job, top, err));
        MTMI_TRY(remark_parts(writing, &parts, &shares, err));
    }
out:
    mtmi_parts_clear(&parts);
    return status;
}
