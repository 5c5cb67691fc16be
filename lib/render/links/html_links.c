/* Takes the pairs of an indicator's rows apart, "NER>DZA" and their titles, and has them drawn. */
#include "render/links/html_links.h"

#include "base/memory.h"
#include "render/chart/chart.h"
#include "render/ui_text.h"

#include <string.h>

#define ARROW " \xe2\x86\x92 " /* between the two titles of a pair */

enum { LINKS_MOST = 40, LINKS_LEAST = 2 };

/* Names are copied: a title holds two of them. */
typedef struct drawing {
    mtmi_link links[LINKS_MOST];
    char *nodes[2][MTMI_NODES_MOST];
    mtmi_links of;
    int failed;
} drawing;

static int is_pair(const mtmi_report_row *row) {
    return row->kind == MTM_MEMBER_CODE && row->value.has && strchr(row->code, '>') != NULL && row->label != NULL &&
           strstr(row->label, ARROW) != NULL;
}

/* The number of a name on its side; MTMI_NODES_MOST where there is no room. */
static size_t node_of(drawing *at, int side, const char *name, size_t n) {
    size_t i = 0;
    while (i < at->of.n_nodes[side] && (strlen(at->nodes[side][i]) != n || memcmp(at->nodes[side][i], name, n) != 0)) {
        i++;
    }
    if (i == at->of.n_nodes[side] && i < MTMI_NODES_MOST) {
        at->nodes[side][i] = mtmi_memory_copy_bytes(name, n);
        at->failed |= at->nodes[side][i] == NULL;
        at->of.n_nodes[side] += at->nodes[side][i] != NULL;
        return at->nodes[side][i] != NULL ? i : MTMI_NODES_MOST;
    }
    return i;
}

static void gather(const mtmi_report_indicator *indicator, drawing *at) {
    memset(at, 0, sizeof *at);
    for (size_t i = 0; i < indicator->n_rows && at->of.n < LINKS_MOST; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        if (!is_pair(row) || row->value.value.units <= 0) {
            continue;
        }
        const char *arrow = strstr(row->label, ARROW), *second = arrow + strlen(ARROW);
        const size_t from = node_of(at, 0, row->label, (size_t)(arrow - row->label)),
                     to = node_of(at, 1, second, strlen(second));
        if (from < MTMI_NODES_MOST && to < MTMI_NODES_MOST) {
            at->links[at->of.n++] = (mtmi_link){{from, to}, row->value.value};
        }
    }
    at->of.sums = at->of.n == indicator->n_rows;
    at->of.links = at->links;
    at->of.nodes[0] = (const char *const *)at->nodes[0];
    at->of.nodes[1] = (const char *const *)at->nodes[1];
}

static void forget(drawing *at) {
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < at->of.n_nodes[side]; i++) {
            mtmi_memory_free(at->nodes[side][i]);
        }
    }
}

int mtmi_html_has_links(const mtmi_report_indicator *indicator) {
    size_t n = 0;
    for (size_t i = 0; i < indicator->n_rows; i++) {
        n += is_pair(&indicator->rows[i]) && indicator->rows[i].value.value.units > 0;
    }
    return strcmp(indicator->dimension, "origin-destination") == 0 && n >= LINKS_LEAST;
}

void mtmi_html_links(const mtmi_html_figure *f) {
    const mtmi_report_indicator *indicator = f->indicator;
    mtmi_buffer description = MTMI_BUFFER_INIT, data = MTMI_BUFFER_INIT, id = MTMI_BUFFER_INIT,
                subtitle = MTMI_BUFFER_INIT;
    drawing at;
    gather(indicator, &at);
    mtmi_figure_bars_text(&description, f->report, indicator);
    mtmi_figure_bars_subtitle(&subtitle, f->report, indicator);
    mtmi_html_rows(f, &data);
    mtmi_buffer_format(&id, "%s-links%s", indicator->id, f->suffix);
    f->out->failed |= description.failed || id.failed || subtitle.failed || at.failed;
    if (!f->out->failed) {
        const mtmi_chart chart = {id.data, indicator->title, description.data, f->report->language};
        at.of.sides[0] = mtmi_word_get(MTMI_WORD_FROM, f->report->language);
        at.of.sides[1] = mtmi_word_get(MTMI_WORD_TO, f->report->language);
        mtmi_html_caption(f, indicator->title, subtitle.data);
        mtmi_chart_links(f->out, &chart, &at.of);
        mtmi_html_foot(f, &data, "rows");
    }
    forget(&at);
    mtmi_buffer_free(&description);
    mtmi_buffer_free(&data);
    mtmi_buffer_free(&id);
    mtmi_buffer_free(&subtitle);
}
