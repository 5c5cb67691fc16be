/* Makes the map of an indicator's rows: quantile classes of those that have a figure, marks for the others, a key in words,
 * a text with every value, the source, whose boundaries they are, and what they do not mean. */
#include "render/map/figure.h"

#include "base/decimal.h"
#include "base/memory.h"
#include "geo/projection.h"
#include "render/escape.h"
#include "render/map/map.h"
#include "render/page.h"
#include "render/ui_text.h"

#include <string.h>

#define LINES_MOST 8

typedef struct picture {
    const mtmi_html_figure *f;
    const mtmi_bounded *boundaries;
    mtmi_map_area *areas;
    char **texts;                 /* of the areas */
    const mtmi_report_row **rows; /* of the areas */
    size_t n;
    size_t n_classes;
    int marks[MTMI_MAP_MARKS]; /* those that the map has */
    mtmi_map_line lines[LINES_MOST];
    size_t n_lines;
} picture;

static const char *ui_word(const picture *p, mtmi_word w) {
    return mtmi_word_get(w, p->f->report->language);
}

static const mtmi_bounded *boundaries_of(const mtm_report *report, const mtmi_report_indicator *indicator) {
    return report->results != NULL ? mtmi_boundaries_of(&report->results->front.boundaries, indicator->dimension)
                                   : NULL;
}

static int has_area(const mtmi_geo *geo, const char *code) {
    mtmi_map_area area = {code, NULL, MTMI_MAP_PLAIN, 0};
    return mtmi_map_count(geo, &area, 1) > 0;
}

int mtmi_html_has_map(const mtm_report *report, const mtmi_report_indicator *indicator) {
    const mtmi_bounded *boundaries = boundaries_of(report, indicator);
    size_t found = 0, codes = 0;
    for (size_t i = 0; boundaries != NULL && i < indicator->n_rows; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        codes += row->kind == MTM_MEMBER_CODE;
        found += row->kind == MTM_MEMBER_CODE && has_area(boundaries->geo, row->code);
    }
    return found >= 2 && 2 * found >= codes;
}

/* ---- what the map shows ---- */

static int has_remainder(const mtmi_report_indicator *indicator) {
    int any = indicator->rows_are_selection;
    for (size_t i = 0; i < indicator->n_rows; i++) {
        any |= indicator->rows[i].kind != MTM_MEMBER_CODE;
    }
    return any;
}

static char *text_of_row(const picture *p, const mtmi_report_row *row) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&text, "%s: ", row->label);
    mtmi_figure_row(&text, p->f->report, row);
    char *copy = text.failed ? NULL : mtmi_memory_copy_text(text.data);
    mtmi_buffer_free(&text);
    return copy;
}

static void add_area(picture *p, const mtmi_report_row *row) {
    mtmi_map_mark mark = row->value.has ? MTMI_MAP_CLASS : row->value.hidden ? MTMI_MAP_WITHHELD : MTMI_MAP_UNCOVERED;
    p->texts[p->n] = text_of_row(p, row);
    p->f->out->failed |= p->texts[p->n] == NULL;
    p->areas[p->n] = (mtmi_map_area){row->code, p->texts[p->n], mark, 0};
    p->rows[p->n++] = row;
    p->marks[mark] = 1;
}

static void classify(picture *p) {
    mtm_decimal *values = mtmi_memory_new(p->n, sizeof *values);
    int *classes = mtmi_memory_new(p->n, sizeof *classes);
    size_t n = 0;
    p->f->out->failed |= values == NULL || classes == NULL;
    for (size_t i = 0; i < p->n && !p->f->out->failed; i++) {
        if (p->areas[i].mark == MTMI_MAP_CLASS) {
            values[n++] = p->rows[i]->value.value;
        }
    }
    if (!p->f->out->failed && n > 0) {
        p->n_classes = mtmi_map_classify(values, n, MTMI_MAP_CLASSES, classes);
        p->f->out->failed |= p->n_classes == 0;
        n = 0;
        for (size_t i = 0; i < p->n; i++) {
            if (p->areas[i].mark == MTMI_MAP_CLASS) {
                p->areas[i].class = classes[n++];
            }
        }
    }
    mtmi_memory_free(values);
    mtmi_memory_free(classes);
}

