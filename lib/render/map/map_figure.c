/* Draws the map of an indicator's rows on the page: a key in words, the picture, a text with every value, the source, whose
 * boundaries they are, and what they do not mean. */
#include "render/map/map_figure.h"

#include "render/unstyled.h"
#include "render/escape.h"
#include "render/map/map_plan.h"
#include "render/page.h"
#include "render/ui_text.h"

#include <stdio.h>

typedef struct picture {
    const mtmi_html_figure *f;
    mtmi_map_plan plan;
} picture;

static const char *ui_word(const picture *p, mtmi_word w) {
    return mtmi_word_get(w, p->f->report->language);
}

int mtmi_html_has_map(const mtm_report *report, const mtmi_report_indicator *indicator) {
    return mtmi_map_is_there(report, indicator);
}

/* ---- the key, above the map ---- */

static void begin_key(const picture *p, const char *look, const char *plain, const char *fill) {
    mtmi_buffer_format(p->f->out,
                       "<li><svg class=\"swatch\" aria-hidden=\"true\" width=\"22\" height=\"14\"><rect class=\"%s\"%s "
                       "width=\"100%%\" height=\"100%%\"",
                       look, plain);
    if (fill[0] != '\0') {
        mtmi_buffer_format(p->f->out, " fill=\"url(#%s-map%s-%s)\"", p->f->indicator->id, p->f->suffix, fill);
    }
    mtmi_buffer_text(p->f->out, "/></svg> ");
}

static void put_class(const picture *p, int class) {
    char look[3] = {'c', (char)('0' + class), '\0'};
    mtmi_buffer range = MTMI_BUFFER_INIT;
    char plain[32];
    snprintf(plain, sizeof plain, " fill=\"%s\"", mtmi_plain_classes[class]);
    mtmi_map_plan_class(&p->plan, class, &range);
    if (range.size > 0) {
        begin_key(p, look, plain, "");
        mtmi_escape_html(p->f->out, range.data);
        mtmi_buffer_text(p->f->out, "</li>\n");
    }
    p->f->out->failed |= range.failed;
    mtmi_buffer_free(&range);
}

static void put_mark(const picture *p, mtmi_map_mark mark, const char *look, const char *fill) {
    if (p->plan.marks[mark]) {
        begin_key(p, look, *fill == '\0' ? MTMI_PLAIN_LAND : MTMI_PLAIN_COAST, fill);
        mtmi_buffer_format(p->f->out, "%s</li>\n", mtmi_map_plan_mark(&p->plan, mark));
    }
}

static void put_key(const picture *p) {
    mtmi_buffer_text(p->f->out, "<ul class=\"key\">\n");
    for (int i = (int)p->plan.n_classes; i > 0; i--) {
        put_class(p, i - 1);
    }
    put_mark(p, MTMI_MAP_WITHHELD, "land", "w");
    put_mark(p, MTMI_MAP_UNCOVERED, "land", "h");
    put_mark(p, MTMI_MAP_PLAIN, "land plain", "");
    if (mtmi_map_plan_has_home(&p->plan)) {
        begin_key(p, "home", MTMI_PLAIN_LINE, "");
        mtmi_buffer_format(p->f->out, "%s</li>\n", ui_word(p, MTMI_WORD_MAP_HOME));
    }
    if (p->plan.n_lines > 0) {
        mtmi_buffer_format(p->f->out, "<li>%s</li>\n", ui_word(p, MTMI_WORD_MAP_LINES));
    }
    mtmi_buffer_text(p->f->out, "</ul>\n");
}

/* ---- around it ---- */

static void put_caveat(const picture *p) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_map_plan_caveat(&p->plan, &text);
    mtmi_page_element(p->f->out, "p", "sources", text.data);
    mtmi_buffer_char(p->f->out, '\n');
    p->f->out->failed |= text.failed;
    mtmi_buffer_free(&text);
}

void mtmi_html_map(const mtmi_html_figure *f) {
    picture p = {.f = f};
    mtmi_buffer subtitle = MTMI_BUFFER_INIT, text = MTMI_BUFFER_INIT, data = MTMI_BUFFER_INIT, id = MTMI_BUFFER_INIT;
    f->out->failed |= !mtmi_map_plan_make(f->report, f->indicator, &p.plan);
    mtmi_figure_bars_subtitle(&subtitle, f->report, f->indicator);
    mtmi_figure_bars_text(&text, f->report, f->indicator);
    mtmi_html_rows(f, &data);
    mtmi_buffer_format(&id, "%s-map%s", f->indicator->id, f->suffix);
    f->out->failed |= subtitle.failed || text.failed || data.failed || id.failed;
    if (!f->out->failed) {
        const mtmi_area_map map = mtmi_map_plan_map(&p.plan, id.data, text.data != NULL ? text.data : "");
        mtmi_html_caption(f, f->indicator->map_title, subtitle.data);
        put_key(&p);
        mtmi_map_svg(f->out, &map);
        put_caveat(&p);
        mtmi_html_foot(f, &data, "map");
    }
    mtmi_map_plan_free(&p.plan);
    mtmi_buffer_free(&subtitle);
    mtmi_buffer_free(&text);
    mtmi_buffer_free(&data);
    mtmi_buffer_free(&id);
}
