/* Remembers figures by what was asked, so that each is computed once. */
#include "indicator/figure_cache.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

void mtmi_figure_key_fill(mtmi_figure_key *key, const mtmi_request *request, mtm_period period) {
    memset(key, 0, sizeof *key);
    key->plus = request->plus;
    key->minus = request->minus;
    key->group = request->group;
    key->dimensions = request->dimensions;
    key->period = period;
    key->membership = request->membership;
    key->outside = request->outside != 0;
    key->as_covered = request->as_covered != 0;
    if (request->edition != NULL) {
        const size_t length = strlen(request->edition);
        memcpy(key->edition, request->edition, length < sizeof key->edition ? length : sizeof key->edition - 1);
    }
}

mtm_status mtmi_figure_cache_find(mtmi_figure_cache *cache, const mtmi_figure_key *key, mtmi_figure **out, int *is_new,
                                  mtm_error *err) {
    void *table = cache->figure;
    const uint32_t at = mtmi_map_add(&cache->keys, key, sizeof *key);
    *is_new = at == cache->n;
    if (at == MTMI_MAP_NONE) {
        return mtmi_error_memory(err);
    }
    if (!*is_new) {
        *out = cache->figure[at];
        return MTM_OK;
    }
    if (!mtmi_memory_reserve(&table, &cache->capacity, cache->n + 1, sizeof *cache->figure)) {
        return mtmi_error_memory(err);
    }
    cache->figure = table;
    *out = mtmi_memory_new(1, sizeof **out);
    if (*out == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_figure_start(*out, NULL);
    (*out)->reason = MTM_REASON_NO_DATA;
    cache->figure[cache->n++] = *out;
    return MTM_OK;
}

mtm_status mtmi_figure_cache_name(const mtmi_figure_cache *cache, mtm_results *results, mtm_error *err) {
    const mtmi_map *texts = &cache->names.texts;
    results->extents = mtmi_memory_new(texts->n + 1, sizeof *results->extents);
    if (results->extents == NULL) {
        return mtmi_error_memory(err);
    }
    for (uint32_t i = 0; i < texts->n; i++) {
        size_t length;
        results->extents[i] = mtmi_memory_copy_text((const char *)mtmi_map_key(texts, i, &length));
        if (results->extents[i] == NULL) {
            return mtmi_error_memory(err);
        }
        results->n_extents++;
    }
    for (size_t i = 0; i < results->n; i++) {
        results->results[i].extents = results->extents;
        results->results[i].n_extents = results->n_extents;
    }
    return MTM_OK;
}

void mtmi_figure_cache_free(mtmi_figure_cache *cache) {
    for (size_t i = 0; i < cache->n; i++) {
        mtmi_figure_clear(cache->figure[i]);
        mtmi_memory_free(cache->figure[i]);
    }
    mtmi_memory_free(cache->figure);
    mtmi_map_free(&cache->keys);
    mtmi_boxes_free(&cache->boxes);
    mtmi_extent_names_free(&cache->names);
    memset(cache, 0, sizeof *cache);
}
