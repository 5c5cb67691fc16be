/* One line that says what it is, the digest of the rest, and a record for each release: what is asked of all releases as
 * numbers and texts, what only those need that count on a day as packed JSON. */
#include "store/releases/release_index.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/try.h"
#include "store/releases/packed_values.h"

#include <string.h>

#define FIRST_LINE "mtm-store index 1\n"
enum { HEAD = sizeof FIRST_LINE - 1 + 8 };
static const size_t LARGEST = (size_t)1 << 30;

static int is_whole(const mtmi_release_index *index) {
    mtmi_packed digest = {index->bytes + sizeof FIRST_LINE - 1, index->bytes + index->size, 0};
    return index->size >= HEAD && memcmp(index->bytes, FIRST_LINE, sizeof FIRST_LINE - 1) == 0 &&
           mtmi_unpack_number(&digest, 8) ==
               mtmi_digest_piece((const unsigned char *)index->bytes + HEAD, index->size - HEAD);
}

/* Where each record begins. */
static mtm_status find_records(mtmi_release_index *index, mtm_error *err) {
    mtmi_packed all = {index->bytes + HEAD, index->bytes + index->size, 0};
    size_t capacity = 0;
    while (all.at < all.end && !all.failed) {
        const size_t size = (size_t)mtmi_unpack_number(&all, 4);
        if (all.failed || size > (size_t)(all.end - all.at)) {
            return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){MTMI_STORE_INDEX, 0, 0}, "found no record");
        }
        mtmi_packed record = {all.at, all.at + size, 0};
        const char *file = mtmi_unpack_text(&record);
        const size_t n = index->files.n;
        if (!mtmi_memory_reserve((void **)&index->records, &capacity, n + 1, sizeof *index->records) ||
            mtmi_map_add(&index->files, file, strlen(file)) == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
        index->records[n] = all.at;
        all.at += size;
    }
    return MTM_OK;
}

static mtm_status load(const char *store, mtmi_release_index *out, mtm_error *err) {
    mtmi_source *source = NULL;
    mtm_status status = MTM_OK;
    const int is_file = mtmi_file_mark_of(store, MTMI_STORE_INDEX, &out->written);
    MTMI_TRY(mtmi_source_open_in(store, MTMI_STORE_INDEX, &source, err));
    MTMI_TRY(mtmi_source_read_all(source, LARGEST, &out->bytes, &out->size, err));
    MTMI_TRY(is_file && is_whole(out) ? find_records(out, err)
                                      : mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){MTMI_STORE_INDEX, 0, 0},
                                                       "its digest is not that of its bytes"));
out:
    mtmi_source_free(source);
    return status;
}

mtm_status mtmi_release_index_read(const char *store, mtmi_release_index *out, int *is_damaged, mtm_error *err) {
    mtm_error found = {0};
    memset(out, 0, sizeof *out);
    const mtm_status status = load(store, out, &found);
    *is_damaged = status != MTM_OK && status != MTM_ERROR_NOT_FOUND;
    if (status != MTM_OK) {
        mtmi_release_index_free(out);
    }
    return status == MTM_ERROR_MEMORY ? mtmi_error_memory(err) : MTM_OK;
}

void mtmi_release_index_free(mtmi_release_index *index) {
    mtmi_map_free(&index->files);
    mtmi_memory_free(index->records);
    mtmi_memory_free(index->bytes);
    memset(index, 0, sizeof *index);
}

static int compare_marks(const mtmi_file_mark *a, const mtmi_file_mark *b) {
    return a->seconds != b->seconds ? (a->seconds > b->seconds) - (a->seconds < b->seconds)
                                    : (a->nanoseconds > b->nanoseconds) - (a->nanoseconds < b->nanoseconds);
}

mtm_status mtmi_stored_supersedes(mtmi_stored *stored, const char *name, mtm_error *err) {
    if (!mtmi_memory_reserve((void **)&stored->superseded, &stored->superseded_capacity, stored->n_superseded + 1,
                             sizeof *stored->superseded)) {
        return mtmi_error_memory(err);
    }
    stored->superseded[stored->n_superseded++] = name;
    return MTM_OK;
}

