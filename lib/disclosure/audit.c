/* Reads the results as they will be printed and the protector's tables, and adds up: each table must agree with every
 * number that is printed and with what the data says of itself, hold nothing below 0, and give the number that it is
 * about the value that it is there for. A withheld number without its tables is refused, and so is a small one that is
 * printed. */
#include "disclosure/audit.h"
#include "disclosure/audit_state.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"

#include <string.h>

/* Whether a published number reveals a withheld one directly. */
static int is_told_beside(const mtm_result *result, const mtmi_mask *mask) {
    int some = 0;
    if ((mask->value && result->has_value)) {
        return 1;
    }
    for (int with = 0; with < 2; with++) {
        const mtm_comparison *comparison = &result->comparisons[with];
        if ((mask->bases[with] && comparison->has_base) ||
            ((mask->bases[with] || mask->value) && (comparison->has_percent || comparison->absolute.units != 0))) {
            return 1;
        }
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        const mtm_row *row = &result->rows[i].row;
        some |= mask->rows[i];
        if ((mask->rows[i] && row->has_value) || ((mask->rows[i] || mask->value) && row->has_share)) {
            return 1;
        }
    }
    for (size_t i = 0; some && i < result->n_rows; i++) {
        if (result->rows[i].row.rank != 0) {
            return 1;
        }
    }
    return 0;
}

static int is_shown(const mtm_result *result, mtm_decimal value) {
    int shown = result->has_value && mtmi_decimal_compare(result->value, value) == 0;
    for (int with = 0; with < 2; with++) {
        shown |= result->comparisons[with].has_base && mtmi_decimal_compare(result->comparisons[with].base, value) == 0;
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        shown |= result->rows[i].row.has_value && mtmi_decimal_compare(result->rows[i].row.value, value) == 0;
    }
    return shown;
}

/* The lineage and the remarks of confidential figures. */
static int is_told_aside(const mtm_result *result) {
    for (size_t i = 0; i < result->n_steps; i++) {
        if (!is_shown(result, mtmi_result_step(result, i).value)) {
            return 1;
        }
    }
    for (size_t i = 0; i < result->n_remarks; i++) {
        if (result->remarks[i].kind == MTMI_REMARK_POINT_DAYS) {
            continue; /* of a calendar that is not confidential */
        }
        if (result->remarks[i].has_a || result->remarks[i].has_b || result->remarks[i].count != 0) {
            return 1;
        }
    }
    return 0;
}

static int is_told_by_percents(const mtm_result *result, const mtmi_mask *mask, size_t n_hidden) {
    int shown = result->n_points > 0 && !mask->points[0];
    for (size_t i = 0; i < result->n_rows; i++) {
        shown |= result->rows[i].row.has_value;
    }
    for (int with = 0; with < 2; with++) {
        shown |= result->has_comparison[with] && result->comparisons[with].has_base;
    }
    return shown || (result->has_value && n_hidden > 0);
}

static mtm_status check_print(const mtm_results *results, const mtmi_masks *masks, mtm_error *err) {
    for (size_t r = 0; r < results->n; r++) {
        const mtm_result *result = &results->results[r];
        if (!(result->flags & MTM_FLAG_MICRODATA)) {
            continue;
        }
        if (is_told_beside(result, &masks->of[r]) || is_told_aside(result) ||
            (mtmi_result_is_ratio(result) && is_told_by_percents(result, &masks->of[r], masks->n_hidden))) {
            return mtmi_audit_refuse(results, r, "what is printed beside a withheld number tells of it", err);
        }
    }
    return MTM_OK;
}

/* ---- the numbers in print ---- */

typedef mtmi_printed printed;
typedef mtmi_auditing auditing;

static void clear_auditing(auditing *a) {
    mtmi_audit_data_clear(&a->data);
    mtmi_memory_free(a->number_first);
    mtmi_memory_free(a->number_of);
    mtmi_memory_free(a->shift);
    mtmi_memory_free(a->group_shift);
    mtmi_memory_free(a->number_shift);
}

static int64_t in_units(const auditing *a, mtm_decimal value) {
    return (int64_t)mtmi_decimal_rescale(value.units, value.decimals, a->data.decimals);
}

