/* Reads a saved state (docs/tabulate.md). Every number is checked against its range, because the checksum does not keep
 * anyone from making a state up. */
#include "tabulate/save.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "tabulate/member.h"

#include <string.h>

struct input {
    const unsigned char *at, *end;
    int failed; /* read beyond the end */
    unsigned version;
};

static uint64_t get(struct input *in, unsigned bytes) {
    uint64_t number = 0;
    unsigned i;
    if ((size_t)(in->end - in->at) < bytes) {
        in->failed = 1;
        in->at = in->end;
        return 0;
    }
    for (i = 0; i < bytes; i++) {
        number |= (uint64_t)in->at[i] << (8 * i);
    }
    in->at += bytes;
    return number;
}

static int64_t get_signed(struct input *in) {
    uint64_t number = get(in, 8);
    if (number > (uint64_t)INT64_MAX) {
        in->failed = 1;
    }
    return (int64_t)(number & (uint64_t)INT64_MAX);
}

/* Two's complement in 16 bytes; negative numbers are put together without leaving the range of their type. */
static mtmi_wide get_wide(struct input *in) {
    uint64_t low = get(in, 8), high = get(in, 8);
    int negative = (high >> 63) != 0;
    mtmi_wide number;
    if (negative) {
        low = ~low;
        high = ~high;
    }
    number = ((mtmi_wide)(high & (uint64_t)INT64_MAX) << 64) | (mtmi_wide)low;
    return negative ? -number - 1 : number;
}

static const unsigned char *get_bytes(struct input *in, size_t *size) {
    const unsigned char *bytes;
    *size = (size_t)get(in, 4);
    if ((size_t)(in->end - in->at) < *size) {
        in->failed = 1;
        *size = 0;
        in->at = in->end;
    }
    bytes = in->at;
    in->at += *size;
    return bytes;
}

/* A copy of a text: valid UTF-8 without NUL. NULL without memory, or when it is none (failed is set). */
static char *get_text(struct input *in) {
    size_t size;
    const char *bytes = (const char *)get_bytes(in, &size);
    if (in->failed || memchr(bytes, 0, size) != NULL || mtmi_text_valid(bytes, size) != size) {
        in->failed = 1;
        return NULL;
    }
    return mtmi_memory_copy_bytes(bytes, size);
}

static mtm_status damaged(mtm_error *err, const char *what) {
    return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){"saved state", 0, 0},
                          "damaged: %s; make it anew from the files", what);
}

/* n items of at least `bytes` each cannot be more than the bytes that are left. */
static int fits(const struct input *in, uint64_t n, size_t bytes) {
    return n <= (size_t)(in->end - in->at) / bytes;
}

static mtm_status load_file(struct input *in, mtmi_counted_file *file, mtm_error *err) {
    size_t i;
    file->name = get_text(in);
    if (in->failed) {
        return damaged(err, "a file's name");
    }
    file->identity = in->version == 1 ? mtmi_memory_copy_text("") : get_text(in);
    if (in->failed) {
        return damaged(err, "a file's identity");
    }
    if (file->name == NULL || file->identity == NULL) {
        return mtmi_error_memory(err);
    }
    if (!fits(in, 1, MTMI_DIGEST_SIZE)) {
        return damaged(err, "a file's digest");
    }
    memcpy(file->digest, in->at, MTMI_DIGEST_SIZE);
    in->at += MTMI_DIGEST_SIZE;
    file->size = get(in, 8);
    for (i = 0; i < 4; i++) {
        file->rows[i] = get_signed(in);
    }
    file->outside = get_signed(in);
    if (in->failed || (mtmi_wide)file->rows[0] != (mtmi_wide)file->rows[1] + file->rows[2] + file->rows[3] ||
        file->outside > file->rows[1]) {
        return damaged(err, "a file's rows do not add up");
    }
    return MTM_OK;
}

static mtm_status load_files(struct input *in, mtmi_state *state, mtm_error *err) {
    uint64_t n = get(in, 4), i;
    if (in->failed || !fits(in, n, 84)) {
        return damaged(err, "the number of files");
    }
    state->files = mtmi_memory_new((size_t)n + 1, sizeof state->files[0]);
    if (state->files == NULL) {
        return mtmi_error_memory(err);
    }
    state->files_capacity = (size_t)n + 1;
    for (i = 0; i < n; i++) {
        state->n_files++; /* also when it is not whole: it is freed with the others */
        MTMI_CHECK_STATUS(load_file(in, &state->files[i], err));
        if (i > 0 && memcmp(state->files[i - 1].digest, state->files[i].digest, MTMI_DIGEST_SIZE) > 0) {
            return damaged(err, "files out of order");
        }
    }
    return MTM_OK;
}

