/* Reads the results as they will be printed and the protector's tables, and adds up: each table must agree with every
 * number that is printed and with what the data says of itself, hold nothing below 0, and give the number that it is
 * about the value that it is there for. A withheld number without its tables is refused, and so is a small one that is
 * printed. */
#include "disclosure/audit.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "disclosure/audit_data.h"

#include <string.h>

static mtm_status refuse_result(const mtm_results *results, size_t r, const char *what, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){results->results[r].id, 0, 0},
                          "%s; nothing was made: use coarser breakdowns or leave the indicator out", what);
}

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
        if (!is_shown(result, result->steps[i].step.value)) {
            return 1;
        }
    }
    for (size_t i = 0; i < result->n_remarks; i++) {
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
            (mtmi_result_is_percent(result) && is_told_by_percents(result, &masks->of[r], masks->n_hidden))) {
            return refuse_result(results, r, "what is printed beside a withheld number tells of it", err);
        }
    }
    return MTM_OK;
}

/* ---- the numbers in print ---- */

/* A number: what it prints, or that it is withheld. */
typedef struct printed {
    size_t first, n; /* its observations, into the evidence's terms */
    uint32_t result, index;
    int place;
    unsigned char controlled, hidden, named, persons, is_count;
    int64_t value; /* where it is not withheld */
    int64_t truth;
    unsigned proved; /* sides, one a bit */
} printed;

typedef struct auditing {
    const mtm_results *results;
    const mtmi_masks *masks;
    const mtmi_evidence *evidence;
    const mtmi_certificate *certificate;
    mtmi_audit_data data;
    printed *numbers;
    size_t n;
    size_t *number_first; /* by observation, into number_of */
    mtmi_evidence_term *number_of;
    int64_t *shift; /* by observation, group and number: what the table at hand changes */
    int64_t *group_shift, *number_shift;
    int64_t threshold, one;
} auditing;

static void clear_auditing(auditing *a) {
    mtmi_audit_data_clear(&a->data);
    mtmi_memory_free(a->numbers);
    mtmi_memory_free(a->number_first);
    mtmi_memory_free(a->number_of);
    mtmi_memory_free(a->shift);
    mtmi_memory_free(a->group_shift);
    mtmi_memory_free(a->number_shift);
}

static int64_t in_units(const auditing *a, mtm_decimal value) {
    return (int64_t)mtmi_decimal_rescale(value.units, value.decimals, a->data.decimals);
}

/* Where a number of the evidence stands in the results as printed; 0 where it does not any more. Rows were moved: they
 * are found by their codes in the order of the evidence, which is that of the results before. */
static int read_printed(auditing *a, const mtmi_evidence_number *number, printed *out) {
    const mtm_result *result = &a->results->results[number->result];
    const mtmi_mask *mask = &a->masks->of[number->result];
    mtm_decimal value = {0, 0, 0};
    int has = 0;
    switch (number->place) {
    case MTM_LINEAGE_VALUE:
        out->hidden = mask->value;
        has = result->has_value;
        value = result->value;
        break;
    case MTM_LINEAGE_PREVIOUS:
    case MTM_LINEAGE_LAST_YEAR: {
        int with = number->place - MTM_LINEAGE_PREVIOUS;
        out->hidden = mask->bases[with];
        has = result->comparisons[with].has_base;
        value = result->comparisons[with].base;
        break;
    }
    case MTM_LINEAGE_BREAKDOWN:
        for (size_t i = 0; i < result->n_rows; i++) {
            if (result->rows[i].before == number->index) {
                if (result->rows[i].row.kind == MTM_MEMBER_OTHER) {
                    return 0; /* checked with its list */
                }
                out->hidden = mask->rows[i];
                out->named = result->rows[i].row.kind == MTM_MEMBER_CODE;
                has = result->rows[i].row.has_value;
                value = result->rows[i].row.value;
                break;
            }
            if (i + 1 == result->n_rows) {
                return 0; /* no longer in the list */
            }
        }
        break;
    default:
        out->hidden = number->index < result->n_points && mask->points[number->index];
        has = number->index < result->n_points && !out->hidden;
        value = has ? result->points[number->index].value : value;
    }
    out->value = has ? in_units(a, value) : 0;
    return has || out->hidden;
}

