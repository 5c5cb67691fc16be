/* Which cells of a ledger add up to which. */
#ifndef MTMI_DISCLOSURE_RELATIONS_H
#define MTMI_DISCLOSURE_RELATIONS_H

#include "disclosure/ledger.h"

/* 0 when a result turned out to contradict others, was marked so, and all must begin again. */
int mtmi_relations_add(mtmi_ledger *ledger);

/* The parts of a ledger under construction. */
int mtmi_ledger_same_key(const mtmi_cell_key *a, const mtmi_cell_key *b);
size_t mtmi_ledger_find(const mtmi_ledger *ledger, const mtmi_cell_key *key);
/* Of a number of a confidential result, told by its place in the mask. */
size_t mtmi_ledger_cell_at(const mtmi_ledger *ledger, const unsigned char *mask);
mtmi_cell_key mtmi_ledger_total_key(const mtmi_ledger *ledger, size_t r, mtm_period period);
mtmi_cell_key mtmi_ledger_row_key(const mtmi_ledger *ledger, size_t r, size_t row);
mtm_period mtmi_ledger_when(const mtm_result *result);
size_t mtmi_ledger_add_cell(mtmi_ledger *ledger, const mtmi_ledger_cell *cell);
void mtmi_ledger_add_term(mtmi_ledger *ledger, size_t cell, int sign);
void mtmi_ledger_end_sum(mtmi_ledger *ledger, size_t first);

#endif
