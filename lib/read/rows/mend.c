/* Tries the readings of a row that has too few cells: one cell that is two, or another delimiter in this row alone. The
 * invariant: a row is changed only where exactly one reading fits the forms that the other rows have, the row as it stands
 * being a reading too. */
#include "read/rows/mend.h"

#include "base/memory.h"

#include <string.h>

enum {
    LEAST_ROWS = 4,
    MOST_ROWS = 100,
    LONGEST = 4096,
    MORE = 8 /* pieces of a cell whose words the delimiter parts */
};

static char sign_of(char c) {
    return c >= '0' && c <= '9' ? '0' : (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 'a' : c;
}

/* 0 where the cell is too long to be like others. */
static int form_of(const char *text, size_t length, char out[MTMI_MEND_LENGTH]) {
    if (length >= MTMI_MEND_LENGTH) {
        return 0;
    }
    for (size_t i = 0; i < length; i++) {
        out[i] = sign_of(text[i]);
    }
    out[length] = '\0';
    return 1;
}

static int has_form(const mtmi_mend_column *column, const char *form) {
    size_t i = 0;
    while (i < column->n && strcmp(column->forms[i], form) != 0) {
        i++;
    }
    return i < column->n;
}

/* The sign that a cell begins with; letters beyond ASCII are letters. */
static unsigned char first_sign(const char *text, size_t length) {
    return length == 0 ? 0 : (unsigned char)text[0] >= 0x80 ? 'a' : (unsigned char)sign_of(text[0]);
}

static void learn_cell(mtmi_mend_column *column, mtmi_cell cell) {
    char form[MTMI_MEND_LENGTH];
    unsigned char sign = first_sign(cell.text, cell.length);
    column->begins[sign / 8] |= (unsigned char)(1u << sign % 8);
    if (column->free || (form_of(cell.text, cell.length, form) && has_form(column, form))) {
        return;
    }
    if (cell.length >= MTMI_MEND_LENGTH || column->n == MTMI_MEND_FORMS) {
        column->free = 1;
        return;
    }
    memcpy(column->forms[column->n++], form, cell.length + 1);
}

int mtmi_mend_learn(mtmi_mend *mend, const mtmi_preview *rows, size_t first, size_t n_columns) {
    size_t learned = 0;

    mtmi_memory_free(mend->columns);
    mend->columns = mtmi_memory_new(n_columns > 0 ? n_columns : 1, sizeof *mend->columns);
    mend->n_columns = n_columns;
    if (mend->columns == NULL) {
        return 0;
    }
    for (size_t i = first; i < rows->n && learned < MOST_ROWS; i++) {
        const mtmi_row *row = &rows->rows[i];
        if (row->code != 0 || row->recovered || row->n_cells != n_columns) {
            continue;
        }
        for (size_t k = 0; k < n_columns; k++) {
            learn_cell(&mend->columns[k], mtmi_cell_trim(row->cells[k]));
        }
        learned++;
    }
    if (learned < LEAST_ROWS) {
        mend->n_columns = 0;
    }
    return 1;
}

static int fits(const mtmi_mend_column *column, const char *text, size_t length) {
    char form[MTMI_MEND_LENGTH];
    const mtmi_cell cell = mtmi_cell_trim((mtmi_cell){text, length, 0});
    if (column->free) {
        unsigned char sign = first_sign(cell.text, cell.length);
        return (column->begins[sign / 8] >> sign % 8 & 1) != 0;
    }
    return form_of(cell.text, cell.length, form) && has_form(column, form);
}

/* Cells from..to of the row under the columns that many places to the right. */
static int fit_cells(const mtmi_mend *mend, const mtmi_row *row, size_t from, size_t to, size_t shift) {
    for (size_t i = from; i < to; i++) {
        if (!fits(&mend->columns[i + shift], row->cells[i].text, row->cells[i].length)) {
            return 0;
        }
    }
    return 1;
}

/* Where the cell falls into two that fit; counts the readings. One side at least must have a form. */
static size_t split_cell(const mtmi_mend *mend, const mtmi_row *row, size_t cell, size_t *at) {
    const mtmi_cell *here = &row->cells[cell];
    const mtmi_mend_column *left = &mend->columns[cell], *right = &mend->columns[cell + 1];
    size_t n = 0;

    if ((left->free && right->free) || here->length > LONGEST) {
        return 0;
    }
    for (size_t i = 1; i < here->length; i++) {
        if (((unsigned char)here->text[i] & 0xC0) != 0x80 && fits(left, here->text, i) &&
            fits(right, here->text + i, here->length - i)) {
            *at = i;
            n++;
        }
    }
    return n;
}

/* Room for the cells of a row. */
static int reserve(mtmi_mend *mend, size_t n) {
    void *cells = mend->cells;
    if (mend->capacity >= n && mend->cells != NULL) {
        return 1;
    }
    cells = mtmi_memory_resize(mend->cells, n, sizeof *mend->cells);
    if (cells == NULL) {
        return 0;
    }
    mend->cells = cells;
    void *places = mtmi_memory_resize(mend->places, n, 2 * sizeof *mend->places);
    if (places == NULL) {
        return 0;
    }
    mend->places = places;
    mend->capacity = n;
    return 1;
}

/* One cell that is two. */
static int mend_fused(mtmi_mend *mend, mtmi_row *row, int *mended) {
    size_t n = row->n_cells, found = 0, cell = 0, at = 0;

    if (n + 1 != mend->n_columns || fit_cells(mend, row, 0, n, 0)) { /* the last cell may be what is missing */
        return 1;
    }
    for (size_t k = 0; k < n && found < 2; k++) {
        size_t here = 0;
        size_t readings =
            fit_cells(mend, row, 0, k, 0) && fit_cells(mend, row, k + 1, n, 1) ? split_cell(mend, row, k, &here) : 0;
        found += readings;
        cell = readings > 0 ? k : cell;
        at = readings > 0 ? here : at;
    }
    if (found != 1) {
        return 1;
    }
    if (!reserve(mend, n + 1)) {
        return 0;
    }
    memcpy(mend->cells, row->cells, (cell + 1) * sizeof *mend->cells);
    memcpy(mend->cells + cell + 2, row->cells + cell + 1, (n - cell - 1) * sizeof *mend->cells);
    mend->cells[cell].length = at - (row->cells[cell].text[at - 1] == '"'); /* of "a""b", which lacks the delimiter */
    mend->cells[cell + 1] = row->cells[cell];
    mend->cells[cell + 1].text += at;
    mend->cells[cell + 1].length -= at;
    mend->cell = cell;
    mend->at = at;
    row->cells = mend->cells;
    row->n_cells = n + 1;
    row->recovered = *mended = 1;
    return 1;
}

/* ---- another delimiter ---- */

/* The line under a delimiter, with double quotes around cells; how many cells, `most` + 1 where there are more or a quote is
 * out of place. */
static size_t cut_line(mtmi_mend *mend, const char *line, size_t n, char delimiter, size_t most) {
    size_t at = 0, cells = 0;

    mtmi_buffer_clear(&mend->text);
    for (;;) {
        if (cells == most) {
            return most + 1;
        }
        size_t begin = mend->text.size;
        int quoted = at < n && line[at] == '"';
        mend->cells[cells].text = NULL;
        if (quoted) {
            for (at++;; at++) {
                if (at >= n) {
                    return most + 1;
                }
                if (line[at] == '"' && (at + 1 >= n || line[at + 1] != '"')) {
                    break;
                }
                mtmi_buffer_char(&mend->text, line[at]);
                at += line[at] == '"';
            }
            at++;
            if (at < n && line[at] != delimiter) {
                return most + 1;
            }
        } else {
            for (; at < n && line[at] != delimiter; at++) {
                mtmi_buffer_char(&mend->text, line[at]);
            }
        }
        mend->cells[cells].length = mend->text.size - begin;
        mend->cells[cells++].typed = quoted; /* until the cells are lent */
        if (at >= n) {
            return cells;
        }
        at++;
    }
}

/* The cells point into the text once it does not move any more. */
static void settle_cells(mtmi_mend *mend, size_t n) {
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        mend->cells[i].text = mend->text.data + at;
        at += mend->cells[i].length;
    }
}

