/* Findings: golden sentences in three languages. */
#include "made_results.h"

#include "report/report.h"

#define NB "\xC2\xA0"

typedef void (*maker)(mtm_result *result);

static void assert_finding(maker make, const char *period, const char *const expected[3]) {
    mtm_results *results = made_results(1, period);
    make(&results->results[0]);
    for (int language = 0; language < 3; language++) {
        mtm_report *report = made_report(results, (mtm_language)language, 0);
        assert_string_equal(mtm_report_finding(report, "arrivals"), expected[language]);
        mtm_report_free(report);
    }
    mtm_results_free(results);
}

static void make_arrivals(mtm_result *result) {
    result->title = made_titles("Arrivals of foreigners", "Въезды иностранцев", "Шетелдіктердің елге кіруі");
    set_value(result, whole(4001714));
    set_base(result, 0, whole(2975788), whole(1025926), tenths(345));
    set_no_base(result, 1, MTM_REASON_BASE_MISSING);
}

static void test_growth(void **state) {
    (void)state;
    assert_finding(make_arrivals, "2024-Q2",
                   (const char *[]){"Arrivals of foreigners in Q2 2024 amounted to 4,001,714 movements; the figure "
                                    "increased by "
                                    "34.5" NB "% compared with the previous quarter (2,975,788).",
                                    "Въезды иностранцев во II квартале 2024 года: 4" NB "001" NB
                                    "714 пересечений; показатель вырос на 34,5" NB
                                    "% по сравнению с предыдущим кварталом (2" NB "975" NB "788).",
                                    "Шетелдіктердің елге кіруі 2024 жылғы ІІ тоқсанда 4" NB "001" NB
                                    "714 кесіп өтуді құрады; көрсеткіш алдыңғы тоқсанмен (2" NB "975" NB
                                    "788) салыстырғанда 34,5%-ға өсті."});
}

static void make_by_origin(mtm_result *result) {
    result->title = made_titles("Arrivals of foreigners by citizenship", "Въезды иностранцев по гражданству",
                                "Шетелдіктердің азаматтығы бойынша елге кіруі");
    set_text(&result->dimension, "citizenship");
    set_value(result, whole(4399000));
    add_row(result, "UZB", whole(1598656), tenths(363), 1);
    add_row(result, "KGZ", whole(1015553), tenths(231), 2);
    add_row(result, "RUS", whole(854937), tenths(194), 3);
    add_row(result, "_O", whole(929854), tenths(211), 0);
}

static void test_first_countries(void **state) {
    (void)state;
    assert_finding(make_by_origin, "2024-01-01/2024-05-10",
                   (const char *[]){"Arrivals of foreigners by citizenship from 1 January to 10 May 2024 amounted to "
                                    "4,399,000 "
                                    "movements; the leading countries are Uzbekistan (1,598,656; 36.3" NB
                                    "%), Kyrgyzstan (1,015,553; 23.1" NB "%) and Russia (854,937; 19.4" NB "%).",
                                    "Въезды иностранцев по гражданству с 1 января по 10 мая 2024 года: 4" NB "399" NB
                                    "000 пересечений; наибольшие значения: Узбекистан (1" NB "598" NB "656; 36,3" NB
                                    "%), Кыргызстан (1" NB "015" NB "553; 23,1" NB "%) и Россия (854" NB "937; 19,4" NB
                                    "%).",
                                    "Шетелдіктердің азаматтығы бойынша елге кіруі 2024 жылғы 1 қаңтар мен 10 мамыр "
                                    "аралығында 4" NB "399" NB "000 кесіп өтуді құрады; алдыңғы орындарда Өзбекстан "
                                    "(1" NB "598" NB "656; 36,3%), Қырғызстан (1" NB "015" NB
                                    "553; 23,1%) және Ресей (854" NB "937; 19,4%) тұр."});
}

static void make_one_country(mtm_result *result) {
    make_by_origin(result);
    result->n_rows = 1;
    for (size_t i = 1; i < 4; i++) {
        mtmi_memory_free(result->rows[i].code);
        mtmi_titles_free(&result->rows[i].label);
    }
}

