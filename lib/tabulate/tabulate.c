/* The public functions of tabulation, which check the caller's arguments. */
#include "tabulate/tabulator.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/open_file.h"
#include "read/rows/workbook_csv.h"
#include "registration/datasets.h"
#include "registration/register_state.h"
#include "tabulate/finish_counts.h"
#include "tabulate/save.h"

#include <string.h>

#define CELLS 1000000u
#define LABELS 65536u

static mtm_status make_tabulator(mtmi_state *state, const mtm_tabulate_options *options, mtm_tabulator **out,
                                 mtm_error *err) {
    mtm_tabulator *tabulator = mtmi_memory_new(1, sizeof *tabulator);
    mtm_tabulate_options own = MTM_TABULATE_OPTIONS_INIT;
    mtm_status status = MTM_OK;
    MTMI_TRY(tabulator == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_options_copy(&own, sizeof own, options, "mtm_tabulate_options", err));
    tabulator->options = own;
    tabulator->scan = own.simd < 0 ? NULL : mtmi_scan_find((mtmi_simd)own.simd);
    if (tabulator->scan == NULL) {
        MTMI_TRY(mtmi_error_set(
            err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){"simd", 0, 0},
            "vector instructions this machine lacks, or MTM_SIMD names none; expected portable, sse2, avx2, avx512 "
            "or neon"));
    }
    if (state->spec->registry) {
        MTMI_TRY(mtmi_registry_new(state->spec->n_axes - state->spec->n_periods, own.key, own.folder,
                                   &tabulator->registry, err));
        tabulator->options.key = tabulator->options.folder = NULL; /* the caller's, and used up */
    }
out:
    if (status != MTM_OK) {
        mtmi_state_free(state);
        mtmi_memory_free(tabulator);
        return status;
    }
    state->max_cells = own.max_cells == 0 ? CELLS : own.max_cells;
    state->max_members = own.max_labels == 0 ? LABELS : own.max_labels;
    tabulator->state = state;
    *out = tabulator;
    return MTM_OK;
}

mtm_status mtm_tabulator_new(const char *specification, const mtm_tabulate_options *options, mtm_tabulator **out,
                             mtm_error *err) {
    mtmi_state *state = NULL;
    mtmi_spec *spec = NULL;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "where to put the tabulator");
    }
    *out = NULL;
    if (specification == NULL) {
        return mtmi_error_argument(err, "specification", "JSON text");
    }
    MTMI_CHECK_STATUS(mtmi_spec_read(specification, strlen(specification), &spec, err));
    MTMI_CHECK_STATUS(mtmi_state_new(spec, &state, err));
    return make_tabulator(state, options, out, err);
}

void mtm_tabulator_free(mtm_tabulator *tabulator) {
    if (tabulator == NULL) {
        return;
    }
    mtmi_state_free(tabulator->state);
    mtmi_registry_free(tabulator->registry);
    mtmi_memory_free(tabulator);
}

/* max_expansion 0: nothing but the ratio is limited, as microdata have no size that is too large. */
static uint64_t expansion(const mtm_tabulator *tabulator) {
    return tabulator->options.max_expansion == 0 ? UINT64_MAX : tabulator->options.max_expansion;
}

static mtm_status add_bytes(mtm_tabulator *tabulator, mtm_source *from, mtm_error *err) {
    const mtm_source share = *from;
    mtmi_source *source = NULL;
    mtm_status status = MTM_OK;
    if (share.share != 0) {
        from->first = from->length = 0;
        from->share = 0;
    }
    MTMI_TRY(mtmi_open_source(from, expansion(tabulator), &source, err));
    MTMI_TRY(mtmi_tabulator_add_source(tabulator, source, &share, err));
out:
    mtmi_source_free(source);
    return status;
}

static uint64_t or_default(uint64_t value, uint64_t usual) {
    return value == 0 ? usual : value;
}

