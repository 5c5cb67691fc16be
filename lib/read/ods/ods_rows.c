/* Reads a sheet of an OpenDocument spreadsheet as rows. Merged cells are filled as those of workbooks are, by the
 * same code. */
#include "read/ods/ods_rows.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/ods/ods_sheet.h"
#include "read/table/row_text.h"
#include "read/xlsx/sheet_walk.h"

#include <string.h>

#define TYPE "application/vnd.oasis.opendocument.spreadsheet"

typedef struct ods_rows {
    mtmi_rows rows;
    mtmi_xlsx_archive *archive;
    mtmi_ods_book book;
    const mtmi_sheet_shape *shape;
    mtmi_ods_reader *reader;
    mtmi_sheet_walk walk;
    char *sheets;
} ods_rows;

/* The first entry of the archive is "mimetype", stored as it is. */
int mtmi_ods_sniff(const char *bytes, size_t size) {
    static const char name[] = "mimetype" TYPE;
    return size >= 30 + sizeof name - 1 && memcmp(bytes, "PK\3\4", 4) == 0 &&
           memcmp(bytes + 30, name, sizeof name - 1) == 0;
}

static mtm_status next_row(void *reader, mtmi_sheet_row **out, int *got, mtm_error *err) {
    return mtmi_ods_next((mtmi_ods_reader *)reader, out, got, err);
}

static mtm_status next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    return mtmi_sheet_walk_next(&((ods_rows *)rows)->walk, out, got, err);
}

static uint64_t position(const mtmi_rows *rows) {
    const ods_rows *in = (const ods_rows *)rows;
    uint64_t done = mtmi_ods_position(in->reader);
    return done < in->shape->bytes ? done : in->shape->bytes;
}

static void free_rows(mtmi_rows *rows) {
    ods_rows *in = (ods_rows *)rows;

    mtmi_sheet_walk_free(&in->walk);
    mtmi_ods_free(in->reader);
    mtmi_ods_book_free(&in->book);
    mtmi_xlsx_archive_free(in->archive);
    mtmi_memory_free(in->sheets);
    mtmi_memory_free(in);
}

static mtm_status say_all(const ods_rows *in, const char *sheet, mtmi_check_log *log, mtm_error *err) {
    if (sheet == NULL && in->book.book.n_sheets > 1) {
        MTMI_CHECK_STATUS(mtmi_sheet_say(log, MTMI_CODE_SHEET, 0, in->rows.dialect.sheet,
                                         "one sheet; the first of several was read",
                                         "say which one: dialect.sheetName or dialect.sheetNumber", err));
    }
    if (in->shape->hidden_rows > 0) {
        MTMI_CHECK_STATUS(mtmi_sheet_say(log, MTMI_CODE_HIDDEN, in->shape->first_hidden_row, "hidden rows",
                                         "rows that can be seen; hidden ones are read like all others",
                                         "show them in the spreadsheet program to see what is counted", err));
    }
    if (in->shape->formulas_without_value > 0) {
        MTMI_CHECK_STATUS(mtmi_sheet_say(log, MTMI_CODE_FORMULA, in->shape->first_formula_row,
                                         "formulas without a value",
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
    in->walk.next = next_row;
    in->walk.reader = in->reader;
    in->walk.n_columns = in->shape->last_column;
    status = mtmi_filler_start(&in->walk.filler, in->shape) ? MTM_OK : mtmi_error_memory(err);
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
    MTMI_TRY(mtmi_xlsx_archive_open(source, limits->max_expansion, &in->archive, err));
    MTMI_TRY(open_sheet(in, sheet, limits, err));
    in->rows.sheets = in->sheets = mtmi_book_sheets(&in->book.book);
    MTMI_TRY(in->sheets != NULL ? MTM_OK : mtmi_error_memory(err));
    if (log != NULL) {
        MTMI_TRY(say_all(in, sheet, log, err));
    }
out:
    if (status != MTM_OK) {
        free_rows(&in->rows);
        return status;
    }
    in->rows.total = in->shape->bytes;
    *out = &in->rows;
    return MTM_OK;
}
