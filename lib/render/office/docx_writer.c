/* Writes the parts of a word-processing document: body, styles, numbering of lists, a footer with page numbers, charts. */
#include "render/office/docx_writer.h"

#include "render/escape.h"
#include "render/office/office_package.h"

#include <string.h>

#define MAIN "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DRAWING "http://schemas.openxmlformats.org/drawingml/2006/"
#define WORD_TYPE MTMI_OFFICE_TYPE "wordprocessingml."
#define FIXED_RELATIONS 3 /* styles, numbering, footer */

static const char *const style_ids[] = {"Normal",     "Title",   "Subtitle", "Heading1", "Heading2", "Heading3",
                                        "ListBullet", "Caption", "Small",    "Detail",   "Stamp"};

void mtmi_docx_start(mtmi_docx *word, mtmi_buffer *out, const char *title, const char *creator, const char *language) {
    memset(word, 0, sizeof *word);
    mtmi_zip_writer_start(&word->archive, out);
    word->title = title;
    word->creator = creator;
    word->language = language;
    word->n_relations = FIXED_RELATIONS;
    mtmi_buffer_text(&word->body, MTMI_OFFICE_XML "<w:document xmlns:w=\"" MAIN "\" xmlns:r=\"" MTMI_OFFICE_RELATION
                                                  "\" xmlns:wp=\"" DRAWING "wordprocessingDrawing\"><w:body>");
}

static void begin_paragraph(mtmi_docx *word, mtmi_docx_style style) {
    mtmi_buffer_format(&word->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style_ids[style]);
}

static void put_run(mtmi_buffer *out, const char *text, const char *properties) {
    mtmi_buffer_format(out, "<w:r>%s<w:t xml:space=\"preserve\">", properties);
    mtmi_escape_html(out, text);
    mtmi_buffer_text(out, "</w:t></w:r>");
}

void mtmi_docx_paragraph(mtmi_docx *word, mtmi_docx_style style, const char *text, const char *bookmark) {
    if (text == NULL || text[0] == '\0') {
        return;
    }
    begin_paragraph(word, style);
    if (bookmark != NULL) {
        word->n_bookmarks++;
        mtmi_buffer_format(&word->body, "<w:bookmarkStart w:id=\"%zu\" w:name=\"", word->n_bookmarks);
        mtmi_escape_html(&word->body, bookmark);
        mtmi_buffer_text(&word->body, "\"/>");
    }
    put_run(&word->body, text, "");
    if (bookmark != NULL) {
        mtmi_buffer_format(&word->body, "<w:bookmarkEnd w:id=\"%zu\"/>", word->n_bookmarks);
    }
    mtmi_buffer_text(&word->body, "</w:p>");
}

void mtmi_docx_link(mtmi_docx *word, mtmi_docx_style style, const char *text, const char *address, const char *label) {
    static const char blue[] = "<w:rPr><w:color w:val=\"0A4FA0\"/><w:u w:val=\"single\"/></w:rPr>";
    int within = address[0] == '#', web = mtmi_escape_is_link(address);
    begin_paragraph(word, style);
    if (text[0] != '\0') {
        put_run(&word->body, text, "");
        put_run(&word->body, " ", "");
    }
    if (within) {
        mtmi_buffer_text(&word->body, "<w:hyperlink w:anchor=\"");
        mtmi_escape_html(&word->body, address + 1);
        mtmi_buffer_text(&word->body, "\">");
    } else if (web) {
        mtmi_office_relation(&word->relations, ++word->n_relations, "hyperlink", address, 1);
        mtmi_buffer_format(&word->body, "<w:hyperlink r:id=\"rId%zu\">", word->n_relations);
    }
    put_run(&word->body, label, within || web ? blue : "");
    mtmi_buffer_text(&word->body, within || web ? "</w:hyperlink></w:p>" : "</w:p>");
}

/* ---- tables ---- */

static void put_cell(mtmi_docx *word, const mtmi_table *table, size_t row, size_t column) {
    int strong = row == 0 || mtmi_table_kind(table, row) == MTMI_ROW_MARKED;
    const char *text = mtmi_table_at(table, row, column);
    mtmi_buffer_format(&word->body, "<w:tc><w:p><w:pPr><w:pStyle w:val=\"Cell\"/>%s</w:pPr>",
                       table->numeric[column] ? "<w:jc w:val=\"right\"/>" : "");
    if (text[0] != '\0') {
        put_run(&word->body, text, strong ? "<w:rPr><w:b/></w:rPr>" : "");
    }
    mtmi_buffer_text(&word->body, "</w:p></w:tc>");
}

