/* The workbook of OpenDocument 1.3 (OASIS, part 3): one content part with all sheets. Headings are header rows, and each
 * table is a named database range, which is how the format marks a table. */
#include "render/office/office_workbook.h"

#include "render/escape.h"

#include <string.h>

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define MIME "application/vnd.oasis.opendocument.spreadsheet"
#define NAMESPACES                                                                                                     \
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "                                               \
    "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "                                                 \
    "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "                                                   \
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "                                                 \
    "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "                                        \
    "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "                                            \
    "xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "     \
    "office:version=\"1.3\""

static void add_text(mtmi_workbook *book, const char *path, const char *text) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&part, text);
    mtmi_zip_writer_add(&book->archive, path, &part);
    mtmi_buffer_free(&part);
}

/* The type is the first file of the archive, so that it is known by its first bytes. */
static void start(mtmi_workbook *book) {
    add_text(book, "mimetype", MIME);
}

static void begin_sheet(mtmi_workbook *book, const unsigned char *widths, size_t n) {
    mtmi_buffer_text(&book->sheet, "<table:table table:name=\"");
    mtmi_escape_html(&book->sheet, book->names[book->n_sheets - 1]);
    mtmi_buffer_text(&book->sheet, "\" table:style-name=\"sheet\">");
    for (size_t i = 0; i < n; i++) {
        mtmi_buffer_format(&book->sheet, "<table:table-column table:style-name=\"w%d\"/>", (int)widths[i]);
        book->used_widths[widths[i]] = 1;
    }
}

static int is_heading(const mtmi_workbook *book) {
    return book->table != NULL && book->n_rows == book->table_row;
}

static void begin_row(mtmi_workbook *book) {
    mtmi_buffer_text(&book->sheet, is_heading(book) ? "<table:table-header-rows>" : "");
    mtmi_buffer_text(&book->sheet, "<table:table-row>");
}

static void end_row(mtmi_workbook *book) {
    mtmi_buffer_text(&book->sheet, "</table:table-row>");
    mtmi_buffer_text(&book->sheet, is_heading(book) ? "</table:table-header-rows>" : "");
}

/* Spaces that would be taken for one are elements. */
static void put_characters(mtmi_buffer *out, const char *text) {
    mtmi_buffer shown = MTMI_BUFFER_INIT;
    mtmi_escape_html(&shown, text);
    const char *at = shown.data != NULL ? shown.data : "";
    for (int after_space = 1; *at != '\0'; at++) {
        if (*at == ' ' && after_space) {
            mtmi_buffer_text(out, "<text:s/>");
        } else {
            mtmi_buffer_char(out, *at);
        }
        after_space = *at == ' ';
    }
    out->failed |= shown.failed;
    mtmi_buffer_free(&shown);
}

static void put_text(mtmi_workbook *book, const char *text, mtmi_cell_style style) {
    static const char *const names[] = {"plain", "heading", "title", "wrapped"};
    mtmi_buffer_format(&book->sheet, "<table:table-cell table:style-name=\"%s\" office:value-type=\"string\"><text:p>",
                       names[style]);
    put_characters(&book->sheet, text);
    mtmi_buffer_text(&book->sheet, "</text:p></table:table-cell>");
}

static void put_number(mtmi_workbook *book, const char *digits, int decimals) {
    mtmi_buffer_format(&book->sheet,
                       "<table:table-cell table:style-name=\"n%d\" office:value-type=\"float\" office:value=\"%s\">"
                       "<text:p>%s</text:p></table:table-cell>",
                       decimals, digits, digits);
}

/* 'A sheet'.A3:'A sheet'.I40 */
static void put_range(mtmi_workbook *book) {
    mtmi_buffer name = MTMI_BUFFER_INIT;
    mtmi_escape_html(&name, book->names[book->n_sheets - 1]);
    const char *sheet = name.data != NULL ? name.data : "";
    mtmi_buffer_format(&book->columns,
                       "<table:database-range table:name=\"%s\" table:contains-header=\"true\" "
                       "table:display-filter-buttons=\"false\" table:target-range-address=\"&#39;%s&#39;.A%zu:"
                       "&#39;%s&#39;.%c%zu\"/>",
                       book->table, sheet, book->table_row, sheet, (int)('A' + (book->n_columns + 25) % 26),
                       book->n_rows);
    book->columns.failed |= name.failed;
    mtmi_buffer_free(&name);
}

static void end_sheet(mtmi_workbook *book) {
    mtmi_buffer_text(&book->sheet, "</table:table>");
    if (book->table != NULL) {
        put_range(book);
    }
}

/* ---- the parts around the sheets ---- */

