/* Months, quarters and years in the languages of Kazakhstan's neighbours. Months of the Gregorian calendar alone: those of
 * the solar Hijri calendar begin on other days, and are no period here. Source: Unicode CLDR. */
#include "period/words.h"

#include <string.h>

typedef struct neighbour_word {
    const char *text;
    char class;
    signed char value;
} neighbour_word;

/* clang-format off */
static const neighbour_word neighbour_words[] = {
    /* Uzbek, Latin and Cyrillic; Tajik has the same Cyrillic ones */
    {"yanvar", 'm', 1}, {"январ", 'm', 1}, {"fevral", 'm', 2}, {"феврал", 'm', 2}, {"mart", 'm', 3},
    {"aprel", 'm', 4}, {"апрел", 'm', 4}, {"may", 'm', 5}, {"iyun", 'm', 6}, {"июн", 'm', 6},
    {"iyul", 'm', 7}, {"июл", 'm', 7}, {"avgust", 'm', 8}, {"sentabr", 'm', 9}, {"sentyabr", 'm', 9},
    {"сентябр", 'm', 9}, {"oktabr", 'm', 10}, {"oktyabr", 'm', 10}, {"октябр", 'm', 10},
    {"noyabr", 'm', 11}, {"ноябр", 'm', 11}, {"dekabr", 'm', 12}, {"декабр", 'm', 12},
    /* Azerbaijani, Turkmen */
    {"ýanwar", 'm', 1}, {"fewral", 'm', 2}, {"maý", 'm', 5}, {"iýun", 'm', 6}, {"iýul", 'm', 7},
    {"avqust", 'm', 8}, {"awgust", 'm', 8}, {"sentýabr", 'm', 9}, {"oktýabr", 'm', 10}, {"noýabr", 'm', 11},
    /* Turkish */
    {"ocak", 'm', 1}, {"şubat", 'm', 2}, {"nisan", 'm', 4}, {"mayıs", 'm', 5}, {"haziran", 'm', 6},
    {"temmuz", 'm', 7}, {"ağustos", 'm', 8}, {"eylül", 'm', 9}, {"ekim", 'm', 10}, {"kasım", 'm', 11},
    {"aralık", 'm', 12},
    /* Ukrainian */
    {"січень", 'm', 1}, {"січня", 'm', 1}, {"січні", 'm', 1}, {"лютий", 'm', 2},
    {"лютого", 'm', 2}, {"березень", 'm', 3}, {"березня", 'm', 3}, {"квітень", 'm', 4},
    {"квітня", 'm', 4}, {"травень", 'm', 5}, {"травня", 'm', 5}, {"червень", 'm', 6},
    {"червня", 'm', 6}, {"липень", 'm', 7}, {"липня", 'm', 7}, {"серпень", 'm', 8},
    {"серпня", 'm', 8}, {"вересень", 'm', 9}, {"вересня", 'm', 9}, {"жовтень", 'm', 10},
    {"жовтня", 'm', 10}, {"листопад", 'm', 11}, {"листопада", 'm', 11},
    {"грудень", 'm', 12}, {"грудня", 'm', 12},
    /* Belarusian */
    {"студзень", 'm', 1}, {"студзеня", 'm', 1}, {"люты", 'm', 2}, {"лютага", 'm', 2},
    {"сакавік", 'm', 3}, {"сакавіка", 'm', 3}, {"красавік", 'm', 4},
    {"красавіка", 'm', 4}, {"чэрвень", 'm', 6}, {"чэрвеня", 'm', 6}, {"ліпень", 'm', 7},
    {"ліпеня", 'm', 7}, {"жнівень", 'm', 8}, {"жніўня", 'm', 8}, {"верасень", 'm', 9},
    {"верасня", 'm', 9}, {"кастрычнік", 'm', 10}, {"кастрычніка", 'm', 10},
    {"лістапад", 'm', 11}, {"лістапада", 'm', 11}, {"снежань", 'm', 12},
    {"снежня", 'm', 12},
    /* Armenian */
    {"հունվար", 'm', 1}, {"փետրվար", 'm', 2}, {"մարտ", 'm', 3}, {"ապրիլ", 'm', 4},
    {"մայիս", 'm', 5}, {"հունիս", 'm', 6}, {"հուլիս", 'm', 7}, {"օգոստոս", 'm', 8},
    {"սեպտեմբեր", 'm', 9}, {"հոկտեմբեր", 'm', 10}, {"նոյեմբեր", 'm', 11},
    {"դեկտեմբեր", 'm', 12},
    /* Georgian */
    {"იანვარი", 'm', 1}, {"თებერვალი", 'm', 2}, {"მარტი", 'm', 3},
    {"აპრილი", 'm', 4}, {"მაისი", 'm', 5}, {"ივნისი", 'm', 6},
    {"ივლისი", 'm', 7}, {"აგვისტო", 'm', 8}, {"სექტემბერი", 'm', 9},
    {"ოქტომბერი", 'm', 10}, {"ნოემბერი", 'm', 11},
    {"დეკემბერი", 'm', 12},
    /* Arabic */
    {"يناير", 'm', 1}, {"فبراير", 'm', 2}, {"مارس", 'm', 3}, {"أبريل", 'm', 4},
    {"ابريل", 'm', 4}, {"مايو", 'm', 5}, {"يونيو", 'm', 6}, {"يوليو", 'm', 7},
    {"أغسطس", 'm', 8}, {"اغسطس", 'm', 8}, {"سبتمبر", 'm', 9}, {"أكتوبر", 'm', 10},
    {"اكتوبر", 'm', 10}, {"نوفمبر", 'm', 11}, {"ديسمبر", 'm', 12},
    /* Urdu */
    {"جنوری", 'm', 1}, {"فروری", 'm', 2}, {"مارچ", 'm', 3}, {"اپریل", 'm', 4}, {"مئی", 'm', 5},
    {"جون", 'm', 6}, {"جولائی", 'm', 7}, {"اگست", 'm', 8}, {"ستمبر", 'm', 9},
    {"اکتوبر", 'm', 10}, {"نومبر", 'm', 11}, {"دسمبر", 'm', 12},
    /* German */
    {"januar", 'm', 1}, {"jänner", 'm', 1}, {"februar", 'm', 2}, {"märz", 'm', 3}, {"mai", 'm', 5},
    {"juni", 'm', 6}, {"juli", 'm', 7}, {"oktober", 'm', 10}, {"dezember", 'm', 12},
    /* French */
    {"janvier", 'm', 1}, {"février", 'm', 2}, {"mars", 'm', 3}, {"avril", 'm', 4}, {"juin", 'm', 6},
    {"juillet", 'm', 7}, {"août", 'm', 8}, {"septembre", 'm', 9}, {"octobre", 'm', 10}, {"novembre", 'm', 11},
    {"décembre", 'm', 12},
    /* Spanish */
    {"enero", 'm', 1}, {"febrero", 'm', 2}, {"marzo", 'm', 3}, {"abril", 'm', 4}, {"mayo", 'm', 5}, {"junio", 'm', 6},
    {"julio", 'm', 7}, {"agosto", 'm', 8}, {"septiembre", 'm', 9}, {"octubre", 'm', 10}, {"noviembre", 'm', 11},
    {"diciembre", 'm', 12},
    /* Polish */
    {"styczeń", 'm', 1}, {"stycznia", 'm', 1}, {"luty", 'm', 2}, {"lutego", 'm', 2}, {"marzec", 'm', 3},
    {"marca", 'm', 3}, {"kwiecień", 'm', 4}, {"kwietnia", 'm', 4}, {"maj", 'm', 5}, {"maja", 'm', 5},
    {"czerwiec", 'm', 6}, {"czerwca", 'm', 6}, {"lipiec", 'm', 7}, {"lipca", 'm', 7}, {"sierpień", 'm', 8},
    {"sierpnia", 'm', 8}, {"wrzesień", 'm', 9}, {"września", 'm', 9}, {"październik", 'm', 10},
    {"października", 'm', 10}, {"listopad", 'm', 11}, {"listopada", 'm', 11}, {"grudzień", 'm', 12},
    {"grudnia", 'm', 12},
    /* quarters and years */
    {"чорак", 'q', 0}, {"chorak", 'q', 0}, {"чейрек", 'q', 0}, {"семоҳа", 'q', 0}, {"семоҳаи", 'q', 0}, {"чоряки", 'q', 0},
    {"çärýek", 'q', 0}, {"rüb", 'q', 0}, {"çeyrek", 'q', 0}, {"kwartał", 'q', 0}, {"quartal", 'q', 0},
    {"trimestre", 'q', 0}, {"եռամսյակ", 'q', 0}, {"კვარტალი", 'q', 0}, {"yil", 'y', 0},
    {"yili", 'y', 0}, {"йил", 'y', 0}, {"йили", 'y', 0}, {"сол", 'y', 0}, {"соли", 'y', 0},
    {"ýyl", 'y', 0}, {"ýyly", 'y', 0}, {"yıl", 'y', 0}, {"yılı", 'y', 0}, {"рік", 'y', 0},
    {"року", 'y', 0}, {"jahr", 'y', 0}, {"année", 'y', 0}, {"año", 'y', 0}, {"rok", 'y', 0}, {"roku", 'y', 0},
    {"թ", 'y', 0}, {"ý", 'y', 0}, {"il", 'y', 0}, {"ili", 'y', 0},
    /* halves; ordinals of quarters and halves */
    {"yarıyıl", 'h', 0}, {"yarımil", 'h', 0}, {"yarimyillik", 'h', 0}, {"яримйиллик", 'h', 0}, {"нимсола", 'h', 0},
    {"нимсолаи", 'h', 0}, {"півріччя", 'h', 0}, {"паўгоддзе", 'h', 0}, {"halbjahr", 'h', 0}, {"semestre", 'h', 0},
    {"półrocze", 'h', 0},
    {"якум", 'r', 1}, {"якуми", 'r', 1}, {"дуюм", 'r', 2}, {"дуюми", 'r', 2}, {"дувум", 'r', 2}, {"дувуми", 'r', 2},
    {"сеюм", 'r', 3}, {"сеюми", 'r', 3}, {"чорум", 'r', 4}, {"чоруми", 'r', 4}, {"чаҳорум", 'r', 4}, {"чаҳоруми", 'r', 4},
    {"birinchi", 'r', 1}, {"ikkinchi", 'r', 2}, {"uchinchi", 'r', 3}, {"to'rtinchi", 'r', 4}, {"toʻrtinchi", 'r', 4},
    {"биринчи", 'r', 1}, {"иккинчи", 'r', 2}, {"учинчи", 'r', 3}, {"тўртинчи", 'r', 4}, /* the first is Kyrgyz too */
    {"экинчи", 'r', 2}, {"үчүнчү", 'r', 3}, {"төртүнчү", 'r', 4},
    {"birinci", 'r', 1}, {"ikinci", 'r', 2}, {"üçüncü", 'r', 3}, {"dördüncü", 'r', 4},
    {"перший", 'r', 1}, {"другий", 'r', 2}, {"третій", 'r', 3}, {"четвертий", 'r', 4}, {"перше", 'r', 1}, {"друге", 'r', 2},
    /* Mongolian: "2024 оны 1-р сар", "2024 оны 2-р улирал"; a number makes a month of "сар" */
    {"оны", 'y', 0}, {"улирал", 'q', 0}, {"улирлын", 'q', 0}, {"сар", 'g', 0}, {"сарын", 'g', 0},
    {"р", 'x', 1}, {"дугаар", 'f', 0}, {"дүгээр", 'f', 0}, {"хагас", 'h', 0},
    /* Uyghur */
    {"يانۋار", 'm', 1}, {"فېۋرال", 'm', 2}, {"مارت", 'm', 3}, {"ئاپرېل", 'm', 4}, {"ماي", 'm', 5}, {"ئىيۇن", 'm', 6},
    {"ئىيۇل", 'm', 7}, {"ئاۋغۇست", 'm', 8}, {"سېنتەبىر", 'm', 9}, {"ئۆكتەبىر", 'm', 10}, {"نويابىر", 'm', 11},
    {"دېكابىر", 'm', 12},
    /* Persian, Dari and Pashto names of the Gregorian months */
    {"ژانویه", 'm', 1}, {"فوریه", 'm', 2}, {"آوریل", 'm', 4}, {"مه", 'm', 5}, {"ژوئن", 'm', 6}, {"ژوئیه", 'm', 7},
    {"اوت", 'm', 8}, {"سپتامبر", 'm', 9}, {"اکتبر", 'm', 10}, {"نوامبر", 'm', 11}, {"دسامبر", 'm', 12},
    {"فبروری", 'm', 2}, {"جولای", 'm', 7}, {"سپتمبر", 'm', 9}, {"جنوري", 'm', 1}, {"فبروري", 'm', 2}, {"مۍ", 'm', 5},
    {"اګست", 'm', 8},
    {"ci", 'x', 0}, {"cı", 'x', 0}, {"cu", 'x', 0}, {"cü", 'x', 0}, /* Azerbaijani: "2023-cü il" */
    /* of the year, of the quarter: the forms in which titles and headings have them */
    {"чейреги", 'q', 0}, {"чейрегинде", 'q', 0}, {"чораги", 'q', 0}, {"чорагида", 'q', 0}, {"choragi", 'q', 0},
    {"choragida", 'q', 0}, {"çärýegi", 'q', 0}, {"rübü", 'q', 0}, {"rübündə", 'q', 0}, {"çeyreği", 'q', 0},
    {"çeyreğinde", 'q', 0}, {"yilning", 'y', 0}, {"yilda", 'y', 0}, {"y", 'y', 0}, {"йилнинг", 'y', 0}, {"йилда", 'y', 0},
    {"ýylyň", 'y', 0}, {"ilin", 'y', 0}, {"ilinin", 'y', 0}, {"yılının", 'y', 0}, {"yılında", 'y', 0}, {"році", 'y', 0},
    {"թվական", 'y', 0}, {"წელი", 'y', 0}, {"წლის", 'y', 0},
    {"кварталі", 'q', 0}, {"кварталу", 'q', 0}, {"півріччі", 'h', 0},
    {"январи", 'm', 1}, {"феврали", 'm', 2}, {"марти", 'm', 3}, {"апрели", 'm', 4}, {"майи", 'm', 5}, {"июни", 'm', 6},
    {"июли", 'm', 7}, {"августи", 'm', 8}, {"сентябри", 'm', 9}, {"октябри", 'm', 10}, {"ноябри", 'm', 11},
    {"декабри", 'm', 12}, {"моҳи", 'f', 0}, /* Tajik: "январи соли 2023", "моҳи январ" */
    {"on", '@', 0}, {"at", '@', 0}, {"au", '@', 0}, {"de", 'f', 0}, {"du", 'f', 0}, {"del", 'f', 0}, /* "enero de 2024" */
    {"er", 'x', 0}, {"ème", 'x', 0}, {"eme", 'x', 0}, {"e", 'x', 2}, {"º", 'x', 0}, /* "1er trimestre", "2e trimestre" */
    {"premier", 'r', 1}, {"deuxième", 'r', 2}, {"troisième", 'r', 3}, {"quatrième", 'r', 4},
    {"primer", 'r', 1}, {"segundo", 'r', 2}, {"tercer", 'r', 3}, {"cuarto", 'r', 4},
    /* Arabic, Persian and Dari: "الربع الأول 2024", "سه ماهه اول 2024" */
    {"الربع", 'q', 0}, {"ربع", 'q', 0}, {"الأول", 'r', 1}, {"الاول", 'r', 1}, {"الثاني", 'r', 2}, {"الثالث", 'r', 3},
    {"الرابع", 'r', 4}, {"عام", 'y', 0}, {"سنة", 'y', 0}, {"سال", 'y', 0}, {"ماه", 'f', 0}, {"شهر", 'f', 0},
    {"فصل", 'q', 0}, {"اول", 'r', 1}, {"دوم", 'r', 2}, {"سوم", 'r', 3}, {"چهارم", 'r', 4},
};
/* clang-format on */