static void test_one_country(void **state) {
    (void)state;
    assert_finding(
        make_one_country, "2024-Q1",
        (const char *[]){"Arrivals of foreigners by citizenship in Q1 2024 amounted to 4,399,000 "
                         "movements; the "
                         "leading country is Uzbekistan (1,598,656; 36.3" NB "%).",
                         "Въезды иностранцев по гражданству в I квартале 2024 года: 4" NB "399" NB
                         "000 пересечений; наибольшее значение: Узбекистан (1" NB "598" NB "656; 36,3" NB "%).",
                         "Шетелдіктердің азаматтығы бойынша елге кіруі 2024 жылғы І тоқсанда 4" NB "399" NB
                         "000 кесіп өтуді құрады; бірінші орында Өзбекстан (1" NB "598" NB "656; 36,3%) тұр."});
}

static void make_two_changes(mtm_result *result) {
    result->title = made_titles("Immigration", "Иммиграция", "Елге көшіп келгендер");
    set_text(&result->unit, "persons");
    set_value(result, whole(5972));
    set_base(result, 0, whole(7680), whole(-1708), tenths(-222));
    set_base(result, 1, whole(3179), whole(2793), tenths(879));
}

static void test_fall_and_rise(void **state) {
    (void)state;
    assert_finding(make_two_changes, "2023-Q2",
                   (const char *[]){"Immigration in Q2 2023 amounted to 5,972 persons; the figure decreased by 22.2" NB
                                    "% compared with the previous quarter (7,680) and increased by 87.9" NB
                                    "% compared with the same quarter of the previous year (3,179).",
                                    "Иммиграция во II квартале 2023 года: 5" NB "972 человека; показатель снизился на "
                                    "22,2" NB "% по сравнению с предыдущим кварталом (7" NB "680) и вырос на 87,9" NB
                                    "% по сравнению с тем же кварталом предыдущего года (3" NB "179).",
                                    "Елге көшіп келгендер 2023 жылғы ІІ тоқсанда 5" NB
                                    "972 адамды құрады; көрсеткіш алдыңғы тоқсанмен (7" NB
                                    "680) салыстырғанда 22,2%-ға төмендеді және алдыңғы жылдың тиісті тоқсанымен (3" NB
                                    "179) салыстырғанда 87,9%-ға өсті."});
}

static void make_negative_base(mtm_result *result) {
    result->title = made_titles("Net migration", "Сальдо внешней миграции", "Сыртқы көші-қон айырымы");
    set_text(&result->unit, "persons");
    result->statistic = MTMI_STATISTIC_NET;
    set_value(result, whole(5016));
    set_base(result, 1, whole(-1173), whole(6189), tenths(0));
    result->comparisons[1].has_percent = 0;
    result->comparisons[1].reason = MTM_REASON_BASE_NEGATIVE;
}

static void test_base_below_zero(void **state) {
    (void)state;
    assert_finding(make_negative_base, "2023-Q1",
                   (const char *[]){"Net migration in Q1 2023 amounted to 5,016 persons; the figure was \xE2\x88\x92"
                                    "1,173 in the same quarter of the previous year.",
                                    "Сальдо внешней миграции в I квартале 2023 года: 5" NB
                                    "016 человек; в том же квартале предыдущего года значение было \xE2\x88\x92"
                                    "1" NB "173.",
                                    "Сыртқы көші-қон айырымы 2023 жылғы І тоқсанда 5" NB
                                    "016 адамды құрады; алдыңғы жылдың тиісті тоқсанында мән \xE2\x88\x92"
                                    "1" NB "173 болған."});
}

