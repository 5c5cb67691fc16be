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
#include "read/table/names/numeral.h"
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
    mtmi_cell group; /* a part over several columns that is not known: "Иностранные граждане" */
    size_t group_row;
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
            return out->codes[i] == code || /* a balance in two languages */
                   (out->codes[i] != NULL && code != NULL && strcmp(out->codes[i], code) == 0);
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

/* Numerals of quarters below their years: all four of one year, others below further years, and none above. */
static int are_quarters(const mtmi_inference *in) {
    size_t seen[6] = {0};

    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_cell parts[MTMI_HEADER_ROWS];
        const mtmi_bound *bound = &in->columns->at[i];
        const size_t n =
            mtmi_name_is_candidate(in, bound) ? mtmi_header_parts(in->head, in->header, bound->cell, parts) : 0;
        for (size_t k = 0; k < n; k++) {
            const int numeral = mtmi_numeral(parts[k]);
            seen[numeral > 5 ? 5 : numeral]++;
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
    if (rules->has_quarters && mtmi_numeral(bare) > 0 && mtmi_numeral(bare) <= 4) {
        const char *quarter = quarters[mtmi_numeral(bare) - 1];
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

/* How many rows of the header name the column. */
static size_t count_parts(const mtmi_inference *in, const mtmi_bound *bound, mtmi_cell parts[MTMI_HEADER_ROWS]) {
    const size_t n = mtmi_header_parts(in->head, in->header, bound->cell, parts);
    size_t filled = 0;
    for (size_t i = 0; i < n; i++) {
        filled += parts[i].length > 0;
    }
    return filled;
}

/* "International migrant stock at mid-year (male)": the title over all figures, and a member of each. */
static int read_in_parentheses(const mtmi_inference *in, size_t row, mtmi_cell part, const name_rules *rules,
                               name_meaning *out) {
    const size_t n = mtmi_part_before_parentheses(part);
    mtmi_cell inner = {part.text + n, part.length - n, 0};

    if (n == 0) {
        return 0;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_cell parts[MTMI_HEADER_ROWS];
        if (mtmi_name_is_candidate(in, &in->columns->at[i]) && count_parts(in, &in->columns->at[i], parts) > 1 &&
            (mtmi_part_before_parentheses(parts[row]) != n || memcmp(parts[row].text, part.text, n) != 0)) {
            return 0;
        }
    }
    while (inner.length > 0 && strchr(" (", *inner.text) != NULL) {
        inner.text++;
        inner.length--;
    }
    inner.length--; /* the closing one */
    return read_part(inner, rules, out);
}

/* A part that is not known, of several columns: what they are is told by its words alone. */
static int take_group(size_t row, mtmi_cell part, name_meaning *out) {
    char normal[LONGEST];
    const size_t n = mtmi_text_normalise(part.text, part.length, normal, sizeof normal);
    if (n == 0 || n >= sizeof normal || mtmi_name_is_rate(normal) || mtmi_numeral(part) > 0 || out->group.length > 0) {
        return 0;
    }
    out->group = part;
    out->group_row = row;
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
        } else {
            *out = before;
            if (read_in_parentheses(in, i, parts[i], &rules, out)) {
                said++;
            } else {
                *out = before;
                if (!in->header->two_languages && !is_over_all(in, i, parts[i]) && !take_group(i, parts[i], out)) {
                    return 0;
                }
            }
        }
    }
    return said > 0 && join_piece(in->columns->year, bound->order, out) &&
           (out->n_members > 0 || out->has_period || out->says_total);
}

static int has_group(const name_meaning *one) {
    return one->group.length > 0;
}

/* Groups over directions or periods: every column of figures is below one, in one row of the header, and there are several, each
 * over several columns. */
static int are_groups(const mtmi_inference *in, const name_meaning *all) {
    const name_meaning *first = NULL;
    int several = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_cell parts[MTMI_HEADER_ROWS];
        size_t same = 0;
        if (!mtmi_name_is_candidate(in, &in->columns->at[i]) || count_parts(in, &in->columns->at[i], parts) < 2) {
            continue;
        }
        if (!has_group(&all[i]) || (first != NULL && first->group_row != all[i].group_row)) {
            return 0;
        }
        first = first == NULL ? &all[i] : first;
        several |= !is_same_cell(first->group, all[i].group);
        for (size_t k = 0; k < in->columns->n; k++) {
            same += has_group(&all[k]) && is_same_cell(all[i].group, all[k].group);
        }
        if (same < 2) {
            return 0;
        }
    }
    return several;
}

/* Places are regions, all else an indicator of its own: it is never added to another. */
static const char *dimension_of_groups(const mtmi_inference *in, const name_meaning *all) {
    size_t places = 0, groups = 0;
    char normal[LONGEST];

    for (size_t i = 0; i < in->columns->n; i++) {
        if (has_group(&all[i]) &&
            mtmi_text_normalise(all[i].group.text, all[i].group.length, normal, sizeof normal) < sizeof normal) {
            groups++;
            places += (size_t)mtmi_phrase_within(MTMI_PHRASE_PLACE, normal);
        }
    }
    return places * 2 > groups ? "region" : "indicator";
}

static int add_group(mtmi_bound *bound, const char *dimension, mtmi_cell group) {
    char name[LONGEST];
    if (group.length == 0 || dimension == NULL) {
        return 1;
    }
    const size_t n = group.length < sizeof name ? group.length : sizeof name - 1;
    memcpy(name, group.text, n);
    name[mtmi_text_valid(name, n)] = '\0';
    return mtmi_bound_member(bound, dimension, name);
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

/* What the name of each column says, and the dimension of the groups; NULL for none. */
static const char *read_names(const mtmi_inference *in, name_meaning *all) {
    const int has_quarters = are_quarters(in);

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (!mtmi_name_is_candidate(in, bound) || !read_name(in, bound, has_quarters, &all[i])) {
            memset(&all[i], 0, sizeof all[i]);
        }
    }
    if (are_groups(in, all)) {
        return dimension_of_groups(in, all);
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        if (has_group(&all[i])) {
            memset(&all[i], 0, sizeof all[i]);
        }
    }
    return NULL;
}

static int says_anything(const mtmi_inference *in, const name_meaning *all) {
    size_t i = 0;
    while (i < in->columns->n && all[i].n_members == 0 && !all[i].has_period) {
        i++;
    }
    return i < in->columns->n;
}

mtm_status mtmi_columns_parts(const mtmi_inference *in, mtm_error *err) {
    const int dated = has_dated_rows(in);
    int noted = 0;
    mtm_status status = MTM_OK;

    if (in->header->n < 2 || in->header->tags != SIZE_MAX) {
        return MTM_OK;
    }
    name_meaning *all = mtmi_memory_new(in->columns->n, sizeof *all);
    if (all == NULL) {
        return mtmi_error_memory(err);
    }
    const char *groups = read_names(in, all);
    const size_t n = says_anything(in, all) ? in->columns->n : 0;
    for (size_t i = 0; i < n; i++) {
        const int is_meant = all[i].n_members > 0 || all[i].has_period || all[i].says_total;
        if (is_meant && !(dated && all[i].has_period) && may_take(in, all, &all[i])) {
            MTMI_TRY(take_column(in, &in->columns->at[i], &all[i], &noted, err));
            MTMI_TRY(add_group(&in->columns->at[i], groups, all[i].group) ? MTM_OK : mtmi_error_memory(err));
        }
    }
out:
    mtmi_memory_free(all);
    return status;
}
