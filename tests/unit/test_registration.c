/* Hashes of ids against another implementation's; records in order whatever the memory; keys and temporary files that fail. */
#include "base/hash.h"
#include "base/io.h"
#include "failing.h"
#include "base/key.h"
#include "registration/runs.h"

#include <mtm.h>

#include <string.h>

/* Of OpenSSL 3.0.19: `openssl mac -macopt hexkey:000102...0f -macopt size:16 SIPHASH` over bytes 0, 1, ... */
static void hashes_are_siphash(void **state) {
    (void)state;
    static const struct {
        size_t size;
        const char *hash;
    } vectors[] = {{0, "a3817f04ba25a8e66df67214c7550293"},  {1, "da87c1d86b99af44347659119b22fc45"},
                   {8, "3b62a9ba6258f5610f83e264f31497b4"},  {15, "5493e99933b0a8117e08ec0f97cfc3d9"},
                   {16, "6ee2a4ca67b054bbfd3315bf85230577"}, {63, "5150d1772f50834a503e069a973fbd7c"}};
    unsigned char bytes[64], out[16];
    char text[33];
    for (unsigned i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)i;
    }
    mtmi_sip_key key = mtmi_sip_key_of(bytes);
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        uint64_t hash[2];
        mtmi_siphash(&key, bytes, vectors[i].size, hash);
        for (unsigned k = 0; k < 16; k++) {
            out[k] = (unsigned char)(hash[k / 8] >> (8 * (k % 8)));
        }
        mtmi_hash_hex(out, sizeof out, text);
        assert_string_equal(text, vectors[i].hash);
    }
}

