/* Number and case forms over all numbers from 0 to 1,000, magnitudes and fractions, by rules written here anew (CLDR's plural
 * rules); and docs/languages.md, which shows every template with its forms: MTM_UPDATE=1 writes it. */
#include "made_results.h"

#include "base/buffer.h"
#include "indicator/definition/catalogue.h"
#include "render/ui_text.h"
#include "report/text_builder.h"

#include <stdio.h>
#include <stdlib.h>

static const mtmi_words *const languages[] = {&mtmi_words_en, &mtmi_words_ru, &mtmi_words_kk};

static mtmi_text_builder made_scribe(mtm_language language) {
    mtm_report *report = made(mtmi_memory_new(1, sizeof *report));
    report->language = language;
    return (mtmi_text_builder){report, mtmi_words_get(language), 0};
}

/* CLDR 44, integers: en one = 1; ru one, few, many; kk nouns after numbers do not change. */
static mtmi_number_form form_by_rule(int language, int n) {
    if (language == MTM_LANGUAGE_RU) {
        int one = n % 10 == 1 && n % 100 != 11;
        int few = n % 10 >= 2 && n % 10 <= 4 && !(n % 100 >= 12 && n % 100 <= 14);
        return one ? MTMI_NUMBER_ONE : few ? MTMI_NUMBER_FEW : MTMI_NUMBER_MANY;
    }
    return n == 1 ? MTMI_NUMBER_ONE : MTMI_NUMBER_MANY;
}

/* "1,000 movements": what follows the number. */
static const char *noun_of(const char *text) {
    const char *at = text + strlen(text);
    const char *digit = text;
    for (const char *c = text; c < at; c++) {
        digit = *c >= '0' && *c <= '9' ? c : digit;
    }
    digit++;
    return digit + strspn(digit, " \xC2\xA0");
}

/* "21 movements", and money in English before its amount: "USD 21". */
static int has_noun(const char *text, const char *noun) {
    size_t n = strlen(noun);
    return strcmp(noun_of(text), noun) == 0 || (strncmp(text, noun, n) == 0 && strncmp(text + n, "\xC2\xA0", 2) == 0);
}

static void test_forms_of_every_number(void **state) {
    (void)state;
    for (int l = 0; l < 3; l++) {
        for (size_t u = 0; languages[l]->units[u].id != NULL; u++) {
            const mtmi_unit_words *unit = &languages[l]->units[u];
            mtmi_text_builder scribe = made_scribe((mtm_language)l);
            char id[32];
            snprintf(id, sizeof id, "%s", unit->id);
            mtm_result result = {.unit = id};
            for (int n = -21; n <= 1000; n++) {
                const char *wanted = unit->forms[form_by_rule(l, n < 0 ? -n : n)];
                const char *text = mtmi_print_value(&scribe, &result, (mtm_decimal){n, 0, 0}, 0);
                if (!has_noun(text, wanted)) {
                    fail_msg("%s: \"%s\", expected %s", languages[l]->code, text, wanted);
                }
            }
            for (int tenths = 1; tenths < 100; tenths += 2) {
                const char *text = mtmi_print_value(&scribe, &result, (mtm_decimal){tenths, 1, 0}, 0);
                assert_true(has_noun(text, unit->forms[MTMI_NUMBER_FRACTION]));
            }
            mtm_report_free(scribe.report);
        }
    }
}

/* After "thousand", "million" and so on a noun stands in the form of many. */
static void test_magnitudes(void **state) {
    (void)state;
    for (int l = 0; l < 3; l++) {
        mtmi_text_builder scribe = made_scribe((mtm_language)l);
        for (int multiplier = 3; multiplier <= 12; multiplier += 3) {
            char id[] = "persons";
            mtm_result result = {.unit = id, .multiplier = multiplier};
            const mtmi_message words[] = {MTMI_MESSAGE_THOUSAND, MTMI_MESSAGE_MILLION, MTMI_MESSAGE_BILLION,
                                          MTMI_MESSAGE_TRILLION};
            for (int n = 0; n <= 25; n++) {
                const char *text = mtmi_print_value(&scribe, &result, (mtm_decimal){n, 0, 0}, 0);
                const mtmi_unit_words *unit = &languages[l]->units[2];
                assert_string_equal(unit->id, "persons");
                const char *word = strstr(noun_of(text), languages[l]->messages[words[multiplier / 3 - 1]]);
                assert_non_null(word);
                const char *noun = text + strlen(text) - strlen(unit->forms[MTMI_NUMBER_MANY]);
                assert_string_equal(noun, unit->forms[MTMI_NUMBER_MANY]);
            }
        }
        mtm_report_free(scribe.report);
    }
}

