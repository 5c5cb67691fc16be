/* Writes the summary of a file in a check: rows, dialect, periods, columns with their sums. */
#include "read/check/check_page.h"

#include "base/text.h"

#include <string.h>

#define COLUMNS_SHOWN 24u
#define NAME_WIDTH 24u

/* The widest name of a line, at most NAME_WIDTH. */
static size_t name_width(const mtmi_check_file *file) {
    size_t widest = strlen("periods");
    for (size_t i = 0; i < file->n_columns && i < COLUMNS_SHOWN; i++) {
        const char *name = mtmi_check_column_name(file, &file->columns[i]);
        size_t width = mtmi_text_width(name, strlen(name));
        widest = width > widest ? width : widest;
    }
    return widest < NAME_WIDTH ? widest : NAME_WIDTH;
}

static void write_name(const mtmi_page *page, const char *name, size_t width) {
    size_t start = page->out->size, used;
    mtmi_page_text(page, "  ");
    mtmi_page_foreign(page, name, width);
    used = page->out->failed ? width : mtmi_text_width(page->out->data + start, page->out->size - start) - 2;
    mtmi_buffer_repeat(page->out, " ", (used < width ? width - used : 0) + 2);
}

static const char *mark_name(const char *mark) {
    static const char *const names[][2] = {{"\t", "tabs"}, {",", "commas"}, {";", "semicolons"}, {"|", "bars"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i][0], mark) == 0) {
            return names[i][1];
        }
    }
    return mark;
}

static void write_property(const mtmi_page *page, const char *before, const char *text, mtmi_how how) {
    if (text[0] == '\0') {
        return;
    }
    mtmi_page_text(page, before);
    mtmi_page_foreign(page, text, 60);
    mtmi_page_text(page, how == MTMI_HOW_DECLARED ? " (declared)" : how == MTMI_HOW_GUESS ? " (a guess)" : "");
}

static void write_dialect(const mtmi_page *page, const mtmi_check_dialect *dialect) {
    write_property(page, "", dialect->encoding.text, dialect->encoding.how);
    write_property(page, ", cells between ", mark_name(dialect->delimiter.text), dialect->delimiter.how);
    write_property(page, ", decimal mark ", dialect->decimal.text, dialect->decimal.how);
    write_property(page, ", thousands mark ",
                   strcmp(dialect->thousands.text, " ") == 0 ? "space" : dialect->thousands.text,
                   dialect->thousands.how);
    write_property(page, ", sheet ", dialect->sheet, MTMI_HOW_NONE);
    write_property(page, ", ", dialect->convention, MTMI_HOW_NONE);
    if (dialect->skip_rows > 0) {
        mtmi_page_text(page, ", ");
        mtmi_page_count(page, dialect->skip_rows, "row above the header", "rows above the header");
    }
    if (dialect->header_rows > 1) {
        mtmi_page_text(page, ", ");
        mtmi_page_count(page, dialect->header_rows, "row of header", "rows of header");
    }
    mtmi_page_text(page, "\n");
}

/* "in thousand persons" */
static void write_unit(const mtmi_page *page, const mtmi_check_column *column) {
    static const char *const words[] = {"thousand", "million", "billion"};
    int power = column->multiplier;

    if (column->unit == NULL && power == 0) {
        return;
    }
    mtmi_page_text(page, " in ");
    if (power == 3 || power == 6 || power == 9) {
        mtmi_page_text(page, words[power / 3 - 1]);
    } else if (power != 0) {
        mtmi_buffer_format(page->out, "10^%d", power);
    }
    mtmi_page_text(page, power != 0 && column->unit != NULL ? " " : "");
    mtmi_page_foreign(page, column->unit != NULL ? column->unit : "", 60);
}

