/* Settles which days files cover by the runs of days without a row (docs/decisions, 6.6). A run is ordinary where, at the
 * rate of the other days, few rows would be expected in it, or where runs as long come again and again: weekends, holidays,
 * dates on the first of the month. */
#include "data/covered.h"

#include "base/decimal.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

enum {
    EXPECTED = 50,      /* rows expected in an ordinary run, in tenths: at most one Poisson run in 150 is longer */
    EXPECTED_A_BIT = 7, /* more where many runs are looked at: a tenth of ln 2 a doubling of their number */
    HOLIDAYS = 10,      /* days: as long a run is ordinary when it was met twice */
    OFTEN = 6,
    AT_LEAST = 3 /* runs as long are ordinary when they follow one day in six, and were met three times */
};

/* Days with rows, and the runs of days without a row between them. */
typedef struct observed {
    mtm_period *stretches;
    size_t n;
    int32_t *runs; /* longest first */
    mtmi_wide rows;
    int64_t days; /* with rows */
} observed;

static int compare_dated(const void *context, const void *a, const void *b) {
    const mtmi_dated *one = a, *other = b;
    (void)context;
    return one->period.first != other->period.first ? (one->period.first < other->period.first ? -1 : 1) : 0;
}

static int compare_runs(const void *context, const void *a, const void *b) {
    const int32_t one = *(const int32_t *)a, other = *(const int32_t *)b;
    (void)context;
    return one != other ? (one > other ? -1 : 1) : 0;
}

static int compare_periods(const void *context, const void *a, const void *b) {
    const mtm_period *one = a, *other = b;
    (void)context;
    return one->first != other->first ? (one->first < other->first ? -1 : 1) : 0;
}

/* Periods in order become stretches: those that meet, but for so many days, are one. */
static size_t join_periods(mtm_period *periods, size_t n, int32_t gap) {
    size_t stretches = 0;
    for (size_t i = 0; i < n; i++) {
        if (stretches > 0 && (int64_t)periods[i].first <= (int64_t)periods[stretches - 1].last + 1 + gap) {
            mtm_period *last = &periods[stretches - 1];
            last->last = periods[i].last > last->last ? periods[i].last : last->last;
        } else {
            periods[stretches++] = periods[i];
        }
    }
    return stretches;
}

static mtm_status observe(mtmi_dated *dated, size_t n, observed *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    out->stretches = mtmi_memory_new(n + 1, sizeof *out->stretches);
    out->runs = mtmi_memory_new(n + 1, sizeof *out->runs);
    if (out->stretches == NULL || out->runs == NULL || !mtmi_sort(dated, n, sizeof *dated, compare_dated, NULL)) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        out->stretches[i] = dated[i].period;
        out->rows += dated[i].rows;
    }
    out->n = join_periods(out->stretches, n, 0);
    for (size_t i = 0; i < out->n; i++) {
        out->days += out->stretches[i].last - out->stretches[i].first + 1;
        if (i > 0) {
            out->runs[i - 1] = out->stretches[i].first - out->stretches[i - 1].last - 1;
        }
    }
    return out->n < 2 || mtmi_sort(out->runs, out->n - 1, sizeof *out->runs, compare_runs, NULL)
               ? MTM_OK
               : mtmi_error_memory(err);
}

/* The longest run that comes again and again. */
static int32_t longest_repeated(const observed *events) {
    const size_t n = events->n - 1;
    const size_t often = (size_t)((events->days - 1 + OFTEN - 1) / OFTEN);
    const size_t enough = often > AT_LEAST ? often : AT_LEAST;
    int32_t longest = n >= 2 ? events->runs[1] : 0;
    longest = longest < HOLIDAYS ? longest : HOLIDAYS;
    return n >= enough && events->runs[enough - 1] > longest ? events->runs[enough - 1] : longest;
}

/* The longest run in which at most so many rows, in tenths, are expected: rows lie on so many days. */
static int32_t longest_sparse(mtmi_wide rows, int64_t days, int tenths) {
    const mtmi_wide longest = (tenths * (mtmi_wide)days - 1) / (10 * rows);
    return longest < INT32_MAX ? (int32_t)longest : INT32_MAX;
}

