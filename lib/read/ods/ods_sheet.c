/* Reads the rows and cells of content.xml (OpenDocument 1.3, part 3, section 9). A row that the file repeats is
 * given as often as it says, and so is a cell. Invariant: what repetition makes is bounded by what was read. */
#include "read/ods/ods_sheet.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/xlsx/xlsx_cells.h"
#include "read/xlsx/xlsx_text.h"
#include "read/xlsx/xlsx_xml.h"

#include <stdlib.h>
#include <string.h>

#define CONTENT "content.xml"
#define MERGES 262144
#define SHEETS 10000
#define REPEATED ((uint64_t)1 << 22) /* cells made by repetition, whatever was read */

struct mtmi_ods_reader {
    mtmi_ods_limits limits;
    mtmi_xml *xml;
    mtmi_ods_book *book; /* of a measuring run; NULL else */
    size_t sheet, at;    /* the one that is read; sheets begun so far */
    int ended;           /* the sheet's last row was read */
    mtmi_sheet_row row;
    int64_t last_row, column, row_repeats, left; /* left: repetitions of the row still to give */
    uint64_t repeated;
    int64_t rows, cells; /* elements of the sheet, and of the row */
    /* the cell at hand */
    mtmi_ods_type type;
    int in_cell, in_text, in_note, paragraphs, has_formula;
    int64_t cell_repeats, rows_spanned, columns_spanned;
    mtmi_buffer value, shown;
};

static int is_read(const mtmi_ods_reader *in) {
    return in->at > 0 && (in->book != NULL || in->at == in->sheet + 1);
}

static mtmi_sheet_shape *shape_of(const mtmi_ods_reader *in) {
    return in->book != NULL && in->at > 0 ? &in->book->shapes[in->at - 1] : NULL;
}

static int64_t number_of(const char **attributes, const char *name) {
    const char *text = mtmi_xml_attribute(attributes, name);
    int64_t number = text == NULL ? 1 : mtmi_xlsx_number(text, 1);
    return number < 1 ? 1 : number;
}

/* ---- beginnings ---- */

static void start_sheet(mtmi_ods_reader *in, const char **attributes) {
    const char *name = mtmi_xml_attribute(attributes, "name");
    mtmi_ods_book *book = in->book;

    in->at++;
    in->last_row = in->rows = 0;
    if (book == NULL) {
        return;
    }
    void *sheets = book->book.sheets, *shapes = book->shapes;
    if (in->at > SHEETS) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "more than 10000 sheets",
                        "a file that is not made to exhaust memory");
        return;
    }
    int room = mtmi_memory_reserve(&sheets, &book->book.capacity, in->at, sizeof *book->book.sheets);
    book->book.sheets = sheets;
    room = room && mtmi_memory_reserve(&shapes, &book->capacity, in->at, sizeof *book->shapes);
    book->shapes = shapes;
    if (!room) {
        in->at--;
        mtmi_xml_no_memory(in->xml);
        return;
    }
    memset(&book->shapes[in->at - 1], 0, sizeof *book->shapes);
    book->book.sheets[in->at - 1] =
        (mtmi_sheet){mtmi_memory_copy_text(name != NULL ? name : ""), mtmi_memory_copy_text(CONTENT), 0};
    book->book.n_sheets = in->at;
    if (book->book.sheets[in->at - 1].name == NULL || book->book.sheets[in->at - 1].part == NULL) {
        mtmi_xml_no_memory(in->xml);
    }
}

static void start_row(mtmi_ods_reader *in, const char **attributes) {
    const char *visibility = mtmi_xml_attribute(attributes, "visibility");
    mtmi_sheet_shape *shape = shape_of(in);

    in->row.number = in->last_row + 1;
    in->row_repeats = number_of(attributes, "number-rows-repeated");
    in->row.n = 0;
    in->column = in->cells = 0;
    if (++in->rows > MTMI_SHEET_ROWS) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "more than 1048576 rows", "no more rows than a sheet can have");
    }
    mtmi_buffer_clear(&in->row.text);
    if (shape != NULL && visibility != NULL && strcmp(visibility, "visible") != 0) {
        shape->first_hidden_row = shape->hidden_rows == 0 ? in->row.number : shape->first_hidden_row;
        shape->hidden_rows += in->row_repeats;
    }
}

static void start_cell(mtmi_ods_reader *in, const char **attributes) {
    static const char *const values[] = {"value", "date-value", "string-value"};
    const char *value = NULL;

    in->type = mtmi_ods_type_read(mtmi_xml_attribute(attributes, "value-type"));
    in->cell_repeats = number_of(attributes, "number-columns-repeated");
    in->rows_spanned = number_of(attributes, "number-rows-spanned");
    in->columns_spanned = number_of(attributes, "number-columns-spanned");
    in->has_formula = mtmi_xml_attribute(attributes, "formula") != NULL;
    in->in_cell = 1;
    if (++in->cells > MTMI_SHEET_COLUMNS) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "more than 16384 cells in a row",
                        "no more columns than a sheet can have");
    }
    in->in_text = in->in_note = in->paragraphs = 0;
    mtmi_buffer_clear(&in->value);
    mtmi_buffer_clear(&in->shown);
    for (size_t i = 0; i < 3 && value == NULL; i++) {
        value = mtmi_xml_attribute(attributes, values[i]);
    }
    if (value != NULL) {
        mtmi_buffer_text(&in->value, value);
    }
}

