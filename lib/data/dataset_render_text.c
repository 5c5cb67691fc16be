/* Prints a dataset as a table no wider than the terminal. A label that is cut shows that it is. */
#include "data/dataset_render.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define COLUMNS_MAX 21u /* period, 16 dimensions, value, status, release, uncovered */
#define NARROWEST 8u
#define GAP 2u

typedef struct layout {
    const mtm_dataset *dataset;
    size_t n;
    struct column {
        const char *title;
        int kind; /* -1 period, -2 value, -3 status, -4 release, -5 uncovered; else the dimension */
        size_t width;
    } columns[COLUMNS_MAX];
} layout;

enum { PERIOD = -1, VALUE = -2, STATUS = -3, RELEASE = -4, UNCOVERED = -5 };

static void add_column(layout *table, const char *title, int kind) {
    struct column *column = &table->columns[table->n++];
    column->title = title;
    column->kind = kind;
    column->width = mtmi_text_width(title, strlen(title));
}

/* The text of a cell: lent, or written into space. */
static const char *cell_of(const layout *table, const struct column *column, size_t i, char *space) {
    const mtm_dataset *dataset = table->dataset;
    switch (column->kind) {
    case PERIOD: mtmi_table_period(dataset, i, space); return space;
    case VALUE: mtmi_table_value(dataset, i, space); return space;
    case RELEASE: mtmi_table_release(dataset, i, space); return space;
    case UNCOVERED: mtmi_table_uncovered(dataset, i, space); return space;
    case STATUS:
        space[0] = dataset->statuses[i];
        space[1] = '\0';
        return space;
    default: {
        const mtmi_dimension *d = &dataset->dimensions[column->kind];
        return mtmi_member_label(d, &d->members[d->codes[i]], MTM_LANGUAGE_EN);
    }
    }
}

static void measure(layout *table) {
    char space[MTMI_TABLE_CELL];
    for (size_t c = 0; c < table->n; c++) {
        struct column *column = &table->columns[c];
        for (size_t i = 0; i < table->dataset->n; i++) {
            const char *text = cell_of(table, column, i, space);
            size_t width = mtmi_text_width(text, strlen(text));
            column->width = width > column->width ? width : column->width;
        }
    }
}

/* Takes from the widest dimension until the table fits or all are narrow. */
static void squeeze(layout *table, size_t most) {
    for (;;) {
        size_t total = 0;
        struct column *widest = NULL;
        for (size_t c = 0; c < table->n; c++) {
            struct column *column = &table->columns[c];
            total += column->width + (c > 0 ? GAP : 0);
            if (column->kind >= 0 && column->width > NARROWEST && (widest == NULL || column->width > widest->width)) {
                widest = column;
            }
        }
        if (total <= most || widest == NULL) {
            return;
        }
        widest->width = total - most < widest->width - NARROWEST ? widest->width - (total - most) : NARROWEST;
    }
}

static int is_control(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E);
}

/* At most width columns of a text; what would steer a terminal is shown as U+FFFD. Gives the columns used. */
static size_t write_cut(mtmi_buffer *out, const char *text, size_t width) {
    size_t length = strlen(text), used = 0, bytes, at;
    int cut = mtmi_text_width(text, length) > width;
    for (at = 0; at < length; at += bytes) {
        uint32_t c = mtmi_text_decode(text + at, length - at, &bytes);
        size_t columns = mtmi_text_width(text + at, bytes);
        if (used + columns + (size_t)cut > width) {
            break;
        }
        if (is_control(c)) {
            mtmi_buffer_text(out, "\xEF\xBF\xBD");
        } else {
            mtmi_buffer_add(out, text + at, bytes);
        }
        used += columns;
    }
    if (cut) {
        mtmi_buffer_text(out, "\xE2\x80\xA6");
    }
    return used + (size_t)cut;
}

static void write_cell(mtmi_buffer *out, const struct column *column, const char *text, int last) {
    size_t width = mtmi_text_width(text, strlen(text));
    if (column->kind == VALUE) {
        mtmi_buffer_repeat(out, " ", column->width - width);
        mtmi_buffer_text(out, text);
    } else {
        width = write_cut(out, text, column->width);
        mtmi_buffer_repeat(out, " ", last ? 0 : column->width - width);
    }
    mtmi_buffer_text(out, last ? "\n" : "  ");
}

static void write_lines(const layout *table, mtmi_buffer *out) {
    char space[MTMI_TABLE_CELL];
    for (size_t c = 0; c < table->n; c++) {
        write_cell(out, &table->columns[c], table->columns[c].title, c + 1 == table->n);
    }
    for (size_t i = 0; i < table->dataset->n && !out->failed; i++) {
        for (size_t c = 0; c < table->n; c++) {
            write_cell(out, &table->columns[c], cell_of(table, &table->columns[c], i, space), c + 1 == table->n);
        }
    }
}

static void write_title(const mtm_dataset *dataset, mtmi_buffer *out) {
    static const char *const factors[] = {"thousand ", "million ", "billion "};
    mtmi_buffer_text(out, mtmi_dataset_name(dataset));
    mtmi_buffer_text(out, ": ");
    mtmi_buffer_text(out, mtmi_dataset_concept(dataset));
    mtmi_buffer_text(out, ", ");
    if (dataset->multiplier == 3 || dataset->multiplier == 6 || dataset->multiplier == 9) {
        mtmi_buffer_text(out, factors[dataset->multiplier / 3 - 1]);
    } else if (dataset->multiplier != 0) {
        mtmi_buffer_format(out, "10^%d ", dataset->multiplier);
    }
    mtmi_buffer_text(out, mtmi_dataset_unit(dataset));
    mtmi_buffer_char(out, '\n');
}

void mtmi_table_text(const mtm_dataset *dataset, int width, mtmi_buffer *out) {
    layout table = {dataset, 0, {{NULL, 0, 0}}};
    mtmi_table_shape shape = mtmi_table_shape_of(dataset);
    add_column(&table, "period", PERIOD);
    for (size_t d = 0; d < dataset->n_dimensions && table.n + 4 < COLUMNS_MAX; d++) {
        add_column(&table, dataset->dimensions[d].name, (int)d);
    }
    add_column(&table, "value", VALUE);
    if (shape.has_status) {
        add_column(&table, "status", STATUS);
    }
    if (dataset->n_releases > 2) { /* entry 0 is "not stated" */
        add_column(&table, "release", RELEASE);
    }
    if (shape.has_partly) {
        add_column(&table, "uncovered", UNCOVERED);
    }
    measure(&table);
    squeeze(&table, (size_t)width);
    write_title(dataset, out);
    write_lines(&table, out);
}
