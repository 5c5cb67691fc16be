/* Writes and reads registries: least byte first, members, combinations and records in an order of their own.
 *
 * MTMREGST | version 4 | households 4 | bytes of the state 8 | the state | check of the key 8 | first day 4, last day 4 |
 * for each axis: number of members 4, each a length 4 and a key | number of combinations 4, each a member an axis, 4 |
 * number of records 8, each 56 bytes | SHA-256 of everything before. */
#include "registration/register_state.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/heap_sort.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "tabulate/member.h"

#include <string.h>

#define VERSION 1u
#define HEAD 24u
#define RECORD 56u
#define OLDEST 400000 /* days and years of births stay below it */

static uint64_t check_of(const mtmi_registry *registry) {
    uint64_t hash[2];
    mtmi_siphash(&registry->key, "registrations", 13, hash);
    return hash[0];
}

/* ---- writing ---- */

static void put_number(mtmi_buffer *out, uint64_t number, unsigned bytes) {
    char text[8];
    for (unsigned i = 0; i < bytes; i++) {
        text[i] = (char)(unsigned char)(number >> (8 * i));
    }
    mtmi_buffer_add(out, text, bytes);
}

static int compare_keys(const void *context, uint32_t a, uint32_t b) {
    const mtmi_map *map = context;
    size_t length, other;
    const unsigned char *one = mtmi_map_key(map, a, &length), *two = mtmi_map_key(map, b, &other);
    const int order = memcmp(one, two, length < other ? length : other);
    return order != 0 ? order : length < other ? -1 : length > other;
}

/* Numbers in an order that does not show who came first. */
typedef struct saving {
    mtmi_registry *registry;
    const mtmi_state *state;
    uint32_t **members;     /* an axis: rank of each member */
    uint32_t *combinations; /* rank of each */
    uint32_t *files;        /* rank of each */
    mtmi_record *group;     /* of one id */
    size_t n, capacity;
} saving;

/* ranks[order[i]] = i */
static uint32_t *invert(uint32_t *order, size_t n) {
    uint32_t *ranks = order == NULL ? NULL : mtmi_memory_new(n + 1, sizeof *ranks);
    for (uint32_t i = 0; ranks != NULL && i < n; i++) {
        ranks[order[i]] = i;
    }
    mtmi_memory_free(order);
    return ranks;
}

static void ranked(const saving *at, uint32_t combination, uint32_t *out) {
    mtmi_registry_members(at->registry, combination, out);
    for (unsigned i = 0; i < at->registry->n_labels; i++) {
        out[i] = at->members[i][out[i]];
    }
}

static int compare_combinations(const void *context, uint32_t a, uint32_t b) {
    const saving *at = context;
    uint32_t one[MTMI_SPEC_AXES], two[MTMI_SPEC_AXES];
    ranked(at, a, one);
    ranked(at, b, two);
    for (unsigned i = 0; i < at->registry->n_labels; i++) {
        if (one[i] != two[i]) {
            return one[i] < two[i] ? -1 : 1;
        }
    }
    return 0;
}

