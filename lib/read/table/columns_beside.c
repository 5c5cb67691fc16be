/* What names of columns say beside one another: names beside codes, days of interviews beside the day of a round, households
 * beside persons, places beside places. */
#include "base/error.h"
#include "read/table/columns_internal.h"

#include "base/memory.h"
#include "codelist/match.h"

#include <string.h>

enum { LEVELS = 4 };

/* A column that the declaration of another one calls its names is nothing else. */
void mtmi_columns_names(const mtmi_inference *in) {
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *codes = &in->columns->at[i];
        const char *names = codes->field != NULL ? codes->field->names : NULL;
        for (size_t k = 0; names != NULL && k < in->columns->n; k++) {
            mtmi_bound *bound = &in->columns->at[k];
            if (k != i && mtmi_name_same(bound->name, strlen(bound->name), names, strlen(names))) {
                bound->role = MTMI_ROLE_IGNORE;
                bound->how = MTMI_HOW_DECLARED;
                bound->twin = 1 + i;
            }
        }
    }
}

/* "Oblast pcode": the length of what stands before the word; 0 where it does not end so. */
static size_t stem_of(const char *word, size_t n) {
    static const char *const endings[] = {" pcode", " p-code", " pcodes"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t size = strlen(endings[i]);
        if (n > size && memcmp(word + n - size, endings[i], size) == 0) {
            return n - size;
        }
    }
    return 0;
}

static int is_name_of(const char *word, size_t n, const char *stem, size_t size) {
    return (n == size || (n == size + 5 && memcmp(word + size, " name", 5) == 0)) && memcmp(word, stem, size) == 0;
}

/* Names beside a column of codes, "Oblast" beside "Oblast pcode", are of the same places. */
static mtm_status take_names(const mtmi_inference *in, size_t codes, const char *stem, size_t size, mtm_error *err) {
    for (size_t k = 0; k < in->columns->n; k++) {
        mtmi_bound *bound = &in->columns->at[k];
        char word[MTMI_NAME_SIZE];
        const size_t n = mtmi_name_normalise(bound->name, strlen(bound->name), word);
        if (k == codes || bound->how == MTMI_HOW_DECLARED || !is_name_of(word, n, stem, size)) {
            continue;
        }
        mtmi_memory_free(bound->dimension);
        bound->dimension = mtmi_memory_copy_text(in->columns->at[codes].dimension);
        if (bound->dimension == NULL) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_DIMENSION;
        bound->how = MTMI_HOW_HEADER;
        bound->codes_only = 0;
    }
    return MTM_OK;
}

/* Codes of places under the words of a country, from left to right one level deeper each: "Oblast pcode, Raion pcode". */
mtm_status mtmi_columns_pcodes(const mtmi_inference *in, mtm_error *err) {
    static const char *const levels[] = {"adm1", "adm2", "adm3", "adm4"};
    size_t level = 0;
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_DIMENSION && bound->dimension != NULL &&
            strncmp(bound->dimension, "adm", 3) == 0) {
            return MTM_OK; /* levels are told by their numbers */
        }
    }
    for (size_t i = 0; i < in->columns->n && level < LEVELS; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        char word[MTMI_NAME_SIZE];
        const size_t n = mtmi_name_normalise(bound->name, strlen(bound->name), word), size = stem_of(word, n);
        if (size == 0 || bound->how == MTMI_HOW_DECLARED || strncmp(word, "country", 7) == 0) {
            continue;
        }
        mtmi_memory_free(bound->dimension);
        bound->dimension = mtmi_memory_copy_text(levels[level++]);
        if (bound->dimension == NULL) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_DIMENSION;
        bound->how = MTMI_HOW_HEADER;
        bound->codes_only = 1;
        const mtm_status status = take_names(in, i, word, size, err);
        if (status != MTM_OK) {
            return status;
        }
    }
    return MTM_OK;
}

/* Days of interviews are the period where no other column says one. */
void mtmi_columns_interviews(const mtmi_inference *in) {
    size_t others = 0, taken = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        others += (bound->role == MTMI_ROLE_PERIOD && bound->part != MTMI_PART_INTERVIEW) ||
                  bound->role == MTMI_ROLE_PERIOD_START;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD && bound->part == MTMI_PART_INTERVIEW) {
            bound->part = MTMI_PART_WHOLE;
            bound->role = others > 0 || taken > 0 ? MTMI_ROLE_IGNORE : MTMI_ROLE_PERIOD;
            taken++;
        }
    }
}

