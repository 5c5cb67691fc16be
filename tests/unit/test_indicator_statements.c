/* Published statements, recomputed by the library: which are right, and what is wrong with the others. The statement is
 * what the press or the agency printed; the figures behind it are its own. */
#include "../getters.h"
#include "base/decimal.h"
#include "facts.h"
#include "indicator/result.h"

/* A change of current on previous, in per cent; holds: the published number is what one rounding gives. */
static const struct change {
    const char *id;
    int64_t current, previous;
    const char *published, *computed;
    int holds;
    const char *source;
} changes[] = {
    {"mtm-arr-q2", 4001714, 2975788, "34.5", "34.5", 1,
     "reliefweb.int/report/kazakhstan/kazakhstan-migration-situation-report-april-june-2024"},
    {"mtm-dep-q2", 3832829, 2872109, "33.4", "33.4", 1,
     "reliefweb.int/report/kazakhstan/kazakhstan-migration-situation-report-april-june-2024"},
    {"bns-23q1-arr", 7680, 4108, "87", "87.0", 1, "egemen.kz/amp/article/342209"},
    {"bns-23q1-dep", 2664, 5281, "-49.6", "-49.6", 1, "egemen.kz/amp/article/342209"},
    {"bns-23h1-arr", 13652, 7287, "87.3", "87.3", 1,
     "inform.kz, a4104003: exact 87.3473; through 87.35 it would be 87.4"},
    {"bns-23h1-dep", 6996, 12344, "-56.7", "-43.3", 0, "inform.kz, a4104003: 56.7 is the index, not the change"},
    {"bns-24h1-arr", 14256, 13652, "4.4", "4.4", 1, "24.kz, 671467"},
    {"bns-24h1-dep", 6967, 6996, "-0.4", "-0.4", 1, "24.kz, 671467"},
    {"bns-23-arr", 25387, 17425, "45.7", "45.7", 1, "mgorod.kz: on the final base"},
    {"bns-23-arr-x", 25387, 17293, "45.7", "46.8", 0, "mgorod.kz: not on the first print"},
    {"bns-23-dep", 16094, 24147, "-33.3", "-33.3", 1, "mgorod.kz: exact -33.3499; through -33.35 it would be -33.4"},
    {"bns-24-arr", 29282, 25387, "15.3", "15.3", 1, "en.orda.kz"},
    {"bns-24-dep", 12732, 16094, "-20.9", "-20.9", 1, "en.orda.kz"},
    {"bns-24-first-net", 17164, 9293, "17.9", "84.7", 0, "the-tenge.kz: 17.9 is the growth of arrivals"},
    {"bns-24-first-dep", 12784, 16094, "20.4", "-20.6", 0, "the-tenge.kz: a fall printed as growth"},
};

static mtm_results *change_of(int64_t current, int64_t previous) {
    const fact facts[] = {{"2023", "IN", previous, NULL, NULL, 0, NULL}, {"2024", "IN", current, NULL, NULL, 0, NULL}};
    const table two = {"two", "migration", "persons", 0, 0, 0, 0, "direction", NULL, NULL, FACTS(facts)};
    return computed(&two, 1, "immigration", "2024", NULL);
}

/* As many decimals as were printed, from the exact ratio. */
static void printed_like(int64_t part, int64_t whole, const char *published, char out[40]) {
    const char *point = strchr(published, '.');
    mtm_decimal percent;
    assert_int_equal(mtmi_decimal_percent((mtm_decimal){part, 0, 0}, (mtm_decimal){whole, 0, 0},
                                          point != NULL ? (int)strlen(point + 1) : 0, &percent, NULL),
                     MTM_OK);
    mtm_decimal_describe(percent, out, 40);
}

static void changes_are_recomputed(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const struct change *one = &changes[i];
        char text[40];
        print_message("%s\n", one->id);
        mtm_results *results = change_of(one->current, one->previous);
        mtm_comparison comparison;
        assert_int_equal(result_comparison(mtm_results_at(results, 0), MTM_WITH_PREVIOUS_PERIOD, &comparison), 1);
        assert_decimal(comparison.percent, one->computed);
        printed_like(one->current - one->previous, one->previous, one->published, text);
        assert_int_equal(strcmp(text, one->published) == 0, one->holds);
        mtm_results_free(results);
    }
}

static const struct part {
    const char *id;
    int64_t part, total;
    const char *published, *computed;
    int holds;
    const char *source;
} parts[] = {
    {"wp-230801-con", 5181, 14702, "35", "35.2", 1, "liter.kz, 1692679024"},
    {"wp-230801-chn", 3768, 14702, "25.6", "25.6", 1, "liter.kz, 1692679024"},
    {"wp-230801-tur", 1411, 14702, "9.5", "9.6", 0, "liter.kz, 1692679024: cut off, not rounded"},
    {"wp-240301-agr", 834, 13088, "6.3", "6.4", 0, "ztgzt.kz, 75604: cut off, not rounded"},
};

