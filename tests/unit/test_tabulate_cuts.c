/* The same answer however a file is cut, with however many threads, whichever vector instructions, from whatever kind of
 * source: a small nasty file against what a person counts in it. */
#include "../vector_sets.h"
#include "base/memory.h"
#include "tabulate/bind.h"
#include "tabulate/state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char nasty[] = "date,direction,citizenship,note\r\n"
                            "2024-04-01,in,UZB,plain\r\n"                                  /* line 2 */
                            "2024-05-02,in,\"Узбекистан\",\"a, b\"\n"                      /* 3 */
                            "2024-06-30,out,kaz,\"two\nlines, \"\"quoted\"\"\r\nthree\"\n" /* 4, 5, 6 */
                            "\n"                                                           /* 7: blank */
                            "2024-07-01,in,Atlantis,x\n"                                   /* 8: unclassified */
                            "2024-13-01,in,UZB,no such month\n"                            /* 9: refused */
                            "2024-07-02,out,UZB\n"                                         /* 10: a cell is missing */
                            "2024-07-03,out,\"UZ\"B,x\n"                                   /* 11: text after a quote */
                            "2024-07-04,out,UZB,\"\n,\n,\"\n"                              /* 12, 13, 14 */
                            "Q3 2024,in,uzb,a quarter, quoted by nobody\n"                 /* 15: one cell too many */
                            "Q3 2024,in,uzb,\"\"\n"                                        /* 16 */
                            "2024-07-05,in,Киргизия,\xff\n"                                /* 17: no UTF-8 */
                            "2024-07-06 13:45:00,in,Кыргызстан,\"in,UZB\n2024-04-01,in,UZB\"\n" /* 18, 19 */
                            "2024-07-06,out,RUS,\rstray\n"  /* 20, ended by its CR; 21: one cell */
                            "2024-07-07,out,RUS,\"\r\"\r\n" /* 22, 23: a CR in quotes is a line break */
                            "2024-07-07,out,RUS,last";      /* 24, without a line feed */

static const char expected[] =
    "in 17 accepted 10 rejected 6 not data 1\n"
    "2024-Q2 IN 2\n2024-Q2 OUT 1\n2024-Q3 IN 3\n2024-Q3 OUT 4\n"
    "2024-Q2 KAZ 1\n2024-Q2 UZB 2\n2024-Q3 KGZ 1\n2024-Q3 RUS 3\n2024-Q3 UZB 2\n2024-Q3 Atlantis 1 from line 8\n"
    "9:1 080 [2024-13-01]\n10:1 030 [2024-07-02,out,UZB]\n11:20 031 [B,x]\n"
    "15:1 030 [Q3 2024,in,uzb,a quarter, quoted by nobo]\n17:24 020 [\xEF\xBF\xBD]\n21:1 030 [stray]\n";

static const char specification[] = "{\"resource\": {\"name\": \"nasty\", \"path\": \"nasty.csv\", \"encoding\": "
                                    "\"utf-8\", \"mtm\": {\"microdata\": true}},"
                                    " \"groupings\": [{\"by\": [\"direction\"]}, {\"by\": [\"citizenship\"]}]}";

#define TEXT 4096

struct answer {
    char text[TEXT];
    size_t n;
};

