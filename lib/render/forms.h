/* The forms of a report, one file a form (and one for its indicators), behind the switch of render.c. */
#ifndef MTMI_RENDER_FORMS_H
#define MTMI_RENDER_FORMS_H

#include "report/report.h"

#include "base/buffer.h"

typedef struct mtmi_render_request {
    const mtm_report *report;
    mtm_view view;
    const mtmi_report_indicator *indicator;  /* NULL for MTM_VIEW_REPORT */
    size_t width;                            /* of the text form, in columns */
    int colour;                              /* of the text form */
    const struct mtmi_report_survey *survey; /* the view is of this one; NULL: of the indicator, or of all */
    const char *file;                        /* of the CSV that CSVW describes; NULL: report.csv */
} mtmi_render_request;

/* What has no memory left is remembered by out. */
typedef void (*mtmi_form)(mtmi_buffer *out, const mtmi_render_request *request);

/* The formats: id of MTM_FORMAT_..., name, other endings of files, properties, mtmi_form_...: a new format is a line here,
 * a number in mtm/format.h, and the file with its function. */
#define MTMI_FORMAT_ALL (MTM_FORMAT_REPORT | MTM_FORMAT_INDICATOR | MTM_FORMAT_LINEAGE)
#define MTMI_FORMATS(FORMAT)                                                                                           \
    FORMAT(TEXT, "text", "txt", MTMI_FORMAT_ALL, text)                                                                 \
    FORMAT(MARKDOWN, "markdown", "md", MTMI_FORMAT_ALL, markdown)                                                      \
    FORMAT(HTML, "html", "htm", MTMI_FORMAT_ALL | MTM_FORMAT_PAGE, html)                                               \
    FORMAT(JSON, "json", "", MTMI_FORMAT_ALL, json)                                                                    \
    FORMAT(CSV, "csv", "", MTMI_FORMAT_ALL, csv)                                                                       \
    FORMAT(SDMX_CSV, "sdmx-csv", "", MTM_FORMAT_REPORT | MTM_FORMAT_INDICATOR, sdmx)                                   \
    FORMAT(XLSX, "xlsx", "", MTMI_FORMAT_ALL | MTM_FORMAT_BINARY, workbook)                                            \
    FORMAT(ODS, "ods", "", MTMI_FORMAT_ALL | MTM_FORMAT_BINARY, ods)                                                   \
    FORMAT(DOCX, "docx", "", MTM_FORMAT_REPORT | MTM_FORMAT_INDICATOR | MTM_FORMAT_BINARY, docx)                       \
    FORMAT(SDMX_ML, "sdmx-ml", "", MTM_FORMAT_REPORT | MTM_FORMAT_INDICATOR, sdmx_ml)                                  \
    FORMAT(SDMX_STRUCTURE, "sdmx-structure", "", MTM_FORMAT_REPORT | MTM_FORMAT_INDICATOR, sdmx_structure)             \
    FORMAT(SDMX_JSON, "sdmx-json", "", MTM_FORMAT_REPORT | MTM_FORMAT_INDICATOR, sdmx_json)                            \
    FORMAT(JSON_STAT, "json-stat", "", MTM_FORMAT_REPORT | MTM_FORMAT_INDICATOR, json_stat)                            \
    FORMAT(JSON_LD, "json-ld", "jsonld", MTM_FORMAT_REPORT, json_ld)                                                   \
    FORMAT(CSVW, "csvw", "", MTM_FORMAT_REPORT, csvw)                                                                  \
    FORMAT(PPTX, "pptx", "", MTM_FORMAT_REPORT | MTM_FORMAT_BINARY, pptx)                                              \
    FORMAT(SDMX_JSON_STRUCTURE, "sdmx-json-structure", "", MTM_FORMAT_REPORT | MTM_FORMAT_INDICATOR,                   \
           sdmx_json_structure)

#define MTMI_FORM_FUNCTION(id, name, endings, properties, form)                                                        \
    void mtmi_form_##form(mtmi_buffer *out, const mtmi_render_request *request);
MTMI_FORMATS(MTMI_FORM_FUNCTION)
#undef MTMI_FORM_FUNCTION

/* formats.c: the function of a format, NULL for none. */
mtmi_form mtmi_form_of(mtm_format format);

/* The report on one page. */
void mtmi_html_one_page(mtmi_buffer *out, const mtm_report *report);
/* An indicator's part of the page: of a whole report, where number counts the figures, or alone. */
void mtmi_html_indicator(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator, int whole,
                         size_t *number);

#endif
