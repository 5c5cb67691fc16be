/* Finds the header of a table without knowing a word: a column whose cells are figures has a name that is none.
 *
 * Rows above the first wide row are a preamble. The header is that row when it has words over columns of figures; rows
 * below it that have words there too are its second and third row. A table of words alone has one row of header. The
 * invariant: first + n_header rows are no data, and every row after them is. */
#include "read/rows/shape.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

enum { SEARCHED = 60, LOOKED = 60, MOST_HEADER = 20, NARROWEST = 2 };

typedef enum cell_kind { KIND_EMPTY, KIND_FIGURE, KIND_YEAR, KIND_WORDS } cell_kind;

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Bytes of a no-break space, a sign of currency, a minus. */
static int is_mark_byte(unsigned char c) {
    return c >= 0x80 && memchr("\xC2\xA0\xA3\xE2\x82\xAC\x88\x92\x80\xAF", c, 10) != NULL;
}

/* The "e" of "1.5e-3". */
static int is_exponent(mtmi_cell cell, size_t at) {
    return (cell.text[at] | 0x20) == 'e' && at > 0 && at + 1 < cell.length && is_digit(cell.text[at - 1]);
}

static int is_word_byte(unsigned char c) {
    return c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c != 0 && strchr("_#\\\"@?!=", c) != NULL);
}

/* "1 234,5", "28/01/2018", "$74.69", "12 %": digits, and nothing but marks around them. */
static cell_kind kind_of(mtmi_cell cell) {
    size_t digits = 0, letters = 0;

    cell = mtmi_cell_trim(cell);
    for (size_t i = 0; i < cell.length; i++) {
        unsigned char c = (unsigned char)cell.text[i];
        int digit = is_digit(cell.text[i]);
        digits += (size_t)digit;
        letters += !digit && !is_exponent(cell, i) && !is_mark_byte(c) && is_word_byte(c);
    }
    if (cell.length == 0) {
        return KIND_EMPTY;
    }
    if (digits == 0 || letters > 0) {
        return KIND_WORDS;
    }
    int year = digits == 4 && cell.length == 4 && (memcmp(cell.text, "19", 2) == 0 || memcmp(cell.text, "20", 2) == 0);
    return year ? KIND_YEAR : KIND_FIGURE;
}

static cell_kind kind_at(const mtmi_row *row, size_t column) {
    return column < row->n_cells ? kind_of(row->cells[column]) : KIND_EMPTY;
}

size_t mtmi_row_figures(const mtmi_row *row) {
    size_t n = 0;

    for (size_t i = 0; i < row->n_cells; i++) {
        n += kind_of(row->cells[i]) == KIND_FIGURE;
    }
    return n;
}

/* The cells that most rows have; of two the larger number. */
static size_t common_width(const mtmi_preview *preview, size_t from) {
    size_t best = 0, most = 0;

    for (size_t i = from; i < preview->n; i++) {
        size_t same = 0, width = preview->rows[i].n_cells;
        for (size_t k = from; k < preview->n && width != best; k++) {
            same += preview->rows[k].code == 0 && preview->rows[k].n_cells == width;
        }
        if (preview->rows[i].code == 0 && width > 0 && (same > most || (same == most && width > best))) {
            most = same;
            best = width;
        }
    }
    return best;
}

static size_t widest_filled(const mtmi_preview *preview) {
    size_t widest = 0;

    for (size_t i = 0; i < preview->n && i < SEARCHED + LOOKED; i++) {
        size_t filled = preview->rows[i].code == 0 ? mtmi_row_filled(&preview->rows[i]) : 0;
        widest = filled > widest ? filled : widest;
    }
    return widest;
}

/* The first row that is about as wide as the table: what stands above is a title, a date, a unit. */
static size_t first_wide(const mtmi_preview *preview, size_t width) {
    size_t widest = widest_filled(preview), at = 0;

    for (size_t i = 0; i < preview->n && i < SEARCHED; i++) {
        const mtmi_row *row = &preview->rows[i];
        size_t filled = row->code == 0 ? mtmi_row_filled(row) : 0;
        int apart = row->n_cells < width && i + 1 < preview->n && mtmi_row_blank(&preview->rows[i + 1]);
        if (filled > 0 && filled * 2 >= widest && row->n_cells * 2 >= width && (filled > 1 || widest < NARROWEST) &&
            !apart) { /* "Arrivals, thousand" and a blank row above "year,men,women" */
            return i;
        }
    }
    while (at < preview->n && preview->rows[at].code == 0 && mtmi_row_blank(&preview->rows[at])) {
        at++;
    }
    return at;
}

