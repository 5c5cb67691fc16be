/* Reads a sheet of an OpenDocument spreadsheet as rows. Merged cells are filled as those of workbooks are, by the
 * same code. */
#include "read/ods/ods_rows.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/ods/ods_sheet.h"
#include "read/table/row_text.h"
#include "read/xlsx/xlsx_merge.h"

#include <string.h>

#define TYPE "application/vnd.oasis.opendocument.spreadsheet"

typedef struct ods_rows {
    mtmi_rows rows;
    mtmi_xlsx_archive *archive;
    mtmi_ods_book book;
    const mtmi_sheet_shape *shape;
    mtmi_ods_reader *reader;
    mtmi_filler filler;
    mtmi_sheet_row *row; /* the next one that has a value; NULL when it is to be read, or there is none */
    int at_end;
    int64_t line;
    mtmi_row_text text;
} ods_rows;

/* The first entry of the archive is "mimetype", stored as it is. */
int mtmi_ods_sniff(const char *bytes, size_t size) {
    static const char name[] = "mimetype" TYPE;
    return size >= 30 + sizeof name - 1 && memcmp(bytes, "PK\3\4", 4) == 0 &&
           memcmp(bytes + 30, name, sizeof name - 1) == 0;
}

static mtm_status fetch(ods_rows *in, mtm_error *err) {
    int got = 0;
    mtmi_sheet_row *row = NULL;
    mtm_status status = in->row != NULL || in->at_end ? MTM_OK : mtmi_ods_next(in->reader, &row, &got, err);

    if (got) {
        in->row = row;
    } else if (in->row == NULL) {
        in->at_end = 1;
    }
    return status;
}

static mtm_status write_row(ods_rows *in, mtm_error *err) {
    int room = mtmi_filler_write(&in->filler, in->row, in->shape->last_column, &in->text);
    in->row = NULL;
    return room ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    ods_rows *in = (ods_rows *)rows;
    mtm_status status = fetch(in, err);

    *got = status == MTM_OK && !in->at_end;
    if (!*got) {
        return status;
    }
    in->line++;
    if (in->line < in->row->number) {
        mtmi_row_text_start(&in->text); /* a blank row */
    } else {
        status = write_row(in, err);
    }
    if (status == MTM_OK && !mtmi_row_text_finish(&in->text, in->line, 0, out)) {
        status = mtmi_error_memory(err);
    }
    *got = status == MTM_OK;
    return status;
}

static uint64_t position(const mtmi_rows *rows) {
    const ods_rows *in = (const ods_rows *)rows;
    uint64_t done = mtmi_ods_position(in->reader);
    return done < in->shape->bytes ? done : in->shape->bytes;
}

static void free_rows(mtmi_rows *rows) {
    ods_rows *in = (ods_rows *)rows;

    mtmi_row_text_free(&in->text);
    mtmi_filler_free(&in->filler);
    mtmi_ods_free(in->reader);
    mtmi_ods_book_free(&in->book);
    mtmi_xlsx_archive_free(in->archive);
    mtmi_memory_free(in);
}

static mtm_status say(mtmi_check_log *log, int code, int64_t line, const char *found, const char *expected,
                      const char *hint, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    said.code = code;
    said.line = line;
    said.column = line > 0 ? 1 : 0;
    said.found = found;
    said.found_size = strlen(found);
    said.expected = expected;
    said.hint = hint;
    return mtmi_check_add(log, &said, err);
}

static mtm_status say_all(const ods_rows *in, const char *sheet, mtmi_check_log *log, mtm_error *err) {
    if (sheet == NULL && in->book.book.n_sheets > 1) {
        MTMI_CHECK_STATUS(say(log, MTMI_CODE_SHEET, 0, in->rows.dialect.sheet,
                              "one sheet; the first of several was read",
                              "say which one: dialect.sheetName or dialect.sheetNumber", err));
    }
    if (in->shape->hidden_rows > 0) {
        MTMI_CHECK_STATUS(say(log, MTMI_CODE_HIDDEN, in->shape->first_hidden_row, "hidden rows",
                              "rows that can be seen; hidden ones are read like all others",
                              "show them in the spreadsheet program to see what is counted", err));
    }
    if (in->shape->formulas_without_value > 0) {
        MTMI_CHECK_STATUS(say(log, MTMI_CODE_FORMULA, in->shape->first_formula_row, "formulas without a value",
                              "formulas with the values they had when the file was saved",
                              "open the file in a spreadsheet program and save it", err));
    }
    return MTM_OK;
}

static mtm_status open_sheet(ods_rows *in, const char *sheet, const mtmi_limits *limits, mtm_error *err) {
    mtmi_ods_limits most = {limits->max_field, limits->max_record, limits->max_columns};
    size_t chosen = 0;
    mtm_status status = MTM_OK;

    MTMI_TRY(mtmi_ods_measure(in->archive, &most, &in->book, err));
    MTMI_TRY(mtmi_book_choose(&in->book.book, sheet, in->rows.name, &chosen, err));
    while (sheet == NULL && in->book.shapes[chosen].last_column == 0 && chosen + 1 < in->book.book.n_sheets) {
        chosen++; /* an empty sheet in front is none that a person means */
    }
    in->shape = &in->book.shapes[chosen];
    mtmi_rows_name_sheet(&in->rows, in->book.book.sheets[chosen].name);
    MTMI_TRY(mtmi_ods_open(in->archive, &most, chosen, &in->reader, err));
    status = mtmi_filler_start(&in->filler, in->shape) ? MTM_OK : mtmi_error_memory(err);
out:
    return status;
}

mtm_status mtmi_ods_rows_open(const char *sheet, mtmi_source *source, const mtmi_limits *limits, mtmi_check_log *log,
                              mtmi_rows **out, mtm_error *err) {
    ods_rows *in = mtmi_memory_new(1, sizeof *in);
    mtm_status status;

    *out = NULL;
    if (in == NULL) {
        return mtmi_error_memory(err);
    }
    in->rows.next = next;
    in->rows.free = free_rows;
    in->rows.position = position;
    in->rows.name = mtmi_source_name(source);
    status = mtmi_xlsx_archive_open(source, limits->max_expansion, &in->archive, err);
    if (status == MTM_OK) {
        status = open_sheet(in, sheet, limits, err);
    }
    if (status == MTM_OK && log != NULL) {
        status = say_all(in, sheet, log, err);
    }
    if (status != MTM_OK) {
        free_rows(&in->rows);
        return status;
    }
    in->rows.total = in->shape->bytes;
    *out = &in->rows;
    return MTM_OK;
}
