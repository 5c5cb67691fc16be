/* Collects what a report must state about figures: revisions, breaks, sources, coverage. They are facts; the report
 * puts them into words. */
#include "indicator/writing.h"

#include "data/observation.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "coverage/breaks.h"
#include "indicator/measure.h"
#include "period/period.h"

#include <string.h>

#define LABELS_LISTED 20

static mtm_status note_row(mtmi_writing *writing, const mtmi_used *used, int part, mtm_error *err) {
    const mtm_dataset *dataset = used->dataset;
    int32_t note = dataset->note_of != NULL ? dataset->note_of[used->row] : -1;
    int estimated = dataset->statuses[used->row] == 'E';
    if (note < 0 && !estimated) {
        return MTM_OK;
    }
    mtmi_remark remark = mtmi_remark_of(estimated ? MTMI_REMARK_ESTIMATED : MTMI_REMARK_SOURCE_NOTE, part);
    remark.period = dataset->periods[used->row];
    remark.text = note >= 0 ? dataset->notes[note] : NULL;
    remark.file = dataset->file;
    remark.line = dataset->lines[used->row];
    remark.has_a = 1;
    remark.a = (mtm_decimal){dataset->values[used->row], dataset->decimals, 0};
    return mtmi_write_remark(writing, &remark, err);
}

static mtm_status note_methodology(mtmi_writing *writing, const mtm_dataset *dataset, int part, mtm_error *err) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_METHODOLOGY_NOT_PUBLIC, part);
    if (dataset->methodology_public != 0) {
        return MTM_OK;
    }
    remark.text = dataset->sources[0].publisher;
    return mtmi_write_remark(writing, &remark, err);
}

static mtm_status note_superseded(mtmi_writing *writing, const mtmi_figure *figure, int part, mtm_error *err) {
    for (size_t i = 0; i < figure->n_superseded; i++) {
        const mtmi_other *other = &figure->superseded[i];
        mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_REVISED, part);
        mtmi_used used = {other->dataset, other->row, MTM_OPERATION_NONE};
        remark.period = figure->observed;
        remark.has_a = remark.has_b = 1;
        remark.a = other->value;
        remark.b = figure->value;
        remark.release = other->release.date;
        remark.release_b = figure->vintage.date;
        remark.file = other->dataset->file;
        remark.line = other->dataset->lines[other->row];
        MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
        MTMI_CHECK_STATUS(mtmi_write_step(writing, &used, MTM_LINEAGE_SUPERSEDED, "", err));
    }
    return MTM_OK;
}

static mtm_status note_tiles(mtmi_writing *writing, const mtmi_figure *figure, int part, mtm_error *err) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_TOTAL_MISMATCH, part);
    if (!figure->has_tiles) {
        return MTM_OK;
    }
    remark.period = figure->observed;
    remark.has_a = remark.has_b = 1;
    remark.a = figure->value;
    remark.b = figure->tiles;
    if (figure->trace.n > 0) {
        remark.file = figure->trace.used[0].dataset->file;
        remark.line = figure->trace.used[0].dataset->lines[figure->trace.used[0].row];
    }
    return mtmi_write_remark(writing, &remark, err);
}

static mtm_status note_ways(mtmi_writing *writing, const mtmi_figure *figure, int part, mtm_error *err) {
    if ((figure->flags & MTM_FLAG_ACROSS_RELEASES) != 0) {
        mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_DERIVED_ACROSS_RELEASES, part);
        remark.period = figure->observed;
        remark.release = figure->vintage_b.date;
        remark.release_b = figure->vintage.date;
        MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
    }
    if ((figure->flags & MTM_FLAG_SUPERSEDED_BASE) != 0) {
        mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_SUPERSEDED_BASE, part);
        remark.period = figure->observed;
        remark.has_a = remark.has_b = 1;
        remark.a = figure->revised.value;
        remark.b = figure->revised.later;
        remark.release = figure->revised.release.date;
        remark.file = figure->revised.dataset->file;
        remark.line = figure->revised.dataset->lines[figure->revised.row];
        MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
    }
    if ((figure->flags & MTM_FLAG_NEGATIVE_DIFFERENCE) != 0) {
        mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_CUMULATIVE_FALLS, part);
        remark.period = figure->observed;
        remark.has_a = remark.has_b = 1;
        remark.a = figure->fall.value;
        remark.b = figure->fall.later;
        remark.file = figure->fall.dataset->file;
        remark.line = figure->fall.dataset->lines[figure->fall.row];
        MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
    }
    if ((figure->flags & MTM_FLAG_NOT_ALIGNED) != 0) {
        mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_PERIODS_NOT_ALIGNED, part);
        remark.reason = MTM_REASON_PERIODS_NOT_ALIGNED;
        remark.period = figure->observed;
        MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
    }
    return MTM_OK;
}

