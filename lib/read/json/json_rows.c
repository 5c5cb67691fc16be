/* Reads the records of a JSON document as rows. It is gone through twice: for the keys of all records, then record
 * by record. Invariant: every value of a record is in a cell of its row, or the row is refused. */
#include "read/json/json_rows.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/csv/encoding.h"
#include "read/json/json_find.h"
#include "read/json/json_names.h"
#include "read/table/row_text.h"

#include <string.h>

typedef struct slot {
    mtmi_jtext_value value;
    int64_t row; /* the row that it was met in */
} slot;

typedef struct json_rows {
    mtmi_rows rows;
    mtmi_limits limits;
    mtmi_buffer bytes; /* the whole document as UTF-8 */
    mtmi_jtext_text text;
    mtmi_jtext_found found;
    const mtmi_jtext_table *table;
    mtmi_jtext_names names;
    mtmi_buffer path; /* of the key at hand */
    slot *slots;
    size_t n_slots, slots_capacity, n_cells; /* cells of the row at hand */
    mtmi_row_text row;
    mtmi_jtext_value record; /* at hand */
    int64_t n_rows;
    int begun, header_is_due, more, twice;
} json_rows;

/* Takes note of a value of the record: its key when keys are gathered, else its cell. */
static mtm_status take_value(json_rows *in, const mtmi_jtext_value *value, int gathers, mtm_error *err) {
    if (gathers) {
        if (in->path.failed || !mtmi_jtext_name_add(&in->names, in->path.data, in->path.size)) {
            return mtmi_error_memory(err);
        }
        return in->names.n <= in->limits.max_columns
                   ? MTM_OK
                   : mtmi_error_set(err, MTM_ERROR_LIMIT, MTMI_CODE_COLUMN_LIMIT,
                                    (mtmi_place){in->rows.name, value->line, value->column},
                                    "found more keys than the limit, expected at most %llu; raise max_columns",
                                    (unsigned long long)in->limits.max_columns);
    }
    size_t at = mtmi_jtext_name_find(&in->names, in->path.data, in->path.size);
    if (at < in->n_slots) {
        in->twice |= in->slots[at].row == in->n_rows;
        in->slots[at] = (slot){*value, in->n_rows};
    }
    return MTM_OK;
}

/* The members of an object, and those of objects in it. */
static mtm_status walk(json_rows *in, int depth, int gathers, mtm_error *err) {
    mtm_status status = MTM_OK;
    size_t before = in->path.size;
    int more = 0;

    MTMI_TRY(mtmi_jtext_open(&in->text, '{', &more, err));
    while (more) {
        mtmi_jtext_value key, value;
        MTMI_TRY(mtmi_jtext_key(&in->text, &key, err));
        mtmi_buffer_text(&in->path, before > 0 ? "." : "");
        mtmi_jtext_unquote(in->text.bytes + key.start, key.size, &in->path);
        if (in->path.size > in->limits.max_field) {
            return mtmi_jtext_refuse(&in->text, "a key that is longer than the limit", "a shorter one; raise max_field",
                                     err);
        }
        if (mtmi_jtext_peek(&in->text) == '{' && depth < MTMI_JTEXT_DEPTH) {
            MTMI_TRY(walk(in, depth + 1, gathers, err));
        } else {
            MTMI_TRY(mtmi_jtext_skip(&in->text, &value, err));
            MTMI_TRY(take_value(in, &value, gathers, err));
        }
        in->path.size = before;
        MTMI_TRY(mtmi_jtext_more(&in->text, '{', &more, err));
    }
out:
    return status;
}

/* The elements of an array are the cells. */
static mtm_status walk_array(json_rows *in, mtm_error *err) {
    mtm_status status = MTM_OK;
    int more = 0;

    MTMI_TRY(mtmi_jtext_open(&in->text, '[', &more, err));
    for (in->n_cells = 0; more; in->n_cells++) {
        mtmi_jtext_value value;
        void *slots = in->slots;
        MTMI_TRY(mtmi_jtext_skip(&in->text, &value, err));
        if (in->n_cells <= in->limits.max_columns) {
            if (!mtmi_memory_reserve(&slots, &in->slots_capacity, in->n_cells + 1, sizeof *in->slots)) {
                return mtmi_error_memory(err);
            }
            in->slots = slots;
            in->slots[in->n_cells] = (slot){value, in->n_rows};
        }
        MTMI_TRY(mtmi_jtext_more(&in->text, '[', &more, err));
    }
out:
    return status;
}

