/* UTF-8 validity, lengths, and the form in which labels compare. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void normalised_forms(void **state) {
    (void)state;
    static const char *const facts[][2] = {
        {"  Total ", "total"},
        {"Всего", "всего"},
        {"ёлка", "елка"},
        {"Ёлка", "елка"},
        {"й", "й"},
        {"\u00A0A\u202Fb\u2009 c", "a b c"},
        {"«Актау»", "'актау'"},
        {"Côte d\u2019Ivoire", "côte d'ivoire"},
        {"a\u2013b\u2212c", "a-b-c"},
        {"So\u00ADviet\u200B", "soviet"},
        {"ＦＵＬＬ", "full"},
        {"ﬁ", "fi"},
        {"Straße", "strasse"},
        {"Ⅳ", "iv"},
        {"", ""},
        {"Қазақстан", "қазақстан"},
        {"Кита\u0438\u200B\u0306", "китай"},     /* something invisible between a letter and its mark */
        {"a\u0301\u200B\u0323", "\u1EA1\u0301"}, /* marks that come together are in order */
        {"\u0435\u0308лка", "елка"},
    };
    char out[64];
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        size_t n = mtmi_text_normalise(facts[i][0], strlen(facts[i][0]), out, sizeof out);
        assert_int_equal(n, strlen(facts[i][1]));
        assert_string_equal(out, facts[i][1]);
    }
    assert_true(mtmi_text_normalise("\xC0\x80", 2, out, sizeof out) == SIZE_MAX);
    assert_true(mtmi_text_normalise("abcdef", 6, out, 4) >= 4);
}

/* The short way for ASCII and Cyrillic gives what Unicode's tables give: a character that has to be looked up there, at the
 * end, sends the whole text the long way. Each pair of characters up to the end of Cyrillic, and of what stands between words. */
static void short_and_long_way_agree(void **state) {
    (void)state;
    enum { PUNCTUATION = 0x2010, CHARACTERS = 0x500 + 0x20 };
    static const char looked_up[] = "\u4E00";
    for (uint32_t a = 1; a < CHARACTERS; a++) {
        for (uint32_t b = 1; b < CHARACTERS; b++) {
            char text[32] = "", brief[64], full[64];
            size_t n = mtmi_text_encode(a < 0x500 ? a : PUNCTUATION + a - 0x500, text);
            n += mtmi_text_encode(b < 0x500 ? b : PUNCTUATION + b - 0x500, text + n);
            text[n++] = 'x';
            const size_t length = mtmi_text_normalise(text, n, brief, sizeof brief);
            memcpy(text + n, looked_up, sizeof looked_up);
            const size_t longer = mtmi_text_normalise(text, n + sizeof looked_up - 1, full, sizeof full);
            if (longer != length + sizeof looked_up - 1 || memcmp(brief, full, length) != 0) {
                fail_msg("U+%04X U+%04X: \"%s\" and \"%s\"", (unsigned)a, (unsigned)b, brief, full);
            }
        }
    }
}

static void invalid_bytes_are_found(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t size, valid;
    } facts[] = {
        {"abc", 3, 3},
        {"a\xC3\xA9", 3, 3},
        {"a\xC3", 2, 1},
        {"\xC0\xAF", 2, 0},
        {"\xE0\x80\xAF", 3, 0},
        {"\xED\xA0\x80", 3, 0},
        {"\xF4\x90\x80\x80", 4, 0},
        {"\xF0\x9F\x98\x80", 4, 4},
        {"12345678\xFF", 9, 8},
        {"1234567890\xD0\x96", 12, 12},
        {"", 0, 0},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        assert_int_equal(mtmi_text_valid(facts[i].bytes, facts[i].size), facts[i].valid);
    }
}

static void characters_and_columns(void **state) {
    (void)state;
    assert_int_equal(mtmi_text_characters("Түркия", strlen("Түркия")), 6);
    assert_int_equal(mtmi_text_width("e\u0301", 3), 1);
    assert_int_equal(mtmi_text_width("中文", 6), 4);
    size_t length = strlen("\u00A0 x \u2009");
    const char *trimmed = mtmi_text_trim("\u00A0 x \u2009", &length);
    assert_int_equal(length, 1);
    assert_int_equal(*trimmed, 'x');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normalised_forms),
        cmocka_unit_test(short_and_long_way_agree),
        cmocka_unit_test(invalid_bytes_are_found),
        cmocka_unit_test(characters_and_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