static void make_stock(mtm_result *result) {
    result->title = made_titles("Permits for foreign workers in force",
                                "Действующие разрешения на привлечение иностранных работников",
                                "Шетелдік жұмыскерлерді тартуға қолданыстағы рұқсаттар");
    set_text(&result->unit, "permits");
    set_text(&result->dimension, "category");
    result->kind = MTM_KIND_STOCK;
    result->statistic = MTMI_STATISTIC_LAST;
    result->observed = period_of("2023-08-01");
    set_value(result, whole(14702));
    add_row(result, "CAT3", whole(6452), tenths(439), 1)->label = made_titles("Specialists", "Специалисты", "Мамандар");
    add_row(result, "CAT2", whole(2751), tenths(187), 2)->label =
        made_titles("Heads of units", "Руководители структурных подразделений", "Құрылымдық бөлімшелердің басшылары");
}

static void test_stock_at_a_date(void **state) {
    (void)state;
    assert_finding(make_stock, "2023-07",
                   (const char *[]){"Permits for foreign workers in force as of 1 August 2023 amounted to 14,702; the "
                                    "largest values: Specialists (6,452; 43.9" NB
                                    "%) and Heads of units (2,751; 18.7" NB "%).",
                                    "Действующие разрешения на привлечение иностранных работников на 1 августа 2023 "
                                    "года: "
                                    "14" NB "702 разрешения; наибольшие значения: Специалисты (6" NB "452; 43,9" NB
                                    "%) и Руководители структурных подразделений (2" NB "751; 18,7" NB "%).",
                                    "Шетелдік жұмыскерлерді тартуға қолданыстағы рұқсаттар 2023 жылғы 1 тамыздағы "
                                    "жағдай "
                                    "бойынша 14" NB "702 рұқсатты құрады; ең жоғары мәндер: Мамандар (6" NB
                                    "452; 43,9%) және Құрылымдық бөлімшелердің басшылары (2" NB "751; 18,7%)."});
}

static void make_money(mtm_result *result) {
    result->title = made_titles("Personal remittances from the country", "Личные денежные переводы из страны",
                                "Елден жіберілген жеке ақша аударымдары");
    set_text(&result->unit, "USD");
    result->multiplier = 6;
    set_value(result, tenths(1572));
    set_base(result, 0, tenths(1440), tenths(132), tenths(92));
}

static void test_money(void **state) {
    (void)state;
    assert_finding(make_money, "2024-Q2",
                   (const char *[]){"Personal remittances from the country in Q2 2024 amounted to USD" NB
                                    "157.2 million; "
                                    "the figure "
                                    "increased by 9.2" NB "% compared with the previous quarter (144.0).",
                                    "Личные денежные переводы из страны во II квартале 2024 года: 157,2 млн долл. США; "
                                    "показатель вырос на 9,2" NB "% по сравнению с предыдущим кварталом (144,0).",
                                    "Елден жіберілген жеке ақша аударымдары 2024 жылғы ІІ тоқсанда 157,2 млн АҚШ "
                                    "долларын "
                                    "құрады; көрсеткіш алдыңғы тоқсанмен (144,0) салыстырғанда 9,2%-ға өсті."});
}

static void make_year(mtm_result *result) {
    result->title = made_titles("Emigration", "Эмиграция", "Елден көшіп кеткендер");
    set_text(&result->unit, "persons");
    set_value(result, whole(1));
    set_base(result, 0, whole(1), whole(0), tenths(0));
    set_base(result, 1, whole(1), whole(0), tenths(0));
}

/* The year before and the previous year are one: it is said once. */
static void test_year_without_change(void **state) {
    (void)state;
    assert_finding(make_year, "2024",
                   (const char *[]){"Emigration in 2024 amounted to 1 person; the figure did not change compared with "
                                    "the "
                                    "previous year (1).",
                                    "Эмиграция в 2024 году: 1 человек; показатель не изменился по сравнению с "
                                    "предыдущим "
                                    "годом (1).",
                                    "Елден көшіп кеткендер 2024 жылы 1 адамды құрады; көрсеткіш алдыңғы жылмен (1) "
                                    "салыстырғанда өзгерген жоқ."});
}

static void make_tiny_change(mtm_result *result) {
    make_year(result);
    result->has_comparison[1] = 0;
    set_value(result, whole(100001));
    set_base(result, 0, whole(100000), whole(1), tenths(0));
}

