/* In: results, a threshold. Out: which numbers of confidential results are withheld: all of them.
 * Does not know which of them could be shown. */
#include "report/disclosure.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

static int new_masks(const mtm_results *results, mtmi_masks *masks) {
    masks->of = mtmi_memory_new(results->n, sizeof *masks->of);
    if (masks->of == NULL) {
        return results->n == 0;
    }
    for (; masks->n < results->n; masks->n++) {
        const mtm_result *result = &results->results[masks->n];
        mtmi_mask *mask = &masks->of[masks->n];
        mask->rows = result->n_rows > 0 ? mtmi_memory_new(result->n_rows, 1) : NULL;
        mask->points = result->n_points > 0 ? mtmi_memory_new(result->n_points, 1) : NULL;
        if ((result->n_rows > 0 && mask->rows == NULL) || (result->n_points > 0 && mask->points == NULL)) {
            masks->n++;
            return 0;
        }
        mask->controlled = (result->flags & MTM_FLAG_MICRODATA) != 0;
    }
    return 1;
}

/* Everything of a confidential result. */
static void withhold(const mtm_result *result, mtmi_mask *mask) {
    mask->value = result->has_value != 0;
    for (int with = 0; with < 2; with++) {
        mask->bases[with] = result->has_comparison[with] && result->comparisons[with].has_base;
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        mask->rows[i] = result->rows[i].row.has_value != 0;
    }
    if (result->n_points > 0) {
        memset(mask->points, 1, result->n_points);
    }
}

static void count(const mtm_result *result, mtmi_mask *mask) {
    mask->n_hidden = (size_t)mask->value + mask->bases[0] + mask->bases[1];
    for (size_t i = 0; i < result->n_rows; i++) {
        mask->n_hidden += mask->rows[i];
    }
    for (size_t i = 0; i < result->n_points; i++) {
        mask->n_hidden += mask->points[i];
    }
}

mtm_status mtmi_disclosure_protect(const mtm_results *results, int threshold, mtmi_masks **out, mtm_error *err) {
    mtmi_masks *masks = mtmi_memory_new(1, sizeof *masks);
    *out = NULL;
    if (masks == NULL || !new_masks(results, masks)) {
        mtmi_masks_free(masks);
        return mtmi_error_memory(err);
    }
    masks->threshold = threshold == MTMI_THRESHOLD_OFF ? MTMI_THRESHOLD_OFF : 0;
    for (size_t r = 0; r < results->n && threshold != MTMI_THRESHOLD_OFF; r++) {
        if (masks->of[r].controlled) {
            masks->threshold = threshold;
            withhold(&results->results[r], &masks->of[r]);
            count(&results->results[r], &masks->of[r]);
            masks->n_hidden += masks->of[r].n_hidden;
        }
    }
    for (size_t r = 0; r < results->n && threshold == MTMI_THRESHOLD_OFF; r++) {
        masks->of[r].controlled = 0;
    }
    *out = masks;
    return MTM_OK;
}
