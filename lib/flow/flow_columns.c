/* Unites the sums of several columns by what the columns are about. Invariant: a subset is added to nothing. */
#include "flow/flow_columns.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/builder.h"
#include "data/package.h"
#include "flow/flag_columns.h"
#include "flow/subset_columns.h"
#include "read/table/columns.h"
#include "read/table/row_label.h"

#include <string.h>

#define UNIT "movements"
#define OTHER "OTHER_REASON"
enum { MARK = 4 }; /* bytes of "~001", by which the parts of a name are told apart */

static const json_t *mtm_of(const json_t *field) {
    return json_object_get(field, "mtm");
}

static int is_column(const json_t *field) {
    const char *role = json_string_value(json_object_get(mtm_of(field), "role"));
    return role != NULL && strcmp(role, "value") == 0 &&
           json_object_size(json_object_get(mtm_of(field), "members")) > 0;
}

static const json_t *fields_of(const json_t *resource) {
    return json_object_get(json_object_get(resource, "schema"), "fields");
}

/* The n-th column; NULL after the last. */
static const json_t *column_at(const json_t *resource, size_t n) {
    size_t i;
    json_t *field;
    json_array_foreach((json_t *)(uintptr_t)fields_of(resource), i, field) {
        if (is_column(field) && n-- == 0) {
            return field;
        }
    }
    return NULL;
}

static size_t count_columns(const json_t *resource) {
    size_t n = 0;
    while (column_at(resource, n) != NULL) {
        n++;
    }
    return n;
}

/* Datasets of one grouping: one per column, or the counts of rows. */
static size_t count_parts(const json_t *resource) {
    const size_t n = count_columns(resource);
    return n > 0 ? n : 1;
}

int mtmi_flow_unites(const json_t *resource) {
    const char *concept = json_string_value(json_object_get(json_object_get(resource, "mtm"), "concept"));
    return count_columns(resource) > 0 || mtmi_flag_columns(resource) > 0 || mtmi_subset_columns(resource) > 0 ||
           (concept != NULL && strcmp(concept, "flow-monitoring") == 0);
}

/* "quarter-fmp" and the like: the name that a grouping has of itself. */
static json_t *name_of(const json_t *grouping) {
    const char *period = json_string_value(json_object_get(grouping, "period"));
    json_t *given = json_object_get(grouping, "name"), *by = json_object_get(grouping, "by"), *dimension;
    if (given != NULL) {
        return json_incref(given);
    }
    json_t *name = json_string(period != NULL ? period : "quarter");
    size_t i;
    json_array_foreach(by, i, dimension) {
        json_t *longer = json_sprintf("%s-%s", json_string_value(name), json_string_value(dimension));
        json_decref(name);
        name = longer;
    }
    return name;
}

/* A grouping for one column of figures, NULL for counts, whose name is told apart by the number of the part. open: a subset
 * whose rows are told apart by whether they say. */
static json_t *grouping_of(const json_t *resource, const json_t *grouping, const json_t *column, const json_t *open,
                           size_t part) {
    const char *unit = json_string_value(json_object_get(json_object_get(resource, "mtm"), "unit"));
    json_t *one = json_copy((json_t *)(uintptr_t)grouping), *name = name_of(grouping),
           *by = mtmi_flags_instead(resource, json_object_get(grouping, "by"));
    if (open != NULL) {
        json_t *longer = mtmi_subset_by(open, by);
        json_decref(by);
        by = longer;
    }
    int whole = one != NULL && json_object_set_new(one, "by", by) == 0 &&
                json_object_set_new(one, "name", json_sprintf("%s~%03d", json_string_value(name), (int)part)) == 0 &&
                (column == NULL || (json_object_set(one, "sum", json_object_get(column, "name")) == 0 &&
                                    json_object_set_new(one, "unit", json_string(unit != NULL ? unit : UNIT)) == 0));
    json_decref(name);
    if (!whole) {
        json_decref(one);
        return NULL;
    }
    return one;
}