/* Rows directly above that name groups of columns: ",,2023,,2024". */
static size_t groups_above(const mtmi_preview *preview, size_t first, size_t width) {
    while (first > 0) {
        const mtmi_row *row = &preview->rows[first - 1];
        size_t filled = 0;
        for (size_t i = 1; i < row->n_cells; i++) {
            filled += kind_at(row, i) != KIND_EMPTY;
        }
        if (row->code != 0 || row->n_cells != width || filled < 2 || mtmi_row_figures(row) > 0) {
            break;
        }
        first--;
    }
    return first;
}

/* Columns whose cells, from a row on, are figures more often than not. */
static void find_figures(const mtmi_preview *preview, size_t from, mtmi_shape *out) {
    for (size_t column = 0; column < out->n_columns; column++) {
        size_t figures = 0, filled = 0;
        for (size_t i = from; i < preview->n && i < from + LOOKED; i++) {
            cell_kind kind = preview->rows[i].code == 0 ? kind_at(&preview->rows[i], column) : KIND_EMPTY;
            filled += kind != KIND_EMPTY;
            figures += kind == KIND_FIGURE || kind == KIND_YEAR;
        }
        out->figures[column] = filled > 0 && figures * 3 >= filled * 2;
    }
}

int mtmi_shape_words(const mtmi_shape *shape, const mtmi_row *row) {
    size_t words = 0;

    for (size_t i = 0; i < shape->n_columns; i++) {
        cell_kind kind = kind_at(row, i);
        if (shape->figures[i] && kind == KIND_FIGURE) {
            return 0;
        }
        words += shape->figures[i] && (kind == KIND_WORDS || kind == KIND_YEAR);
    }
    return words > 0;
}

int mtmi_shape_fits(const mtmi_shape *shape, const mtmi_row *row) {
    size_t figures = 0, wanted = 0;

    for (size_t i = 0; i < shape->n_columns; i++) {
        cell_kind kind = kind_at(row, i);
        wanted += shape->figures[i];
        figures += shape->figures[i] && (kind == KIND_FIGURE || kind == KIND_YEAR);
    }
    return figures > 0 && figures * 2 >= wanted;
}

/* Years are names over figures, and figures under a name of years. */
static int years_are_names(const mtmi_shape *shape, const mtmi_preview *preview, size_t row) {
    for (size_t i = 0; i < shape->n_columns; i++) {
        if (kind_at(&preview->rows[row], i) != KIND_YEAR) {
            continue;
        }
        size_t years = 0, filled = 0;
        for (size_t k = row + 1; k < preview->n && k < row + LOOKED; k++) {
            cell_kind kind = kind_at(&preview->rows[k], i);
            filled += kind != KIND_EMPTY;
            years += kind == KIND_YEAR;
        }
        if (years * 2 >= filled) {
            return 0;
        }
    }
    return 1;
}

static int has_figure_columns(const mtmi_shape *shape) {
    for (size_t i = 0; i < shape->n_columns; i++) {
        if (shape->figures[i]) {
            return 1;
        }
    }
    return 0;
}

static int is_same_row(const mtmi_row *a, const mtmi_row *b) {
    if (a->n_cells != b->n_cells) {
        return 0;
    }
    for (size_t i = 0; i < a->n_cells; i++) {
        mtmi_cell x = mtmi_cell_trim(a->cells[i]), y = mtmi_cell_trim(b->cells[i]);
        if (x.length != y.length || memcmp(x.text, y.text, x.length) != 0) {
            return 0;
        }
    }
    return 1;
}

/* Whether a row below has a name of the header in the column of that name; the header itself may come again. */
static int repeats_a_name(const mtmi_row *header, const mtmi_row *below, size_t n_columns) {
    for (size_t i = 0; i < n_columns && i < header->n_cells && i < below->n_cells; i++) {
        mtmi_cell name = mtmi_cell_trim(header->cells[i]), cell = mtmi_cell_trim(below->cells[i]);
        if (name.length > 0 && cell.length == name.length && memcmp(cell.text, name.text, name.length) == 0) {
            return !is_same_row(header, below);
        }
    }
    return 0;
}

