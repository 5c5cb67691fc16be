/* Chooses one of the datasets that answer. Datasets that answer differently and of which none is preferred give no
 * figure and a reason. */
#include "indicator/choose_source.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "indicator/covering.h"
#include "indicator/like_for_like.h"
#include "period/period.h"

#include <string.h>

static int both_and_not_same(const char *a, const char *b) {
    return a != NULL && b != NULL && a[0] != '\0' && b[0] != '\0' && strcmp(a, b) != 0;
}

int mtmi_choose_other_publisher(const mtm_dataset *a, const mtm_dataset *b) {
    return both_and_not_same(a->sources[0].publisher, b->sources[0].publisher);
}

mtm_reason mtmi_choose_differs(const mtm_dataset *a, const mtm_dataset *b) {
    if (a == b) {
        return MTM_REASON_NONE;
    }
    if (a->multiplier != b->multiplier) {
        return MTM_REASON_UNITS_DIFFER;
    }
    if (mtmi_choose_other_publisher(a, b) || both_and_not_same(a->coverage, b->coverage)) {
        return MTM_REASON_COVERAGE_DIFFERS;
    }
    return MTM_REASON_NONE;
}

/* The power of ten of a value's last digit. */
static int last_digit(const mtmi_figure *figure) {
    return figure->view->dataset->multiplier - figure->value.decimals;
}

/* The same number, as far as the coarser of the two says it. */
static int agree(const mtmi_figure *a, const mtmi_figure *b) {
    int of_a = last_digit(a), of_b = last_digit(b);
    const mtmi_figure *fine = of_a <= of_b ? a : b, *coarse = of_a <= of_b ? b : a;
    int apart = of_a <= of_b ? of_b - of_a : of_a - of_b;
    return apart <= 18 && mtmi_decimal_rescale(fine->value.units, apart, 0) == coarse->value.units;
}

static int is_printed(const mtmi_figure *figure) {
    return figure->way == MTMI_WAY_EXACT || figure->way == MTMI_WAY_ADDED;
}

/* A total of all there is, or of what a source lists. */
static int is_of_all(const mtmi_figure *figure) {
    return figure->frame != MTMI_FRAME_SEEN;
}

/* Above 0 when a is better for a reason that also settles which of two figures holds; 0 when nothing does. */
static int prefer_edition(const mtmi_figure *a, const mtmi_figure *b, const char *edition) {
    if (a->view->dataset->kind != MTM_KIND_FLOW) {
        if (a->way != b->way) {
            return a->way == MTMI_WAY_EXACT ? 1 : -1;
        }
        if (a->observed.last != b->observed.last) {
            return a->observed.last > b->observed.last ? 1 : -1;
        }
    }
    if (is_of_all(a) != is_of_all(b)) {
        return is_of_all(a) - is_of_all(b);
    }
    if (edition != NULL && edition[0] != '\0') {
        int by = (strcmp(a->vintage.edition, edition) == 0) - (strcmp(b->vintage.edition, edition) == 0);
        if (by != 0) {
            return by;
        }
    }
    if (is_printed(a) != is_printed(b)) {
        return is_printed(a) - is_printed(b);
    }
    return mtmi_vintage_compare(&a->vintage, &b->vintage);
}

static size_t spare_dimensions(const mtmi_figure *figure, const mtmi_request *request) {
    return figure->view->dataset->n_dimensions - request->plus->n_filters;
}

/* Among figures that agree: the finer one, the directly printed one, the one with the fewest other dimensions. */
static int is_handier(const mtmi_figure *a, const mtmi_figure *b, const mtmi_request *request) {
    int of_a = last_digit(a), of_b = last_digit(b);
    if (of_a != of_b) {
        return of_a < of_b;
    }
    if (a->way != b->way) {
        return a->way < b->way;
    }
    if (spare_dimensions(a, request) != spare_dimensions(b, request)) {
        return spare_dimensions(a, request) < spare_dimensions(b, request);
    }
    return a->trace.n < b->trace.n;
}

