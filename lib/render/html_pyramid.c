/* Finds the two sexes and the ages of an indicator's rows, and has them drawn as a population pyramid: the oldest on top. */
#include "render/html_figure.h"

#include "codelist/match.h"
#include "render/chart/chart.h"

#include <string.h>

enum { BANDS_MOST = 24, BANDS_LEAST = 2 };

/* "F,18-59" is of the side 0; -1 for all that is of no side. */
static int side_of(const mtmi_report_row *row) {
    return row->code[0] == '\0' || row->code[1] != ',' ? -1 : row->code[0] == 'F' ? 0 : row->code[0] == 'M' ? 1 : -1;
}

/* The first age of a band: 18 of "18-59" and "Y18T59"; -1 where none is said. */
static int age_of(const char *band) {
    const char *digit = band + strcspn(band, "0123456789");
    int age = *digit == '\0' ? -1 : 0;
    for (int n = 0; n < 3 && *digit >= '0' && *digit <= '9'; n++, digit++) {
        age = age * 10 + (*digit - '0');
    }
    return band[0] == '<' ? 0 : age;
}

static size_t gather(const mtmi_report_indicator *indicator, mtmi_band *bands) {
    size_t n = 0;
    for (size_t i = 0; i < indicator->n_rows; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        const int side = side_of(row);
        size_t at = 0;
        if (side < 0) {
            continue;
        }
        while (at < n && strcmp(bands[at].label, row->code + 2) != 0) {
            at++;
        }
        if (at == BANDS_MOST) {
            return 0;
        }
        if (at == n) {
            bands[n++] = (mtmi_band){.label = row->code + 2, .figure = {"", ""}};
        }
        bands[at].has[side] = row->value.has;
        bands[at].value[side] = row->value.value;
        bands[at].figure[side] = row->value.text;
    }
    return n;
}

static int is_whole(const mtmi_band *bands, size_t n) {
    int sides[2] = {0, 0};
    for (size_t i = 0; i < n; i++) {
        sides[0] += bands[i].has[0];
        sides[1] += bands[i].has[1];
    }
    return n >= BANDS_LEAST && sides[0] >= BANDS_LEAST && sides[1] >= BANDS_LEAST;
}

int mtmi_html_has_pyramid(const mtmi_report_indicator *indicator) {
    mtmi_band bands[BANDS_MOST] = {{0}};
    return is_whole(bands, gather(indicator, bands));
}

static const char *name_of(const char *sex, mtm_language language) {
    const mtm_codelist *list = NULL;
    const int32_t index =
        mtm_codelist_find("sex", &list, NULL) == MTM_OK && list != NULL ? mtmi_codelist_index(list, sex) : -1;
    return index >= 0 ? mtm_codelist_label(list, (size_t)index, language) : sex;
}

static void sort_bands(mtmi_band *bands, size_t n) {
    for (size_t i = 1; i < n; i++) {
        for (size_t k = i; k > 0 && age_of(bands[k].label) > age_of(bands[k - 1].label); k--) {
            const mtmi_band one = bands[k];
            bands[k] = bands[k - 1];
            bands[k - 1] = one;
        }
    }
}

void mtmi_html_pyramid(const mtmi_html_figure *f) {
    const mtmi_report_indicator *indicator = f->indicator;
    mtmi_band bands[BANDS_MOST] = {{0}};
    mtmi_buffer description = MTMI_BUFFER_INIT, data = MTMI_BUFFER_INIT, id = MTMI_BUFFER_INIT,
                subtitle = MTMI_BUFFER_INIT;
    const size_t n = gather(indicator, bands);
    mtmi_figure_bars_text(&description, f->report, indicator);
    mtmi_figure_bars_subtitle(&subtitle, f->report, indicator);
    mtmi_html_rows(f, &data);
    mtmi_buffer_format(&id, "%s-pyramid%s", indicator->id, f->suffix);
    f->out->failed |= description.failed || id.failed || subtitle.failed;
    if (!f->out->failed) {
        const char *const sides[] = {name_of("F", f->report->language), name_of("M", f->report->language)};
        const mtmi_chart chart = {id.data, indicator->rows_title, description.data, f->report->language};
        sort_bands(bands, n);
        mtmi_html_caption(f, indicator->rows_title, subtitle.data);
        mtmi_chart_pyramid(f->out, &chart, sides, bands, n);
        mtmi_html_foot(f, &data, "rows");
    }
    mtmi_buffer_free(&description);
    mtmi_buffer_free(&data);
    mtmi_buffer_free(&id);
    mtmi_buffer_free(&subtitle);
}
