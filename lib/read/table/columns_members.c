/* Reads wide tables: columns of figures whose names are periods or members of a dimension. Names match exactly, as
 * labels in cells do. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "codelist/match.h"
#include "codelist/unit.h"
#include "period/period.h"
#include "read/table/columns_internal.h"
#include "read/table/names/member_name.h"
#include "read/table/period_name.h"
#include "read/table/role_tables.h"
#include "read/table/row_label.h"

#include <string.h>

/* ---- tables with periods as columns ---- */

mtm_status mtmi_columns_note_year(const mtmi_inference *in, const mtmi_bound *bound, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    if (in->log == NULL) {
        return MTM_OK;
    }
    said.code = MTMI_CODE_YEAR_ABOVE;
    said.found = bound->name;
    said.found_size = strlen(bound->name);
    said.expected = in->columns->year > 0 ? "a period with its year; it is the only year that stands above the table"
                                          : "a period with its year; each column is of the month behind the one before";
    said.hint = "give the fields of the schema their periods, if it is another one";
    mtmi_rows_place(in->rows, &in->head->rows[in->header->first], bound->cell, &said.line, &said.column);
    return mtmi_check_add(in->log, &said, err);
}

/* How many columns of figures have a period for a name. A name like the others is one too, whatever its cells hold. */
static size_t count_periods(const mtmi_inference *in) {
    size_t n = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        mtmi_named_period named;
        n += mtmi_bound_open(bound) && mtmi_columns_content(in, bound) != MTMI_TEXT &&
             mtmi_period_name(bound->name, strlen(bound->name), in->columns->year, bound->order, &named);
    }
    return n;
}

/* "۱۴۰۲" beside "۱۴۰۳": years of another calendar, which are neither periods nor names of figures. */
static mtm_status refuse_calendar(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        mtmi_period_label label;
        char quoted[MTMI_QUOTE_SIZE];
        if (!mtmi_bound_open(bound) || mtmi_columns_content(in, bound) == MTMI_TEXT) {
            continue;
        }
        mtmi_period_read(bound->name, strlen(bound->name), bound->order, &label);
        if (label.outcome == MTMI_PERIOD_BAD && label.other_calendar) {
            mtmi_columns_quote(in->resource, bound->name, quoted);
            return mtmi_columns_refuse(in->rows, in->header, in->head, i, MTMI_CODE_PERIOD, quoted, label.expected,
                                       err);
        }
    }
    return MTM_OK;
}

mtm_status mtmi_columns_periods(const mtmi_inference *in, mtm_error *err) {
    mtmi_columns_header_dates(in);
    size_t others = count_periods(in);
    int noted = 0;
    MTMI_CHECK_STATUS(refuse_calendar(in, err));

    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        mtmi_named_period named;
        if (!mtmi_bound_open(bound) || bound->name[0] == '\0' ||
            (mtmi_columns_content(in, bound) == MTMI_TEXT && others == 0) ||
            !mtmi_period_name(bound->name, strlen(bound->name), in->columns->year, bound->order, &named)) {
            continue;
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        bound->has_period = 1;
        bound->marked = named.marked;
        bound->cumulative = named.label.cumulative;
        bound->period = mtmi_moment_of(&in->columns->moment, named.label.period);
        if (named.from_above && !noted) {
            noted = 1;
            MTMI_CHECK_STATUS(mtmi_columns_note_year(in, bound, err));
        }
    }
    return MTM_OK;
}

/* ---- tables with members as columns ---- */

/* The member that a column without another meaning is named by, or NULL. */
static const char *candidate_member(const mtmi_inference *in, const mtmi_bound *bound, size_t dimension,
                                    int *is_short) {
    const char *name = bound->name;
    const char *code =
        mtmi_name_is_candidate(in, bound) ? mtmi_name_member(dimension, name, strlen(name), is_short) : NULL;
    size_t cut = code == NULL ? mtmi_unit_cut(name, strlen(name)) : 0;

    if (code == NULL && dimension == mtmi_dimension_at("age-group") && mtmi_name_is_candidate(in, bound) &&
        mtmi_label_is_age(name, strlen(name))) {
        *is_short = 0;
        return name; /* beside ages of the list, those of another classification */
    }
    return cut > 0 && name[cut] != '\0' && mtmi_name_is_candidate(in, bound)
               ? mtmi_name_member(dimension, name, cut, is_short)
               : code;
}

