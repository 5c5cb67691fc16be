/* Keeps copies of diagnostics of rows, and merges those of two states in the order of file, line, column and code: the first
 * MTMI_REFUSALS_KEPT are kept, so that the result does not depend on which state came first. */
#include "tabulate/refusal_list.h"

#include "base/error.h"
#include "base/heap_sort.h"
#include "base/memory.h"
#include "base/try.h"
#include "tabulate/state.h"

#include <string.h>

static int copy_text(char **out, const char *text) {
    *out = mtmi_memory_copy_text(text == NULL ? "" : text);
    return *out != NULL;
}

static void texts_free(mtmi_refusal *refusal) {
    mtmi_memory_free(refusal->found);
    mtmi_memory_free(refusal->expected);
    mtmi_memory_free(refusal->hint);
    mtmi_memory_free(refusal->record);
}

mtm_status mtmi_refusal_copy(const mtmi_refusal *from, mtmi_refusal *to, mtm_error *err) {
    *to = *from;
    to->found = to->expected = to->hint = to->record = NULL;
    if (copy_text(&to->found, from->found) && copy_text(&to->expected, from->expected) &&
        copy_text(&to->hint, from->hint) && copy_text(&to->record, from->record)) {
        return MTM_OK;
    }
    texts_free(to);
    to->found = to->expected = to->hint = to->record = NULL;
    return mtmi_error_memory(err);
}

mtm_status mtmi_refusals_add(mtmi_refusals *refusals, const mtmi_refusal *refusal, mtm_error *err) {
    if (!mtmi_memory_reserve((void **)&refusals->at, &refusals->capacity, refusals->n + 1, sizeof *refusal)) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(mtmi_refusal_copy(refusal, &refusals->at[refusals->n], err));
    refusals->n++;
    return MTM_OK;
}

void mtmi_refusals_cut(mtmi_refusals *refusals, size_t n) {
    while (refusals->n > n) {
        texts_free(&refusals->at[--refusals->n]);
    }
}

void mtmi_refusals_free(mtmi_refusals *refusals) {
    mtmi_refusals_cut(refusals, 0);
    mtmi_memory_free(refusals->at);
    refusals->at = NULL;
    refusals->capacity = 0;
}

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
