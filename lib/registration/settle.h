/* One thread's part of settling registrations: the records of one id at a time. */
#ifndef MTMI_REGISTRATION_SETTLE_H
#define MTMI_REGISTRATION_SETTLE_H

#include "registration/resolve.h"

/* One thread's ids. */
typedef struct mtmi_settler {
    mtmi_registry *registry;
    const mtmi_state *state;
    const uint32_t *ranks; /* of files, by their content */
    unsigned at, of;
    mtmi_runs *from;      /* what is read */
    mtmi_runs households; /* stays, under their household */
    mtmi_resolved result;
    mtmi_record *group;
    size_t n, capacity;
    mtmi_stay *stays;
    size_t stays_capacity;
    uint32_t *members[2];
    mtm_status status;
    mtm_error error;
} mtmi_settler;

/* The group at hand is all there is of one id, or of one household. */
mtm_status mtmi_settle_person(mtmi_settler *at);
mtm_status mtmi_settle_household(mtmi_settler *at);

/* Each 0 when there is no memory. The first ones are kept, whichever are found first. */
int mtmi_add_conflict(mtmi_resolved *result, mtmi_conflict conflict);
int mtmi_cut_conflicts(mtmi_resolved *result);

#endif
