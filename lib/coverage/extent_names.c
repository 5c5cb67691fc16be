/* Numbers the extents of results and writes them as texts. Invariant: the text of an extent does not depend on the
 * order in which its boxes came, so that equal extents have one number. */
#include "coverage/extent_names.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/sort.h"
#include "period/period.h"

#include <string.h>

void mtmi_extent_names_free(mtmi_extent_names *names) {
    mtmi_map_free(&names->shapes);
    mtmi_map_free(&names->texts);
    mtmi_memory_free(names->number);
    memset(names, 0, sizeof *names);
}

/* ---- text ---- */

static int by_text(const void *context, const void *a, const void *b) {
    const mtmi_boxes *boxes = context;
    size_t left, right;
    const unsigned char *x = mtmi_map_key(&boxes->texts, *(const uint32_t *)a, &left);
    const unsigned char *y = mtmi_map_key(&boxes->texts, *(const uint32_t *)b, &right);
    int by = memcmp(x, y, left < right ? left : right);
    return by != 0 ? by : (left > right) - (left < right);
}

static void write_span(const mtmi_span *span, const uint32_t *sorted, const mtmi_boxes *boxes, mtmi_buffer *out) {
    const char *dimension = NULL;
    for (size_t i = 0; i < span->n; i++) {
        dimension = mtmi_boxes_write(boxes, sorted[i], dimension, out);
    }
}

static int write_extent(const mtmi_extent *extent, const mtmi_boxes *boxes, mtmi_buffer *out) {
    int whole = 1;
    for (size_t i = 0; i < extent->n && whole; i++) {
        const mtmi_span *span = &extent->span[i];
        uint32_t *sorted = mtmi_memory_new(span->n + 1, sizeof *sorted);
        whole = sorted != NULL;
        if (whole) {
            memcpy(sorted, span->box, span->n * sizeof *sorted);
            whole = mtmi_sort(sorted, span->n, sizeof *sorted, by_text, boxes);
            mtmi_buffer_text(out, i > 0 ? " / " : "");
            write_span(span, sorted, boxes, out);
        }
        mtmi_memory_free(sorted);
    }
    return whole && !out->failed;
}

/* ---- numbers ---- */

/* A length of months is told from one of days by its sign. */
static int32_t length_of(mtm_period days) {
    const int months = mtmi_period_months(days);
    return months > 0 ? -months : days.last - days.first + 1;
}

static uint32_t add_shape(mtmi_extent_names *names, const mtmi_extent *extent) {
    mtmi_buffer key = MTMI_BUFFER_INIT;
    mtmi_buffer_add(&key, (const char *)&extent->measure, sizeof extent->measure);
    for (size_t i = 0; i < extent->n; i++) {
        const mtmi_span *span = &extent->span[i];
        const int32_t length = extent->n > 1 ? length_of(span->days) : 0;
        mtmi_buffer_add(&key, (const char *)&length, sizeof length);
        mtmi_buffer_add(&key, (const char *)&span->n, sizeof span->n);
        mtmi_buffer_add(&key, (const char *)span->box, span->n * sizeof *span->box);
    }
    uint32_t shape = key.failed ? MTMI_MAP_NONE : mtmi_map_add(&names->shapes, key.data, key.size);
    mtmi_buffer_free(&key);
    return shape;
}

uint32_t mtmi_extent_names_add_text(mtmi_extent_names *names, const char *text) {
    return mtmi_map_add(&names->texts, text, strlen(text) + 1);
}

uint32_t mtmi_extent_names_add(mtmi_extent_names *names, const mtmi_extent *extent, const mtmi_boxes *boxes) {
    void *table = names->number;
    const size_t known = names->shapes.n;
    const uint32_t shape = add_shape(names, extent);
    if (shape == MTMI_MAP_NONE || shape < known) {
        return shape == MTMI_MAP_NONE ? shape : names->number[shape];
    }
    mtmi_buffer text = MTMI_BUFFER_INIT;
    uint32_t number = MTMI_MAP_NONE;
    if (mtmi_memory_reserve(&table, &names->capacity, names->shapes.n, sizeof *names->number)) {
        names->number = table;
        number = write_extent(extent, boxes, &text)
                     ? mtmi_extent_names_add_text(names, text.data != NULL ? text.data : "")
                     : MTMI_MAP_NONE;
        names->number[shape] = number;
    }
    mtmi_buffer_free(&text);
    if (number == MTMI_MAP_NONE) {
        mtmi_map_cut(&names->shapes, known); /* as if it had not come */
    }
    return number;
}
