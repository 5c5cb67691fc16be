/* Computes the indicators of a catalogue: one result for each definition and period, in their order, with a value or with
 * the reason why there is none. Invariant: none changes after it is handed over. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "coverage/package_index.h"
#include "data/package.h"
#include "indicator/background/background.h"
#include "indicator/breakdown.h"
#include "indicator/definition/catalogue.h"
#include "indicator/compare.h"
#include "indicator/covering.h"
#include "indicator/growth/growth.h"
#include "codelist/match.h"
#include "indicator/mobility/mobility.h"
#include "indicator/request/make_request.h"
#include "indicator/series.h"
#include "indicator/survey/run.h"
#include "period/period.h"
#include "tabulate/counts.h"

#include <string.h>

/* What every result is computed with. */
typedef struct computing {
    const mtm_catalogue *catalogue;
    const mtm_package *package;
    mtmi_asked asked;
    mtm_period period;    /* of the result that is being computed */
    mtmi_request request; /* of its indicator, for any period */
    mtmi_request_groups groups;
    mtmi_views views;
    mtmi_evidence *evidence; /* NULL where nothing is confidential */
    mtmi_package_index own;  /* where the package's does not do; empty else */
    mtmi_figure_cache cache;
    mtmi_mobility mobility;
} computing;

static mtmi_request request_of(const computing *job, mtm_period period) {
    mtmi_request request = job->request;
    request.membership = period;
    return request;
}

/* ---- shares ---- */

static mtm_reason reason_of_share(const mtmi_figure *part, const mtmi_figure *whole) {
    if (!whole->has_value) {
        return whole->reason == MTM_REASON_AMBIGUOUS_SOURCE || whole->reason == MTM_REASON_NO_DATA
                   ? whole->reason
                   : MTM_REASON_BASE_MISSING;
    }
    if (part->view->dataset->multiplier != whole->view->dataset->multiplier) {
        return MTM_REASON_UNITS_DIFFER;
    }
    return whole->value.units == 0  ? MTM_REASON_BASE_ZERO
           : whole->value.units < 0 ? MTM_REASON_BASE_NEGATIVE
                                    : MTM_REASON_NONE;
}

/* 100 x the figure / what it is a share of; or an average. */
static mtm_status take_share(const computing *job, const mtm_indicator *indicator, mtm_period period, mtmi_figure *out,
                             mtm_error *err) {
    mtmi_request whole_request = request_of(job, period);
    const mtmi_figure *whole = NULL;
    whole_request.plus = &indicator->second;
    MTMI_CHECK_STATUS(mtmi_choose(&job->views, &whole_request, period, NULL, &whole, err));
    const mtm_reason reason = indicator->statistic == MTMI_STATISTIC_AVERAGE && !mtmi_calendars_have_points(&job->views)
                                  ? MTM_REASON_COVERAGE_UNKNOWN
                                  : reason_of_share(out, whole);
    if (reason != MTM_REASON_NONE) {
        mtmi_figure_refuse(out, reason, whole->has_value ? whole->observed : period);
        return MTM_OK;
    }
    const size_t n = out->trace.n;
    const mtm_status status = mtmi_indicator_divide(indicator, whole->value, &out->value, err);
    MTMI_CHECK_STATUS(status == MTM_ERROR_RANGE ? MTM_OK : status);
    out->status = mtmi_status_join(out->status, whole->status);
    out->flags |= MTM_FLAG_DERIVED | (whole->flags & (MTM_FLAG_ESTIMATED | MTM_FLAG_MICRODATA));
    out->n_superseded = 0;
    out->flags &= ~(uint32_t)MTM_FLAG_REVISED;
    MTMI_CHECK_STATUS(mtmi_trace_append(&out->trace, &whole->trace, err));
    for (size_t i = n; i < out->trace.n; i++) {
        out->trace.used[i].operation = MTM_OPERATION_DIVIDE;
    }
    if (status == MTM_ERROR_RANGE) {
        mtmi_figure_refuse(out, MTM_REASON_TOO_LARGE, MTMI_PERIOD_NONE);
    }
    return MTM_OK;
}

