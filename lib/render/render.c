/* Renders a report in one of the forms of formats.c, as the options ask. */
#include "render/forms.h"

#include "base/error.h"
#include "base/try.h"
#include "render/survey/part.h"

#define WIDTH_DEFAULT 80
#define WIDTH_LEAST 40
#define WIDTH_MOST 1000

/* The only indicator of a report that has one, else NULL. */
static const mtmi_report_indicator *only_indicator(const mtm_report *report) {
    const mtmi_report_indicator *only = NULL;
    size_t n = 0;
    for (size_t s = 0; s < report->n_sections; s++) {
        n += report->sections[s].n_indicators;
        only = report->sections[s].n_indicators > 0 ? &report->sections[s].indicators[0] : only;
    }
    return n == 1 ? only : NULL;
}

static mtm_status find_indicator(const mtm_report *report, const mtm_render_options *options,
                                 mtmi_render_request *request, mtm_error *err) {
    if (request->view == MTM_VIEW_REPORT || request->view == MTM_VIEW_PAGE) {
        return MTM_OK;
    }
    request->indicator =
        options->indicator != NULL ? mtmi_report_find(report, options->indicator) : only_indicator(report);
    if (request->indicator != NULL) {
        return MTM_OK;
    }
    request->survey = options->indicator != NULL ? mtmi_surveys_find(report, options->indicator)
                      : report->n_surveys == 1   ? &report->surveys[0]
                                                 : NULL;
    if (request->survey != NULL) {
        return MTM_OK;
    }
    if (options->indicator == NULL) {
        return mtmi_error_argument(err, "indicator", "the id of an indicator: the report has not exactly one");
    }
    return mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){options->indicator, 0, 0},
                          "found no indicator %q in the report, expected an id of the catalogue", options->indicator);
}

static mtm_status check_options(const mtm_render_options *options, mtm_error *err) {
    if (options->view < MTM_VIEW_REPORT || options->view > MTM_VIEW_PAGE) {
        return mtmi_error_argument(err, "options.view", "a view: 0 to 3");
    }
    if (options->width != 0 && (options->width < WIDTH_LEAST || options->width > WIDTH_MOST)) {
        return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){"options.width", 0, 0},
                              "expected 0 or a width of %d to %d columns", WIDTH_LEAST, WIDTH_MOST);
    }
    return MTM_OK;
}

mtm_status mtm_report_render(const mtm_report *report, mtm_format format, const mtm_render_options *options,
                             mtm_buffer **out, mtm_error *err) {
    mtm_render_options own = MTM_RENDER_OPTIONS_INIT;
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    MTMI_CHECK_STATUS(mtmi_render_begin(report, "report", options, &own, out, err));
    if (mtmi_form_of(format) == NULL) {
        return mtmi_error_argument(err, "format", "a format");
    }
    MTMI_CHECK_STATUS(check_options(&own, err));
    mtmi_render_request request = {
        report,  (mtm_view)own.view, NULL, own.width > 0 ? (size_t)own.width : WIDTH_DEFAULT, own.colour != 0, NULL,
        own.file};
    MTMI_CHECK_STATUS(find_indicator(report, &own, &request, err));
    int of_survey = request.survey != NULL; /* SDMX and JSON-stat have no form for estimates with intervals */
    int has_surveys = (mtm_format_properties(format) & MTM_FORMAT_LINEAGE) != 0 || format == MTM_FORMAT_DOCX;
    if ((mtm_format_properties(format) & (int32_t)1 << request.view) == 0 || (of_survey && !has_surveys)) {
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){"format", 0, 0},
                              "%s has no form for this view, expected another format", mtm_format_name(format));
    }
    mtmi_form_of(format)(&buffer, &request);
    return mtmi_buffer_deliver(&buffer, &own, out, err);
}