/* Rounded numbers of main points: their noun goes by what is printed: "1,000" as it stands, "4.0 million" as many. */
static void test_nouns_of_rounded_numbers(void **state) {
    (void)state;
    for (int l = 0; l < 3; l++) {
        mtmi_text_builder scribe = made_scribe((mtm_language)l);
        mtmi_number_form form;
        for (int n = 0; n <= 1000; n++) {
            (void)mtmi_print_rounded(&scribe, (mtm_decimal){n, 0, 0}, 0, &form);
            assert_int_equal(form, form_by_rule(l, n));
        }
        for (int64_t n = 1000000; n <= INT64_C(2000000000000000); n = n * 21 / 10 + 1) {
            (void)mtmi_print_rounded(&scribe, (mtm_decimal){n, 0, 0}, 0, &form);
            assert_int_equal(form, MTMI_NUMBER_MANY);
        }
        mtm_report_free(scribe.report);
    }
}

/* Every noun of a main point has as many forms as its language has: two in English, three in Russian, one or two in Kazakh. */
static void test_nouns_of_main_points(void **state) {
    static const int most[] = {2, 3, 2}, least[] = {2, 3, 1};
    mtm_catalogue *catalogue = NULL;
    (void)state;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    for (size_t h = 0; h < catalogue->highlights.n; h++) {
        const mtmi_highlight *one = &catalogue->highlights.items[h];
        for (size_t c = 0; c < one->n_clauses; c++) {
            for (size_t k = 0; k < one->clauses[c].n; k++) {
                for (int l = 0; l < 3; l++) {
                    const char *at = one->clauses[c].cases[k].text.text[l];
                    assert_non_null(at);
                    while ((at = strchr(at, '{')) != NULL) {
                        size_t length = strcspn(at, "}");
                        int forms = 1;
                        const char *colon = memchr(at, ':', length);
                        for (const char *i = at; i < at + length; i++) {
                            forms += *i == '|';
                        }
                        if (colon != NULL && (forms < least[l] || forms > most[l])) {
                            fail_msg("%s, %s: %.*s", one->id, languages[l]->code, (int)length, at);
                        }
                        at += length;
                    }
                }
            }
        }
    }
    mtm_catalogue_free(catalogue);
}

/* ---- the document ---- */

static void put_cell(mtmi_buffer *out, const char *text) {
    mtmi_buffer_text(out, " | ");
    for (; *text != '\0'; text++) {
        if (*text == '|') {
            mtmi_buffer_char(out, '\\');
        }
        mtmi_buffer_char(out, *text);
    }
}

static void put_row(mtmi_buffer *out, const char *key, const char *en, const char *ru, const char *kk) {
    mtmi_buffer_format(out, "| `%s`", key);
    put_cell(out, en);
    put_cell(out, ru);
    put_cell(out, kk);
    mtmi_buffer_text(out, " |\n");
}

static void begin_table(mtmi_buffer *out, const char *title, const char *text, const char *first) {
    mtmi_buffer_format(out, "\n## %s\n\n%s\n\n| %s | en | ru | kk |\n|---|---|---|---|\n", title, text, first);
}

