/* Restrictions of dimensions to members, each kept once under a number. The text of a box is its pairs of dimension and
 * member, sorted by dimension; pairs and their halves end with bytes that no name has. */
#include "coverage/extent.h"

#include "base/memory.h"

#include <string.h>

enum { PAIRS_MAX = 16, HALF = 0x1E, WHOLE = 0x1F };

void mtmi_boxes_free(mtmi_boxes *boxes) {
    mtmi_map_free(&boxes->texts);
    mtmi_map_free(&boxes->shapes);
    mtmi_memory_free(boxes->shape);
    memset(boxes, 0, sizeof *boxes);
}

static uint32_t add_text(mtmi_boxes *boxes, const char *text, size_t length, const char *shape, size_t shape_length) {
    void *table = boxes->shape;
    uint32_t kind = mtmi_map_add(&boxes->shapes, shape, shape_length);
    uint32_t number = kind == MTMI_MAP_NONE ? MTMI_MAP_NONE : mtmi_map_add(&boxes->texts, text, length);
    if (number == MTMI_MAP_NONE ||
        !mtmi_memory_reserve(&table, &boxes->capacity, (size_t)number + 1, sizeof *boxes->shape)) {
        return MTMI_MAP_NONE;
    }
    boxes->shape = table;
    boxes->shape[number] = kind;
    return number;
}

static size_t append(char *text, size_t at, const char *part, char end) {
    size_t n = strlen(part);
    if (text != NULL) {
        memcpy(text + at, part, n);
        text[at + n] = end;
    }
    return at + n + 1;
}

/* The restriction after a name, in alphabetical order; n where there is none. */
static size_t next_restriction(const mtmi_restriction *restrictions, size_t n, const char *after) {
    size_t best = n;
    for (size_t i = 0; i < n; i++) {
        const char *name = restrictions[i].dimension;
        if ((after == NULL || strcmp(name, after) > 0) &&
            (best == n || strcmp(name, restrictions[best].dimension) < 0)) {
            best = i;
        }
    }
    return best;
}

/* Writes text and shape where they are not NULL; lengths always. */
static void write_box(const mtmi_restriction *restrictions, size_t n, char *text, size_t *length, char *shape,
                      size_t *shape_length) {
    const char *after = NULL;
    *length = *shape_length = 0;
    for (size_t i = next_restriction(restrictions, n, after); i < n; i = next_restriction(restrictions, n, after)) {
        after = restrictions[i].dimension;
        *length = append(text, *length, after, HALF);
        *length = append(text, *length, restrictions[i].member, WHOLE);
        *shape_length = append(shape, *shape_length, after, WHOLE);
    }
}

uint32_t mtmi_boxes_box(mtmi_boxes *boxes, const mtmi_restriction *restrictions, size_t n) {
    char few[512], few_shape[256];
    size_t length, shape_length;
    write_box(restrictions, n, NULL, &length, NULL, &shape_length);
    if (length <= sizeof few && shape_length <= sizeof few_shape) {
        write_box(restrictions, n, few, &length, few_shape, &shape_length);
        return add_text(boxes, few, length, few_shape, shape_length);
    }
    char *text = mtmi_memory_new(length + shape_length, 1);
    uint32_t number = MTMI_MAP_NONE;
    if (text != NULL) {
        write_box(restrictions, n, text, &length, text + length, &shape_length);
        number = add_text(boxes, text, length, text + length, shape_length);
    }
    mtmi_memory_free(text);
    return number;
}

uint32_t mtmi_boxes_measure(mtmi_boxes *boxes, const char *text) {
    const char shape = HALF; /* of no box */
    return add_text(boxes, text, strlen(text) + 1, &shape, 1);
}

/* ---- reading them again ---- */

typedef struct pair {
    const char *dimension, *member;
    size_t dimension_length, member_length;
} pair;

static size_t list_pairs(const mtmi_boxes *boxes, uint32_t box, pair pairs[PAIRS_MAX]) {
    size_t length, n = 0, at = 0;
    const char *text = (const char *)mtmi_map_key(&boxes->texts, box, &length);
    while (at < length && n < PAIRS_MAX) {
        const char *half = memchr(text + at, HALF, length - at);
        const char *end = half != NULL ? memchr(half, WHOLE, length - (size_t)(half - text)) : NULL;
        if (end == NULL) {
            break;
        }
        pairs[n++] = (pair){text + at, half + 1, (size_t)(half - (text + at)), (size_t)(end - half - 1)};
        at = (size_t)(end - text) + 1;
    }
    return n;
}

