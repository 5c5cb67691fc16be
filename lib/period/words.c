/* The words of period labels in English, Russian and Kazakh, as tables; only Kazakh has rules, because its nouns take
 * endings. */
#include "period/words.h"

#include <string.h>

typedef struct entry {
    const char *text;
    char class;
    signed char value;
} entry;

/* Forms that stand by themselves. Russian nouns in the cases that labels use. */
/* clang-format off */
static const entry words[] = {
    /* months, English */
    {"january", 'm', 1}, {"jan", 'm', 1}, {"february", 'm', 2}, {"feb", 'm', 2}, {"march", 'm', 3}, {"mar", 'm', 3},
    {"april", 'm', 4}, {"apr", 'm', 4}, {"may", 'm', 5}, {"june", 'm', 6}, {"jun", 'm', 6}, {"july", 'm', 7},
    {"jul", 'm', 7}, {"august", 'm', 8}, {"aug", 'm', 8}, {"september", 'm', 9}, {"sep", 'm', 9}, {"sept", 'm', 9},
    {"october", 'm', 10}, {"oct", 'm', 10}, {"november", 'm', 11}, {"nov", 'm', 11}, {"december", 'm', 12},
    {"dec", 'm', 12},
    /* months, Russian */
    {"январь", 'm', 1}, {"января", 'm', 1}, {"январе", 'm', 1}, {"январю", 'm', 1}, {"янв", 'm', 1},
    {"февраль", 'm', 2}, {"февраля", 'm', 2}, {"феврале", 'm', 2}, {"февралю", 'm', 2}, {"фев", 'm', 2},
    {"февр", 'm', 2},
    {"март", 'm', 3}, {"марта", 'm', 3}, {"марте", 'm', 3}, {"марту", 'm', 3}, {"мар", 'm', 3},
    {"апрель", 'm', 4}, {"апреля", 'm', 4}, {"апреле", 'm', 4}, {"апрелю", 'm', 4}, {"апр", 'm', 4},
    {"май", 'm', 5}, {"мая", 'm', 5}, {"мае", 'm', 5}, {"маю", 'm', 5},
    {"июнь", 'm', 6}, {"июня", 'm', 6}, {"июне", 'm', 6}, {"июню", 'm', 6}, {"июн", 'm', 6},
    {"июль", 'm', 7}, {"июля", 'm', 7}, {"июле", 'm', 7}, {"июлю", 'm', 7}, {"июл", 'm', 7},
    {"август", 'm', 8}, {"августа", 'm', 8}, {"августе", 'm', 8}, {"августу", 'm', 8}, {"авг", 'm', 8},
    {"сентябрь", 'm', 9}, {"сентября", 'm', 9}, {"сентябре", 'm', 9}, {"сентябрю", 'm', 9}, {"сен", 'm', 9},
    {"сент", 'm', 9},
    {"октябрь", 'm', 10}, {"октября", 'm', 10}, {"октябре", 'm', 10}, {"октябрю", 'm', 10}, {"окт", 'm', 10},
    {"ноябрь", 'm', 11}, {"ноября", 'm', 11}, {"ноябре", 'm', 11}, {"ноябрю", 'm', 11}, {"ноя", 'm', 11},
    {"нояб", 'm', 11},
    {"декабрь", 'm', 12}, {"декабря", 'm', 12}, {"декабре", 'm', 12}, {"декабрю", 'm', 12}, {"дек", 'm', 12},
    /* months, Kazakh, short */
    {"қаң", 'm', 1}, {"ақп", 'm', 2}, {"нау", 'm', 3}, {"сәу", 'm', 4}, {"мам", 'm', 5}, {"мау", 'm', 6},
    {"шіл", 'm', 7}, {"там", 'm', 8}, {"қыр", 'm', 9}, {"қаз", 'm', 10}, {"қар", 'm', 11}, {"жел", 'm', 12},
    /* units */
    {"quarter", 'q', 0}, {"quarters", 'q', 0}, {"qtr", 'q', 0}, {"q", 'q', 0}, {"квартал", 'q', 0},
    {"квартала", 'q', 0}, {"квартале", 'q', 0}, {"кварталы", 'q', 0}, {"кварт", 'q', 0}, {"кв", 'q', 0},
    {"тоқс", 'q', 0},
    {"half", 'h', 0}, {"h", 'h', 0}, {"semester", 'h', 0}, {"полугодие", 'h', 0}, {"полугодия", 'h', 0},
    {"полугодии", 'h', 0}, {"полуг", 'h', 0},
    {"year", 'y', 0}, {"год", 'y', 0}, {"года", 'y', 0}, {"году", 'y', 0}, {"г", 'y', 0}, {"ж", 'y', 0},
    {"months", 'k', 0}, {"month", 'k', 0}, {"mths", 'k', 0}, {"месяцев", 'k', 0}, {"месяца", 'k', 0},
    {"месяц", 'k', 0}, {"месяцы", 'k', 0}, {"мес", 'k', 0},
    /* numbers: Roman ones also in the Cyrillic letters with which they are typed */
    {"i", 'r', 1}, {"ii", 'r', 2}, {"iii", 'r', 3}, {"iv", 'r', 4},
    {"п", 'r', 2}, {"ш", 'r', 3},
    {"first", 'r', 1}, {"second", 'r', 2}, {"third", 'r', 3}, {"fourth", 'r', 4},
    {"первый", 'r', 1}, {"первое", 'r', 1}, {"первого", 'r', 1}, {"первом", 'r', 1}, {"первые", 'r', 1},
    {"первых", 'r', 1},
    {"второй", 'r', 2}, {"второе", 'r', 2}, {"второго", 'r', 2}, {"втором", 'r', 2},
    {"третий", 'r', 3}, {"третьего", 'r', 3}, {"третьем", 'r', 3},
    {"четвертый", 'r', 4}, {"четвертого", 'r', 4}, {"четвертом", 'r', 4},
    {"бірінші", 'r', 1}, {"екінші", 'r', 2}, {"үшінші", 'r', 3}, {"төртінші", 'r', 4}, {"алғашқы", 'r', 1},
    {"one", 'c', 1}, {"two", 'c', 2}, {"three", 'c', 3}, {"four", 'c', 4}, {"five", 'c', 5}, {"six", 'c', 6},
    {"seven", 'c', 7}, {"eight", 'c', 8}, {"nine", 'c', 9}, {"ten", 'c', 10}, {"eleven", 'c', 11},
    {"twelve", 'c', 12},
    {"два", 'c', 2}, {"три", 'c', 3}, {"четыре", 'c', 4}, {"пять", 'c', 5}, {"шесть", 'c', 6}, {"семь", 'c', 7},
    {"восемь", 'c', 8}, {"девять", 'c', 9}, {"десять", 'c', 10}, {"одиннадцать", 'c', 11}, {"двенадцать", 'c', 12},
    {"екі", 'c', 2}, {"үш", 'c', 3}, {"төрт", 'c', 4}, {"бес", 'c', 5}, {"алты", 'c', 6}, {"жеті", 'c', 7},
    {"сегіз", 'c', 8}, {"тоғыз", 'c', 9}, {"он", 'c', 10},
    {"st", 'x', 0}, {"nd", 'x', 0}, {"rd", 'x', 0}, {"th", 'x', 0}, {"й", 'x', 0}, {"ый", 'x', 0}, {"ой", 'x', 0},
    {"ий", 'x', 0}, {"го", 'x', 0}, {"ого", 'x', 0}, {"м", 'x', 0}, {"ом", 'x', 0}, {"е", 'x', 0}, {"ое", 'x', 0},
    {"ші", 'x', 0}, {"шы", 'x', 0}, {"інші", 'x', 0}, {"нші", 'x', 0},
    /* what holds the others together */
    {"of", 'f', 0}, {"the", 'f', 0}, {"for", 'f', 0}, {"in", 'f', 0}, {"during", 'f', 0}, {"за", 'f', 0},
    {"в", 'f', 0}, {"во", 'f', 0}, {"период", 'f', 0}, {"кезеңі", 'f', 0}, {"кезеңінде", 'f', 0},
    {"аралығы", 'f', 0}, {"аралығында", 'f', 0}, {"ішінде", 'f', 0},
    {"to", '>', 0}, {"through", '>', 0}, {"по", '>', 0}, {"from", '<', 0}, {"с", '<', 0}, {"со", '<', 0},
    {"на", '@', 1}, {"ytd", '^', 0},
    {"начало", 'b', 0}, {"beginning", 'b', 0}, {"start", 'b', 0}, {"конец", 'e', 0}, {"end", 'e', 0},
    /* SDMX, and the Z of a time */
    {"a", 'A', 0}, {"s", 'S', 0}, {"t", 'T', 0}, {"w", 'W', 0}, {"d", 'D', 0}, {"m", 'M', 0}, {"z", 'Z', 0},
};
/* clang-format on */

