/* Every scanner this machine has gives what a reader of single bytes gives, on bytes made to be nasty. */
#include "tabulate/scan/scan.h"
#include "../vector_sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPAN 1024u

#if defined(MTMI_SCAN_EMULATED)
mtmi_scan_function mtmi_scan_emulated(void); /* scan_avx512.c, compiled over SIMDe */
#endif

struct answer {
    uint32_t ends[MTMI_SCAN_ENDS], rows[MTMI_SCAN_ENDS];
    mtmi_scan scan;
};

static uint64_t seed = 88172645463325252u;

static uint32_t dice(uint32_t sides) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % sides;
}

static size_t sequence_length(const unsigned char *p) {
    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        return (p[1] & 0xC0) == 0x80 ? 2 : 0;
    if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        if ((p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
            return 0;
        if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F))
            return 0;
        return 3;
    }
    if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        if ((p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80)
            return 0;
        if ((p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
            return 0;
        return 4;
    }
    return 0;
}

/* The slow reader; odd is only asked whether there is one, and in which of the chunks. */
static void read_slowly(const unsigned char *bytes, uint32_t start, uint32_t to, unsigned char delimiter, int *odd,
                        struct answer *out) {
    uint32_t i, text = start;
    int inside = 0;
    out->scan.n_ends = out->scan.n_rows = out->scan.quoted_lines = 0;
    *odd = 0;
    while (text < to) {
        size_t length = sequence_length(bytes + text);
        if (length == 0) {
            *odd = 1;
            break;
        }
        text += (uint32_t)length;
    }
    for (i = start; i < to; i++) {
        unsigned char c = bytes[i], next = bytes[i + 1], before = i == start ? '\n' : bytes[i - 1];
        if (c == 0 || (c == '\r' && next != '\n'))
            *odd = 1;
        if (c == '"') {
            inside = !inside;
            if (inside && before != delimiter && before != '\n' && before != '"')
                *odd = 1;
            if (!inside && next != delimiter && next != '\n' && next != '\r' && next != '"' && next != 0)
                *odd = 1;
        } else if (inside) {
            out->scan.quoted_lines += c == '\n';
        } else if (c == delimiter || c == '\n') {
            if (c == '\n')
                out->rows[out->scan.n_rows++] = out->scan.n_ends;
            out->ends[out->scan.n_ends++] = i;
        }
    }
    out->scan.inside = inside ? ~(uint64_t)0 : 0;
}

static int compare(mtmi_scan_function function, const char *name, const unsigned char *bytes, uint32_t start,
                   unsigned char delimiter, uint32_t step) {
    static struct answer fast, slow, all;
    uint32_t from, i;
    int odd, fast_odd = 0;
    memset(&fast.scan, 0, sizeof fast.scan);
    memset(&all.scan, 0, sizeof all.scan);
    fast.scan.delimiter = delimiter;
    fast.scan.quote = '"';
    fast.scan.has_quote = 1;
    fast.scan.start = start;
    fast.scan.ends = fast.ends;
    fast.scan.rows = fast.rows;
    read_slowly(bytes, start, SPAN, delimiter, &odd, &slow);
    for (from = start / 64 * 64; from < SPAN; from += step) {
        uint32_t to = from + step < SPAN ? from + step : SPAN;
        fast.scan.n_ends = 0;
        function(&fast.scan, bytes, from, to);
        fast_odd |= fast.scan.odd != MTMI_SCAN_NONE;
        for (i = 0; i < fast.scan.n_rows; i++)
            all.rows[all.scan.n_rows++] = all.scan.n_ends + fast.rows[i];
        for (i = 0; i < fast.scan.n_ends; i++)
            all.ends[all.scan.n_ends++] = fast.ends[i];
        all.scan.quoted_lines += fast.scan.quoted_lines;
    }
    if (odd != fast_odd)
        fail_msg("%s: odd is %d, not %d", name, fast_odd, odd);
    if (odd)
        return 1; /* from there on libcsv decides */
    assert_int_equal(all.scan.n_ends, slow.scan.n_ends);
    assert_int_equal(all.scan.n_rows, slow.scan.n_rows);
    assert_int_equal(all.scan.quoted_lines, slow.scan.quoted_lines);
    assert_true(fast.scan.inside == slow.scan.inside);
    assert_memory_equal(all.ends, slow.ends, slow.scan.n_ends * sizeof slow.ends[0]);
    assert_memory_equal(all.rows, slow.rows, slow.scan.n_rows * sizeof slow.rows[0]);
    return 0;
}

static void append(unsigned char *bytes, uint32_t *n, const char *text) {
    size_t length = strlen(text);
    if (*n + length > SPAN)
        return;
    memcpy(bytes + *n, text, length);
    *n += (uint32_t)length;
}

/* A file of plain pieces, now and then spoiled by one that is not. */
static void make(unsigned char *bytes, uint32_t start, int spoil) {
    static const char *const plain[] = {"a",
                                        "bc",
                                        "2024-05-17",
                                        ",",
                                        ",",
                                        ",",
                                        "\n",
                                        "\r\n",
                                        "\"x,y\"",
                                        "\"\"",
                                        "\"a\"\"b\"",
                                        "\"line\nbreak\"",
                                        "\"cr\r\nlf\"",
                                        "Узбекистан",
                                        "中",
                                        "😀",
                                        "é",
                                        ",\"\",",
                                        "\"\"\"\"",
                                        "\t"};
    static const char *const spoilt[] = {
        "\r",           "q\"q", "\"a\"b",           "\xC0\xAF",         "\xED\xA0\x80", "\xE4\xB8",
        "\xFF",         "\x80", "\xF5\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\"",           "\xF4\x90\x80\x80",
        "\xE0\x9F\xBF", "\xC3"};
    uint32_t n = start, i;
    int fresh = 1;
    memset(bytes, 'z', start);
    while (n + 24 < SPAN) {
        const char *piece = plain[dice(sizeof plain / sizeof plain[0])];
        if (piece[0] == '"' && !fresh)
            append(bytes, &n, ",");
        append(bytes, &n, piece);
        fresh = strchr(",\n", piece[strlen(piece) - 1]) != NULL;
        if (piece[0] == '"' && !fresh)
            append(bytes, &n, dice(2) ? "," : "\n"), fresh = 1;
        if (spoil && dice(60) == 0)
            append(bytes, &n, spoilt[dice(sizeof spoilt / sizeof spoilt[0])]);
        if (spoil && dice(400) == 0)
            bytes[n++] = 0;
    }
    for (i = n; i < SPAN + 128; i++)
        bytes[i] = '\n';
}

static void scanners_agree(void **state) {
    static unsigned char bytes[SPAN + 128];
    int simd, round;
    int seen = 0, n_odd = 0, n_odd_all = 0;
    (void)state;
#if defined(MTMI_SCAN_EMULATED)
    printf("vector sets tried: avx512 over SIMDe\n");
    simd = MTMI_SIMD_AVX512;
    {
        mtmi_scan_function function = mtmi_scan_emulated();
#else
    print_vector_sets();
    for (simd = MTMI_SIMD_PORTABLE; mtmi_simd_name((mtmi_simd)simd) != NULL; simd++) {
        mtmi_scan_function function = mtmi_scan_find((mtmi_simd)simd);
        if (function == NULL)
            continue;
#endif
        seen++;
        for (round = 0; round < 3000; round++) {
            uint32_t start = dice(3) ? dice(130) : 0;
            make(bytes, start, round % 2);
            n_odd += compare(function, mtmi_simd_name((mtmi_simd)simd), bytes, start, ',', 64 * (1 + dice(16)));
            if (round % 2 == 0)
                assert_int_equal(n_odd, 0);
            n_odd_all += n_odd;
            n_odd = 0;
        }
    }
    assert_true(seen >= 1);
    assert_in_range(n_odd_all, 500 * seen, 1500 * seen);
}

static void environment_forces(void **state) {
    (void)state;
    assert_int_equal(setenv("MTM_SIMD", "portable", 1), 0);
    assert_true(mtmi_scan_find(MTMI_SIMD_AUTO) == mtmi_scan_portable());
    assert_int_equal(setenv("MTM_SIMD", "abacus", 1), 0);
    assert_null(mtmi_scan_find(MTMI_SIMD_AUTO));
    assert_int_equal(unsetenv("MTM_SIMD"), 0);
    assert_non_null(mtmi_scan_find(MTMI_SIMD_AUTO));
    assert_null(mtmi_simd_name((mtmi_simd)6));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(scanners_agree), cmocka_unit_test(environment_forces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