void mtmi_docx_table(mtmi_docx *word, const mtmi_table *table, const char *caption) {
    mtmi_buffer_text(&word->body, "<w:tbl><w:tblPr><w:tblStyle w:val=\"Report\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>"
                                  "<w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" "
                                  "w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"");
    mtmi_escape_html(&word->body, caption);
    mtmi_buffer_text(&word->body, "\"/></w:tblPr><w:tblGrid>");
    for (size_t c = 0; c < table->n_columns; c++) { /* the first is twice as wide: twips of 16 cm */
        mtmi_buffer_format(&word->body, "<w:gridCol w:w=\"%zu\"/>", 9070 * (c == 0 ? 2u : 1u) / (table->n_columns + 1));
    }
    mtmi_buffer_text(&word->body, "</w:tblGrid>");
    for (size_t r = 0; r < table->n_rows; r++) {
        mtmi_buffer_format(&word->body, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", r == 0 ? "<w:tblHeader/>" : "");
        for (size_t c = 0; c < table->n_columns; c++) {
            put_cell(word, table, r, c);
        }
        mtmi_buffer_text(&word->body, "</w:tr>");
    }
    mtmi_buffer_text(&word->body, "</w:tbl>");
    word->archive.out->failed |= mtmi_table_failed(table);
}

/* ---- charts ---- */

void mtmi_docx_chart(mtmi_docx *word, const mtmi_office_chart *chart, const char *title, const char *description) {
    size_t number = ++word->n_charts;
    mtmi_buffer target = MTMI_BUFFER_INIT;
    unsigned long long height = chart->columns ? 2400000 : 700000 + 330000 * (unsigned long long)chart->n;
    mtmi_buffer_format(&target, "charts/chart%zu.xml", number);
    mtmi_office_relation(&word->relations, ++word->n_relations, "chart", target.data, 0);
    begin_paragraph(word, MTMI_DOCX_BODY);
    mtmi_buffer_format(&word->body,
                       "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent "
                       "cx=\"5760000\" cy=\"%llu\"/><wp:docPr id=\"%zu\" name=\"",
                       height, number);
    mtmi_escape_html(&word->body, title);
    mtmi_buffer_text(&word->body, "\" descr=\"");
    mtmi_escape_html(&word->body, description);
    mtmi_buffer_format(&word->body,
                       "\"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a=\"" DRAWING "main\"><a:graphicData uri=\"" DRAWING
                       "chart\"><c:chart xmlns:c=\"" DRAWING "chart\" r:id=\"rId%zu\"/></a:graphicData></a:graphic>"
                       "</wp:inline></w:drawing></w:r></w:p>",
                       word->n_relations);
    mtmi_office_chart_add(&word->archive, "word", number, chart);
    word->archive.out->failed |= target.failed;
    mtmi_buffer_free(&target);
}

/* ---- the parts around the body ---- */

typedef struct paragraph_style {
    const char *id, *name, *based_on, *paragraph, *run;
} paragraph_style;

static const paragraph_style paragraph_styles[] = {
    {"Title", "Title", "Normal", "<w:spacing w:after=\"60\"/>", "<w:b/><w:sz w:val=\"44\"/>"},
    {"Subtitle", "Subtitle", "Normal", "<w:spacing w:after=\"120\"/>",
     "<w:color w:val=\"51606F\"/><w:sz w:val=\"26\"/>"},
    {"Heading1", "heading 1", "Normal",
     "<w:keepNext/><w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"8\" w:color=\"D9E0E7\"/></w:pBdr>"
     "<w:spacing w:before=\"360\" w:after=\"80\"/><w:outlineLvl w:val=\"0\"/>",
     "<w:b/><w:sz w:val=\"32\"/>"},
    {"Heading2", "heading 2", "Normal",
     "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"60\"/><w:outlineLvl w:val=\"1\"/>",
     "<w:b/><w:sz w:val=\"25\"/>"},
    {"Heading3", "heading 3", "Normal",
     "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/>", "<w:b/>"},
    {"ListBullet", "List Bullet", "Normal", "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/>", ""},
    {"Caption", "caption", "Normal", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/>",
     "<w:b/><w:sz w:val=\"20\"/>"},
    {"Small", "Small", "Normal", "<w:spacing w:after=\"60\"/>", "<w:color w:val=\"51606F\"/><w:sz w:val=\"18\"/>"},
    {"Detail", "Detail", "Normal", "<w:keepNext/><w:spacing w:after=\"60\"/>",
     "<w:color w:val=\"51606F\"/><w:sz w:val=\"18\"/>"},
    {"Cell", "Cell", "Normal", "<w:spacing w:before=\"20\" w:after=\"20\"/>", "<w:sz w:val=\"19\"/>"},
    {"Stamp", "Stamp", "Normal", "<w:spacing w:before=\"120\" w:after=\"120\"/>", "<w:b/><w:color w:val=\"7F1D12\"/>"},
};

static void styles_part(mtmi_buffer *out, const char *language) {
    mtmi_buffer_format(
        out,
        MTMI_OFFICE_XML
        "<w:styles xmlns:w=\"" MAIN "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" "
        "w:hAnsi=\"Arial\" w:cs=\"Arial\" w:eastAsia=\"Arial\"/><w:sz w:val=\"21\"/><w:lang w:val=\"%s\"/>"
        "</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" "
        "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"100\" w:line=\"264\" "
        "w:lineRule=\"auto\"/></w:pPr></w:style>",
        language);
    for (size_t i = 0; i < sizeof paragraph_styles / sizeof *paragraph_styles; i++) {
        const paragraph_style *s = &paragraph_styles[i];
        mtmi_buffer_format(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:basedOn w:val=\"%s\"/>"
            "<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>",
            s->id, s->name, s->based_on, s->paragraph, s->run);
    }
    mtmi_buffer_text(out,
                     "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"Plain\"><w:name w:val=\"Normal Table\"/>"
                     "</w:style><w:style w:type=\"table\" w:styleId=\"Report\"><w:name w:val=\"Report\"/>"
                     "<w:basedOn w:val=\"Plain\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"8\" "
                     "w:color=\"16202C\"/><w:bottom w:val=\"single\" w:sz=\"8\" w:color=\"16202C\"/><w:insideH "
                     "w:val=\"single\" w:sz=\"4\" w:color=\"D9E0E7\"/></w:tblBorders></w:tblPr></w:style></w:styles>");
}

static const char numbering_part[] =
    MTMI_OFFICE_XML "<w:numbering xmlns:w=\"" MAIN "\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">"
                    "<w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\xE2\x80\xA2\"/><w:pPr><w:ind w:left=\"360\" "
                    "w:hanging=\"360\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId "
                    "w:val=\"0\"/></w:num></w:numbering>";

static const char footer_part[] =
    MTMI_OFFICE_XML "<w:ftr xmlns:w=\"" MAIN "\"><w:p><w:pPr><w:pStyle w:val=\"Small\"/><w:jc w:val=\"right\"/></w:pPr>"
                    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE "
                    "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:ftr>";

static void add_text(mtmi_docx *word, const char *path, const char *text) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&part, text);
    mtmi_zip_writer_add(&word->archive, path, &part);
    mtmi_buffer_free(&part);
}