/* The value of one period: of the result, or of a point of its series. */
typedef struct valuing {
    const computing *of;
    const mtm_indicator *indicator;
} valuing;

/* A share is kept beside the figure that it is made of. */
static mtm_status share_of(const valuing *how, const mtmi_request *request, mtm_period period, const mtmi_figure *like,
                           const mtmi_figure **out, mtm_error *err) {
    mtmi_figure_key key;
    mtmi_figure *share = NULL;
    int is_new = 0;
    mtmi_choose_key(&how->of->views, request, period, like, &key);
    key.is_share = 1;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_figure_cache_find(how->of->views.cache, &key, &share, &is_new, err));
    if (is_new) {
        MTMI_TRY(mtmi_figure_copy(*out, share, err));
        MTMI_TRY(take_share(how->of, how->indicator, period, share, err));
    }
out:
    *out = share;
    return status;
}

static mtm_status value_of(const void *context, mtm_period period, const mtmi_figure *like, const mtmi_figure **out,
                           mtm_error *err) {
    const valuing *how = context;
    const mtmi_request request = request_of(how->of, period);
    MTMI_CHECK_STATUS(mtmi_choose(&how->of->views, &request, period, like, out, err));
    return (*out)->has_value && mtmi_statistic_divides(how->indicator->statistic)
               ? share_of(how, &request, period, like, out, err)
               : MTM_OK;
}

/* ---- one result ---- */

static int copy_text(char **text, const char *from) {
    *text = mtmi_memory_copy_text(from);
    return from == NULL || *text != NULL;
}

static const mtmi_titles *section_title(const mtm_catalogue *catalogue, const char *id) {
    return mtmi_titled_find(catalogue->sections, catalogue->n_sections, id);
}

/* The catalogue's title of the dimension that was used; the name where it has none. */
static int name_dimension(const mtm_catalogue *catalogue, mtm_result *result) {
    const mtmi_titles *title = result->dimension != NULL
                                   ? mtmi_titled_find(catalogue->dimensions, catalogue->n_dimensions, result->dimension)
                                   : NULL;
    return title != NULL ? mtmi_titles_copy(title, &result->dimension_title)
                         : copy_text(&result->dimension_title.text[0], result->dimension);
}

/* Concept, unit, kind and filters in one order, so that the same figures have the same text. */
static int name_measure(char **out, const mtmi_measure *measure) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    const char *last = "";
    if (measure->concept == NULL) {
        return 1;
    }
    mtmi_buffer_format(&text, "%s|%s|%d", measure->concept, measure->unit, (int)measure->kind);
    for (size_t n = 0; n < measure->n_filters; n++) {
        const mtmi_filter *next = NULL;
        for (size_t i = 0; i < measure->n_filters; i++) {
            const mtmi_filter *filter = &measure->filters[i];
            int after = strcmp(filter->dimension, last) > 0;
            next = after && (next == NULL || strcmp(filter->dimension, next->dimension) < 0) ? filter : next;
        }
        if (next == NULL) {
            break;
        }
        mtmi_buffer_format(&text, "|%s=%s", next->dimension, next->code);
        last = next->dimension;
    }
    *out = text.failed ? NULL : mtmi_memory_copy_text(text.data);
    mtmi_buffer_free(&text);
    return *out != NULL;
}

