/* In: the observations behind numbers. Out: steps that name file, line, column and release, and the sources, each once.
 * Does not know what the numbers are for. */
#include "indicator/writing.h"

#include "base/error.h"
#include "base/memory.h"
#include "period/period.h"

#include <string.h>

enum { KEPT_FIRST = 16, KEPT_LAST = 4 };

/* Grows a table of the result by one entry of zeros. */
static void *grow(void *table, size_t *n, size_t *capacity, size_t size) {
    void *block;
    memcpy(&block, table, sizeof block);
    if (!mtmi_memory_reserve(&block, capacity, *n + 1, size)) {
        return NULL;
    }
    memcpy(table, &block, sizeof block);
    void *entry = (char *)block + *n * size;
    memset(entry, 0, size);
    ++*n;
    return entry;
}

mtmi_result_row *mtmi_write_row(mtmi_writing *writing) {
    mtm_result *result = writing->result;
    return grow(&result->rows, &result->n_rows, &writing->rows, sizeof *result->rows);
}

mtmi_point *mtmi_write_point(mtmi_writing *writing) {
    mtm_result *result = writing->result;
    return grow(&result->points, &result->n_points, &writing->points, sizeof *result->points);
}

/* The result's own copy of a text. Names of datasets come first and codes of rows one after the other: a few looks find
 * nearly every text that is there already, however many there are. */
static const char *keep(mtmi_writing *writing, const char *text) {
    mtm_result *result = writing->result;
    const char *wanted = text != NULL ? text : "";
    for (size_t i = 0; i < result->n_strings; i++) {
        if (i == KEPT_FIRST && result->n_strings > KEPT_FIRST + KEPT_LAST) {
            i = result->n_strings - KEPT_LAST;
        }
        if (strcmp(result->strings[i], wanted) == 0) {
            return result->strings[i];
        }
    }
    char *copy = mtmi_memory_copy_text(wanted);
    char **entry = copy != NULL ? grow(&result->strings, &result->n_strings, &writing->strings, sizeof copy) : NULL;
    if (entry == NULL) {
        mtmi_memory_free(copy);
        return NULL;
    }
    *entry = copy;
    return copy;
}

/* ---- sources ---- */

static int same_text(const char *a, const char *b) { return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0); }

/* The source of a row, with what it leaves out taken from the dataset's own. All borrowed. */
static mtmi_source_note source_of(const mtm_dataset *dataset, uint32_t row) {
    mtmi_source_note note = dataset->sources[dataset->source_of[row]];
    const mtmi_source_note *own = &dataset->sources[0];
    note.publisher = note.publisher != NULL ? note.publisher : own->publisher;
    note.title = note.title != NULL ? note.title : own->title;
    note.path = note.path != NULL ? note.path : own->path;
    note.accessed = note.accessed != NULL ? note.accessed : own->accessed;
    note.licence = note.licence != NULL ? note.licence : own->licence;
    return note;
}

static int own(char **text, const char *from) {
    *text = mtmi_memory_copy_text(from);
    return from == NULL || *text != NULL;
}

static mtm_status cite(mtmi_writing *writing, const mtm_dataset *dataset, uint32_t row, mtm_error *err) {
    mtm_result *result = writing->result;
    const mtmi_source_note note = source_of(dataset, row);
    const mtm_period release = dataset->releases[dataset->release_of[row]].date;
    for (size_t i = 0; i < result->n_citations; i++) {
        mtmi_citation *citation = &result->citations[i];
        if (same_text(citation->dataset, mtmi_dataset_name(dataset)) && same_text(citation->source.path, note.path) &&
            same_text(citation->source.title, note.title)) {
            citation->release = release.last > citation->release.last ? release : citation->release;
            return MTM_OK;
        }
    }
    mtmi_citation *citation = grow(&result->citations, &result->n_citations, &writing->citations, sizeof *citation);
    if (citation == NULL || !mtmi_source_note_copy(&note, &citation->source) ||
        !own(&citation->dataset, mtmi_dataset_name(dataset)) || !own(&citation->file, dataset->file)) {
        return mtmi_error_memory(err);
    }
    citation->release = release;
    citation->obtained = dataset->obtained;
    citation->methodology_public = dataset->methodology_public;
    return MTM_OK;
}

mtm_status mtmi_write_step(mtmi_writing *writing, const mtmi_used *used, int of, const char *row, mtm_error *err) {
    mtm_result *result = writing->result;
    const mtm_dataset *dataset = used->dataset;
    const mtmi_release *release = &dataset->releases[dataset->release_of[used->row]];
    mtm_step step = {.size = sizeof step,
                     .dataset = keep(writing, mtmi_dataset_name(dataset)),
                     .file = keep(writing, mtmi_dataset_file(dataset, used->row)),
                     .edition = keep(writing, release->edition),
                     .row = keep(writing, row),
                     .period = dataset->periods[used->row],
                     .release = release->date,
                     .value = {dataset->values[used->row], dataset->decimals, 0},
                     .line = dataset->lines[used->row],
                     .column = dataset->columns[used->row],
                     .of = of,
                     .operation = (int32_t)used->operation,
                     .status = dataset->statuses[used->row]};
    if (step.dataset == NULL || step.file == NULL || step.edition == NULL || step.row == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_step *entry = grow(&result->steps, &result->n_steps, &writing->steps, sizeof *entry);
    if (entry == NULL) {
        return mtmi_error_memory(err);
    }
    entry->step = step;
    return cite(writing, dataset, used->row, err);
}

mtm_status mtmi_write_steps(mtmi_writing *writing, const mtmi_trace *trace, int of, const char *row, mtm_error *err) {
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < trace->n && status == MTM_OK; i++) {
        status = mtmi_write_step(writing, &trace->used[i], of, row, err);
    }
    return status;
}

/* ---- remarks: the table; what to say is remarks.c's ---- */

mtmi_remark mtmi_remark_of(mtmi_remark_kind kind, int of) {
    mtmi_remark remark;
    memset(&remark, 0, sizeof remark);
    remark.kind = kind;
    remark.of = of;
    remark.period = remark.release = remark.release_b = MTMI_PERIOD_NONE;
    return remark;
}

static int same_remark(const mtmi_remark *a, const mtmi_remark *b) {
    return a->kind == b->kind && a->reason == b->reason && mtmi_period_same(a->period, b->period) &&
           mtmi_period_same(a->release, b->release) && a->has_a == b->has_a && a->has_b == b->has_b &&
           a->a.units == b->a.units && a->b.units == b->b.units && a->line == b->line && same_text(a->text, b->text) &&
           same_text(a->file, b->file);
}

mtm_status mtmi_write_remark(mtmi_writing *writing, const mtmi_remark *remark, mtm_error *err) {
    mtm_result *result = writing->result;
    for (size_t i = 0; i < result->n_remarks; i++) {
        if (same_remark(&result->remarks[i], remark)) {
            return MTM_OK;
        }
    }
    mtmi_remark *entry = grow(&result->remarks, &result->n_remarks, &writing->remarks, sizeof *entry);
    if (entry == NULL) {
        return mtmi_error_memory(err);
    }
    *entry = *remark;
    entry->text = entry->file = NULL;
    return own(&entry->text, remark->text) && own(&entry->file, remark->file) ? MTM_OK : mtmi_error_memory(err);
}
