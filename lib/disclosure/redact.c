/* Removes withheld numbers from results, with what would tell of them: shares, changes, ranks, the order of rows,
 * lineage, figures in remarks. It allocates nothing and cannot fail. */
#include "disclosure/disclosure.h"

#include "base/decimal.h"
#include "base/memory.h"

#include <string.h>

static const mtm_decimal nothing = {0, 0, 0};

void mtmi_masks_free(mtmi_masks *masks) {
    if (masks == NULL) {
        return;
    }
    for (size_t i = 0; i < masks->n; i++) {
        mtmi_memory_free(masks->of[i].rounded);
        mtmi_memory_free(masks->of[i].rows);
        mtmi_memory_free(masks->of[i].points);
    }
    mtmi_memory_free(masks->of);
    mtmi_memory_free(masks);
}

static void redact_comparison(mtm_comparison *comparison, int base, int value) {
    if (!comparison->has_base) { /* that there is none has another reason, which stays */
        comparison->absolute = comparison->percent = nothing;
        comparison->has_percent = 0;
        return;
    }
    if (base) {
        comparison->base = nothing;
        comparison->has_base = 0;
    }
    if (base || value) {
        comparison->absolute = comparison->percent = nothing;
        comparison->has_percent = 0;
        comparison->reason = MTM_REASON_SUPPRESSED;
    }
}

/* Shown rows keep their order; withheld ones follow by code, which says nothing; the remainder stays last. */
static int stands_after(const mtm_result *result, const mtmi_mask *mask, size_t a, size_t b) {
    int last_a = result->rows[a].row.kind == MTM_MEMBER_OTHER, last_b = result->rows[b].row.kind == MTM_MEMBER_OTHER;
    if (last_a != last_b) {
        return last_a;
    }
    if (mask->rows[a] != mask->rows[b]) {
        return mask->rows[a];
    }
    return mask->rows[a] && strcmp(result->rows[a].code, result->rows[b].code) > 0;
}

static void sort_rows(mtm_result *result, mtmi_mask *mask) {
    for (size_t i = 1; i < result->n_rows; i++) {
        for (size_t j = i; j > 0 && stands_after(result, mask, j - 1, j); j--) {
            mtmi_result_row row = result->rows[j];
            unsigned char hidden = mask->rows[j];
            result->rows[j] = result->rows[j - 1];
            mask->rows[j] = mask->rows[j - 1];
            result->rows[j - 1] = row;
            mask->rows[j - 1] = hidden;
        }
    }
}

/* A list that names those who count most would tell that a withheld member is one of them: there it goes to the
 * remainder, which is what the total leaves. */
static void drop_rows(mtm_result *result, mtmi_mask *mask) {
    mtm_row *rest = &result->rows[result->n_rows - 1].row;
    size_t kept = 0;
    for (size_t i = 0; i < result->n_rows; i++) {
        mtmi_result_row row = result->rows[i];
        if (mask->rows[i] && row.row.kind != MTM_MEMBER_OTHER) {
            mtm_decimal sum;
            if (rest->has_value && mtmi_decimal_add(rest->value, row.row.value, &sum, NULL) == MTM_OK) {
                rest->value = sum;
            }
            mtmi_memory_free(row.code);
            mtmi_titles_free(&row.label);
            mask->n_hidden--;
            continue;
        }
        mask->rows[kept] = mask->rows[i];
        result->rows[kept++] = row;
    }
    result->n_rows = kept;
    rest = &result->rows[kept - 1].row;
    if (rest->has_share && !mask->value && result->has_value && result->value.units > 0) {
        (void)mtmi_decimal_percent(rest->value, result->value, 1, &rest->share, NULL);
    }
}

static int is_cut(const mtm_result *result) {
    return result->rows_are_cut && result->n_rows > 0 && result->rows[result->n_rows - 1].row.kind == MTM_MEMBER_OTHER;
}

static void redact_rows(mtm_result *result, mtmi_mask *mask) {
    int some = 0;
    if (is_cut(result)) {
        drop_rows(result, mask);
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        mtm_row *row = &result->rows[i].row;
        int hidden = mask->rows != NULL && mask->rows[i];
        some |= hidden;
        if (hidden || mask->value) {
            row->share = nothing;
            row->has_share = 0;
        }
        if (hidden) {
            row->value = nothing;
            row->has_value = 0;
            row->status = 'Q';
        }
    }
    for (size_t i = 0; some && i < result->n_rows; i++) {
        result->rows[i].row.rank = 0;
    }
    if (some) {
        sort_rows(result, mask);
    }
}