/* Words for a sex and an age in one. Source: forms of the Displacement Tracking Matrix in English, Russian and French. */
static const struct {
    const char *sex, *age, *words;
} people[] = {
    {"M", "CHILDREN", "|boys|boy|male children|male child|children male|мальчики|garçons|"},
    {"F", "CHILDREN", "|girls|girl|female children|female child|children female|девочки|filles|"},
    {"M", "ADULTS", "|men|man|adult males|adult male|male adults|male adult|adults male|adult men|мужчины|hommes|"},
    {"F", "ADULTS",
     "|women|woman|adult females|adult female|female adults|female adult|adults female|adult women|женщины|femmes|"},
    {"M", "ELDERLY", "|elderly men|elderly males|elderly male|male elderly|older men|пожилые мужчины|"},
    {"F", "ELDERLY", "|elderly women|elderly females|elderly female|female elderly|older women|пожилые женщины|"},
};
enum { PEOPLE = sizeof people / sizeof *people };

/* Which of them a column of figures is; PEOPLE for none. */
static size_t person_at(const mtmi_inference *in, const mtmi_bound *bound) {
    char word[MTMI_NAME_SIZE], marked[MTMI_NAME_SIZE + 2];
    const size_t n = mtmi_name_normalise(bound->name, strlen(bound->name), word);
    size_t i = 0;

    if (n == 0 || !mtmi_bound_open(bound) || mtmi_columns_content(in, bound) == MTMI_TEXT) {
        return PEOPLE;
    }
    marked[0] = '|';
    memcpy(marked + 1, word, n);
    marked[n + 1] = '|';
    marked[n + 2 < sizeof marked ? n + 2 : sizeof marked - 1] = '\0';
    while (i < PEOPLE && strstr(people[i].words, marked) == NULL) {
        i++;
    }
    return i;
}

/* "Men, women, boys, girls": men are the grown ones only where boys stand beside them. */
mtm_status mtmi_columns_people(const mtmi_inference *in, int *found, mtm_error *err) {
    size_t seen[PEOPLE] = {0};

    for (size_t i = 0; i < in->columns->n; i++) {
        const size_t k = person_at(in, &in->columns->at[i]);
        if (k < PEOPLE) {
            seen[k]++;
        }
    }
    if (seen[0] != 1 || seen[1] != 1 || seen[2] + seen[3] == 0) {
        return MTM_OK;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        const size_t k = person_at(in, bound);
        if (k == PEOPLE) {
            continue;
        }
        if (!mtmi_bound_member(bound, "sex", people[k].sex) || !mtmi_bound_member(bound, "age-class", people[k].age)) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        *found = 1;
    }
    return MTM_OK;
}

static int is_counted(const mtmi_bound *bound) {
    for (size_t i = 0; i < bound->n_members; i++) {
        if (strcmp(bound->members[i].key, "counted") == 0) {
            return 1;
        }
    }
    return 0;
}

/* Where one column has households, the others have persons: two measures. */
mtm_status mtmi_columns_counted(const mtmi_inference *in, mtm_error *err) {
    size_t counted = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        counted += bound->role == MTMI_ROLE_VALUE && is_counted(bound);
    }
    for (size_t i = 0; counted > 0 && i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE && !is_counted(bound) && bound->how != MTMI_HOW_DECLARED &&
            !mtmi_bound_member(bound, "counted", "PERSONS")) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* ---- places across ---- */

/* 1 a unit of a country by its words ("Баткенская область"), 0 a name that says nothing, -1 one of another thing. */
static int place_of(const mtmi_bound *bound) {
    char name[MTMI_NAME_SIZE];

    if (mtmi_name_normalise(bound->name, strlen(bound->name), name) == 0 || strchr(name, '%') != NULL ||
        mtmi_codelist_has_balance(name) || mtmi_phrase_within(MTMI_PHRASE_MEASURE, name)) {
        return -1;
    }
    return mtmi_phrase_within(MTMI_PHRASE_PLACE, name);
}

static int is_total(const mtmi_bound *bound) {
    return mtmi_columns_is_total((mtmi_cell){bound->name, strlen(bound->name), 0});
}