json_t *mtmi_flow_groupings(const json_t *resource, const json_t *groupings) {
    const size_t n = count_parts(resource), n_subsets = mtmi_subset_columns(resource);
    json_t *out = json_array(), *grouping;
    int whole = out != NULL;
    size_t g;
    json_array_foreach((json_t *)(uintptr_t)groupings, g, grouping) {
        for (size_t c = 0; whole && c < n; c++) {
            whole = json_array_append_new(out, grouping_of(resource, grouping, column_at(resource, c), NULL, c)) == 0;
        }
        for (size_t s = 0; whole && s < n_subsets; s++) {
            const json_t *column = mtmi_subset_at(resource, s);
            const size_t part = n + MTMI_SUBSET_PARTS * s;
            whole = json_array_append_new(out, grouping_of(resource, grouping, column, NULL, part)) == 0 &&
                    json_array_append_new(out, grouping_of(resource, grouping, NULL, column, part + 1)) == 0;
        }
    }
    if (!whole) {
        json_decref(out);
        return NULL;
    }
    return out;
}

/* ---- uniting ---- */

typedef struct uniting {
    const json_t *resource;
    const mtmi_resource *described;
    mtmi_builder *builder;
    int32_t codes[MTMI_DIMENSIONS_MAX];
    int32_t dimensions[MTMI_DIMENSIONS_MAX]; /* of the part's dimensions in the whole */
    const json_t *open;                      /* a subset, of which rows count that do not say; NULL for figures */
} uniting;

/* "M,18+": a column that is about one sex and one age is about both together. */
static mtm_status set_sex_age(uniting *at, const json_t *column, mtm_error *err) {
    const json_t *members = json_object_get(mtm_of(column), "members");
    const char *sex = json_string_value(json_object_get(members, "sex")),
               *age = json_string_value(json_object_get(members, "age-group"));
    int32_t dimension;
    if (sex == NULL || age == NULL || json_object_get(members, "sex-age") != NULL) {
        return MTM_OK;
    }
    mtmi_buffer code = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    mtmi_buffer_format(&code, "%s,%s", sex, age);
    MTMI_TRY(code.failed ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_builder_add_dimension(at->builder, "sex-age", NULL, &dimension, err));
    MTMI_TRY(mtmi_builder_add_member(at->builder, dimension, MTM_MEMBER_CODE, code.data, -1,
                                     json_string_value(json_object_get(column, "name")), 0, &at->codes[dimension],
                                     err));
out:
    mtmi_buffer_free(&code);
    return status;
}

static mtm_status add_not_stated(uniting *at, const char *name, mtm_error *err) {
    int32_t dimension;
    MTMI_CHECK_STATUS(
        mtmi_builder_add_dimension(at->builder, name, mtmi_resource_list(at->described, NULL, name), &dimension, err));
    return mtmi_builder_add_member(at->builder, dimension, MTM_MEMBER_UNKNOWN, "_U", -1, NULL, 0, &at->codes[dimension],
                                   err);
}

/* Children without a sex, beside men and women: not stated, which is no total. */
static mtm_status set_not_stated(uniting *at, mtm_error *err) {
    const json_t *column;
    int both = 0;
    for (size_t i = 0; (column = column_at(at->resource, i)) != NULL; i++) {
        const json_t *members = json_object_get(mtm_of(column), "members");
        const char *name;
        json_t *code;
        json_object_foreach((json_t *)(uintptr_t)members, name, code) {
            MTMI_CHECK_STATUS(add_not_stated(at, name, err));
        }
        both |= json_object_get(members, "sex") != NULL && json_object_get(members, "age-group") != NULL;
    }
    return both ? add_not_stated(at, "sex-age", err) : MTM_OK;
}

/* The members that a column has in dimensions of its own. */
static mtm_status set_members(uniting *at, const json_t *column, mtm_error *err) {
    const char *name;
    json_t *code;
    json_object_foreach((json_t *)(uintptr_t)json_object_get(mtm_of(column), "members"), name, code) {
        const mtm_codelist *list = mtmi_resource_list(at->described, NULL, name);
        mtmi_label label;
        int32_t dimension;
        mtmi_label_declared(list, json_string_value(code), &label);
        MTMI_CHECK_STATUS(mtmi_builder_add_dimension(at->builder, name, list, &dimension, err));
        MTMI_CHECK_STATUS(mtmi_builder_add_member(at->builder, dimension, label.kind, label.code, label.index,
                                                  list == NULL ? label.code : NULL, 0, &at->codes[dimension], err));
    }
    return set_sex_age(at, column, err);
}