/* Kazakh stems that take the endings below; Latin letters and the spellings of a Russian keyboard included. */
/* clang-format off */
static const entry stems[] = {
    {"қаңтар", 'm', 1}, {"ақпан", 'm', 2}, {"наурыз", 'm', 3}, {"сәуір", 'm', 4}, {"мамыр", 'm', 5},
    {"маусым", 'm', 6}, {"шілде", 'm', 7}, {"тамыз", 'm', 8}, {"қыркүйек", 'm', 9}, {"қыркүйег", 'm', 9},
    {"қазан", 'm', 10}, {"қараша", 'm', 11}, {"желтоқсан", 'm', 12},
    {"кантар", 'm', 1}, {"акпан", 'm', 2}, {"сауир", 'm', 4}, {"шилде", 'm', 7}, {"кыркуйек", 'm', 9},
    {"казан", 'm', 10}, {"караша", 'm', 11}, {"желтоксан", 'm', 12},
    {"qańtar", 'm', 1}, {"qañtar", 'm', 1}, {"qantar", 'm', 1}, {"aqpan", 'm', 2}, {"nauryz", 'm', 3},
    {"naýryz", 'm', 3}, {"sáýir", 'm', 4}, {"säuır", 'm', 4}, {"säuir", 'm', 4}, {"sauir", 'm', 4},
    {"mamyr", 'm', 5}, {"mausym", 'm', 6}, {"maýsym", 'm', 6}, {"shilde", 'm', 7}, {"şilde", 'm', 7},
    {"şılde", 'm', 7}, {"tamyz", 'm', 8}, {"qyrkúıek", 'm', 9}, {"qyrküiek", 'm', 9}, {"qyrkuiek", 'm', 9},
    {"qazan", 'm', 10}, {"qarasha", 'm', 11}, {"qaraşa", 'm', 11}, {"jeltoqsan", 'm', 12},
    {"тоқсан", 'q', 0}, {"токсан", 'q', 0}, {"toqsan", 'q', 0},
    {"жартыжылдық", 'h', 0}, {"жартыжылдығ", 'h', 0}, {"жартыжылдык", 'h', 0}, {"жартыжылдыг", 'h', 0},
    {"jartyjyldyq", 'h', 0}, {"jartyjyldyǵ", 'h', 0},
    {"жыл", 'y', 0}, {"jyl", 'y', 0},
    {"ай", 'k', 0},
};
/* clang-format on */

