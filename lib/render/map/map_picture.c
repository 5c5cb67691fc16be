/* Draws boundaries: each area one path, its places whole numbers on a grid as wide as the picture. Places that fall on one
 * point of the grid, or on one line, are drawn once: neighbours are simplified alike, so that no gap opens between them. */
#include "render/map/map_picture.h"

#include "base/heap_sort.h"
#include "base/memory.h"
#include "geo/projection.h"
#include "render/unstyled.h"
#include "render/escape.h"
#include "render/map/canvas.h"

#include <string.h>

typedef struct drawing {
    mtmi_buffer *out;
    const mtmi_area_map *map;
    mtmi_canvas canvas;
    uint32_t *order; /* of the map's areas, by code */
} drawing;

/* ---- what an area of the boundaries is ---- */

static int compare_codes(const void *context, uint32_t a, uint32_t b) {
    const mtmi_area_map *map = context;
    int order = strcmp(map->areas[a].code, map->areas[b].code);
    return order != 0 ? order : (a > b) - (a < b);
}

/* What the map says of a code; NULL for nothing. */
static const mtmi_map_area *find(const drawing *d, const char *code) {
    size_t low = 0, high = code[0] != '\0' ? d->map->n_areas : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(d->map->areas[d->order[middle]].code, code);
        if (order == 0) {
            return &d->map->areas[d->order[middle]];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

static int is_home(const drawing *d, const char *code) {
    return d->map->home != NULL && strcmp(code, d->map->home) == 0;
}

/* ---- areas ---- */

static const char *const names[MTMI_MAP_CLASSES] = {"c0", "c1", "c2", "c3", "c4"};

static void put_look(const drawing *d, const mtmi_map_area *area) {
    mtmi_map_mark mark = area != NULL ? area->mark : d->map->others;
    int class = area != NULL && area->class >= 0 && area->class < MTMI_MAP_CLASSES ? area->class : 0;
    switch (mark) {
    case MTMI_MAP_CLASS:
        mtmi_buffer_format(d->out, " class=\"%s\" fill=\"%s\"" MTMI_PLAIN_COAST, names[class],
                           mtmi_plain_classes[class]);
        break;
    case MTMI_MAP_UNCOVERED:
        mtmi_buffer_format(d->out, " class=\"land\" fill=\"url(#%s-h)\"" MTMI_PLAIN_COAST, d->map->id);
        break;
    case MTMI_MAP_WITHHELD:
        mtmi_buffer_format(d->out, " class=\"land\" fill=\"url(#%s-w)\"" MTMI_PLAIN_COAST, d->map->id);
        break;
    case MTMI_MAP_PLAIN:
    default: mtmi_buffer_text(d->out, " class=\"land plain\"" MTMI_PLAIN_LAND); break;
    }
}

static void end_shape(const drawing *d, const char *tag, const mtmi_map_area *area) {
    if (area == NULL || area->text == NULL) {
        mtmi_buffer_text(d->out, "/>\n");
        return;
    }
    mtmi_buffer_text(d->out, "><title>");
    mtmi_escape_html(d->out, area->text);
    mtmi_buffer_format(d->out, "</title></%s>\n", tag);
}

/* An area too small to be seen is a dot, where something is known of it. */
static void put_area(drawing *d, const mtmi_geo_area *area) {
    const mtmi_map_area *said = find(d, area->code);
    mtmi_buffer path = MTMI_BUFFER_INIT;
    mtmi_canvas_outline(&d->canvas, area, &path);
    if (path.size > 0) {
        mtmi_buffer_text(d->out, "<path");
        put_look(d, said);
        mtmi_buffer_format(d->out, " d=\"%s\"", path.data);
        end_shape(d, "path", said);
    }
    mtmi_canvas_spot spot = mtmi_canvas_middle(&d->canvas, area);
    if (said != NULL && said->mark != MTMI_MAP_PLAIN && spot.has && mtmi_canvas_is_small(&d->canvas, area)) {
        mtmi_buffer_text(d->out, "<circle");
        put_look(d, said);
        mtmi_buffer_format(d->out, " cx=\"%d\" cy=\"%d\" r=\"%d\"", (int)spot.x, (int)spot.y, MTMI_CANVAS_DOT);
        end_shape(d, "circle", said);
    }
    d->out->failed |= path.failed;
    mtmi_buffer_free(&path);
}

static void put_home(drawing *d) {
    for (size_t i = 0; i < d->map->geo->n_areas; i++) {
        if (is_home(d, d->map->geo->areas[i].code)) {
            mtmi_buffer path = MTMI_BUFFER_INIT;
            mtmi_canvas_outline(&d->canvas, &d->map->geo->areas[i], &path);
            if (path.size > 0) {
                mtmi_buffer_format(d->out, "<path class=\"home\"" MTMI_PLAIN_LINE " stroke-width=\"3\" d=\"%s\"/>\n",
                                   path.data);
            }
            d->out->failed |= path.failed;
            mtmi_buffer_free(&path);
        }
    }
}

/* ---- lines ---- */

static mtmi_canvas_spot spot_of(const drawing *d, const char *code) {
    for (size_t i = 0; i < d->map->geo->n_areas; i++) {
        if (strcmp(d->map->geo->areas[i].code, code) == 0) {
            return mtmi_canvas_middle(&d->canvas, &d->map->geo->areas[i]);
        }
    }
    return (mtmi_canvas_spot){0, 0, 0};
}

/* A bow, so that there and back are two lines; its width from 1 to 12 units. */
static void put_line(const drawing *d, const mtmi_map_line *line) {
    mtmi_canvas_spot from = spot_of(d, line->from), to = spot_of(d, line->to);
    if (!from.has || !to.has || (from.x == to.x && from.y == to.y)) {
        return;
    }
    int64_t bend_x = (from.x + to.x) / 2 + (to.y - from.y) / 6, bend_y = (from.y + to.y) / 2 - (to.x - from.x) / 6;
    int64_t tenths = 10 + (line->width > 0 && line->width <= 10000 ? line->width : 0) * 110 / 10000;
    mtmi_buffer_format(d->out,
                       "<path class=\"flow\"" MTMI_PLAIN_LINE " d=\"M%d %dQ%d %d %d %d\" stroke-width=\"%d.%d\"/>\n",
                       (int)from.x, (int)from.y, (int)bend_x, (int)bend_y, (int)to.x, (int)to.y, (int)(tenths / 10),
                       (int)(tenths % 10));
    mtmi_buffer_format(d->out, "<circle class=\"end\"" MTMI_PLAIN_MARKED " cx=\"%d\" cy=\"%d\" r=\"5\"/>\n", (int)to.x,
                       (int)to.y);
}

/* ---- the picture ---- */

/* The window holds every area of which something is known, and home. */
static void choose_window(drawing *d) {
    for (size_t i = 0; i < d->map->geo->n_areas; i++) {
        const mtmi_geo_area *area = &d->map->geo->areas[i];
        const mtmi_map_area *said = find(d, area->code);
        if (is_home(d, area->code) || (said != NULL && said->mark != MTMI_MAP_PLAIN)) {
            mtmi_canvas_hold(&d->canvas, area);
        }
    }
    mtmi_canvas_fix(&d->canvas);
}

static void begin(const drawing *d) {
    const mtmi_area_map *map = d->map;
    mtmi_buffer_format(d->out,
                       "<svg class=\"map\" role=\"img\" aria-labelledby=\"%s-t %s-d\" viewBox=\"0 0 %d %d\" "
                       "width=\"100%%\">\n<title id=\"%s-t\">",
                       map->id, map->id, MTMI_CANVAS_WIDTH, (int)d->canvas.height, map->id);
    mtmi_escape_html(d->out, map->title);
    mtmi_buffer_format(d->out, "</title>\n<desc id=\"%s-d\">", map->id);
    mtmi_escape_html(d->out, map->description);
    mtmi_buffer_format(d->out,
                       "</desc>\n<defs><pattern id=\"%s-h\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
                       "patternTransform=\"rotate(45)\"><line class=\"hatch\" y2=\"8\"" MTMI_PLAIN_HATCH "/></pattern>"
                       "<pattern id=\"%s-w\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\">"
                       "<path class=\"cross\"" MTMI_PLAIN_LINE " d=\"M0 0L9 9M9 0L0 9\"/></pattern></defs>\n",
                       map->id, map->id);
}

void mtmi_map_svg(mtmi_buffer *out, const mtmi_area_map *map) {
    drawing d = {out, map, {0}, NULL};
    d.order = mtmi_order_new(map->n_areas, compare_codes, map);
    if (d.order == NULL || !mtmi_canvas_begin(&d.canvas, map->geo)) {
        out->failed = 1;
    } else {
        choose_window(&d);
        begin(&d);
        for (size_t i = 0; i < map->geo->n_areas; i++) {
            put_area(&d, &map->geo->areas[i]);
        }
        put_home(&d);
        for (size_t i = 0; i < map->n_lines; i++) {
            put_line(&d, &map->lines[i]);
        }
        mtmi_buffer_text(out, "</svg>\n");
    }
    mtmi_canvas_end(&d.canvas);
    mtmi_memory_free(d.order);
}

size_t mtmi_map_count(const mtmi_geo *geo, const mtmi_map_area *areas, size_t n) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < geo->n_areas; k++) {
            if (strcmp(geo->areas[k].code, areas[i].code) == 0) {
                found++;
                break;
            }
        }
    }
    return found;
}