/* Dimensions and members of a part to those of the whole; members[d] is the caller's to free. */
static mtm_status map_members(uniting *at, const mtm_dataset *part, int32_t **members, mtm_error *err) {
    for (size_t d = 0; d < part->n_dimensions; d++) {
        const mtmi_dimension *own = &part->dimensions[d];
        int32_t dimension;
        if (mtmi_flag_dimension(at->resource, own->name) != NULL || mtmi_subset_dimension(own->name)) {
            continue;
        }
        members[d] = mtmi_memory_new(own->n_members + 1, sizeof *members[d]);
        MTMI_CHECK_STATUS(members[d] == NULL ? mtmi_error_memory(err) : MTM_OK);
        MTMI_CHECK_STATUS(mtmi_builder_add_dimension(at->builder, own->name, own->list, &dimension, err));
        at->dimensions[d] = dimension;
        for (size_t m = 0; m < own->n_members; m++) {
            const mtmi_member *one = &own->members[m];
            MTMI_CHECK_STATUS(mtmi_builder_add_member(at->builder, dimension, one->kind, one->code, one->index,
                                                      one->label, one->first_line, &members[d][m], err));
        }
    }
    return MTM_OK;
}

/* What the flags of a dimension say: a set of codes, another reason where all are 0, or nothing. */
static mtm_status set_flags_of(uniting *at, const mtm_dataset *part, size_t row, const char *name, mtm_error *err) {
    const mtm_codelist *list = mtmi_resource_list(at->described, NULL, name);
    const mtmi_label_rules rules = {.list = list, .dimension = name};
    mtmi_buffer codes = MTMI_BUFFER_INIT;
    mtmi_flags_said said;
    mtmi_label label = {.kind = MTM_MEMBER_UNKNOWN, .code = "_U", .length = 2, .index = -1};
    int32_t dimension;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_flags_read(at->resource, part, row, name, &said, &codes, err));
    if (said == MTMI_FLAGS_NONE && strcmp(name, "reason") == 0 && !mtmi_flag_tells(at->resource, name, OTHER)) {
        mtmi_buffer_text(&codes, OTHER);
    }
    if (said == MTMI_FLAGS_NONE && codes.size == 0) {
        label = (mtmi_label){.kind = MTM_MEMBER_OTHER, .code = "_O", .length = 2, .index = -1};
    } else if (said != MTMI_FLAGS_NOT_STATED) {
        mtmi_label_read(&rules, codes.data, codes.size, &label);
    }
    MTMI_TRY(mtmi_builder_add_dimension(at->builder, name, list, &dimension, err));
    char code[MTMI_LABEL_OWN];
    const size_t n = label.length < sizeof code ? label.length : sizeof code - 1;
    memcpy(code, label.code, n);
    code[n] = '\0';
    MTMI_TRY(mtmi_builder_add_member(at->builder, dimension, label.kind, code, label.index,
                                     label.kind == MTM_MEMBER_CODE && list == NULL ? code : NULL, 0,
                                     &at->codes[dimension], err));
out:
    mtmi_buffer_free(&codes);
    return status;
}

static mtm_status set_flags(uniting *at, const mtm_dataset *part, size_t row, mtm_error *err) {
    for (size_t d = 0; d < part->n_dimensions; d++) {
        const char *name = mtmi_flag_dimension(at->resource, part->dimensions[d].name);
        size_t k = 0;
        while (name != NULL && k < d) {
            const char *before = mtmi_flag_dimension(at->resource, part->dimensions[k].name);
            if (before != NULL && strcmp(before, name) == 0) {
                break;
            }
            k++;
        }
        if (name != NULL && k == d) {
            MTMI_CHECK_STATUS(set_flags_of(at, part, row, name, err));
        }
    }
    return MTM_OK;
}

