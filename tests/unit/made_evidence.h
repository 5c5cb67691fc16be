/* What results made by hand count: cells of a table by measure, origin and period, and which of them each number adds
 * up. */
#ifndef TESTS_MADE_EVIDENCE_H
#define TESTS_MADE_EVIDENCE_H

#include "made_results.h"

#include "codelist/match.h"
#include "indicator/evidence.h"

#include <stdio.h>

static inline uint32_t add_cell(mtm_results *results, const char *measure, const char *code, mtm_period period,
                                int64_t value) {
    if (results->evidence == NULL) {
        results->evidence = made(mtmi_memory_new(1, sizeof *results->evidence));
    }
    mtmi_evidence *evidence = results->evidence;
    char cell[64] = "";
    void *table = evidence->observed;
    assert_int_equal(
        mtmi_memory_reserve(&table, &evidence->observed_capacity, evidence->n_observed + 1, sizeof *evidence->observed),
        1);
    evidence->observed = table;
    snprintf(cell, sizeof cell, "%s%s%sdirection=%s", *code != '\0' ? "citizenship=" : "", code,
             *code != '\0' ? "|" : "", measure);
    evidence->observed[evidence->n_observed] = (mtmi_observed){
        made_text("movements"), made_text(cell), period, {INT32_MIN, INT32_MIN}, value, 0, 1, 1, 0, 0, 0, {-1, 0, 0}};
    return (uint32_t)evidence->n_observed++;
}

static inline int is_cell_of(const mtmi_observed *observed, const char *measure, const char *code, mtm_period period) {
    char end[64], start[64];
    snprintf(end, sizeof end, "direction=%s", measure);
    snprintf(start, sizeof start, "citizenship=%s|", code != NULL ? code : "");
    const char *direction = strstr(observed->cell, "direction=");
    return strcmp(direction, end) == 0 && mtmi_period_same(observed->period, period) &&
           (code == NULL || strncmp(observed->cell, start, strlen(start)) == 0);
}

static inline int is_inside_cis(const mtmi_observed *observed, mtm_period period) {
    char code[4] = "";
    if (strncmp(observed->cell, "citizenship=", 12) == 0) {
        memcpy(code, observed->cell + 12, 3);
    }
    return mtmi_codelist_has_member("CIS", code, period);
}

static inline void add_terms(mtmi_evidence *evidence, const mtm_result *result, const char *measure, const char *code,
                             mtm_period period, int sign) {
    for (uint32_t i = 0; i < evidence->n_observed; i++) {
        const mtmi_observed *observed = &evidence->observed[i];
        if (!is_cell_of(observed, measure, code, period) || (result->outside && is_inside_cis(observed, period))) {
            continue;
        }
        void *table = evidence->terms;
        assert_int_equal(
            mtmi_memory_reserve(&table, &evidence->terms_capacity, evidence->n_terms + 1, sizeof *evidence->terms), 1);
        evidence->terms = table;
        evidence->terms[evidence->n_terms++] = (mtmi_evidence_term){i, sign};
        evidence->numbers[evidence->n_numbers - 1].n++;
    }
}

static inline void add_number(mtm_results *results, size_t r, int place, size_t index, const char *code,
                              mtm_period period) {
    mtmi_evidence *evidence = results->evidence;
    const mtm_result *result = &results->results[r];
    void *table = evidence->numbers;
    assert_int_equal(
        mtmi_memory_reserve(&table, &evidence->numbers_capacity, evidence->n_numbers + 1, sizeof *evidence->numbers),
        1);
    evidence->numbers = table;
    evidence->numbers[evidence->n_numbers++] =
        (mtmi_evidence_number){(uint32_t)r, (uint32_t)index, place, evidence->n_terms, 0};
    add_terms(evidence, result, result->measure, code, period, 1);
    if (result->second != NULL && result->statistic == MTMI_STATISTIC_NET) {
        add_terms(evidence, result, result->second, code, period, -1);
    }
}

/* Says of every number which cells it adds up; all cells are there. */
static inline void explain_results(mtm_results *results) {
    for (size_t r = 0; r < results->n; r++) {
        const mtm_result *result = &results->results[r];
        if (result->measure == NULL || result->statistic == MTMI_STATISTIC_SHARE) {
            continue;
        }
        add_number(results, r, MTM_LINEAGE_VALUE, 0, NULL, result->period);
        for (int with = 0; with < 2; with++) {
            if (result->has_comparison[with] && result->comparisons[with].has_base) {
                add_number(results, r, MTM_LINEAGE_PREVIOUS + with, 0, NULL, result->comparisons[with].period);
            }
        }
        for (size_t i = 0; i < result->n_rows; i++) {
            if (strcmp(result->rows[i].code, "_O") != 0) {
                add_number(results, r, MTM_LINEAGE_BREAKDOWN, i, result->rows[i].code, result->period);
            }
        }
        for (size_t i = 0; i < result->n_points; i++) {
            add_number(results, r, MTMI_EVIDENCE_POINT, i, NULL, result->points[i].period);
        }
    }
}

#endif
