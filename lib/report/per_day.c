/* Divides movements that are shown by the days on which points were open: what is withheld stays so. */
#include "report/over_time.h"

#include "base/decimal.h"

#include <string.h>

enum { ROWS_MOST = 12, HUNDREDTHS = 2 };

/* value / days to two digits, rounded once. */
static int divide(mtm_decimal value, mtm_decimal days, mtm_decimal *out) {
    if (days.units <= 0 || mtmi_decimal_percent(value, days, 0, out, NULL) != MTM_OK) {
        return 0;
    }
    out->decimals += HUNDREDTHS; /* of a per cent without digits */
    return 1;
}

/* Days of all points (code ""), or of one. */
static const mtmi_remark *days_of(const mtm_result *result, const char *code) {
    for (size_t i = 0; i < result->n_remarks; i++) {
        const mtmi_remark *remark = &result->remarks[i];
        if (remark->kind == MTMI_REMARK_POINT_DAYS && remark->has_a &&
            strcmp(remark->text != NULL ? remark->text : "", code) == 0) {
            return remark;
        }
    }
    return NULL;
}

static const char *of_rows(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_report_indicator *entry) {
    const char *list = "";
    for (size_t i = 0, n = 0; i < entry->n_rows && n < ROWS_MOST; i++) {
        const mtmi_report_row *row = &entry->rows[i];
        const mtmi_remark *days = row->value.has && row->code[0] != '\0' ? days_of(result, row->code) : NULL;
        mtm_decimal rate;
        if (days != NULL && divide(row->value.value, days->a, &rate)) {
            const char *one = mtmi_say(scribe, MTMI_MESSAGE_FINDING_ROW, "label", row->label, "value",
                                       mtmi_print_number(scribe, rate, 0), MTMI_SAY_END);
            list = n++ == 0 ? one : mtmi_say(scribe, MTMI_MESSAGE_PER_DAY_MORE, "rows", list, "row", one, MTMI_SAY_END);
        }
    }
    return list;
}

const char *mtmi_per_day_note(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_report_indicator *entry) {
    const mtmi_remark *all = days_of(result, "");
    mtm_decimal rate;
    if (all == NULL || mtmi_statistic_divides(result->statistic)) {
        return "";
    }
    const char *rows = of_rows(scribe, result, entry);
    if (*rows != '\0') {
        return mtmi_say(scribe, MTMI_MESSAGE_PER_DAY, "rows", rows, MTMI_SAY_END);
    }
    return entry->n_rows == 0 && entry->value.has && divide(entry->value.value, all->a, &rate)
               ? mtmi_say(scribe, MTMI_MESSAGE_PER_POINT_DAY, "rate", mtmi_print_number(scribe, rate, 0), MTMI_SAY_END)
               : "";
}
