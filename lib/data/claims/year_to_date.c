/* Finds figures since January under the names of quarters or months. The claim of the names is dropped only where the figures leave no
 * other reading: in every row they rise through every year, and a printed figure of the year is that of its last quarter. */
#include "data/claims/claims.h"

#include "base/diagnostic.h"
#include "base/decimal.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

enum { MONTHS = 12, SEVERAL = 6, SHORTEST_MONTH = 28 };

/* The figures of one cell in one year, by the period's place in it. */
typedef struct cell_year {
    int months; /* of each period: 3 or 1 */
    size_t n;   /* from January on, without a gap */
    const uint32_t *rows[MONTHS];
    const uint32_t *whole; /* the year's own figure; NULL for none */
} cell_year;

/* What all cells and years say so far. */
typedef struct evidence {
    mtmi_wide sums[MONTHS]; /* over the complete years, by place */
    int months;
    size_t n_years;                 /* complete, and not all zero */
    size_t n_last, n_sum;           /* whose printed figure is that of the last period, or is not */
    int falls;                      /* somewhere a later figure is below an earlier one */
    const uint32_t *first, *latest; /* of the complete year with the largest figure */
    const uint32_t *whole;
} evidence;

static int is_same_cell(const mtm_dataset *d, uint32_t a, uint32_t b) {
    if (d->release_of[a] != d->release_of[b]) {
        return 0;
    }
    for (size_t k = 0; k < d->n_dimensions; k++) {
        if (d->dimensions[k].codes[a] != d->dimensions[k].codes[b]) {
            return 0;
        }
    }
    return 1;
}

/* The first day of the year after that in which a period begins. */
static int32_t year_after(mtm_period period) {
    int year, month, day;
    mtmi_day_split(period.first, &year, &month, &day);
    return mtmi_day_from(year + 1, 1, 1);
}

/* Puts the row into its place of the year. 0 where the year has periods of several lengths: it says nothing. */
static int put(const mtm_dataset *d, const uint32_t *row, cell_year *out) {
    int year, month, day;
    const int months = mtmi_period_months(d->periods[*row]);
    mtmi_day_split(d->periods[*row].first, &year, &month, &day);
    if (months == MONTHS && month == 1) {
        out->whole = row;
        return 1;
    }
    if ((months != 1 && months != 3) || (out->months != 0 && out->months != months) ||
        (size_t)(month - 1) != out->n * (size_t)months || !mtmi_dataset_has_value(d, *row) || d->values[*row] < 0) {
        return 0;
    }
    out->months = months;
    out->rows[out->n++] = row;
    return 1;
}

static void weigh(const mtm_dataset *d, const cell_year *year, evidence *out) {
    mtmi_wide sum = 0;
    const size_t whole = year->months > 0 ? (size_t)(MONTHS / year->months) : 0;

    for (size_t i = 0; i < year->n; i++) {
        const int64_t value = d->values[*year->rows[i]];
        out->falls |= i > 0 && value < d->values[*year->rows[i - 1]];
        sum += value;
    }
    if (year->n < 2 || sum == 0) {
        return;
    }
    const int64_t last = d->values[*year->rows[year->n - 1]];
    const int is_enough = year->n == whole || (year->months == 1 && year->n >= SEVERAL);
    if (!is_enough || (out->months != 0 && out->months != year->months)) {
        return;
    }
    out->months = year->months;
    out->n_years++;
    for (size_t i = 0; i < year->n; i++) {
        out->sums[i] += d->values[*year->rows[i]];
    }
    if (out->latest == NULL || last >= d->values[*out->latest]) {
        out->first = year->rows[0];
        out->latest = year->rows[year->n - 1];
    }
    if (year->n == whole && year->whole != NULL && mtmi_dataset_has_value(d, *year->whole) && sum != last) {
        const int64_t printed = d->values[*year->whole];
        out->n_last += printed == last;
        out->n_sum += printed != last;
        out->whole = year->whole;
    }
}

/* Whether each figure is as much above the one before as a part of an even year, or more than half of that. */
static int is_steep(const evidence *seen) {
    const size_t n = (size_t)(MONTHS / seen->months);
    for (size_t i = 1; i < n && seen->sums[i] > 0; i++) {
        const mtmi_wide before = seen->sums[i - 1], steps = (mtmi_wide)(2 * i);
        if (seen->sums[i] * steps < before * (steps + 1)) {
            return 0;
        }
    }
    return 1;
}

