/* Files made to exhaust a machine: counting ends with an error, soon, and in little memory. */
#define _GNU_SOURCE
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const char specification[] = "{\"groupings\": [{\"by\": [\"direction\", \"place\"]}]}";
static const char head[] = "time,direction,place\n2024-04-01,in,A\n";

/* What a thread pours into a pipe: a beginning, then pieces until nobody reads any more or there were enough. */
struct flood {
    int to;
    const char *first;
    void (*piece)(char *out, size_t *n, unsigned long i);
    unsigned long most;
};

static int put(int to, const char *bytes, size_t n) {
    while (n > 0) {
        ssize_t wrote = write(to, bytes, n);
        if (wrote <= 0)
            return 0;
        bytes += wrote;
        n -= (size_t)wrote;
    }
    return 1;
}

static void *pour(void *data) {
    const struct flood *flood = data;
    static char piece[1 << 16];
    unsigned long i;
    size_t n;
    int open = put(flood->to, flood->first, strlen(flood->first));
    for (i = 0; open && i < flood->most; i++) {
        flood->piece(piece, &n, i);
        open = put(flood->to, piece, n);
    }
    close(flood->to);
    return NULL;
}

static void letters(char *out, size_t *n, unsigned long i) {
    (void)i;
    memset(out, 'x', 1 << 16);
    *n = 1 << 16;
}

static void commas(char *out, size_t *n, unsigned long i) {
    (void)i;
    memset(out, ',', 1 << 16);
    *n = 1 << 16;
}

static void new_labels(char *out, size_t *n, unsigned long i) {
    int k;
    *n = 0;
    for (k = 0; k < 1000; k++)
        *n += (size_t)sprintf(out + *n, "2024-04-01,in,L%lu\n", i * 1000 + (unsigned long)k);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static long peak_kib(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void flood(const char *name, const char *first, void (*piece)(char *, size_t *, unsigned long),
                  unsigned long most, mtm_status expected, const char *message) {
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    pthread_t thread;
    int ends[2];
    double before = seconds();
    mtm_status status;
    assert_int_equal(pipe(ends), 0);
    struct flood data = {ends[1], first, piece, most};
    assert_int_equal(mtm_tabulator_new(specification, NULL, &tabulator, NULL), MTM_OK);
    assert_int_equal(pthread_create(&thread, NULL, pour, &data), 0);
    status = mtm_tabulator_add(tabulator, FROM_DESCRIPTOR(ends[0], name), &err);
    close(ends[0]);
    pthread_join(thread, NULL);
    print_message("%s: %.2f s, peak of the process so far %ld KiB: %s\n", name, seconds() - before, peak_kib(),
                  err.message);
    assert_int_equal(status, expected);
    assert_non_null(strstr(err.message, message));
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 0);
    mtm_tabulator_free(tabulator);
}

static void a_cell_without_end(void **state) {
    (void)state;
    flood("2 GiB in a cell", head, letters, 1 << 15, MTM_ERROR_LIMIT, "a row of more than 16777216 bytes");
    flood("2 GiB in quotes", "time,direction,place\n2024-04-01,in,A\n2024-04-01,in,\"", letters, 1 << 15,
          MTM_ERROR_LIMIT, "a row of more than 16777216 bytes");
}

static void columns_without_end(void **state) {
    (void)state;
    flood("a billion columns", "time,direction,place", commas, 16000, MTM_ERROR_LIMIT, "raise max_columns");
    flood("a row of a billion cells", head, commas, 16000, MTM_ERROR_LIMIT, "a row of more than 16777216 bytes");
}

static void labels_without_end(void **state) {
    (void)state;
    flood("labels without end", head, new_labels, 100000, MTM_ERROR_LIMIT, "more than 65536 different labels");
}

static double stopped_at;

static int stop_later(uint64_t done, uint64_t total, void *data) {
    (void)total;
    (void)data;
    if (done < 8 << 20)
        return 0;
    stopped_at = seconds();
    return 1;
}

static void stopping_takes_no_time(void **state) {
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    size_t size = 64 << 20, n = strlen(head);
    char *bytes = malloc(size);
    int threads;
    (void)state;
    assert_non_null(bytes);
    memcpy(bytes, head, n);
    while (n + 64 < size)
        n += (size_t)sprintf(bytes + n, "2024-0%d-01,in,%c\n", (int)(n % 9) + 1, 'A' + (int)(n % 7));
    options.progress = stop_later;
    for (threads = 1; threads <= 4; threads++) {
        options.threads = threads;
        assert_int_equal(mtm_tabulator_new(specification, &options, &tabulator, NULL), MTM_OK);
        assert_int_equal(mtm_tabulator_add(tabulator, FROM_BYTES(bytes, n, "large"), NULL), MTM_ERROR_CANCELLED);
        print_message("%d threads stopped after %.1f ms\n", threads, (seconds() - stopped_at) * 1000);
        assert_true(seconds() - stopped_at < 1); /* 0.1 s on a machine that does nothing else */
        assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 0);
        mtm_tabulator_free(tabulator);
    }
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(labels_without_end), cmocka_unit_test(a_cell_without_end),
                                       cmocka_unit_test(columns_without_end), cmocka_unit_test(stopping_takes_no_time)};
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
