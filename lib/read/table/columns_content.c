/* Gives columns without a meaning the one that their cells have: a dimension whose list has the labels, columns that
 * repeat another in a second language, indicators that only names tell apart. Invariant: nothing is taken by
 * likeness; labels match a list exactly, or prove nothing. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "codelist/match.h"
#include "read/table/columns_internal.h"
#include "read/table/period_name.h"
#include "read/table/sections/section_label.h"
#include "read/table/row_label.h"

#include <string.h>

/* Lists that labels of a column may be of, and the dimension that it then is. */
static const char *const contents[][2] = {
    {"country", "country"},     {"region", "region-kz"},   {"direction", "direction"},      {"sex", "sex"},
    {"residence", "residence"}, {"sector", "sector"},      {"category", "worker-category"}, {"type", "permit-type"},
    {"purpose", "purpose"},     {"age-group", "age-group"}};
enum { N_CONTENTS = sizeof contents / sizeof *contents, LETTERS = 3 };

/* "городское население", "women": parts of the row above rather than labels of another list. */
static int is_part_label(const mtm_codelist *list, const char *text, size_t length) {
    static const char *const parts[] = {"sex", "residence"};
    mtmi_label_match match;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        mtmi_codelist_match(mtmi_codelist_get(parts[i]), text, length, 0, &match);
        if (match.kind == MTM_MATCH_CODE && list != mtmi_codelist_get(parts[i])) {
            return 1;
        }
    }
    return 0;
}

/* How many rows of a column have a code of the list, and how many have another label. Totals and groups are neither. */
static void count_labels(const mtmi_inference *in, const mtmi_bound *bound, const mtm_codelist *list, size_t *codes,
                         size_t *others, int *different) {
    int32_t first = -1;

    *codes = *others = 0;
    *different = 0;
    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        mtmi_label_match match;
        if (row->code != 0 || row->n_cells != in->header->n_names || mtmi_row_filled(row) < 2) {
            continue;
        }
        mtmi_cell cell = mtmi_cell_trim(row->cells[bound->cell]);
        if (cell.length < LETTERS) {
            *others += cell.length > 0;
            continue;
        }
        mtmi_codelist_match(list, cell.text, mtmi_legend_cut(cell.text, cell.length), 0, &match);
        if (match.kind == MTM_MATCH_CODE) {
            *different |= first >= 0 && first != match.codes[0];
            first = match.codes[0];
            ++*codes;
        } else {
            *others += (match.kind == MTM_MATCH_NONE || match.kind == MTM_MATCH_AMBIGUOUS) &&
                       !is_part_label(list, cell.text, cell.length);
        }
    }
}

static int has_dimension(const mtmi_inference *in, const char *dimension) {
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->dimension != NULL && strcmp(bound->dimension, dimension) == 0) {
            return 1;
        }
        for (size_t k = 0; k < bound->n_members; k++) {
            if (strcmp(bound->members[k].key, dimension) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

/* "Andijon viloyati", "Ошская область": most labels are of units of a country, whatever the country. */
static int has_places(const mtmi_inference *in, const mtmi_bound *bound) {
    size_t places = 0, others = 0;

    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        char text[MTMI_NAME_SIZE];
        if (row->code != 0 || row->n_cells != in->header->n_names || mtmi_row_filled(row) < 2) {
            continue;
        }
        mtmi_cell cell = mtmi_cell_trim(row->cells[bound->cell]);
        size_t n = mtmi_text_normalise(cell.text, cell.length, text, sizeof text);
        int place = n > 0 && n < sizeof text && mtmi_phrase_within(MTMI_PHRASE_PLACE, text);
        places += (size_t)place;
        others += !place && n > 0;
    }
    return places > 1 && places > others;
}

/* "Region" above Kazakhstan, Uzbekistan and Russia: countries, none of which is the total of a country's regions. */
mtm_status mtmi_columns_countries(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        size_t regions, countries, others;
        int different = 0;
        if (bound->role != MTMI_ROLE_DIMENSION || bound->how != MTMI_HOW_HEADER || bound->codes_only ||
            strcmp(bound->dimension, "region") != 0 || has_dimension(in, "country")) {
            continue;
        }
        count_labels(in, bound, mtmi_codelist_get("region-kz"), &regions, &others, &different);
        if (regions > 0) {
            continue;
        }
        count_labels(in, bound, mtmi_codelist_get("country"), &countries, &others, &different);
        if (countries > 1 && different && countries >= others) {
            mtmi_memory_free(bound->dimension);
            bound->dimension = mtmi_memory_copy_text("country");
            return bound->dimension == NULL ? mtmi_error_memory(err) : MTM_OK;
        }
    }
    return MTM_OK;
}