static void say(struct answer *answer, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(struct answer *answer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    answer->n += (size_t)vsnprintf(answer->text + answer->n, TEXT - answer->n, format, arguments);
    va_end(arguments);
    assert_true(answer->n < TEXT);
}

static void say_member(struct answer *answer, const mtmi_state *state, unsigned axis, uint32_t member) {
    size_t length;
    const unsigned char *key = mtmi_map_key(&state->axes[axis].members, member, &length);
    char period[64];
    if (state->spec->axes[axis].kind == MTMI_AXIS_PERIOD) {
        mtm_period_describe(mtmi_member_period(key), period, sizeof period);
        say(answer, "%s ", period);
    } else {
        say(answer, "%.*s ", (int)length - 1, (const char *)key + 1);
    }
}

static void describe(const mtmi_state *state, struct answer *answer) {
    const mtmi_counted_file *file = &state->files[0];
    unsigned set;
    size_t i, length;
    answer->n = 0;
    say(answer, "in %d accepted %d rejected %d not data %d\n", (int)file->rows[0], (int)file->rows[1],
        (int)file->rows[2], (int)file->rows[3]);
    for (set = 0; set < state->spec->n_groupings; set++)
        for (i = 0; i < state->sets[set].cells.n; i++) {
            uint32_t key[2];
            unsigned axis = state->spec->groupings[set].axes[1];
            memcpy(key, mtmi_map_key(&state->sets[set].cells, (uint32_t)i, &length), sizeof key);
            say_member(answer, state, 0, key[0]);
            say_member(answer, state, axis, key[1]);
            say(answer, "%d", (int)state->sets[set].counts[i]);
            if (mtmi_map_key(&state->axes[axis].members, key[1], &length)[0] == MTM_MEMBER_UNCLASSIFIED)
                say(answer, " from line %d", (int)state->axes[axis].met[key[1]].line);
            say(answer, "\n");
        }
    for (i = 0; i < state->refusals.n; i++)
        say(answer, "%d:%d %03d [%s]\n", (int)state->refusals.at[i].line, (int)state->refusals.at[i].column,
            state->refusals.at[i].code, state->refusals.at[i].found);
}

static mtmi_state *new_state(void) {
    mtmi_spec *spec = NULL;
    mtmi_state *state = NULL;
    assert_int_equal(mtmi_spec_read(specification, strlen(specification), &spec, NULL), MTM_OK);
    assert_int_equal(mtmi_state_new(spec, &state, NULL), MTM_OK);
    return state;
}

/* Counts the bytes in blocks of a size, from memory at once or in regions of a size, and describes what was counted. */
static void count(const char *bytes, size_t n, size_t block, size_t region, unsigned threads, mtmi_simd simd,
                  struct answer *answer) {
    mtmi_state *state = new_state(), *settled = NULL;
    mtmi_counted_file file = {(char *)(uintptr_t) "nasty.csv", (char *)(uintptr_t) "", {0}, n, {0}, 0};
    mtmi_binding binding;
    mtmi_run run;
    mtm_error err = {0};
    size_t at = 0, size = 0;
    unsigned i, k;
    const mtmi_limits limits = {1 << 20, 1 << 20, 1000, 0, 0};
    if (mtmi_bind(state->spec, (const unsigned char *)bytes, n, 1, "nasty.csv", &limits, &binding, &err) != MTM_OK)
        fail_msg("%s", err.message);
    binding.table.max_field = binding.table.max_record = 1 << 20;
    binding.table.max_columns = binding.table.max_members = 1000;
    binding.table.block = block;
    assert_int_equal(mtmi_run_start(&run, &binding.table, threads, mtmi_scan_find(simd), &err), MTM_OK);
    run.line = (uint64_t)binding.line - 1;
    run.next = mtmi_bind_start(&binding, (const unsigned char *)bytes, n);
    while (at + size < n) { /* each region begins with the row that was not whole in the one before */
        mtmi_feed feed = {NULL, (const unsigned char *)bytes + at, 0, 0, 0, 0};
        size = at + size + region < n ? size + region : n - at;
        feed.size = size;
        feed.final = at + size == n;
        assert_int_equal(mtmi_run_feed(&run, &feed, 0, &err), MTM_OK);
        at += (size_t)run.next;
        size -= (size_t)run.next;
        run.next = 0;
    }
    for (i = 0; i < threads; i++)
        for (k = 0; k < 4; k++)
            file.rows[k] += run.walkers[i].counter.rows[k];
    assert_int_equal(mtmi_state_add(state, &run, &file, &err), MTM_OK);
    assert_int_equal(mtmi_state_settle(state, &settled, &err), MTM_OK);
    describe(settled, answer);
    mtmi_run_free(&run);
    mtmi_binding_free(&binding);
    mtmi_state_free(state);
    mtmi_state_free(settled);
}

static void check(size_t block, size_t region, unsigned threads, mtmi_simd simd) {
    static struct answer answer;
    count(nasty, sizeof nasty - 1, block, region, threads, simd, &answer);
    if (strcmp(answer.text, expected) != 0)
        fail_msg("blocks of %zu, regions of %zu, %u threads, %s:\n%s", block, region, threads, mtmi_simd_name(simd),
                 answer.text);
}

/* Where every step takes its time, some cuts are left out. */
static size_t step(void) {
    return getenv("MTM_SLOW") == NULL ? 1 : 17;
}

static void cut_at_every_byte(void **state) {
    size_t block;
    (void)state;
    for (block = 1; block <= sizeof nasty; block += step()) {
        check(block, sizeof nasty, 1, MTMI_SIMD_PORTABLE);
        check(block, sizeof nasty, 3, MTMI_SIMD_AUTO);
    }
}

static void regions_end_at_every_byte(void **state) {
    size_t region;
    (void)state;
    for (region = 200; region <= sizeof nasty; region += step())
        check(64, region, 2, MTMI_SIMD_AUTO);
    for (region = 40; region < 200; region += 7)
        check(1 << 20, region, 1, MTMI_SIMD_AUTO);
}

static void every_vector_path_and_thread_count(void **state) {
    int simd;
    unsigned threads;
    size_t block;
    (void)state;
    print_vector_sets();
    for (simd = MTMI_SIMD_PORTABLE; mtmi_simd_name((mtmi_simd)simd) != NULL; simd++) {
        if (mtmi_scan_find((mtmi_simd)simd) == NULL)
            continue;
        for (threads = 1; threads <= 8; threads++)
            for (block = 16; block < sizeof nasty; block += 37)
                check(block, sizeof nasty, threads, (mtmi_simd)simd);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cut_at_every_byte), cmocka_unit_test(regions_end_at_every_byte),
                                       cmocka_unit_test(every_vector_path_and_thread_count)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
