/* Draws flows between two columns of names: bands as thick as their figures, names and sums beside them. */
#include "render/chart/chart.h"

#include "render/unstyled.h"
#include "render/escape.h"

#include <stdio.h>

enum {
    LEAST = 36,  /* of the height that a name and its sum need */
    GAP = 8,     /* between two names */
    SCALE = 240, /* the height of all figures together */
    HEAD = 24    /* for what the sides are */
};

/* Where a node begins, and where its next band begins. */
typedef struct place {
    double top, height, next;
} place;

static double sum_of(const mtmi_link *links, size_t n, int side, size_t node) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += links[i].node[side] == node ? (double)links[i].value.units : 0;
    }
    return sum;
}

static double put_side(const mtmi_links *of, int side, double all, place *places) {
    double y = HEAD;
    for (size_t i = 0; i < of->n_nodes[side]; i++) {
        const double height = all > 0 ? SCALE * sum_of(of->links, of->n, side, i) / all : 0;
        const double slot = height > LEAST ? height : LEAST;
        places[i] = (place){y + (slot - height) / 2, height, y + (slot - height) / 2};
        y += slot + GAP;
    }
    return y;
}

static void put_node(mtmi_buffer *out, const mtmi_links *of, int side, size_t node, const place *at,
                     mtm_language language) {
    const char *x = side == 0 ? "31%" : "69%", *anchor = side == 0 ? "end" : "start";
    const int middle = (int)(at->top + at->height / 2);
    mtm_decimal sum = of->links[0].value;
    sum.units = 0;
    for (size_t i = 0; i < of->n; i++) {
        sum.units += of->links[i].node[side] == node ? of->links[i].value.units : 0;
    }
    mtmi_buffer_format(out, "<text x=\"%s\" y=\"%d\" text-anchor=\"%s\">", x, middle + (of->sums ? -3 : 5), anchor);
    mtmi_escape_html(out, of->nodes[side][node]);
    mtmi_buffer_text(out, "</text>\n");
    if (of->sums) {
        mtmi_buffer_format(out, "<text class=\"strong\" x=\"%s\" y=\"%d\" text-anchor=\"%s\">", x, middle + 14, anchor);
        mtmi_chart_number(out, sum, language);
        mtmi_buffer_text(out, "</text>\n");
    }
}

/* In a box of its own, whose width follows the page and whose height does not. */
static void put_band(mtmi_buffer *out, place *from, place *to, double thick, size_t colour) {
    char path[160];
    const double a = from->next, b = to->next;
    snprintf(path, sizeof path, "M0,%.1f C50,%.1f 50,%.1f 100,%.1f V%.1f C50,%.1f 50,%.1f 0,%.1f Z", a, a, b, b,
             b + thick, b + thick, a + thick, a + thick);
    mtmi_buffer_format(out, "<path class=\"part s%zu\" fill=\"%s\" fill-opacity=\"0.6\" d=\"%s\"/>\n",
                       colour % MTMI_PARTS_MOST, mtmi_plain_parts[colour % MTMI_PLAIN_PARTS], path);
    from->next += thick;
    to->next += thick;
}

void mtmi_chart_links(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_links *of) {
    place left[MTMI_NODES_MOST], right[MTMI_NODES_MOST];
    double all = 0;
    for (size_t i = 0; i < of->n; i++) {
        all += (double)of->links[i].value.units;
    }
    const double low = put_side(of, 0, all, left), other = put_side(of, 1, all, right);
    const int height = (int)(low > other ? low : other);
    mtmi_chart_begin(out, chart, "bars", height);
    mtmi_buffer_text(out, "<text class=\"soft\" x=\"31%\" y=\"13\" text-anchor=\"end\">");
    mtmi_escape_html(out, of->sides[0]);
    mtmi_buffer_text(out, "</text>\n<text class=\"soft\" x=\"69%\" y=\"13\" text-anchor=\"start\">");
    mtmi_escape_html(out, of->sides[1]);
    mtmi_buffer_format(out,
                       "</text>\n<svg x=\"32%%\" y=\"0\" width=\"36%%\" height=\"%d\" viewBox=\"0 0 100 %d\" "
                       "preserveAspectRatio=\"none\" aria-hidden=\"true\">\n",
                       height, height);
    for (size_t node = 0; node < of->n_nodes[0] * of->n_nodes[1]; node++) { /* in the order of both sides: few cross */
        const size_t from = node / of->n_nodes[1], to = node % of->n_nodes[1];
        for (size_t i = 0; i < of->n; i++) {
            const mtmi_link *link = &of->links[i];
            if (link->node[0] == from && link->node[1] == to) {
                put_band(out, &left[from], &right[to], all > 0 ? SCALE * (double)link->value.units / all : 0, from);
            }
        }
    }
    mtmi_buffer_text(out, "</svg>\n");
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < of->n_nodes[side]; i++) {
            put_node(out, of, side, i, side == 0 ? &left[i] : &right[i], chart->language);
        }
    }
    mtmi_buffer_text(out, "</svg>\n");
}
