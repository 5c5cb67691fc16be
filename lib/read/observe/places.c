/* Codes of places against the data package's list of places. A row whose places contradict the list would be added to the
 * wrong area and is refused; a code that the list does not have, or that is of another time, is noted. */
#include "read/observe/observe_internal.h"

#include <string.h>

/* "adm2" is 2; 0 for all that is no level of a country. */
static int level_of(const mtmi_bound *bound) {
    const char *name = bound->role == MTMI_ROLE_DIMENSION && bound->has_codes ? bound->dimension : NULL;
    return name != NULL && strncmp(name, "adm", 3) == 0 && name[3] >= '1' && name[3] <= '9' && name[4] == '\0'
               ? name[3] - '0'
               : 0;
}

/* Whether the cell names no place: empty, "not available", a total. */
static int is_nowhere(const mtmi_observer *observer, size_t column) {
    const int32_t dimension = observer->file.memory[column].dimension;
    const int32_t code = dimension >= 0 ? observer->current.codes[dimension] : -1;
    const mtm_member_kind kind = code >= 0
                                     ? mtmi_builder_dataset(observer->builder)->dimensions[dimension].members[code].kind
                                     : MTM_MEMBER_TOTAL;
    return kind == MTM_MEMBER_TOTAL || kind == MTM_MEMBER_UNKNOWN;
}

/* Whether the places that the row names above this one are those that it lies in. */
static int is_within(const mtmi_observer *observer, uint32_t place, int level) {
    const mtmi_gazetteer *list = observer->settings.resource->gazetteer;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        const int above = level_of(bound);
        if (above == 0 || above >= level || is_nowhere(observer, i)) {
            continue;
        }
        const mtmi_cell cell = mtmi_observe_cell(observer, bound);
        const uint32_t said = mtmi_map_find(&list->codes, cell.text, cell.length),
                       true_one = mtmi_gazetteer_above(list, place, above);
        if (said != MTMI_MAP_NONE && true_one != MTMI_MAP_NONE && said != true_one) {
            return 0;
        }
    }
    return 1;
}

static mtmi_row_outcome check_place(mtmi_observer *observer, const mtmi_bound *bound, int level) {
    const mtmi_gazetteer *list = observer->settings.resource->gazetteer;
    const mtmi_cell cell = mtmi_observe_cell(observer, bound);
    const mtmi_gazetteer_place *place = mtmi_gazetteer_find(list, cell.text, cell.length);
    if (place == NULL) {
        mtmi_observe_note(observer, bound, MTMI_CODE_GAZETTEER_UNKNOWN,
                          "a code of the list of places; it is kept as it is",
                          "correct the code, or add it to the list");
        return MTMI_ROW_DONE;
    }
    if (place->level != level) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_GAZETTEER_LEVEL,
                                   "a code of the column's level, by the list of places",
                                   "put the code into the column of its level, or correct the list");
    }
    if (!is_within(observer, (uint32_t)(place - list->places), level)) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_GAZETTEER_PARENT,
                                   "a place that lies in those above it, by the list of places",
                                   "correct the code or that of the place above, or the list");
    }
    const mtm_period period = mtmi_observe_period_of(observer, bound);
    if (period.last < place->valid.first || period.first > place->valid.last) {
        mtmi_observe_note(observer, bound, MTMI_CODE_GAZETTEER_OUTDATED,
                          "a code that was in force at the date of the row, by the list of places; it is kept as it is",
                          "use the code of the time, or correct the dates of the list");
    }
    return MTMI_ROW_DONE;
}

mtmi_row_outcome mtmi_observe_places(mtmi_observer *observer) {
    const int has_list = observer->settings.resource->gazetteer != NULL && observer->builder != NULL;
    for (size_t i = 0; has_list && i < observer->file.columns->n; i++) {
        const int level = level_of(&observer->file.columns->at[i]);
        if (level > 0 && !is_nowhere(observer, i)) {
            MTMI_ROW_TRY(check_place(observer, &observer->file.columns->at[i], level));
        }
    }
    return MTMI_ROW_DONE;
}
