/* The extent of a figure, from the sums behind it. A dimension of which all members are there is whole in it; others are
 * told member by member. Cumulative figures that were subtracted leave the days of the difference. */
#include "indicator/covering.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "indicator/definition/catalogue.h"
#include "indicator/selection.h"
#include "period/period.h"

#include <string.h>

enum { NAMES_LISTED = 20 };

static int has_open_gap(const mtmi_counted *counted) {
    const mtmi_absence *absence = counted->absence;
    for (size_t i = 0; absence != NULL && i < absence->n; i++) {
        if (absence->gap[i].kind == MTMI_GAP_OPEN && mtmi_counted_has(counted, absence->gap[i].combination)) {
            return 1;
        }
    }
    return 0;
}

/* Whether a sum counts for the plus side; what is subtracted has the other sign throughout. */
static int sign_of(const mtmi_counted *counted) {
    return counted->is_second ? -counted->sign : counted->sign;
}

static int is_difference(const mtmi_figure *figure, int second) {
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        if (figure->trace.counted[i].is_second == second && sign_of(&figure->trace.counted[i]) < 0) {
            return 1;
        }
    }
    return 0;
}

static uint32_t box_of(const mtmi_counted *counted, uint32_t whole, uint32_t combination, mtmi_boxes *boxes) {
    return mtmi_history_box(counted->history, combination, whole, boxes);
}

/* What one of the figures of a difference lacks, the difference lacks. */
static int is_lacking(const mtmi_figure *figure, const mtmi_history *history, uint32_t combination) {
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        const mtmi_absence *absence = figure->trace.counted[i].absence;
        for (size_t k = 0; figure->trace.counted[i].history == history && k < absence->n; k++) {
            if (absence->gap[k].combination == combination && absence->gap[k].kind == MTMI_GAP_OPEN) {
                return 1;
            }
        }
    }
    return 0;
}

/* The boxes of one sum. */
typedef struct box_list {
    uint32_t *box;
    size_t n, capacity;
} box_list;

static mtm_status add_box(box_list *list, uint32_t box, mtm_error *err) {
    void *table = list->box;
    if (box == MTMI_MAP_NONE || !mtmi_memory_reserve(&table, &list->capacity, list->n + 1, sizeof box)) {
        return mtmi_error_memory(err);
    }
    list->box = table;
    list->box[list->n++] = box;
    return MTM_OK;
}

static mtm_status list_boxes(const mtmi_counted *counted, const mtmi_figure *difference, mtmi_boxes *boxes,
                             box_list *list, mtm_error *err) {
    const mtmi_history *history = counted->history;
    if (history == NULL) {
        return add_box(list, mtmi_boxes_box(boxes, NULL, 0), err);
    }
    const mtmi_absence *absence = counted->absence;
    const int is_open = has_open_gap(counted) || (difference != NULL && (difference->flags & MTM_FLAG_AS_COVERED) != 0);
    const uint32_t whole = is_open ? 0 : absence->complete;
    for (size_t i = history->starts[absence->period]; i < history->starts[absence->period + 1]; i++) {
        uint32_t combination = history->entry[i].combination;
        if (mtmi_counted_has(counted, combination) &&
            (difference == NULL || !is_lacking(difference, history, combination))) {
            MTMI_CHECK_STATUS(add_box(list, box_of(counted, whole, combination, boxes), err));
        }
    }
    for (size_t i = 0; i < absence->n; i++) {
        const mtmi_gap *gap = &absence->gap[i];
        int counts = gap->kind == MTMI_GAP_ZERO || (gap->kind == MTMI_GAP_ORDINARY && !is_open);
        if (counts && mtmi_counted_has(counted, gap->combination)) {
            MTMI_CHECK_STATUS(add_box(list, box_of(counted, whole, gap->combination, boxes), err));
        }
    }
    return MTM_OK;
}

/* Who is new in one month of a quarter was not there before: the quarter has all of the member. */
static mtm_status add_fresh(const mtmi_figure *figure, int second, mtmi_boxes *boxes, box_list *list, mtm_error *err) {
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        const mtmi_counted *counted = &figure->trace.counted[i];
        const mtmi_absence *absence = counted->absence;
        for (size_t k = 0; absence != NULL && counted->is_second == second && k < absence->n_fresh; k++) {
            if (mtmi_counted_has(counted, absence->fresh[k])) {
                MTMI_CHECK_STATUS(add_box(
                    list, box_of(counted, has_open_gap(counted) ? 0 : absence->complete, absence->fresh[k], boxes),
                    err));
            }
        }
    }
    return MTM_OK;
}