static int shows_row(const mtm_result *result, const char *code, mtm_decimal value) {
    for (size_t i = 0; i < result->n_rows; i++) {
        const mtmi_result_row *row = &result->rows[i];
        if (strcmp(row->code, code) == 0) {
            return row->row.has_value && mtmi_decimal_compare(row->row.value, value) == 0;
        }
    }
    return 0;
}

/* Whether the published numbers say as much as the step. */
static int says_as_much(const mtm_result *result, const mtm_step *step) {
    const mtm_comparison *previous = &result->comparisons[0], *last_year = &result->comparisons[1];
    switch (step->of) {
    case MTM_LINEAGE_VALUE: return result->has_value && mtmi_decimal_compare(result->value, step->value) == 0;
    case MTM_LINEAGE_PREVIOUS: return previous->has_base && mtmi_decimal_compare(previous->base, step->value) == 0;
    case MTM_LINEAGE_LAST_YEAR: return last_year->has_base && mtmi_decimal_compare(last_year->base, step->value) == 0;
    case MTM_LINEAGE_BREAKDOWN: return shows_row(result, step->row, step->value);
    default: return 0;
    }
}

/* Observations are finer than what is published: only one that stands alone behind a shown number stays. How many there
 * are would tell of persons too. */
static void redact_steps(mtm_result *result) {
    size_t kept = 0, next;
    for (size_t i = 0; i < result->n_steps; i = next) {
        const mtm_step step = mtmi_result_step(result, i);
        for (next = i + 1; next < result->n_steps && result->steps[next].of == result->steps[i].of &&
                           strcmp(mtmi_result_step(result, next).row, step.row) == 0;) {
            next++;
        }
        if (next == i + 1 && says_as_much(result, &step)) {
            result->steps[kept++] = result->steps[i];
        }
    }
    result->n_steps = kept;
}

static void redact_remarks(mtm_result *result) {
    for (size_t i = 0; i < result->n_remarks; i++) {
        mtmi_remark *remark = &result->remarks[i];
        if (remark->kind == MTMI_REMARK_POINT_DAYS) {
            continue; /* of a calendar that is not confidential */
        }
        remark->has_a = remark->has_b = 0;
        remark->a = remark->b = nothing;
        remark->count = 0;
        if (remark->kind != MTMI_REMARK_UNCLASSIFIED) {
            remark->line = 0;
        } else if (remark->text != NULL && remark->text[0] != '\0') { /* a label may be a name: its line says where */
            memcpy(remark->text, "?", remark->text[1] != '\0' ? 2 : 1);
        }
    }
}

void mtmi_disclosure_redact(mtm_results *results, mtmi_masks *masks) {
    for (size_t r = 0; r < results->n; r++) {
        mtm_result *result = &results->results[r];
        mtmi_mask *mask = &masks->of[r];
        for (size_t i = 0; i < result->n_rows; i++) {
            result->rows[i].before = (uint32_t)i;
        }
        if (!mask->controlled) {
            continue;
        }
        if (mask->value) {
            result->value = nothing;
            result->has_value = 0;
            result->reason = MTM_REASON_SUPPRESSED;
            result->status = 'Q';
        }
        if (mask->rounded != NULL && !mtmi_result_is_ratio(result)) {
            mtmi_round_result(result, mask);
        }
        for (int with = 0; with < 2; with++) {
            redact_comparison(&result->comparisons[with], mask->bases[with], mask->value);
        }
        for (int with = 0; with < 2; with++) { /* sums over common members are linked with nothing here */
            memset(&result->likes[with], 0, sizeof result->likes[with]);
        }
        for (int part = 0; part < 3; part++) {
            result->coverings[part].mean = nothing;
        }
        size_t before = mask->n_hidden;
        redact_rows(result, mask);
        masks->n_hidden -= before - mask->n_hidden;
        for (size_t i = 0; i < result->n_points; i++) {
            if (mask->points != NULL && mask->points[i]) {
                result->points[i].value = nothing;
            }
        }
        redact_steps(result);
        redact_remarks(result);
    }
}
