/* Finds headers by their periods: the row whose names are years, quarters or months above figures, and whether the
 * row below names its first column. */
#include "read/table/header_periods.h"

#include "read/table/header_words.h"
#include "read/table/period_name.h"

enum { SEARCHED = 25, BELOW = 8 };

/* A name such as "2023*" or "II квартал"; bare digits of a figure are none. */
static int is_period_name(mtmi_cell cell) {
    mtmi_named_period named;

    return cell.length > 0 && (mtmi_period_name(cell.text, cell.length, 0, 1, &named) || mtmi_cell_lacks_year(cell));
}

/* The columns of a row that are periods, where nothing in it is a figure; 0 for any other row. */
static size_t periods_of(const mtmi_row *row) {
    size_t periods = 0;

    for (size_t i = 0; i < row->n_cells; i++) {
        if (is_period_name(row->trimmed[i])) {
            periods++;
        } else if (mtmi_row_is_number(row, i)) {
            return 0;
        }
    }
    return periods;
}

/* Whether a row has figures, or marks of none, under periods of the header, and a label. */
static int has_figures(const mtmi_row *header, const mtmi_row *row) {
    size_t figures = 0, labels = 0;

    for (size_t i = 0; i < row->n_cells && i < header->n_cells; i++) {
        int number = mtmi_row_is_number(row, i);
        if (is_period_name(header->trimmed[i])) {
            figures += (size_t)number;
        } else {
            labels += row->trimmed[i].length > 0;
        }
    }
    return figures > 0 && labels > 0;
}

size_t mtmi_header_periods(const mtmi_preview *head) {
    for (size_t i = 0; i < head->n && i < SEARCHED; i++) {
        const mtmi_row *row = &head->rows[i];
        if (row->code != 0 || periods_of(row) < 2) {
            continue;
        }
        for (size_t k = i + 1; k < head->n && k <= i + BELOW; k++) {
            const mtmi_row *below = &head->rows[k];
            if (below->code == 0 && below->n_cells == row->n_cells && has_figures(row, below)) {
                return i;
            }
        }
    }
    return SIZE_MAX;
}

int mtmi_header_axis(const mtmi_preview *head, size_t header) {
    const mtmi_row *upper = &head->rows[header], *lower = header + 1 < head->n ? &head->rows[header + 1] : NULL;
    mtmi_meaning meaning;
    mtmi_cell name;

    if (lower == NULL || lower->code != 0 || lower->n_cells == 0 || lower->n_filled != 1 || upper->n_cells < 2) {
        return 0;
    }
    name = upper->trimmed[0];
    if (lower->trimmed[0].length == 0 || name.length == 0 || !mtmi_header_word(name.text, name.length, &meaning) ||
        meaning.role != MTMI_ROLE_PERIOD) {
        return 0;
    }
    for (size_t i = 1; i < upper->n_cells; i++) {
        const int is_flag = i > 1 && upper->trimmed[i].length == 0; /* of the figures on its left */
        if (!is_flag && !is_period_name(upper->trimmed[i])) {
            return 0;
        }
    }
    return is_period_name(upper->trimmed[1]);
}