static mtm_status name_measure(const mtmi_request *request, mtmi_boxes *boxes, uint32_t *out, mtm_error *err) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    const mtmi_measure *const measures[2] = {request->plus, request->minus};
    for (int m = 0; m < 2 && measures[m] != NULL; m++) {
        mtmi_buffer_format(&text, "%s%s|%s|%d", m > 0 ? "-" : "", measures[m]->concept, measures[m]->unit,
                           (int)measures[m]->kind);
        for (size_t i = 0; i < measures[m]->n_filters; i++) {
            mtmi_buffer_format(&text, "|%s=%s", measures[m]->filters[i].dimension, measures[m]->filters[i].code);
        }
    }
    if (request->group != NULL) {
        mtmi_buffer_format(&text, "|%s%s", request->outside ? "not " : "", request->group);
    }
    *out = text.failed ? MTMI_MAP_NONE : mtmi_boxes_measure(boxes, text.data);
    mtmi_buffer_free(&text);
    return *out != MTMI_MAP_NONE ? MTM_OK : mtmi_error_memory(err);
}

/* The days of a period; of one that files cover in part, those that they cover. */
static mtm_status add_days(const mtmi_figure *figure, mtm_period period, mtmi_boxes *boxes, const box_list *list,
                           mtmi_extent *out, mtm_error *err) {
    const mtmi_covered *covered = &figure->view->dataset->covered;
    const int is_cut =
        (figure->flags & MTM_FLAG_AS_COVERED) != 0 && !mtmi_period_same(figure->uncovered, MTMI_PERIOD_NONE);
    if (!is_cut) {
        return mtmi_extent_add(out, boxes, period, list->box, list->n, err);
    }
    for (size_t i = 0; i < covered->n; i++) {
        const mtm_period part = mtmi_covered_part(covered, i, period);
        if (part.first <= part.last) {
            MTMI_CHECK_STATUS(mtmi_extent_add(out, boxes, part, list->box, list->n, err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_covering_extent(const mtmi_figure *figure, const mtmi_request *request, int second, mtmi_boxes *boxes,
                                mtmi_extent *out, mtm_error *err) {
    const int differs = is_difference(figure, second);
    box_list list = {NULL, 0, 0};
    *out = (mtmi_extent)MTMI_EXTENT_INIT;
    mtm_status status = MTM_OK;
    MTMI_TRY(name_measure(request, boxes, &out->measure, err));
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        const mtmi_counted *counted = &figure->trace.counted[i];
        if (counted->is_second != second || sign_of(counted) < 0) {
            continue;
        }
        list.n = 0;
        MTMI_TRY(list_boxes(counted, differs ? figure : NULL, boxes, &list, err));
        MTMI_TRY(add_fresh(figure, second, boxes, &list, err));
        MTMI_TRY(add_days(figure, differs ? figure->observed : counted->period, boxes, &list, out, err));
    }
out:
    mtmi_memory_free(list.box);
    if (status != MTM_OK) {
        mtmi_extent_free(out);
    }
    return status;
}

static mtm_status list_part(const mtmi_counted *counted, size_t dimension, int32_t member, mtmi_boxes *boxes,
                            box_list *list, mtm_error *err) {
    mtmi_history *history = counted->history;
    const mtmi_absence *absence = counted->absence;
    const uint32_t whole = absence->complete & ~((uint32_t)1 << dimension);
    list->n = 0;
    for (size_t i = history->starts[absence->period]; i < history->starts[absence->period + 1]; i++) {
        const uint32_t combination = history->entry[i].combination;
        if (mtmi_history_member(history, combination, dimension) == member) {
            MTMI_CHECK_STATUS(add_box(list, mtmi_history_box(history, combination, whole, boxes), err));
        }
    }
    for (size_t i = 0; i < absence->n; i++) {
        const uint32_t combination = absence->gap[i].combination;
        if (absence->gap[i].kind != MTMI_GAP_OPEN && mtmi_history_member(history, combination, dimension) == member) {
            MTMI_CHECK_STATUS(add_box(list, mtmi_history_box(history, combination, whole, boxes), err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_covering_part(const mtmi_trace *counted, size_t dimension, int32_t member, mtmi_boxes *boxes,
                              mtmi_extent *out, mtm_error *err) {
    box_list list = {NULL, 0, 0};
    mtm_status status = MTM_OK;
    *out = (mtmi_extent)MTMI_EXTENT_INIT;
    for (size_t i = 0; i < counted->n_counted; i++) {
        const mtmi_counted *one = &counted->counted[i];
        if (one->sign > 0) {
            MTMI_TRY(list_part(one, dimension, member, boxes, &list, err));
            MTMI_TRY(mtmi_extent_add(out, boxes, one->period, list.box, list.n, err));
        }
    }
out:
    mtmi_memory_free(list.box);
    if (status != MTM_OK) {
        mtmi_extent_free(out);
    }
    return status;
}

static int absence_is_zero(const mtmi_figure *figure) {
    const mtm_dataset *dataset = figure->view->dataset;
    return dataset->absent == MTMI_ABSENT_ZERO || dataset->microdata;
}

static int is_same(const mtmi_figure *a, const mtmi_figure *b) {
    return (a->view == b->view && absence_is_zero(a) && ((a->flags | b->flags) & MTM_FLAG_AS_COVERED) == 0) ||
           (mtmi_extent_alike(&a->extent, &b->extent) && mtmi_extent_alike(&a->second, &b->second));
}

/* Whether the indicator asks for a single member whose territory changed. */
static int fixes_changed(const mtmi_request *request, const mtmi_territory *territory) {
    const mtmi_measure *const measures[2] = {request->plus, request->minus};
    for (int m = 0; m < 2 && measures[m] != NULL; m++) {
        for (size_t i = 0; i < measures[m]->n_filters; i++) {
            if (mtmi_territory_touches(territory, measures[m]->filters[i].dimension, measures[m]->filters[i].code)) {
                return 1;
            }
        }
    }
    return 0;
}

/* Extents of single members, in which some are told whose territory changed. */
static int tells_changed(const mtmi_territory *territory, const mtmi_extent *extent, mtmi_boxes *boxes) {
    for (size_t i = 0; i < extent->n; i++) {
        for (size_t k = 0; k < extent->span[i].n; k++) {
            if (mtmi_territory_has_part(territory, boxes, extent->span[i].box[k])) {
                return 1;
            }
        }
    }
    return 0;
}

mtm_status mtmi_covering_compare(const mtmi_figure *value, const mtmi_request *request, const mtmi_figure *base,
                                 mtmi_boxes *boxes, mtmi_territory *territory, mtmi_likeness *out, mtm_error *err) {
    const int same = is_same(value, base);
    const int by_rule = same && !mtmi_extent_alike(&value->extent, &base->extent);
    int alike = same, second = 1;
    MTMI_CHECK_STATUS(mtmi_territory_find(value->view->dataset, base->observed, value->observed, territory, err));
    *out = same ? MTMI_LIKENESS_SAME : MTMI_LIKENESS_OTHER;
    if (territory->n == 0) {
        return MTM_OK;
    }
    if (fixes_changed(request, territory)) {
        *out = MTMI_LIKENESS_MOVED;
        return MTM_OK;
    }
    if (by_rule ||
        (!tells_changed(territory, &value->extent, boxes) && !tells_changed(territory, &base->extent, boxes))) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_territory_alike(territory, boxes, &value->extent, &base->extent, &alike, err));
    MTMI_CHECK_STATUS(mtmi_territory_alike(territory, boxes, &value->second, &base->second, &second, err));
    *out = alike && second ? MTMI_LIKENESS_MERGED : same ? MTMI_LIKENESS_MOVED : MTMI_LIKENESS_OTHER;
    return MTM_OK;
}

mtmi_wide mtmi_covering_mean(const mtmi_figure *figure) {
    mtmi_wide mean = 0;
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        const mtmi_counted *counted = &figure->trace.counted[i];
        const mtmi_absence *absence = counted->absence;
        for (size_t k = 0; absence != NULL && absence->intervals > 0 && k < absence->n; k++) {
            if (absence->gap[k].kind == MTMI_GAP_ORDINARY && mtmi_counted_has(counted, absence->gap[k].combination)) {
                mean += counted->sign * absence->gap[k].sum * (MTMI_MEAN_SCALE / absence->intervals);
            }
        }
    }
    return mean;
}

/* ---- in numbers ---- */

/* The dimensions in which single members are told. */
static uint32_t told_dimensions(const mtmi_figure *figure, const mtmi_history **history) {
    uint32_t told = 0;
    *history = NULL;
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        const mtmi_counted *counted = &figure->trace.counted[i];
        if (counted->history != NULL && !counted->is_second) {
            uint32_t open =
                has_open_gap(counted) ? counted->history->mask : counted->history->mask & ~counted->absence->complete;
            *history = *history == NULL || open != 0 ? counted->history : *history;
            told |= open;
        }
    }
    return told;
}

static int name_dimensions(const mtmi_history *history, uint32_t told, mtmi_covering *out) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    const mtm_dataset *dataset = history->view->dataset;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        if ((told >> k & 1) != 0) {
            mtmi_buffer_format(&text, "%s%s", text.size > 0 ? ", " : "", dataset->dimensions[k].name);
        }
    }
    out->dimension = text.size > 0 && !text.failed ? mtmi_memory_copy_text(text.data) : NULL;
    int whole = !text.failed && (text.size == 0 || out->dimension != NULL);
    mtmi_buffer_free(&text);
    return whole;
}

enum { HAS_FIGURE = 1, HAS_GAP = 2, IS_ASSUMED = 4, IS_NEW = 8 };

/* One mark per combination of the history. */
static void mark_all(const mtmi_figure *figure, const mtmi_history *history, unsigned char *marks) {
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        const mtmi_counted *counted = &figure->trace.counted[i];
        const mtmi_absence *absence = counted->absence;
        if (counted->history != history || counted->is_second) {
            continue;
        }
        for (size_t k = history->starts[absence->period]; k < history->starts[absence->period + 1]; k++) {
            marks[history->entry[k].combination] |=
                mtmi_counted_has(counted, history->entry[k].combination) ? HAS_FIGURE : 0;
        }
        for (size_t k = 0; k < absence->n; k++) {
            const mtmi_gap *gap = &absence->gap[k];
            if (mtmi_counted_has(counted, gap->combination)) {
                marks[gap->combination] |= gap->kind == MTMI_GAP_OPEN   ? HAS_GAP
                                           : gap->kind == MTMI_GAP_ZERO ? HAS_FIGURE
                                                                        : IS_ASSUMED;
            }
        }
        for (size_t k = 0; k < absence->n_fresh; k++) {
            marks[absence->fresh[k]] |= mtmi_counted_has(counted, absence->fresh[k]) ? IS_NEW : 0;
        }
    }
}

/* The name of a member that no row has. */
static const char *label_of_list(const mtmi_dimension *dimension, const char *code, mtm_language language) {
    const int32_t index = dimension->list != NULL ? mtmi_codelist_index(dimension->list, code) : -1;
    return index >= 0 ? mtm_codelist_label(dimension->list, (size_t)index, language) : code;
}

/* "Russia", "Russia, men". */
static void write_name(mtmi_buffer *text, const mtmi_history *history, uint32_t combination, mtm_language language) {
    const mtm_dataset *dataset = history->view->dataset;
    const char *before = "";
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_dimension *d = &dataset->dimensions[k];
        if ((history->mask >> k & 1) == 0) {
            continue;
        }
        int32_t member = mtmi_history_member(history, combination, k);
        const char *label = member >= 0 ? mtmi_member_label(d, &d->members[member], language)
                                        : label_of_list(d, mtmi_history_code(history, combination, k), language);
        mtmi_buffer_format(text, "%s%s", before, label);
        before = ", ";
    }
}

static int write_names(const mtmi_history *history, const unsigned char *marks, size_t n, int mark, mtmi_titles *out) {
    int whole = 1;
    for (int language = 0; language < 3 && whole; language++) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        size_t listed = 0;
        for (size_t c = 0; c < n && listed < NAMES_LISTED; c++) {
            if ((marks[c] & mark) != 0) {
                mtmi_buffer_text(&text, listed++ > 0 ? "; " : "");
                write_name(&text, history, (uint32_t)c, (mtm_language)language);
            }
        }
        out->text[language] = text.size > 0 && !text.failed ? mtmi_memory_copy_text(text.data) : NULL;
        whole = !text.failed && (text.size == 0 || out->text[language] != NULL);
        mtmi_buffer_free(&text);
    }
    return whole;
}

/* The first absent cell's latest row: where it stood before. */
static void find_last_seen(const mtmi_figure *figure, mtmi_covering *out) {
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        const mtmi_counted *counted = &figure->trace.counted[i];
        const mtmi_absence *absence = counted->absence;
        for (size_t k = 0; absence != NULL && k < absence->n; k++) {
            const mtmi_gap *gap = &absence->gap[k];
            if (gap->kind == MTMI_GAP_OPEN && gap->last_seen != UINT32_MAX &&
                mtmi_counted_has(counted, gap->combination)) {
                uint32_t row;
                const mtm_dataset *origin = mtmi_dataset_index_origin(counted->history->view, gap->last_seen, &row);
                out->file = mtmi_memory_copy_text(mtmi_dataset_file(origin, row));
                out->line = origin->lines[row];
                out->missing = counted->period;
                return;
            }
        }
    }
}

