/* Writes the resource of a proposal as JSON, complete enough to read the file as it is. What is unsure stands under
 * mtm.unsure. */
#include "read/describe.h"

#include "base/error.h"
#include "read/check/check_internal.h"

#include <string.h>

static void write_text_list(mtmi_json *json, const char *key, int64_t first, int64_t last) {
    mtmi_json_key(json, key);
    mtmi_json_array(json);
    for (int64_t i = first; i <= last; i++) {
        mtmi_json_int(json, i);
    }
    mtmi_json_array_end(json);
}

static void write_dialect(const mtmi_proposal *proposal, const mtmi_check_dialect *dialect, mtmi_json *json) {
    int is_text = dialect->delimiter.text[0] != '\0';
    int has_rows = proposal->rows && dialect->header_rows > 0 && (dialect->header_rows > 1 || dialect->skip_rows > 0);
    int has_sheet = proposal->rows && dialect->sheet[0] != '\0';
    if (!is_text && !has_sheet && !has_rows && proposal->sheets == NULL) {
        return;
    }
    mtmi_json_key(json, "dialect");
    mtmi_json_object(json);
    if (is_text) {
        mtmi_json_pair(json, "delimiter", dialect->delimiter.text);
    }
    if (is_text && dialect->quote.text[0] != '\0') {
        mtmi_json_pair(json, "quoteChar", dialect->quote.text);
    }
    if (proposal->sheets != NULL) {
        mtmi_json_pair(json, "sheets", "alike");
        if (proposal->sheets[0] != '\0') {
            mtmi_json_pair(json, "sheetColumn", proposal->sheets);
        }
    } else if (has_sheet) {
        mtmi_json_pair(json, "sheetName", dialect->sheet);
    }
    if (has_rows) {
        int64_t first = (dialect->skip_rows > 0 ? dialect->skip_rows : 0) + 1;
        write_text_list(json, "headerRows", first, first + dialect->header_rows - 1);
    }
    mtmi_json_object_end(json);
}

static void write_value(const mtmi_check_column *column, mtmi_json *json) {
    char period[40];
    if (column->n_members > 0) {
        mtmi_json_key(json, "members");
        mtmi_json_object(json);
        for (size_t i = 0; i < column->n_members; i++) {
            mtmi_json_pair(json, column->members[i].key, column->members[i].value);
        }
        mtmi_json_object_end(json);
    }
    if (column->has_period) {
        mtm_period_describe(column->period, period, sizeof period);
        mtmi_json_pair(json, "period", period);
    }
}

static void write_field(const mtmi_check_column *column, mtmi_json *json) {
    mtmi_json_object(json);
    mtmi_json_pair(json, "name", column->name);
    mtmi_json_key(json, "mtm");
    mtmi_json_object(json);
    if (column->role != MTMI_ROLE_IGNORE || column->how != MTMI_HOW_NONE) { /* nobody said to ignore it */
        mtmi_json_pair(json, "role", mtmi_role_name(column->role));
    }
    if (column->role == MTMI_ROLE_DIMENSION) {
        mtmi_json_pair(json, "dimension", column->dimension != NULL ? column->dimension : column->name);
        mtmi_json_pair(json, "codelist", column->codelist != NULL ? column->codelist : "none");
    } else if (column->role == MTMI_ROLE_VALUE) {
        write_value(column, json);
    }
    mtmi_json_object_end(json);
    mtmi_json_object_end(json);
}

static void write_schema(const mtmi_check_file *file, mtmi_json *json) {
    int complete = 1;
    mtmi_json_key(json, "schema");
    mtmi_json_object(json);
    mtmi_json_key(json, "fields");
    mtmi_json_array(json);
    for (size_t i = 0; i < file->n_columns; i++) {
        int named = file->columns[i].name != NULL && file->columns[i].name[0] != '\0';
        complete &= named;
        if (named && file->columns[i].number > 0) {
            write_field(&file->columns[i], json);
        }
    }
    mtmi_json_array_end(json);
    if (!complete) {
        mtmi_json_pair(json, "fieldsMatch", "subset");
    }
    mtmi_json_object_end(json);
}

static int is_of_children(const mtmi_counted_shape *shape, const mtmi_check_file *file, size_t at) {
    const mtmi_counted_column *column = mtmi_counted_field(shape, file, at);
    return column != NULL && strstr(column->mtm, "\"0-17\"") != NULL;
}

