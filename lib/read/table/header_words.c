/* Words of headers. What comes in: the name of a column. What goes out: what it says, or nothing. It does not know the
 * file; nothing is guessed from similarity. */
#include "read/table/header_words.h"

#include "base/text.h"
#include "codelist/match.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Words of one meaning stand in one line, parted by vertical bars. */
static const struct group {
    const char *words;
    mtmi_role role;
    const char *dimension;
    mtmi_header_part part;
    int codes;
} groups[] = {
    {"period|reference period|time period|time|date|datetime|timestamp|reporting period|reporting date|report date|as of|"
     "as of date|date as of|ref period|reportingdate|obs time|dat|период|отчетный период|период времени|дата|время|"
     "на дату|дата отчета|по состоянию на|отчетная дата|кезең|кезеңі|есепті кезең|күні|мерзім|мерзімі|уақыты|уақыт|есепті күн|"
     "kezeń|merzim",
     MTMI_ROLE_PERIOD, NULL, MTMI_PART_WHOLE, 0},
    {"year|years|reporting year|yearreportingdate|год|годы|отчетный год|жыл|жылы|жылдар|есепті жыл|jyl|jyly",
     MTMI_ROLE_PERIOD, NULL, MTMI_PART_YEAR, 0},
    {"half|half year|half-year|semester|полугодие|жартыжылдық|жарты жыл|жартыжылдығы", MTMI_ROLE_PERIOD, NULL,
     MTMI_PART_HALF, 0},
    {"quarter|qtr|reporting quarter|квартал|кв.|кв|отчетный квартал|тоқсан|тоқсаны|toqsan", MTMI_ROLE_PERIOD, NULL,
     MTMI_PART_QUARTER, 0},
    {"month|reporting month|monthreportingdate|месяц|отчетный месяц|ай|айы", MTMI_ROLE_PERIOD, NULL, MTMI_PART_MONTH, 0},
    {"start|period start|start date|startdate|date start|date from|from date|start period|начало|начало периода|"
     "дата начала|кезең басы|кезеңнің басы|басталу күні", MTMI_ROLE_PERIOD_START, NULL, MTMI_PART_WHOLE, 0},
    {"end|period end|end date|enddate|date end|date to|to date|end period|конец|конец периода|дата окончания|"
     "кезең соңы|кезеңнің соңы|аяқталу күні", MTMI_ROLE_PERIOD_END, NULL, MTMI_PART_WHOLE, 0},
    {"published|release|release date|released|publication date|date published|date of publication|"
     "дата публикации|опубликовано|"
     "дата выпуска|дата релиза|жарияланған күні|жарияланды|жариялану күні", MTMI_ROLE_RELEASE, NULL, MTMI_PART_WHOLE, 0},
    {"edition|vintage|выпуск|редакция|басылым", MTMI_ROLE_EDITION, NULL, MTMI_PART_WHOLE, 0},
    {"status|obs status|observation status|статус|мәртебесі|мәртебе", MTMI_ROLE_STATUS, NULL, MTMI_PART_WHOLE, 0},
    {"source|sources|url|link|источник|источники|ссылка|дереккөз|дереккөзі|сілтеме", MTMI_ROLE_SOURCE, NULL,
     MTMI_PART_WHOLE, 0},
    {"note|notes|comment|comments|remark|remarks|footnote|footnotes|примечание|примечания|комментарий|сноска|сноски|"
     "ескертпе|ескертпелер|ескерту", MTMI_ROLE_NOTE, NULL, MTMI_PART_WHOLE, 0},
    {"unit|units|unit of measure|unit of measurement|unit measure|measure unit|currency|единица измерения|"
     "единицы измерения|ед. изм.|ед.изм.|ед. измерения|единица|валюта|өлшем бірлігі|өлшем бірліктері|бірлік",
     MTMI_ROLE_UNIT, NULL, MTMI_PART_WHOLE, 0},
    {"value|values|obs value|observation|number|numbers|persons|people|individuals|count|amount|number of persons|"
     "number of people|number of individuals|total persons|total number|quantity|figure|figures|val|crossings|movements|"
     "numpresentidpind|значение|значения|число|числа|количество|кол-во|численность|сумма|человек|чел.|чел|"
     "количество человек|число человек|численность, человек|мән|мәні|мәндер|саны|сан|адам|адам саны|адамдар саны|"
     "сомасы|сома|мөлшері|sany", MTMI_ROLE_VALUE, NULL, MTMI_PART_WHOLE, 0},
    {"indicator|indicator name|measure|variable|concept|nam|показатель|показатели|наименование показателя|индикатор|"
     "көрсеткіш|көрсеткіштер|көрсеткіш атауы", MTMI_ROLE_INDICATOR, NULL, MTMI_PART_WHOLE, 0},
    {"birth year|year of birth|год рождения|туған жылы", MTMI_ROLE_BIRTH_YEAR, NULL, MTMI_PART_WHOLE, 0},
    {"birth date|date of birth|дата рождения|туған күні", MTMI_ROLE_BIRTH_DATE, NULL, MTMI_PART_WHOLE, 0},
    {"citizenship|nationality|nationalities|country of citizenship|country of nationality|citizen|гражданство|"
     "страна гражданства|азаматтығы|азаматтық|азаматтық елі|azamattyǵy|azamattyq", MTMI_ROLE_DIMENSION,
     "citizenship", MTMI_PART_WHOLE, 0},
    {"country|countries|country name|country or area|страна|страны|наименование страны|название страны|государство|"
     "государства|ел|елі|елдер|мемлекет|мемлекеттер|memleket|admin0name|adm0 name|admin 0 name|adm0 en",
     MTMI_ROLE_DIMENSION, "country", MTMI_PART_WHOLE, 0},
    {"country code|iso|iso2|iso3|iso 2|iso 3|iso code|iso alpha-2|iso alpha-3|alpha-2|alpha-3|код страны|ел коды|"
     "admin0pcode|adm0 pcode|ref area", MTMI_ROLE_DIMENSION, "country", MTMI_PART_WHOLE, 1},
    {"citizenship code|nationality code|код гражданства|азаматтық коды", MTMI_ROLE_DIMENSION, "citizenship",
     MTMI_PART_WHOLE, 1},
    {"origin|country of origin|origin country|страна происхождения|страна исхода|страна прибытия|шыққан елі|келген елі",
     MTMI_ROLE_DIMENSION, "origin", MTMI_PART_WHOLE, 0},
    {"destination|country of destination|destination country|host country|country of residence|страна назначения|"
     "страна пребывания|страна выбытия|баратын елі|тұратын елі", MTMI_ROLE_DIMENSION, "destination", MTMI_PART_WHOLE, 0},
    {"region|regions|oblast|province|область|области|регион|регионы|территория|облыс|облыстар|өңір|өңірлер|аймақ|като|"
     "като(по каталогу)|като (по каталогу)|oblys|óńir", MTMI_ROLE_DIMENSION, "region", MTMI_PART_WHOLE, 0},
    {"region code|код региона|код области|облыс коды|kato", MTMI_ROLE_DIMENSION, "region", MTMI_PART_WHOLE, 1},
    {"district|район|районы|аудан|аудандар", MTMI_ROLE_DIMENSION, "district", MTMI_PART_WHOLE, 0},
    {"sex|gender|пол|жынысы|жыныс|jynysy", MTMI_ROLE_DIMENSION, "sex", MTMI_PART_WHOLE, 0},
    {"age|age group|age-group|age groups|ages|возраст|возрастная группа|возрастные группы|возрастной состав|жасы|жас|"
     "жас тобы|жас топтары", MTMI_ROLE_DIMENSION, "age-group", MTMI_PART_WHOLE, 0},
    {"sector|sectors|industry|economic activity|economic sector|отрасль|отрасли|сектор|вид экономической деятельности|"
     "виды экономической деятельности|вид деятельности|вэд|окэд|отрасль экономики|сала|салалар|секция|"
     "экономикалық қызмет түрі|экономика саласы", MTMI_ROLE_DIMENSION, "sector", MTMI_PART_WHOLE, 0},
    {"direction|flow direction|направление|бағыт|бағыты", MTMI_ROLE_DIMENSION, "direction", MTMI_PART_WHOLE, 0},
    {"purpose|purpose of visit|purpose of stay|цель|цель поездки|цель приезда|цель въезда|мақсаты|мақсат|сапар мақсаты",
     MTMI_ROLE_DIMENSION, "purpose", MTMI_PART_WHOLE, 0},
    {"category|worker category|category of workers|категория|категории|категория работников|санат|санаты|санаттар",
     MTMI_ROLE_DIMENSION, "category", MTMI_PART_WHOLE, 0},
    {"permit type|type of permit|тип разрешения|вид разрешения|рұқсат түрі", MTMI_ROLE_DIMENSION, "type",
     MTMI_PART_WHOLE, 0},
    {"residence|urban rural|urban/rural|area type|type of area|тип местности|местность|тип поселения|город/село|сптм|"
     "сптм(по каталогу)|сптм (по каталогу)|елді мекен түрі|мекен түрі", MTMI_ROLE_DIMENSION, "residence",
     MTMI_PART_WHOLE, 0},
    {"checkpoint|border crossing point|crossing point|bcp|пункт пропуска|кпп|өткізу пункті|бақылау-өткізу пункті",
     MTMI_ROLE_DIMENSION, "checkpoint", MTMI_PART_WHOLE, 0},
    {"ground|grounds|reason|reasons|cause|displacement reason|displacementreason|основание|основания|причина|причины|"
     "негіз|негізі|себебі|себеп", MTMI_ROLE_DIMENSION, "reason", MTMI_PART_WHOLE, 0},
    {"education|level of education|образование|уровень образования|білімі|білім деңгейі", MTMI_ROLE_DIMENSION,
     "education", MTMI_PART_WHOLE, 0},
    {"operation|operation name", MTMI_ROLE_DIMENSION, "operation", MTMI_PART_WHOLE, 0},
    {"operation status|operationstatus", MTMI_ROLE_DIMENSION, "operation-status", MTMI_PART_WHOLE, 0},
    {"round|round number|roundnumber|раунд", MTMI_ROLE_DIMENSION, "round", MTMI_PART_WHOLE, 0},
    {"assessment type|assessmenttype|assessment|тип оценки", MTMI_ROLE_DIMENSION, "assessment", MTMI_PART_WHOLE, 0},
    {"adminlevel|admin level|administrative level", MTMI_ROLE_DIMENSION, "admin-level", MTMI_PART_WHOLE, 0},
    {"admin1name|adm1 name|admin 1 name|admin1|adm1|adm1 en", MTMI_ROLE_DIMENSION, "adm1", MTMI_PART_WHOLE, 0},
    {"admin2name|adm2 name|admin 2 name|admin2|adm2|adm2 en", MTMI_ROLE_DIMENSION, "adm2", MTMI_PART_WHOLE, 0},
    {"admin3name|adm3 name|admin 3 name|admin3|adm3|adm3 en", MTMI_ROLE_DIMENSION, "adm3", MTMI_PART_WHOLE, 0},
    {"admin4name|adm4 name|admin 4 name|admin4|adm4|adm4 en", MTMI_ROLE_DIMENSION, "adm4", MTMI_PART_WHOLE, 0},
    {"admin1pcode|adm1 pcode|admin1 pcode", MTMI_ROLE_DIMENSION, "adm1", MTMI_PART_WHOLE, 1},
    {"admin2pcode|adm2 pcode|admin2 pcode", MTMI_ROLE_DIMENSION, "adm2", MTMI_PART_WHOLE, 1},
    {"admin3pcode|adm3 pcode|admin3 pcode", MTMI_ROLE_DIMENSION, "adm3", MTMI_PART_WHOLE, 1},
    {"admin4pcode|adm4 pcode|admin4 pcode", MTMI_ROLE_DIMENSION, "adm4", MTMI_PART_WHOLE, 1},
    {"idporiginadmin1name|origin adm1 name", MTMI_ROLE_DIMENSION, "origin-adm1", MTMI_PART_WHOLE, 0},
    {"idporiginadmin1pcode|origin adm1 pcode", MTMI_ROLE_DIMENSION, "origin-adm1", MTMI_PART_WHOLE, 1},
    /* The level columns of the Bureau of National Statistics: a number that is 0 in every row. */
    {"lкато(по каталогу)|lсптм (по каталогу)|lсптм(по каталогу)|lкато|lсптм|lкн|lсп|#|№|no|п/п|№ п/п|id|row|index",
     MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0},
};

