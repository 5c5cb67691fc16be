/* Texts that live as long as a report. Once memory has run out every text is ""; the builder is asked once, at the
 * end. */
#ifndef MTMI_REPORT_TEXT_BUILDER_H
#define MTMI_REPORT_TEXT_BUILDER_H

#include "report/messages/messages.h"
#include "report/report.h"

#include <stdarg.h>

typedef struct mtmi_text_builder {
    mtm_report *report; /* owns the texts */
    const mtmi_words *words;
    int failed; /* memory ran out */
} mtmi_text_builder;

/* A copy of a text; NULL gives "". */
const char *mtmi_text_builder_keep(mtmi_text_builder *scribe, const char *text);
/* Ends the pairs of a message: a NULL of the type that is read there. */
#define MTMI_SAY_END ((const char *)NULL)
/* A message; pairs of place and text follow, ended by MTMI_SAY_END. {month.in} takes "month.in", or "month" where that is not
 * given. */
const char *mtmi_say(mtmi_text_builder *scribe, mtmi_message message, ...);
/* The same of a message that is not among the report's own. */
const char *mtmi_say_all(mtmi_text_builder *scribe, const char *message, va_list arguments);
/* A zeroed table that the caller hangs into the report; NULL for n = 0 and when memory ran out. */
void *mtmi_text_builder_table(mtmi_text_builder *scribe, size_t n, size_t size);

/* "4,001,714"; with a sign in front of what is above zero where signed is set. */
const char *mtmi_print_number(mtmi_text_builder *scribe, mtm_decimal value, int with_sign);
const char *mtmi_print_percent(mtmi_text_builder *scribe, mtm_decimal value, int with_sign);
/* No more exact than a sentence needs: "4.0 million", "17,800", "9,999". noun is what a noun beside it goes by. */
const char *mtmi_print_rounded(mtmi_text_builder *scribe, mtm_decimal value, int multiplier, mtmi_number_form *noun);
/* The same with its unit: "157.2 million USD". */
const char *mtmi_print_amount(mtmi_text_builder *scribe, const mtm_result *result, mtm_decimal value);
const char *mtmi_print_count(mtmi_text_builder *scribe, int64_t count);
/* A number with its unit; form is 0, or MTMI_UNIT_ACCUSATIVE for the object of a sentence. */
#define MTMI_UNIT_ACCUSATIVE 1
const char *mtmi_print_value(mtmi_text_builder *scribe, const mtm_result *result, mtm_decimal value, int form);
/* Whether a number may stand without its unit, because the title before it names what is counted. */
int mtmi_title_names_unit(const mtmi_text_builder *scribe, const mtm_result *result, const char *title);
/* The unit alone, with its multiplier: "million USD". */
const char *mtmi_print_unit(mtmi_text_builder *scribe, const mtm_result *result);
/* Which form of a noun stands beside the number. */
mtmi_number_form mtmi_number_form_of(const mtmi_words *words, mtm_decimal value);

/* Ways to write a period. AT is IN, but for single days: the date a stock is of. */
typedef enum mtmi_when {
    MTMI_WHEN_NAME = 0,
    MTMI_WHEN_IN,
    MTMI_WHEN_FOR,
    MTMI_WHEN_SHORT,
    MTMI_WHEN_THAN,
    MTMI_WHEN_AT
} mtmi_when;
/* "" for no period. */
const char *mtmi_print_period(mtmi_text_builder *scribe, mtm_period period, mtmi_when when);
/* By its months: "April-June 2024" for a quarter; else as NAME. */
const char *mtmi_print_period_long(mtmi_text_builder *scribe, mtm_period period);
/* The phrase for releases up to the last day of a period. */
const char *mtmi_print_as_of(mtmi_text_builder *scribe, mtm_period as_of);
/* The period whose length comparisons speak of: that of the figure where it is of a longer one, such as a year's
 * quota. */
mtm_period mtmi_result_reference(const mtm_result *result);
/* "previous quarter", "with the previous quarter", "in the previous quarter": by the length of the reference period. */
typedef enum mtmi_base_form { MTMI_BASE_NAME = 0, MTMI_BASE_WITH, MTMI_BASE_IN } mtmi_base_form;
const char *mtmi_print_base(mtmi_text_builder *scribe, mtm_comparison_with with, mtm_period reference,
                            mtmi_base_form form);
/* The same of a base whose date is known: a stock is compared with that of a day, not with one of a quarter. */
const char *mtmi_print_dated_base(mtmi_text_builder *scribe, const mtm_result *result, mtm_comparison_with with,
                                  mtm_period dated, mtmi_base_form form);

#endif
