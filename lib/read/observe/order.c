/* Follows the order of figures within a period, which tells a list that was ranked from one that was mended. A list in a fixed
 * order of its own may fall by accident; one whose members change places as their figures do was put in order by these. */
#include "read/observe/observe_internal.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

enum { MEMBERS_MAX = 4096 }; /* more prove nothing that these do not */

mtm_period mtmi_observe_period_of(const mtmi_observer *observer, const mtmi_bound *bound) {
    if (observer->file.periods != NULL) {
        return observer->file.periods[bound - observer->file.columns->at];
    }
    return bound->has_period ? bound->period : observer->current.period;
}

void mtmi_observe_forget_order(mtmi_observer *observer) {
    mtmi_map_free(&observer->file.order.members);
    mtmi_memory_free(observer->file.order.places);
    memset(&observer->file.order, 0, sizeof observer->file.order);
}

/* The one column of figures, or NULL. */
static const mtmi_bound *only_figures(const mtmi_observer *observer) {
    const mtmi_bound *only = NULL;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE) {
            if (only != NULL) {
                return NULL;
            }
            only = bound;
        }
    }
    return only;
}

static int is_rest(const mtmi_observer *observer) {
    const mtm_dataset *dataset = observer->builder != NULL ? mtmi_builder_dataset(observer->builder) : NULL;
    for (size_t d = 0; dataset != NULL && d < dataset->n_dimensions; d++) {
        const int32_t code = observer->current.codes[d];
        if (code >= 0 && dataset->dimensions[d].members[code].kind == MTM_MEMBER_OTHER) {
            return 1;
        }
    }
    return 0;
}

/* The place of the row at hand among those of its list; all 0 where there are too many members. */
static mtm_status take_place(mtmi_observer *observer, mtmi_check_file *file, mtmi_standing *out, mtm_error *err) {
    mtmi_order *order = &observer->file.order;
    const int32_t *codes = observer->current.codes;
    const int is_full = order->members.n >= MEMBERS_MAX;
    void *places = order->places;
    const size_t before = order->capacity;
    const uint32_t member = is_full ? mtmi_map_find(&order->members, codes, sizeof observer->current.codes)
                                    : mtmi_map_add(&order->members, codes, sizeof observer->current.codes);
    *out = (mtmi_standing){0, 0, 0, 0};
    if (is_full && member == MTMI_MAP_NONE) {
        return MTM_OK;
    }
    if (member == MTMI_MAP_NONE ||
        !mtmi_memory_reserve(&places, &order->capacity, (size_t)member + 1, sizeof *order->places)) {
        return mtmi_error_memory(err);
    }
    order->places = places;
    if (order->capacity > before) {
        memset(order->places + before, 0, (order->capacity - before) * sizeof *order->places);
    }
    mtmi_standing *place = &order->places[member];
    if (place->list == order->list) {
        ++*(place->row + 1 < order->row ? &file->apart : &file->beside);
    } else {
        place->earlier_list = place->list;
        place->earlier_row = place->row;
    }
    place->list = order->list;
    place->row = order->row;
    *out = *place;
    return MTM_OK;
}

/* The list that ends shows whether all are of one length, as lists of the first ten would be. */
static void start_list(mtmi_order *order, mtmi_check_file *file) {
    file->uneven |= order->first_length != 0 && order->row != order->first_length;
    order->first_length = order->first_length != 0 ? order->first_length : order->row;
    order->list++;
    order->row = 0;
}

mtm_status mtmi_observe_order(mtmi_observer *observer, mtm_error *err) {
    mtmi_check_file *file = observer->settings.log == NULL ? NULL : mtmi_check_at_file(observer->settings.log);
    mtmi_order *order = &observer->file.order;
    const mtmi_bound *only = file == NULL ? NULL : only_figures(observer);
    mtmi_standing place;
    if (only == NULL) {
        return MTM_OK;
    }
    const mtmi_number *number = &observer->current.numbers[only - observer->file.columns->at];
    const mtm_period period = mtmi_observe_period_of(observer, only);
    const int has_value = number->outcome != MTMI_NUMBER_EMPTY;
    const int is_below = order->has && has_value && mtmi_period_same(period, order->period);
    file->zeros += has_value && number->value.units == 0;
    file->ones += has_value && number->value.units == 1 && number->value.decimals == 0;
    file->has_rest |= is_rest(observer);
    if (order->list == 0 || !mtmi_period_same(period, order->period)) {
        start_list(order, file);
    }
    order->row++;
    MTMI_CHECK_STATUS(take_place(observer, file, &place, err));
    if (is_below) {
        const int by = mtmi_decimal_compare(number->value, order->value);
        ++*(by > 0 ? &file->rising : &file->falling);
        file->swapped += by < 0 && place.earlier_list != 0 && place.earlier_list == order->place.earlier_list &&
                         place.earlier_row < order->place.earlier_row;
    }
    order->has = has_value;
    order->period = period;
    order->value = number->value;
    order->place = place;
    return MTM_OK;
}
