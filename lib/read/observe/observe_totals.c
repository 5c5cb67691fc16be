/* Adds up the sums of a check so that nothing counts twice. Rows for totals and groups are put aside until the last
 * row, and added where nothing else counts them; of more rows than are compared, they are added by the columns in which
 * they are totals. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "codelist/match.h"
#include "data/totals.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum {
    LABEL_SIZE = 256,
    TALLIES_MAX = 4096,
    ASIDE_MAX = 1 << 16 /* figures of labels without a list that are put aside */
};

typedef struct mtmi_tally_sum tally_sum;

static void add_units(tally_sum *out, mtmi_wide units, int decimals) {
    if (decimals > out->decimals) {
        out->sum = mtmi_decimal_rescale(out->sum, out->decimals, decimals);
        out->decimals = decimals;
    }
    out->sum += mtmi_decimal_rescale(units, decimals, out->decimals);
}

static mtm_status find(mtmi_observer *observer, uint64_t levels, mtmi_tally **out, mtm_error *err) {
    void *tallies = observer->sums.tallies;
    size_t i = 0;

    while (i < observer->sums.n_tallies && observer->sums.tallies[i].levels != levels) {
        i++;
    }
    if (i == TALLIES_MAX) {
        i = 0; /* more ways of being a total than any table has: memory does not grow */
    }
    if (i == observer->sums.n_tallies) {
        if (!mtmi_memory_reserve(&tallies, &observer->sums.tallies_capacity, i + 1, sizeof *observer->sums.tallies)) {
            return mtmi_error_memory(err);
        }
        observer->sums.tallies = tallies;
        observer->sums.tallies[i] =
            (mtmi_tally){levels, 0, mtmi_memory_new(observer->file.n_memory, sizeof(tally_sum))};
        if (observer->sums.tallies[i].sums == NULL) {
            return mtmi_error_memory(err);
        }
        observer->sums.n_tallies++;
    }
    *out = &observer->sums.tallies[i];
    return MTM_OK;
}

static void see(mtmi_observer *observer, uint64_t levels) {
    for (size_t slot = 0; slot < sizeof observer->sums.seen_levels; slot++, levels >>= 2) {
        observer->sums.seen_levels[slot] |= (unsigned char)(1u << (levels & 3));
    }
}

static mtm_status tally(mtmi_observer *observer, uint64_t levels, const mtmi_aside *figures, mtm_error *err) {
    mtmi_tally *tally = NULL;
    mtm_status status = find(observer, levels, &tally, err);

    if (status != MTM_OK) {
        return status;
    }
    if (tally->rows == 0 || tally->levels != levels) {
        see(observer, levels);
    }
    tally->rows++;
    for (size_t i = 0, k = 0; i < observer->file.n_memory; i++) {
        if (observer->file.columns->at[i].role != MTMI_ROLE_VALUE) {
            continue;
        }
        const mtmi_aside *figure = &figures[k++];
        tally->sums[i].n_missing += !figure->has_value;
        tally->sums[i].n_values += figure->has_value;
        if (figure->has_value) {
            add_units(&tally->sums[i], figure->value.units, figure->value.decimals);
        }
    }
    return MTM_OK;
}

/* The figures of the row at hand, behind those that are put aside. */
static mtm_status put_figures(mtmi_observer *observer, mtm_error *err) {
    void *aside = observer->sums.aside;

    if (!mtmi_memory_reserve(&aside, &observer->sums.aside_capacity, observer->sums.n_aside + observer->file.n_memory,
                             sizeof *observer->sums.aside)) {
        return mtmi_error_memory(err);
    }
    observer->sums.aside = aside;
    for (size_t i = 0, k = observer->sums.n_aside; i < observer->file.n_memory; i++) {
        if (observer->file.columns->at[i].role == MTMI_ROLE_VALUE) {
            const mtmi_number *number = &observer->current.numbers[i];
            observer->sums.aside[k++] = (mtmi_aside){number->value, number->outcome != MTMI_NUMBER_EMPTY};
        }
    }
    return MTM_OK;
}

static size_t figures_of_row(const mtmi_observer *observer) {
    size_t n = 0;

    for (size_t i = 0; i < observer->file.n_memory; i++) {
        n += observer->file.columns->at[i].role == MTMI_ROLE_VALUE;
    }
    return n;
}

/* Whether the figures of all rows may prove that the label counts the others. */
static int may_prove(const mtmi_observer *observer, const mtmi_dimension *dimension, const mtmi_member *member) {
    return mtmi_may_be_total(member) ||
           (member->kind == MTM_MEMBER_CODE && observer->sums.n_aside < ASIDE_MAX && mtmi_has_free_labels(dimension));
}