/* Whether every label is arrivals or departures, with a unit behind it or without, or their balance beside both. */
static int are_directions(const mtmi_inference *in, const mtmi_bound *bound) {
    int32_t first = -1;
    int different = 0;

    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (row->code != 0 || row->n_cells != in->header->n_names || mtmi_row_filled(row) < 2) {
            continue;
        }
        const mtmi_cell cell = row->trimmed[bound->cell];
        if (cell.length == 0 || mtmi_section_is_balance("direction", cell)) {
            continue;
        }
        const int32_t member = mtmi_section_member("direction", cell);
        if (member < 0) {
            return 0;
        }
        different |= first >= 0 && first != member;
        first = member;
    }
    return different;
}

/* "Indicator" above arrivals and departures, or no name: every label is a direction, and the column is one. */
mtm_status mtmi_columns_directions(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        const int is_open = mtmi_bound_open(bound) && in->resource->n_fields == 0 && in->header->tags == SIZE_MAX &&
                            mtmi_columns_content(in, bound) == MTMI_TEXT;
        if ((!is_open && (bound->role != MTMI_ROLE_INDICATOR || bound->how != MTMI_HOW_HEADER)) ||
            has_dimension(in, "direction")) {
            continue;
        }
        if (are_directions(in, bound)) {
            mtmi_memory_free(bound->dimension);
            bound->role = MTMI_ROLE_DIMENSION;
            bound->how = MTMI_HOW_CONTENT;
            bound->dimension = mtmi_memory_copy_text("direction");
            return bound->dimension == NULL ? mtmi_error_memory(err) : MTM_OK;
        }
    }
    return MTM_OK;
}

/* Whether a row of the column has the label. */
static int has_label(const mtmi_inference *in, const mtmi_bound *bound, const char *label) {
    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        char text[MTMI_NAME_SIZE];
        if (row->code != 0 || row->n_cells != in->header->n_names) {
            continue;
        }
        mtmi_cell cell = mtmi_cell_trim(row->cells[bound->cell]);
        const size_t n = mtmi_text_normalise(cell.text, cell.length, text, sizeof text);
        if (n > 0 && n < sizeof text && strcmp(text, label) == 0) {
            return 1;
        }
    }
    return 0;
}

/* "men, women, boys, girls" is sex and age; "idp, refugee, asylum" is whom the figures count. NULL for neither. */
static const char *name_of_people(const mtmi_inference *in, const mtmi_bound *bound) {
    if (has_label(in, bound, "boys") && has_label(in, bound, "men") && !has_dimension(in, "sex-age")) {
        return "sex-age";
    }
    const int people = has_label(in, bound, "idp") + has_label(in, bound, "refugee") + has_label(in, bound, "asylum") +
                       has_label(in, bound, "stateless");
    return people > 1 && !has_dimension(in, "population-status") ? "population-status" : NULL;
}

/* "geo,t,from,group,n": names too short to say anything anywhere, but above codes of countries they do. Also where all
 * rows are of one country. */
static const char *name_of_countries(const mtmi_inference *in, const mtmi_bound *bound) {
    static const char *const names[][2] = {
        {"geo", "country"}, {"from", "origin"}, {"to", "destination"}, {"nat", "citizenship"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t codes, others;
        int different;
        if (!mtmi_name_same(bound->name, strlen(bound->name), names[i][0], strlen(names[i][0])) ||
            has_dimension(in, names[i][1])) {
            continue;
        }
        count_labels(in, bound, mtmi_codelist_get("country"), &codes, &others, &different);
        if (codes > 0 && codes >= others) {
            return names[i][1];
        }
    }
    return NULL;
}

const char *mtmi_columns_list(const mtmi_inference *in, const mtmi_bound *bound) {
    const char *best = name_of_people(in, bound);
    best = best == NULL ? name_of_countries(in, bound) : best;
    size_t most = 1, n_others = 0;

    if (best != NULL) {
        return best;
    }

    for (size_t i = 0; i < N_CONTENTS; i++) {
        size_t codes, others;
        int different;
        count_labels(in, bound, mtmi_codelist_get(contents[i][1]), &codes, &others, &different);
        int fits = different && codes > 1 && codes >= others && !has_dimension(in, contents[i][0]);
        int better =
            best == NULL || (others == 0) > (n_others == 0) || ((others == 0) == (n_others == 0) && codes > most);
        if (fits && better) { /* a list that explains every label comes before one that explains more rows */
            most = codes;
            n_others = others;
            best = contents[i][0];
        }
    }
    return best == NULL && !has_dimension(in, "region") && has_places(in, bound) ? "region" : best;
}

/* ---- one table, two languages ---- */

/* The length of a name without the language behind it: "Klassifikator_ru". */
static size_t cut_language(const char *name) {
    static const char *const languages[] = {"ru", "en", "kz", "kk", "uz",  "kg", "ky",
                                            "tj", "tg", "tm", "tk", "uzc", "uzl"};
    size_t n = strlen(name);

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        size_t size = strlen(languages[i]);
        if (n > size + 1 && memcmp(name + n - size, languages[i], size) == 0 &&
            (name[n - size - 1] == '_' || name[n - size - 1] == ' ' || name[n - size - 1] == '-')) {
            return n - size - 1;
        }
    }
    return n;
}

