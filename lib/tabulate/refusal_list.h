/* Diagnostics of rows with their places. */
#ifndef MTMI_TABULATE_REFUSAL_LIST_H
#define MTMI_TABULATE_REFUSAL_LIST_H

#include <mtm/status.h>

#define MTMI_REFUSALS_KEPT 1000u  /* with their place; all are counted */
#define MTMI_REFUSAL_FOUND 256u   /* bytes of a cell that are kept */
#define MTMI_REFUSAL_RECORD 4096u /* bytes of a refused row that are kept */

typedef struct mtmi_refusal {
    uint32_t file;
    int64_t line, column;
    int32_t code, error; /* error: 1, note: 0 */
    char *found, *expected, *hint, *record;
} mtmi_refusal;

typedef struct mtmi_refusals {
    mtmi_refusal *at;
    size_t n, capacity;
} mtmi_refusals;

/* A copy with texts of its own. */
mtm_status mtmi_refusal_copy(const mtmi_refusal *from, mtmi_refusal *to, mtm_error *err);
mtm_status mtmi_refusals_add(mtmi_refusals *refusals, const mtmi_refusal *refusal, mtm_error *err);
void mtmi_refusals_cut(mtmi_refusals *refusals, size_t n);
void mtmi_refusals_free(mtmi_refusals *refusals);

#endif