static void add_shown(mtmi_ods_reader *in, const char *text, size_t size) {
    if (in->shown.size + size > in->limits.max_field) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "a cell of more bytes than the limit max_field allows",
                        "shorter cells, or a higher limit");
        return;
    }
    mtmi_buffer_add(&in->shown, text, size);
}

/* Several spaces, a tab, a line's end: elements of their own within a paragraph. */
static void add_space(mtmi_ods_reader *in, const char *name, const char **attributes) {
    int64_t n = strcmp(name, "s") == 0 ? number_of(attributes, "c") : 0;

    for (; n > 0 && n <= 1000; n--) {
        add_shown(in, " ", 1);
    }
    if (strcmp(name, "tab") == 0 || strcmp(name, "line-break") == 0) {
        add_shown(in, name[0] == 't' ? "\t" : "\n", 1);
    }
}

static void on_start(void *data, const char *name, const char **attributes) {
    mtmi_ods_reader *in = data;

    if (strcmp(name, "table") == 0) {
        start_sheet(in, attributes);
    } else if (!is_read(in)) {
        return;
    } else if (strcmp(name, "table-row") == 0) {
        start_row(in, attributes);
    } else if (strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0) {
        start_cell(in, attributes);
    } else if (strcmp(name, "annotation") == 0 || strcmp(name, "shapes") == 0) {
        in->in_note++;
    } else if (in->in_cell && in->in_note == 0 && strcmp(name, "p") == 0) {
        if (in->paragraphs++ > 0) {
            add_shown(in, "\n", 1);
        }
        in->in_text = 1;
    } else if (in->in_text && in->in_note == 0) {
        add_space(in, name, attributes);
    }
}

static void on_text(void *data, const char *text, size_t size) {
    mtmi_ods_reader *in = data;

    if (in->in_text && in->in_note == 0) {
        add_shown(in, text, size);
    }
}

/* ---- ends ---- */

static void note_merge(mtmi_ods_reader *in, mtmi_sheet_shape *shape) {
    void *merges = shape->merges;

    if (in->book->n_merges++ == MERGES) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "more than 262144 merged cells",
                        "a file that is not made to exhaust memory");
        return;
    }
    if (!mtmi_memory_reserve(&merges, &shape->capacity, shape->n_merges + 1, sizeof *shape->merges)) {
        mtmi_xml_no_memory(in->xml);
        return;
    }
    shape->merges = merges;
    shape->merges[shape->n_merges++] = (mtmi_merge){in->row.number, in->row.number + in->rows_spanned - 1,
                                                    in->column + 1, in->column + in->columns_spanned};
}

/* A cell that says something, as often as it is repeated. */
static void add_cells(mtmi_ods_reader *in, size_t start, mtmi_cell_kind kind) {
    mtmi_sheet_row *row = &in->row;
    size_t size = row->text.size - start, n = (size_t)in->cell_repeats;
    void *cells = row->cells;

    if ((uint64_t)in->column + n > in->limits.max_columns) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "a cell beyond the limit max_columns",
                        "fewer columns, or a higher limit");
        return;
    }
    if (row->text.size > in->limits.max_record) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "a row of more bytes than the limit max_record allows",
                        "shorter rows, or a higher limit");
        return;
    }
    if (!mtmi_memory_reserve(&cells, &row->capacity, row->n + n, sizeof *row->cells)) {
        mtmi_xml_no_memory(in->xml);
        return;
    }
    row->cells = cells;
    for (size_t i = 0; i < n; i++) {
        row->cells[row->n++] = (mtmi_sheet_cell){in->column + 1 + (int64_t)i, start, size, kind};
    }
    in->repeated += n - 1;
}

static int is_blank(const char *text, size_t size) {
    mtmi_text_trim(text, &size);
    return size == 0;
}

static void end_cell(mtmi_ods_reader *in) {
    mtmi_sheet_row *row = &in->row;
    mtmi_sheet_shape *shape = shape_of(in);
    size_t start = row->text.size;
    mtmi_cell_kind kind = mtmi_ods_write(in->type, &in->value, &in->shown, &row->text);

    in->in_cell = in->in_text = 0;
    if (row->text.failed || in->value.failed || in->shown.failed) {
        mtmi_xml_no_memory(in->xml);
        return;
    }
    if (shape != NULL && in->has_formula && row->text.size == start) {
        shape->first_formula_row = shape->formulas_without_value++ == 0 ? row->number : shape->first_formula_row;
    }
    if (row->text.size > start && !is_blank(row->text.data + start, row->text.size - start)) {
        if (shape != NULL && (in->rows_spanned > 1 || in->columns_spanned > 1)) {
            note_merge(in, shape);
        }
        add_cells(in, start, kind);
    } else {
        row->text.size = start;
    }
    in->column = in->cell_repeats < MTMI_SHEET_COLUMNS ? in->column + in->cell_repeats : MTMI_SHEET_COLUMNS;
}