static mtm_status rank_all(saving *at, mtm_error *err) {
    const mtmi_registry *registry = at->registry;
    at->members = mtmi_memory_new(registry->n_labels + 1, sizeof *at->members);
    for (unsigned i = 0; at->members != NULL && i < registry->n_labels; i++) {
        const mtmi_map *map = &registry->members[i];
        at->members[i] = invert(mtmi_order_new(map->n, compare_keys, map), map->n);
        if (at->members[i] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    if (at->members != NULL) {
        at->combinations =
            invert(mtmi_order_new(registry->combinations.n, compare_combinations, at), registry->combinations.n);
    }
    at->files = invert(mtmi_order_new(at->state->n_files, mtmi_state_compare_files, at->state), at->state->n_files);
    return at->combinations != NULL && at->files != NULL ? MTM_OK : mtmi_error_memory(err);
}

static void save_members(const saving *at, mtmi_buffer *out, mtm_status *status) {
    for (unsigned i = 0; i < at->registry->n_labels; i++) {
        const mtmi_map *map = &at->registry->members[i];
        uint32_t *order = mtmi_order_new(map->n, compare_keys, map);
        put_number(out, map->n, 4);
        for (size_t m = 0; order != NULL && m < map->n; m++) {
            size_t length;
            const unsigned char *key = mtmi_map_key(map, order[m], &length);
            put_number(out, length, 4);
            mtmi_buffer_add(out, (const char *)key, length);
        }
        *status = order == NULL ? MTM_ERROR_MEMORY : *status;
        mtmi_memory_free(order);
    }
}

static void save_combinations(const saving *at, mtmi_buffer *out, mtm_status *status) {
    const size_t n = at->registry->combinations.n;
    uint32_t *order = mtmi_order_new(n, compare_combinations, at), members[MTMI_SPEC_AXES];
    put_number(out, n, 4);
    for (size_t c = 0; order != NULL && c < n; c++) {
        ranked(at, order[c], members);
        for (unsigned i = 0; i < at->registry->n_labels; i++) {
            put_number(out, members[i], 4);
        }
    }
    *status = order == NULL ? MTM_ERROR_MEMORY : *status;
    mtmi_memory_free(order);
}

static int compare_records(const void *context, const void *a, const void *b) {
    const mtmi_record *one = a, *other = b;
    (void)context;
    const int64_t fields[][2] = {{one->entered, other->entered},
                                 {one->left, other->left},
                                 {one->birth, other->birth},
                                 {one->combination, other->combination},
                                 {(int64_t)(one->place >> 1), (int64_t)(other->place >> 1)},
                                 {(int64_t)(one->place & 1), (int64_t)(other->place & 1)}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i][0] != fields[i][1]) {
            return fields[i][0] < fields[i][1] ? -1 : 1;
        }
    }
    return 0;
}

static mtm_status save_group(saving *at, mtmi_buffer *out, mtm_error *err) {
    if (!mtmi_sort(at->group, at->n, sizeof *at->group, compare_records, NULL)) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < at->n; i++) {
        const mtmi_record *record = &at->group[i];
        put_number(out, record->id[0], 8);
        put_number(out, record->id[1], 8);
        put_number(out, record->household, 8);
        put_number(out, record->content, 8);
        put_number(out, record->place, 8);
        put_number(out, (uint32_t)record->entered, 4);
        put_number(out, (uint32_t)record->left, 4);
        put_number(out, record->combination, 4);
        put_number(out, (uint32_t)record->birth, 4);
    }
    at->n = 0;
    return out->failed ? mtmi_error_memory(err) : MTM_OK;
}

static mtm_status save_records(saving *at, mtmi_buffer *out, mtm_error *err) {
    mtmi_run_reader *reader = NULL;
    const mtmi_record *record;
    mtm_status status = MTM_OK;
    put_number(out, mtmi_runs_count(&at->registry->runs), 8);
    MTMI_TRY(mtmi_runs_settle(&at->registry->runs, err));
    MTMI_TRY(mtmi_run_reader_new(&at->registry->runs, 0, UINT64_MAX, &reader, err));
    while ((record = mtmi_run_reader_next(reader, &status, err)) != NULL) {
        if (at->n > 0 && mtmi_record_compare(record, &at->group[0]) != 0) {
            MTMI_TRY(save_group(at, out, err));
        }
        MTMI_TRY(mtmi_memory_reserve((void **)&at->group, &at->capacity, at->n + 1, sizeof *at->group)
                     ? MTM_OK
                     : mtmi_error_memory(err));
        mtmi_record *copy = &at->group[at->n++];
        *copy = *record;
        copy->combination = at->combinations[record->combination];
        copy->place =
            (uint64_t)at->files[mtmi_record_file(record)] << MTMI_PLACE_LINE | (uint64_t)mtmi_record_line(record);
    }
    MTMI_TRY(status);
    MTMI_TRY(save_group(at, out, err));
out:
    mtmi_run_reader_free(reader);
    return status;
}