/* Remembers where the row at hand stands. */
static mtm_status put_place(mtmi_observer *observer, mtm_error *err) {
    const mtm_dataset *dataset = mtmi_builder_dataset(observer->builder);
    const mtmi_row_state *state = &observer->current;
    void *places = observer->sums.places;
    mtmi_row_key *place;

    if (!mtmi_memory_reserve(&places, &observer->sums.places_capacity, observer->sums.n_places + 1,
                             sizeof *observer->sums.places)) {
        return mtmi_error_memory(err);
    }
    observer->sums.places = places;
    place = &observer->sums.places[observer->sums.n_places++];
    *place = (mtmi_row_key){state->levels, observer->sums.n_aside, state->period, state->release, 0, 0, 0, {0}};
    for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        int is_part_of_row = state->part_member >= 0 && d == (size_t)state->part_dimension;
        int32_t said = (int32_t)d == state->part_own ? -1 : state->codes[d];
        int32_t code = place->codes[d] = is_part_of_row ? state->part_member : said;
        mtm_member_kind kind = code < 0 ? MTM_MEMBER_CODE : dataset->dimensions[d].members[code].kind;
        place->totals |= (uint32_t)(kind == MTM_MEMBER_TOTAL) << d;
        place->candidates |=
            (uint32_t)(code >= 0 && may_prove(observer, &dataset->dimensions[d], &dataset->dimensions[d].members[code]))
            << d;
        place->groups |= (uint32_t)(kind == MTM_MEMBER_GROUP) << d;
    }
    return MTM_OK;
}

static int is_part(const mtmi_row_key *place) {
    return (place->totals | place->groups | place->candidates) == 0;
}

/* Adds up what was put aside by the columns in which it is a total: there are too many rows to look for their parts. */
static mtm_status take_back(mtmi_observer *observer, mtm_error *err) {
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < observer->sums.n_places; i++) {
        const mtmi_row_key *place = &observer->sums.places[i];
        if (!is_part(place)) {
            MTMI_TRY(tally(observer, place->levels, observer->sums.aside + place->value, err));
        }
    }
out:
    observer->sums.n_places = observer->sums.n_aside = 0;
    observer->sums.forgot_places = 1;
    return status;
}

mtm_status mtmi_observe_count_sums(mtmi_observer *observer, mtm_error *err) {
    if (observer->settings.log == NULL) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(put_figures(observer, err));
    if (observer->builder != NULL && !observer->sums.forgot_places &&
        observer->sums.n_places < MTMI_OBSERVER_COMPARED) {
        const mtm_status status = put_place(observer, err);
        if (status != MTM_OK || !is_part(&observer->sums.places[observer->sums.n_places - 1])) {
            observer->sums.n_aside += figures_of_row(observer);
            return status;
        }
        return tally(observer, 0, observer->sums.aside + observer->sums.n_aside, err);
    }
    if (!observer->sums.forgot_places) {
        MTMI_CHECK_STATUS(take_back(observer, err));
        MTMI_CHECK_STATUS(put_figures(observer, err));
    }
    return tally(observer, observer->current.levels, observer->sums.aside + observer->sums.n_aside, err);
}

/* A total beside parts or groups; a group beside parts. */
static int is_beside_parts(const mtmi_observer *observer, uint64_t levels) {
    for (size_t slot = 0; slot < sizeof observer->sums.seen_levels; slot++, levels >>= 2) {
        unsigned level = levels & 3, below = (1u << level) - 1;
        if ((observer->sums.seen_levels[slot] & below) != 0) {
            return 1;
        }
    }
    return 0;
}

static void add_up(mtmi_observer *observer, const mtmi_tally *tally) {
    for (size_t i = 0; i < observer->file.n_memory; i++) {
        mtmi_check_column *column = observer->file.memory[i].check;
        if (column == NULL || observer->file.columns->at[i].role != MTMI_ROLE_VALUE) {
            continue;
        }
        tally_sum sum = {column->sum, column->decimals, column->n_values, column->n_missing};
        add_units(&sum, tally->sums[i].sum, tally->sums[i].decimals);
        column->sum = sum.sum;
        column->decimals = sum.decimals;
        column->n_values += tally->sums[i].n_values;
        column->n_missing += tally->sums[i].n_missing;
    }
}

static void leave_out(mtmi_check_file *file, int64_t rows) {
    file->rows[MTM_ROWS_ACCEPTED] -= rows;
    file->rows[MTM_ROWS_NOT_DATA] += rows;
    file->totals += rows;
}

static int names_balance(const mtmi_member *member) {
    const char *label = member->label != NULL ? member->label : member->code;
    char text[LABEL_SIZE];
    const size_t n = mtmi_text_normalise(label, strlen(label), text, sizeof text);
    return member->kind != MTM_MEMBER_TOTAL && n > 0 && n < sizeof text && mtmi_codelist_has_balance(text);
}

