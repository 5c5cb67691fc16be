/* Finds what the labels of a column of countries or regions are like: names, and which of them is the whole of the others. */
#include "read/table/names/region_labels.h"

#include "codelist/match.h"
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

/* The only country that labels of regions name, none of them of Kazakhstan: 1 more than its index, 0 for none. */
int32_t mtmi_labels_whole(const mtmi_preview *head, const mtmi_header *header, const mtmi_bound *bound) {
    int32_t whole = 0;
    size_t others = 0;

    for (size_t i = header->data; i < head->n && is_of_regions(bound); i++) {
        const mtmi_row *row = &head->rows[i];
        const mtmi_cell cell =
            row->code == 0 && row->n_filled > 1 ? mtmi_row_cell(row, bound->cell) : (mtmi_cell){"", 0, 0};
        mtmi_label_match country, region;
        if (cell.length < 4 || mtmi_columns_is_total(cell)) {
            continue;
        }
        mtmi_codelist_match(mtmi_codelist_get("region-kz"), cell.text, cell.length, 0, &region);
        mtmi_codelist_match(mtmi_codelist_get("country"), cell.text, cell.length, 0, &country);
        if (country.kind == MTM_MATCH_NONE && memchr(cell.text, '/', cell.length) != NULL) {
            (void)mtmi_label_languages(mtmi_codelist_get("country"), cell.text, cell.length, 0, &country);
        }
        if (region.kind == MTM_MATCH_CODE ||
            (country.kind == MTM_MATCH_CODE && whole > 0 && whole != country.codes[0] + 1)) {
            return 0;
        }
        whole = country.kind == MTM_MATCH_CODE ? country.codes[0] + 1 : whole;
        others += country.kind != MTM_MATCH_CODE;
    }
    return others > 1 ? whole : 0;
}
