/* Datasets from tables of facts, for tests of what is computed: a row is a period, codes, a figure, a release. */
#ifndef TESTS_FACTS_H
#define TESTS_FACTS_H

#include "../getters.h"
#include "base/memory.h"
#include "codelist/match.h"
#include "data/builder.h"
#include "data/package.h"
#include "period/period.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* One figure. Codes are separated by spaces, one a dimension; "-" is the total. A value of FACT_BLANK is not there. */
typedef struct fact {
    const char *period, *codes;
    int64_t value;
    const char *released, *edition; /* NULL: not stated */
    char status;                    /* 0: 'A' */
    const char *note;
} fact;

#define FACT_BLANK INT64_MIN

typedef struct table {
    const char *name, *concept, *unit;
    mtm_kind kind;
    int cumulative, decimals, multiplier;
    const char *dimensions; /* names with their lists: "direction citizenship:country" */
    const char *selection;  /* names of dimensions whose members do not add up, separated by spaces */
    const char *publisher;
    const fact *facts;
    size_t n;
    int absent, as_covered; /* an mtmi_absent; whether sums are given as far as they go */
} table;

#define FACTS(array) (array), sizeof(array) / sizeof *(array)

static inline mtm_period period_of(const char *text) {
    mtm_period period = {0, 0};
    mtm_error err = {0};
    if (mtm_period_read(text, &period, &err) != MTM_OK) {
        fail_msg("%s: %s", text, err.message);
    }
    return period;
}

/* The next word of text, cut at a space; 0 at the end. */
static inline int next_word(const char **text, char word[64]) {
    size_t n = strcspn(*text, " ");
    if (n == 0) {
        return 0;
    }
    assert_true(n < 64);
    memcpy(word, *text, n);
    word[n] = '\0';
    *text += n + ((*text)[n] == ' ');
    return 1;
}

static inline int has_word(const char *text, const char *wanted) {
    char word[64];
    while (text != NULL && next_word(&text, word)) {
        if (strcmp(word, wanted) == 0) {
            return 1;
        }
    }
    return 0;
}

static inline mtm_status add_dimensions(mtmi_builder *builder, const table *from, mtm_error *err) {
    const char *text = from->dimensions;
    char word[64];
    mtm_status status = MTM_OK;
    while (text != NULL && status == MTM_OK && next_word(&text, word)) {
        int32_t at = 0;
        char *list = strchr(word, ':');
        if (list != NULL) {
            *list++ = '\0';
        }
        status = mtmi_builder_add_dimension(builder, word, mtmi_codelist_get(list != NULL ? list : word), &at, err);
        if (status == MTM_OK && has_word(from->selection, word)) {
            mtmi_builder_parts_incomplete(builder, at);
        }
    }
    return status;
}

/* What a code is: of the list, a group of countries, the rest, unknown, or a label that no code matches ("?Atlantis"). */
static inline mtm_status add_member(mtmi_builder *builder, int32_t dimension, const char *code, int64_t line,
                                    int32_t *out, mtm_error *err) {
    const mtm_codelist *list = mtmi_builder_dataset(builder)->dimensions[dimension].list;
    int32_t at = list != NULL ? mtmi_codelist_index(list, code) : -1;
    mtm_member_kind kind = strcmp(code, "_O") == 0   ? MTM_MEMBER_OTHER
                           : strcmp(code, "_U") == 0 ? MTM_MEMBER_UNKNOWN
                           : code[0] == '?'          ? MTM_MEMBER_UNCLASSIFIED
                                                     : MTM_MEMBER_CODE;
    if (strcmp(code, "-") == 0) {
        *out = -1;
        return MTM_OK;
    }
    if (kind == MTM_MEMBER_CODE && list != NULL && at < 0) {
        at = mtmi_codelist_index(mtmi_codelist_get("country-group"), code);
        kind = MTM_MEMBER_GROUP;
    }
    return mtmi_builder_add_member(builder, dimension, kind, code + (code[0] == '?'), at, code, line, out, err);
}

static inline mtm_status add_fact(mtmi_builder *builder, const fact *from, int64_t line, mtm_error *err) {
    int32_t codes[MTMI_DIMENSIONS_MAX] = {0}, d = 0;
    const char *text = from->codes;
    char word[64];
    mtmi_observation observation = {
        period_of(from->period), from->value, from->status != 0 ? from->status : 'A', 2, line, 0, 0, -1, codes};
    mtm_status status = MTM_OK;
    if (from->value == FACT_BLANK) {
        observation.value = 0;
        observation.status = from->status != 0 ? from->status : 'O';
    }
    while (status == MTM_OK && next_word(&text, word)) {
        status = add_member(builder, d, word, line, &codes[d], err);
        d++;
    }
    if (status == MTM_OK && (from->released != NULL || from->edition != NULL)) {
        mtm_period date = from->released != NULL ? period_of(from->released) : MTMI_PERIOD_NONE;
        status = mtmi_builder_add_release(builder, date, from->edition != NULL ? from->edition : "",
                                          &observation.release, err);
    }
    if (status == MTM_OK && from->note != NULL) {
        status = mtmi_builder_add_note(builder, from->note, &observation.note, err);
    }
    return status == MTM_OK ? mtmi_builder_add(builder, &observation, err) : status;
}