static void read_number(auditing *a, const mtmi_evidence_number *number) {
    const mtm_result *result = &a->results->results[number->result];
    printed one = {.first = number->first,
                   .n = number->n,
                   .result = number->result,
                   .index = number->index,
                   .place = number->place};
    if (mtmi_result_is_percent(result) || !read_printed(a, number, &one)) {
        return;
    }
    one.controlled = (unsigned char)a->masks->of[number->result].controlled;
    one.is_count = result->statistic != MTMI_STATISTIC_NET;
    for (size_t i = number->first; i < number->first + number->n; i++) {
        const mtmi_evidence_term *term = &a->evidence->terms[i];
        one.truth += term->sign * a->data.values[term->observed];
        one.persons |= a->evidence->observed[term->observed].persons;
        one.is_count = one.is_count && !a->data.signs[term->observed];
    }
    one.named = one.named && one.truth > 0;
    if (one.hidden || one.value == one.truth) { /* else it was not added up of these */
        a->numbers[a->n++] = one;
    }
}

static mtm_status read_numbers(auditing *a, mtm_error *err) {
    const mtmi_evidence *evidence = a->evidence;
    a->numbers = mtmi_memory_new(evidence->n_numbers + 1, sizeof *a->numbers);
    a->number_first = mtmi_memory_new(evidence->n_observed + 2, sizeof *a->number_first);
    a->number_of = mtmi_memory_new(evidence->n_terms + 1, sizeof *a->number_of);
    a->shift = mtmi_memory_new(evidence->n_observed + 1, sizeof *a->shift);
    a->group_shift = mtmi_memory_new(a->data.n_groups + 1, sizeof *a->group_shift);
    a->number_shift = mtmi_memory_new(evidence->n_numbers + 1, sizeof *a->number_shift);
    if (a->numbers == NULL || a->number_first == NULL || a->number_of == NULL || a->shift == NULL ||
        a->group_shift == NULL || a->number_shift == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < evidence->n_numbers; i++) {
        read_number(a, &evidence->numbers[i]);
    }
    return MTM_OK;
}

