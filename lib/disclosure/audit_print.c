/* Lists every published number with the observations that it counts, for the audit. It reads nothing that the protector
 * wrote but the masks. */
#include "disclosure/audit_print.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"

#include <string.h>

typedef struct reading {
    mtmi_print *print;
    const mtm_results *results;
    const mtmi_masks *masks;
    const mtmi_evidence *evidence;
    const mtmi_audit_data *data;
    uint32_t *row_of; /* of the result at hand: where a row stands now, by its place before; UINT32_MAX for nowhere */
    size_t row_capacity;
    uint32_t result; /* at hand */
    int failed;
} reading;

void mtmi_print_clear(mtmi_print *print) {
    mtmi_memory_free(print->numbers);
    mtmi_memory_free(print->terms);
    memset(print, 0, sizeof *print);
}

static int64_t in_units(const reading *r, mtm_decimal value) {
    return (int64_t)mtmi_decimal_rescale(value.units, value.decimals, r->data->decimals);
}

/* ---- terms ---- */

static void add_term(reading *r, uint32_t observed, int32_t sign) {
    mtmi_print *print = r->print;
    void *table = print->terms;
    if (r->failed || !mtmi_memory_reserve(&table, &print->terms_capacity, print->n_terms + 1, sizeof *print->terms)) {
        r->failed = 1;
        return;
    }
    print->terms = table;
    print->terms[print->n_terms++] = (mtmi_evidence_term){observed, sign};
}

static void add_terms(reading *r, const mtmi_evidence_number *number, int32_t sign) {
    for (size_t i = number->first; i < number->first + number->n; i++) {
        add_term(r, r->evidence->terms[i].observed, sign * r->evidence->terms[i].sign);
    }
}

static int by_observed(const void *context, const void *a, const void *b) {
    const mtmi_evidence_term *left = a, *right = b;
    (void)context;
    return (left->observed > right->observed) - (left->observed < right->observed);
}

/* Sorts the terms of a number and adds up those of one observation. */
static void settle_number(reading *r, mtmi_printed *number) {
    mtmi_print *print = r->print;
    size_t n = print->n_terms - number->first, kept = number->first;
    if (r->failed || !mtmi_sort(print->terms + number->first, n, sizeof *print->terms, by_observed, NULL)) {
        r->failed = 1;
        return;
    }
    for (size_t i = number->first; i < print->n_terms;) {
        mtmi_evidence_term sum = print->terms[i++];
        while (i < print->n_terms && print->terms[i].observed == sum.observed) {
            sum.sign += print->terms[i++].sign;
        }
        if (sum.sign != 0) {
            print->terms[kept++] = sum;
        }
    }
    print->n_terms = kept;
    number->n = kept - number->first;
    number->contributors = -1;
    for (size_t i = number->first; i < kept; i++) {
        const mtmi_evidence_term *term = &print->terms[i];
        number->truth += term->sign * r->data->values[term->observed];
        mtmi_printed_count(number, &r->evidence->observed[term->observed], term->sign, r->data->decimals);
        number->persons |= r->evidence->observed[term->observed].persons;
        number->is_count = number->is_count && !r->data->signs[term->observed];
    }
}

static void keep_number(reading *r, const mtmi_printed *number) {
    mtmi_print *print = r->print;
    void *table = print->numbers;
    if (r->failed || !mtmi_memory_reserve(&table, &print->capacity, print->n + 1, sizeof *print->numbers)) {
        r->failed = 1;
        return;
    }
    print->numbers = table;
    print->numbers[print->n++] = *number;
}

/* ---- results ---- */

static void find_rows(reading *r) {
    const mtm_result *result = &r->results->results[r->result];
    void *table = r->row_of;
    size_t most = 0;
    for (size_t i = 0; i < result->n_rows; i++) {
        most = result->rows[i].before >= most ? result->rows[i].before + 1u : most;
    }
    if (!mtmi_memory_reserve(&table, &r->row_capacity, most + 1, sizeof *r->row_of)) {
        r->failed = 1;
        return;
    }
    r->row_of = table;
    memset(r->row_of, 0xFF, r->row_capacity * sizeof *r->row_of);
    for (uint32_t i = 0; i < result->n_rows; i++) {
        r->row_of[result->rows[i].before] = i;
    }
}

