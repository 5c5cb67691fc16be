/* Finds the day of a year that a title gives to all figures of a table: "Численность населения на 1 января", "at the beginning of
 * the year". Years in the table then stand for that day of theirs. A title that says a year itself says a period of its own. */
#include "base/text.h"
#include "read/table/columns_internal.h"
#include "read/table/period_name.h"

#include <string.h>

enum { LONGEST = 100, SPAN = 6, WORDS = 40, ANY_YEAR = 2001 };

typedef struct words {
    size_t from[WORDS], to[WORDS], n;
} words;

static int cut_words(const char *text, size_t length, words *out) {
    size_t at = 0;

    out->n = 0;
    while (at < length) {
        size_t end = at;
        while (end < length && strchr(" ,;:()", text[end]) == NULL) {
            end++;
        }
        if (end > at && out->n == WORDS) {
            return 0;
        }
        if (end > at) {
            out->from[out->n] = at;
            out->to[out->n++] = end;
        }
        at = end + 1;
    }
    return 1;
}

static int has_year(const char *text, size_t length) {
    size_t digits = 0;

    for (size_t i = 0; i < length; i++) {
        digits = text[i] >= '0' && text[i] <= '9' ? digits + 1 : 0;
        if (digits == 4) {
            return 1;
        }
    }
    return 0;
}

/* Whether words are a moment once a year stands behind them. */
static int read_moment(const char *text, size_t length, mtmi_named_day *out) {
    char joined[LONGEST + 8];
    mtmi_period_label label;
    int year;

    if (length == 0 || length > LONGEST) {
        return 0;
    }
    memcpy(joined, text, length);
    memcpy(joined + length, " 2001", 5);
    mtmi_period_read(joined, length + 5, 1, &label);
    if (label.outcome != MTMI_PERIOD_OK || !label.stock_date || label.period.first != label.period.last) {
        return 0;
    }
    mtmi_day_split(label.period.first, &year, &out->month, &out->day);
    return year == ANY_YEAR;
}

static int find_in(mtmi_cell cell, mtmi_named_day *out) {
    words all;

    if (has_year(cell.text, cell.length) || !cut_words(cell.text, cell.length, &all)) {
        return 0;
    }
    for (size_t i = 0; i < all.n; i++) {
        for (size_t span = all.n - i < SPAN ? all.n - i : SPAN; span > 1; span--) {
            if (read_moment(cell.text + all.from[i], all.to[i + span - 1] - all.from[i], out)) {
                return 1;
            }
        }
    }
    return 0;
}

mtm_status mtmi_columns_moment(const mtmi_inference *in, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    for (size_t i = 0; in->header->n > 0 && i < in->header->first && i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        for (size_t k = 0; row->code == 0 && k < row->n_cells; k++) {
            if (!find_in(row->trimmed[k], &in->columns->moment)) {
                continue;
            }
            if (in->log == NULL) {
                return MTM_OK;
            }
            said.code = MTMI_CODE_YEAR_ABOVE;
            said.found = row->trimmed[k].text;
            said.found_size = row->trimmed[k].length;
            said.expected = "days below it; years in the table are taken for that day of theirs";
            said.hint = "give the fields of the schema their periods, if other days are meant";
            mtmi_rows_place(in->rows, row, k, &said.line, &said.column);
            return mtmi_check_add(in->log, &said, err);
        }
    }
    return MTM_OK;
}

mtm_period mtmi_moment_of(const mtmi_named_day *moment, mtm_period year) {
    int y, month, day;

    if (moment->month == 0 || mtmi_period_months(year) != 12) {
        return year;
    }
    mtmi_day_split(year.first, &y, &month, &day);
    if (month != 1) {
        return year;
    }
    if (moment->months > 0) {
        return mtmi_period_of_months(y, moment->month, moment->months);
    }
    year.first = year.last = mtmi_day_from(y, moment->month, moment->day);
    return year;
}
