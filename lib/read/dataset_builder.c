/* Observations given one by one to a dataset: they are kept as cells and read as the rows of a table, so that labels, totals
 * and repeated cells follow the rules of a file. Invariant: an observation is kept whole or not at all. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/builder.h"
#include "period/period.h"
#include "read/open_file.h"
#include "read/table/row_text.h"

#include <mtm/builder.h>

#include <string.h>

#define CELLS 3 /* besides the dimensions: period, value, status */

typedef struct kept {
    mtm_period period;
    mtm_decimal value;
    char status;
    size_t labels; /* where its labels begin in the text, one after the other, each ended by NUL */
} kept;

struct mtm_builder {
    char *name, *resource_text;
    char *dimensions[MTMI_DIMENSIONS_MAX];
    size_t n_dimensions;
    mtm_read_options options;
    kept *observations;
    size_t n, capacity;
    mtmi_buffer labels;
};

/* ---- making one ---- */

static mtm_status check_dimensions(const char *const *dimensions, size_t n, mtm_error *err) {
    if (n > MTMI_DIMENSIONS_MAX) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){"dimensions", 0, 0},
                              "found more than %d dimensions", MTMI_DIMENSIONS_MAX);
    }
    for (size_t i = 0; i < n; i++) {
        if (dimensions == NULL || dimensions[i] == NULL || dimensions[i][0] == '\0') {
            return mtmi_error_argument(err, "dimensions", "the name of a dimension in every place");
        }
        for (size_t k = 0; k < i; k++) {
            if (strcmp(dimensions[i], dimensions[k]) == 0) {
                return mtmi_error_argument(err, "dimensions", "different names");
            }
        }
    }
    return MTM_OK;
}

