/* Shares of one file, each counted by itself and merged, are the file: the same tables, refusals with the same lines, and balance,
 * however its bytes are divided; with quoted line breaks, quotes where none belong, carriage returns, blank lines and comments. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 12, MOST_SHARES = 9, LINES = 3000 };

static uint64_t seed;

static uint64_t random_below(uint64_t n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % n;
}

/* ---- a file ---- */

static char path[] = "/tmp/mtm-shares-XXXXXX";
static size_t file_size;

static const char *label(uint64_t number, int broken) {
    static const char *const plain[] = {"UZB", "KGZ", "RUS", "Узбекистан", "a place of a somewhat longer name",
                                        "",    "TJK"};
    static const char *const quoted[] = {"\"two\nlines\"", "\"a \"\"quoted\"\" word\"", "\"x, y\"", "\"\"",
                                         "\"\n\n\nUZB,in\n\""};
    static const char *const odd[] = {"a \"b\" c", "\"x\" y", " \"z\"", "\"open", "a\"", "\"\"\"", "x\ry"};
    if (broken == 2 && number % 97 == 0) {
        return odd[number / 97 % (sizeof odd / sizeof *odd)];
    }
    return broken >= 1 && number % 5 == 0 ? quoted[number / 5 % (sizeof quoted / sizeof *quoted)]
                                          : plain[number % (sizeof plain / sizeof *plain)];
}

/* broken: 0 no quotes, 1 well-formed ones, 2 others too. About 600 to 1500 KiB. */
static void write_file(int broken, const char *end) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    const uint64_t rows = 9000 + random_below(9000), long_cells = random_below(3);
    fprintf(file, "%sdate,direction,citizenship,note,pad%s", random_below(4) == 0 ? "\xEF\xBB\xBF" : "", end);
    for (uint64_t i = 0; i < rows; i++) {
        if (random_below(200) == 0) {
            fputs(random_below(2) == 0 ? end : "#a comment with \"quotes\n", file);
        }
        fprintf(file, "2024-%02d-%02d,%s,%s,%s,", (int)random_below(12) + 1,
                (int)random_below(random_below(100) == 0 ? 40 : 28) + 1,
                random_below(500) == 0 ? "sideways"
                : random_below(2) == 0 ? "in"
                                       : "out",
                label(random_below(1000000), broken), label(random_below(1000000), broken));
        for (uint64_t k = long_cells * random_below(80); k > 0; k--) {
            putc('x', file);
        }
        if (long_cells == 2 && random_below(4000) == 0) { /* a row longer than a block */
            fprintf(file, "%*s", 200000, "y");
        }
        fputs(i + 1 < rows || random_below(2) == 0 ? end : "", file);
    }
    file_size = (size_t)ftell(file);
    assert_int_equal(fclose(file), 0);
}

/* ---- counting ---- */

static const char *const specification =
    "{\"resource\": {\"name\": \"crossings\", \"path\": \"crossings.csv\", %s"
    " \"mtm\": {\"concept\": \"border-crossings\", \"unit\": \"movements\", \"microdata\": true}},"
    " \"groupings\": [{\"by\": [\"direction\"], \"name\": \"total\"},"
    " {\"by\": [\"direction\", \"citizenship\"], \"period\": \"month\", \"name\": \"months\"}]}";

static const char *dialect;

static mtm_tabulator *tabulator_new(int32_t threads) {
    char text[1024];
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    options.threads = threads;
    snprintf(text, sizeof text, specification, dialect);
    assert_int_equal(mtm_tabulator_new(text, &options, &tabulator, &err), MTM_OK);
    return tabulator;
}

