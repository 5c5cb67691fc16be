/* A package of microdata and a package of the same crossings added up by a reader's hand give the same statistics. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNTRIES 6
#define QUARTERS 8 /* of 2022-Q3 to 2024-Q2 */
#define ROWS 4000

static const char *const codes[COUNTRIES] = {"UZB", "RUS", "KGZ", "CHN", "TUR", "IND"};
static const char *const names[COUNTRIES] = {"Узбекистан", "Russia", "Киргизия", "China", "Türkiye", "Индия"};

static char folder[] = "/tmp/mtm-package-XXXXXX";
static long counts[QUARTERS][2][COUNTRIES];

static unsigned long seed = 2024;

static unsigned draw(unsigned sides) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % sides;
}

static FILE *create(const char *name, char *path, size_t size) {
    FILE *file;
    snprintf(path, size, "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    return file;
}

static void write_text(const char *name, const char *text) {
    char path[256];
    FILE *file = create(name, path, sizeof path);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

#define PACKAGE "{\"name\": \"p\", \"mtm\": {\"country\": \"KAZ\", \"period\": \"2024-Q2\"}, \"resources\": ["
#define ABOUT                                                                                                          \
    "\"mtm\": {\"concept\": \"border-crossings\", \"unit\": \"movements\", \"releaseDate\": \"2024-08-15\", "          \
    "\"publisher\": \"Border Service\""

/* Two files of one resource, with the columns in another order than the table's, and a table of the same. */
static int make(void **state) {
    char path[256];
    FILE *files[2], *table;
    int i, q, d, c;
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/micro", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/table", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    for (i = 0; i < 2; i++) {
        files[i] = create(i == 0 ? "micro/a.csv" : "micro/b.csv", path, sizeof path);
        fputs("id;гражданство;направление;дата\n", files[i]);
    }
    for (i = 0; i < ROWS; i++) {
        unsigned quarter = draw(QUARTERS), month = (quarter + 2) % 4 * 3 + draw(3) + 1;
        unsigned country = draw(draw(COUNTRIES) + 1), out = draw(100) < 45;
        counts[quarter][out][country]++;
        fprintf(files[i % 2], "%d;%s;%s;%u-%02u-%02u\n", i, names[country], out ? "выезд" : "въезд",
                2022 + (quarter + 2) / 4, month, draw(28) + 1);
    }
    for (i = 0; i < 2; i++)
        assert_int_equal(fclose(files[i]), 0);
    table = create("table/t.csv", path, sizeof path);
    fputs("period,direction,citizenship,value\n", table);
    for (q = 0; q < QUARTERS; q++)
        for (d = 0; d < 2; d++)
            for (c = 0; c < COUNTRIES; c++)
                if (counts[q][d][c] > 0)
                    fprintf(table, "%d-Q%d,%s,%s,%ld\n", 2022 + (q + 2) / 4, (q + 2) % 4 + 1, d ? "OUT" : "IN",
                            codes[c], counts[q][d][c]);
    assert_int_equal(fclose(table), 0);
    write_text("table/datapackage.json", PACKAGE "{\"name\": \"crossings\", \"path\": \"t.csv\", " ABOUT "}}]}");
    write_text("micro/datapackage.json",
               PACKAGE "{\"name\": \"crossings\", \"path\": [\"a.csv\", \"b.csv\"], " ABOUT ", \"microdata\": true, "
                       "\"tabulate\": {\"groupings\": [{\"by\": [\"direction\"]}]}}}]}");
    return 0;
}

static int clean(void **state) {
    static const char *const all[] = {"micro/a.csv", "micro/b.csv", "micro/datapackage.json", "table/t.csv",
                                      "table/datapackage.json"};
    char path[256];
    size_t i;
    (void)state;
    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, all[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/micro", folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/table", folder);
    rmdir(path);
    return rmdir(folder);
}

static mtm_package *read_package(const char *name) {
    mtm_package *package = NULL;
    mtm_error err = {0};
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (mtm_package_read(FROM_PATH(path), NULL, &package, &err) != MTM_OK)
        fail_msg("%s: %s", err.subject, err.message);
    return package;
}

static void assert_same_decimal(const char *id, mtm_decimal a, mtm_decimal b) {
    if (a.units != b.units || a.decimals != b.decimals)
        fail_msg("%s: %lld e-%d, %lld e-%d", id, (long long)a.units, a.decimals, (long long)b.units, b.decimals);
}

static int compare(const mtm_result *a, const mtm_result *b) {
    const char *id = result_id(a);
    mtm_decimal x = {0, 0}, y = {0, 0};
    mtm_comparison p, q;
    int has = result_value(a, &x), with;
    size_t i;
    assert_string_equal(id, result_id(b));
    assert_int_equal(has, result_value(b, &y));
    assert_int_equal(result_reason(a), result_reason(b));
    assert_same_decimal(id, x, y);
    for (with = MTM_WITH_PREVIOUS_PERIOD; with <= MTM_WITH_SAME_PERIOD_LAST_YEAR; with++) {
        memset(&p, 0, sizeof p);
        memset(&q, 0, sizeof q);
        assert_int_equal(result_comparison(a, (mtm_comparison_with)with, &p),
                         result_comparison(b, (mtm_comparison_with)with, &q));
        assert_int_equal(p.reason, q.reason);
        assert_same_decimal(id, p.base, q.base);
        assert_same_decimal(id, p.percent, q.percent);
    }
    assert_int_equal(result_breakdown_reason(a), result_breakdown_reason(b));
    assert_int_equal(result_row_count(a), result_row_count(b));
    for (i = 0; i < result_row_count(a); i++) {
        mtm_row r, s;
        assert_int_equal(result_row(a, i, &r), 1);
        assert_int_equal(result_row(b, i, &s), 1);
        assert_string_equal(result_row_code(a, i), result_row_code(b, i));
        assert_same_decimal(id, r.value, s.value);
        assert_int_equal(r.rank, s.rank);
    }
    return has;
}

static void statistics_are_the_same(void **state) {
    mtm_package *micro = read_package("micro"), *table = read_package("table");
    mtm_catalogue *catalogue = NULL;
    mtm_results *a = NULL, *b = NULL;
    size_t i, n = 0;
    (void)state;
    assert_int_equal(mtm_package_count(micro), 0);
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    assert_int_equal(mtm_catalogue_compute(catalogue, micro, NULL, &a, NULL), MTM_OK);
    assert_int_equal(mtm_catalogue_compute(catalogue, table, NULL, &b, NULL), MTM_OK);
    assert_int_equal(mtm_package_count(micro), 0); /* computing does not change a package */
    assert_int_equal(mtm_results_count(a), mtm_results_count(b));
    for (i = 0; i < mtm_results_count(a); i++)
        n += (size_t)compare(mtm_results_at(a, i), mtm_results_at(b, i));
    assert_true(n >= 4); /* arrivals, departures, net, arrivals by origin */
    mtm_results_free(a);
    mtm_results_free(b);
    mtm_catalogue_free(catalogue);
    mtm_package_free(micro);
    mtm_package_free(table);
}

static void own_groupings_are_counted_without_a_plan(void **state) {
    mtm_package *micro = read_package("micro"), *counted = NULL, *again = NULL;
    const mtm_dataset *dataset = NULL;
    mtm_period date;
    mtm_error err = {0};
    long total = 0;
    size_t i;
    (void)state;
    assert_int_equal(mtm_package_tabulate(micro, NULL, NULL, &counted, &err), MTM_OK);
    assert_int_equal(mtm_package_find(counted, "crossings-quarter-direction", &dataset, NULL), MTM_OK);
    assert_int_equal(dataset_count(dataset), QUARTERS * 2);
    for (i = 0; i < dataset_count(dataset); i++)
        total += (long)dataset_values(dataset)[i];
    assert_int_equal(total, ROWS);
    assert_string_equal(dataset_concept(dataset), "border-crossings");
    (void)dataset_release(dataset, (size_t)dataset_releases(dataset)[0], &date);
    assert_int_equal(date.first, 19950);                                               /* 2024-08-15 */
    assert_int_equal(mtm_package_tabulate(counted, NULL, NULL, &again, &err), MTM_OK); /* nothing is left to count */
    assert_int_equal(mtm_package_count(again), 1);
    assert_int_equal(mtm_package_count(micro), 0);
    mtm_package_free(micro);
    mtm_package_free(counted);
    mtm_package_free(again);
}

static void wrong_plans_are_refused(void **state) {
    static const struct {
        const char *plan;
        mtm_status status;
    } wrong[] = {{"{", MTM_ERROR_STRUCTURE},
                 {"[]", MTM_ERROR_SCHEMA},
                 {"{\"crossings\": {}}", MTM_ERROR_SCHEMA},
                 {"{\"permits\": {\"groupings\": []}}", MTM_ERROR_NOT_FOUND},
                 {"{\"crossings\": {\"groupings\": [{\"by\": [\"shoe\"]}]}}", MTM_ERROR_SCHEMA}};
    mtm_package *micro = read_package("micro"), *counted = micro;
    mtm_error err = {0};
    size_t i;
    (void)state;
    for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(mtm_package_tabulate(micro, wrong[i].plan, NULL, &counted, &err), wrong[i].status);
        assert_null(counted);
    }
    assert_int_equal(mtm_package_tabulate(micro, "{}", NULL, &counted, &err), MTM_OK);
    assert_int_equal(mtm_package_count(counted), 0);
    mtm_package_free(counted);
    mtm_package_free(micro);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(statistics_are_the_same),
                                       cmocka_unit_test(own_groupings_are_counted_without_a_plan),
                                       cmocka_unit_test(wrong_plans_are_refused)};
    return cmocka_run_group_tests(tests, make, clean);
}