mtm_status mtmi_release_index_find(const mtmi_release_index *index, mtmi_stored *stored, mtmi_stored_release *release,
                                   int *is_there, mtm_error *err) {
    const uint32_t place = mtmi_map_find(&index->files, release->file, strlen(release->file));
    mtmi_stored_release found = *release;
    mtmi_file_mark mark;
    *is_there = 0;
    /* One that changed in the same tick of the clock as the index was written would look the same. */
    if (place == MTMI_MAP_NONE || compare_marks(&release->mark, &index->written) >= 0) {
        return MTM_OK;
    }
    const char *begin = index->records[place];
    mtmi_packed size = {begin - 4, begin, 0};
    mtmi_packed from = {begin, begin + mtmi_unpack_number(&size, 4), 0};
    (void)mtmi_unpack_text(&from);
    mark.size = mtmi_unpack_number(&from, 8);
    mark.seconds = (int64_t)mtmi_unpack_number(&from, 8);
    mark.nanoseconds = (int64_t)mtmi_unpack_number(&from, 8);
    if (from.failed || mark.size != release->mark.size || compare_marks(&mark, &release->mark) != 0) {
        return MTM_OK;
    }
    found.released = (int32_t)(uint32_t)mtmi_unpack_number(&from, 4);
    found.is_described = (int)mtmi_unpack_number(&from, 1);
    found.n_files = (size_t)mtmi_unpack_number(&from, 8);
    found.bytes = mtmi_unpack_number(&from, 8);
    found.source = mtmi_unpack_text(&from);
    found.name = mtmi_unpack_text(&from);
    found.day = mtmi_unpack_text(&from);
    found.received = mtmi_unpack_text(&from);
    found.by = mtmi_unpack_text(&from);
    found.note = mtmi_unpack_text(&from);
    found.country = mtmi_unpack_text(&from);
    const size_t n = (size_t)mtmi_unpack_number(&from, 4);
    found.first_superseded = stored->n_superseded;
    for (size_t i = 0; i < n && !from.failed; i++) {
        MTMI_CHECK_STATUS(mtmi_stored_supersedes(stored, mtmi_unpack_text(&from), err));
    }
    found.n_superseded = stored->n_superseded - found.first_superseded;
    found.packed = from.at;
    found.packed_size = (size_t)(from.end - from.at);
    if (from.failed) {
        stored->n_superseded = found.first_superseded;
        return MTM_OK;
    }
    *release = found;
    *is_there = 1;
    return MTM_OK;
}

/* What counting on a day asks for: mtmi_stored_json(). */
static mtm_status put_json(const json_t *json, mtmi_buffer *out, mtm_error *err) {
    static const char *const keys[] = {"title", "mtm", "resources"};
    json_t *part = json_object(), *about = json_object(), *events = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(part == NULL || about == NULL || json_object_set(part, "release", about) != 0 ? mtmi_error_memory(err)
                                                                                           : MTM_OK);
    events = json_object_get(json_object_get(json, "release"), "events");
    MTMI_TRY(events != NULL && json_object_set(about, "events", events) != 0 ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *value = json_object_get(json, keys[i]);
        MTMI_TRY(value != NULL && json_object_set(part, keys[i], value) != 0 ? mtmi_error_memory(err) : MTM_OK);
    }
    mtmi_pack_json(out, part);
out:
    json_decref(about);
    json_decref(part);
    return status;
}

static mtm_status put_release(const mtmi_stored *stored, const mtmi_stored_release *release, mtmi_buffer *out,
                              mtm_error *err) {
    mtmi_pack_text(out, release->file);
    mtmi_pack_number(out, release->mark.size, 8);
    mtmi_pack_number(out, (uint64_t)release->mark.seconds, 8);
    mtmi_pack_number(out, (uint64_t)release->mark.nanoseconds, 8);
    mtmi_pack_number(out, (uint32_t)release->released, 4);
    mtmi_pack_number(out, (uint64_t)release->is_described, 1);
    mtmi_pack_number(out, release->n_files, 8);
    mtmi_pack_number(out, release->bytes, 8);
    mtmi_pack_text(out, release->source);
    mtmi_pack_text(out, release->name);
    mtmi_pack_text(out, release->day);
    mtmi_pack_text(out, release->received);
    mtmi_pack_text(out, release->by);
    mtmi_pack_text(out, release->note);
    mtmi_pack_text(out, release->country);
    mtmi_pack_number(out, release->n_superseded, 4);
    for (size_t i = 0; i < release->n_superseded; i++) {
        mtmi_pack_text(out, stored->superseded[release->first_superseded + i]);
    }
    if (release->json != NULL) {
        return put_json(release->json, out, err);
    }
    mtmi_buffer_add(out, release->packed, release->packed_size);
    return MTM_OK;
}

mtm_status mtmi_release_index_write(const mtmi_stored *stored, mtmi_buffer *out, mtm_error *err) {
    mtmi_buffer record = MTMI_BUFFER_INIT, digest = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    mtmi_buffer_text(out, FIRST_LINE);
    mtmi_pack_number(out, 0, 8);
    for (size_t i = 0; i < stored->n; i++) {
        mtmi_buffer_clear(&record);
        MTMI_TRY(put_release(stored, &stored->releases[i], &record, err));
        mtmi_pack_number(out, record.size, 4);
        mtmi_buffer_add(out, record.data, record.size);
        MTMI_TRY(record.failed || out->failed ? mtmi_error_memory(err) : MTM_OK);
    }
    MTMI_TRY(out->failed ? mtmi_error_memory(err) : MTM_OK);
    mtmi_pack_number(&digest, mtmi_digest_piece((const unsigned char *)out->data + HEAD, out->size - HEAD), 8);
    MTMI_TRY(digest.failed ? mtmi_error_memory(err) : MTM_OK);
    memcpy(out->data + sizeof FIRST_LINE - 1, digest.data, 8);
out:
    mtmi_buffer_free(&record);
    mtmi_buffer_free(&digest);
    return status;
}
