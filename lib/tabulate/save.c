/* Writes a settled state, least significant byte first, the same bytes on every machine. */
#include "tabulate/save.h"

#include "base/error.h"

#include <string.h>

static void put_number(mtmi_buffer *out, uint64_t number, unsigned bytes) {
    char text[8];
    unsigned i;
    for (i = 0; i < bytes; i++) {
        text[i] = (char)(unsigned char)(number >> (8 * i));
    }
    mtmi_buffer_add(out, text, bytes);
}

static void put_wide(mtmi_buffer *out, mtmi_wide number) {
    put_number(out, (uint64_t)number, 8);
    put_number(out, (uint64_t)(number >> 64), 8);
}

static void put_bytes(mtmi_buffer *out, const void *bytes, size_t size) {
    put_number(out, size, 4);
    mtmi_buffer_add(out, bytes, size);
}

static void put_text(mtmi_buffer *out, const char *text) {
    put_bytes(out, text, strlen(text));
}

static void save_files(const mtmi_state *state, mtmi_buffer *out) {
    size_t i, k;
    put_number(out, state->n_files, 4);
    for (i = 0; i < state->n_files; i++) {
        const mtmi_counted_file *file = &state->files[i];
        put_text(out, file->name);
        put_text(out, file->identity);
        mtmi_buffer_add(out, (const char *)file->digest, sizeof file->digest);
        put_number(out, file->size, 8);
        for (k = 0; k < 4; k++) {
            put_number(out, (uint64_t)file->rows[k], 8);
        }
        put_number(out, (uint64_t)file->outside, 8);
    }
}

static void save_axis(const mtmi_state_axis *axis, mtmi_buffer *out) {
    size_t i, length;
    put_text(out, axis->list == NULL ? "" : axis->list);
    put_number(out, axis->members.n, 4);
    for (i = 0; i < axis->members.n; i++) {
        const unsigned char *key = mtmi_map_key(&axis->members, (uint32_t)i, &length);
        put_bytes(out, key, length);
        put_number(out, axis->met[i].file, 4);
        put_number(out, axis->met[i].line, 8);
    }
}

static void save_set(const mtmi_state_set *set, unsigned n_axes, mtmi_buffer *out) {
    uint32_t key[MTMI_GRID_AXES];
    size_t i, length;
    unsigned k;
    put_number(out, set->cells.n, 4);
    for (i = 0; i < set->cells.n; i++) {
        memcpy(key, mtmi_map_key(&set->cells, (uint32_t)i, &length), n_axes * sizeof key[0]);
        for (k = 0; k < n_axes; k++) {
            put_number(out, key[k], 4);
        }
        put_number(out, set->counts[i], 8);
        put_wide(out, set->sums[i]);
        put_wide(out, set->tops[2 * i]);
        put_wide(out, set->tops[2 * i + 1]);
    }
}

static void save_refusals(const mtmi_refusals *refusals, mtmi_buffer *out) {
    size_t i;
    put_number(out, refusals->n, 4);
    for (i = 0; i < refusals->n; i++) {
        const mtmi_refusal *refusal = &refusals->at[i];
        put_number(out, refusal->file, 4);
        put_number(out, (uint64_t)refusal->line, 8);
        put_number(out, (uint64_t)refusal->column, 8);
        put_number(out, (uint32_t)refusal->code, 4);
        put_number(out, (uint32_t)refusal->error, 4);
        put_text(out, refusal->found);
        put_text(out, refusal->expected);
        put_text(out, refusal->hint);
        put_text(out, refusal->record);
    }
}

mtm_status mtmi_save(const mtmi_state *state, mtmi_buffer *out, mtm_error *err) {
    unsigned char digest[32];
    size_t start = out->size;
    mtmi_sha256 hash;
    unsigned i;
    mtmi_buffer_add(out, MTMI_SAVE_MAGIC, 8);
    put_number(out, MTMI_SAVE_VERSION, 4);
    put_number(out, 0, 4);
    put_text(out, state->spec->text);
    for (i = 0; i <= state->spec->n_sums; i++) {
        put_number(out, (uint32_t)state->decimals[i], 1);
    }
    save_files(state, out);
    for (i = 0; i < state->spec->n_axes; i++) {
        save_axis(&state->axes[i], out);
    }
    for (i = 0; i < state->spec->n_groupings; i++) {
        save_set(&state->sets[i], state->spec->groupings[i].n_axes, out);
    }
    save_refusals(&state->refusals, out);
    if (out->failed) {
        return mtmi_error_memory(err);
    }
    mtmi_sha256_start(&hash);
    mtmi_sha256_add(&hash, out->data + start, out->size - start);
    mtmi_sha256_finish(&hash, digest);
    mtmi_buffer_add(out, (const char *)digest, sizeof digest);
    return out->failed ? mtmi_error_memory(err) : MTM_OK;
}
