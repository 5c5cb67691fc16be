/* Makes stocks of tallied changes, and flows of tallied events. Cells stand in the order of their members' keys, whatever the
 * order in which they were met. */
#include "registration/datasets.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/heap_sort.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/builder.h"
#include "data/package.h"
#include "read/table/columns.h"
#include "read/table/row_label.h"
#include "tabulate/finish_counts.h"
#include "tabulate/member.h"

#include <string.h>

#define STOCK "displacement"
#define FLOW "registration"

/* One grouping on its way to its datasets. */
typedef struct making {
    const mtmi_map *names; /* members of each axis of labels, as they may be told */
    const mtmi_state *state;
    const mtmi_tally_set *set;
    const mtmi_balance *balance;
    const char *prefix;
    mtmi_builder *builder;
    uint32_t *ranks[MTMI_GRID_AXES];  /* of members, in the order of their keys; of bands: as they are */
    int32_t *members[MTMI_GRID_AXES]; /* the registry's to the builder's; -1: not there */
    int32_t codes[MTMI_DIMENSIONS_MAX];
    int32_t release;
    uint32_t *cells; /* in order */
    const mtmi_map *keys;
    const mtmi_covered *covered;
} making;

static const mtmi_spec *spec_of(const making *at) {
    return at->state->spec;
}

static int is_age(const making *at, unsigned i) {
    return spec_of(at)->axes[at->set->grouping->axes[i]].kind == MTMI_AXIS_AGE;
}

static const mtmi_map *members_of(const making *at, unsigned i) {
    return &at->names[at->set->grouping->axes[i] - spec_of(at)->n_periods];
}

static size_t count_of(const making *at, unsigned i) {
    return is_age(at, i) ? spec_of(at)->n_bands + 1 : members_of(at, i)->n;
}

/* ---- order ---- */

static int compare_keys(const void *context, uint32_t a, uint32_t b) {
    const mtmi_map *map = context;
    size_t length, other;
    const unsigned char *one = mtmi_map_key(map, a, &length), *two = mtmi_map_key(map, b, &other);
    const int order = memcmp(one, two, length < other ? length : other);
    return order != 0 ? order : length < other ? -1 : length > other;
}

static mtm_status rank_members(making *at, unsigned i, mtm_error *err) {
    const size_t n = count_of(at, i);
    at->ranks[i] = mtmi_memory_new(n + 1, sizeof *at->ranks[i]);
    if (at->ranks[i] == NULL) {
        return mtmi_error_memory(err);
    }
    uint32_t *order = is_age(at, i) ? NULL : mtmi_order_new(n, compare_keys, members_of(at, i));
    for (uint32_t m = 0; m < n; m++) {
        at->ranks[i][order == NULL ? m : order[m]] = m;
    }
    const int lost = order == NULL && !is_age(at, i);
    mtmi_memory_free(order);
    return lost ? mtmi_error_memory(err) : MTM_OK;
}

static void numbers_of(const making *at, uint32_t cell, uint32_t *out) {
    size_t length;
    memcpy(out, mtmi_map_key(at->keys, cell, &length), at->set->grouping->n_axes * sizeof *out);
}

static int compare_cells(const void *context, uint32_t a, uint32_t b) {
    const making *at = context;
    uint32_t one[MTMI_GRID_AXES], two[MTMI_GRID_AXES];
    numbers_of(at, a, one);
    numbers_of(at, b, two);
    for (unsigned i = 1; i < at->set->grouping->n_axes; i++) {
        const uint32_t ranks[2] = {at->ranks[i][one[i]], at->ranks[i][two[i]]};
        if (ranks[0] != ranks[1]) {
            return ranks[0] < ranks[1] ? -1 : 1;
        }
    }
    return 0;
}

/* ---- describing ---- */

static mtm_status copy(char **out, const char *text, mtm_error *err) {
    if (text == NULL) {
        return MTM_OK;
    }
    *out = mtmi_memory_copy_text(text);
    return *out != NULL ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status name(const making *at, const char *suffix, char **out, mtm_error *err) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    if (at->prefix != NULL) {
        mtmi_buffer_text(&text, at->prefix);
        mtmi_buffer_char(&text, '-');
    }
    mtmi_buffer_text(&text, at->set->grouping->name);
    mtmi_buffer_text(&text, suffix);
    const mtm_status status = text.failed ? mtmi_error_memory(err) : copy(out, text.data, err);
    mtmi_buffer_free(&text);
    return status;
}

