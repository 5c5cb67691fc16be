/* Which numbers of confidential results are withheld: the results become statements of a truth space, the space is
 * made safe, and the statements' fate is written into the masks. */
#include "disclosure/money.h"
#include "disclosure/rounding/round_claims.h"
#include "disclosure/proofs.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <mtm/report.h>

#include <string.h>

static int new_masks(const mtm_results *results, mtmi_masks *masks, int off) {
    masks->of = mtmi_memory_new(results->n + 1, sizeof *masks->of);
    if (masks->of == NULL) {
        return 0;
    }
    for (; masks->n < results->n;) {
        const mtm_result *result = &results->results[masks->n];
        mtmi_mask *mask = &masks->of[masks->n++];
        mask->rows = mtmi_memory_new(result->n_rows + 1, 1);
        mask->points = mtmi_memory_new(result->n_points + 1, 1);
        if (mask->rows == NULL || mask->points == NULL) {
            return 0;
        }
        mask->controlled = !off && (result->flags & MTM_FLAG_MICRODATA) != 0;
    }
    return 1;
}

static int is_hidden(const mtmi_truth_space *space, const mtmi_claim *claim) {
    return claim->statement != MTMI_NO_STATEMENT &&
           (space->system.statements[claim->statement].flags & MTMI_STATEMENT_HIDDEN) != 0;
}

/* The remainder of a cut list is printed where its total is. */
static void mask_remainder(const mtm_results *results, mtmi_masks *masks, const mtmi_claim *claim) {
    const mtm_result *result = &results->results[claim->result];
    *claim->mask = !result->has_value || masks->of[claim->result].value;
}

static int mask_claims(const mtmi_truth_space *space, const mtm_results *results, mtmi_masks *masks) {
    int some = 0;
    if (masks->reach > 0) { /* all are printed; per cents of counts are not, since these are no counts any more */
        return 1;
    }
    for (size_t i = 0; i < space->n_claims; i++) {
        const mtmi_claim *claim = &space->claims[i];
        if (claim->mask != NULL && claim->statement != MTMI_NO_STATEMENT) {
            *claim->mask = (unsigned char)is_hidden(space, claim);
            some |= *claim->mask;
        }
    }
    for (size_t i = 0; i < space->n_claims; i++) {
        const mtmi_claim *claim = &space->claims[i];
        int remainder = claim->place == MTM_LINEAGE_BREAKDOWN &&
                        results->results[claim->result].rows[claim->index].row.kind == MTM_MEMBER_OTHER &&
                        results->results[claim->result].rows_are_cut;
        if (claim->mask != NULL && remainder) {
            mask_remainder(results, masks, claim);
        }
    }
    return some;
}

/* Whether the count that a share is of is printed itself. */
static int prints_count(const mtm_results *results, size_t r) {
    const mtm_result *result = &results->results[r];
    for (size_t i = 0; i < results->n; i++) {
        const mtm_result *other = &results->results[i];
        if (i != r && (other->flags & MTM_FLAG_MICRODATA) != 0 && !mtmi_result_is_ratio(other) && other->has_value &&
            result->measure != NULL && other->measure != NULL && strcmp(other->measure, result->measure) == 0 &&
            other->second == NULL && other->group == NULL && result->group == NULL &&
            mtmi_statistic_divides(result->statistic)) {
            return 1;
        }
    }
    return 0;
}

/* Per cents of confidential counts: shown only where nothing is withheld and the count itself is printed. */
static void mask_percents(const mtm_results *results, mtmi_masks *masks, size_t r, int some_hidden) {
    const mtm_result *result = &results->results[r];
    mtmi_mask *mask = &masks->of[r];
    mask->value = result->has_value && (some_hidden || !prints_count(results, r));
    for (int with = 0; with < 2; with++) {
        mask->bases[with] = result->has_comparison[with] && result->comparisons[with].has_base;
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        mask->rows[i] = result->rows[i].row.has_value != 0;
    }
    memset(mask->points, 1, result->n_points);
}

static void count_hidden(const mtm_result *result, mtmi_mask *mask) {
    mask->n_hidden = (size_t)mask->value + mask->bases[0] + mask->bases[1];
    for (size_t i = 0; i < result->n_rows; i++) {
        mask->n_hidden += mask->rows[i];
    }
    for (size_t i = 0; i < result->n_points; i++) {
        mask->n_hidden += mask->points[i];
    }
}

