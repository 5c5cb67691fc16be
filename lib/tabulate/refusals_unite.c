/* Merges the refusals of two states in the order of file, line, column and code; the first MTMI_REFUSALS_KEPT are kept, so
 * that the result does not depend on which state came first. */
#include "tabulate/state.h"

#include "base/error.h"
#include "base/heap_sort.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

int mtmi_state_compare_files(const void *context, uint32_t a, uint32_t b) {
    const mtmi_state *state = context;
    const mtmi_counted_file *x = &state->files[a], *y = &state->files[b];
    int order = memcmp(x->digest, y->digest, MTMI_DIGEST_SIZE);
    order = order != 0 ? order : strcmp(x->identity, y->identity);
    return order != 0 ? order : strcmp(x->name, y->name);
}

static int compare_refusals(const void *context, uint32_t a, uint32_t b) {
    const mtmi_state *state = context;
    const mtmi_refusal *x = &state->refusals.at[a], *y = &state->refusals.at[b];
    int order = mtmi_state_compare_files(state, x->file, y->file);
    if (order != 0) {
        return order;
    }
    if (x->line != y->line) {
        return x->line < y->line ? -1 : 1;
    }
    if (x->column != y->column) {
        return x->column < y->column ? -1 : 1;
    }
    if (x->code != y->code) {
        return x->code < y->code ? -1 : 1;
    }
    return strcmp(x->found, y->found);
}

mtm_status mtmi_refusals_unite(const mtmi_state *state, const mtmi_refusals *other, uint32_t first_file,
                               mtmi_refusals *out, mtm_error *err) {
    size_t n = state->refusals.n + other->n, i;
    mtmi_state both = *state; /* a view for the comparison: all refusals under our files */
    mtm_status status = MTM_OK;
    uint32_t *items = NULL;
    both.refusals.at = mtmi_memory_new(n + 1, sizeof both.refusals.at[0]);
    memset(out, 0, sizeof *out);
    for (i = 0; both.refusals.at != NULL && i < n; i++) {
        both.refusals.at[i] = i < state->refusals.n ? state->refusals.at[i] : other->at[i - state->refusals.n];
        if (i >= state->refusals.n) {
            both.refusals.at[i].file += first_file;
        }
    }
    if (both.refusals.at != NULL) {
        items = mtmi_order_new(n, compare_refusals, &both);
    }
    if (items == NULL) {
        MTMI_TRY(mtmi_error_memory(err));
    }
    for (i = 0; i < n && i < MTMI_REFUSALS_KEPT; i++) {
        MTMI_TRY(mtmi_refusals_add(out, &both.refusals.at[items[i]], err));
    }
out:
    mtmi_memory_free(both.refusals.at);
    mtmi_memory_free(items);
    if (status != MTM_OK) {
        mtmi_refusals_free(out);
    }
    return status;
}
