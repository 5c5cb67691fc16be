/* Makes one frozen dataset for each grouping of a settled state. Invariant: it does not depend on the order in which
 * files were added. */
#include "tabulate/finish_counts.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "data/package.h"
#include "read/table/columns.h"
#include "read/table/row_label.h"
#include "tabulate/member.h"

#include <string.h>

/* One dataset being made. */
struct making {
    const mtmi_state *state;
    const mtmi_grouping *grouping;
    const mtmi_state_set *set;
    mtmi_builder *builder;
    int32_t *members[MTMI_GRID_AXES];   /* the state's to the builder's */
    int32_t codes[MTMI_DIMENSIONS_MAX]; /* of the cell at hand; those after the grouping's hold for the whole file */
    int32_t release;
    int decimals;
    const mtmi_covered *covered;
};

static mtm_status copy(char **out, const char *text, mtm_error *err) {
    if (text == NULL) {
        return MTM_OK;
    }
    *out = mtmi_memory_copy_text(text);
    return *out != NULL ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status copy_titles(mtmi_titles *to, const mtmi_titles *from, mtm_error *err) {
    int i;
    for (i = 0; i < 3; i++) {
        MTMI_CHECK_STATUS(copy(&to->text[i], from->text[i], err));
    }
    return MTM_OK;
}

/* The file's name, or "a.csv and 3 more". */
static mtm_status name_files(const mtmi_state *state, char **out, mtm_error *err) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    mtm_status status;
    if (state->n_files == 0) {
        return copy(out, "", err);
    }
    mtmi_buffer_text(&buffer, state->files[0].name);
    if (state->n_files > 1) {
        mtmi_buffer_text(&buffer, " and ");
        mtmi_buffer_int(&buffer, (int64_t)state->n_files - 1);
        mtmi_buffer_text(&buffer, " more");
    }
    status = buffer.failed ? mtmi_error_memory(err) : copy(out, buffer.data, err);
    mtmi_buffer_free(&buffer);
    return status;
}

static mtmi_frequency frequency_of(int months) {
    switch (months) {
    case 0: return MTMI_FREQUENCY_DAY;
    case 1: return MTMI_FREQUENCY_MONTH;
    case 3: return MTMI_FREQUENCY_QUARTER;
    case 6: return MTMI_FREQUENCY_HALF;
    default: return MTMI_FREQUENCY_YEAR;
    }
}

/* Whether a filter chose rows by what the table does not say. */
static int is_selected(const struct making *making) {
    const mtmi_spec *spec = making->state->spec;
    for (unsigned i = 0; i < spec->n_axes; i++) {
        unsigned at = 0;
        while (at < making->grouping->n_axes && making->grouping->axes[at] != i) {
            at++;
        }
        if (spec->axes[i].only.n > 0 && at == making->grouping->n_axes) {
            return 1;
        }
    }
    return 0;
}

static mtm_status describe(struct making *making, mtm_error *err) {
    const mtmi_resource *resource = making->state->spec->resource;
    const mtmi_grouping *grouping = making->grouping;
    mtm_dataset *dataset = mtmi_builder_dataset(making->builder);
    const char *unit = grouping->unit != NULL ? grouping->unit : resource->unit;
    MTMI_CHECK_STATUS(copy(&dataset->name, grouping->name, err));
    MTMI_CHECK_STATUS(copy(&dataset->concept, resource->concept != NULL ? resource->concept : "microdata", err));
    MTMI_CHECK_STATUS(copy(&dataset->unit, unit != NULL ? unit : grouping->sum >= 0 ? "" : "events", err));
    MTMI_CHECK_STATUS(name_files(making->state, &dataset->file, err));
    MTMI_CHECK_STATUS(copy(&dataset->coverage, resource->coverage, err));
    MTMI_CHECK_STATUS(copy_titles(&dataset->title, &resource->title, err));
    dataset->kind = resource->kind != 0 ? (mtm_kind)resource->kind : MTM_KIND_FLOW;
    dataset->multiplier = resource->multiplier;
    dataset->decimals = making->decimals;
    dataset->confidential = 1;
    dataset->microdata = 1;
    dataset->amounts = grouping->sum >= 0;
    dataset->methodology_public = resource->methodology_public;
    dataset->obtained = resource->obtained;
    dataset->as_covered = resource->as_covered;
    dataset->selected = is_selected(making);
    MTMI_CHECK_STATUS(mtmi_covered_copy(making->covered, &dataset->covered) &&
                              mtmi_component_copy(&resource->component, &dataset->component)
                          ? MTM_OK
                          : mtmi_error_memory(err));
    dataset->frequency = frequency_of(making->state->spec->axes[grouping->axes[0]].months);
    return MTM_OK;
}

