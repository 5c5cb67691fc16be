/* Maps as inline SVG without script. What an area is known by is its mark: never by colour alone, for a key and a table
 * stand beside every map. Knows codes and marks, no indicators. */
#ifndef MTMI_RENDER_MAP_MAP_PICTURE_H
#define MTMI_RENDER_MAP_MAP_PICTURE_H

#include "base/buffer.h"
#include "geo/geo.h"

#include <mtm/decimal.h>

#define MTMI_MAP_CLASSES 5

typedef enum mtmi_map_mark {
    MTMI_MAP_CLASS = 0, /* it has a figure */
    MTMI_MAP_PLAIN,     /* it has none of its own: it is part of a remainder */
    MTMI_MAP_UNCOVERED, /* nobody asked there: hatched */
    MTMI_MAP_WITHHELD   /* its figure is withheld: crossed */
} mtmi_map_mark;

enum { MTMI_MAP_MARKS = MTMI_MAP_WITHHELD + 1 };

typedef struct mtmi_map_area {
    const char *code; /* as the boundaries have it */
    const char *text; /* shown when a pointer rests on it: "Uzbekistan: 1,598,656"; NULL for none */
    mtmi_map_mark mark;
    int class; /* of MTMI_MAP_CLASS: 0, the least, to MTMI_MAP_CLASSES - 1 */
} mtmi_map_area;

/* From one area to another; what is not on the map is not drawn. */
typedef struct mtmi_map_line {
    const char *from, *to;
    int64_t width; /* in ten thousandths of the widest */
} mtmi_map_line;

typedef struct mtmi_area_map {
    const char *id;          /* unique on the page; letters, digits, hyphens */
    const char *title;       /* what a screen reader says first */
    const char *description; /* the picture in a sentence, with its figures */
    const mtmi_geo *geo;
    const mtmi_map_area *areas;
    size_t n_areas;
    const mtmi_map_line *lines;
    size_t n_lines;
    const char *home;     /* an area that is outlined; NULL for none */
    mtmi_map_mark others; /* of areas of the boundaries that `areas` does not name */
} mtmi_area_map;

/* The part of the boundaries that holds what is marked, in an equal-area projection (geo/projection.h). */
void mtmi_map_svg(mtmi_buffer *out, const mtmi_area_map *map);

/* How many areas of the list the boundaries have. */
size_t mtmi_map_count(const mtmi_geo *geo, const mtmi_map_area *areas, size_t n);

/* Classes by quantile: each holds as many of the values as the others, as far as equal values stay together. classes: a
 * place a value. Returns how many classes there are, at most `most`; 0 without memory or values. */
size_t mtmi_map_classify(const mtm_decimal *values, size_t n, size_t most, int *classes);

#endif
