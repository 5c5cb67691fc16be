/* The workbook of Office Open XML (ECMA-376, transitional): a part for each sheet and for its marked table. */
#include "render/office/office_workbook.h"

#include "base/text.h"
#include "render/escape.h"
#include "render/office/office_package.h"

#include <stdio.h>
#include <string.h>

#define DECLARATION MTMI_OFFICE_XML
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE MTMI_OFFICE_RELATION
#define PACKAGE MTMI_OFFICE_PACKAGE
#define TYPES MTMI_OFFICE_TYPE "spreadsheetml."

/* Number formats 0 to 9 decimals are styles NUMBER_STYLE + decimals. */
#define NUMBER_STYLE 4

static void styles(mtmi_buffer *out) {
    mtmi_buffer_text(out, DECLARATION "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"9\">");
    for (int decimals = 1; decimals <= 9; decimals++) {
        mtmi_buffer_format(out, "<numFmt numFmtId=\"%d\" formatCode=\"#,##0.", 163 + decimals);
        mtmi_buffer_repeat(out, "0", (size_t)decimals);
        mtmi_buffer_text(out, "\"/>");
    }
    mtmi_buffer_text(out, "</numFmts><fonts count=\"3\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
                          "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font>"
                          "<font><b/><sz val=\"16\"/><name val=\"Calibri\"/></font></fonts>"
                          "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
                          "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
                          "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
                          "<border><left/><right/><top/><bottom style=\"thin\"/><diagonal/></border></borders>"
                          "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"14\">"
                          "<xf applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
                          "<xf fontId=\"1\" borderId=\"1\" applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\">"
                          "<alignment wrapText=\"1\" vertical=\"bottom\"/></xf>"
                          "<xf fontId=\"2\" applyFont=\"1\"/>"
                          "<xf applyAlignment=\"1\"><alignment wrapText=\"1\" vertical=\"top\"/></xf>");
    for (int decimals = 0; decimals <= 9; decimals++) {
        mtmi_buffer_format(out,
                           "<xf numFmtId=\"%d\" applyNumberFormat=\"1\" applyAlignment=\"1\">"
                           "<alignment vertical=\"top\"/></xf>",
                           decimals == 0 ? 3 : 163 + decimals);
    }
    mtmi_buffer_text(
        out, "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
             "</styleSheet>");
}

static void begin_sheet(mtmi_workbook *book, const unsigned char *widths, size_t n) {
    mtmi_buffer_clear(&book->sheet);
    mtmi_buffer_clear(&book->columns);
    mtmi_buffer_text(&book->sheet,
                     DECLARATION "<worksheet xmlns=\"" MAIN "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
                                 "<sheetViews><sheetView workbookViewId=\"0\"></sheetView></sheetViews><cols>");
    for (size_t i = 0; i < n; i++) {
        mtmi_buffer_format(&book->sheet, "<col min=\"%zu\" max=\"%zu\" width=\"%d\" customWidth=\"1\"/>", i + 1, i + 1,
                           (int)widths[i]);
    }
    memset(book->widths, 0, sizeof book->widths);
    memcpy(book->widths, widths, n < sizeof book->widths ? n : sizeof book->widths);
    mtmi_buffer_text(&book->sheet, "</cols><sheetData>");
}

/* Room for the height of a row, which is known when its cells are. */
#define ROW_ROOM "                            "
#define LINE_POINTS 15

static void begin_row(mtmi_workbook *book) {
    mtmi_buffer_format(&book->sheet, "<row r=\"%zu\"", book->n_rows);
    book->row_at = book->sheet.size;
    book->lines = 1;
    mtmi_buffer_text(&book->sheet, ROW_ROOM ">");
}

