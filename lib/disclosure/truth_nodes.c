/* Puts every observation at its place: family, members, period. Observations of one place and figure are one node,
 * whichever file or release they came in. */
#include "disclosure/truth_nodes.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

void mtmi_truth_nodes_clear(mtmi_truth_nodes *nodes) {
    for (size_t i = 0; i < nodes->n_texts; i++) {
        mtmi_memory_free(nodes->texts[i]);
    }
    mtmi_map_free(&nodes->families);
    mtmi_map_free(&nodes->dimensions);
    mtmi_map_free(&nodes->places_known);
    mtmi_map_free(&nodes->texts_known);
    mtmi_memory_free(nodes->places);
    mtmi_memory_free(nodes->nodes);
    mtmi_memory_free(nodes->node_of);
    mtmi_memory_free(nodes->has_negative);
    mtmi_memory_free(nodes->links);
    mtmi_memory_free(nodes->parts);
    mtmi_memory_free(nodes->texts);
    memset(nodes, 0, sizeof *nodes);
}

/* The place's own copy of a cell's text, each text once. */
static const char *keep_text(mtmi_truth_nodes *nodes, const char *cell) {
    void *table = nodes->texts;
    uint32_t at = mtmi_map_add(&nodes->texts_known, cell, strlen(cell));
    if (at == MTMI_MAP_NONE || at < nodes->n_texts) {
        return at == MTMI_MAP_NONE ? NULL : nodes->texts[at];
    }
    if (!mtmi_memory_reserve(&table, &nodes->texts_capacity, nodes->n_texts + 1, sizeof *nodes->texts)) {
        return NULL;
    }
    nodes->texts = table;
    nodes->texts[nodes->n_texts] = mtmi_memory_copy_text(cell);
    return nodes->texts[nodes->n_texts] != NULL ? nodes->texts[nodes->n_texts++] : NULL;
}

/* Dimensions beyond the 64th are not told apart: their cells then have the same bits, and are linked by less. */
static int read_dimensions(mtmi_truth_nodes *nodes, mtmi_truth_place *place) {
    for (const char *at = place->cell; *at != '\0';) {
        size_t name = strcspn(at, "="), part = strcspn(at, "|");
        uint32_t dimension = mtmi_map_add(&nodes->dimensions, at, name);
        if (dimension == MTMI_MAP_NONE) {
            return 0;
        }
        const uint64_t bit = (uint64_t)1 << (dimension & 63);
        place->dimensions |= bit;
        place->grouped |= name + 1 < part && at[name + 1] == '*' ? bit : 0;
        at += part + (at[part] != '\0');
    }
    place->is_group = place->grouped != 0;
    return 1;
}

uint32_t mtmi_truth_place_find(mtmi_truth_nodes *nodes, uint32_t family, const char *cell, mtm_period period) {
    const char *text = keep_text(nodes, cell);
    const struct {
        const char *cell;
        uint64_t family;
        mtm_period period;
    } key = {text, family, period};
    void *table = nodes->places;
    uint32_t at = text != NULL ? mtmi_map_add(&nodes->places_known, &key, sizeof key) : MTMI_MAP_NONE;
    if (at == MTMI_MAP_NONE || at < nodes->n_places) {
        return at == MTMI_MAP_NONE ? MTMI_NO_NODE : at;
    }
    if (!mtmi_memory_reserve(&table, &nodes->places_capacity, nodes->n_places + 1, sizeof *nodes->places)) {
        return MTMI_NO_NODE;
    }
    nodes->places = table;
    mtmi_truth_place *place = &nodes->places[nodes->n_places++];
    *place = (mtmi_truth_place){text, family, 0, 0, 0, period, MTMI_NO_NODE};
    return read_dimensions(nodes, place) ? at : MTMI_NO_NODE;
}

uint32_t mtmi_truth_node_add(mtmi_truth_nodes *nodes, uint32_t at, const mtmi_truth_node *like) {
    void *table = nodes->nodes;
    for (uint32_t i = nodes->places[at].first_node; i != MTMI_NO_NODE; i = nodes->nodes[i].next) {
        mtmi_truth_node *node = &nodes->nodes[i];
        if (node->value == like->value) {
            node->release = like->release.last > node->release.last ? like->release : node->release;
            node->persons |= like->persons;
            return i;
        }
    }
    if (!mtmi_memory_reserve(&table, &nodes->nodes_capacity, nodes->n_nodes + 1, sizeof *nodes->nodes)) {
        return MTMI_NO_NODE;
    }
    nodes->nodes = table;
    nodes->nodes[nodes->n_nodes] = *like;
    nodes->nodes[nodes->n_nodes].place = at;
    nodes->nodes[nodes->n_nodes].next = nodes->places[at].first_node;
    nodes->places[at].first_node = (uint32_t)nodes->n_nodes;
    return (uint32_t)nodes->n_nodes++;
}

static int64_t rescaled(const mtmi_truth_nodes *nodes, int64_t units, int decimals) {
    mtmi_wide wide = mtmi_decimal_rescale(units, decimals, nodes->decimals);
    return wide > INT64_MAX / 4 ? INT64_MAX / 4 : wide < -(INT64_MAX / 4) ? -(INT64_MAX / 4) : (int64_t)wide;
}

mtmi_contribution mtmi_truth_contribution(const mtmi_truth_nodes *nodes, const mtmi_observed *observed) {
    return (mtmi_contribution){observed->by.contributors, rescaled(nodes, observed->by.largest, observed->decimals),
                               rescaled(nodes, observed->by.second, observed->decimals)};
}

static int place_observed(mtmi_truth_nodes *nodes, size_t i) {
    const mtmi_observed *observed = &nodes->evidence->observed[i];
    uint32_t family = mtmi_map_add(&nodes->families, observed->family, strlen(observed->family));
    uint32_t place =
        family != MTMI_MAP_NONE ? mtmi_truth_place_find(nodes, family, observed->cell, observed->period) : MTMI_NO_NODE;
    if (place == MTMI_NO_NODE) {
        return 0;
    }
    const mtmi_truth_node like = {place,
                                  MTMI_NO_NODE,
                                  rescaled(nodes, observed->units, observed->decimals),
                                  observed->release,
                                  observed->loose,
                                  observed->is_flow,
                                  observed->persons,
                                  observed->amount,
                                  mtmi_truth_contribution(nodes, observed)};
    nodes->node_of[i] = mtmi_truth_node_add(nodes, place, &like);
    nodes->has_negative[family] |= like.value < 0;
    return nodes->node_of[i] != MTMI_NO_NODE;
}

mtm_status mtmi_truth_nodes_build(mtmi_truth_nodes *nodes, const mtmi_evidence *evidence, mtm_error *err) {
    nodes->evidence = evidence;
    nodes->node_of = mtmi_memory_new(evidence->n_observed + 1, sizeof *nodes->node_of);
    nodes->has_negative = mtmi_memory_new(evidence->n_observed + 1, 1);
    if (nodes->node_of == NULL || nodes->has_negative == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < evidence->n_observed; i++) {
        int decimals = evidence->observed[i].decimals;
        nodes->decimals = decimals > nodes->decimals ? decimals : nodes->decimals;
    }
    for (size_t i = 0; i < evidence->n_observed; i++) {
        if (!place_observed(nodes, i)) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}