/* Reasons from the least to the most telling. */
static int weight(mtm_reason reason) {
    static const mtm_reason order[] = {MTM_REASON_NO_DATA,
                                       MTM_REASON_PERIOD_UNAVAILABLE,
                                       MTM_REASON_PERIODS_NOT_ALIGNED,
                                       MTM_REASON_TOO_OLD,
                                       MTM_REASON_NOT_APPLICABLE,
                                       MTM_REASON_BREAKDOWN_UNAVAILABLE,
                                       MTM_REASON_MISSING_VALUE,
                                       MTM_REASON_COVERAGE_UNKNOWN,
                                       MTM_REASON_EXTENT_DIFFERS,
                                       MTM_REASON_COVERAGE_INCOMPLETE,
                                       MTM_REASON_CUMULATIVE_BASE,
                                       MTM_REASON_EDITIONS_DIFFER,
                                       MTM_REASON_SUPPRESSED,
                                       MTM_REASON_AMBIGUOUS_SOURCE};
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++) {
        if (order[i] == reason) {
            return i;
        }
    }
    return -1;
}

/* Every dataset's figure; figures[i] belongs to view i. */
static mtm_status align_all(const mtmi_views *views, const mtmi_request *request, mtm_period period, int details,
                            mtmi_figure *figures, mtm_error *err) {
    for (size_t i = 0; i < views->n; i++) {
        if (mtmi_measure_fits(views->view[i].dataset, request)) {
            MTMI_CHECK_STATUS(mtmi_align(&views->view[i], request, period, details, &figures[i], err));
        }
    }
    return MTM_OK;
}

static size_t best_of(const mtmi_figure *figures, size_t n, const mtmi_request *request) {
    size_t best = n;
    for (size_t i = 0; i < n; i++) {
        if (!figures[i].has_value) {
            continue;
        }
        int by = best == n ? 1 : prefer_edition(&figures[i], &figures[best], request->edition);
        if (by > 0 || (by == 0 && is_handier(&figures[i], &figures[best], request))) {
            best = i;
        }
    }
    return best;
}