/* "Сальдо" beside arrivals and departures as rows: what they differ by, and none of their sum. */
static void mark_balances(const mtmi_dimension *dimension, unsigned char *proved) {
    int in = 0, out = 0;

    for (size_t m = 0; m < dimension->n_members; m++) {
        const int has_rows = dimension->members[m].kind == MTM_MEMBER_CODE && dimension->members[m].n_rows > 0;
        in |= has_rows && strcmp(dimension->members[m].code, "IN") == 0;
        out |= has_rows && strcmp(dimension->members[m].code, "OUT") == 0;
    }
    for (size_t m = 0; strcmp(dimension->name, "direction") == 0 && in && out && m < dimension->n_members; m++) {
        proved[m] |= (unsigned char)names_balance(&dimension->members[m]);
    }
}

/* Labels that nobody knows are totals where their figures say so. */
static mtm_status prove_totals(mtmi_observer *observer, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(observer->builder);
    unsigned char *proved = NULL;
    mtm_status status = MTM_OK;

    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        proved = mtmi_memory_new(dataset->dimensions[d].n_members, 1);
        MTMI_TRY(proved == NULL ? mtmi_error_memory(err) : mtmi_totals_find(dataset, d, proved, err));
        int32_t aligned = -1;
        MTMI_TRY(mtmi_totals_aligned(dataset, d, &aligned, err));
        if (aligned > 0) {
            proved[aligned] = 1;
        }
        mark_balances(&dataset->dimensions[d], proved);
        for (size_t i = 0; i < observer->sums.n_places; i++) {
            mtmi_row_key *place = &observer->sums.places[i];
            place->totals |= (uint32_t)(place->codes[d] >= 0 && proved[place->codes[d]]) << d;
        }
        mtmi_memory_free(proved);
        proved = NULL;
    }
out:
    mtmi_memory_free(proved);
    return status;
}

/* Totals and groups that were put aside, one by one. */
static mtm_status settle_places(mtmi_observer *observer, mtmi_check_file *file, mtm_error *err) {
    unsigned char *counted = mtmi_memory_new(observer->sums.n_places, 1);
    int known = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(counted == NULL ? mtmi_error_memory(err) : prove_totals(observer, err));

    MTMI_TRY(mtmi_observe_beside(mtmi_builder_dataset(observer->builder), observer->sums.places,
                                 observer->sums.n_places, counted, &known, err));

    if (!known) {
        MTMI_TRY(take_back(observer, err));
    }
    for (size_t i = 0; i < observer->sums.n_places; i++) {
        const mtmi_row_key *place = &observer->sums.places[i];
        if (counted[i] || (place->totals | place->groups) != 0) {
            mtmi_picture_aside(&file->picture, i + 1, counted[i], place->groups == 0 || place->totals != 0);
        }
        if (counted[i]) {
            leave_out(file, 1);
        } else if (!is_part(place)) {
            MTMI_TRY(tally(observer, 0, observer->sums.aside + place->value, err));
        }
    }
out:
    mtmi_memory_free(counted);
    return status;
}

mtm_status mtmi_observer_settle(mtmi_observer *observer, mtm_error *err) {
    mtmi_check_file *file = observer->settings.log == NULL ? NULL : mtmi_check_at_file(observer->settings.log);
    mtm_status status = MTM_OK;
    if (file != NULL && observer->sums.n_places > 0 && observer->builder == NULL) {
        MTMI_TRY(take_back(observer, err));
    } else if (file != NULL && observer->sums.n_aside > 0) {
        MTMI_TRY(settle_places(observer, file, err));
    }
    for (size_t i = 0; i < observer->sums.n_tallies && file != NULL; i++) {
        const mtmi_tally *tally = &observer->sums.tallies[i];
        if (is_beside_parts(observer, tally->levels)) {
            leave_out(file, tally->rows);
        } else {
            add_up(observer, tally);
        }
    }
out:
    mtmi_observe_forget_sums(observer);
    return status;
}

void mtmi_observe_forget_sums(mtmi_observer *observer) {
    for (size_t i = 0; i < observer->sums.n_tallies; i++) {
        mtmi_memory_free(observer->sums.tallies[i].sums);
    }
    mtmi_memory_free(observer->sums.tallies);
    mtmi_memory_free(observer->sums.places);
    mtmi_memory_free(observer->sums.aside);
    observer->sums.places = NULL;
    observer->sums.aside = NULL;
    observer->sums.n_places = observer->sums.places_capacity = observer->sums.n_aside = observer->sums.aside_capacity =
        0;
    observer->sums.forgot_places = 0;
    observer->sums.tallies = NULL;
    observer->sums.n_tallies = observer->sums.tallies_capacity = 0;
    memset(observer->sums.seen_levels, 0, sizeof observer->sums.seen_levels);
}
