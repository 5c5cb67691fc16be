/* Reads a sheet row by row. The parser is suspended while a row is used, so that a sheet of any length needs the memory
 * of one row. */
#include "read/xlsx/xlsx_sheet.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/xlsx/xlsx_cells.h"
#include "read/xlsx/xlsx_text.h"
#include "read/xlsx/xlsx_xml.h"

#include <string.h>

typedef enum cell_type {
    TYPE_NUMBER = 0,
    TYPE_SHARED,
    TYPE_INLINE,
    TYPE_FORMULA_TEXT,
    TYPE_BOOLEAN,
    TYPE_ERROR,
    TYPE_DATE
} cell_type;

struct mtmi_sheet_reader {
    mtmi_sheet_settings settings;
    mtmi_xml *xml;
    mtmi_sheet_row row;
    int64_t last_row, column;
    /* the cell at hand */
    cell_type type;
    mtmi_shown shown;
    int in_cell, in_value, in_formula, in_text, in_phonetic, has_formula;
    mtmi_buffer value, formula;
};

const char *mtmi_xlsx_place(const char *text, int64_t *row, int64_t *column) {
    const char *at = text;
    *row = *column = 0;
    for (; *at == '$' || (*at >= 'A' && *at <= 'Z'); at++) {
        *column = *at == '$' ? *column : *column * 26 + (*at - 'A' + 1);
        if (*column > MTMI_SHEET_COLUMNS) {
            return NULL;
        }
    }
    for (at += *at == '$'; *at >= '0' && *at <= '9'; at++) {
        *row = *row * 10 + (*at - '0');
        if (*row > MTMI_SHEET_ROWS) {
            return NULL;
        }
    }
    return *row > 0 && *column > 0 ? at : NULL;
}

static void refuse_sheet(mtmi_sheet_reader *in, const char *found) {
    mtmi_xml_refuse(in->xml, MTM_ERROR_STRUCTURE, found, "a sheet as spreadsheet programs save it");
}

static void refuse_limit(mtmi_sheet_reader *in, const char *found, const char *expected) {
    mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, found, expected);
}

/* ---- beginnings ---- */

static void start_row(mtmi_sheet_reader *in, const char **attributes) {
    const char *number = mtmi_xml_attribute(attributes, "r");
    in->row.number = number != NULL ? mtmi_xlsx_number(number, 0) : in->last_row + 1;
    if (in->row.number <= in->last_row) {
        refuse_sheet(in, "rows whose numbers do not rise");
    } else if (in->row.number > MTMI_SHEET_ROWS) {
        refuse_limit(in, "a row beyond number 1048576", "no more rows than a sheet can have");
    }
    in->last_row = in->row.number;
    in->column = 0;
    in->row.n = 0;
    mtmi_buffer_clear(&in->row.text);
}

static cell_type type_of(const char *t) {
    static const char *const names[] = {"n", "s", "inlineStr", "str", "b", "e", "d"};
    for (size_t i = 0; t != NULL && i < sizeof names / sizeof *names; i++) {
        if (strcmp(t, names[i]) == 0) {
            return (cell_type)i;
        }
    }
    return TYPE_NUMBER;
}

static void start_cell(mtmi_sheet_reader *in, const char **attributes) {
    const char *place = mtmi_xml_attribute(attributes, "r"), *style = mtmi_xml_attribute(attributes, "s");
    int64_t row = in->row.number, column = in->column + 1;
    if (place != NULL &&
        (mtmi_xlsx_place(place, &row, &column) == NULL || row != in->row.number || column <= in->column)) {
        refuse_sheet(in, "cells out of their row or order");
    }
    int64_t index = style != NULL ? mtmi_xlsx_number(style, -1) : 0;
    const mtmi_styles *styles = in->settings.styles;
    in->column = column;
    in->type = type_of(mtmi_xml_attribute(attributes, "t"));
    in->shown = index >= 0 && (size_t)index < styles->n ? (mtmi_shown)styles->shown[index] : MTMI_SHOWN_NUMBER;
    in->in_cell = 1;
    in->has_formula = 0;
    mtmi_buffer_clear(&in->value);
    mtmi_buffer_clear(&in->formula);
}

static void on_start(void *data, const char *name, const char **attributes) {
    mtmi_sheet_reader *in = data;
    if (strcmp(name, "row") == 0) {
        start_row(in, attributes);
    } else if (strcmp(name, "c") == 0 && in->row.number > 0) {
        start_cell(in, attributes);
    } else if (!in->in_cell) {
        return;
    } else if (strcmp(name, "v") == 0) {
        in->in_value = 1;
    } else if (strcmp(name, "f") == 0) {
        in->in_formula = in->has_formula = 1;
    } else if (strcmp(name, "t") == 0) {
        in->in_text = in->type == TYPE_INLINE;
    } else if (strcmp(name, "rPh") == 0) {
        in->in_phonetic++;
    }
}

static void on_text(void *data, const char *text, size_t size) {
    mtmi_sheet_reader *in = data;
    mtmi_buffer *out = in->in_formula ? &in->formula : &in->value;
    if (!in->in_value && !in->in_formula && !(in->in_text && in->in_phonetic == 0)) {
        return;
    }
    if (out->size + size > in->settings.max_field) {
        refuse_limit(in, "a cell of more bytes than the limit max_field allows", "shorter cells, or a higher limit");
        return;
    }
    mtmi_buffer_add(out, text, size);
}

/* ---- ends ---- */