/* Names that SDMX gives, as they stand, in capitals. */
static const struct sdmx_name {
    const char *name;
    mtmi_role role;
    const char *dimension;
    mtmi_header_part part;
    int codes;
} sdmx_names[] = {
    {"TIME_PERIOD", MTMI_ROLE_PERIOD, NULL, MTMI_PART_WHOLE, 0}, {"OBS_VALUE", MTMI_ROLE_VALUE, NULL, MTMI_PART_WHOLE, 0},
    {"OBS_STATUS", MTMI_ROLE_STATUS, NULL, MTMI_PART_WHOLE, 0}, {"UNIT_MEASURE", MTMI_ROLE_UNIT, NULL, MTMI_PART_WHOLE, 0},
    {"UNIT_MULT", MTMI_ROLE_IGNORE, NULL, MTMI_PART_MULTIPLIER, 0},
    {"ACTION", MTMI_ROLE_IGNORE, NULL, MTMI_PART_ACTION, 0},
    {"DATAFLOW", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0}, {"STRUCTURE", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0},
    {"STRUCTURE_ID", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0},
    {"STRUCTURE_NAME", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0},
    {"SERIES_KEY", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0}, {"OBS_KEY", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0},
    {"FREQ", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0}, {"DECIMALS", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0},
    {"CONF_STATUS", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0}, {"TIME_FORMAT", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0},
    {"TITLE", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0}, {"COLLECTION", MTMI_ROLE_IGNORE, NULL, MTMI_PART_WHOLE, 0},
    {"COMMENT_OBS", MTMI_ROLE_NOTE, NULL, MTMI_PART_WHOLE, 0}, {"COMMENT_TS", MTMI_ROLE_NOTE, NULL, MTMI_PART_WHOLE, 0},
    {"REF_AREA", MTMI_ROLE_DIMENSION, "country", MTMI_PART_WHOLE, 1},
    {"COUNTERPART_AREA", MTMI_ROLE_DIMENSION, "counterpart", MTMI_PART_WHOLE, 1},
    {"CITIZENSHIP", MTMI_ROLE_DIMENSION, "citizenship", MTMI_PART_WHOLE, 1},
    {"SEX", MTMI_ROLE_DIMENSION, "sex", MTMI_PART_WHOLE, 1}, {"AGE", MTMI_ROLE_DIMENSION, "age-group", MTMI_PART_WHOLE, 0},
    {"INDICATOR", MTMI_ROLE_INDICATOR, NULL, MTMI_PART_WHOLE, 0},
};

