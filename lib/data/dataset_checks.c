/* Checks a dataset as a whole before it is frozen: equal cells, falling cumulative figures, totals that differ from
 * their parts. Rows are sorted once by cell and period; every check is one pass over that order. */
#include "data/dataset_checks.h"

#include "base/decimal.h"
#include "base/diagnostic.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/cell_order.h"
#include "data/claims/claims.h"
#include "data/totals.h"
#include "period/period.h"

#include <string.h>

enum { CONTRADICTION = 100 }; /* the number in MTM-E100 */

static mtm_status sort_all(const mtm_dataset *d, size_t but, uint32_t *rows, unsigned char *begins, mtm_error *err) {
    for (size_t i = 0; i < d->n; i++) {
        rows[i] = (uint32_t)i;
    }
    return mtmi_cell_order_sort(d, but, rows, d->n, begins, err);
}

static mtm_decimal value_of(const mtm_dataset *d, size_t i) {
    return (mtm_decimal){d->values[i], d->decimals, 0};
}

static mtm_status contradiction(const mtm_dataset *d, uint32_t first, uint32_t second, mtm_error *err) {
    char one[40], two[40], period[MTMI_PERIOD_TEXT];
    mtm_decimal_describe(value_of(d, first), one, sizeof one);
    mtm_decimal_describe(value_of(d, second), two, sizeof two);
    mtm_period_describe(d->periods[second], period, sizeof period);
    return mtmi_error_set(
        err, MTM_ERROR_VALUE, CONTRADICTION,
        (mtmi_place){d->file != NULL ? mtmi_dataset_file(d, second) : d->name, d->lines[second], d->columns[second]},
        "found %s for %s, expected %s as in line %lld: the same cell has two values; give the rows "
        "their release dates, or correct one",
        two, period, one, (long long)d->lines[first]);
}

/* Contributors of two figures that become one; a count of rows has one a row. */
static void join(mtmi_contribution *to, int64_t value, const mtmi_contribution *from, int64_t more) {
    const mtmi_contribution a = to->contributors >= 0 ? *to : (mtmi_contribution){value, value > 0, value > 1},
                            b = from->contributors >= 0 ? *from : (mtmi_contribution){more, more > 0, more > 1};
    const int first = a.largest >= b.largest;
    const int64_t rest = first ? b.largest : a.largest, next = first ? a.second : b.second;
    to->contributors = a.contributors + b.contributors;
    to->largest = first ? a.largest : b.largest;
    to->second = rest > next ? rest : next;
}

/* The figure of a cell that comes again is a part of it. One without a value adds nothing. */
static mtm_status add_value(mtm_dataset *d, uint32_t to, uint32_t from, mtm_error *err) {
    if (!mtmi_dataset_has_value(d, from)) {
        return MTM_OK;
    }
    if (!mtmi_dataset_has_value(d, to)) {
        d->values[to] = 0;
        d->statuses[to] = d->statuses[from];
    }
    if (d->contributions != NULL) {
        join(&d->contributions[to], d->values[to], &d->contributions[from], d->values[from]);
    }
    if (__builtin_add_overflow(d->values[to], d->values[from], &d->values[to])) {
        return mtmi_error_set(err, MTM_ERROR_VALUE, MTMI_CODE_OVERFLOW,
                              (mtmi_place){d->name, d->lines[from], d->columns[from]},
                              "found figures of one cell whose sum does not fit, expected one of 64 bits");
    }
    return MTM_OK;
}

/* Marks the later of two equal rows in drop; refuses two different ones. */
static mtm_status find_duplicates(mtmi_builder *builder, const uint32_t *rows, const unsigned char *begins,
                                  unsigned char *drop, size_t *n_dropped, mtm_error *err) {
    mtm_dataset *d = mtmi_builder_dataset(builder);
    uint32_t a = d->n > 0 ? rows[0] : 0; /* the first of its cell: all others are compared with it */
    for (size_t i = 1; i < d->n; i++) {
        uint32_t b = rows[i];
        if (begins[i]) {
            a = b;
            continue;
        }
        if (d->add_repeats) {
            MTMI_CHECK_STATUS(add_value(d, a, b, err));
            drop[b] = 1;
            ++*n_dropped;
            continue;
        }
        if (d->values[a] != d->values[b] || mtmi_dataset_has_value(d, a) != mtmi_dataset_has_value(d, b)) {
            return contradiction(d, a, b, err);
        }
        mtmi_finding finding = {
            MTMI_FINDING_DUPLICATE, -1,  d->release_of[b], d->lines[b], d->lines[a], d->periods[b], value_of(d, a),
            value_of(d, b),         NULL};
        drop[b] = 1;
        ++*n_dropped;
        MTMI_CHECK_STATUS(mtmi_builder_add_finding(builder, &finding, err));
    }
    return MTM_OK;
}

