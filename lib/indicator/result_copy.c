/* Copies results into memory of their own. All begins as zeros, so that a copy that fails half-way is freed like a
 * whole one. */
#include "indicator/evidence.h"
#include "indicator/result.h"
#include "indicator/survey/survey_finding.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

static void free_rows(mtm_result *result) {
    for (size_t i = 0; i < result->n_rows; i++) {
        mtmi_memory_free(result->rows[i].code);
        mtmi_titles_free(&result->rows[i].label);
    }
    mtmi_memory_free(result->rows);
}

static void free_remarks(mtm_result *result) {
    for (size_t i = 0; i < result->n_remarks; i++) {
        mtmi_memory_free(result->remarks[i].text);
        mtmi_memory_free(result->remarks[i].file);
        mtmi_titles_free(&result->remarks[i].titles);
    }
    mtmi_memory_free(result->remarks);
}

static void free_citations(mtm_result *result) {
    for (size_t i = 0; i < result->n_citations; i++) {
        mtmi_source_note_free(&result->citations[i].source);
        mtmi_memory_free(result->citations[i].dataset);
        mtmi_memory_free(result->citations[i].file);
    }
    mtmi_memory_free(result->citations);
}

void mtmi_covering_clear(mtmi_covering *covering) {
    mtmi_memory_free(covering->dimension);
    mtmi_memory_free(covering->file);
    mtmi_titles_free(&covering->dimension_title);
    mtmi_titles_free(&covering->absent_names);
    mtmi_titles_free(&covering->assumed_names);
    mtmi_titles_free(&covering->fresh_names);
    memset(covering, 0, sizeof *covering);
}

void mtmi_result_clear(mtm_result *result) {
    for (int i = 0; i < 3; i++) {
        mtmi_covering_clear(&result->coverings[i]);
    }
    free_rows(result);
    free_remarks(result);
    free_citations(result);
    for (size_t i = 0; i < result->n_strings; i++) {
        mtmi_memory_free(result->strings[i]);
    }
    void *const blocks[] = {result->strings,   result->steps,   result->step_sources, result->points,
                            result->id,        result->section, result->unit,         result->concept,
                            result->dimension, result->measure, result->second,       result->group};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        mtmi_memory_free(blocks[i]);
    }
    mtmi_titles_free(&result->title);
    mtmi_titles_free(&result->definition);
    mtmi_titles_free(&result->section_title);
    mtmi_titles_free(&result->dimension_title);
    memset(result, 0, sizeof *result);
}

void mtm_results_free(mtm_results *results) {
    if (results == NULL) {
        return;
    }
    for (size_t i = 0; i < results->n; i++) {
        mtmi_result_clear(&results->results[i]);
    }
    mtmi_survey_findings_free(results->surveys);
    for (size_t i = 0; i < results->n_extents; i++) {
        mtmi_memory_free(results->extents[i]);
    }
    mtmi_memory_free(results->extents);
    mtmi_evidence_free(results->evidence);
    mtmi_titles_free(&results->country_title);
    mtmi_titles_free(&results->package_title);
    mtmi_front_matter_free(&results->front);
    mtmi_highlights_clear(&results->highlights);
    mtmi_memory_free(results->results);
    mtmi_memory_free(results);
}

/* Replaces a text borrowed from another result by a copy; 0 when memory ran out. */
static int copy_text(char **text, const char *from) {
    *text = mtmi_memory_copy_text(from);
    return from == NULL || *text != NULL;
}

/* A new block of n elements; an empty table needs none. */
static int table(void *out, size_t n, size_t size) {
    void *block = n > 0 ? mtmi_memory_new(n, size) : NULL;
    memcpy(out, &block, sizeof block);
    return n == 0 || block != NULL;
}

