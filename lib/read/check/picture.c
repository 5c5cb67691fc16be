/* Keeps rows with what their cells were taken for. The invariant: every text in a picture is valid UTF-8 without NUL. */
#include "read/check/picture.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

const char *mtmi_cell_class_name(mtmi_cell_class kind) {
    static const char *const names[MTMI_CELL_CLASSES] = {"",      "header", "period", "label",   "figure",
                                                         "total", "note",   "unit",   "left out"};
    return (unsigned)kind < MTMI_CELL_CLASSES ? names[kind] : "";
}

const char *mtmi_shown_kind_name(mtmi_shown_kind kind) {
    static const char *const names[MTMI_SHOWN_KINDS] = {"",     "header", "data",    "total",
                                                        "part", "apart",  "refused", "not read"};
    return (unsigned)kind < MTMI_SHOWN_KINDS ? names[kind] : "";
}

/* Beyond the first rows plain data is only counted. */
static int is_wanted(mtmi_picture *picture, mtmi_shown_kind kind) {
    if (picture->n_rows - picture->n_beyond < picture->most) {
        return 1;
    }
    if (kind == MTMI_SHOWN_DATA || kind == MTMI_SHOWN_BLANK || picture->n_beyond == picture->most) {
        return 0;
    }
    picture->n_beyond++;
    return 1;
}

int mtmi_picture_row(mtmi_picture *picture, const mtmi_shown_row *row, int *kept) {
    void *rows = picture->rows;

    picture->seen++;
    *kept = is_wanted(picture, row->kind);
    if (!*kept) {
        return 1;
    }
    if (!mtmi_memory_reserve(&rows, &picture->rows_capacity, picture->n_rows + 1, sizeof *picture->rows)) {
        return 0;
    }
    picture->rows = rows;
    picture->rows[picture->n_rows] = *row;
    picture->rows[picture->n_rows].first = picture->n_cells;
    picture->rows[picture->n_rows].n = 0;
    picture->n_rows++;
    return 1;
}

/* What is no UTF-8, and NUL, becomes U+FFFD, the end of a line an arrow. */
static void add_text(mtmi_buffer *out, const char *text, size_t length) {
    size_t bytes = 1;

    for (size_t at = 0; at < length; at += bytes) {
        size_t valid = mtmi_text_valid(text + at, length - at < 4 ? length - at : 4);
        bytes = 1;
        if (valid == 0 || text[at] == '\0') {
            mtmi_buffer_text(out, "\xEF\xBF\xBD");
        } else if (text[at] == '\n') {
            mtmi_buffer_text(out, "\xE2\x86\xB5");
        } else if (text[at] == '\r' || text[at] == '\t') {
            mtmi_buffer_char(out, ' ');
        } else {
            (void)mtmi_text_decode(text + at, valid, &bytes);
            mtmi_buffer_add(out, text + at, bytes);
        }
    }
}

int mtmi_picture_cell(mtmi_picture *picture, const char *text, size_t length, mtmi_cell_class kind) {
    void *cells = picture->cells;
    mtmi_shown_row *row = &picture->rows[picture->n_rows - 1];
    size_t at = picture->text.size, n = length;

    if (row->n == MTMI_PICTURE_CELLS) {
        return 1;
    }
    if (!mtmi_memory_reserve(&cells, &picture->cells_capacity, picture->n_cells + 1, sizeof *picture->cells)) {
        return 0;
    }
    picture->cells = cells;
    if (n > MTMI_PICTURE_TEXT) {
        for (n = MTMI_PICTURE_TEXT; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80;) {
            n--;
        }
    }
    add_text(&picture->text, text, n);
    if (n < length) {
        mtmi_buffer_text(&picture->text, "\xE2\x80\xA6");
    }
    if (picture->text.failed) {
        return 0;
    }
    picture->cells[picture->n_cells++] =
        (mtmi_shown_cell){at, (unsigned)(picture->text.size - at), (unsigned char)kind};
    row->n++;
    return 1;
}

void mtmi_picture_aside(mtmi_picture *picture, size_t place, int apart, int is_total) {
    for (size_t i = picture->cursor; i < picture->n_rows; i++) {
        mtmi_shown_row *row = &picture->rows[i];
        if (row->place < place) {
            continue;
        }
        picture->cursor = i;
        if (row->place > place) {
            return;
        }
        row->kind = !apart ? row->kind : is_total ? MTMI_SHOWN_TOTAL : MTMI_SHOWN_PART;
        for (size_t k = row->first; is_total && k < row->first + row->n; k++) {
            if (picture->cells[k].kind == MTMI_CELL_FIGURE) {
                picture->cells[k].kind = MTMI_CELL_TOTAL;
            }
        }
        return;
    }
}

void mtmi_picture_free(mtmi_picture *picture) {
    mtmi_memory_free(picture->rows);
    mtmi_memory_free(picture->cells);
    mtmi_buffer_free(&picture->text);
    memset(picture, 0, sizeof *picture);
}
