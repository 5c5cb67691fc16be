/* Reads CSV by libcsv, one row at a time. Lines are cut here and handed to libcsv one by one, because libcsv counts
 * none and skips blank ones. A row whose quotes are broken is refused and takes no other row with it. */
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/csv/csv_internal.h"

#include <string.h>

enum { CHUNK = 1 << 16 };

static void on_cell(void *cell, size_t size, void *data) {
    mtmi_csv *csv = data;
    void *ends = csv->ends;

    if (csv->n_cells > csv->limits.max_columns) {
        return; /* too many already: the row is refused */
    }
    if (!mtmi_memory_reserve(&ends, &csv->ends_capacity, csv->n_cells + 1, sizeof *csv->ends)) {
        csv->failed = 1;
        return;
    }
    csv->ends = ends;
    csv->longest = size > csv->longest ? size : csv->longest;
    mtmi_buffer_add(&csv->bytes, cell == NULL ? "" : cell, size);
    csv->ends[csv->n_cells++] = csv->bytes.size;
}

static void on_row(int c, void *data) {
    (void)c;
    ((mtmi_csv *)data)->complete = 1;
}

/* A parser that has seen nothing: at the beginning, and after a row that broke the rules. */
static mtm_status start_parser(mtmi_csv *csv, mtm_error *err) {
    if (csv->has_parser) {
        csv_free(&csv->parser);
    }
    mtm_status status =
        mtmi_csv_parser_start(&csv->parser, (unsigned char)csv->form.delimiter,
                              csv->form.quote == '\1' ? MTMI_CSV_NO_QUOTE : (unsigned char)csv->form.quote, err);
    csv->has_parser = status == MTM_OK;
    return status;
}

/* 0 when a quote stands where none may. */
static int feed(mtmi_csv *csv, const char *bytes, size_t size) {
    if (size == 0 || csv->failed || csv_parse(&csv->parser, bytes, size, on_cell, on_row, csv) == size) {
        return 1;
    }
    csv->failed |= csv_error(&csv->parser) != CSV_EPARSE;
    return csv->failed;
}

static mtm_status more_text(mtmi_csv *csv, mtm_error *err) {
    size_t rest = csv->text.size - csv->at, got = 0;
    void *data = csv->text.data;
    if (csv->at > 0 && csv->text.data != NULL) {
        memmove(csv->text.data, csv->text.data + csv->at, rest);
        csv->text.size = rest;
        csv->at = 0;
    }
    if (!mtmi_memory_reserve(&data, &csv->text.capacity, rest + CHUNK + 1, 1)) {
        return mtmi_error_memory(err);
    }
    csv->text.data = data;
    MTMI_CHECK_STATUS(mtmi_decoder_read(csv->decoder, csv->text.data + rest, CHUNK, &got, err));
    csv->text.size = rest + got;
    csv->ended = got == 0;
    return MTM_OK;
}

static mtm_status record_too_long(const mtmi_csv *csv, int64_t line, mtm_error *err) {
    return mtmi_error_set(
        err, MTM_ERROR_LIMIT, MTMI_CODE_RECORD_LIMIT, (mtmi_place){csv->rows.name, line, 1},
        "found a row of more than %llu bytes, expected a shorter one; a quote that is never closed makes "
        "such rows, else raise max_record",
        (unsigned long long)csv->limits.max_record);
}

/* The next line: its bytes without the line end, whose length is *end; *n stays 0 with *end 0 at the end of the text. */
static mtm_status next_line(mtmi_csv *csv, const char **line, size_t *n, size_t *end, mtm_error *err) {
    size_t from = 0;
    mtm_status status = MTM_OK;

    for (;;) {
        const char *text = csv->text.data + csv->at;
        size_t size = csv->text.size - csv->at, i = from;
        if (size > from) {
            const char *feed_at = memchr(text + from, '\n', size - from);
            size_t reach = feed_at == NULL ? size : (size_t)(feed_at - text);
            const char *cr = memchr(text + from, '\r', reach - from);
            i = cr != NULL ? (size_t)(cr - text) : reach;
        }
        if (i < size && (text[i] == '\n' || i + 1 < size || csv->ended)) {
            *line = text;
            *n = i;
            *end = text[i] == '\r' && i + 1 < size && text[i + 1] == '\n' ? 2 : 1;
            break;
        }
        if (csv->ended) {
            *line = text;
            *n = size;
            *end = 0;
            break;
        }
        from = i;
        if (size > csv->limits.max_record) {
            return record_too_long(csv, csv->line, err);
        }
        status = more_text(csv, err);
        if (status != MTM_OK) {
            return status;
        }
    }
    csv->at += *n + *end;
    csv->line += *end > 0;
    return MTM_OK;
}

