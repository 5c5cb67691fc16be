/* Disclosure control: what is withheld cannot be told from what is shown, tried by every table there could be. */
#include "made_masks.h"

/* The range of one number over all tables that agree with what is shown. */
typedef struct range {
    int64_t low, high;
} range;

static void widen(range *r, int64_t value) {
    r->low = value < r->low ? value : r->low;
    r->high = value > r->high ? value : r->high;
}

/* What a table of origins would print for a row; *there is 0 when it could not print the list at all. */
static int64_t row_of(const mtm_result *result, size_t row, const counted *table, int *there) {
    int64_t rest = total_of(table, result->outside);
    for (size_t i = 0; i < result->n_rows; i++) {
        for (size_t o = 0; o < table->n; o++) {
            if (strcmp(result->rows[i].code, origins[o]) == 0) {
                rest -= table->of[o];
                if (i == row) {
                    *there = 1;
                    return table->of[o];
                }
            }
        }
    }
    *there = 1;
    return rest;
}

static int has_remainder(const mtm_result *result) {
    return result->n_rows > 0 && strcmp(result->rows[result->n_rows - 1].code, "_O") == 0;
}

/* Whoever is listed and withheld counts at least as many as whoever is not listed. */
static int keeps_order(const mtm_result *result, const mtmi_mask *mask, const counted *table) {
    int64_t least = INT64_MAX, most = 0;
    for (size_t o = 0; o < table->n; o++) {
        int listed = 0, hidden = 0;
        for (size_t i = 0; i < result->n_rows; i++) {
            int same = strcmp(result->rows[i].code, origins[o]) == 0;
            listed |= same;
            hidden |= same && mask->rows[i];
        }
        if (hidden) {
            least = table->of[o] < least ? table->of[o] : least;
        } else if (!listed && !(result->outside && in_cis[o])) {
            most = table->of[o] > most ? table->of[o] : most;
        }
    }
    return least >= most;
}

static int agrees(const mtm_results *shown, const mtmi_masks *masks, const counted *table, int ordered) {
    for (size_t r = 0; r < shown->n; r++) {
        const mtm_result *result = &shown->results[r];
        int there;
        if (!masks->of[r].value && result->value.units != total_of(table, result->outside)) {
            return 0;
        }
        for (size_t i = 0; i < result->n_rows; i++) {
            int64_t value = row_of(result, i, table, &there);
            if (value < 0 || (!masks->of[r].rows[i] && result->rows[i].row.value.units != value)) {
                return 0;
            }
        }
        if (ordered && has_remainder(result) && !keeps_order(result, &masks->of[r], table)) {
            return 0;
        }
        if (result->n_rows > 0 && !has_remainder(result) && row_of(result, SIZE_MAX, table, &there) != 0) {
            return 0;
        }
    }
    return 1;
}

#define ROWS_MAX 10
typedef struct ranges {
    range value, rows[ROWS_MAX];
} ranges;

static void note(const mtm_results *shown, const counted *table, ranges *of, range *cis) {
    int there;
    for (size_t r = 0; r < shown->n; r++) {
        widen(&of[r].value, total_of(table, shown->results[r].outside));
        for (size_t i = 0; i < shown->results[r].n_rows; i++) {
            widen(&of[r].rows[i], row_of(&shown->results[r], i, table, &there));
        }
    }
    widen(cis, total_of(table, 0) - total_of(table, 1));
}

static void try_tables(const mtm_results *shown, const mtmi_masks *masks, counted *table, size_t at, int64_t most,
                       int ordered, ranges *of, range *cis) {
    if (at == table->n) {
        if (agrees(shown, masks, table, ordered)) {
            note(shown, table, of, cis);
        }
        return;
    }
    for (table->of[at] = 0; table->of[at] <= most; table->of[at]++) {
        try_tables(shown, masks, table, at + 1, most, ordered, of, cis);
    }
}

static void assert_no_small(const mtm_results *shown, const mtmi_masks *masks) {
    for (size_t r = 0; r < shown->n; r++) {
        const mtm_result *result = &shown->results[r];
        int64_t value = result->value.units;
        assert_true(masks->of[r].value || value == 0 || value >= THRESHOLD);
        for (size_t i = 0; i < result->n_rows; i++) {
            value = result->rows[i].row.value.units;
            assert_true(masks->of[r].rows[i] || value == 0 || value >= THRESHOLD);
        }
    }
}

/* Only arrivals: all four ways in which they print. */
static mtm_results *made_arrivals(dice *d, size_t n_origins) {
    counted in = {{0}, n_origins};
    mtm_results *results = made_results(4, "2024-Q2");
    for (size_t i = 0; i < n_origins; i++) {
        in.of[i] = roll(d, 4) == 0 ? 0 : (int64_t)roll(d, 9);
    }
    static const char *const ids[] = {"arrivals", "by-origin", "outside-cis", "by-origin-short"};
    for (size_t r = 0; r < 4; r++) {
        mtm_result *result = &results->results[r];
        name_result(result, ids[r], "in");
        if (r == 2) {
            result->group = made_text("CIS");
            result->outside = 1;
        }
        set_value(result, whole(total_of(&in, r == 2)));
        if (r > 0) {
            list_origins(result, &in, 1 + roll(d, (uint32_t)n_origins), r == 2);
        }
    }
    add_counted(results, "in", &in);
    explain_results(results);
    return results;
}

