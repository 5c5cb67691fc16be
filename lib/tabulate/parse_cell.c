/* Judges cells by the reader's rules for labels, periods and numbers. */
#include "tabulate/parse_cell.h"

#include "base/text.h"
#include "period/period.h"
#include "base/diagnostic.h"
#include "number/number.h"

#include <string.h>

static void refuse_text(mtmi_judged *out, int code, const char *expected, const char *hint) {
    out->code = code;
    out->expected = expected;
    out->hint = hint;
}

static int passes(const mtmi_marks *only, const mtmi_judged *judged) {
    size_t i;
    if (only == NULL || only->n == 0) {
        return 1;
    }
    for (i = 0; i < only->n; i++) {
        if (strlen(only->marks[i]) == judged->key_length - 1 &&
            memcmp(only->marks[i], judged->key + 1, judged->key_length - 1) == 0) {
            return 1;
        }
    }
    return 0;
}

static void judge_number(const mtmi_column *column, mtmi_use use, const char *text, size_t length, mtmi_judged *out) {
    mtmi_number number;
    mtmi_number_read(text, length, column->bound->number, &number);
    if (number.outcome == MTMI_NUMBER_BAD) {
        refuse_text(out, number.code, number.expected, number.hint);
    } else if (number.outcome == MTMI_NUMBER_EMPTY) {
        out->empty = 1;
        if (use == MTMI_USE_COUNT) {
            refuse_text(out, MTMI_CODE_NUMBER, "for how many the row stands", "");
        }
    } else {
        out->number = mtmi_decimal_rescale(number.value.units, number.value.decimals, MTMI_COUNTER_SUMS);
        out->decimals = number.value.decimals;
        if (use == MTMI_USE_COUNT && number.value.units < 0) {
            refuse_text(out, MTMI_CODE_NUMBER, "for how many the row stands, not less than 0", "");
        }
    }
}

static void judge_filled(const mtmi_column *column, const char *text, size_t length, mtmi_judged *out) {
    judge_number(column, MTMI_USE_SUM, text, length, out);
    out->key_length = out->empty ? mtmi_member_from_code(MTM_MEMBER_UNKNOWN, "_U", 2, out->key)
                                 : mtmi_member_from_code(MTM_MEMBER_CODE, out->number > 0 ? "1" : "0", 1, out->key);
    out->empty = 0; /* that is a member, too */
}

static void judge_label(const mtmi_column *column, const char *text, size_t length, mtmi_judged *out) {
    mtmi_label label;
    if (column->is_filled) {
        judge_filled(column, text, length, out);
        return;
    }
    mtmi_label_read(&column->rules, text, length, &label);
    if (label.kind == MTM_MEMBER_TOTAL || label.kind == MTM_MEMBER_GROUP) {
        refuse_text(out, MTMI_CODE_EVENT_TOTAL, "one event a row, not a total or a group",
                    "leave rows of totals out of microdata, or declare the file as a table");
    }
    out->key_length = mtmi_member_from_code(label.kind, label.code, label.length, out->key);
    if (out->code == 0) {
        out->outside = !passes(column->only, out);
    }
}

/* A row filter compares labels as they stand. */
static void judge_rows(const mtmi_column *column, const char *text, size_t length, mtmi_judged *out) {
    char label[512];
    size_t n = mtmi_text_normalise(text, length, label, sizeof label), i;
    out->outside = 1;
    for (i = 0; i < column->only->n && n < sizeof label && out->outside; i++) {
        out->outside = strcmp(label, column->only->marks[i]) != 0;
    }
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
    mtmi_period_read(text, length, column->bound->order, &label);
    out->period = label.period;
    if (label.outcome != MTMI_PERIOD_OK) {
        refuse_text(out, label.outcome == MTMI_PERIOD_AMBIGUOUS ? MTMI_CODE_PERIOD_AMBIGUOUS : MTMI_CODE_PERIOD,
                    label.expected,
                    label.outcome == MTMI_PERIOD_AMBIGUOUS ? "declare the dateOrder of the column" : "");
    }
}