/* A header of words over words: no name is empty, and none is met again in its column. */
static int is_word_header(const mtmi_preview *preview, size_t row, size_t n_columns) {
    const mtmi_row *header = &preview->rows[row];

    for (size_t i = 0; i < n_columns && i < header->n_cells; i++) {
        if (kind_of(mtmi_cell_trim(header->cells[i])) == KIND_FIGURE) {
            return 0;
        }
    }
    for (size_t k = row + 1; k < preview->n; k++) {
        if (repeats_a_name(header, &preview->rows[k], n_columns)) {
            return 0;
        }
    }
    return 1;
}

static size_t count_header(const mtmi_shape *shape, const mtmi_preview *preview, size_t first) {
    size_t n = 0;

    if (!has_figure_columns(shape)) {
        return first < preview->n && is_word_header(preview, first, shape->n_columns);
    }
    while (n < MOST_HEADER && first + n < preview->n) {
        const mtmi_row *row = &preview->rows[first + n];
        if (row->code == 0 && n > 0 && mtmi_row_blank(row) && first + n + 1 < preview->n &&
            mtmi_shape_words(shape, &preview->rows[first + n + 1]) &&
            preview->rows[first + n + 1].cells[0].length == 0) {
            n++; /* a blank row within the header */
            continue;
        }
        if (row->code != 0 || !mtmi_shape_words(shape, row) || !years_are_names(shape, preview, first + n)) {
            break;
        }
        if (n > 0 && mtmi_row_filled(row) * 4 < mtmi_row_filled(&preview->rows[first]) && row->cells[0].length > 0) {
            break; /* "Europe,,n/a": a row of data without figures */
        }
        n++;
    }
    return n;
}

/* The name over a merged cell counts for the columns on its right that have none, where a name stands below. */
static mtmi_cell name_above(const mtmi_row *row, size_t column, int carried) {
    mtmi_cell cell = column < row->n_cells ? mtmi_cell_trim(row->cells[column]) : (mtmi_cell){"", 0, 0};

    while (carried && cell.length == 0 && column > 0) {
        column--;
        cell = column < row->n_cells ? mtmi_cell_trim(row->cells[column]) : cell;
    }
    return cell;
}

static int has_name_below(const mtmi_preview *preview, const mtmi_shape *shape, size_t row, size_t column) {
    for (size_t i = row + 1; i < shape->first + shape->n_header; i++) {
        if (kind_at(&preview->rows[i], column) != KIND_EMPTY) {
            return 1;
        }
    }
    return 0;
}

static char *join_name(const mtmi_preview *preview, const mtmi_shape *shape, size_t column) {
    mtmi_buffer name = MTMI_BUFFER_INIT;

    for (size_t i = shape->first; i < shape->first + shape->n_header; i++) {
        mtmi_cell cell = name_above(&preview->rows[i], column, has_name_below(preview, shape, i, column));
        mtmi_buffer_text(&name, cell.length > 0 && name.size > 0 ? " " : "");
        mtmi_buffer_add(&name, cell.text, cell.length);
    }
    mtmi_buffer_add(&name, "", 0);
    if (name.failed) {
        mtmi_buffer_free(&name);
    }
    return name.data != NULL || name.failed ? name.data : mtmi_memory_copy_text("");
}