static void shares_are_recomputed(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct part *one = &parts[i];
        char text[40];
        const fact facts[] = {{"2024-01-01", "-", one->total, NULL, NULL, 0, NULL},
                              {"2024-01-01", "CHN", one->part, NULL, NULL, 0, NULL}};
        const table workers = {"workers", "foreign-workers",     "permits",     MTM_KIND_STOCK, 0,           0,
                               0,         "citizenship:country", "citizenship", NULL,           FACTS(facts)};
        mtm_results *results = computed(&workers, 1, "foreign-workers-by-origin", "2023-12", NULL);
        char value[24];
        mtm_decimal_describe((mtm_decimal){one->part, 0, 0}, value, sizeof value);
        assert_row(results, "CHN", 1, value, one->computed);
        printed_like(one->part, one->total, one->published, text);
        assert_int_equal(strcmp(text, one->published) == 0, one->holds);
        mtm_results_free(results);
    }
}

static const struct addition {
    const char *id;
    int64_t parts[6];
    int64_t total;
    const char *source;
} additions[] = {
    {"wp-230801-sum", {551, 2751, 6452, 745, 1970, 2233}, 14702, "liter.kz, 1692679024"},
    {"wp-240301-sum", {567, 2658, 5774, 580, 798, 2711}, 13088, "ztgzt.kz, 75604"},
    {"wp-240201-sum", {565, 2671, 5871, 595, 564, 2616}, 12882, "zanmedia.kz, 116218"},
    {"quota-2024", {906, 5054, 10786, 2888, 2366, 0}, 22000, "kapital.kz, 122106"},
};

static void parts_add_up_to_totals(void **state) {
    static const char *const categories[] = {"CAT1", "CAT2", "CAT3", "CAT4", "SEASONAL", "ICT"};
    (void)state;
    for (size_t i = 0; i < sizeof additions / sizeof *additions; i++) {
        fact facts[7];
        memset(facts, 0, sizeof facts);
        for (size_t k = 0; k < 6; k++) {
            facts[k] = (fact){"2024-01-01", categories[k], additions[i].parts[k], NULL, NULL, 0, NULL};
        }
        facts[6] = (fact){"2024-01-01", "-", additions[i].total, NULL, NULL, 0, NULL};
        const table workers = {"workers", "foreign-workers",          "permits", MTM_KIND_STOCK, 0,           0,
                               0,         "category:worker-category", NULL,      NULL,           FACTS(facts)};
        mtm_results *results = computed(&workers, 1, "foreign-workers-by-category", "2023-12", NULL);
        assert_int_equal(result_flags(mtm_results_at(results, 0)), 0); /* no mismatch */
        assert_int_equal(result_row_count(mtm_results_at(results, 0)), 6);
        mtm_results_free(results);
    }
}

static void differences(void **state) {
    static const struct {
        const char *id;
        int64_t in, out, net;
    } facts[] = {
        {"mtm-net-q2", 4001714, 3832829, 168885},
        {"mtm-net-q1", 2975788, 2872109, 103679},
        {"bns-23q1-net", 7680, 2664, 5016}, /* printed with a dash in front, which is punctuation: it is positive */
    };
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const fact two[] = {{"2024-Q1", "IN", facts[i].in, NULL, NULL, 0, NULL},
                            {"2024-Q1", "OUT", facts[i].out, NULL, NULL, 0, NULL}};
        const table both = {"both", "migration", "persons", 0, 0, 0, 0, "direction", NULL, NULL, FACTS(two)};
        char net[24];
        mtm_decimal_describe((mtm_decimal){facts[i].net, 0, 0}, net, sizeof net);
        mtm_results *results = computed(&both, 1, "net-migration", "2024-Q1", NULL);
        assert_value(results, net, MTM_REASON_NONE);
        mtm_results_free(results);
    }
}

/* Bases that IOM's report does not print: the ends of the interval, 143.85 to 144.06 and 55.45 to 55.58, give the
 * published change with some value that is printed so; what lies outside does not. */
static void implied_bases(void **state) {
    static const struct {
        const char *id;
        int64_t value, low, high; /* in ten thousands of million USD, so that halves can be met exactly */
        const char *percent;
    } facts[] = {{"mtm-rem-out", 1572000, 1438500, 1440600, "9.2"}, {"mtm-rem-in", 629000, 554500, 555800, "13.3"}};
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        /* the value itself is rounded to a tenth: 157.15 to 157.25 */
        const struct {
            int64_t value, base;
            int holds;
        } ends[] = {
            {facts[i].value, (facts[i].low + facts[i].high) / 2, 1},
            {facts[i].value - 499, facts[i].low, 1},
            {facts[i].value + 499, facts[i].high, 1},
            {facts[i].value, facts[i].low - 2000, 0},
            {facts[i].value, facts[i].high + 2000, 0},
        };
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            mtm_comparison comparison;
            char text[40];
            mtm_results *results = change_of(ends[k].value, ends[k].base);
            assert_int_equal(result_comparison(mtm_results_at(results, 0), MTM_WITH_PREVIOUS_PERIOD, &comparison), 1);
            mtm_decimal_describe(comparison.percent, text, sizeof text);
            assert_int_equal(strcmp(text, facts[i].percent) == 0, ends[k].holds);
            mtm_results_free(results);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_recomputed), cmocka_unit_test(shares_are_recomputed),
        cmocka_unit_test(parts_add_up_to_totals), cmocka_unit_test(differences),
        cmocka_unit_test(implied_bases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