static void put_units(mtmi_buffer *out) {
    static const char *const names[] = {"one", "few", "many", "fraction"};
    begin_table(out, "Units",
                "Beside a number: `one` 1 and in Russian 21, 101; `few` 2 to 4; `many` the rest, and after *thousand*, "
                "*million*; `fraction` 1.5.",
                "unit, form");
    for (size_t u = 0; mtmi_words_en.units[u].id != NULL; u++) {
        const mtmi_unit_words *en = &mtmi_words_en.units[u], *ru = &mtmi_words_ru.units[u];
        const mtmi_unit_words *kk = &mtmi_words_kk.units[u];
        char key[64];
        for (int form = 0; form < MTMI_NUMBER_FORMS; form++) {
            snprintf(key, sizeof key, "%s, %s", en->id, names[form]);
            put_row(out, key, en->forms[form], ru->forms[form], kk->forms[form]);
        }
        snprintf(key, sizeof key, "%s, accusative", en->id);
        put_row(out, key, en->accusative, ru->accusative, kk->accusative);
        snprintf(key, sizeof key, "%s, heading", en->id);
        put_row(out, key, en->heading, ru->heading, kk->heading);
    }
}

static void put_months(mtmi_buffer *out) {
    static const char *const names[] = {"name", "of", "in", "at", "from", "to", "and", "short"};
    begin_table(
        out, "Months",
        "By the place in a template: `{month.in}` takes the form `in`. `and` is followed by the word of a range.",
        "month, form");
    for (int month = 0; month < 12; month++) {
        for (int form = 0; form < MTMI_MONTH_FORMS; form++) {
            char key[32];
            snprintf(key, sizeof key, "%d, %s", month + 1, names[form]);
            put_row(out, key, mtmi_words_en.months[form][month], mtmi_words_ru.months[form][month],
                    mtmi_words_kk.months[form][month]);
        }
    }
}

static void put_ordinals(mtmi_buffer *out) {
    begin_table(out, "Ordinals",
                "Of quarters and halves: alone, and after \"in\" with the word for it where that changes.",
                "number, form");
    for (int i = 0; i < 4; i++) {
        char key[32];
        snprintf(key, sizeof key, "%d, name", i + 1);
        put_row(out, key, mtmi_words_en.ordinals[i], mtmi_words_ru.ordinals[i], mtmi_words_kk.ordinals[i]);
        snprintf(key, sizeof key, "%d, in", i + 1);
        put_row(out, key, mtmi_words_en.ordinals_in[i], mtmi_words_ru.ordinals_in[i], mtmi_words_kk.ordinals_in[i]);
    }
}

/* Numbers as a main point has them, with the noun that the forms of "persons" give. */
static void put_numbers(mtmi_buffer *out) {
    static const int64_t numbers[] = {0,   1,   2,   5,    11,   12,    21,      22,       25,
                                      100, 101, 111, 1000, 1001, 17803, 4001714, 21000000, 2500000000};
    char id[] = "persons";
    mtm_result result = {.unit = id};
    begin_table(out, "Numbers",
                "All digits, as tables and findings have them, with a noun; all numbers from 0 to 1,000 are tested by "
                "the rules of CLDR. "
                "No word agrees in gender with a title or a name: sentences are built around words of their own.",
                "number");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const char *texts[3];
        mtmi_text_builder scribes[3];
        char key[32];
        for (int l = 0; l < 3; l++) {
            scribes[l] = made_scribe((mtm_language)l);
            texts[l] = mtmi_print_value(&scribes[l], &result, (mtm_decimal){numbers[i], 0, 0}, 0);
        }
        snprintf(key, sizeof key, "%lld", (long long)numbers[i]);
        put_row(out, key, texts[0], texts[1], texts[2]);
        for (int l = 0; l < 3; l++) {
            texts[l] = mtmi_print_rounded(&scribes[l], (mtm_decimal){numbers[i], 0, 0}, 0, &(mtmi_number_form){0});
        }
        snprintf(key, sizeof key, "%lld, in a main point", (long long)numbers[i]);
        put_row(out, key, texts[0], texts[1], texts[2]);
        for (int l = 0; l < 3; l++) {
            mtm_report_free(scribes[l].report);
        }
    }
}