/* The walk through a record, byte by byte. */
typedef struct walk {
    size_t opened;             /* the quote that opened last */
    int fresh, quoted, closed; /* before the first byte of a cell; inside quotes; behind a closing quote */
} walk;

/* A byte inside quotes. Gives 1 where the next byte belongs to it: a doubled quote. */
static int walk_quoted(walk *w, const char *record, size_t size, size_t at, int is_quote) {
    if (!is_quote) {
        return 0;
    }
    if (at + 1 < size && record[at + 1] == record[at]) {
        return 1;
    }
    w->quoted = 0;
    w->closed = 1;
    return 0;
}

/* Whether a byte outside of quotes breaks their rules: a quote within a cell, or text behind a closing quote. */
static int breaks_quotes(const walk *w, char c, int is_quote) {
    return c != '\n' && c != '\r' && (is_quote || w->closed);
}

size_t mtmi_csv_find(const char *record, size_t size, char delimiter, char quote, size_t cell) {
    walk w = {0, 1, 0, 0};

    for (size_t at = 0, n = 0; at < size; at++) {
        int is_quote = quote != '\1' && record[at] == quote;
        if (!w.quoted && w.fresh && n == cell) {
            return at;
        }
        if (w.quoted) {
            at += (size_t)walk_quoted(&w, record, size, at, is_quote);
        } else if (record[at] == delimiter) {
            n++;
            w.closed = 0;
            w.fresh = 1;
            continue;
        } else if (is_quote && w.fresh) {
            w.quoted = 1;
            w.opened = at;
        } else if (cell == SIZE_MAX && breaks_quotes(&w, record[at], is_quote)) {
            int apart = w.closed && memchr(record + w.opened, '\n', at - w.opened) != NULL;
            return apart ? w.opened : at;
        }
        w.fresh = 0;
    }
    return cell != SIZE_MAX ? size : w.opened;
}

static size_t find_in_record(const mtmi_csv *csv, const char *record, size_t size, size_t cell) {
    return mtmi_csv_find(record, size, csv->form.delimiter, csv->form.quote, cell);
}

static void place(const mtmi_rows *rows, const mtmi_row *row, size_t cell, int64_t *line, int64_t *column) {
    mtmi_csv *csv = (mtmi_csv *)(uintptr_t)rows;
    mtmi_csv_placed *at = &csv->placed;
    int goes_on = at->record == row->record && at->size == row->record_size && at->row_line == row->line &&
                  at->record != NULL && at->cell <= cell;

    if (!goes_on) {
        *at = (mtmi_csv_placed){row->record, row->record_size, 0, 0, row->line, row->line, 1};
    }
    mtmi_row rest = *row;
    rest.record = row->record + at->offset;
    rest.record_size = row->record_size - at->offset;
    rest.line = at->line;
    size_t offset = find_in_record(csv, rest.record, rest.record_size, cell - at->cell);
    mtmi_row_place(&rest, offset, line, column);
    *column += *line == at->line ? at->column - 1 : 0;
    at->cell = cell;
    at->offset += offset;
    at->line = *line;
    at->column = *column;
}

/* Lends the cells that libcsv cut. */
static mtm_status lend_cells(mtmi_csv *csv, mtmi_row *out, mtm_error *err) {
    void *cells = csv->cells;
    size_t start = 0;

    if (!mtmi_memory_reserve(&cells, &csv->cells_capacity, csv->n_cells + 1, sizeof *csv->cells)) {
        return mtmi_error_memory(err);
    }
    csv->cells = cells;
    for (size_t i = 0; i < csv->n_cells; i++) {
        csv->cells[i].text = (csv->lines ? csv->record.data : csv->bytes.data) + start;
        csv->cells[i].length = csv->ends[i] - start;
        csv->cells[i].typed = 0;
        start = csv->ends[i] + (size_t)csv->lines;
    }
    out->cells = csv->cells;
    out->n_cells = csv->n_cells;
    return MTM_OK;
}

static void refuse_row(mtmi_row *out, int code, size_t offset, const char *expected, const char *hint) {
    out->code = code;
    out->offset = offset;
    out->expected = expected;
    out->hint = hint;
}

/* "at most 4096 columns" */
static const char *name_limit(char out[64], const char *before, uint64_t limit, const char *after) {
    size_t n = strlen(before);

    memcpy(out, before, n);
    n += mtmi_decimal_write(limit > INT64_MAX ? INT64_MAX : (mtmi_wide)limit, 0, out + n, 64 - n);
    memcpy(out + n, after, strlen(after) + 1);
    return out;
}