static void add_digest(mtmi_buffer *out) {
    unsigned char digest[32];
    mtmi_sha256 hash;
    mtmi_sha256_start(&hash);
    mtmi_sha256_add(&hash, out->data, out->size);
    mtmi_sha256_finish(&hash, digest);
    mtmi_buffer_add(out, (const char *)digest, sizeof digest);
}

mtm_status mtmi_registry_save(mtmi_registry *registry, const mtmi_state *state, const mtmi_buffer *saved,
                              mtmi_buffer *out, mtm_error *err) {
    saving at = {.registry = registry, .state = state};
    mtm_status status = MTM_OK;
    if (!registry->key_given) {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){"key", 0, 0},
                              "the key was made for this run, expected one that is given: without it nobody can merge "
                              "what is saved");
    }
    MTMI_TRY(rank_all(&at, err));
    mtmi_buffer_add(out, MTMI_REGISTRY_MAGIC, 8);
    put_number(out, VERSION, 4);
    put_number(out, (uint64_t)(registry->has_households != 0), 4);
    put_number(out, saved->size, 8);
    mtmi_buffer_add(out, saved->data, saved->size);
    put_number(out, check_of(registry), 8);
    put_number(out, (uint32_t)registry->first, 4);
    put_number(out, (uint32_t)registry->last, 4);
    save_members(&at, out, &status);
    save_combinations(&at, out, &status);
    MTMI_TRY(status == MTM_OK ? MTM_OK : mtmi_error_memory(err));
    MTMI_TRY(save_records(&at, out, err));
    add_digest(out);
    MTMI_TRY(out->failed ? mtmi_error_memory(err) : MTM_OK);
out:
    for (unsigned i = 0; at.members != NULL && i < registry->n_labels; i++) {
        mtmi_memory_free(at.members[i]);
    }
    mtmi_memory_free(at.members);
    mtmi_memory_free(at.combinations);
    mtmi_memory_free(at.files);
    mtmi_memory_free(at.group);
    return status;
}

/* ---- reading ---- */

typedef struct input {
    const unsigned char *at, *end;
    int failed;
} input;

static uint64_t get(input *in, unsigned bytes) {
    uint64_t number = 0;
    if ((size_t)(in->end - in->at) < bytes) {
        in->failed = 1;
        in->at = in->end;
        return 0;
    }
    for (unsigned i = 0; i < bytes; i++) {
        number |= (uint64_t)in->at[i] << (8 * i);
    }
    in->at += bytes;
    return number;
}

static mtm_status damaged(mtm_error *err, const char *what) {
    return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){"saved state", 0, 0},
                          "damaged: %s; make it anew from the files", what);
}

int mtmi_registry_find_state(const void *bytes, size_t size, const void **state, size_t *state_size) {
    input in = {bytes, (const unsigned char *)bytes + size, 0};
    if (size < HEAD || memcmp(bytes, MTMI_REGISTRY_MAGIC, 8) != 0) {
        return 0;
    }
    in.at += 16;
    const uint64_t n = get(&in, 8);
    *state = in.at;
    *state_size = n <= (size_t)(in.end - in.at) ? (size_t)n : 0;
    return 1;
}

static mtm_status load_members(mtmi_registry *registry, input *in, mtm_error *err) {
    for (unsigned i = 0; i < registry->n_labels; i++) {
        const uint64_t n = get(in, 4);
        for (uint64_t m = 0; m < n; m++) {
            const size_t length = (size_t)get(in, 4);
            const char *code;
            size_t code_length;
            if (in->failed || length > (size_t)(in->end - in->at) || length > 1 + MTMI_MEMBER_LONGEST ||
                mtmi_member_code(in->at, length, &code, &code_length) < 0) {
                return damaged(err, "a member");
            }
            const uint32_t number = mtmi_map_add(&registry->members[i], in->at, length);
            if (number == MTMI_MAP_NONE) {
                return mtmi_error_memory(err);
            }
            if (number != m) {
                return damaged(err, "a member stands twice");
            }
            in->at += length;
        }
    }
    return MTM_OK;
}

