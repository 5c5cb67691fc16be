/* Stays of persons and households, counted by the groupings of a specification: what changes in each granule. A stock is the
 * sum of the changes up to its day. */
#ifndef MTMI_REGISTRATION_REGISTER_TALLY_H
#define MTMI_REGISTRATION_REGISTER_TALLY_H

#include "base/map.h"
#include "registration/register_calendar.h"
#include "registration/registry.h"
#include "tabulate/spec.h"

/* What happens in a granule. CHANGE: of those present at its end. */
enum { MTMI_CHANGE, MTMI_ENTERED, MTMI_LEFT, MTMI_MOVED_IN, MTMI_MOVED_OUT, MTMI_EVENTS };

typedef struct mtmi_stay {
    int32_t start, end; /* days; at end the person is gone. MTMI_NEVER: not yet */
    uint32_t combination;
    int32_t birth;
} mtmi_stay;

typedef struct mtmi_tally_set {
    const mtmi_grouping *grouping;
    const mtmi_calendar *calendar;
    int by_age;
    mtmi_map cells; /* keys: numbers of members, 32 bits an axis of the grouping; of ages the band */
    int64_t **rows; /* one a cell: MTMI_EVENTS a granule */
    size_t rows_capacity;
    uint32_t *cell_of; /* by combination and band: cell + 1; 0 not met */
    int households;    /* they are counted too: nothing tells members of one household apart */
    mtmi_map house_cells;
    int64_t **houses; /* one a cell: their change a granule */
    size_t houses_capacity;
    int64_t *all_houses; /* a household that is in several cells is one */
} mtmi_tally_set;

typedef struct mtmi_stay_tally {
    const mtmi_registry *registry;
    const mtmi_spec *spec;
    mtmi_calendar *calendars; /* one a period axis */
    mtmi_tally_set *sets;     /* one a grouping */
    uint32_t *members;        /* of the combination at hand */
    uint64_t max_cells;
    mtm_status status;
    mtm_error error;
} mtmi_stay_tally;

mtm_status mtmi_tally_start(mtmi_stay_tally *tally, const mtmi_registry *registry, const mtmi_spec *spec,
                            uint64_t max_cells, mtm_error *err);
void mtmi_tally_free(mtmi_stay_tally *tally);
/* The stays of one person, in order, apart from each other. tally->status tells of what went wrong. */
void mtmi_tally_person(mtmi_stay_tally *tally, const mtmi_stay *stays, size_t n);
/* Those of the members of one household, in any order; they are put in another one. */
void mtmi_tally_household(mtmi_stay_tally *tally, mtmi_stay *stays, size_t n);
mtm_status mtmi_tally_add(mtmi_stay_tally *tally, const mtmi_stay_tally *other, mtm_error *err);

/* The band of an age on a day: spec->n_bands where no birth is stated, or it is yet to come. */
unsigned mtmi_tally_band(const mtmi_spec *spec, int32_t birth, int32_t day);

#endif
