/* Writes into a check what is known of a table's columns and of the marks in its numbers. */
#include "base/error.h"
#include "base/memory.h"
#include "codelist/match.h"
#include "number/number.h"
#include "read/table_reader_internal.h"

#include <string.h>

static int copy_text(const char *from, char **to) {
    *to = mtmi_memory_copy_text(from);
    return from == NULL || *to != NULL;
}

static int log_column(const mtmi_bound *bound, mtmi_check_column *out) {
    const char *list = bound->list != NULL ? mtmi_codelist_id(bound->list) : NULL;
    int whole = copy_text(bound->name, &out->name) & copy_text(bound->dimension, &out->dimension) &
                copy_text(list, &out->codelist);

    out->number = (int64_t)bound->cell + 1;
    out->role = bound->role;
    out->how = bound->how;
    out->has_period = bound->has_period;
    out->period = bound->period;
    out->members = bound->n_members > 0 ? mtmi_memory_new(bound->n_members, sizeof *out->members) : NULL;
    for (size_t i = 0; out->members != NULL && i < bound->n_members; i++) {
        out->n_members++;
        whole &= copy_text(bound->members[i].key, &out->members[i].key) &
                 copy_text(bound->members[i].value, &out->members[i].value);
    }
    return whole && out->n_members == bound->n_members;
}

mtm_status mtmi_reading_log_columns(const mtmi_reading *reading, mtm_error *err) {
    mtmi_check_file *file = mtmi_check_at_file(reading->log);
    mtmi_check_column *columns = mtmi_memory_new(reading->columns.n, sizeof *columns);

    if (columns == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_memory_free(file->columns);
    file->columns = columns;
    file->n_columns = 0;
    file->section = reading->columns.section;
    file->dialect.header_rows = (int64_t)reading->header.n;
    file->dialect.skip_rows = (int64_t)reading->header.first;
    file->dialect.header_how = reading->header.how;
    memcpy(file->dialect.convention, reading->header.convention, strlen(reading->header.convention) + 1);
    for (size_t i = 0; i < reading->columns.n; i++) {
        file->n_columns++;
        if (!log_column(&reading->columns.at[i], &columns[i])) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

static void set_mark(mtmi_check_property *out, const char *declared, const char *text, mtmi_how how) {
    const char *mark = declared[0] != '\0' ? declared : text;
    size_t n = strlen(mark) < sizeof out->text ? strlen(mark) : sizeof out->text - 1;

    memcpy(out->text, mark, n);
    out->text[n] = '\0';
    out->how = declared[0] != '\0' ? MTMI_HOW_DECLARED : n > 0 ? how : MTMI_HOW_NONE;
}

/* The unit of each column of figures, whatever said it. */
mtm_status mtmi_reading_log_units(const mtmi_reading *reading, mtm_error *err) {
    mtmi_check_file *file = mtmi_check_at_file(reading->log);
    int power = 0;
    const char *unit = mtmi_observer_unit(reading->observer, &power);

    for (size_t i = 0; i < file->n_columns && i < reading->columns.n; i++) {
        mtmi_check_column *column = &file->columns[i];
        if (column->role != MTMI_ROLE_VALUE) {
            continue;
        }
        mtmi_memory_free(column->unit);
        column->unit = mtmi_memory_copy_text(unit);
        column->multiplier = power;
        if (unit != NULL && column->unit == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* Marks of numbers: declared, or as the cells proved them. */
void mtmi_reading_log_marks(const mtmi_reading *reading) {
    mtmi_check_file *file = mtmi_check_at_file(reading->log);
    const mtmi_number_style *style = &reading->resource->number;
    unsigned proofs = mtmi_observer_proofs(reading->observer);

    for (size_t i = 0; i < reading->columns.n; i++) {
        const mtmi_bound *bound = &reading->columns.at[i];
        if (bound->role == MTMI_ROLE_VALUE && (bound->number->decimal[0] != '\0' || bound->number->group[0] != '\0')) {
            style = bound->number;
        }
    }
    set_mark(&file->dialect.decimal, style->decimal,
             proofs & MTMI_NUMBER_DECIMAL_COMMA   ? ","
             : proofs & MTMI_NUMBER_DECIMAL_POINT ? "."
                                                  : "",
             MTMI_HOW_CONTENT);
    set_mark(&file->dialect.thousands, style->group,
             proofs & MTMI_NUMBER_GROUP_COMMA   ? ","
             : proofs & MTMI_NUMBER_GROUP_POINT ? "."
                                                : mtmi_observer_group(reading->observer),
             MTMI_HOW_CONTENT);
}