static const char *const endings[] = {
    "ы",    "і",    "и",    "сы",   "сі",      "да",      "де",    "та",     "те",     "дағы", "дегі", "дагы",
    "деги", "тағы", "тегі", "ында", "інде",    "сында",   "сінде", "ындағы", "індегі", "ның",  "нің",  "дың",
    "дің",  "тың",  "тің",  "дын",  "дин",     "ының",    "інің",  "ғы",     "гі",     "қы",   "кі",   "гы",
    "ги",   "лар",  "лары", "лері", "ларында", "лерінде", "y",     "i",      "ı",      "ǵy",   "ğy",   "gy",
    "gi",   "dyń",  "dyñ",  "dyn",  "nda",     "ynda",    "inde",  "yndaǵy",
};

static const char *const datives[] = {"ға",   "ге",   "қа", "ке", "га", "ка", "ына", "іне",
                                      "сына", "сіне", "ge", "ga", "ǵa", "ğa", "yna", "ine"};

/* Latin and Cyrillic i of one look, and v typed as у, in words made of nothing else. */
static int roman(const char *word, size_t length) {
    static const struct {
        const char *text;
        char letter;
    } letters[] = {
        {"i", 'i'}, {"і", 'i'}, {"ӏ", 'i'}, {"v", 'v'}, {"ѵ", 'v'}, {"у", 'v'},
    };
    static const char *const numerals[] = {"i", "ii", "iii", "iv"};
    char plain[4] = {0};
    size_t n = 0, at = 0;

    while (at < length) {
        size_t k = 0;
        while (k < sizeof letters / sizeof *letters &&
               (strlen(letters[k].text) > length - at ||
                memcmp(word + at, letters[k].text, strlen(letters[k].text)) != 0)) {
            k++;
        }
        if (k == sizeof letters / sizeof *letters || n == sizeof plain) {
            return 0;
        }
        plain[n++] = letters[k].letter;
        at += strlen(letters[k].text);
    }
    for (int i = 0; i < 4; i++) {
        if (strlen(numerals[i]) == n && memcmp(numerals[i], plain, n) == 0) {
            return i + 1;
        }
    }
    return 0;
}

static int is_one_of(const char *const *list, size_t n, const char *word, size_t length) {
    for (size_t i = 0; i < n; i++) {
        if (strlen(list[i]) == length && memcmp(list[i], word, length) == 0) {
            return 1;
        }
    }
    return 0;
}

/* 0 the word is not the stem with an ending, 1 it is, 2 with a dative. */
static int inflected(const char *stem, const char *word, size_t length) {
    size_t own = strlen(stem);
    if (own > length || memcmp(stem, word, own) != 0) {
        return 0;
    }
    if (own == length || is_one_of(endings, sizeof endings / sizeof *endings, word + own, length - own)) {
        return 1;
    }
    return is_one_of(datives, sizeof datives / sizeof *datives, word + own, length - own) ? 2 : 0;
}