/* How many open columns a dimension explains; short codes count only in company. */
static size_t explained(const mtmi_inference *in, size_t dimension) {
    size_t long_ones = 0, short_ones = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        int is_short = 0;
        const char *code = candidate_member(in, bound, dimension, &is_short);
        if (code != NULL && code[0] != '_') {
            long_ones += !is_short;
            short_ones += (size_t)is_short;
        }
    }
    return long_ones + (long_ones + short_ones > 1 ? short_ones : 0);
}

/* "NO" and "ID" number rows, and are countries behind a column of another country. */
static const char *member_like_a_number(const mtmi_bound *bound, size_t dimension) {
    const char *name = bound->name;
    int is_short = 0;
    const int is_code = bound->role == MTMI_ROLE_IGNORE && name[0] >= 'A' && name[0] <= 'Z' && name[1] >= 'A' &&
                        name[1] <= 'Z' && name[2] == '\0';
    return is_code ? mtmi_name_member(dimension, name, 2, &is_short) : NULL;
}

static mtm_status take_dimension(const mtmi_inference *in, size_t dimension, int *found, mtm_error *err) {
    int behind = 0; /* another member's column */
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        int is_short = 0;
        const char *code = candidate_member(in, bound, dimension, &is_short);
        code = code == NULL && behind ? member_like_a_number(bound, dimension) : code;
        if (code == NULL || code[0] == '_') {
            continue;
        }
        if (!mtmi_bound_member(bound, mtmi_dimension_rows[dimension].dimension, code)) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        *found = behind = 1;
    }
    return MTM_OK;
}

/* "men_0-15", "arrivals, women": two members in one name. word is normalised and stays. */
static int split_name(const char *word, size_t dimensions[2], const char *codes[2]) {
    for (size_t i = 1; word[i] != '\0'; i++) {
        size_t next = i + 1;
        if (word[i] != ' ' && word[i] != ',') {
            continue;
        }
        while (word[next] == ' ' || word[next] == ',') {
            next++;
        }
        codes[0] = mtmi_name_any_member(word, i, mtmi_n_dimension_rows, &dimensions[0]);
        codes[1] = codes[0] == NULL
                       ? NULL
                       : mtmi_name_any_member(word + next, strlen(word + next), dimensions[0], &dimensions[1]);
        if (codes[1] != NULL) {
            return 1;
        }
    }
    return 0;
}

static mtm_status take_pairs(const mtmi_inference *in, int *found, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        char word[MTMI_NAME_SIZE];
        const char *codes[2];
        size_t dimensions[2];
        if (!mtmi_name_is_candidate(in, bound) || mtmi_name_normalise(bound->name, strlen(bound->name), word) == 0 ||
            !split_name(word, dimensions, codes)) {
            continue;
        }
        if (!mtmi_bound_member(bound, mtmi_dimension_rows[dimensions[0]].dimension, codes[0]) ||
            !mtmi_bound_member(bound, mtmi_dimension_rows[dimensions[1]].dimension, codes[1])) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        *found = 1;
    }
    return MTM_OK;
}

/* What a name says beside its period: a member, the total, or two members. */
typedef struct said_members {
    size_t n, dimensions[2];
    const char *codes[2];
} said_members;

