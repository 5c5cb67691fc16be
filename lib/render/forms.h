/* The forms of a report, one file a form (and one for its indicators), behind the switch of render.c. */
#ifndef MTMI_RENDER_FORMS_H
#define MTMI_RENDER_FORMS_H

#include "report/report.h"

#include "base/buffer.h"

typedef struct mtmi_render_request {
    const mtm_report *report;
    mtm_view view;
    const mtmi_report_indicator *indicator; /* NULL for MTM_VIEW_REPORT */
    size_t width;                           /* of the text form, in columns */
    int colour;                             /* of the text form */
} mtmi_render_request;

/* What has no memory left is remembered by out. */
void mtmi_form_text(mtmi_buffer *out, const mtmi_render_request *request);
void mtmi_form_markdown(mtmi_buffer *out, const mtmi_render_request *request);
void mtmi_form_html(mtmi_buffer *out, const mtmi_render_request *request);
void mtmi_form_json(mtmi_buffer *out, const mtmi_render_request *request);
void mtmi_form_csv(mtmi_buffer *out, const mtmi_render_request *request);
void mtmi_form_sdmx(mtmi_buffer *out, const mtmi_render_request *request);   /* not MTM_VIEW_LINEAGE */
void mtmi_form_workbook(mtmi_buffer *out, const mtmi_render_request *request);

/* An indicator's part of the page: of a whole report, or alone. */
void mtmi_html_indicator(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator, int whole);

#endif
