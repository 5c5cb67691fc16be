/* Random confidential tables: arrivals and departures with their net, by origin in lists of different length, and
 * without the CIS; several periods. */
#ifndef TESTS_MADE_TABLES_H
#define TESTS_MADE_TABLES_H

#include "made_evidence.h"

#include <stdlib.h>

typedef struct dice {
    uint64_t state;
} dice;

static inline uint32_t roll(dice *d, uint32_t sides) {
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(d->state >> 33) % sides;
}

/* Mostly small, now and then large, now and then nothing. */
static inline int64_t roll_count(dice *d, int small) {
    uint32_t kind = roll(d, 10);
    return kind < 2 ? 0 : kind < 7 || small ? (int64_t)roll(d, 12) : (int64_t)roll(d, 3000);
}

#define ORIGINS 8
static const char *const origins[ORIGINS] = {"RUS", "CHN", "TUR", "UZB", "KGZ", "IND", "DEU", "ARM"};
static const int in_cis[ORIGINS] = {1, 0, 0, 1, 1, 0, 0, 1};

typedef struct counted {
    int64_t of[ORIGINS];
    size_t n;
} counted;

static inline int64_t total_of(const counted *c, int outside_only) {
    int64_t sum = 0;
    for (size_t i = 0; i < c->n; i++) {
        sum += outside_only && in_cis[i] ? 0 : c->of[i];
    }
    return sum;
}

static inline void name_result(mtm_result *result, const char *id, const char *measure) {
    set_text(&result->id, id);
    result->measure = made_text(measure);
    set_text(&result->dimension, "citizenship");
    result->flags = MTM_FLAG_MICRODATA;
}

/* The first `top` by size, ties by name, then the remainder where there is one. */
static inline void list_origins(mtm_result *result, const counted *c, size_t top, int outside_only) {
    int listed[ORIGINS] = {0};
    int64_t total = total_of(c, outside_only), rest = total;
    for (size_t n = 0; n < top; n++) {
        size_t best = ORIGINS;
        for (size_t i = 0; i < c->n; i++) {
            int may = !listed[i] && !(outside_only && in_cis[i]);
            if (may && (best == ORIGINS || c->of[i] > c->of[best])) {
                best = i;
            }
        }
        if (best == ORIGINS) {
            break;
        }
        listed[best] = 1;
        rest -= c->of[best];
        int64_t share = total > 0 ? c->of[best] * 1000 / total : 0;
        add_row(result, origins[best], whole(c->of[best]), tenths(share), (int)n + 1);
    }
    int unlisted = 0;
    for (size_t i = 0; i < c->n; i++) {
        unlisted |= !listed[i] && !(outside_only && in_cis[i]);
    }
    if (unlisted) { /* as computing does: also where they are all nothing */
        add_row(result, "_O", whole(rest), tenths(0), 0);
        result->rows_are_cut = 1;
    }
}

static inline void add_counted(mtm_results *results, const char *measure, const counted *c) {
    for (size_t i = 0; i < c->n; i++) {
        add_cell(results, measure, origins[i], results->period, c->of[i]);
    }
}

/* Which of the related indicators are in the report is up to the dice too. */
static inline mtm_results *made_tables(dice *d, size_t n_origins, int small) {
    counted in = {{0}, n_origins}, out = {{0}, n_origins};
    int64_t before_in = roll_count(d, small), before_out = roll_count(d, small);
    for (size_t i = 0; i < n_origins; i++) {
        in.of[i] = roll_count(d, small);
        out.of[i] = roll_count(d, small);
    }
    mtm_results *results = made_results(7, "2024-Q2");
    size_t n = 0;
    uint32_t which = roll(d, 128);
    int64_t a = total_of(&in, 0), b = total_of(&out, 0);
    for (uint32_t k = 0; k < 7; k++) {
        mtm_result *result = &results->results[n];
        if (!(which >> k & 1) && !(n == 0 && k == 6)) {
            continue;
        }
        n++;
        switch (k) {
        case 0:
            name_result(result, "arrivals", "in");
            set_value(result, whole(a));
            set_base(result, 0, whole(before_in), whole(a - before_in), tenths(1));
            add_point(result, "2024-Q1", whole(before_in));
            add_point(result, "2024-Q2", whole(a));
            break;
        case 1:
            name_result(result, "departures", "out");
            set_value(result, whole(b));
            set_base(result, 0, whole(before_out), whole(b - before_out), tenths(1));
            break;
        case 2:
            name_result(result, "net", "in");
            result->second = made_text("out");
            result->statistic = MTMI_STATISTIC_NET;
            set_value(result, whole(a - b));
            set_base(result, 0, whole(before_in - before_out), whole(a - b - before_in + before_out), tenths(1));
            break;
        case 3:
            name_result(result, "arrivals-by-origin", "in");
            set_value(result, whole(a));
            list_origins(result, &in, 1 + roll(d, (uint32_t)n_origins), 0);
            break;
        case 4:
            name_result(result, "arrivals-outside-cis", "in");
            result->group = made_text("CIS");
            result->outside = 1;
            set_value(result, whole(total_of(&in, 1)));
            list_origins(result, &in, 1 + roll(d, (uint32_t)n_origins), 1);
            break;
        case 5:
            name_result(result, "departures-by-origin", "out");
            set_value(result, whole(b));
            list_origins(result, &out, 1 + roll(d, (uint32_t)n_origins), 0);
            break;
        default:
            name_result(result, "arrivals-by-origin-short", "in");
            set_value(result, whole(a));
            list_origins(result, &in, 1 + roll(d, 3), 0);
            break;
        }
    }
    for (size_t i = n; i < results->n; i++) {
        mtmi_result_clear(&results->results[i]);
    }
    results->n = n;
    add_counted(results, "in", &in);
    add_counted(results, "out", &out);
    add_cell(results, "in", "", mtmi_period_previous(results->period), before_in);
    add_cell(results, "out", "", mtmi_period_previous(results->period), before_out);
    explain_results(results);
    return results;
}

#endif