static int read_members(const char *text, size_t n, said_members *out) {
    char word[MTMI_NAME_SIZE];
    int is_short = 0;

    out->n = 1;
    out->codes[0] = mtmi_name_any_member(text, n, mtmi_n_dimension_rows, &out->dimensions[0]);
    if (out->codes[0] == NULL) {
        out->codes[0] = mtmi_name_member(mtmi_dimension_at("sex"), text, n, &is_short);
    }
    if (out->codes[0] != NULL) {
        return strcmp(out->codes[0], "_O") != 0;
    }
    memcpy(word, text, n);
    word[n] = '\0';
    out->n = 2;
    return split_name(word, out->dimensions, out->codes);
}

/* "2024-Q1 men", "женщины 2023 год", "2024-Q1 всего", "2024 arrivals men": a period and members in one name. */
static int split_period(const char *word, int order, mtmi_period_label *period, said_members *members) {
    for (size_t i = 1; word[i] != '\0'; i++) {
        size_t next = i + 1, size;
        if (word[i] != ' ' && word[i] != ',') {
            continue;
        }
        while (word[next] == ' ' || word[next] == ',') {
            next++;
        }
        size = strlen(word + next);
        for (int turn = 0; turn < 2; turn++) {
            mtmi_period_read(turn ? word + next : word, turn ? size : i, order, period);
            if (period->outcome == MTMI_PERIOD_OK &&
                read_members(turn ? word : word + next, turn ? i : size, members)) {
                return 1;
            }
        }
    }
    return 0;
}

static int has_role(const mtmi_inference *in, mtmi_role role) {
    for (size_t i = 0; i < in->columns->n; i++) {
        if (in->columns->at[i].role == role) {
            return 1;
        }
    }
    return 0;
}

/* Where rows have no period. Two rounds: members first, and totals where there were any. */
static mtm_status take_periods_of_members(const mtmi_inference *in, mtm_error *err) {
    size_t n = has_role(in, MTMI_ROLE_PERIOD) || has_role(in, MTMI_ROLE_PERIOD_START) ? 0 : in->columns->n * 2;
    int found = 0;

    for (size_t i = 0; i < n; i++) {
        mtmi_bound *bound = &in->columns->at[i % in->columns->n];
        char word[MTMI_NAME_SIZE];
        mtmi_period_label period;
        said_members said = {0};
        if ((i >= in->columns->n && !found) || !mtmi_name_is_candidate(in, bound) ||
            mtmi_name_normalise(bound->name, strlen(bound->name), word) == 0 ||
            !split_period(word, bound->order, &period, &said) || (said.codes[0][0] == '_' && i < in->columns->n)) {
            continue;
        }
        for (size_t k = 0; k < said.n; k++) {
            if (said.codes[k][0] != '_' &&
                !mtmi_bound_member(bound, mtmi_dimension_rows[said.dimensions[k]].dimension, said.codes[k])) {
                return mtmi_error_memory(err);
            }
        }
        found = 1;
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        bound->has_period = 1;
        bound->cumulative = period.cumulative;
        bound->period = period.period;
    }
    return MTM_OK;
}

/* "IDPs 12 June 2024", "As of 30 June 2024 HHs": a period and a word of a header that says what is counted. */
static int split_word(const char *word, int order, mtmi_period_label *period, mtmi_meaning *meaning) {
    for (size_t i = 1; word[i] != '\0'; i++) {
        if (word[i] != ' ') {
            continue;
        }
        const char *const rest = word + i + 1, *const texts[2][2] = {{word, rest}, {rest, word}};
        const size_t sizes[2][2] = {{i, strlen(rest)}, {strlen(rest), i}};
        for (int turn = 0; turn < 2; turn++) {
            mtmi_period_read(texts[turn][0], sizes[turn][0], order, period);
            if (period->outcome == MTMI_PERIOD_OK && mtmi_header_word(texts[turn][1], sizes[turn][1], meaning) &&
                meaning->role == MTMI_ROLE_VALUE && meaning->members[0].dimension != NULL) {
                return 1;
            }
        }
    }
    return 0;
}

