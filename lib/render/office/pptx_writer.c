/* Writes the parts of a presentation: slides over one layout and one master, a theme, charts with their workbooks. Places are
 * in EMU, 36,000 a millimetre, on slides of 16:9. */
#include "render/office/pptx_writer.h"

#include "render/escape.h"
#include "render/office/office_package.h"

#include <string.h>

#define MAIN "http://schemas.openxmlformats.org/presentationml/2006/main"
#define DRAWING "http://schemas.openxmlformats.org/drawingml/2006/"
#define NAMESPACES "xmlns:p=\"" MAIN "\" xmlns:a=\"" DRAWING "main\" xmlns:r=\"" MTMI_OFFICE_RELATION "\""
#define TYPE MTMI_OFFICE_TYPE "presentationml."
#define GROUP "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
#define WIDTH 12192000
#define HEIGHT 6858000
#define LEFT 609600
#define INNER (WIDTH - 2 * LEFT)

static void add_part(mtmi_pptx *deck, const char *path, mtmi_buffer *part) {
    mtmi_zip_writer_add(&deck->archive, path, part);
    mtmi_buffer_clear(part);
}

static void add_numbered(mtmi_pptx *deck, const char *form, size_t number, mtmi_buffer *part) {
    mtmi_buffer path = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&path, form, number);
    part->failed |= path.failed;
    add_part(deck, path.data != NULL ? path.data : "", part);
    mtmi_buffer_free(&path);
}

void mtmi_pptx_start(mtmi_pptx *deck, mtmi_buffer *out, const char *title, const char *creator, const char *language) {
    memset(deck, 0, sizeof *deck);
    mtmi_zip_writer_start(&deck->archive, out);
    deck->title = title;
    deck->creator = creator;
    deck->language = language;
}

/* ---- shapes ---- */

static void begin_shape(mtmi_pptx *deck, const char *name, const char *placeholder, int y, int height) {
    mtmi_buffer_format(&deck->slide, "<p:sp><p:nvSpPr><p:cNvPr id=\"%zu\" name=\"", ++deck->n_shapes);
    mtmi_escape_html(&deck->slide, name);
    mtmi_buffer_format(&deck->slide,
                       "\"/><p:cNvSpPr/><p:nvPr>%s</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"%d\" y=\"%d\"/>"
                       "<a:ext cx=\"%d\" cy=\"%d\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>"
                       "<p:txBody><a:bodyPr wrap=\"square\"><a:normAutofit/></a:bodyPr>",
                       placeholder, LEFT, y, INNER, height);
}

static void put_line(mtmi_pptx *deck, const char *text, int size, int bold, int item) {
    mtmi_buffer_text(&deck->slide, "<a:p>");
    mtmi_buffer_text(&deck->slide, item ? "<a:pPr marL=\"285750\" indent=\"-285750\"><a:spcAft><a:spcPts val=\"600\"/>"
                                          "</a:spcAft><a:buFont typeface=\"Arial\"/><a:buChar char=\"\xE2\x80\xA2\"/>"
                                          "</a:pPr>"
                                        : "");
    mtmi_buffer_format(&deck->slide, "<a:r><a:rPr lang=\"%s\" sz=\"%d\"%s/><a:t>", deck->language, size,
                       bold ? " b=\"1\"" : "");
    mtmi_escape_html(&deck->slide, text);
    mtmi_buffer_text(&deck->slide, "</a:t></a:r></a:p>");
}

static void end_shape(mtmi_pptx *deck) {
    mtmi_buffer_text(&deck->slide, "</p:txBody></p:sp>");
}

