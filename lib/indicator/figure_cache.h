/* Figures of one computation, each computed once: a value of one period is the base of another, and a point of every
 * series. */
#ifndef MTMI_INDICATOR_FIGURE_CACHE_H
#define MTMI_INDICATOR_FIGURE_CACHE_H

#include "coverage/extent_names.h"
#include "indicator/figure.h"

/* What tells one figure from another, with zeros between the members. Texts and measures are the catalogue's. */
typedef struct mtmi_figure_key {
    const mtmi_measure *plus, *minus;
    const char *group;
    char *const *dimensions;
    const mtm_dataset *like; /* what it must compare with, where that makes a difference */
    mtm_period period, membership;
    char edition[16];
    unsigned char outside, as_covered, is_share;
} mtmi_figure_key;

typedef struct mtmi_figure_cache {
    mtmi_map keys;
    mtmi_figure **figure;
    size_t n, capacity;
    mtmi_boxes boxes; /* of the figures' extents */
    mtmi_extent_names names;
    mtmi_figure_key last; /* its measures and `like` were looked at last, and this was found: */
    int last_is_barred;
} mtmi_figure_cache;

/* An empty key for a request and a period. */
void mtmi_figure_key_fill(mtmi_figure_key *key, const mtmi_request *request, mtm_period period);
/* The figure of a key, which lives as long as the cache; *is_new when the caller is to compute it. */
mtm_status mtmi_figure_cache_find(mtmi_figure_cache *cache, const mtmi_figure_key *key, mtmi_figure **out, int *is_new,
                                  mtm_error *err);
/* The texts of all extents, for every result. */
mtm_status mtmi_figure_cache_name(const mtmi_figure_cache *cache, mtm_results *results, mtm_error *err);
void mtmi_figure_cache_free(mtmi_figure_cache *cache);

#endif