static void assert_no_table_tells(const mtm_results *shown, const mtmi_masks *masks, size_t n_origins, int ordered) {
    ranges of[4];
    range none = {INT64_MAX, INT64_MIN}, cis = none;
    counted table = {{0}, n_origins};
    for (size_t r = 0; r < 4; r++) {
        of[r].value = none;
        for (size_t i = 0; i < ROWS_MAX; i++) {
            of[r].rows[i] = none;
        }
    }
    try_tables(shown, masks, &table, 0, n_origins == 3 ? 26 : 20, ordered, of, &cis);
    assert_true(cis.low <= cis.high);
    for (size_t r = 0; r < shown->n; r++) {
        for (size_t i = 0; i < shown->results[r].n_rows; i++) {
            if (masks->of[r].rows[i]) {
                assert_true(of[r].rows[i].low <= 0);
                assert_true(ordered || of[r].rows[i].high >= THRESHOLD);
            }
        }
        if (masks->of[r].value) {
            assert_true(of[r].value.low <= 0);
            assert_true(ordered || of[r].value.high >= THRESHOLD);
        }
    }
    /* nobody prints the arrivals from the CIS, but they could be subtracted */
    assert_false(!ordered && cis.low >= 1 && cis.low < THRESHOLD);
    assert_false(!ordered && cis.low == 0 && cis.high >= 1 && cis.high < THRESHOLD);
}

/* Also for a reader who knows that whoever a list names counts no less than whoever it leaves out: each mark could
 * still be nothing. */
static void test_no_table_tells(void **state) {
    (void)state;
    for (int seed = 0; seed < 150; seed++) {
        dice d = {(uint64_t)seed * 104729 + 7};
        size_t n_origins = 3 + (size_t)(seed % 2);
        mtm_results *results = made_arrivals(&d, n_origins);
        mtmi_certificate certificate;
        mtmi_masks *masks = protect(results, THRESHOLD, &certificate);
        mtm_results *shown = copy_of(results);
        mtmi_disclosure_redact(shown, masks);
        assert_no_small(shown, masks);
        assert_no_table_tells(shown, masks, n_origins, 0);
        assert_no_table_tells(shown, masks, n_origins, 1);
        mtm_results_free(shown);
        mtmi_certificate_clear(&certificate);
        mtmi_masks_free(masks);
        mtm_results_free(results);
    }
}

/* What a table makes of a number: the true one, and what the table changes. */
static int64_t number_of(const mtmi_evidence *evidence, const mtmi_evidence_number *number, const int64_t *table) {
    int64_t sum = 0;
    for (size_t i = number->first; i < number->first + number->n; i++) {
        const mtmi_evidence_term *term = &evidence->terms[i];
        sum += term->sign * (evidence->observed[term->observed].units + table[term->observed]);
    }
    return sum;
}

static int is_withheld(const mtmi_masks *masks, const mtm_results *results, const mtmi_evidence_number *number) {
    const mtmi_mask *mask = &masks->of[number->result];
    (void)results;
    switch (number->place) {
    case MTM_LINEAGE_VALUE: return mask->value;
    case MTM_LINEAGE_PREVIOUS: return mask->bases[0];
    case MTM_LINEAGE_LAST_YEAR: return mask->bases[1];
    case MTM_LINEAGE_BREAKDOWN: return mask->rows[number->index];
    default: return mask->points[number->index];
    }
}

static void assert_table_agrees(const mtm_results *results, const mtmi_masks *masks, const mtmi_exhibit *exhibit,
                                const int64_t *table, size_t *n_targets) {
    static const int64_t none[64] = {0};
    const mtmi_evidence *evidence = results->evidence;
    for (size_t i = 0; i < evidence->n_observed; i++) {
        assert_true(evidence->observed[i].units + table[i] >= 0);
    }
    for (size_t i = 0; i < evidence->n_numbers; i++) {
        const mtmi_evidence_number *number = &evidence->numbers[i];
        int64_t value = number_of(evidence, number, table);
        if (!is_withheld(masks, results, number)) {
            assert_int_equal(value, number_of(evidence, number, none));
        }
        if (number->result == exhibit->result && number->place == exhibit->place && number->index == exhibit->index) {
            assert_true(is_withheld(masks, results, number));
            ++*n_targets;
            assert_true(exhibit->side == MTMI_EXHIBIT_HIGH ? value >= THRESHOLD : value <= 1);
        }
    }
}

/* Whoever does not trust the protector adds up its tables. */
static void test_two_tables_for_every_mark(void **state) {
    (void)state;
    size_t n_targets = 0, n_hidden = 0;
    for (int seed = 0; seed < 1000; seed++) {
        dice d = {(uint64_t)seed * 7919 + 1};
        size_t n_origins = 2 + roll(&d, ORIGINS - 1);
        mtm_results *results = made_tables(&d, n_origins, seed % 2);
        mtmi_certificate certificate;
        mtmi_masks *masks = protect(results, THRESHOLD, &certificate);
        n_hidden += masks->n_hidden;
        for (size_t i = 0; i < certificate.n_exhibits; i++) {
            const mtmi_exhibit *exhibit = &certificate.exhibits[i];
            int64_t table[64] = {0};
            assert_true(results->evidence->n_observed <= 64);
            for (size_t k = exhibit->first; k < exhibit->first + exhibit->n; k++) {
                table[certificate.shifts[k].observed] += certificate.shifts[k].by;
            }
            assert_table_agrees(results, masks, exhibit, table, &n_targets);
        }
        mtm_report *report = made_report(results, MTM_LANGUAGE_EN, 0); /* the audit says yes */
        mtm_report_free(report);
        mtmi_certificate_clear(&certificate);
        mtmi_masks_free(masks);
        mtm_results_free(results);
    }
    assert_true(n_hidden > 1000);
    assert_true(n_targets > n_hidden);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_table_tells),
        cmocka_unit_test(test_two_tables_for_every_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
