/* Finds the members of rows that are parts of the row above: a label such as "men" or "of which rural" in a column
 * of countries or regions is a member of sex or residence of the row above. The printed row above stays the total;
 * what the parts say is held to it like any other parts. Above the first row there is the total of all. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/try.h"
#include "read/observe/observe_internal.h"

#include <string.h>

/* Whether a column or a declaration says the dimension already. */
static int is_taken(const mtmi_observer *observer, int32_t dimension) {
    int taken = observer->file.fixed[dimension] >= 0;
    for (size_t i = 0; i < observer->file.n_memory && !taken; i++) {
        taken = observer->file.memory[i].dimension == dimension || observer->file.memory[i].codes[dimension] >= 0;
    }
    return taken;
}

mtm_status mtmi_observe_learn_part(mtmi_observer *observer, const mtmi_label *label, mtmi_label_cache *out,
                                   mtm_error *err) {
    const mtm_codelist *list = label->part_list;
    if (observer->builder == NULL || list == NULL) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(
        mtmi_builder_add_dimension(observer->builder, mtmi_codelist_id(list), list, &out->part_dimension, err));
    if (is_taken(observer, out->part_dimension)) {
        out->part_dimension = -1;
        return MTM_OK;
    }
    return mtmi_builder_add_member(observer->builder, out->part_dimension, MTM_MEMBER_CODE,
                                   mtm_codelist_code(list, (size_t)label->part_code), label->part_code, NULL,
                                   observer->current.row->line, &out->part_member, err);
}

/* "UZB: of which workers": a group of its own, which is added to nothing. */
static mtm_status name_group(mtmi_observer *observer, const mtmi_column_state *memory, int32_t above, mtmi_cell cell,
                             int32_t *out, mtm_error *err) {
    const mtmi_dimension *dimension = &mtmi_builder_dataset(observer->builder)->dimensions[memory->dimension];
    mtmi_buffer name = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&name, dimension->members[above].code);
    mtmi_buffer_text(&name, ": ");
    mtmi_buffer_add(&name, cell.text, cell.length);
    mtm_status status = MTM_OK;
    if (name.failed) {
        status = mtmi_error_memory(err);
        goto out;
    }
    MTMI_TRY(mtmi_builder_add_member(observer->builder, memory->dimension, MTM_MEMBER_GROUP, name.data, -1, name.data,
                                     observer->current.row->line, out, err));
out:
    mtmi_buffer_free(&name);
    return status;
}

mtmi_row_outcome mtmi_observe_part(mtmi_observer *observer, const mtmi_column_state *memory, mtmi_cell cell,
                                   const mtmi_label_cache *known, mtm_error *err) {
    int32_t member = memory->whole >= 0 ? memory->whole : 0; /* nothing above: of all */
    if (observer->builder == NULL || memory->dimension < 0) {
        return MTMI_ROW_DONE;
    }
    if (known->part_dimension < 0) {
        MTMI_ROW_TRY(mtmi_observe_status(observer, name_group(observer, memory, member, cell, &member, err)));
    } else {
        observer->current.codes[known->part_dimension] = known->part_member;
    }
    observer->current.codes[memory->dimension] = member;
    observer->current.part_dimension = memory->dimension;
    observer->current.part_member = known->member;
    observer->current.part_own = known->part_dimension;
    return MTMI_ROW_DONE;
}