/* A row of wrapped text says how high it is: not every program finds that out by itself. */
static void end_row(mtmi_workbook *book) {
    if (book->lines > 1 && !book->sheet.failed) {
        char height[sizeof ROW_ROOM];
        const size_t points = book->lines < 27 ? book->lines * LINE_POINTS : 409; /* the most that a row may have */
        const int n = snprintf(height, sizeof height, " ht=\"%zu\" customHeight=\"1\"", points);
        if (n > 0 && (size_t)n < sizeof height) {
            memcpy(book->sheet.data + book->row_at, height, (size_t)n);
        }
    }
    mtmi_buffer_text(&book->sheet, "</row>");
}

/* Lines of a cell: more characters fit in a line than its width says, so there is room for other fonts. */
static void count_lines(mtmi_workbook *book, const char *text) {
    const size_t width = book->widths[book->n_cells % 26];
    const size_t lines = width > 0 ? (mtmi_text_width(text, strlen(text)) + width - 1) / width : 1;
    book->lines = lines > book->lines ? lines : book->lines;
}

/* "<c r="B7" s="2"": no sheet here has more than 26 columns. */
static void begin_cell(mtmi_workbook *book, int style) {
    mtmi_buffer_format(&book->sheet, "<c r=\"%c%zu\" s=\"%d\"", (int)('A' + book->n_cells % 26), book->n_rows, style);
}

static void put_text(mtmi_workbook *book, const char *text, mtmi_cell_style style) {
    if (style == MTMI_CELL_WRAPPED) {
        count_lines(book, text);
    }
    begin_cell(book, (int)style);
    mtmi_buffer_text(&book->sheet, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    mtmi_escape_html(&book->sheet, text);
    mtmi_buffer_text(&book->sheet, "</t></is></c>");
    if (book->table != NULL && book->n_rows == book->table_row) {
        mtmi_buffer_format(&book->columns, "<tableColumn id=\"%zu\" name=\"", book->n_columns);
        mtmi_escape_html(&book->columns, text);
        mtmi_buffer_text(&book->columns, "\"/>");
    }
}

static void put_number(mtmi_workbook *book, const char *digits, int decimals) {
    begin_cell(book, NUMBER_STYLE + decimals);
    mtmi_buffer_format(&book->sheet, "><v>%s</v></c>", digits);
}

/* "A3:I40" */
static void put_range(mtmi_buffer *out, const mtmi_workbook *book) {
    mtmi_buffer_format(out, "A%zu:%c%zu", book->table_row, (int)('A' + (book->n_columns + 25) % 26), book->n_rows);
}

/* The table's part (ECMA-376, 18.5.1.2): no filter, no stripes. And the sheet's relation to it. */
static void add_table(mtmi_workbook *book) {
    mtmi_buffer part = MTMI_BUFFER_INIT, path = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&part, DECLARATION "<table xmlns=\"" MAIN "\" id=\"%zu\" name=\"%s\" displayName=\"%s\" ref=\"",
                       book->n_sheets, book->table, book->table);
    put_range(&part, book);
    mtmi_buffer_format(&part,
                       "\" totalsRowShown=\"0\"><tableColumns count=\"%zu\">%s</tableColumns>"
                       "<tableStyleInfo name=\"TableStyleLight1\" showFirstColumn=\"0\" showLastColumn=\"0\" "
                       "showRowStripes=\"0\" showColumnStripes=\"0\"/></table>",
                       book->n_columns, book->columns.data != NULL ? book->columns.data : "");
    mtmi_buffer_format(&path, "xl/tables/table%zu.xml", book->n_sheets);
    mtmi_zip_writer_add(&book->archive, path.data != NULL ? path.data : "", &part);
    mtmi_buffer_clear(&part);
    mtmi_buffer_clear(&path);
    mtmi_buffer_format(&part,
                       DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" "
                                   "Type=\"" OFFICE "/table\" Target=\"../tables/table%zu.xml\"/></Relationships>",
                       book->n_sheets);
    mtmi_buffer_format(&path, "xl/worksheets/_rels/sheet%zu.xml.rels", book->n_sheets);
    mtmi_zip_writer_add(&book->archive, path.data != NULL ? path.data : "", &part);
    book->has_table |= 1u << book->n_sheets;
    book->archive.out->failed |= part.failed || path.failed || book->columns.failed;
    mtmi_buffer_free(&part);
    mtmi_buffer_free(&path);
}