static int read_row(const reading *r, uint32_t before, mtmi_printed *out, mtm_decimal *value) {
    const mtm_result *result = &r->results->results[r->result];
    uint32_t at = before < r->row_capacity ? r->row_of[before] : UINT32_MAX;
    if (at >= result->n_rows || result->rows[at].row.kind == MTM_MEMBER_OTHER) {
        return 0; /* no longer in the list, or read with its list */
    }
    out->hidden = r->masks->of[r->result].rows[at];
    out->named = result->rows[at].row.kind == MTM_MEMBER_CODE;
    out->nameless = result->rows[at].row.kind == MTM_MEMBER_UNCLASSIFIED;
    *value = result->rows[at].row.value;
    return result->rows[at].row.has_value;
}

/* Where a number of the evidence stands in the results as printed; 0 where it does not any more. */
static int read_place(const reading *r, const mtmi_evidence_number *number, mtmi_printed *out) {
    const mtm_result *result = &r->results->results[number->result];
    const mtmi_mask *mask = &r->masks->of[number->result];
    mtm_decimal value = {0, 0, 0};
    int has = 0, with = number->place - MTM_LINEAGE_PREVIOUS;
    switch (number->place) {
    case MTM_LINEAGE_VALUE:
        out->hidden = mask->value;
        has = result->has_value;
        value = result->value;
        break;
    case MTM_LINEAGE_PREVIOUS:
    case MTM_LINEAGE_LAST_YEAR:
        out->hidden = mask->bases[with];
        has = result->comparisons[with].has_base;
        value = result->comparisons[with].base;
        break;
    case MTM_LINEAGE_BREAKDOWN: has = read_row(r, number->index, out, &value); break;
    default:
        out->hidden = number->index < result->n_points && mask->points[number->index];
        has = number->index < result->n_points && !out->hidden;
        value = has ? result->points[number->index].value : value;
    }
    out->value = has ? in_units(r, value) : 0;
    return has || out->hidden;
}

/* Kept unless it prints something else than the observations add up to: then it was not added up of these. */
static void end_number(reading *r, mtmi_printed *one) {
    settle_number(r, one);
    one->named = one->named && one->is_count && one->truth > 0;
    int is_rounded = one->controlled && r->masks->reach > 0;
    if (!r->failed && (one->hidden || is_rounded || one->value == one->truth)) {
        keep_number(r, one);
    } else {
        r->print->n_terms = one->first;
    }
}

static void read_number(reading *r, const mtmi_evidence_number *number) {
    const mtm_result *result = &r->results->results[number->result];
    mtmi_printed one = {.first = r->print->n_terms,
                        .result = number->result,
                        .index = number->index,
                        .place = number->place,
                        .threshold = INT64_MAX};
    if (r->result != number->result) {
        r->result = number->result;
        find_rows(r);
    }
    if (r->failed || mtmi_result_is_ratio(result) || !read_place(r, number, &one)) {
        return;
    }
    one.controlled = (unsigned char)r->masks->of[number->result].controlled;
    one.is_count = result->statistic != MTMI_STATISTIC_NET;
    add_terms(r, number, 1);
    end_number(r, &one);
}

/* ---- remainders ---- */

static int is_part_of_list(const mtm_result *result, const mtmi_evidence_number *number, const uint32_t *row_of,
                           size_t n) {
    uint32_t at = number->index < n ? row_of[number->index] : UINT32_MAX;
    if (number->place != MTM_LINEAGE_BREAKDOWN || at >= result->n_rows) {
        return 0;
    }
    int kind = result->rows[at].row.kind;
    return kind != MTM_MEMBER_GROUP && kind != MTM_MEMBER_TOTAL && kind != MTM_MEMBER_OTHER;
}

