/* Finds what makes a table no plain grid: rows that head the rows below them - "Прибыло" above countries, "2023 год"
 * above regions - and quarters or months that run down under years that run across. Invariant: both only where every
 * row of the kind fits. */
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "codelist/match.h"
#include "number/number.h"
#include "read/table/columns_internal.h"
#include "read/table/header_words.h"
#include "read/table/legend.h"
#include "read/table/period_name.h"
#include "read/table/sections/headed_sections.h"
#include "read/table/sections/section_label.h"
#include "read/table/sections/titled_tables.h"

#include <string.h>

static const char *const sections[] = {"direction", "sex", "residence", "type", "category"};
enum { N_SECTIONS = sizeof sections / sizeof *sections, PARTS_MAX = 64 };

/* As many cells as the header has, or the first alone. */
static int has_width(const mtmi_inference *in, const mtmi_row *row, size_t cell) {
    return row->n_cells == in->header->n_names || (row->n_cells == 1 && cell == 0);
}

int mtmi_columns_heads(const mtmi_columns *columns, const mtmi_row *row) {
    mtmi_period_label period;

    if (row->code != 0 || row->n_cells != 1 || row->n_filled != 1 || columns->n < 2) {
        return 0;
    }
    if (mtmi_columns_title(columns, row->line) != NULL ||
        (columns->at[0].role == MTMI_ROLE_DIMENSION && mtmi_section_heads_parts(row->trimmed[0]))) {
        return 1;
    }
    if (columns->section_cell != 0) {
        return 0;
    }
    if (columns->section == NULL) {
        return mtmi_section_period(row->trimmed[0], &period);
    }
    return strcmp(columns->section, MTMI_SECTION_OF_WORDS) == 0 ||
           mtmi_section_is_balance(columns->section, row->trimmed[0]) ||
           mtmi_section_member(columns->section, row->trimmed[0]) >= 0;
}

/* What a row heads others with: a member of a dimension, the balance of both directions, or a period. */
typedef struct heading {
    int32_t member;
    mtm_period period;
} heading;

static int read_heading(const char *dimension, mtmi_cell label, heading *out) {
    mtmi_period_label period;

    memset(out, 0, sizeof *out);
    if (label.length == 0) {
        return 0;
    }
    if (dimension != NULL) {
        out->member =
            mtmi_section_is_balance(dimension, label) ? MTMI_SECTION_BALANCE : mtmi_section_member(dimension, label);
        return out->member >= 0;
    }
    const int is_period = mtmi_section_period(label, &period);
    out->period = period.period;
    return is_period;
}

/* Whether every row with this cell alone is a section of one kind, the first row of all is one, and data follow each. */
static int are_sections(const mtmi_inference *in, size_t cell, const char *dimension) {
    size_t found = 0, since = 1;
    heading first = {0};
    int different = 0;

    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (row->code != 0 || !has_width(in, row, cell) || row->n_filled == 0) {
            continue;
        }
        if (row->n_filled > 1) {
            if (found == 0) {
                return 0;
            }
            since++;
            continue;
        }
        const mtmi_cell label = row->trimmed[cell];
        heading here;
        if (!read_heading(dimension, label, &here)) {
            if (label.length > 0 && i + 1 < in->head->n && in->head->rows[i + 1].n_filled > 1) {
                return 0; /* another heading */
            }
            continue; /* a remark below */
        }
        if (since == 0) {
            return 0;
        }
        different |= found > 0 && (here.member != first.member || !mtmi_period_same(here.period, first.period));
        first = found == 0 ? here : first;
        found++;
        since = 0;
    }
    return found > 1 && different && since > 0;
}

/* A row with this cell alone. */
static int is_heading(const mtmi_inference *in, size_t i, size_t cell) {
    const mtmi_row *row = &in->head->rows[i];
    return row->code == 0 && has_width(in, row, cell) && row->n_filled == 1 && row->trimmed[cell].length > 0;
}

