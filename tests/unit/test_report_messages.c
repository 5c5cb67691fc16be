/* Messages: every key is there in each language, with the same places; numbers and periods as each language prints
 * them. */
#include "made_results.h"

#include "report/text_builder.h"

static const mtmi_words *const languages[] = {&mtmi_words_en, &mtmi_words_ru, &mtmi_words_kk};

/* The places of a message, each once, as "|base|percent|": forms of a word are the same place. */
static void list_places(const char *message, char out[512]) {
    char names[16][64];
    size_t n = 0;
    for (const char *open = message; (open = strchr(open, '{')) != NULL; open++) {
        size_t length = strcspn(open + 1, ".}");
        assert_true(n < 16 && length > 0 && length < 64);
        assert_non_null(strchr(open, '}'));
        memcpy(names[n], open + 1, length);
        names[n][length] = '\0';
        int known = 0;
        for (size_t i = 0; i < n; i++) {
            known |= strcmp(names[i], names[n]) == 0;
        }
        n += !known;
    }
    strcpy(out, "|");
    while (n > 0) { /* in alphabetical order */
        size_t least = 0;
        for (size_t i = 1; i < n; i++) {
            least = strcmp(names[i], names[least]) < 0 ? i : least;
        }
        strcat(strcat(out, names[least]), "|");
        memmove(names[least], names[--n], 64);
    }
}

static void test_every_key_in_each_language(void **state) {
    (void)state;
    for (int message = 0; message < MTMI_MESSAGE_COUNT; message++) {
        char expected[512], places[512];
        assert_non_null(mtmi_message_key(message));
        for (int other = 0; other < message; other++) {
            assert_string_not_equal(mtmi_message_key(other), mtmi_message_key(message));
        }
        for (size_t l = 0; l < 3; l++) {
            const char *text = languages[l]->messages[message];
            if (text == NULL || *text == '\0') {
                fail_msg("%s is missing in %s", mtmi_message_key(message), languages[l]->code);
            }
            list_places(text, l == 0 ? expected : places);
            if (l > 0 && strcmp(expected, places) != 0) {
                fail_msg("%s in %s: places %s, expected %s", mtmi_message_key(message), languages[l]->code, places,
                         expected);
            }
        }
    }
    assert_null(mtmi_message_key(MTMI_MESSAGE_COUNT));
}

static void test_every_word_in_each_language(void **state) {
    (void)state;
    for (size_t l = 0; l < 3; l++) {
        const mtmi_words *words = languages[l];
        assert_ptr_equal(mtmi_words_get((mtm_language)l), words);
        for (int i = 1; i < MTMI_REASONS; i++) {
            assert_true(words->reasons[i] != NULL && words->reasons[i][0] != '\0');
            assert_true(words->reasons[i][strlen(words->reasons[i]) - 1] != '.');
        }
        for (int i = 0; i < MTMI_LIMITATION_TITLES; i++) {
            assert_true(words->limitations[i] != NULL && words->limitations[i][0] != '\0');
        }
        for (int form = 0; form < MTMI_MONTH_FORMS; form++) {
            for (int month = 0; month < 12; month++) {
                assert_true(words->months[form][month] != NULL && words->months[form][month][0] != '\0');
            }
        }
        for (size_t u = 0; mtmi_words_en.units[u].id != NULL; u++) {
            assert_string_equal(words->units[u].id, mtmi_words_en.units[u].id);
            for (int form = 0; form < MTMI_NUMBER_FORMS; form++) {
                assert_non_null(words->units[u].forms[form]);
            }
            assert_non_null(words->units[u].heading);
        }
    }
}

/* A scribe with a report of its own, which owns the texts. */
static mtmi_text_builder made_scribe(mtm_language language) {
    mtm_report *report = made(mtmi_memory_new(1, sizeof *report));
    report->language = language;
    return (mtmi_text_builder){report, mtmi_words_get(language), 0};
}

#define NB "\xC2\xA0"