/* "NER>DZA": where people come from and where they go to, together. What neither says is not stated. */
static mtm_status set_pair(uniting *at, const mtm_dataset *part, size_t row, mtm_error *err) {
    const int from = mtmi_dataset_find_dimension(part, "origin"), to = mtmi_dataset_find_dimension(part, "destination");
    if (from < 0 || to < 0) {
        return MTM_OK;
    }
    const mtmi_dimension *origin = &part->dimensions[from], *destination = &part->dimensions[to];
    const mtmi_member *left = &origin->members[origin->codes[row]],
                      *right = &destination->members[destination->codes[row]];
    const int known = left->kind != MTM_MEMBER_UNKNOWN || right->kind != MTM_MEMBER_UNKNOWN;
    mtmi_buffer code = MTMI_BUFFER_INIT;
    int32_t dimension;
    mtm_status status = MTM_OK;
    mtmi_buffer_format(&code, known ? "%s>%s" : "_U", left->code, right->code);
    MTMI_TRY(code.failed ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_builder_add_dimension(at->builder, "origin-destination", NULL, &dimension, err));
    MTMI_TRY(mtmi_builder_add_member(at->builder, dimension, known ? MTM_MEMBER_CODE : MTM_MEMBER_UNKNOWN, code.data,
                                     -1, NULL, 0, &at->codes[dimension], err));
out:
    mtmi_buffer_free(&code);
    return status;
}

/* The figure of an observation; of a subset, how many rows do not say, whatever each stands for. */
static int64_t value_of(const uniting *at, const mtm_dataset *part, size_t row) {
    if (at->open == NULL) {
        return part->values[row];
    }
    return !mtmi_subset_is_open(at->open, part, row) ? 0
           : part->contributions != NULL             ? part->contributions[row].contributors
                                                     : part->values[row];
}

static mtm_status add_part(uniting *at, const mtm_dataset *part, const json_t *column, mtm_error *err) {
    int32_t *members[MTMI_DIMENSIONS_MAX] = {NULL};
    const int is_figure = column != NULL && is_column(column);
    mtm_status status = MTM_OK;
    MTMI_TRY(map_members(at, part, members, err));
    if (is_figure) {
        MTMI_TRY(set_not_stated(at, err));
    }
    if (column != NULL) {
        MTMI_TRY(set_members(at, column, err));
    }
    for (size_t i = 0; i < part->n; i++) {
        const mtmi_observation one = {
            part->periods[i], value_of(at, part, i), part->statuses[i], 1, part->lines[i], 0, 0, -1, at->codes};
        for (size_t d = 0; d < part->n_dimensions; d++) {
            if (members[d] != NULL) {
                at->codes[at->dimensions[d]] = members[d][part->dimensions[d].codes[i]];
            }
        }
        MTMI_TRY(set_flags(at, part, i, err));
        MTMI_TRY(set_pair(at, part, i, err));
        MTMI_TRY(mtmi_builder_add(at->builder, &one, err));
        if (column == NULL && part->contributions != NULL) {
            MTMI_TRY(mtmi_builder_add_contribution(at->builder, &part->contributions[i], err));
        }
    }
out:
    for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        mtmi_memory_free(members[d]);
    }
    return status;
}

/* What the parts have in common is the whole's. Sums of persons are counts of persons. */
static mtm_status describe(uniting *at, const mtm_dataset *part, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(at->builder);
    dataset->name = mtmi_memory_copy_bytes(part->name, strlen(part->name) - MARK);
    dataset->concept = mtmi_memory_copy_text(part->concept);
    dataset->unit = mtmi_memory_copy_text(part->unit);
    dataset->file = mtmi_memory_copy_text(part->file);
    dataset->coverage = mtmi_memory_copy_text(part->coverage);
    dataset->kind = part->kind;
    dataset->decimals = part->decimals;
    dataset->confidential = part->confidential;
    dataset->microdata = 1;
    dataset->as_covered = part->as_covered;
    dataset->methodology_public = part->methodology_public;
    dataset->obtained = part->obtained;
    dataset->frequency = part->frequency;
    dataset->amounts = part->amounts && count_columns(at->resource) == 0;
    dataset->add_repeats = 1; /* flags that are empty in several ways are all not stated */
    return dataset->name != NULL && dataset->concept != NULL && dataset->unit != NULL && dataset->file != NULL &&
                   mtmi_covered_copy(&part->covered, &dataset->covered) &&
                   mtmi_component_copy(&at->described->component, &dataset->component) &&
                   mtmi_titles_copy(&part->title, &dataset->title) &&
                   mtmi_source_note_copy(&part->sources[0], &dataset->sources[0])
               ? MTM_OK
               : mtmi_error_memory(err);
}

static mtm_status replace_text(char **text, const char *instead, mtm_error *err) {
    mtmi_memory_free(*text);
    *text = mtmi_memory_copy_text(instead);
    return *text != NULL ? MTM_OK : mtmi_error_memory(err);
}

