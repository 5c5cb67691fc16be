/* Finds the day of a year that a title gives to all figures of a table: "Численность населения на 1 января", "at the beginning of
 * the year". Years in the table then stand for that day of theirs. A title that says a year itself says a period of its own,
 * which the names of all columns must not contradict, nor a direction: nobody would know which of both is wrong. */
#include "base/error.h"
#include "base/text.h"
#include "base/try.h"
#include "period/period.h"
#include "read/subject/subject_words.h"
#include "read/table/columns_internal.h"
#include "read/table/names/title_words.h"
#include "read/table/period_name.h"

#include <string.h>

enum { LONGEST = 100, SPAN = 6, ANY_YEAR = 2001 };

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
    mtmi_title_words all;

    if (has_year(cell.text, cell.length) || !mtmi_title_words_cut(cell.text, cell.length, &all)) {
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

/* ---- what names of columns contradict ---- */

static mtm_status refuse_column(const mtmi_inference *in, const mtmi_bound *bound, int code, const char *what,
                                const mtmi_row *title, size_t cell, mtm_error *err) {
    char said[MTMI_QUOTE_SIZE];
    int64_t line = 0, column = 0, title_line = 0, title_column = 0;

    (void)mtmi_error_quote(title->trimmed[cell].text, title->trimmed[cell].length, said, sizeof said);
    mtmi_rows_place(in->rows, &in->head->rows[in->header->first], bound->cell, &line, &column);
    mtmi_rows_place(in->rows, title, cell, &title_line, &title_column);
    return mtmi_error_set(
        err, MTM_ERROR_SCHEMA, code, (mtmi_place){in->rows->name, line, column},
        "found %q in the header, expected the %s of the title in line %lld, %s; correct one of them, or "
        "declare the %s in the schema",
        bound->name, what, (long long)title_line, said, what);
}

/* A column whose name, and nobody else, says its period: of the length and season of the title's, and another year. */
static int is_other_year(const mtmi_bound *bound, mtm_period title) {
    int year, month, day, title_year, title_month;

    mtmi_day_split(bound->period.first, &year, &month, &day);
    mtmi_day_split(title.first, &title_year, &title_month, &day);
    return bound->how != MTMI_HOW_DECLARED && month == title_month &&
           mtmi_period_months(bound->period) == mtmi_period_months(title) &&
           (bound->period.last < title.first || bound->period.first > title.last);
}

/* "January-June 2023" above columns that are all of January-June 2024. */
static mtm_status compare_periods(const mtmi_inference *in, mtm_error *err) {
    const mtmi_bound *first = NULL;
    mtmi_period_label label = {0};
    size_t cell = 0;
    const mtmi_row *title = mtmi_columns_dated_title(in, &label, &cell);

    if (title == NULL || label.stock_date || mtmi_period_months(label.period) == 0) {
        return MTM_OK;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD || bound->role == MTMI_ROLE_PERIOD_START) {
            return MTM_OK;
        }
        if (bound->role != MTMI_ROLE_VALUE) {
            continue;
        }
        if (!bound->has_period || !is_other_year(bound, label.period)) {
            return MTM_OK;
        }
        first = first == NULL ? bound : first;
    }
    return first == NULL ? MTM_OK : refuse_column(in, first, MTMI_CODE_PERIOD_PARTS, "period", title, cell, err);
}

/* The direction that the names of all columns of figures say; NULL for none or several. */
static const char *direction_of_columns(const mtmi_inference *in, const mtmi_bound **first) {
    const char *direction = NULL;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        const char *own = NULL;
        for (size_t k = 0; bound->role == MTMI_ROLE_VALUE && k < bound->n_members; k++) {
            own = strcmp(bound->members[k].key, "direction") == 0 ? bound->members[k].value : own;
        }
        if (bound->role != MTMI_ROLE_VALUE) {
            continue;
        }
        if (own == NULL || bound->how == MTMI_HOW_DECLARED || (direction != NULL && strcmp(own, direction) != 0)) {
            return NULL;
        }
        direction = own;
        *first = *first == NULL ? bound : *first;
    }
    return direction;
}

static const mtmi_subject_word *direction_of_cell(mtmi_cell cell, mtmi_buffer *text) {
    mtmi_buffer_clear(text);
    mtmi_subject_add(text, cell.text, cell.length);
    return text->failed || text->size == 0 ? NULL : mtmi_subject_only(text->data, MTMI_SUBJECT_DIRECTION, "IN", "OUT");
}

/* "Въезд иностранцев" above a column of those who left. */
static mtm_status compare_directions(const mtmi_inference *in, mtm_error *err) {
    const mtmi_bound *first = NULL;
    const mtmi_row *other = NULL;
    const char *direction = direction_of_columns(in, &first);
    mtmi_buffer text = MTMI_BUFFER_INIT;
    size_t cell = 0;
    int agrees = direction == NULL;

    for (size_t i = 0; i < in->header->first && !agrees; i++) {
        const mtmi_row *row = &in->head->rows[i];
        for (size_t k = 0; row->code == 0 && k < row->n_cells && !agrees; k++) {
            const mtmi_subject_word *word = direction_of_cell(row->trimmed[k], &text);
            agrees = word != NULL && strcmp(word->value, direction) == 0;
            if (word != NULL && other == NULL) {
                other = row;
                cell = k;
            }
        }
    }
    const int failed = text.failed;
    mtmi_buffer_free(&text);
    if (failed) {
        return mtmi_error_memory(err);
    }
    return agrees || other == NULL ? MTM_OK
                                   : refuse_column(in, first, MTMI_CODE_COLUMN_UNSURE, "direction", other, cell, err);
}

/* "jan", "fev", "mar" below "Immigration in 2024": some are months, and the year of the title is not that of each row. */
static mtm_status refuse_months(const mtmi_inference *in, mtm_error *err) {
    enum { ENOUGH = 2 };
    for (size_t i = 0; i < in->columns->n; i++) {
        if (in->columns->at[i].role == MTMI_ROLE_PERIOD || in->columns->at[i].has_period) {
            return MTM_OK;
        }
    }
    for (size_t i = 0; i < in->columns->n && in->columns->year > 0; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        size_t n = 0;
        for (size_t r = in->header->data; r < in->head->n && bound->role == MTMI_ROLE_DIMENSION &&
                                          bound->list == NULL && bound->how != MTMI_HOW_DECLARED;
             r++) {
            const mtmi_row *row = &in->head->rows[r];
            if (row->code != 0 || row->n_cells <= bound->cell || !mtmi_cell_lacks_year(row->trimmed[bound->cell])) {
                continue;
            }
            if (++n == ENOUGH) {
                char said[MTMI_QUOTE_SIZE];
                (void)mtmi_error_quote(row->trimmed[bound->cell].text, row->trimmed[bound->cell].length, said,
                                       sizeof said);
                return mtmi_error_set(
                    err, MTM_ERROR_SCHEMA, MTMI_CODE_PERIOD, (mtmi_place){in->rows->name, row->line, 0},
                    "found %s in the column %q below a title of %d, expected labels or periods; say the "
                    "column's role in the schema, period or dimension, or write months in a language that "
                    "docs/languages.md lists",
                    said, bound->name, in->columns->year);
            }
        }
    }
    return MTM_OK;
}

mtm_status mtmi_columns_titles_agree(const mtmi_inference *in, mtm_error *err) {
    if (in->header->n == 0) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(refuse_months(in, err));
    MTMI_CHECK_STATUS(compare_periods(in, err));
    return compare_directions(in, err);
}
