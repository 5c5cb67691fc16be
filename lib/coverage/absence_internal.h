/* One period of a history, as the files that look for absent cells share it. */
#ifndef MTMI_COVERAGE_ABSENCE_INTERNAL_H
#define MTMI_COVERAGE_ABSENCE_INTERNAL_H

#include "coverage/groups.h"
#include "coverage/history.h"

/* What is known of a combination: it has a row in the period; it should have one; it had one before; it cannot vanish. */
enum { MTMI_CELL_PRESENT = 1, MTMI_CELL_EXPECTED = 2, MTMI_CELL_KNOWN = 4, MTMI_CELL_HARD = 8 };

/* One period looked at. */
typedef struct mtmi_absence_search {
    mtmi_history *history;
    const mtm_dataset *dataset;
    mtm_period period;
    mtmi_absence *out;
    uint32_t *window; /* periods of the same length, before */
    size_t n_window;
    uint32_t *shorter; /* cumulative figures within this one */
    size_t n_shorter;
    int has_season;       /* one of them is of the same season */
    unsigned char *flags; /* per combination */
    size_t capacity;
    mtmi_group_rows rows;
} mtmi_absence_search;

/* The figure of a row without its sign. */
int64_t mtmi_absence_size(const mtm_dataset *dataset, uint32_t row);
/* Whether a combination has a member of the code list in a dimension: not the rest, nor what is unknown. */
int mtmi_absence_is_code(const mtmi_history *history, uint32_t combination, size_t dimension);
/* The combination with another member in a dimension; MTMI_MAP_NONE when memory ran out. */
uint32_t mtmi_absence_with_member(mtmi_history *history, uint32_t combination, size_t dimension, int32_t member);

/* Whether a cell without a row counts somewhere else, or nowhere: outside its dates, in a group's row, among others. */
int mtmi_absence_is_elsewhere(mtmi_absence_search *search, uint32_t combination);
/* Whether a printed total leaves nothing for it. */
mtm_status mtmi_absence_is_nothing(mtmi_absence_search *search, uint32_t combination, int *is_nothing, mtm_error *err);
/* What it means that a cell has no row; the gap's figures are filled in. */
void mtmi_absence_judge(const mtmi_absence_search *search, mtmi_gap *gap);

#endif
