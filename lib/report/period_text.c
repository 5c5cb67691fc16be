/* Puts periods into sentences of a language: names, "in ...", "for ...", dates, bases. The shape of a period chooses
 * the message; months and ordinals come in the forms it asks for. */
#include "report/text_builder.h"

#include "base/decimal.h"
#include "period/period.h"

#include <string.h>

/* In the order of MTMI_MESSAGES_OF_SHAPES. */
typedef enum shape {
    SHAPE_DAY = 0,
    SHAPE_MONTH,
    SHAPE_QUARTER,
    SHAPE_HALF,
    SHAPE_YEAR,
    SHAPE_MONTHS,
    SHAPE_MONTHS_ACROSS,
    SHAPE_YEARS,
    SHAPE_DAYS,
    SHAPE_DAYS_ACROSS
} shape;

typedef struct ends {
    int year, month, day, year2, month2, day2;
} ends;

static ends split(mtm_period period) {
    ends e;
    mtmi_day_split(period.first, &e.year, &e.month, &e.day);
    mtmi_day_split(period.last, &e.year2, &e.month2, &e.day2);
    return e;
}

static shape shape_of(mtm_period period) {
    ends e = split(period);
    int months = mtmi_period_months(period);
    int same_year = e.year == e.year2;
    if (period.first == period.last) {
        return SHAPE_DAY;
    }
    if (months == 0) {
        return same_year ? SHAPE_DAYS : SHAPE_DAYS_ACROSS;
    }
    if (months == 1) {
        return SHAPE_MONTH;
    }
    if (months % 12 == 0 && e.month == 1) {
        return months == 12 ? SHAPE_YEAR : SHAPE_YEARS;
    }
    if ((months == 3 || months == 6) && (e.month - 1) % months == 0) {
        return months == 3 ? SHAPE_QUARTER : SHAPE_HALF;
    }
    return same_year ? SHAPE_MONTHS : SHAPE_MONTHS_ACROSS;
}

static void write_int(int number, char *out) {
    mtmi_decimal_write(number, 0, out, MTMI_WIDE_TEXT);
}

/* "07" */
static void write_two(int number, char *out) {
    out[0] = (char)('0' + number / 10 % 10);
    out[1] = (char)('0' + number % 10);
    out[2] = '\0';
}

/* ordinal: of a quarter or half, from 0. */
static const char *say_ends(mtmi_text_builder *scribe, mtmi_message message, mtm_period period, int ordinal) {
    ends e = split(period);
    char year[MTMI_WIDE_TEXT], day[MTMI_WIDE_TEXT], year2[MTMI_WIDE_TEXT], day2[MTMI_WIDE_TEXT], number[MTMI_WIDE_TEXT];
    const mtmi_words *words = scribe->words;
    const char *const(*months)[12] = words->months;
    int first = e.month - 1, last = e.month2 - 1;
    write_int(e.year, year);
    write_int(e.day, day);
    write_int(e.year2, year2);
    write_int(e.day2, day2);
    write_int(ordinal + 1, number);
    char day_two[3], month_two[3], day2_two[3], month2_two[3];
    write_two(e.day, day_two);
    write_two(e.month, month_two);
    write_two(e.day2, day2_two);
    write_two(e.month2, month2_two);
    return mtmi_say(scribe, message, "day", day, "year", year, "day2", day2, "year2", year2, "month",
                    months[MTMI_MONTH_NAME][first], "month.of", months[MTMI_MONTH_OF][first], "month.in",
                    months[MTMI_MONTH_IN][first], "month.at", months[MTMI_MONTH_AT][first], "month.from",
                    months[MTMI_MONTH_FROM][first], "month.to", months[MTMI_MONTH_TO][first], "month.and",
                    months[MTMI_MONTH_AND][first], "month.short", months[MTMI_MONTH_SHORT][first], "month2",
                    months[MTMI_MONTH_NAME][last], "month2.of", months[MTMI_MONTH_OF][last], "month2.in",
                    months[MTMI_MONTH_IN][last], "month2.to", months[MTMI_MONTH_TO][last], "month2.short",
                    months[MTMI_MONTH_SHORT][last], "ordinal", words->ordinals[ordinal], "ordinal.in",
                    words->ordinals_in[ordinal], "ordinal.number", number, "day.padded", day_two, "month.padded",
                    month_two, "day2.padded", day2_two, "month2.padded", month2_two, MTMI_SAY_END);
}