static void write_masks(const mtmi_truth_space *space, const mtm_results *results, mtmi_masks *masks) {
    int some = mask_claims(space, results, masks);
    for (size_t r = 0; r < masks->n; r++) {
        if (masks->of[r].controlled && mtmi_result_is_ratio(&results->results[r])) {
            mask_percents(results, masks, r, some);
        }
        count_hidden(&results->results[r], &masks->of[r]);
        masks->n_hidden += masks->of[r].n_hidden;
    }
}

/* Whether two statements count something in common. */
static int do_meet(const mtmi_system *system, uint32_t a, uint32_t b) {
    const mtmi_statement *one = &system->statements[a];
    for (size_t i = one->first; i < one->first + one->n; i++) {
        uint32_t atom = system->terms[i].at;
        for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
            if (system->atom_terms[k].at == b) {
                return 1;
            }
        }
    }
    return 0;
}

/* The earlier publication that has to do with a statement: that withheld or printed it, else that printed a number which
 * counts something in common, else the last. NULL without a ledger. */
static const mtmi_publication *blame(const mtmi_truth_space *space, const mtmi_ledger *ledger, uint32_t statement) {
    const mtmi_publication *found = NULL;
    for (size_t i = 0; i < space->n_claims && ledger != NULL; i++) {
        const mtmi_claim *claim = &space->claims[i];
        if (claim->place != MTMI_EVIDENCE_EARLIER || claim->statement == MTMI_NO_STATEMENT) {
            continue;
        }
        const mtmi_publication *one = &ledger->publications[ledger->numbers[claim->index].publication];
        if (claim->statement == statement) {
            return one;
        }
        int meets = statement != MTMI_NO_STATEMENT && do_meet(&space->system, statement, claim->statement);
        found = found == NULL || meets ? one : found;
    }
    return found;
}

static mtm_status refuse_target(const mtmi_truth_space *space, const mtm_results *results, const mtmi_ledger *ledger,
                                mtmi_target target, mtm_error *err) {
    const char *id = NULL;
    const mtmi_publication *earlier = blame(space, ledger, target.statement);
    for (size_t i = 0; i < space->n_claims && id == NULL; i++) {
        const mtmi_claim *claim = &space->claims[i];
        id = claim->statement == target.statement && claim->result != MTMI_NO_RESULT
                 ? results->results[claim->result].id
                 : NULL;
    }
    if (earlier != NULL) {
        return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){id, 0, 0},
                              "together with the earlier publication %q (document %s) this one would tell a small "
                              "count; nothing was made: use coarser breakdowns or leave the indicator out",
                              earlier->title, earlier->document);
    }
    return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){id, 0, 0},
                          "a small count cannot be withheld so that nothing tells of it; nothing was made: use coarser "
                          "breakdowns or leave the indicator out");
}

/* A small count that an earlier document printed, with a lower threshold, cannot be withheld any more. */
static mtm_status check_earlier(const mtmi_truth_space *space, const mtm_results *results, const mtmi_ledger *ledger,
                                const mtmi_rules *rules, int64_t one, mtm_error *err) {
    for (size_t i = 0; i < space->n_claims && ledger != NULL; i++) {
        const mtmi_claim *claim = &space->claims[i];
        if (claim->mask == NULL || claim->statement == MTMI_NO_STATEMENT) {
            continue;
        }
        const mtmi_statement *statement = &space->system.statements[claim->statement];
        if ((statement->flags & MTMI_STATEMENT_EARLIER) != 0 && mtmi_statement_is_primary(statement, rules, one)) {
            return refuse_target(space, results, ledger, (mtmi_target){claim->statement, 0}, err);
        }
    }
    return MTM_OK;
}

/* Amounts are judged by who contributed: where nobody says, or something was paid back, they cannot be protected. */
static mtm_status check_amounts(const mtm_results *results, const mtmi_evidence *evidence, const mtmi_masks *masks,
                                mtm_error *err) {
    for (size_t i = 0; i < evidence->n_numbers; i++) {
        const mtmi_evidence_number *number = &evidence->numbers[i];
        for (size_t k = number->first; k < number->first + number->n; k++) {
            const mtmi_observed *observed = &evidence->observed[evidence->terms[k].observed];
            int unsaid = observed->units != 0 && observed->by.contributors < 0;
            if (masks->of[number->result].controlled && observed->controlled && observed->amount &&
                (unsaid || observed->units < 0)) {
                return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0,
                                      (mtmi_place){results->results[number->result].id, 0, 0},
                                      unsaid ? "found confidential amounts and not how many contributed, expected "
                                               "columns with the roles contributors, largest and second-largest: a "
                                               "threshold does not see one large contributor"
                                             : "found a confidential amount below 0, expected amounts that were "
                                               "contributed: what was paid back cannot be protected");
            }
        }
    }
    return MTM_OK;
}