static void put_widths(const mtmi_workbook *book, mtmi_buffer *out) {
    for (int width = 0; width < 256; width++) {
        if (book->used_widths[width]) { /* a character is about 2.1 mm */
            mtmi_buffer_format(out,
                               "<style:style style:name=\"w%d\" style:family=\"table-column\"><style:table-column-"
                               "properties style:column-width=\"%d.%dmm\"/></style:style>",
                               width, width * 21 / 10, width * 21 % 10);
        }
    }
}

static void put_numbers(mtmi_buffer *out) {
    for (int decimals = 0; decimals <= 9; decimals++) {
        mtmi_buffer_format(out,
                           "<number:number-style style:name=\"N%d\"><number:number number:decimal-places=\"%d\" "
                           "number:min-decimal-places=\"%d\" number:min-integer-digits=\"1\" "
                           "number:grouping=\"true\"/></number:number-style><style:style style:name=\"n%d\" "
                           "style:family=\"table-cell\" style:data-style-name=\"N%d\"/>",
                           decimals, decimals, decimals, decimals, decimals);
    }
}

static void content_part(const mtmi_workbook *book, mtmi_buffer *out) {
    mtmi_buffer_text(out, DECLARATION "<office:document-content " NAMESPACES "><office:automatic-styles>"
                                      "<style:style style:name=\"sheet\" style:family=\"table\" "
                                      "style:master-page-name=\"Default\"/>");
    put_widths(book, out);
    mtmi_buffer_text(
        out, "<style:style style:name=\"plain\" style:family=\"table-cell\"/><style:style style:name=\"heading\" "
             "style:family=\"table-cell\"><style:table-cell-properties fo:wrap-option=\"wrap\" fo:border-bottom=\""
             "0.75pt solid #000000\"/><style:text-properties fo:font-weight=\"bold\"/></style:style>"
             "<style:style style:name=\"title\" style:family=\"table-cell\"><style:text-properties fo:font-size=\""
             "16pt\" fo:font-weight=\"bold\"/></style:style><style:style style:name=\"wrapped\" style:family=\""
             "table-cell\"><style:table-cell-properties fo:wrap-option=\"wrap\" style:vertical-align=\"top\"/>"
             "</style:style>");
    put_numbers(out);
    mtmi_buffer_text(out, "</office:automatic-styles><office:body><office:spreadsheet>");
    mtmi_buffer_text(out, book->sheet.data != NULL ? book->sheet.data : "");
    if (book->columns.size > 0) {
        mtmi_buffer_format(out, "<table:database-ranges>%s</table:database-ranges>", book->columns.data);
    }
    mtmi_buffer_text(out, "</office:spreadsheet></office:body></office:document-content>");
}

static void meta_part(const mtmi_workbook *book, mtmi_buffer *out) {
    mtmi_buffer_text(out, DECLARATION "<office:document-meta " NAMESPACES "><office:meta><dc:title>");
    mtmi_escape_html(out, book->title);
    mtmi_buffer_text(out, "</dc:title><meta:generator>");
    mtmi_escape_html(out, book->creator);
    mtmi_buffer_text(out, "</meta:generator></office:meta></office:document-meta>");
}

static const char styles_part[] =
    DECLARATION "<office:document-styles " NAMESPACES "><office:styles/><office:automatic-styles><style:page-layout "
                "style:name=\"page\"><style:page-layout-properties fo:page-width=\"297mm\" fo:page-height=\"210mm\" "
                "style:print-orientation=\"landscape\" style:scale-to-X=\"1\" style:scale-to-Y=\"0\"/>"
                "</style:page-layout></office:automatic-styles><office:master-styles><style:master-page "
                "style:name=\"Default\" style:page-layout-name=\"page\"/></office:master-styles>"
                "</office:document-styles>";

static const char manifest_part[] =
    DECLARATION "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
                "manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
                "manifest:media-type=\"" MIME "\"/><manifest:file-entry manifest:full-path=\"content.xml\" "
                "manifest:media-type=\"text/xml\"/><manifest:file-entry manifest:full-path=\"styles.xml\" "
                "manifest:media-type=\"text/xml\"/><manifest:file-entry manifest:full-path=\"meta.xml\" "
                "manifest:media-type=\"text/xml\"/></manifest:manifest>";

static void finish(mtmi_workbook *book) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    content_part(book, &part);
    mtmi_zip_writer_add(&book->archive, "content.xml", &part);
    mtmi_buffer_clear(&part);
    meta_part(book, &part);
    mtmi_zip_writer_add(&book->archive, "meta.xml", &part);
    mtmi_buffer_free(&part);
    add_text(book, "styles.xml", styles_part);
    add_text(book, "META-INF/manifest.xml", manifest_part);
}

const mtmi_workbook_form mtmi_workbook_ods = {start,    begin_sheet, begin_row, end_row,
                                              put_text, put_number,  end_sheet, finish};
