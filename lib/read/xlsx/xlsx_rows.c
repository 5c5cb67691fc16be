/* Gives the rows of one sheet of a workbook. Hidden sheets, rows and columns are read like all others, and the log is
 * told. */
#include "read/xlsx/xlsx_rows.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/table/row_text.h"
#include "read/xlsx/xlsx_book.h"
#include "read/xlsx/sheet_walk.h"

#include <string.h>

enum { LOOKED = 200 }; /* rows of a sheet, for a table */

typedef struct xlsx_rows {
    mtmi_rows rows;
    mtmi_xlsx_archive *archive;
    mtmi_book book;
    mtmi_strings strings;
    mtmi_styles styles;
    mtmi_sheet_shape shape;
    mtmi_sheet_settings settings;
    mtmi_sheet_reader *reader;
    mtmi_sheet_walk walk;
    char *sheets;
} xlsx_rows;

static mtm_status next_row(void *reader, mtmi_sheet_row **out, int *got, mtm_error *err) {
    return mtmi_sheet_next((mtmi_sheet_reader *)reader, out, got, err);
}

static mtm_status next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    return mtmi_sheet_walk_next(&((xlsx_rows *)rows)->walk, out, got, err);
}

/* Of the unpacked sheet: what is left to do is told by how much of it has been read. */
static uint64_t position(const mtmi_rows *rows) {
    const xlsx_rows *in = (const xlsx_rows *)rows;
    uint64_t done = mtmi_sheet_position(in->reader);
    return done < in->shape.bytes ? done : in->shape.bytes;
}

static void free_rows(mtmi_rows *rows) {
    xlsx_rows *in = (xlsx_rows *)rows;
    mtmi_sheet_walk_free(&in->walk);
    mtmi_sheet_free(in->reader);
    mtmi_sheet_shape_free(&in->shape);
    mtmi_styles_free(&in->styles);
    mtmi_strings_free(&in->strings);
    mtmi_book_free(&in->book);
    mtmi_xlsx_archive_free(in->archive);
    mtmi_memory_free(in->sheets);
    mtmi_memory_free(in);
}

/* What a package is that is no workbook of this kind. */
static mtm_status refuse_other(const xlsx_rows *in, mtm_error *err) {
    int is_open_document = mtmi_xlsx_archive_has(in->archive, "META-INF/manifest.xml");
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_FILE, (mtmi_place){in->rows.name, 0, 0},
                          "found %s, expected a workbook (.xlsx) or CSV: save it as one of them",
                          is_open_document ? "an OpenDocument file" : "a ZIP archive");
}

/* Whether a row has a figure beside something else: a cover sheet has none. */
static int is_table_row(const mtmi_sheet_row *row) {
    int figures = 0;
    for (size_t i = 0; i < row->n; i++) {
        const mtmi_sheet_cell *cell = &row->cells[i];
        const char *text = row->text.data + cell->start;
        figures +=
            cell->size > 0 && strspn(text, "0123456789 .,-") >= cell->size && strpbrk(text, "0123456789") != NULL;
    }
    return figures > 0 && row->n > 1;
}

static mtm_status find_table(xlsx_rows *in, const mtmi_sheet *sheet, int *found, mtm_error *err) {
    mtmi_sheet_settings settings = in->settings;
    mtmi_sheet_reader *reader = NULL;
    int got = 1;
    mtm_status status = MTM_OK;
    *found = 0;
    settings.part = sheet->part;
    MTMI_TRY(mtmi_sheet_open(in->archive, &settings, &reader, err));
    for (int i = 0; i < LOOKED && got && !*found; i++) {
        mtmi_sheet_row *row = NULL;
        MTMI_TRY(mtmi_sheet_next(reader, &row, &got, err));
        *found = got && is_table_row(row);
    }
out:
    mtmi_sheet_free(reader);
    return status;
}

/* Sheets without a table - a cover, notes, a list of tables - are passed over where nobody names a sheet. */
static mtm_status pass_covers(xlsx_rows *in, size_t *chosen, mtm_error *err) {
    size_t first = *chosen;
    int found = 0;

    for (size_t i = first; i < in->book.n_sheets && !found; i++) {
        if (in->book.sheets[i].hidden || in->book.sheets[i].part == NULL) {
            continue;
        }
        MTMI_CHECK_STATUS(find_table(in, &in->book.sheets[i], &found, err));
        *chosen = found ? i : first;
    }
    return MTM_OK;
}

static mtm_status read_parts(xlsx_rows *in, const char *sheet, mtm_error *err) {
    size_t chosen = 0;
    if (!mtmi_xlsx_archive_has(in->archive, "[Content_Types].xml")) {
        return refuse_other(in, err);
    }
    MTMI_CHECK_STATUS(mtmi_book_read(in->archive, &in->book, err));
    MTMI_CHECK_STATUS(mtmi_book_choose(&in->book, sheet, in->rows.name, &chosen, err));
    in->settings.from_1904 = in->book.from_1904;
    in->settings.strings = &in->strings;
    in->settings.styles = &in->styles;
    MTMI_CHECK_STATUS(mtmi_styles_read(in->archive, in->book.styles_part, &in->styles, err));
    MTMI_CHECK_STATUS(mtmi_strings_read(in->archive, in->book.strings_part, in->settings.max_field, &in->strings, err));
    if (sheet == NULL && in->book.n_sheets > 1) {
        MTMI_CHECK_STATUS(pass_covers(in, &chosen, err));
    }
    mtmi_rows_name_sheet(&in->rows, in->book.sheets[chosen].name);
    in->settings.part = in->book.sheets[chosen].part;
    return mtmi_sheet_measure(in->archive, &in->settings, &in->shape, err);
}

