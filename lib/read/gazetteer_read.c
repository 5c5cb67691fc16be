/* Reads a list of p-codes as OCHA and HDX write it: Admin Level, P-Code, Name, Parent P-Code, Valid from date. */
#include "read/gazetteer_read.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"
#include "read/container.h"
#include "read/open_file.h"
#include "read/table/header_words.h"

#include <string.h>

enum { CODE, LEVEL, PARENT, FROM, TO, COLUMNS, NOWHERE = -1, HEADERS = 10 };

/* Where the columns are. */
typedef struct gazetteer_columns {
    int at[COLUMNS];
} gazetteer_columns;

static const char *const names[COLUMNS][8] = {
    [CODE] = {"p-code", "pcode", "code", "admin pcode", "location code", "p code"},
    [LEVEL] = {"admin level", "level", "adminlevel", "adm level", "admin_level"},
    [PARENT] = {"parent p-code", "parent pcode", "parent code", "parent", "parent p code"},
    [FROM] = {"valid from date", "valid from", "validon", "from date", "valid on"},
    [TO] = {"valid to date", "valid to", "validto", "to date"},
};

static int find_columns(const mtmi_row *row, gazetteer_columns *out) {
    for (int k = 0; k < COLUMNS; k++) {
        out->at[k] = NOWHERE;
        for (size_t c = 0; c < row->n_cells && out->at[k] == NOWHERE; c++) {
            for (size_t i = 0; names[k][i] != NULL; i++) {
                if (mtmi_name_same(row->cells[c].text, row->cells[c].length, names[k][i], strlen(names[k][i]))) {
                    out->at[k] = (int)c;
                }
            }
        }
    }
    return out->at[CODE] >= 0 && out->at[LEVEL] >= 0 && out->at[PARENT] >= 0;
}

static mtmi_cell cell_of(const mtmi_row *row, int column) {
    static const mtmi_cell nothing = {"", 0, 0};
    mtmi_cell cell = column >= 0 && (size_t)column < row->n_cells ? row->cells[column] : nothing;
    while (cell.length > 0 && (cell.text[0] == ' ' || cell.text[0] == '\t')) {
        cell.text++;
        cell.length--;
    }
    while (cell.length > 0 && (cell.text[cell.length - 1] == ' ' || cell.text[cell.length - 1] == '\t')) {
        cell.length--;
    }
    return cell;
}

static mtm_status refuse(const mtmi_rows *rows, const mtmi_row *row, int column, int code, const char *what,
                         mtm_error *err) {
    int64_t line = row->line, place = 1;
    mtmi_rows_place(rows, row, column >= 0 ? (size_t)column : 0, &line, &place);
    return mtmi_error_set(err, MTM_ERROR_VALUE, code, (mtmi_place){rows->name, line, place}, "%s", what);
}

/* The first or the last day of a date; nothing said is without end. */
static mtm_status read_day(const mtmi_rows *rows, const mtmi_row *row, int column, int last, int32_t *out,
                           mtm_error *err) {
    const mtmi_cell cell = cell_of(row, column);
    mtmi_period_label label;
    if (cell.length == 0) {
        return MTM_OK;
    }
    mtmi_period_read(cell.text, cell.length, 0, &label);
    if (label.outcome != MTMI_PERIOD_OK) {
        return refuse(rows, row, column, MTMI_CODE_PERIOD,
                      "found no date in the list of places, expected one such as 2024-01-31", err);
    }
    *out = last ? label.period.last : label.period.first;
    return MTM_OK;
}

static mtm_status add_place(mtmi_gazetteer *list, const mtmi_rows *rows, const mtmi_row *row,
                            const gazetteer_columns *columns, mtm_error *err) {
    const mtmi_cell code = cell_of(row, columns->at[CODE]), level = cell_of(row, columns->at[LEVEL]),
                    above = cell_of(row, columns->at[PARENT]);
    mtmi_gazetteer_place place = {0, MTMI_MAP_NONE, {INT32_MIN, INT32_MAX}, row->line};
    if (code.length == 0 || code.text[0] == '#') { /* an empty row, or HXL tags */
        return MTM_OK;
    }
    if (level.length != 1 || level.text[0] < '0' || level.text[0] > '9') {
        return refuse(rows, row, columns->at[LEVEL], MTMI_CODE_GAZETTEER_LEVEL,
                      "found no level in the list of places, expected a digit from 0 to 9", err);
    }
    place.level = level.text[0] - '0';
    MTMI_CHECK_STATUS(read_day(rows, row, columns->at[FROM], 0, &place.valid.first, err));
    MTMI_CHECK_STATUS(read_day(rows, row, columns->at[TO], 1, &place.valid.last, err));
    if (above.length > 0) {
        place.parent = mtmi_gazetteer_number(list, above.text, above.length);
        MTMI_CHECK_STATUS(place.parent == MTMI_MAP_NONE ? mtmi_error_memory(err) : MTM_OK);
    }
    const uint32_t number = mtmi_gazetteer_number(list, code.text, code.length);
    MTMI_CHECK_STATUS(number == MTMI_MAP_NONE ? mtmi_error_memory(err) : MTM_OK);
    const mtmi_gazetteer_place *before = &list->places[number];
    if (before->level >= 0 && (before->level != place.level || before->parent != place.parent)) {
        return refuse(
            rows, row, columns->at[CODE], MTMI_CODE_GAZETTEER_PARENT,
            "found a place twice in the list of places, expected one level and one parent; keep the row that holds",
            err);
    }
    list->places[number] = place;
    return MTM_OK;
}

static mtm_status read_places(mtmi_rows *rows, mtmi_gazetteer *list, mtm_error *err) {
    gazetteer_columns columns;
    mtmi_row row;
    int got = 1, found = 0;
    for (int64_t n = 0; got; n++) {
        MTMI_CHECK_STATUS(rows->next(rows, &row, &got, err));
        if (!got || row.code != 0) {
            continue;
        }
        if (found) {
            MTMI_CHECK_STATUS(add_place(list, rows, &row, &columns, err));
        } else {
            found = find_columns(&row, &columns);
            if (!found && n >= HEADERS) {
                break;
            }
        }
    }
    return found ? MTM_OK
                 : mtmi_error_set(
                       err, MTM_ERROR_STRUCTURE, MTMI_CODE_HEADER, (mtmi_place){rows->name, 1, 1},
                       "found no header of a list of places, expected columns Admin Level, P-Code and Parent P-Code");
}

mtm_status mtmi_gazetteer_read(mtmi_descriptor *descriptor, const mtm_read_options *options, mtm_error *err) {
    mtmi_source **sources = NULL;
    mtmi_rows *rows = NULL;
    size_t n = 0;
    mtm_status status = MTM_OK;
    if (descriptor->gazetteer == NULL) {
        return MTM_OK;
    }
    const mtmi_limits limits = mtmi_limits_of(options);
    descriptor->places = mtmi_memory_new(1, sizeof *descriptor->places);
    MTMI_TRY(descriptor->places == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_descriptor_open(descriptor, descriptor->gazetteer, options->max_expansion, &sources, &n, err));
    for (size_t i = 0; i < n; i++) {
        MTMI_TRY(mtmi_rows_open(descriptor->gazetteer, sources[i], &limits, NULL, &rows, err));
        MTMI_TRY(read_places(rows, descriptor->places, err));
        mtmi_rows_free(rows);
        rows = NULL;
    }
    for (size_t i = 0; i < descriptor->n_resources; i++) {
        descriptor->resources[i]->gazetteer = descriptor->places;
    }
out:
    mtmi_rows_free(rows);
    mtmi_sources_free(sources, n);
    return status;
}