static mtm_status name_files(const mtmi_state *state, char **out, mtm_error *err) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    uint32_t first = 0;
    for (uint32_t i = 1; i < state->n_files; i++) {
        first = mtmi_state_compare_files(state, i, first) < 0 ? i : first;
    }
    mtmi_buffer_text(&text, state->n_files == 0 ? "" : state->files[first].name);
    if (state->n_files > 1) {
        mtmi_buffer_format(&text, " and %zu more", state->n_files - 1);
    }
    const mtm_status status = text.failed ? mtmi_error_memory(err) : copy(out, text.data == NULL ? "" : text.data, err);
    mtmi_buffer_free(&text);
    return status;
}

static mtmi_frequency frequency_of(int months) {
    return months == 0   ? MTMI_FREQUENCY_DAY
           : months == 1 ? MTMI_FREQUENCY_MONTH
           : months == 3 ? MTMI_FREQUENCY_QUARTER
           : months == 6 ? MTMI_FREQUENCY_HALF
                         : MTMI_FREQUENCY_YEAR;
}

static mtm_status describe(const making *at, const char *suffix, const char *concept, const char *unit, mtm_kind kind,
                           mtm_error *err) {
    const mtmi_resource *resource = spec_of(at)->resource;
    mtm_dataset *dataset = mtmi_builder_dataset(at->builder);
    MTMI_CHECK_STATUS(name(at, suffix, &dataset->name, err));
    MTMI_CHECK_STATUS(copy(&dataset->concept, concept, err));
    MTMI_CHECK_STATUS(copy(&dataset->unit, unit, err));
    MTMI_CHECK_STATUS(name_files(at->state, &dataset->file, err));
    MTMI_CHECK_STATUS(copy(&dataset->coverage, resource->coverage, err));
    if (!mtmi_component_copy(&resource->component, &dataset->component) ||
        !mtmi_covered_copy(at->covered, &dataset->covered) || !mtmi_titles_copy(&resource->title, &dataset->title) ||
        !mtmi_source_note_copy(&resource->source, &dataset->sources[0])) {
        return mtmi_error_memory(err);
    }
    dataset->component.kind = MTMI_COMPONENT_REGISTRATION;
    dataset->kind = kind;
    dataset->confidential = 1;
    dataset->microdata = 1;
    dataset->as_covered = resource->as_covered;
    dataset->methodology_public = resource->methodology_public;
    dataset->obtained = resource->obtained;
    dataset->frequency = frequency_of(spec_of(at)->axes[at->set->grouping->axes[0]].months);
    return MTM_OK;
}

/* ---- members ---- */

/* Code, kind and label of a member; code has room for MTMI_MEMBER_LONGEST and NUL. */
static mtm_member_kind code_of(const making *at, unsigned i, uint32_t member, const mtm_codelist *list, char *code) {
    const mtmi_spec *spec = spec_of(at);
    const char *text = "_U";
    size_t length = 2, key_length;
    int kind = MTM_MEMBER_UNKNOWN;
    if (!is_age(at, i)) {
        const unsigned char *key = mtmi_map_key(members_of(at, i), member, &key_length);
        kind = mtmi_member_code(key, key_length, &text, &length);
    } else if (member < spec->n_bands) {
        mtmi_label_match match;
        length = mtmi_spec_band(spec, member, code, MTMI_MEMBER_LONGEST);
        if (list != NULL) {
            mtmi_codelist_match(list, code, length, 0, &match);
            if (match.kind == MTM_MATCH_CODE) {
                text = mtm_codelist_code(list, (size_t)match.codes[0]);
                memcpy(code, text, strlen(text) + 1);
            }
        }
        return MTM_MEMBER_CODE;
    }
    memcpy(code, text, length);
    code[length] = '\0';
    return (mtm_member_kind)kind;
}