/* By columns where each can be read as such, else by the rows as text; the stream is released in every case. */
static mtm_status add_arrow(mtm_tabulator *tabulator, const mtm_source *from, mtm_error *err) {
    const mtm_tabulate_options *options = &tabulator->options;
    mtmi_arrow_csv *csv = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_arrow_csv_new(from->stream, from->name, &tabulator->state->spec->resource->dialect,
                                or_default(options->max_field, (uint64_t)1 << 20),
                                or_default(options->max_columns, 4096), &csv, err));
    MTMI_TRY(mtmi_tabulator_add_columns(tabulator, csv, from, err));
out:
    mtmi_arrow_csv_free(csv);
    return status;
}

mtm_status mtm_tabulator_add(mtm_tabulator *tabulator, const mtm_source *source, mtm_error *err) {
    mtm_source from;
    mtm_status status = mtmi_source_take(source, &from, err);
    if (status != MTM_OK) {
        return status;
    }
    if (tabulator == NULL) {
        mtmi_source_drop(&from);
        return mtmi_error_argument(err, "tabulator", "a tabulator");
    }
    return from.kind == MTM_SOURCE_ARROW ? add_arrow(tabulator, &from, err) : add_bytes(tabulator, &from, err);
}

static mtm_status merge_registrations(mtm_tabulator *tabulator, const mtm_tabulator *other, int force, mtm_error *err) {
    mtmi_runs copied = {.spill = NULL};
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_registry_prepare_merge(tabulator->registry, other->registry, (uint32_t)tabulator->state->n_files,
                                         &copied, err));
    MTMI_TRY(mtmi_state_merge(tabulator->state, other->state, force, err));
    mtmi_registry_merge(tabulator->registry, other->registry, &copied);
out:
    mtmi_runs_free(&copied);
    return status;
}

mtm_status mtm_tabulator_merge(mtm_tabulator *tabulator, const mtm_tabulator *other, int force, mtm_error *err) {
    if (tabulator == NULL) {
        return mtmi_error_argument(err, "tabulator", "a tabulator");
    }
    if (other == NULL || other == tabulator) {
        return mtmi_error_argument(err, "other", "another tabulator");
    }
    return tabulator->registry != NULL && other->registry != NULL
               ? merge_registrations(tabulator, other, force, err)
               : mtmi_state_merge(tabulator->state, other->state, force, err);
}

mtm_status mtm_tabulator_save(const mtm_tabulator *tabulator, mtm_buffer **out, mtm_error *err) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT, with_registry = MTMI_BUFFER_INIT;
    mtmi_state *settled = NULL;
    mtm_status status = MTM_OK;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "where to put the text");
    }
    *out = NULL;
    if (tabulator == NULL) {
        return mtmi_error_argument(err, "tabulator", "a tabulator");
    }
    MTMI_TRY(mtmi_state_settle(tabulator->state, &settled, err));
    MTMI_TRY(mtmi_save(settled, &buffer, err));
    if (tabulator->registry != NULL) {
        MTMI_TRY(mtmi_registry_save(tabulator->registry, tabulator->state, &buffer, &with_registry, err));
    }
    MTMI_TRY(mtmi_buffer_finish(tabulator->registry != NULL ? &with_registry : &buffer, out, err));
out:
    mtmi_buffer_free(&with_registry);
    mtmi_buffer_free(&buffer);
    mtmi_state_free(settled);
    return status;
}

/* A tabulator of saved bytes, with its registry where they have one. */
static mtm_status load_bytes(const void *bytes, size_t size, const mtm_tabulate_options *options, mtm_tabulator **out,
                             mtm_error *err) {
    mtm_tabulator *tabulator = NULL;
    mtmi_state *state = NULL;
    const void *inner = bytes;
    size_t inner_size = size;
    const int registers = mtmi_registry_find_state(bytes, size, &inner, &inner_size);
    mtm_status status = mtmi_load(inner, inner_size, &state, err);
    if (status == MTM_OK && state->spec->registry != registers) {
        mtmi_state_free(state);
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){"saved state", 0, 0},
                              "damaged: registrations without their specification, or the other way round");
    }
    MTMI_TRY(status);
    MTMI_TRY(make_tabulator(state, options, &tabulator, err));
    MTMI_TRY(registers ? mtmi_registry_load(tabulator->registry, tabulator->state, bytes, size, err) : MTM_OK);
    *out = tabulator;
    tabulator = NULL;
