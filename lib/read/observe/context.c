/* Completes the cells of a row by what the rows above say: a label that stands once for several rows, a year above
 * its months. Tells rows that head others, and are no data. Invariant: figures are never completed. */
#include "base/error.h"
#include "base/text.h"
#include "read/observe/observe_internal.h"
#include "read/table/legend.h"
#include "read/table/period_name.h"
#include "read/table/sections/section_label.h"

#include <string.h>

/* Cells that repeat the label above; the label is kept, since rows are lent. */
static int fill_cell(mtmi_observer *observer, size_t column) {
    mtmi_column_state *memory = &observer->file.memory[column];
    mtmi_cell *cell = &observer->current.cells[column];

    if (cell->length > 0) {
        mtmi_buffer_clear(&memory->above);
        mtmi_buffer_add(&memory->above, cell->text, cell->length);
        return !memory->above.failed;
    }
    if (memory->above.size > 0) {
        cell->text = memory->above.data;
        cell->length = memory->above.size;
    }
    return 1;
}

static int has_no_figures(const mtmi_observer *observer) {
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        if (observer->file.columns->at[i].role == MTMI_ROLE_VALUE && observer->current.cells[i].length > 0) {
            return 0;
        }
    }
    return 1;
}

/* A row that says nothing of itself may be the total of all others. */
static int has_label(const mtmi_observer *observer) {
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        mtmi_role role = observer->file.columns->at[i].role;
        if ((role == MTMI_ROLE_PERIOD || role == MTMI_ROLE_DIMENSION || role == MTMI_ROLE_INDICATOR) &&
            observer->current.cells[i].length > 0) {
            return 1;
        }
    }
    return 0;
}

/* The only cell of the row that has something, where it is a label or a period; NULL for other rows. */
static const mtmi_bound *only_label(const mtmi_observer *observer) {
    const mtmi_bound *only = NULL;

    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (observer->current.cells[i].length == 0) {
            continue;
        }
        if (only != NULL) {
            return NULL;
        }
        only = bound;
    }
    return only;
}

static int year_of(mtmi_cell cell) {
    mtmi_period_label label;
    int year, month, day;

    mtmi_period_read(cell.text, cell.length, 0, &label);
    if (label.outcome != MTMI_PERIOD_OK || mtmi_period_months(label.period) != 12) {
        return 0;
    }
    mtmi_day_split(label.period.first, &year, &month, &day);
    return month == 1 ? year : 0;
}

static mtmi_row_outcome head(mtmi_observer *observer, const mtmi_bound *bound, const char *expected, mtm_error *err) {
    observer->current.verdict->outcome = MTM_ROWS_NOT_DATA;
    observer->current.n_notes = 0;
    mtmi_observe_note(observer, bound, MTMI_CODE_HEADING, expected, "");
    return mtmi_observe_status(observer, mtmi_observe_say_notes(observer, err));
}

/* "Внутренняя миграция" above arrivals and departures: a label of its own, or the total. */
static int take_words(mtmi_observer *observer, const char *dimension, mtmi_cell cell, mtm_error *err) {
    const mtmi_label_rules rules = {.dimension = dimension};
    mtmi_label label;

    while (cell.length > 0 && cell.text[cell.length - 1] == ':') {
        cell.length--;
    }
    mtmi_label_read(&rules, cell.text, cell.length, &label);
    observer->current.failure = MTM_OK;
    if (observer->builder != NULL) {
        observer->current.failure = mtmi_builder_add_dimension(
            observer->builder, dimension, mtmi_dimension_list(dimension), &observer->file.section_dimension, err);
    }
    if (observer->builder != NULL && observer->current.failure == MTM_OK) {
        observer->current.failure = mtmi_observe_add_label(observer, observer->file.section_dimension, &label, NULL,
                                                           observer->current.row->line, &observer->file.section, err);
    }
    return 1;
}

/* The rows below are of this member. */
static int set_section(mtmi_observer *observer, const char *dimension, int32_t member, mtm_error *err) {
    const mtm_codelist *list = mtmi_dimension_list(dimension);

    if (observer->builder == NULL) {
        return 1;
    }
    observer->current.failure =
        mtmi_builder_add_dimension(observer->builder, dimension, list, &observer->file.section_dimension, err);
    if (observer->current.failure == MTM_OK) {
        observer->current.failure = mtmi_builder_add_member(observer->builder, observer->file.section_dimension,
                                                            MTM_MEMBER_CODE, mtm_codelist_code(list, (size_t)member),
                                                            member, NULL, 0, &observer->file.section, err);
    }
    return 1;
}