static mtm_status describe(const computing *job, const mtm_indicator *indicator, mtm_result *result, mtm_error *err) {
    const int divides = mtmi_statistic_divides(indicator->statistic);
    result->kind = divides ? MTM_KIND_SHARE : indicator->measure.kind;
    result->statistic = (int)indicator->statistic;
    result->component = indicator->component;
    result->period = result->observed = job->period;
    result->status = 'A';
    result->outside = job->request.outside;
    result->covers[0] = result->covers[1] = result->covers[2] = MTMI_NO_EXTENT;
    return name_measure(&result->measure, &indicator->measure) && name_measure(&result->second, &indicator->second) &&
                   copy_text(&result->group, job->request.group) && copy_text(&result->id, indicator->id) &&
                   copy_text(&result->section, indicator->section) && mtmi_indicator_unit(indicator, &result->unit) &&
                   copy_text(&result->concept, indicator->measure.concept) &&
                   copy_text(&result->dimension, indicator->n_dimensions > 0 ? indicator->dimensions[0] : NULL) &&
                   mtmi_titles_copy(&indicator->title, &result->title) &&
                   mtmi_titles_copy(&indicator->definition, &result->definition) &&
                   mtmi_titles_copy(section_title(job->catalogue, indicator->section), &result->section_title)
               ? MTM_OK
               : mtmi_error_memory(err);
}

/* What the value covers, and what must be said of it. */
static mtm_status write_covering(const computing *job, mtmi_writing *writing, const mtmi_figure *figure,
                                 const mtmi_figure *covered, const mtmi_request *request, mtm_error *err) {
    mtmi_covering *covering = &writing->result->coverings[0];
    MTMI_CHECK_STATUS(mtmi_covering_describe(covered, request, covering, err));
    const mtmi_titles *title =
        covering->dimension != NULL
            ? mtmi_titled_find(job->catalogue->dimensions, job->catalogue->n_dimensions, covering->dimension)
            : NULL;
    if (title != NULL && !mtmi_titles_copy(title, &covering->dimension_title)) {
        return mtmi_error_memory(err);
    }
    if (!mtmi_period_same(covered->uncovered, MTMI_PERIOD_NONE)) {
        return MTM_OK; /* the days are told, and no cell lacks */
    }
    const mtmi_remark_kind kind = !figure->has_value                                      ? MTMI_REMARK_ABSENT
                                  : (figure->flags & MTM_FLAG_AS_COVERED) != 0            ? MTMI_REMARK_AS_COVERED
                                  : (figure->flags & MTM_FLAG_COVERAGE_ASSUMED_ZERO) != 0 ? MTMI_REMARK_ASSUMED_ZERO
                                                                                          : (mtmi_remark_kind)0;
    if (kind != 0 && covered->has_value) {
        const mtmi_remark remark = mtmi_remark_of(kind, MTM_LINEAGE_VALUE);
        MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
    }
    return MTM_OK;
}

/* A sum that is refused, as far as it goes; else the figure itself. */
static mtm_status take_covered(const computing *job, const mtm_indicator *indicator, const mtmi_figure *figure,
                               const mtmi_figure **out, mtm_error *err) {
    mtmi_request request = request_of(job, job->period);
    const mtmi_figure *partial = NULL;
    *out = figure;
    if (figure->has_value || figure->reason != MTM_REASON_COVERAGE_INCOMPLETE ||
        mtmi_statistic_divides(indicator->statistic) || !mtmi_period_same(figure->uncovered, MTMI_PERIOD_NONE)) {
        return MTM_OK; /* where days lack, every member lacks them */
    }
    request.as_covered = 1;
    MTMI_CHECK_STATUS(mtmi_choose(&job->views, &request, job->period, NULL, &partial, err));
    *out = partial->has_value ? partial : figure;
    return MTM_OK;
}

static mtm_status write_value(const computing *job, mtmi_writing *writing, const mtmi_figure *figure,
                              const mtmi_request *request, mtm_error *err) {
    mtm_result *result = writing->result;
    result->reason = figure->reason;
    if (figure->view != NULL && !mtmi_statistic_divides(result->statistic)) {
        result->multiplier = figure->view->dataset->multiplier;
    }
    if (!figure->has_value) {
        return mtmi_write_unavailable(writing, figure, request, job->catalogue, err);
    }
    result->has_value = 1;
    result->value = figure->value;
    result->status = figure->status;
    result->flags |= figure->flags;
    result->observed = figure->observed;
    MTMI_CHECK_STATUS(mtmi_write_steps(writing, &figure->trace, MTM_LINEAGE_VALUE, "", err));
    MTMI_CHECK_STATUS(mtmi_write_figure_remarks(writing, figure, MTM_LINEAGE_VALUE, err));
    MTMI_CHECK_STATUS(mtmi_write_points(writing, &job->views, err));
    MTMI_CHECK_STATUS(mtmi_request_say_own(writing, figure, request, job->package->country, err));
    return mtmi_write_unclassified(writing, figure, request, err);
}

