/* The sums of a check. What comes in: accepted rows, one by one. What goes out: sums that count nothing twice: where a
 * column has parts, rows for its total or a group of them are kept apart. Whether it has is known only after the last row,
 * so that rows are added up by the columns in which they are totals. It does not know the dataset. */
#include "base/error.h"
#include "base/memory.h"
#include "read/observe_parts.h"

#include <string.h>

enum { TALLIES_MAX = 4096 };

typedef struct mtmi_tally_sum tally_sum;

static void add(tally_sum *to, mtmi_wide units, int decimals) {
    if (decimals > to->decimals) {
        to->sum = mtmi_decimal_rescale(to->sum, to->decimals, decimals);
        to->decimals = decimals;
    }
    to->sum += mtmi_decimal_rescale(units, decimals, to->decimals);
}

static mtm_status find(mtmi_observer *observer, uint64_t levels, mtmi_tally **out, mtm_error *err) {
    void *tallies = observer->tallies;
    size_t i = 0;

    while (i < observer->n_tallies && observer->tallies[i].levels != levels) {
        i++;
    }
    if (i == TALLIES_MAX) {
        i = 0; /* more ways of being a total than any table has: memory does not grow */
    }
    if (i == observer->n_tallies) {
        if (!mtmi_memory_reserve(&tallies, &observer->tallies_capacity, i + 1, sizeof *observer->tallies)) {
            return mtmi_error_memory(err);
        }
        observer->tallies = tallies;
        observer->tallies[i] = (mtmi_tally){levels, 0, mtmi_memory_new(observer->n_memory, sizeof(tally_sum))};
        if (observer->tallies[i].sums == NULL) {
            return mtmi_error_memory(err);
        }
        observer->n_tallies++;
    }
    *out = &observer->tallies[i];
    return MTM_OK;
}

static void see(mtmi_observer *observer, uint64_t levels) {
    for (size_t slot = 0; slot < sizeof observer->seen_levels; slot++, levels >>= 2) {
        observer->seen_levels[slot] |= (unsigned char)(1u << (levels & 3));
    }
}

mtm_status mtmi_observe_count_sums(mtmi_observer *observer, mtm_error *err) {
    mtmi_tally *tally = NULL;
    mtm_status status;

    if (observer->log == NULL) {
        return MTM_OK;
    }
    status = find(observer, observer->moment.levels, &tally, err);
    if (status != MTM_OK) {
        return status;
    }
    see(observer, observer->moment.levels);
    tally->rows++;
    for (size_t i = 0; i < observer->n_memory; i++) {
        const mtmi_number *number = &observer->numbers[i];
        if (observer->columns->at[i].role != MTMI_ROLE_VALUE) {
            continue;
        }
        if (number->outcome == MTMI_NUMBER_EMPTY) {
            tally->sums[i].n_missing++;
        } else {
            tally->sums[i].n_values++;
            add(&tally->sums[i], number->value.units, number->value.decimals);
        }
    }
    return MTM_OK;
}

/* A total beside parts or groups; a group beside parts. */
static int is_beside_parts(const mtmi_observer *observer, uint64_t levels) {
    for (size_t slot = 0; slot < sizeof observer->seen_levels; slot++, levels >>= 2) {
        unsigned level = levels & 3, below = (1u << level) - 1;
        if ((observer->seen_levels[slot] & below) != 0) {
            return 1;
        }
    }
    return 0;
}

static void add_up(mtmi_observer *observer, const mtmi_tally *tally) {
    for (size_t i = 0; i < observer->n_memory; i++) {
        mtmi_check_column *column = observer->memory[i].check;
        if (column == NULL || observer->columns->at[i].role != MTMI_ROLE_VALUE) {
            continue;
        }
        tally_sum sum = {column->sum, column->decimals, column->n_values, column->n_missing};
        add(&sum, tally->sums[i].sum, tally->sums[i].decimals);
        column->sum = sum.sum;
        column->decimals = sum.decimals;
        column->n_values += tally->sums[i].n_values;
        column->n_missing += tally->sums[i].n_missing;
    }
}

void mtmi_observer_settle(mtmi_observer *observer) {
    mtmi_check_file *file = observer->log == NULL ? NULL : mtmi_check_at_file(observer->log);

    for (size_t i = 0; i < observer->n_tallies && file != NULL; i++) {
        const mtmi_tally *tally = &observer->tallies[i];
        if (is_beside_parts(observer, tally->levels)) {
            file->rows[MTM_ROWS_ACCEPTED] -= tally->rows;
            file->rows[MTM_ROWS_NOT_DATA] += tally->rows;
            file->totals += tally->rows;
        } else {
            add_up(observer, tally);
        }
    }
    mtmi_observe_forget_sums(observer);
}

void mtmi_observe_forget_sums(mtmi_observer *observer) {
    for (size_t i = 0; i < observer->n_tallies; i++) {
        mtmi_memory_free(observer->tallies[i].sums);
    }
    mtmi_memory_free(observer->tallies);
    observer->tallies = NULL;
    observer->n_tallies = observer->tallies_capacity = 0;
    memset(observer->seen_levels, 0, sizeof observer->seen_levels);
}
