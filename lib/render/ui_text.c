/* The words of the pages themselves, in each language. */
#include "render/ui_text.h"

static const char *const words[MTMI_WORD_COUNT][3] = {
    [MTMI_WORD_SERIES_TITLE] = {"Mobility Tracking Matrix", "Матрица отслеживания мобильности",
                                "Ұтқырлықты қадағалау матрицасы"},
    [MTMI_WORD_TRACKING_TITLE] = {"Displacement Tracking Matrix", "Матрица отслеживания перемещений",
                                  "Орын ауыстыруды қадағалау матрицасы"},
    [MTMI_WORD_KEY_FIGURES] = {"Key figures", "Ключевые показатели", "Негізгі көрсеткіштер"},
    [MTMI_WORD_LIKE_FOR_LIKE] = {"like for like", "на сопоставимой основе", "салыстырмалы негізде"},
    [MTMI_WORD_HIGHLIGHTS] = {"Main points", "Главное", "Басты деректер"},
    [MTMI_WORD_CONTENTS] = {"Contents", "Содержание", "Мазмұны"},
    [MTMI_WORD_ABOUT] = {"About this report", "Об отчёте", "Есеп туралы"},
    [MTMI_WORD_REVISED] = {"revised", "пересмотрено", "қайта қаралған"},
    [MTMI_WORD_SKIP] = {"Skip to the content", "Перейти к содержанию", "Мазмұнға өту"},
    [MTMI_WORD_LIMITATIONS] = {"Limitations", "Ограничения", "Шектеулер"},
    [MTMI_WORD_BIBLIOGRAPHY] = {"Sources", "Источники", "Дереккөздер"},
    [MTMI_WORD_NOTES] = {"Notes", "Примечания", "Ескертпелер"},
    [MTMI_WORD_SOURCES] = {"Sources", "Источники", "Дереккөздер"},
    [MTMI_WORD_COMPARISON] = {"Comparison", "Сравнение", "Салыстыру"},
    [MTMI_WORD_BREAKDOWN] = {"Breakdown", "Разбивка", "Бөлінісі"},
    [MTMI_WORD_SERIES] = {"Over time", "Динамика", "Серпіні"},
    [MTMI_WORD_SERIES_DATA] = {"Figures of the chart", "Данные графика", "Графиктің деректері"},
    [MTMI_WORD_PERIOD] = {"Period", "Период", "Кезең"},
    [MTMI_WORD_VALUE] = {"Value", "Значение", "Мәні"},
    [MTMI_WORD_CHANGE] = {"Change", "Изменение", "Өзгеріс"},
    [MTMI_WORD_CHANGE_PERCENT] = {"Change, %", "Изменение, %", "Өзгеріс, %"},
    [MTMI_WORD_SHARE] = {"Share, %", "Доля, %", "Үлесі, %"},
    [MTMI_WORD_RANK] = {"Rank", "Место", "Орны"},
    [MTMI_WORD_REPORT_PERIOD] = {"Reference period", "Отчётный период", "Есепті кезең"},
    [MTMI_WORD_PREVIOUS] = {"Previous period", "Предыдущий период", "Алдыңғы кезең"},
    [MTMI_WORD_LAST_YEAR] = {"Same period of last year", "Тот же период прошлого года", "Өткен жылдың осы кезеңі"},
    [MTMI_WORD_INDICATOR] = {"Indicator", "Показатель", "Көрсеткіш"},
    [MTMI_WORD_FROM] = {"From", "Откуда", "Қайдан"},
    [MTMI_WORD_TO] = {"To", "Куда", "Қайда"},
    [MTMI_WORD_UNIT] = {"Unit", "Единица", "Өлшем бірлігі"},
    [MTMI_WORD_STATUS] = {"Status", "Статус", "Мәртебесі"},
    [MTMI_WORD_FINDING] = {"Finding", "Вывод", "Тұжырым"},
    [MTMI_WORD_TEXT] = {"Text", "Текст", "Мәтін"},
    [MTMI_WORD_KIND] = {"Kind", "Вид", "Түрі"},
    [MTMI_WORD_FIGURES] = {"Figures", "Данные", "Деректер"},
    [MTMI_WORD_COVERS] = {"Covers", "Охватывает", "Қамтиды"},
    [MTMI_WORD_COVERS_ALL] = {"all", "всё", "барлығы"},
    [MTMI_WORD_COVERS_REST] = {"what the value covers and no row", "то, что входит в значение, но ни в одну строку",
                               "мәнге кіретін, бірақ бірде-бір жолға кірмейтіні"},
    [MTMI_WORD_BREAK] = {"not comparable with the figures before", "несопоставимо с прежними данными",
                         "бұрынғы деректермен салыстыруға келмейді"},
    [MTMI_WORD_LINEAGE] = {"Where the figure comes from", "Откуда взято значение", "Мәннің шыққан жері"},
    [MTMI_WORD_SUPERSEDED] = {"Superseded", "Заменено", "Ауыстырылған"},
    [MTMI_WORD_FILE] = {"File", "Файл", "Файл"},
    [MTMI_WORD_LINE] = {"Line", "Строка", "Жол"},
    [MTMI_WORD_COLUMN] = {"Column", "Столбец", "Баған"},
    [MTMI_WORD_RELEASE] = {"Release", "Дата публикации", "Жарияланған күні"},
    [MTMI_WORD_EDITION] = {"Edition", "Редакция", "Басылым"},
    [MTMI_WORD_OPERATION] = {"Operation", "Действие", "Амал"},
    [MTMI_WORD_FIGURE_OF] = {"Figure", "Показатель", "Көрсеткіш"},
    [MTMI_WORD_LARGEST] = {"Largest", "Наибольшее", "Ең үлкені"},
    [MTMI_WORD_LOWEST] = {"Smallest", "Наименьшее", "Ең кішісі"},
    [MTMI_WORD_FIRST] = {"First", "Первое", "Біріншісі"},
    [MTMI_WORD_LAST] = {"Last", "Последнее", "Соңғысы"},
    [MTMI_WORD_FIGURE] = {"Figure", "Рисунок", "сурет"},
    [MTMI_WORD_SOURCE] = {"Source", "Источник", "Дереккөз"},
    [MTMI_WORD_COVERAGE] = {"What the report covers", "Что охватывает отчёт", "Есеп нені қамтиды"},
    [MTMI_WORD_COVER] = {"Cover", "Обложка", "Мұқаба"},
    [MTMI_WORD_SHEET] = {"Sheet", "Лист", "Парақ"},
    [MTMI_WORD_NUMBER] = {"Number", "Номер", "Нөмірі"},
    [MTMI_WORD_ADDRESS] = {"Address", "Адрес", "Мекенжайы"},
    [MTMI_WORD_CHANGE_PREVIOUS] = {"Change on the previous period, %", "Изменение к предыдущему периоду, %",
                                   "Алдыңғы кезеңге өзгеріс, %"},
    [MTMI_WORD_CHANGE_LAST_YEAR] = {"Change on the same period of last year, %",
                                    "Изменение к тому же периоду прошлого года, %",
                                    "Өткен жылдың осы кезеңіне өзгеріс, %"},
    [MTMI_WORD_SHORTHAND] =
        {"Marks in tables: [x] not available, [c] withheld so that no person can be identified, [z] "
         "not applicable.",
         "Обозначения в таблицах: [x] нет данных, [c] не показано, чтобы не раскрыть данные об "
         "отдельных лицах, [z] не применимо.",
         "Кестелердегі белгілер: [x] дерек жоқ, [c] жеке адамдарды анықтауға жол бермеу үшін "
         "көрсетілмеген, [z] қолданылмайды."},
    [MTMI_WORD_SHEET_FINDINGS] = {"Every indicator with its value, its comparisons and a finding",
                                  "Каждый показатель со значением, сравнениями и выводом",
                                  "Әр көрсеткіштің мәні, салыстырулары және тұжырымы"},
    [MTMI_WORD_SHEET_FIGURES] = {"Every number of the report, one per row", "Все числа отчёта, по одному в строке",
                                 "Есептің барлық сандары, әр жолда біреуден"},
    [MTMI_WORD_SHEET_NOTES] = {"Notes that several indicators share", "Примечания, общие для нескольких показателей",
                               "Бірнеше көрсеткішке ортақ ескертпелер"},
    [MTMI_WORD_SHEET_LIMITATIONS] = {"What the data do not give, by kind", "Чего нет в данных, по видам",
                                     "Деректерде не жоқ екені, түрлері бойынша"},
    [MTMI_WORD_SHEET_SOURCES] = {"Where the figures come from", "Откуда взяты данные", "Деректер қайдан алынғаны"},
    [MTMI_WORD_INDEX] = {"Index", "Индекс", "Индекс"},
    [MTMI_WORD_TO_DATE] = {"Year to date", "С начала года", "Жыл басынан бері"},
    [MTMI_WORD_TWELVE_MONTHS] = {"Last 12 months", "За 12 месяцев", "Соңғы 12 ай"},
    [MTMI_WORD_GROWTH] = {"Contributions to the change, rounded so that they add up",
                          "Вклад в изменение (округлён так, чтобы сумма сходилась)",
                          "Өзгеріске қосқан үлес (қосындысы сәйкес келетіндей дөңгелектелген)"},
    [MTMI_WORD_POINTS] = {"Percentage points", "Процентных пунктов", "Пайыздық тармақ"},
    [MTMI_WORD_TOTAL] = {"All", "Всего", "Барлығы"},
    [MTMI_WORD_MAP_PLAIN] = {"no figure of its own: within the remainder", "отдельных данных нет: входит в остаток",
                             "жеке дерегі жоқ: қалғанына кіреді"},
    [MTMI_WORD_MAP_UNCOVERED] = {"not covered", "не охвачено", "қамтылмаған"},
    [MTMI_WORD_MAP_WITHHELD] = {"withheld", "скрыто", "жасырылған"},
    [MTMI_WORD_MAP_HOME] = {"country of the report", "страна отчёта", "есептегі ел"},
    [MTMI_WORD_MAP_LINES] = {"the wider the line, the larger the figure", "чем шире линия, тем больше значение",
                             "сызық неғұрлым жуан болса, мән соғұрлым үлкен"},
    [MTMI_WORD_MAP_CLASSES] = {"Classes by quantile: about as many areas in each.",
                               "Классы по квантилям: в каждом примерно поровну территорий.",
                               "Сыныптар квантиль бойынша: әрқайсысында аумақтар саны шамамен бірдей."},
    [MTMI_WORD_MAP_EQUAL_EARTH] = {"Equal Earth projection.", "Равновеликая проекция Equal Earth.",
                                   "Equal Earth тең көлемді проекциясы."},
    [MTMI_WORD_MAP_AZIMUTHAL] = {"Lambert azimuthal equal-area projection.",
                                 "Равновеликая азимутальная проекция Ламберта.",
                                 "Ламберттің тең көлемді азимуттық проекциясы."},
    [MTMI_WORD_MAP_BOUNDARIES] = {"Boundaries", "Границы", "Шекаралар"},
    [MTMI_WORD_MAP_DISCLAIMER] = {"Names and boundaries do not imply official endorsement or acceptance.",
                                  "Названия и границы не означают официального одобрения или признания.",
                                  "Атаулар мен шекаралар ресми мақұлдауды немесе мойындауды білдірмейді."},
    [MTMI_WORD_MAPS] = {"Maps", "Карты", "Карталар"},
    [MTMI_WORD_MAP_CLASS] = {"Class or mark", "Класс или обозначение", "Сыныбы немесе белгісі"},
    [MTMI_WORD_CODE] = {"Code", "Код", "Коды"},
    [MTMI_WORD_AREA] = {"Area", "Территория", "Аумақ"},
    [MTMI_WORD_SHEET_MAPS] = {"What each map shows, an area a row",
                              "Что показывает каждая карта, по территории в строке",
                              "Әр карта нені көрсетеді, әр жолда бір аумақтан"},
    [MTMI_WORD_CHANGE_SINCE] = {"Change since", "Изменение к", "Өзгеріс, база –"},
    [MTMI_WORD_POINTS_SINCE] = {"Percentage points since", "Вклад в п. п. к", "Пайыздық тармақ, база –"},
    [MTMI_WORD_OTHER_PERIODS] = {"Figures of other periods", "Данные за другие периоды", "Басқа кезеңдердің деректері"},
    [MTMI_WORD_OTHER_PERIODS_WHY] =
        {"These indicators have no figure for the period of the report; the limitations say why.",
         "По этим показателям за период отчёта данных нет; причины названы среди ограничений.",
         "Бұл көрсеткіштер бойынша есеп кезеңінде дерек жоқ; себептері шектеулерде айтылған."},
};

