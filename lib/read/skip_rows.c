/* Tells rows that are no data from the others, by what official tables have between their figures: blank rows, comments,
 * the header again, the numbers of the columns, remarks. The invariant: a row that holds figures of the table is data. */
#include "base/text.h"
#include "codelist/match.h"
#include "read/table_reader_internal.h"

#include <string.h>

int mtmi_reading_comment(const mtmi_reading *reading, const mtmi_row *row) {
    const char *mark = reading->resource->dialect.comment;
    size_t n = mark == NULL ? 0 : strlen(mark);
    return n > 0 && row->record_size >= n && memcmp(row->record, mark, n) == 0;
}

/* "2)", "(2)": the number of a footnote. */
static int begins_numbered(const char *word) {
    const char *digit = word + (word[0] == '(');
    return digit[0] >= '1' && digit[0] <= '9' && digit[1] == ')';
}

static int begins_footnote(const char *text, size_t length) {
    static const char *const words[] = {"1.", "#"}, *const raised[] = {"¹", "²", "³", "⁴", "⁵"};
    char word[64];
    size_t n = mtmi_text_normalise(text, length < 48 ? mtmi_text_valid(text, length) : mtmi_text_valid(text, 48), word,
                                   sizeof word);

    for (size_t i = 0; n < sizeof word && i < sizeof words / sizeof *words; i++) {
        if (strncmp(word, words[i], strlen(words[i])) == 0) {
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof raised / sizeof *raised; i++) { /* normalised they are digits */
        if (length > strlen(raised[i]) && memcmp(text, raised[i], strlen(raised[i])) == 0) {
            return 1;
        }
    }
    return n > 0 && n < sizeof word && (begins_numbered(word) || mtmi_phrase_begins(MTMI_PHRASE_REMARK, word));
}

/* Ctrl-Z, which old programs put at the end of a file. */
static int is_end_mark(const mtmi_row *row) {
    return row->record_size == 1 && row->record[0] == 0x1A;
}

/* One cell of text alone in its row, where the table has several columns: a remark, when it reads like one. */
static int is_footnote(const mtmi_reading *reading, const mtmi_row *row) {
    size_t spaces = 0, digits = 0, at = 0;

    if (reading->header.n_names < 2 || row->n_filled != 1) {
        return 0;
    }
    while (row->trimmed[at].length == 0) {
        at++;
    }
    const mtmi_cell cell = row->trimmed[at];
    if (at > 0 && row->n_cells == reading->header.n_names && !begins_footnote(cell.text, cell.length)) {
        return 0;
    }
    for (size_t i = 0; i < cell.length; i++) {
        spaces += cell.text[i] == ' ';
        digits += cell.text[i] >= '0' && cell.text[i] <= '9';
    }
    /* "2. Выбыло за пределы страны, человек" is no figure with a unit behind it */
    const int is_figure = mtmi_row_is_number(row, at) && (spaces < 3 || digits * 4 > cell.length);
    const int may_head = reading->columns.section_cell == at; /* "Миграционный прирост, отток (-)" above its rows */
    return (begins_footnote(cell.text, cell.length) || (!may_head && spaces >= 3 && cell.length >= 20)) && !is_figure &&
           !mtmi_row_is_period(row, at);
}

/* Whether the row has no period where the table has one: no figures then, whatever they look like. */
static int lacks_period(const mtmi_reading *reading, const mtmi_row *row) {
    for (size_t i = 0; i < reading->columns.n; i++) {
        const mtmi_bound *bound = &reading->columns.at[i];
        if (bound->role == MTMI_ROLE_PERIOD && bound->part <= MTMI_PART_YEAR) {
            return !mtmi_row_is_period(row, bound->cell);
        }
    }
    return 1; /* periods are names of columns, or there are none */
}

static int has_period_column(const mtmi_reading *reading) {
    for (size_t i = 0; i < reading->columns.n; i++) {
        if (reading->columns.at[i].role == MTMI_ROLE_PERIOD && reading->columns.at[i].part <= MTMI_PART_YEAR) {
            return 1;
        }
    }
    return 0;
}

/* How many rows have a number in the column. */
static size_t count_numbers(const mtmi_reading *reading, size_t column) {
    size_t n = 0;
    for (size_t i = reading->header.data; i < reading->head.n; i++) {
        const mtmi_row *row = &reading->head.rows[i];
        n += row->code == 0 && row->n_cells == reading->header.n_names && mtmi_row_is_number(row, column);
    }
    return n;
}

/* A number in place of a label: of one that has a list, or the only number among words. */
static int numbers_a_label(const mtmi_reading *reading, const mtmi_row *row) {
    for (size_t i = 0; i < reading->columns.n; i++) {
        const mtmi_bound *bound = &reading->columns.at[i];
        if (bound->role == MTMI_ROLE_DIMENSION && mtmi_row_is_number(row, bound->cell) &&
            (bound->list != NULL || count_numbers(reading, bound->cell) == 1)) {
            return 1;
        }
    }
    return 0;
}

/* Up to three digits; SIZE_MAX for anything else. */
static size_t read_small(mtmi_cell cell) {
    size_t number = 0;

    for (size_t k = 0; k < cell.length; k++) {
        if (cell.text[k] < '0' || cell.text[k] > '9') {
            return SIZE_MAX;
        }
        number = number * 10 + (size_t)(cell.text[k] - '0');
    }
    return cell.length > 0 && cell.length <= 3 ? number : SIZE_MAX;
}

/* "А" of the first column, "Б" of the second. */
static int is_column_letter(mtmi_cell cell, size_t column) {
    return column < 2 && cell.length == 2 && memcmp(cell.text, column == 0 ? "\xD0\x90" : "\xD0\x91", 2) == 0;
}

/* "1,2,3" or "А,1,2" under the header: numbers of the columns, as official tables have them. */
static int is_numbering(const mtmi_reading *reading, const mtmi_row *row) {
    size_t shift = SIZE_MAX, numbers = 0, letters = 0;

    if (reading->rows_of_data > 0 || row->n_cells != reading->header.n_names || row->n_cells < 3) {
        return 0;
    }
    for (size_t i = 0; i < row->n_cells; i++) {
        mtmi_cell cell = row->trimmed[i];
        size_t number = read_small(cell);
        if (number == SIZE_MAX) {
            if (numbers > 0 || !is_column_letter(cell, i)) {
                return 0;
            }
            letters++;
            continue;
        }
        shift = shift == SIZE_MAX ? i - number : shift;
        if (i - number != shift || number > i + 1) {
            return 0;
        }
        numbers++;
    }
    return numbers >= 1 && numbers + letters >= 3 &&
           (letters > 0 || has_period_column(reading) || numbers_a_label(reading, row)) && lacks_period(reading, row);
}

int mtmi_reading_other_title(const mtmi_reading *reading, const mtmi_row *row) {
    static const char *const words[] = {"продолжение", "окончание", "жалғасы",
                                        "уландысы",    "continued", "table continued"};
    const mtmi_cell cell = row->trimmed[0];
    char text[64];
    const size_t n = mtmi_text_normalise(cell.text, mtmi_text_valid(cell.text, cell.length < 40 ? cell.length : 40),
                                         text, sizeof text);

    for (size_t i = 0; n < sizeof text && i < sizeof words / sizeof *words; i++) {
        if (strstr(text, words[i]) != NULL) {
            return 0;
        }
    }
    for (size_t i = 0; i < reading->header.first; i++) {
        const mtmi_row *above = &reading->head.rows[i];
        const mtmi_cell title = above->code == 0 ? mtmi_row_cell(above, 0) : (mtmi_cell){"", 0, 0};
        if (title.length == cell.length && memcmp(title.text, cell.text, cell.length) == 0) {
            return 0;
        }
    }
    return 1;
}

mtmi_row_kind mtmi_reading_kind(const mtmi_reading *reading, const mtmi_row *row) {
    if ((row->code == 0 || row->code == MTMI_CODE_QUOTE) && reading->columns.legend != NULL && mtmi_legend_row(row)) {
        return MTMI_ROW_LEGEND;
    }
    if (row->code != 0) {
        return MTMI_ROW_DATA;
    }
    if (reading->head.flags > 0 && row->line >= reading->head.flags && row->n_filled > 0) {
        return MTMI_ROW_LEGEND;
    }
    if (row->n_filled == 0 || mtmi_reading_comment(reading, row)) {
        return MTMI_ROW_NOTHING;
    }
    if (is_end_mark(row)) {
        return MTMI_ROW_END_MARK;
    }
    if (mtmi_header_repeats(&reading->header, row)) {
        return MTMI_ROW_HEADER;
    }
    if (is_numbering(reading, row)) {
        return MTMI_ROW_NUMBERING;
    }
    return is_footnote(reading, row) && mtmi_columns_title(&reading->columns, row->line) == NULL ? MTMI_ROW_REMARK
                                                                                                 : MTMI_ROW_DATA;
}

/* Eight printable ASCII characters at a time; a tab or line end leaves it to the slow way. */
static int is_plain(const char *text, size_t size) {
    size_t at = 0;

    for (; at + 8 <= size; at += 8) {
        uint64_t word, low;
        memcpy(&word, text + at, 8);
        low = (word - UINT64_C(0x2020202020202020)) | (word + UINT64_C(0x0101010101010101)) | word;
        if ((low & UINT64_C(0x8080808080808080)) != 0) {
            return 0;
        }
    }
    for (; at < size; at++) {
        if (text[at] < 0x20 || text[at] == 0x7F) {
            return 0;
        }
    }
    return 1;
}

/* Zero-width, bidirectional and control characters: they compare as nothing, and somebody put them there. */
size_t mtmi_reading_invisible(const char *text, size_t size) {
    size_t bytes = 1;

    if (is_plain(text, size)) {
        return size;
    }
    for (size_t at = 0; at < size; at += bytes) {
        unsigned char c = (unsigned char)text[at];
        bytes = 1;
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
            return at;
        }
        if (c < 0xC2) {
            if (c == 0x7F) {
                return at;
            }
            continue;
        }
        uint32_t character = mtmi_text_decode(text + at, size - at, &bytes);
        if ((character >= 0x200B && character <= 0x200F) || (character >= 0x202A && character <= 0x202E) ||
            (character >= 0x2060 && character <= 0x2069) || character == 0xFEFF || character == 0xAD ||
            character == 0x61C || (character >= 0x80 && character < 0xA0)) {
            return at;
        }
    }
    return size;
}
