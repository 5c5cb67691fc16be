/* Judging cells with the rooms below: labels, periods, numbers. What comes in: text. What goes out: what it stands for. It
 * does not know where the cell is. */
#include "tabulate/judge.h"

#include "base/text.h"
#include "codelist/match.h"
#include "period/period.h"
#include "read/diagnostic.h"
#include "read/number.h"

#include <string.h>

static void refuse(mtmi_judged *out, int code, const char *expected, const char *hint) {
    out->code = code;
    out->expected = expected;
    out->hint = hint;
}

static void set_member(mtmi_judged *out, mtm_member_kind kind, const char *code, size_t length) {
    out->key_length = mtmi_member_from_code(kind, code, length, out->key);
}

static int same_label(const char *a, size_t n_a, const char *b) {
    char x[256], y[256];
    size_t n_x = mtmi_text_normalise(a, n_a, x, sizeof x), n_y = mtmi_text_normalise(b, strlen(b), y, sizeof y);
    return n_x < sizeof x && n_y < sizeof y && n_x == n_y && memcmp(x, y, n_x) == 0;
}

static const char *alias_of(const mtmi_pair *aliases, size_t n, const char *text, size_t length) {
    size_t i;
    for (i = 0; i < n; i++)
        if (same_label(text, length, aliases[i].key)) return aliases[i].value;
    return NULL;
}

static const char *find_alias(const mtmi_column *column, const char *text, size_t length) {
    const char *code = column->field == NULL ? NULL
                                             : alias_of(column->field->aliases, column->field->n_aliases, text, length);
    return code != NULL ? code : alias_of(column->resource->aliases, column->resource->n_aliases, text, length);
}

static void judge_match(const mtmi_column *column, const char *text, size_t length, mtmi_judged *out) {
    mtmi_label_match match;
    const char *code;
    mtmi_codelist_match(column->list, text, length, column->codes_only, &match);
    switch (match.kind) {
    case MTM_MATCH_CODE:
        code = mtm_codelist_code(column->list, (size_t)match.codes[0]);
        set_member(out, MTM_MEMBER_CODE, code, strlen(code));
        return;
    case MTM_MATCH_TOTAL:
    case MTM_MATCH_GROUP:
        refuse(out, MTMI_CODE_EVENT_TOTAL, "one event a row, not a total or a group",
               "leave rows of totals out of microdata, or declare the file as a table");
        return;
    case MTM_MATCH_OTHER: set_member(out, MTM_MEMBER_OTHER, "_O", 2); return;
    case MTM_MATCH_UNKNOWN: set_member(out, MTM_MEMBER_UNKNOWN, "_U", 2); return;
    case MTM_MATCH_NONE:
    case MTM_MATCH_AMBIGUOUS: break;
    }
    set_member(out, MTM_MEMBER_UNCLASSIFIED, text, length);
}

static int passes(const mtmi_marks *only, const mtmi_judged *judged) {
    size_t i;
    if (only == NULL || only->n == 0) return 1;
    for (i = 0; i < only->n; i++)
        if (strlen(only->marks[i]) == judged->key_length - 1
            && memcmp(only->marks[i], judged->key + 1, judged->key_length - 1) == 0)
            return 1;
    return 0;
}

static void judge_label(const mtmi_column *column, const char *text, size_t length, mtmi_judged *out) {
    const char *code = length == 0 ? NULL : find_alias(column, text, length);
    if (length == 0) set_member(out, MTM_MEMBER_UNKNOWN, "_U", 2);
    else if (code != NULL) set_member(out, MTM_MEMBER_CODE, code, strlen(code));
    else if (column->list == NULL) set_member(out, MTM_MEMBER_CODE, text, length);
    else judge_match(column, text, length, out);
    if (out->code == 0) out->outside = !passes(column->only, out);
}

static void judge_period(const mtmi_column *column, const char *text, size_t length, mtmi_judged *out) {
    mtmi_period_label label;
    mtmi_date date;
    char padded[32] = {0};
    if (length < sizeof padded - 8) { /* a time of day says nothing about the period */
        memcpy(padded, text, length);
        if (mtmi_dates_read((const unsigned char *)padded, (uint32_t)length, &date)) {
            out->period.first = out->period.last = mtmi_day_from(date.year, date.month, date.day);
            return;
        }
    }
    mtmi_period_read(text, length, column->order, &label);
    out->period = label.period;
    if (label.outcome != MTMI_PERIOD_OK)
        refuse(out, label.outcome == MTMI_PERIOD_AMBIGUOUS ? MTMI_CODE_PERIOD_AMBIGUOUS : MTMI_CODE_PERIOD,
               label.expected, label.outcome == MTMI_PERIOD_AMBIGUOUS ? "declare the dateOrder of the column" : "");
}

static void judge_birth_year(const char *text, size_t length, mtmi_judged *out) {
    int year = 0;
    size_t i;
    for (i = 0; i < length && i < 4 && text[i] >= '0' && text[i] <= '9'; i++) year = year * 10 + (text[i] - '0');
    out->period.first = out->period.last = year;
    if (length != 4 || i != 4 || year < MTMI_DATES_FIRST_YEAR || year > MTMI_DATES_LAST_YEAR)
        refuse(out, MTMI_CODE_EVENT_BIRTH, "a year of four digits, such as 1987", "");
}

static void judge_birth_date(const mtmi_column *column, const char *text, size_t length, mtmi_judged *out) {
    int year, month, day;
    judge_period(column, text, length, out);
    if (out->code != 0) return;
    mtmi_day_split(out->period.first, &year, &month, &day);
    if (out->period.first != out->period.last || year < MTMI_DATES_FIRST_YEAR || year > MTMI_DATES_LAST_YEAR)
        refuse(out, MTMI_CODE_EVENT_BIRTH, "a day, such as 1987-05-17", "");
}

static void judge_number(const mtmi_column *column, mtmi_use use, const char *text, size_t length, mtmi_judged *out) {
    mtmi_number number;
    const mtmi_number_style *style = column->field != NULL ? &column->field->number : &column->resource->number;
    mtmi_number_read(text, length, style, &number);
    if (number.outcome == MTMI_NUMBER_BAD) {
        refuse(out, number.code, number.expected, number.hint);
    } else if (number.outcome == MTMI_NUMBER_EMPTY) {
        if (use == MTMI_USE_COUNT) refuse(out, MTMI_CODE_NUMBER, "for how many the row stands", "");
    } else {
        out->number = mtmi_decimal_rescale(number.value.units, number.value.decimals, MTMI_COUNTER_SUMS);
        out->decimals = number.value.decimals;
        if (use == MTMI_USE_COUNT && number.value.units < 0)
            refuse(out, MTMI_CODE_NUMBER, "for how many the row stands, not less than 0", "");
    }
}

void mtmi_judge(const mtmi_column *column, mtmi_use use, const char *text, size_t length, mtmi_judged *out) {
    out->code = out->outside = out->decimals = 0;
    out->expected = out->hint = "";
    out->key_length = 0;
    out->number = 0;
    out->period = MTMI_PERIOD_NONE;
    text = mtmi_text_trim(text, &length);
    switch (use) {
    case MTMI_USE_LABEL: judge_label(column, text, length, out); break;
    case MTMI_USE_PERIOD: judge_period(column, text, length, out); break;
    case MTMI_USE_BIRTH_YEAR: judge_birth_year(text, length, out); break;
    case MTMI_USE_BIRTH_DATE: judge_birth_date(column, text, length, out); break;
    case MTMI_USE_SUM:
    case MTMI_USE_COUNT: judge_number(column, use, text, length, out); break;
    }
}
