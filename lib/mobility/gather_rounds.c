/* Puts the rows of all datasets of one concept side by side: one slot a dimension, one number a member. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "mobility/rounds.h"

#include <string.h>

enum { DEEPEST = 2, DEEPEST_SENSITIVE = 1, DAYS = 45 };

static const char *const slot_names[] = {
    "country", "adm1", "adm2", "adm3", "adm4", "operation", "assessment-type", "round", "population-status", "counted"};

int mtmi_rounds_slot(const mtmi_rounds *rounds, const char *name) {
    for (size_t i = 0; i < rounds->n_slots; i++) {
        if (strcmp(rounds->slots[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static mtm_status add_slot(mtmi_rounds *rounds, const char *name, int *out, mtm_error *err) {
    *out = mtmi_rounds_slot(rounds, name);
    if (*out >= 0 || rounds->n_slots == MTMI_SLOTS_MAX) {
        return MTM_OK;
    }
    mtmi_round_slot *slot = &rounds->slots[rounds->n_slots];
    void *members = NULL;
    slot->name = mtmi_memory_copy_text(name);
    rounds->n_slots++;
    if (slot->name == NULL || mtmi_map_add(&slot->codes, "_T", 2) == MTMI_MAP_NONE ||
        !mtmi_memory_reserve(&members, &slot->capacity, 1, sizeof *slot->members)) {
        return mtmi_error_memory(err);
    }
    slot->members = members;
    memset(slot->members, 0, sizeof *slot->members);
    *out = (int)rounds->n_slots - 1;
    return MTM_OK;
}

static mtm_status add_member(mtmi_round_slot *slot, const mtmi_dimension *dimension, const mtmi_member *member,
                             int32_t *out, mtm_error *err) {
    const size_t before = slot->codes.n;
    void *members = slot->members;
    if (member->kind == MTM_MEMBER_TOTAL) {
        *out = 0;
        return MTM_OK;
    }
    const uint32_t at = mtmi_map_add(&slot->codes, member->code, strlen(member->code));
    if (at == MTMI_MAP_NONE || !mtmi_memory_reserve(&members, &slot->capacity, at + (size_t)1, sizeof *slot->members)) {
        return mtmi_error_memory(err);
    }
    slot->members = members;
    if (at == before) {
        slot->members[at] = (mtmi_slot_member){dimension, member};
    }
    *out = (int32_t)at;
    return MTM_OK;
}

/* Where dimensions and members of one dataset stand. */
typedef struct mapping {
    int slot[64];
    int32_t *member[64];
} mapping;

static int is_attribute(const char *name) {
    return strcmp(name, "operation-status") == 0 || strcmp(name, "level") == 0;
}

static mtm_status map_dataset(mtmi_rounds *rounds, const mtm_dataset *dataset, mapping *map, mtm_error *err) {
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        const mtmi_dimension *dimension = &dataset->dimensions[d];
        map->slot[d] = -1;
        if (is_attribute(dimension->name)) {
            continue;
        }
        MTMI_CHECK_STATUS(add_slot(rounds, dimension->name, &map->slot[d], err));
        if (map->slot[d] < 0) {
            continue;
        }
        map->member[d] = mtmi_memory_new(dimension->n_members + 1, sizeof(int32_t));
        if (map->member[d] == NULL) {
            return mtmi_error_memory(err);
        }
        for (size_t i = 0; i < dimension->n_members; i++) {
            MTMI_CHECK_STATUS(
                add_member(&rounds->slots[map->slot[d]], dimension, &dimension->members[i], &map->member[d][i], err));
        }
    }
    return MTM_OK;
}

static int is_released(const mtm_dataset *dataset, uint32_t row, const mtm_period *as_of) {
    const mtm_period release = dataset->releases[dataset->release_of[row]].date;
    return as_of == NULL || (release.last != INT32_MIN ? release.last : dataset->periods[row].last) <= as_of->last;
}

static mtm_status add_rows(mtmi_rounds *rounds, const mtm_dataset *dataset, const mapping *map, const mtm_period *as_of,
                           mtm_error *err) {
    void *rows = rounds->rows;
    if (!mtmi_memory_reserve(&rows, &rounds->capacity, rounds->n + dataset->n + 1, sizeof *rounds->rows)) {
        return mtmi_error_memory(err);
    }
    rounds->rows = rows;
    for (size_t i = 0; i < dataset->n; i++) {
        mtmi_tracked *row = &rounds->rows[rounds->n];
        mtm_decimal value;
        if (!is_released(dataset, (uint32_t)i, as_of)) {
            continue;
        }
        memset(row, 0, sizeof *row);
        row->dataset = dataset;
        row->row = (uint32_t)i;
        row->period = dataset->periods[i];
        row->has_value = mtmi_dataset_has_value(dataset, i);
        MTMI_CHECK_STATUS(
            mtmi_decimal_narrow(mtmi_decimal_rescale(dataset->values[i], dataset->decimals, rounds->decimals),
                                rounds->decimals, &value, err));
        row->units = value.units;
        for (size_t d = 0; d < dataset->n_dimensions; d++) {
            if (map->slot[d] >= 0) {
                row->code[map->slot[d]] = map->member[d][dataset->dimensions[d].codes[i]];
            }
        }
        rounds->n++;
    }
    return MTM_OK;
}