static void write_figures(const mtmi_page *page, const mtmi_check_column *column, int failed) {
    char text[MTMI_WIDE_TEXT];
    mtmi_page_text(page, "figures");
    for (size_t i = 0; i < column->n_members; i++) {
        mtmi_page_text(page, i == 0 ? " of " : ", ");
        mtmi_page_foreign(page, column->members[i].key, 40);
        mtmi_page_text(page, " ");
        mtmi_page_foreign(page, column->members[i].value, 40);
    }
    if (column->has_period) {
        mtm_period_describe(column->period, text, sizeof text);
        mtmi_page_text(page, " of ");
        mtmi_page_text(page, text);
    }
    write_unit(page, column);
    if (failed) {
        return;
    }
    mtmi_decimal_write(column->sum, column->decimals, text, sizeof text);
    mtmi_page_text(page, ": sum ");
    mtmi_page_text(page, text);
    mtmi_page_text(page, " of ");
    mtmi_page_count(page, column->n_values, "figure", "figures");
    if (column->n_missing > 0) {
        mtmi_page_text(page, ", ");
        mtmi_page_count(page, column->n_missing, "without a value", "without a value");
    }
}

static void write_column(const mtmi_page *page, const mtmi_check_column *column, int failed) {
    const char *origin = mtmi_how_name(column->how);
    if (column->role == MTMI_ROLE_VALUE) {
        write_figures(page, column, failed);
    } else if (column->role == MTMI_ROLE_DIMENSION) {
        mtmi_page_text(page, "dimension ");
        mtmi_page_foreign(page, column->dimension != NULL ? column->dimension : "", 60);
        mtmi_page_text(page, column->codelist != NULL ? ", codes of " : ", labels as they are");
        mtmi_page_foreign(page, column->codelist != NULL ? column->codelist : "", 60);
    } else {
        mtmi_page_text(page, column->role == MTMI_ROLE_IGNORE ? "left out" : mtmi_role_name(column->role));
    }
    if (column->number == 0) {
        origin = "not in the file";
    } else if (origin[0] == '\0' && column->role == MTMI_ROLE_IGNORE) {
        origin = "not recognised";
    }
    if (origin[0] != '\0') {
        mtmi_page_paint(page, MTMI_PAGE_DIM);
        mtmi_buffer_format(page->out, " (%s)", origin);
        mtmi_page_paint(page, MTMI_PAGE_PLAIN);
    }
    mtmi_page_text(page, "\n");
}

void mtmi_page_summary(const mtmi_page *page, const mtmi_check_file *file) {
    size_t width = name_width(file);
    write_name(page, "rows", width);
    mtmi_buffer_format(page->out, "%lld = %lld accepted + %lld refused + %lld not data",
                       (long long)file->rows[MTM_ROWS_IN], (long long)file->rows[MTM_ROWS_ACCEPTED],
                       (long long)file->rows[MTM_ROWS_REJECTED], (long long)file->rows[MTM_ROWS_NOT_DATA]);
    if (file->totals > 0) {
        mtmi_buffer_format(page->out,
                           file->totals == 1 ? " (%lld of them a total beside its parts)"
                                             : " (%lld of them totals beside their parts)",
                           (long long)file->totals);
    }
    mtmi_page_text(page, "\n");
    if (file->dialect.encoding.text[0] != '\0') {
        write_name(page, "read as", width);
        write_dialect(page, &file->dialect);
    }
    if (file->has_periods) {
        char periods[40];
        mtm_period_describe(file->periods, periods, sizeof periods);
        write_name(page, "periods", width);
        mtmi_page_text(page, periods);
        mtmi_page_text(page, "\n");
    }
    for (size_t i = 0; i < file->n_columns && i < COLUMNS_SHOWN; i++) {
        write_name(page, mtmi_check_column_name(file, &file->columns[i]), width);
        write_column(page, &file->columns[i], file->failed);
    }
    if (file->n_columns > COLUMNS_SHOWN) {
        mtmi_buffer_format(page->out, "  ... and %zu more columns\n", file->n_columns - COLUMNS_SHOWN);
    }
}
