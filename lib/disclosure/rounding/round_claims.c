/* Rounds the numbers of a document instead of withholding some: the results become statements of the truth space, as for
 * suppression, and take the sums of its rounded atoms. */
#include "disclosure/rounding/round.h"
#include "disclosure/rounding/round_claims.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

/* A digest of the figures themselves: nobody outside can draw the start of the search again. */
static void key_of(const mtmi_evidence *evidence, unsigned char key[32]) {
    mtmi_sha256 hash;
    mtmi_sha256_start(&hash);
    for (size_t i = 0; i < evidence->n_observed; i++) {
        const mtmi_observed *observed = &evidence->observed[i];
        const int64_t numbers[] = {observed->units, observed->decimals, observed->period.first, observed->period.last};
        mtmi_sha256_add(&hash, observed->cell, strlen(observed->cell) + 1);
        mtmi_sha256_add(&hash, numbers, sizeof numbers);
    }
    mtmi_sha256_finish(&hash, key);
}

static int new_numbers(const mtm_results *results, mtmi_masks *masks) {
    for (size_t r = 0; r < masks->n; r++) {
        mtmi_mask *mask = &masks->of[r];
        mask->rounded = mask->controlled
                            ? mtmi_memory_new(3 + results->results[r].n_rows + results->results[r].n_points + 1,
                                              sizeof *mask->rounded)
                            : NULL;
        if (mask->controlled && mask->rounded == NULL) {
            return 0;
        }
    }
    return 1;
}

static mtm_decimal *place_of(const mtm_results *results, mtmi_masks *masks, const mtmi_claim *claim) {
    mtm_decimal *numbers = masks->of[claim->result].rounded;
    switch (claim->place) {
    case MTM_LINEAGE_VALUE: return numbers;
    case MTM_LINEAGE_PREVIOUS:
    case MTM_LINEAGE_LAST_YEAR: return numbers + 1 + (claim->place - MTM_LINEAGE_PREVIOUS);
    case MTM_LINEAGE_BREAKDOWN: return numbers + 3 + claim->index;
    default: return numbers + 3 + results->results[claim->result].n_rows + claim->index;
    }
}

/* What the remainder of a cut list is: the total less its rows. */
static void round_remainder(const mtm_results *results, mtmi_masks *masks, const mtmi_claim *claim) {
    const mtm_result *result = &results->results[claim->result];
    mtm_decimal *numbers = masks->of[claim->result].rounded, *rest = &numbers[3 + claim->index];
    *rest = numbers[0];
    for (size_t i = 0; i < result->n_rows; i++) {
        const mtm_row *row = &result->rows[i].row;
        if (row->has_value && i != claim->index && row->kind != MTM_MEMBER_GROUP && row->kind != MTM_MEMBER_TOTAL) {
            rest->units -= numbers[3 + i].units;
        }
    }
}

/* Whether every number has its own: what no observation explains, and a remainder below 0, cannot be rounded. */
static int write_numbers(const mtmi_truth_space *space, const mtm_results *results, const int64_t *sums,
                         mtmi_masks *masks) {
    int64_t one = mtmi_decimal_power(space->decimals);
    for (size_t i = 0; i < space->n_claims; i++) {
        const mtmi_claim *claim = &space->claims[i];
        if (claim->mask != NULL && claim->statement != MTMI_NO_STATEMENT) {
            *place_of(results, masks, claim) = (mtm_decimal){sums[claim->statement] / one, 0, 0};
        }
    }
    for (size_t i = 0; i < space->n_claims; i++) {
        const mtmi_claim *claim = &space->claims[i];
        if (claim->mask != NULL && claim->statement == MTMI_NO_STATEMENT && claim->place == MTM_LINEAGE_BREAKDOWN &&
            results->results[claim->result].rows[claim->index].row.kind == MTM_MEMBER_OTHER) {
            round_remainder(results, masks, claim);
            if (place_of(results, masks, claim)->units < 0) {
                return 0;
            }
        }
    }
    return 1;
}

static int64_t *add_up(const mtmi_system *system, const mtmi_proofs *proofs) {
    int64_t *sums = mtmi_memory_new(system->n_statements + 1, sizeof *sums);
    for (size_t s = 0; sums != NULL && s < system->n_statements; s++) {
        sums[s] = system->statements[s].value;
    }
    for (size_t i = 0; sums != NULL && i < proofs->n_changes; i++) {
        const mtmi_change *change = &proofs->changes[i];
        for (size_t k = system->atom_first[change->atom]; k < system->atom_first[change->atom + 1]; k++) {
            sums[system->atom_terms[k].at] += system->atom_terms[k].sign * change->by;
        }
    }
    return sums;
}

