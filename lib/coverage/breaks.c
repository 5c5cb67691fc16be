/* Finds the break in a series that keeps two periods from being compared. A figure of the very day of a break counts in
 * the new way. */
#include "coverage/breaks.h"

#include <stddef.h>

const mtmi_break *mtmi_break_between(const mtm_dataset *dataset, mtm_period earlier, mtm_period later) {
    const mtmi_break *found = NULL;
    for (size_t i = 0; i < dataset->n_breaks; i++) {
        const mtmi_break *one = &dataset->breaks[i];
        if (earlier.first < one->day && one->day <= later.last && (found == NULL || one->day > found->day)) {
            found = one;
        }
    }
    return found;
}

mtm_reason mtmi_break_reason(const mtmi_break *one) {
    return one->of_coverage ? MTM_REASON_COVERAGE_DIFFERS : MTM_REASON_DEFINITION_DIFFERS;
}
