/* Turns rows into observations: the steps of observe_*.c in their order, for each row. A row is taken whole or not at
 * all. */
#include "read/observe/observer.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/observe/observe_internal.h"

#include <string.h>

mtm_status mtmi_observer_new(const mtmi_resource *resource, mtmi_check_log *log, int build, mtmi_observer **out,
                             mtm_error *err) {
    mtmi_observer *observer = mtmi_memory_new(1, sizeof *observer);
    mtm_status status = MTM_OK;

    *out = NULL;
    if (observer == NULL) {
        return mtmi_error_memory(err);
    }
    observer->settings.resource = resource;
    observer->settings.log = log;
    observer->settings.build = build;
    observer->whole.all_days = 1;
    observer->whole.decimals = resource->decimals > 0 ? resource->decimals : 0;
    MTMI_TRY(mtmi_observe_declared_unit(observer, err));
    MTMI_TRY(mtmi_builder_new(&observer->builder, err));
out:
    if (status != MTM_OK) {
        mtmi_observer_free(observer);
        return status;
    }
    *out = observer;
    return MTM_OK;
}

static void forget_columns(mtmi_observer *observer) {
    mtmi_observe_forget_sums(observer);
    mtmi_observe_forget_order(observer);
    for (size_t i = 0; i < observer->file.n_memory; i++) {
        mtmi_map_free(&observer->file.memory[i].labels);
        mtmi_memory_free(observer->file.memory[i].known);
        mtmi_buffer_free(&observer->file.memory[i].last);
        mtmi_buffer_free(&observer->file.memory[i].above);
    }
    mtmi_memory_free(observer->file.memory);
    mtmi_memory_free(observer->file.periods);
    observer->file.periods = NULL;
    mtmi_memory_free(observer->current.numbers);
    mtmi_memory_free(observer->current.cells);
    observer->file.memory = NULL;
    observer->current.numbers = NULL;
    observer->current.cells = NULL;
    observer->file.n_memory = 0;
}

void mtmi_observer_free(mtmi_observer *observer) {
    if (observer == NULL) {
        return;
    }
    forget_columns(observer);
    mtmi_builder_free(observer->builder);
    mtmi_map_free(&observer->seen.keys);
    mtmi_map_free(&observer->whole.lying.codes);
    mtmi_map_free(&observer->whole.lying.names);
    mtmi_memory_free(observer->whole.lying.in);
    mtmi_memory_free(observer->seen.cells);
    mtmi_buffer_free(&observer->whole.last_source);
    mtmi_observe_forget_units(observer);
    mtmi_memory_free(observer);
}

mtm_status mtmi_observer_file(mtmi_observer *observer, const char *name, mtm_error *err) {
    observer->file.number++;
    return observer->builder != NULL ? mtmi_builder_add_file(observer->builder, name, err) : MTM_OK;
}

mtm_status mtmi_observer_start(mtmi_observer *observer, const mtmi_rows *rows, const mtmi_columns *columns,
                               mtm_error *err) {
    mtmi_check_file *file = observer->settings.log == NULL ? NULL : mtmi_check_at_file(observer->settings.log);

    forget_columns(observer);
    observer->file.rows = rows;
    observer->file.columns = columns;
    observer->file.memory = mtmi_memory_new(columns->n, sizeof *observer->file.memory);
    observer->current.numbers = mtmi_memory_new(columns->n, sizeof *observer->current.numbers);
    observer->current.cells = mtmi_memory_new(columns->n, sizeof *observer->current.cells);
    if (observer->file.memory == NULL || observer->current.numbers == NULL || observer->current.cells == NULL) {
        return mtmi_error_memory(err);
    }
    observer->file.n_memory = columns->n;
    for (size_t i = 0; file != NULL && i < columns->n && i < file->n_columns; i++) {
        observer->file.memory[i].check = &file->columns[i];
    }
    if (mtmi_observe_column_units(observer, err) != MTM_OK) {
        return MTM_ERROR_MEMORY;
    }
    observer->file.year = columns->year;
    observer->file.section = observer->file.section_dimension = -1;
    observer->file.has_section_period = 0;
    observer->file.periods = columns->parts_down ? mtmi_memory_new(columns->n, sizeof *observer->file.periods) : NULL;
    if (columns->parts_down && observer->file.periods == NULL) {
        return mtmi_error_memory(err);
    }
    observer->file.year_said = 0;
    mtmi_observe_parts(observer);
    mtmi_observe_comparing(observer);
    return mtmi_observe_dimensions(observer, err);
}

/* Only rows that have one of the labels in each column of the filter are read. */
static int is_wanted(const mtmi_observer *observer) {
    for (size_t f = 0; f < observer->settings.resource->n_rows; f++) {
        const mtmi_row_filter *filter = &observer->settings.resource->rows[f];
        for (size_t i = 0; i < observer->file.columns->n; i++) {
            const mtmi_bound *bound = &observer->file.columns->at[i];
            mtmi_cell cell;
            char label[512];
            size_t n, k = 0;
            if (!mtmi_name_same(bound->name, strlen(bound->name), filter->column, strlen(filter->column))) {
                continue;
            }
            cell = mtmi_observe_cell(observer, bound);
            n = mtmi_text_normalise(cell.text, cell.length, label, sizeof label);
            while (k < filter->labels.n && (n >= sizeof label || strcmp(label, filter->labels.marks[k]) != 0)) {
                k++;
            }
            if (k == filter->labels.n) {
                return 0;
            }
        }
    }
    return 1;
}

