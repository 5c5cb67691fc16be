/* Words the pictures of an indicator: number, subtitle with measure, place and period, and the text that stands for the
 * picture, which names every value that a reader would look for. */
#include "render/figure_text.h"

#include "base/decimal.h"
#include "period/period.h"
#include "render/ui_text.h"

void mtmi_figure_number(mtmi_buffer *out, const mtm_report *report, size_t number) {
    const char *word = mtmi_word_get(MTMI_WORD_FIGURE, report->language);
    if (report->language == MTM_LANGUAGE_KK) {
        mtmi_buffer_format(out, "%zu-%s. ", number, word);
    } else {
        mtmi_buffer_format(out, "%s %zu. ", word, number);
    }
}

/* Measure and place; a package may be about no country that the lists know. */
static void put_measure(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator) {
    mtmi_buffer_format(out, "%s, %s. %s%s", indicator->title, indicator->unit_text, report->country_title,
                       report->country_title[0] != '\0' ? ", " : "");
}

void mtmi_figure_bars_subtitle(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator) {
    put_measure(out, report, indicator);
    mtmi_buffer_text(out, indicator->observed_text);
}

void mtmi_figure_series_subtitle(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator,
                                 const mtmi_chart_point *points, size_t n) {
    put_measure(out, report, indicator);
    mtmi_buffer_format(out, "%s \xE2\x80\x93 %s", points[0].label, points[n - 1].label);
}

void mtmi_figure_row(mtmi_buffer *out, const mtm_report *report, const mtmi_report_row *row) {
    mtmi_buffer_text(out, row->value.text);
    if (row->share.has) {
        mtmi_buffer_format(out, " \xC2\xB7 %s%s%%", row->share.text,
                           report->language == MTM_LANGUAGE_KK ? "" : "\xC2\xA0");
    }
}

void mtmi_figure_bars_text(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator) {
    for (size_t i = 0; i < indicator->n_rows; i++) {
        mtmi_buffer_format(out, "%s%s: ", i > 0 ? "; " : "", indicator->rows[i].label);
        mtmi_figure_row(out, report, &indicator->rows[i]);
    }
}

/* Whether the point is the value itself: of its period, or for a stock of the period that its date lies in. */
static int is_reported(const mtmi_report_indicator *indicator, const mtmi_report_point *point) {
    return indicator->value.has && mtmi_period_contains(point->period, indicator->observed) &&
           mtmi_decimal_compare(point->value.value, indicator->value.value) == 0;
}

size_t mtmi_figure_points(const mtmi_report_indicator *indicator, mtmi_chart_point *points) {
    size_t n = 0;
    int hidden_breaks = 0;
    for (size_t i = 0; i < indicator->n_points; i++) {
        const mtmi_report_point *point = &indicator->points[i];
        hidden_breaks |= point->breaks;
        if (point->value.has) {
            points[n++] = (mtmi_chart_point){
                point->period, point->value.value, point->period_text, point->value.text, is_reported(indicator, point),
                hidden_breaks};
            hidden_breaks = 0;
        }
    }
    return n;
}

static void describe_point(const mtmi_chart_point *point, const char *what, mtmi_buffer *out) {
    mtmi_buffer_format(out, "%s%s%s%s%s: %s", out->size > 0 ? "; " : "", what, what[0] != '\0' ? " (" : "",
                       point->label, what[0] != '\0' ? ")" : "", point->figure);
}

void mtmi_figure_series_text(mtmi_buffer *out, const mtm_report *report, const mtmi_chart_point *points, size_t n) {
    size_t low = 0, high = 0;
    for (size_t i = 0; i < n; i++) {
        low = mtmi_decimal_compare(points[i].value, points[low].value) < 0 ? i : low;
        high = mtmi_decimal_compare(points[i].value, points[high].value) > 0 ? i : high;
        if (points[i].marked) {
            describe_point(&points[i], mtmi_word_get(MTMI_WORD_REPORT_PERIOD, report->language), out);
        }
        if (points[i].breaks && i > 0) {
            describe_point(&points[i], mtmi_word_get(MTMI_WORD_BREAK, report->language), out);
        }
    }
    describe_point(&points[0], mtmi_word_get(MTMI_WORD_FIRST, report->language), out);
    describe_point(&points[n - 1], mtmi_word_get(MTMI_WORD_LAST, report->language), out);
    describe_point(&points[low], mtmi_word_get(MTMI_WORD_LOWEST, report->language), out);
    describe_point(&points[high], mtmi_word_get(MTMI_WORD_LARGEST, report->language), out);
}