static int copy_rows(const mtm_result *from, mtm_result *to) {
    if (!table(&to->rows, from->n_rows, sizeof *to->rows)) {
        return 0;
    }
    for (; to->n_rows < from->n_rows;) {
        const mtmi_result_row *row = &from->rows[to->n_rows];
        mtmi_result_row *copy = &to->rows[to->n_rows++];
        copy->row = row->row;
        copy->covers = row->covers;
        copy->reason = row->reason;
        memcpy(copy->growth, row->growth, sizeof copy->growth);
        if (!copy_text(&copy->code, row->code) || !mtmi_titles_copy(&row->label, &copy->label)) {
            return 0;
        }
    }
    return 1;
}

static int copy_remarks(const mtm_result *from, mtm_result *to) {
    if (!table(&to->remarks, from->n_remarks, sizeof *to->remarks)) {
        return 0;
    }
    for (; to->n_remarks < from->n_remarks;) {
        const mtmi_remark *remark = &from->remarks[to->n_remarks];
        mtmi_remark *copy = &to->remarks[to->n_remarks++];
        *copy = *remark;
        copy->text = copy->file = NULL;
        const int titles = mtmi_titles_copy(&remark->titles, &copy->titles);
        if (!titles || !copy_text(&copy->text, remark->text) || !copy_text(&copy->file, remark->file)) {
            return 0;
        }
    }
    return 1;
}

static int copy_citations(const mtm_result *from, mtm_result *to) {
    if (!table(&to->citations, from->n_citations, sizeof *to->citations)) {
        return 0;
    }
    for (; to->n_citations < from->n_citations;) {
        const mtmi_citation *citation = &from->citations[to->n_citations];
        mtmi_citation *copy = &to->citations[to->n_citations++];
        *copy = *citation;
        copy->dataset = copy->file = NULL;
        if (!mtmi_source_note_copy(&citation->source, &copy->source) || !copy_text(&copy->dataset, citation->dataset) ||
            !copy_text(&copy->file, citation->file)) {
            return 0;
        }
    }
    return 1;
}

static int copy_steps(const mtm_result *from, mtm_result *to) {
    if (!table(&to->strings, from->n_strings, sizeof *to->strings) ||
        !table(&to->steps, from->n_steps, sizeof *to->steps) ||
        !table(&to->step_sources, from->n_step_sources, sizeof *to->step_sources)) {
        return 0;
    }
    for (; to->n_strings < from->n_strings; to->n_strings++) {
        if (!copy_text(&to->strings[to->n_strings], from->strings[to->n_strings])) {
            return 0;
        }
    }
    for (; to->n_step_sources < from->n_step_sources; to->n_step_sources++) {
        to->step_sources[to->n_step_sources] = from->step_sources[to->n_step_sources];
    }
    for (; to->n_steps < from->n_steps; to->n_steps++) {
        to->steps[to->n_steps] = from->steps[to->n_steps];
    }
    return 1;
}

static int copy_points(const mtm_result *from, mtm_result *to) {
    if (!table(&to->points, from->n_points, sizeof *to->points)) {
        return 0;
    }
    if (from->n_points > 0) {
        memcpy(to->points, from->points, from->n_points * sizeof *to->points);
    }
    to->n_points = from->n_points;
    return 1;
}

static int copy_coverings(const mtm_result *from, mtm_result *to) {
    int whole = 1;
    for (int i = 0; i < 3; i++) {
        const mtmi_covering *covering = &from->coverings[i];
        mtmi_covering *copy = &to->coverings[i];
        copy->dimension = copy->file = NULL;
        memset(&copy->dimension_title, 0, sizeof copy->dimension_title);
        memset(&copy->absent_names, 0, sizeof copy->absent_names);
        memset(&copy->assumed_names, 0, sizeof copy->assumed_names);
        memset(&copy->fresh_names, 0, sizeof copy->fresh_names);
        whole &= copy_text(&copy->dimension, covering->dimension) & copy_text(&copy->file, covering->file) &
                 mtmi_titles_copy(&covering->dimension_title, &copy->dimension_title) &
                 mtmi_titles_copy(&covering->absent_names, &copy->absent_names) &
                 mtmi_titles_copy(&covering->assumed_names, &copy->assumed_names) &
                 mtmi_titles_copy(&covering->fresh_names, &copy->fresh_names);
    }
    return whole;
}

