/* Reads one file, bytes or a stream as a dataset; the first error ends it. */
#include "base/error.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/container.h"
#include "read/open_file.h"

#include <string.h>

static mtm_status read_source(mtmi_source *source, const char *name, const mtm_read_options *options, mtm_dataset **out,
                              mtm_error *err) {
    mtmi_resource *resource = NULL;
    int is_arrow = 0;
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(mtmi_is_ipc(source, &is_arrow, err));
    if (is_arrow) {
        return mtmi_read_ipc(source, name, options, NULL, out, err);
    }
    MTMI_TRY(mtmi_open_resource(options, name, &resource, err));
    mtmi_source *sources[1] = {source};
    MTMI_TRY(mtmi_read_resource(resource, sources, 1, options, NULL, out, err));
out:
    mtmi_resource_free(resource);
    return status;
}

static mtm_status read_bytes(mtm_source *from, const mtm_read_options *options, mtm_dataset **out, mtm_error *err) {
    mtmi_source *source = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_open_source(from, options->max_expansion, &source, err));
    MTMI_TRY(read_source(source, mtmi_source_title(from), options, out, err));
out:
    mtmi_source_free(source);
    return status;
}

mtm_status mtm_dataset_read(const mtm_source *source, const mtm_read_options *options, mtm_dataset **out,
                            mtm_error *err) {
    mtm_read_options own = MTM_READ_OPTIONS_INIT;
    mtm_source from;

    if (out != NULL) {
        *out = NULL;
    }
    MTMI_CHECK_STATUS(mtmi_take_reading(source, options, out != NULL, &from, &own, err));
    return from.kind == MTM_SOURCE_ARROW ? mtmi_read_arrow(from.stream, from.name, &own, NULL, out, err)
                                         : read_bytes(&from, &own, out, err);
}
