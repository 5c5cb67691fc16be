/* Knows by the names of their columns the registers of flow monitoring and of persons, whose rows are counted. A shape is
 * taken only where every column that makes it is there. */
#include "base/text.h"
#include "base/try.h"
#include "read/describe.h"
#include "read/table/header_words.h"

#include <limits.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* names are parted by "|"; makes: one of each such letter must be there for the shape to be known; unless: of no use beside that letter. mtm is what the field
 * declares. */
/* clang-format off */
static const mtmi_counted_column registry_columns[] = {
    {"fmp|fmp name|fmp_name|flow monitoring point|monitoring point|fmp site|point de suivi|point de suivi des flux|punto de monitoreo|punto de monitoreo de flujo|пункт мониторинга|пункт мониторинга потоков", "{\"role\": \"dimension\", \"dimension\": \"fmp\"}", 'p', 0},
    {"date|t|day|survey date|date of observation|observation date|date of registry|fecha|дата", "{\"role\": \"period\"}", 'd', 0},
    {"men|adult men|adult males|males adult|male adults|hommes|hommes adultes|hombres|мужчины", "{\"role\": \"value\", \"members\": {\"sex\": \"M\", \"age-group\": \"18+\"}}", 'm', 0},
    {"women|adult women|adult females|females adult|female adults|femmes|femmes adultes|mujeres|женщины", "{\"role\": \"value\", \"members\": {\"sex\": \"F\", \"age-group\": \"18+\"}}", 'w', 0},
    {"boys|male children|garçons|garcons|niños|мальчики", "{\"role\": \"value\", \"members\": {\"sex\": \"M\", \"age-group\": \"0-17\"}}", 'b', 0},
    {"girls|female children|filles|niñas|девочки", "{\"role\": \"value\", \"members\": {\"sex\": \"F\", \"age-group\": \"0-17\"}}", 'b', 0},
    {"children|enfants|дети|балалар", "{\"role\": \"value\", \"members\": {\"age-group\": \"0-17\"}}", 'c', 'b'},
    {"unaccompanied children|unaccompanied minors|unaccompanied|uac|enfants non accompagnés|mineurs non accompagnés|niños no acompañados|menores no acompañados|несопровождаемые дети|дети без сопровождения", MTMI_COUNTED_SUBSET, 0, 0},
    {"movement|movement type|type of movement|flow type|type of flow|direction|mouvement|type de flux|movimiento|направление", "{\"role\": \"dimension\", \"dimension\": \"movement\"}", 0, 0},
    {"departure|departure country|country of departure|previous|origin country|pays de départ|pays de provenance|país de salida|страна выезда", "{\"role\": \"dimension\", \"dimension\": \"origin\", \"codelist\": \"country\"}", 0, 0},
    {"destination|final|final destination|destination country|country of destination|intended destination|pays de destination|país de destino|страна назначения", "{\"role\": \"dimension\", \"dimension\": \"destination\", \"codelist\": \"country\"}", 0, 0},
    {"nationality|nat|nationalité|nationalite|nacionalidad|гражданство", "{\"role\": \"dimension\", \"dimension\": \"citizenship\", \"codelist\": \"country\"}", 0, 0},
    {"reason|reason for movement|main reason|raison|raison du déplacement|motivo|razón|причина", "{\"role\": \"dimension\", \"dimension\": \"reason\"}", 0, 0},
    {"route|migration route", "{\"role\": \"dimension\", \"dimension\": \"route\", \"codelist\": \"none\"}", 0, 0},
    {"reason seasonal|seasonal reason", "{\"role\": \"flag\", \"members\": {\"reason\": \"SEASONAL\"}}", 0, 0},
    {"reason disaster|reason natural disaster|reason natdis|reason natural disasters|reason drought|reason climate", "{\"role\": \"flag\", \"members\": {\"reason\": \"DISASTER\"}}", 0, 0},
    {"reason conflict|reason violence conflict|reason war", "{\"role\": \"flag\", \"members\": {\"reason\": \"CONFLICT\"}}", 0, 0},
    {"reason economic|reason economy|reason work", "{\"role\": \"flag\", \"members\": {\"reason\": \"ECONOMIC\"}}", 0, 0},
    {"reason insecurity|reason violence", "{\"role\": \"flag\", \"members\": {\"reason\": \"INSECURITY\"}}", 0, 0},
    {"reason family|reason family reunification", "{\"role\": \"flag\", \"members\": {\"reason\": \"FAMILY\"}}", 0, 0},
    {"reason other|reason others", "{\"role\": \"flag\", \"members\": {\"reason\": \"OTHER_REASON\"}}", 0, 0},
};
static const mtmi_counted_column group_columns[] = {
    {"fmp|fmp name|fmp_name|flow monitoring point", "{\"role\": \"dimension\", \"dimension\": \"fmp\"}", 'p', 0},
    {"date|t|day", "{\"role\": \"period\"}", 'd', 0},
    {"n|count|number|persons|individuals", "{\"role\": \"count\"}", 'n', 0},
    {"movement|movement type|direction", "{\"role\": \"dimension\", \"dimension\": \"movement\"}", 0, 0},
    {"from|origin|departure|departure country|country of departure", "{\"role\": \"dimension\", \"dimension\": \"origin\", \"codelist\": \"country\"}", 0, 0},
    {"to|final|destination|final destination|destination country", "{\"role\": \"dimension\", \"dimension\": \"destination\", \"codelist\": \"country\"}", 0, 0},
    {"nat|nationality", "{\"role\": \"dimension\", \"dimension\": \"citizenship\", \"codelist\": \"country\"}", 0, 0},
    {"sex|gender", "{\"role\": \"dimension\", \"dimension\": \"sex\"}", 0, 0},
    {"age|age group|age-group", "{\"role\": \"dimension\", \"dimension\": \"age-group\"}", 0, 0},
    {"reason|reason for movement|main reason", "{\"role\": \"dimension\", \"dimension\": \"reason\"}", 0, 0},
    {"route|migration route", "{\"role\": \"dimension\", \"dimension\": \"route\", \"codelist\": \"none\"}", 'r', 0},
    {"reason seasonal|seasonal reason", "{\"role\": \"flag\", \"members\": {\"reason\": \"SEASONAL\"}}", 0, 0},
    {"reason disaster|reason natural disaster|reason natdis|reason natural disasters|reason drought|reason climate", "{\"role\": \"flag\", \"members\": {\"reason\": \"DISASTER\"}}", 0, 0},
    {"reason conflict|reason violence conflict|reason war", "{\"role\": \"flag\", \"members\": {\"reason\": \"CONFLICT\"}}", 0, 0},
    {"reason economic|reason economy|reason work", "{\"role\": \"flag\", \"members\": {\"reason\": \"ECONOMIC\"}}", 0, 0},
    {"reason insecurity|reason violence", "{\"role\": \"flag\", \"members\": {\"reason\": \"INSECURITY\"}}", 0, 0},
    {"reason family|reason family reunification", "{\"role\": \"flag\", \"members\": {\"reason\": \"FAMILY\"}}", 0, 0},
    {"reason other|reason others", "{\"role\": \"flag\", \"members\": {\"reason\": \"OTHER_REASON\"}}", 0, 0},
};
static const mtmi_counted_column register_columns[] = {
    {"person id|individual id|person|beneficiary id|registration id|registrant id|id individu|id persona|id personne", "{\"role\": \"id\", \"dedupe\": true}", 'i', 0},
    {"registered|registration date|date of registration|date registered|entered|entry date|date d'enregistrement|fecha de registro|дата регистрации", "{\"role\": \"entered\"}", 'e', 0},
    {"left|exit date|date of exit|date left|departure date|date of departure|date de sortie|date de départ|fecha de salida|дата выезда", "{\"role\": \"left\"}", 0, 0},
    {"household id|hh id|family id|case id|group id|ménage|id ménage|id hogar", "{\"role\": \"household\"}", 0, 0},
    {"site pcode|site code|site|site name|camp|camp name|location|nom du site|sitio", "{\"role\": \"dimension\", \"dimension\": \"site\"}", 0, 0},
    {"sex|gender|sexe|sexo|пол", "{\"role\": \"dimension\", \"dimension\": \"sex\"}", 0, 0},
    {"birth year|year of birth|yob|année de naissance|año de nacimiento|год рождения", "{\"role\": \"birth-year\"}", 'b', 0},
    {"birth date|date of birth|dob|date de naissance|fecha de nacimiento|дата рождения", "{\"role\": \"birth-date\"}", 'b', 0},
};
static const mtmi_counted_column event_columns[] = {
    {"displacement date|date of displacement event|event date|date of event|date of the event|incident date|date of incident|date de l'événement|дата события", "{\"role\": \"period\"}", 'd', 0},
    {"figure|new displacements|newly displaced|newly displaced individuals|newly displaced persons|newly displaced people|individuals displaced|persons displaced|people displaced|individus déplacés|новые перемещения", "{\"role\": \"count\"}", 'n', 0},
    {"event name|event|event id|incident|incident id|incident name|événement|событие", "{\"role\": \"ignore\"}", 'e', 0},
    {"displacement type|cause|cause of displacement|displacement cause|trigger|reason|reason of displacement|cause du déplacement|причина", "{\"role\": \"dimension\", \"dimension\": \"reason\"}", 'e', 0},
    {"iso3|country code", "{\"role\": \"dimension\", \"dimension\": \"country\", \"codelist\": \"country\"}", 0, 0},
    {"admin1pcode|adm1 pcode|admin 1 pcode", "{\"role\": \"dimension\", \"dimension\": \"adm1\", \"codelist\": \"none\"}", 0, 0},
};
static const mtmi_counted_column place_columns[] = {
    {"p-code|pcode|admin pcode|p code", NULL, 'c', 0}, {"admin level|adminlevel|adm level|level", NULL, 'l', 0},
    {"parent p-code|parent pcode|parent p code|parent code", NULL, 'p', 0},
};
static const mtmi_counted_shape shapes[] = {
    {"gazetteer", NULL, NULL, "a list of places", place_columns, COUNT(place_columns), "clp"},
    {"flow-monitoring", "flow", "movements", "a registry of flow monitoring", registry_columns, COUNT(registry_columns), "pdmw"},
    {"flow-monitoring", "flow", "movements", "a registry of flow monitoring", group_columns, COUNT(group_columns), "pdn"},
    {"displacement-event", "flow", "persons", "a list of displacement events", event_columns, COUNT(event_columns), "dne"},
    {"displacement", "stock", "persons", "a register of persons", register_columns, COUNT(register_columns), "ie"},
};
/* clang-format on */

