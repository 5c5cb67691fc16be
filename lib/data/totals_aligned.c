/* Totals by their place: a label that stands only beside the total of another dimension, where the two dimensions say the
 * same of every row - places and their codes, stations and their numbers. The row counts what the others count, and so its
 * label is the total in both. */
#include "data/totals.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

enum { NOBODY = -1 };

/* Pairs each member of one dimension with the only one of the other; 0 where a member has two. */
static int pair_members(const mtm_dataset *dataset, const mtmi_dimension *a, const mtmi_dimension *b, int32_t *of_a,
                        int32_t *of_b) {
    for (size_t m = 0; m < a->n_members; m++) {
        of_a[m] = NOBODY;
    }
    for (size_t m = 0; m < b->n_members; m++) {
        of_b[m] = NOBODY;
    }
    for (size_t i = 0; i < dataset->n; i++) {
        const int32_t one = a->codes[i], other = b->codes[i];
        if (one < 0 || other < 0 || (of_a[one] != NOBODY && of_a[one] != other) ||
            (of_b[other] != NOBODY && of_b[other] != one)) {
            return 0;
        }
        of_a[one] = other;
        of_b[other] = one;
    }
    return 1;
}

/* A label of a dimension without a list, or none of its list. */
static int is_own_label(const mtmi_dimension *d, int32_t member) {
    const mtmi_member *m = &d->members[member];
    return (d->list == NULL && m->kind == MTM_MEMBER_CODE) || mtmi_may_be_total(m);
}

static int has_rows(const mtmi_dimension *d) {
    return d->n_members > 2 && d->members[0].kind == MTM_MEMBER_TOTAL && d->members[0].n_rows > 0; /* two parts */
}

mtm_status mtmi_totals_aligned(const mtm_dataset *dataset, size_t dimension, int32_t *out, mtm_error *err) {
    const mtmi_dimension *own = &dataset->dimensions[dimension];
    int32_t *of_total = NULL, *of_own = NULL;
    mtm_status status = MTM_OK;

    *out = NOBODY;
    for (size_t k = 0; k < dataset->n_dimensions && *out == NOBODY; k++) {
        const mtmi_dimension *other = &dataset->dimensions[k];
        if (k == dimension || strcmp(own->name, "indicator") == 0 || own->selection || dataset->microdata ||
            own->n_members < 4 || !has_rows(other)) {
            continue;
        }
        of_total = mtmi_memory_new(other->n_members, sizeof *of_total);
        of_own = mtmi_memory_new(own->n_members, sizeof *of_own);
        MTMI_TRY(of_total == NULL || of_own == NULL ? mtmi_error_memory(err) : MTM_OK);
        if (pair_members(dataset, other, own, of_total, of_own) && of_total[0] > 0 && is_own_label(own, of_total[0])) {
            *out = of_total[0];
        }
        mtmi_memory_free(of_total);
        mtmi_memory_free(of_own);
        of_total = of_own = NULL;
    }
out:
    mtmi_memory_free(of_total);
    mtmi_memory_free(of_own);
    return status;
}