/* The plain members come over at once; what points somewhere starts as nothing. */
static int copy_result(const mtm_result *from, mtm_result *to) {
    *to = *from;
    to->id = to->section = to->unit = to->concept = to->dimension = NULL;
    to->measure = to->second = to->group = NULL;
    memset(&to->title, 0, sizeof to->title);
    memset(&to->definition, 0, sizeof to->definition);
    memset(&to->section_title, 0, sizeof to->section_title);
    memset(&to->dimension_title, 0, sizeof to->dimension_title);
    to->rows = NULL;
    to->points = NULL;
    to->steps = NULL;
    to->step_sources = NULL;
    to->remarks = NULL;
    to->citations = NULL;
    to->strings = NULL;
    to->n_rows = to->n_points = to->n_steps = to->n_step_sources = to->n_remarks = to->n_citations = to->n_strings = 0;
    return copy_coverings(from, to) && copy_text(&to->id, from->id) && copy_text(&to->section, from->section) &&
           copy_text(&to->unit, from->unit) && copy_text(&to->concept, from->concept) &&
           copy_text(&to->dimension, from->dimension) && copy_text(&to->measure, from->measure) &&
           copy_text(&to->second, from->second) && copy_text(&to->group, from->group) &&
           mtmi_titles_copy(&from->title, &to->title) && mtmi_titles_copy(&from->definition, &to->definition) &&
           mtmi_titles_copy(&from->section_title, &to->section_title) &&
           mtmi_titles_copy(&from->dimension_title, &to->dimension_title) && copy_rows(from, to) &&
           copy_points(from, to) && copy_steps(from, to) && copy_remarks(from, to) && copy_citations(from, to);
}

static int copy_extents(const mtm_results *from, mtm_results *to) {
    if (!table(&to->extents, from->n_extents, sizeof *to->extents)) {
        return 0;
    }
    for (; to->n_extents < from->n_extents; to->n_extents++) {
        if (!copy_text(&to->extents[to->n_extents], from->extents[to->n_extents])) {
            return 0;
        }
    }
    return 1;
}

mtm_status mtmi_results_copy(const mtm_results *results, mtm_results **out, mtm_error *err) {
    mtm_results *copy = mtmi_memory_new(1, sizeof *copy);
    *out = NULL;
    if (copy == NULL) {
        return mtmi_error_memory(err);
    }
    *copy = *results;
    copy->results = NULL;
    copy->extents = NULL;
    copy->evidence = NULL;
    copy->surveys = NULL;
    copy->n = copy->n_extents = 0;
    memset(&copy->country_title, 0, sizeof copy->country_title);
    memset(&copy->package_title, 0, sizeof copy->package_title);
    memset(&copy->front, 0, sizeof copy->front);
    memset(&copy->highlights, 0, sizeof copy->highlights);
    int whole = mtmi_titles_copy(&results->country_title, &copy->country_title) &&
                mtmi_titles_copy(&results->package_title, &copy->package_title) &&
                mtmi_front_matter_copy(&results->front, &copy->front) &&
                mtmi_highlights_copy(&results->highlights, &copy->highlights, NULL) == MTM_OK &&
                table(&copy->results, results->n, sizeof *copy->results) && copy_extents(results, copy) &&
                mtmi_survey_findings_copy(results->surveys, &copy->surveys);
    while (whole && copy->n < results->n) {
        whole = copy_result(&results->results[copy->n], &copy->results[copy->n]);
        copy->results[copy->n].extents = copy->extents;
        copy->n++;
    }
    if (!whole) {
        mtm_results_free(copy);
        return mtmi_error_memory(err);
    }
    *out = copy;
    return MTM_OK;
}