/* The widths, in ten thousandths of the widest: both figures cut to what 64 bits hold ten thousand times. */
static int64_t width_of(mtm_decimal value, mtm_decimal widest) {
    int64_t of = widest.units, part = value.units;
    for (int d = value.decimals; d < widest.decimals; d++) {
        of /= 10;
    }
    for (int d = widest.decimals; d < value.decimals; d++) {
        part /= 10;
    }
    while (of > INT64_MAX / 10000) {
        of /= 2;
        part /= 2;
    }
    return of > 0 && part > 0 ? part * 10000 / of : 0;
}

/* Flows by country of origin or destination are lines to or from the country of the report: the widest few. Citizenship is
 * no origin. */
static void add_lines(picture *p) {
    const mtm_report *report = p->f->report;
    const mtmi_report_indicator *indicator = p->f->indicator;
    int in = strcmp(indicator->dimension, "origin") == 0, out = strcmp(indicator->dimension, "destination") == 0;
    if (indicator->kind != MTM_KIND_FLOW || (!in && !out) || !has_area(p->boundaries->geo, report->country)) {
        return;
    }
    for (size_t i = 0; i < p->n && p->n_lines < LINES_MOST; i++) {
        const mtmi_report_row *row = p->rows[i];
        if (p->areas[i].mark == MTMI_MAP_CLASS && row->value.value.units > 0 &&
            strcmp(row->code, report->country) != 0) {
            int64_t width = width_of(row->value.value, p->rows[0]->value.value);
            p->lines[p->n_lines++] =
                (mtmi_map_line){in ? row->code : report->country, in ? report->country : row->code, width};
        }
    }
}

static void fill(picture *p) {
    const mtmi_report_indicator *indicator = p->f->indicator;
    p->areas = mtmi_memory_new(indicator->n_rows, sizeof *p->areas);
    p->texts = mtmi_memory_new(indicator->n_rows, sizeof *p->texts);
    p->rows = mtmi_memory_new(indicator->n_rows, sizeof *p->rows);
    if (p->areas == NULL || p->texts == NULL || p->rows == NULL) {
        p->f->out->failed = 1;
        return;
    }
    for (size_t i = 0; i < indicator->n_rows; i++) {
        if (indicator->rows[i].kind == MTM_MEMBER_CODE && has_area(p->boundaries->geo, indicator->rows[i].code)) {
            add_area(p, &indicator->rows[i]);
        }
    }
    p->marks[has_remainder(indicator) ? MTMI_MAP_PLAIN : MTMI_MAP_UNCOVERED] = 1;
    classify(p);
    add_lines(p);
}

static void drop(picture *p) {
    for (size_t i = 0; i < p->n; i++) {
        mtmi_memory_free(p->texts[i]);
    }
    mtmi_memory_free(p->areas);
    mtmi_memory_free(p->texts);
    mtmi_memory_free(p->rows);
}

/* ---- the key, above the map ---- */

static void begin_key(const picture *p, const char *look, const char *fill) {
    mtmi_buffer_format(p->f->out,
                       "<li><svg class=\"swatch\" aria-hidden=\"true\" width=\"22\" height=\"14\"><rect class=\"%s\" "
                       "width=\"100%%\" height=\"100%%\"",
                       look);
    if (fill[0] != '\0') {
        mtmi_buffer_format(p->f->out, " fill=\"url(#%s-map%s-%s)\"", p->f->indicator->id, p->f->suffix, fill);
    }
    mtmi_buffer_text(p->f->out, "/></svg> ");
}

/* "12,345 to 67,890": the figures of the least and the largest of the class, as the table has them. */
static void put_class(const picture *p, int class) {
    const mtmi_report_row *low = NULL, *high = NULL;
    char look[3] = {'c', (char)('0' + class), '\0'};
    for (size_t i = 0; i < p->n; i++) {
        const mtmi_report_row *row = p->rows[i];
        if (p->areas[i].mark == MTMI_MAP_CLASS && p->areas[i].class == class) {
            low = low == NULL || mtmi_decimal_compare(row->value.value, low->value.value) < 0 ? row : low;
            high = high == NULL || mtmi_decimal_compare(row->value.value, high->value.value) > 0 ? row : high;
        }
    }
    if (low == NULL || high == NULL) {
        return;
    }
    begin_key(p, look, "");
    mtmi_escape_html(p->f->out, low->value.text);
    if (mtmi_decimal_compare(low->value.value, high->value.value) != 0) {
        mtmi_buffer_text(p->f->out, "\xC2\xA0\xE2\x80\x93 ");
        mtmi_escape_html(p->f->out, high->value.text);
    }
    mtmi_buffer_text(p->f->out, "</li>\n");
}

