/* Writes a check as JSON (docs/check-json.md). Sums of a file that failed are left out, because they would be sums of a
 * part. */
#include "read/check/check_internal.h"

#include "base/json.h"

#include <string.h>

static void pair_int_or_null(mtmi_json *json, const char *key, int64_t number) {
    mtmi_json_key(json, key);
    if (number > 0) {
        mtmi_json_int(json, number);
    } else {
        mtmi_json_null(json);
    }
}

static void pair_or_null(mtmi_json *json, const char *key, const char *text) {
    mtmi_json_pair(json, key, text == NULL || text[0] == '\0' ? NULL : text);
}

static void write_rows(mtmi_json *json, const int64_t rows[4], int64_t totals) {
    mtmi_json_key(json, "rows");
    mtmi_json_object(json);
    mtmi_json_pair_int(json, "in", rows[MTM_ROWS_IN]);
    mtmi_json_pair_int(json, "accepted", rows[MTM_ROWS_ACCEPTED]);
    mtmi_json_pair_int(json, "rejected", rows[MTM_ROWS_REJECTED]);
    mtmi_json_pair_int(json, "not_data", rows[MTM_ROWS_NOT_DATA]);
    mtmi_json_object_end(json);
    mtmi_json_pair_int(json, "totals", totals);
}

static void write_sum(mtmi_json *json, const mtmi_check_column *column) {
    char sum[MTMI_WIDE_TEXT];
    mtmi_decimal_write(column->sum, column->decimals, sum, sizeof sum);
    mtmi_json_text(json, sum);
}

/* What only a column of figures has. */
static void write_figures(mtmi_json *json, const mtmi_check_column *column, int failed) {
    char period[40];
    mtmi_json_key(json, "members");
    mtmi_json_object(json);
    for (size_t i = 0; i < column->n_members; i++) {
        mtmi_json_pair(json, column->members[i].key, column->members[i].value);
    }
    mtmi_json_object_end(json);
    mtm_period_describe(column->period, period, sizeof period);
    mtmi_json_pair(json, "period", column->has_period ? period : NULL);
    mtmi_json_pair(json, "unit", column->unit);
    mtmi_json_pair_int(json, "multiplier", column->multiplier);
    if (!failed) {
        mtmi_json_key(json, "sum");
        write_sum(json, column);
        mtmi_json_pair_int(json, "values", column->n_values);
        mtmi_json_pair_int(json, "missing", column->n_missing);
    }
}

static void write_columns(mtmi_json *json, const mtmi_check_file *file, int with_file) {
    for (size_t i = 0; i < file->n_columns; i++) {
        const mtmi_check_column *column = &file->columns[i];
        mtmi_json_object(json);
        if (with_file) {
            mtmi_json_pair(json, "file", file->name);
        }
        mtmi_json_pair(json, "name", mtmi_check_column_name(file, column));
        pair_int_or_null(json, "number", column->number);
        mtmi_json_pair(json, "role", mtmi_role_name(column->role));
        mtmi_json_pair(json, "dimension", column->dimension);
        mtmi_json_pair(json, "codelist", column->codelist);
        pair_or_null(json, "recognised_by", mtmi_how_name(column->how));
        if (column->role == MTMI_ROLE_VALUE) {
            write_figures(json, column, file->failed);
        }
        mtmi_json_object_end(json);
    }
}

/* The figures of a column over the files first to last, which are parts of one table. */
static mtmi_check_column all_parts(const mtm_check *check, size_t first, size_t last, const char *name) {
    mtmi_check_column all = {0};
    for (size_t f = first; f < last; f++) {
        const mtmi_check_file *file = &check->files[f];
        for (size_t i = 0; i < file->n_columns; i++) {
            const mtmi_check_column *column = &file->columns[i];
            if (column->role == MTMI_ROLE_VALUE && strcmp(column->name, name) == 0) {
                int decimals = column->decimals > all.decimals ? column->decimals : all.decimals;
                all.sum = mtmi_decimal_rescale(all.sum, all.decimals, decimals) +
                          mtmi_decimal_rescale(column->sum, column->decimals, decimals);
                all.decimals = decimals;
            }
        }
    }
    return all;
}