static const mtm_codelist *list_of(const making *at, unsigned i) {
    const unsigned axis = at->set->grouping->axes[i];
    const char *list = at->state->axes[axis].list;
    if (is_age(at, i)) {
        return strcmp(spec_of(at)->axes[axis].name, MTMI_SPEC_AGE_GROUP) == 0 ? mtmi_codelist_get(MTMI_SPEC_AGE_GROUP)
                                                                              : NULL;
    }
    return list == NULL ? NULL : mtmi_codelist_get(list);
}

/* Members that some cell has, in the order of publication. */
static mtm_status add_axis(making *at, unsigned i, mtm_error *err) {
    const size_t n = count_of(at, i);
    const mtm_codelist *list = list_of(at, i);
    char code[MTMI_MEMBER_LONGEST + 1];
    uint32_t numbers[MTMI_GRID_AXES];
    int32_t dimension;
    mtmi_memory_free(at->members[i]);
    at->members[i] = mtmi_memory_new(n + 1, sizeof *at->members[i]);
    uint32_t *order = mtmi_memory_new(n + 1, sizeof *order);
    mtm_status status = MTM_OK;
    MTMI_TRY(at->members[i] == NULL || order == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_builder_add_dimension(at->builder, spec_of(at)->axes[at->set->grouping->axes[i]].name, list,
                                        &dimension, err));
    for (uint32_t m = 0; m < n; m++) {
        at->members[i][m] = -1;
        order[at->ranks[i][m]] = m;
    }
    for (uint32_t c = 0; c < at->keys->n; c++) {
        numbers_of(at, c, numbers);
        at->members[i][numbers[i]] = 0;
    }
    for (uint32_t r = 0; r < n; r++) {
        const uint32_t m = order[r];
        if (at->members[i][m] < 0) {
            continue;
        }
        const mtm_member_kind kind = code_of(at, i, m, list, code);
        const int32_t index = kind == MTM_MEMBER_CODE && list != NULL ? mtmi_codelist_index(list, code) : -1;
        const int own_label = index < 0 && kind != MTM_MEMBER_OTHER && kind != MTM_MEMBER_UNKNOWN;
        MTMI_TRY(mtmi_builder_append_member(at->builder, dimension, kind, code, index, own_label ? code : NULL, 0,
                                            &at->members[i][m], err));
    }
out:
    mtmi_memory_free(order);
    return status;
}

static mtm_status add_fixed(making *at, mtm_error *err) {
    const mtmi_resource *resource = spec_of(at)->resource;
    for (size_t i = 0; i < resource->n_dimensions; i++) {
        const char *dimension_name = resource->dimensions[i].key;
        const mtm_codelist *list = mtmi_resource_list(resource, NULL, dimension_name);
        mtmi_label label;
        int32_t dimension;
        mtmi_label_declared(list, resource->dimensions[i].value, &label);
        MTMI_CHECK_STATUS(mtmi_builder_add_dimension(at->builder, dimension_name, list, &dimension, err));
        MTMI_CHECK_STATUS(mtmi_builder_add_member(at->builder, dimension, label.kind, label.code, label.index, NULL, 0,
                                                  &at->codes[dimension], err));
    }
    return MTM_OK;
}

/* ---- observations ---- */

static mtm_status observe(const making *at, mtm_period period, int64_t value, mtm_error *err) {
    const mtmi_observation observation = {period, value, 'A', 1, 1, at->release, 0, -1, at->codes};
    return mtmi_builder_add(at->builder, &observation, err);
}

static void set_codes(making *at, uint32_t cell) {
    uint32_t numbers[MTMI_GRID_AXES];
    numbers_of(at, cell, numbers);
    for (unsigned i = 1; i < at->set->grouping->n_axes; i++) {
        at->codes[i - 1] = at->members[i][numbers[i]];
    }
}

/* Changes add up to a stock at the end of each granule. */
static mtm_status observe_stock(const making *at, const int64_t *changes, size_t width, mtm_error *err) {
    const mtmi_calendar *calendar = at->set->calendar;
    int64_t stock = 0;
    for (size_t g = 0; g < calendar->n; g++) {
        const int32_t day = mtmi_calendar_day(calendar, g);
        stock += changes[g * width];
        MTMI_CHECK_STATUS(observe(at, (mtm_period){day, day}, stock, err));
    }
    return MTM_OK;
}