static void test_change_that_rounds_to_nothing(void **state) {
    (void)state;
    assert_finding(make_tiny_change, "2024",
                   (const char *[]){"Emigration in 2024 amounted to 100,001 persons; the figure increased by 1 "
                                    "compared with "
                                    "the previous year (100,000).",
                                    "Эмиграция в 2024 году: 100" NB "001 человек; показатель вырос на 1 по сравнению с "
                                    "предыдущим годом (100" NB "000).",
                                    "Елден көшіп кеткендер 2024 жылы 100" NB "001 адамды құрады; көрсеткіш алдыңғы "
                                    "жылмен "
                                    "(100" NB "000) салыстырғанда өсті (айырмасы – 1)."});
}

static void make_share(mtm_result *result) {
    result->title =
        made_titles("Use of the quota for foreign workers", "Использование квоты на привлечение иностранных работников",
                    "Шетелдік жұмыскерлерді тарту квотасының пайдаланылуы");
    set_text(&result->unit, "percent");
    result->statistic = MTMI_STATISTIC_SHARE;
    result->kind = MTM_KIND_SHARE;
    result->observed = period_of("2024-07-01");
    set_value(result, tenths(595));
}

static void test_share(void **state) {
    (void)state;
    assert_finding(make_share, "2024-Q2",
                   (const char *[]){"Use of the quota for foreign workers as of 1 July 2024 amounted to 59.5" NB "%.",
                                    "Использование квоты на привлечение иностранных работников на 1 июля 2024 года: "
                                    "59,5" NB "%.",
                                    "Шетелдік жұмыскерлерді тарту квотасының пайдаланылуы 2024 жылғы 1 шілдедегі "
                                    "жағдай "
                                    "бойынша 59,5%-ды құрады."});
}

static void make_unavailable(mtm_result *result) {
    result->title = made_titles("Immigration", "Иммиграция", "Елге көшіп келгендер");
    result->reason = MTM_REASON_CUMULATIVE_BASE;
}

static void test_unavailable(void **state) {
    (void)state;
    assert_finding(make_unavailable, "2024-Q2",
                   (const char *[]){"Immigration: no figure for Q2 2024 – only a cumulative figure is published, and "
                                    "the earlier "
                                    "one to subtract from it is missing.",
                                    "Иммиграция: значения за II квартал 2024 года нет – опубликован только "
                                    "нарастающий итог, "
                                    "а более раннего, который нужно из него вычесть, нет.",
                                    "Елге көшіп келгендер: 2024 жылғы ІІ тоқсан бойынша мән жоқ – тек жыл басынан "
                                    "бергі "
                                    "жиынтық жарияланған, ал одан шегерілетін ертерек жиынтық жоқ."});
}

static void make_withheld(mtm_result *result) {
    result->title = made_titles("Immigration", "Иммиграция", "Елге көшіп келгендер");
    result->flags = MTM_FLAG_MICRODATA;
    set_value(result, whole(4));
}

static void test_withheld(void **state) {
    (void)state;
    assert_finding(make_withheld, "2024-Q2",
                   (const char *[]){"Immigration in Q2 2024: the figure is withheld so that no person can be "
                                    "identified.",
                                    "Иммиграция во II квартале 2024 года: значение не показано, чтобы не раскрыть "
                                    "данные об "
                                    "отдельных лицах.",
                                    "Елге көшіп келгендер 2024 жылғы ІІ тоқсанда: жеке адамдарды анықтауға жол бермеу "
                                    "үшін "
                                    "мән көрсетілмеген."});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_first_countries),
        cmocka_unit_test(test_one_country),
        cmocka_unit_test(test_fall_and_rise),
        cmocka_unit_test(test_base_below_zero),
        cmocka_unit_test(test_stock_at_a_date),
        cmocka_unit_test(test_money),
        cmocka_unit_test(test_year_without_change),
        cmocka_unit_test(test_change_that_rounds_to_nothing),
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_unavailable),
        cmocka_unit_test(test_withheld),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