const char *mtmi_word_get(mtmi_word word, mtm_language language) {
    return words[word][language];
}

static const char *pick(const char *const *list, size_t n, int index) {
    return index >= 0 && (size_t)index < n ? list[index] : "";
}

#define PICK(list, index) pick(list, sizeof(list) / sizeof *(list), index)

const char *mtmi_word_operation(int operation, mtm_language language) {
    static const char *const en[] = {
        "as published", "added",   "subtracted", "of the period's end", "latest before the period",
        "denominator",  "not used"};
    static const char *const ru[] = {"как опубликовано",     "прибавлено",  "вычтено",        "на конец периода",
                                     "последнее до периода", "знаменатель", "не использовано"};
    static const char *const kk[] = {"жарияланған күйінде",     "қосылды", "алынып тасталды", "кезеңнің соңына",
                                     "кезеңге дейінгі соңғысы", "бөлгіш",  "пайдаланылмады"};
    return language == MTM_LANGUAGE_RU   ? PICK(ru, operation)
           : language == MTM_LANGUAGE_KK ? PICK(kk, operation)
                                         : PICK(en, operation);
}

const char *mtmi_token_with(int with) {
    static const char *const tokens[] = {"previous-period", "same-period-last-year"};
    return PICK(tokens, with);
}

const char *mtmi_token_of(int part) {
    static const char *const tokens[] = {"value", "previous-period", "same-period-last-year", "breakdown",
                                         "superseded"};
    return PICK(tokens, part);
}

const char *mtmi_token_operation(int operation) {
    static const char *const tokens[] = {"take", "add", "subtract", "last", "latest", "divide", "none"};
    return PICK(tokens, operation);
}

const char *mtmi_token_kind(int kind) {
    static const char *const tokens[] = {"", "flow", "stock", "share"};
    return PICK(tokens, kind);
}

const char *mtmi_token_frame(int frame) {
    static const char *const names[] = {"seen", "declared", "closed", "all"};
    return names[frame];
}

const char *mtmi_token_row(int kind) {
    static const char *const tokens[] = {"code", "total", "group", "other", "unknown", "unclassified"};
    return PICK(tokens, kind);
}

const char *mtmi_token_flag(int bit) {
    static const char *const tokens[] = {
        "derived",      "across-releases", "not-aligned", "revised",   "negative-difference",
        "unclassified", "total-mismatch",  "estimated",   "microdata", "coverage-assumed-zero",
        "as-covered",   "superseded-base"};
    const char *token = PICK(tokens, bit);
    return token[0] != '\0' ? token : NULL;
}