size_t mtmi_name_normalise(const char *name, size_t length, char out[MTMI_NAME_SIZE]) {
    size_t n = mtmi_text_normalise(name, length, out, MTMI_NAME_SIZE), at = 0;

    if (n >= MTMI_NAME_SIZE) {
        out[0] = '\0';
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        char c = out[i] == '_' ? ' ' : out[i];
        if (c != ' ' || (at > 0 && out[at - 1] != ' ')) {
            out[at++] = c;
        }
    }
    at -= at > 0 && out[at - 1] == ' ';
    out[at] = '\0';
    return at;
}

int mtmi_name_same(const char *a, size_t a_length, const char *b, size_t b_length) {
    char left[MTMI_NAME_SIZE], right[MTMI_NAME_SIZE];
    size_t n = mtmi_name_normalise(a, a_length, left), m = mtmi_name_normalise(b, b_length, right);

    if (n == 0 || m == 0) {
        return a_length == b_length && a_length > 0 && memcmp(a, b, a_length) == 0;
    }
    return n == m && memcmp(left, right, n) == 0;
}

static int has_word(const char *words, const char *word, size_t n) {
    for (const char *at = words; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, word, n) == 0 && (at[n] == '|' || at[n] == '\0')) {
            return 1;
        }
    }
    return 0;
}