static mtm_status fill_builder(mtm_builder *builder, const char *name, const char *const *dimensions, size_t n,
                               mtm_error *err) {
    builder->name = mtmi_memory_copy_text(name);
    builder->resource_text = mtmi_memory_copy_text(builder->options.resource);
    if (builder->name == NULL || (builder->options.resource != NULL && builder->resource_text == NULL)) {
        return mtmi_error_memory(err);
    }
    builder->options.resource = builder->resource_text;
    for (; builder->n_dimensions < n; builder->n_dimensions++) {
        char *copy = mtmi_memory_copy_text(dimensions[builder->n_dimensions]);
        builder->dimensions[builder->n_dimensions] = copy;
        if (copy == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* What is wrong with the resource shows when the builder is made, not when it is finished. */
static mtm_status try_resource(const mtm_builder *builder, mtm_error *err) {
    mtmi_resource *resource = NULL;
    mtm_status status = mtmi_open_resource(&builder->options, builder->name, &resource, err);
    mtmi_resource_free(resource);
    return status;
}

mtm_status mtm_builder_new(const char *name, const char *const *dimensions, size_t n_dimensions,
                           const mtm_read_options *options, mtm_builder **out, mtm_error *err) {
    if (name == NULL || out == NULL) {
        return mtmi_error_argument(err, name == NULL ? "name" : "out", "not NULL");
    }
    *out = NULL;
    MTMI_CHECK_STATUS(check_dimensions(dimensions, n_dimensions, err));
    mtm_status status = MTM_OK;
    mtm_builder *builder = mtmi_memory_new(1, sizeof *builder);
    if (builder == NULL) {
        return mtmi_error_memory(err);
    }
    builder->options.size = sizeof builder->options;
    MTMI_TRY(mtmi_options_copy(&builder->options, sizeof builder->options, options, "options", err));
    MTMI_TRY(fill_builder(builder, name, dimensions, n_dimensions, err));
    MTMI_TRY(try_resource(builder, err));
out:
    if (status != MTM_OK) {
        mtm_builder_free(builder);
        return status;
    }
    *out = builder;
    return MTM_OK;
}

void mtm_builder_free(mtm_builder *builder) {
    if (builder == NULL) {
        return;
    }
    for (size_t i = 0; i < builder->n_dimensions; i++) {
        mtmi_memory_free(builder->dimensions[i]);
    }
    mtmi_buffer_free(&builder->labels);
    mtmi_memory_free(builder->observations);
    mtmi_memory_free(builder->resource_text);
    mtmi_memory_free(builder->name);
    mtmi_memory_free(builder);
}

/* ---- adding ---- */

static int is_date(int32_t day) {
    return day >= mtmi_day_from(1, 1, 1) && day <= mtmi_day_from(9999, 12, 31);
}

static mtm_status refuse_observation(const mtm_builder *builder, const char *found, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_VALUE, 0, (mtmi_place){builder->name, (int64_t)builder->n + 1, 0}, "found %s",
                          found);
}

static mtm_status check_observation(const mtm_builder *builder, const mtm_observation *observation, mtm_error *err) {
    const mtm_period period = observation->period;
    if (period.last < period.first || !is_date(period.first) || !is_date(period.last)) {
        return refuse_observation(builder, "a period that is none, expected days of the years 1 to 9999", err);
    }
    if (observation->value.decimals < 0 || observation->value.decimals > 9) {
        return refuse_observation(builder, "decimals that are none, expected 0 to 9", err);
    }
    if (observation->status != '\0' && (observation->status < 'A' || observation->status > 'Z')) {
        return refuse_observation(builder, "a status that is none, expected a letter of SDMX OBS_STATUS", err);
    }
    return builder->n_dimensions > 0 && observation->labels == NULL
               ? mtmi_error_argument(err, "labels", "a label for each dimension")
               : MTM_OK;
}

mtm_status mtm_builder_add(mtm_builder *builder, const mtm_observation *observation, mtm_error *err) {
    mtm_observation own = MTM_OBSERVATION_INIT;
    if (builder == NULL || observation == NULL) {
        return mtmi_error_argument(err, builder == NULL ? "builder" : "observation", "not NULL");
    }
    MTMI_CHECK_STATUS(mtmi_options_copy(&own, sizeof own, observation, "observation", err));
    MTMI_CHECK_STATUS(check_observation(builder, &own, err));
    const size_t labels = builder->labels.size;
    void *table = builder->observations;
    for (size_t i = 0; i < builder->n_dimensions; i++) {
        const char *label = own.labels[i] != NULL ? own.labels[i] : "";
        mtmi_buffer_add(&builder->labels, label, strlen(label) + 1);
    }
    if (builder->labels.failed || !mtmi_memory_reserve(&table, &builder->capacity, builder->n + 1, sizeof(kept))) {
        builder->labels.failed = 0;
        builder->labels.size = labels;
        return mtmi_error_memory(err);
    }
    builder->observations = table;
    builder->observations[builder->n++] = (kept){own.period, own.value, own.status != '\0' ? own.status : 'A', labels};
    return MTM_OK;
}

/* ---- reading ---- */

typedef struct builder_rows {
    mtmi_rows rows;
    const mtm_builder *builder;
    size_t next; /* 0: the header */
    mtmi_row_text text;
} builder_rows;

/* A cell, whole. 0 when memory ran out. */
static int add_cell(mtmi_row_text *row, const char *text, int typed) {
    mtmi_buffer_text(&row->text, text);
    return mtmi_row_text_end(row, typed);
}

static int write_header(builder_rows *in) {
    int done = add_cell(&in->text, "period", 0);
    for (size_t i = 0; i < in->builder->n_dimensions && done; i++) {
        done = add_cell(&in->text, in->builder->dimensions[i], 0);
    }
    return done && add_cell(&in->text, "value", 0) && add_cell(&in->text, "status", 0);
}

static int write_row(builder_rows *in, const kept *observation) {
    char text[MTMI_PERIOD_TEXT], number[64] = "", status[2] = {observation->status, '\0'};
    const char *label = in->builder->labels.data;
    label = label != NULL ? label + observation->labels : "";
    mtm_period_describe(observation->period, text, sizeof text);
    int done = add_cell(&in->text, text, 1);
    for (size_t i = 0; i < in->builder->n_dimensions && done; i++) {
        done = add_cell(&in->text, label[0] != '\0' ? label : "_T", 0);
        label += strlen(label) + 1;
    }
    if (strchr("LMOQ", observation->status) == NULL) {
        mtm_decimal_describe(observation->value, number, sizeof number);
    }
    return done && add_cell(&in->text, number, 1) && add_cell(&in->text, status, 0);
}

static mtm_status next_row(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    builder_rows *in = (builder_rows *)rows;
    const size_t at = in->next++;
    *got = at <= in->builder->n;
    if (!*got) {
        return MTM_OK;
    }
    mtmi_row_text_start(&in->text);
    int done = at == 0 ? write_header(in) : write_row(in, &in->builder->observations[at - 1]);
    return done && mtmi_row_text_finish(&in->text, (int64_t)at, 0, out) ? MTM_OK : mtmi_error_memory(err);
}

static void free_rows(mtmi_rows *rows) {
    mtmi_row_text_free(&((builder_rows *)rows)->text);
}

static int name_field(mtmi_field *field, const char *name, mtmi_role role) {
    field->role = role;
    field->name = mtmi_memory_copy_text(name);
    if (role == MTMI_ROLE_DIMENSION) {
        field->dimension = mtmi_memory_copy_text(name);
    }
    return field->name != NULL && (role != MTMI_ROLE_DIMENSION || field->dimension != NULL);
}

/* The columns have their roles, unless the resource gives them others. */
static int name_fields(const mtm_builder *builder, mtmi_resource *resource) {
    if (resource->n_fields > 0) {
        return 1;
    }
    resource->fields = mtmi_memory_new(builder->n_dimensions + CELLS, sizeof *resource->fields);
    if (resource->fields == NULL) {
        return 0;
    }
    resource->n_fields = builder->n_dimensions + CELLS;
    int done = name_field(&resource->fields[0], "period", MTMI_ROLE_PERIOD) &&
               name_field(&resource->fields[1], "value", MTMI_ROLE_VALUE) &&
               name_field(&resource->fields[2], "status", MTMI_ROLE_STATUS);
    for (size_t i = 0; i < builder->n_dimensions && done; i++) {
        done = name_field(&resource->fields[CELLS + i], builder->dimensions[i], MTMI_ROLE_DIMENSION);
    }
    return done;
}

mtm_status mtm_builder_finish(const mtm_builder *builder, mtm_dataset **out, mtm_error *err) {
    mtmi_resource *resource = NULL;
    builder_rows in;
    mtmi_rows *rows = &in.rows;
    if (builder == NULL || out == NULL) {
        return mtmi_error_argument(err, builder == NULL ? "builder" : "out", "not NULL");
    }
    *out = NULL;
    memset(&in, 0, sizeof in);
    in.builder = builder;
    in.rows.name = builder->name;
    in.rows.next = next_row;
    in.rows.free = free_rows;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_open_resource(&builder->options, builder->name, &resource, err));
    if (!name_fields(builder, resource)) {
        status = mtmi_error_memory(err);
        goto out;
    }
    resource->dialect.has_header = 1;
    resource->dialect.header_rows = 1;
    resource->dialect.skip_rows = 0;
    MTMI_TRY(mtmi_read_rows(resource, &rows, 1, &builder->options, NULL, out, err));
out:
    mtmi_resource_free(resource);
    free_rows(rows);
    return status;
}