static void measure_row(mtmi_ods_reader *in, mtmi_sheet_shape *shape) {
    int64_t first = in->row.cells[0].column, last = in->row.cells[in->row.n - 1].column;

    shape->first_column = shape->first_column == 0 || first < shape->first_column ? first : shape->first_column;
    shape->last_column = last > shape->last_column ? last : shape->last_column;
    shape->bytes = mtmi_xml_position(in->xml);
}

static void end_row(mtmi_ods_reader *in) {
    mtmi_sheet_shape *shape = shape_of(in);

    in->last_row += in->row_repeats;
    if (in->row.n == 0) {
        return;
    }
    in->repeated += (uint64_t)(in->row_repeats - 1) * in->row.n;
    if (in->last_row > MTMI_SHEET_ROWS) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "a row beyond number 1048576", "no more rows than a sheet can have");
    } else if (in->repeated > REPEATED + mtmi_xml_position(in->xml) / 4) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "cells repeated millions of times",
                        "a file that is not made to exhaust memory");
    } else if (shape != NULL) {
        measure_row(in, shape);
    } else {
        in->left = in->row_repeats - 1;
        mtmi_xml_pause(in->xml);
    }
}

static void on_end(void *data, const char *name) {
    mtmi_ods_reader *in = data;

    if (!is_read(in)) {
        return;
    }
    if (strcmp(name, "p") == 0 && in->in_note == 0) {
        in->in_text = 0;
    } else if (strcmp(name, "annotation") == 0 || strcmp(name, "shapes") == 0) {
        in->in_note -= in->in_note > 0;
    } else if (in->in_cell && (strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0)) {
        end_cell(in);
    } else if (strcmp(name, "table-row") == 0) {
        end_row(in);
    }
}

/* ---- the runs ---- */

static const mtmi_xml_handler handler = {on_start, on_end, on_text};

static int compare(const void *a, const void *b) {
    const mtmi_merge *one = a, *two = b;
    int order = (one->first_row > two->first_row) - (one->first_row < two->first_row);
    return order != 0 ? order : (one->first_column > two->first_column) - (one->first_column < two->first_column);
}

static void free_parts(mtmi_ods_reader *reader) {
    mtmi_buffer_free(&reader->value);
    mtmi_buffer_free(&reader->shown);
    mtmi_buffer_free(&reader->row.text);
    mtmi_memory_free(reader->row.cells);
}

mtm_status mtmi_ods_measure(mtmi_xlsx_archive *archive, const mtmi_ods_limits *limits, mtmi_ods_book *out,
                            mtm_error *err) {
    mtmi_ods_reader in = {.limits = *limits, .book = out};

    memset(out, 0, sizeof *out);
    const mtm_status status = mtmi_xml_read(archive, CONTENT, &handler, &in, &in.xml, err);
    free_parts(&in);
    if (status != MTM_OK) {
        return status;
    }
    for (size_t i = 0; i < out->book.n_sheets; i++) {
        if (out->shapes[i].n_merges > 1) {
            qsort(out->shapes[i].merges, out->shapes[i].n_merges, sizeof *out->shapes[i].merges, compare);
        }
    }
    return MTM_OK;
}

void mtmi_ods_book_free(mtmi_ods_book *book) {
    for (size_t i = 0; i < book->book.n_sheets; i++) {
        mtmi_sheet_shape_free(&book->shapes[i]);
    }
    mtmi_memory_free(book->shapes);
    mtmi_book_free(&book->book);
    memset(book, 0, sizeof *book);
}

mtm_status mtmi_ods_open(mtmi_xlsx_archive *archive, const mtmi_ods_limits *limits, size_t sheet, mtmi_ods_reader **out,
                         mtm_error *err) {
    mtmi_ods_reader *reader = mtmi_memory_new(1, sizeof *reader);
    mtm_status status;

    *out = NULL;
    if (reader == NULL) {
        return mtmi_error_memory(err);
    }
    reader->limits = *limits;
    reader->sheet = sheet;
    status = mtmi_xml_open(archive, CONTENT, &handler, reader, &reader->xml, err);
    if (status != MTM_OK) {
        mtmi_ods_free(reader);
        return status;
    }
    *out = reader;
    return MTM_OK;
}

mtm_status mtmi_ods_next(mtmi_ods_reader *reader, mtmi_sheet_row **out, int *got, mtm_error *err) {
    int at_end = 0;
    *out = &reader->row;
    *got = 1;
    if (reader->left > 0) {
        reader->left--;
        reader->row.number++;
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_xml_run(reader->xml, &at_end, err));
    *got = !at_end;
    return MTM_OK;
}

uint64_t mtmi_ods_position(const mtmi_ods_reader *reader) {
    return mtmi_xml_position(reader->xml);
}

void mtmi_ods_free(mtmi_ods_reader *reader) {
    if (reader != NULL) {
        mtmi_xml_free(reader->xml);
        free_parts(reader);
        mtmi_memory_free(reader);
    }
}
