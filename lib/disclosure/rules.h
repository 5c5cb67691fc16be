/* What is asked of disclosure control. */
#ifndef MTMI_DISCLOSURE_RULES_H
#define MTMI_DISCLOSURE_RULES_H

#include <mtm/status.h>

#define MTMI_THRESHOLD_DEFAULT 5
#define MTMI_THRESHOLD_LEAST 3
#define MTMI_THRESHOLD_SENSITIVE 10 /* the least where something is sensitive */
#define MTMI_THRESHOLD_OFF (-1)
#define MTMI_P_PERCENT_DEFAULT 15

typedef struct mtmi_rules {
    int threshold; /* MTMI_THRESHOLD_LEAST or more, or MTMI_THRESHOLD_OFF: of persons, and of contributors */
    int p_percent; /* how closely one contributor may tell the largest other one; 1 to 100 */
    int dominance; /* per cent of an amount that the two largest may make up at most; 0: not asked */
    int method;    /* an mtm_method */
} mtmi_rules;

/* The rules where something sensitive is counted: stricter, but where control is off. */
static inline int mtmi_threshold_sensitive(int threshold) {
    return threshold >= 0 && threshold < MTMI_THRESHOLD_SENSITIVE ? MTMI_THRESHOLD_SENSITIVE : threshold;
}

struct mtm_report_options;
/* With the defaults. MTM_ERROR_ARGUMENT where one is none. */
mtm_status mtmi_rules_read(const struct mtm_report_options *options, mtmi_rules *out, mtm_error *err);

#endif