static void put_main_points(mtmi_buffer *out) {
    mtm_catalogue *catalogue = NULL;
    begin_table(out, "Main points",
                "Of the built-in catalogue, clause by clause, in [their places](highlights.md#texts). "
                "`{x:one|few|many}` is a noun in the form "
                "that the number takes.",
                "id, clause, case");
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    for (size_t h = 0; h < catalogue->highlights.n; h++) {
        const mtmi_highlight *one = &catalogue->highlights.items[h];
        for (size_t c = 0; c < one->n_clauses; c++) {
            for (size_t k = 0; k < one->clauses[c].n; k++) {
                char *const *texts = one->clauses[c].cases[k].text.text;
                char key[120];
                snprintf(key, sizeof key, "%s, %zu.%zu", one->id, c + 1, k + 1);
                put_row(out, key, texts[0], texts[1], texts[2]);
            }
        }
    }
    mtm_catalogue_free(catalogue);
}

static void put_words(mtmi_buffer *out) {
    begin_table(out, "Words of pages", "Headings of tables, names of parts, keys of maps.", "word");
    for (int word = 0; word < MTMI_WORD_COUNT; word++) {
        const char *en = mtmi_word_get((mtmi_word)word, MTM_LANGUAGE_EN);
        put_row(out, en, en, mtmi_word_get((mtmi_word)word, MTM_LANGUAGE_RU),
                mtmi_word_get((mtmi_word)word, MTM_LANGUAGE_KK));
    }
}

static void write_document(mtmi_buffer *out) {
    mtmi_buffer_text(
        out, "# Languages\n\nEvery template of a report in its three languages, with the forms of numbers, units and "
             "months. Written from\n`lib/report/messages/` by `MTM_UPDATE=1 unit_report_languages`; a test "
             "compares. Names in braces are places; a title is never\ndeclined. How to change or add a "
             "language: [howto](howto/language.md).\n");
    begin_table(out, "Templates", "A form after a point, as in `{percent.dative}`, is that of the same word.", "key");
    for (int message = 0; message < MTMI_MESSAGE_COUNT; message++) {
        put_row(out, mtmi_message_key(message), mtmi_words_en.messages[message], mtmi_words_ru.messages[message],
                mtmi_words_kk.messages[message]);
    }
    put_units(out);
    put_months(out);
    put_ordinals(out);
    put_numbers(out);
    put_main_points(out);
    put_words(out);
    begin_table(out, "Reasons", "A phrase without a full stop, after a colon or a dash.", "number");
    for (int i = 1; i < MTMI_REASONS; i++) {
        char key[16];
        snprintf(key, sizeof key, "%d", i);
        put_row(out, key, mtmi_words_en.reasons[i], mtmi_words_ru.reasons[i], mtmi_words_kk.reasons[i]);
    }
    begin_table(out, "Kinds of limitations", "Headings.", "number");
    for (int i = 0; i < MTMI_LIMITATION_TITLES; i++) {
        char key[16];
        snprintf(key, sizeof key, "%d", i);
        put_row(out, key, mtmi_words_en.limitations[i], mtmi_words_ru.limitations[i], mtmi_words_kk.limitations[i]);
    }
}

static void test_document(void **state) {
    static const char path[] = MTM_SOURCE_DIR "/docs/languages.md";
    mtmi_buffer text = MTMI_BUFFER_INIT;
    (void)state;
    write_document(&text);
    assert_false(text.failed);
    if (getenv("MTM_UPDATE") != NULL) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(text.data, 1, text.size, file), text.size);
        assert_int_equal(fclose(file), 0);
    }
    FILE *file = fopen(path, "rb");
    char *stored = calloc(1, text.size + 2);
    assert_non_null(file);
    assert_non_null(stored);
    size_t size = fread(stored, 1, text.size + 1, file);
    fclose(file);
    if (size != text.size || memcmp(stored, text.data, size) != 0) {
        fail_msg("docs/languages.md differs; MTM_UPDATE=1 writes it anew");
    }
    free(stored);
    mtmi_buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms_of_every_number),
        cmocka_unit_test(test_magnitudes),
        cmocka_unit_test(test_nouns_of_rounded_numbers),
        cmocka_unit_test(test_nouns_of_main_points),
        cmocka_unit_test(test_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