/* "1. Прибыло, человек" above a table whose header comes again. */
static int take_title(mtmi_observer *observer, const struct mtmi_table_title *title, mtm_error *err) {
    const char *dimension = observer->file.columns->section;

    observer->current.failure = MTM_OK;
    if (dimension != NULL) {
        const mtmi_cell own = mtmi_row_cell(observer->current.row, 0);
        return title->member == MTMI_SECTION_BALANCE ? take_words(observer, dimension, own, err)
                                                     : set_section(observer, dimension, title->member, err);
    }
    observer->file.has_section_period = 1;
    observer->file.section_period = title->period;
    return 1;
}

/* "Прибыло" above countries, "2023 год" above regions. 0 when the row says neither. */
static int take_section(mtmi_observer *observer, const mtmi_bound *bound, mtm_error *err) {
    const mtmi_columns *columns = observer->file.columns;
    const char *dimension = columns->section;
    mtmi_cell cell = mtmi_observe_cell(observer, bound);
    const int is_word = dimension != NULL && strcmp(dimension, MTMI_SECTION_OF_WORDS) == 0;
    int32_t member = dimension != NULL && !is_word ? mtmi_section_member(dimension, cell) : -1;

    if (columns->n_titles > 0) {
        const struct mtmi_table_title *title = mtmi_columns_title(columns, observer->current.row->line);
        return title != NULL && take_title(observer, title, err);
    }
    if (dimension == NULL) {
        observer->file.has_section_period = mtmi_section_period(cell, &observer->file.section_period);
        return observer->file.has_section_period;
    }
    if (is_word || mtmi_section_is_balance(dimension, cell)) {
        return take_words(observer, dimension, cell, err);
    }
    return member >= 0 && set_section(observer, dimension, member, err);
}

/* Rows that head others; DONE and a verdict of NOT_DATA where it is one. */
static mtmi_row_outcome take_heading(mtmi_observer *observer, const mtmi_bound *only, mtm_error *err) {
    const mtmi_columns *columns = observer->file.columns;
    mtmi_cell cell = mtmi_observe_cell(observer, only);

    if (only->years_head && year_of(cell) > 0) {
        return head(observer, only, "a row of data; it is the year of the rows below it", err);
    }
    if (only->cell == columns->section_cell && take_section(observer, only, err)) {
        return observer->current.failure != MTM_OK
                   ? MTMI_ROW_FAILED
                   : head(observer, only, "a row of data; it is what the rows below it are about", err);
    }
    if (only->role == MTMI_ROLE_DIMENSION && mtmi_section_heads_parts(cell)) {
        return head(observer, only, "a row of data; it heads the parts below it", err);
    }
    return MTMI_ROW_DONE;
}

/* "Прибыло - всего" above its parts: it says what the rows below are about, and is the total of them. */
static mtmi_row_outcome take_total(mtmi_observer *observer, mtm_error *err) {
    static const char total[] = "Total";
    const mtmi_bound *bound = &observer->file.columns->at[observer->file.columns->section_cell];

    if (!take_section(observer, bound, err)) {
        return MTMI_ROW_DONE;
    }
    MTMI_ROW_TRY(mtmi_observe_status(observer, observer->current.failure));
    mtmi_observe_note(observer, bound, MTMI_CODE_HEADING,
                      "a label of its own; it says what the rows below it are about, and is their total", "");
    observer->current.cells[bound->cell] = (mtmi_cell){total, sizeof total - 1, 0};
    return MTMI_ROW_DONE;
}

/* Cells as the rows above and the remarks below say. */
static mtmi_row_outcome complete_cells(mtmi_observer *observer, mtm_error *err) {
    const mtmi_columns *columns = observer->file.columns;
    MTMI_ROW_TRY(mtmi_observe_sum_row(observer, err));
    int labelled = has_label(observer), marks = columns->legend != NULL && columns->legend->footnotes;

    for (size_t i = 0; i < columns->n; i++) {
        mtmi_cell *cell = &observer->current.cells[i];
        const int is_all = columns->at[i].role == MTMI_ROLE_DIMENSION && i > observer->current.sum_column;
        if (columns->at[i].fill && labelled && !is_all && !fill_cell(observer, i)) {
            return mtmi_observe_status(observer, mtmi_error_memory(err));
        }
        if (marks && columns->at[i].role == MTMI_ROLE_DIMENSION) {
            cell->length = mtmi_legend_cut(cell->text, cell->length);
        }
    }
    return MTMI_ROW_DONE;
}

