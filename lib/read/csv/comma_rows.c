/* Reads the tables of Eurostat, in whose rows the first cell holds several, parted by commas, and figures carry
 * flags: gives rows with a cell for each dimension, and figures without flags, ":" where there is none. */
#include "read/csv/comma_rows.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

typedef struct comma_rows {
    mtmi_rows rows;
    mtmi_rows *inner;
    mtmi_cell *cells;
    size_t capacity, parts; /* cells of the first one, as the header has */
} comma_rows;

int mtmi_comma_rows_like(const char *text, size_t size) {
    size_t end = 0;
    int commas = 0;

    while (end < size && end < 400 && text[end] != '\t' && text[end] != '\n') {
        commas += text[end++] == ',';
    }
    return commas > 0 && end < size && text[end] == '\t' &&
           ((end > 12 && memcmp(text + end - 12, "\\TIME_PERIOD", 12) == 0) ||
            (end > 5 && memcmp(text + end - 5, "\\time", 5) == 0));
}

/* "20 p" is 20, provisional; ": c" is no figure. */
static mtmi_cell cut_flags(mtmi_cell cell) {
    size_t n = cell.length;

    cell.text = mtmi_text_trim(cell.text, &cell.length);
    n = cell.length;
    while (n > 0 && cell.text[n - 1] >= 'a' && cell.text[n - 1] <= 'z') {
        n--;
    }
    if (n < cell.length && n > 1 && cell.text[n - 1] == ' ') {
        cell.length = n - 1;
    }
    return cell;
}

static int add_text(comma_rows *in, size_t at, const char *text, size_t length) {
    void *cells = in->cells;

    if (!mtmi_memory_reserve(&cells, &in->capacity, at + 1, sizeof *in->cells)) {
        return 0;
    }
    in->cells = cells;
    in->cells[at] = (mtmi_cell){text, length, 0};
    return 1;
}

/* The parts of the first cell, without "\TIME_PERIOD" behind the last. */
static int split(comma_rows *in, mtmi_cell cell, size_t *n) {
    size_t from = 0, length = cell.length;
    const char *axis = memchr(cell.text, '\\', cell.length);

    length = axis != NULL ? (size_t)(axis - cell.text) : length;
    for (size_t at = 0; at <= length; at++) {
        if (at == length || cell.text[at] == ',') {
            if (!add_text(in, (*n)++, cell.text + from, at - from)) {
                return 0;
            }
            from = at + 1;
        }
    }
    return 1;
}

static mtm_status next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    comma_rows *in = (comma_rows *)rows;
    mtm_status status = in->inner->next(in->inner, out, got, err);
    size_t n = 0;

    if (status != MTM_OK || !*got || out->code != 0 || out->n_cells < 2) {
        return status;
    }
    int room = split(in, out->cells[0], &n);
    for (size_t i = 1; i < out->n_cells && room; i++) {
        mtmi_cell cell = cut_flags(out->cells[i]);
        room = add_text(in, n++, cell.text, cell.length);
    }
    if (!room) {
        return mtmi_error_memory(err);
    }
    in->parts = in->parts == 0 ? n - out->n_cells + 1 : in->parts;
    out->cells = in->cells;
    out->n_cells = n;
    return MTM_OK;
}

/* The first cells are one in the file. */
static void place(const mtmi_rows *rows, const mtmi_row *row, size_t cell, int64_t *line, int64_t *column) {
    const comma_rows *in = (const comma_rows *)rows;
    size_t own = cell < in->parts ? 0 : cell - in->parts + 1;

    *line = row->line;
    *column = (int64_t)own + 1;
    if (in->inner->place != NULL) {
        in->inner->place(in->inner, row, own, line, column);
    }
}

static uint64_t position(const mtmi_rows *rows) {
    const comma_rows *in = (const comma_rows *)rows;
    return in->inner->position != NULL ? in->inner->position(in->inner) : 0;
}

static void release(mtmi_rows *rows) {
    comma_rows *in = (comma_rows *)rows;

    mtmi_rows_free(in->inner);
    mtmi_memory_free(in->cells);
    mtmi_memory_free(in);
}

mtmi_rows *mtmi_comma_rows_new(mtmi_rows *inner) {
    comma_rows *in = mtmi_memory_new(1, sizeof *in);

    if (in == NULL) {
        mtmi_rows_free(inner);
        return NULL;
    }
    in->rows = *inner;
    in->inner = inner;
    in->rows.next = next;
    in->rows.place = place;
    in->rows.position = position;
    in->rows.free = release;
    return &in->rows;
}
