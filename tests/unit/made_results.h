/* Results made by hand, as computing would make them: nothing but plain data. */
#ifndef TESTS_MADE_RESULTS_H
#define TESTS_MADE_RESULTS_H

#include "../getters.h"
#include "base/memory.h"
#include "indicator/result.h"
#include "period/period.h"

#include <mtm/report.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static inline mtm_period period_of(const char *text) {
    mtm_period period;
    assert_int_equal(mtm_period_read(text, &period, NULL), MTM_OK);
    return period;
}

static inline mtm_decimal whole(int64_t units) {
    return (mtm_decimal){units, 0, 0};
}
static inline mtm_decimal tenths(int64_t units) {
    return (mtm_decimal){units, 1, 0};
}

static inline void *made(void *block) {
    assert_non_null(block);
    return block;
}

static inline char *made_text(const char *text) {
    return made(mtmi_memory_copy_text(text));
}

static inline mtmi_titles made_titles(const char *en, const char *ru, const char *kk) {
    return (mtmi_titles){
        {en != NULL ? made_text(en) : NULL, ru != NULL ? made_text(ru) : NULL, kk != NULL ? made_text(kk) : NULL}};
}

static inline mtm_results *made_results(size_t n, const char *period) {
    mtm_results *results = made(mtmi_memory_new(1, sizeof *results));
    results->results = made(mtmi_memory_new(n, sizeof *results->results));
    results->n = n;
    memcpy(results->country, "KAZ", 4);
    results->country_title = made_titles("Kazakhstan", "Казахстан", "Қазақстан");
    results->period = period_of(period);
    for (size_t i = 0; i < n; i++) {
        mtm_result *result = &results->results[i];
        result->period = result->observed = results->period;
        result->kind = MTM_KIND_FLOW;
        result->status = 'A';
        result->reason = MTM_REASON_NO_DATA;
        result->id = made_text("arrivals");
        result->section = made_text("border-crossings");
        result->unit = made_text("movements");
        result->concept = made_text("border-crossings");
        result->dimension = made_text("");
    }
    return results;
}

static inline void set_text(char **text, const char *to) {
    mtmi_memory_free(*text);
    *text = made_text(to);
}

static inline void set_value(mtm_result *result, mtm_decimal value) {
    result->has_value = 1;
    result->value = value;
    result->reason = MTM_REASON_NONE;
}

static inline void set_base(mtm_result *result, int with, mtm_decimal base, mtm_decimal absolute, mtm_decimal percent) {
    mtm_period period = with == 0 ? mtm_period_shift(result->period, -1) : mtm_period_year_before(result->period);
    result->has_comparison[with] = 1;
    result->comparisons[with] = (mtm_comparison){sizeof(mtm_comparison), period, base, absolute, percent, 1, 1, 0, 'A'};
}

static inline void set_no_base(mtm_result *result, int with, mtm_reason reason) {
    mtm_period period = with == 0 ? mtm_period_shift(result->period, -1) : mtm_period_year_before(result->period);
    result->has_comparison[with] = 1;
    result->comparisons[with] = (mtm_comparison){
        .size = sizeof(mtm_comparison), .period = period, .reason = (int32_t)reason, .base_status = 'M'};
}

static inline mtmi_result_row *add_row(mtm_result *result, const char *code, mtm_decimal value, mtm_decimal share,
                                       int rank) {
    result->rows = made(mtmi_memory_resize(result->rows, result->n_rows + 1, sizeof *result->rows));
    mtmi_result_row *row = &result->rows[result->n_rows++];
    memset(row, 0, sizeof *row);
    row->row = (mtm_row){sizeof(mtm_row), value, share, 1, share.decimals > 0, rank, MTM_MEMBER_CODE, NULL, NULL, 'A'};
    if (strcmp(code, "_O") == 0) {
        row->row.kind = MTM_MEMBER_OTHER;
    }
    row->code = made_text(code);
    const mtm_codelist *list = NULL;
    assert_int_equal(mtm_codelist_find("country", &list, NULL), MTM_OK);
    for (size_t i = 0; i < mtm_codelist_count(list); i++) {
        if (strcmp(mtm_codelist_code(list, i), code) == 0) {
            row->label =
                made_titles(mtm_codelist_label(list, i, MTM_LANGUAGE_EN), mtm_codelist_label(list, i, MTM_LANGUAGE_RU),
                            mtm_codelist_label(list, i, MTM_LANGUAGE_KK));
        }
    }
    return row;
}

static inline void add_point(mtm_result *result, const char *period, mtm_decimal value) {
    result->points = made(mtmi_memory_resize(result->points, result->n_points + 1, sizeof *result->points));
    result->points[result->n_points++] = (mtmi_point){period_of(period), period_of(period), value, 0, 0};
}

/* The strings of a step are the caller's literals, kept by the result. */
static inline void add_step(mtm_result *result, int of, const char *row, mtm_decimal value, int64_t line) {
    const char *texts[] = {"figures", "data/figures.csv", "first", row};
    const uint32_t first = (uint32_t)result->n_strings, source = (uint32_t)result->n_step_sources;
    result->strings = made(mtmi_memory_resize(result->strings, result->n_strings + 4, sizeof *result->strings));
    for (size_t i = 0; i < 4; i++) {
        result->strings[result->n_strings++] = made_text(texts[i]);
    }
    result->step_sources =
        made(mtmi_memory_resize(result->step_sources, result->n_step_sources + 1, sizeof *result->step_sources));
    result->step_sources[result->n_step_sources++] =
        (mtmi_step_source){first, first + 1, first + 2, value.decimals, MTMI_PERIOD_NONE};
    result->steps = made(mtmi_memory_resize(result->steps, result->n_steps + 1, sizeof *result->steps));
    result->steps[result->n_steps++] = (mtmi_step){
        value.units, line, result->period, source, first + 3, 2, (unsigned char)of, MTM_OPERATION_TAKE, 'A'};
}

static inline mtmi_remark *add_remark(mtm_result *result, mtmi_remark_kind kind) {
    result->remarks = made(mtmi_memory_resize(result->remarks, result->n_remarks + 1, sizeof *result->remarks));
    mtmi_remark *remark = &result->remarks[result->n_remarks++];
    memset(remark, 0, sizeof *remark);
    remark->kind = kind;
    remark->period = remark->release = remark->release_b = MTMI_PERIOD_NONE;
    return remark;
}

static inline mtmi_citation *add_citation(mtm_result *result, const char *publisher, const char *title,
                                          const char *path) {
    result->citations = made(mtmi_memory_resize(result->citations, result->n_citations + 1, sizeof *result->citations));
    mtmi_citation *citation = &result->citations[result->n_citations++];
    memset(citation, 0, sizeof *citation);
    citation->source.publisher = made_text(publisher);
    citation->source.title = made_text(title);
    citation->source.path = made_text(path);
    citation->release = MTMI_PERIOD_NONE;
    citation->methodology_public = -1;
    return citation;
}

static inline mtm_report *made_report(const mtm_results *results, mtm_language language, int threshold) {
    mtm_report_options options = MTM_REPORT_OPTIONS_INIT;
    mtm_report *report = NULL;
    mtm_error err = {0};
    options.language = (int32_t)language;
    options.threshold = threshold;
    mtm_status status = mtm_report_new(results, &options, &report, &err);
    assert_string_equal(err.message, "");
    assert_int_equal(status, MTM_OK);
    return report;
}

#endif