/* What a dataset of subsets is: people of several columns may be the same, so that they make no total. */
static mtm_status describe_subsets(uniting *at, int open, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(at->builder);
    mtmi_buffer name = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    mtmi_buffer_format(&name, "%s-%s", dataset->name, open ? "not-said" : "vulnerable");
    MTMI_TRY(name.failed ? mtmi_error_memory(err) : replace_text(&dataset->name, name.data, err));
    MTMI_TRY(replace_text(&dataset->concept, MTMI_SUBSET_CONCEPT, err));
    MTMI_TRY(open ? replace_text(&dataset->unit, MTMI_SUBSET_UNIT, err) : MTM_OK);
    dataset->component.sensitivity = MTMI_SENSITIVE;
    dataset->amounts = 0;
out:
    mtmi_buffer_free(&name);
    return status;
}

/* Subsets add up to nothing: of several, only the figure of each is known. */
static mtm_status keep_apart(uniting *at, size_t n, mtm_error *err) {
    int32_t dimension;
    for (size_t i = 0; i < n; i++) {
        const json_t *members = json_object_get(mtm_of(mtmi_subset_at(at->resource, i)), "members");
        const char *name = json_object_iter_key(json_object_iter((json_t *)(uintptr_t)members));
        MTMI_CHECK_STATUS(mtmi_builder_add_dimension(at->builder, name, mtmi_resource_list(at->described, NULL, name),
                                                     &dimension, err));
        mtmi_builder_parts_incomplete(at->builder, dimension);
    }
    return MTM_OK;
}

static mtm_status add_parts(uniting *at, mtm_dataset *const *parts, size_t n, mtm_error *err) {
    for (size_t i = 0; i < n; i++) {
        MTMI_CHECK_STATUS(add_part(at, parts[i], column_at(at->resource, i), err));
    }
    return MTM_OK;
}

static mtm_status add_subsets(uniting *at, mtm_dataset *const *parts, size_t n, int open, mtm_error *err) {
    MTMI_CHECK_STATUS(describe_subsets(at, open, err));
    for (size_t i = 0; i < n; i++) {
        const json_t *column = mtmi_subset_at(at->resource, i);
        at->open = open ? column : NULL;
        MTMI_CHECK_STATUS(add_part(at, parts[MTMI_SUBSET_PARTS * i + (open ? 1 : 0)], column, err));
    }
    return n > 1 ? keep_apart(at, n, err) : MTM_OK;
}

/* One dataset of a grouping: its figures; or, behind them, its subsets, or who does not say. */
typedef enum united { FIGURES, SUBSETS, NOT_SAID } united;

static mtm_status unite(uniting *at, mtm_dataset *const *parts, united what, mtm_package *package, mtm_error *err) {
    const size_t n = count_parts(at->resource), n_subsets = mtmi_subset_columns(at->resource);
    mtm_dataset *whole = NULL;
    mtm_status status = MTM_OK;
    if (what != FIGURES && n_subsets == 0) {
        return MTM_OK;
    }
    MTMI_TRY(mtmi_builder_new(&at->builder, err));
    MTMI_TRY(describe(at, parts[0], err));
    MTMI_TRY(what == FIGURES ? add_parts(at, parts, n, err)
                             : add_subsets(at, parts + n, n_subsets, what == NOT_SAID, err));
    MTMI_TRY(mtmi_builder_finish(at->builder, &whole, err));
    MTMI_TRY(mtmi_package_take(package, whole, err));
out:
    mtmi_builder_free(at->builder);
    at->builder = NULL;
    return status;
}

mtm_status mtmi_flow_unite(const json_t *resource, mtm_package *parts, mtm_package *package, mtm_error *err) {
    const size_t n = count_parts(resource) + MTMI_SUBSET_PARTS * mtmi_subset_columns(resource);
    mtmi_resource *described = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_resource_read(resource, "resource", &described, err));
    for (size_t first = 0; first + n <= parts->n_datasets; first += n) {
        for (united what = FIGURES; what <= NOT_SAID; what++) {
            uniting at = {.resource = resource, .described = described};
            MTMI_TRY(unite(&at, parts->datasets + first, what, package, err));
        }
    }
out:
    mtmi_resource_free(described);
    return status;
}
