/* Finds the part of a year that a title gives to all figures of a table: "Прибыло за январь-март", "in the first half of 2024"
 * above columns or rows of years. Years in the table then stand for that part of theirs. Invariant: all periods of the table are
 * years, and where the title says a year, it is one of them; else nothing is taken, or the file is refused. */
#include "read/table/names/year_part.h"

#include "base/error.h"
#include "base/text.h"
#include "base/try.h"
#include "read/table/header_join.h"
#include "read/table/names/title_words.h"
#include "read/table/period_name.h"

#include <string.h>

enum { LONGEST = 100, SPAN = 6, ANY_YEAR = 2001, YEARS = 64 };

static int is_word(mtmi_cell cell, const mtmi_title_words *words, size_t i, const char *const *list, size_t n) {
    for (size_t k = 0; k < n; k++) {
        const size_t size = words->to[i] - words->from[i];
        if (strlen(list[k]) == size && memcmp(cell.text + words->from[i], list[k], size) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Before a month alone only these say that figures are of it: "Bulletin, March 2024" is a day of print. */
static int says_during(mtmi_cell cell, const mtmi_title_words *words, size_t i) {
    static const char *const list[] = {"за", "в", "во", "for", "in", "during"};
    const size_t n = sizeof list / sizeof *list;
    return is_word(cell, words, i, list, n) || (i > 0 && is_word(cell, words, i - 1, list, n));
}

/* Words that make another period of what stands behind them. */
static int says_otherwise(mtmi_cell cell, const mtmi_title_words *words, size_t i) {
    static const char *const list[] = {"по", "с", "со", "до", "от", "на", "from", "to", "until", "since", "as", "of"};
    return i > 0 && is_word(cell, words, i - 1, list, sizeof list / sizeof *list);
}

/* Whether words are a part of a year, once a year stands behind them where they have none. */
static int read_span(const char *text, size_t length, int has_year, mtmi_period_label *out) {
    char joined[LONGEST + 8];
    int year, month, day;

    if (length == 0 || length > LONGEST) {
        return 0;
    }
    memcpy(joined, text, length);
    memcpy(joined + length, " 2001", 5);
    mtmi_period_read(joined, has_year ? length : length + 5, 1, out);
    if (out->outcome != MTMI_PERIOD_OK || mtmi_period_months(out->period) == 0 ||
        mtmi_period_months(out->period) >= 12) {
        return 0;
    }
    mtmi_day_split(out->period.first, &year, &month, &day);
    return has_year || year == ANY_YEAR;
}

/* The years of a text: 0 for none, -1 for several. */
static int year_of_text(mtmi_cell cell) {
    int found = 0, year = 0;
    size_t digits = 0;

    for (size_t i = 0; i <= cell.length; i++) {
        const char c = i < cell.length ? cell.text[i] : ' ';
        if (c >= '0' && c <= '9') {
            year = digits < 5 ? year * 10 + (c - '0') : year;
            digits++;
            continue;
        }
        if (digits == 4 && year >= 1900 && year < 2100) {
            found = found == 0 || found == year ? year : -1;
        }
        digits = 0;
        year = 0;
    }
    return found;
}

/* The only part of a year in a title; *year is 0 where it says none. */
static int find_part(mtmi_cell cell, mtmi_period_label *out, int *year) {
    mtmi_title_words words;
    mtmi_period_label whole;
    size_t found = 0;

    *year = year_of_text(cell);
    if (*year < 0 || !mtmi_title_words_cut(cell.text, cell.length, &words) ||
        (*year > 0 && !mtmi_period_within(cell.text, cell.length, 0, &whole))) {
        return 0;
    }
    for (size_t i = 0; i < words.n; i++) {
        for (size_t span = words.n - i < SPAN ? words.n - i : SPAN; span > 0; span--) {
            mtmi_period_label label;
            if (!read_span(cell.text + words.from[i], words.to[i + span - 1] - words.from[i], *year > 0, &label)) {
                continue;
            }
            if (says_otherwise(cell, &words, i) ||
                (mtmi_period_months(label.period) == 1 && !says_during(cell, &words, i))) {
                return 0;
            }
            *out = label;
            found++;
            i += span - 1;
            break;
        }
    }
    return found == 1;
}

/* The years by which a table names its figures. */
typedef struct table_years {
    int at[YEARS];
    size_t n;
    int others; /* it has other periods too */
} table_years;

static void add_label(mtmi_cell cell, table_years *out) {
    mtmi_named_period named;
    int year, month, day;

    if (cell.length == 0) {
        return;
    }
    if (!mtmi_period_name(cell.text, cell.length, 0, 0, &named)) {
        out->others |= mtmi_cell_lacks_year(cell) || named.label.outcome == MTMI_PERIOD_AMBIGUOUS;
        return;
    }
    mtmi_day_split(named.label.period.first, &year, &month, &day);
    if (mtmi_period_months(named.label.period) != 12 || month != 1) {
        out->others = 1;
    } else if (out->n < YEARS) {
        out->at[out->n++] = year;
    }
}

static int holds_periods(const mtmi_inference *in, const mtmi_bound *bound) {
    if (bound->role == MTMI_ROLE_PERIOD || bound->role == MTMI_ROLE_PERIOD_START ||
        bound->role == MTMI_ROLE_PERIOD_END) {
        return 1;
    }
    if (!mtmi_bound_open(bound)) {
        return 0;
    }
    const mtmi_content content = mtmi_columns_content(in, bound);
    return content == MTMI_PERIODS || (content == MTMI_YEARS && bound->cell == 0);
}

static void collect_years(const mtmi_inference *in, table_years *out) {
    memset(out, 0, sizeof *out);
    for (size_t i = in->header->first; i < in->header->first + in->header->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        for (size_t k = 0; k < row->n_cells; k++) {
            add_label(row->trimmed[k], out);
        }
    }
    for (size_t k = 0; k < in->columns->n; k++) {
        if (!holds_periods(in, &in->columns->at[k])) {
            continue;
        }
        for (size_t i = in->header->data; i < in->head->n; i++) {
            const mtmi_row *row = &in->head->rows[i];
            if (row->code == 0) {
                add_label(mtmi_row_cell(row, k), out);
            }
        }
    }
}

static int has_year(const table_years *years, int year) {
    for (size_t i = 0; i < years->n; i++) {
        if (years->at[i] == year) {
            return 1;
        }
    }
    return 0;
}

static mtm_status refuse_title(const mtmi_inference *in, const mtmi_row *row, size_t cell, mtm_error *err) {
    char quoted[MTMI_QUOTE_SIZE];
    int64_t line = 0, column = 0;

    (void)mtmi_error_quote(row->trimmed[cell].text, row->trimmed[cell].length, quoted, sizeof quoted);
    mtmi_rows_place(in->rows, row, cell, &line, &column);
    return mtmi_error_set(
        err, MTM_ERROR_SCHEMA, MTMI_CODE_COLUMN_UNSURE, (mtmi_place){in->rows->name, line, column},
        "found %s above years, expected one reading: they are whole years, or that part of each; give "
        "the fields of the schema their periods, or correct the title",
        quoted);
}

static mtm_status note_title(const mtmi_inference *in, const mtmi_row *row, size_t cell, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    if (in->log == NULL) {
        return MTM_OK;
    }
    said.code = MTMI_CODE_YEAR_ABOVE;
    said.found = row->trimmed[cell].text;
    said.found_size = row->trimmed[cell].length;
    said.expected = "whole years; years in the table are taken for that part of theirs";
    said.hint = "give the fields of the schema their periods, if whole years are meant";
    mtmi_rows_place(in->rows, row, cell, &said.line, &said.column);
    return mtmi_check_add(in->log, &said, err);
}

static mtm_status take_title(const mtmi_inference *in, const table_years *years, const mtmi_row *row, size_t cell,
                             mtm_error *err) {
    mtmi_named_day *moment = &in->columns->moment;
    mtmi_period_label part;
    int year, of_year, month, day;

    if (!find_part(row->trimmed[cell], &part, &of_year)) {
        return MTM_OK;
    }
    mtmi_day_split(part.period.first, &year, &month, &day);
    const int months = mtmi_period_months(part.period);
    if ((of_year > 0 && !has_year(years, of_year)) ||
        (moment->month != 0 && (moment->month != month || moment->months != months))) {
        return refuse_title(in, row, cell, err);
    }
    if (moment->month != 0) {
        return MTM_OK;
    }
    *moment = (mtmi_named_day){month, 1, months};
    return note_title(in, row, cell, err);
}

mtm_status mtmi_columns_year_part(const mtmi_inference *in, mtm_error *err) {
    table_years years;

    if (in->header->n == 0 || in->header->first == 0 || in->columns->moment.month != 0) {
        return MTM_OK;
    }
    collect_years(in, &years);
    for (size_t i = 0; years.n > 0 && !years.others && i < in->header->first && i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        for (size_t k = 0; row->code == 0 && k < row->n_cells; k++) {
            const int again = k > 0 && row->trimmed[k].length == row->trimmed[k - 1].length &&
                              memcmp(row->trimmed[k].text, row->trimmed[k - 1].text, row->trimmed[k].length) == 0;
            if (row->trimmed[k].length > 0 && !again) {
                MTMI_CHECK_STATUS(take_title(in, &years, row, k, err));
            }
        }
    }
    return MTM_OK;
}