static int by_number(const void *context, const void *left, const void *right) {
    const printed *a = left, *b = right;
    (void)context;
    if (a->result != b->result) {
        return a->result < b->result ? -1 : 1;
    }
    if (a->place != b->place) {
        return a->place - b->place;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static mtm_status read_numbers(auditing *a, mtm_error *err) {
    size_t n_observed = a->evidence->n_observed;
    MTMI_CHECK_STATUS(mtmi_print_read(a->print, a->results, a->masks, a->evidence, a->ledger, &a->data, err));
    a->numbers = a->print->numbers;
    a->n = a->print->n;
    a->number_first = mtmi_memory_new(n_observed + 2, sizeof *a->number_first);
    a->number_of = mtmi_memory_new(a->print->n_terms + 1, sizeof *a->number_of);
    a->shift = mtmi_memory_new(n_observed + 1, sizeof *a->shift);
    a->group_shift = mtmi_memory_new(a->data.n_groups + 1, sizeof *a->group_shift);
    a->number_shift = mtmi_memory_new(a->n + 1, sizeof *a->number_shift);
    int whole = a->number_first != NULL && a->number_of != NULL && a->shift != NULL && a->group_shift != NULL &&
                a->number_shift != NULL && mtmi_sort(a->numbers, a->n, sizeof *a->numbers, by_number, NULL);
    return whole ? MTM_OK : mtmi_error_memory(err);
}

static void index_numbers(auditing *a) {
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < a->n; i++) {
            for (size_t k = a->numbers[i].first; k < a->numbers[i].first + a->numbers[i].n; k++) {
                const mtmi_evidence_term *term = &a->print->terms[k];
                if (turn == 0) {
                    a->number_first[term->observed + 1]++;
                } else {
                    a->number_of[a->number_first[term->observed]++] = (mtmi_evidence_term){i, term->sign};
                }
            }
        }
        for (size_t i = 0; turn == 0 && i < a->evidence->n_observed; i++) {
            a->number_first[i + 1] += a->number_first[i];
        }
    }
    memmove(a->number_first + 1, a->number_first, a->evidence->n_observed * sizeof *a->number_first);
    a->number_first[0] = 0;
}

static int is_loose(const auditing *a, const printed *number) {
    if (!number->nameless) {
        return 0;
    }
    for (size_t i = number->first; i < number->first + number->n; i++) {
        if (!a->evidence->observed[a->print->terms[i].observed].loose) {
            return 0;
        }
    }
    return 1;
}

/* Whether a result that is not confidential prints the same. */
static int is_public(const auditing *a, const printed *number) {
    const mtmi_observed *mine = &a->evidence->observed[a->print->terms[number->first].observed];
    for (size_t i = 0; i < a->n; i++) {
        const printed *other = &a->numbers[i];
        const mtmi_observed *theirs =
            other->n > 0 ? &a->evidence->observed[a->print->terms[other->first].observed] : NULL;
        if (!other->controlled && theirs != NULL && other->value == number->value &&
            strcmp(mine->cell, theirs->cell) == 0 && strcmp(mine->family, theirs->family) == 0) {
            return 1;
        }
    }
    return 0;
}

static mtm_status check_small(const auditing *a, mtm_error *err) {
    for (size_t i = 0; i < a->n; i++) {
        const printed *number = &a->numbers[i];
        int few = number->contributors > 0 && number->contributors < a->masks->threshold;
        int small = number->amount ? mtmi_printed_margin(number, &a->masks->rules) > 0
                                   : number->value > 0 && (few || number->value < a->threshold);
        if (number->controlled && number->place != MTMI_EVIDENCE_EARLIER && !number->hidden && number->is_count &&
            small && !is_loose(a, number) && !is_public(a, number)) {
            return mtmi_audit_refuse(a->results, number->result,
                                     number->amount ? "an amount is printed that tells of one contributor"
                                                    : "a small count is printed",
                                     err);
        }
    }
    return MTM_OK;
}

/* The remainder of a list that is cut is what its total leaves, and nothing else. */
static mtm_status check_remainders(const auditing *a, mtm_error *err) {
    for (size_t r = 0; r < a->results->n; r++) {
        const mtm_result *result = &a->results->results[r];
        mtmi_wide rest = in_units(a, result->value);
        int remainder = -1;
        for (size_t i = 0; i < result->n_rows; i++) {
            const mtmi_result_row *row = &result->rows[i];
            if (row->row.kind == MTM_MEMBER_OTHER && row->row.has_value) {
                remainder = (int)i;
            } else if (row->row.kind != MTM_MEMBER_GROUP && row->row.kind != MTM_MEMBER_TOTAL) {
                rest -= row->row.has_value ? in_units(a, row->row.value) : 0;
            }
        }
        int is_cut = a->masks->of[r].controlled && result->rows_are_cut && remainder >= 0;
        if (is_cut && (!result->has_value || rest != in_units(a, result->rows[remainder].row.value))) {
            return mtmi_audit_refuse(a->results, (size_t)r, "a remainder tells more than the total", err);
        }
    }
    return MTM_OK;
}

/* ---- tables ---- */