mtmi_period_word mtmi_period_word_find(const char *word, size_t length) {
    mtmi_period_word out = {MTMI_WORD_UNKNOWN, 0, 0};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].text[0] == word[0] && strlen(words[i].text) == length &&
            memcmp(words[i].text, word, length) == 0) {
            out.class = words[i].class;
            out.value = words[i].value;
            return out;
        }
    }
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        int form = inflected(stems[i].text, word, length);
        if (form != 0) {
            out.class = stems[i].class;
            out.value = stems[i].value;
            out.dative = form == 2;
            return out;
        }
    }
    if (mtmi_period_neighbour_find(word, length, &out)) {
        return out;
    }
    out.value = roman(word, length);
    out.class = out.value != 0 ? MTMI_WORD_ROMAN : MTMI_WORD_UNKNOWN;
    return out;
}

/* The longer phrase stands before the shorter one that begins it. */
size_t mtmi_period_phrase_find(const char *text, size_t length, mtmi_period_word *out) {
    /* clang-format off */
    static const entry phrases[] = {
        {"по состоянию на", '@', 0}, {"на начало", 'b', 1}, {"на конец", 'e', 1}, {"as of the end of", 'e', 1},
        {"as at the end of", 'e', 1}, {"at the end of", 'e', 1}, {"at end of", 'e', 1}, {"at the beginning of", 'b', 1},
        {"at the start of", 'b', 1}, {"end of", 'e', 1}, {"end-", 'e', 1}, {"as of", '@', 0}, {"as at", '@', 0},
        {"жағдай бойынша", '@', 0}, {"жағдайы бойынша", '@', 0}, {"жылдың басынан бері", '^', 0},
        {"жыл басынан бері", '^', 0}, {"басынан бері", '^', 0}, {"жыл басына", 'b', 1}, {"жылдың басына", 'b', 1},
        {"жыл соңына", 'e', 1}, {"жылдың соңына", 'e', 1}, {"басына", 'b', 1}, {"соңына", 'e', 1},
        {"с начала года", '^', 0}, {"нарастающим итогом", '^', 0}, {"year to date", '^', 0}, {"year-to-date", '^', 0},
        {"half-year", 'h', 0}, {"half year", 'h', 0}, {"half of the year", 'h', 0},
        {"жарты жылдық", 'h', 0}, {"жарты жылдығы", 'h', 0}, {"жарты жылдығында", 'h', 0}, {"жылдың жартысы", 'h', 0},
        {"жартысы", 'h', 0}, {"он бір", 'c', 11}, {"он екі", 'c', 12},
        {"дар аввали", 'b', 1}, {"дар охири", 'e', 1}, {"yil boshiga", 'b', 1}, {"yil boshida", 'b', 1},
        {"yil oxiriga", 'e', 1}, {"йил бошига", 'b', 1}, {"йил охирига", 'e', 1}, {"жылдын башына", 'b', 1},
        {"жылдын аягына", 'e', 1}, {"на початок", 'b', 1}, {"на кінець", 'e', 1}, {"beginning of", 'b', 1},
        {"жыл басында", 'b', 1}, {"жыл башына", 'b', 1}, {"жыл башында", 'b', 1}, {"йил бошида", 'b', 1},
        {"ба аввали", 'b', 1}, {"ýylyň başyna", 'b', 1}, {"ýyl başyna", 'b', 1}, {"ilin əvvəlində", 'b', 1},
        {"на пачатак", 'b', 1}, {"წლის დასაწყისში", 'b', 1}, {"წლის დასაწყისისთვის", 'b', 1},
        {"տարեսկզբին", 'b', 1}, {"տարվա սկզբին", 'b', 1}, {"оны эхэнд", 'b', 1}, {"yıl başında", 'b', 1},
        {"yıl başı", 'b', 1}, {"au début de", 'b', 1},
        {"start of", 'b', 1}, {"yıl sonu", 'e', 1}, {"ilin əvvəlinə", 'b', 1}, {"ilin sonuna", 'e', 1},
        /* Uzbek, Tajik, Persian and Urdu in two words */
        {"yarim yilligi", 'h', 0}, {"yarim yillik", 'h', 0}, {"yarim yil", 'h', 0}, {"ярим йиллиги", 'h', 0},
        {"ярим йиллик", 'h', 0}, {"ярим йил", 'h', 0}, {"ним сола", 'h', 0}, {"سه ماهه", 'q', 0}, {"سه ماهۀ", 'q', 0},
        {"سہ ماہی", 'q', 0}, {"yarım il", 'h', 0},
    };
    /* clang-format on */
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        size_t own = strlen(phrases[i].text);
        if (own <= length && memcmp(phrases[i].text, text, own) == 0) {
            out->class = phrases[i].class;
            out->value = phrases[i].value;
            out->dative = 0;
            return own;
        }
    }
    return 0;
}
