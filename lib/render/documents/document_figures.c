/* Makes editable charts of an indicator: only numbers that are shown, with the words that the page has. */
#include "render/documents/document_figures.h"

#include "base/memory.h"
#include "render/figure_text.h"
#include "render/ui_text.h"
#include "render/visibility.h"

#include <string.h>

const char *mtmi_figure_language(const mtm_report *report) {
    static const char *const codes[] = {"en-GB", "ru-RU", "kk-KZ"};
    return codes[report->language];
}

static int begin(const mtm_report *report, const mtmi_report_indicator *indicator, size_t most,
                 mtmi_office_figure *out) {
    memset(out, 0, sizeof *out);
    out->points = most > 0 ? mtmi_memory_new(most, sizeof *out->points) : NULL;
    out->description.failed = most > 0 && out->points == NULL;
    out->chart.points = out->points;
    out->chart.language = mtmi_figure_language(report);
    out->chart.measure = indicator->unit_text[0] != '\0' ? indicator->unit_text : indicator->title;
    return out->points != NULL;
}

int mtmi_figure_of_rows(const mtm_report *report, const mtmi_report_indicator *indicator, mtmi_office_figure *out) {
    if (!begin(report, indicator, mtmi_parts_has_breakdown(indicator) ? indicator->n_rows : 0, out)) {
        return mtmi_figure_failed(out);
    }
    for (size_t i = 0; i < indicator->n_rows; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        if (row->value.has) {
            out->points[out->chart.n++] = (mtmi_office_point){row->label, row->value.value};
        }
    }
    out->title = indicator->rows_title;
    out->chart.label_heading = indicator->dimension_title;
    mtmi_figure_bars_subtitle(&out->subtitle, report, indicator);
    mtmi_figure_bars_text(&out->description, report, indicator);
    if (out->chart.n == 0) {
        mtmi_figure_free(out);
        return 0;
    }
    return 1;
}

int mtmi_figure_of_series(const mtm_report *report, const mtmi_report_indicator *indicator, mtmi_office_figure *out) {
    mtmi_chart_point *points = indicator->n_points > 0 ? mtmi_memory_new(indicator->n_points, sizeof *points) : NULL;
    size_t n = points != NULL ? mtmi_figure_points(indicator, points) : 0;
    int fine = begin(report, indicator, indicator->n_points, out);
    out->description.failed |= indicator->n_points > 0 && points == NULL;
    if (!fine || points == NULL || n < MTMI_SERIES_LEAST) {
        int failed = mtmi_figure_failed(out);
        mtmi_memory_free(points);
        if (!failed) {
            mtmi_figure_free(out);
        }
        return failed;
    }
    for (size_t i = 0; i < n; i++) {
        out->points[i] = (mtmi_office_point){points[i].label, points[i].value};
    }
    out->chart.n = n;
    out->chart.columns = 1;
    out->title = indicator->series_title;
    out->chart.label_heading = mtmi_word_get(MTMI_WORD_PERIOD, report->language);
    mtmi_figure_series_subtitle(&out->subtitle, report, indicator, points, n);
    mtmi_figure_series_text(&out->description, report, points, n);
    mtmi_memory_free(points);
    return 1;
}

int mtmi_figure_failed(const mtmi_office_figure *figure) {
    return figure->subtitle.failed || figure->description.failed;
}

void mtmi_figure_free(mtmi_office_figure *figure) {
    mtmi_memory_free(figure->points);
    mtmi_buffer_free(&figure->subtitle);
    mtmi_buffer_free(&figure->description);
    memset(figure, 0, sizeof *figure);
}