static int is_data(const mtmi_inference *in, size_t i) {
    const mtmi_row *row = &in->head->rows[i];
    return row->code == 0 && row->n_cells == in->header->n_names && row->n_filled > 1;
}

/* Whether the labels of two sections are in part the same: without what heads them, rows would be one cell with several
 * figures. Every heading but remarks at the end has rows below it, and none stands right below another. */
static int repeat_labels(const mtmi_inference *in, size_t cell) {
    size_t headings = 0, section = 0, repeated = 0;

    for (size_t i = in->header->data; i < in->head->n; i++) {
        if (is_heading(in, i, cell)) {
            const int heads = i + 1 < in->head->n && is_data(in, i + 1);
            if (i + 1 < in->head->n && is_heading(in, i + 1, cell) && headings == 0) {
                return 0;
            }
            headings += (size_t)heads;
            section = heads ? i : section;
            continue;
        }
        if (!is_data(in, i)) {
            continue;
        }
        if (section == 0) {
            return 0;
        }
        for (size_t k = in->header->data; k < section; k++) {
            const mtmi_cell a = in->head->rows[i].trimmed[cell], b = in->head->rows[k].trimmed[cell];
            repeated += is_data(in, k) && a.length > 0 && a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
        }
    }
    return headings > 1 && repeated > 0;
}

/* The list that has every heading, of countries or regions; "section" where none has. */
static const char *dimension_of_headings(const mtmi_inference *in, size_t cell) {
    static const char *const places[] = {"country", "region"};

    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        size_t known = 0, others = 0;
        for (size_t i = 0; i < in->columns->n; i++) {
            const char *dimension = in->columns->at[i].dimension;
            others += dimension != NULL && strcmp(dimension, places[k]) == 0;
        }
        for (size_t i = in->header->data; i + 1 < in->head->n; i++) {
            if (is_heading(in, i, cell) && is_data(in, i + 1)) {
                const int32_t member = mtmi_section_member(places[k], in->head->rows[i].trimmed[cell]);
                known += member >= 0;
                others += member < 0;
            }
        }
        if (known > 1 && others == 0) {
            return places[k];
        }
    }
    return MTMI_SECTION_OF_WORDS;
}

/* Tables of one header below each other, told apart by their titles. */
static int find_tables(const mtmi_inference *in, size_t column, int dated) {
    const char *own = in->columns->at[column].dimension;

    for (size_t k = 0; k < N_SECTIONS; k++) {
        if (strcmp(own, sections[k]) != 0 && mtmi_tables_are_titled(in, sections[k])) {
            in->columns->section = sections[k];
            return 1;
        }
    }
    return !dated && mtmi_tables_are_titled(in, NULL);
}

/* "Число прибывших" alone above years that run down, where regions run across. */
static void find_sections_of_periods(const mtmi_inference *in, size_t column) {
    for (size_t k = 0; k < N_SECTIONS; k++) {
        if (are_sections(in, column, sections[k])) {
            in->columns->section_cell = column;
            in->columns->section = sections[k];
            return;
        }
    }
}

static void find_sections(const mtmi_inference *in, int dated) {
    for (size_t i = 0; i < in->columns->n && in->columns->section_cell == SIZE_MAX; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD) {
            find_sections_of_periods(in, i);
        }
        if (bound->role != MTMI_ROLE_DIMENSION) {
            continue;
        }
        if (i == 0 && find_tables(in, i, dated)) {
            in->columns->section_cell = i;
            return;
        }
        for (size_t k = 0; k < N_SECTIONS; k++) {
            const int is_other = strcmp(bound->dimension, sections[k]) != 0;
            const int is_headed = is_other && mtmi_sections_are_headed(in, i, sections[k]);
            if (is_headed || (is_other && are_sections(in, i, sections[k]))) {
                in->columns->section_cell = i;
                in->columns->section = sections[k];
                in->columns->section_figures = is_headed;
                return;
            }
        }
        if (!dated && are_sections(in, i, NULL)) {
            in->columns->section_cell = i;
        } else if (repeat_labels(in, i)) {
            in->columns->section_cell = i;
            in->columns->section = dimension_of_headings(in, i);
        }
        return; /* the first column of labels alone */
    }
}

