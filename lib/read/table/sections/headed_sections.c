/* Finds sections whose headings are totals: a label with figures, the labels of its parts, another label of the same dimension,
 * and the same parts again. Invariant: every row is in a section, every heading comes once, and no label twice in a section;
 * all labels of a later section stand in the first. */
#include "read/table/sections/headed_sections.h"

#include "read/table/sections/section_label.h"

#include <string.h>

enum { SECTIONS = 12 };

typedef struct found_sections {
    int32_t members[SECTIONS];
    size_t first[SECTIONS]; /* row of the heading */
    size_t n;
} found_sections;

static int is_data(const mtmi_inference *in, size_t i) {
    const mtmi_row *row = &in->head->rows[i];
    return row->code == 0 && row->n_cells == in->header->n_names && row->n_filled > 1;
}

static int32_t heading_at(const mtmi_inference *in, size_t i, size_t column, const char *dimension) {
    const mtmi_cell label = in->head->rows[i].trimmed[column];
    if (mtmi_section_is_balance(dimension, label)) {
        return MTMI_SECTION_BALANCE;
    }
    return mtmi_section_member(dimension, label);
}

static int is_same_label(const mtmi_inference *in, size_t a, size_t b, size_t column) {
    const mtmi_cell one = in->head->rows[a].trimmed[column], two = in->head->rows[b].trimmed[column];
    return one.length == two.length && memcmp(one.text, two.text, one.length) == 0;
}

/* The headings, each once, the first above all other rows. */
static int find_headings(const mtmi_inference *in, size_t column, const char *dimension, found_sections *out) {
    out->n = 0;
    for (size_t i = in->header->data; i < in->head->n; i++) {
        const int32_t member = is_data(in, i) ? heading_at(in, i, column, dimension) : -1;
        if (member < 0) {
            if (is_data(in, i) && out->n == 0) {
                return 0;
            }
            continue;
        }
        for (size_t k = 0; k < out->n; k++) {
            if (out->members[k] == member) {
                return 0;
            }
        }
        if (out->n == SECTIONS) {
            return 0;
        }
        out->members[out->n] = member;
        out->first[out->n++] = i;
    }
    return out->n > 1 && out->members[0] != MTMI_SECTION_BALANCE && out->members[1] != MTMI_SECTION_BALANCE;
}

/* The labels of a section: each once, and in the first section too. 0 where that fails, or there are none. */
static int repeats_first(const mtmi_inference *in, size_t column, const found_sections *found, size_t section) {
    const size_t end = section + 1 < found->n ? found->first[section + 1] : in->head->n;
    size_t labels = 0;

    for (size_t i = found->first[section] + 1; i < end; i++) {
        int again = section == 0;
        if (!is_data(in, i)) {
            continue;
        }
        for (size_t k = found->first[section] + 1; k < i; k++) {
            if (is_data(in, k) && is_same_label(in, i, k, column)) {
                return 0;
            }
        }
        for (size_t k = found->first[0] + 1; k < found->first[1] && !again; k++) {
            again = is_data(in, k) && is_same_label(in, i, k, column);
        }
        if (!again) {
            return 0;
        }
        labels++;
    }
    return labels > 0;
}

int mtmi_sections_are_headed(const mtmi_inference *in, size_t column, const char *dimension) {
    found_sections found;

    if (!in->head->whole || !find_headings(in, column, dimension, &found)) {
        return 0;
    }
    for (size_t i = 0; i < found.n; i++) {
        if (!repeats_first(in, column, &found, i)) {
            return 0;
        }
    }
    return 1;
}
