/* Finds the sources that two states have both counted. Long lists are looked up by key, so that states of many thousand
 * sources merge in time that grows with their number. */
#include "tabulate/state.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "tabulate/share/file_share.h"

#include <string.h>

#define FEW 16 /* sources that are compared with each other one, which needs no memory */

/* Whether two files are one: by what their caller calls them where it names both, else by their content. */
static int is_same_file(const mtmi_counted_file *a, const mtmi_counted_file *b) {
    if (a->identity[0] != '\0' && b->identity[0] != '\0') {
        return strcmp(a->identity, b->identity) == 0;
    }
    return memcmp(a->digest, b->digest, MTMI_DIGEST_SIZE) == 0;
}

static mtm_status refuse_twice(const mtmi_counted_file *file, const mtmi_counted_file *before, mtm_error *err) {
    const mtmi_place place = {file->name, 0, 0};
    if (file->identity[0] == '\0' || before->identity[0] == '\0') {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, place,
                              "counted before, as %q: the bytes are the same; force counts them twice", before->name);
    }
    return mtmi_error_set(err, MTM_ERROR_STATE, 0, place,
                          "counted before: the identity %q is the same%s; force counts it twice", file->identity,
                          memcmp(file->digest, before->digest, MTMI_DIGEST_SIZE) == 0
                              ? ""
                              : ", with other content or rows in another order");
}

/* Sources by what tells them: their identity, the digest of those without one, the digest of all. */
typedef enum key_kind { IDENTITY = 'i', NAMELESS = 'n', CONTENT = 'c' } key_kind;

typedef struct known {
    mtmi_map keys;
    size_t *files; /* the first source of each key */
    size_t capacity;
    mtmi_buffer key;
} known;

static int make_key(known *state, key_kind kind, const mtmi_counted_file *file) {
    mtmi_buffer_clear(&state->key);
    mtmi_buffer_char(&state->key, (char)kind);
    if (kind == IDENTITY) {
        mtmi_buffer_text(&state->key, file->identity);
    } else {
        mtmi_buffer_add(&state->key, (const char *)file->digest, MTMI_DIGEST_SIZE);
    }
    return !state->key.failed;
}

static int add(known *state, key_kind kind, const mtmi_counted_file *file, size_t number) {
    const size_t n = state->keys.n;
    if (!make_key(state, kind, file) ||
        !mtmi_memory_reserve((void **)&state->files, &state->capacity, n + 1, sizeof *state->files)) {
        return 0;
    }
    const uint32_t at = mtmi_map_add(&state->keys, state->key.data, state->key.size);
    if (at == n) {
        state->files[at] = number;
    }
    return at != MTMI_MAP_NONE;
}

static int make_index(known *files, const mtmi_state *state) {
    for (size_t i = 0; i < state->n_files; i++) {
        const mtmi_counted_file *file = &state->files[i];
        if (!add(files, CONTENT, file, i) || !add(files, file->identity[0] != '\0' ? IDENTITY : NAMELESS, file, i)) {
            return 0;
        }
    }
    return 1;
}

/* The first source of that key, or the one that was found before; 0 without memory. */
static int find(known *state, key_kind kind, const mtmi_counted_file *file, size_t *found) {
    if (!make_key(state, kind, file)) {
        return 0;
    }
    const uint32_t at = mtmi_map_find(&state->keys, state->key.data, state->key.size);
    *found = at != MTMI_MAP_NONE && state->files[at] < *found ? state->files[at] : *found;
    return 1;
}

static mtm_status look_up(known *files, const mtmi_state *state, const mtmi_state *other, mtm_error *err) {
    for (size_t i = 0; i < other->n_files; i++) {
        const mtmi_counted_file *file = &other->files[i];
        const int named = file->identity[0] != '\0';
        size_t found = SIZE_MAX;
        if (!find(files, named ? IDENTITY : CONTENT, file, &found) || (named && !find(files, NAMELESS, file, &found))) {
            return mtmi_error_memory(err);
        }
        if (found != SIZE_MAX) {
            return refuse_twice(file, &state->files[found], err);
        }
    }
    return MTM_OK;
}

