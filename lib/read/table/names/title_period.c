/* Dates all figures of a table that has no column of periods: by the names of its columns, by its titles, by the name of its sheet or
 * file. One place says the period, and no other contradicts it; else the table stays without. */
#include "read/table/columns_internal.h"

#include "codelist/unit.h"
#include "read/table/period_name.h"

#include <string.h>

static mtm_status note_period(const mtmi_inference *in, const mtmi_row *row, size_t cell, const char *found,
                              size_t size, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    if (in->log == NULL) {
        return MTM_OK;
    }
    said.code = MTMI_CODE_YEAR_ABOVE;
    said.found = found;
    said.found_size = size;
    said.expected = "a column of the period; the only one that is said here is that of all figures";
    said.hint = "give the fields of the schema a period, if it is another one";
    mtmi_rows_place(in->rows, row, cell, &said.line, &said.column);
    return mtmi_check_add(in->log, &said, err);
}

static void date_column(mtmi_bound *bound, const mtmi_period_label *label) {
    bound->has_period = 1;
    bound->period = label->period;
    bound->cumulative = label->cumulative;
}

/* "Выдано разрешений в 2023 году": 1 when every column of figures says a period so. */
static int date_by_names(const mtmi_inference *in, const mtmi_bound **first) {
    mtmi_period_label label;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE && !bound->has_period &&
            !mtmi_period_within(bound->name, strlen(bound->name), bound->order, &label)) {
            return 0;
        }
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE && !bound->has_period) {
            *first = *first == NULL ? bound : *first;
            (void)mtmi_period_within(bound->name, strlen(bound->name), bound->order, &label);
            date_column(bound, &label);
        }
    }
    return *first != NULL;
}

const mtmi_row *mtmi_columns_dated_title(const mtmi_inference *in, mtmi_period_label *label, size_t *at) {
    const mtmi_row *from = NULL;

    for (size_t i = 0; i < in->header->first; i++) {
        const mtmi_row *row = &in->head->rows[i];
        for (size_t k = 0; row->code == 0 && k < row->n_cells; k++) {
            mtmi_period_label other;
            mtmi_unit unit;
            const mtmi_cell whole = row->trimmed[k];
            const mtmi_cell title = {whole.text, mtmi_unit_cut(whole.text, whole.length), 0};
            if (!mtmi_period_may_be_in(title.text, title.length) || mtmi_unit_read(whole.text, whole.length, &unit)) {
                continue; /* "1000 persons" is no period */
            }
            if (!mtmi_period_within(title.text, title.length, 0, &other) ||
                (from != NULL && !mtmi_period_same(other.period, label->period))) {
                return NULL;
            }
            *label = from == NULL ? other : *label;
            *at = from == NULL ? k : *at;
            from = from == NULL ? row : from;
        }
    }
    return from;
}

/* Whether the titles above the table say no period of any kind. */
static int are_titles_undated(const mtmi_inference *in) {
    for (size_t i = 0; i < in->header->first; i++) {
        const mtmi_row *row = &in->head->rows[i];
        for (size_t k = 0; row->code == 0 && k < row->n_cells; k++) {
            mtmi_unit unit;
            const mtmi_cell title = row->trimmed[k];
            if (mtmi_period_may_be_in(title.text, title.length) && !mtmi_unit_read(title.text, title.length, &unit)) {
                return 0;
            }
        }
    }
    return 1;
}

/* The period in the name of the sheet, or else of the file: "2 квартал 2024". A day there may be the one of the export. NULL for
 * none. */
static const char *dated_name(const mtmi_inference *in, size_t *length, mtmi_period_label *label) {
    const char *slash = strrchr(in->rows->name, '/'), *file = slash != NULL ? slash + 1 : in->rows->name;
    const char *names[] = {in->rows->dialect.sheet, file};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *dot = i > 0 ? strrchr(names[i], '.') : NULL;
        *length = dot != NULL ? (size_t)(dot - names[i]) : strlen(names[i]);
        if (mtmi_period_within(names[i], *length, 0, label) && mtmi_period_months(label->period) > 0) {
            return names[i];
        }
    }
    return NULL;
}

static void date_columns(const mtmi_inference *in, const mtmi_period_label *label) {
    for (size_t i = 0; i < in->columns->n; i++) {
        if (in->columns->at[i].role == MTMI_ROLE_VALUE && !in->columns->at[i].has_period) {
            date_column(&in->columns->at[i], label);
        }
    }
}

mtm_status mtmi_columns_title_period(const mtmi_inference *in, mtm_error *err) {
    const mtmi_bound *named = NULL;
    const mtmi_row *from = NULL;
    mtmi_period_label label = {0};
    size_t at = 0;

    if (in->header->n == 0) {
        return MTM_OK;
    }
    if (date_by_names(in, &named)) {
        return note_period(in, &in->head->rows[in->header->first], named->cell, named->name, strlen(named->name), err);
    }
    from = mtmi_columns_dated_title(in, &label, &at);
    if (from == NULL) {
        size_t length = 0;
        const char *name = are_titles_undated(in) ? dated_name(in, &length, &label) : NULL;
        if (name == NULL) {
            return MTM_OK;
        }
        date_columns(in, &label);
        return note_period(in, &in->head->rows[in->header->first], 0, name, length, err);
    }
    date_columns(in, &label);
    return note_period(in, from, at, from->trimmed[at].text, from->trimmed[at].length, err);
}
