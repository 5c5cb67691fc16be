/* Writes a bar or column chart (ECMA-376, part 1, 21.2) with its numbers and the workbook that they stand in. Bars begin at
 * zero where no number is below it; each bar carries its number; there is no key, for there is one series. */
#include "render/office/chart_part.h"

#include "render/escape.h"
#include "render/office/office_package.h"
#include "render/office/office_workbook.h"

#define CHART "http://schemas.openxmlformats.org/drawingml/2006/chart"
#define DRAWING "http://schemas.openxmlformats.org/drawingml/2006/main"

static void put_cache_point(mtmi_buffer *out, size_t i, const char *text) {
    mtmi_buffer_format(out, "<c:pt idx=\"%zu\"><c:v>", i);
    mtmi_escape_html(out, text);
    mtmi_buffer_text(out, "</c:v></c:pt>");
}

static void put_labels(mtmi_buffer *out, const mtmi_office_chart *chart) {
    mtmi_buffer_format(out, "<c:cat><c:strRef><c:f>Data!$A$4:$A$%zu</c:f><c:strCache><c:ptCount val=\"%zu\"/>",
                       chart->n + 3, chart->n);
    for (size_t i = 0; i < chart->n; i++) {
        put_cache_point(out, i, chart->points[i].label);
    }
    mtmi_buffer_text(out, "</c:strCache></c:strRef></c:cat>");
}

static void put_values(mtmi_buffer *out, const mtmi_office_chart *chart) {
    mtmi_buffer_format(out,
                       "<c:val><c:numRef><c:f>Data!$B$4:$B$%zu</c:f><c:numCache><c:formatCode>General</c:formatCode>"
                       "<c:ptCount val=\"%zu\"/>",
                       chart->n + 3, chart->n);
    for (size_t i = 0; i < chart->n; i++) {
        char text[40];
        mtm_decimal_describe(chart->points[i].value, text, sizeof text);
        put_cache_point(out, i, text);
    }
    mtmi_buffer_text(out, "</c:numCache></c:numRef></c:val>");
}

static int decimals_of(const mtmi_office_chart *chart) {
    int most = 0;
    for (size_t i = 0; i < chart->n; i++) {
        most = chart->points[i].value.decimals > most ? chart->points[i].value.decimals : most;
    }
    return most;
}

static void put_format(mtmi_buffer *out, const mtmi_office_chart *chart) {
    int decimals = decimals_of(chart);
    mtmi_buffer_text(out, decimals > 0 ? "<c:numFmt formatCode=\"#,##0." : "<c:numFmt formatCode=\"#,##0");
    mtmi_buffer_repeat(out, "0", (size_t)decimals);
    mtmi_buffer_text(out, "\" sourceLinked=\"0\"/>");
}

static void put_series(mtmi_buffer *out, const mtmi_office_chart *chart) {
    mtmi_buffer_text(out,
                     "<c:ser><c:idx val=\"0\"/><c:order val=\"0\"/><c:tx><c:strRef><c:f>Data!$B$3</c:f><c:strCache>"
                     "<c:ptCount val=\"1\"/>");
    put_cache_point(out, 0, chart->measure);
    mtmi_buffer_text(out,
                     "</c:strCache></c:strRef></c:tx><c:spPr><a:solidFill><a:srgbClr val=\"2468B4\"/></a:solidFill>"
                     "</c:spPr><c:invertIfNegative val=\"0\"/><c:dLbls>");
    put_format(out, chart);
    mtmi_buffer_text(out, "<c:spPr><a:noFill/></c:spPr><c:dLblPos val=\"outEnd\"/><c:showLegendKey val=\"0\"/>"
                          "<c:showVal val=\"1\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/>"
                          "<c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls>");
    put_labels(out, chart);
    put_values(out, chart);
    mtmi_buffer_text(out, "</c:ser>");
}

static int any_below_zero(const mtmi_office_chart *chart) {
    int any = 0;
    for (size_t i = 0; i < chart->n; i++) {
        any |= chart->points[i].value.units < 0;
    }
    return any;
}

static void put_axes(mtmi_buffer *out, const mtmi_office_chart *chart) {
    mtmi_buffer_format(out,
                       "<c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"%s\"/></c:scaling>"
                       "<c:delete val=\"0\"/><c:axPos val=\"%s\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/>"
                       "<c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>"
                       "<c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/></c:catAx>",
                       chart->columns ? "minMax" : "maxMin", chart->columns ? "b" : "l");
    mtmi_buffer_format(out,
                       "<c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/>%s</c:scaling>"
                       "<c:delete val=\"1\"/><c:axPos val=\"%s\"/>",
                       any_below_zero(chart) ? "" : "<c:min val=\"0\"/>", chart->columns ? "l" : "b");
    put_format(out, chart);
    mtmi_buffer_text(out, "<c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>"
                          "<c:crossAx val=\"1\"/><c:crosses val=\"autoZero\"/></c:valAx>");
}

