/* Keeps estimates and the texts that they lend. Invariant: an address given by mtm_estimates_at() never moves, for the
 * list is frozen before it is handed over. */
#include "survey/estimates.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

mtm_status mtmi_estimates_new(mtm_estimates **out, mtm_error *err) {
    *out = mtmi_memory_new(1, sizeof **out);
    return *out == NULL ? mtmi_error_memory(err) : MTM_OK;
}

mtm_status mtmi_estimates_add(mtm_estimates *estimates, mtm_estimate **out, mtm_error *err) {
    if (!mtmi_memory_reserve((void **)&estimates->all, &estimates->capacity, estimates->n + 1,
                             sizeof *estimates->all) ||
        !mtmi_memory_reserve((void **)&estimates->behind, &estimates->behind_capacity, estimates->n + 1,
                             sizeof *estimates->behind)) {
        return mtmi_error_memory(err);
    }
    estimates->behind[estimates->n] = (mtmi_behind){{0, 0}, {0, 0}, INT64_MAX, NULL, NULL};
    *out = &estimates->all[estimates->n++];
    **out = (mtm_estimate){"", "", "", "", "none", "", "", NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
                           0,  0,  0,  0,  0,      0,  0,  0,   0,   0,   0,   0,   0,   "",  "",  NAN};
    return MTM_OK;
}

const char *mtmi_estimates_text(mtm_estimates *estimates, const char *text) {
    char *copy = mtmi_memory_copy_text(text);
    if (copy == NULL || !mtmi_memory_reserve((void **)&estimates->texts, &estimates->texts_capacity,
                                             estimates->n_texts + 1, sizeof *estimates->texts)) {
        mtmi_memory_free(copy);
        return NULL;
    }
    estimates->texts[estimates->n_texts++] = copy;
    return copy;
}

mtm_status mtmi_estimates_tell(mtm_estimates *estimates, const char *answer, const char *domain, mtm_error *err) {
    mtmi_behind *behind = &estimates->behind[estimates->n - 1];
    behind->answer = answer == NULL ? NULL : mtmi_estimates_text(estimates, answer);
    behind->domain = domain == NULL ? NULL : mtmi_estimates_text(estimates, domain);
    int whole = (answer == NULL || behind->answer != NULL) && (domain == NULL || behind->domain != NULL);
    return whole ? MTM_OK : mtmi_error_memory(err);
}

void mtm_estimates_free(mtm_estimates *estimates) {
    if (estimates == NULL) {
        return;
    }
    for (size_t i = 0; i < estimates->n_texts; i++) {
        mtmi_memory_free(estimates->texts[i]);
    }
    mtmi_memory_free(estimates->texts);
    mtmi_memory_free(estimates->all);
    mtmi_memory_free(estimates->behind);
    mtmi_memory_free(estimates->population);
    mtmi_memory_free(estimates->resource);
    mtmi_memory_free(estimates->where);
    mtmi_memory_free(estimates);
}

const mtm_estimate *mtm_estimates_at(const mtm_estimates *estimates, size_t index) {
    return index < estimates->n ? &estimates->all[index] : NULL;
}

void mtmi_estimate_withhold(mtm_estimate *estimate, int with_base) {
    const char *statistic = estimate->statistic, *question = estimate->question, *answer = estimate->answer,
               *domain = estimate->domain, *labels[2] = {estimate->question_label, estimate->answer_label};
    int64_t n = with_base ? -1 : estimate->n;
    *estimate = (mtm_estimate){statistic, question,  answer, domain, "none", "too few persons stand behind it",
                               "",        NAN,       NAN,    NAN,    NAN,    NAN,
                               NAN,       NAN,       NAN,    NAN,    NAN,    estimate->rows,
                               n,         -1,        -1,     -1,     -1,     -1,
                               -1,        -1,        -1,     -1,     0,      1,
                               labels[0], labels[1], NAN};
}

void mtmi_estimates_protect(mtm_estimates *estimates, size_t n) {
    mtm_estimate *smallest = NULL, *all = estimates->all + estimates->n - n;
    size_t n_withheld = 0;
    for (size_t i = 0; i < n; i++) {
        n_withheld += all[i].withheld != 0;
        if (!all[i].withheld && (smallest == NULL || all[i].contributors < smallest->contributors)) {
            smallest = &all[i];
        }
    }
    if (n_withheld == 1 && smallest != NULL) {
        mtmi_estimate_withhold(smallest, 0);
    }
}