/* Answers of surveys are withheld whatever is done with counts, and add up with nothing else. */
static int is_answer(const mtmi_observed *observed) {
    return strncmp(observed->family, "survey;", 7) == 0;
}

/* Documents of one ledger are protected in one way: what was rounded says nothing of what was withheld. */
static mtm_status check_method(const mtmi_evidence *evidence, const mtmi_ledger *ledger, const mtmi_masks *masks,
                               mtm_error *err) {
    const int is_rounding = masks->rules.method == MTM_METHOD_ROUNDING;
    if (evidence->n_terms > 0 && is_answer(&evidence->observed[evidence->terms[0].observed])) {
        return MTM_OK;
    }
    for (size_t i = 0; ledger != NULL && i < ledger->n_numbers; i++) {
        const mtmi_earlier *earlier = &ledger->numbers[i];
        const mtmi_publication *publication = &ledger->publications[earlier->publication];
        if (!earlier->open && !is_answer(&ledger->observed[ledger->terms[earlier->first].observed]) &&
            (earlier->is_rounded != 0) != is_rounding) {
            return mtmi_error_set(
                err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){ledger->path, 0, 0},
                "found the earlier publication %q (document %s) protected by %s, expected the method of "
                "this one: give all documents of a ledger the same method",
                publication->title, publication->document, earlier->is_rounded ? "rounding" : "suppression");
        }
        if (earlier->is_rounded && publication->threshold != masks->threshold) {
            return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){ledger->path, 0, 0},
                                  "found the earlier publication %q rounded to multiples of %d, expected %d: give all "
                                  "documents of a ledger the same threshold",
                                  publication->title, publication->threshold, masks->threshold);
        }
    }
    return MTM_OK;
}

/* Rows of which nobody said what they count. */
static int is_unsaid(const mtmi_observed *observed) {
    return strncmp(observed->family, "microdata|", 10) == 0;
}

/* Figures of which nobody said what they count may be of the rows that earlier documents counted under a name: then nothing links
 * them, and one tells of the other. */
static mtm_status check_measures(const mtm_results *results, const mtmi_evidence *evidence, const mtmi_ledger *ledger,
                                 mtm_error *err) {
    const mtmi_earlier *known[2] = {NULL, NULL}; /* one with a concept, one without */
    for (size_t i = 0; ledger != NULL && i < ledger->n_numbers; i++) {
        const mtmi_observed *observed = &ledger->observed[ledger->terms[ledger->numbers[i].first].observed];
        if (!ledger->numbers[i].open && !is_answer(observed)) {
            known[is_unsaid(observed)] = &ledger->numbers[i];
        }
    }
    for (size_t i = 0; ledger != NULL && i < evidence->n_numbers; i++) {
        const mtmi_evidence_number *number = &evidence->numbers[i];
        const mtmi_observed *own = number->n > 0 ? &evidence->observed[evidence->terms[number->first].observed] : NULL;
        if (own != NULL && own->controlled && own->selected) {
            return mtmi_error_set(
                err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){results->results[number->result].id, 0, 0},
                "found counts of rows that a filter chose by a dimension that the table does not have: "
                "nothing links them with other publications of a ledger; put the dimension of the "
                "filter among those of the table (--by)");
        }
        const mtmi_earlier *earlier = own != NULL && own->controlled && !is_answer(own) ? known[!is_unsaid(own)] : NULL;
        if (earlier != NULL) {
            const mtmi_publication *publication = &ledger->publications[earlier->publication];
            return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){results->results[number->result].id, 0, 0},
                                  "found figures %s a concept beside the earlier publication %q (document %s), whose "
                                  "figures have %s: they may count the same rows; say the concept and unit of all "
                                  "(--resource), or give each its own ledger",
                                  is_unsaid(own) ? "without" : "with", publication->title, publication->document,
                                  is_unsaid(own) ? "one" : "none");
        }
    }
    return MTM_OK;
}