static int more_for(size_t runs) {
    int bits = 0;
    for (; runs > 0; runs >>= 1) {
        bits++;
    }
    return bits * EXPECTED_A_BIT;
}

/* Longer runs are none of the days that rows are spread over, which makes the rate higher and ordinary runs shorter. */
static int32_t longest_inside(const observed *events, int64_t *days) {
    const int32_t repeated = longest_repeated(events);
    size_t holes = 0;
    *days = events->days;
    for (size_t i = 0; i + 1 < events->n; i++) {
        *days += events->runs[i];
    }
    for (;;) {
        int32_t longest = longest_sparse(events->rows, *days, EXPECTED + more_for(events->n));
        longest = longest > repeated ? longest : repeated;
        if (holes + 1 >= events->n || events->runs[holes] <= longest) {
            return longest;
        }
        *days -= events->runs[holes++];
    }
}

mtm_status mtmi_covered_settle(mtmi_dated *dated, size_t n, mtmi_covered *out, mtm_error *err) {
    observed events;
    mtm_status status = MTM_OK;
    int64_t days;
    memset(out, 0, sizeof *out);
    memset(&events, 0, sizeof events);
    if (n == 0) {
        return MTM_OK;
    }
    MTMI_TRY(observe(dated, n, &events, err));
    const int32_t inside = longest_inside(&events, &days), repeated = longest_repeated(&events);
    const int32_t sparse = longest_sparse(events.rows, days, EXPECTED);
    out->slack = sparse > repeated ? sparse : repeated;
    for (size_t i = 0; i < events.n; i++) {
        mtm_period *last = out->n > 0 ? &events.stretches[out->n - 1] : NULL;
        if (last != NULL && events.stretches[i].first - last->last - 1 <= inside) {
            last->last = events.stretches[i].last;
        } else {
            events.stretches[out->n++] = events.stretches[i];
        }
    }
    out->stretches = events.stretches;
    events.stretches = NULL;
out:
    mtmi_memory_free(events.stretches);
    mtmi_memory_free(events.runs);
    return status;
}

mtm_status mtmi_covered_declare(const mtm_period *periods, size_t n, mtmi_covered *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    if (n == 0) {
        return MTM_OK;
    }
    out->stretches = mtmi_memory_new(n, sizeof *out->stretches);
    if (out->stretches == NULL) {
        return mtmi_error_memory(err);
    }
    memcpy(out->stretches, periods, n * sizeof *periods);
    if (!mtmi_sort(out->stretches, n, sizeof *periods, compare_periods, NULL)) {
        mtmi_covered_free(out);
        return mtmi_error_memory(err);
    }
    out->n = join_periods(out->stretches, n, 0);
    return MTM_OK;
}

void mtmi_covered_overrun(mtmi_covered *covered, const mtmi_dated *dated, size_t n) {
    for (size_t i = 0; i < n && !covered->overrun; i++) {
        covered->overrun = !mtmi_covered_holds(covered, dated[i].period);
    }
}

mtm_status mtmi_covered_unite(mtmi_covered *to, const mtmi_covered *from, mtm_error *err) {
    const int32_t slack = to->slack < from->slack ? to->slack : from->slack;
    mtmi_covered both = {NULL, 0, 0, 0};
    const int overrun = to->overrun || from->overrun;
    mtm_status status = MTM_OK;
    if (to->n > 0 && from->n > 0) {
        mtm_period *periods = mtmi_memory_new(to->n + from->n, sizeof *periods);
        if (periods == NULL) {
            return mtmi_error_memory(err);
        }
        memcpy(periods, to->stretches, to->n * sizeof *periods);
        memcpy(periods + to->n, from->stretches, from->n * sizeof *periods);
        status = mtmi_covered_declare(periods, to->n + from->n, &both, err);
        mtmi_memory_free(periods);
    }
    if (status == MTM_OK) {
        both.n = join_periods(both.stretches, both.n, slack); /* files that end on a Friday go on on a Monday */
        mtmi_covered_free(to);
        *to = both;
        to->slack = slack;
        to->overrun = overrun;
    }
    return status;
}

