/* Matches sequences of tokens with the shapes of period labels. The first shape of the table that fits decides; no
 * shape of another meaning fits the same tokens. */
#include "period/grammar.h"

#include <string.h>

/* How a shape is read once it fits. v are the values of its numbers, months and numerals, in order. */
typedef enum form {
    FORM_YEAR,
    FORM_UNIT_NY,
    FORM_UNIT_YN,
    FORM_THIRD,
    FORM_MONTH_NY,
    FORM_MONTH_YN,
    FORM_MONTH_DIGITS,
    FORM_DAY_YMD,
    FORM_DAY_YDM,
    FORM_DAY_DMY,
    FORM_DAY_MDY,
    FORM_DAY_DIGITS,
    FORM_DAY_EIGHT,
    FORM_DAY_OF_YEAR,
    FORM_WEEK,
    FORM_SDMX_YEAR,
    FORM_MONTHS_NY,
    FORM_MONTHS_YN,
    FORM_FIRST_MONTHS_NY,
    FORM_FIRST_MONTHS_YN,
    FORM_RANGE_MMY,
    FORM_RANGE_YMM,
    FORM_RANGE_DDMY,
    FORM_RANGE_DMDMY,
    FORM_RANGE_MDDY,
    FORM_RANGE_MDMDY,
    FORM_RANGE_YDDM,
    FORM_RANGE_YDMDM,
    FORM_RANGE_DIGITS,
    FORM_RANGE_UNITS_NNY,
    FORM_RANGE_UNITS_YNN,
    FORM_BEGIN,
    FORM_END,
    FORM_BEGIN_MONTH_YM,
    FORM_END_MONTH_MY,
    FORM_END_MONTH_YM,
    FORM_BEGIN_MONTH_MY
} form;

typedef struct shape {
    const char *pattern;
    form form;
} shape;

/* Letters of a pattern are classes of tokens; besides: o a number or numeral, d a number for a day, 2 exactly two
 * digits, c a count, U the word for quarter or half, ~ a dash or "to". */
/* clang-format off */
static const shape shapes[] = {
    {"Y", FORM_YEAR},
    {"UoY", FORM_UNIT_NY}, {"Uo-Y", FORM_UNIT_NY}, {"Uo/Y", FORM_UNIT_NY}, {"oUY", FORM_UNIT_NY},
    {"oU-Y", FORM_UNIT_NY}, {"oU/Y", FORM_UNIT_NY}, {"o-UY", FORM_UNIT_NY}, {"U-oY", FORM_UNIT_NY},
    {"YUo", FORM_UNIT_YN}, {"Y-Uo", FORM_UNIT_YN}, {"Y/Uo", FORM_UNIT_YN}, {"Y:Uo", FORM_UNIT_YN},
    {"YoU", FORM_UNIT_YN}, {"Yo-U", FORM_UNIT_YN}, {"Y-oU", FORM_UNIT_YN}, {"Y/oU", FORM_UNIT_YN},
    {"Y-Sn", FORM_UNIT_YN}, {"YSn", FORM_UNIT_YN}, {"Y-Tn", FORM_THIRD},
    {"mY", FORM_MONTH_NY}, {"m-Y", FORM_MONTH_NY}, {"m/Y", FORM_MONTH_NY}, {"2.Y", FORM_MONTH_NY},
    {"2/Y", FORM_MONTH_NY}, {"2-Y", FORM_MONTH_NY},
    {"Ym", FORM_MONTH_YN}, {"Y-m", FORM_MONTH_YN}, {"Y/m", FORM_MONTH_YN}, {"YMn", FORM_MONTH_YN},
    {"Y-Mn", FORM_MONTH_YN}, {"Y-2", FORM_MONTH_YN}, {"Y/2", FORM_MONTH_YN}, {"Y.2", FORM_MONTH_YN},
    {"C", FORM_MONTH_DIGITS},
    {"Y-n-n", FORM_DAY_YMD}, {"Y/n/n", FORM_DAY_YMD}, {"Y.n.n", FORM_DAY_YMD}, {"Y-m-n", FORM_DAY_YMD},
    {"Ymd", FORM_DAY_YMD}, {"Ydm", FORM_DAY_YDM},
    {"dmY", FORM_DAY_DMY}, {"d-m-Y", FORM_DAY_DMY}, {"d/m/Y", FORM_DAY_DMY},
    {"mdY", FORM_DAY_MDY}, {"m-d-Y", FORM_DAY_MDY},
    {"n.n.Y", FORM_DAY_DIGITS}, {"n/n/Y", FORM_DAY_DIGITS}, {"n-n-Y", FORM_DAY_DIGITS},
    {"E", FORM_DAY_EIGHT}, {"Y-D3", FORM_DAY_OF_YEAR}, {"Y-W2", FORM_WEEK}, {"YW2", FORM_WEEK},
    {"Y-An", FORM_SDMX_YEAR},
    {"ckY", FORM_MONTHS_NY}, {"Yck", FORM_MONTHS_YN}, {"rckY", FORM_FIRST_MONTHS_NY}, {"Yrck", FORM_FIRST_MONTHS_YN},
    {"m~mY", FORM_RANGE_MMY}, {"Ym~m", FORM_RANGE_YMM}, {"d~dmY", FORM_RANGE_DDMY}, {"dm~dmY", FORM_RANGE_DMDMY},
    {"md~dY", FORM_RANGE_MDDY}, {"md~mdY", FORM_RANGE_MDMDY}, {"Yd~dm", FORM_RANGE_YDDM}, {"Ydm~dm", FORM_RANGE_YDMDM},
    {"n.n~n.n.Y", FORM_RANGE_DIGITS},
    {"o~oUY", FORM_RANGE_UNITS_NNY}, {"Uo~UoY", FORM_RANGE_UNITS_NNY}, {"oU~oUY", FORM_RANGE_UNITS_NNY},
    {"Yo~oU", FORM_RANGE_UNITS_YNN}, {"Y-Uo~Uo", FORM_RANGE_UNITS_YNN},
    {"bY", FORM_BEGIN}, {"Yb", FORM_BEGIN}, {"eY", FORM_END}, {"Ye", FORM_END},
    {"bmY", FORM_BEGIN_MONTH_MY}, {"emY", FORM_END_MONTH_MY}, {"Ymb", FORM_BEGIN_MONTH_YM}, {"Yme", FORM_END_MONTH_YM},
};
/* clang-format on */