/* Chinese, Korean and Japanese put no spaces between signs: each is found where it stands. The longer comes before the
 * shorter one that begins it. Source: Unicode CLDR; the National Bureau of Statistics of China. */
/* clang-format off */
static const neighbour_word signs[] = {
    {"上半年", '1', 0}, {"下半年", '2', 0}, {"四半期", 'q', 0}, {"季度", 'q', 0}, {"季", 'q', 0}, {"十二", 'c', 12}, {"十一", 'c', 11},
    {"个月", 'k', 0}, {"月份", 'g', 0}, {"月", 'g', 0}, {"年末", 'e', 1}, {"年底", 'e', 1}, {"年初", 'b', 1}, {"年", 'y', 0},
    {"十", 'c', 10}, {"一", 'r', 1}, {"二", 'r', 2}, {"三", 'r', 3}, {"四", 'r', 4}, {"五", 'c', 5}, {"六", 'c', 6},
    {"七", 'c', 7}, {"八", 'c', 8}, {"九", 'c', 9}, {"第", 'f', 0}, {"日", 'f', 0}, {"前", 'r', 1}, {"至", '>', 0},
    {"到", '>', 0}, {"截至", '@', 0}, {"~", '-', 0},
    {"년", 'y', 0}, {"월", 'g', 0}, {"일", 'f', 0}, {"분기", 'q', 0}, {"상반기", '1', 0}, {"하반기", '2', 0},
    {"上期", '1', 0}, {"下期", '2', 0},
};
/* clang-format on */

size_t mtmi_period_sign_find(const char *text, size_t length, mtmi_period_word *out) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const size_t own = strlen(signs[i].text);
        if (own <= length && memcmp(signs[i].text, text, own) == 0) {
            *out = (mtmi_period_word){signs[i].class, signs[i].value, 0};
            return own;
        }
    }
    return 0;
}

int mtmi_period_neighbour_find(const char *word, size_t length, mtmi_period_word *out) {
    for (size_t i = 0; i < sizeof neighbour_words / sizeof *neighbour_words; i++) {
        if (strlen(neighbour_words[i].text) == length && memcmp(neighbour_words[i].text, word, length) == 0) {
            out->class = neighbour_words[i].class;
            out->value = neighbour_words[i].value;
            return 1;
        }
    }
    return 0;
}