/* Another dataset says something else, and nothing says which is right. */
static int is_contested(const mtmi_figure *figures, size_t n, size_t best, const mtmi_request *request) {
    for (size_t i = 0; i < n; i++) {
        if (i == best || !figures[i].has_value || !mtmi_period_same(figures[i].observed, figures[best].observed) ||
            is_of_all(&figures[i]) != is_of_all(&figures[best]) || agree(&figures[i], &figures[best])) {
            continue;
        }
        if (mtmi_choose_other_publisher(figures[i].view->dataset, figures[best].view->dataset) ||
            prefer_edition(&figures[best], &figures[i], request->edition) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Whether an older figure of what a source lists counts members that the best one lacks, and that are not small: its release lists
 * fewer, and nothing says that these are zero. */
static mtm_status lists_fewer(const mtmi_figure *best, const mtmi_figure *other, const mtmi_request *request, int *out,
                              mtm_error *err) {
    enum { SMALL = 10, OF_ALL = 2000 }; /* units, and 0.05 % */
    const mtm_dataset *dataset = best->view->dataset;
    mtmi_like like;
    mtm_decimal lacking;
    *out = 0;
    if (best->frame != MTMI_FRAME_SEEN || other->frame != MTMI_FRAME_SEEN || request->as_covered ||
        dataset->as_covered || dataset->absent == MTMI_ABSENT_ZERO || best->way != other->way ||
        dataset->multiplier != other->view->dataset->multiplier ||
        mtmi_choose_differs(dataset, other->view->dataset) != MTM_REASON_NONE) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_like_for_like(request, best, request, other, &like, err));
    if (!like.has) {
        *out = like.common > 0;
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_decimal_subtract(other->value, like.base, &lacking, err));
    *out = lacking.units > SMALL && (mtmi_wide)lacking.units * OF_ALL > other->value.units;
    return MTM_OK;
}

static mtm_status find_fewer(const mtmi_figure *figures, size_t n, size_t best, const mtmi_request *request, int *out,
                             mtm_error *err) {
    *out = 0;
    for (size_t i = 0; i < n && !*out; i++) {
        if (i != best && figures[i].has_value && mtmi_period_same(figures[i].observed, figures[best].observed)) {
            MTMI_CHECK_STATUS(lists_fewer(&figures[best], &figures[i], request, out, err));
        }
    }
    return MTM_OK;
}

/* What other datasets published before, of the same period. */
static mtm_status gather_superseded(mtmi_figure *figures, size_t n, size_t best, mtm_error *err) {
    for (size_t i = 0; i < n; i++) {
        const mtmi_figure *other = &figures[i];
        if (i == best || !other->has_value || other->way != MTMI_WAY_EXACT ||
            !mtmi_period_same(other->observed, figures[best].observed) ||
            is_of_all(other) != is_of_all(&figures[best]) ||
            other->view->dataset->multiplier != figures[best].view->dataset->multiplier) {
            continue;
        }
        for (size_t k = 0; k < other->n_superseded; k++) {
            MTMI_CHECK_STATUS(mtmi_figure_supersede(&figures[best], &other->superseded[k], err));
        }
        if (!agree(other, &figures[best]) && other->trace.n > 0) {
            const mtmi_used *used = &other->trace.used[0];
            mtmi_other one = {other->value, {0, 0, 0}, other->vintage, used->dataset, used->row};
            MTMI_CHECK_STATUS(mtmi_figure_supersede(&figures[best], &one, err));
        }
    }
    return MTM_OK;
}

static void keep_older(mtmi_figure *figure) {
    size_t kept = 0;
    for (size_t i = 0; i < figure->n_superseded; i++) {
        const mtmi_other *other = &figure->superseded[i];
        int again = mtmi_decimal_compare(other->value, figure->value) == 0 ||
                    mtmi_vintage_compare(&other->release, &figure->vintage) >= 0;
        for (size_t k = 0; k < kept && !again; k++) {
            again = mtmi_decimal_compare(other->value, figure->superseded[k].value) == 0 &&
                    mtmi_period_same(other->release.date, figure->superseded[k].release.date);
        }
        if (!again) {
            figure->superseded[kept++] = *other;
        }
    }
    figure->n_superseded = kept;
    figure->flags |= kept > 0 && figure->has_value ? MTM_FLAG_REVISED : 0;
}

/* Figures that do not compare are put aside; the reason is that of the first. */
static mtm_reason bar(mtmi_figure *figures, size_t n, const mtmi_figure *like) {
    mtm_reason reason = MTM_REASON_NONE;
    for (size_t i = 0; i < n && like != NULL; i++) {
        if (!figures[i].has_value) {
            continue;
        }
        mtm_reason differs = mtmi_choose_differs(figures[i].view->dataset, like->view->dataset);
        if (differs != MTM_REASON_NONE) {
            reason = reason == MTM_REASON_NONE ? differs : reason;
            mtmi_figure_refuse(&figures[i], differs, MTMI_PERIOD_NONE);
        }
    }
    return reason;
}

static mtm_status pick(mtmi_figure *figures, size_t n, const mtmi_request *request, const mtmi_figure *like,
                       int details, mtmi_figure *out, mtm_error *err) {
    mtm_reason barred = bar(figures, n, like);
    size_t best = best_of(figures, n, request);
    mtm_status status = MTM_OK;
    if (best < n) {
        const int contested = is_contested(figures, n, best, request);
        int fewer = 0;
        MTMI_CHECK_STATUS(find_fewer(figures, n, best, request, &fewer, err));
        status = details ? gather_superseded(figures, n, best, err) : MTM_OK;
        mtmi_figure_move(out, &figures[best]);
        if (contested || fewer) {
            mtmi_figure_refuse(out, contested ? MTM_REASON_AMBIGUOUS_SOURCE : MTM_REASON_COVERAGE_INCOMPLETE,
                               contested ? MTMI_PERIOD_NONE : out->observed);
        }
        keep_older(out);
        return status;
    }
    for (size_t i = 0; i < n; i++) {
        int more = best == n || weight(figures[i].reason) > weight(figures[best].reason);
        best = figures[i].view != NULL && more ? i : best;
    }
    if (best < n) {
        mtmi_figure_move(out, &figures[best]);
    }
    if (barred != MTM_REASON_NONE) {
        out->reason = barred;
    }
    return status;
}

static mtm_status choose_one(const mtmi_views *views, const mtmi_request *request, mtm_period period,
                             const mtmi_figure *like, int details, mtmi_figure *out, mtm_error *err) {
    mtmi_figure *figures = mtmi_memory_new(views->n, sizeof *figures);
    if (figures == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < views->n; i++) {
        mtmi_figure_start(&figures[i], NULL);
        figures[i].reason = MTM_REASON_NO_DATA;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(align_all(views, request, period, details, figures, err));
    MTMI_TRY(pick(figures, views->n, request, like, details, out, err));
out:
    for (size_t i = 0; i < views->n; i++) {
        mtmi_figure_clear(&figures[i]);
    }
    mtmi_memory_free(figures);
    return status;
}

/* ---- two directions from two datasets ---- */

static mtm_operation opposite(mtm_operation operation) {
    return operation == MTM_OPERATION_SUBTRACT ? MTM_OPERATION_ADD : MTM_OPERATION_SUBTRACT;
}

static mtm_status combine(mtmi_figure *plus, mtmi_figure *minus, mtmi_figure *out, mtm_error *err) {
    mtm_reason differs = mtmi_choose_differs(plus->view->dataset, minus->view->dataset);
    if (differs == MTM_REASON_NONE && mtmi_editions_differ(plus->vintage.edition, minus->vintage.edition)) {
        differs = MTM_REASON_EDITIONS_DIFFER;
    }
    if (differs == MTM_REASON_NONE && !mtmi_period_same(plus->observed, minus->observed)) {
        differs = MTM_REASON_WINDOWS_DIFFER;
    }
    for (size_t i = 0; i < minus->trace.n; i++) {
        minus->trace.used[i].operation = opposite(minus->trace.used[i].operation);
    }
    for (size_t i = 0; i < minus->trace.n_counted; i++) {
        minus->trace.counted[i].is_second = 1;
        minus->trace.counted[i].sign = -minus->trace.counted[i].sign;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_trace_append(&plus->trace, &minus->trace, err));
    MTMI_TRY(mtmi_decimal_subtract(plus->value, minus->value, &plus->value, err));
out:
    if (status == MTM_ERROR_RANGE) {
        differs = MTM_REASON_TOO_LARGE;
        status = MTM_OK;
    }
    plus->flags |= minus->flags | MTM_FLAG_DERIVED;
    plus->flags &= ~(uint32_t)MTM_FLAG_REVISED;
    plus->status = mtmi_status_join(plus->status, minus->status);
    plus->way = plus->way > minus->way ? plus->way : minus->way;
    plus->n_pieces = plus->n_superseded = 0;
    mtmi_figure_move(out, plus);
    if (differs != MTM_REASON_NONE) {
        mtmi_figure_refuse(out, differs, MTMI_PERIOD_NONE);
    }
    return status;
}

static mtm_status choose_apart(const mtmi_views *views, const mtmi_request *request, mtm_period period,
                               const mtmi_figure *like, mtmi_figure *out, mtm_error *err) {
    mtmi_request first = *request, second = *request;
    mtmi_figure plus, minus;
    first.minus = second.minus = NULL;
    second.plus = request->minus;
    mtmi_figure_start(&plus, NULL);
    mtmi_figure_start(&minus, NULL);
    plus.reason = minus.reason = MTM_REASON_NO_DATA;
    mtm_status status = MTM_OK;
    MTMI_TRY(choose_one(views, &first, period, like, 0, &plus, err));
    MTMI_TRY(choose_one(views, &second, period, like, 0, &minus, err));
    if (plus.has_value && minus.has_value) {
        MTMI_TRY(combine(&plus, &minus, out, err));
    } else if (out->reason == MTM_REASON_NO_DATA) {
        mtmi_figure_move(out, plus.has_value ? &minus : &plus);
    }
out:
    mtmi_figure_clear(&plus);
    mtmi_figure_clear(&minus);
    return status;
}

/* ---- each once ---- */

/* Whether a figure that must compare with another one may be another figure: some dataset that has it does not compare. */
static int is_barred(const mtmi_views *views, const mtmi_request *request, const mtmi_figure *like) {
    for (size_t i = 0; i < views->n; i++) {
        const mtm_dataset *dataset = views->view[i].dataset;
        if (mtmi_choose_differs(dataset, like->view->dataset) != MTM_REASON_NONE &&
            (mtmi_selection_fit(dataset, request->plus) ||
             (request->minus != NULL && mtmi_selection_fit(dataset, request->minus)))) {
            return 1;
        }
    }
    return 0;
}

void mtmi_choose_key(const mtmi_views *views, const mtmi_request *request, mtm_period period, const mtmi_figure *like,
                     mtmi_figure_key *key) {
    mtmi_figure_key *last = &views->cache->last;
    mtmi_figure_key_fill(key, request, period);
    if (like == NULL) {
        return;
    }
    if (last->like != like->view->dataset || last->plus != key->plus || last->minus != key->minus) {
        *last = *key;
        last->like = like->view->dataset;
        views->cache->last_is_barred = is_barred(views, request, like);
    }
    key->like = views->cache->last_is_barred ? like->view->dataset : NULL;
}

/* What the figure counts; of confidential ones it is not told. */
static mtm_status find_extent(mtmi_figure_cache *cache, const mtmi_request *request, mtmi_figure *figure,
                              mtm_error *err) {
    const mtm_dataset *dataset = figure->view->dataset;
    MTMI_CHECK_STATUS(mtmi_covering_extent(figure, request, 0, &cache->boxes, &figure->extent, err));
    if (request->minus != NULL) {
        MTMI_CHECK_STATUS(mtmi_covering_extent(figure, request, 1, &cache->boxes, &figure->second, err));
    }
    figure->covers = dataset->confidential || dataset->microdata
                         ? mtmi_extent_names_add_text(&cache->names, "")
                         : mtmi_extent_names_add(&cache->names, &figure->extent, &cache->boxes);
    if (figure->covers == MTMI_NO_EXTENT) {
        return mtmi_error_memory(err);
    }
    return MTM_OK;
}

mtm_status mtmi_choose(const mtmi_views *views, const mtmi_request *request, mtm_period period, const mtmi_figure *like,
                       const mtmi_figure **out, mtm_error *err) {
    mtmi_figure_key key;
    mtmi_figure *figure = NULL;
    int is_new = 0;
    mtmi_choose_key(views, request, period, like, &key);
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_figure_cache_find(views->cache, &key, &figure, &is_new, err));
    if (is_new) {
        MTMI_TRY(choose_one(views, request, period, like, 1, figure, err));
        if (!figure->has_value && request->minus != NULL && figure->reason != MTM_REASON_AMBIGUOUS_SOURCE) {
            MTMI_TRY(choose_apart(views, request, period, like, figure, err));
        }
        if (figure->has_value) {
            MTMI_TRY(find_extent(views->cache, request, figure, err));
        }
    }
out:
    *out = figure;
    return status;
}
