/* What rows above say of the row at hand: a label that stands once for several rows, a year above its months, a row that heads
 * others and is no data. What comes in: a row. What goes out: its cells completed, or that it is a heading. It reads no figures. */
#include "base/error.h"
#include "base/text.h"
#include "read/observe/observe_internal.h"
#include "read/table/legend.h"
#include "read/table/period_name.h"

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

/* "of which:", "в том числе". */
static int heads_parts(mtmi_cell cell) {
    char text[128];
    size_t n = mtmi_text_normalise(cell.text, cell.length, text, sizeof text);

    if (n == 0 || n >= sizeof text) {
        return 0;
    }
    while (n > 0 && (text[n - 1] == ':' || text[n - 1] == ' ')) {
        text[--n] = '\0';
    }
    return mtmi_phrase_is(MTMI_PHRASE_OF_WHICH, text);
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

mtmi_row_outcome mtmi_observe_context(mtmi_observer *observer, mtm_error *err) {
    const mtmi_columns *columns = observer->file.columns;
    int labelled = has_label(observer);
    const mtmi_bound *only = has_no_figures(observer) && columns->n > 1 ? only_label(observer) : NULL;

    for (size_t i = 0; i < columns->n; i++) {
        int year = columns->at[i].years_head ? year_of(observer->current.cells[i]) : 0;
        observer->file.year = year > 0 ? year : observer->file.year;
    }
    if (only != NULL && only->years_head && year_of(observer->current.cells[only->cell]) > 0) {
        return head(observer, only, "a row of data; it is the year of the rows below it", err);
    }
    if (only != NULL && only->role == MTMI_ROLE_DIMENSION && heads_parts(observer->current.cells[only->cell])) {
        return head(observer, only, "a row of data; it heads the parts below it", err);
    }
    for (size_t i = 0; i < columns->n; i++) {
        if (columns->at[i].fill && labelled && !fill_cell(observer, i)) {
            return mtmi_observe_status(observer, mtmi_error_memory(err));
        }
        if (columns->legend != NULL && columns->legend->footnotes && columns->at[i].role == MTMI_ROLE_DIMENSION) {
            mtmi_cell *cell = &observer->current.cells[i];
            cell->length = mtmi_legend_cut(cell->text, cell->length);
        }
    }
    return MTMI_ROW_DONE;
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
