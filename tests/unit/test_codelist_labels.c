/* What labels stand for, as agencies write them; and what is never guessed. */
#include "../getters.h"
#include "codelist/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct fact {
    const char *list, *label;
    mtm_match_kind kind;
    const char *code;
} fact;

static const fact facts[] = {
    {"country", "Türkiye", MTM_MATCH_CODE, "TUR"},
    {"country", "Turkey", MTM_MATCH_CODE, "TUR"},
    {"country", "Турция", MTM_MATCH_CODE, "TUR"},
    {"country", "Түркия", MTM_MATCH_CODE, "TUR"},
    {"country", "TÜRKİYE", MTM_MATCH_NONE, NULL}, /* dotted capital I folds to i and a dot: not guessed */
    {"country", "КНР", MTM_MATCH_CODE, "CHN"},
    {"country", "Қытай", MTM_MATCH_CODE, "CHN"},
    {"country", "China", MTM_MATCH_CODE, "CHN"},
    {"country", "Киргизия", MTM_MATCH_CODE, "KGZ"},
    {"country", "КЫРГЫЗСТАН", MTM_MATCH_CODE, "KGZ"},
    {"country", "Kyrgyz Republic", MTM_MATCH_CODE, "KGZ"},
    {"country", "Қырғызстан", MTM_MATCH_CODE, "KGZ"},
    {"country", "Российская Федерация", MTM_MATCH_CODE, "RUS"},
    {"country", "Россия", MTM_MATCH_CODE, "RUS"},
    {"country", "Ресей", MTM_MATCH_CODE, "RUS"},
    {"country", "  Russian\u00A0Federation ", MTM_MATCH_CODE, "RUS"},
    {"country", "Республика Узбекистан", MTM_MATCH_CODE, "UZB"},
    {"country", "Өзбекстан", MTM_MATCH_CODE, "UZB"},
    {"country", "Ózbekstan", MTM_MATCH_CODE, "UZB"},
    {"country", "Ўзбекистон", MTM_MATCH_CODE, "UZB"},
    {"country", "O\u2018zbekiston", MTM_MATCH_CODE, "UZB"},
    {"country", "Тоҷикистон", MTM_MATCH_CODE, "TJK"},
    {"country", "uz", MTM_MATCH_CODE, "UZB"},
    {"country", "860", MTM_MATCH_CODE, "UZB"},
    {"country", "Guinea", MTM_MATCH_CODE, "GIN"},
    {"country", "Guinea-Bissau", MTM_MATCH_CODE, "GNB"},
    {"country", "Niger", MTM_MATCH_CODE, "NER"},
    {"country", "Nigeria", MTM_MATCH_CODE, "NGA"},
    {"country", "Dominica", MTM_MATCH_CODE, "DMA"},
    {"country", "Dominican Republic", MTM_MATCH_CODE, "DOM"},
    {"country", "Côte d'Ivoire", MTM_MATCH_CODE, "CIV"},
    {"country", "Kosovo", MTM_MATCH_CODE, "XKX"},
    {"country", "Congo", MTM_MATCH_AMBIGUOUS, "COD"},
    {"country", "Корея", MTM_MATCH_AMBIGUOUS, "KOR"},
    {"country", "Korea, Republic of", MTM_MATCH_CODE, "KOR"},
    {"country", "КНДР", MTM_MATCH_CODE, "PRK"},
    {"country", "NA", MTM_MATCH_NONE, NULL},
    {"country", "Namibia", MTM_MATCH_CODE, "NAM"},
    {"country", "Uzbekistn", MTM_MATCH_NONE, NULL},
    {"country", "Nigerr", MTM_MATCH_NONE, NULL},
    {"country", "Узбекистана", MTM_MATCH_NONE, NULL},
    {"country", "Uk raine", MTM_MATCH_NONE, NULL},
    {"country", "", MTM_MATCH_NONE, NULL},
    {"country", "Всего", MTM_MATCH_TOTAL, NULL},
    {"country", "Барлығы", MTM_MATCH_TOTAL, NULL},
    {"country", "other countries", MTM_MATCH_OTHER, NULL},
    {"country", "Басқалары", MTM_MATCH_OTHER, NULL},
    {"country", "не указано", MTM_MATCH_UNKNOWN, NULL},
    {"country", "СНГ", MTM_MATCH_GROUP, "CIS"},
    {"country", "в том числе СНГ", MTM_MATCH_GROUP, "CIS"},
    {"country", "of which: CIS countries", MTM_MATCH_GROUP, "CIS"},
    {"country", "оның ішінде ТМД елдері", MTM_MATCH_GROUP, "CIS"},
    {"country-group", "Eurasian Economic Union", MTM_MATCH_CODE, "EAEU"},
    {"sex", "женщины", MTM_MATCH_CODE, "F"},
    {"sex", "ж", MTM_MATCH_CODE, "F"},
    {"sex", "Ерлер", MTM_MATCH_CODE, "M"},
    {"sex", "Оба пола", MTM_MATCH_TOTAL, NULL},
    {"direction", "Arrivals", MTM_MATCH_CODE, "IN"},
    {"direction", "выбыло", MTM_MATCH_CODE, "OUT"},
    {"direction", "Келгендер", MTM_MATCH_CODE, "IN"},
    {"sector", "Construction", MTM_MATCH_CODE, "F"},
    {"sector", "Строительство", MTM_MATCH_CODE, "F"},
    {"sector", "Құрылыс", MTM_MATCH_CODE, "F"},
    {"sector", "admin_support", MTM_MATCH_CODE, "N"},
    {"region-kz", "Туркестанская", MTM_MATCH_CODE, "KZ61"},
    {"region-kz", "город Нур-Султан", MTM_MATCH_CODE, "KZ71"},
    {"region-kz", "ОБЛАСТЬ АБАЙ", MTM_MATCH_CODE, "KZ10"},
    {"region-kz", "АБАЙСКИЙ РАЙОН", MTM_MATCH_NONE, NULL},
    {"region-kz", "РЕСПУБЛИКА КАЗАХСТАН", MTM_MATCH_TOTAL, NULL},
    {"region-kz", "Almaty", MTM_MATCH_AMBIGUOUS, "KZ19"},
    {"region-kz", "Алматинская", MTM_MATCH_CODE, "KZ19"},
    {"region-kz", "Г.АЛМАТЫ", MTM_MATCH_CODE, "KZ75"},
    {"residence", "городская местность", MTM_MATCH_CODE, "URBAN"},
    {"residence", "Ауыл", MTM_MATCH_CODE, "RURAL"},
    {"assessment-type", "Baseline assessment", MTM_MATCH_CODE, "BA"},
    {"operation-status", "Active", MTM_MATCH_CODE, "ACTIVE"},
    {"displacement-reason", "conflict", MTM_MATCH_CODE, "CONFLICT"},
    {"displacement-reason", "Стихийное бедствие", MTM_MATCH_CODE, "DISASTER"},
    {"displacement-status", "ВПЛ", MTM_MATCH_CODE, "IDP"},
    {"setting", "camp-like settings", MTM_MATCH_CODE, "CAMP_LIKE"},
    {"vulnerable-group", "Unaccompanied children", MTM_MATCH_CODE, "UAC"},
    {"vulnerable-group", "Несопровождаемые дети", MTM_MATCH_CODE, "UAC"},
    {"vulnerable-group", "Еріп жүрушісі жоқ балалар", MTM_MATCH_CODE, "UAC"},
    {"counted", "HH", MTM_MATCH_CODE, "HOUSEHOLDS"},
    {"permit-type", "ПМЖ", MTM_MATCH_CODE, "PRP"},
    {"permit-type", "temporary residence permit issued", MTM_MATCH_CODE, "TRP"},
    {"worker-category", "1-я категория", MTM_MATCH_CODE, "CAT1"},
    {"purpose", "Частная", MTM_MATCH_CODE, "PRIVATE"},
};