static int keeps_number(const auditing *a, uint32_t at, const mtmi_exhibit *exhibit) {
    const printed *number = &a->numbers[at];
    if (a->number_shift[at] == 0) {
        return 1;
    }
    int64_t now = number->truth + a->number_shift[at];
    int target =
        number->result == exhibit->result && number->place == exhibit->place && number->index == exhibit->index;
    int64_t least = exhibit->side != MTMI_EXHIBIT_LOW && number->named && number->persons && !target ? a->one : 0;
    return number->hidden && (!number->is_count || now >= least);
}

static int is_consistent(const auditing *a, const mtmi_exhibit *exhibit) {
    for (size_t i = exhibit->first; i < exhibit->first + exhibit->n; i++) {
        uint32_t observed = a->certificate->shifts[i].observed;
        if ((!a->data.signs[observed] && a->data.values[observed] + a->shift[observed] < 0) ||
            a->shift[a->data.same[observed]] != a->shift[observed]) {
            return 0;
        }
        for (size_t k = a->data.group_first[observed]; k < a->data.group_first[observed + 1]; k++) {
            if (!mtmi_audit_keeps_group(a, a->data.group_of[k])) {
                return 0;
            }
        }
        for (size_t k = a->number_first[observed]; k < a->number_first[observed + 1]; k++) {
            if (!keeps_number(a, a->number_of[k].observed, exhibit)) {
                return 0;
            }
        }
    }
    return 1;
}