static mtm_status observe_stocks(making *at, mtm_error *err) {
    for (size_t c = 0; c < at->keys->n; c++) {
        set_codes(at, at->cells[c]);
        MTMI_CHECK_STATUS(observe_stock(at, at->set->rows[at->cells[c]], MTMI_EVENTS, err));
    }
    return MTM_OK;
}

/* What happened, by kind: transfers between cells beside arrivals and exits. */
static mtm_status observe_movements(making *at, mtm_error *err) {
    static const struct {
        unsigned event;
        const char *code;
    } events[] = {
        {MTMI_ENTERED, "entered"}, {MTMI_LEFT, "left"}, {MTMI_MOVED_IN, "moved-in"}, {MTMI_MOVED_OUT, "moved-out"}};
    const mtmi_calendar *calendar = at->set->calendar;
    int32_t dimension;
    MTMI_CHECK_STATUS(mtmi_builder_add_dimension(at->builder, "event", NULL, &dimension, err));
    for (size_t e = 0; e < sizeof events / sizeof events[0]; e++) {
        MTMI_CHECK_STATUS(mtmi_builder_add_member(at->builder, dimension, MTM_MEMBER_CODE, events[e].code, -1,
                                                  events[e].code, 0, &at->codes[dimension], err));
        for (size_t c = 0; c < at->keys->n; c++) {
            const int64_t *row = at->set->rows[at->cells[c]];
            set_codes(at, at->cells[c]);
            for (size_t g = 0; g < calendar->n; g++) {
                MTMI_CHECK_STATUS(observe(at, calendar->granules[g], row[g * MTMI_EVENTS + events[e].event], err));
            }
        }
    }
    return MTM_OK;
}

/* A household that is in several places counts in each, and once in the total, which is printed beside them. */
static mtm_status observe_households(making *at, mtm_error *err) {
    for (size_t c = 0; c < at->keys->n && at->set->grouping->n_axes > 1; c++) {
        set_codes(at, at->cells[c]);
        MTMI_CHECK_STATUS(observe_stock(at, at->set->houses[at->cells[c]], 1, err));
    }
    for (unsigned i = 1; i < at->set->grouping->n_axes; i++) {
        at->codes[i - 1] = -1;
        mtmi_builder_parts_incomplete(at->builder, (int32_t)i - 1);
    }
    return observe_stock(at, at->set->all_houses, 1, err);
}

/* What is not in the figures. */
static mtm_status add_conflicts(const making *at, mtm_error *err) {
    mtmi_finding finding = {.kind = MTMI_FINDING_CONFLICTS, .dimension = -1, .period = {INT32_MIN, INT32_MIN}};
    finding.a.units = (int64_t)at->balance->conflicts;
    finding.b.units = (int64_t)at->balance->rows;
    return finding.a.units == 0 ? MTM_OK : mtmi_builder_add_finding(at->builder, &finding, err);
}

/* ---- one dataset after the other ---- */

typedef struct figure {
    const char *suffix, *concept, *unit;
    mtm_kind kind;
    mtm_status (*observe)(making *at, mtm_error *err);
} figure;

static mtm_status build(making *at, const figure *value, mtm_error *err) {
    const mtmi_resource *resource = spec_of(at)->resource;
    const char *stock = resource->concept != NULL ? resource->concept : STOCK;
    MTMI_CHECK_STATUS(
        describe(at, value->suffix, value->concept == NULL ? stock : value->concept, value->unit, value->kind, err));
    MTMI_CHECK_STATUS(
        mtmi_builder_add_release(at->builder, resource->release.date, resource->release.edition, &at->release, err));
    for (unsigned i = 1; i < at->set->grouping->n_axes; i++) {
        MTMI_CHECK_STATUS(add_axis(at, i, err));
    }
    MTMI_CHECK_STATUS(add_fixed(at, err));
    MTMI_CHECK_STATUS(value->observe(at, err));
    MTMI_CHECK_STATUS(mtmi_note_refused(at->state, at->builder, err));
    return add_conflicts(at, err);
}