static int32_t top_of(const computing *job, const mtm_indicator *indicator) {
    const int32_t top = job->asked.options.top;
    return top == 0 ? indicator->top : top < 0 ? MTMI_TOP_ALL : top;
}

/* Rows of which none comes first: hours of work are no amount that parts have a share of. */
static void take_ranks(mtm_result *result) {
    for (size_t i = 0; i < result->n_rows; i++) {
        result->rows[i].row.rank = 0;
        result->rows[i].row.has_share = 0;
    }
}

static mtm_status compute_one(computing *job, const mtm_indicator *indicator, mtm_result *result, size_t at,
                              mtm_error *err) {
    mtmi_writing writing = {.result = result, .evidence = job->evidence, .at = at};
    const valuing valuing_it = {job, indicator};
    const mtmi_figure *figure = NULL, *covered = NULL;
    MTMI_CHECK_STATUS(mtmi_request_make(&job->groups, &job->views, job->package->country, job->period, indicator,
                                        &job->request, err));
    const mtmi_request request = job->request;
    MTMI_CHECK_STATUS(describe(job, indicator, result, err));
    if (mtmi_mobility_answers(indicator)) {
        MTMI_CHECK_STATUS(mtmi_mobility_compute(&job->mobility, indicator, top_of(job, indicator), &writing, err));
        return name_dimension(job->catalogue, result) ? MTM_OK : mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(value_of(&valuing_it, job->period, NULL, &figure, err));
    MTMI_CHECK_STATUS(take_covered(job, indicator, figure, &covered, err));
    result->covers[MTM_LINEAGE_VALUE] = covered != NULL ? covered->covers : MTMI_NO_EXTENT;
    MTMI_CHECK_STATUS(write_value(job, &writing, figure, &request, err));
    if (!mtmi_statistic_divides(indicator->statistic)) {
        MTMI_CHECK_STATUS(write_covering(job, &writing, figure, covered, &request, err));
    }
    for (int with = 0; with < 2; with++) {
        if (indicator->comparisons[with]) {
            MTMI_CHECK_STATUS(
                mtmi_compare(&writing, &job->views, &request, figure, covered, (mtm_comparison_with)with, err));
        }
    }
    if (indicator->n_dimensions > 0 && !mtmi_statistic_divides(indicator->statistic)) {
        mtmi_figure rows = *covered; /* members that lack nothing have figures, though their sum has none */
        rows.has_value = figure->has_value;
        rows.reason = figure->reason;
        MTMI_CHECK_STATUS(mtmi_break_down(&writing, &job->views, &request, &rows, top_of(job, indicator), err));
        if (indicator->unranked) {
            take_ranks(result);
        }
    }
    if (indicator->statistic != MTMI_STATISTIC_AVERAGE) { /* over time the days that it is over differ */
        MTMI_CHECK_STATUS(mtmi_series(&writing, &job->views, &request, value_of, &valuing_it, err));
    }
    if (mtmi_evidence_is_controlled(job->evidence, at)) { /* also where only bases or earlier points are confidential */
        result->flags |= MTM_FLAG_MICRODATA;
    }
    MTMI_CHECK_STATUS(mtmi_growth_write(result, &job->views, &request, figure, err));
    return name_dimension(job->catalogue, result) ? MTM_OK : mtmi_error_memory(err);
}

/* ---- all of them ---- */

/* Views with a memory of their own on the package's index, or on one of this computation alone: of counts, of a day. */
static mtm_status open_views(computing *job, const mtm_package *given, int has_counts, mtm_error *err) {
    const mtmi_package_index *index = &job->own;
    MTMI_CHECK_STATUS(has_counts || job->asked.options.as_of != NULL
                          ? mtmi_package_index_open(&job->own, job->package->datasets, job->package->n_datasets,
                                                    job->asked.options.as_of, err)
                          : mtmi_package_index_of(given, &index, err));
    job->views.cache = &job->cache;
    job->views.view = mtmi_memory_new(index->n + 1, sizeof *job->views.view);
    if (job->views.view == NULL) {
        return mtmi_error_memory(err);
    }
    while (job->views.n < index->n) {
        const size_t at = job->views.n++; /* also when it is not whole: it is closed with the others */
        MTMI_CHECK_STATUS(mtmi_dataset_index_lend(&job->views.view[at], &index->table[at], err));
    }
    return MTM_OK;
}

static void close_views(computing *job) {
    mtmi_figure_cache_free(&job->cache);
    mtmi_request_groups_free(&job->groups);
    for (size_t i = 0; i < job->views.n; i++) {
        mtmi_dataset_index_close(&job->views.view[i]);
    }
    mtmi_memory_free(job->views.view);
    mtmi_package_index_close(&job->own);
}

static int copy_country(const mtm_package *package, mtm_results *results) {
    const mtm_codelist *countries = mtmi_codelist_get("country");
    int32_t at = mtmi_codelist_index(countries, package->country);
    memcpy(results->country, package->country, sizeof results->country);
    for (int i = 0; i < 3 && at >= 0; i++) {
        if (!copy_text(&results->country_title.text[i], mtm_codelist_label(countries, (size_t)at, (mtm_language)i))) {
            return 0;
        }
    }
    return mtmi_titles_copy(&package->title, &results->package_title) &&
           mtmi_front_matter_copy(&package->front, &results->front);
}

static mtm_status compute_period(computing *job, mtm_results *results, uint64_t total, mtm_error *err) {
    const mtm_compute_options *options = &job->asked.options;
    const mtm_indicator *only = job->asked.only;
    const size_t n = only != NULL ? 1 : job->catalogue->n;
    for (size_t i = 0; i < n; i++) {
        if (options->progress != NULL && options->progress(results->n, total, options->progress_data) != 0) {
            return mtmi_error_set(err, MTM_ERROR_CANCELLED, 0, (mtmi_place){NULL, 0, 0}, "stopped by the caller");
        }
        const mtm_indicator *indicator = only != NULL ? only : &job->catalogue->indicators[i];
        if (indicator->survey == NULL) {    /* else it is asked apart: its figures come with intervals */
            const size_t at = results->n++; /* also when it is not whole: it is freed with the others */
            MTMI_CHECK_STATUS(compute_one(job, indicator, &results->results[at], at, err));
        }
    }
    return MTM_OK;
}

static mtm_status compute_all(computing *job, mtm_results *results, mtm_error *err) {
    const size_t n = (job->asked.only != NULL ? 1 : job->catalogue->n) * job->asked.n_periods;
    results->results = mtmi_memory_new(n, sizeof *results->results);
    if (results->results == NULL || !copy_country(job->package, results)) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(mtmi_evidence_new(job->package, &results->evidence, err));
    job->evidence = results->evidence;
    results->components = mtmi_mobility_components(job->package);
    results->is_sensitive = mtmi_package_is_sensitive(job->package);
    results->period = job->asked.periods[0];
    results->has_as_of = job->asked.options.as_of != NULL;
    results->as_of = results->has_as_of ? *job->asked.options.as_of : MTMI_PERIOD_NONE;
    if (job->asked.only == NULL) {
        MTMI_CHECK_STATUS(mtmi_highlights_copy(&job->catalogue->highlights, &results->highlights, err));
    }
    for (size_t i = 0; i < job->asked.n_periods; i++) {
        job->period = job->asked.periods[i];
        MTMI_CHECK_STATUS(compute_period(job, results, n, err));
    }
    MTMI_CHECK_STATUS(mtmi_background_registers(job->evidence, job->package, err));
    return mtmi_figure_cache_name(&job->cache, results, err);
}

/* ---- microdata ---- */

/* The counts that the asked indicators need; NULL when there is nothing to count. */
static mtm_status count_microdata(const computing *job, mtm_package **out, mtm_error *err) {
    mtm_tabulate_options counting = MTM_TABULATE_OPTIONS_INIT;
    mtmi_buffer plan = MTMI_BUFFER_INIT;
    *out = NULL;
    if (job->package->n_microdata == 0) {
        return MTM_OK;
    }
    counting.progress = job->asked.options.progress;
    counting.progress_data = job->asked.options.progress_data;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_catalogue_plan(job->catalogue, job->package, &job->asked, &plan, err));
    if (strchr(plan.data, '"') != NULL) { /* else no resource is named */
        const mtm_tabulate_options *given = job->asked.options.tabulate;
        MTMI_TRY(mtmi_package_count(job->package, plan.data, given != NULL ? given : &counting, out, err));
    }
out:
    mtmi_buffer_free(&plan);
    return status;
}