static void test_numbers(void **state) {
    (void)state;
    static const struct {
        mtm_decimal value;
        int with_sign;
        const char *en, *ru;
    } cases[] = {{{4001714, 0, 0}, 0, "4,001,714", "4" NB "001" NB "714"},
                 {{345, 1, 0}, 0, "34.5", "34,5"},
                 {{999, 0, 0}, 1, "+999", "+999"},
                 {{-9165, 0, 0},
                  1,
                  "\xE2\x88\x92"
                  "9,165",
                  "\xE2\x88\x92"
                  "9" NB "165"},
                 {{0, 0, 0}, 1, "0", "0"},
                 {{5, 2, 0}, 0, "0.05", "0,05"},
                 {{INT64_MIN, 0, 0},
                  0,
                  "\xE2\x88\x92"
                  "9,223,372,036,854,775,808",
                  "\xE2\x88\x92"
                  "9" NB "223" NB "372" NB "036" NB "854" NB "775" NB "808"}};
    for (int l = 0; l < 3; l++) {
        mtmi_text_builder scribe = made_scribe((mtm_language)l);
        for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
            assert_string_equal(mtmi_print_number(&scribe, cases[c].value, cases[c].with_sign),
                                l == 0 ? cases[c].en : cases[c].ru);
        }
        assert_string_equal(mtmi_print_percent(&scribe, tenths(345), 1), l == 0   ? "+34.5" NB "%"
                                                                         : l == 1 ? "+34,5" NB "%"
                                                                                  : "+34,5%");
        mtm_report_free(scribe.report);
    }
}

static void test_units(void **state) {
    (void)state;
    static const struct {
        const char *unit;
        int64_t units;
        int decimals, multiplier;
        const char *texts[3];
    } cases[] = {{"movements", 1, 0, 0, {"1 movement", "1 пересечение", "1 кесіп өту"}},
                 {"movements", 22, 0, 0, {"22 movements", "22 пересечения", "22 кесіп өту"}},
                 {"movements", 11, 0, 0, {"11 movements", "11 пересечений", "11 кесіп өту"}},
                 {"movements", 112, 0, 0, {"112 movements", "112 пересечений", "112 кесіп өту"}},
                 {"persons", 21, 0, 0, {"21 persons", "21 человек", "21 адам"}},
                 {"persons", 4, 0, 0, {"4 persons", "4 человека", "4 адам"}},
                 {"persons", 0, 0, 0, {"0 persons", "0 человек", "0 адам"}},
                 {"permits", 101, 0, 0, {"101 permits", "101 разрешение", "101 рұқсат"}},
                 {"permits", 15, 1, 0, {"1.5 permits", "1,5 разрешения", "1,5 рұқсат"}},
                 {"permits", 22, 1, 3, {"2.2 thousand permits", "2,2 тыс. разрешений", "2,2 мың рұқсат"}},
                 {"USD", 1572, 1, 6, {"USD" NB "157.2 million", "157,2 млн долл. США", "157,2 млн АҚШ доллары"}},
                 {"KZT", 3, 0, 9, {"KZT" NB "3 billion", "3 млрд тенге", "3 млрд теңге"}},
                 {"percent", 595, 1, 0, {"59.5" NB "%", "59,5" NB "%", "59,5%"}},
                 {"tonnes",
                  5,
                  0,
                  2,
                  {"5 \xC3\x97"
                   "10^2 tonnes",
                   "5 \xC3\x97"
                   "10^2 tonnes",
                   "5 \xC3\x97"
                   "10^2 tonnes"}}};
    for (int l = 0; l < 3; l++) {
        mtmi_text_builder scribe = made_scribe((mtm_language)l);
        for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
            char unit[32];
            strcpy(unit, cases[c].unit);
            mtm_result result = {.unit = unit, .multiplier = cases[c].multiplier};
            mtm_decimal value = {cases[c].units, cases[c].decimals, 0};
            assert_string_equal(mtmi_print_value(&scribe, &result, value, 0), cases[c].texts[l]);
        }
        mtm_report_free(scribe.report);
    }
}