int mtmi_columns_translation(const mtmi_inference *in, const mtmi_bound *bound) {
    size_t n = cut_language(bound->name);

    for (size_t i = 0; n > 0 && i < bound->cell; i++) {
        const mtmi_bound *other = &in->columns->at[i];
        size_t m = cut_language(other->name);
        if ((n < strlen(bound->name) || m < strlen(other->name)) && n == m &&
            memcmp(bound->name, other->name, n) == 0 &&
            (mtmi_bound_open(other) || other->role == MTMI_ROLE_DIMENSION)) {
            return 1;
        }
    }
    return 0;
}

/* ---- what runs across ---- */

/* "Год" above the labels of a table whose other columns are years: it names what runs across, not this column. */
void mtmi_columns_axis(const mtmi_inference *in) {
    size_t periods = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        mtmi_named_period named;
        periods += mtmi_bound_open(bound) &&
                   mtmi_period_name(bound->name, strlen(bound->name), in->columns->year, bound->order, &named);
    }
    for (size_t i = 0; i < in->columns->n && periods > 0; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        size_t dated = 0;
        if (bound->role != MTMI_ROLE_PERIOD || bound->how != MTMI_HOW_HEADER) {
            continue;
        }
        for (size_t r = in->header->data; r < in->head->n; r++) {
            const mtmi_row *row = &in->head->rows[r];
            dated += row->code == 0 && bound->cell < row->n_cells &&
                     (mtmi_row_is_period(row, bound->cell) || mtmi_row_is_number(row, bound->cell) ||
                      mtmi_row_lacks_year(row, bound->cell));
        }
        if (dated == 0) {
            bound->role = MTMI_ROLE_INFER;
            bound->how = MTMI_HOW_NONE;
            bound->part = MTMI_PART_WHOLE;
        }
    }
}

/* ---- indicators ---- */

static int is_measure(const mtmi_inference *in, const mtmi_bound *bound) {
    mtmi_content content;
    char name[MTMI_NAME_SIZE];

    if (!mtmi_bound_open(bound) || mtmi_name_normalise(bound->name, strlen(bound->name), name) == 0) {
        return 0;
    }
    content = mtmi_columns_content(in, bound);
    return (content == MTMI_NUMBERS || content == MTMI_EMPTY) && mtmi_phrase_within(MTMI_PHRASE_MEASURE, name);
}

mtm_status mtmi_columns_measures(const mtmi_inference *in, mtm_error *err) {
    const mtmi_bound *first = NULL;
    mtmi_diagnostic_input said = {0};
    size_t measures = 0, others = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        int measure = is_measure(in, bound);
        measures += (size_t)measure;
        others += !measure && mtmi_bound_open(bound) && mtmi_columns_content(in, bound) == MTMI_NUMBERS;
        first = measure && first == NULL ? bound : first;
    }
    if (measures < 2 || others > 0) {
        return MTM_OK;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (!is_measure(in, bound)) {
            continue;
        }
        if (!mtmi_bound_member(bound, "indicator", bound->name)) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
    }
    if (in->log == NULL) {
        return MTM_OK;
    }
    said.code = MTMI_CODE_MEASURES;
    said.found = first->name;
    said.found_size = strlen(first->name);
    said.expected = "one column of figures; each is an indicator of its own, and they are not added";
    said.hint = "give the fields members, or ignore those that are not wanted";
    said.line = 1;
    if (in->header->n > 0) {
        mtmi_rows_place(in->rows, &in->head->rows[in->header->first], first->cell, &said.line, &said.column);
    }
    return mtmi_check_add(in->log, &said, err);
}