/* Where an observation stands in the data, whatever its figure. */
static int name_place(const mtmi_observed *observed, mtmi_buffer *out) {
    mtmi_buffer_clear(out);
    mtmi_buffer_format(out, "%s;%d;%d;%d;%d;%s", observed->family, (int)observed->period.first,
                       (int)observed->period.last, (int)observed->release.first, (int)observed->release.last,
                       observed->cell);
    return !out->failed;
}

static mtm_status refuse_change(const mtmi_ledger *ledger, const mtmi_earlier *earlier, const mtmi_observed *observed,
                                mtm_error *err) {
    const mtmi_publication *publication = &ledger->publications[earlier->publication];
    return mtmi_error_set(
        err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){ledger->path, 0, 0},
        "found another figure than in the earlier publication %q (document %s) for the same members and "
        "days (%s), of no later release: other rows are counted, and the difference would tell of them; "
        "count the same rows (no other filter or file), or say the releaseDate of new data",
        publication->title, publication->document, observed->cell[0] != '\0' ? observed->cell : "all");
}

/* The places of what the document at hand counts. own: by place, an observation. 0 when memory ran out. */
static int note_places(const mtmi_evidence *evidence, mtmi_map *places, uint32_t *own, mtmi_buffer *name) {
    for (size_t i = 0; i < evidence->n_terms; i++) {
        const mtmi_observed *observed = &evidence->observed[evidence->terms[i].observed];
        if (!observed->controlled || is_answer(observed)) {
            continue;
        }
        const uint32_t at = name_place(observed, name) ? mtmi_map_add(places, name->data, name->size) : MTMI_MAP_NONE;
        if (at == MTMI_MAP_NONE) {
            return 0;
        }
        own[at] = evidence->terms[i].observed;
    }
    return 1;
}

/* The first observation of an earlier number that stands where one of the document at hand does, with another figure; NULL for none. */
static const mtmi_observed *find_change(const mtmi_evidence *evidence, const mtmi_ledger *ledger,
                                        const mtmi_earlier *earlier, const mtmi_map *places, const uint32_t *own,
                                        mtmi_buffer *name) {
    for (size_t t = earlier->first; t < earlier->first + earlier->n && !earlier->open; t++) {
        const mtmi_observed *other = &ledger->observed[ledger->terms[t].observed];
        const uint32_t at = name_place(other, name) ? mtmi_map_find(places, name->data, name->size) : MTMI_MAP_NONE;
        const mtmi_observed *mine = at != MTMI_MAP_NONE ? &evidence->observed[own[at]] : other;
        if (mtmi_decimal_compare((mtm_decimal){mine->units, mine->decimals, 0},
                                 (mtm_decimal){other->units, other->decimals, 0}) != 0) {
            return mine;
        }
    }
    return NULL;
}

/* A figure that an earlier document had otherwise, of no other release, counts other rows: nothing links the two, and one less the
 * other tells of the rest. */
static mtm_status check_changes(const mtmi_evidence *evidence, const mtmi_ledger *ledger, mtm_error *err) {
    mtmi_map places = MTMI_MAP_INIT;
    mtmi_buffer name = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    if (ledger == NULL || ledger->n_numbers == 0) {
        return MTM_OK;
    }
    uint32_t *own = mtmi_memory_new(evidence->n_terms + 1, sizeof *own);
    MTMI_TRY(own == NULL || !note_places(evidence, &places, own, &name) ? mtmi_error_memory(err) : MTM_OK);
    for (size_t k = 0; places.n > 0 && k < ledger->n_numbers; k++) {
        const mtmi_observed *changed = find_change(evidence, ledger, &ledger->numbers[k], &places, own, &name);
        MTMI_TRY(changed != NULL ? refuse_change(ledger, &ledger->numbers[k], changed, err) : MTM_OK);
    }
    status = name.failed ? mtmi_error_memory(err) : MTM_OK;
out:
    mtmi_map_free(&places);
    mtmi_buffer_free(&name);
    mtmi_memory_free(own);
    return status;
}

/* What cannot be rounded to multiples of a threshold of persons: money, and rows that stand for several. */
static int counts_only(const mtmi_evidence *evidence) {
    for (size_t i = 0; i < evidence->n_observed; i++) {
        const mtmi_observed *observed = &evidence->observed[i];
        if (observed->controlled && (observed->amount || observed->by.contributors > 0)) {
            return 0;
        }
    }
    return 1;
}