/* The remark that a finding is worth where the row is used: of a total the row itself, of a balance its arrivals, of all rows where periods
 * may not be what they are called. 0 for none. */
static mtmi_remark_kind remark_of_row(const mtmi_finding *finding, const mtm_dataset *dataset, size_t row) {
    const int same_period = mtmi_period_same(finding->period, dataset->periods[row]);
    const mtmi_dimension *dimension = finding->dimension >= 0 ? &dataset->dimensions[finding->dimension] : NULL;
    switch (finding->kind) {
    case MTMI_FINDING_TOTAL_MISMATCH:
        return same_period && finding->line == dataset->lines[row] && finding->a.units == dataset->values[row]
                   ? MTMI_REMARK_TOTAL_MISMATCH
                   : (mtmi_remark_kind)0;
    case MTMI_FINDING_BALANCE:
        return same_period && finding->other_line == dataset->lines[row] &&
                       strcmp(dimension->members[dimension->codes[row]].code, "IN") == 0
                   ? MTMI_REMARK_BALANCE
                   : (mtmi_remark_kind)0;
    case MTMI_FINDING_YEAR_TO_DATE: return MTMI_REMARK_YEAR_TO_DATE;
    default: return (mtmi_remark_kind)0;
    }
}

/* What reading found wrong about a row that is used. */
static mtm_status note_findings(mtmi_writing *writing, const mtmi_used *used, int part, mtm_error *err) {
    const mtm_dataset *dataset = used->dataset;
    for (size_t i = 0; i < dataset->n_findings; i++) {
        const mtmi_finding *finding = &dataset->findings[i];
        const mtmi_remark_kind kind = remark_of_row(finding, dataset, used->row);
        if (kind == 0) {
            continue;
        }
        mtmi_remark remark = mtmi_remark_of(kind, part);
        remark.period = finding->period;
        remark.has_a = remark.has_b = 1;
        remark.a = finding->a;
        remark.b = finding->b;
        remark.file = dataset->file;
        remark.line = finding->line;
        MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
        writing->result->flags |=
            part == MTM_LINEAGE_VALUE && kind != MTMI_REMARK_YEAR_TO_DATE ? MTM_FLAG_TOTAL_MISMATCH : 0;
    }
    return MTM_OK;
}

/* Rows that are in no figure: of microdata that could not be read, of registrations that contradict others. */
static mtm_status note_not_counted(mtmi_writing *writing, const mtm_dataset *dataset, int part, mtm_error *err) {
    for (size_t i = 0; i < dataset->n_findings; i++) {
        const mtmi_finding *finding = &dataset->findings[i];
        if (finding->kind != MTMI_FINDING_REFUSED && finding->kind != MTMI_FINDING_CONFLICTS) {
            continue;
        }
        mtmi_remark remark =
            mtmi_remark_of(finding->kind == MTMI_FINDING_REFUSED ? MTMI_REMARK_REFUSED : MTMI_REMARK_CONFLICTS, part);
        remark.has_a = remark.has_b = 1;
        remark.a = finding->a;
        remark.b = finding->b;
        remark.file = dataset->file;
        MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
    }
    return MTM_OK;
}

/* Areas that were visited one after the other. */
static mtm_status note_dates(mtmi_writing *writing, const mtmi_figure *figure, int part, mtm_error *err) {
    mtmi_remark remark =
        mtmi_remark_of(figure->view->dataset->last_known ? MTMI_REMARK_LAST_KNOWN : MTMI_REMARK_DATES_DIFFER, part);
    if (figure->view->dataset->kind != MTM_KIND_STOCK) {
        return MTM_OK;
    }
    for (size_t i = 0; i < figure->trace.n; i++) {
        const mtmi_used *used = &figure->trace.used[i];
        const mtm_period at = used->dataset->periods[used->row];
        const int is_first = remark.period.first == MTMI_DAY_NONE;
        if (used->dataset->kind != MTM_KIND_STOCK || used->operation == MTM_OPERATION_DIVIDE) {
            continue; /* what a share is of is no other area */
        }
        remark.period.first = is_first || at.first < remark.period.first ? at.first : remark.period.first;
        remark.period.last = is_first || at.last > remark.period.last ? at.last : remark.period.last;
    }
    return remark.period.first < remark.period.last ? mtmi_write_remark(writing, &remark, err) : MTM_OK;
}

/* Days of the period on which files of microdata have no row. */
static mtm_status note_days(mtmi_writing *writing, const mtmi_figure *figure, int part, mtm_error *err) {
    if (mtmi_period_same(figure->uncovered, MTMI_PERIOD_NONE)) {
        return MTM_OK;
    }
    mtmi_remark remark = mtmi_remark_of(!figure->has_value                           ? MTMI_REMARK_DAYS_ABSENT
                                        : (figure->flags & MTM_FLAG_AS_COVERED) != 0 ? MTMI_REMARK_DAYS_LEFT_OUT
                                                                                     : MTMI_REMARK_DAYS_ASSUMED,
                                        part);
    remark.reason = figure->reason;
    remark.period = figure->uncovered;
    return mtmi_write_remark(writing, &remark, err);
}

