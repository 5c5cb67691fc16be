/* What a reader can add up from published results: the unknowns behind the marks, and equations over them. What comes
 * in: published results and where the marks stand. What goes out: equations. It never sees a withheld number, and
 * shares nothing with what chose the marks. */
#ifndef MTMI_DISCLOSURE_AUDIT_SUMS_H
#define MTMI_DISCLOSURE_AUDIT_SUMS_H

#include "disclosure/audit.h"

#define MTMI_NO_UNKNOWN SIZE_MAX

/* A number in print. Numbers of one name are the same count. */
typedef struct mtmi_printed {
    char *name;          /* measure, group, dimension, code, period */
    size_t result, index;
    mtmi_audit_place place;
    int hidden, public;  /* public: of a result that is not confidential */
    int64_t value;       /* where it is shown */
    size_t unknown;      /* MTMI_NO_UNKNOWN where it is shown */
} mtmi_printed;

typedef struct mtmi_unknown {
    size_t first;        /* a number in print that it stands for; MTMI_NO_UNKNOWN for a rest that is printed nowhere */
    size_t result;
    int may_be_negative;
} mtmi_unknown;

typedef struct mtmi_equation_term { size_t equation, unknown; int sign; } mtmi_equation_term;

typedef struct mtmi_audit_sums {
    const mtm_results *results;
    const mtmi_masks *masks;
    int decimals;
    mtmi_printed *printed;        /* by name */
    mtmi_unknown *unknowns;
    mtmi_equation_term *terms;
    int64_t *rights;              /* one an equation: terms add up to it */
    size_t n_printed, printed_capacity, n_unknowns, unknowns_capacity, n_terms, terms_capacity, n_equations,
        equations_capacity;
    int failed, overflow;
    size_t narrow;                /* a result whose published numbers give away a small rest; SIZE_MAX for none */
} mtmi_audit_sums;

mtm_status mtmi_audit_sums_read(mtmi_audit_sums *sums, const mtm_results *published, const mtmi_masks *masks,
                                mtm_error *err);
void mtmi_audit_sums_clear(mtmi_audit_sums *sums);
/* The parts of reading: what writes equations asks for them. */
const mtm_result *mtmi_audit_result(const mtmi_audit_sums *sums, size_t r);
int mtmi_audit_is_confidential(const mtm_result *result);
mtm_period mtmi_audit_day(const mtm_result *result); /* of the value */
/* A name says what is counted; own makes it the result's own. grouped: restricted like the result; code: NULL for a
 * total. NULL when memory ran out. */
char *mtmi_audit_name(mtmi_audit_sums *sums, size_t r, const char *measure, const char *second, int grouped,
                      const char *code, int own, mtm_period period);
/* The first confidential number of a name, else a public one; n_printed for none. Frees the name. */
size_t mtmi_audit_find_name(mtmi_audit_sums *sums, char *name);
size_t mtmi_audit_find_place(const mtmi_audit_sums *sums, size_t r, mtmi_audit_place place, size_t index);
size_t mtmi_audit_add_unknown(mtmi_audit_sums *sums, size_t first, size_t result, int may_be_negative);
void mtmi_audit_write_equations(mtmi_audit_sums *sums);

/* Whether number j is of those that the list of row i leaves out: its remainder, or a member that only another list
 * names. Where the list is cut, none of them counts more than the row. */
int mtmi_audit_counts_less(const mtmi_audit_sums *sums, size_t i, size_t j);
/* Whether a rest of at least low and at most high (INT64_MAX: without bound) tells of a small count. */
int mtmi_audit_is_narrow(int64_t low, int64_t high, int64_t threshold);

#endif
