/* Reads who stands behind the figure of a row: how many contributors, and what the largest two of them gave. Disclosure
 * control of amounts asks for it; nothing of it is printed. */
#include "base/decimal.h"
#include "base/error.h"
#include "read/observe/observe_internal.h"

static mtmi_row_outcome refuse_count(mtmi_observer *observer, const mtmi_bound *bound) {
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_CONTRIBUTION, "a number that is not below 0",
                               "contributors are counted; the largest and the second largest are amounts");
}

static mtmi_row_outcome read_one(mtmi_observer *observer, const mtmi_bound *bound) {
    mtmi_cell cell = mtmi_observe_cell(observer, bound);
    mtm_decimal *out = &observer->current.contribution[bound->role - MTMI_ROLE_CONTRIBUTORS];
    mtmi_number number;
    mtmi_number_read(cell.text, cell.length, bound->number, &number);
    if (number.outcome == MTMI_NUMBER_EMPTY) {
        return MTMI_ROW_DONE;
    }
    if (number.outcome == MTMI_NUMBER_BAD || number.value.units < 0) {
        return refuse_count(observer, bound);
    }
    *out = number.value;
    if (bound->role == MTMI_ROLE_CONTRIBUTORS) {
        *out = mtmi_decimal_trim(number.value);
        return out->decimals == 0 ? MTMI_ROW_DONE : refuse_count(observer, bound);
    }
    return MTMI_ROW_DONE;
}

mtmi_row_outcome mtmi_observe_contribution(mtmi_observer *observer) {
    for (int i = 0; i < 3; i++) {
        observer->current.contribution[i] = (mtm_decimal){i == 0 ? -1 : 0, 0, 0};
    }
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (bound->role >= MTMI_ROLE_CONTRIBUTORS && bound->role <= MTMI_ROLE_SECOND) {
            MTMI_ROW_TRY(read_one(observer, bound));
        }
    }
    return MTMI_ROW_DONE;
}

/* At the scale of the figure. What does not fit is not known. */
mtm_status mtmi_observe_keep_contribution(mtmi_observer *observer, const mtmi_bound *figure, mtm_error *err) {
    const mtm_decimal *said = observer->current.contribution;
    int decimals = observer->whole.decimals + figure->multiplier;
    mtmi_contribution contribution = {said[0].units, 0, 0};
    mtm_decimal tops[2];
    if (said[0].units < 0) {
        return MTM_OK;
    }
    for (int i = 0; i < 2; i++) {
        int well = decimals >= 0 && decimals <= MTMI_DECIMALS_MAX &&
                   mtmi_decimal_narrow(mtmi_decimal_rescale(said[1 + i].units, said[1 + i].decimals, decimals),
                                       decimals, &tops[i], NULL) == MTM_OK;
        if (!well) {
            return MTM_OK;
        }
    }
    contribution.largest = tops[0].units;
    contribution.second = tops[1].units;
    return mtmi_builder_add_contribution(observer->builder, &contribution, err);
}
