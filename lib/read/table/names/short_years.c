/* Reads months with years of two digits where a row of them proves what the digits are: as days of months they would not be the
 * months of one year after another. */
#include "read/table/names/short_years.h"

#include "read/table/names/member_name.h"

#include <string.h>

enum { LONGEST = 24, PROOF = 3 };

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The month that a name is with "20" before its last two digits. */
static int month_of(const mtmi_bound *bound, mtm_period *out) {
    char text[LONGEST + 8];
    size_t n = strlen(bound->name);
    mtmi_period_label label;

    if (n < 4 || n > LONGEST || !is_digit(bound->name[n - 1]) || !is_digit(bound->name[n - 2]) ||
        is_digit(bound->name[n - 3])) {
        return 0;
    }
    const char *year = bound->name + n - 2;
    n -= 2;
    while (n > 0 && strchr(" .-/'", bound->name[n - 1]) != NULL) {
        n--;
    }
    memcpy(text, bound->name, n);
    memcpy(text + n, " 20", 3);
    memcpy(text + n + 3, year, 2);
    mtmi_period_read(text, n + 5, bound->order, &label);
    *out = label.period;
    return n > 0 && label.outcome == MTMI_PERIOD_OK && mtmi_period_months(label.period) == 1;
}

mtm_status mtmi_columns_short_years(const mtmi_inference *in, mtm_error *err) {
    const mtmi_bound *first = NULL;
    mtm_period month, before = {0};
    size_t n = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (!mtmi_name_is_candidate(in, bound) || !month_of(bound, &month)) {
            continue;
        }
        if (n > 0 && month.first != before.last + 1) {
            return MTM_OK;
        }
        first = n++ == 0 ? bound : first;
        before = month;
    }
    for (size_t i = 0; n >= PROOF && i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (mtmi_name_is_candidate(in, bound) && month_of(bound, &month)) {
            bound->role = MTMI_ROLE_VALUE;
            bound->how = MTMI_HOW_HEADER;
            bound->has_period = 1;
            bound->period = month;
        }
    }
    return n >= PROOF ? mtmi_columns_note_year(in, first, err) : MTM_OK;
}
