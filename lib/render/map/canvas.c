/* Projects boundaries once, finds the window, and writes paths in its grid. */
#include "render/map/canvas.h"

#include "base/memory.h"

static void hold_point(mtmi_canvas_box *box, mtmi_geo_point at) {
    if (!box->has) {
        *box = (mtmi_canvas_box){at.x, at.x, at.y, at.y, 1};
        return;
    }
    box->west = at.x < box->west ? at.x : box->west;
    box->east = at.x > box->east ? at.x : box->east;
    box->south = at.y < box->south ? at.y : box->south;
    box->north = at.y > box->north ? at.y : box->north;
}

static mtmi_canvas_box box_of(const mtmi_canvas *canvas, const mtmi_geo_ring *ring) {
    mtmi_canvas_box box = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < ring->n; i++) {
        hold_point(&box, canvas->points[ring->first + i]);
    }
    return box;
}

int mtmi_canvas_begin(mtmi_canvas *canvas, const mtmi_geo *geo) {
    mtmi_geo_projection projection = mtmi_geo_projection_for(geo);
    *canvas = (mtmi_canvas){geo, mtmi_memory_new(geo->n_points, sizeof(mtmi_geo_point)), {0}, {0}, 0};
    for (size_t i = 0; canvas->points != NULL && i < geo->n_points; i++) {
        canvas->points[i] = mtmi_geo_project(&projection, geo->points[i]);
        hold_point(&canvas->whole, canvas->points[i]);
    }
    return canvas->points != NULL;
}

void mtmi_canvas_end(mtmi_canvas *canvas) {
    mtmi_memory_free(canvas->points);
    canvas->points = NULL;
}

/* The ring whose box is largest; NULL for an area without rings. */
static const mtmi_geo_ring *largest_ring(const mtmi_canvas *canvas, const mtmi_geo_area *area) {
    const mtmi_geo_ring *largest = NULL;
    int64_t most = -1;
    for (size_t i = 0; i < area->n; i++) {
        const mtmi_geo_ring *ring = &canvas->geo->rings[area->first + i];
        mtmi_canvas_box box = box_of(canvas, ring);
        int64_t size = ((box.east - box.west) >> 8) * ((box.north - box.south) >> 8);
        largest = size > most ? ring : largest;
        most = size > most ? size : most;
    }
    return largest;
}

void mtmi_canvas_hold(mtmi_canvas *canvas, const mtmi_geo_area *area) {
    const mtmi_geo_ring *ring = largest_ring(canvas, area);
    for (size_t i = 0; ring != NULL && i < ring->n; i++) {
        hold_point(&canvas->window, canvas->points[ring->first + i]);
    }
}

static void widen(int64_t *low, int64_t *high, int64_t least, int64_t from, int64_t to) {
    int64_t lacking = least - (*high - *low);
    if (lacking > 0) {
        *low -= lacking / 2;
        *high += lacking - lacking / 2;
    }
    if (*low < from && *high - *low <= to - from) { /* moves back onto the map */
        *high += from - *low;
        *low = from;
    } else if (*high > to && *high - *low <= to - from) {
        *low -= *high - to;
        *high = to;
    }
}

void mtmi_canvas_fix(mtmi_canvas *canvas) {
    mtmi_canvas_box *w = &canvas->window;
    const mtmi_canvas_box *all = &canvas->whole;
    *w = w->has ? *w : *all;
    int64_t margin = (w->east - w->west + w->north - w->south) / 40 + 1;
    w->west -= margin;
    w->east += margin;
    w->south -= margin;
    w->north += margin;
    int64_t across = all->east - all->west, along = all->north - all->south;
    widen(&w->west, &w->east, (across > along ? across : along) / 3, all->west - margin, all->east + margin);
    widen(&w->west, &w->east, w->north - w->south, all->west - margin, all->east + margin);
    widen(&w->south, &w->north, (w->east - w->west) * 2 / 5, all->south - margin, all->north + margin);
    canvas->height = (w->north - w->south) * MTMI_CANVAS_WIDTH / (w->east - w->west);
}

static mtmi_canvas_spot place(const mtmi_canvas *canvas, mtmi_geo_point at) {
    const mtmi_canvas_box *w = &canvas->window;
    int64_t width = w->east - w->west;
    int64_t x = (at.x - w->west) * MTMI_CANVAS_WIDTH, y = (w->north - at.y) * MTMI_CANVAS_WIDTH;
    return (mtmi_canvas_spot){(x + (x < 0 ? -width : width) / 2) / width, (y + (y < 0 ? -width : width) / 2) / width,
                              1};
}

