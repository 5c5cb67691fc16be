/* Frames of LZ4: blocks that are packed, that are not, that refer back across blocks, and everything cut or bent. */
#include "read/arrow/lz4.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "\x04\x22\x4D\x18\x40\x40\xC0"
#define END "\0\0\0\0"

/* Literals "abcd", a copy of 8 from 4 back, literals "xyz". */
static const char packed[] = HEAD "\x0B\0\0\0"
                                  "\x44"
                                  "abcd"
                                  "\x04\0"
                                  "\x30"
                                  "xyz" END;
static const char text[] = "abcdabcdabcdxyz";

static void test_packed(void **state) {
    unsigned char out[15];
    (void)state;
    assert_true(mtmi_lz4_unpack((const unsigned char *)packed, sizeof packed - 1, out, sizeof out));
    assert_memory_equal(out, text, 15);
}

static void test_plain_and_back_across_blocks(void **state) {
    static const char frame[] = HEAD "\x04\0\0\x80"
                                     "abcd"
                                     "\x08\0\0\0"
                                     "\x04\x04\0"
                                     "\x40"
                                     "1234" END;
    unsigned char out[16];
    (void)state;
    assert_true(mtmi_lz4_unpack((const unsigned char *)frame, sizeof frame - 1, out, sizeof out));
    assert_memory_equal(out, "abcdabcdabcd1234", 16);
}

static void test_wrong_size(void **state) {
    unsigned char out[16];
    (void)state;
    assert_false(mtmi_lz4_unpack((const unsigned char *)packed, sizeof packed - 1, out, 14));
    assert_false(mtmi_lz4_unpack((const unsigned char *)packed, sizeof packed - 1, out, 16));
    assert_false(mtmi_lz4_unpack((const unsigned char *)"", 0, out, 0));
}

/* Each byte changed to each value, and each cut: sanitizers and valgrind look. */
static void test_bent(void **state) {
    (void)state;
    for (size_t n = 0; n < sizeof packed; n++) {
        unsigned char *frame = malloc(n + 1), *out = malloc(15);
        memcpy(frame, packed, n);
        (void)mtmi_lz4_unpack(frame, n, out, 15);
        for (unsigned value = 0; n > 0 && value < 256; value++) {
            memcpy(frame, packed, n);
            frame[n - 1] = (unsigned char)value;
            (void)mtmi_lz4_unpack(frame, n, out, 15);
        }
        free(frame);
        free(out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_packed),
                                       cmocka_unit_test(test_plain_and_back_across_blocks),
                                       cmocka_unit_test(test_wrong_size), cmocka_unit_test(test_bent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
