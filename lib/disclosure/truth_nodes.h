/* The observations behind confidential numbers, each once, and how they include one another. */
#ifndef MTMI_DISCLOSURE_TRUTH_NODES_H
#define MTMI_DISCLOSURE_TRUTH_NODES_H

#include "indicator/evidence.h"

#define MTMI_NO_NODE UINT32_MAX

/* A place in the data: family, members, period. Vintages with different figures are several nodes of one place. */
typedef struct mtmi_truth_place {
    const char *cell; /* as of mtmi_observed */
    uint32_t family;
    uint64_t dimensions;    /* in which it is a part, one a bit */
    uint64_t grouped;       /* in which its member is a country group, one a bit */
    unsigned char is_group; /* in some */
    mtm_period period;
    uint32_t first_node; /* MTMI_NO_NODE for none */
} mtmi_truth_place;

typedef struct mtmi_truth_node {
    uint32_t place, next; /* next: of the same place */
    int64_t value;        /* in units of 10^-decimals of the whole space */
    mtm_period release;
    unsigned char loose, is_flow, persons, amount;
    mtmi_contribution by; /* at the decimals of the whole space */
} mtmi_truth_node;

/* whole = the parts + a rest that is not below 0. */
typedef struct mtmi_truth_link {
    uint32_t whole;
    size_t first, n; /* into parts */
    int64_t rest;
    int is_known; /* 1: known of the whole, and not what it is written as */
} mtmi_truth_link;

typedef struct mtmi_truth_nodes {
    const mtmi_evidence *evidence;
    int decimals;
    mtmi_map families, dimensions, places_known, texts_known;
    mtmi_truth_place *places;
    mtmi_truth_node *nodes;
    uint32_t *node_of;           /* by observation */
    unsigned char *has_negative; /* by family: balances, which add up to nothing here */
    mtmi_truth_link *links;      /* of a node that is a whole several times, the first is the finest */
    uint32_t *parts;
    char **texts; /* owned cells of places that no observation has */
    size_t n_places, places_capacity, n_nodes, nodes_capacity, n_links, links_capacity, n_parts, parts_capacity,
        n_texts, texts_capacity;
} mtmi_truth_nodes;

mtm_status mtmi_truth_nodes_build(mtmi_truth_nodes *nodes, const mtmi_evidence *evidence, mtm_error *err);
void mtmi_truth_nodes_clear(mtmi_truth_nodes *nodes);
/* In truth_links.c: fills links. */
mtm_status mtmi_truth_links_build(mtmi_truth_nodes *nodes, mtm_error *err);
/* The place of members and period; made where there is none. MTMI_NO_NODE when memory ran out. */
uint32_t mtmi_truth_place_find(mtmi_truth_nodes *nodes, uint32_t family, const char *cell, mtm_period period);
/* At the decimals of the whole space. */
mtmi_contribution mtmi_truth_contribution(const mtmi_truth_nodes *nodes, const mtmi_observed *observed);
/* A node at a place; MTMI_NO_NODE when memory ran out. */
uint32_t mtmi_truth_node_add(mtmi_truth_nodes *nodes, uint32_t place, const mtmi_truth_node *like);

#endif
