/* Words of the languages of Central Asia and its neighbours, in the scripts in which agencies write them. */
#include "codelist/match.h"
#include "read/table/header_words.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static mtm_match_kind kind_of(const char *list, const char *label, const char **code) {
    const mtm_codelist *codes = mtmi_codelist_get(list);
    mtmi_label_match match;
    mtmi_codelist_match(codes, label, strlen(label), 0, &match);
    *code = match.kind == MTM_MATCH_CODE ? mtm_codelist_code(codes, (size_t)match.codes[0]) : "";
    return match.kind;
}

static void totals_and_the_rest(void **state) {
    static const struct {
        int kind;
        const char *words[24];
    } cases[] = {
        {MTM_MATCH_TOTAL, {"Барлығы",  "Barlyq",   "Всего",  "Баары", "Ҳамагӣ",  "Jami",      "Жами",   "Jemi",
                           "Cəmi",     "Ընդամենը", "სულ",    "Бүгд",  "合计",    "جەمئىي",    "جمع کل", "ټول",
                           "کل تعداد", "Toplam",   "Усього", "Усяго", "المجموع", "Insgesamt", "Ogółem"}},
        {MTM_MATCH_OTHER, {"Басқалар", "Прочие", "Башкалар", "Дигарон",  "Boshqalar", "Бошқалар", "Beýlekiler",
                           "Digər",    "Այլ",    "სხვა",     "Бусад",    "其他",      "سایر",     "Diğer",
                           "Інші",     "Іншыя",  "أخرى",     "Sonstige", "Autres",    "Otros",    "Pozostałe"}},
        {MTM_MATCH_UNKNOWN,
         {"Көрсетілмеген", "Не указано", "Белгисиз", "Номаълум", "Noma'lum", "Näbelli", "Naməlum", "Անհայտ", "უცნობი",
          "Тодорхойгүй", "不详", "نامشخص", "Bilinmeyen", "Невідомо", "غير محدد", "Unbekannt", "Inconnu", "Desconocido",
          "Nieznane"}},
    };
    const char *code;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t k = 0; k < 24 && cases[i].words[k] != NULL; k++) {
            if (kind_of("country", cases[i].words[k], &code) != (mtm_match_kind)cases[i].kind) {
                fail_msg("%s is not %d", cases[i].words[k], cases[i].kind);
            }
        }
    }
}

static void members(void **state) {
    static const struct {
        const char *list, *code, *words[24];
    } cases[] = {
        {"sex", "M", {"Ерлер",     "Мужчины", "Эркектер", "Мардон", "Erkaklar", "Эркаклар", "Erkekler", "Kişilər",
                      "Տղամարդիկ", "კაცები",  "Эрэгтэй",  "男性",   "ئەرلەر",   "مردان",    "نارینه",   "Erkek",
                      "Чоловіки",  "Мужчыны", "الذكور",   "Männer", "Hommes",   "Hombres",  "Mężczyźni"}},
        {"sex", "F", {"Әйелдер", "Женщины", "Аялдар",  "Занон",  "Ayollar",  "Аёллар", "Zenanlar", "Qadınlar",
                      "Կանայք",  "ქალები",  "Эмэгтэй", "女性",   "ئاياللار", "زنان",   "ښځینه",    "خواتین",
                      "Kadın",   "Жінки",   "Жанчыны", "الإناث", "Frauen",   "Femmes", "Kobiety"}},
        {"residence",
         "URBAN",
         {"Қала", "Город", "Шаар", "Шаҳр", "Shahar", "Шаҳар", "Şəhər", "Хот", "城市", "شهری", "Kent"}},
        {"residence",
         "RURAL",
         {"Ауыл", "Село", "Айыл", "Деҳот", "Qishloq", "Қишлоқ", "Kənd", "Хөдөө", "农村", "روستایی", "Kırsal"}},
        {"direction",
         "IN",
         {"Келгендер", "Прибыло", "Kelganlar", "Келганлар", "入境", "Прибулі", "الوافدون", "Zuzüge"}},
        {"direction",
         "OUT",
         {"Кеткендер", "Выбыло", "Ketganlar", "Кетганлар", "出境", "Вибулі", "المغادرون", "Fortzüge"}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t k = 0; k < 24 && cases[i].words[k] != NULL; k++) {
            const char *code;
            (void)kind_of(cases[i].list, cases[i].words[k], &code);
            if (strcmp(code, cases[i].code) != 0) {
                fail_msg("%s is not %s of %s", cases[i].words[k], cases[i].code, cases[i].list);
            }
        }
    }
}

static void headers(void **state) {
    static const struct {
        const char *dimension;
        int role, part;
        const char *words[16];
    } cases[] = {
        {NULL,
         MTMI_ROLE_PERIOD,
         MTMI_PART_YEAR,
         {"Жылы", "Год", "Сол", "Yil", "Йил", "Ýyl", "Տարի", "წელი", "年份", "سال", "Yıl", "Рік", "السنة", "Jahr",
          "Année"}},
        {"country",
         MTMI_ROLE_DIMENSION,
         MTMI_PART_WHOLE,
         {"Ел", "Страна", "Өлкө", "Кишвар", "Davlat", "Давлат", "Ýurt", "Ölkə", "国家", "کشور", "Ülke", "Країна",
          "الدولة"}},
        {"citizenship",
         MTMI_ROLE_DIMENSION,
         MTMI_PART_WHOLE,
         {"Азаматтығы", "Гражданство", "Жарандыгы", "Шаҳрвандӣ", "Fuqaroligi", "Фуқаролиги", "Vətəndaşlıq", "Иргэншил",
          "国籍", "تابعیت", "Громадянство", "الجنسية"}},
        {"sex",
         MTMI_ROLE_DIMENSION,
         MTMI_PART_WHOLE,
         {"Жынысы", "Пол", "Ҷинс", "Jinsi", "Жинси", "Cins", "Սեռ", "სქესი", "Хүйс", "性别", "جنسیت", "Cinsiyet",
          "Стать", "الجنس"}},
        {NULL,
         MTMI_ROLE_VALUE,
         MTMI_PART_WHOLE,
         {"Саны", "Число", "Шумора", "Soni", "Сони", "Sayı", "人数", "تعداد", "Кількість", "العدد", "Anzahl",
          "Liczba"}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t k = 0; k < 16 && cases[i].words[k] != NULL; k++) {
            mtmi_meaning meaning;
            const char *word = cases[i].words[k];
            if (!mtmi_header_word(word, strlen(word), &meaning) || (int)meaning.role != cases[i].role ||
                (int)meaning.part != cases[i].part ||
                (cases[i].dimension != NULL && strcmp(meaning.dimension, cases[i].dimension) != 0)) {
                fail_msg("%s is not read", word);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_and_the_rest),
        cmocka_unit_test(members),
        cmocka_unit_test(headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