/* To the next record. *got 0: there is none. */
static mtm_status step(json_rows *in, int *got, mtm_error *err) {
    if (in->table->lines) {
        *got = mtmi_jtext_peek(&in->text) != '\0';
    } else if (!in->begun) {
        MTMI_CHECK_STATUS(mtmi_jtext_open(&in->text, '[', &in->more, err));
        *got = in->more;
    } else {
        if (in->more) {
            MTMI_CHECK_STATUS(mtmi_jtext_more(&in->text, '[', &in->more, err));
        }
        *got = in->more;
    }
    in->begun = 1;
    if (!*got && in->table->name[0] == '\0' && mtmi_jtext_peek(&in->text) != '\0') {
        return mtmi_jtext_refuse(&in->text, "more behind the end of the document", "one document", err);
    }
    return MTM_OK;
}

static void rewind_text(json_rows *in) {
    in->text = in->table->from;
    in->begun = in->more = 0;
}

/* The keys of all records. */
static mtm_status gather(json_rows *in, mtm_error *err) {
    mtm_status status = MTM_OK;
    int got = 1;

    rewind_text(in);
    MTMI_TRY(step(in, &got, err));
    while (got) {
        mtmi_jtext_value value;
        if (mtmi_jtext_peek(&in->text) == '{') {
            MTMI_TRY(walk(in, 0, 1, err));
        } else {
            MTMI_TRY(mtmi_jtext_skip(&in->text, &value, err));
        }
        MTMI_TRY(step(in, &got, err));
    }
    in->header_is_due = in->names.n > 0;
    in->n_slots = in->names.n;
    void *slots = in->slots;
    if (!mtmi_memory_reserve(&slots, &in->slots_capacity, in->n_slots + 1, sizeof *in->slots)) {
        return mtmi_error_memory(err);
    }
    in->slots = slots;
    memset(in->slots, 0, (in->n_slots + 1) * sizeof *in->slots);
    rewind_text(in);
out:
    return status;
}

static mtm_status write_header(json_rows *in, mtmi_row *out, mtm_error *err) {
    int room = 1;

    mtmi_row_text_start(&in->row);
    for (size_t i = 0; i < in->names.n && room; i++) {
        mtmi_buffer_add(&in->row.text, in->names.names[i], in->names.sizes[i]);
        room = mtmi_row_text_end(&in->row, 0);
    }
    return room && mtmi_row_text_finish(&in->row, in->table->from.line, 0, out) ? MTM_OK : mtmi_error_memory(err);
}

/* A number as JSON writes them; with an exponent it is text, as everywhere. */
static int is_plain_number(const json_rows *in, const mtmi_jtext_value *value) {
    const char *bytes = in->text.bytes + value->start;
    return value->kind == MTMI_JTEXT_NUMBER && memchr(bytes, 'e', value->size) == NULL &&
           memchr(bytes, 'E', value->size) == NULL;
}

static int write_cell(json_rows *in, const slot *cell) {
    int is_there = cell->row == in->n_rows;
    const mtmi_jtext_value *value = is_there ? &cell->value : &in->record;

    if (is_there && value->kind == MTMI_JTEXT_STRING) {
        mtmi_jtext_unquote(in->text.bytes + value->start, value->size, &in->row.text);
    } else if (is_there && value->kind != MTMI_JTEXT_NULL) {
        mtmi_buffer_add(&in->row.text, in->text.bytes + value->start, value->size);
    }
    return mtmi_row_text_end(&in->row, is_there && is_plain_number(in, value)) &&
           mtmi_row_text_place(&in->row, value->line, value->column);
}

static void refuse_row(const json_rows *in, mtmi_row *out, int code, const char *expected, const char *hint) {
    memset(out, 0, sizeof *out);
    out->line = in->record.line;
    out->record = in->text.bytes + in->record.start;
    out->record_size = in->record.size;
    out->code = code;
    out->expected = expected;
    out->hint = hint;
}

static mtm_status write_row(json_rows *in, mtmi_row *out, mtm_error *err) {
    int room = 1, too_long = 0;

    mtmi_row_text_start(&in->row);
    for (size_t i = 0; i < in->n_cells && i <= in->limits.max_columns && room; i++) {
        size_t before = in->row.text.size;
        room = write_cell(in, &in->slots[i]);
        too_long |= in->row.text.size - before > in->limits.max_field + 1;
    }
    if (!room || !mtmi_row_text_finish(&in->row, in->record.line, 0, out)) {
        return mtmi_error_memory(err);
    }
    if (in->twice) {
        refuse_row(in, out, MTMI_CODE_CONTAINER, "each key once in a record", "keep one of them");
    } else if (in->n_cells > in->limits.max_columns) {
        refuse_row(in, out, MTMI_CODE_COLUMN_LIMIT, "fewer columns", "raise max_columns");
    } else if (too_long) {
        refuse_row(in, out, MTMI_CODE_FIELD_LIMIT, "shorter cells", "raise max_field");
    }
    return MTM_OK;
}