/* The pieces from `first` on as one cell: what lay between them is the delimiter. */
static int join_pieces(mtmi_mend *mend, size_t n, size_t first, size_t more, char delimiter) {
    mtmi_buffer joined = MTMI_BUFFER_INIT;
    for (size_t i = 0; i < n; i++) {
        if (i > first && i <= first + more) {
            mtmi_buffer_char(&joined, delimiter);
            mend->cells[first].length += mend->cells[i].length + 1;
        }
        mtmi_buffer_add(&joined, mend->cells[i].text, mend->cells[i].length);
    }
    memmove(mend->cells + first + 1, mend->cells + first + more + 1, (n - first - more - 1) * sizeof *mend->cells);
    mtmi_buffer_free(&mend->text);
    mend->text = joined;
    return !joined.failed;
}

/* Whether the pieces fit when those from `first` on, none of them in quotes, are one cell. */
static int fits_joined(const mtmi_mend *mend, size_t first, size_t more) {
    for (size_t i = first; i <= first + more; i++) {
        if (mend->cells[i].typed) {
            return 0;
        }
    }
    mtmi_row row = {.cells = mend->cells};
    return mend->columns[first].free && fit_cells(mend, &row, 0, first, 0) &&
           fit_cells(mend, &(mtmi_row){.cells = mend->cells + more}, first + 1, mend->n_columns, 0);
}

