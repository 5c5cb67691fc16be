/* Finds tables of one header below each other: each has a title, and the titles differ in one thing only. Invariant: words that
 * differ otherwise - another scope, another unit, a second thing - leave the file as it was; numbers of tables and the cases of
 * one word are no difference. */
#include "read/table/sections/titled_tables.h"

#include "read/table/header_words.h"
#include "read/table/period_name.h"
#include "read/table/sections/section_label.h"

#include <string.h>

enum {
    WORDS = 32,
    STEM = 8 /* bytes that two cases of a word have in common */,
    NUMBERS = 2 /* words before a title */
};

typedef struct title_words {
    mtmi_cell at[WORDS];
    size_t n;
} title_words;

static int cut_title(mtmi_cell title, title_words *out) {
    size_t at = 0;

    out->n = 0;
    while (at < title.length) {
        size_t end = at;
        while (end < title.length && strchr(" ,;:.()", title.text[end]) == NULL) {
            end++;
        }
        if (end > at && out->n == WORDS) {
            return 0;
        }
        if (end > at) {
            out->at[out->n++] = (mtmi_cell){title.text + at, end - at, 0};
        }
        at = end + 1;
    }
    return out->n > 0;
}

static int is_number_of_table(mtmi_cell word) {
    for (size_t i = 0; i < word.length; i++) {
        if (word.text[i] < '0' || word.text[i] > '9') {
            return 0;
        }
    }
    return word.length < 3;
}

static int is_direction_word(mtmi_cell word) {
    static const char *const words[] = {"в", "во", "из", "to", "into", "from", "out"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (word.length == strlen(words[i]) && memcmp(word.text, words[i], word.length) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Two cases of one word: "Казахстан", "Казахстана". */
static int is_one_word(mtmi_cell a, mtmi_cell b) {
    size_t same = 0;
    while (same < a.length && same < b.length && a.text[same] == b.text[same]) {
        same++;
    }
    return same >= STEM && a.length - same <= 4 && b.length - same <= 4;
}

/* Whether two titles differ in a member of the dimension and in nothing else; the member of each. */
static int differ_in_member(mtmi_cell one, mtmi_cell two, const char *dimension, int32_t members[2]) {
    title_words a, b;

    members[0] = members[1] = -1;
    if (!cut_title(one, &a) || !cut_title(two, &b) || a.n != b.n) {
        return 0;
    }
    for (size_t i = 0; i < a.n; i++) {
        const mtmi_cell left = a.at[i], right = b.at[i];
        if (mtmi_name_same(left.text, left.length, right.text, right.length) ||
            (i < NUMBERS && is_number_of_table(left) && is_number_of_table(right))) {
            continue;
        }
        const int32_t member = mtmi_section_member(dimension, left);
        const int32_t other =
            mtmi_section_is_balance(dimension, right) ? MTMI_SECTION_BALANCE : mtmi_section_member(dimension, right);
        if (member >= 0 && other >= 0 && member != other && members[0] < 0) {
            members[0] = member;
            members[1] = other;
        } else if (!is_one_word(left, right) && !(is_direction_word(left) && is_direction_word(right))) {
            return 0;
        }
    }
    return members[0] >= 0;
}

/* Whether two titles differ in their only period and in nothing else. */
static int differ_in_period(mtmi_cell one, mtmi_cell two, mtmi_period_label periods[2]) {
    title_words a, b;

    if (!mtmi_period_within(one.text, one.length, 0, &periods[0]) ||
        !mtmi_period_within(two.text, two.length, 0, &periods[1]) ||
        mtmi_period_same(periods[0].period, periods[1].period) || !cut_title(one, &a) || !cut_title(two, &b) ||
        a.n != b.n) {
        return 0;
    }
    for (size_t i = 0; i < a.n; i++) {
        const mtmi_cell left = a.at[i], right = b.at[i];
        mtmi_period_label label;
        const int dated = mtmi_period_within(left.text, left.length, 0, &label) || mtmi_cell_lacks_year(left);
        if (!mtmi_name_same(left.text, left.length, right.text, right.length) && !dated) {
            return 0;
        }
    }
    return 1;
}

/* The row of a title above a row: one cell alone; SIZE_MAX for none. */
static size_t title_above(const mtmi_inference *in, size_t row) {
    while (row > 0 && in->head->rows[row - 1].code == 0 && in->head->rows[row - 1].n_filled == 0) {
        row--;
    }
    return row > 0 && in->head->rows[row - 1].code == 0 && in->head->rows[row - 1].n_filled == 1 &&
                   in->head->rows[row - 1].trimmed[0].length > 0
               ? row - 1
               : SIZE_MAX;
}

static int add_title(const mtmi_inference *in, size_t row, int32_t member, const mtmi_period_label *period) {
    mtmi_columns *columns = in->columns;

    for (size_t i = 0; i < columns->n_titles; i++) {
        const struct mtmi_table_title *other = &columns->titles[i];
        if (period == NULL ? other->member == member : mtmi_period_same(other->period.period, period->period)) {
            return 0;
        }
    }
    if (columns->n_titles == MTMI_TABLE_TITLES) {
        return 0;
    }
    columns->titles[columns->n_titles].line = in->head->rows[row].line;
    columns->titles[columns->n_titles].member = member;
    if (period != NULL) {
        columns->titles[columns->n_titles].period = *period;
    }
    columns->n_titles++;
    return 1;
}

/* One more table below its title. */
static int take_table(const mtmi_inference *in, const char *dimension, size_t first, size_t title) {
    const mtmi_cell one = in->head->rows[first].trimmed[0], two = in->head->rows[title].trimmed[0];
    mtmi_period_label periods[2];
    int32_t members[2] = {-1, -1};
    const int differ =
        dimension != NULL ? differ_in_member(one, two, dimension, members) : differ_in_period(one, two, periods);
    const int is_first = in->columns->n_titles == 0;

    return differ && (!is_first || add_title(in, first, members[0], dimension != NULL ? NULL : &periods[0])) &&
           add_title(in, title, members[1], dimension != NULL ? NULL : &periods[1]);
}

int mtmi_tables_are_titled(const mtmi_inference *in, const char *dimension) {
    const size_t first = title_above(in, in->header->first);
    int fits = in->head->whole && first != SIZE_MAX;

    in->columns->n_titles = 0;
    for (size_t i = in->header->data; fits && i < in->head->n; i++) {
        if (in->head->rows[i].code != 0 || !mtmi_header_repeats(in->header, &in->head->rows[i])) {
            continue;
        }
        const size_t title = title_above(in, i);
        fits = title != SIZE_MAX && title > in->header->data && take_table(in, dimension, first, title);
    }
    in->columns->n_titles = fits ? in->columns->n_titles : 0;
    return in->columns->n_titles > 1;
}
