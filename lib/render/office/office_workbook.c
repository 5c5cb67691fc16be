/* Writes a workbook of one of two forms, sheet by sheet. Text is always text: nothing that a file held becomes a formula or
 * a link. */
#include "render/office/office_workbook.h"

#include "base/text.h"

#include <string.h>

#define NAME_MAX_CHARACTERS 31
#define CELL_MAX_BYTES 32767
#define EXACT_DIGITS 999999999999999LL

void mtmi_workbook_start(mtmi_workbook *book, const mtmi_workbook_form *form, mtmi_buffer *out, const char *title,
                         const char *creator) {
    memset(book, 0, sizeof *book);
    book->form = form;
    mtmi_zip_writer_start(&book->archive, out);
    book->title = title;
    book->creator = creator;
    if (form->start != NULL) {
        form->start(book);
    }
}

/* A sheet's name has at most 31 characters and none of : \ / ? * [ ]. */
static void name_sheet(char *out, size_t size, const char *name) {
    size_t used = 0, bytes = 0, length = strlen(name);
    for (size_t at = 0, n = 0; at < length && n < NAME_MAX_CHARACTERS; at += bytes, n++) {
        (void)mtmi_text_decode(name + at, length - at, &bytes);
        if (used + bytes >= size) {
            break;
        }
        memcpy(out + used, strchr(":\\/?*[]'", name[at]) != NULL ? "-" : name + at, bytes);
        used += bytes;
    }
    out[used] = '\0';
}

void mtmi_workbook_sheet(mtmi_workbook *book, const char *name, const unsigned char *widths, size_t n) {
    if (book->n_sheets == MTMI_WORKBOOK_SHEETS) {
        book->sheet.failed = 1;
        return;
    }
    name_sheet(book->names[book->n_sheets++], sizeof *book->names, name);
    book->n_rows = book->n_columns = 0;
    book->table = NULL;
    book->form->begin_sheet(book, widths, n);
}

void mtmi_workbook_table(mtmi_workbook *book, const char *name) {
    if (book->n_rows > 0) {
        book->form->end_row(book);
    }
    book->table = name;
    book->table_row = ++book->n_rows;
    book->n_cells = 0;
    book->form->begin_row(book);
}

void mtmi_workbook_heading(mtmi_workbook *book, const char *text) {
    book->n_columns++;
    mtmi_workbook_text(book, text, MTMI_CELL_HEADING);
}

void mtmi_workbook_row(mtmi_workbook *book) {
    if (book->n_rows > 0) {
        book->form->end_row(book);
    }
    book->n_rows++;
    book->n_cells = 0;
    book->form->begin_row(book);
}

void mtmi_workbook_text(mtmi_workbook *book, const char *text, mtmi_cell_style style) {
    if (text == NULL || text[0] == '\0') {
        if (book->table == NULL) {
            return; /* only the last cells of a row outside a table are empty */
        }
        text = "[z]"; /* no cell of a table is empty without saying why: not applicable */
    }
    mtmi_buffer cut = MTMI_BUFFER_INIT;
    size_t size = strlen(text);
    mtmi_buffer_add(&cut, text, size > CELL_MAX_BYTES ? mtmi_text_valid(text, CELL_MAX_BYTES) : size);
    if (!cut.failed) {
        book->form->put_text(book, cut.data, style);
    }
    book->n_cells++;
    book->sheet.failed |= cut.failed;
    mtmi_buffer_free(&cut);
}

void mtmi_workbook_number(mtmi_workbook *book, mtm_decimal value) {
    char text[40];
    mtm_decimal_describe(value, text, sizeof text);
    if (value.units > EXACT_DIGITS || value.units < -EXACT_DIGITS) {
        mtmi_workbook_text(book, text, MTMI_CELL_PLAIN);
        return;
    }
    book->form->put_number(book, text, value.decimals);
    book->n_cells++;
}

/* A table has at least one row below its headings. */
static void fill_table(mtmi_workbook *book) {
    if (book->table != NULL && book->n_rows == book->table_row) {
        mtmi_workbook_row(book);
        for (size_t i = 0; i < book->n_columns; i++) {
            mtmi_workbook_text(book, "[z]", MTMI_CELL_PLAIN);
        }
    }
}

void mtmi_workbook_sheet_end(mtmi_workbook *book) {
    fill_table(book);
    if (book->n_rows > 0) {
        book->form->end_row(book);
    }
    book->form->end_sheet(book);
}

void mtmi_workbook_finish(mtmi_workbook *book) {
    book->form->finish(book);
    book->archive.out->failed |= book->sheet.failed || book->columns.failed;
    mtmi_zip_writer_finish(&book->archive);
    mtmi_buffer_free(&book->sheet);
    mtmi_buffer_free(&book->columns);
}
