/* Binds columns under a header of several rows, part by part: "Прибыло" over "2022", "2023 год" over "I квартал" over "men".
 * Invariant: a column is taken only where each of its parts is a period, a member, the total, a balance, a unit or the title
 * over all figures; a part that says something else leaves the column as it was. */
#include "read/table/names/column_parts.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "codelist/match.h"
#include "codelist/unit.h"
#include "read/table/header_join.h"
#include "read/table/legend.h"
#include "read/table/names/member_name.h"
#include "read/table/period_name.h"

#include <string.h>

enum { MEMBERS = 3, LONGEST = 160 };

/* What the parts of one name say together. */
typedef struct name_meaning {
    size_t n_members, dimensions[MEMBERS];
    const char *codes[MEMBERS]; /* static or lent by the lists; NULL: the balance, by its own name */
    mtmi_cell balance;
    int says_total, has_period, marked, from_above;
    mtmi_period_label period;
    mtmi_cell piece; /* "I квартал": a period but for its year */
} name_meaning;

/* How parts of a column are read. */
typedef struct name_rules {
    int order;        /* of dates */
    int has_quarters; /* numerals are quarters */
} name_rules;

/* A part without the marks around it that say nothing: a colon, a footnote, a unit behind a comma. */
static mtmi_cell bare_part(mtmi_cell part) {
    part.length = mtmi_legend_cut(part.text, part.length);
    while (part.length > 0 && (part.text[part.length - 1] == ':' || part.text[part.length - 1] == ' ')) {
        part.length--;
    }
    const size_t cut = mtmi_unit_cut(part.text, part.length);
    part.length = cut > 0 ? cut : part.length;
    return part;
}

/* "в том числе" over members, "человек" under years. */
static int says_nothing(mtmi_cell part, const char *normal) {
    mtmi_unit unit;
    const int is_unit = mtmi_unit_read(part.text, part.length, &unit);
    return mtmi_phrase_is(MTMI_PHRASE_OF_WHICH, normal) ||
           (is_unit && (unit.quantity == NULL || strcmp(unit.quantity, "ratio") != 0));
}

/* "Справочно январь-июнь 2023 г.": for comparison, which changes nothing of the figures. */
static mtmi_cell cut_reference(mtmi_cell part) {
    static const char *const words[] = {"Справочно:", "Справочно", "справочно:", "справочно", "For reference:"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (part.length > n && memcmp(part.text, words[i], n) == 0) {
            part.text += n;
            part.length -= n;
            return mtmi_cell_trim(part);
        }
    }
    return part;
}

/* "Год" beside quarters, under its year. */
static int is_whole_year(const char *normal) {
    static const char *const words[] = {"год", "за год", "всего за год", "year", "full year", "жыл", "сол"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], normal) == 0) {
            return 1;
        }
    }
    return 0;
}

static int is_year(mtm_period period) {
    int year, month, day;
    mtmi_day_split(period.first, &year, &month, &day);
    return mtmi_period_months(period) == 12 && month == 1;
}

static int contains(mtm_period outer, mtm_period inner) {
    return outer.first <= inner.first && inner.last <= outer.last;
}

/* Of two periods over one column the shorter one counts, where it lies in the other. */
static int take_period(const mtmi_named_period *named, name_meaning *out) {
    if (!out->has_period || contains(out->period.period, named->label.period)) {
        out->period = named->label;
    } else if (!contains(named->label.period, out->period.period)) {
        return 0;
    }
    out->has_period = 1;
    out->marked |= named->marked;
    out->from_above |= named->from_above;
    return 1;
}

static int take_member(size_t dimension, const char *code, name_meaning *out) {
    for (size_t i = 0; i < out->n_members; i++) {
        if (out->dimensions[i] == dimension) {
            return out->codes[i] != NULL && code != NULL && strcmp(out->codes[i], code) == 0;
        }
    }
    if (out->n_members == MEMBERS) {
        return 0;
    }
    out->dimensions[out->n_members] = dimension;
    out->codes[out->n_members++] = code;
    return 1;
}

static int take_balance(mtmi_cell part, const char *normal, name_meaning *out) {
    if (mtmi_name_is_rate(normal) || !mtmi_codelist_has_balance(normal)) {
        return 0;
    }
    out->balance = part;
    return take_member(mtmi_dimension_at("direction"), NULL, out);
}