static void document_relations(const mtmi_docx *word, mtmi_buffer *out) {
    mtmi_buffer_text(out, MTMI_OFFICE_XML "<Relationships xmlns=\"" MTMI_OFFICE_PACKAGE "relationships\">");
    mtmi_office_relation(out, 1, "styles", "styles.xml", 0);
    mtmi_office_relation(out, 2, "numbering", "numbering.xml", 0);
    mtmi_office_relation(out, 3, "footer", "footer1.xml", 0);
    mtmi_buffer_text(out, word->relations.data != NULL ? word->relations.data : "");
    mtmi_buffer_text(out, "</Relationships>");
}

static void content_types(const mtmi_docx *word, mtmi_buffer *out) {
    mtmi_office_types(out);
    mtmi_office_chart_types(out, "word", word->n_charts);
    mtmi_office_type(out, "/word/document.xml", WORD_TYPE "document.main+xml");
    mtmi_office_type(out, "/word/styles.xml", WORD_TYPE "styles+xml");
    mtmi_office_type(out, "/word/numbering.xml", WORD_TYPE "numbering+xml");
    mtmi_office_type(out, "/word/footer1.xml", WORD_TYPE "footer+xml");
    mtmi_office_type(out, "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    mtmi_buffer_text(out, "</Types>");
}

void mtmi_docx_finish(mtmi_docx *word) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&word->body,
                     "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"11906\" "
                     "w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" "
                     "w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body>"
                     "</w:document>");
    mtmi_zip_writer_add(&word->archive, "word/document.xml", &word->body);
    document_relations(word, &part);
    part.failed |= word->relations.failed;
    mtmi_zip_writer_add(&word->archive, "word/_rels/document.xml.rels", &part);
    mtmi_buffer_clear(&part);
    styles_part(&part, word->language);
    mtmi_zip_writer_add(&word->archive, "word/styles.xml", &part);
    mtmi_buffer_clear(&part);
    add_text(word, "word/numbering.xml", numbering_part);
    add_text(word, "word/footer1.xml", footer_part);
    mtmi_office_core(&part, word->title, word->creator, word->language);
    mtmi_zip_writer_add(&word->archive, "docProps/core.xml", &part);
    mtmi_buffer_clear(&part);
    mtmi_office_relations(&part, "word/document.xml");
    mtmi_zip_writer_add(&word->archive, "_rels/.rels", &part);
    mtmi_buffer_clear(&part);
    content_types(word, &part);
    mtmi_zip_writer_add(&word->archive, "[Content_Types].xml", &part);
    mtmi_buffer_free(&part);
    mtmi_zip_writer_finish(&word->archive);
    mtmi_buffer_free(&word->body);
    mtmi_buffer_free(&word->relations);
}