static int says_word(const mtmi_inference *in, const mtmi_bound *bound, mtmi_period_label *period,
                     mtmi_meaning *meaning) {
    char word[MTMI_NAME_SIZE];
    return mtmi_name_is_candidate(in, bound) && mtmi_name_normalise(bound->name, strlen(bound->name), word) > 0 &&
           split_word(word, bound->order, period, meaning);
}

/* Where all columns of figures are named so, and rows have no period. */
static mtm_status take_periods_of_words(const mtmi_inference *in, mtm_error *err) {
    size_t named = 0, figures = 0;
    mtmi_period_label period;
    mtmi_meaning meaning;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD || bound->role == MTMI_ROLE_PERIOD_START) {
            return MTM_OK;
        }
        figures += mtmi_bound_open(bound) && mtmi_columns_content(in, bound) == MTMI_NUMBERS;
        named += (size_t)says_word(in, bound, &period, &meaning);
    }
    for (size_t i = 0; named > 1 && named == figures && i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (!says_word(in, bound, &period, &meaning)) {
            continue;
        }
        for (size_t k = 0; k < MTMI_MEANING_MEMBERS && meaning.members[k].dimension != NULL; k++) {
            if (!mtmi_bound_member(bound, meaning.members[k].dimension, meaning.members[k].code)) {
                return mtmi_error_memory(err);
            }
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        bound->has_period = 1;
        bound->period = period.period;
    }
    return MTM_OK;
}

/* A column of totals or of the rest, beside members. */
static mtm_status take_rest(const mtmi_inference *in, size_t dimension, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        int is_short = 0;
        const char *code = candidate_member(in, bound, dimension, &is_short);
        if (code == NULL) {
            continue;
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        if (strcmp(code, "_T") != 0 && !mtmi_bound_member(bound, mtmi_dimension_rows[dimension].dimension, code)) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* "Миграционный прирост" beside arrivals and departures: what the two differ by, and no member of the list. */
static mtm_status take_balance(const mtmi_inference *in, mtm_error *err) {
    int has_in = 0, has_out = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        for (size_t k = 0; k < bound->n_members; k++) {
            int is_direction = bound->n_members == 1 && strcmp(bound->members[k].key, "direction") == 0;
            has_in |= is_direction && strcmp(bound->members[k].value, "IN") == 0;
            has_out |= is_direction && strcmp(bound->members[k].value, "OUT") == 0;
        }
    }
    for (size_t i = 0; has_in && has_out && i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        char name[MTMI_NAME_SIZE];
        if (!mtmi_name_is_candidate(in, bound) || mtmi_name_normalise(bound->name, strlen(bound->name), name) == 0 ||
            mtmi_name_is_rate(name) || !mtmi_codelist_has_balance(name)) {
            continue;
        }
        if (!mtmi_bound_member(bound, "direction", bound->name)) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
    }
    return MTM_OK;
}

/* The dimension that explains most columns comes first: "M" is a sex beside "F" and a sector beside "A" to "L". */
mtm_status mtmi_columns_members(const mtmi_inference *in, mtm_error *err) {
    size_t first = mtmi_n_dimension_rows;
    int found = 0;

    MTMI_CHECK_STATUS(take_periods_of_words(in, err));
    MTMI_CHECK_STATUS(take_periods_of_members(in, err));
    MTMI_CHECK_STATUS(take_pairs(in, &found, err));
    MTMI_CHECK_STATUS(mtmi_columns_people(in, &found, err));
    for (;;) {
        size_t best = 0, most = 0;
        for (size_t d = 0; d < mtmi_n_dimension_rows; d++) {
            size_t n = explained(in, d);
            if (n > most) {
                most = n;
                best = d;
            }
        }
        if (most == 0) {
            break;
        }
        first = first == mtmi_n_dimension_rows ? best : first;
        MTMI_CHECK_STATUS(take_dimension(in, best, &found, err));
    }
    if (found) {
        MTMI_CHECK_STATUS(take_rest(in, first == mtmi_n_dimension_rows ? mtmi_dimension_at("sex") : first, err));
    }
    return take_balance(in, err);
}