static void compact(mtm_dataset *d, const unsigned char *drop) {
    size_t end = 0, part = 0;
    for (size_t i = 0; i < d->n; i++) {
        for (; part < d->n_parts && d->parts[part].first == i; part++) {
            d->parts[part].first = end;
        }
        for (size_t k = 0; k < d->n_dimensions; k++) {
            d->dimensions[k].members[d->dimensions[k].codes[i]].n_rows -= drop[i];
            d->dimensions[k].codes[end] = d->dimensions[k].codes[i];
        }
        d->periods[end] = d->periods[i];
        d->values[end] = d->values[i];
        d->lines[end] = d->lines[i];
        d->statuses[end] = d->statuses[i];
        d->columns[end] = d->columns[i];
        d->release_of[end] = d->release_of[i];
        d->source_of[end] = d->source_of[i];
        d->note_of[end] = d->note_of[i];
        if (d->contributions != NULL) {
            d->contributions[end] = d->contributions[i];
        }
        end += !drop[i];
    }
    for (; part < d->n_parts; part++) {
        d->parts[part].first = end;
    }
    d->n = end;
}

/* One group: same cell but for dimension k. A printed total against the sum of its parts; groups are not parts. */
static mtm_status check_group(mtmi_builder *builder, size_t k, const uint32_t *rows, size_t n, mtm_error *err) {
    mtm_dataset *d = mtmi_builder_dataset(builder);
    const mtmi_dimension *dimension = &d->dimensions[k];
    mtmi_wide sum = 0;
    size_t n_parts = 0;
    int64_t total = -1;
    for (size_t i = 0; i < n; i++) {
        mtm_member_kind kind = dimension->members[dimension->codes[rows[i]]].kind;
        if (!mtmi_dataset_has_value(d, rows[i])) {
            if (kind != MTM_MEMBER_GROUP) {
                return MTM_OK; /* a missing figure: nothing to check */
            }
        } else if (kind == MTM_MEMBER_TOTAL) {
            total = rows[i];
        } else if (kind != MTM_MEMBER_GROUP) {
            sum += d->values[rows[i]];
            n_parts++;
        }
    }
    if (total < 0 || n_parts < 2 || sum == d->values[total]) {
        return MTM_OK;
    }
    mtmi_finding finding = {
        MTMI_FINDING_TOTAL_MISMATCH, (int32_t)k, d->release_of[total], d->lines[total], 0, d->periods[total],
        value_of(d, (size_t)total),  {0, 0, 0},  dimension->name};
    MTMI_CHECK_STATUS(mtmi_decimal_narrow(sum, d->decimals, &finding.b, err));
    return mtmi_builder_add_finding(builder, &finding, err);
}

static mtm_status check_totals(mtmi_builder *builder, size_t k, uint32_t *rows, unsigned char *begins, mtm_error *err) {
    mtm_dataset *d = mtmi_builder_dataset(builder);
    int worth = !d->dimensions[k].selection && d->kind != MTM_KIND_SHARE && d->dimensions[k].members[0].n_rows > 0 &&
                d->dimensions[k].members[0].n_rows < (int64_t)d->n;
    if (!worth) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(sort_all(d, k, rows, begins, err));
    for (size_t start = 0, end; start < d->n; start = end) {
        for (end = start + 1; end < d->n && !begins[end]; end++) {}
        MTMI_CHECK_STATUS(check_group(builder, k, rows + start, end - start, err));
    }
    return MTM_OK;
}

