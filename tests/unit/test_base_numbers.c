/* Exact decimals, per cents rounded once, and errors as one line. */
#include "base/decimal.h"
#include "base/error.h"
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static mtm_decimal decimal(int64_t units, int decimals) {
    return (mtm_decimal){units, decimals, 0};
}

static const char *text_of(mtm_decimal value) {
    static char text[40];
    mtm_decimal_describe(value, text, sizeof text);
    return text;
}

static void plain_text(void **state) {
    (void)state;
    assert_string_equal(text_of(decimal(1572, 1)), "157.2");
    assert_string_equal(text_of(decimal(-5, 3)), "-0.005");
    assert_string_equal(text_of(decimal(0, 2)), "0.00");
    assert_string_equal(text_of(decimal(INT64_MIN, 0)), "-9223372036854775808");
    char small[4];
    assert_int_equal(mtm_decimal_describe(decimal(12345, 0), small, sizeof small), 5);
    assert_string_equal(small, "123");
    assert_true(mtm_decimal_double(decimal(1, 1)) == 0.1);
}

static void per_cents_are_rounded_once(void **state) {
    (void)state;
    static const struct {
        int64_t part, whole;
        const char *percent;
    } facts[] = {
        {13652 - 7287, 7287, "87.3"},
        {4001714 - 2975788, 2975788, "34.5"},
        {3832829 - 2872109, 2872109, "33.4"},
        {1, 8, "12.5"},
        {1, -8, "-12.5"},
        {5, 10000, "0.1"},
        {-5, 10000, "-0.1"},
        {4, 10000, "0.0"},
        {INT64_MAX, INT64_MAX, "100.0"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        mtm_decimal out;
        assert_int_equal(mtmi_decimal_percent(decimal(facts[i].part, 0), decimal(facts[i].whole, 0), 1, &out, NULL),
                         MTM_OK);
        assert_string_equal(text_of(out), facts[i].percent);
    }
    mtm_decimal out;
    assert_int_equal(mtmi_decimal_percent(decimal(1, 0), decimal(0, 0), 1, &out, NULL), MTM_ERROR_RANGE);
    assert_int_equal(mtmi_decimal_percent(decimal(INT64_MAX, 0), decimal(1, 9), 1, &out, NULL), MTM_ERROR_RANGE);
}

static void sums_never_wrap(void **state) {
    (void)state;
    mtm_decimal out;
    mtm_error err;
    assert_int_equal(mtmi_decimal_add(decimal(INT64_MAX, 0), decimal(1, 0), &out, &err), MTM_ERROR_RANGE);
    assert_int_equal(mtmi_decimal_subtract(decimal(1572, 1), decimal(144, 0), &out, &err), MTM_OK);
    assert_string_equal(text_of(out), "13.2");
    assert_int_equal(mtmi_decimal_compare(decimal(10, 1), decimal(1, 0)), 0);
    assert_string_equal(text_of(mtmi_decimal_trim(decimal(15700, 2))), "157");
    assert_true(mtmi_decimal_rescale(25, 1, 0) == 3 && mtmi_decimal_rescale(-25, 1, 0) == -3);
}

static void errors_are_one_line(void **state) {
    (void)state;
    mtm_error err;
    char line[400];
    mtmi_error_set(&err, MTM_ERROR_VALUE, 12, (mtmi_place){"a.csv", 3, 7}, "found %q, expected %s",
                   "1\n\xFF"
                   "2",
                   "a number");
    size_t length = mtm_error_describe(&err, line, sizeof line);
    assert_int_equal(length, strlen(line));
    assert_string_equal(line, "a.csv:3:7: error[MTM-E012]: found \"1\\u000A\\xFF2\", expected a number");
    mtmi_error_set(&err, MTM_ERROR_PATH, 0, (mtmi_place){NULL, 0, 0}, "%d %lld %zu %c %03d", -1, 5LL, (size_t)7, 'x',
                   4);
    assert_string_equal(err.message, "-1 5 7 x 004");
    char shown[MTMI_QUOTE_SIZE];
    mtmi_error_quote("0123456789012345678901234567890123456789X", 41, shown, sizeof shown);
    assert_string_equal(shown, "\"0123456789012345678901234567890123456789...\"");
    assert_string_equal(mtm_status_name(MTM_ERROR_STATE), "MTM_ERROR_STATE");
    assert_string_equal(mtm_status_name((mtm_status)99), "MTM_ERROR_UNKNOWN");
    for (size_t size = 0; size < 12; size++) {
        memset(line, 'z', sizeof line);
        mtm_error_describe(&err, line, size);
        assert_true(size == 0 || memchr(line, '\0', size) != NULL);
    }
}

typedef struct settings {
    size_t size;
    int one, two;
} settings;

static void options_say_their_size(void **state) {
    (void)state;
    settings ours = {sizeof ours, 0, 0};
    struct {
        settings known;
        long tail;
    } newer = {{sizeof newer, 1, 2}, 0};
    assert_int_equal(mtmi_options_copy(&ours, sizeof ours, &newer, "options", NULL), MTM_OK);
    assert_true(ours.one == 1 && ours.two == 2 && ours.size == sizeof ours);
    newer.tail = 1;
    assert_int_equal(mtmi_options_copy(&ours, sizeof ours, &newer, "options", NULL), MTM_ERROR_ARGUMENT);
    newer.known.size = 0;
    assert_int_equal(mtmi_options_copy(&ours, sizeof ours, &newer, "options", NULL), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtmi_options_copy(&ours, sizeof ours, NULL, "options", NULL), MTM_OK);
}

static void digests_agree_with_their_standards(void **state) {
    (void)state;
    unsigned char bytes[32];
    char hex[65];
    mtmi_sha256 sha;
    mtmi_md5 md5;
    mtmi_sha256_start(&sha);
    mtmi_sha256_add(&sha, "abc", 3);
    mtmi_sha256_finish(&sha, bytes);
    mtmi_hash_hex(bytes, 32, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    mtmi_md5_start(&md5);
    mtmi_md5_add(&md5, "message digest", 14);
    mtmi_md5_finish(&md5, bytes);
    mtmi_hash_hex(bytes, 16, hex);
    assert_string_equal(hex, "f96b697d7cb7938d525a2f31aaf161d0");
    const char *alphabet = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    mtmi_sha256_start(&sha);
    for (const char *at = alphabet; *at != '\0'; at++) {
        mtmi_sha256_add(&sha, at, 1);
    }
    mtmi_sha256_finish(&sha, bytes);
    mtmi_hash_hex(bytes, 32, hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text),
        cmocka_unit_test(per_cents_are_rounded_once),
        cmocka_unit_test(sums_never_wrap),
        cmocka_unit_test(errors_are_one_line),
        cmocka_unit_test(options_say_their_size),
        cmocka_unit_test(digests_agree_with_their_standards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