static mtmi_cell_kind write_number(mtmi_sheet_reader *in) {
    int64_t year = mtmi_xlsx_number(in->value.data, 0);
    mtmi_xlsx_value(in->value.data, in->value.size, in->shown, in->settings.from_1904, &in->row.text);
    return in->shown >= MTMI_SHOWN_DATE || (year >= 1900 && year <= 2199) ? MTMI_SHEET_MARK : MTMI_SHEET_FIGURE;
}

static mtmi_cell_kind write_shared(mtmi_sheet_reader *in) {
    size_t size = 0;
    int64_t index = mtmi_xlsx_number(in->value.data, -1);
    const char *text = index >= 0 ? mtmi_strings_get(in->settings.strings, (uint64_t)index, &size) : NULL;
    if (text == NULL) {
        refuse_sheet(in, "a cell that names a shared text which is not there");
        return MTMI_SHEET_TEXT;
    }
    mtmi_buffer_add(&in->row.text, text, size);
    return MTMI_SHEET_TEXT;
}

static mtmi_cell_kind write_cell(mtmi_sheet_reader *in) {
    mtmi_buffer *out = &in->row.text;
    if (in->value.size == 0) {
        /* A formula whose value was never computed: no column of figures takes its text. */
        if (in->has_formula && in->type != TYPE_FORMULA_TEXT) {
            mtmi_buffer_char(out, '=');
            mtmi_buffer_add(out, in->formula.data, in->formula.size);
        }
        return MTMI_SHEET_TEXT;
    }
    switch (in->type) {
    case TYPE_NUMBER: return write_number(in);
    case TYPE_SHARED: return write_shared(in);
    case TYPE_BOOLEAN: mtmi_buffer_text(out, strcmp(in->value.data, "0") == 0 ? "FALSE" : "TRUE"); break;
    case TYPE_INLINE:
    case TYPE_FORMULA_TEXT:
        mtmi_buffer_add(out, in->value.data, mtmi_xlsx_unescape(in->value.data, in->value.size));
        break;
    case TYPE_ERROR:
    case TYPE_DATE: mtmi_buffer_add(out, in->value.data, in->value.size); break;
    }
    return in->type == TYPE_DATE ? MTMI_SHEET_MARK : MTMI_SHEET_TEXT;
}

/* Spaces alone are no value: they are how people empty a cell. */
static int is_blank(const char *text, size_t size) {
    mtmi_text_trim(text, &size);
    return size == 0;
}

static void end_cell(mtmi_sheet_reader *in) {
    mtmi_sheet_row *row = &in->row;
    void *cells = row->cells;
    size_t start = row->text.size;
    mtmi_cell_kind kind = write_cell(in);
    in->in_cell = 0;
    if (row->text.failed || in->value.failed || in->formula.failed) {
        mtmi_xml_no_memory(in->xml);
        return;
    }
    if (row->text.size == start || is_blank(row->text.data + start, row->text.size - start)) {
        row->text.size = start;
        return;
    }
    if ((uint64_t)in->column > in->settings.max_columns) {
        refuse_limit(in, "a cell beyond the limit max_columns", "fewer columns, or a higher limit");
        return;
    }
    if (row->text.size > in->settings.max_record) {
        refuse_limit(in, "a row of more bytes than the limit max_record allows", "shorter rows, or a higher limit");
        return;
    }
    if (!mtmi_memory_reserve(&cells, &row->capacity, row->n + 1, sizeof *row->cells)) {
        mtmi_xml_no_memory(in->xml);
        return;
    }
    row->cells = cells;
    row->cells[row->n++] = (mtmi_sheet_cell){in->column, start, row->text.size - start, kind};
}

static void on_end(void *data, const char *name) {
    mtmi_sheet_reader *in = data;
    if (strcmp(name, "v") == 0) {
        in->in_value = 0;
    } else if (strcmp(name, "f") == 0) {
        in->in_formula = 0;
    } else if (strcmp(name, "t") == 0) {
        in->in_text = 0;
    } else if (strcmp(name, "rPh") == 0) {
        in->in_phonetic = 0;
    } else if (strcmp(name, "c") == 0 && in->in_cell) {
        end_cell(in);
    } else if (strcmp(name, "row") == 0 && in->row.n > 0) {
        mtmi_xml_pause(in->xml);
    }
}

/* ---- the reader ---- */

mtm_status mtmi_sheet_open(mtmi_xlsx_archive *archive, const mtmi_sheet_settings *settings, mtmi_sheet_reader **out,
                           mtm_error *err) {
    static const mtmi_xml_handler handler = {on_start, on_end, on_text};
    mtmi_sheet_reader *reader = mtmi_memory_new(1, sizeof *reader);
    *out = NULL;
    if (reader == NULL) {
        return mtmi_error_memory(err);
    }
    reader->settings = *settings;
    mtm_status status = mtmi_xml_open(archive, settings->part, &handler, reader, &reader->xml, err);
    if (status != MTM_OK) {
        mtmi_sheet_free(reader);
        return status;
    }
    *out = reader;
    return MTM_OK;
}

mtm_status mtmi_sheet_next(mtmi_sheet_reader *reader, mtmi_sheet_row **out, int *got, mtm_error *err) {
    int at_end = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_xml_run(reader->xml, &at_end, err));
    *got = !at_end;
out:
    *out = &reader->row;
    return status;
}

uint64_t mtmi_sheet_position(const mtmi_sheet_reader *reader) {
    return mtmi_xml_position(reader->xml);
}

void mtmi_sheet_free(mtmi_sheet_reader *reader) {
    if (reader != NULL) {
        mtmi_xml_free(reader->xml);
        mtmi_buffer_free(&reader->value);
        mtmi_buffer_free(&reader->formula);
        mtmi_buffer_free(&reader->row.text);
        mtmi_memory_free(reader->row.cells);
        mtmi_memory_free(reader);
    }
}
