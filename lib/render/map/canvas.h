/* Boundaries on a grid of whole numbers: which part of them is shown, and where each place lies in it. */
#ifndef MTMI_RENDER_MAP_CANVAS_H
#define MTMI_RENDER_MAP_CANVAS_H

#include "base/buffer.h"
#include "geo/projection.h"

#define MTMI_CANVAS_WIDTH 1000
#define MTMI_CANVAS_DOT 5 /* radius of an area too small to be seen */

typedef struct mtmi_canvas_box {
    int64_t west, east, south, north;
    int has;
} mtmi_canvas_box;

typedef struct mtmi_canvas {
    const mtmi_geo *geo;
    mtmi_geo_point *points; /* projected, as many as the boundaries have */
    mtmi_canvas_box whole, window;
    int64_t height;
} mtmi_canvas;

typedef struct mtmi_canvas_spot {
    int64_t x, y;
    int has; /* it lies in the window */
} mtmi_canvas_spot;

int mtmi_canvas_begin(mtmi_canvas *canvas, const mtmi_geo *geo); /* 0 without memory */
void mtmi_canvas_end(mtmi_canvas *canvas);
/* The window is to hold the largest part of the area. */
void mtmi_canvas_hold(mtmi_canvas *canvas, const mtmi_geo_area *area);
/* The window is complete: it gets a margin, and is no narrower than a third of the whole and no taller than wide. */
void mtmi_canvas_fix(mtmi_canvas *canvas);
/* The area's path in the window; nothing where no part of it is there, or it is smaller than a point of the grid. */
void mtmi_canvas_outline(const mtmi_canvas *canvas, const mtmi_geo_area *area, mtmi_buffer *out);
/* The middle of the area's largest part. */
mtmi_canvas_spot mtmi_canvas_middle(const mtmi_canvas *canvas, const mtmi_geo_area *area);
/* Whether its largest part is smaller than a dot. */
int mtmi_canvas_is_small(const mtmi_canvas *canvas, const mtmi_geo_area *area);

#endif