static int compare_lines(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Tables, balance and refusals; those of shares stand in another order. */
static char *said(const mtm_tabulator *tabulator) {
    static const char *const tables[] = {"total", "months"};
    char *out = calloc(4 << 20, 1), *lines[LINES];
    size_t at = 0, n = 0;
    mtm_check *check = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    assert_non_null(out);
    for (int which = 0; which < 4; which++) {
        at += (size_t)sprintf(out + at, "%lld ", (long long)mtm_tabulator_rows(tabulator, (mtm_rows)which));
    }
    assert_int_equal(mtm_tabulator_finish(tabulator, &package, &err), MTM_OK);
    for (size_t i = 0; i < 2; i++) {
        const mtm_dataset *dataset = NULL;
        mtm_buffer *rendered = NULL;
        assert_int_equal(mtm_package_find(package, tables[i], &dataset, &err), MTM_OK);
        assert_int_equal(mtm_dataset_render(dataset, MTM_FORMAT_CSV, NULL, &rendered, &err), MTM_OK);
        at += (size_t)sprintf(out + at, "%s\n", mtm_buffer_data(rendered));
        mtm_buffer_free(rendered);
    }
    assert_int_equal(mtm_tabulator_check(tabulator, &check, &err), MTM_OK);
    for (size_t i = 0; i < mtm_check_count(check) && n < LINES; i++) {
        mtm_diagnostic one;
        assert_int_equal(mtm_check_at(check, i, &one), 1);
        if (one.error == 0) {
            continue; /* notes of labels have no line of one share */
        }
        lines[n] = calloc(1, 400);
        assert_non_null(lines[n]);
        snprintf(lines[n++], 400, "%08lld %lld %d %.60s %.60s", (long long)one.line, (long long)one.column,
                 (int)one.code, one.found, one.expected);
    }
    qsort(lines, n, sizeof *lines, compare_lines);
    for (size_t i = 0; i < n; i++) {
        at += (size_t)sprintf(out + at, "%s\n", lines[i]);
        free(lines[i]);
    }
    mtm_check_free(check);
    mtm_package_free(package);
    return out;
}

static mtm_status add_share(mtm_tabulator *tabulator, uint64_t first, uint64_t length, mtm_error *err) {
    mtm_source source = MTM_SOURCE_PATH_INIT(path);
    source.name = "crossings.csv";
    source.first = first;
    source.length = length;
    source.share = 1;
    return mtm_tabulator_add(tabulator, &source, err);
}

static int compare_cuts(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Divided at random, some shares of no bytes left out; each is counted in its own tabulator or in one of its neighbours'. */
static mtm_tabulator *count_shares(void) {
    uint64_t cuts[MOST_SHARES + 1];
    const size_t n = 1 + random_below(MOST_SHARES);
    mtm_tabulator *whole = tabulator_new(1);
    mtm_error err = {0};
    for (size_t i = 0; i <= n; i++) {
        cuts[i] = random_below(3) == 0 ? random_below(9) * 131072 : random_below(file_size);
    }
    cuts[0] = 0;
    cuts[n] = file_size;
    qsort(cuts, n, sizeof *cuts, compare_cuts);
    cuts[n - 1] = cuts[n - 1] > file_size ? file_size : cuts[n - 1];
    for (size_t i = n; i-- > 0;) {
        mtm_tabulator *one = random_below(3) == 0 ? whole : tabulator_new(1 + (int32_t)random_below(3));
        const uint64_t first = cuts[i], end = i + 1 < n && cuts[i + 1] < file_size ? cuts[i + 1] : file_size;
        if (first < end &&
            add_share(one, first, i + 1 == n && random_below(2) == 0 ? 0 : end - first, &err) != MTM_OK) {
            fail_msg("%s", err.message);
        }
        if (one != whole) {
            assert_int_equal(mtm_tabulator_merge(whole, one, 0, &err), MTM_OK);
            mtm_tabulator_free(one);
        }
    }
    return whole;
}

static void shares_are_the_file(void **state) {
    static const char *const ends[] = {"\n", "\r\n", "\n", "\r\n"};
    const uint64_t n = getenv("MTM_SLOW") == NULL ? FILES : 4; /* of each kind and dialect */
    (void)state;
    for (uint64_t number = 0; number < n; number++) {
        seed = number * 0x9E3779B97F4A7C15u + 1;
        dialect = number % 4 == 3 ? "\"dialect\": {\"commentChar\": \"#\"}," : "";
        write_file((int)(number % 3), ends[number / 3 % 4]);
        mtm_tabulator *whole = tabulator_new(2), *shares = NULL;
        mtm_source source = MTM_SOURCE_PATH_INIT(path);
        mtm_error err = {0};
        source.name = "crossings.csv";
        if (mtm_tabulator_add(whole, &source, &err) != MTM_OK) {
            fail_msg("file %d: %s", (int)number, err.message);
        }
        char *one = said(whole);
        for (int turn = 0; turn < 3; turn++) {
            shares = count_shares();
            char *many = said(shares);
            size_t at = 0;
            while (one[at] == many[at] && one[at] != '\0') {
                at++;
            }
            if (one[at] != many[at]) {
                fail_msg("file %d, turn %d: the file says\n%.300s\nits shares say\n%.300s", (int)number, turn,
                         one + (at < 90 ? 0 : at - 90), many + (at < 90 ? 0 : at - 90));
            }
            free(many);
            mtm_tabulator_free(shares);
        }
        free(one);
        mtm_tabulator_free(whole);
    }
}

static void the_same_share_is_refused_twice(void **state) {
    mtm_error err = {0};
    (void)state;
    seed = 7;
    dialect = "";
    write_file(1, "\n");
    mtm_tabulator *tabulator = tabulator_new(1);
    assert_int_equal(add_share(tabulator, 200000, 200000, &err), MTM_OK);
    assert_int_equal(add_share(tabulator, 262144, 131072, &err), MTM_ERROR_STATE); /* lies within it */
    assert_non_null(strstr(err.message, "[bytes 262144-"));
    assert_int_equal(add_share(tabulator, 140000, 131072, &err), MTM_ERROR_STATE); /* the same blocks */
    assert_int_equal(add_share(tabulator, 0, 262145, &err), MTM_ERROR_STATE);      /* ends within it */
    assert_int_equal(add_share(tabulator, 100, 100, &err), MTM_OK);                /* no row is looked for there */
    assert_int_equal(add_share(tabulator, file_size + 5, 0, &err), MTM_OK);
    assert_int_equal(add_share(tabulator, 0, 262144, &err), MTM_OK);
    mtm_tabulator_free(tabulator);
}

static void only_counting_takes_shares(void **state) {
    mtm_source source = MTM_SOURCE_PATH_INIT(path),
               bytes = MTM_SOURCE_BYTES_INIT("date,sex\n2024-01-01,F\n", 22, "bytes");
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    (void)state;
    source.share = bytes.share = 1;
    assert_int_equal(mtm_dataset_read(&source, NULL, &dataset, &err), MTM_ERROR_ARGUMENT);
    dialect = "";
    mtm_tabulator *tabulator = tabulator_new(1);
    assert_int_equal(mtm_tabulator_add(tabulator, &bytes, &err), MTM_ERROR_ARGUMENT);
    FILE *file = fopen(path, "wb"); /* not UTF-8: Latin 1 declared by a mark of UTF-16 */
    assert_non_null(file);
    fputs("\xFF\xFE", file);
    for (const char *c = "date,direction,citizenship\n2024-01-01,in,UZB\n"; *c != '\0'; c++) {
        putc(*c, file);
        putc('\0', file);
    }
    assert_int_equal(fclose(file), 0);
    const mtm_status status = add_share(tabulator, 0, 0, &err);
    if (status != MTM_ERROR_UNSUPPORTED) {
        fail_msg("%s", err.message);
    }
    assert_non_null(strstr(err.message, "count it whole"));
    mtm_tabulator_free(tabulator);
}

static int make_path(void **state) {
    const int file = mkstemp(path);
    (void)state;
    return file < 0 ? -1 : close(file);
}

static int drop_path(void **state) {
    (void)state;
    return unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shares_are_the_file),
                                       cmocka_unit_test(the_same_share_is_refused_twice),
                                       cmocka_unit_test(only_counting_takes_shares)};
    return cmocka_run_group_tests(tests, make_path, drop_path);
}