static inline mtm_status describe_table(mtmi_builder *builder, const table *from, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(builder);
    dataset->name = mtmi_memory_copy_text(from->name);
    dataset->file = mtmi_memory_copy_text(from->name);
    dataset->concept = mtmi_memory_copy_text(from->concept);
    dataset->unit = mtmi_memory_copy_text(from->unit);
    dataset->kind = from->kind != 0 ? from->kind : MTM_KIND_FLOW;
    dataset->cumulative = from->cumulative;
    dataset->decimals = from->decimals;
    dataset->multiplier = from->multiplier;
    dataset->absent = (mtmi_absent)from->absent;
    dataset->as_covered = from->as_covered;
    dataset->sources[0].publisher = mtmi_memory_copy_text(from->publisher);
    int whole = dataset->name != NULL && dataset->file != NULL && dataset->concept != NULL && dataset->unit != NULL &&
                (from->publisher == NULL || dataset->sources[0].publisher != NULL);
    return whole ? MTM_OK : mtmi_error_memory(err);
}

/* Adds a table to a package; lines count from 2, as below a header. */
static inline mtm_status add_table(mtm_package *package, const table *from, mtm_error *err) {
    mtmi_builder *builder = NULL;
    mtm_dataset *dataset = NULL;
    mtm_status status = mtmi_builder_new(&builder, err);
    status = status == MTM_OK ? describe_table(builder, from, err) : status;
    status = status == MTM_OK ? add_dimensions(builder, from, err) : status;
    for (size_t i = 0; i < from->n && status == MTM_OK; i++) {
        status = add_fact(builder, &from->facts[i], (int64_t)i + 2, err);
    }
    status = status == MTM_OK ? mtmi_builder_finish(builder, &dataset, err) : status;
    mtmi_builder_free(builder);
    return status == MTM_OK ? mtmi_package_take(package, dataset, err) : status;
}

static inline mtm_package *package_of(const table *tables, size_t n) {
    mtm_package *package = NULL;
    mtm_error err = {0};
    assert_int_equal(mtm_package_new("KAZ", &package, &err), MTM_OK);
    for (size_t i = 0; i < n; i++) {
        if (add_table(package, &tables[i], &err) != MTM_OK) {
            fail_msg("%s: %s: %s", tables[i].name, err.subject, err.message);
        }
    }
    return package;
}

/* ---- computing ---- */

/* One indicator of the built-in catalogue, over the tables. */
static inline mtm_results *computed_of(const mtm_package *package, const char *id, const char *period,
                                       const char *as_of) {
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_error err = {0};
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period asked = period_of(period), day = as_of != NULL ? period_of(as_of) : asked;
    options.indicator = id;
    options.period = &asked;
    options.as_of = as_of != NULL ? &day : NULL;
    assert_int_equal(mtm_catalogue_new(&catalogue, &err), MTM_OK);
    if (mtm_catalogue_compute(catalogue, package, &options, &results, &err) != MTM_OK) {
        fail_msg("%s: %s", id, err.message);
    }
    mtm_catalogue_free(catalogue);
    assert_int_equal(mtm_results_count(results), 1);
    return results;
}

static inline mtm_results *computed(const table *tables, size_t n, const char *id, const char *period,
                                    const char *as_of) {
    mtm_package *package = package_of(tables, n);
    mtm_results *results = computed_of(package, id, period, as_of);
    mtm_package_free(package);
    return results;
}

static inline void assert_decimal(mtm_decimal value, const char *expected) {
    char text[40];
    mtm_decimal_describe(value, text, sizeof text);
    assert_string_equal(text, expected);
}

/* The value as text, or the reason why there is none. */
static inline void assert_value(const mtm_results *results, const char *expected, mtm_reason reason) {
    const mtm_result *result = mtm_results_at(results, 0);
    mtm_decimal value = {0, 0, 0};
    assert_int_equal(result_reason(result), reason);
    assert_int_equal(result_value(result, &value), expected != NULL);
    if (expected != NULL) {
        assert_decimal(value, expected);
    }
}

static inline void assert_comparison(const mtm_results *results, mtm_comparison_with with, const char *base,
                                     const char *absolute, const char *percent, mtm_reason reason) {
    mtm_comparison comparison;
    assert_int_equal(result_comparison(mtm_results_at(results, 0), with, &comparison), 1);
    assert_int_equal(comparison.reason, reason);
    assert_int_equal(comparison.has_base, base != NULL);
    assert_int_equal(comparison.has_percent, percent != NULL);
    if (base != NULL) {
        assert_decimal(comparison.base, base);
        assert_decimal(comparison.absolute, absolute);
    }
    if (percent != NULL) {
        assert_decimal(comparison.percent, percent);
    }
}

/* The index of a breakdown's row by its code; fails when it is not there. */
static inline size_t row_of(const mtm_result *result, const char *code) {
    for (size_t i = 0; i < result_row_count(result); i++) {
        if (strcmp(result_row_code(result, i), code) == 0) {
            return i;
        }
    }
    fail_msg("no row %s", code);
    return 0;
}

/* value and share are NULL where the row has none. */
static inline void assert_row(const mtm_results *results, const char *code, int rank, const char *value,
                              const char *share) {
    mtm_row row;
    const mtm_result *result = mtm_results_at(results, 0);
    assert_int_equal(result_row(result, row_of(result, code), &row), 1);
    assert_int_equal(row.rank, rank);
    assert_int_equal(row.has_value, value != NULL);
    assert_int_equal(row.has_share, share != NULL);
    if (value != NULL) {
        assert_decimal(row.value, value);
    }
    if (share != NULL) {
        assert_decimal(row.share, share);
    }
}

#endif