static mtm_status check_balances(mtmi_builder *builder, size_t k, uint32_t *rows, unsigned char *begins,
                                 mtm_error *err) {
    mtm_dataset *d = mtmi_builder_dataset(builder);
    if (strcmp(d->dimensions[k].name, "direction") != 0) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(sort_all(d, k, rows, begins, err));
    for (size_t start = 0, end; start < d->n; start = end) {
        for (end = start + 1; end < d->n && !begins[end]; end++) {}
        MTMI_CHECK_STATUS(mtmi_claims_balance(builder, k, rows + start, end - start, err));
    }
    return MTM_OK;
}

/* A longer cumulative figure of the same cell and start must not be below a shorter one of the same release date or an
 * earlier one. Negative flows (net migration) may fall. */
static mtm_status check_falls(mtmi_builder *builder, const uint32_t *rows, mtm_error *err) {
    mtm_dataset *d = mtmi_builder_dataset(builder);
    for (size_t i = 1; i < d->n; i++) {
        uint32_t a = rows[i - 1], b = rows[i];
        int same_cell = d->release_of[a] == d->release_of[b] && d->periods[a].first == d->periods[b].first;
        for (size_t k = 0; k < d->n_dimensions && same_cell; k++) {
            same_cell = d->dimensions[k].codes[a] == d->dimensions[k].codes[b];
        }
        if (same_cell && d->values[b] < d->values[a] && d->values[b] >= 0 && mtmi_dataset_has_value(d, a) &&
            mtmi_dataset_has_value(d, b)) {
            mtmi_finding finding = {MTMI_FINDING_CUMULATIVE_FALLS,
                                    -1,
                                    d->release_of[b],
                                    d->lines[b],
                                    d->lines[a],
                                    d->periods[b],
                                    value_of(d, a),
                                    value_of(d, b),
                                    NULL};
            MTMI_CHECK_STATUS(mtmi_builder_add_finding(builder, &finding, err));
        }
    }
    return MTM_OK;
}

static mtm_status list_unclassified(mtmi_builder *builder, mtm_error *err) {
    mtm_dataset *d = mtmi_builder_dataset(builder);
    for (size_t k = 0; k < d->n_dimensions; k++) {
        for (size_t m = 0; m < d->dimensions[k].n_members; m++) {
            const mtmi_member *member = &d->dimensions[k].members[m];
            if (member->kind == MTM_MEMBER_UNCLASSIFIED && member->n_rows > 0) {
                mtmi_finding finding = {MTMI_FINDING_UNCLASSIFIED, (int32_t)k, 0,
                                        member->first_line,        0,          MTMI_PERIOD_NONE,
                                        {member->n_rows, 0, 0},    {0, 0, 0},  member->code};
                MTMI_CHECK_STATUS(mtmi_builder_add_finding(builder, &finding, err));
            }
        }
    }
    return MTM_OK;
}

mtm_status mtmi_checks_run(mtmi_builder *builder, mtm_error *err) {
    mtm_dataset *d = mtmi_builder_dataset(builder);
    size_t n_dropped = 0;
    if (d->n >= UINT32_MAX) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){d->name, 0, 0},
                              "found more than 4294967294 observations");
    }
    MTMI_CHECK_STATUS(mtmi_totals_prove(builder, err));
    uint32_t *rows = mtmi_memory_new(d->n, sizeof *rows);
    unsigned char *drop = mtmi_memory_new(d->n, 1), *begins = mtmi_memory_new(d->n, 1);
    mtm_status status = MTM_OK;
    MTMI_TRY(rows == NULL || drop == NULL || begins == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(sort_all(d, d->n_dimensions, rows, begins, err));
    MTMI_TRY(find_duplicates(builder, rows, begins, drop, &n_dropped, err));
    if (d->cumulative) {
        MTMI_TRY(check_falls(builder, rows, err));
    }
    if (n_dropped > 0) {
        compact(d, drop);
        MTMI_TRY(sort_all(d, d->n_dimensions, rows, begins, err));
    }
    MTMI_TRY(mtmi_claims_year_to_date(builder, rows, d->n, err));
    for (size_t k = 0; k < d->n_dimensions; k++) {
        MTMI_TRY(check_totals(builder, k, rows, begins, err));
        MTMI_TRY(check_balances(builder, k, rows, begins, err));
    }
    MTMI_TRY(mtmi_totals_doubt(builder, err));
    MTMI_TRY(list_unclassified(builder, err));
out:
    mtmi_memory_free(rows);
    mtmi_memory_free(drop);
    mtmi_memory_free(begins);
    return status;
}