static const char expected_period[] = "a period such as 2024-Q2, 2024-06, April-June 2024 or 2024-04-01/2024-06-30";
static const char expected_month[] = "a month from 1 to 12";
static const char expected_day[] = "a day that the month has";
static const char expected_quarter[] = "a quarter from 1 to 4";
static const char expected_half[] = "a half-year, 1 or 2";
static const char expected_order[] =
    "a date whose day and month cannot be exchanged: declare the order (dateOrder) or write 2024-07-01";
static const char expected_forward[] = "an interval that does not end before it begins";

typedef struct match {
    form form;
    int v[8];
    int unit;   /* months of the unit word: 3 or 6; 0 none */
    int words;  /* a month or a count of months is named in words */
    int digits; /* digits of the first value that is a small number */
} match;

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

static void take(char pattern, const mtmi_token *token, match *out, int *n) {
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

static int match_shape(const shape *candidate, const mtmi_token *tokens, size_t n, match *out) {
    int values = 0;

    if (strlen(candidate->pattern) != n) {
        return 0;
    }
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < n; i++) {
        if (!fits(candidate->pattern[i], &tokens[i])) {
            return 0;
        }
        take(candidate->pattern[i], &tokens[i], out, &values);
    }
    out->form = candidate->form;
    return 1;
}

int mtmi_date_make(int year, int month, int day, mtm_period *out) {
    if (month < 1 || month > 12 || day < 1 || day > mtmi_days_in_month(year, month)) {
        return 0;
    }
    out->first = out->last = mtmi_day_from(year, month, day);
    return 1;
}

static void refuse(mtmi_period_label *out, const char *expected) {
    out->outcome = MTMI_PERIOD_BAD;
    out->expected = expected;
}

static void put_date(mtmi_period_label *out, int year, int month, int day) {
    if (!mtmi_date_make(year, month, day, &out->period)) {
        refuse(out, month < 1 || month > 12 ? expected_month : expected_day);
    }
}

static void put_months(mtmi_period_label *out, int year, int month, int n) {
    if (month < 1 || n < 1 || month + n - 1 > 12) {
        refuse(out, month >= 1 && month <= 12 && n < 1 ? expected_forward : expected_month);
    } else {
        out->period = mtmi_period_of_months(year, month, n);
    }
}

