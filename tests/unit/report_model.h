/* A report made by hand, in three languages: every part that a form must show, and texts that try to act. */
#ifndef TESTS_REPORT_MODEL_H
#define TESTS_REPORT_MODEL_H

#include "period/period.h"
#include "report/report.h"

#define NB "\u00A0"
#define IN(language, en, ru, kk) ((language) == MTM_LANGUAGE_EN ? (en) : (language) == MTM_LANGUAGE_RU ? (ru) : (kk))
#define FIGURE(language, units, decimals, en, other)                                                                   \
    { 1, 0, {units, decimals, 0}, IN(language, en, other, other) }
#define NONE                                                                                                           \
    { 0, 0, {0, 0, 0}, MTMI_MARK_NONE }
#define HIDDEN                                                                                                         \
    { 0, 1, {0, 0, 0}, MTMI_MARK_HIDDEN }
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Everything lives until the next call. */
static inline const mtm_report *report_model(mtm_language l) {
    static mtmi_report_row countries[4], sectors[3];
    static mtmi_report_point quarters[5], years[24];
    static char year_texts[24][16], year_values[24][24];
    static mtmi_report_step steps[4];
    static size_t first_source[] = {0}, both_sources[] = {0, 1};
    static const char *notes[1], *hostile_notes[1];
    static mtmi_report_indicator borders[2], workers[1], movement[2];
    static mtmi_report_section sections[4];
    static mtmi_limitation limitations[3];
    static mtmi_bibliography_entry sources[2];
    static mtm_report report;
    const mtm_period q2 = mtmi_period_of_months(2024, 4, 3), q1 = mtmi_period_of_months(2024, 1, 3);
    const mtm_period june = mtmi_period_of_months(2023, 1, 6), march = mtmi_period_of_months(2023, 1, 3);
    const mtm_period august = {mtmi_day_from(2023, 8, 1), mtmi_day_from(2023, 8, 1)};
    const mtm_period window = {mtmi_day_from(2024, 1, 1), mtmi_day_from(2024, 5, 10)};
    const mtm_period released = {mtmi_day_from(2024, 8, 15), mtmi_day_from(2024, 8, 15)};

    static const int64_t crossings[5] = {3105120, 3550004, 3300018, 2975788, 4001714};
    static const char *const crossings_en[5] = {"3,105,120", "3,550,004", "3,300,018", "2,975,788", "4,001,714"};
    static const char *const crossings_ru[5] = {"3" NB "105" NB "120", "3" NB "550" NB "004", "3" NB "300" NB "018",
                                                "2" NB "975" NB "788", "4" NB "001" NB "714"};
    static const char *const quarter_en[5] = {"Q2 2023", "Q3 2023", "Q4 2023", "Q1 2024", "Q2 2024"};
    static const char *const quarter_ru[5] = {"II кв. 2023", "III кв. 2023", "IV кв. 2023", "I кв. 2024",
                                              "II кв. 2024"};
    static const char *const quarter_kk[5] = {"2023 ж. II тоқ.", "2023 ж. III тоқ.", "2023 ж. IV тоқ.",
                                              "2024 ж. I тоқ.", "2024 ж. II тоқ."};
    for (int i = 0; i < 5; i++) {
        quarters[i] = (mtmi_report_point){mtmi_period_of_months(2023 + (i + 1) / 4, 1 + 3 * ((i + 1) % 4), 3),
                                          IN(l, quarter_en[i], quarter_ru[i], quarter_kk[i]),
                                          FIGURE(l, crossings[i], 0, crossings_en[i], crossings_ru[i])};
    }
    for (int i = 0; i < 24; i++) { /* 2014 was not published: the line has a gap */
        int year = 2000 + i + (i >= 14);
        int64_t value = 17 * (int64_t)(i * i) - 330 * i + 900;
        mtm_decimal_describe((mtm_decimal){year, 0, 0}, year_texts[i], sizeof *year_texts);
        mtm_decimal_describe((mtm_decimal){value, 0, 0}, year_values[i], sizeof *year_values);
        years[i] = (mtmi_report_point){
            mtmi_period_of_months(year, 1, 12), year_texts[i], {1, 0, {value, 0, 0}, year_values[i]}};
    }
    countries[0] = (mtmi_report_row){"UZB",
                                     IN(l, "Uzbekistan", "Узбекистан", "Өзбекстан"),
                                     MTM_MEMBER_CODE,
                                     1,
                                     'A',
                                     FIGURE(l, 1598656, 0, "1,598,656", "1" NB "598" NB "656"),
                                     FIGURE(l, 399, 1, "39.9", "39,9")};
    countries[1] = (mtmi_report_row){"KGZ",
                                     IN(l, "Kyrgyzstan", "Киргизия", "Қырғызстан"),
                                     MTM_MEMBER_CODE,
                                     2,
                                     'A',
                                     FIGURE(l, 1015553, 0, "1,015,553", "1" NB "015" NB "553"),
                                     FIGURE(l, 254, 1, "25.4", "25,4")};
    countries[2] = (mtmi_report_row){
        "=cmd|' /C calc'!A0",         "<script>alert('|*_`\x1B[2J</script>", MTM_MEMBER_UNCLASSIFIED, 0, 'A',
        FIGURE(l, 12, 0, "12", "12"), FIGURE(l, 0, 1, "0.0", "0,0")};
    countries[3] =
        (mtmi_report_row){"_O",
                          IN(l, "Other and not specified", "Прочие и не указано", "Өзгелер және көрсетілмегендер"),
                          MTM_MEMBER_OTHER,
                          0,
                          'A',
                          FIGURE(l, 1387493, 0, "1,387,493", "1" NB "387" NB "493"),
                          FIGURE(l, 347, 1, "34.7", "34,7")};
    sectors[0] = (mtmi_report_row){"N",
                                   IN(l, "Administrative and support service activities",
                                      "Деятельность в области административного и вспомогательного обслуживания",
                                      "Әкімшілік және қосалқы қызмет көрсету саласындағы қызмет"),
                                   MTM_MEMBER_CODE,
                                   0,
                                   'Q',
                                   HIDDEN,
                                   HIDDEN};
    sectors[1] = (mtmi_report_row){
        "F", IN(l, "Construction", "Строительство", "Құрылыс"), MTM_MEMBER_CODE, 0, 'Q', HIDDEN, HIDDEN};
    sectors[2] =
        (mtmi_report_row){"B",
                          IN(l, "Mining and quarrying", "Горнодобывающая промышленность", "Тау-кен өндіру өнеркәсібі"),
                          MTM_MEMBER_CODE,
                          0,
                          'A',
                          FIGURE(l, 1340, 0, "1,340", "1" NB "340"),
                          NONE};
    steps[0] = (mtmi_report_step){{sizeof(mtm_step),
                                   "border-crossings",
                                   "border-crossings.csv",
                                   "first",
                                   "",
                                   q2,
                                   released,
                                   {4001714, 0, 0},
                                   3,
                                   2,
                                   MTM_LINEAGE_VALUE,
                                   MTM_OPERATION_TAKE,
                                   'A'},
                                  quarters[4].period_text,
                                  IN(l, "15 August 2024", "15 августа 2024 г.", "2024 ж. 15 тамыз"),
                                  FIGURE(l, 4001714, 0, "4,001,714", "4" NB "001" NB "714")};
    steps[1] = steps[0];
    steps[1].step.of = MTM_LINEAGE_PREVIOUS;
    steps[1].step.period = june;
    steps[1].step.value = (mtm_decimal){5000000, 0, 0};
    steps[1].step.operation = MTM_OPERATION_ADD;
    steps[1].value = (mtmi_figure_text)FIGURE(l, 5000000, 0, "5,000,000", "5" NB "000" NB "000");
    steps[2] = steps[1];
    steps[2].step.period = march;
    steps[2].step.operation = MTM_OPERATION_SUBTRACT;
    steps[2].step.line = 2;
    steps[2].value = (mtmi_figure_text)FIGURE(l, 2024212, 0, "2,024,212", "2" NB "024" NB "212");
    steps[3] = steps[0];
    steps[3].step.row = "UZB";
    steps[3].step.of = MTM_LINEAGE_BREAKDOWN;
    steps[3].step.file = "=HYPERLINK(\"x\").csv";
    steps[3].step.release = MTMI_PERIOD_NONE;
    steps[3].step.edition = "";
    steps[3].release_text = "";
    notes[0] = IN(l, "Each crossing counts: one person may be counted several times.",
                  "Учитывается каждое пересечение: один человек может быть учтён несколько раз.",
                  "Әрбір кесіп өту есептеледі: бір адам бірнеше рет есептелуі мүмкін.");
    hostile_notes[0] = "# <img src=x onerror=alert(1)> | [link](javascript:alert(1)) \x1B]0;title\x07 1. @SUM(A1)";

    borders[0] = (mtmi_report_indicator){
        .id = "arrivals",
        .title = IN(l, "Arrivals of foreigners", "Прибытия иностранцев", "Шетелдіктердің келуі"),
        .definition = IN(l, "Entries of foreigners at checkpoints.", "Въезды иностранцев в пунктах пропуска.",
                         "Шетелдіктердің өткізу пункттері арқылы кіруі."),
        .concept = "border-crossings",
        .kind = MTM_KIND_FLOW,
        .unit = "movements",
        .unit_text = IN(l, "crossings", "пересечения", "кесіп өту"),
        .period = q2,
        .observed = q2,
        .period_text = quarters[4].period_text,
        .observed_text = quarters[4].period_text,
        .reason_text = "",
        .value = FIGURE(l, 4001714, 0, "4,001,714", "4" NB "001" NB "714"),
        .value_text = IN(l, "4,001,714 crossings", "4" NB "001" NB "714 пересечений", "4" NB "001" NB "714 кесіп өту"),
        .status = 'A',
        .flags = 0,
        .comparisons =
            {{MTM_WITH_PREVIOUS_PERIOD,
              IN(l, "previous quarter", "предыдущий квартал", "алдыңғы тоқсан"),
              q1,
              quarters[3].period_text,
              FIGURE(l, 2975788, 0, "2,975,788", "2" NB "975" NB "788"),
              FIGURE(l, 1025926, 0, "1,025,926", "1" NB "025" NB "926"),
              {1, 0, {345, 1, 0}, IN(l, "+34.5" NB "%", "+34,5" NB "%", "+34,5%")},
              IN(l, "+1,025,926", "+1" NB "025" NB "926", "+1" NB "025" NB "926"),
              MTM_REASON_NONE,
              "",
              'A',
              .period_short = quarters[3].period_text,
              .name = IN(l, "Q1 2024 (previous quarter)", "I кв. 2024 (предыдущий квартал)",
                         "2024 ж. I тоқ. (алдыңғы тоқсан)")},
             {MTM_WITH_SAME_PERIOD_LAST_YEAR,
              IN(l, "same quarter of the previous year", "тот же квартал прошлого года", "өткен жылдың осы тоқсаны"),
              mtmi_period_of_months(2023, 4, 3), quarters[0].period_text, NONE, NONE, NONE, MTMI_MARK_NONE,
              MTM_REASON_BASE_MISSING, IN(l, "no figure", "нет данных", "дерек жоқ"), '\0',
              .name = IN(l, "Q2 2023 (same quarter of the previous year)", "II кв. 2023 (тот же квартал прошлого года)",
                         "2023 ж. II тоқ. (өткен жылдың осы тоқсаны)")}},
        .n_comparisons = 2,
        .dimension = "",
        .dimension_title = "",
        .breakdown_reason_text = "",
        .points = quarters,
        .n_points = COUNT(quarters),
        .finding = IN(
            l, "In the second quarter of 2024 foreigners made 4,001,714 arrivals, 34.5" NB "% more than in the first.",
            "Во II квартале 2024 года зарегистрировано 4" NB "001" NB "714 прибытий, на 34,5" NB
            "% больше, чем в I квартале.",
            "2024 жылдың II тоқсанында 4" NB "001" NB "714 келу тіркелді, бұл I тоқсандағыдан 34,5% көп."),
        .notes = notes,
        .n_notes = 1,
        .whole_notes = notes,
        .n_whole_notes = 1,
        .series_title = IN(l, "Arrivals of foreigners rose from 2,975,788 to 4,001,714",
                           "Прибытия иностранцев: рост с 2" NB "975" NB "788 до 4" NB "001" NB "714",
                           "Шетелдіктердің келуі өсті: бұрын 2" NB "975" NB "788, енді 4" NB "001" NB "714"),
        .rows_title = IN(l, "Uzbekistan came first with 1,598,656 (39.9" NB "%)",
                         "На первом месте – Узбекистан: 1" NB "598" NB "656 (39,9" NB "%)",
                         "Бірінші орында Өзбекстан тұр: 1" NB "598" NB "656 (39,9%)"),
        .sources = first_source,
        .n_sources = 1,
        .steps = steps,
        .n_steps = COUNT(steps)};
    borders[1] = borders[0];
    borders[1].id = "arrivals-by-origin";
    borders[1].title =
        IN(l, "Arrivals by country of citizenship", "Прибытия по странам гражданства", "Азаматтығы бойынша келулер");
    borders[1].observed = window;
    borders[1].observed_text =
        IN(l, "1 January–10 May 2024", "1 января – 10 мая 2024 г.", "2024 ж. 1 қаңтар – 10 мамыр");
    borders[1].flags = MTM_FLAG_NOT_ALIGNED | MTM_FLAG_UNCLASSIFIED;
    borders[1].n_comparisons = 0;
    borders[1].dimension = "citizenship";
    borders[1].dimension_title = IN(l, "Country of citizenship", "Страна гражданства", "Азаматтық елі");
    borders[1].rows = countries;
    borders[1].n_rows = COUNT(countries);
    borders[1].n_points = 0;
    borders[1].notes = borders[1].whole_notes = hostile_notes;
    borders[1].sources = both_sources;
    borders[1].n_sources = 2;
    workers[0] = borders[1];
    workers[0].id = "foreign-workers-by-sector";
    workers[0].title =
        IN(l, "Foreign workers by sector", "Иностранные работники по отраслям", "Салалар бойынша шетелдік жұмысшылар");
    workers[0].concept = "foreign-workers";
    workers[0].kind = MTM_KIND_STOCK;
    workers[0].unit = "permits";
    workers[0].unit_text = IN(l, "permits", "разрешения", "рұқсат");
    workers[0].observed = august;
    workers[0].observed_text = IN(l, "1 August 2023", "1 августа 2023 г.", "2023 ж. 1 тамыз");
    workers[0].value = (mtmi_figure_text)FIGURE(l, 14702, 0, "14,702", "14" NB "702");
    workers[0].flags = MTM_FLAG_MICRODATA;
    workers[0].dimension = "sector";
    workers[0].dimension_title =
        IN(l, "Economic activity", "Вид экономической деятельности", "Экономикалық қызмет түрі");
    workers[0].rows_are_selection = 1;
    workers[0].rows = sectors;
    workers[0].n_rows = COUNT(sectors);
    workers[0].n_notes = workers[0].n_whole_notes = 0;
    workers[0].n_steps = 0;
    movement[0] = borders[0];
    movement[0].id = "net-migration";
    movement[0].title = IN(l, "Net migration", "Сальдо миграции", "Көші-қон сальдосы");
    movement[0].unit = "persons";
    movement[0].unit_text = IN(l, "persons", "человек", "адам");
    movement[0].period = movement[0].observed = years[23].period;
    movement[0].period_text = movement[0].observed_text = years[23].period_text;
    movement[0].value = years[23].value;
    movement[0].value_text = years[23].value.text;
    movement[0].n_comparisons = 0;
    movement[0].points = years;
    movement[0].n_points = COUNT(years);
    movement[0].n_notes = movement[0].n_whole_notes = movement[0].n_steps = 0;
    movement[1] = movement[0];
    movement[1].id = "immigration";
    movement[1].title = IN(l, "Immigration", "Иммиграция", "Көшіп келу");
    movement[1].unavailable = 1;
    movement[1].reason = MTM_REASON_CUMULATIVE_BASE;
    movement[1].reason_text = IN(l, "January–March 2024 is not in the data", "январь–март 2024 г. отсутствует в данных",
                                 "деректерде 2024 ж. қаңтар–наурыз жоқ");
    movement[1].value = (mtmi_figure_text)NONE;
    movement[1].value_text = MTMI_MARK_NONE;
    movement[1].status = '\0';
    movement[1].finding =
        IN(l, "Immigration is not available for the second quarter of 2024: January–March 2024 is not in the data.",
           "Иммиграция за II квартал 2024 года недоступна: январь–март 2024 г. отсутствует в данных.",
           "2024 жылдың II тоқсаны үшін көшіп келу туралы дерек жоқ: деректерде 2024 ж. қаңтар–наурыз жоқ.");
    movement[1].n_points = 0;
    movement[1].n_sources = 0;

    sections[0] = (mtmi_report_section){
        "border-crossings", IN(l, "Border crossings", "Пересечение границы", "Шекарадан өту"), 0, "", borders,
        COUNT(borders)};
    sections[1] = (mtmi_report_section){
        "foreign-workers", IN(l, "Foreign workers", "Иностранные работники", "Шетелдік жұмысшылар"), 0, "", workers,
        COUNT(workers)};
    sections[2] = (mtmi_report_section){"migration",    IN(l, "Migration", "Миграция", "Көші-қон"), 0, "", movement,
                                        COUNT(movement)};
    sections[3] = (mtmi_report_section){"quota",
                                        IN(l, "Quota", "Квота", "Квота"),
                                        1,
                                        IN(l, "No figures are available for this section.",
                                           "Данных по этому разделу нет.", "Бұл бөлім бойынша дерек жоқ."),
                                        NULL,
                                        0};
    limitations[0] = (mtmi_limitation){MTMI_LIMITATION_PERIOD_UNAVAILABLE, "period-unavailable",
                                       IN(l, "Period not available", "Период недоступен", "Кезең қолжетімсіз"),
                                       "immigration", movement[1].finding};
    limitations[1] =
        (mtmi_limitation){MTMI_LIMITATION_UNCLASSIFIED, "unclassified",
                          IN(l, "Unclassified labels", "Неклассифицированные обозначения", "Жіктелмеген белгілер"),
                          "arrivals-by-origin", hostile_notes[0]};
    limitations[2] = (mtmi_limitation){
        MTMI_LIMITATION_SUPPRESSED, "suppressed", IN(l, "Suppressed figures", "Скрытые значения", "Жасырылған мәндер"),
        "", IN(l, "Two small cells are withheld.", "Две малые ячейки скрыты.", "Екі шағын ұяшық жасырылды.")};
    sources[0] = (mtmi_bibliography_entry){
        IN(l, "Border Service", "Пограничная служба", "Шекара қызметі"),
        "Crossings",
        "https://example.org/a?b=1&c=2",
        "",
        "2024-09-01",
        IN(l, "Crossings, Border Service", "Crossings, Пограничная служба", "Crossings, Шекара қызметі"),
        IN(l, "1 September 2024", "1 сентября 2024 г.", "2024 ж. 1 қыркүйек"),
        steps[0].release_text,
        released,
        0,
        IN(l, "published", "опубликовано", "жарияланған"),
        0,
        IN(l, "Border Service. Crossings. 15 August 2024. Published.",
           "Пограничная служба. Crossings. 15 августа 2024 г. Опубликовано.",
           "Шекара қызметі. Crossings. 2024 ж. 15 тамыз. Жарияланған.")};
    sources[1] = (mtmi_bibliography_entry){"",
                                           "+Title; =1",
                                           "javascript:alert(1)",
                                           "CC BY 4.0",
                                           "",
                                           "+Title; =1",
                                           "",
                                           "",
                                           MTMI_PERIOD_NONE,
                                           1,
                                           IN(l, "on request", "по запросу", "сұрау бойынша"),
                                           -1,
                                           "+Title; =1 <b>"};
    report = (mtm_report){
        .language = l,
        .language_code = IN(l, "en", "ru", "kk"),
        .title = IN(l, "Kazakhstan: Migration Situation Report", "Казахстан: отчёт о миграционной ситуации",
                    "Қазақстан: көші-қон жағдайы туралы есеп"),
        .country = "KAZ",
        .country_title = IN(l, "Kazakhstan", "Казахстан", "Қазақстан"),
        .period = q2,
        .period_text = quarters[4].period_text,
        .period_long = IN(l, "April–June 2024", "апрель–июнь 2024 г.", "2024 жылғы сәуір–маусым"),
        .as_of_text = "",
        .not_for_publication = 1,
        .stamp = IN(l, "Not for publication: disclosure control is off", "Не для публикации: защита данных отключена",
                    "Жариялауға болмайды: деректерді қорғау өшірілген"),
        .protection = "",
        .threshold = -1,
        .highlights = {{"border-crossings",
                        IN(l, "Foreigners made 4.0 million arrivals (up 34.5" NB "% on Q1 2024).",
                           "Иностранцы совершили 4,0 млн въездов (на 34,5" NB "% больше, чем в I квартале 2024 года).",
                           "Шетелдіктер елге 4,0 млн рет кірді (2024 жылғы І тоқсанмен салыстырғанда 34,5%-ға көп)."),
                        "arrivals"},
                       {"own", "<script>alert(1)</script> [link](javascript:alert(1)).", ""}},
        .n_highlights = 2,
        .about = {IN(l, "Data published by: Border Service.", "Опубликованные данные: Пограничная служба.",
                     "Жарияланған деректер: Шекара қызметі."),
                  IN(l, "All sources are listed at the end.", "Все источники перечислены в конце.",
                     "Барлық дереккөздер соңында тізілген.")},
        .n_about = 2,
        .introduction = "A **strong** word, *another* and a [link](https://example.org/a?b=1&c=2).\n\n- <b>one</b>\n"
                        "- [two](javascript:alert(1)) =SUM(A1)\n\n# Heading | `code`\n\nLast * words ** \x1B[2J",
        .contact = "IOM, https://example.org/contact",
        .contact_text = IN(l, "Contact: IOM, https://example.org/contact", "Контакты: IOM, https://example.org/contact",
                           "Байланыс: IOM, https://example.org/contact"),
        .next_text = IN(l, "Next release: November 2024.", "Следующий выпуск: ноябрь 2024 года.",
                        "Келесі шығарылым: 2024 жылғы қараша."),
        .next_release = mtmi_period_of_months(2024, 11, 1),
        .sections = sections,
        .n_sections = COUNT(sections),
        .limitations = limitations,
        .n_limitations = COUNT(limitations),
        .gathered = limitations,
        .n_gathered = COUNT(limitations),
        .bibliography = sources,
        .n_bibliography = COUNT(sources),
        .n_hidden = 2};
    return &report;
}

#endif