static mtm_status load_combinations(mtmi_registry *registry, input *in, mtm_error *err) {
    const uint64_t n = get(in, 4);
    for (uint64_t c = 0; c < n; c++) {
        uint32_t members[MTMI_SPEC_AXES] = {0};
        for (unsigned i = 0; i < registry->n_labels; i++) {
            members[i] = (uint32_t)get(in, 4);
            if (in->failed || members[i] >= registry->members[i].n) {
                return damaged(err, "a combination of members");
            }
        }
        const uint32_t number = mtmi_registry_combination(registry, members);
        if (number == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
        if (number != c) {
            return damaged(err, "a combination stands twice");
        }
    }
    return MTM_OK;
}

static int is_sound(const mtmi_registry *registry, const mtmi_state *state, const mtmi_record *record) {
    return record->entered >= registry->first && record->entered <= registry->last && record->left >= record->entered &&
           (record->left == MTMI_NEVER || record->left <= registry->last) &&
           record->combination < registry->combinations.n && mtmi_record_file(record) < state->n_files &&
           mtmi_record_line(record) > 0 &&
           (record->birth == MTMI_UNBORN || (record->birth > 0 && record->birth < OLDEST));
}

static mtm_status load_records(mtmi_registry *registry, const mtmi_state *state, input *in, mtm_error *err) {
    const uint64_t n = get(in, 8);
    if (in->failed || (uint64_t)(in->end - in->at) / RECORD != n || (uint64_t)(in->end - in->at) % RECORD != 0) {
        return damaged(err, "the number of registrations");
    }
    for (uint64_t i = 0; i < n; i++) {
        if (registry->runs.n >= registry->most) {
            MTMI_CHECK_STATUS(mtmi_runs_spill(&registry->runs, registry->runs.n, err));
        }
        if (!mtmi_runs_reserve(&registry->runs, 1)) {
            return mtmi_error_memory(err);
        }
        mtmi_record *record = &registry->runs.records[registry->runs.n];
        record->id[0] = get(in, 8);
        record->id[1] = get(in, 8);
        record->household = get(in, 8);
        record->content = get(in, 8);
        record->place = get(in, 8);
        record->entered = (int32_t)(uint32_t)get(in, 4);
        record->left = (int32_t)(uint32_t)get(in, 4);
        record->combination = (uint32_t)get(in, 4);
        record->birth = (int32_t)(uint32_t)get(in, 4);
        if (!is_sound(registry, state, record)) {
            return damaged(err, "a registration");
        }
        registry->runs.n++;
    }
    return MTM_OK;
}

static int has_digest(const unsigned char *bytes, size_t size) {
    unsigned char digest[32];
    mtmi_sha256 hash;
    mtmi_sha256_start(&hash);
    mtmi_sha256_add(&hash, bytes, size - sizeof digest);
    mtmi_sha256_finish(&hash, digest);
    return memcmp(digest, bytes + size - sizeof digest, sizeof digest) == 0;
}

mtm_status mtmi_registry_load(mtmi_registry *registry, const mtmi_state *state, const void *bytes, size_t size,
                              mtm_error *err) {
    const unsigned char *start = bytes;
    input in = {start, start + size, 0};
    if (size < HEAD + 32 || !has_digest(start, size)) {
        return damaged(err, "its checksum is another one");
    }
    in.end -= 32;
    in.at += 8;
    if (get(&in, 4) != VERSION) {
        return damaged(err, "another version");
    }
    registry->has_households = get(&in, 4) != 0;
    const uint64_t state_size = get(&in, 8);
    if (in.failed || state_size > (size_t)(in.end - in.at)) {
        return damaged(err, "its length");
    }
    in.at += state_size;
    if (get(&in, 8) != check_of(registry)) {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){"key", 0, 0},
                              "the registrations were saved under another key, expected theirs: give it as key");
    }
    registry->first = (int32_t)(uint32_t)get(&in, 4);
    registry->last = (int32_t)(uint32_t)get(&in, 4);
    if (registry->last > 300000 || registry->first < -300000) {
        return damaged(err, "its days");
    }
    MTMI_CHECK_STATUS(load_members(registry, &in, err));
    MTMI_CHECK_STATUS(load_combinations(registry, &in, err));
    return load_records(registry, state, &in, err);
}