/* What can be wrong with a row whose quotes are in order. */
static mtm_status judge_row(mtmi_csv *csv, mtmi_row *out, mtm_error *err) {
    size_t valid = mtmi_text_valid(out->record, out->record_size), cell = 0;
    int nul_escapes = csv->form.has_escape && csv->form.escape == '\0';
    const char *nul = nul_escapes ? NULL : memchr(out->record, '\0', valid);

    if (nul != NULL || valid < out->record_size) {
        size_t at = nul != NULL ? (size_t)(nul - out->record) : valid;
        const mtmi_check_property encoding = mtmi_decoder_encoding(csv->decoder);
        if (nul == NULL && mtmi_encoding_is_assumed(&encoding)) {
            char name[40];
            size_t size = 0;
            int64_t line = 0, column = 0;
            const char *head = mtmi_decoder_head(csv->decoder, &size);
            int in_head = mtmi_text_valid(head, size) + 4 < size;
            const char *guess = in_head ? mtmi_encoding_guess(head, size, name)
                                        : mtmi_encoding_guess(out->record, out->record_size, name);
            mtmi_row_place(out, at, &line, &column);
            return mtmi_error_set(
                err, MTM_ERROR_ENCODING, MTMI_CODE_ENCODING, (mtmi_place){csv->rows.name, line, column},
                "found bytes that are not UTF-8, expected UTF-8; %s%s%s",
                guess == NULL ? "declare the file's encoding" : "the file is likely in ", guess == NULL ? "" : guess,
                guess == NULL ? "" : ": declare that encoding, or allow guessing");
        }
        refuse_row(out, MTMI_CODE_CHARACTER, at, nul != NULL ? "text without NUL" : "text in the file's encoding",
                   nul != NULL ? "the file may be damaged, or in UTF-16 without its mark"
                               : "the row may be in another encoding");
    } else if (csv->n_cells > csv->limits.max_columns) {
        refuse_row(out, MTMI_CODE_COLUMN_LIMIT, 0,
                   name_limit(csv->expected[0], "at most ", csv->limits.max_columns, " columns"), "raise max_columns");
    } else if (csv->longest > csv->limits.max_field) {
        while (csv->ends[cell] - (cell > 0 ? csv->ends[cell - 1] + (size_t)csv->lines : 0) != csv->longest) {
            cell++;
        }
        refuse_row(out, MTMI_CODE_FIELD_LIMIT, find_in_record(csv, out->record, out->record_size, cell),
                   name_limit(csv->expected[1], "a cell of at most ", csv->limits.max_field, " bytes"),
                   "raise max_field");
    }
    return MTM_OK;
}

/* A row while its lines are put together. */
typedef struct assembly {
    int in_order, unclosed; /* quotes: in order so far; the file ends inside them */
    int blank;              /* the row is a blank line */
    size_t first, last_end; /* bytes of the first line; of the last line's end */
} assembly;

static int is_out_of_memory(const mtmi_csv *csv) {
    return csv->failed || csv->record.failed || csv->bytes.failed;
}

/* Hands a line to libcsv, and its line end where it lies inside quotes or ends the row. */
static void feed_line(mtmi_csv *csv, assembly *row, const char *line, size_t n, size_t end) {
    if (csv->form.has_escape || csv->form.skip_space) {
        mtmi_csv_write_plain(csv, line, n, mtmi_csv_inside_quotes(csv));
        row->in_order = feed(csv, csv->plain.data, csv->plain.size);
        csv->failed |= csv->plain.failed;
    } else {
        row->in_order = feed(csv, line, n);
    }
    if (row->in_order && mtmi_csv_inside_quotes(csv)) {
        mtmi_buffer_add(&csv->record, line + n, end);
        row->in_order = feed(csv, line + n, end);
        row->unclosed = end == 0;
    } else if (row->in_order) {
        row->in_order = feed(csv, "\n", 1);
    }
}

/* Adds the next line to the row. *more is 0 where the row is whole, blank, broken, or there is none. */
static mtm_status add_line(mtmi_csv *csv, assembly *row, mtmi_row *out, int *got, int *more, mtm_error *err) {
    const char *line = NULL;
    size_t n = 0, end = 0;
    mtm_status status = next_line(csv, &line, &n, &end, err);

    *more = 0;
    if (status != MTM_OK || (n == 0 && end == 0 && csv->record.size == 0)) {
        return status;
    }
    *got = 1;
    row->blank = n == 0 && csv->record.size == 0;
    row->first = csv->record.size == 0 ? n : row->first;
    row->last_end = end;
    mtmi_buffer_add(&csv->record, line, n);
    if (row->blank) {
        return MTM_OK;
    }
    if (csv->record.size == n && !csv->record.failed && mtmi_csv_cut_plain(csv, line, n)) {
        return n > csv->limits.max_record ? record_too_long(csv, out->line, err) : MTM_OK;
    }
    feed_line(csv, row, line, n, end);
    if (is_out_of_memory(csv)) {
        return mtmi_error_memory(err);
    }
    *more = !csv->complete && row->in_order && !row->unclosed;
    return csv->record.size > csv->limits.max_record ? record_too_long(csv, out->line, err) : MTM_OK;
}

