/* The public functions that look into a frozen dataset: its properties, columns, dimensions, members and releases. */
#include "base/error.h"
#include "data/dataset.h"

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

int mtm_dataset_get(const mtm_dataset *dataset, mtm_language language, mtm_dataset_info *out) {
    static const mtmi_source_note none = {.publisher = NULL};
    const mtmi_source_note *source = dataset->n_sources > 0 ? &dataset->sources[0] : &none;
    const mtm_dataset_info info = {
        .size = sizeof info,
        .name = or_empty(dataset->name),
        .title = mtmi_titles_get(&dataset->title, language),
        .concept_id = or_empty(dataset->concept),
        .unit = or_empty(dataset->unit),
        .kind = (int32_t)dataset->kind,
        .multiplier = dataset->multiplier,
        .decimals = dataset->decimals,
        .cumulative = dataset->cumulative,
        .microdata = dataset->microdata,
        .confidential = dataset->confidential,
        .n_observations = dataset->n,
        .n_dimensions = dataset->n_dimensions,
        .n_releases = dataset->n_releases,
        .file = or_empty(dataset->file),
        .publisher = or_empty(source->publisher),
        .publication = or_empty(source->title),
        .address = or_empty(source->path),
        .accessed = or_empty(source->accessed),
        .licence = or_empty(source->licence),
        .coverage = or_empty(dataset->coverage),
        .on_request = dataset->obtained == MTMI_ON_REQUEST,
        .methodology_public = dataset->methodology_public,
    };
    return mtmi_info_fill(out, &info, sizeof info);
}

const void *mtm_dataset_column(const mtm_dataset *dataset, mtm_column column, size_t dimension) {
    switch (column) {
    case MTM_COLUMN_PERIOD: return dataset->periods;
    case MTM_COLUMN_VALUE: return dataset->values;
    case MTM_COLUMN_STATUS: return dataset->statuses;
    case MTM_COLUMN_LINE: return dataset->lines;
    case MTM_COLUMN_RELEASE: return dataset->release_of;
    case MTM_COLUMN_UNCOVERED: return dataset->uncovered;
    case MTM_COLUMN_CODE: return dimension < dataset->n_dimensions ? dataset->dimensions[dimension].codes : NULL;
    }
    return NULL;
}

int mtm_dataset_release(const mtm_dataset *dataset, size_t index, mtm_release *out) {
    if (index >= dataset->n_releases) {
        return 0;
    }
    const mtmi_release *release = &dataset->releases[index];
    const mtm_release info = {sizeof info, release->date, release->edition};
    return mtmi_info_fill(out, &info, sizeof info);
}

int mtm_dataset_dimension(const mtm_dataset *dataset, size_t dimension, mtm_dimension *out) {
    if (dimension >= dataset->n_dimensions) {
        return 0;
    }
    const mtmi_dimension *found = &dataset->dimensions[dimension];
    const mtm_dimension info = {sizeof info, found->name, found->list, found->n_members};
    return mtmi_info_fill(out, &info, sizeof info);
}

int mtm_dataset_member(const mtm_dataset *dataset, size_t dimension, size_t member, mtm_language language,
                       mtm_member *out) {
    if (dimension >= dataset->n_dimensions || member >= dataset->dimensions[dimension].n_members) {
        return 0;
    }
    const mtmi_dimension *d = &dataset->dimensions[dimension];
    const mtmi_member *found = &d->members[member];
    const mtm_member info = {sizeof info, found->code, mtmi_member_label(d, found, language), (int32_t)found->kind};
    return mtmi_info_fill(out, &info, sizeof info);
}
