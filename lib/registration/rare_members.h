/* Labels of registrations that no list knows: how many persons have one, and where it first stands. One that few persons have may be a
 * name or an id in the wrong column, and is named by its place. */
#ifndef MTMI_REGISTRATION_RARE_MEMBERS_H
#define MTMI_REGISTRATION_RARE_MEMBERS_H

#include "registration/registry.h"
#include "tabulate/state.h"

typedef struct mtmi_borne {
    uint64_t persons, first; /* first: rank of the file << MTMI_PLACE_LINE | line */
    uint64_t last;           /* the number of the last person who was counted, from 1 */
} mtmi_borne;

typedef struct mtmi_bearers {
    mtmi_borne **axes; /* of labels, one a member; NULL where a list knows them */
    size_t *sizes;
    unsigned n;
} mtmi_bearers;

mtm_status mtmi_bearers_start(mtmi_bearers *bearers, const mtmi_registry *registry, const mtmi_state *state,
                              mtm_error *err);
void mtmi_bearers_free(mtmi_bearers *bearers);
/* A registration of a person, by number: several of one person with one label are one. members: of its combination. */
void mtmi_bearers_count(mtmi_bearers *bearers, const uint32_t *members, uint64_t person, uint64_t rank);
void mtmi_bearers_add(mtmi_bearers *bearers, const mtmi_bearers *other);
/* The members' keys, by their numbers, as they may be told: an axis each of the registry. To be freed with
 * mtmi_bearers_free_names. */
mtm_status mtmi_bearers_names(const mtmi_bearers *bearers, const mtmi_registry *registry, const mtmi_state *state,
                              mtmi_map **out, mtm_error *err);
void mtmi_bearers_free_names(mtmi_map *names, unsigned n);

#endif
