/* Measures a sheet before its rows are read: merged cells, columns with values, what is hidden. It is a pass of its
 * own, because a sheet tells its merged cells after its rows. */
#include "read/xlsx/xlsx_sheet.h"

#include "base/memory.h"
#include "base/try.h"
#include "read/xlsx/xlsx_cells.h"
#include "read/xlsx/xlsx_text.h"
#include "read/xlsx/xlsx_xml.h"

#include <stdlib.h>
#include <string.h>

#define MERGES 262144

typedef struct measurer {
    mtmi_sheet_shape *out;
    mtmi_xml *xml;
    int64_t row, column;
    int has_formula, has_value, in_value, is_text;
} measurer;

static int is_true(const char *text) {
    return text != NULL && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static void count_hidden(int64_t n, int64_t first, int64_t *total, int64_t *first_of_all) {
    *first_of_all = *total == 0 ? first : *first_of_all;
    *total += n;
}

static void start_row(measurer *in, const char **attributes) {
    const char *number = mtmi_xml_attribute(attributes, "r");
    in->row = number != NULL ? mtmi_xlsx_number(number, 0) : in->row + 1;
    in->column = 0;
    if (in->row > MTMI_SHEET_ROWS) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "a row beyond number 1048576", "no more rows than a sheet can have");
    }
    if (is_true(mtmi_xml_attribute(attributes, "hidden"))) {
        count_hidden(1, in->row, &in->out->hidden_rows, &in->out->first_hidden_row);
    }
}

static void start_cell(measurer *in, const char **attributes) {
    const char *place = mtmi_xml_attribute(attributes, "r"), *type = mtmi_xml_attribute(attributes, "t");
    int64_t row = 0, column = 0;
    in->column = place != NULL && mtmi_xlsx_place(place, &row, &column) != NULL ? column : in->column + 1;
    in->has_formula = in->has_value = 0;
    in->is_text = type != NULL && strcmp(type, "str") == 0;
}

static void hide_columns(measurer *in, const char **attributes) {
    const char *first = mtmi_xml_attribute(attributes, "min"), *last = mtmi_xml_attribute(attributes, "max");
    int64_t from = first != NULL ? mtmi_xlsx_number(first, 0) : 0, to = last != NULL ? mtmi_xlsx_number(last, 0) : 0;
    if (is_true(mtmi_xml_attribute(attributes, "hidden")) && from > 0 && from <= to && to <= MTMI_SHEET_COLUMNS) {
        count_hidden(to - from + 1, from, &in->out->hidden_columns, &in->out->first_hidden_column);
    }
}

static void add_merge(measurer *in, const char **attributes) {
    mtmi_sheet_shape *out = in->out;
    mtmi_merge merge;
    const char *range = mtmi_xml_attribute(attributes, "ref");
    const char *end = range != NULL ? mtmi_xlsx_place(range, &merge.first_row, &merge.first_column) : NULL;
    void *merges = out->merges;
    if (end == NULL || *end != ':' || mtmi_xlsx_place(end + 1, &merge.last_row, &merge.last_column) == NULL ||
        merge.last_row < merge.first_row || merge.last_column < merge.first_column) {
        return; /* merges nothing */
    }
    if (out->n_merges == MERGES) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "more than 262144 merged cells",
                        "a workbook that is not made to exhaust memory");
        return;
    }
    if (!mtmi_memory_reserve(&merges, &out->capacity, out->n_merges + 1, sizeof *out->merges)) {
        mtmi_xml_no_memory(in->xml);
        return;
    }
    out->merges = merges;
    out->merges[out->n_merges++] = merge;
}

static void on_start(void *data, const char *name, const char **attributes) {
    measurer *in = data;
    if (strcmp(name, "row") == 0) {
        start_row(in, attributes);
    } else if (strcmp(name, "c") == 0) {
        start_cell(in, attributes);
    } else if (strcmp(name, "f") == 0) {
        in->has_formula = 1;
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        in->in_value = 1;
    } else if (strcmp(name, "mergeCell") == 0) {
        add_merge(in, attributes);
    } else if (strcmp(name, "col") == 0) {
        hide_columns(in, attributes);
    }
}

static void on_text(void *data, const char *text, size_t size) {
    measurer *in = data;
    (void)text;
    in->has_value |= in->in_value && size > 0;
}

static void end_cell(measurer *in) {
    mtmi_sheet_shape *out = in->out;
    if (in->has_formula && !in->has_value && !in->is_text) {
        count_hidden(1, in->row, &out->formulas_without_value, &out->first_formula_row);
    }
    if (in->has_value || in->has_formula) {
        out->first_column = out->first_column == 0 || in->column < out->first_column ? in->column : out->first_column;
        out->last_column = in->column > out->last_column ? in->column : out->last_column;
    }
}

static void on_end(void *data, const char *name) {
    measurer *in = data;
    in->in_value = 0;
    if (strcmp(name, "c") == 0) {
        end_cell(in);
    } else if (strcmp(name, "sheetData") == 0) {
        in->out->bytes = mtmi_xml_position(in->xml);
    }
}

static int compare(const void *a, const void *b) {
    const mtmi_merge *one = a, *two = b;
    int order = (one->first_row > two->first_row) - (one->first_row < two->first_row);
    return order != 0 ? order : (one->first_column > two->first_column) - (one->first_column < two->first_column);
}

mtm_status mtmi_sheet_measure(mtmi_xlsx_archive *archive, const mtmi_sheet_settings *settings, mtmi_sheet_shape *out,
                              mtm_error *err) {
    static const mtmi_xml_handler handler = {on_start, on_end, on_text};
    measurer in = {.out = out};
    memset(out, 0, sizeof *out);
    MTMI_CHECK_STATUS(mtmi_xml_read(archive, settings->part, &handler, &in, &in.xml, err));
    if (out->n_merges > 1) {
        qsort(out->merges, out->n_merges, sizeof *out->merges, compare);
    }
    return MTM_OK;
}

void mtmi_sheet_shape_free(mtmi_sheet_shape *shape) {
    mtmi_memory_free(shape->merges);
    memset(shape, 0, sizeof *shape);
}