int mtmi_covered_copy(const mtmi_covered *from, mtmi_covered *to) {
    memset(to, 0, sizeof *to);
    if (from->n == 0) {
        return 1;
    }
    to->stretches = mtmi_memory_new(from->n, sizeof *to->stretches);
    if (to->stretches == NULL) {
        return 0;
    }
    memcpy(to->stretches, from->stretches, from->n * sizeof *to->stretches);
    to->n = from->n;
    to->slack = from->slack;
    to->overrun = from->overrun;
    return 1;
}

void mtmi_covered_free(mtmi_covered *covered) {
    mtmi_memory_free(covered->stretches);
    memset(covered, 0, sizeof *covered);
}

mtm_period mtmi_covered_part(const mtmi_covered *covered, size_t stretch, mtm_period period) {
    const mtm_period whole = covered->stretches[stretch];
    return (mtm_period){whole.first > period.first ? whole.first : period.first,
                        whole.last < period.last ? whole.last : period.last};
}

mtm_period mtmi_covered_hull(const mtmi_covered *covered, mtm_period period) {
    mtm_period hull = {INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < covered->n; i++) {
        const mtm_period part = mtmi_covered_part(covered, i, period);
        if (part.first <= part.last) {
            hull.first = part.first < hull.first ? part.first : hull.first;
            hull.last = part.last;
        }
    }
    return hull;
}

mtmi_days mtmi_covered_find(const mtmi_covered *covered, mtm_period period, mtm_period *missing) {
    mtmi_days found = MTMI_DAYS_OUTSIDE;
    int32_t at = period.first;
    mtm_period gap = {1, 0};
    for (size_t i = 0; i < covered->n; i++) {
        const mtm_period part = mtmi_covered_part(covered, i, period);
        if (part.first > part.last) {
            continue;
        }
        if (part.first > at) {
            const int is_edge = found == MTMI_DAYS_OUTSIDE;
            const mtmi_days now = is_edge && part.first - at <= covered->slack ? MTMI_DAYS_ASSUMED : MTMI_DAYS_PARTLY;
            gap = now > found || is_edge ? (mtm_period){at, part.first - 1} : gap;
            found = is_edge || now > found ? now : found;
        } else {
            found = found == MTMI_DAYS_OUTSIDE ? MTMI_DAYS_COVERED : found;
        }
        at = part.last + 1;
    }
    if (found != MTMI_DAYS_OUTSIDE && at <= period.last) {
        const mtmi_days now = period.last - at + 1 <= covered->slack ? MTMI_DAYS_ASSUMED : MTMI_DAYS_PARTLY;
        gap = now > found ? (mtm_period){at, period.last} : gap;
        found = now > found ? now : found;
    }
    *missing = gap;
    return found;
}

int mtmi_covered_holds(const mtmi_covered *covered, mtm_period period) {
    mtm_period missing;
    return covered->n == 0 || mtmi_covered_find(covered, period, &missing) <= MTMI_DAYS_ASSUMED;
}

mtm_status mtmi_covered_uncovered(const mtmi_covered *covered, const mtm_period *periods, size_t n, mtm_period **out,
                                  mtm_error *err) {
    *out = NULL;
    for (size_t i = 0; i < n; i++) {
        mtm_period missing;
        const mtmi_days days = covered->n == 0 ? MTMI_DAYS_COVERED : mtmi_covered_find(covered, periods[i], &missing);
        if (days < MTMI_DAYS_PARTLY) {
            continue;
        }
        if (*out == NULL) {
            *out = mtmi_memory_new(n, sizeof **out);
            if (*out == NULL) {
                return mtmi_error_memory(err);
            }
            for (size_t k = 0; k < n; k++) {
                (*out)[k] = MTMI_PERIOD_NONE;
            }
        }
        (*out)[i] = days == MTMI_DAYS_PARTLY ? missing : periods[i];
    }
    return MTM_OK;
}