/* ---- rows that are the sums of rows below them: indented, or behind "of which" ---- */

/* Spaces before a label; 0 where the container cut them. */
static size_t indent_of(const mtmi_row *row, size_t cell) {
    size_t n = 0;
    while (n < row->cells[cell].length && row->cells[cell].text[n] == ' ') {
        n++;
    }
    return n;
}

static int read_figure(const mtmi_bound *bound, const mtmi_row *row, mtm_decimal *out) {
    mtmi_number number;

    mtmi_row_read_number(row, bound->cell, bound->number, &number);
    *out = number.value;
    return number.outcome == MTMI_NUMBER_OK || number.outcome == MTMI_NUMBER_NOTE;
}

/* The rows below one, and those of them that are parts of it: indented further than it, by the same. */
typedef struct indented {
    size_t cell, whole, last, depth, n; /* last: behind the last one */
} indented;

static int find_indented(const mtmi_inference *in, size_t cell, size_t whole, indented *out) {
    const size_t depth = indent_of(&in->head->rows[whole], cell);

    *out = (indented){cell, whole, whole + 1, 0, 0};
    for (; out->last < in->head->n && is_data(in, out->last); out->last++) {
        const size_t own = indent_of(&in->head->rows[out->last], cell);
        if (own <= depth) {
            break;
        }
        out->depth = out->n == 0 ? own : out->depth;
        out->n += own == out->depth;
    }
    return out->n > 1;
}

static int adds_up(const mtmi_inference *in, const mtmi_bound *bound, const indented *parts) {
    mtm_decimal sum = {0, 0, 0}, part, total;

    if (!read_figure(bound, &in->head->rows[parts->whole], &total)) {
        return 0;
    }
    for (size_t i = parts->whole + 1; i < parts->last; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (indent_of(row, parts->cell) == parts->depth &&
            (!read_figure(bound, row, &part) || mtmi_decimal_add(sum, part, &sum, NULL) != MTM_OK)) {
            return 0;
        }
    }
    return mtmi_decimal_compare(sum, total) == 0;
}

static int is_sum(const mtmi_inference *in, size_t cell, size_t whole) {
    indented parts;
    size_t values = 0;

    if (!is_data(in, whole) || !find_indented(in, cell, whole, &parts)) {
        return 0;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE && !adds_up(in, bound, &parts)) {
            return 0;
        }
        values += bound->role == MTMI_ROLE_VALUE;
    }
    return values > 0;
}

/* Whether the figures of a row are the sums of `n` rows from `first` on. */
static int is_sum_of(const mtmi_inference *in, size_t whole, size_t first, size_t n) {
    size_t values = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        mtm_decimal sum = {0, 0, 0}, part, total;
        if (bound->role != MTMI_ROLE_VALUE) {
            continue;
        }
        for (size_t k = first; k < first + n; k++) {
            if (!read_figure(bound, &in->head->rows[k], &part) || mtmi_decimal_add(sum, part, &sum, NULL) != MTM_OK) {
                return 0;
            }
        }
        if (!read_figure(bound, &in->head->rows[whole], &total) || mtmi_decimal_compare(sum, total) != 0) {
            return 0;
        }
        values++;
    }
    return values > 0;
}