/* Members, not combinations, where one dimension alone is told. Members of the group that a figure leaves out are no part
 * of it. */
static void count_marks(const mtmi_history *history, uint32_t told, const mtmi_request *request,
                        const unsigned char *marks, size_t n, unsigned char *members, mtmi_covering *out) {
    const mtm_dataset *dataset = history->view->dataset;
    int one = told != 0 && (told & (told - 1)) == 0;
    size_t dimension = 0;
    while (one && (told >> dimension & 1) == 0) {
        dimension++;
    }
    for (size_t c = 0; c < n; c++) {
        int32_t member = one ? mtmi_history_member(history, (uint32_t)c, dimension) : -1;
        if (member >= 0 && dataset->dimensions[dimension].members[member].kind != MTM_MEMBER_CODE) {
            out->has_rest |= (marks[c] & HAS_FIGURE) != 0;
            continue; /* the rest and what is unknown are no countries */
        }
        if (member >= 0 && request->outside && mtmi_selection_in_group(dataset, (int)dimension, member, request)) {
            continue;
        }
        unsigned char seen = member >= 0 ? members[member] : 0;
        unsigned char added = (unsigned char)(marks[c] & ~seen);
        out->assumed += (marks[c] & IS_ASSUMED) != 0;
        out->fresh += (added & IS_NEW) != 0;
        out->expected += seen == 0 && marks[c] != 0;
        out->absent += (added & HAS_GAP) != 0;
        if (member >= 0) {
            members[member] |= marks[c];
        }
    }
    out->covered = out->expected - out->absent;
}