static void put_mark(const picture *p, mtmi_map_mark mark, const char *look, const char *fill, mtmi_word word) {
    if (p->marks[mark]) {
        begin_key(p, look, fill);
        mtmi_buffer_format(p->f->out, "%s</li>\n", ui_word(p, word));
    }
}

static void put_key(const picture *p) {
    mtmi_buffer_text(p->f->out, "<ul class=\"key\">\n");
    for (int i = (int)p->n_classes; i > 0; i--) {
        put_class(p, i - 1);
    }
    put_mark(p, MTMI_MAP_WITHHELD, "land", "w", MTMI_WORD_MAP_WITHHELD);
    put_mark(p, MTMI_MAP_UNCOVERED, "land", "h", MTMI_WORD_MAP_UNCOVERED);
    put_mark(p, MTMI_MAP_PLAIN, "land plain", "", MTMI_WORD_MAP_PLAIN);
    if (has_area(p->boundaries->geo, p->f->report->country)) {
        begin_key(p, "home", "");
        mtmi_buffer_format(p->f->out, "%s</li>\n", ui_word(p, MTMI_WORD_MAP_HOME));
    }
    if (p->n_lines > 0) {
        mtmi_buffer_format(p->f->out, "<li>%s</li>\n", ui_word(p, MTMI_WORD_MAP_LINES));
    }
    mtmi_buffer_text(p->f->out, "</ul>\n");
}

/* ---- around it ---- */

static void put_caveat(const picture *p) {
    mtmi_geo_projection projection = mtmi_geo_projection_for(p->boundaries->geo);
    mtmi_buffer_text(p->f->out, "<p class=\"sources\">");
    if (p->n_classes > 1) {
        mtmi_buffer_format(p->f->out, "%s ", ui_word(p, MTMI_WORD_MAP_CLASSES));
    }
    if (p->boundaries->credit[0] != '\0') {
        mtmi_buffer_format(p->f->out, "%s: ", ui_word(p, MTMI_WORD_MAP_BOUNDARIES));
        mtmi_escape_html(p->f->out, p->boundaries->credit);
        mtmi_buffer_text(p->f->out, ". ");
    }
    mtmi_buffer_format(p->f->out, "%s %s</p>\n",
                       ui_word(p, projection.azimuthal ? MTMI_WORD_MAP_AZIMUTHAL : MTMI_WORD_MAP_EQUAL_EARTH),
                       ui_word(p, MTMI_WORD_MAP_DISCLAIMER));
}

static void put_map(const picture *p, const char *id, const char *description) {
    const mtmi_report_indicator *indicator = p->f->indicator;
    mtmi_area_map map = {id,
                         indicator->title,
                         description,
                         p->boundaries->geo,
                         p->areas,
                         p->n,
                         p->lines,
                         p->n_lines,
                         p->f->report->country,
                         p->marks[MTMI_MAP_PLAIN] ? MTMI_MAP_PLAIN : MTMI_MAP_UNCOVERED};
    put_key(p);
    mtmi_map_svg(p->f->out, &map);
}

void mtmi_html_map(const mtmi_html_figure *f) {
    picture p = {.f = f, .boundaries = boundaries_of(f->report, f->indicator)};
    mtmi_buffer subtitle = MTMI_BUFFER_INIT, text = MTMI_BUFFER_INIT, data = MTMI_BUFFER_INIT, id = MTMI_BUFFER_INIT;
    fill(&p);
    mtmi_figure_bars_subtitle(&subtitle, f->report, f->indicator);
    mtmi_figure_bars_text(&text, f->report, f->indicator);
    mtmi_html_rows(f, &data);
    mtmi_buffer_format(&id, "%s-map%s", f->indicator->id, f->suffix);
    f->out->failed |= subtitle.failed || text.failed || data.failed || id.failed;
    if (!f->out->failed) {
        mtmi_html_caption(f, f->indicator->map_title, subtitle.data);
        put_map(&p, id.data, text.data != NULL ? text.data : "");
        put_caveat(&p);
        mtmi_html_foot(f, &data, "map");
    }
    drop(&p);
    mtmi_buffer_free(&subtitle);
    mtmi_buffer_free(&text);
    mtmi_buffer_free(&data);
    mtmi_buffer_free(&id);
}