static mtm_status next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    json_rows *in = (json_rows *)(void *)rows;
    mtm_status status = MTM_OK;

    *got = 0;
    if (in->header_is_due) {
        in->header_is_due = 0;
        status = write_header(in, out, err);
        *got = status == MTM_OK;
        return status;
    }
    MTMI_TRY(step(in, got, err));
    if (!*got) {
        return MTM_OK;
    }
    in->n_rows++;
    in->twice = 0;
    char c = mtmi_jtext_peek(&in->text);
    in->record = (mtmi_jtext_value){MTMI_JTEXT_OBJECT, in->text.at, 0, in->text.line, mtmi_jtext_column(&in->text)};
    if (c == '{' || (c == '[' && in->names.n == 0)) {
        in->n_cells = in->n_slots;
        MTMI_TRY(c == '{' ? walk(in, 0, 0, err) : walk_array(in, err));
        in->record.size = in->text.at - in->record.start;
        MTMI_TRY(write_row(in, out, err));
    } else {
        MTMI_TRY(mtmi_jtext_skip(&in->text, &in->record, err));
        refuse_row(in, out, MTMI_CODE_CONTAINER, "a record like the others", "one kind of records in an array");
    }
out:
    *got = *got && status == MTM_OK;
    return status;
}

static uint64_t position(const mtmi_rows *rows) {
    return ((const json_rows *)(const void *)rows)->text.at;
}

static void free_rows(mtmi_rows *rows) {
    json_rows *in = (json_rows *)(void *)rows;

    mtmi_buffer_free(&in->bytes);
    mtmi_jtext_found_free(&in->found);
    mtmi_jtext_names_free(&in->names);
    mtmi_buffer_free(&in->path);
    mtmi_memory_free(in->slots);
    mtmi_row_text_free(&in->row);
    mtmi_memory_free(in);
}

/* The whole document, decoded. */
static mtm_status load(json_rows *in, const char *encoding, mtmi_source *source, mtm_error *err) {
    mtmi_decoder *decoder = NULL;
    mtm_status status = mtmi_decoder_new(source, encoding, &in->limits, &decoder, err);
    size_t got = 1;

    if (status != MTM_OK) {
        return status;
    }
    while (got > 0) {
        char block[16384];
        MTMI_TRY(mtmi_decoder_read(decoder, block, sizeof block, &got, err));
        mtmi_buffer_add(&in->bytes, block, got);
        MTMI_TRY(in->bytes.failed ? mtmi_error_memory(err) : MTM_OK);
        MTMI_TRY(in->bytes.size <= in->limits.max_expansion
                     ? MTM_OK
                     : mtmi_error_set(err, MTM_ERROR_LIMIT, MTMI_CODE_RECORD_LIMIT, (mtmi_place){in->rows.name, 1, 1},
                                      "found a larger document than the limit, expected at most %llu bytes; raise "
                                      "max_expansion",
                                      (unsigned long long)in->limits.max_expansion));
    }
out:
    in->rows.dialect.encoding = mtmi_decoder_encoding(decoder);
    mtmi_decoder_free(decoder);
    in->text =
        (mtmi_jtext_text){in->rows.name, in->bytes.data != NULL ? in->bytes.data : "", in->bytes.size, 0, 1, 0, 0};
    return status;
}

mtm_status mtmi_json_rows_open(const mtmi_dialect *dialect, mtmi_source *source, const mtmi_limits *limits,
                               mtmi_check_log *log, mtmi_rows **out, mtm_error *err) {
    json_rows *in = mtmi_memory_new(1, sizeof *in);
    mtm_status status = MTM_OK;
    size_t chosen = 0;

    *out = NULL;
    if (in == NULL) {
        return mtmi_error_memory(err);
    }
    in->rows.name = mtmi_source_name(source);
    in->rows.next = next;
    in->rows.free = free_rows;
    in->rows.position = position;
    in->limits = *limits;
    MTMI_TRY(load(in, dialect->encoding, source, err));
    in->rows.total = in->bytes.size;
    MTMI_TRY(mtmi_jtext_find(&in->text, &in->found, err));
    MTMI_TRY(mtmi_jtext_choose(&in->found, dialect->sheet, in->rows.name, &chosen, err));
    in->table = &in->found.tables[chosen];
    mtmi_rows_name_sheet(&in->rows, in->table->name);
    MTMI_TRY(gather(in, err));
    status = log != NULL ? mtmi_jtext_say(&in->found, &in->text, chosen, dialect->sheet, log, err) : MTM_OK;
out:
    if (status != MTM_OK) {
        free_rows(&in->rows);
        return status;
    }
    *out = &in->rows;
    return MTM_OK;
}