static void judge_birth_year(const char *text, size_t length, mtmi_judged *out) {
    int year = 0;
    size_t i;
    for (i = 0; i < length && i < 4 && text[i] >= '0' && text[i] <= '9'; i++) {
        year = year * 10 + (text[i] - '0');
    }
    out->period.first = out->period.last = year;
    if (length != 4 || i != 4 || year < MTMI_DATES_FIRST_YEAR || year > MTMI_DATES_LAST_YEAR) {
        refuse_text(out, MTMI_CODE_EVENT_BIRTH, "a year of four digits, such as 1987", "");
    }
}

static void judge_birth_date(const mtmi_column *column, const char *text, size_t length, mtmi_judged *out) {
    int year, month, day;
    judge_period(column, text, length, out);
    if (out->code != 0) {
        return;
    }
    mtmi_day_split(out->period.first, &year, &month, &day);
    if (out->period.first != out->period.last || year < MTMI_DATES_FIRST_YEAR || year > MTMI_DATES_LAST_YEAR) {
        refuse_text(out, MTMI_CODE_EVENT_BIRTH, "a day, such as 1987-05-17", "");
    }
}

static int is_missing(const mtmi_column *column, const char *text, size_t length) {
    const mtmi_marks *missing = &column->bound->number->missing;
    for (size_t i = 0; i < missing->n && length > 0; i++) {
        if (strlen(missing->marks[i]) == length && memcmp(missing->marks[i], text, length) == 0) {
            return 1;
        }
    }
    return length == 0;
}

/* What identifies a person or household is looked at for being there, and for nothing else. */
static void judge_identity(const mtmi_column *column, mtmi_use use, const char *text, size_t length, mtmi_judged *out) {
    out->empty = is_missing(column, text, length);
    if (out->empty && use == MTMI_USE_ID) {
        refuse_text(out, MTMI_CODE_REGISTRATION_ID, "the id of a person",
                    "give the person an id; rows without one cannot be told apart");
    }
}

static void judge_stay(const mtmi_column *column, mtmi_use use, const char *text, size_t length, mtmi_judged *out) {
    int year, month, day;
    out->empty = use == MTMI_USE_LEFT && is_missing(column, text, length);
    if (out->empty) {
        return;
    }
    judge_period(column, text, length, out);
    if (out->code != 0) {
        return;
    }
    mtmi_day_split(out->period.first, &year, &month, &day);
    if (out->period.first != out->period.last || year < MTMI_DATES_FIRST_YEAR || year > MTMI_DATES_LAST_YEAR) {
        refuse_text(out, MTMI_CODE_EVENT_PERIOD, "a day, such as 2024-05-17", "");
    }
}

static void judge_birth(const mtmi_column *column, mtmi_use use, const char *text, size_t length, mtmi_judged *out) {
    out->empty = column->may_be_empty && is_missing(column, text, length);
    if (out->empty) {
        return;
    }
    if (use == MTMI_USE_BIRTH_YEAR) {
        judge_birth_year(text, length, out);
    } else {
        judge_birth_date(column, text, length, out);
    }
}

/* SDMX-CSV with labels: the code stands before the first ": ". */
static size_t code_length(const char *text, size_t length) {
    size_t i;
    for (i = 0; i + 1 < length; i++) {
        if (text[i] == ':' && text[i + 1] == ' ') {
            return i;
        }
    }
    return length;
}

void mtmi_judge(const mtmi_column *column, mtmi_use use, const char *text, size_t length, mtmi_judged *out) {
    out->code = out->outside = out->decimals = out->empty = 0;
    out->expected = out->hint = "";
    out->key_length = 0;
    out->number = 0;
    out->period = MTMI_PERIOD_NONE;
    text = mtmi_text_trim(text, &length);
    if (column->bound->labelled) {
        length = code_length(text, length);
    }
    switch (use) {
    case MTMI_USE_ROWS: judge_rows(column, text, length, out); break;
    case MTMI_USE_LABEL: judge_label(column, text, length, out); break;
    case MTMI_USE_PERIOD: judge_period(column, text, length, out); break;
    case MTMI_USE_BIRTH_YEAR:
    case MTMI_USE_BIRTH_DATE: judge_birth(column, use, text, length, out); break;
    case MTMI_USE_ID:
    case MTMI_USE_HOUSEHOLD: judge_identity(column, use, text, length, out); break;
    case MTMI_USE_ENTERED:
    case MTMI_USE_LEFT: judge_stay(column, use, text, length, out); break;
    case MTMI_USE_SUM:
    case MTMI_USE_COUNT: judge_number(column, use, text, length, out); break;
    }
}