static int find_word(const char *word, size_t n, mtmi_meaning *out) {
    for (size_t i = 0; n > 0 && i < COUNT(groups); i++) {
        if (has_word(groups[i].words, word, n)) {
            *out = (mtmi_meaning){groups[i].role, groups[i].dimension, groups[i].part, MTMI_HOW_HEADER, groups[i].codes,
                                  NULL, NULL};
            return 1;
        }
    }
    return 0;
}

/* Columns of sexes, as the Displacement Tracking Matrix names them. */
static int find_member_word(const char *word, size_t n, mtmi_meaning *out) {
    static const struct { const char *word, *code; } words[] = {{"numbermales", "M"}, {"numberfemales", "F"}};

    for (size_t i = 0; i < COUNT(words); i++) {
        if (strlen(words[i].word) == n && memcmp(words[i].word, word, n) == 0) {
            *out = (mtmi_meaning){MTMI_ROLE_VALUE, NULL, MTMI_PART_WHOLE, MTMI_HOW_HEADER, 0, "sex", words[i].code};
            return 1;
        }
    }
    return 0;
}

/* With labels, SDMX-CSV writes "REF_AREA: Reference area". */
static int find_sdmx(const char *name, size_t length, mtmi_meaning *out) {
    const char *colon = memchr(name, ':', length);
    size_t n = colon != NULL ? (size_t)(colon - name) : length;

    while (n > 2 && memcmp(name + n - 2, "[]", 2) == 0) {
        n -= 2; /* ATTR[] holds several values */
    }
    for (size_t i = 0; i < COUNT(sdmx_names); i++) {
        if (strlen(sdmx_names[i].name) == n && memcmp(sdmx_names[i].name, name, n) == 0) {
            *out = (mtmi_meaning){sdmx_names[i].role, sdmx_names[i].dimension, sdmx_names[i].part, MTMI_HOW_SDMX,
                                  sdmx_names[i].codes, NULL, NULL};
            return 1;
        }
    }
    return 0;
}