/* The code of a band where the list has it: "15-64" is Y15T64. Others stay as they are, as in a table. */
static void take_age(const mtm_codelist *list, char *code) {
    mtmi_label_match match;
    const char *known;
    mtmi_codelist_match(list, code, strlen(code), 0, &match);
    if (match.kind != MTM_MATCH_CODE) {
        return;
    }
    known = mtm_codelist_code(list, (size_t)match.codes[0]);
    memcpy(code, known, strlen(known) + 1);
}

/* Members of one axis go into the builder in the state's order, which is the order of publication. */
static mtm_status add_axis(struct making *making, unsigned at, mtm_error *err) {
    const mtmi_state *state = making->state;
    unsigned axis = making->grouping->axes[at];
    const mtmi_state_axis *from = &state->axes[axis];
    const char *name = state->spec->axes[axis].name;
    int ages = state->spec->axes[axis].kind == MTMI_AXIS_AGE && strcmp(name, MTMI_SPEC_AGE_GROUP) == 0;
    const mtm_codelist *list = ages                 ? mtmi_codelist_get(name)
                               : from->list == NULL ? NULL
                                                    : mtmi_codelist_get(from->list);
    size_t n = from->members.n, i, key_length, length;
    char code[MTMI_MEMBER_LONGEST + 1];
    const char *label;
    int32_t dimension;
    making->members[at] = mtmi_memory_new(n + 1, sizeof(int32_t));
    if (making->members[at] == NULL) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(mtmi_builder_add_dimension(making->builder, name, list, &dimension, err));
    for (i = 0; i < n; i++) {
        const unsigned char *key = mtmi_map_key(&from->members, (uint32_t)i, &key_length);
        const char *text = "";
        int kind = mtmi_member_code(key, key_length, &text, &length);
        int32_t index = -1;
        memcpy(code, text, length);
        code[length] = '\0';
        label = code;
        if (ages) {
            take_age(list, code);
        }
        if (kind == MTM_MEMBER_CODE && list != NULL) {
            index = mtmi_codelist_index(list, code);
        }
        MTMI_CHECK_STATUS(mtmi_builder_append_member(
            making->builder, dimension, (mtm_member_kind)kind, code, index,
            index < 0 && kind != MTM_MEMBER_OTHER && kind != MTM_MEMBER_UNKNOWN ? label : NULL,
            (int64_t)from->met[i].line, &making->members[at][i], err));
    }
    return MTM_OK;
}

/* What the resource says of all its rows. */
static mtm_status add_fixed(struct making *making, mtm_error *err) {
    const mtmi_resource *resource = making->state->spec->resource;
    size_t i;
    for (i = 0; i < resource->n_dimensions; i++) {
        const char *name = resource->dimensions[i].key;
        const mtm_codelist *list = mtmi_resource_list(resource, NULL, name);
        mtmi_label label;
        int32_t dimension;
        mtmi_label_declared(list, resource->dimensions[i].value, &label);
        MTMI_CHECK_STATUS(mtmi_builder_add_dimension(making->builder, name, list, &dimension, err));
        MTMI_CHECK_STATUS(mtmi_builder_add_member(making->builder, dimension, label.kind, label.code, label.index, NULL,
                                                  0, &making->codes[dimension], err));
    }
    return MTM_OK;
}

/* Whether rows stand for more or fewer than one each. */
static int is_weighted(const struct making *making, size_t cell) {
    return making->set->sums[cell] != (mtmi_wide)making->set->counts[cell] * mtmi_decimal_power(MTMI_COUNTER_SUMS);
}

/* Each row is a contributor. */
static mtm_status add_contribution(struct making *making, size_t cell, mtm_error *err) {
    mtmi_contribution contribution = {(int64_t)making->set->counts[cell], 0, 0};
    mtm_decimal tops[2];
    for (size_t i = 0; i < 2; i++) {
        mtmi_wide top = making->set->tops[2 * cell + i];
        MTMI_CHECK_STATUS(mtmi_decimal_narrow(mtmi_decimal_rescale(top, MTMI_COUNTER_SUMS, making->decimals),
                                              making->decimals, &tops[i], err));
    }
    contribution.largest = tops[0].units;
    contribution.second = tops[1].units;
    return mtmi_builder_add_contribution(making->builder, &contribution, err);
}