static mtm_status refuse_quotes(mtmi_csv *csv, const assembly *row, mtmi_row *out, mtm_error *err) {
    refuse_row(out, MTMI_CODE_QUOTE, find_in_record(csv, out->record, out->record_size, SIZE_MAX),
               row->unclosed ? "a closing quote" : "quotes around a whole cell, doubled inside",
               row->unclosed ? "the quote that opens here is never closed"
                             : "quote the whole cell and double the quotes inside it, or declare another quoteChar");
    return start_parser(csv, err);
}

/* Lines until libcsv has a whole row, or says that there will be none. */
static mtm_status read_row(mtmi_csv *csv, mtmi_row *out, int *got, mtm_error *err) {
    assembly row = {1, 0, 0, 0, 0};
    mtm_status status = MTM_OK;
    int more = !csv->complete;

    while (more) {
        MTMI_TRY(add_line(csv, &row, out, got, &more, err));
    }
    MTMI_TRY(is_out_of_memory(csv) ? mtmi_error_memory(err) : MTM_OK);
    if (!*got) {
        return MTM_OK;
    }
    if ((!row.in_order || row.unclosed) && mtmi_csv_recover_row(csv, row.first, row.last_end, out)) {
        row.in_order = 1;
        row.unclosed = 0;
        MTMI_TRY(start_parser(csv, err));
    }
    MTMI_TRY(csv->failed ? mtmi_error_memory(err) : MTM_OK);
    out->record = csv->record.data != NULL ? csv->record.data : "";
    out->record_size = csv->record.size;
    if (!row.in_order || row.unclosed) {
        return refuse_quotes(csv, &row, out, err);
    }
    MTMI_TRY(row.blank ? MTM_OK : judge_row(csv, out, err));
out:
    return status;
}

static mtm_status next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    mtmi_csv *csv = (mtmi_csv *)(void *)rows;
    *got = 0;
    memset(out, 0, sizeof *out);
    mtmi_buffer_clear(&csv->record);
    mtmi_buffer_clear(&csv->bytes);
    csv->n_cells = csv->longest = 0;
    csv->complete = csv->lines = 0;
    out->line = csv->line;
    if (!csv->has_parser) {
        MTMI_CHECK_STATUS(start_parser(csv, err));
    }
    MTMI_CHECK_STATUS(read_row(csv, out, got, err));
    return *got ? lend_cells(csv, out, err) : MTM_OK;
}

static uint64_t position(const mtmi_rows *rows) {
    return mtmi_decoder_position(((const mtmi_csv *)(const void *)rows)->decoder);
}

static void csv_rows_free(mtmi_rows *rows) {
    mtmi_csv *csv = (mtmi_csv *)(void *)rows;

    if (csv->has_parser) {
        csv_free(&csv->parser);
    }
    mtmi_decoder_free(csv->decoder);
    mtmi_buffer_free(&csv->text);
    mtmi_buffer_free(&csv->record);
    mtmi_buffer_free(&csv->bytes);
    mtmi_buffer_free(&csv->plain);
    mtmi_memory_free(csv->ends);
    mtmi_memory_free(csv->cells);
    mtmi_memory_free(csv);
}

mtm_status mtmi_csv_new(mtmi_decoder *decoder, const char *name, uint64_t total, const mtmi_limits *limits,
                        mtmi_csv **out, mtm_error *err) {
    mtmi_csv *csv = mtmi_memory_new(1, sizeof *csv);
    mtm_status status = MTM_OK;

    *out = NULL;
    if (csv == NULL) {
        mtmi_decoder_free(decoder);
        return mtmi_error_memory(err);
    }
    csv->decoder = decoder;
    csv->limits = *limits;
    csv->form.delimiter = ',';
    csv->form.quote = '"';
    csv->line = 1;
    csv->rows.name = name;
    csv->rows.next = next;
    csv->rows.place = place;
    csv->rows.free = csv_rows_free;
    csv->rows.position = position;
    csv->rows.total = total;
    csv->rows.dialect.encoding = mtmi_decoder_encoding(decoder);
    while (!csv->ended && csv->text.size < MTMI_HEAD) {
        MTMI_TRY(more_text(csv, err));
    }
out:
    if (status != MTM_OK) {
        csv_rows_free(&csv->rows);
        return status;
    }
    *out = csv;
    return MTM_OK;
}

const char *mtmi_csv_head(const mtmi_csv *csv, size_t *size, int *whole) {
    *size = csv->text.size;
    *whole = csv->ended;
    return csv->text.data != NULL ? csv->text.data : "";
}

void mtmi_csv_dialect(mtmi_csv *csv, const mtmi_csv_form *form) {
    csv->form = *form;
}

mtmi_rows *mtmi_csv_rows(mtmi_csv *csv) {
    return &csv->rows;
}