/* The line under a delimiter that fits, also where it parts the words of one cell: how many readings. */
static size_t read_line(mtmi_mend *mend, const mtmi_row *row, char delimiter, size_t *first, size_t *more) {
    size_t n = cut_line(mend, row->record, row->record_size, delimiter, mend->n_columns + MORE), readings = 0;

    *first = *more = 0;
    if (mend->text.failed || n < mend->n_columns || n > mend->n_columns + MORE) {
        return 0;
    }
    settle_cells(mend, n);
    *more = n - mend->n_columns;
    if (*more == 0) {
        return (size_t)fit_cells(mend, &(mtmi_row){.cells = mend->cells}, 0, n, 0);
    }
    for (size_t i = 0; i < mend->n_columns; i++) {
        if (fits_joined(mend, i, *more)) {
            *first = i;
            readings++;
        }
    }
    return readings;
}

static int are_names(const mtmi_mend *mend, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t letters = 0;
        for (size_t k = 0; k < mend->cells[i].length; k++) {
            letters += sign_of(mend->cells[i].text[k]) == 'a' || (unsigned char)mend->cells[i].text[k] >= 0x80;
        }
        if (letters == 0) {
            return 0;
        }
    }
    return 1;
}

static int can_be_cut(mtmi_mend *mend, const mtmi_row *row, size_t columns) {
    mtmi_buffer_char(&mend->text, ' '); /* so that there is a text */
    return columns >= 3 && row->record_size <= LONGEST * 16 && !mend->text.failed &&
           memchr(row->record, '\n', row->record_size) == NULL;
}

static void lend(mtmi_mend *mend, mtmi_row *row, size_t columns, int *mended) {
    settle_cells(mend, columns);
    for (size_t i = 0; i < columns; i++) {
        mend->cells[i].typed = 0;
    }
    mend->cell = SIZE_MAX;
    row->cells = mend->cells;
    row->n_cells = columns;
    row->recovered = *mended = 1;
}

static const char signs[] = " ;\t|,";

/* The whole row by another delimiter. */
static int recut(mtmi_mend *mend, mtmi_row *row, int *mended) {
    size_t readings = 0, first, more;
    char found = '\0';

    if (!can_be_cut(mend, row, mend->n_columns)) {
        return !mend->text.failed;
    }
    if (!reserve(mend, mend->n_columns + MORE + 1)) {
        return 0;
    }
    for (const char *sign = signs; *sign != '\0'; sign++) {
        size_t here = read_line(mend, row, *sign, &first, &more);
        readings += here;
        found = here > 0 ? *sign : found;
    }
    if (readings != 1 || mend->text.failed) {
        return !mend->text.failed;
    }
    (void)read_line(mend, row, found, &first, &more);
    if (mend->text.failed || (more > 0 && !join_pieces(mend, mend->n_columns + more, first, more, found))) {
        return 0;
    }
    lend(mend, row, mend->n_columns, mended);
    return 1;
}

/* The same of names, which have no form but letters. */
static int recut_names(mtmi_mend *mend, mtmi_row *row, size_t columns, int *mended) {
    size_t readings = 0;
    char found = '\0';

    if (!can_be_cut(mend, row, columns)) {
        return !mend->text.failed;
    }
    if (!reserve(mend, columns + 1)) {
        return 0;
    }
    for (const char *sign = signs; *sign != '\0'; sign++) {
        if (cut_line(mend, row->record, row->record_size, *sign, columns) == columns && !mend->text.failed) {
            settle_cells(mend, columns);
            readings += (size_t)are_names(mend, columns);
            found = are_names(mend, columns) ? *sign : found;
        }
    }
    if (readings != 1 || mend->text.failed) {
        return !mend->text.failed;
    }
    (void)cut_line(mend, row->record, row->record_size, found, columns);
    if (mend->text.failed) {
        return 0;
    }
    lend(mend, row, columns, mended);
    return 1;
}

static int has_formed_column(const mtmi_mend *mend) {
    for (size_t i = 0; i < mend->n_columns; i++) {
        if (!mend->columns[i].free) {
            return 1;
        }
    }
    return 0;
}

int mtmi_mend_row(mtmi_mend *mend, mtmi_row *row, int *mended) {
    *mended = 0;
    if (mend->n_columns == 0 || row->code != 0 || row->n_cells >= mend->n_columns) {
        return 1;
    }
    if (!mend_fused(mend, row, mended)) {
        return 0;
    }
    return *mended || row->n_cells * 2 > mend->n_columns || !has_formed_column(mend) || recut(mend, row, mended);
}

int mtmi_mend_names(mtmi_mend *mend, mtmi_row *row, size_t n_columns, int *mended) {
    *mended = 0;
    return row->code != 0 || row->n_cells * 2 > n_columns || recut_names(mend, row, n_columns, mended);
}

void mtmi_mend_free(mtmi_mend *mend) {
    mtmi_memory_free(mend->columns);
    mtmi_memory_free(mend->cells);
    mtmi_memory_free(mend->places);
    mtmi_buffer_free(&mend->text);
    memset(mend, 0, sizeof *mend);
}
