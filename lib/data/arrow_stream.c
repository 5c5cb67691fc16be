/* One record batch as an Arrow C stream, and a dataset as one. The stream owns a copy of everything when it is made, so that
 * nothing but memory for a schema can fail later. */
#include "data/arrow_batch.h"

#include "base/error.h"
#include "base/memory.h"
#include "data/arrow_internal.h"

#include <errno.h>
#include <string.h>

typedef struct stream_state {
    struct ArrowSchema schema;
    struct ArrowArray batch; /* moved out by the first get_next: its release is NULL then */
    const char *last_error;  /* static */
} stream_state;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    stream_state *state = stream->private_data;
    int done = mtmi_arrow_schema_copy(&state->schema, out);
    state->last_error = done ? NULL : "an allocation failed";
    return done ? 0 : ENOMEM;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    stream_state *state = stream->private_data;
    state->last_error = NULL;
    *out = state->batch;
    state->batch.release = NULL;
    if (out->release == NULL) {
        memset(out, 0, sizeof *out);
    }
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    return ((stream_state *)stream->private_data)->last_error;
}

static void free_state(stream_state *state) {
    if (state->schema.release != NULL) {
        state->schema.release(&state->schema);
    }
    if (state->batch.release != NULL) {
        state->batch.release(&state->batch);
    }
    mtmi_memory_free(state);
}

static void release(struct ArrowArrayStream *stream) {
    free_state(stream->private_data);
    memset(stream, 0, sizeof *stream);
}

mtm_status mtmi_arrow_stream(struct ArrowSchema *schema, struct ArrowArray *batch, struct ArrowArrayStream *out,
                             mtm_error *err) {
    stream_state *state = mtmi_memory_new(1, sizeof *state);
    if (state == NULL) {
        schema->release(schema);
        batch->release(batch);
        return mtmi_error_memory(err);
    }
    state->schema = *schema;
    state->batch = *batch;
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release, state};
    return MTM_OK;
}

mtm_status mtm_dataset_arrow(const mtm_dataset *dataset, struct ArrowArrayStream *out, mtm_error *err) {
    struct ArrowSchema schema;
    struct ArrowArray batch;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "a stream structure");
    }
    memset(out, 0, sizeof *out);
    if (dataset == NULL) {
        return mtmi_error_argument(err, "dataset", "a dataset");
    }
    mtm_status status = mtmi_arrow_batch_schema(dataset, &schema, err);
    if (status != MTM_OK) {
        return status;
    }
    status = mtmi_arrow_batch(dataset, &batch, err);
    if (status != MTM_OK) {
        schema.release(&schema);
        return status;
    }
    return mtmi_arrow_stream(&schema, &batch, out, err);
}