static void put_unit(mtmi_period_label *out, const match *found, int year, int number) {
    if (number < 1 || number > 12 / found->unit || found->digits > 1) {
        refuse(out, found->unit == 3 ? expected_quarter : expected_half);
    } else {
        out->period = mtmi_period_of_months(year, (number - 1) * found->unit + 1, found->unit);
    }
}

static void put_units(mtmi_period_label *out, const match *found, int year, int from, int to) {
    if (from < 1 || to > 12 / found->unit || found->digits > 1) {
        refuse(out, found->unit == 3 ? expected_quarter : expected_half);
    } else if (to <= from) {
        refuse(out, expected_forward);
    } else {
        out->period = mtmi_period_of_months(year, (from - 1) * found->unit + 1, (to - from + 1) * found->unit);
        out->cumulative = from == 1;
    }
}

/* Two dates of one year, or of years of their own. */
static void put_range(mtmi_period_label *out, mtm_period from, mtm_period to) {
    if (out->outcome != MTMI_PERIOD_OK) {
        return;
    }
    if (to.last < from.first || to.first < from.first) {
        refuse(out, expected_forward);
        return;
    }
    out->period.first = from.first;
    out->period.last = to.last;
}

static void put_dates(mtmi_period_label *out, int year, const int from[2], const int to[2]) {
    mtm_period begin;
    put_date(out, year, from[1], from[0]);
    begin = out->period;
    if (out->outcome == MTMI_PERIOD_OK) {
        put_date(out, year, to[1], to[0]);
    }
    put_range(out, begin, out->period);
}

/* Digits only: the order is declared, or cannot matter. */
static void put_ordered(mtmi_period_label *out, int a, int b, int year, int order) {
    if (order == 2) {
        put_date(out, year, a, b);
    } else if (order == 1 || a == b) {
        put_date(out, year, b, a);
    } else {
        out->outcome = MTMI_PERIOD_AMBIGUOUS;
        out->expected = expected_order;
    }
}

static void put_digits_range(mtmi_period_label *out, const int v[5], int order) {
    int from[2] = {v[0], v[1]}, to[2] = {v[2], v[3]};
    if (order == 0) {
        out->outcome = MTMI_PERIOD_AMBIGUOUS;
        out->expected = expected_order;
        return;
    }
    if (order == 2) {
        from[0] = v[1], from[1] = v[0], to[0] = v[3], to[1] = v[2];
    }
    put_dates(out, v[4], from, to);
}

static void put_day_of_year(mtmi_period_label *out, int year, int day) {
    int last = mtmi_days_in_month(year, 2) == 29 ? 366 : 365;
    if (day < 1 || day > last) {
        refuse(out, "a day from 001 to 365, or 366 in a leap year");
    } else {
        out->period.first = out->period.last = mtmi_day_from(year, 1, 1) + day - 1;
    }
}

/* Week 1 is the one with 4 January; weeks begin on Monday, and 1970-01-01 was a Thursday. */
static int32_t first_monday(int year) {
    int32_t fourth = mtmi_day_from(year, 1, 4);
    return fourth - ((fourth + 3) % 7 + 7) % 7;
}

static void put_week(mtmi_period_label *out, int year, int week) {
    int32_t monday = first_monday(year) + 7 * (week - 1);
    if (week < 1 || monday >= first_monday(year + 1)) {
        refuse(out, "a week that the year has, 01 to 52 or 53");
    } else {
        out->period.first = monday;
        out->period.last = monday + 6;
    }
}

static void put_eight(mtmi_period_label *out, int digits) {
    int year = digits / 10000;
    if (year < MTMI_YEAR_FIRST || year > MTMI_YEAR_LAST) {
        refuse(out, expected_period);
    } else {
        put_date(out, year, digits / 100 % 100, digits % 100);
    }
}

static void put_six(mtmi_period_label *out, int digits) {
    int year = digits / 100;
    if (year < MTMI_YEAR_FIRST || year > MTMI_YEAR_LAST) {
        refuse(out, expected_period);
    } else {
        put_months(out, year, digits % 100, 1);
    }
}

/* The first n months of a year: cumulative by what the words say. */
static void put_first_months(mtmi_period_label *out, int year, int n) {
    if (n < 1 || n > 12) {
        refuse(out, "1 to 12 months");
    } else {
        out->period = mtmi_period_of_months(year, 1, n);
        out->cumulative = 1;
    }
}