static void index_numbers(auditing *a) {
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < a->n; i++) {
            for (size_t k = a->numbers[i].first; k < a->numbers[i].first + a->numbers[i].n; k++) {
                const mtmi_evidence_term *term = &a->evidence->terms[k];
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
    for (size_t i = number->first; i < number->first + number->n; i++) {
        if (!a->evidence->observed[a->evidence->terms[i].observed].loose) {
            return 0;
        }
    }
    return 1;
}

/* Whether a result that is not confidential prints the same. */
static int is_public(const auditing *a, const printed *number) {
    const mtmi_observed *mine = &a->evidence->observed[a->evidence->terms[number->first].observed];
    for (size_t i = 0; i < a->n; i++) {
        const printed *other = &a->numbers[i];
        const mtmi_observed *theirs =
            other->n > 0 ? &a->evidence->observed[a->evidence->terms[other->first].observed] : NULL;
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
        int small = number->value > 0 && number->value < a->threshold;
        if (number->controlled && !number->hidden && number->is_count && small && !is_loose(a, number) &&
            !is_public(a, number)) {
            return refuse_result(a->results, number->result, "a small count is printed", err);
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
            return refuse_result(a->results, (size_t)r, "a remainder tells more than the total", err);
        }
    }
    return MTM_OK;
}

/* ---- tables ---- */

static void set_shifts(auditing *a, const mtmi_exhibit *exhibit, int on) {
    for (size_t i = exhibit->first; i < exhibit->first + exhibit->n; i++) {
        const mtmi_shift *shift = &a->certificate->shifts[i];
        int64_t by = on ? shift->by : -shift->by;
        a->shift[shift->observed] += by;
        for (size_t k = a->data.group_first[shift->observed]; k < a->data.group_first[shift->observed + 1]; k++) {
            a->group_shift[a->data.group_of[k]] += by;
        }
        for (size_t k = a->number_first[shift->observed]; k < a->number_first[shift->observed + 1]; k++) {
            a->number_shift[a->number_of[k].observed] += a->number_of[k].sign * by;
        }
    }
}

/* Groups of one place that are equal stay equal; the finer one of two stays the lesser. */
static int keeps_group(const auditing *a, uint32_t at) {
    const mtmi_audit_group *group = &a->data.groups[at];
    int64_t now = group->sum + a->group_shift[at];
    for (size_t i = a->data.place_first[group->place]; i < a->data.place_first[group->place + 1]; i++) {
        const mtmi_audit_group *other = &a->data.groups[i];
        int64_t then = other->sum + a->group_shift[i];
        int finer = (group->key & other->key) == other->key, coarser = (group->key & other->key) == group->key;
        if ((group->sum == other->sum && now != then) || (finer && group->sum < other->sum && now > then) ||
            (coarser && group->sum > other->sum && now < then)) {
            return 0;
        }
    }
    return 1;
}

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
        if (!a->data.signs[observed] && a->data.values[observed] + a->shift[observed] < 0) {
            return 0;
        }
        for (size_t k = a->data.group_first[observed]; k < a->data.group_first[observed + 1]; k++) {
            if (!keeps_group(a, a->data.group_of[k])) {
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

static int is_reached(const auditing *a, const printed *number, int side) {
    int64_t now = number->truth + a->number_shift[number - a->numbers];
    int64_t least = number->named && number->persons ? a->one : 0;
    switch (side) {
    case MTMI_EXHIBIT_LOW: return now <= 0;
    case MTMI_EXHIBIT_LEAST: return now <= a->one * (int64_t)number->n;
    default: return now >= a->threshold + least;
    }
}

static mtm_status check_exhibits(auditing *a, mtm_error *err) {
    for (size_t i = 0; i < a->certificate->n_exhibits; i++) {
        const mtmi_exhibit *exhibit = &a->certificate->exhibits[i];
        printed *number = find_number(a, exhibit);
        set_shifts(a, exhibit, 1);
        int holds = is_consistent(a, exhibit);
        if (holds && number != NULL && is_reached(a, number, exhibit->side)) {
            number->proved |= 1u << exhibit->side;
        }
        set_shifts(a, exhibit, 0);
        if (!holds) {
            return refuse_result(a->results, exhibit->result,
                                 "a withheld number could be told more closely than the threshold allows", err);
        }
    }
    return MTM_OK;
}

static mtm_status check_proved(const auditing *a, mtm_error *err) {
    for (size_t i = 0; i < a->n; i++) {
        const printed *number = &a->numbers[i];
        unsigned needed = 1u << MTMI_EXHIBIT_LOW | 1u << MTMI_EXHIBIT_HIGH;
        needed |= number->named && number->persons ? 1u << MTMI_EXHIBIT_LEAST : 0;
        if (number->controlled && number->hidden && number->is_count && (number->proved & needed) != needed) {
            return refuse_result(a->results, number->result,
                                 "a withheld number could be told more closely than the threshold allows", err);
        }
    }
    return MTM_OK;
}

mtm_status mtmi_audit_run(const mtm_results *published, const mtmi_masks *masks, const mtmi_evidence *evidence,
                          const mtmi_certificate *certificate, mtm_error *err) {
    auditing a = {.results = published, .masks = masks, .evidence = evidence, .certificate = certificate};
    if (masks->threshold <= 0) {
        return MTM_OK;
    }
    mtm_status status = check_print(published, masks, err);
    if (evidence == NULL || status != MTM_OK) {
        return status;
    }
    status = mtmi_audit_data_read(&a.data, evidence, err);
    a.one = mtmi_decimal_power(a.data.decimals);
    a.threshold = masks->threshold * a.one;
    status = status == MTM_OK ? read_numbers(&a, err) : status;
    if (status == MTM_OK && !mtmi_sort(a.numbers, a.n, sizeof *a.numbers, by_number, NULL)) {
        status = mtmi_error_memory(err);
    }
    if (status == MTM_OK) {
        index_numbers(&a);
        status = check_small(&a, err);
    }
    status = status == MTM_OK ? check_remainders(&a, err) : status;
    status = status == MTM_OK ? check_exhibits(&a, err) : status;
    status = status == MTM_OK ? check_proved(&a, err) : status;
    clear_auditing(&a);
    return status;
}