/* *done: 0 where numbers are withheld instead, which a ledger of rounded documents does not allow. */
static mtm_status round_all(const mtmi_truth_space *space, const mtm_results *results, const mtmi_ledger *ledger,
                            mtmi_masks *masks, mtmi_proofs *proofs, int *done, mtm_error *err) {
    mtm_status status = MTM_OK;
    *done = 0;
    if (counts_only(space->nodes.evidence) && !space->has_alone) {
        status = mtmi_round_claims(space, results, ledger, masks, proofs, done, err);
    }
    if (status != MTM_OK || *done) {
        return status;
    }
    for (size_t i = 0; ledger != NULL && i < ledger->n_numbers; i++) {
        if (ledger->numbers[i].is_rounded) {
            const mtmi_publication *earlier = &ledger->publications[ledger->numbers[i].publication];
            return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){earlier->title, 0, 0},
                                  "no rounded numbers were found that add up together with the earlier publication %q "
                                  "(document %s); nothing was made: use coarser breakdowns or leave indicators out",
                                  earlier->title, earlier->document);
        }
    }
    for (size_t r = 0; r < masks->n; r++) {
        mtmi_memory_free(masks->of[r].rounded);
        masks->of[r].rounded = NULL;
    }
    mtmi_proofs_clear(proofs);
    masks->rules.method = MTM_METHOD_SUPPRESSION;
    masks->reach = 0;
    masks->not_added = 1;
    return MTM_OK;
}

static mtm_status protect(const mtm_results *results, const mtmi_evidence *evidence, const mtmi_ledger *ledger,
                          mtmi_masks *masks, mtmi_certificate *certificate, mtm_error *err) {
    mtmi_truth_space space = {0};
    mtmi_proofs proofs = {0};
    mtm_status status = MTM_OK;
    MTMI_TRY(check_amounts(results, evidence, masks, err));
    MTMI_TRY(mtmi_truth_space_build(&space, results, evidence, ledger, masks, err));
    int64_t one = mtmi_decimal_power(space.decimals);
    MTMI_TRY(check_method(evidence, ledger, masks, err));
    MTMI_TRY(check_measures(results, evidence, ledger, err));
    MTMI_TRY(check_changes(evidence, ledger, err));
    if (masks->rules.method == MTM_METHOD_ROUNDING) {
        int done = 0;
        MTMI_TRY(round_all(&space, results, ledger, masks, &proofs, &done, err));
        if (done) {
            write_masks(&space, results, masks);
            MTMI_TRY(mtmi_certificate_write(certificate, &space, &proofs, err));
            goto out;
        }
        mtmi_truth_space_clear(&space); /* remainders of cut lists are other numbers where rows are withheld */
        MTMI_TRY(mtmi_truth_space_build(&space, results, evidence, ledger, masks, err));
    }
    MTMI_TRY(check_earlier(&space, results, ledger, &masks->rules, one, err));
    MTMI_TRY(mtmi_suppress(&space.system, &masks->rules, one, &proofs, err));
    if (proofs.n_failed > 0) {
        status = refuse_target(&space, results, ledger, proofs.failed, err);
        goto out;
    }
    write_masks(&space, results, masks);
    MTMI_TRY(mtmi_certificate_write(certificate, &space, &proofs, err));
out:
    mtmi_proofs_clear(&proofs);
    mtmi_truth_space_clear(&space);
    return status;
}

mtm_status mtmi_disclosure_protect(const mtm_results *results, const mtmi_evidence *evidence, const mtmi_ledger *ledger,
                                   const mtmi_rules *rules, mtmi_masks **out, mtmi_certificate *certificate,
                                   mtm_error *err) {
    static const mtmi_evidence nothing;
    mtmi_masks *masks = mtmi_memory_new(1, sizeof *masks);
    int off = rules->threshold == MTMI_THRESHOLD_OFF, some = 0;
    mtm_status status = MTM_OK;
    *out = NULL;
    if (masks == NULL || !new_masks(results, masks, off)) {
        mtmi_masks_free(masks);
        return mtmi_error_memory(err);
    }
    for (size_t r = 0; r < masks->n; r++) {
        some |= masks->of[r].controlled;
    }
    masks->rules = *rules;
    masks->threshold = off ? MTMI_THRESHOLD_OFF : some ? rules->threshold : 0;
    if (some) {
        status = protect(results, evidence != NULL ? evidence : &nothing, ledger, masks, certificate, err);
    }
    if (status != MTM_OK) {
        mtmi_masks_free(masks);
        return status;
    }
    *out = masks;
    return MTM_OK;
}