/* The first or last day of a month or year, as the date of a stock. */
static void put_edge(mtmi_period_label *out, int year, int month, int n, int end) {
    mtm_period whole = mtmi_period_of_months(year, month, n);
    out->period.first = out->period.last = end ? whole.last : whole.first;
    out->stock_date = 1;
}

static void put_day(mtmi_period_label *out, const match *found, int order) {
    const int *v = found->v;
    switch (found->form) {
    case FORM_DAY_YMD: put_date(out, v[0], v[1], v[2]); break;
    case FORM_DAY_YDM: put_date(out, v[0], v[2], v[1]); break;
    case FORM_DAY_DMY: put_date(out, v[2], v[1], v[0]); break;
    case FORM_DAY_MDY: put_date(out, v[2], v[0], v[1]); break;
    case FORM_DAY_DIGITS: put_ordered(out, v[0], v[1], v[2], order); break;
    case FORM_DAY_EIGHT: put_eight(out, v[0]); break;
    case FORM_DAY_OF_YEAR: put_day_of_year(out, v[0], v[1]); break;
    default: refuse(out, expected_period);
    }
}

static void put_third(mtmi_period_label *out, int year, int third) {
    if (third < 1 || third > 3) {
        refuse(out, "a third of a year, T1 to T3");
    } else {
        out->period = mtmi_period_of_months(year, (third - 1) * 4 + 1, 4);
    }
}

static void put_sdmx_year(mtmi_period_label *out, const match *found) {
    if (found->v[1] != 1 || found->digits != 1) {
        refuse(out, "A1: a year has one");
    } else {
        put_months(out, found->v[0], 1, 12);
    }
}

static void put_simple(mtmi_period_label *out, const match *found, int order) {
    const int *v = found->v;
    switch (found->form) {
    case FORM_YEAR: put_months(out, v[0], 1, 12); break;
    case FORM_UNIT_NY: put_unit(out, found, v[1], v[0]); break;
    case FORM_UNIT_YN: put_unit(out, found, v[0], v[1]); break;
    case FORM_THIRD: put_third(out, v[0], v[1]); break;
    case FORM_MONTH_NY: put_months(out, v[1], v[0], 1); break;
    case FORM_MONTH_YN: put_months(out, v[0], v[1], 1); break;
    case FORM_MONTH_DIGITS: put_six(out, v[0]); break;
    case FORM_WEEK: put_week(out, v[0], v[1]); break;
    case FORM_SDMX_YEAR: put_sdmx_year(out, found); break;
    default: put_day(out, found, order);
    }
}

static void put_counted(mtmi_period_label *out, const match *found) {
    const int *v = found->v;
    switch (found->form) {
    case FORM_MONTHS_NY: put_first_months(out, v[1], v[0]); break;
    case FORM_MONTHS_YN: put_first_months(out, v[0], v[1]); break;
    case FORM_FIRST_MONTHS_NY: put_first_months(out, v[2], v[0] == 1 ? v[1] : 0); break;
    case FORM_FIRST_MONTHS_YN: put_first_months(out, v[0], v[1] == 1 ? v[2] : 0); break;
    case FORM_BEGIN: put_edge(out, v[0], 1, 12, 0); break;
    case FORM_END: put_edge(out, v[0], 1, 12, 1); break;
    case FORM_BEGIN_MONTH_MY: put_edge(out, v[1], v[0], 1, 0); break;
    case FORM_END_MONTH_MY: put_edge(out, v[1], v[0], 1, 1); break;
    case FORM_BEGIN_MONTH_YM: put_edge(out, v[0], v[1], 1, 0); break;
    case FORM_END_MONTH_YM: put_edge(out, v[0], v[1], 1, 1); break;
    default: break;
    }
}