static mtm_status compare_each(const mtmi_state *state, const mtmi_state *other, mtm_error *err) {
    for (size_t i = 0; i < other->n_files; i++) {
        for (size_t k = 0; k < state->n_files; k++) {
            if (is_same_file(&state->files[k], &other->files[i])) {
                return refuse_twice(&other->files[i], &state->files[k], err);
            }
        }
    }
    return MTM_OK;
}

/* ---- shares of one file that overlap ---- */

typedef struct shared {
    const mtmi_counted_file *file;
    int which; /* of the two states */
    mtmi_share_name name;
} shared;

static int compare_shared(const void *context, const void *a, const void *b) {
    const shared *x = a, *y = b;
    const size_t n = x->name.length < y->name.length ? x->name.length : y->name.length;
    (void)context;
    int order = memcmp(x->file->identity, y->file->identity, n);
    order = order != 0 ? order : (x->name.length > y->name.length) - (x->name.length < y->name.length);
    return order != 0 ? order : (x->name.begin > y->name.begin) - (x->name.begin < y->name.begin);
}

static size_t add_shared(const mtmi_state *state, int which, shared *out) {
    size_t n = 0;
    for (size_t i = 0; i < state->n_files; i++) {
        out[n].file = &state->files[i];
        out[n].which = which;
        n += (size_t)mtmi_share_name_read(state->files[i].identity, &out[n].name);
    }
    return n;
}

static int is_of_one_file(const shared *a, const shared *b) {
    return a->name.length == b->name.length && memcmp(a->file->identity, b->file->identity, a->name.length) == 0;
}

/* In the order of files and bytes a share overlaps one of the other state where it begins before the furthest of them ends. */
static mtm_status compare_shares(const mtmi_state *state, const mtmi_state *other, mtm_error *err) {
    shared *all = mtmi_memory_new(state->n_files + other->n_files + 1, sizeof *all);
    const shared *furthest[2] = {NULL, NULL};
    mtm_status status = MTM_OK;
    MTMI_TRY(all == NULL ? mtmi_error_memory(err) : MTM_OK);
    const size_t own = add_shared(state, 0, all), n = own > 0 ? own + add_shared(other, 1, all + own) : 0;
    MTMI_TRY(n == 0 || mtmi_sort(all, n, sizeof *all, compare_shared, NULL) ? MTM_OK : mtmi_error_memory(err));
    for (size_t i = 0; i < n; i++) {
        const shared *share = &all[i], *before = furthest[!share->which], **same = &furthest[share->which];
        if (before != NULL && is_of_one_file(before, share) && share->name.begin < before->name.end) {
            status = mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){share->file->name, 0, 0},
                                    "counted before in part: %q and %q overlap; force counts both",
                                    before->file->identity, share->file->identity);
            goto out;
        }
        *same = *same == NULL || !is_of_one_file(*same, share) || share->name.end > (*same)->name.end ? share : *same;
    }
out:
    mtmi_memory_free(all);
    return status;
}

mtm_status mtmi_same_files_refuse(const mtmi_state *state, const mtmi_state *other, mtm_error *err) {
    known files = {MTMI_MAP_INIT, NULL, 0, MTMI_BUFFER_INIT};
    MTMI_CHECK_STATUS(compare_shares(state, other, err));
    if (other->n_files <= FEW || state->n_files <= FEW) {
        return compare_each(state, other, err);
    }
    const mtm_status status = make_index(&files, state) ? look_up(&files, state, other, err) : mtmi_error_memory(err);
    mtmi_map_free(&files.keys);
    mtmi_memory_free(files.files);
    mtmi_buffer_free(&files.key);
    return status;
}
