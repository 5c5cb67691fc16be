/* Tells names of columns that are members of a dimension, by the code lists. A name is a member exactly or not at all; a short
 * code is one only as codes are written. */
#include "read/table/names/member_name.h"

#include "base/text.h"
#include "codelist/match.h"
#include "number/mistyped.h"
#include "read/table/names/direction_phrase.h"
#include "read/table/role_tables.h"
#include "read/table/row_label.h"

#include <string.h>

size_t mtmi_dimension_at(const char *dimension) {
    size_t i = 0;

    while (i < mtmi_n_dimension_rows && strcmp(mtmi_dimension_rows[i].dimension, dimension) != 0) {
        i++;
    }
    return i;
}

const char *mtmi_dimension_name(size_t dimension) {
    return mtmi_dimension_rows[dimension].dimension;
}

/* A code of one or two signs means a member only as codes are written: in capitals. */
static int is_short_name(const char *name, size_t n) {
    size_t characters = mtmi_text_characters(name, n);
    return characters <= 2;
}

static int is_capital(const char *name, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if ((name[i] >= 'a' && name[i] <= 'z') || (name[i] >= '0' && name[i] <= '9')) {
            return 0;
        }
    }
    return 1;
}

/* "Прибыло*" is "Прибыло", with a footnote. */
static void match_name(const mtm_codelist *list, const char *name, size_t n, mtmi_label_match *out) {
    const size_t cut = mtmi_legend_cut(name, n);
    mtmi_codelist_match(list, name, n, 0, out);
    if (out->kind == MTM_MATCH_NONE && cut < n) {
        mtmi_codelist_match(list, name, cut, 0, out);
    }
}

const char *mtmi_name_member(size_t dimension, const char *name, size_t n, int *is_short) {
    const mtm_codelist *list;
    mtmi_label_match match;

    if (!mtmi_dimension_rows[dimension].columns) {
        return NULL;
    }
    list = mtmi_dimension_list(mtmi_dimension_rows[dimension].dimension);
    *is_short = is_short_name(name, n);
    if (*is_short && !is_capital(name, n)) {
        return NULL;
    }
    match_name(list, name, n, &match);
    if (match.kind == MTM_MATCH_NONE && memchr(name, '/', n) != NULL &&
        !mtmi_label_languages(list, name, n, 1, &match)) {
        return NULL;
    }
    if (match.kind == MTM_MATCH_NONE && list == mtmi_codelist_get("direction")) {
        return mtmi_direction_phrase(name, n);
    }
    if (match.kind == MTM_MATCH_CODE) {
        return mtm_codelist_code(list, (size_t)match.codes[0]);
    }
    return match.kind == MTM_MATCH_TOTAL ? "_T" : match.kind == MTM_MATCH_OTHER ? "_O" : NULL;
}

/* Figures with mistakes among them: every cell begins as a figure does, and some are figures. */
static int is_broken_figures(const mtmi_inference *in, const mtmi_bound *bound) {
    size_t numbers = 0;

    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (row->code != 0 || row->n_cells != in->header->n_names) {
            continue;
        }
        mtmi_cell cell = row->trimmed[bound->cell];
        const int mistyped = mtmi_mistyped_figure(cell.text, cell.length);
        numbers += mistyped || mtmi_row_is_number(row, bound->cell);
        if (cell.length > 0 && !mistyped && strchr("0123456789-+", cell.text[0]) == NULL) {
            return 0;
        }
    }
    return numbers > 0;
}

int mtmi_name_is_rate(const char *normal) {
    static const char *const words[] = {"%",          "на 1000",     "на 1 000",    "на 10000", "на 10 000",
                                        "на 100 000", "на тысячу",   "на 100000",   "per 1",    "per thousand",
                                        "per cent",   "1000 адамға", "удельный вес"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(normal, words[i]) != NULL) {
            return 1;
        }
    }
    return 0;
}

int mtmi_name_is_candidate(const mtmi_inference *in, const mtmi_bound *bound) {
    mtmi_content content;

    if (bound->name[0] == '\0' || !mtmi_bound_open(bound)) {
        return 0;
    }
    content = mtmi_columns_content(in, bound);
    return content == MTMI_NUMBERS || content == MTMI_YEARS || content == MTMI_EMPTY ||
           (content == MTMI_TEXT && is_broken_figures(in, bound));
}

const char *mtmi_name_any_member(const char *text, size_t n, size_t but, size_t *dimension) {
    int is_short = 0;

    for (*dimension = 0; *dimension < mtmi_n_dimension_rows; ++*dimension) {
        const char *code = *dimension != but ? mtmi_name_member(*dimension, text, n, &is_short) : NULL;
        if (code != NULL && code[0] != '_' && !is_short) {
            return code;
        }
    }
    *dimension = mtmi_dimension_at("age-group");
    return but != *dimension && mtmi_label_is_age(text, n) ? text : NULL;
}