static int has_dataset(const mtm_package *package, const char *name) {
    for (size_t i = 0; i < package->n_datasets; i++) {
        if (strcmp(mtmi_dataset_name(package->datasets[i]), name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* A package that lends the datasets of two; only its table of them is to be freed. Names are told apart as in a package. */
static mtm_status join(const mtm_package *package, const mtm_package *counted, mtm_package *out, mtm_error *err) {
    const size_t n = counted != NULL ? counted->n_datasets : 0;
    *out = *package;
    out->datasets = mtmi_memory_new(package->n_datasets + n + 1, sizeof *out->datasets);
    if (out->datasets == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < package->n_datasets; i++) {
        out->datasets[i] = package->datasets[i];
    }
    for (size_t i = 0; i < n; i++) {
        const char *name = mtmi_dataset_name(counted->datasets[i]);
        if (has_dataset(package, name)) {
            return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){name, 0, 0},
                                  "found a second dataset of this name, expected another name");
        }
        out->datasets[out->n_datasets++] = counted->datasets[i];
    }
    return MTM_OK;
}

static mtm_status compute(computing *job, mtm_results *results, mtm_error *err) {
    const mtm_package *given = job->package;
    mtm_package *counted = NULL, all;
    memset(&all, 0, sizeof all);
    mtm_status status = MTM_OK;
    MTMI_TRY(count_microdata(job, &counted, err));
    MTMI_TRY(join(given, counted, &all, err));
    job->package = &all;
    mtmi_mobility_start(&job->mobility, &all, job->asked.options.as_of, job->catalogue);
    MTMI_TRY(open_views(job, given, counted != NULL, err));
    MTMI_TRY(compute_all(job, results, err));
out:
    close_views(job);
    mtmi_mobility_close(&job->mobility);
    mtmi_memory_free(all.datasets);
    mtm_package_free(counted);
    job->package = given;
    return status;
}

mtm_status mtm_catalogue_compute(const mtm_catalogue *catalogue, const mtm_package *package,
                                 const mtm_compute_options *options, mtm_results **out, mtm_error *err) {
    computing job;
    mtm_results *results = NULL;
    if (catalogue == NULL || package == NULL || out == NULL) {
        const char *missing = catalogue == NULL ? "catalogue" : package == NULL ? "package" : "out";
        return mtmi_error_argument(err, missing, "not NULL");
    }
    *out = NULL;
    memset(&job, 0, sizeof job);
    job.catalogue = catalogue;
    job.package = package;
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(mtmi_catalogue_ask(catalogue, package, options, &job.asked, err));
    results = mtmi_memory_new(1, sizeof *results);
    MTMI_TRY(results != NULL ? compute(&job, results, err) : mtmi_error_memory(err));
    MTMI_TRY(mtmi_survey_findings_run(catalogue, package, job.asked.only, &results->surveys, err));
out:
    if (status != MTM_OK) {
        mtm_results_free(results);
        return status;
    }
    *out = results;
    return MTM_OK;
}