static void keys_differ_or_are_as_given(void **state) {
    (void)state;
    mtmi_sip_key a, b;
    mtm_error err;
    assert_int_equal(mtmi_sip_key_read(NULL, &a, &err), MTM_OK);
    assert_int_equal(mtmi_sip_key_read(NULL, &b, &err), MTM_OK);
    assert_memory_not_equal(&a, &b, sizeof a);
    assert_int_equal(mtmi_sip_key_read("000102030405060708090A0b0c0d0e0f", &a, &err), MTM_OK);
    assert_true(a.word[0] == UINT64_C(0x0706050403020100) && a.word[1] == UINT64_C(0x0f0e0d0c0b0a0908));
    assert_int_equal(mtmi_sip_key_read("0001", &a, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtmi_sip_key_read("zz0102030405060708090a0b0c0d0e0f", &a, &err), MTM_ERROR_ARGUMENT);
    for (size_t n = 1; n <= 2; n++) { /* the system refuses: no key, and never a weak one */
        mtmi_io_fail_at(n);
        assert_int_equal(mtmi_sip_key_read(NULL, &a, &err), MTM_ERROR_IO);
        mtmi_io_fail_at(0);
    }
}

static uint64_t next_random(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed ^ *seed >> 29;
}

/* n records through runs that keep at most `most` in memory: all come back, in order, in `parts` ranges. */
static mtm_status sort_through(size_t n, size_t most, unsigned parts, mtm_error *err) {
    mtmi_spill *spill = NULL;
    mtmi_runs runs = {0};
    mtmi_run_reader *reader = NULL;
    uint64_t seed = 7, sum = 0, back = 0, last = 0;
    size_t found = 0;
    mtm_status status = mtmi_spill_new(NULL, &spill, err);
    runs.spill = spill;
    for (size_t i = 0; i < n && status == MTM_OK; i++) {
        if (!mtmi_runs_reserve(&runs, 1)) {
            status = MTM_ERROR_MEMORY;
            err->status = status;
            break;
        }
        mtmi_record *record = &runs.records[runs.n++];
        memset(record, 0, sizeof *record);
        record->id[0] = i % 5 == 0 ? UINT64_C(42) << 40 : next_random(&seed); /* many of one id */
        record->place = next_random(&seed);
        sum += record->place;
        if (runs.n >= most) {
            status = mtmi_runs_spill(&runs, runs.n, err);
        }
    }
    status = status == MTM_OK ? mtmi_runs_settle(&runs, err) : status;
    for (unsigned p = 0; p < parts && status == MTM_OK; p++) {
        const uint64_t width = UINT64_MAX / parts, end = p + 1 == parts ? UINT64_MAX : width * (p + 1) - 1;
        const mtmi_record *record;
        status = mtmi_run_reader_new(&runs, width * p, end, &reader, err);
        while (status == MTM_OK && (record = mtmi_run_reader_next(reader, &status, err)) != NULL) {
            assert_true(record->id[0] >= last);
            last = record->id[0];
            back += record->place;
            found++;
        }
        mtmi_run_reader_free(reader);
        reader = NULL;
    }
    if (status == MTM_OK) {
        assert_int_equal(found, n);
        assert_true(back == sum);
    }
    mtmi_runs_free(&runs);
    mtmi_spill_free(spill);
    return status;
}

static void records_come_back_in_order(void **state) {
    (void)state;
    mtm_error err;
    assert_int_equal(sort_through(0, 10, 1, &err), MTM_OK);
    assert_int_equal(sort_through(5000, 100000, 1, &err), MTM_OK);
    assert_int_equal(sort_through(5000, 700, 3, &err), MTM_OK);
    assert_int_equal(sort_through(6001, 20, 2, &err), MTM_OK); /* more runs than are merged at once */
    assert_int_equal(sort_through(5000, 5000, 64, &err), MTM_OK);
}

static void the_disk_may_fail(void **state) {
    (void)state;
    mtm_error err;
    for (size_t n = 1; n < 40; n += 3) {
        mtmi_io_fail_at(n);
        mtm_status status = sort_through(600, 50, 2, &err);
        size_t calls = mtmi_io_calls();
        mtmi_io_fail_at(0);
        assert_int_equal(status, calls >= n ? MTM_ERROR_IO : MTM_OK);
    }
    mtmi_spill *spill = NULL;
    uint64_t offset;
    assert_int_equal(mtmi_spill_new("/nowhere/at/all", &spill, &err), MTM_OK);
    assert_int_equal(mtmi_spill_reserve(spill, 1, &offset, &err), MTM_ERROR_NOT_FOUND);
    mtmi_spill_free(spill);
}

/* ---- a whole tabulation ---- */

static const char spec[] =
    "{\"groupings\": [{\"by\": [\"site\"]}, {\"by\": [\"sex\", \"age\"], \"period\": \"month\"}], \"resource\": "
    "{\"schema\": "
    "{\"fieldsMatch\": [\"subset\"], \"fields\": ["
    "{\"name\": \"person\", \"mtm\": {\"role\": \"id\", \"dedupe\": true}},"
    "{\"name\": \"family\", \"mtm\": {\"role\": \"household\"}},"
    "{\"name\": \"site\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"site\"}},"
    "{\"name\": \"in\", \"mtm\": {\"role\": \"entered\"}}, {\"name\": \"out\", \"mtm\": {\"role\": \"left\"}},"
    "{\"name\": \"born\", \"mtm\": {\"role\": \"birth-year\"}}]}}}";
static const char rows[] =
    "family,person,site,in,out,sex,born\n"
    "f1,p1,A,2024-01-05,,F,1990\nf1,p1,A,2024-01-05,,F,1990\nf1,p1,B,2024-02-05,,F,1990\n"
    "f1,p2,A,2024-01-05,2024-03-01,M,2015\nf2,p3,B,2024-03-09,,M,1950\nf2,p3,B,2024-03-10,,F,1950\n"
    "\"f2\",\"p\"\"4\",B,2024-03-09,,,\n";

static mtm_status count(void *data, mtm_error *err) {
    mtm_source source = MTM_SOURCE_BYTES_INIT(rows, sizeof rows - 1, "rows.csv");
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    mtm_package *package = NULL;
    mtm_check *check = NULL;
    (void)data;
    options.key = "000102030405060708090a0b0c0d0e0f";
    mtm_status status = mtm_tabulator_new(spec, &options, &tabulator, err);
    status = status == MTM_OK ? mtm_tabulator_add(tabulator, &source, err) : status;
    status = status == MTM_OK ? mtm_tabulator_finish(tabulator, &package, err) : status;
    status = status == MTM_OK ? mtm_tabulator_check(tabulator, &check, err) : status;
    if (status == MTM_OK) {
        assert_int_equal(mtm_package_count(package), 5); /* ages and sexes are no matter of households */
        assert_int_equal(mtm_check_rows(check, MTM_ROWS_REJECTED), 1);
    }
    mtm_check_free(check);
    mtm_package_free(package);
    mtm_tabulator_free(tabulator);
    return status;
}

/* Every request fails once while they are few, then a sample of them. */
static void memory_may_fail(void **state) {
    (void)state;
    for (size_t n = 1;; n += 1 + n / 12) {
        mtm_error err = {0};
        mtmi_memory_fail_at(n, 1);
        mtm_status status = count(NULL, &err);
        size_t requests = mtmi_memory_requests();
        mtmi_memory_fail_at(0, 0);
        assert_int_equal(status, requests < n ? MTM_OK : MTM_ERROR_MEMORY);
        if (requests < n) {
            break;
        }
    }
}

static void states_of_two_keys_do_not_merge(void **state) {
    (void)state;
    mtm_source source = MTM_SOURCE_BYTES_INIT(rows, sizeof rows - 1, "rows.csv");
    mtm_tabulator *a = NULL, *b = NULL;
    mtm_error err;
    assert_int_equal(mtm_tabulator_new(spec, NULL, &a, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_new(spec, NULL, &b, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_add(b, &source, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_merge(a, b, 0, &err), MTM_ERROR_STATE);
    mtm_tabulator_free(a);
    mtm_tabulator_free(b);
}

/* ---- saved states ---- */

#define KEY "000102030405060708090a0b0c0d0e0f"

static mtm_tabulator *counted(const char *text, size_t size, const char *key) {
    mtm_source source = MTM_SOURCE_BYTES_INIT(text, size, "rows.csv");
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    mtm_error err;
    options.key = key;
    assert_int_equal(mtm_tabulator_new(spec, &options, &tabulator, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, &source, &err), MTM_OK);
    return tabulator;
}

static mtm_buffer *saved(const mtm_tabulator *tabulator) {
    mtm_buffer *bytes = NULL;
    mtm_error err;
    assert_int_equal(mtm_tabulator_save(tabulator, &bytes, &err), MTM_OK);
    return bytes;
}

static mtm_status loaded(const void *bytes, size_t size, const char *key, mtm_tabulator **out) {
    mtm_source source = MTM_SOURCE_BYTES_INIT(bytes, size, "state");
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_error err;
    options.key = key;
    return mtm_tabulator_load(&source, &options, out, &err);
}

static const char more[] =
    "family,person,site,in,out,sex,born\nf1,p1,A,2024-01-05,,F,1990\nf9,p9,C,2024-04-01,,M,1980\n"
    "f1,p2,B,2024-02-20,,M,2015\n";

static void states_merge_in_any_order(void **state) {
    (void)state;
    mtm_tabulator *one = counted(rows, sizeof rows - 1, KEY), *two = counted(more, sizeof more - 1, KEY);
    mtm_buffer *a = saved(one), *b = saved(two), *there, *back;
    mtm_tabulator *first = NULL, *second = NULL;
    mtm_error err;
    assert_int_equal(loaded(mtm_buffer_data(a), mtm_buffer_size(a), KEY, &first), MTM_OK);
    assert_int_equal(loaded(mtm_buffer_data(b), mtm_buffer_size(b), KEY, &second), MTM_OK);
    assert_int_equal(mtm_tabulator_merge(first, two, 0, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_merge(second, one, 0, &err), MTM_OK);
    there = saved(first);
    back = saved(second);
    assert_int_equal(mtm_buffer_size(there), mtm_buffer_size(back));
    assert_memory_equal(mtm_buffer_data(there), mtm_buffer_data(back), mtm_buffer_size(back));
    const char *names[] = {"p1", "p2", "f1", "f2", "p9"}; /* ids are not in a state */
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        for (size_t at = 0; at + 2 <= mtm_buffer_size(a); at++) {
            const char *text = (const char *)mtm_buffer_data(a) + at;
            assert_false(memcmp(text, names[i], 2) == 0 && at + 3 < mtm_buffer_size(a) && text[2] == ',');
        }
    }
    mtm_tabulator *of[] = {one, two, first, second};
    mtm_buffer *texts[] = {a, b, there, back};
    for (size_t i = 0; i < 4; i++) {
        mtm_tabulator_free(of[i]);
        mtm_buffer_free(texts[i]);
    }
}

static void states_are_not_trusted(void **state) {
    (void)state;
    mtm_tabulator *one = counted(rows, sizeof rows - 1, KEY), *none = NULL;
    mtm_tabulator *keyless = counted(rows, sizeof rows - 1, NULL);
    mtm_buffer *bytes = saved(one), *refused = NULL;
    const size_t size = mtm_buffer_size(bytes);
    unsigned char *copy = malloc(size);
    mtm_error err;
    assert_non_null(copy);
    assert_int_equal(mtm_tabulator_save(keyless, &refused, &err), MTM_ERROR_STATE);
    assert_int_equal(loaded(mtm_buffer_data(bytes), size, NULL, &none), MTM_ERROR_STATE);
    assert_int_equal(loaded(mtm_buffer_data(bytes), size, "ff0102030405060708090a0b0c0d0e0f", &none), MTM_ERROR_STATE);
    for (size_t cut = 0; cut < size; cut += 7) {
        assert_int_not_equal(loaded(mtm_buffer_data(bytes), cut, KEY, &none), MTM_OK);
    }
    for (size_t at = 0; at < size - 32; at += 3) { /* with a checksum that fits */
        mtmi_sha256 hash;
        memcpy(copy, mtm_buffer_data(bytes), size);
        copy[at] ^= 0x41;
        mtmi_sha256_start(&hash);
        mtmi_sha256_add(&hash, copy, size - 32);
        mtmi_sha256_finish(&hash, copy + size - 32);
        none = NULL;
        if (loaded(copy, size, KEY, &none) == MTM_OK) { /* a hash or a day may be another one */
            mtm_package *package = NULL;
            (void)mtm_tabulator_finish(none, &package, &err);
            mtm_package_free(package);
            mtm_tabulator_free(none);
        }
    }
    free(copy);
    mtm_buffer_free(bytes);
    mtm_tabulator_free(one);
    mtm_tabulator_free(keyless);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_siphash),
        cmocka_unit_test(keys_differ_or_are_as_given),
        cmocka_unit_test(records_come_back_in_order),
        cmocka_unit_test(the_disk_may_fail),
        cmocka_unit_test(memory_may_fail),
        cmocka_unit_test(states_of_two_keys_do_not_merge),
        cmocka_unit_test(states_merge_in_any_order),
        cmocka_unit_test(states_are_not_trusted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
