/* Extents by number and by text, their days apart: two that differ in nothing else have one number. */
#ifndef MTMI_COVERAGE_EXTENT_NAMES_H
#define MTMI_COVERAGE_EXTENT_NAMES_H

#include "coverage/extent.h"

typedef struct mtmi_extent_names {
    mtmi_map shapes;  /* measure, boxes and lengths of spans */
    uint32_t *number; /* by shape: of the text */
    size_t capacity;
    mtmi_map texts;
} mtmi_extent_names;

/* The number of an extent; MTMI_MAP_NONE when memory ran out. Its text: "all"; "citizenship=CHN|UZB"; boxes of several
 * dimensions are separated by "; ", the parts of a period that differ, in the order of time, by " / ". */
uint32_t mtmi_extent_names_add(mtmi_extent_names *names, const mtmi_extent *extent, const mtmi_boxes *boxes);
/* Of a text that was made elsewhere. */
uint32_t mtmi_extent_names_add_text(mtmi_extent_names *names, const char *text);
void mtmi_extent_names_free(mtmi_extent_names *names);

#endif
