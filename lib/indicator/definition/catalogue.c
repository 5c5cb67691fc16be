/* The public functions of a catalogue: the built-in definitions, a user's beside them, and finding one by its id. A
 * catalogue never changes after it was handed over. */
#include "indicator/definition/catalogue.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/try.h"
#include "catalogue/packed.h"
#include "indicator/definition/packing.h"

#include <string.h>

#define FILE_LIMIT (16u << 20)

mtm_status mtm_catalogue_new(mtm_catalogue **out, mtm_error *err) {
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "not NULL");
    }
    *out = NULL;
    mtm_catalogue *catalogue = mtmi_memory_new(1, sizeof *catalogue);
    if (catalogue == NULL) {
        return mtmi_error_memory(err);
    }
    mtm_status status = mtmi_catalogue_unpack(catalogue, mtmi_catalogue_packed, mtmi_catalogue_packed_size, err);
    if (status != MTM_OK) {
        mtm_catalogue_free(catalogue);
        return status;
    }
    *out = catalogue;
    return MTM_OK;
}

/* Adds the definitions of an open source to the built-in ones. */
static mtm_status read_definitions(mtmi_source *source, mtm_catalogue **out, mtm_error *err) {
    char *bytes = NULL;
    size_t size = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_source_read_all(source, FILE_LIMIT, &bytes, &size, err));
    MTMI_TRY(mtm_catalogue_new(out, err));
    MTMI_TRY(mtmi_catalogue_load(*out, bytes, size, mtmi_source_name(source), err));
out:
    mtmi_memory_free(bytes);
    if (status != MTM_OK) {
        mtm_catalogue_free(*out);
        *out = NULL;
    }
    return status;
}

mtm_status mtm_catalogue_read(const mtm_source *source, mtm_catalogue **out, mtm_error *err) {
    mtmi_source *opened = NULL;
    mtm_source from;
    if (out != NULL) {
        *out = NULL;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_source_take(source, &from, err));
    if (out == NULL) {
        mtmi_source_drop(&from);
        status = mtmi_error_argument(err, "out", "not NULL");
        goto out;
    }
    MTMI_TRY(mtmi_source_from(&from, &opened, err));
    MTMI_TRY(read_definitions(opened, out, err));
out:
    mtmi_source_free(opened);
    return status;
}

size_t mtm_catalogue_count(const mtm_catalogue *catalogue) {
    return catalogue->n;
}

const mtm_indicator *mtm_catalogue_at(const mtm_catalogue *catalogue, size_t index) {
    return index < catalogue->n ? &catalogue->indicators[index] : NULL;
}

static size_t common_prefix(const char *a, const char *b) {
    size_t n = 0;
    while (a[n] != '\0' && a[n] == b[n]) {
        n++;
    }
    return n;
}

/* The id that begins most like it, or holds it. */
static const char *nearest(const mtm_catalogue *catalogue, const char *id) {
    const char *found = catalogue->n > 0 ? catalogue->indicators[0].id : "";
    size_t best = 0;
    for (size_t i = 0; i < catalogue->n; i++) {
        const char *other = catalogue->indicators[i].id;
        size_t like = common_prefix(id, other);
        like += id[0] != '\0' && strstr(other, id) != NULL ? strlen(id) : 0;
        if (like > best) {
            best = like;
            found = other;
        }
    }
    return found;
}

mtm_status mtm_catalogue_find(const mtm_catalogue *catalogue, const char *id, const mtm_indicator **out,
                              mtm_error *err) {
    if (catalogue == NULL || id == NULL || out == NULL) {
        return mtmi_error_argument(err, catalogue == NULL ? "catalogue" : id == NULL ? "id" : "out", "not NULL");
    }
    *out = NULL;
    for (size_t i = 0; i < catalogue->n; i++) {
        if (strcmp(catalogue->indicators[i].id, id) == 0) {
            *out = &catalogue->indicators[i];
            return MTM_OK;
        }
    }
    return mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){id, 0, 0},
                          "no indicator with this id, expected one of the catalogue's %zu; the nearest is %q",
                          catalogue->n, nearest(catalogue, id));
}

int mtm_indicator_get(const mtm_indicator *indicator, mtm_language language, mtm_indicator_info *out) {
    const mtm_indicator_info info = {
        .size = sizeof info,
        .id = indicator->id,
        .title = mtmi_titles_get(&indicator->title, language),
        .definition = mtmi_titles_get(&indicator->definition, language),
        .section = indicator->section,
        .concept_id = indicator->measure.concept,
        .unit = indicator->measure.unit,
        .dimension = indicator->n_dimensions > 0 ? indicator->dimensions[0] : "",
    };
    return mtmi_info_fill(out, &info, sizeof info);
}
