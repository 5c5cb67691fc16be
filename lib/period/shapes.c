/* Matches sequences of tokens with the shapes of period labels. The first shape of the table that fits decides; no
 * shape of another meaning fits the same tokens. */
#include "period/grammar.h"

#include <string.h>

typedef struct shape {
    const char *pattern;
    mtmi_shape_form form;
} shape;

/* Letters of a pattern are classes of tokens; besides: o a number or numeral, d a number for a day, 2 exactly two
 * digits, c a count, U the word for quarter or half, ~ a dash or "to". */
/* clang-format off */
static const shape shapes[] = {
    {"Y", MTMI_SHAPE_YEAR},
    {"UoY", MTMI_SHAPE_UNIT_NY}, {"Uo-Y", MTMI_SHAPE_UNIT_NY}, {"Uo/Y", MTMI_SHAPE_UNIT_NY},
    {"oUY", MTMI_SHAPE_UNIT_NY},
    {"oU-Y", MTMI_SHAPE_UNIT_NY}, {"oU/Y", MTMI_SHAPE_UNIT_NY}, {"o-UY", MTMI_SHAPE_UNIT_NY},
    {"U-oY", MTMI_SHAPE_UNIT_NY},
    {"YUo", MTMI_SHAPE_UNIT_YN}, {"Y-Uo", MTMI_SHAPE_UNIT_YN}, {"Y/Uo", MTMI_SHAPE_UNIT_YN},
    {"Y:Uo", MTMI_SHAPE_UNIT_YN}, {"Y:oU", MTMI_SHAPE_UNIT_YN},
    {"YoU", MTMI_SHAPE_UNIT_YN}, {"Yo-U", MTMI_SHAPE_UNIT_YN}, {"Y-oU", MTMI_SHAPE_UNIT_YN},
    {"Y/oU", MTMI_SHAPE_UNIT_YN},
    {"Y-Sn", MTMI_SHAPE_UNIT_YN}, {"YSn", MTMI_SHAPE_UNIT_YN}, {"Y-Tn", MTMI_SHAPE_THIRD},
    {"mY", MTMI_SHAPE_MONTH_NY}, {"m-Y", MTMI_SHAPE_MONTH_NY}, {"m/Y", MTMI_SHAPE_MONTH_NY},
    {"2.Y", MTMI_SHAPE_MONTH_NY},
    {"2/Y", MTMI_SHAPE_MONTH_NY}, {"2-Y", MTMI_SHAPE_MONTH_NY},
    {"Ym", MTMI_SHAPE_MONTH_YN}, {"Y-m", MTMI_SHAPE_MONTH_YN}, {"Y/m", MTMI_SHAPE_MONTH_YN},
    {"YMn", MTMI_SHAPE_MONTH_YN},
    {"Y-Mn", MTMI_SHAPE_MONTH_YN}, {"Y-2", MTMI_SHAPE_MONTH_YN}, {"Y/2", MTMI_SHAPE_MONTH_YN},
    {"Y.2", MTMI_SHAPE_MONTH_YN},
    {"C", MTMI_SHAPE_MONTH_DIGITS},
    {"Y-n-n", MTMI_SHAPE_DAY_YMD}, {"Y/n/n", MTMI_SHAPE_DAY_YMD}, {"Y.n.n", MTMI_SHAPE_DAY_YMD},
    {"Y-m-n", MTMI_SHAPE_DAY_YMD},
    {"Ymd", MTMI_SHAPE_DAY_YMD}, {"Ydm", MTMI_SHAPE_DAY_YDM},
    {"dmY", MTMI_SHAPE_DAY_DMY}, {"d-m-Y", MTMI_SHAPE_DAY_DMY}, {"d/m/Y", MTMI_SHAPE_DAY_DMY},
    {"mdY", MTMI_SHAPE_DAY_MDY}, {"m-d-Y", MTMI_SHAPE_DAY_MDY},
    {"n.n.Y", MTMI_SHAPE_DAY_DIGITS}, {"n/n/Y", MTMI_SHAPE_DAY_DIGITS}, {"n-n-Y", MTMI_SHAPE_DAY_DIGITS},
    {"E", MTMI_SHAPE_DAY_EIGHT}, {"Y-D3", MTMI_SHAPE_DAY_OF_YEAR}, {"Y-W2", MTMI_SHAPE_WEEK}, {"YW2", MTMI_SHAPE_WEEK},
    {"Y-An", MTMI_SHAPE_SDMX_YEAR},
    {"ckY", MTMI_SHAPE_MONTHS_NY}, {"Yck", MTMI_SHAPE_MONTHS_YN}, {"rckY", MTMI_SHAPE_FIRST_MONTHS_NY},
    {"Yrck", MTMI_SHAPE_FIRST_MONTHS_YN},
    {"m~mY", MTMI_SHAPE_RANGE_MMY}, {"Ym~m", MTMI_SHAPE_RANGE_YMM}, {"d~dmY", MTMI_SHAPE_RANGE_DDMY},
    {"dm~dmY", MTMI_SHAPE_RANGE_DMDMY},
    {"md~dY", MTMI_SHAPE_RANGE_MDDY}, {"md~mdY", MTMI_SHAPE_RANGE_MDMDY}, {"Yd~dm", MTMI_SHAPE_RANGE_YDDM},
    {"Ydm~dm", MTMI_SHAPE_RANGE_YDMDM},
    {"n.n~n.n.Y", MTMI_SHAPE_RANGE_DIGITS},
    {"o~oUY", MTMI_SHAPE_RANGE_UNITS_NNY}, {"Uo~UoY", MTMI_SHAPE_RANGE_UNITS_NNY},
    {"oU~oUY", MTMI_SHAPE_RANGE_UNITS_NNY},
    {"Yo~oU", MTMI_SHAPE_RANGE_UNITS_YNN}, {"Y-Uo~Uo", MTMI_SHAPE_RANGE_UNITS_YNN},
    {"bY", MTMI_SHAPE_BEGIN}, {"Yb", MTMI_SHAPE_BEGIN}, {"eY", MTMI_SHAPE_END}, {"Ye", MTMI_SHAPE_END},
    {"bmY", MTMI_SHAPE_BEGIN_MONTH_MY}, {"emY", MTMI_SHAPE_END_MONTH_MY}, {"Ymb", MTMI_SHAPE_BEGIN_MONTH_YM},
    {"Yme", MTMI_SHAPE_END_MONTH_YM},
};
/* clang-format on */

