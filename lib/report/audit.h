/* The audit of disclosure control: separate from what protects, and from what it knows. What comes in: results as they
 * will be published, and which numbers are withheld. What goes out: for every withheld number two whole tables that
 * agree with everything published, or a refusal. It never sees a withheld number. */
#ifndef MTMI_REPORT_AUDIT_H
#define MTMI_REPORT_AUDIT_H

#include "report/disclosure.h"
#include "report/report.h"

/* Where a number stands. */
typedef enum mtmi_audit_place {
    MTMI_AUDIT_VALUE = 0, MTMI_AUDIT_PREVIOUS, MTMI_AUDIT_LAST_YEAR, MTMI_AUDIT_ROW, MTMI_AUDIT_POINT
} mtmi_audit_place;

/* A withheld number; index is of the row or point. Numbers of one cell are the same count in several places. */
typedef struct mtmi_audit_number {
    size_t result, index, cell;
    mtmi_audit_place place;
} mtmi_audit_number;

struct mtmi_audit {
    mtmi_audit_number *numbers;
    size_t n_numbers;
    size_t n_cells;            /* withheld cells, each once */
    int64_t *low, *high;       /* n_cells tables of n_cells numbers: table i gives cell i a number of at most 0 (low) or at
                                  least the threshold (high), and every other withheld cell one that fits; in units of
                                  10^-decimals */
    int decimals;
    int threshold;
};

/* MTM_ERROR_DISCLOSURE names the number that could be told. */
mtm_status mtmi_audit_run(const mtm_results *published, const mtmi_masks *masks, mtmi_audit **out, mtm_error *err);
void mtmi_audit_free(mtmi_audit *audit); /* NULL is fine */

#endif
