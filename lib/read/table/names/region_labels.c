/* Finds what the labels of a column of countries or regions are like: names, and which of them is the whole of the others. */
#include "read/table/names/region_labels.h"

#include "base/decimal.h"
#include "codelist/match.h"
#include "number/number.h"
#include "read/table/names/aside_label.h"
#include "read/table/row_label.h"

#include <string.h>

static int is_number_label(mtmi_cell cell) {
    size_t digits = 0;
    while (digits < cell.length && cell.text[digits] >= '0' && cell.text[digits] <= '9') {
        digits++;
    }
    return digits > 0 && digits == cell.length;
}

/* Names of countries or regions, a number here and there among them at most. */
int mtmi_labels_are_names(const mtmi_preview *head, const mtmi_header *header, const mtmi_bound *bound) {
    size_t numbers = 0, names = 0;

    if (bound->codes_only ||
        (bound->list != mtmi_codelist_get("country") && bound->list != mtmi_codelist_get("region-kz"))) {
        return 0;
    }
    for (size_t i = header->data; i < head->n; i++) {
        const mtmi_cell cell = head->rows[i].code == 0 && head->rows[i].n_filled > 1
                                   ? mtmi_row_cell(&head->rows[i], bound->cell)
                                   : (mtmi_cell){"", 0, 0};
        numbers += (size_t)is_number_label(cell);
        names += cell.length > 0 && !is_number_label(cell);
    }
    return names > numbers;
}

/* Regions, by the name of the dimension. */
static int is_of_regions(const mtmi_bound *bound) {
    static const char *const names[] = {"region", "province", "district", "area", "territory"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(bound->dimension, names[i]) == 0) {
            return bound->list == NULL || bound->list == mtmi_codelist_get("region-kz");
        }
    }
    return 0;
}

/* The country that a label names: 1 more than its index; 0 for none. */
static int32_t country_of(mtmi_cell cell) {
    const mtm_codelist *countries = mtmi_codelist_get("country");
    mtmi_label_match match;

    mtmi_codelist_match(countries, cell.text, cell.length, 0, &match);
    if (match.kind == MTM_MATCH_NONE && memchr(cell.text, '/', cell.length) != NULL) {
        (void)mtmi_label_languages(countries, cell.text, cell.length, 0, &match);
    }
    return match.kind == MTM_MATCH_CODE ? match.codes[0] + 1 : 0;
}

/* The label of a row of data; empty for a total, a row beside the parts, and all other rows. */
static mtmi_cell label_at(const mtmi_preview *head, size_t i, const mtmi_bound *bound) {
    const mtmi_row *row = &head->rows[i];
    const mtmi_cell cell =
        row->code == 0 && row->n_filled > 1 ? mtmi_row_cell(row, bound->cell) : (mtmi_cell){"", 0, 0};
    const int is_part =
        cell.length >= 4 && !mtmi_columns_is_total(cell) && !mtmi_label_is_aside(cell.text, cell.length);
    return is_part ? cell : (mtmi_cell){"", 0, 0};
}

/* Whether the figures of a column in the rows of the country are those of all others together, but for a tenth. */
static int is_near(const mtmi_preview *head, const mtmi_header *header, const mtmi_bound *labels,
                   const mtmi_bound *figures, int32_t whole) {
    mtm_decimal sums[2] = {{0, 0, 0}, {0, 0, 0}};

    for (size_t i = header->data; i < head->n; i++) {
        const mtmi_cell label = label_at(head, i, labels);
        mtmi_number number;
        if (label.length == 0) {
            continue;
        }
        mtmi_row_read_number(&head->rows[i], figures->cell, figures->number, &number);
        mtm_decimal *sum = &sums[country_of(label) == whole];
        if (number.outcome <= MTMI_NUMBER_NOTE && mtmi_decimal_add(*sum, number.value, sum, NULL) != MTM_OK) {
            return 0;
        }
    }
    mtm_decimal tenth = sums[0], less = sums[0], rest;
    if (tenth.units <= 0 || less.units > INT64_MAX / 10) {
        return 0;
    }
    less.units = -less.units;
    if (mtmi_decimal_add(sums[1], less, &rest, NULL) != MTM_OK || rest.units > INT64_MAX / 10 ||
        rest.units < -(INT64_MAX / 10)) {
        return 0;
    }
    rest.units = (rest.units < 0 ? -rest.units : rest.units) * 10;
    return mtmi_decimal_compare(rest, tenth) <= 0;
}

/* Labels of which nobody knows what they are: the country is their total where its figures are near their sum. */
static int is_near_sum(const mtmi_preview *head, const mtmi_header *header, const mtmi_columns *columns,
                       const mtmi_bound *labels, int32_t whole) {
    size_t values = 0;

    for (size_t i = 0; i < columns->n; i++) {
        if (columns->at[i].role == MTMI_ROLE_VALUE) {
            values++;
            if (!is_near(head, header, labels, &columns->at[i], whole)) {
                return 0;
            }
        }
    }
    return values > 0;
}

int32_t mtmi_labels_whole(const mtmi_preview *head, const mtmi_header *header, const mtmi_columns *columns,
                          const mtmi_bound *bound) {
    const int is_free = bound->list == NULL && bound->how == MTMI_HOW_CONTENT && !is_of_regions(bound);
    int32_t whole = 0;
    size_t others = 0;

    for (size_t i = header->data; i < head->n && (is_free || is_of_regions(bound)); i++) {
        const mtmi_cell cell = label_at(head, i, bound);
        const int32_t country = cell.length > 0 ? country_of(cell) : 0;
        mtmi_label_match region = {.kind = MTM_MATCH_NONE};
        if (cell.length > 0) {
            mtmi_codelist_match(mtmi_codelist_get("region-kz"), cell.text, cell.length, 0, &region);
        }
        if (region.kind == MTM_MATCH_CODE || (country > 0 && whole > 0 && whole != country)) {
            return 0;
        }
        whole = country > 0 ? country : whole;
        others += cell.length > 0 && country == 0;
    }
    return others > 1 && whole > 0 && (!is_free || is_near_sum(head, header, columns, bound, whole)) ? whole : 0;
}
