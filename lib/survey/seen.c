/* Knows interviews again by their ids. Invariant: with a key no id is kept, only its hash (SipHash-2-4-128); the key
 * itself is kept while the survey is in memory, and never written. */
#include "survey/seen.h"

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

#define SHOWN 5

static const char known_text[] = "mtm survey ids";

mtm_status mtmi_seen_set_key(mtmi_survey_seen *seen, const char *text, mtm_error *err) {
    uint64_t mark[2];
    MTMI_CHECK_STATUS(mtmi_sip_key_read(text, &seen->key, err));
    mtmi_siphash(&seen->key, known_text, sizeof known_text - 1, mark);
    if (seen->hashed && memcmp(mark, seen->mark, sizeof mark) != 0) {
        return mtmi_error_argument(err, "key", "the key under which the survey was saved");
    }
    memcpy(seen->mark, mark, sizeof mark);
    seen->hashed = seen->has_key = 1;
    return MTM_OK;
}

mtm_status mtmi_seen_begin(mtmi_survey_seen *seen, const char *source, mtm_error *err) {
    if (!mtmi_memory_reserve((void **)&seen->sources, &seen->sources_capacity, seen->n_sources + 1,
                             sizeof *seen->sources)) {
        return mtmi_error_memory(err);
    }
    seen->sources[seen->n_sources] = mtmi_memory_copy_text(source);
    if (seen->sources[seen->n_sources] == NULL) {
        return mtmi_error_memory(err);
    }
    seen->n_sources++;
    return MTM_OK;
}

/* *first as below; the id as it is kept. */
static mtm_status add_kept(mtmi_survey_seen *seen, const void *id, size_t length, mtmi_survey_origin origin,
                           const mtmi_survey_origin **first, mtm_error *err) {
    size_t before = seen->ids.n;
    uint32_t number = mtmi_map_add(&seen->ids, id, length);
    if (number == MTMI_MAP_NONE ||
        !mtmi_memory_reserve((void **)&seen->origins, &seen->capacity, seen->ids.n, sizeof *seen->origins)) {
        return mtmi_error_memory(err);
    }
    if (seen->ids.n == before) {
        *first = &seen->origins[number];
    } else {
        seen->origins[number] = origin;
    }
    return MTM_OK;
}

mtm_status mtmi_seen_add(mtmi_survey_seen *seen, const char *id, size_t length, int64_t line,
                         const mtmi_survey_origin **first, mtm_error *err) {
    const mtmi_survey_origin origin = {line, (uint32_t)(seen->n_sources - 1)};
    uint64_t hash[2];
    *first = NULL;
    if (length == 0) {
        return MTM_OK;
    }
    if (!seen->hashed) {
        return add_kept(seen, id, length, origin, first, err);
    }
    if (!seen->has_key) {
        return mtmi_error_argument(err, "key",
                                   "the key under which the survey was saved, to know its interviews again");
    }
    mtmi_siphash(&seen->key, id, length, hash);
    return add_kept(seen, hash, sizeof hash, origin, first, err);
}

mtm_status mtmi_seen_add_hash(mtmi_survey_seen *seen, const unsigned char hash[MTMI_SEEN_HASH],
                              mtmi_survey_origin origin, const mtmi_survey_origin **first, mtm_error *err) {
    *first = NULL;
    return add_kept(seen, hash, MTMI_SEEN_HASH, origin, first, err);
}

/* Ids of both are kept alike: as they stand, or hashed under one key. */
static mtm_status make_alike(mtmi_survey_seen *into, const mtmi_survey_seen *from, mtm_error *err) {
    if (from->hashed && !into->hashed && into->ids.n == 0) {
        into->hashed = 1;
        into->has_key = from->has_key;
        into->key = from->key;
        memcpy(into->mark, from->mark, sizeof into->mark);
    }
    if (from->ids.n == 0 || into->ids.n == 0 || (!from->hashed && into->has_key)) {
        return MTM_OK;
    }
    return from->hashed == into->hashed && memcmp(from->mark, into->mark, sizeof from->mark) == 0
               ? MTM_OK
               : mtmi_error_argument(err, "key", "one key for all parts, to know their interviews again");
}

static void note_twice(mtmi_buffer *out, size_t n, const mtmi_survey_seen *into, const mtmi_survey_origin *here,
                       const mtmi_survey_seen *from, const mtmi_survey_origin *there) {
    if (n <= SHOWN) {
        mtmi_buffer_format(out, "%sline %lld of %s is line %lld of %s", n > 1 ? ", " : "", (long long)there->line,
                           from->sources[there->source], (long long)here->line, into->sources[here->source]);
    }
}

mtm_status mtmi_seen_join(mtmi_survey_seen *into, const mtmi_survey_seen *from, mtm_error *err) {
    const uint32_t offset = (uint32_t)into->n_sources;
    mtmi_buffer twice = MTMI_BUFFER_INIT;
    size_t n_twice = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(make_alike(into, from, err));
    for (size_t i = 0; i < from->n_sources; i++) {
        MTMI_TRY(mtmi_seen_begin(into, from->sources[i], err));
    }
    for (uint32_t i = 0; i < from->ids.n; i++) {
        size_t length;
        const mtmi_survey_origin *first = NULL;
        const unsigned char *id = mtmi_map_key(&from->ids, i, &length);
        const mtmi_survey_origin origin = {from->origins[i].line, from->origins[i].source + offset};
        uint64_t hash[2];
        if (into->hashed && !from->hashed) {
            mtmi_siphash(&into->key, id, length, hash);
            id = (const unsigned char *)hash;
            length = sizeof hash;
        }
        MTMI_TRY(add_kept(into, id, length, origin, &first, err));
        if (first != NULL) {
            note_twice(&twice, ++n_twice, into, first, from, &from->origins[i]);
        }
    }
    if (n_twice > SHOWN) {
        mtmi_buffer_format(&twice, " and %zu more", n_twice - SHOWN);
    }
    if (n_twice > 0) {
        status = twice.failed ? mtmi_error_memory(err)
                              : mtmi_error_set(err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_TWICE,
                                               (mtmi_place){from->sources[0], 0, 0},
                                               "interviews that both parts count: %s; add the file of one part to the "
                                               "other, so that they count once",
                                               twice.data);
    }
out:
    mtmi_buffer_free(&twice);
    return status;
}

void mtmi_seen_clear(mtmi_survey_seen *seen) {
    for (size_t i = 0; i < seen->n_sources; i++) {
        mtmi_memory_free(seen->sources[i]);
    }
    mtmi_memory_free(seen->sources);
    mtmi_memory_free(seen->origins);
    mtmi_map_free(&seen->ids);
    *seen = (mtmi_survey_seen){.n_sources = 0};
}