static int is_member(const mtmi_axis *axis, const unsigned char *key, size_t length) {
    const char *code;
    size_t code_length;
    mtm_period period;
    if (axis->kind != MTMI_AXIS_PERIOD) {
        return mtmi_member_code(key, length, &code, &code_length) >= 0;
    }
    if (length != MTMI_MEMBER_PERIOD) {
        return 0;
    }
    period = mtmi_member_period(key);
    return period.first <= period.last;
}

static mtm_status load_axis(struct input *in, mtmi_state *state, unsigned i, mtm_error *err) {
    mtmi_state_axis *axis = &state->axes[i];
    uint64_t n, k;
    size_t length, before = 0;
    const unsigned char *key, *previous = NULL;
    axis->list = get_text(in);
    n = get(in, 4);
    if (in->failed || !fits(in, n, 16)) {
        return damaged(err, "the members of a dimension");
    }
    axis->met = mtmi_memory_new((size_t)n + 1, sizeof axis->met[0]);
    if (axis->list == NULL || axis->met == NULL) {
        return mtmi_error_memory(err);
    }
    if (axis->list[0] == '\0') {
        mtmi_memory_free(axis->list);
        axis->list = NULL;
    }
    axis->met_capacity = (size_t)n + 1;
    for (k = 0; k < n; k++) {
        int order;
        key = get_bytes(in, &length);
        axis->met[k].file = (uint32_t)get(in, 4);
        axis->met[k].line = (uint64_t)get_signed(in);
        if (in->failed || !is_member(&state->spec->axes[i], key, length) || axis->met[k].file >= state->n_files) {
            return damaged(err, "a member of a dimension");
        }
        order = previous == NULL ? -1 : memcmp(previous, key, before < length ? before : length);
        if (order > 0 || (order == 0 && before >= length)) {
            return damaged(err, "members out of order");
        }
        if (mtmi_map_add(&axis->members, key, length) == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
        previous = key;
        before = length;
    }
    return MTM_OK;
}

static mtm_status load_cell(struct input *in, mtmi_state *state, const mtmi_grouping *grouping, mtmi_state_set *set,
                            size_t i, uint32_t *key, mtm_error *err) {
    uint32_t before[MTMI_GRID_AXES];
    int rises = i == 0;
    unsigned k;
    memcpy(before, key, sizeof before);
    for (k = 0; k < grouping->n_axes; k++) {
        key[k] = (uint32_t)get(in, 4);
        if (key[k] >= state->axes[grouping->axes[k]].members.n) {
            return damaged(err, "a cell's members");
        }
    }
    for (k = 0; k < grouping->n_axes && !rises && key[k] >= before[k]; k++) {
        rises = key[k] > before[k];
    }
    if (!rises) {
        return damaged(err, "cells out of order");
    }
    set->counts[i] = get(in, 8);
    set->sums[i] = get_wide(in);
    if (in->version == 1) { /* nobody knows: one row may have been all of it */
        set->tops[2 * i] = set->sums[i] < 0 ? -(set->sums[i] + 1) : set->sums[i];
        set->tops[2 * i + 1] = 0;
    } else {
        set->tops[2 * i] = get_wide(in);
        set->tops[2 * i + 1] = get_wide(in);
    }
    if (in->failed || set->counts[i] == 0 || set->tops[2 * i + 1] < 0 || set->tops[2 * i] < set->tops[2 * i + 1]) {
        return damaged(err, "a cell's count");
    }
    if (mtmi_map_add(&set->cells, key, grouping->n_axes * sizeof key[0]) == MTMI_MAP_NONE) {
        return mtmi_error_memory(err);
    }
    return MTM_OK;
}

static mtm_status load_set(struct input *in, mtmi_state *state, unsigned at, mtm_error *err) {
    const mtmi_grouping *grouping = &state->spec->groupings[at];
    mtmi_state_set *set = &state->sets[at];
    uint32_t key[MTMI_GRID_AXES] = {0};
    uint64_t n = get(in, 4), i;
    if (in->failed || !fits(in, n, (in->version == 1 ? 24 : 56) + 4 * (size_t)grouping->n_axes)) {
        return damaged(err, "the number of cells");
    }
    set->counts = mtmi_memory_new((size_t)n + 1, sizeof set->counts[0]);
    set->sums = mtmi_memory_new((size_t)n + 1, sizeof set->sums[0]);
    set->tops = mtmi_memory_new(2 * (size_t)n + 2, sizeof set->tops[0]);
    if (set->counts == NULL || set->sums == NULL || set->tops == NULL) {
        return mtmi_error_memory(err);
    }
    set->counts_capacity = set->sums_capacity = set->tops_capacity = (size_t)n + 1;
    for (i = 0; i < n; i++) {
        MTMI_CHECK_STATUS(load_cell(in, state, grouping, set, (size_t)i, key, err));
    }
    return MTM_OK;
}

static mtm_status load_refusals(struct input *in, mtmi_state *state, mtm_error *err) {
    mtmi_refusals *refusals = &state->refusals;
    uint64_t n = get(in, 4), i;
    if (in->failed || n > MTMI_REFUSALS_KEPT || !fits(in, n, 44)) {
        return damaged(err, "the number of refusals");
    }
    refusals->at = mtmi_memory_new((size_t)n + 1, sizeof refusals->at[0]);
    if (refusals->at == NULL) {
        return mtmi_error_memory(err);
    }
    refusals->capacity = (size_t)n + 1;
    for (i = 0; i < n; i++) {
        mtmi_refusal *refusal = &refusals->at[i];
        refusals->n++;
        refusal->file = (uint32_t)get(in, 4);
        refusal->line = get_signed(in);
        refusal->column = get_signed(in);
        refusal->code = (int32_t)(get(in, 4) & INT32_MAX);
        refusal->error = get(in, 4) != 0;
        refusal->found = get_text(in);
        refusal->expected = get_text(in);
        refusal->hint = get_text(in);
        refusal->record = get_text(in);
        if (in->failed || refusal->file >= state->n_files) {
            return damaged(err, "a refusal");
        }
        if (refusal->found == NULL || refusal->expected == NULL || refusal->hint == NULL || refusal->record == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

static mtm_status load_rest(struct input *in, mtmi_state *state, mtm_error *err) {
    unsigned i;
    for (i = 0; i <= state->spec->n_sums; i++) {
        state->decimals[i] = (int32_t)get(in, 1);
        if (state->decimals[i] > MTMI_COUNTER_SUMS) {
            return damaged(err, "digits after the point");
        }
    }
    MTMI_CHECK_STATUS(load_files(in, state, err));
    for (i = 0; i < state->spec->n_axes; i++) {
        MTMI_CHECK_STATUS(load_axis(in, state, i, err));
    }
    for (i = 0; i < state->spec->n_groupings; i++) {
        MTMI_CHECK_STATUS(load_set(in, state, i, err));
    }
    MTMI_CHECK_STATUS(load_refusals(in, state, err));
    return in->failed || in->at != in->end ? damaged(err, "bytes after the end") : MTM_OK;
}

/* Magic, version, checksum: what says whether the rest is worth reading. */
static mtm_status check_envelope(const unsigned char *bytes, size_t size, mtm_error *err) {
    unsigned char digest[32];
    mtmi_sha256 hash;
    if (size < 16 + 32 || memcmp(bytes, MTMI_SAVE_MAGIC, 8) != 0) {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){"saved state", 0, 0},
                              "not a saved state; it would begin with %q", MTMI_SAVE_MAGIC);
    }
    if (bytes[8] < 1 || bytes[8] > MTMI_SAVE_VERSION || bytes[9] != 0 || bytes[10] != 0 || bytes[11] != 0) {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){"saved state", 0, 0},
                              "of version %d; this library reads versions 1 to %d", (int)bytes[8],
                              (int)MTMI_SAVE_VERSION);
    }
    mtmi_sha256_start(&hash);
    mtmi_sha256_add(&hash, bytes, size - 32);
    mtmi_sha256_finish(&hash, digest);
    if (memcmp(digest, bytes + size - 32, 32) != 0) {
        return damaged(err, "the checksum differs");
    }
    return MTM_OK;
}

mtm_status mtmi_load(const void *bytes, size_t size, mtmi_state **out, mtm_error *err) {
    struct input in = {bytes, (const unsigned char *)bytes + size, 0, 0};
    mtmi_state *state = NULL;
    mtmi_spec *spec = NULL;
    size_t text_size = 0;
    const unsigned char *text;
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(check_envelope(bytes, size, err));
    in.version = in.at[8];
    in.at += 16;
    in.end -= 32;
    text = get_bytes(&in, &text_size);
    MTMI_TRY(in.failed ? damaged(err, "the specification") : mtmi_spec_read((const char *)text, text_size, &spec, err));
    MTMI_TRY(mtmi_state_new(spec, &state, err));
    MTMI_TRY(load_rest(&in, state, err));
    *out = state;
    state = NULL;
out:
    mtmi_state_free(state);
    return status;
}