static mtm_status make(making *at, const figure *value, const mtmi_map *keys, mtm_package *package, mtm_error *err) {
    mtm_dataset *dataset = NULL;
    mtm_status status = MTM_OK;
    at->keys = keys;
    memset(at->codes, 0, sizeof at->codes);
    mtmi_memory_free(at->cells);
    at->cells = mtmi_order_new(keys->n, compare_cells, at);
    MTMI_TRY(at->cells == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_builder_new(&at->builder, err));
    MTMI_TRY(build(at, value, err));
    MTMI_TRY(mtmi_builder_finish(at->builder, &dataset, err));
    MTMI_TRY(mtmi_package_take(package, dataset, err));
out:
    mtmi_builder_free(at->builder);
    at->builder = NULL;
    return status;
}

static mtm_status make_all(making *at, mtm_package *package, mtm_error *err) {
    static const figure persons = {"", NULL, "persons", MTM_KIND_STOCK, observe_stocks};
    static const figure movements = {"-movements", FLOW, "persons", MTM_KIND_FLOW, observe_movements};
    static const figure houses = {"-households", NULL, "households", MTM_KIND_STOCK, observe_households};
    for (unsigned i = 1; i < at->set->grouping->n_axes; i++) {
        MTMI_CHECK_STATUS(rank_members(at, i, err));
    }
    MTMI_CHECK_STATUS(make(at, &persons, &at->set->cells, package, err));
    MTMI_CHECK_STATUS(make(at, &movements, &at->set->cells, package, err));
    return at->set->households ? make(at, &houses, &at->set->house_cells, package, err) : MTM_OK;
}

static void free_making(making *at) {
    for (unsigned i = 0; i < MTMI_GRID_AXES; i++) {
        mtmi_memory_free(at->ranks[i]);
        mtmi_memory_free(at->members[i]);
    }
    mtmi_memory_free(at->cells);
}

/* The days that the register covers: as its resource declares, else by the days on which somebody came or left. */
static mtm_status cover(const mtmi_spec *spec, const mtmi_stay_tally *tally, mtmi_covered *out, mtm_error *err) {
    const mtmi_tally_set *set = &tally->sets[spec->n_groupings - 1];
    const mtmi_calendar *calendar = set->calendar;
    const int is_declared = spec->resource->n_covers > 0 || !spec->dates;
    mtm_status status = MTM_OK;
    size_t n = 0;
    if (is_declared) {
        MTMI_CHECK_STATUS(mtmi_covered_declare(spec->resource->covers, spec->resource->n_covers, out, err));
    }
    if (!spec->dates) {
        return MTM_OK;
    }
    mtmi_dated *dated = mtmi_memory_new(calendar->n + 1, sizeof *dated);
    if (dated == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t g = 0; g < calendar->n && set->cells.n > 0; g++) {
        const int64_t *row = set->rows[0] + g * MTMI_EVENTS; /* the only cell: nothing is told apart */
        const int64_t events = row[MTMI_ENTERED] + row[MTMI_LEFT] + row[MTMI_MOVED_IN];
        if (events > 0) {
            dated[n++] = (mtmi_dated){calendar->granules[g], (uint64_t)events};
        }
    }
    if (is_declared) {
        mtmi_covered_overrun(out, dated, n);
    } else {
        status = mtmi_covered_settle(dated, n, out, err);
    }
    mtmi_memory_free(dated);
    return status;
}

mtm_status mtmi_registry_finish(mtmi_registry *registry, const mtmi_state *state, const char *prefix,
                                unsigned n_threads, mtm_package *package, mtm_error *err) {
    mtmi_covered covered = {NULL, 0, 0, 0};
    mtmi_map *names = NULL;
    mtmi_resolved resolved;
    mtm_status status = mtmi_resolve(registry, state, n_threads, &resolved, err);
    if (status != MTM_OK) {
        return status;
    }
    MTMI_TRY(mtmi_bearers_names(&resolved.bearers, registry, state, &names, err));
    MTMI_TRY(cover(state->spec, &resolved.tally, &covered, err));
    for (unsigned s = 0; s + state->spec->dates < state->spec->n_groupings; s++) {
        making at = {.covered = &covered,
                     .names = names,
                     .state = state,
                     .set = &resolved.tally.sets[s],
                     .balance = &resolved.balance,
                     .prefix = prefix};
        status = make_all(&at, package, err);
        free_making(&at);
        if (status != MTM_OK) {
            break;
        }
    }
out:
    mtmi_covered_free(&covered);
    mtmi_bearers_free_names(names, registry->n_labels);
    mtmi_resolved_free(&resolved);
    return status;
}