/* "I" to "IV" are 1 to 4, the numerals above them 5; 0 for another part. */
static int numeral_of(mtmi_cell part) {
    static const char *const numerals[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
    char latin[LONGEST];
    size_t n = 0;

    for (size_t i = 0; i < part.length && n + 1 < sizeof latin;
         i++) { /* the letter of Kazakh and Ukrainian looks the same */
        const int is_cyrillic = i + 1 < part.length && memcmp(part.text + i, "\xD0\x86", 2) == 0;
        latin[n++] = is_cyrillic ? 'I' : part.text[i];
        i += (size_t)is_cyrillic;
    }
    latin[n] = '\0';
    for (int i = 0; i < (int)(sizeof numerals / sizeof *numerals); i++) {
        if (strcmp(latin, numerals[i]) == 0) {
            return i < 4 ? i + 1 : 5;
        }
    }
    return 0;
}

/* Numerals of quarters below their years: all four of one year, others below further years, and none above. */
static int are_quarters(const mtmi_inference *in) {
    size_t seen[6] = {0};

    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_cell parts[MTMI_HEADER_ROWS];
        const mtmi_bound *bound = &in->columns->at[i];
        const size_t n =
            mtmi_name_is_candidate(in, bound) ? mtmi_header_parts(in->head, in->header, bound->cell, parts) : 0;
        for (size_t k = 0; k < n; k++) {
            seen[numeral_of(parts[k])]++;
        }
    }
    return seen[5] == 0 && seen[4] > 0 && seen[3] >= seen[4] && seen[2] >= seen[3] && seen[1] >= seen[2];
}

/* 0 where the part says something that is not known here. */
static int read_part(mtmi_cell part, const name_rules *rules, name_meaning *out) {
    static const char *const quarters[] = {"Q1", "Q2", "Q3", "Q4"};
    char normal[LONGEST];
    mtmi_named_period named;
    mtmi_cell bare = bare_part(cut_reference(part));
    size_t dimension;
    const size_t n = bare.length > 0 ? mtmi_text_normalise(bare.text, bare.length, normal, sizeof normal) : 0;
    int is_short = 0;

    if (n == 0 || n >= sizeof normal) {
        return 0;
    }
    if (rules->has_quarters && numeral_of(bare) > 0) {
        const char *quarter = quarters[numeral_of(bare) - 1];
        const int is_first = out->piece.length == 0;
        out->piece = (mtmi_cell){quarter, strlen(quarter), 0};
        return is_first;
    }
    if (mtmi_period_name(bare.text, bare.length, 0, rules->order, &named)) {
        named.marked |= bare.length < part.length && mtmi_legend_cut(part.text, part.length) < part.length;
        return take_period(&named, out);
    }
    if (mtmi_cell_lacks_year(bare) || is_whole_year(normal)) {
        const int is_first = out->piece.length == 0;
        out->piece = bare;
        return is_first;
    }
    const char *code = mtmi_name_any_member(bare.text, bare.length, SIZE_MAX, &dimension);
    if (code != NULL) {
        return code != bare.text && take_member(dimension, code, out);
    }
    code = mtmi_name_member(mtmi_dimension_at("sex"), bare.text, bare.length, &is_short);
    if (code != NULL && strcmp(code, "_T") == 0) {
        out->says_total = 1;
        return 1;
    }
    return says_nothing(bare, normal) || take_balance(bare, normal, out);
}

/* A quarter under its year. */
static int join_piece(int above, int order, name_meaning *out) {
    mtmi_period_label label;
    char normal[LONGEST];
    int year = above, month, day;

    if (out->piece.length == 0) {
        return 1;
    }
    if (out->has_period && !is_year(out->period.period)) {
        return 0;
    }
    if (out->has_period) {
        mtmi_day_split(out->period.period.first, &year, &month, &day);
    }
    (void)mtmi_text_normalise(out->piece.text, out->piece.length, normal, sizeof normal);
    if (is_whole_year(normal)) {
        return out->has_period;
    }
    (void)mtmi_period_of_year(out->piece.text, out->piece.length, year, order, &label);
    if (year == 0 || label.outcome != MTMI_PERIOD_OK) {
        return 0;
    }
    out->from_above |= !out->has_period;
    out->period = label;
    out->has_period = 1;
    return 1;
}