/* Arrivals and departures are counted during a period; nothing else tells a flow from what is held at its end. */
static int has_directions(const mtm_dataset *d) {
    for (size_t k = 0; k < d->n_dimensions; k++) {
        for (size_t m = 0; strcmp(d->dimensions[k].name, "direction") == 0 && m < d->dimensions[k].n_members; m++) {
            const mtmi_member *member = &d->dimensions[k].members[m];
            if (member->n_rows > 0 && (strcmp(member->code, "IN") == 0 || strcmp(member->code, "OUT") == 0)) {
                return 1;
            }
        }
    }
    return 0;
}

/* A balance may rise and fall whatever its periods are. */
static int is_balance(const mtm_dataset *d, uint32_t row) {
    for (size_t k = 0; k < d->n_dimensions; k++) {
        const mtmi_dimension *dimension = &d->dimensions[k];
        const mtmi_member *member = &dimension->members[dimension->codes[row]];
        if (strcmp(dimension->name, "direction") == 0 && member->kind == MTM_MEMBER_UNCLASSIFIED) {
            return 1;
        }
    }
    return 0;
}

static mtm_status refuse(const mtm_dataset *d, const evidence *seen, mtm_error *err) {
    char value[40], part[MTMI_PERIOD_TEXT], year[MTMI_PERIOD_TEXT];
    const uint32_t last = *seen->latest, whole = *seen->whole;
    mtm_decimal_describe((mtm_decimal){d->values[whole], d->decimals, 0}, value, sizeof value);
    mtm_period_describe(d->periods[last], part, sizeof part);
    mtm_period_describe(d->periods[whole], year, sizeof year);
    return mtmi_error_set(
        err, MTM_ERROR_VALUE, MTMI_CODE_YEAR_TO_DATE,
        (mtmi_place){d->file != NULL ? mtmi_dataset_file(d, last) : d->name, d->lines[last], d->columns[last]},
        "found %s for %s and, in line %lld, for %s, above figures that rise through every year, expected the figure of "
        "%s alone; these are figures since January: say \"cumulative\": true in the resource, or \"kind\": \"stock\" "
        "where they "
        "are of the end of the period",
        value, part, (long long)d->lines[whole], year, part);
}

/* Looks at the years of each cell, until a figure falls. Rows are sorted by cell, then period. */
static void look_at_years(const mtm_dataset *d, const uint32_t *rows, size_t n, evidence *seen) {
    for (size_t start = 0, end; start < n && !seen->falls; start = end) {
        const mtm_period first = d->periods[rows[start]];
        end = start + 1;
        if (first.last - first.first + 1 < SHORTEST_MONTH || end == n || !is_same_cell(d, rows[start], rows[end])) {
            continue; /* most rows of most tables: days, and cells of one figure, say nothing */
        }
        cell_year year = {0};
        const int32_t next = year_after(first);
        int is_plain = !is_balance(d, rows[start]) && put(d, &rows[start], &year);
        for (; end < n && d->periods[rows[end]].first < next && is_same_cell(d, rows[start], rows[end]); end++) {
            is_plain = is_plain && put(d, &rows[end], &year);
        }
        if (is_plain) {
            weigh(d, &year, seen);
        }
    }
}

mtm_status mtmi_claims_year_to_date(mtmi_builder *builder, const uint32_t *rows, size_t n, mtm_error *err) {
    const mtm_dataset *d = mtmi_builder_dataset(builder);
    evidence seen = {0};

    if (d->kind != MTM_KIND_FLOW || d->cumulative) {
        return MTM_OK;
    }
    look_at_years(d, rows, n, &seen);
    if (seen.falls || seen.n_years == 0 || seen.n_sum > 0) {
        return MTM_OK;
    }
    if (seen.n_last > 0 && (has_directions(d) || is_steep(&seen))) {
        return refuse(d, &seen, err);
    }
    if (!is_steep(&seen)) {
        return MTM_OK;
    }
    const uint32_t first = *seen.first, last = *seen.latest;
    const mtmi_finding finding = {MTMI_FINDING_YEAR_TO_DATE,
                                  -1,
                                  d->release_of[last],
                                  d->lines[last],
                                  d->lines[first],
                                  d->periods[last],
                                  {d->values[first], d->decimals, 0},
                                  {d->values[last], d->decimals, 0},
                                  NULL};
    return mtmi_builder_add_finding(builder, &finding, err);
}