mtm_status mtmi_write_unavailable(mtmi_writing *writing, const mtmi_figure *figure, const mtmi_request *request,
                                  const mtm_catalogue *catalogue, mtm_error *err) {
    mtmi_remark remark =
        mtmi_remark_of(figure->reason == MTM_REASON_PERIODS_NOT_ALIGNED ? MTMI_REMARK_PERIODS_NOT_ALIGNED
                                                                        : MTMI_REMARK_PERIOD_UNAVAILABLE,
                       MTM_LINEAGE_VALUE);
    mtm_status status = MTM_OK;
    if (figure->reason == MTM_REASON_BREAKDOWN_UNAVAILABLE) {
        return MTM_OK; /* said where the breakdown is looked for */
    }
    if (!mtmi_period_same(figure->uncovered, MTMI_PERIOD_NONE)) {
        return note_days(writing, figure, MTM_LINEAGE_VALUE, err);
    }
    remark.reason = figure->reason;
    remark.period = figure->missing;
    MTMI_TRY(mtmi_measure_differing(figure, request, catalogue, &remark.count, &remark.titles, err));
    MTMI_TRY(mtmi_write_remark(writing, &remark, err));
out:
    mtmi_titles_free(&remark.titles);
    return status;
}

mtm_status mtmi_write_break(mtmi_writing *writing, const mtmi_break *one, int part, mtm_error *err) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_BREAK, part);
    remark.reason = mtmi_break_reason(one);
    remark.period = (mtm_period){one->day, one->day};
    remark.titles = one->note;
    return mtmi_write_remark(writing, &remark, err);
}

enum { POINTS_MOST = 200 };

/* The days of each point, where points are all that the calendar tells apart. */
static mtm_status write_each_point(mtmi_writing *writing, const mtm_dataset *days, mtm_error *err) {
    const int at = mtmi_observation_points(days);
    for (size_t m = 0; at >= 0 && m < days->dimensions[at].n_members && m < POINTS_MOST; m++) {
        mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_POINT_DAYS, MTM_LINEAGE_VALUE);
        int64_t interval[3];
        mtmi_observation_count_point(days, at, (int32_t)m, writing->result->period, interval);
        remark.a.units = interval[0];
        remark.b.units = interval[0] + interval[1] + interval[2];
        remark.has_a = remark.has_b = remark.b.units > 0;
        remark.text = days->dimensions[at].members[m].code;
        if (remark.has_b) {
            MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_write_points(mtmi_writing *writing, const mtmi_views *views, mtm_error *err) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_POINT_DAYS, MTM_LINEAGE_VALUE);
    const mtm_result *result = writing->result;
    const mtm_dataset *calendar = NULL;
    int calendars = 0;
    if (result->component != MTMI_COMPONENT_FLOW_REGISTRY || strcmp(result->concept, "flow-monitoring") != 0) {
        return MTM_OK;
    }
    for (size_t i = 0; i < views->n; i++) {
        int64_t days[3];
        const mtm_dataset *dataset = views->view[i].dataset;
        if (!mtmi_observation_is_days(dataset)) {
            continue;
        }
        if (dataset->confidential) {
            return MTM_OK; /* whose days are a secret, too */
        }
        mtmi_observation_count(dataset, result->period, days);
        remark.a.units += days[0];
        remark.b.units += days[0] + days[1] + days[2];
        calendars++;
        calendar = dataset;
    }
    remark.has_a = remark.has_b = remark.b.units > 0;
    MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
    return calendars == 1 ? write_each_point(writing, calendar, err) : MTM_OK;
}

mtm_status mtmi_write_figure_remarks(mtmi_writing *writing, const mtmi_figure *figure, int part, mtm_error *err) {
    const mtmi_break *within = mtmi_break_between(figure->view->dataset, figure->observed, figure->observed);
    MTMI_CHECK_STATUS(note_superseded(writing, figure, part, err));
    MTMI_CHECK_STATUS(note_dates(writing, figure, part, err));
    MTMI_CHECK_STATUS(note_days(writing, figure, part, err));
    if (within != NULL) {
        MTMI_CHECK_STATUS(mtmi_write_break(writing, within, part, err));
    }
    MTMI_CHECK_STATUS(note_ways(writing, figure, part, err));
    MTMI_CHECK_STATUS(note_tiles(writing, figure, part, err));
    for (size_t i = 0; i < figure->trace.n; i++) {
        const mtmi_used *used = &figure->trace.used[i];
        int new_dataset = i == 0 || figure->trace.used[i - 1].dataset != used->dataset;
        if (new_dataset) {
            MTMI_CHECK_STATUS(note_methodology(writing, used->dataset, part, err));
            MTMI_CHECK_STATUS(note_not_counted(writing, used->dataset, part, err));
        }
        MTMI_CHECK_STATUS(note_row(writing, used, part, err));
        MTMI_CHECK_STATUS(note_findings(writing, used, part, err));
    }
    return MTM_OK;
}

