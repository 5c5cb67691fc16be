/* What the protector hands to the audit: for every withheld number tables that agree with everything printed, told as
 * observations that are changed. The audit believes none of it, and adds up itself. */
#ifndef MTMI_DISCLOSURE_CERTIFICATE_H
#define MTMI_DISCLOSURE_CERTIFICATE_H

#include <stddef.h>
#include <stdint.h>

typedef enum mtmi_exhibit_side {
    MTMI_EXHIBIT_LOW = 0, /* the number is 0 */
    MTMI_EXHIBIT_LEAST,   /* it is the least that is known where a named row is at least one person */
    MTMI_EXHIBIT_HIGH,    /* it is the threshold above that least */
    MTMI_EXHIBIT_ROUNDED  /* of no number: the table of multiples that is printed */
} mtmi_exhibit_side;

typedef struct mtmi_shift {
    uint32_t observed;
    int64_t by;
} mtmi_shift;

typedef struct mtmi_exhibit {
    uint32_t result, index; /* of the number, as of mtmi_evidence_number */
    int place, side;
    size_t first, n; /* its shifts */
} mtmi_exhibit;

typedef struct mtmi_certificate {
    mtmi_exhibit *exhibits;
    mtmi_shift *shifts;
    size_t n_exhibits, exhibits_capacity, n_shifts, shifts_capacity;
} mtmi_certificate;

void mtmi_certificate_clear(mtmi_certificate *certificate);

#endif