/* Whether one of the names of a list is the name of a column. */
static int is_one_of(const char *list, const char *name) {
    char own[MTMI_NAME_SIZE], listed[MTMI_NAME_SIZE];
    const size_t length = mtmi_name_normalise(name, strlen(name), own);
    const char *at = list;
    while (length > 0 && *at != '\0') {
        const size_t n = strcspn(at, "|");
        if (mtmi_name_normalise(at, n, listed) == length && memcmp(listed, own, length) == 0) {
            return 1;
        }
        at += n + (at[n] != '\0');
    }
    return 0;
}

static int has_letter(const mtmi_counted_shape *shape, const mtmi_check_file *file, char letter) {
    for (size_t i = 0; i < shape->n; i++) {
        for (size_t c = 0; shape->columns[i].makes == letter && c < file->n_columns; c++) {
            if (is_one_of(shape->columns[i].names, file->columns[c].name)) {
                return 1;
            }
        }
    }
    return 0;
}

/* Files may have thousands of columns: others are looked at only where the column's own name is known. */
const mtmi_counted_column *mtmi_counted_field(const mtmi_counted_shape *shape, const mtmi_check_file *file,
                                              size_t column) {
    for (size_t i = 0; i < shape->n; i++) {
        const char *names = shape->columns[i].names;
        size_t first = is_one_of(names, file->columns[column].name) ? 0 : SIZE_MAX;
        while (first < column && !is_one_of(names, file->columns[first].name)) {
            first++;
        }
        const char unless = shape->columns[i].unless;
        if (first == column && (unless == 0 || !has_letter(shape, file, unless))) {
            return &shape->columns[i];
        }
    }
    return NULL;
}

static int fits(const mtmi_counted_shape *shape, const mtmi_check_file *file) {
    char found[UCHAR_MAX + 1] = {0};
    for (size_t c = 0; c < file->n_columns; c++) {
        const mtmi_counted_column *column = mtmi_counted_field(shape, file, c);
        found[column != NULL ? (unsigned char)column->makes : 0] = 1;
    }
    for (const char *letter = shape->needs; *letter != '\0'; letter++) {
        if (!found[(unsigned char)*letter]) {
            return 0;
        }
    }
    return 1;
}

const mtmi_counted_shape *mtmi_counted_of(const mtmi_check_file *file) {
    for (size_t i = 0; i < COUNT(shapes); i++) {
        if (fits(&shapes[i], file)) {
            return &shapes[i];
        }
    }
    return NULL;
}

int mtmi_proposal_is_places(const mtmi_proposal *proposal) {
    return proposal->shape != NULL && strcmp(proposal->shape->concept, "gazetteer") == 0;
}