/* "другие страны", "из них:", and rows that make its figures. A group of countries stays, since its members are known. */
static int is_sum_of_which(const mtmi_inference *in, const mtmi_bound *labels, size_t whole) {
    const mtmi_cell label = mtmi_row_cell(&in->head->rows[whole], labels->cell);
    const size_t first = whole + 2;
    mtmi_label_match match = {.kind = MTM_MATCH_NONE};

    if (mtmi_dimension_list(labels->dimension) != NULL) {
        mtmi_codelist_match(mtmi_dimension_list(labels->dimension), label.text, label.length, 0, &match);
    }
    if (match.kind == MTM_MATCH_GROUP || !is_data(in, whole) || !is_heading(in, whole + 1, labels->cell) ||
        !mtmi_section_heads_parts(in->head->rows[whole + 1].trimmed[labels->cell])) {
        return 0;
    }
    for (size_t n = 1; n <= PARTS_MAX && first + n <= in->head->n && is_data(in, first + n - 1); n++) {
        if (n > 1 && is_sum_of(in, whole, first, n)) {
            return 1;
        }
    }
    return 0;
}

static int is_listed(const char *dimension, mtmi_cell label) {
    return mtmi_dimension_list(dimension) != NULL && mtmi_section_member(dimension, label) >= 0;
}

/* "Приток, всего", which heads its section and is the total of it. */
static int is_section(const mtmi_columns *columns, mtmi_cell label) {
    return columns->section_figures && mtmi_section_member(columns->section, label) >= 0;
}

/* A label that its list has, or a word for the total, says what its row is; one that says nothing is told by its figures. */
static mtm_status find_sums(const mtmi_inference *in, mtm_error *err) {
    const mtmi_bound *labels = NULL;
    int64_t column = 0;

    for (size_t i = 0; i < in->columns->n && labels == NULL; i++) {
        labels = in->columns->at[i].role == MTMI_ROLE_DIMENSION ? &in->columns->at[i] : NULL;
    }
    for (size_t i = in->header->data; labels != NULL && in->head->whole && i + 2 < in->head->n; i++) {
        mtmi_columns *columns = in->columns;
        void *lines = columns->sum_lines;
        const mtmi_cell label =
            in->head->rows[i].code == 0 ? mtmi_row_cell(&in->head->rows[i], labels->cell) : (mtmi_cell){"", 0, 0};
        if (label.length == 0 || mtmi_columns_is_total(label) || is_listed(labels->dimension, label) ||
            is_section(columns, label) || (!is_sum(in, labels->cell, i) && !is_sum_of_which(in, labels, i))) {
            continue;
        }
        if (!mtmi_memory_reserve(&lines, &columns->sum_capacity, columns->n_sum_lines + 1,
                                 sizeof *columns->sum_lines)) {
            return mtmi_error_memory(err);
        }
        columns->sum_lines = lines;
        mtmi_rows_place(in->rows, &in->head->rows[i], labels->cell, &columns->sum_lines[columns->n_sum_lines++],
                        &column);
    }
    return MTM_OK;
}

/* All names of figures are years, and all rows are parts of one. */
static int find_parts(const mtmi_inference *in) {
    const mtmi_bound *parts = NULL;
    size_t years = 0, values = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD) {
            if (parts != NULL) {
                return 0;
            }
            parts = bound;
        } else if (bound->role == MTMI_ROLE_VALUE) {
            values++;
            years += bound->has_period && mtmi_period_months(bound->period) == 12;
        }
    }
    if (parts == NULL || values == 0 || years != values || parts->part == MTMI_PART_YEAR) {
        return 0;
    }
    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (row->code == 0 && row->n_cells == in->header->n_names && row->n_filled > 1 &&
            !mtmi_row_lacks_year(row, parts->cell)) {
            return 0;
        }
    }
    return 1;
}

mtm_status mtmi_columns_sections(const mtmi_inference *in, mtm_error *err) {
    int dated = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        dated |= bound->role == MTMI_ROLE_PERIOD || bound->role == MTMI_ROLE_PERIOD_START || bound->has_period;
    }
    in->columns->parts_down = find_parts(in);
    find_sections(in, dated);
    return find_sums(in, err);
}