static void labels_stand_for_what_they_say(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const mtm_codelist *list = mtmi_codelist_get(facts[i].list);
        mtm_match match;
        assert_non_null(list);
        assert_int_equal(mtm_codelist_match(list, facts[i].label, &match, NULL), MTM_OK);
        if (match.kind != (int32_t)facts[i].kind) {
            fail_msg("%s in %s: kind %d, expected %d", facts[i].label, facts[i].list, (int)match.kind,
                     (int)facts[i].kind);
        }
        if (facts[i].code != NULL) {
            assert_string_equal(match.codes[0], facts[i].code);
        }
        assert_null(match.note);
        for (int at = match.count; at < MTM_MATCH_CODES; at++) {
            assert_null(match.codes[at]);
        }
    }
}

/* Every name of every list finds its own code, unless it is declared ambiguous. */
static void every_name_finds_its_code(void **state) {
    (void)state;
    size_t seen = 0;
    for (size_t l = 0; l < codelist_count(); l++) {
        const mtm_codelist *list = mtm_codelist_at(l);
        for (size_t i = 0; i < mtm_codelist_count(list); i++) {
            for (int language = 0; language < 3; language++) {
                const char *label = mtm_codelist_label(list, i, (mtm_language)language);
                mtmi_label_match match;
                mtmi_codelist_match(list, label, strlen(label), 0, &match);
                assert_int_equal(match.kind, MTM_MATCH_CODE);
                assert_int_equal(match.codes[0], (int)i);
                seen++;
            }
            mtmi_label_match match;
            mtmi_codelist_match(list, mtm_codelist_code(list, i), strlen(mtm_codelist_code(list, i)), 1, &match);
            assert_int_equal(match.codes[0], (int)i);
            assert_int_equal(mtmi_codelist_index(list, mtm_codelist_code(list, i)), (int)i);
        }
    }
    assert_true(seen > 800);
}