static void end_slide(mtmi_pptx *deck) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    if (deck->n_slides == 0) {
        return;
    }
    mtmi_buffer_text(&part, MTMI_OFFICE_XML "<p:sld " NAMESPACES "><p:cSld><p:spTree>" GROUP);
    mtmi_buffer_text(&part, deck->slide.data != NULL ? deck->slide.data : "");
    mtmi_buffer_text(&part, "</p:spTree></p:cSld></p:sld>");
    part.failed |= deck->slide.failed;
    add_numbered(deck, "ppt/slides/slide%zu.xml", deck->n_slides, &part);
    mtmi_buffer_text(&part, MTMI_OFFICE_XML "<Relationships xmlns=\"" MTMI_OFFICE_PACKAGE "relationships\">");
    mtmi_office_relation(&part, 1, "slideLayout", "../slideLayouts/slideLayout1.xml", 0);
    if (deck->chart_of_slide > 0) {
        mtmi_buffer target = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&target, "../charts/chart%zu.xml", deck->chart_of_slide);
        mtmi_office_relation(&part, 2, "chart", target.data, 0);
        part.failed |= target.failed;
        mtmi_buffer_free(&target);
    }
    mtmi_buffer_text(&part, "</Relationships>");
    add_numbered(deck, "ppt/slides/_rels/slide%zu.xml.rels", deck->n_slides, &part);
    mtmi_buffer_free(&part);
    mtmi_buffer_clear(&deck->slide);
}

int mtmi_pptx_slide(mtmi_pptx *deck, const char *title) {
    if (deck->n_slides == MTMI_PPTX_SLIDES) {
        return 0;
    }
    end_slide(deck);
    deck->n_slides++;
    deck->n_shapes = 1;
    deck->chart_of_slide = 0;
    begin_shape(deck, "Title", "<p:ph type=\"title\"/>", 320000, 900000);
    put_line(deck, title, 2600, 1, 0);
    end_shape(deck);
    return 1;
}

void mtmi_pptx_lines(mtmi_pptx *deck, const char *const *lines, size_t n, int items) {
    begin_shape(deck, "Text", "", 1350000, 4600000);
    for (size_t i = 0; i < n; i++) {
        put_line(deck, lines[i], n > 8 ? 1200 : n > 5 ? 1600 : 1800, 0, items);
    }
    if (n == 0) {
        mtmi_buffer_text(&deck->slide, "<a:p/>");
    }
    end_shape(deck);
}

void mtmi_pptx_foot(mtmi_pptx *deck, const char *text) {
    begin_shape(deck, "Source", "", 6150000, 500000);
    put_line(deck, text, 1050, 0, 0);
    end_shape(deck);
}

static void begin_frame(mtmi_pptx *deck, const char *name, const char *description, int y, int height) {
    mtmi_buffer_format(&deck->slide, "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"%zu\" name=\"",
                       ++deck->n_shapes);
    mtmi_escape_html(&deck->slide, name);
    mtmi_buffer_text(&deck->slide, "\" descr=\"");
    mtmi_escape_html(&deck->slide, description);
    mtmi_buffer_format(&deck->slide,
                       "\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"%d\" y=\"%d\"/>"
                       "<a:ext cx=\"%d\" cy=\"%d\"/></p:xfrm><a:graphic>",
                       LEFT, y, INNER, height);
}

void mtmi_pptx_chart(mtmi_pptx *deck, const mtmi_office_chart *chart, const char *name, const char *description) {
    deck->chart_of_slide = ++deck->n_charts;
    begin_frame(deck, name, description, 1300000, 4700000);
    mtmi_buffer_text(&deck->slide, "<a:graphicData uri=\"" DRAWING "chart\"><c:chart xmlns:c=\"" DRAWING
                                   "chart\" r:id=\"rId2\"/></a:graphicData></a:graphic></p:graphicFrame>");
    mtmi_office_chart_add(&deck->archive, "ppt", deck->n_charts, chart);
}

static void put_cell(mtmi_pptx *deck, const mtmi_table *table, size_t row, size_t column) {
    mtmi_buffer_format(&deck->slide,
                       "<a:tc><a:txBody><a:bodyPr/><a:p><a:pPr algn=\"%s\"/><a:r><a:rPr lang=\"%s\" sz=\"1200\"%s/>"
                       "<a:t>",
                       table->numeric[column] ? "r" : "l", deck->language, row == 0 ? " b=\"1\"" : "");
    mtmi_escape_html(&deck->slide, mtmi_table_at(table, row, column));
    mtmi_buffer_text(&deck->slide, "</a:t></a:r></a:p></a:txBody><a:tcPr/></a:tc>");
}