static mtm_status add_cell(struct making *making, size_t cell, mtm_error *err) {
    uint32_t key[MTMI_GRID_AXES];
    mtmi_observation observation = {{0, 0}, 0, 'A', 1, 1, making->release, 0, -1, making->codes};
    const mtmi_state_axis *periods = &making->state->axes[making->grouping->axes[0]];
    mtm_decimal value;
    mtm_status status;
    size_t length;
    unsigned i;
    memcpy(key, mtmi_map_key(&making->set->cells, (uint32_t)cell, &length), making->grouping->n_axes * sizeof key[0]);
    for (i = 1; i < making->grouping->n_axes; i++) {
        making->codes[i - 1] = making->members[i][key[i]];
    }
    observation.period = mtmi_member_period(mtmi_map_key(&periods->members, key[0], &length));
    status = mtmi_decimal_narrow(mtmi_decimal_rescale(making->set->sums[cell], MTMI_COUNTER_SUMS, making->decimals),
                                 making->decimals, &value, err);
    if (status != MTM_OK) {
        return status;
    }
    observation.value = value.units;
    MTMI_CHECK_STATUS(mtmi_builder_add(making->builder, &observation, err));
    return making->grouping->sum >= 0 || is_weighted(making, cell) ? add_contribution(making, cell, err) : MTM_OK;
}

static mtm_status add_finding(struct making *making, mtmi_finding_kind kind, int32_t dimension, int64_t line,
                              int64_t count, const char *label, mtm_error *err) {
    mtmi_finding finding = {kind, dimension, 0, line, 0, {INT32_MIN, INT32_MIN}, {0, 0, 0}, {0, 0, 0}, NULL};
    finding.a.units = count;
    finding.label = (char *)(uintptr_t)label;
    return mtmi_builder_add_finding(making->builder, &finding, err);
}