static int same_dimension(const pair *a, const pair *b) {
    return a->dimension_length == b->dimension_length && memcmp(a->dimension, b->dimension, a->dimension_length) == 0;
}

static int same_member(const pair *a, const pair *b) {
    return a->member_length == b->member_length && memcmp(a->member, b->member, a->member_length) == 0;
}

static const pair *find_dimension(const pair *pairs, size_t n, const pair *like) {
    for (size_t i = 0; i < n; i++) {
        if (same_dimension(&pairs[i], like)) {
            return &pairs[i];
        }
    }
    return NULL;
}

int mtmi_boxes_cover(const mtmi_boxes *boxes, uint32_t a, uint32_t b) {
    pair of_a[PAIRS_MAX], of_b[PAIRS_MAX];
    if (a == b || boxes->shape[a] == boxes->shape[b]) {
        return a == b;
    }
    size_t n_a = list_pairs(boxes, a, of_a), n_b = list_pairs(boxes, b, of_b);
    for (size_t i = 0; i < n_a; i++) {
        const pair *other = find_dimension(of_b, n_b, &of_a[i]);
        if (other == NULL || !same_member(&of_a[i], other)) {
            return 0;
        }
    }
    return 1;
}

int mtmi_boxes_are_apart(const mtmi_boxes *boxes, uint32_t a, uint32_t b) {
    pair of_a[PAIRS_MAX], of_b[PAIRS_MAX];
    if (a == b || boxes->shape[a] == boxes->shape[b]) {
        return a != b;
    }
    size_t n_a = list_pairs(boxes, a, of_a), n_b = list_pairs(boxes, b, of_b);
    for (size_t i = 0; i < n_a; i++) {
        const pair *other = find_dimension(of_b, n_b, &of_a[i]);
        if (other != NULL && !same_member(&of_a[i], other)) {
            return 1;
        }
    }
    return 0;
}

const char *mtmi_boxes_member(const mtmi_boxes *boxes, uint32_t box, const char *dimension, size_t *length) {
    pair pairs[PAIRS_MAX];
    size_t n = list_pairs(boxes, box, pairs);
    const pair like = {dimension, NULL, strlen(dimension), 0};
    const pair *found = find_dimension(pairs, n, &like);
    *length = found != NULL ? found->member_length : 0;
    return found != NULL ? found->member : NULL;
}

uint32_t mtmi_boxes_replace(mtmi_boxes *boxes, uint32_t box, const char *dimension, const char *member) {
    mtmi_restriction restrictions[PAIRS_MAX];
    pair pairs[PAIRS_MAX];
    size_t length;
    const char *text = (const char *)mtmi_map_key(&boxes->texts, box, &length);
    char *copy = mtmi_memory_new(length + 1, 1); /* adding a box moves the texts */
    if (copy == NULL) {
        return MTMI_MAP_NONE;
    }
    memcpy(copy, text, length);
    const size_t n = list_pairs(boxes, box, pairs);
    for (size_t i = 0; i < n; i++) {
        char *name = copy + (pairs[i].dimension - text), *own = copy + (pairs[i].member - text);
        name[pairs[i].dimension_length] = own[pairs[i].member_length] = '\0';
        restrictions[i] = (mtmi_restriction){name, strcmp(name, dimension) == 0 ? member : own};
    }
    const uint32_t other = mtmi_boxes_box(boxes, restrictions, n);
    mtmi_memory_free(copy);
    return other;
}

static int same_name(const pair *a, const char *text) {
    return text != NULL && strncmp(text, a->dimension, a->dimension_length) == 0 && text[a->dimension_length] == HALF;
}

const char *mtmi_boxes_write(const mtmi_boxes *boxes, uint32_t box, const char *before, mtmi_buffer *out) {
    pair pairs[PAIRS_MAX];
    const size_t n = list_pairs(boxes, box, pairs);
    const char last = out->size > 0 ? out->data[out->size - 1] : ' ';
    if (n == 1 && same_name(&pairs[0], before)) {
        mtmi_buffer_char(out, '|');
        mtmi_buffer_add(out, pairs[0].member, pairs[0].member_length);
        return before;
    }
    mtmi_buffer_text(out, last != ' ' ? "; " : n == 0 ? "all" : "");
    for (size_t i = 0; i < n; i++) {
        mtmi_buffer_text(out, i > 0 ? "," : "");
        mtmi_buffer_add(out, pairs[i].dimension, pairs[i].dimension_length);
        mtmi_buffer_char(out, '=');
        mtmi_buffer_add(out, pairs[i].member, pairs[i].member_length);
    }
    return n == 1 ? pairs[0].dimension : NULL;
}