static mtm_status join_names(const mtmi_preview *preview, mtmi_shape *out, mtm_error *err) {
    if (out->n_header == 0) {
        return MTM_OK;
    }
    out->names = mtmi_memory_new(out->n_columns, sizeof *out->names);
    for (size_t i = 0; out->names != NULL && i < out->n_columns; i++) {
        out->names[i] = join_name(preview, out, i);
        if (out->names[i] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return out->names == NULL ? mtmi_error_memory(err) : MTM_OK;
}

/* Rows at the head that say something beyond the table's last column are no names: a title with commas in it. Where the
 * caller says how many rows of names there are, they are. */
static void leave_titles_out(const mtmi_preview *preview, int32_t header_rows, mtmi_shape *shape) {
    while (header_rows == 0 && shape->n_header > 1) {
        const mtmi_row *row = &preview->rows[shape->first];
        size_t i = shape->n_columns;
        while (i < row->n_cells && kind_at(row, i) == KIND_EMPTY) {
            i++;
        }
        if (i >= row->n_cells) {
            return;
        }
        shape->first++;
        shape->n_header--;
    }
}

mtm_status mtmi_shape_find(const mtmi_preview *preview, int32_t header_rows, int32_t skip_rows, int *found,
                           mtmi_shape *out, mtm_error *err) {
    mtm_status status;

    memset(out, 0, sizeof *out);
    out->n_columns = common_width(preview, 0);
    *found = out->n_columns > 0;
    if (!*found) {
        return MTM_OK;
    }
    out->first = skip_rows != 0 ? (skip_rows > 0 ? (size_t)skip_rows : 0) : first_wide(preview, out->n_columns);
    out->first = out->first < preview->n ? out->first : preview->n;
    size_t wide = out->first;
    if (skip_rows == 0 && header_rows == 0) {
        out->first = groups_above(preview, out->first, out->n_columns);
    }
    size_t width = common_width(preview, out->first);
    out->n_columns = width > 0 ? width : out->n_columns;
    out->figures = mtmi_memory_new(out->n_columns, 1);
    if (out->figures == NULL) {
        return mtmi_error_memory(err);
    }
    find_figures(preview, wide + 1 < preview->n ? wide + 1 : wide, out);
    out->n_header = header_rows > 0   ? (size_t)header_rows
                    : header_rows < 0 ? 0
                                      : count_header(out, preview, out->first);
    if (header_rows == 0 && out->first + 1 == preview->n && preview->whole) {
        out->n_header = mtmi_row_figures(&preview->rows[out->first]) == 0; /* a header alone */
    }
    if (out->n_header > 0 && preview->rows[out->first + out->n_header - 1].n_cells > out->n_columns) {
        void *figures = mtmi_memory_resize(out->figures, preview->rows[out->first + out->n_header - 1].n_cells, 1);
        if (figures == NULL) {
            mtmi_shape_free(out);
            return mtmi_error_memory(err);
        }
        out->figures = figures;
        out->n_columns = preview->rows[out->first + out->n_header - 1].n_cells;
    }
    out->n_header = out->first + out->n_header <= preview->n ? out->n_header : preview->n - out->first;
    leave_titles_out(preview, header_rows, out);
    find_figures(preview, out->first + out->n_header, out);
    status = join_names(preview, out, err);
    if (status != MTM_OK) {
        mtmi_shape_free(out);
    }
    return status;
}

mtm_status mtmi_shape_names(mtmi_shape *shape, const mtmi_row *row, mtm_error *err) {
    for (size_t i = 0; shape->names != NULL && i < shape->n_columns; i++) {
        mtmi_memory_free(shape->names[i]);
    }
    mtmi_memory_free(shape->names);
    shape->names = mtmi_memory_new(shape->n_columns, sizeof *shape->names);
    for (size_t i = 0; shape->names != NULL && i < shape->n_columns; i++) {
        mtmi_cell cell = i < row->n_cells ? mtmi_cell_trim(row->cells[i]) : (mtmi_cell){"", 0, 0};
        shape->names[i] = mtmi_memory_copy_bytes(cell.text, cell.length);
        if (shape->names[i] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return shape->names != NULL ? MTM_OK : mtmi_error_memory(err);
}

void mtmi_shape_free(mtmi_shape *shape) {
    for (size_t i = 0; shape->names != NULL && i < shape->n_columns; i++) {
        mtmi_memory_free(shape->names[i]);
    }
    mtmi_memory_free(shape->names);
    mtmi_memory_free(shape->figures);
    memset(shape, 0, sizeof *shape);
}

int mtmi_shape_repeats(const mtmi_shape *shape, const mtmi_row *row) {
    size_t same = 0, named = 0;

    if (shape->names == NULL || row->n_cells == 0) {
        return 0;
    }
    for (size_t i = 0; i < shape->n_columns; i++) {
        size_t n = strlen(shape->names[i]);
        named += n > 0;
        if (i < row->n_cells && n > 0) {
            mtmi_cell cell = mtmi_cell_trim(row->cells[i]);
            same += cell.length == n && memcmp(cell.text, shape->names[i], n) == 0;
        }
        if (i == 3 && same == 0) {
            return 0; /* most rows end here */
        }
    }
    return same >= 2 && same * 3 >= named * 2;
}