static const char expected_period[] = "a period such as 2024-Q2, 2024-06, April-June 2024 or 2024-04-01/2024-06-30";
static const char expected_gregorian[] = "a year from 1800 to 2199 of the Gregorian calendar; this one is of another "
                                         "(solar Hijri 1402 began on 21 March 2023, "
                                         "Buddhist 2567 is 2024): write Gregorian dates";

static int fits(char pattern, const mtmi_token *token) {
    char class = token->class;
    switch (pattern) {
    case 'o': return class == MTMI_TOKEN_SMALL || class == MTMI_TOKEN_NTH || class == MTMI_WORD_ROMAN;
    case 'd': return class == MTMI_TOKEN_SMALL || class == MTMI_TOKEN_NTH;
    case '2': return class == MTMI_TOKEN_SMALL && token->digits == 2;
    case 'c': return class == MTMI_TOKEN_SMALL || class == MTMI_WORD_CARDINAL;
    case 'U': return class == MTMI_WORD_QUARTER || class == MTMI_WORD_HALF;
    case '~': return class == '-' || class == MTMI_WORD_TO;
    case 'b':
    case 'e': return class == pattern && token->value != 0;
    default: return class == pattern;
    }
}

static void take_token(char pattern, const mtmi_token *token, mtmi_shape_match *out, int *n) {
    if (strchr("YnodCE23cmr", pattern) != NULL) {
        out->v[(*n)++] = token->value;
        if (token->class == MTMI_TOKEN_SMALL && token->digits > out->digits) {
            out->digits = token->digits;
        }
    }
    if (pattern == 'U' || pattern == 'S') {
        out->unit = token->class == MTMI_WORD_QUARTER ? 3 : 6;
    }
    out->words |= pattern == 'm' || pattern == 'k';
}

static int match_shape(const shape *candidate, const mtmi_token *tokens, size_t n, mtmi_shape_match *out) {
    int values = 0;

    if (strlen(candidate->pattern) != n) {
        return 0;
    }
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < n; i++) {
        if (!fits(candidate->pattern[i], &tokens[i])) {
            return 0;
        }
        take_token(candidate->pattern[i], &tokens[i], out, &values);
    }
    out->form = candidate->form;
    return 1;
}

/* One shape; 0 when none fits. */
static int read_one(const mtmi_token *tokens, size_t n, int order, mtmi_period_label *out, mtmi_shape_match *found) {
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (match_shape(&shapes[i], tokens, n, found)) {
            memset(out, 0, sizeof *out);
            mtmi_shape_put(out, found, order);
            return 1;
        }
    }
    return 0;
}

/* Sides of an interval are single periods with years of their own. "2023/2024" may be a school year or two years. */
static int is_side(const mtmi_shape_match *found) {
    return found->form < MTMI_SHAPE_MONTHS_NY;
}

static void put_sides(const mtmi_period_label *left, const mtmi_period_label *right, int words,
                      mtmi_period_label *out) {
    *out = left->outcome != MTMI_PERIOD_OK ? *left : *right;
    if (out->outcome != MTMI_PERIOD_OK) {
        return;
    }
    mtmi_shape_put_range(out, left->period, right->period);
    out->cumulative = out->outcome == MTMI_PERIOD_OK && words && mtmi_shape_is_year_to_date(out);
}

