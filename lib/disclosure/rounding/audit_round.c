/* Rounded numbers: the protector shows one table of multiples. It must be what is printed, number by number, agree with all
 * that the data says of itself, hold nothing below 0, and be near to the true one. Then it could be the true one itself, and
 * so could any that differs from it in a cell by as much: no more is known of a count than that. */
#include "disclosure/audit_state.h"

#include "base/decimal.h"

static int is_table(const mtmi_auditing *a) {
    for (size_t i = 0; i < a->evidence->n_observed; i++) {
        if ((!a->data.signs[i] && a->data.values[i] + a->shift[i] < 0) || a->shift[a->data.same[i]] != a->shift[i]) {
            return 0;
        }
    }
    for (uint32_t g = 0; g < a->data.n_groups; g++) {
        if (!mtmi_audit_keeps_group(a, g)) {
            return 0;
        }
    }
    return 1;
}

static int is_rounded(const mtmi_auditing *a, const mtmi_printed *number, int64_t now) {
    int64_t off = now - number->truth, reach = a->masks->reach * a->one;
    int is_earlier = number->place == MTMI_EVIDENCE_EARLIER;
    if (!number->controlled) {
        return off == 0;
    }
    if (number->hidden || number->value != now) {
        return 0;
    }
    return is_earlier || (now % a->threshold == 0 && (!number->is_count || (off <= reach && -off <= reach)));
}

/* Shares and changes are made of what is printed. */
static int is_made_of_print(const mtm_result *result) {
    for (int with = 0; with < 2; with++) {
        const mtm_comparison *comparison = &result->comparisons[with];
        mtm_decimal absolute = {0, 0, 0};
        if (comparison->has_percent &&
            (mtmi_decimal_subtract(result->value, comparison->base, &absolute, NULL) != MTM_OK ||
             mtmi_decimal_compare(absolute, comparison->absolute) != 0)) {
            return 0;
        }
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        const mtm_row *row = &result->rows[i].row;
        mtm_decimal share = {0, 0, 0};
        if (row->has_share && (mtmi_decimal_percent(row->value, result->value, 1, &share, NULL) != MTM_OK ||
                               mtmi_decimal_compare(share, row->share) != 0)) {
            return 0;
        }
    }
    return 1;
}

static mtm_status check_numbers(const mtmi_auditing *a, mtm_error *err) {
    for (size_t i = 0; i < a->n; i++) {
        const mtmi_printed *number = &a->numbers[i];
        if (!is_rounded(a, number, number->truth + a->number_shift[i])) {
            return mtmi_audit_refuse(a->results, number->result, "a rounded number does not add up with the others",
                                     err);
        }
    }
    for (size_t r = 0; r < a->results->n; r++) {
        if (a->masks->of[r].controlled && !is_made_of_print(&a->results->results[r])) {
            return mtmi_audit_refuse(a->results, r, "a share or change tells more than the rounded numbers", err);
        }
    }
    return MTM_OK;
}

mtm_status mtmi_audit_rounded(mtmi_auditing *a, mtm_error *err) {
    const mtmi_certificate *certificate = a->certificate;
    if (certificate->n_exhibits != 1 || certificate->exhibits[0].side != MTMI_EXHIBIT_ROUNDED) {
        return mtmi_audit_refuse(a->results, a->results->n, "the rounded numbers have no table", err);
    }
    mtmi_audit_shift(a, &certificate->exhibits[0], 1);
    mtm_status status = is_table(a)
                            ? check_numbers(a, err)
                            : mtmi_audit_refuse(a->results, a->results->n, "the rounded numbers are no table", err);
    mtmi_audit_shift(a, &certificate->exhibits[0], 0);
    return status;
}
