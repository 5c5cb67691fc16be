/* Reads files of boundaries, gzip or plain, and gives their areas the codes of the dimension's list: Natural Earth numbers
 * countries ("398"), a package may name regions. */
#include "read/boundaries_read.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "geo/geo.h"
#include "read/table/header_words.h"

#include <string.h>

static int ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    return m <= n && strcmp(text + n - m, end) == 0;
}

/* A code that the list does not know stays. */
static mtm_status use_list(const mtm_codelist *list, mtmi_geo *geo, mtm_error *err) {
    for (size_t i = 0; list != NULL && i < geo->n_areas; i++) {
        mtm_match match = {0};
        if (geo->areas[i].code[0] == '\0' || mtm_codelist_match(list, geo->areas[i].code, &match, NULL) != MTM_OK) {
            continue;
        }
        if (match.kind == MTM_MATCH_CODE && !mtmi_geo_rename(geo, i, match.codes[0])) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* Takes the source over. */
static mtm_status load(mtmi_source *source, const char *name, char **bytes, size_t *size, mtm_error *err) {
    mtmi_source *plain = source;
    mtm_status status = MTM_OK;
    if (ends_with(name, ".gz")) {
        plain = NULL;
        MTMI_TRY(mtmi_source_gzip(source, MTMI_GEO_LARGEST_FILE, &plain, err));
    }
    status = mtmi_source_read_all(plain, MTMI_GEO_LARGEST_FILE, bytes, size, err);
out:
    mtmi_source_free(plain);
    return status;
}

static mtm_status take(mtmi_geo *geo, const char *dimension, const char *credit, mtm_package *package, mtm_error *err) {
    mtm_status status = use_list(mtmi_dimension_list(dimension), geo, err);
    if (status != MTM_OK) {
        mtmi_geo_free(geo);
        return status;
    }
    return mtmi_boundaries_add(&package->front.boundaries, dimension, credit, geo) ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status read_own(const mtmi_descriptor *descriptor, const mtmi_boundary_file *file, mtm_package *package,
                           mtm_error *err) {
    mtmi_source *source = NULL;
    mtmi_geo *geo = NULL;
    char *bytes = NULL;
    size_t size = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_descriptor_open_file(descriptor, file->path, &source, err));
    MTMI_TRY(load(source, file->path, &bytes, &size, err));
    MTMI_TRY(mtmi_geo_read(bytes, size, file->path, file->property, &geo, err));
    status = take(geo, file->dimension, file->credit, package, err);
out:
    mtmi_memory_free(bytes);
    return status;
}

static mtm_status read_countries(const char *path, mtm_package *package, mtm_error *err) {
    mtmi_source *source = NULL;
    mtmi_geo *geo = NULL;
    char *bytes = NULL;
    size_t size = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_source_open(path, path, &source, err));
    MTMI_TRY(load(source, path, &bytes, &size, err));
    MTMI_TRY(mtmi_geo_read(bytes, size, path, NULL, &geo, err));
    status = take(geo, "country", "Natural Earth", package, err);
out:
    mtmi_memory_free(bytes);
    return status;
}

mtm_status mtmi_boundaries_read(const mtmi_descriptor *descriptor, const char *countries, mtm_package *package,
                                mtm_error *err) {
    int has_countries = 0;
    for (size_t i = 0; i < descriptor->n_boundaries; i++) {
        MTMI_CHECK_STATUS(read_own(descriptor, &descriptor->boundaries[i], package, err));
        has_countries |= strcmp(descriptor->boundaries[i].dimension, "country") == 0;
    }
    return countries != NULL && !has_countries ? read_countries(countries, package, err) : MTM_OK;
}
