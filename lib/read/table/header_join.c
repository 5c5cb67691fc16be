/* Headers of several rows: which rows they are, and what each column is called. Official tables have names over several
 * columns; a workbook repeats such a name over its cells, a CSV file leaves them empty. */
#include "read/table/header_join.h"

#include "base/buffer.h"
#include "codelist/match.h"
#include "codelist/unit.h"
#include "read/table/header_periods.h"
#include "read/table/header_words.h"

#include <string.h>

enum { SEARCHED = 25 };

static int has_letter(mtmi_cell cell) {
    for (size_t i = 0; i < cell.length; i++) {
        unsigned char c = (unsigned char)cell.text[i];
        if (c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            return 1;
        }
    }
    return 0;
}

static int has_digit(mtmi_cell cell) {
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.text[i] >= '0' && cell.text[i] <= '9') {
            return 1;
        }
    }
    return 0;
}

/* What a header hardly has. "Темп роста, %" has a per cent sign and is a name. */
size_t mtmi_header_figures(const mtmi_row *row) {
    size_t n = 0;

    for (size_t i = 0; i < row->n_cells; i++) {
        n += has_digit(row->trimmed[i]) && mtmi_row_is_number(row, i) && !mtmi_row_is_period(row, i);
    }
    return n;
}

static int is_same(mtmi_cell a, mtmi_cell b) {
    return mtmi_name_same(a.text, a.length, b.text, b.length);
}

/* Whether a row of the header names the column. */
static int is_named(const mtmi_preview *head, size_t first, size_t n, size_t column) {
    size_t i = 0;

    while (i < n && mtmi_row_cell(&head->rows[first + i], column).length == 0) {
        i++;
    }
    return i < n;
}

/* Whether the row under the first n of the header completes them: it fills in under names that are empty or repeated
 * (merged cells), and leaves others empty or repeats them; the first row of data has figures there. */
static int completes(const mtmi_preview *head, size_t first, size_t n, size_t first_data) {
    size_t filled = 0, empty_above = 0, left = 0;

    if (head->rows[first + n].code != 0 || head->rows[first + n].n_cells != head->rows[first + n - 1].n_cells) {
        return 0;
    }
    const mtmi_row *upper = &head->rows[first + n - 1], *lower = &head->rows[first + n];
    const mtmi_row *data = &head->rows[first_data];
    for (size_t i = 0; i < lower->n_cells; i++) {
        mtmi_cell above = upper->trimmed[i], below = lower->trimmed[i];
        if (below.length == 0 && i > 0 && !is_named(head, first, first_data - first, i)) {
            return 0; /* only the corner above the labels may be without a name */
        }
        if (below.length == 0 || (above.length > 0 && is_same(above, below))) {
            left++;
            continue;
        }
        if ((mtmi_row_is_number(lower, i) && !mtmi_row_is_period(lower, i)) || i >= data->n_cells ||
            (data->trimmed[i].length > 0 && !mtmi_row_is_number(data, i))) {
            return 0;
        }
        filled++;
        empty_above += above.length == 0 || (i > 0 && is_same(upper->trimmed[i - 1], above));
    }
    return filled > 1 && empty_above > 0 && left > 0;
}

/* Whether a name of the row stands there again. */
static int repeats_a_name(const mtmi_row *row) {
    for (size_t i = 0; i < row->n_cells && i < MTMI_NAMES_LOOKED; i++) {
        for (size_t k = i + 1; k < row->n_cells && k < MTMI_NAMES_LOOKED && row->trimmed[i].length > 0; k++) {
            if (is_same(row->trimmed[i], row->trimmed[k])) {
                return 1;
            }
        }
    }
    return 0;
}

/* What a row says of the one below it: names over columns, those that are periods, columns that share a name. */
typedef struct row_over {
    size_t names, periods, shared;
} row_over;

/* 0 where the cells of a column cannot be the upper and the lower part of a name. */
static int look_over(const mtmi_row *upper, const mtmi_row *lower, size_t i, int named, row_over *out) {
    mtmi_cell above = upper->trimmed[i];
    int again = i > 0 && above.length > 0 && is_same(upper->trimmed[i - 1], above);

    if (above.length > 0 && is_same(above, lower->trimmed[i])) {
        return 1; /* one cell over both rows */
    }
    if (!named) { /* the name of the labels stands over both rows; the corner may be empty */
        return above.length > 0 || i == 0;
    }
    if (i == 0 && above.length > 0) {
        return 0;
    }
    out->shared += out->names > 0 && (above.length == 0 || again);
    out->names += above.length > 0 && !again;
    out->periods += above.length > 0 && !again && mtmi_row_is_period(upper, i);
    return 1;
}

/* Whether the row above the header is its upper part: names over several columns each, above names that come again or
 * that are no periods where those above are. */
static int stands_above(const mtmi_preview *head, size_t first, size_t n) {
    row_over over = {0, 0, 0};

    if (first == 0 || head->rows[first - 1].code != 0 || head->rows[first - 1].n_cells != head->rows[first].n_cells ||
        mtmi_header_figures(&head->rows[first - 1]) > 0) {
        return 0;
    }
    for (size_t i = 0; i < head->rows[first].n_cells; i++) {
        if (!look_over(&head->rows[first - 1], &head->rows[first], i, is_named(head, first, n, i), &over)) {
            return 0;
        }
    }
    const int repeats = over.names > 1 && repeats_a_name(&head->rows[first]);
    const int is_dated = over.names > 0 && over.periods == over.names;
    return (over.names > 0 && over.shared > 0 && (is_dated || repeats)) || (is_dated && repeats);
}

