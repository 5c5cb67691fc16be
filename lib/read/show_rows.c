/* Keeps rows to be seen, with what each cell was taken for. It decides nothing: it repeats what the reader made of the
 * row. */
#include "base/error.h"
#include "base/try.h"
#include "codelist/match.h"
#include "read/table/period_name.h"
#include "read/table_reader_internal.h"

#include <string.h>

/* "_T" in any dimension: the column counts what its neighbours count. */
static int is_total_column(const mtmi_bound *bound) {
    for (size_t i = 0; i < bound->n_members; i++) {
        if (strcmp(bound->members[i].value, "_T") == 0) {
            return 1;
        }
    }
    return 0;
}

static mtmi_cell_class class_of_column(const mtmi_bound *bound) {
    switch (bound->role) {
    case MTMI_ROLE_PERIOD:
    case MTMI_ROLE_PERIOD_START:
    case MTMI_ROLE_PERIOD_END: return MTMI_CELL_PERIOD;
    case MTMI_ROLE_VALUE: return is_total_column(bound) ? MTMI_CELL_TOTAL : MTMI_CELL_FIGURE;
    case MTMI_ROLE_COUNT: return MTMI_CELL_FIGURE;
    case MTMI_ROLE_DIMENSION:
    case MTMI_ROLE_INDICATOR:
    case MTMI_ROLE_BIRTH_YEAR:
    case MTMI_ROLE_BIRTH_DATE:
    case MTMI_ROLE_ID: return MTMI_CELL_LABEL;
    case MTMI_ROLE_UNIT: return MTMI_CELL_UNIT;
    case MTMI_ROLE_RELEASE:
    case MTMI_ROLE_EDITION:
    case MTMI_ROLE_STATUS:
    case MTMI_ROLE_SOURCE:
    case MTMI_ROLE_NOTE: return MTMI_CELL_NOTE;
    default:
        return bound->part == MTMI_PART_MULTIPLIER ? MTMI_CELL_UNIT
               : bound->twin > 0                   ? MTMI_CELL_LABEL
                                                   : MTMI_CELL_OTHER;
    }
}

static const mtmi_bound *column_at(const mtmi_reading *reading, size_t cell) {
    for (size_t i = 0; i < reading->columns.n; i++) {
        if (reading->columns.at[i].cell == cell) {
            return &reading->columns.at[i];
        }
    }
    return NULL;
}

/* A name that is a period, or the part of one that stands in this row of the header. */
static int is_period_name(const mtmi_reading *reading, const mtmi_row *row, size_t cell) {
    const mtmi_bound *bound = column_at(reading, cell);
    mtmi_named_period named;

    if (bound == NULL || bound->role != MTMI_ROLE_VALUE || !bound->has_period) {
        return 0;
    }
    return reading->header.n == 1 || mtmi_row_is_period(row, cell) || mtmi_cell_lacks_year(row->trimmed[cell]) ||
           mtmi_period_name(row->trimmed[cell].text, row->trimmed[cell].length, 0, 0, &named);
}

/* Of a row that is no data, whose only cell heads the rows below it. */
static mtmi_cell_class class_of_heading(const mtmi_reading *reading, const mtmi_row *row, size_t cell) {
    if (row->n_filled != 1) {
        return MTMI_CELL_NOTE;
    }
    if (cell == reading->columns.section_cell && reading->columns.section != NULL) {
        return MTMI_CELL_LABEL;
    }
    return mtmi_row_is_period(row, cell) ? MTMI_CELL_PERIOD : MTMI_CELL_NOTE;
}

/* units: the row says the units of the columns. */
static mtmi_cell_class class_of_cell(const mtmi_reading *reading, const mtmi_row *row, size_t cell,
                                     mtmi_shown_kind kind, int units) {
    const mtmi_bound *bound;

    if (row->trimmed[cell].length == 0) {
        return MTMI_CELL_BLANK;
    }
    switch (kind) {
    case MTMI_SHOWN_HEADER:
        return units ? MTMI_CELL_UNIT : is_period_name(reading, row, cell) ? MTMI_CELL_PERIOD : MTMI_CELL_HEADER;
    case MTMI_SHOWN_APART: return class_of_heading(reading, row, cell);
    case MTMI_SHOWN_UNREAD: return MTMI_CELL_BLANK; /* nobody knows */
    default: bound = column_at(reading, cell); return bound != NULL ? class_of_column(bound) : MTMI_CELL_OTHER;
    }
}

static mtm_status add_row(mtmi_reading *reading, const mtmi_row *row, const mtmi_shown_row *shown, int units,
                          mtm_error *err) {
    mtmi_check_file *file = mtmi_check_at_file(reading->log);
    int kept = 0, whole = mtmi_picture_row(&file->picture, shown, &kept);

    if (kept && whole && row->code != 0) { /* it could not be cut into cells */
        whole = mtmi_picture_cell(&file->picture, row->record, row->record_size, MTMI_CELL_BLANK);
    }
    for (size_t i = 0; kept && whole && row->code == 0 && i < row->n_cells && i < MTMI_PICTURE_CELLS; i++) {
        const mtmi_cell *cell = &row->trimmed[i];
        whole = mtmi_picture_cell(&file->picture, cell->text, cell->length,
                                  class_of_cell(reading, row, i, shown->kind, units));
    }
    return whole ? MTM_OK : mtmi_error_memory(err);
}

static int is_shown(const mtmi_reading *reading) {
    const mtmi_check_file *file = reading->log == NULL ? NULL : mtmi_check_at_file(reading->log);
    return file != NULL && file->picture.most > 0;
}

mtm_status mtmi_reading_show(mtmi_reading *reading, const mtmi_row *row, mtmi_shown_kind kind, size_t wrong,
                             mtm_error *err) {
    mtmi_shown_row shown = {.line = row->line, .all = row->n_cells, .kind = kind, .wrong = -1};

    if (!is_shown(reading)) {
        return MTM_OK;
    }
    if (kind == MTMI_SHOWN_DATA) {
        shown.place = mtmi_observer_places(reading->observer);
    }
    shown.all = row->code != 0 ? 1 : shown.all;
    if (kind == MTMI_SHOWN_REFUSED && wrong < row->n_cells) {
        shown.wrong = (int)wrong;
    }
    shown.kind = row->code == 0 && row->n_filled == 0 && kind != MTMI_SHOWN_REFUSED ? MTMI_SHOWN_BLANK : kind;
    return add_row(reading, row, &shown, 0, err);
}

mtm_status mtmi_reading_show_head(mtmi_reading *reading, size_t number, mtm_error *err) {
    const mtmi_row *row = &reading->head.rows[number];
    int is_header = number >= reading->header.first && reading->header.n > 0;
    mtmi_shown_row shown = {.line = row->line, .all = row->n_cells, .wrong = -1};

    if (!is_shown(reading)) {
        return MTM_OK;
    }
    shown.kind = row->n_filled == 0 ? MTMI_SHOWN_BLANK : is_header ? MTMI_SHOWN_HEADER : MTMI_SHOWN_APART;
    return add_row(reading, row, &shown, number == reading->header.units, err);
}

mtm_status mtmi_reading_show_unread(mtmi_reading *reading, mtm_error *err) {
    for (size_t i = 0; i < reading->head.n && is_shown(reading); i++) {
        MTMI_CHECK_STATUS(mtmi_reading_show(reading, &reading->head.rows[i], MTMI_SHOWN_UNREAD, SIZE_MAX, err));
    }
    return MTM_OK;
}