static int read_interval(const mtmi_tokens *tokens, int order, mtmi_period_label *out) {
    mtmi_period_label left, right;
    mtmi_shape_match a, b;

    for (size_t i = 1; i + 1 < tokens->n; i++) {
        char mark = tokens->at[i].class;
        if (mark != '-' && mark != '/' && mark != MTMI_WORD_TO) {
            continue;
        }
        if (!read_one(tokens->at, i, order, &left, &a) ||
            !read_one(tokens->at + i + 1, tokens->n - i - 1, order, &right, &b) || !is_side(&a) || !is_side(&b)) {
            continue;
        }
        if (a.form == MTMI_SHAPE_YEAR && b.form == MTMI_SHAPE_YEAR && mark != MTMI_WORD_TO) {
            continue;
        }
        if ((a.form == MTMI_SHAPE_YEAR) != (b.form == MTMI_SHAPE_YEAR)) {
            continue;
        }
        put_sides(&left, &right, a.words || b.words, out);
        return 1;
    }
    return 0;
}

/* Words beside the period: a stock has a day; a table "to date" begins with the year. */
static void apply_marks(const mtmi_tokens *tokens, mtmi_period_label *out) {
    int year, month, day;

    if (out->outcome != MTMI_PERIOD_OK) {
        return;
    }
    if (tokens->as_of != 0 && !out->stock_date) {
        out->stock_date = out->period.first == out->period.last;
        if (!out->stock_date && (tokens->as_of == 1 || mtmi_period_months(out->period) == 1)) {
            mtmi_shape_refuse(out, "a day, such as \"as of 1 July 2024\"");
        }
    }
    if (tokens->to_date && out->outcome == MTMI_PERIOD_OK) {
        if (out->stock_date || mtmi_period_months(out->period) == 0) {
            mtmi_shape_refuse(out, "the month or quarter until which the figure runs");
            return;
        }
        mtmi_day_split(out->period.last, &year, &month, &day);
        out->period.first = mtmi_day_from(year, 1, 1);
        out->cumulative = 1;
    }
}

static int read_any(const mtmi_tokens *tokens, int order, mtmi_period_label *out) {
    mtmi_shape_match found;
    if (!read_one(tokens->at, tokens->n, order, out, &found) && !read_interval(tokens, order, out)) {
        return 0;
    }
    apply_marks(tokens, out);
    return 1;
}

/* Whether the label would be a period if one of its two-digit numbers were a year. */
static int has_short_year(const mtmi_tokens *tokens) {
    mtmi_period_label label;

    for (size_t i = 0; i < tokens->n; i++) {
        if (tokens->at[i].class == MTMI_TOKEN_YEAR) {
            return 0;
        }
    }
    for (size_t i = 0; i < tokens->n; i++) {
        mtmi_tokens changed = *tokens;
        size_t at = i;
        if (tokens->at[i].class != MTMI_TOKEN_SMALL || tokens->at[i].digits != 2) {
            continue;
        }
        changed.at[i].class = MTMI_TOKEN_YEAR;
        changed.at[i].value = 2000 + tokens->at[i].value;
        if (i > 0 && tokens->at[i - 1].class == '\'') {
            memmove(&changed.at[i - 1], &changed.at[i], (changed.n - i) * sizeof changed.at[0]);
            changed.n--;
            at--;
        }
        if (at + 1 < changed.n && changed.at[at + 1].class == MTMI_WORD_YEAR) {
            memmove(&changed.at[at + 1], &changed.at[at + 2], (changed.n - at - 2) * sizeof changed.at[0]);
            changed.n--;
        }
        if (read_any(&changed, 1, &label) && label.outcome == MTMI_PERIOD_OK) {
            return 1;
        }
    }
    return 0;
}

/* Whether only the year is missing. */
static int lacks_year(const mtmi_tokens *tokens) {
    mtmi_tokens changed = *tokens;
    mtmi_period_label label;

    if (tokens->n == 0 || tokens->n == MTMI_PERIOD_TOKENS) {
        return 0;
    }
    changed.at[changed.n].class = MTMI_TOKEN_YEAR;
    changed.at[changed.n].value = 2024;
    changed.n++;
    return read_any(&changed, 1, &label) && label.outcome == MTMI_PERIOD_OK;
}

/* Solar Hijri (1402 began in March 2023) and lunar Hijri years, Buddhist ones: they begin on other days, or are counted
 * otherwise, and no table of a person who writes them says which is meant. */
static int is_other_calendar(int year) {
    return (year >= 1300 && year <= 1500) || (year >= 2440 && year <= 2600);
}

void mtmi_shape_read(const mtmi_tokens *tokens, int order, mtmi_period_label *out) {
    memset(out, 0, sizeof *out);
    if (read_any(tokens, order, out)) {
        return;
    }
    out->outcome = MTMI_PERIOD_BAD;
    out->expected = expected_period;
    if (has_short_year(tokens)) {
        out->outcome = MTMI_PERIOD_AMBIGUOUS;
        out->expected = "a year of four digits";
    } else if (lacks_year(tokens)) {
        out->lacks_year = 1;
        out->expected = "the year as well, in the same cell";
    }
    for (size_t i = 0; i < tokens->n; i++) {
        if (tokens->at[i].class == MTMI_TOKEN_OTHER && tokens->at[i].digits == 4) {
            out->other_calendar = is_other_calendar(tokens->at[i].value);
            out->expected = out->other_calendar ? expected_gregorian : "a year from 1800 to 2199";
        }
    }
}
