/* Takes the declared lists of all members into the dataset's dimensions. A list that names no dimension or member of
 * the file is refused: it would say nothing. */
#include "base/error.h"
#include "base/try.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum { LONGEST_CODE = 256 };

static const mtmi_frame_list *list_of(const mtmi_observer *observer, int32_t dimension) {
    const mtm_dataset *dataset = mtmi_builder_dataset(observer->builder);
    for (size_t i = 0; (size_t)dimension < dataset->n_dimensions && i < observer->settings.resource->n_frames; i++) {
        if (strcmp(observer->settings.resource->frames[i].dimension, dataset->dimensions[dimension].name) == 0) {
            return &observer->settings.resource->frames[i];
        }
    }
    return NULL;
}

static mtm_status refuse_frame(const mtmi_observer *observer, const char *found, const char *name, const char *expected,
                               mtm_error *err) {
    const char *resource = observer->settings.resource->name != NULL ? observer->settings.resource->name : "resource";
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, MTMI_CODE_DESCRIPTION, (mtmi_place){resource, 0, 0},
                          "found %s %q in frame, expected %s", found, name, expected);
}

/* The code of a declared member, ended by NUL; 0 where it names none. */
static int code_of(const mtmi_dimension *dimension, const char *text, char out[LONGEST_CODE]) {
    mtmi_label label;
    mtmi_label_declared(dimension->list, text, &label);
    const int is_age = dimension->list != NULL && strcmp(mtmi_codelist_id(dimension->list), "age-group") == 0 &&
                       mtmi_label_is_age(text, strlen(text));
    if (label.kind != MTM_MEMBER_CODE || label.length >= LONGEST_CODE ||
        (dimension->list != NULL && label.index < 0 && !is_age)) {
        return 0;
    }
    memcpy(out, label.code, label.length);
    out[label.length] = '\0';
    return 1;
}

static mtm_status add_member(const mtmi_observer *observer, int32_t dimension, const mtmi_framed *member,
                             mtm_error *err) {
    const mtmi_dimension *d = &mtmi_builder_dataset(observer->builder)->dimensions[dimension];
    const char *wrong = NULL;
    char code[LONGEST_CODE], before[LONGEST_CODE];
    mtmi_framed own = {code, member->valid, member->predecessor != NULL ? before : NULL};
    if (!code_of(d, member->code, code)) {
        wrong = member->code;
    } else if (member->predecessor != NULL && !code_of(d, member->predecessor, before)) {
        wrong = member->predecessor;
    }
    return wrong == NULL ? mtmi_builder_add_framed(observer->builder, dimension, &own, err)
                         : refuse_frame(observer, "the member", wrong, "a code of the dimension's list", err);
}

static mtm_status add_list(const mtmi_observer *observer, const mtmi_frame_list *list, mtm_error *err) {
    const int dimension = mtmi_dataset_find_dimension(mtmi_builder_dataset(observer->builder), list->dimension);
    if (dimension < 0) {
        return refuse_frame(observer, "the dimension", list->dimension, "one that the file has", err);
    }
    for (size_t i = 0; i < list->n; i++) {
        MTMI_CHECK_STATUS(add_member(observer, dimension, &list->members[i], err));
    }
    return MTM_OK;
}

/* The schema's categories; words for totals, the rest and the unknown are no members. */
static mtm_status add_categories(const mtmi_observer *observer, size_t column, mtm_error *err) {
    const mtmi_bound *bound = &observer->file.columns->at[column];
    const mtmi_column_state *memory = &observer->file.memory[column];
    mtm_status status = MTM_OK;
    for (size_t i = 0; memory->dimension >= 0 && bound->field != NULL && i < bound->field->categories.n; i++) {
        const char *text = bound->field->categories.marks[i];
        mtmi_label label;
        mtmi_label_read(&memory->rules, text, strlen(text), &label);
        if (label.kind != MTM_MEMBER_CODE && label.kind != MTM_MEMBER_UNCLASSIFIED) {
            continue;
        }
        char code[LONGEST_CODE];
        if (label.kind == MTM_MEMBER_UNCLASSIFIED || label.length >= LONGEST_CODE) {
            return refuse_frame(observer, "the category", text, "a label of the dimension's list", err);
        }
        memcpy(code, label.code, label.length);
        code[label.length] = '\0';
        const mtmi_framed member = {code, {INT32_MIN, INT32_MAX}, NULL};
        status = mtmi_builder_add_framed(observer->builder, memory->dimension, &member, err);
        if (status != MTM_OK) {
            return status;
        }
    }
    return status;
}

static mtm_status check_fixed(const mtmi_observer *observer, const int32_t *codes, mtm_error *err) {
    const mtm_dataset *dataset = mtmi_builder_dataset(observer->builder);
    for (int32_t d = 0; (size_t)d < dataset->n_dimensions; d++) {
        if (codes[d] >= 0 && mtmi_observe_is_outside(observer, d, codes[d])) {
            return refuse_frame(observer, "no member", dataset->dimensions[d].members[codes[d]].code,
                                "the members of all columns", err);
        }
    }
    return MTM_OK;
}

mtm_status mtmi_observe_frames(mtmi_observer *observer, mtm_error *err) {
    const mtmi_resource *resource = observer->settings.resource;
    for (size_t i = 0; i < resource->n_frames; i++) {
        MTMI_CHECK_STATUS(add_list(observer, &resource->frames[i], err));
    }
    for (size_t i = 0; resource->frame_of_schema && i < observer->file.columns->n; i++) {
        MTMI_CHECK_STATUS(add_categories(observer, i, err));
    }
    MTMI_CHECK_STATUS(check_fixed(observer, observer->file.fixed, err));
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        MTMI_CHECK_STATUS(check_fixed(observer, observer->file.memory[i].codes, err));
    }
    return MTM_OK;
}

mtm_status mtmi_observe_close_frames(mtmi_observer *observer, mtm_error *err) {
    const mtm_dataset *dataset = mtmi_builder_dataset(observer->builder);
    for (int32_t d = 0; (size_t)d < dataset->n_dimensions; d++) {
        const mtmi_frame_list *list = list_of(observer, d);
        const mtmi_dimension *dimension = &dataset->dimensions[d];
        for (size_t m = 0; list != NULL && list->closed && m < dimension->n_members; m++) {
            const mtmi_framed member = {dimension->members[m].code, {INT32_MIN, INT32_MAX}, NULL};
            if (dimension->members[m].kind == MTM_MEMBER_CODE && dimension->members[m].n_rows > 0) {
                MTMI_CHECK_STATUS(mtmi_builder_add_framed(observer->builder, d, &member, err));
            }
        }
    }
    return MTM_OK;
}

int mtmi_observe_is_framed(const mtmi_observer *observer, int32_t dimension) {
    return list_of(observer, dimension) != NULL;
}

int mtmi_observe_is_outside(const mtmi_observer *observer, int32_t dimension, int32_t member) {
    const mtmi_dimension *d = &mtmi_builder_dataset(observer->builder)->dimensions[dimension];
    const mtm_member_kind kind = d->members[member].kind;
    if (d->n_frame == 0 || (kind != MTM_MEMBER_CODE && kind != MTM_MEMBER_UNCLASSIFIED)) {
        return 0;
    }
    for (size_t i = 0; i < d->n_frame; i++) {
        if (strcmp(d->frame[i].code, d->members[member].code) == 0) {
            return 0;
        }
    }
    return 1;
}