/* ---- labels that no code matches ---- */

typedef struct label {
    const char *text;
    char *file;
    int64_t count, line;
} label;

static int more_first(const void *context, const void *a, const void *b) {
    const label *left = a, *right = b;
    (void)context;
    if (left->count != right->count) {
        return left->count > right->count ? -1 : 1;
    }
    return strcmp(left->text, right->text);
}

static int of_filter(const mtm_dataset *dataset, uint32_t row, const mtmi_measure *measure) {
    for (size_t i = 0; measure != NULL && i < measure->n_filters; i++) {
        int k = mtmi_dataset_find_dimension(dataset, measure->filters[i].dimension);
        const mtmi_dimension *dimension = k >= 0 ? &dataset->dimensions[k] : NULL;
        const char *code = dimension != NULL ? dimension->members[dimension->codes[row]].code : "";
        if (strcmp(code, measure->filters[i].code) != 0) {
            return 0;
        }
    }
    return measure != NULL;
}

static void count_labels(const mtmi_figure *figure, const mtmi_request *request, size_t k, label *labels) {
    const mtmi_dataset_index *view = figure->view;
    const mtmi_dimension *dimension = &view->dataset->dimensions[k];
    for (size_t p = 0; p < figure->n_pieces; p++) {
        size_t at = figure->pieces[p].period;
        for (size_t i = view->starts[at]; i < view->starts[at + 1]; i++) {
            uint32_t row = view->rows[i];
            const mtmi_member *member = &dimension->members[dimension->codes[row]];
            if (member->kind == MTM_MEMBER_UNCLASSIFIED &&
                (of_filter(view->dataset, row, request->plus) || of_filter(view->dataset, row, request->minus))) {
                label *one = &labels[dimension->codes[row]];
                one->text = member->code;
                one->count++;
                if (one->count == 1) {
                    uint32_t origin_row;
                    const mtm_dataset *origin = mtmi_dataset_index_origin(view, row, &origin_row);
                    one->file = origin->file;
                    one->line = origin->lines[origin_row];
                }
            }
        }
    }
}

static mtm_status list_labels(mtmi_writing *writing, const label *labels, size_t n, mtm_error *err) {
    mtmi_remark rest = mtmi_remark_of(MTMI_REMARK_UNCLASSIFIED, MTM_LINEAGE_VALUE);
    for (size_t i = 0; i < n && labels[i].count > 0; i++) {
        mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_UNCLASSIFIED, MTM_LINEAGE_VALUE);
        writing->result->flags |= MTM_FLAG_UNCLASSIFIED;
        if (i >= LABELS_LISTED) {
            rest.count += labels[i].count;
            continue;
        }
        char *text = mtmi_memory_copy_text(labels[i].text);
        if (text == NULL) {
            return mtmi_error_memory(err);
        }
        remark.text = text;
        remark.count = labels[i].count;
        remark.line = labels[i].line;
        remark.file = labels[i].file;
        const mtm_status status = mtmi_write_remark(writing, &remark, err);
        mtmi_memory_free(text);
        MTMI_CHECK_STATUS(status);
    }
    rest.file = labels[0].file;
    return rest.count > 0 ? mtmi_write_remark(writing, &rest, err) : MTM_OK;
}

mtm_status mtmi_write_unclassified(mtmi_writing *writing, const mtmi_figure *figure, const mtmi_request *request,
                                   mtm_error *err) {
    for (size_t k = 0; figure->view != NULL && k < figure->view->dataset->n_dimensions; k++) {
        const mtmi_dimension *dimension = &figure->view->dataset->dimensions[k];
        label *labels = mtmi_memory_new(dimension->n_members, sizeof *labels);
        if (labels == NULL) {
            return mtmi_error_memory(err);
        }
        for (size_t m = 0; m < dimension->n_members; m++) {
            labels[m].text = "";
        }
        count_labels(figure, request, k, labels);
        const mtm_status status = mtmi_sort(labels, dimension->n_members, sizeof *labels, more_first, NULL)
                                      ? list_labels(writing, labels, dimension->n_members, err)
                                      : mtmi_error_memory(err);
        mtmi_memory_free(labels);
        MTMI_CHECK_STATUS(status);
    }
    return MTM_OK;
}
