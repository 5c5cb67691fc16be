/* Reads labels that head the rows below them: "Число прибывших", "Прибыло - всего", "2023 год", "в том числе:". A label is a
 * member exactly, but for a footnote, a unit or a word for the total behind it. */
#include "read/table/sections/section_label.h"

#include "base/text.h"
#include "codelist/match.h"
#include "codelist/unit.h"
#include "read/table/header_words.h"
#include "read/table/legend.h"
#include "read/table/names/direction_phrase.h"
#include "read/table/period_name.h"

#include <string.h>

enum { LETTERS = 3, LONGEST = 160 };

static mtmi_cell without_colon(mtmi_cell cell) {
    while (cell.length > 0 && (cell.text[cell.length - 1] == ':' || cell.text[cell.length - 1] == ' ')) {
        cell.length--;
    }
    return cell;
}

/* The normalised text; 0 where it is too long to say anything. */
static int normalise_label(mtmi_cell cell, char out[LONGEST]) {
    const size_t n = cell.length > 0 ? mtmi_text_normalise(cell.text, cell.length, out, LONGEST) : 0;
    return n > 0 && n < LONGEST;
}

int mtmi_section_is_balance(const char *dimension, mtmi_cell cell) {
    char text[LONGEST];
    return strcmp(dimension, "direction") == 0 && normalise_label(cell, text) && strchr(text, '%') == NULL &&
           mtmi_codelist_has_balance(text);
}

static int32_t match_label(const mtm_codelist *list, mtmi_cell cell) {
    mtmi_label_match match;
    mtmi_codelist_match(list, cell.text, cell.length, 0, &match);
    return match.kind == MTM_MATCH_CODE ? match.codes[0] : -1;
}

/* "Прибыло - всего", "Выбыло, всего". */
static int32_t match_total(const mtm_codelist *list, mtmi_cell cell) {
    mtmi_label_match match;
    return mtmi_codelist_match_total(list, cell.text, cell.length, &match) && match.kind == MTM_MATCH_CODE
               ? match.codes[0]
               : -1;
}

/* The length without a unit; a word of magnitude stays, since it would be lost. */
static size_t without_unit(mtmi_cell cell) {
    mtmi_unit unit;
    const size_t cut = mtmi_unit_cut(cell.text, cell.length);
    const int has_power = mtmi_unit_find(cell.text, cell.length, &unit) && unit.power != 0;
    return cut > 0 && !has_power ? cut : cell.length;
}

int32_t mtmi_section_member(const char *dimension, mtmi_cell cell) {
    const mtm_codelist *list = mtmi_dimension_list(dimension);

    cell = without_colon(cell);
    if (cell.length < LETTERS || mtmi_section_is_balance(dimension, cell)) {
        return -1;
    }
    int32_t found = match_label(list, cell);
    cell.length = mtmi_legend_cut(cell.text, cell.length);
    cell.length = without_unit(cell);
    found = found < 0 ? match_label(list, cell) : found;
    found = found < 0 ? match_total(list, cell) : found;
    const char *phrase =
        found < 0 && list == mtmi_codelist_get("direction") ? mtmi_direction_phrase(cell.text, cell.length) : NULL;
    return phrase != NULL ? mtmi_codelist_index(list, phrase) : found;
}

int mtmi_section_period(mtmi_cell cell, mtmi_period_label *out) {
    (void)mtmi_period_of_year(cell.text, cell.length, 0, 0, out);
    return out->outcome == MTMI_PERIOD_OK;
}

int mtmi_section_heads_parts(mtmi_cell cell) {
    char text[LONGEST];
    const mtmi_cell bare = without_colon(cell);

    return bare.length >= LETTERS && (cell.text[cell.length - 1] == ':' ||
                                      (normalise_label(bare, text) && mtmi_phrase_is(MTMI_PHRASE_OF_WHICH, text)));
}
