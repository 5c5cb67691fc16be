/* What a data package says of itself for the head of a report, and the boundaries for its maps. Knows no figures. */
#ifndef MTMI_DATA_PACKAGE_FRONT_MATTER_H
#define MTMI_DATA_PACKAGE_FRONT_MATTER_H

#include "data/boundaries.h"
#include "data/dataset.h"

typedef struct mtmi_front_matter {
    mtmi_titles introduction; /* paragraphs, in the subset of Markdown that render/prose.h reads */
    mtmi_titles contact;      /* whom to ask: a name, an address */
    mtm_period next_release;  /* where has_next_release */
    int has_next_release;
    mtmi_boundaries boundaries;
} mtmi_front_matter;

int mtmi_front_matter_copy(const mtmi_front_matter *from, mtmi_front_matter *to); /* as mtmi_titles_copy */
void mtmi_front_matter_free(mtmi_front_matter *front);

#endif
