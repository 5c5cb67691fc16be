/* Keeps copies of diagnostics of rows. */
#include "tabulate/refusal_list.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

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