static int is_repeated(const mtm_check *check, size_t first, size_t file, size_t column) {
    const char *name = check->files[file].columns[column].name;
    for (size_t f = first; f <= file; f++) {
        for (size_t i = 0; i < (f == file ? column : check->files[f].n_columns); i++) {
            if (check->files[f].columns[i].role == MTMI_ROLE_VALUE &&
                strcmp(check->files[f].columns[i].name, name) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

/* Sums of the files first to last, by name; prefix is the resource's name or NULL. */
static void write_sums(mtmi_json *json, const mtm_check *check, size_t first, size_t last, const char *prefix) {
    for (size_t f = first; f < last; f++) {
        const mtmi_check_file *file = &check->files[f];
        for (size_t i = 0; i < file->n_columns; i++) {
            mtmi_buffer key = MTMI_BUFFER_INIT;
            if (file->columns[i].role != MTMI_ROLE_VALUE || is_repeated(check, first, f, i)) {
                continue;
            }
            mtmi_check_column all = all_parts(check, first, last, file->columns[i].name);
            mtmi_buffer_format(&key, prefix != NULL ? "%s/" : "", prefix);
            mtmi_buffer_text(&key, file->columns[i].name);
            json->buffer->failed |= key.failed;
            mtmi_json_key(json, key.data != NULL ? key.data : "");
            write_sum(json, &all);
            mtmi_buffer_free(&key);
        }
    }
}

static int is_same_resource(const mtmi_check_file *a, const mtmi_check_file *b) {
    return a->resource != NULL && b->resource != NULL && strcmp(a->resource, b->resource) == 0;
}

/* Files of one resource are one table: from first up to this one. */
static size_t end_of_table(const mtm_check *check, size_t first) {
    size_t last = first + 1;
    while (last < check->n_files && is_same_resource(&check->files[first], &check->files[last])) {
        last++;
    }
    return last;
}

static void write_all_sums(mtmi_json *json, const mtm_check *check) {
    mtmi_json_key(json, "sums");
    mtmi_json_object(json);
    for (size_t first = 0, last; first < check->n_files; first = last) {
        const mtmi_check_file *file = &check->files[first];
        int failed = 0;
        last = end_of_table(check, first);
        for (size_t f = first; f < last; f++) {
            failed |= check->files[f].failed;
        }
        if (!failed) {
            int alone = first == 0 && last == check->n_files;
            write_sums(json, check, first, last, alone ? NULL : file->resource != NULL ? file->resource : file->name);
        }
    }
    mtmi_json_object_end(json);
}

static int64_t missing_of(const mtmi_check_file *file) {
    int64_t missing = 0;
    for (size_t i = 0; i < file->n_columns; i++) {
        missing += file->columns[i].role == MTMI_ROLE_VALUE ? file->columns[i].n_missing : 0;
    }
    return missing;
}

/* Opens the object of a property; the caller has written its value's key. */
static void write_origin(mtmi_json *json, mtmi_how how) {
    mtmi_json_pair(json, "origin", how == MTMI_HOW_DECLARED ? "declared" : "inferred");
    pair_or_null(json, "by", mtmi_how_name(how));
}

static void write_property(mtmi_json *json, const char *key, const mtmi_check_property *property) {
    mtmi_json_key(json, key);
    mtmi_json_object(json);
    pair_or_null(json, "value", property->text);
    write_origin(json, property->how);
    mtmi_json_object_end(json);
}

static void write_count(mtmi_json *json, const char *key, int64_t value, mtmi_how how) {
    mtmi_json_key(json, key);
    mtmi_json_object(json);
    mtmi_json_pair_int(json, "value", value < 0 ? 0 : value);
    write_origin(json, how);
    mtmi_json_object_end(json);
}

static void write_dialect(mtmi_json *json, const mtmi_check_dialect *dialect) {
    mtmi_json_key(json, "dialect");
    mtmi_json_object(json);
    write_property(json, "encoding", &dialect->encoding);
    write_property(json, "delimiter", &dialect->delimiter);
    write_property(json, "quote", &dialect->quote);
    write_property(json, "decimal", &dialect->decimal);
    write_property(json, "thousands", &dialect->thousands);
    write_count(json, "header_rows", dialect->header_rows, dialect->header_how);
    write_count(json, "preamble_rows", dialect->skip_rows, dialect->header_how);
    pair_or_null(json, "sheet", dialect->sheet);
    pair_or_null(json, "convention", dialect->convention);
    mtmi_json_object_end(json);
}

/* What is known of one file beside its diagnostics. */
static void write_facts(mtmi_json *json, const mtm_check *check, size_t number) {
    const mtmi_check_file *file = &check->files[number];
    char periods[40];
    write_rows(json, file->rows, file->totals);
    mtmi_json_key(json, "columns");
    mtmi_json_array(json);
    write_columns(json, file, 0);
    mtmi_json_array_end(json);
    mtmi_json_key(json, "sums");
    mtmi_json_object(json);
    if (!file->failed) {
        write_sums(json, check, number, number + 1, NULL);
    }
    mtmi_json_object_end(json);
    mtmi_json_pair_int(json, "missing", missing_of(file));
    mtm_period_describe(file->periods, periods, sizeof periods);
    mtmi_json_pair(json, "periods", file->has_periods ? periods : NULL);
    write_dialect(json, &file->dialect);
}

static void write_file(mtmi_json *json, const mtm_check *check, size_t number) {
    const mtmi_check_file *file = &check->files[number];
    mtmi_json_object(json);
    mtmi_json_pair(json, "file", file->name);
    mtmi_json_pair(json, "resource", file->resource);
    mtmi_json_key(json, "microdata");
    mtmi_json_bool(json, file->microdata);
    mtmi_json_pair(json, "outcome", mtmi_outcome_name(mtmi_check_file_outcome(file)));
    write_facts(json, check, number);
    mtmi_json_pair_int(json, "errors", file->errors);
    mtmi_json_pair_int(json, "notes", file->notes);
    mtmi_json_object_end(json);
}

/* Of several files, or of none: what can be said of all together. */
static void write_all_facts(mtmi_json *json, const mtm_check *check) {
    int64_t missing = 0, totals = 0, rows[4];
    for (int which = 0; which < 4; which++) {
        rows[which] = mtm_check_rows(check, (mtm_rows)which);
    }
    for (size_t i = 0; i < check->n_files; i++) {
        totals += check->files[i].totals;
    }
    write_rows(json, rows, totals);
    mtmi_json_key(json, "columns");
    mtmi_json_array(json);
    for (size_t i = 0; i < check->n_files; i++) {
        write_columns(json, &check->files[i], 1);
        missing += missing_of(&check->files[i]);
    }
    mtmi_json_array_end(json);
    write_all_sums(json, check);
    mtmi_json_pair_int(json, "missing", missing);
    mtmi_json_pair(json, "periods", NULL);
    mtmi_json_pair(json, "dialect", NULL);
}

static void write_diagnostic(mtmi_json *json, const mtmi_check_entry *entry) {
    char code[MTMI_CHECK_CODE];
    mtmi_check_code(entry, code);
    mtmi_json_object(json);
    mtmi_json_pair(json, "severity", entry->error ? "error" : "note");
    mtmi_json_pair(json, "code", code);
    mtmi_json_pair(json, "file", entry->subject);
    pair_int_or_null(json, "line", entry->line);
    pair_int_or_null(json, "column", entry->column);
    mtmi_json_pair(json, "found", entry->found);
    mtmi_json_pair(json, "expected", entry->expected);
    mtmi_json_pair(json, "hint", entry->hint);
    pair_or_null(json, "record", entry->record);
    mtmi_json_object_end(json);
}

/* Of refused rows more are kept than are listed: they are in the CSV. */
static void write_diagnostics(mtmi_json *json, const mtm_check *check) {
    size_t listed[2] = {0, 0};
    mtmi_json_key(json, "diagnostics");
    mtmi_json_array(json);
    for (size_t i = 0; i < check->n_entries; i++) {
        int error = check->entries[i].error != 0;
        if (listed[error] < MTMI_CHECK_KEPT) {
            listed[error]++;
            write_diagnostic(json, &check->entries[i]);
        }
    }
    mtmi_json_array_end(json);
    mtmi_json_pair_int(json, "errors", check->errors);
    mtmi_json_pair_int(json, "notes", check->notes);
    mtmi_json_pair_int(json, "diagnostics_left_out", check->errors + check->notes - (int64_t)(listed[0] + listed[1]));
}

void mtmi_check_json(const mtm_check *check, mtmi_buffer *out) {
    mtmi_json json;
    mtmi_json_start(&json, out);
    mtmi_json_object(&json);
    mtmi_json_pair_int(&json, "version", 1);
    mtmi_json_pair(&json, "checked", check->title);
    mtmi_json_pair(&json, "outcome", mtmi_outcome_name(mtm_check_outcome(check)));
    if (check->n_files == 1) {
        write_facts(&json, check, 0);
    } else {
        write_all_facts(&json, check);
    }
    write_diagnostics(&json, check);
    if (check->package) {
        mtmi_json_key(&json, "files");
        mtmi_json_array(&json);
        for (size_t i = 0; i < check->n_files; i++) {
            write_file(&json, check, i);
        }
        mtmi_json_array_end(&json);
    }
    mtmi_json_object_end(&json);
}
