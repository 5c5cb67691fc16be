/* Rows whose cells were all met before, without their text. A row is taken so only where observing its text could do nothing but
 * add its figures: no log listens, no column says anything of the row but its period, its labels and its figures, and nothing of
 * a row depends on another one. */
#include "read/observe/observe_internal.h"

#include "base/error.h"
#include "base/try.h"

#include <string.h>

enum { KNOWN_ROWS = 1024 /* whose figures are looked at together */ };

static int has_marks(const mtmi_number_style *style) {
    return style->missing.n + style->zero.n + style->not_applicable.n + style->not_available.n + style->hidden.n > 0;
}

/* Whether a column says what a known row may say. */
static int is_plain(const mtmi_bound *bound) {
    const int other = bound->fill || bound->years_head || bound->labelled || bound->twin > 0;
    switch (bound->role) {
    case MTMI_ROLE_IGNORE:
        return bound->how != MTMI_HOW_NONE && bound->twin == 0 && bound->part != MTMI_PART_MULTIPLIER &&
               bound->part != MTMI_PART_ACTION;
    case MTMI_ROLE_PERIOD: return !other && bound->part == MTMI_PART_WHOLE;
    case MTMI_ROLE_DIMENSION:
    case MTMI_ROLE_INDICATOR: return !other;
    case MTMI_ROLE_VALUE: return !bound->has_period && bound->multiplier == 0 && !has_marks(bound->number);
    default: return 0;
    }
}

static int are_plain(const mtmi_columns *columns) {
    size_t periods = 0, figures = 0;
    for (size_t i = 0; i < columns->n; i++) {
        if (!is_plain(&columns->at[i])) {
            return 0;
        }
        periods += columns->at[i].role == MTMI_ROLE_PERIOD;
        figures += columns->at[i].role == MTMI_ROLE_VALUE;
    }
    return columns->n <= MTMI_KNOWN_COLUMNS && periods == 1 && figures > 0 && columns->section_cell == SIZE_MAX &&
           columns->section == NULL && columns->n_sum_lines == 0 && columns->legend == NULL;
}

int mtmi_observer_knows_cells(const mtmi_observer *observer) {
    const mtmi_resource *resource = observer->settings.resource;
    return observer->settings.log == NULL && observer->builder != NULL && !observer->file.compares &&
           observer->file.periods == NULL && observer->file.section_dimension < 0 && !resource->microdata &&
           resource->n_rows == 0 && resource->dialect.comment == NULL && are_plain(observer->file.columns) &&
           !mtmi_observe_checks_places(observer) &&
           mtmi_dataset_find_dimension(mtmi_builder_dataset(observer->builder), "level") < 0;
}

int32_t mtmi_observer_known_label(const mtmi_observer *observer, size_t column, const char *text, size_t length) {
    const mtmi_column_state *memory = &observer->file.memory[column];
    const mtmi_cell cell = mtmi_cell_trim((mtmi_cell){text, length, 0});
    const uint32_t number = cell.length > 0 ? mtmi_map_find(&memory->labels, cell.text, cell.length) : MTMI_MAP_NONE;
    const mtmi_label_cache *known = number != MTMI_MAP_NONE ? &memory->known[number] : NULL;
    return known != NULL && !known->outside && !known->is_part && memory->dimension >= 0 ? known->member : -1;
}

int mtmi_observer_row_period(const mtmi_observer *observer, mtm_period *out) {
    *out = observer->current.period;
    return observer->current.has_period && !observer->current.cumulative;
}

/* At the dataset's decimals; 0 where the row's text must say what is wrong with it. */
static int take_figure(const mtmi_observer *observer, int64_t figure, int64_t factor, int64_t *out) {
    return figure < MTMI_KNOWN_FIGURES && (figure >= 0 || !mtmi_observe_is_sentinel((mtm_decimal){figure, 0, 0})) &&
           figure > -MTMI_KNOWN_FIGURES && observer->whole.decimals <= MTMI_DECIMALS_MAX &&
           !__builtin_mul_overflow(figure, factor, out);
}