static int ordinal_of(mtm_period period) {
    ends e = split(period);
    int months = mtmi_period_months(period);
    return months == 3 || months == 6 ? (e.month - 1) / months : 0;
}

const char *mtmi_print_period(mtmi_text_builder *scribe, mtm_period period, mtmi_when when) {
    static const mtmi_message firsts[] = {MTMI_MESSAGE_DAY_NAME, MTMI_MESSAGE_DAY_IN, MTMI_MESSAGE_DAY_FOR,
                                          MTMI_MESSAGE_DAY_SHORT, MTMI_MESSAGE_DAY_THAN};
    if (period.first == MTMI_DAY_NONE) {
        return "";
    }
    shape form = shape_of(period);
    if (when == MTMI_WHEN_AT && form == SHAPE_DAY) {
        return say_ends(scribe, MTMI_MESSAGE_DAY_AT, period, 0);
    }
    mtmi_message first = firsts[when == MTMI_WHEN_AT ? MTMI_WHEN_IN : when];
    return say_ends(scribe, (mtmi_message)((int)first + (int)form), period, ordinal_of(period));
}

const char *mtmi_print_period_long(mtmi_text_builder *scribe, mtm_period period) {
    shape form = shape_of(period);
    if (form == SHAPE_QUARTER || form == SHAPE_HALF) {
        return say_ends(scribe, MTMI_MESSAGE_MONTHS_NAME, period, 0);
    }
    return mtmi_print_period(scribe, period, MTMI_WHEN_NAME);
}

const char *mtmi_print_as_of(mtmi_text_builder *scribe, mtm_period as_of) {
    return say_ends(scribe, MTMI_MESSAGE_AS_OF, (mtm_period){as_of.last, as_of.last}, 0);
}

mtm_period mtmi_result_reference(const mtm_result *result) {
    for (size_t i = 0; i < result->n_remarks; i++) {
        if (result->remarks[i].kind == MTMI_REMARK_ROUND) {
            return MTMI_PERIOD_NONE;
        }
    }
    int longer = result->observed.first != MTMI_DAY_NONE && mtmi_period_contains(result->observed, result->period);
    return longer ? result->observed : result->period;
}

/* Whether the result is of a round that has a number; other collections have dates alone. */
static int is_of_numbered_round(const mtm_result *result) {
    for (size_t i = 0; i < result->n_remarks; i++) {
        const mtmi_remark *remark = &result->remarks[i];
        if (remark->kind == MTMI_REMARK_ROUND && remark->text != NULL && remark->text[0] != '\0') {
            return 1;
        }
    }
    return 0;
}

const char *mtmi_print_base(mtmi_text_builder *scribe, mtm_comparison_with with, mtm_period reference,
                            mtmi_base_form form) {
    static const mtmi_message firsts[2][3] = {
        {MTMI_MESSAGE_PREVIOUS_DAY, MTMI_MESSAGE_PREVIOUS_WITH_DAY, MTMI_MESSAGE_PREVIOUS_IN_DAY},
        {MTMI_MESSAGE_YEAR_AGO_DAY, MTMI_MESSAGE_YEAR_AGO_WITH_DAY, MTMI_MESSAGE_YEAR_AGO_IN_DAY}};
    const shape period = reference.first == MTMI_DAY_NONE ? SHAPE_DAY : shape_of(reference); /* rounds have no length */
    int span = reference.first == MTMI_DAY_NONE ? 6 : period <= SHAPE_YEAR ? (int)period : 5;
    return scribe->words->messages[(int)firsts[with][form] + span];
}

const char *mtmi_print_dated_base(mtmi_text_builder *scribe, const mtm_result *result, mtm_comparison_with with,
                                  mtm_period dated, mtmi_base_form form) {
    const int is_day = dated.first != MTMI_DAY_NONE && dated.first == dated.last;
    if (result->kind != MTM_KIND_STOCK || !is_day || is_of_numbered_round(result)) {
        return mtmi_print_base(scribe, with, mtmi_result_reference(result), form);
    }
    return form == MTMI_BASE_WITH
               ? say_ends(scribe, MTMI_MESSAGE_DAY_WITH, dated, 0)
               : mtmi_print_period(scribe, dated, form == MTMI_BASE_IN ? MTMI_WHEN_IN : MTMI_WHEN_NAME);
}