static int has_open_figures(const mtmi_inference *in, const mtmi_bound *bound) {
    return mtmi_bound_open(bound) && mtmi_columns_content(in, bound) == MTMI_NUMBERS;
}

/* Whether rows have periods, and most columns of figures are places by their names; none is another thing. */
static int are_places(const mtmi_inference *in) {
    size_t places = 0, names = 0;
    int dated = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        const int place = has_open_figures(in, bound) ? place_of(bound) : 0;
        if (bound->role == MTMI_ROLE_VALUE || place < 0) {
            return 0;
        }
        dated |= bound->role == MTMI_ROLE_PERIOD ||
                 (mtmi_bound_open(bound) &&
                  (mtmi_columns_content(in, bound) == MTMI_PERIODS || mtmi_columns_content(in, bound) == MTMI_YEARS));
        places += (size_t)place;
        names += has_open_figures(in, bound) && !is_total(bound);
    }
    return dated && places > 1 && places * 2 > names;
}

/* Periods down and regions of a country without a list across. */
mtm_status mtmi_columns_places(const mtmi_inference *in, mtm_error *err) {
    if (!are_places(in)) {
        return MTM_OK;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (!has_open_figures(in, bound)) {
            continue;
        }
        if (!is_total(bound) && !mtmi_bound_member(bound, "region", bound->name)) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
    }
    return MTM_OK;
}

/* ---- figures beside figures that are added up ---- */

/* Numbers of rows, places and days, which count nobody. */
static int counts_nobody(const char *name) {
    static const char names[] =
        "|id|no|nr|num|number of row|№|n°|№ п п|п п|index|serial|serial number|row|record|record id|form|form "
        "id|survey "
        "id|interview id|interview|enumerator|enumerator id|code|latitude|longitude|lat|lon|lng|long|x|y|gps "
        "latitude|gps "
        "longitude|gps altitude|gps accuracy|phone|telephone|year|month|week|day|hour|hours|hours "
        "open|широта|долгота|номер|код|"
        "год|месяц|неделя|день|час|";
    char word[MTMI_NAME_SIZE + 2] = "|";
    const size_t n = mtmi_name_normalise(name, strlen(name), word + 1);

    if (n == 0 || n + 2 >= sizeof word) {
        return n == 0;
    }
    if ((n > 3 && memcmp(word + n - 2, " id", 3) == 0) || (n > 6 && memcmp(word + n - 5, " pcode", 6) == 0)) {
        return 1;
    }
    memcpy(word + n + 1, "|", 2);
    return strstr(names, word) != NULL;
}

static int is_added(const mtmi_bound *bound) {
    return bound->role == MTMI_ROLE_VALUE && bound->n_members > 0;
}

/* Whether a row's cell is the sum of those that are added. */
static int is_sum(const mtmi_inference *in, const mtmi_bound *bound, const mtmi_row *row) {
    mtm_decimal sum = {0, 0, 0};
    mtmi_number total;

    mtmi_number_read(row->trimmed[bound->cell].text, row->trimmed[bound->cell].length, bound->number, &total);
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *part = &in->columns->at[i];
        mtmi_number number;
        if (!is_added(part)) {
            continue;
        }
        mtmi_number_read(row->trimmed[part->cell].text, row->trimmed[part->cell].length, part->number, &number);
        if (number.outcome <= MTMI_NUMBER_NOTE && mtmi_decimal_add(sum, number.value, &sum, NULL) != MTM_OK) {
            return 0;
        }
    }
    return total.outcome <= MTMI_NUMBER_NOTE && mtmi_decimal_compare(total.value, sum) == 0;
}

/* "Total" that is the sum of what is added, in every row that is seen: nobody is left out. */
static int is_their_total(const mtmi_inference *in, const mtmi_bound *bound) {
    int all = mtmi_columns_is_total((mtmi_cell){bound->name, strlen(bound->name), 0});

    for (size_t i = in->header->data; all && i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        all = row->code != 0 || row->n_cells != in->header->n_names || is_sum(in, bound, row);
    }
    return all;
}

int mtmi_columns_may_count(const mtmi_inference *in, const mtmi_bound *bound) {
    int added = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        added |= is_added(&in->columns->at[i]);
    }
    return added && in->resource->microdata && bound->figures && !counts_nobody(bound->name) &&
           !is_their_total(in, bound);
}