/* The steps of a row, in order: each may refuse it. */
static mtmi_row_outcome observe(mtmi_observer *observer, mtm_error *err) {
    MTMI_ROW_TRY(mtmi_observe_context(observer, err));
    if (observer->current.verdict->outcome == MTM_ROWS_NOT_DATA) {
        return MTMI_ROW_DONE;
    }
    MTMI_ROW_TRY(mtmi_observe_period(observer));
    MTMI_ROW_TRY(mtmi_observe_release(observer, err));
    MTMI_ROW_TRY(mtmi_observe_attributes(observer, err));
    MTMI_ROW_TRY(mtmi_observe_numbers(observer));
    mtmi_observe_balance(observer);
    MTMI_ROW_TRY(mtmi_observe_labels(observer, err));
    MTMI_ROW_TRY(mtmi_observe_event(observer));
    MTMI_ROW_TRY(mtmi_observe_keep(observer, err));
    observer->whole.any_row = 1;
    observer->whole.cumulative_said |= observer->current.cumulative;
    return mtmi_observe_status(observer, mtmi_observe_say_notes(observer, err));
}

mtm_status mtmi_observer_row(mtmi_observer *observer, const mtmi_row *row, mtmi_verdict *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    mtmi_observe_take_row(observer, row, out);
    out->outcome = is_wanted(observer) ? MTM_ROWS_ACCEPTED : MTM_ROWS_NOT_DATA;
    if (out->outcome == MTM_ROWS_NOT_DATA) {
        return MTM_OK;
    }
    return observe(observer, err) == MTMI_ROW_FAILED ? observer->current.failure : MTM_OK;
}

unsigned mtmi_observer_proofs(const mtmi_observer *observer) {
    return observer->whole.proofs;
}

size_t mtmi_observer_places(const mtmi_observer *observer) {
    return observer->sums.n_places;
}

const char *mtmi_observer_group(const mtmi_observer *observer) {
    return observer->whole.group;
}

/* ---- the whole ---- */

static int copy_text(const char *from, char **to) {
    *to = mtmi_memory_copy_text(from);
    return from == NULL || *to != NULL;
}

static mtm_status describe(mtmi_observer *observer, const char *file, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(observer->builder);
    const mtmi_resource *resource = observer->settings.resource;
    int whole;

    dataset->kind = resource->kind != 0                                   ? (mtm_kind)resource->kind
                    : observer->whole.is_share                            ? MTM_KIND_SHARE
                    : observer->whole.any_row && observer->whole.all_days ? MTM_KIND_STOCK
                                                                          : MTM_KIND_FLOW;
    dataset->multiplier = observer->units.power;
    dataset->decimals = observer->whole.decimals;
    dataset->cumulative = resource->cumulative || (observer->whole.cumulative_said && dataset->kind == MTM_KIND_FLOW);
    dataset->confidential = resource->confidential;
    dataset->absent = resource->absent;
    dataset->as_covered = resource->as_covered;
    dataset->round_span = resource->round_span;
    dataset->add_repeats = resource->add_repeats;
    dataset->last_known = resource->last_known;
    dataset->methodology_public = resource->methodology_public;
    dataset->obtained = resource->obtained;
    dataset->frequency = resource->frequency;
    dataset->releases[0] = resource->release;
    mtmi_source_note_free(&dataset->sources[0]);
    whole = mtmi_source_note_copy(&resource->source, &dataset->sources[0]);
    whole &= copy_text(resource->name != NULL ? resource->name : file, &dataset->name);
    whole &= copy_text(resource->concept, &dataset->concept);
    whole &= copy_text(observer->units.unit, &dataset->unit) & copy_text(file, &dataset->file);
    whole &= mtmi_breaks_copy(resource->breaks, resource->n_breaks, dataset);
    whole &= mtmi_component_copy(&resource->component, &dataset->component);
    whole &= copy_text(resource->coverage, &dataset->coverage) & mtmi_titles_copy(&resource->title, &dataset->title);
    return whole ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status say_not_compared(mtmi_observer *observer, mtm_error *err) {
    mtmi_buffer found = MTMI_BUFFER_INIT;
    mtmi_diagnostic_input said = {0};
    mtm_status status;

    said.code = MTMI_CODE_NOT_COMPARED;
    said.prose = 1;
    mtmi_buffer_format(&found, "more than %zu figures", MTMI_OBSERVER_COMPARED);
    said.found = found.data;
    said.found_size = found.size;
    said.expected = "fewer; equal cells, totals and cumulative figures were not compared";
    said.hint = "read the file as a dataset to compare all of them";
    status = found.failed ? mtmi_error_memory(err) : mtmi_check_add(observer->settings.log, &said, err);
    mtmi_buffer_free(&found);
    return status;
}

mtm_status mtmi_observer_finish(mtmi_observer *observer, const char *file, mtm_dataset **out, mtm_error *err) {
    mtm_dataset *dataset = NULL;
    mtm_status status = MTM_OK;

    MTMI_TRY(mtmi_observe_settle_units(observer, err));
    if (observer->builder == NULL) {
        return observer->seen.given_up && observer->settings.log != NULL ? say_not_compared(observer, err) : MTM_OK;
    }
    if (observer->settings.resource->microdata && out == NULL) {
        return MTM_OK; /* events are counted, and make no dataset as they stand */
    }
    MTMI_TRY(describe(observer, file, err));
    MTMI_TRY(mtmi_observe_close_frames(observer, err));
    MTMI_TRY(mtmi_builder_finish(observer->builder, &dataset, err));
    if (observer->settings.log != NULL) {
        MTMI_TRY(mtmi_observe_findings(observer, dataset, err));
    }
    if (out != NULL) {
        *out = dataset;
        dataset = NULL;
    }
out:
    mtm_dataset_free(dataset);
    return status;
}