/* "Итого" among months: the total over the periods, which is no figure of any of them. Beside a year it is the year. */
static const mtmi_bound *total_of_periods(const mtmi_observer *observer) {
    const int dated = observer->file.parts[0][MTMI_PART_YEAR] != NULL;

    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        const mtmi_cell cell = observer->current.cells[i];
        if (bound->role == MTMI_ROLE_PERIOD && bound->part <= (dated ? MTMI_PART_YEAR : MTMI_PART_MONTH) &&
            (mtmi_columns_is_total(cell) || mtmi_columns_is_total_of_period(cell))) {
            return bound;
        }
    }
    return NULL;
}

static int is_sum_of_indented(const mtmi_observer *observer) {
    const mtmi_columns *columns = observer->file.columns;

    for (size_t i = 0; i < columns->n_sum_lines; i++) {
        if (columns->sum_lines[i] == observer->current.row->line) {
            return 1;
        }
    }
    return 0;
}

static const mtmi_bound *first_label(const mtmi_observer *observer) {
    const mtmi_columns *columns = observer->file.columns;
    size_t i = 0;

    while (i + 1 < columns->n && columns->at[i].role != MTMI_ROLE_DIMENSION) {
        i++;
    }
    return &columns->at[i];
}

mtmi_row_outcome mtmi_observe_context(mtmi_observer *observer, mtm_error *err) {
    const mtmi_columns *columns = observer->file.columns;
    const mtmi_bound *total = observer->settings.resource->microdata ? NULL : total_of_periods(observer);
    if (total != NULL) {
        return head(observer, total, "a row of data; it is the total over the periods", err);
    }
    if (is_sum_of_indented(observer)) {
        return head(observer, first_label(observer), "a row of data; it is the sum of its parts below it", err);
    }
    const mtmi_bound *only = has_no_figures(observer) && columns->n > 1 ? only_label(observer) : NULL;

    for (size_t i = 0; i < columns->n; i++) {
        int year = columns->at[i].years_head ? year_of(observer->current.cells[i]) : 0;
        observer->file.year = year > 0 ? year : observer->file.year;
    }
    if (columns->n_titles > 0 && observer->file.section_dimension < 0 && !observer->file.has_section_period) {
        (void)take_title(observer, &columns->titles[0], err);
        MTMI_ROW_TRY(mtmi_observe_status(observer, observer->current.failure));
    }
    if (only == NULL && columns->section_figures) {
        MTMI_ROW_TRY(take_total(observer, err));
    }
    if (only != NULL) {
        MTMI_ROW_TRY(take_heading(observer, only, err));
        if (observer->current.verdict->outcome == MTM_ROWS_NOT_DATA) {
            return MTMI_ROW_DONE;
        }
    }
    if (observer->file.section_dimension >= 0) {
        observer->current.codes[observer->file.section_dimension] = observer->file.section;
    }
    return complete_cells(observer, err);
}

/* A label without a year, under the year that stands above it. */
void mtmi_observe_year(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell, mtmi_period_label *out) {
    mtmi_named_period named;
    int marks = observer->file.columns->legend != NULL && observer->file.columns->legend->footnotes;
    int above = mtmi_period_of_year(cell.text, cell.length, observer->file.year, bound->order, out);

    if (out->outcome == MTMI_PERIOD_BAD && marks &&
        mtmi_period_name(cell.text, cell.length, observer->file.year, bound->order, &named)) {
        *out = named.label;
        mtmi_observe_note(observer, bound, MTMI_CODE_PERIOD_MARK,
                          "a period without a footnote mark; it is read without it",
                          "look what the footnote says of these figures");
        return;
    }
    if (above && !observer->file.year_said && !bound->years_head) {
        observer->file.year_said = 1;
        mtmi_observe_note(observer, bound, MTMI_CODE_YEAR_ABOVE,
                          "a period with its year; it is the only year that stands above the table",
                          "add a column of years, if it is another one");
    }
}
