/* Settles the order of day and month in columns of dates that do not say it. A day above 12 proves it where no cell
 * contradicts. Dates with full stops have their day first where nothing speaks against it: so has every locale of Unicode
 * CLDR that writes short dates with them and ends in the year. Others are refused. */
#include "base/error.h"
#include "base/try.h"
#include "period/period.h"
#include "read/table/columns_internal.h"

#include <string.h>

enum { DMY = 1, MDY = 2 };

static int is_dated(const mtmi_bound *bound) {
    return bound->role == MTMI_ROLE_PERIOD || bound->role == MTMI_ROLE_PERIOD_START ||
           bound->role == MTMI_ROLE_PERIOD_END || bound->role == MTMI_ROLE_RELEASE;
}

static int is_declared(const mtmi_inference *in, const mtmi_bound *bound) {
    return bound->field != NULL ? bound->field->date_order_given : in->resource->date_order_given;
}

/* Which order alone makes a date of the cell; 0 where both do, or none. *dates counts cells that ask for one. */
static int order_of(const mtmi_row *row, size_t column, size_t *dates) {
    mtmi_period_label dmy, mdy;

    if (!mtmi_row_is_doubtful(row, column)) {
        return 0;
    }
    const mtmi_cell cell = mtmi_row_cell(row, column);
    ++*dates;
    mtmi_period_read(cell.text, cell.length, DMY, &dmy);
    mtmi_period_read(cell.text, cell.length, MDY, &mdy);
    if ((dmy.outcome == MTMI_PERIOD_OK) == (mdy.outcome == MTMI_PERIOD_OK)) {
        return 0;
    }
    return dmy.outcome == MTMI_PERIOD_OK ? DMY : MDY;
}

/* "01.07.2024" */
static int has_stops(mtmi_cell cell) {
    mtmi_period_label label;
    size_t stops = 0;
    for (size_t i = 0; i < cell.length; i++) {
        stops += cell.text[i] == '.';
    }
    mtmi_period_read(cell.text, cell.length, DMY, &label);
    return stops == 2 && label.outcome == MTMI_PERIOD_OK;
}

static mtm_status note_order(const mtmi_inference *in, const mtmi_bound *bound, const mtmi_row *row,
                             const char *expected, int order, mtm_error *err) {
    mtmi_cell cell = row->trimmed[bound->cell];
    mtmi_diagnostic_input said = {0};

    if (in->log == NULL) {
        return MTM_OK;
    }
    said.code = MTMI_CODE_DATE_ORDER;
    said.found = cell.text;
    said.found_size = cell.length;
    said.expected = expected;
    said.hint = order == DMY ? "say dateOrder dmy" : "say dateOrder mdy";
    said.text = row->record;
    said.text_size = row->record_size;
    mtmi_rows_place(in->rows, row, bound->cell, &said.line, &said.column);
    return mtmi_check_add(in->log, &said, err);
}

static mtm_status prove(const mtmi_inference *in, mtmi_bound *bound, mtm_error *err) {
    const mtmi_row *proof = NULL, *first = NULL;
    size_t dates = 0, stops = 0;
    int orders = 0;

    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (row->code != 0 || row->n_cells != in->header->n_names) {
            continue;
        }
        const size_t before = dates;
        int order = order_of(row, bound->cell, &dates);
        first = first == NULL && dates > 0 ? row : first;
        stops += dates > before && has_stops(mtmi_row_cell(row, bound->cell));
        proof = orders == 0 && order != 0 ? row : proof;
        orders |= order;
    }
    if (dates > 0 && stops == dates && (orders == 0 || (orders == DMY && dates < 2))) {
        bound->order = DMY;
        return note_order(in, bound, first,
                          "a declared order of dates; where they are written with full stops, the day stands first",
                          DMY, err);
    }
    if ((orders != DMY && orders != MDY) || dates < 2) {
        return MTM_OK; /* one date alone proves nothing about a column */
    }
    bound->order = orders;
    return note_order(in, bound, proof,
                      orders == DMY ? "a declared order of dates; this one proves that the day stands first"
                                    : "a declared order of dates; this one proves that the month stands first",
                      orders, err);
}

/* Whether the name of a column is a date in one order or both; the orders that alone make one of it are added. */
static int is_named_by_date(const mtmi_bound *bound, int *orders) {
    const size_t length = strlen(bound->name);
    mtmi_period_label label, dmy, mdy;

    if (bound->order != 0 || !mtmi_bound_open(bound)) {
        return 0;
    }
    mtmi_period_read(bound->name, length, 0, &label);
    mtmi_period_read(bound->name, length, DMY, &dmy);
    mtmi_period_read(bound->name, length, MDY, &mdy);
    const int is_dmy = dmy.outcome == MTMI_PERIOD_OK, is_mdy = mdy.outcome == MTMI_PERIOD_OK;
    *orders |= is_dmy == is_mdy ? 0 : is_dmy ? DMY : MDY;
    return label.outcome == MTMI_PERIOD_AMBIGUOUS && (is_dmy || is_mdy);
}

/* "01.01.2024", "13.03.2024" as names of columns: one order for all of them. */
void mtmi_columns_header_dates(const mtmi_inference *in) {
    size_t dates = 0, stops = 0;
    int orders = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        const int is_date = is_named_by_date(bound, &orders);
        dates += (size_t)is_date;
        stops += is_date && has_stops((mtmi_cell){bound->name, strlen(bound->name), 0});
    }
    orders = orders == 0 && stops == dates ? DMY : orders;
    for (size_t i = 0; i < in->columns->n && (orders == DMY || orders == MDY); i++) {
        int own = 0;
        if (is_named_by_date(&in->columns->at[i], &own)) {
            in->columns->at[i].order = orders;
        }
    }
}

mtm_status mtmi_columns_dates(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (is_dated(bound) && bound->order == 0 && !is_declared(in, bound)) {
            MTMI_CHECK_STATUS(prove(in, bound, err));
        }
    }
    return MTM_OK;
}