static mtm_status open_sheet(xlsx_rows *in, const char *sheet, mtm_error *err) {
    MTMI_CHECK_STATUS(read_parts(in, sheet, err));
    MTMI_CHECK_STATUS(mtmi_sheet_open(in->archive, &in->settings, &in->reader, err));
    in->walk.next = next_row;
    in->walk.reader = in->reader;
    in->walk.n_columns = in->shape.last_column;
    return mtmi_filler_start(&in->walk.filler, &in->shape) ? MTM_OK : mtmi_error_memory(err);
}

/* ---- what the log is told ---- */

static mtm_status say_number(mtmi_check_log *log, int code, int64_t line, int64_t n, const char *what,
                             const char *expected, const char *hint, mtm_error *err) {
    mtmi_buffer found = MTMI_BUFFER_INIT;
    if (n == 0) {
        return MTM_OK;
    }
    mtmi_buffer_format(&found, "%lld %s", (long long)n, what);
    mtm_status status =
        found.failed ? mtmi_error_memory(err) : mtmi_sheet_say(log, code, line, found.data, expected, hint, err);
    mtmi_buffer_free(&found);
    return status;
}

static mtm_status say_sheet(const xlsx_rows *in, const char *sheet, mtmi_check_log *log, mtm_error *err) {
    size_t visible = 0;
    int hidden = 0;
    for (size_t i = 0; i < in->book.n_sheets; i++) {
        const mtmi_sheet *one = &in->book.sheets[i];
        visible += !one->hidden && one->part != NULL;
        hidden |= one->hidden && one->part == in->settings.part;
    }
    if (hidden) {
        return mtmi_sheet_say(log, MTMI_CODE_SHEET, 0, in->rows.dialect.sheet,
                              "a sheet that can be seen; this one is hidden", "", err);
    }
    if (sheet != NULL || visible < 2) {
        return MTM_OK;
    }
    return mtmi_sheet_say(log, MTMI_CODE_SHEET, 0, in->rows.dialect.sheet, "one sheet; the first with a table was read",
                          "say which one: dialect.sheetName or dialect.sheetNumber", err);
}

static mtm_status say_all(const xlsx_rows *in, const char *sheet, mtmi_check_log *log, mtm_error *err) {
    static const char hint[] = "show it in the spreadsheet program to see what is counted";
    const mtmi_sheet_shape *shape = &in->shape;
    MTMI_CHECK_STATUS(say_sheet(in, sheet, log, err));
    MTMI_CHECK_STATUS(say_number(log, MTMI_CODE_HIDDEN, shape->first_hidden_row, shape->hidden_rows, "hidden rows",
                                 "rows that can be seen; hidden ones are read like all others", hint, err));
    MTMI_CHECK_STATUS(say_number(log, MTMI_CODE_HIDDEN, 0, shape->hidden_columns, "hidden columns",
                                 "columns that can be seen; hidden ones are read like all others", hint, err));
    MTMI_CHECK_STATUS(say_number(log, MTMI_CODE_FORMULA, shape->first_formula_row, shape->formulas_without_value,
                                 "formulas", "formulas with the values they had when the workbook was saved",
                                 "open the workbook in a spreadsheet program and save it", err));
    return MTM_OK;
}

mtm_status mtmi_xlsx_rows_open(const char *sheet, mtmi_source *source, const mtmi_limits *limits, mtmi_check_log *log,
                               mtmi_rows **out, mtm_error *err) {
    xlsx_rows *in = mtmi_memory_new(1, sizeof *in);
    *out = NULL;
    if (in == NULL) {
        return mtmi_error_memory(err);
    }
    in->rows.next = next;
    in->rows.free = free_rows;
    in->rows.position = position;
    in->rows.name = mtmi_source_name(source);
    in->settings.max_field = limits->max_field;
    in->settings.max_record = limits->max_record;
    in->settings.max_columns = limits->max_columns;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_xlsx_archive_open(source, limits->max_expansion, &in->archive, err));
    MTMI_TRY(open_sheet(in, sheet, err));
    in->rows.total = in->shape.bytes;
    in->rows.sheets = in->sheets = mtmi_book_sheets(&in->book);
    MTMI_TRY(in->sheets != NULL ? MTM_OK : mtmi_error_memory(err));
    if (log != NULL) {
        MTMI_TRY(say_all(in, sheet, log, err));
    }
out:
    if (status != MTM_OK) {
        free_rows(&in->rows);
        return status;
    }
    *out = &in->rows;
    return MTM_OK;
}