/* What a list leaves of its total. Numbers of a result stand together in the evidence. */
static void read_remainder(reading *r, size_t start, size_t end) {
    const mtmi_evidence *evidence = r->evidence;
    const mtm_result *result = &r->results->results[r->result];
    const mtmi_mask *mask = &r->masks->of[r->result];
    mtmi_printed one = {.first = r->print->n_terms,
                        .result = r->result,
                        .place = MTM_LINEAGE_BREAKDOWN,
                        .controlled = (unsigned char)mask->controlled,
                        .nameless = 1,
                        .is_count = result->statistic != MTMI_STATISTIC_NET,
                        .threshold = INT64_MAX};
    size_t at = 0, total = end;
    while (at < result->n_rows && result->rows[at].row.kind != MTM_MEMBER_OTHER) {
        at++;
    }
    for (size_t i = start; i < end; i++) {
        total = evidence->numbers[i].place == MTM_LINEAGE_VALUE ? i : total;
    }
    const int takes_rows_in = result->rows_are_cut && r->masks->reach == 0;
    if (at == result->n_rows || takes_rows_in || total == end || mtmi_result_is_ratio(result)) {
        return;
    }
    one.index = result->rows[at].before;
    one.hidden = mask->rows[at];
    one.value = result->rows[at].row.has_value ? in_units(r, result->rows[at].row.value) : 0;
    if (!one.hidden && !result->rows[at].row.has_value) {
        return;
    }
    add_terms(r, &evidence->numbers[total], 1);
    for (size_t i = start; i < end; i++) {
        if (is_part_of_list(result, &evidence->numbers[i], r->row_of, r->row_capacity)) {
            add_terms(r, &evidence->numbers[i], -1);
        }
    }
    end_number(r, &one);
}

/* ---- earlier documents ---- */

static void read_earlier(reading *r, const mtmi_ledger *ledger, uint32_t at) {
    const mtmi_earlier *earlier = &ledger->numbers[at];
    mtmi_printed one = {.first = r->print->n_terms,
                        .result = MTMI_NO_RESULT,
                        .index = at,
                        .place = MTMI_EVIDENCE_EARLIER,
                        .controlled = !earlier->open,
                        .hidden = earlier->hidden,
                        .named = earlier->listed,
                        .is_count = !earlier->is_net};
    one.threshold = ledger->publications[earlier->publication].threshold * mtmi_decimal_power(r->data->decimals);
    for (size_t i = earlier->first; i < earlier->first + earlier->n; i++) {
        add_term(r, ledger->joined[ledger->terms[i].observed], ledger->terms[i].sign);
    }
    settle_number(r, &one);
    one.persons = one.named;
    one.value = earlier->is_rounded ? earlier->printed * mtmi_decimal_power(r->data->decimals) : one.truth;
    keep_number(r, &one);
}

mtm_status mtmi_print_read(mtmi_print *print, const mtm_results *results, const mtmi_masks *masks,
                           const mtmi_evidence *evidence, const mtmi_ledger *ledger, const mtmi_audit_data *data,
                           mtm_error *err) {
    reading r = {.print = print,
                 .results = results,
                 .masks = masks,
                 .evidence = evidence,
                 .data = data,
                 .result = MTMI_NO_RESULT};
    print->one = mtmi_decimal_power(data->decimals);
    for (size_t start = 0, end; start < evidence->n_numbers && !r.failed; start = end) {
        for (end = start; end < evidence->n_numbers && evidence->numbers[end].result == evidence->numbers[start].result;
             end++) {
            read_number(&r, &evidence->numbers[end]);
        }
        if (!r.failed) {
            read_remainder(&r, start, end);
        }
    }
    for (uint32_t i = 0; ledger != NULL && i < ledger->n_numbers && !r.failed; i++) {
        read_earlier(&r, ledger, i);
    }
    mtmi_memory_free(r.row_of);
    return r.failed ? mtmi_error_memory(err) : MTM_OK;
}

/* ---- into the ledger ---- */

mtm_status mtmi_print_record(const mtmi_print *print, const mtmi_evidence *evidence, mtmi_ledger *ledger,
                             const char *title, const mtmi_masks *masks, mtm_error *err) {
    mtmi_ledger_entry *entries = mtmi_memory_new(print->n + 1, sizeof *entries);
    size_t n = 0;
    int some = 0;
    if (entries == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < print->n; i++) {
        const mtmi_printed *number = &print->numbers[i];
        if (number->place != MTMI_EVIDENCE_EARLIER && number->n > 0) {
            entries[n++] = (mtmi_ledger_entry){print->terms + number->first,
                                               number->n,
                                               number->hidden,
                                               number->named && number->persons,
                                               !number->controlled,
                                               !number->is_count,
                                               masks->reach > 0 && number->controlled && !number->hidden,
                                               number->value / print->one};
            some |= number->controlled;
        }
    }
    mtm_status status = mtmi_ledger_add(ledger, evidence, entries, some ? n : 0, title, masks->threshold, err);
    mtmi_memory_free(entries);
    return status;
}