/* Whether a table is of one sex or one age alone: women are not all people. */
static int is_of_part(const mtm_dataset *dataset) {
    static const char *const names[] = {"sex", "age-class"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const int at = mtmi_dataset_find_dimension(dataset, names[i]);
        size_t used = 0, codes = 0;
        for (size_t m = 0; at >= 0 && m < dataset->dimensions[at].n_members; m++) {
            const mtmi_member *member = &dataset->dimensions[at].members[m];
            used += member->n_rows > 0;
            codes += member->n_rows > 0 && member->kind == MTM_MEMBER_CODE;
        }
        if (used == 1 && codes == 1) {
            return 1;
        }
    }
    return 0;
}

static mtm_status take_dataset(mtmi_rounds *rounds, const mtm_dataset *dataset, const mtm_period *as_of,
                               mtm_error *err) {
    mapping map;
    memset(&map, 0, sizeof map);
    mtm_status status = MTM_OK;
    MTMI_TRY(map_dataset(rounds, dataset, &map, err));
    MTMI_TRY(add_rows(rounds, dataset, &map, as_of, err));
out:
    for (size_t d = 0; d < sizeof map.member / sizeof *map.member; d++) {
        mtmi_memory_free(map.member[d]);
    }
    return status;
}

/* What datasets say of all their rows: the strictest counts. */
static void take_facts(mtmi_rounds *rounds, const mtm_dataset *dataset) {
    const mtmi_component_facts *facts = &dataset->component;
    const int level = facts->level >= 0                      ? facts->level
                      : facts->sensitivity == MTMI_SENSITIVE ? DEEPEST_SENSITIVE
                                                             : DEEPEST;
    rounds->level = level < rounds->level ? level : rounds->level;
    rounds->span = dataset->round_span > rounds->span ? dataset->round_span : rounds->span;
    rounds->operation = rounds->operation != NULL ? rounds->operation : facts->operation;
    rounds->assessment = rounds->assessment != NULL ? rounds->assessment : facts->assessment;
    rounds->decimals = dataset->decimals > rounds->decimals ? dataset->decimals : rounds->decimals;
}

/* Columns that are indicators of their own are never added up. */
static int has_indicators(const mtm_dataset *dataset) {
    const int k = mtmi_dataset_find_dimension(dataset, "indicator");
    size_t parts = 0;
    for (size_t i = 0; k >= 0 && i < dataset->dimensions[k].n_members; i++) {
        parts += dataset->dimensions[k].members[i].kind != MTM_MEMBER_TOTAL;
    }
    return parts > 1;
}

static int fits(const mtm_dataset *dataset, const char *concept_id) {
    return !has_indicators(dataset) && dataset->component.kind == MTMI_COMPONENT_MOBILITY &&
           dataset->kind == MTM_KIND_STOCK && dataset->n_dimensions <= 64 &&
           strcmp(mtmi_dataset_concept(dataset), concept_id) == 0;
}

mtm_status mtmi_rounds_gather(mtm_dataset *const *datasets, size_t n, const char *concept_id, const mtm_period *as_of,
                              mtmi_rounds *out, mtm_error *err) {
    int slot, any = 0;
    out->level = MTMI_LEVELS - 1;
    for (size_t i = 0; i < n; i++) {
        if (fits(datasets[i], concept_id)) {
            out->multiplier = any ? out->multiplier : datasets[i]->multiplier;
            any = 1;
            take_facts(out, datasets[i]);
        }
    }
    for (size_t i = 0; any && i < sizeof slot_names / sizeof *slot_names; i++) {
        MTMI_CHECK_STATUS(add_slot(out, slot_names[i], &slot, err));
    }
    out->span = out->span > 0 ? out->span : DAYS;
    for (size_t i = 0; i < n; i++) {
        if (fits(datasets[i], concept_id) && datasets[i]->multiplier == out->multiplier) {
            MTMI_CHECK_STATUS(is_of_part(datasets[i]) ? MTM_OK : take_dataset(out, datasets[i], as_of, err));
        }
    }
    return MTM_OK;
}

int32_t mtmi_rounds_member(const mtmi_rounds *rounds, int slot, const char *code) {
    const uint32_t at = slot >= 0 ? mtmi_map_find(&rounds->slots[slot].codes, code, strlen(code)) : MTMI_MAP_NONE;
    return at == MTMI_MAP_NONE ? 0 : (int32_t)at;
}

const char *mtmi_rounds_code(const mtmi_rounds *rounds, int slot, int32_t member) {
    return slot < 0 || member == 0 ? "" : rounds->slots[slot].members[member].member->code;
}

const char *mtmi_rounds_label(const mtmi_rounds *rounds, int slot, int32_t member, mtm_language language) {
    if (slot < 0 || member == 0) {
        return "";
    }
    const mtmi_slot_member *at = &rounds->slots[slot].members[member];
    return mtmi_member_label(at->dimension, at->member, language);
}