int mtmi_header_word(const char *name, size_t length, mtmi_meaning *out) {
    char word[MTMI_NAME_SIZE];
    size_t n, cut;

    memset(out, 0, sizeof *out);
    name = mtmi_text_trim(name, &length);
    if (find_sdmx(name, length, out)) {
        return 1;
    }
    n = mtmi_name_normalise(name, length, word);
    if (n == 0 || find_word(word, n, out) || find_member_word(word, n, out)) {
        return n > 0;
    }
    cut = strcspn(word, "(,;:*");
    while (cut > 0 && word[cut - 1] == ' ') {
        cut--;
    }
    return cut > 0 && cut < n && find_word(word, cut, out);
}

const mtm_codelist *mtmi_dimension_list(const char *dimension) {
    static const struct { const char *dimension, *list; } lists[] = {
        {"citizenship", "country"}, {"origin", "country"}, {"destination", "country"}, {"counterpart", "country"},
        {"nationality", "country"}, {"region", "region-kz"}, {"category", "worker-category"}, {"type", "permit-type"},
        {"age", "age-group"},
    };
    for (size_t i = 0; i < COUNT(lists); i++) {
        if (strcmp(lists[i].dimension, dimension) == 0) {
            return mtmi_codelist_get(lists[i].list);
        }
    }
    return mtmi_codelist_get(dimension);
}