static void end_sheet(mtmi_workbook *book) {
    mtmi_buffer path = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&book->sheet, "</sheetData><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" "
                                   "header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" "
                                   "orientation=\"landscape\" fitToHeight=\"0\"/>");
    mtmi_buffer_text(&book->sheet, book->table != NULL ? "<tableParts count=\"1\"><tablePart xmlns:r=\"" OFFICE "\" "
                                                         "r:id=\"rId1\"/></tableParts></worksheet>"
                                                       : "</worksheet>");
    mtmi_buffer_format(&path, "xl/worksheets/sheet%zu.xml", book->n_sheets);
    mtmi_zip_writer_add(&book->archive, path.data != NULL ? path.data : "", &book->sheet);
    if (book->table != NULL) {
        add_table(book);
    }
    book->archive.out->failed |= path.failed;
    mtmi_buffer_free(&path);
}

/* ---- the parts around the sheets ---- */

static void content_types(mtmi_buffer *out, const mtmi_workbook *book) {
    mtmi_office_types(out);
    mtmi_office_type(out, "/xl/workbook.xml", TYPES "sheet.main+xml");
    mtmi_office_type(out, "/xl/styles.xml", TYPES "styles+xml");
    mtmi_office_type(out, "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    for (size_t i = 1; i <= book->n_sheets; i++) {
        mtmi_buffer_format(
            out, "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" ContentType=\"" TYPES "worksheet+xml\"/>", i);
        if ((book->has_table >> i & 1) != 0) {
            mtmi_buffer_format(
                out, "<Override PartName=\"/xl/tables/table%zu.xml\" ContentType=\"" TYPES "table+xml\"/>", i);
        }
    }
    mtmi_buffer_text(out, "</Types>");
}

static void workbook_part(mtmi_buffer *out, const mtmi_workbook *book) {
    mtmi_buffer_text(out, DECLARATION "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>");
    for (size_t i = 0; i < book->n_sheets; i++) {
        mtmi_buffer_text(out, "<sheet name=\"");
        mtmi_escape_html(out, book->names[i]);
        mtmi_buffer_format(out, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1, i + 1);
    }
    mtmi_buffer_text(out, "</sheets></workbook>");
}

static void workbook_relations(mtmi_buffer *out, size_t n_sheets) {
    mtmi_buffer_text(out, DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">");
    for (size_t i = 1; i <= n_sheets; i++) {
        mtmi_buffer_format(out,
                           "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/worksheet\" "
                           "Target=\"worksheets/sheet%zu.xml\"/>",
                           i, i);
    }
    mtmi_buffer_format(out,
                       "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
                       "</Relationships>",
                       n_sheets + 1);
}

static void add_part(mtmi_workbook *book, const char *path) {
    mtmi_zip_writer_add(&book->archive, path, &book->sheet);
    mtmi_buffer_clear(&book->sheet);
}

static void finish(mtmi_workbook *book) {
    mtmi_buffer_clear(&book->sheet);
    content_types(&book->sheet, book);
    add_part(book, "[Content_Types].xml");
    mtmi_office_relations(&book->sheet, "xl/workbook.xml");
    add_part(book, "_rels/.rels");
    mtmi_office_core(&book->sheet, book->title, book->creator, NULL);
    add_part(book, "docProps/core.xml");
    workbook_part(&book->sheet, book);
    add_part(book, "xl/workbook.xml");
    workbook_relations(&book->sheet, book->n_sheets);
    add_part(book, "xl/_rels/workbook.xml.rels");
    styles(&book->sheet);
    add_part(book, "xl/styles.xml");
}

const mtmi_workbook_form mtmi_workbook_xlsx = {NULL,     begin_sheet, begin_row, end_row,
                                               put_text, put_number,  end_sheet, finish};