static int is_same_cell(mtmi_cell a, mtmi_cell b) {
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* A part over all columns of figures is a title, whatever it says; but for figures that would change it. */
static int is_over_all(const mtmi_inference *in, size_t row, mtmi_cell part) {
    if (memchr(part.text, '%', part.length) != NULL) {
        return 0;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_cell parts[MTMI_HEADER_ROWS];
        if (mtmi_name_is_candidate(in, &in->columns->at[i]) &&
            (mtmi_header_parts(in->head, in->header, i, parts) == 0 || !is_same_cell(parts[row], part))) {
            return 0;
        }
    }
    return 1;
}

/* Whether every part of the column's name is known. */
static int read_name(const mtmi_inference *in, const mtmi_bound *bound, int has_quarters, name_meaning *out) {
    const name_rules rules = {bound->order, has_quarters};
    mtmi_cell parts[MTMI_HEADER_ROWS];
    const size_t n = mtmi_header_parts(in->head, in->header, bound->cell, parts);
    size_t said = 0;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].length == 0) {
            continue;
        }
        name_meaning before = *out;
        if (read_part(parts[i], &rules, out)) {
            said++;
        } else if (is_over_all(in, i, parts[i])) {
            *out = before;
        } else {
            return 0;
        }
    }
    return said > 0 && join_piece(in->columns->year, bound->order, out) &&
           (out->n_members > 0 || out->has_period || out->says_total);
}

/* Whether rows have periods with their years; months alone are parts of years across. */
static int has_dated_rows(const mtmi_inference *in) {
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD_START) {
            return 1;
        }
        for (size_t k = in->header->data; k < in->head->n && bound->role == MTMI_ROLE_PERIOD; k++) {
            if (in->head->rows[k].code == 0 && mtmi_row_cell(&in->head->rows[k], bound->cell).length > 0 &&
                mtmi_row_is_period(&in->head->rows[k], bound->cell)) {
                return 1;
            }
        }
    }
    return 0;
}

static int add_members(mtmi_bound *bound, const name_meaning *meaning) {
    char name[LONGEST];

    for (size_t i = 0; i < meaning->n_members; i++) {
        const char *code = meaning->codes[i];
        if (code == NULL) {
            const size_t n = meaning->balance.length < sizeof name ? meaning->balance.length : sizeof name - 1;
            memcpy(name, meaning->balance.text, n);
            name[mtmi_text_valid(name, n)] = '\0';
            code = name;
        }
        if (!mtmi_bound_member(bound, mtmi_dimension_name(meaning->dimensions[i]), code)) {
            return 0;
        }
    }
    return 1;
}

/* Takes a column; its period too, where rows have none. */
static mtm_status take_column(const mtmi_inference *in, mtmi_bound *bound, const name_meaning *meaning, int *noted,
                              mtm_error *err) {
    if (!add_members(bound, meaning)) {
        return mtmi_error_memory(err);
    }
    bound->role = MTMI_ROLE_VALUE;
    bound->how = MTMI_HOW_HEADER;
    if (!meaning->has_period) {
        return MTM_OK;
    }
    bound->has_period = 1;
    bound->marked = meaning->marked;
    bound->cumulative = meaning->period.cumulative;
    bound->period = mtmi_moment_of(&in->columns->moment, meaning->period.period);
    if (meaning->from_above && !*noted) {
        *noted = 1;
        return mtmi_columns_note_year(in, bound, err);
    }
    return MTM_OK;
}

/* A balance is one beside both directions only; alone it is what the table is about. */
static int may_take(const mtmi_inference *in, const name_meaning *all, const name_meaning *one) {
    const size_t direction = mtmi_dimension_at("direction");
    int has_in = 0, has_out = 0;

    if (one->balance.length == 0) {
        return 1;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        for (size_t k = 0; k < all[i].n_members; k++) {
            const char *code = all[i].dimensions[k] == direction ? all[i].codes[k] : NULL;
            has_in |= code != NULL && strcmp(code, "IN") == 0;
            has_out |= code != NULL && strcmp(code, "OUT") == 0;
        }
    }
    return has_in && has_out;
}

mtm_status mtmi_columns_parts(const mtmi_inference *in, mtm_error *err) {
    const int dated = has_dated_rows(in);
    size_t members = 0, periods = 0;
    int noted = 0;
    mtm_status status = MTM_OK;

    if (in->header->n < 2 || in->header->tags != SIZE_MAX) {
        return MTM_OK;
    }
    const int has_quarters = are_quarters(in);
    name_meaning *all = mtmi_memory_new(in->columns->n, sizeof *all);
    if (all == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (!mtmi_name_is_candidate(in, bound) || !read_name(in, bound, has_quarters, &all[i])) {
            memset(&all[i], 0, sizeof all[i]);
        }
        members += all[i].n_members;
        periods += (size_t)all[i].has_period;
    }
    for (size_t i = 0; i < in->columns->n && (members > 0 || periods > 0); i++) {
        const int is_meant = all[i].n_members > 0 || all[i].has_period || all[i].says_total;
        if (is_meant && !(dated && all[i].has_period) && may_take(in, all, &all[i])) {
            MTMI_TRY(take_column(in, &in->columns->at[i], &all[i], &noted, err));
        }
    }
out:
    mtmi_memory_free(all);
    return status;
}
