/* Balances of registers: who is there at the end of a day, and who came, are as many as who is there later, and who left in
 * between. Where one of the four is not told, the others bound it. */
#ifndef MTMI_DISCLOSURE_REGISTERS_BALANCE_H
#define MTMI_DISCLOSURE_REGISTERS_BALANCE_H

#include "disclosure/truth_writing.h"

/* The protector's: adds what everybody knows to the truth space. */
void mtmi_truth_balances(mtmi_truth_writing *writing);

/* Takes an observation that is counted on one side of a balance. A side whose key has all bits of the other's is the lesser
 * one, where they are not equal. 0 when memory ran out. */
typedef int mtmi_balance_taker(void *context, const char *place, uint32_t observed, uint64_t key);
/* The audit's: values are the observations', same is as of mtmi_audit_data. 0 when memory ran out. */
int mtmi_audit_balances(const mtmi_evidence *evidence, const int64_t *values, const uint32_t *same,
                        mtmi_balance_taker *take, void *context);

#endif
