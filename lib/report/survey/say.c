/* Fills messages of surveys with real numbers, as texts that the report owns. */
#include "report/survey/report_survey.h"

#define LARGEST 9e17

int mtmi_survey_decimal(double value, int decimals, mtm_decimal *out) {
    double power = 1;
    *out = (mtm_decimal){0, 0, 0};
    for (int i = 0; i < decimals; i++) {
        power *= 10;
    }
    value *= power;
    if (!(value > -LARGEST && value < LARGEST)) {
        return 0;
    }
    int64_t units = (int64_t)value; /* towards zero */
    double rest = value - (double)units;
    units += rest >= 0.5 ? 1 : rest <= -0.5 ? -1 : 0;
    *out = (mtm_decimal){units, decimals, 0};
    return 1;
}

const char *mtmi_survey_say(mtmi_text_builder *scribe, mtmi_survey_text text, ...) {
    va_list arguments;
    va_start(arguments, text);
    const char *said = mtmi_say_all(scribe, mtmi_survey_message(text, scribe->report->language), arguments);
    va_end(arguments);
    return said;
}

const char *mtmi_survey_level(mtmi_text_builder *scribe, double level) {
    mtm_decimal value;
    (void)mtmi_survey_decimal(level * 100, 1, &value);
    if (value.units % 10 == 0) {
        value = (mtm_decimal){value.units / 10, 0, 0};
    }
    return mtmi_print_percent(scribe, value, 0);
}
