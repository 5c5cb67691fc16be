/* Goes through the movements that are told, each dataset and period once. */
#include "indicator/background/background.h"

#include "base/error.h"
#include "base/map.h"
#include "data/package.h"
#include "period/period.h"

#include <string.h>

/* A dataset of movements and a period that it is told of. */
typedef struct moved {
    const mtm_dataset *dataset;
    mtm_period period;
} moved;

static int is_movement(const mtm_dataset *dataset) {
    return dataset->microdata && dataset->kind == MTM_KIND_FLOW &&
           strcmp(mtmi_dataset_concept(dataset), "registration") == 0;
}

static int is_stock(const mtm_dataset *dataset) {
    return dataset->microdata && dataset->kind == MTM_KIND_STOCK && strcmp(mtmi_dataset_unit(dataset), "persons") == 0;
}

/* Whether one has all dimensions of the other but that of events. */
static int has_dimensions_of(const mtm_dataset *dataset, const mtm_dataset *other) {
    for (size_t i = 0; i < other->n_dimensions; i++) {
        const char *name = other->dimensions[i].name;
        size_t k = 0;
        while (k < dataset->n_dimensions && strcmp(dataset->dimensions[k].name, name) != 0) {
            k++;
        }
        if (k == dataset->n_dimensions && strcmp(name, "event") != 0) {
            return 0;
        }
    }
    return 1;
}

/* Moves between the members of a register are told of by those documents alone that print them. */
static int is_move(const mtm_dataset *dataset, uint32_t row) {
    for (size_t i = 0; i < dataset->n_dimensions; i++) {
        const mtmi_dimension *dimension = &dataset->dimensions[i];
        if (strcmp(dimension->name, "event") == 0) {
            return strncmp(dimension->members[dimension->codes[row]].code, "moved", 5) == 0;
        }
    }
    return 0;
}

/* Whether a row is of the period, or says who is there at its ends; the last stock is dated within the last period. */
static int is_beside(const mtm_dataset *dataset, uint32_t row, mtm_period period) {
    const mtm_period own = dataset->periods[row];
    return is_movement(dataset) ? mtmi_period_same(own, period)
                                : own.last >= period.first - 1 && own.last <= period.last;
}

static int note_beside(mtmi_evidence *evidence, const mtm_package *package, const moved *told) {
    for (size_t i = 0; i < package->n_datasets; i++) {
        const mtm_dataset *dataset = package->datasets[i];
        if ((!is_movement(dataset) && !is_stock(dataset)) || !has_dimensions_of(dataset, told->dataset) ||
            !has_dimensions_of(told->dataset, dataset)) {
            continue;
        }
        for (uint32_t row = 0; row < dataset->n; row++) {
            if (is_beside(dataset, row, told->period) && !is_move(dataset, row) &&
                mtmi_dataset_has_value(dataset, row) && !mtmi_evidence_note(evidence, dataset, row)) {
                return 0;
            }
        }
    }
    return 1;
}

mtm_status mtmi_background_registers(mtmi_evidence *evidence, const mtm_package *package, mtm_error *err) {
    const size_t n = evidence != NULL ? evidence->n_observed : 0;
    mtmi_map known = MTMI_MAP_INIT;
    int whole = 1;
    for (uint32_t i = 0; i < n && whole; i++) {
        moved told;
        memset(&told, 0, sizeof told);
        uint32_t row;
        told.dataset = mtmi_evidence_source(evidence, i, &row);
        if (!is_movement(told.dataset)) {
            continue;
        }
        told.period = told.dataset->periods[row];
        const size_t before = known.n;
        whole = mtmi_map_add(&known, &told, sizeof told) != MTMI_MAP_NONE;
        if (whole && known.n > before) {
            whole = note_beside(evidence, package, &told);
        }
    }
    mtmi_map_free(&known);
    return whole ? MTM_OK : mtmi_error_memory(err);
}
