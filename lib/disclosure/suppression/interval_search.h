/* How far a number can move while everything that is shown stays as it is; and what else to withhold so that it can. */
#ifndef MTMI_DISCLOSURE_INTERVAL_SEARCH_H
#define MTMI_DISCLOSURE_INTERVAL_SEARCH_H

#include "disclosure/system.h"

typedef struct mtmi_change {
    uint32_t atom;
    int64_t by;
} mtmi_change;
typedef struct mtmi_search mtmi_search;

/* What is moved: a statement, or a single atom where the statement is MTMI_NO_STATEMENT. */
typedef struct mtmi_target {
    uint32_t statement, atom;
} mtmi_target;

/* The system must live as long; only the flags MTMI_STATEMENT_HIDDEN and MTMI_STATEMENT_FROZEN are ever changed, by
 * mtmi_search_hide() and mtmi_search_freeze() alone. */
mtm_status mtmi_search_new(mtmi_system *system, mtmi_search **out, mtm_error *err);
void mtmi_search_free(mtmi_search *search); /* NULL is fine */
void mtmi_search_hide(mtmi_search *search, uint32_t statement);
/* Whom the search is about knows the statement, though it is withheld. */
void mtmi_search_freeze(mtmi_search *search, uint32_t statement, int on);
/* Looks for whole changes of atoms, none of which falls below 0, that leave every shown statement alone and bring the
 * target to `goal` or further, downwards or upwards; persons: and leave every named row of persons at 1 or above.
 * may_hide: statements are withheld where it takes that; those are then at mtmi_search_hidden(). 0 where nothing was
 * found. */
int mtmi_search_reach(mtmi_search *search, mtmi_target target, int up, int persons, int64_t goal, int may_hide);
/* Goes on with the last search of a target, to a goal that lies further; named rows may then be 0. Nothing is withheld. */
int mtmi_search_go_on(mtmi_search *search, mtmi_target target, int64_t goal);
/* What the last search found; lent until the next. */
const mtmi_change *mtmi_search_changes(const mtmi_search *search, size_t *n);
const uint32_t *mtmi_search_hidden(const mtmi_search *search, size_t *n);

#endif