static mtmi_round_order *orders_of(const mtmi_truth_space *space, const mtmi_ledger *ledger) {
    mtmi_round_order *orders = mtmi_memory_new(space->system.n_statements + 1, sizeof *orders);
    for (size_t i = 0; orders != NULL && ledger != NULL && i < space->n_claims; i++) {
        const mtmi_claim *claim = &space->claims[i];
        if (claim->place == MTMI_EVIDENCE_EARLIER && claim->statement != MTMI_NO_STATEMENT &&
            ledger->numbers[claim->index].is_rounded) {
            orders[claim->statement] =
                (mtmi_round_order){1, ledger->numbers[claim->index].printed * mtmi_decimal_power(space->decimals)};
        }
    }
    return orders;
}

mtm_status mtmi_round_claims(const mtmi_truth_space *space, const mtm_results *results, const mtmi_ledger *ledger,
                             mtmi_masks *masks, mtmi_proofs *proofs, int *done, mtm_error *err) {
    int64_t one = mtmi_decimal_power(space->decimals), base = masks->threshold * one, *sums = NULL;
    const int64_t reaches[] = {base + one, 2 * base};
    unsigned char key[32];
    mtm_status status = MTM_OK;
    mtmi_round_order *orders = orders_of(space, ledger);
    *done = 0;
    if (orders == NULL || !new_numbers(results, masks)) {
        MTMI_TRY(mtmi_error_memory(err));
    }
    key_of(space->nodes.evidence, key);
    for (size_t i = 0; i < sizeof reaches / sizeof *reaches && !*done; i++) {
        masks->reach = (int)(reaches[i] / one);
        MTMI_TRY(mtmi_round(&space->system, orders, base, reaches[i], key, proofs, done, err));
    }
    if (*done) {
        sums = add_up(&space->system, proofs);
        MTMI_TRY(sums == NULL ? mtmi_error_memory(err) : MTM_OK);
        *done = write_numbers(space, results, sums, masks);
    }
out:
    mtmi_memory_free(orders);
    mtmi_memory_free(sums);
    return status;
}

/* ---- in the results ---- */

static const mtm_decimal nothing = {0, 0, 0};

static void round_comparison(const mtm_result *result, const mtmi_mask *mask, mtm_comparison *comparison, int with) {
    if (!comparison->has_base) {
        comparison->absolute = comparison->percent = nothing;
        comparison->has_percent = 0;
        return;
    }
    int compared = comparison->has_percent || comparison->reason == MTM_REASON_BASE_ZERO;
    comparison->base = mask->rounded[1 + with];
    comparison->has_percent = 0;
    comparison->absolute = comparison->percent = nothing;
    if (!compared || !result->has_value) {
        return;
    }
    (void)mtmi_decimal_subtract(result->value, comparison->base, &comparison->absolute, NULL);
    comparison->reason = comparison->base.units == 0 ? MTM_REASON_BASE_ZERO : MTM_REASON_NONE;
    if (comparison->base.units > 0) {
        comparison->has_percent =
            mtmi_decimal_percent(comparison->absolute, comparison->base, 1, &comparison->percent, NULL) == MTM_OK;
    }
}

/* Ranks of the rounded numbers, ties alike. */
static void rank_rows(mtm_result *result) {
    for (size_t i = 0; i < result->n_rows; i++) {
        mtm_row *row = &result->rows[i].row;
        int32_t rank = 1;
        for (size_t k = 0; row->rank > 0 && k < result->n_rows; k++) {
            const mtm_row *other = &result->rows[k].row;
            rank += other->rank > 0 && other->value.units > row->value.units;
        }
        row->rank = row->rank > 0 ? rank : 0;
    }
}

static int stands_after(const mtmi_result_row *a, const mtmi_result_row *b) {
    if (a->row.rank == 0 || b->row.rank == 0) {
        return 0;
    }
    return a->row.value.units < b->row.value.units ||
           (a->row.value.units == b->row.value.units && strcmp(a->code, b->code) > 0);
}

/* Those with a rank stand first, in the order of the rounded numbers. */
static void sort_rows(mtm_result *result) {
    for (size_t i = 1; i < result->n_rows; i++) {
        for (size_t k = i; k > 0 && stands_after(&result->rows[k - 1], &result->rows[k]); k--) {
            mtmi_result_row row = result->rows[k];
            result->rows[k] = result->rows[k - 1];
            result->rows[k - 1] = row;
        }
    }
}

void mtmi_round_result(mtm_result *result, const mtmi_mask *mask) {
    if (result->has_value) {
        result->value = mask->rounded[0];
    }
    for (int with = 0; with < 2; with++) {
        round_comparison(result, mask, &result->comparisons[with], with);
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        mtm_row *row = &result->rows[i].row;
        row->value = row->has_value ? mask->rounded[3 + i] : row->value;
        row->has_share = row->has_share && result->has_value && result->value.units > 0 &&
                         mtmi_decimal_percent(row->value, result->value, 1, &row->share, NULL) == MTM_OK;
        row->share = row->has_share ? row->share : nothing;
    }
    for (size_t i = 0; i < result->n_points; i++) {
        result->points[i].value = mask->rounded[3 + result->n_rows + i];
    }
    rank_rows(result);
    sort_rows(result);
}