static void letters_of_two_alphabets_are_noted(void **state) {
    (void)state;
    mtm_match match;
    assert_int_equal(mtm_codelist_match(mtmi_codelist_get("country"), "Poccия", &match, NULL), MTM_OK);
    assert_string_equal(match.codes[0], "RUS");
    assert_string_equal(match.note, "a word mixes Latin and Cyrillic letters of the same look");
    assert_int_equal(mtm_codelist_match(mtmi_codelist_get("country"), "\xFF", &match, NULL), MTM_ERROR_ENCODING);
    assert_int_equal(match.kind, MTM_MATCH_NONE);
    assert_null(match.codes[0]);
}

static void codes_only(void **state) {
    (void)state;
    mtmi_label_match match;
    mtmi_codelist_match(mtmi_codelist_get("country"), "NA", 2, 1, &match);
    assert_int_equal(match.kind, MTM_MATCH_CODE);
    assert_string_equal(mtm_codelist_code(mtmi_codelist_get("country"), (size_t)match.codes[0]), "NAM");
    mtmi_codelist_match(mtmi_codelist_get("country"), "Namibia", 7, 1, &match);
    assert_int_equal(match.kind, MTM_MATCH_NONE);
}

static void groups_have_dates(void **state) {
    (void)state;
    static const struct {
        const char *group, *country, *period;
        int member;
    } memberships[] = {
        {"CIS", "GEO", "2009-Q2", 1},       {"CIS", "GEO", "2009-Q3", 0},  {"CIS", "UKR", "2018-Q1", 1},
        {"CIS", "UKR", "2018-Q2", 0},       {"CIS", "TKM", "2024", 0},     {"CIS", "MDA", "2024", 1},
        {"EU", "GBR", "2019", 1},           {"EU", "GBR", "2020-Q1", 0},   {"EU", "HRV", "2013-Q2", 0},
        {"EU", "HRV", "2013-Q3", 1},        {"EAEU", "KGZ", "2015-Q2", 0}, {"EAEU", "KGZ", "2015-Q3", 1},
        {"CENTRAL-ASIA", "UZB", "1999", 1}, {"NON-CIS", "TUR", "2024", 1}, {"NON-CIS", "UZB", "2024", 0},
        {"CIS", "XYZ", "2024", 0},
    };
    for (size_t i = 0; i < sizeof memberships / sizeof *memberships; i++) {
        mtm_period period;
        assert_int_equal(mtm_period_read(memberships[i].period, &period, NULL), MTM_OK);
        assert_int_equal(
            mtm_codelist_contains(codelist_of("country-group"), memberships[i].group, memberships[i].country, period),
            memberships[i].member);
    }
    mtm_period validity;
    const mtm_codelist *regions = mtmi_codelist_get("region-kz");
    assert_true(mtm_codelist_validity(regions, (size_t)mtmi_codelist_index(regions, "KZ10"), &validity));
    char text[40];
    mtm_period_describe((mtm_period){validity.first, validity.first}, text, sizeof text);
    assert_string_equal(text, "2022-06-08");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_stand_for_what_they_say),
        cmocka_unit_test(every_name_finds_its_code),
        cmocka_unit_test(letters_of_two_alphabets_are_noted),
        cmocka_unit_test(codes_only),
        cmocka_unit_test(groups_have_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
