/* Aligns the columns of a table by what a terminal shows. */
#include "render/text_grid.h"

#include "base/text.h"
#include "render/escape.h"
#include "render/wrap.h"

#include <string.h>

#define BETWEEN 2    /* spaces between columns */
#define NARROWEST 12 /* no column of words is broken narrower */

typedef struct grid {
    mtmi_buffer *out;
    const mtmi_table *table;
    size_t widths[MTMI_TABLE_COLUMNS];
    size_t total;
} grid;

static size_t width_of(const char *text, int *failed) {
    mtmi_buffer shown = MTMI_BUFFER_INIT;
    mtmi_escape_terminal(&shown, text);
    size_t width = shown.data != NULL ? mtmi_text_width(shown.data, shown.size) : 0;
    *failed |= shown.failed;
    mtmi_buffer_free(&shown);
    return width;
}

static size_t sum(const grid *g) {
    size_t total = BETWEEN * (g->table->n_columns - 1);
    for (size_t c = 0; c < g->table->n_columns; c++) {
        total += g->widths[c];
    }
    return total;
}

static size_t widest(const grid *g) {
    size_t at = 0;
    for (size_t c = 1; c < g->table->n_columns; c++) {
        at = g->widths[c] > g->widths[at] ? c : at;
    }
    return at;
}

static void measure(grid *g, size_t width) {
    for (size_t r = 0; r < g->table->n_rows; r++) {
        for (size_t c = 0; c < g->table->n_columns; c++) {
            size_t w = width_of(mtmi_table_at(g->table, r, c), &g->out->failed);
            g->widths[c] = w > g->widths[c] ? w : g->widths[c];
        }
    }
    for (size_t at = widest(g); sum(g) > width && g->widths[at] > NARROWEST; at = widest(g)) {
        g->widths[at]--;
    }
    g->total = sum(g);
}

static void put_cell(grid *g, size_t column, const char *shown, size_t bytes) {
    size_t used = mtmi_text_width(shown, bytes);
    size_t room = g->widths[column] > used ? g->widths[column] - used : 0;
    int last = column + 1 == g->table->n_columns;
    mtmi_buffer_repeat(g->out, " ", g->table->numeric[column] ? room : 0);
    mtmi_buffer_add(g->out, shown, bytes);
    mtmi_buffer_repeat(g->out, " ", last ? 0 : BETWEEN + (g->table->numeric[column] ? 0 : room));
}

/* Whether any cell of the row has a further line; writes the next one. rest[] are the cells' unwritten ends. */
static int put_line(grid *g, const char **rest) {
    int more = 0;
    for (size_t c = 0; c < g->table->n_columns; c++) {
        size_t skip = 0;
        size_t bytes = *rest[c] != '\0' ? mtmi_wrap_line(rest[c], g->widths[c], &skip) : 0;
        put_cell(g, c, rest[c], bytes);
        rest[c] += bytes + skip;
        more |= *rest[c] != '\0';
    }
    while (g->out->size > 0 && !g->out->failed && g->out->data[g->out->size - 1] == ' ') {
        g->out->data[--g->out->size] = '\0';
    }
    mtmi_buffer_char(g->out, '\n');
    return more;
}

static void put_row(grid *g, size_t row) {
    mtmi_buffer shown[MTMI_TABLE_COLUMNS] = {MTMI_BUFFER_INIT};
    const char *rest[MTMI_TABLE_COLUMNS];
    for (size_t c = 0; c < g->table->n_columns; c++) {
        mtmi_escape_terminal(&shown[c], mtmi_table_at(g->table, row, c));
        g->out->failed |= shown[c].failed;
        rest[c] = shown[c].data != NULL && !shown[c].failed ? shown[c].data : "";
    }
    while (put_line(g, rest)) {}
    for (size_t c = 0; c < g->table->n_columns; c++) {
        mtmi_buffer_free(&shown[c]);
    }
}

void mtmi_grid_write(mtmi_buffer *out, const mtmi_table *table, size_t width, const char *bold, const char *plain) {
    grid g = {.out = out, .table = table};
    measure(&g, width);
    for (size_t r = 0; r < table->n_rows; r++) {
        int strong = r == 0 || mtmi_table_kind(table, r) == MTMI_ROW_MARKED;
        mtmi_buffer_text(out, strong ? bold : "");
        put_row(&g, r);
        mtmi_buffer_text(out, strong ? plain : "");
        if (r == 0) {
            mtmi_buffer_repeat(out, "\xE2\x94\x80", g.total);
            mtmi_buffer_char(out, '\n');
        }
    }
    out->failed |= mtmi_table_failed(table);
}