out:
    mtm_tabulator_free(tabulator);
    return status;
}

/* The bytes as they lie in memory, or read to the end. */
static mtm_status load(mtm_source *from, const mtm_tabulate_options *options, mtm_tabulator **out, mtm_error *err) {
    mtmi_source *source = NULL;
    char *bytes = NULL;
    size_t size = 0;
    mtm_status status = MTM_OK;
    if (from->kind == MTM_SOURCE_BYTES) {
        return load_bytes(from->bytes, from->n_bytes, options, out, err);
    }
    MTMI_TRY(mtmi_source_from(from, &source, err));
    MTMI_TRY(mtmi_source_read_all(source, SIZE_MAX / 4, &bytes, &size, err));
    MTMI_TRY(load_bytes(bytes, size, options, out, err));
out:
    mtmi_memory_free(bytes);
    mtmi_source_free(source);
    return status;
}

mtm_status mtm_tabulator_load(const mtm_source *source, const mtm_tabulate_options *options, mtm_tabulator **out,
                              mtm_error *err) {
    mtm_source from;
    if (out != NULL) {
        *out = NULL;
    }
    MTMI_CHECK_STATUS(mtmi_source_take(source, &from, err));
    if (out == NULL) {
        mtmi_source_drop(&from);
        return mtmi_error_argument(err, "out", "where to put the tabulator");
    }
    return load(&from, options, out, err);
}

int64_t mtm_tabulator_rows(const mtm_tabulator *tabulator, mtm_rows which) {
    int64_t rows = 0;
    size_t i;
    if (tabulator == NULL || (unsigned)which > MTM_ROWS_NOT_DATA) {
        return 0;
    }
    for (i = 0; i < tabulator->state->n_files; i++) {
        rows += tabulator->state->files[i].rows[which];
    }
    return rows;
}

mtm_status mtmi_tabulator_finish(const mtm_tabulator *tabulator, const char *prefix, mtm_package *package,
                                 mtm_error *err) {
    mtmi_state *settled = NULL;
    mtm_status status;
    if (tabulator->registry != NULL) {
        return mtmi_registry_finish(tabulator->registry, tabulator->state, prefix,
                                    mtmi_tabulator_threads(&tabulator->options), package, err);
    }
    MTMI_TRY(mtmi_state_settle(tabulator->state, &settled, err));
    MTMI_TRY(mtmi_state_withhold(&settled, err));
    MTMI_TRY(mtmi_finish(settled, prefix, package, err));
out:
    mtmi_state_free(settled);
    return status;
}

mtm_status mtm_tabulator_finish(const mtm_tabulator *tabulator, mtm_package **out, mtm_error *err) {
    mtm_package *package = NULL;
    mtm_status status = MTM_OK;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "where to put the package");
    }
    *out = NULL;
    if (tabulator == NULL) {
        return mtmi_error_argument(err, "tabulator", "a tabulator");
    }
    MTMI_TRY(mtm_package_new(NULL, &package, err));
    MTMI_TRY(mtmi_tabulator_finish(tabulator, NULL, package, err));
    *out = package;
    package = NULL;
out:
    mtm_package_free(package);
    return status;
}

mtm_status mtmi_tabulator_add_file(mtm_tabulator *tabulator, mtmi_source *source, mtm_error *err) {
    mtmi_buffer text = MTMI_BUFFER_INIT, name = MTMI_BUFFER_INIT;
    mtmi_source *csv = NULL;
    int is_workbook = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_workbook_csv(tabulator->state->spec->resource, source, &is_workbook, &text, err));
    if (is_workbook) {
        mtmi_buffer_format(&name, "%s (sheet)", mtmi_source_name(source)); /* its end promises no workbook */
        MTMI_TRY(name.failed ? mtmi_error_memory(err) : MTM_OK);
        MTMI_TRY(mtmi_source_memory(text.data != NULL ? text.data : "", text.size, name.data, &csv, err));
    }
    MTMI_TRY(mtmi_tabulator_add_source(tabulator, csv != NULL ? csv : source, NULL, err));
out:
    mtmi_source_free(csv);
    mtmi_buffer_free(&text);
    mtmi_buffer_free(&name);
    return status;
}