static mtm_status add_row(mtmi_observer *observer, const mtmi_known_rows *rows, size_t row, const int64_t *figures,
                          mtm_error *err) {
    const mtmi_columns *columns = observer->file.columns;
    int32_t members[MTMI_DIMENSIONS_MAX], codes[MTMI_DIMENSIONS_MAX];
    memcpy(members, observer->file.fixed, sizeof members);
    for (size_t i = 0; i < columns->n; i++) {
        if (rows->columns[i].members != NULL) {
            mtmi_column_state *memory = &observer->file.memory[i];
            members[memory->dimension] = memory->whole = rows->columns[i].members[row];
        }
    }
    for (size_t i = 0, n = 0; i < columns->n; i++) {
        const mtmi_bound *bound = &columns->at[i];
        if (bound->role != MTMI_ROLE_VALUE) {
            continue;
        }
        for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
            codes[d] = observer->file.memory[i].codes[d] >= 0 ? observer->file.memory[i].codes[d] : members[d];
        }
        const mtmi_observation observation = {rows->periods[row],
                                              figures[n++],
                                              'A',
                                              (int32_t)bound->cell + 1,
                                              rows->line + (int64_t)row,
                                              0,
                                              0,
                                              -1,
                                              codes};
        MTMI_CHECK_STATUS(mtmi_builder_add(observer->builder, &observation, err));
        observer->whole.all_days &= rows->periods[row].first == rows->periods[row].last;
        observer->whole.cumulative_said |= bound->cumulative;
    }
    return MTM_OK;
}

/* The only column of figures; SIZE_MAX where there are several. */
static size_t only_figures(const mtmi_columns *columns) {
    size_t found = SIZE_MAX, n = 0;
    for (size_t i = 0; i < columns->n; i++) {
        if (columns->at[i].role == MTMI_ROLE_VALUE) {
            found = i;
            n++;
        }
    }
    return n == 1 ? found : SIZE_MAX;
}

/* The rows of one column of figures, a column at a time, as add_row() would add them. */
static mtm_status add_column(mtmi_observer *observer, const mtmi_known_rows *rows, size_t at, size_t first, size_t n,
                             const int64_t *values, mtm_error *err) {
    const mtmi_columns *columns = observer->file.columns;
    const mtmi_bound *bound = &columns->at[at];
    mtmi_observed_rows observed = {.periods = rows->periods + first,
                                   .values = values,
                                   .line = rows->line + (int64_t)first,
                                   .column = (int32_t)bound->cell + 1};
    memcpy(observed.codes, observer->file.fixed, sizeof observed.codes);
    for (size_t i = 0; i < columns->n; i++) {
        if (rows->columns[i].members != NULL) {
            mtmi_column_state *memory = &observer->file.memory[i];
            observed.members[memory->dimension] = rows->columns[i].members + first;
            memory->whole = rows->columns[i].members[first + n - 1];
        }
    }
    for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        if (observer->file.memory[at].codes[d] >= 0) {
            observed.codes[d] = observer->file.memory[at].codes[d];
            observed.members[d] = NULL;
        }
    }
    for (size_t i = first; i < first + n; i++) {
        observer->whole.all_days &= rows->periods[i].first == rows->periods[i].last;
    }
    observer->whole.cumulative_said |= bound->cumulative;
    return mtmi_builder_add_rows(observer->builder, &observed, n, err);
}

static mtm_status known_column(mtmi_observer *observer, const mtmi_known_rows *rows, size_t at, size_t n, size_t *taken,
                               mtm_error *err) {
    const int64_t factor = mtmi_decimal_power(observer->whole.decimals);
    const int64_t *figures = rows->columns[at].figures;
    int64_t values[KNOWN_ROWS];
    while (*taken < n) {
        const size_t first = *taken, most = n - first < KNOWN_ROWS ? n - first : KNOWN_ROWS;
        size_t k = 0;
        while (k < most && take_figure(observer, figures[first + k], factor, &values[k])) {
            k++;
        }
        if (k > 0) {
            MTMI_CHECK_STATUS(add_column(observer, rows, at, first, k, values, err));
        }
        *taken += k;
        if (k < most) {
            break;
        }
    }
    return MTM_OK;
}

mtm_status mtmi_observer_known_rows(mtmi_observer *observer, const mtmi_known_rows *rows, size_t n, size_t *taken,
                                    mtm_error *err) {
    const mtmi_columns *columns = observer->file.columns;
    const int64_t factor = mtmi_decimal_power(observer->whole.decimals);
    const size_t only = only_figures(columns);
    int64_t figures[MTMI_KNOWN_COLUMNS];
    *taken = 0;
    if (only != SIZE_MAX) {
        return known_column(observer, rows, only, n, taken, err);
    }
    for (; *taken < n; ++*taken) {
        size_t k = 0;
        int good = 1;
        for (size_t i = 0; i < columns->n && good; i++) {
            if (rows->columns[i].figures != NULL) {
                good = take_figure(observer, rows->columns[i].figures[*taken], factor, &figures[k++]);
            }
        }
        if (!good) {
            return MTM_OK;
        }
        MTMI_CHECK_STATUS(add_row(observer, rows, *taken, figures, err));
    }
    return MTM_OK;
}