static void test_periods(void **state) {
    (void)state;
    static const struct {
        const char *period;
        mtmi_when when;
        const char *texts[3];
    } cases[] = {
        {"2024-Q1", MTMI_WHEN_IN, {"in Q1 2024", "в I квартале 2024 года", "2024 жылғы І тоқсанда"}},
        {"2024-Q2", MTMI_WHEN_IN, {"in Q2 2024", "во II квартале 2024 года", "2024 жылғы ІІ тоқсанда"}},
        {"2024-Q3", MTMI_WHEN_FOR, {"for Q3 2024", "за III квартал 2024 года", "2024 жылғы ІІІ тоқсан бойынша"}},
        {"2024-Q4", MTMI_WHEN_NAME, {"Q4 2024", "IV квартал 2024 года", "2024 жылғы ІV тоқсан"}},
        {"2024-S1",
         MTMI_WHEN_IN,
         {"in the first half of 2024", "в I полугодии 2024 года", "2024 жылғы І жартыжылдықта"}},
        {"2024-S2", MTMI_WHEN_SHORT, {"H2 2024", "II п/г 2024", "2024 ж. ІІ ж/ж"}},
        {"2024-05", MTMI_WHEN_IN, {"in May 2024", "в мае 2024 года", "2024 жылғы мамырда"}},
        {"2024-09", MTMI_WHEN_FOR, {"for September 2024", "за сентябрь 2024 года", "2024 жылғы қыркүйек бойынша"}},
        {"2024", MTMI_WHEN_IN, {"in 2024", "в 2024 году", "2024 жылы"}},
        {"2024-01-01/P4M",
         MTMI_WHEN_IN,
         {"in January–April 2024", "в январе–апреле 2024 года", "2024 жылғы қаңтар–сәуірде"}},
        {"2023-11-01/P4M",
         MTMI_WHEN_IN,
         {"from November 2023 to February 2024", "с ноября 2023 года по февраль 2024 года",
          "2023 жылғы қарашадан 2024 жылғы ақпанға дейін"}},
        {"2024-07-01",
         MTMI_WHEN_AT,
         {"as of 1 July 2024", "на 1 июля 2024 года", "2024 жылғы 1 шілдедегі жағдай бойынша"}},
        {"2024-07-01", MTMI_WHEN_SHORT, {"1 Jul 2024", "01.07.2024", "01.07.2024"}},
        {"2024-01-01/2024-05-10",
         MTMI_WHEN_IN,
         {"from 1 January to 10 May 2024", "с 1 января по 10 мая 2024 года",
          "2024 жылғы 1 қаңтар мен 10 мамыр аралығында"}},
        {"2023-08-05/2024-05-10",
         MTMI_WHEN_IN,
         {"from 5 August 2023 to 10 May 2024", "с 5 августа 2023 года по 10 мая 2024 года",
          "2023 жылғы 5 тамыз бен 2024 жылғы 10 мамыр аралығында"}},
        {"2024-09-05/2024-10-10",
         MTMI_WHEN_FOR,
         {"for 5 September to 10 October 2024", "за период с 5 сентября по 10 октября 2024 года",
          "2024 жылғы 5 қыркүйек – 10 қазан бойынша"}},
        {"2022-01-01/P3Y", MTMI_WHEN_IN, {"in 2022–2024", "в 2022–2024 годах", "2022–2024 жылдары"}}};
    for (int l = 0; l < 3; l++) {
        mtmi_text_builder scribe = made_scribe((mtm_language)l);
        for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
            mtm_period period;
            if (strcmp(cases[c].period, "2022-01-01/P3Y") == 0) {
                period = (mtm_period){period_of("2022").first, period_of("2024").last};
            } else {
                period = period_of(cases[c].period);
            }
            assert_string_equal(mtmi_print_period(&scribe, period, cases[c].when), cases[c].texts[l]);
        }
        assert_string_equal(mtmi_print_period_long(&scribe, period_of("2024-Q2")), l == 0 ? "April–June 2024"
                                                                                   : l == 1
                                                                                       ? "апрель–июнь 2024 года"
                                                                                       : "2024 жылғы сәуір–маусым");
        assert_string_equal(mtmi_print_period(&scribe, MTMI_PERIOD_NONE, MTMI_WHEN_NAME), "");
        mtm_report_free(scribe.report);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key_in_each_language),
        cmocka_unit_test(test_every_word_in_each_language),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_periods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