static mtm_status describe_history(const mtmi_figure *figure, const mtmi_history *history, uint32_t told,
                                   const mtmi_request *request, mtmi_covering *out, mtm_error *err) {
    const size_t n = history->combinations.n;
    size_t most = 1;
    for (size_t k = 0; k < history->view->dataset->n_dimensions; k++) {
        most = history->view->dataset->dimensions[k].n_members > most ? history->view->dataset->dimensions[k].n_members
                                                                      : most;
    }
    unsigned char *marks = mtmi_memory_new(n + most, 1);
    if (marks == NULL) {
        return mtmi_error_memory(err);
    }
    mark_all(figure, history, marks);
    count_marks(history, told, request, marks, n, marks + n, out);
    int whole = name_dimensions(history, told, out);
    if (!history->view->dataset->confidential && !history->view->dataset->microdata) {
        whole = whole && write_names(history, marks, n, HAS_GAP, &out->absent_names) &&
                write_names(history, marks, n, IS_ASSUMED, &out->assumed_names) &&
                write_names(history, marks, n, IS_NEW, &out->fresh_names);
        find_last_seen(figure, out);
    }
    mtmi_memory_free(marks);
    return whole ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_covering_describe(const mtmi_figure *figure, const mtmi_request *request, mtmi_covering *out,
                                  mtm_error *err) {
    const mtmi_history *history;
    const uint32_t told = told_dimensions(figure, &history);
    mtmi_wide mean = mtmi_covering_mean(figure);
    memset(out, 0, sizeof *out);
    out->missing = MTMI_PERIOD_NONE;
    out->has = figure->trace.n_counted > 0;
    out->frame = (int)figure->frame;
    if (history == NULL) {
        return MTM_OK;
    }
    mtm_status status = mtmi_decimal_narrow(mean >= 0 ? (mean + MTMI_MEAN_SCALE / 2) / MTMI_MEAN_SCALE
                                                      : (mean - MTMI_MEAN_SCALE / 2) / MTMI_MEAN_SCALE,
                                            history->view->dataset->decimals, &out->mean, err);
    out->mean = status == MTM_OK ? out->mean : (mtm_decimal){0, 0, 0};
    status = status == MTM_ERROR_RANGE ? MTM_OK : status; /* a mean that does not fit is not told */
    return status == MTM_OK ? describe_history(figure, history, told, request, out, err) : status;
}