/* Some of the children, who are counted already; where the registry has no columns of children, of nobody. */
static void write_subset(const mtmi_counted_shape *shape, const mtmi_check_file *file, mtmi_json *json) {
    size_t n = 0;
    for (size_t i = 0; i < file->n_columns; i++) {
        n += is_of_children(shape, file, i) != 0;
    }
    if (n == 0) {
        mtmi_json_literal(json, "{\"role\": \"ignore\"}");
        return;
    }
    mtmi_json_object(json);
    mtmi_json_pair(json, "role", "subset");
    mtmi_json_key(json, "members");
    mtmi_json_literal(json, "{\"vulnerable-group\": \"UAC\"}");
    mtmi_json_key(json, "of");
    mtmi_json_array(json);
    for (size_t i = 0; i < file->n_columns; i++) {
        if (is_of_children(shape, file, i)) {
            mtmi_json_text(json, file->columns[i].name);
        }
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}

/* Only the columns that the shape knows: the others say nothing that is counted. */
static void write_shape(const mtmi_proposal *proposal, const mtmi_check_file *file, mtmi_json *json) {
    const mtmi_counted_shape *shape = proposal->shape;
    mtmi_json_key(json, "schema");
    mtmi_json_object(json);
    mtmi_json_key(json, "fields");
    mtmi_json_array(json);
    for (size_t i = 0; i < file->n_columns; i++) {
        const mtmi_counted_column *column = mtmi_counted_field(shape, file, i);
        if (column != NULL && !(proposal->no_flags && strstr(column->mtm, "\"flag\"") != NULL)) {
            mtmi_json_object(json);
            mtmi_json_pair(json, "name", file->columns[i].name);
            mtmi_json_key(json, "mtm");
            if (strcmp(column->mtm, MTMI_COUNTED_SUBSET) == 0) {
                write_subset(shape, file, json);
            } else {
                mtmi_json_literal(json, column->mtm);
            }
            mtmi_json_object_end(json);
        }
    }
    mtmi_json_array_end(json);
    mtmi_json_pair(json, "fieldsMatch", "subset");
    mtmi_json_object_end(json);
}

static void write_flag(mtmi_json *json, const char *key, int value) {
    mtmi_json_key(json, key);
    mtmi_json_bool(json, value);
}

/* What is written as it stands, beside other members of an object. */
static void write_raw(mtmi_json *json, const char *property) {
    char key[40];
    size_t n = strcspn(property + 1, "\"");
    n = n < sizeof key - 1 ? n : sizeof key - 1;
    memcpy(key, property + 1, n);
    key[n] = '\0';
    mtmi_json_key(json, key);
    mtmi_json_literal(json, strchr(property, ':') + 2);
}

void mtmi_proposal_write_cells(const mtmi_proposal *proposal, mtmi_json *json, const char *group, const char *decimal) {
    unsigned in_numbers = 0;
    for (size_t i = 0; i < mtmi_n_cell_lines; i++) {
        in_numbers |= mtmi_cell_lines[i].numbers != NULL ? proposal->answers.cells & 1u << i : 0;
    }
    if (group[0] != '\0' || decimal[0] != '\0' || in_numbers != 0) {
        mtmi_json_key(json, "numbers");
        mtmi_json_object(json);
        if (group[0] != '\0') {
            mtmi_json_pair(json, "groupChar", group);
        }
        if (decimal[0] != '\0') {
            mtmi_json_pair(json, "decimalChar", decimal);
        }
        for (size_t i = 0; i < mtmi_n_cell_lines; i++) {
            if ((in_numbers & 1u << i) != 0) {
                write_raw(json, mtmi_cell_lines[i].numbers);
            }
        }
        mtmi_json_object_end(json);
    }
    for (size_t i = 0; i < mtmi_n_cell_lines; i++) {
        if (mtmi_cell_lines[i].property != NULL && (proposal->answers.cells & 1u << i) != 0) {
            write_raw(json, mtmi_cell_lines[i].property);
        }
    }
}

static void write_numbers(const mtmi_proposal *proposal, const mtmi_check_dialect *dialect, mtmi_json *json) {
    int group = strcmp(dialect->thousands.text, ",") == 0 || strcmp(dialect->thousands.text, ".") == 0;
    mtmi_proposal_write_cells(proposal, json, group && !proposal->plain ? dialect->thousands.text : "",
                              proposal->plain ? "" : dialect->decimal.text);
}

/* "Periods 2024-Q1 to 2024-Q4 ..." as a plain description, which no program reads. */
static void write_description(const mtmi_check_file *file, mtmi_json *json) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    char periods[40];
    if (!file->has_periods) {
        return;
    }
    mtm_period_describe(file->periods, periods, sizeof periods);
    mtmi_buffer_format(&text, "Covers %s; %lld rows", periods, (long long)file->rows[MTM_ROWS_ACCEPTED]);
    json->buffer->failed |= text.failed;
    mtmi_json_pair(json, "description", text.data != NULL ? text.data : "");
    mtmi_buffer_free(&text);
}