void mtmi_pptx_table(mtmi_pptx *deck, const mtmi_table *table, const char *name) {
    size_t n = table->n_rows, unit = INNER / (table->n_columns + 1);
    begin_frame(deck, name, name, 1350000, (int)(340000 * n));
    mtmi_buffer_text(&deck->slide,
                     "<a:graphicData uri=\"" DRAWING "table\"><a:tbl><a:tblPr firstRow=\"1\"/><a:tblGrid>");
    for (size_t c = 0; c < table->n_columns; c++) {
        mtmi_buffer_format(&deck->slide, "<a:gridCol w=\"%zu\"/>", c == 0 ? 2 * unit : unit);
    }
    mtmi_buffer_text(&deck->slide, "</a:tblGrid>");
    for (size_t r = 0; r < n; r++) {
        mtmi_buffer_text(&deck->slide, "<a:tr h=\"340000\">");
        for (size_t c = 0; c < table->n_columns; c++) {
            put_cell(deck, table, r, c);
        }
        mtmi_buffer_text(&deck->slide, "</a:tr>");
    }
    mtmi_buffer_text(&deck->slide, "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>");
    deck->archive.out->failed |= mtmi_table_failed(table);
}

/* ---- the parts around the slides ---- */

static const char theme_part[] = MTMI_OFFICE_XML
    "<a:theme xmlns:a=\"" DRAWING "main\" name=\"mtm\"><a:themeElements><a:clrScheme name=\"mtm\"><a:dk1><a:srgbClr "
    "val=\"16202C\"/></a:dk1><a:lt1><a:srgbClr val=\"FFFFFF\"/></a:lt1><a:dk2><a:srgbClr "
    "val=\"0A4FA0\"/></a:dk2><a:lt2>"
    "<a:srgbClr val=\"F4F6F9\"/></a:lt2><a:accent1><a:srgbClr val=\"2468B4\"/></a:accent1><a:accent2><a:srgbClr "
    "val=\"B3480B\"/></a:accent2><a:accent3><a:srgbClr val=\"1C6B3C\"/></a:accent3><a:accent4><a:srgbClr "
    "val=\"8493A3\"/>"
    "</a:accent4><a:accent5><a:srgbClr val=\"6B4300\"/></a:accent5><a:accent6><a:srgbClr val=\"7F1D12\"/></a:accent6>"
    "<a:hlink><a:srgbClr val=\"0A4FA0\"/></a:hlink><a:folHlink><a:srgbClr val=\"51606F\"/></a:folHlink></a:clrScheme>"
    "<a:fontScheme name=\"mtm\"><a:majorFont><a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>"
    "</a:majorFont><a:minorFont><a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:minorFont>"
    "</a:fontScheme><a:fmtScheme name=\"mtm\"><a:fillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
    "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
    "</a:fillStyleLst><a:lnStyleLst><a:ln w=\"6350\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>"
    "<a:ln w=\"12700\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln><a:ln w=\"19050\"><a:solidFill>"
    "<a:schemeClr val=\"phClr\"/></a:solidFill></a:ln></a:lnStyleLst><a:effectStyleLst><a:effectStyle><a:effectLst/>"
    "</a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle>"
    "</a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill>"
    "<a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
    "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>";

#define TITLE_SHAPE                                                                                                    \
    "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph "  \
    "type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"609600\" y=\"320000\"/><a:ext cx=\"10972800\" "    \
    "cy=\"900000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr "           \
    "anchor=\"ctr\"/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"

static const char master_part[] = MTMI_OFFICE_XML
    "<p:sldMaster " NAMESPACES "><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef>"
    "</p:bg><p:spTree>" GROUP TITLE_SHAPE "</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" "
    "bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" "
    "accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>"
    "<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst></p:sldMaster>";

static const char layout_part[] =
    MTMI_OFFICE_XML "<p:sldLayout " NAMESPACES " type=\"titleOnly\"><p:cSld name=\"Title\"><p:spTree>" GROUP TITLE_SHAPE
                    "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>";

static void add_text(mtmi_pptx *deck, const char *path, const char *text) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&part, text);
    add_part(deck, path, &part);
    mtmi_buffer_free(&part);
}

static void add_relations(mtmi_pptx *deck, const char *path, const char *const (*list)[2], size_t n) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&part, MTMI_OFFICE_XML "<Relationships xmlns=\"" MTMI_OFFICE_PACKAGE "relationships\">");
    for (size_t i = 0; i < n; i++) {
        mtmi_office_relation(&part, i + 1, list[i][0], list[i][1], 0);
    }
    mtmi_buffer_text(&part, "</Relationships>");
    add_part(deck, path, &part);
    mtmi_buffer_free(&part);
}

