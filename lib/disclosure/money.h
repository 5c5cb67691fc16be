/* Which numbers are withheld for their own sake: small counts, and amounts that tell too much of one contributor, with how
 * far these must be able to move. For the protector; the audit has its own. */
#ifndef MTMI_DISCLOSURE_MONEY_H
#define MTMI_DISCLOSURE_MONEY_H

#include "disclosure/suppression/interval_search.h"
#include "disclosure/rules.h"
#include "disclosure/system.h"

/* Sums of disjoint figures: the same contributor may stand behind several, so that the largest add up. */
mtmi_contribution mtmi_money_join(mtmi_contribution a, mtmi_contribution b);
/* What is known of a whole less some of its parts. */
mtmi_contribution mtmi_money_less(mtmi_contribution whole, mtmi_contribution part, int64_t rest);
/* Whether the amount is to be withheld: fewer contributors than the threshold, the p per cent rule, dominance. low, high:
 * between which it must then be able to be anything; NULL where that is not asked. */
int mtmi_money_is_sensitive(const mtmi_rules *rules, mtmi_contribution by, int64_t value, int64_t *low, int64_t *high);
/* Whether a statement, or an atom that no statement is alone, is withheld for its own sake. one: in the atoms' units. */
int mtmi_statement_is_primary(const mtmi_statement *statement, const mtmi_rules *rules, int64_t one);
int mtmi_atom_is_primary(const mtmi_system *system, uint32_t atom, const mtmi_rules *rules, int64_t one);
/* Between which an amount must be able to be anything; 0 for a count, and for an amount that tells of nobody. */
int mtmi_money_guard(const mtmi_system *system, const mtmi_rules *rules, mtmi_target target, int64_t *low,
                     int64_t *high);

#endif