/* What a name means: its row of the tables, or a direction. NULL: nothing that is known. */
static const char *meaning_of(mtmi_cell cell) {
    const mtm_codelist *list = mtmi_codelist_get("direction");
    mtmi_label_match match;
    mtmi_meaning meaning;
    const size_t cut = mtmi_unit_cut(cell.text, cell.length);

    mtmi_codelist_match(list, cell.text, cut > 0 ? cut : cell.length, 0, &match);
    if (match.kind == MTM_MATCH_CODE) {
        return mtm_codelist_code(list, (size_t)match.codes[0]);
    }
    return mtmi_header_word(cell.text, cell.length, &meaning) ? meaning.dimension : NULL;
}

/* Whether the row below says the same in another language: a name under each, some of them known to mean the same and none
 * another thing. */
static int is_translated(const mtmi_preview *head, size_t row) {
    size_t same = 0;

    if (row + 2 >= head->n || head->rows[row + 1].code != 0 || head->rows[row + 1].n_cells != head->rows[row].n_cells ||
        mtmi_header_figures(&head->rows[row + 1]) > 0) {
        return 0;
    }
    for (size_t i = 0; i < head->rows[row].n_cells; i++) {
        const mtmi_cell above = head->rows[row].trimmed[i], below = head->rows[row + 1].trimmed[i];
        if ((above.length > 0) != (below.length > 0) || mtmi_row_is_period(&head->rows[row + 1], i)) {
            return 0;
        }
        const char *a = above.length > 0 ? meaning_of(above) : NULL, *b = a != NULL ? meaning_of(below) : NULL;
        if (a != NULL && b != NULL && strcmp(a, b) != 0) {
            return 0;
        }
        same += a != NULL && b != NULL && !is_same(above, below);
    }
    return same > 0;
}

/* How many rows below complete the header, each those above it: as many as there are above some row of data. */
static size_t rows_below(const mtmi_preview *head, size_t first, size_t n) {
    for (size_t most = MTMI_HEADER_ROWS - n; most > 0; most--) {
        size_t k = 0;
        while (first + n + most < head->n && k < most && completes(head, first, n + k, first + n + most)) {
            k++;
        }
        if (k == most) {
            return most;
        }
    }
    return 0;
}

void mtmi_header_join(const mtmi_preview *head, mtmi_header *out) {
    size_t best = out->first;

    while (out->n < MTMI_HEADER_ROWS && stands_above(head, out->first, out->n)) {
        out->first--;
        out->n++;
    }
    out->n += rows_below(head, out->first, out->n);
    if (out->n == 1 && mtmi_header_axis(head, best)) {
        out->n = 2;
    }
    if (out->n == 1 && is_translated(head, best)) {
        out->n = 2;
        out->two_languages = 1;
    }
}

/* The name over a merged cell counts for the columns on its right that have none. */
static mtmi_cell name_of(const mtmi_row *row, size_t column, int merged) {
    mtmi_cell cell = mtmi_row_cell(row, column);

    while (merged && cell.length == 0 && column > 0) {
        column--;
        cell = column < row->n_cells ? row->trimmed[column] : cell;
    }
    return cell;
}

/* A name over several columns is one of figures: labels under a name of their own have nothing to do with it. */
static int may_be_under(const mtmi_preview *head, const mtmi_header *header, size_t column) {
    int letters = 0;

    for (size_t i = header->data; i < head->n && i < header->data + SEARCHED; i++) {
        const mtmi_row *row = &head->rows[i];
        mtmi_cell cell = row->code == 0 && row->n_filled > 1 ? mtmi_row_cell(row, column) : (mtmi_cell){"", 0, 0};
        if (cell.length > 0 && mtmi_row_is_number(row, column)) {
            return 1;
        }
        letters |= has_letter(cell);
    }
    return !letters;
}

/* What one row says of a column, under the rows that count for it. */
static mtmi_cell part_of(const mtmi_preview *head, const mtmi_header *header, size_t i, size_t column, int under) {
    const int named = is_named(head, header->first + i + 1, header->n - i - 1, column);
    return name_of(&head->rows[header->first + i], column, named && under);
}

size_t mtmi_header_parts(const mtmi_preview *head, const mtmi_header *header, size_t column,
                         mtmi_cell parts[MTMI_HEADER_ROWS]) {
    const int under = may_be_under(head, header, column);
    mtmi_cell last = {"", 0, 0};

    for (size_t i = 0; i < header->n && header->n <= MTMI_HEADER_ROWS; i++) {
        const mtmi_cell cell = part_of(head, header, i, column, under);
        const int again = cell.length > 0 && last.length > 0 && is_same(cell, last);
        parts[i] = again ? (mtmi_cell){"", 0, 0} : cell;
        last = cell.length > 0 ? cell : last;
    }
    return header->n <= MTMI_HEADER_ROWS ? header->n : 0;
}

char *mtmi_header_name(const mtmi_preview *head, const mtmi_header *header, size_t column) {
    mtmi_buffer name = MTMI_BUFFER_INIT;
    mtmi_cell last = {"", 0, 0};
    int under = may_be_under(head, header, column);

    for (size_t i = 0; i < header->n; i++) {
        mtmi_cell cell = part_of(head, header, i, column, under);
        if (cell.length == 0 || (last.length > 0 && is_same(cell, last))) {
            continue;
        }
        if (name.size > 0) {
            mtmi_buffer_text(&name, header->two_languages ? " / " : " ");
        }
        mtmi_buffer_add(&name, cell.text, cell.length);
        last = cell;
    }
    if (name.data == NULL) {
        mtmi_buffer_add(&name, "", 0);
    }
    if (name.failed || name.data == NULL) {
        mtmi_buffer_free(&name);
        return NULL;
    }
    return name.data;
}