static void add_presentation(mtmi_pptx *deck) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&part, MTMI_OFFICE_XML "<p:presentation " NAMESPACES "><p:sldMasterIdLst><p:sldMasterId "
                                            "id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:sldIdLst>");
    for (size_t i = 0; i < deck->n_slides; i++) {
        mtmi_buffer_format(&part, "<p:sldId id=\"%zu\" r:id=\"rId%zu\"/>", 256 + i, 3 + i);
    }
    mtmi_buffer_format(&part,
                       "</p:sldIdLst><p:sldSz cx=\"%d\" cy=\"%d\"/><p:notesSz cx=\"%d\" cy=\"%d\"/></p:presentation>",
                       WIDTH, HEIGHT, HEIGHT, WIDTH);
    add_part(deck, "ppt/presentation.xml", &part);
    mtmi_buffer_text(&part, MTMI_OFFICE_XML "<Relationships xmlns=\"" MTMI_OFFICE_PACKAGE "relationships\">");
    mtmi_office_relation(&part, 1, "slideMaster", "slideMasters/slideMaster1.xml", 0);
    mtmi_office_relation(&part, 2, "theme", "theme/theme1.xml", 0);
    for (size_t i = 0; i < deck->n_slides; i++) {
        mtmi_buffer target = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&target, "slides/slide%zu.xml", i + 1);
        mtmi_office_relation(&part, 3 + i, "slide", target.data, 0);
        part.failed |= target.failed;
        mtmi_buffer_free(&target);
    }
    mtmi_buffer_text(&part, "</Relationships>");
    add_part(deck, "ppt/_rels/presentation.xml.rels", &part);
    mtmi_buffer_free(&part);
}

static void add_types(mtmi_pptx *deck) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    mtmi_office_types(&part);
    mtmi_office_chart_types(&part, "ppt", deck->n_charts);
    mtmi_office_type(&part, "/ppt/presentation.xml", TYPE "presentation.main+xml");
    mtmi_office_type(&part, "/ppt/slideMasters/slideMaster1.xml", TYPE "slideMaster+xml");
    mtmi_office_type(&part, "/ppt/slideLayouts/slideLayout1.xml", TYPE "slideLayout+xml");
    mtmi_office_type(&part, "/ppt/theme/theme1.xml", MTMI_OFFICE_TYPE "theme+xml");
    mtmi_office_type(&part, "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    for (size_t i = 1; i <= deck->n_slides; i++) {
        mtmi_buffer_format(&part, "<Override PartName=\"/ppt/slides/slide%zu.xml\" ContentType=\"" TYPE "slide+xml\"/>",
                           i);
    }
    mtmi_buffer_text(&part, "</Types>");
    add_part(deck, "[Content_Types].xml", &part);
    mtmi_buffer_free(&part);
}

void mtmi_pptx_finish(mtmi_pptx *deck) {
    static const char *const master[][2] = {{"slideLayout", "../slideLayouts/slideLayout1.xml"},
                                            {"theme", "../theme/theme1.xml"}};
    static const char *const layout[][2] = {{"slideMaster", "../slideMasters/slideMaster1.xml"}};
    mtmi_buffer part = MTMI_BUFFER_INIT;
    end_slide(deck);
    add_presentation(deck);
    add_text(deck, "ppt/slideMasters/slideMaster1.xml", master_part);
    add_relations(deck, "ppt/slideMasters/_rels/slideMaster1.xml.rels", master, 2);
    add_text(deck, "ppt/slideLayouts/slideLayout1.xml", layout_part);
    add_relations(deck, "ppt/slideLayouts/_rels/slideLayout1.xml.rels", layout, 1);
    add_text(deck, "ppt/theme/theme1.xml", theme_part);
    mtmi_office_core(&part, deck->title, deck->creator, deck->language);
    add_part(deck, "docProps/core.xml", &part);
    mtmi_office_relations(&part, "ppt/presentation.xml");
    add_part(deck, "_rels/.rels", &part);
    mtmi_buffer_free(&part);
    add_types(deck);
    mtmi_zip_writer_finish(&deck->archive);
    mtmi_buffer_free(&deck->slide);
}
