/* Who is one person: registrations of one id to stays, to what is refused, and to the balance of rows. */
#ifndef MTMI_REGISTRATION_RESOLVE_H
#define MTMI_REGISTRATION_RESOLVE_H

#include "registration/rare_members.h"
#include "registration/register_tally.h"
#include "tabulate/state.h"

#define MTMI_CONFLICTS_KEPT 1000u

/* A registration that cannot be of the person whose id it has. */
typedef struct mtmi_conflict {
    uint64_t place, other; /* of the row, and of the one it contradicts */
    int of_birth;          /* 0: of the sex */
} mtmi_conflict;

/* rows = persons + repeats + superseded + conflicts. */
typedef struct mtmi_balance {
    uint64_t rows, persons, households, repeats, superseded, conflicts;
} mtmi_balance;

typedef struct mtmi_resolved {
    mtmi_balance balance;
    mtmi_conflict *conflicts; /* in the order of files and lines; the first MTMI_CONFLICTS_KEPT */
    size_t n_conflicts, conflicts_capacity;
    uint64_t *conflicts_of; /* per file, in the order of their content */
    size_t n_files;
    mtmi_bearers bearers;
    mtmi_stay_tally tally;
    int has_tally;
} mtmi_resolved;

/* The registry's records are put in order; nothing else of it changes. */
mtm_status mtmi_resolve(mtmi_registry *registry, const mtmi_state *state, unsigned n_threads, mtmi_resolved *out,
                        mtm_error *err);
void mtmi_resolved_free(mtmi_resolved *resolved);

#endif