/* What is counted: as the person says, else by the file's words. */
static void write_told(const mtmi_proposal *proposal, mtmi_json *json) {
    static const mtm_read_options nothing = MTM_READ_OPTIONS_INIT;
    const mtm_read_options *told = proposal->told != NULL ? proposal->told : &nothing;
    const char *concept = proposal->is_denied ? NULL : told->concept_id != NULL ? told->concept_id : proposal->concept;

    if (concept != NULL) {
        mtmi_json_pair(json, "concept", concept);
    }
    if (told->kind != NULL || proposal->kind != NULL) {
        mtmi_json_pair(json, "kind", told->kind != NULL ? told->kind : proposal->kind);
    }
    if (told->unit != NULL || proposal->unit != NULL) {
        mtmi_json_pair(json, "unit", told->unit != NULL ? told->unit : proposal->unit);
    }
    const char *direction = told->direction != NULL ? told->direction : proposal->direction;
    if (direction != NULL || proposal->type != NULL) {
        mtmi_json_key(json, "dimensions");
        mtmi_json_object(json);
        if (direction != NULL) {
            mtmi_json_pair(json, "direction", direction);
        }
        if (proposal->type != NULL) {
            mtmi_json_pair(json, "type", proposal->type);
        }
        mtmi_json_object_end(json);
    }
}

/* A list of places is no table, and says all of itself. */
static void write_gazetteer(const mtmi_proposal *proposal, mtmi_json *json) {
    mtmi_json_object(json);
    mtmi_json_pair(json, "name", proposal->name);
    mtmi_json_pair(json, "path", proposal->path);
    mtmi_json_key(json, "mtm");
    mtmi_json_object(json);
    mtmi_json_pair(json, "gazetteer", "pcodes");
    mtmi_json_object_end(json);
    mtmi_json_object_end(json);
}

void mtmi_proposal_write(const mtmi_proposal *proposal, mtmi_json *json) {
    static const mtmi_check_file nothing;
    if (mtmi_proposal_is_places(proposal)) {
        write_gazetteer(proposal, json);
        return;
    }
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : &nothing;
    mtmi_json_object(json);
    mtmi_json_pair(json, "name", proposal->name);
    mtmi_json_pair(json, "path", proposal->path);
    write_description(proposal->check->n_files > 0 ? &proposal->check->files[0] : &nothing, json);
    if (proposal->encoding && file->dialect.encoding.text[0] != '\0' && file->dialect.sheet[0] == '\0') {
        mtmi_json_pair(json, "encoding", file->dialect.encoding.text);
    }
    write_dialect(proposal, &file->dialect, json);
    if (proposal->shape != NULL) {
        write_shape(proposal, file, json);
    } else if (!proposal->plain && proposal->sheets == NULL && file->n_columns > 0) {
        write_schema(file, json);
    }
    mtmi_json_key(json, "mtm");
    mtmi_json_object(json);
    write_told(proposal, json);
    write_flag(json, proposal->microdata ? "microdata" : "cumulative",
               proposal->microdata || proposal->answers.cumulative);
    if (proposal->date_means != NULL) {
        mtmi_json_pair(json, "dateMeans", proposal->date_means);
    }
    if (proposal->absent_is_zero) {
        mtmi_json_pair(json, "absent", "zero");
    }
    if (proposal->repeats) {
        mtmi_json_pair(json, "repeats", "add");
    }
    write_numbers(proposal, &file->dialect, json);
    mtmi_json_key(json, "unsure");
    mtmi_json_array(json);
    mtmi_proposal_unsure(proposal, json);
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
    mtmi_json_object_end(json);
}
