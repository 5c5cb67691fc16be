/* Copies a dataset into memory of its own. A copy that fails half-way is freed whole. */
#include "data/dataset_copy.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

static void *copy_block(const void *block, size_t n, size_t size, int *failed) {
    if (block == NULL) {
        return NULL;
    }
    void *copy = mtmi_memory_new(n, size);
    if (copy == NULL) {
        *failed = 1;
    } else {
        memcpy(copy, block, n * size);
    }
    return copy;
}

static char *copy_text(const char *text, int *failed) {
    char *copy = mtmi_memory_copy_text(text);
    *failed |= text != NULL && copy == NULL;
    return copy;
}

static void copy_dimension(const mtmi_dimension *from, size_t n, mtmi_dimension *to, int *failed) {
    *to = *from;
    to->name = copy_text(from->name, failed);
    to->codes = copy_block(from->codes, n, sizeof *from->codes, failed);
    to->members = copy_block(from->members, from->n_members, sizeof *from->members, failed);
    to->n_members = to->members != NULL ? from->n_members : 0;
    to->frame = copy_block(from->frame, from->n_frame, sizeof *from->frame, failed);
    to->n_frame = to->frame != NULL ? from->n_frame : 0;
    for (size_t i = 0; i < to->n_frame; i++) {
        to->frame[i].code = copy_text(from->frame[i].code, failed);
        to->frame[i].predecessor = copy_text(from->frame[i].predecessor, failed);
    }
    for (size_t i = 0; i < to->n_members; i++) {
        to->members[i].code = copy_text(from->members[i].code, failed);
        to->members[i].label = copy_text(from->members[i].label, failed);
    }
}

static void copy_columns(const mtm_dataset *from, mtm_dataset *to, int *failed) {
    size_t n = from->n;
    to->periods = copy_block(from->periods, n, sizeof *from->periods, failed);
    to->values = copy_block(from->values, n, sizeof *from->values, failed);
    to->lines = copy_block(from->lines, n, sizeof *from->lines, failed);
    to->statuses = copy_block(from->statuses, n, sizeof *from->statuses, failed);
    to->columns = copy_block(from->columns, n, sizeof *from->columns, failed);
    to->release_of = copy_block(from->release_of, n, sizeof *from->release_of, failed);
    to->source_of = copy_block(from->source_of, n, sizeof *from->source_of, failed);
    to->note_of = copy_block(from->note_of, n, sizeof *from->note_of, failed);
    to->uncovered = copy_block(from->uncovered, n, sizeof *from->uncovered, failed);
    to->contributions = copy_block(from->contributions, n, sizeof *from->contributions, failed);
    to->doubts = copy_block(from->doubts, n, sizeof *from->doubts, failed);
}

static void copy_tables(const mtm_dataset *from, mtm_dataset *to, int *failed) {
    to->releases = copy_block(from->releases, from->n_releases, sizeof *from->releases, failed);
    to->sources = mtmi_memory_new(from->n_sources, sizeof *to->sources);
    *failed |= to->sources == NULL;
    to->n_sources = to->sources != NULL ? from->n_sources : 0;
    for (size_t i = 0; i < to->n_sources; i++) {
        *failed |= !mtmi_source_note_copy(&from->sources[i], &to->sources[i]);
    }
    to->notes = mtmi_memory_new(from->n_notes, sizeof *to->notes);
    *failed |= to->notes == NULL;
    to->n_notes = to->notes != NULL ? from->n_notes : 0;
    for (size_t i = 0; i < to->n_notes; i++) {
        to->notes[i] = copy_text(from->notes[i], failed);
    }
    to->parts = copy_block(from->parts, from->n_parts, sizeof *from->parts, failed);
    to->n_parts = to->parts != NULL ? from->n_parts : 0;
    for (size_t i = 0; i < to->n_parts; i++) {
        to->parts[i].file = copy_text(from->parts[i].file, failed);
    }
    *failed |= !mtmi_breaks_copy(from->breaks, from->n_breaks, to);
    to->findings = copy_block(from->findings, from->n_findings, sizeof *from->findings, failed);
    to->n_findings = to->findings != NULL ? from->n_findings : 0;
    for (size_t i = 0; i < to->n_findings; i++) {
        to->findings[i].label = copy_text(from->findings[i].label, failed);
    }
}

mtm_status mtmi_dataset_copy(const mtm_dataset *dataset, mtm_dataset **out, mtm_error *err) {
    int failed = 0;
    mtm_dataset *copy = mtmi_memory_new(1, sizeof *copy);
    *out = NULL;
    if (copy == NULL) {
        return mtmi_error_memory(err);
    }
    *copy = *dataset;
    copy->name = copy_text(dataset->name, &failed);
    copy->concept = copy_text(dataset->concept, &failed);
    copy->unit = copy_text(dataset->unit, &failed);
    copy->file = copy_text(dataset->file, &failed);
    copy->coverage = copy_text(dataset->coverage, &failed);
    failed |= !mtmi_titles_copy(&dataset->title, &copy->title);
    failed |= !mtmi_component_copy(&dataset->component, &copy->component);
    failed |= !mtmi_covered_copy(&dataset->covered, &copy->covered);
    copy_columns(dataset, copy, &failed);
    copy_tables(dataset, copy, &failed);
    copy->dimensions = mtmi_memory_new(dataset->n_dimensions, sizeof *copy->dimensions);
    failed |= copy->dimensions == NULL;
    copy->n_dimensions = copy->dimensions != NULL ? dataset->n_dimensions : 0;
    for (size_t i = 0; i < copy->n_dimensions; i++) {
        copy_dimension(&dataset->dimensions[i], dataset->n, &copy->dimensions[i], &failed);
    }
    if (failed) {
        mtm_dataset_free(copy);
        return mtmi_error_memory(err);
    }
    *out = copy;
    return MTM_OK;
}