static int meets(const mtmi_canvas_box *a, const mtmi_canvas_box *b) {
    return a->west <= b->east && a->east >= b->west && a->south <= b->north && a->north >= b->south;
}

/* Steps of the pen: those in one direction are one. */
typedef struct pen {
    mtmi_buffer *out;
    mtmi_canvas_spot at; /* where the step that waits begins */
    int64_t dx, dy;      /* it; both 0: none waits */
    size_t steps;
} pen;

static void put_step(pen *p) {
    if (p->dx == 0 && p->dy == 0) {
        return;
    }
    mtmi_buffer_format(p->out, p->steps == 0 ? "l%d %d" : p->dx < 0 ? "%d %d" : " %d %d", (int)p->dx, (int)p->dy);
    p->at.x += p->dx;
    p->at.y += p->dy;
    p->dx = p->dy = 0;
    p->steps++;
}

static void go(pen *p, mtmi_canvas_spot to) {
    int64_t dx = to.x - p->at.x - p->dx, dy = to.y - p->at.y - p->dy;
    if (dx * p->dy != dy * p->dx || dx * p->dx + dy * p->dy < 0) {
        put_step(p);
    }
    p->dx += dx;
    p->dy += dy;
}

static void put_ring(const mtmi_canvas *canvas, const mtmi_geo_ring *ring, mtmi_buffer *out) {
    pen p = {out, place(canvas, canvas->points[ring->first]), 0, 0, 0};
    size_t start = out->size;
    mtmi_buffer_format(out, "M%d %d", (int)p.at.x, (int)p.at.y);
    for (size_t i = 1; i < ring->n; i++) {
        go(&p, place(canvas, canvas->points[ring->first + i]));
    }
    put_step(&p);
    if (p.steps < 2 && !out->failed) { /* less than a point of the grid */
        out->size = start;
        out->data[start] = '\0';
    } else {
        mtmi_buffer_char(out, 'z');
    }
}

void mtmi_canvas_outline(const mtmi_canvas *canvas, const mtmi_geo_area *area, mtmi_buffer *out) {
    for (size_t i = 0; i < area->n; i++) {
        const mtmi_geo_ring *ring = &canvas->geo->rings[area->first + i];
        mtmi_canvas_box box = box_of(canvas, ring);
        if (meets(&box, &canvas->window)) {
            put_ring(canvas, ring, out);
        }
    }
}

/* The centre of gravity of a ring, by whole numbers; of one without extent its first place. */
static mtmi_canvas_spot centre(const mtmi_canvas *canvas, const mtmi_geo_ring *ring) {
    mtmi_canvas_spot first = place(canvas, canvas->points[ring->first]), last = first;
    int64_t twice = 0, x = 0, y = 0;
    for (size_t i = 1; i <= ring->n; i++) {
        mtmi_canvas_spot next = place(canvas, canvas->points[ring->first + i % ring->n]);
        int64_t ax = last.x - first.x, ay = last.y - first.y, bx = next.x - first.x, by = next.y - first.y;
        int64_t cross = ax * by - bx * ay;
        twice += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
        last = next;
    }
    return twice == 0 ? first : (mtmi_canvas_spot){first.x + x / (3 * twice), first.y + y / (3 * twice), 1};
}

mtmi_canvas_spot mtmi_canvas_middle(const mtmi_canvas *canvas, const mtmi_geo_area *area) {
    const mtmi_geo_ring *ring = largest_ring(canvas, area);
    if (ring == NULL) {
        return (mtmi_canvas_spot){0, 0, 0};
    }
    mtmi_canvas_spot spot = centre(canvas, ring);
    spot.has = spot.x >= 0 && spot.x <= MTMI_CANVAS_WIDTH && spot.y >= 0 && spot.y <= canvas->height;
    return spot;
}

int mtmi_canvas_is_small(const mtmi_canvas *canvas, const mtmi_geo_area *area) {
    const mtmi_geo_ring *ring = largest_ring(canvas, area);
    if (ring == NULL) {
        return 0;
    }
    mtmi_canvas_box box = box_of(canvas, ring);
    int64_t width = canvas->window.east - canvas->window.west, least = width / MTMI_CANVAS_WIDTH * MTMI_CANVAS_DOT;
    return box.east - box.west < least && box.north - box.south < least;
}