static void put_part(mtmi_buffer *out, const mtmi_office_chart *chart) {
    mtmi_buffer_format(out,
                       MTMI_OFFICE_XML "<c:chartSpace xmlns:c=\"" CHART "\" xmlns:a=\"" DRAWING
                                       "\" xmlns:r=\"" MTMI_OFFICE_RELATION
                                       "\"><c:date1904 val=\"0\"/><c:lang val=\"%s\"/><c:roundedCorners val=\"0\"/>"
                                       "<c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/><c:barChart>"
                                       "<c:barDir val=\"%s\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>",
                       chart->language, chart->columns ? "col" : "bar");
    put_series(out, chart);
    mtmi_buffer_text(out, "<c:gapWidth val=\"60\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>");
    put_axes(out, chart);
    mtmi_buffer_text(out,
                     "</c:plotArea><c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart><c:spPr><a:noFill/>"
                     "<a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"1000\"/>"
                     "</a:pPr><a:endParaRPr/></a:p></c:txPr><c:externalData r:id=\"rId1\"><c:autoUpdate "
                     "val=\"0\"/></c:externalData></c:chartSpace>");
}

static void put_workbook(mtmi_buffer *out, const mtmi_office_chart *chart) {
    static const unsigned char widths[] = {40, 20};
    mtmi_workbook book;
    mtmi_workbook_start(&book, &mtmi_workbook_xlsx, out, chart->measure, "libmtm");
    mtmi_workbook_sheet(&book, "Data", widths, sizeof widths);
    mtmi_workbook_row(&book);
    mtmi_workbook_text(&book, chart->measure, MTMI_CELL_TITLE);
    mtmi_workbook_row(&book);
    mtmi_workbook_table(&book, "chart_data");
    mtmi_workbook_heading(&book, chart->label_heading);
    mtmi_workbook_heading(&book, chart->measure);
    for (size_t i = 0; i < chart->n; i++) {
        mtmi_workbook_row(&book);
        mtmi_workbook_text(&book, chart->points[i].label, MTMI_CELL_PLAIN);
        mtmi_workbook_number(&book, chart->points[i].value);
    }
    mtmi_workbook_sheet_end(&book);
    mtmi_workbook_finish(&book);
}

static void add_part(mtmi_zip_writer *archive, mtmi_buffer *part, const char *form, const char *folder, size_t number) {
    mtmi_buffer path = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&path, form, folder, number);
    part->failed |= path.failed;
    mtmi_zip_writer_add(archive, path.data != NULL ? path.data : "", part);
    mtmi_buffer_clear(part);
    mtmi_buffer_free(&path);
}

void mtmi_office_chart_add(mtmi_zip_writer *archive, const char *folder, size_t number,
                           const mtmi_office_chart *chart) {
    mtmi_buffer part = MTMI_BUFFER_INIT;
    put_part(&part, chart);
    add_part(archive, &part, "%s/charts/chart%zu.xml", folder, number);
    mtmi_buffer_format(&part,
                       MTMI_OFFICE_XML "<Relationships xmlns=\"" MTMI_OFFICE_PACKAGE
                                       "relationships\"><Relationship Id=\"rId1\" Type=\"" MTMI_OFFICE_RELATION
                                       "/package\" Target=\"../embeddings/chart%zu.xlsx\"/></Relationships>",
                       number);
    add_part(archive, &part, "%s/charts/_rels/chart%zu.xml.rels", folder, number);
    put_workbook(&part, chart);
    add_part(archive, &part, "%s/embeddings/chart%zu.xlsx", folder, number);
    mtmi_buffer_free(&part);
}

void mtmi_office_chart_types(mtmi_buffer *out, const char *folder, size_t n) {
    if (n > 0) {
        mtmi_buffer_text(out, "<Default Extension=\"xlsx\" ContentType=\"" MTMI_OFFICE_TYPE "spreadsheetml.sheet\"/>");
    }
    for (size_t i = 1; i <= n; i++) {
        mtmi_buffer_format(out,
                           "<Override PartName=\"/%s/charts/chart%zu.xml\" ContentType=\"" MTMI_OFFICE_TYPE
                           "drawingml.chart+xml\"/>",
                           folder, i);
    }
}