static void put_interval(mtmi_period_label *out, const match *found, int order) {
    const int *v = found->v;
    switch (found->form) {
    case FORM_RANGE_MMY: put_months(out, v[2], v[0], v[1] - v[0] + 1); break;
    case FORM_RANGE_YMM: put_months(out, v[0], v[1], v[2] - v[1] + 1); break;
    case FORM_RANGE_DDMY: put_dates(out, v[3], (int[]){v[0], v[2]}, (int[]){v[1], v[2]}); break;
    case FORM_RANGE_DMDMY: put_dates(out, v[4], (int[]){v[0], v[1]}, (int[]){v[2], v[3]}); break;
    case FORM_RANGE_MDDY: put_dates(out, v[3], (int[]){v[1], v[0]}, (int[]){v[2], v[0]}); break;
    case FORM_RANGE_MDMDY: put_dates(out, v[4], (int[]){v[1], v[0]}, (int[]){v[3], v[2]}); break;
    case FORM_RANGE_YDDM: put_dates(out, v[0], (int[]){v[1], v[3]}, (int[]){v[2], v[3]}); break;
    case FORM_RANGE_YDMDM: put_dates(out, v[0], (int[]){v[1], v[2]}, (int[]){v[3], v[4]}); break;
    case FORM_RANGE_DIGITS: put_digits_range(out, v, order); break;
    case FORM_RANGE_UNITS_NNY: put_units(out, found, v[2], v[0], v[1]); break;
    case FORM_RANGE_UNITS_YNN: put_units(out, found, v[0], v[1], v[2]); break;
    default: break;
    }
}

/* January to a later month, in words: the way cumulative tables are headed. */
static int is_year_to_date(const mtmi_period_label *label) {
    int year, month, day, last_year, last_month;
    mtmi_day_split(label->period.first, &year, &month, &day);
    if (month != 1 || day != 1) {
        return 0;
    }
    mtmi_day_split(label->period.last, &last_year, &last_month, &day);
    return last_year == year && last_month > 1;
}

static void put_form(mtmi_period_label *out, const match *found, int order) {
    if (found->form < FORM_MONTHS_NY) {
        put_simple(out, found, order);
    } else if (found->form < FORM_RANGE_MMY || found->form >= FORM_BEGIN) {
        put_counted(out, found);
    } else {
        put_interval(out, found, order);
        out->cumulative |= out->outcome == MTMI_PERIOD_OK && found->words && is_year_to_date(out);
    }
}

/* One shape; 0 when none fits. */
static int read_one(const mtmi_token *tokens, size_t n, int order, mtmi_period_label *out, match *found) {
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (match_shape(&shapes[i], tokens, n, found)) {
            memset(out, 0, sizeof *out);
            put_form(out, found, order);
            return 1;
        }
    }
    return 0;
}

/* Sides of an interval are single periods with years of their own. "2023/2024" may be a school year or two years. */
static int is_side(const match *found) {
    return found->form < FORM_MONTHS_NY;
}

static void put_sides(const mtmi_period_label *left, const mtmi_period_label *right, int words,
                      mtmi_period_label *out) {
    *out = left->outcome != MTMI_PERIOD_OK ? *left : *right;
    if (out->outcome != MTMI_PERIOD_OK) {
        return;
    }
    put_range(out, left->period, right->period);
    out->cumulative = out->outcome == MTMI_PERIOD_OK && words && is_year_to_date(out);
}

static int read_interval(const mtmi_tokens *tokens, int order, mtmi_period_label *out) {
    mtmi_period_label left, right;
    match a, b;

    for (size_t i = 1; i + 1 < tokens->n; i++) {
        char mark = tokens->at[i].class;
        if (mark != '-' && mark != '/' && mark != MTMI_WORD_TO) {
            continue;
        }
        if (!read_one(tokens->at, i, order, &left, &a) ||
            !read_one(tokens->at + i + 1, tokens->n - i - 1, order, &right, &b) || !is_side(&a) || !is_side(&b)) {
            continue;
        }
        if (a.form == FORM_YEAR && b.form == FORM_YEAR && mark != MTMI_WORD_TO) {
            continue;
        }
        if ((a.form == FORM_YEAR) != (b.form == FORM_YEAR)) {
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
            refuse(out, "a day, such as \"as of 1 July 2024\"");
        }
    }
    if (tokens->to_date && out->outcome == MTMI_PERIOD_OK) {
        if (out->stock_date || mtmi_period_months(out->period) == 0) {
            refuse(out, "the month or quarter until which the figure runs");
            return;
        }
        mtmi_day_split(out->period.last, &year, &month, &day);
        out->period.first = mtmi_day_from(year, 1, 1);
        out->cumulative = 1;
    }
}

static int read_any(const mtmi_tokens *tokens, int order, mtmi_period_label *out) {
    match found;
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
            out->expected = "a year from 1800 to 2199";
        }
    }
}
