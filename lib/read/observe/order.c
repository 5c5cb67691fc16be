/* Follows the order of figures within a period, which tells a list that was ranked from one that was mended. */
#include "read/observe/observe_internal.h"

mtm_period mtmi_observe_period_of(const mtmi_observer *observer, const mtmi_bound *bound) {
    if (observer->file.periods != NULL) {
        return observer->file.periods[bound - observer->file.columns->at];
    }
    return bound->has_period ? bound->period : observer->current.period;
}

/* Whether the figures of a period stand in falling order, in a check of a table with one column of them. */
void mtmi_observe_order(mtmi_observer *observer) {
    mtmi_check_file *file = observer->settings.log == NULL ? NULL : mtmi_check_at_file(observer->settings.log);
    mtmi_order *order = &observer->file.order;
    const mtmi_bound *only = NULL;
    for (size_t i = 0; file != NULL && i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE) {
            file = only != NULL ? NULL : file;
            only = bound;
        }
    }
    if (file == NULL || only == NULL) {
        return;
    }
    const mtmi_number *number = &observer->current.numbers[only - observer->file.columns->at];
    const mtm_period period = mtmi_observe_period_of(observer, only);
    const int has_value = number->outcome != MTMI_NUMBER_EMPTY;
    file->zeros += has_value && number->value.units == 0;
    file->ones += has_value && number->value.units == 1 && number->value.decimals == 0;
    if (order->has && has_value && mtmi_period_same(period, order->period)) {
        ++*(mtmi_decimal_compare(number->value, order->value) > 0 ? &file->rising : &file->falling);
    }
    *order = (mtmi_order){has_value, period, number->value};
}