static printed *find_number(const auditing *a, const mtmi_exhibit *exhibit) {
    const printed key = {.result = exhibit->result, .place = exhibit->place, .index = exhibit->index};
    size_t low = 0, high = a->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (by_number(NULL, &a->numbers[middle], &key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < a->n && by_number(NULL, &a->numbers[low], &key) == 0 ? &a->numbers[low] : NULL;
}

static int64_t threshold_of(const auditing *a, const printed *number) {
    return number->threshold < a->threshold ? number->threshold : a->threshold;
}

static int is_of_family(const auditing *a, uint32_t observed, uint32_t other) {
    return strcmp(a->evidence->observed[observed].family, a->evidence->observed[other].family) == 0;
}

/* How many named rows may lie in a number: those of the observations that some table has where the number's own lie. */
static int64_t rows_inside(const auditing *a, const printed *number) {
    int64_t rows = 0;
    for (size_t i = number->first; i < number->first + number->n; i++) {
        uint32_t own = a->print->terms[i].observed;
        for (size_t k = a->data.group_first[own]; k < a->data.group_first[own + 1]; k++) {
            uint32_t place = a->data.groups[a->data.group_of[k]].place;
            const mtmi_audit_group *first = &a->data.groups[a->data.place_first[place]];
            for (const mtmi_audit_group *g = first; g < a->data.groups + a->data.place_first[place + 1]; g++) {
                for (size_t m = g->first; m < g->first + g->n && is_of_family(a, a->data.members[m], own); m++) {
                    rows += (int64_t)(a->number_first[a->data.members[m] + 1] - a->number_first[a->data.members[m]]);
                }
            }
        }
    }
    return rows;
}

static int is_reached(const auditing *a, const printed *number, int side, int64_t now) {
    int64_t least = number->named && number->persons ? a->one : 0;
    if (number->amount) {
        return mtmi_printed_reaches(number, &a->masks->rules, side == MTMI_EXHIBIT_HIGH, now);
    }
    switch (side) {
    case MTMI_EXHIBIT_LOW: return now <= 0;
    case MTMI_EXHIBIT_LEAST: return now <= a->one * (int64_t)number->n || now <= a->one * rows_inside(a, number);
    default: return now >= threshold_of(a, number) + least;
    }
}

static void note_reached(const auditing *a, printed *number, int side) {
    int64_t now = number->truth + a->number_shift[number - a->numbers];
    number->lowest = now < number->lowest ? now : number->lowest;
    number->highest = now > number->highest ? now : number->highest;
    number->proved |= is_reached(a, number, side, now) ? 1u << side : 0;
}

/* A count that is not small, of which earlier documents print a part, cannot be 0 any more. */
static int is_wide(const auditing *a, const printed *number) {
    int64_t threshold = threshold_of(a, number);
    return !number->amount && a->ledger != NULL && a->ledger->n_publications > 0 && number->truth >= threshold &&
           number->highest - number->lowest >= threshold;
}

static mtm_status check_exhibits(auditing *a, mtm_error *err) {
    for (size_t i = 0; i < a->certificate->n_exhibits; i++) {
        const mtmi_exhibit *exhibit = &a->certificate->exhibits[i];
        printed *number = find_number(a, exhibit);
        mtmi_audit_shift(a, exhibit, 1);
        int holds = is_consistent(a, exhibit);
        if (holds && number != NULL) {
            note_reached(a, number, exhibit->side);
        }
        mtmi_audit_shift(a, exhibit, 0);
        if (!holds) {
            return mtmi_audit_refuse(a->results, exhibit->result,
                                     "a withheld number could be told more closely than the threshold allows", err);
        }
    }
    return MTM_OK;
}

static int by_terms(const void *context, const void *left, const void *right) {
    const auditing *a = context;
    const printed *one = &a->numbers[*(const uint32_t *)left], *other = &a->numbers[*(const uint32_t *)right];
    if (one->n != other->n) {
        return one->n < other->n ? -1 : 1;
    }
    for (size_t i = 0; i < one->n; i++) {
        const mtmi_evidence_term *x = &a->print->terms[one->first + i], *y = &a->print->terms[other->first + i];
        if (x->observed != y->observed || x->sign != y->sign) {
            return x->observed != y->observed ? (x->observed < y->observed ? -1 : 1) : x->sign - y->sign;
        }
    }
    return 0;
}

/* Whether every number in print stands, counting the same, in the ledger as well: then a reader learns nothing, and what
 * was proved stays proved. */
static mtm_status find_news(const auditing *a, int *news, mtm_error *err) {
    uint32_t *order = mtmi_memory_new(a->n + 1, sizeof *order);
    int earlier = 0, own = 0;
    for (uint32_t i = 0; order != NULL && i < a->n; i++) {
        order[i] = i;
    }
    if (order == NULL || !mtmi_sort(order, a->n, sizeof *order, by_terms, a)) {
        mtmi_memory_free(order);
        return mtmi_error_memory(err);
    }
    *news = a->ledger == NULL || a->ledger->n_publications == 0;
    for (size_t i = 0; i < a->n && !*news; i++) {
        const printed *number = &a->numbers[order[i]];
        int is_earlier = number->place == MTMI_EVIDENCE_EARLIER;
        if (i > 0 && by_terms(a, &order[i - 1], &order[i]) != 0) {
            *news = own && !earlier;
            earlier = own = 0;
        }
        earlier |= is_earlier && !number->hidden;
        own |= !is_earlier && !number->hidden && number->controlled && number->n > 0;
        *news |= is_earlier && number->threshold < a->threshold;
    }
    *news |= own && !earlier;
    mtmi_memory_free(order);
    return MTM_OK;
}

static mtm_status check_proved(const auditing *a, mtm_error *err) {
    int news = 1;
    MTMI_CHECK_STATUS(find_news(a, &news, err));
    for (size_t i = 0; i < a->n && news; i++) {
        const printed *number = &a->numbers[i];
        unsigned needed = 1u << MTMI_EXHIBIT_LOW | 1u << MTMI_EXHIBIT_HIGH;
        needed |= number->named && number->persons ? 1u << MTMI_EXHIBIT_LEAST : 0;
        if (number->amount && mtmi_printed_margin(number, &a->masks->rules) == 0) {
            continue; /* withheld for the sake of another */
        }
        if (number->controlled && number->hidden && number->is_count && (number->proved & needed) != needed &&
            !is_wide(a, number)) {
            const int later = a->ledger != NULL && a->ledger->n_publications > 0;
            return mtmi_audit_refuse(
                a->results, number->result,
                later ? "a withheld number could be told more closely than the threshold allows, together "
                        "with an earlier publication"
                      : "a withheld number could be told more closely than the threshold allows",
                err);
        }
    }
    return MTM_OK;
}

mtm_status mtmi_audit_run(const mtm_results *published, const mtmi_masks *masks, const mtmi_evidence *evidence,
                          const mtmi_ledger *ledger, const mtmi_certificate *certificate, mtmi_print *print,
                          mtm_error *err) {
    auditing a = {.results = published,
                  .masks = masks,
                  .evidence = evidence,
                  .certificate = certificate,
                  .ledger = ledger,
                  .print = print};
    mtm_status status = MTM_OK;
    if (masks->threshold <= 0) {
        return MTM_OK;
    }
    MTMI_TRY(check_print(published, masks, err));
    if (evidence == NULL) {
        goto out;
    }
    MTMI_TRY(mtmi_audit_data_read(&a.data, evidence, err));
    a.one = mtmi_decimal_power(a.data.decimals);
    a.threshold = masks->threshold * a.one;
    MTMI_TRY(read_numbers(&a, err));
    index_numbers(&a);
    for (size_t i = 0; i < a.n; i++) {
        a.numbers[i].lowest = a.numbers[i].highest = a.numbers[i].truth;
    }
    if (masks->reach > 0) {
        MTMI_TRY(check_remainders(&a, err));
        MTMI_TRY(mtmi_audit_rounded(&a, err));
        goto out;
    }
    MTMI_TRY(check_small(&a, err));
    MTMI_TRY(check_remainders(&a, err));
    MTMI_TRY(check_exhibits(&a, err));
    MTMI_TRY(check_proved(&a, err));
out:
    clear_auditing(&a);
    return status;
}