/* Labels no code matches, with the rows that have them. */
static mtm_status add_unclassified(struct making *making, unsigned at, mtm_error *err) {
    const mtmi_state_axis *axis = &making->state->axes[making->grouping->axes[at]];
    size_t n = axis->members.n, i, length, key_length;
    int64_t *rows = mtmi_memory_new(n + 1, sizeof *rows);
    char code[MTMI_MEMBER_LONGEST + 1];
    mtm_status status = MTM_OK;
    if (rows == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (i = 0; i < making->set->cells.n; i++) {
        const unsigned char *key = mtmi_map_key(&making->set->cells, (uint32_t)i, &length);
        uint32_t member;
        memcpy(&member, key + at * sizeof member, sizeof member);
        rows[member] += (int64_t)making->set->counts[i];
    }
    for (i = 0; i < n; i++) {
        const unsigned char *key = mtmi_map_key(&axis->members, (uint32_t)i, &key_length);
        const char *text = "";
        if (rows[i] == 0 || mtmi_member_code(key, key_length, &text, &length) != MTM_MEMBER_UNCLASSIFIED) {
            continue;
        }
        memcpy(code, text, length);
        code[length] = '\0';
        MTMI_TRY(add_finding(making, MTMI_FINDING_UNCLASSIFIED, (int32_t)at - 1, (int64_t)axis->met[i].line, rows[i],
                             code, err));
    }
out:
    mtmi_memory_free(rows);
    return status;
}

mtm_status mtmi_note_refused(const mtmi_state *state, mtmi_builder *out, mtm_error *err) {
    mtmi_finding finding = {.kind = MTMI_FINDING_REFUSED, .dimension = -1, .period = {INT32_MIN, INT32_MIN}};
    for (size_t i = 0; i < state->n_files; i++) {
        const int64_t *rows = state->files[i].rows;
        finding.a.units += rows[MTM_ROWS_REJECTED];
        finding.b.units += rows[MTM_ROWS_IN] - rows[MTM_ROWS_NOT_DATA];
    }
    return finding.a.units == 0 ? MTM_OK : mtmi_builder_add_finding(out, &finding, err);
}

static mtm_status make(struct making *making, mtm_dataset **out, mtm_error *err) {
    const mtmi_resource *resource = making->state->spec->resource;
    unsigned i;
    size_t cell;
    MTMI_CHECK_STATUS(describe(making, err));
    if (!mtmi_source_note_copy(&resource->source, &mtmi_builder_dataset(making->builder)->sources[0])) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(mtmi_builder_add_release(making->builder, resource->release.date, resource->release.edition,
                                               &making->release, err));
    for (i = 1; i < making->grouping->n_axes; i++) {
        MTMI_CHECK_STATUS(add_axis(making, i, err));
    }
    MTMI_CHECK_STATUS(add_fixed(making, err));
    for (cell = 0; cell < making->set->cells.n; cell++) {
        MTMI_CHECK_STATUS(add_cell(making, cell, err));
    }
    for (i = 1; i < making->grouping->n_axes; i++) {
        MTMI_CHECK_STATUS(add_unclassified(making, i, err));
    }
    MTMI_CHECK_STATUS(mtmi_note_refused(making->state, making->builder, err));
    return mtmi_builder_finish(making->builder, out, err);
}

static mtm_status make_one(const mtmi_state *state, unsigned at, const mtmi_covered *covered, mtm_dataset **out,
                           mtm_error *err) {
    struct making making = {state, &state->spec->groupings[at], &state->sets[at], NULL, {NULL}, {0}, 0, 0, covered};
    mtm_status status = mtmi_builder_new(&making.builder, err);
    unsigned i;
    *out = NULL;
    making.decimals = state->decimals[making.grouping->sum >= 0 ? (unsigned)making.grouping->sum : state->spec->n_sums];
    if (status == MTM_OK) {
        status = make(&making, out, err);
    }
    for (i = 0; i < MTMI_GRID_AXES; i++) {
        mtmi_memory_free(making.members[i]);
    }
    mtmi_builder_free(making.builder);
    return status;
}

/* "resource-quarter-direction": in a package, names tell resources apart. */
static mtm_status put_before(const char *prefix, mtm_dataset *dataset, mtm_error *err) {
    mtmi_buffer name = MTMI_BUFFER_INIT;
    mtm_status status;
    mtmi_buffer_text(&name, prefix);
    mtmi_buffer_char(&name, '-');
    mtmi_buffer_text(&name, dataset->name);
    mtmi_memory_free(dataset->name);
    dataset->name = NULL;
    status = name.failed ? mtmi_error_memory(err) : copy(&dataset->name, name.data, err);
    mtmi_buffer_free(&name);
    return status;
}

/* The days that the files cover: as the resource declares, else by the dates of their rows. */
static mtm_status cover(const mtmi_state *state, mtmi_covered *out, mtm_error *err) {
    const mtmi_spec *spec = state->spec;
    const mtmi_state_set *set = &state->sets[spec->n_groupings - 1];
    const int is_declared = spec->resource->n_covers > 0 || !spec->dates;
    mtm_status status = MTM_OK;
    if (is_declared) {
        MTMI_CHECK_STATUS(mtmi_covered_declare(spec->resource->covers, spec->resource->n_covers, out, err));
    }
    if (!spec->dates) {
        return MTM_OK;
    }
    mtmi_dated *dated = mtmi_memory_new(set->cells.n + 1, sizeof *dated);
    if (dated == NULL) {
        return mtmi_error_memory(err);
    }
    for (uint32_t i = 0; i < set->cells.n; i++) {
        size_t length;
        uint32_t member;
        memcpy(&member, mtmi_map_key(&set->cells, i, &length), sizeof member);
        dated[i].period = mtmi_member_period(mtmi_map_key(&state->axes[spec->n_periods - 1].members, member, &length));
        dated[i].rows = set->counts[i];
    }
    if (is_declared) {
        mtmi_covered_overrun(out, dated, set->cells.n);
    } else {
        status = mtmi_covered_settle(dated, set->cells.n, out, err);
    }
    mtmi_memory_free(dated);
    return status;
}

mtm_status mtmi_finish(const mtmi_state *settled, const char *prefix, mtm_package *package, mtm_error *err) {
    mtmi_covered covered = {NULL, 0, 0, 0};
    mtm_dataset *dataset = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(cover(settled, &covered, err));
    for (unsigned i = 0; i + settled->spec->dates < settled->spec->n_groupings; i++) {
        MTMI_TRY(make_one(settled, i, &covered, &dataset, err));
        if (prefix != NULL) {
            MTMI_TRY(put_before(prefix, dataset, err));
        }
        status = mtmi_package_take(package, dataset, err);
        dataset = NULL; /* taken, or freed */
        if (status != MTM_OK) {
            break;
        }
    }
out:
    mtm_dataset_free(dataset);
    mtmi_covered_free(&covered);
    return status;
}
