/* Packs and unpacks a catalogue. Each struct has one function that names its members in order and serves both ways, so
 * that what is written and what is read cannot part. A number is 8 bytes, a text its length plus one (0 for NULL) and its
 * bytes. The invariant: after a failure nothing more is read, and what hangs in the catalogue can be freed. */
#include "indicator/definition/packing.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

#define NUMBER_BYTES 8

typedef struct packing {
    mtmi_buffer *to; /* NULL when unpacking */
    const unsigned char *at, *end;
    int failed; /* no memory, or too few bytes */
} packing;

/* The number itself when packing, the one that stands there when unpacking; 0 after a failure. */
static int64_t pass_number(packing *p, int64_t number) {
    unsigned char bytes[NUMBER_BYTES];
    uint64_t value = (uint64_t)number;
    if (p->to != NULL) {
        for (int i = 0; i < NUMBER_BYTES; i++) {
            bytes[i] = (unsigned char)(value >> (8 * i));
        }
        mtmi_buffer_add(p->to, (const char *)bytes, NUMBER_BYTES);
        return number;
    }
    if (p->failed || p->end - p->at < NUMBER_BYTES) {
        p->failed = 1;
        return 0;
    }
    value = 0;
    for (int i = 0; i < NUMBER_BYTES; i++) {
        value |= (uint64_t)p->at[i] << (8 * i);
    }
    p->at += NUMBER_BYTES;
    return (int64_t)value;
}

static void pass_text(packing *p, char **text) {
    const size_t length = (size_t)pass_number(p, *text != NULL ? (int64_t)strlen(*text) + 1 : 0);
    if (p->to != NULL) {
        mtmi_buffer_add(p->to, *text != NULL ? *text : "", length > 0 ? length - 1 : 0);
        return;
    }
    if (length == 0 || p->failed) {
        return;
    }
    *text = (size_t)(p->end - p->at) >= length - 1 ? mtmi_memory_copy_bytes((const char *)p->at, length - 1) : NULL;
    p->failed = *text == NULL;
    p->at += p->failed ? 0 : length - 1;
}

static void pass_titles(packing *p, mtmi_titles *titles) {
    for (size_t i = 0; i < sizeof titles->text / sizeof titles->text[0]; i++) {
        pass_text(p, &titles->text[i]);
    }
}

/* How many elements a list has. When unpacking, *list becomes a zeroed block for them, and NULL for none. */
static size_t pass_list(packing *p, void **list, size_t n, size_t size) {
    n = (size_t)pass_number(p, (int64_t)n);
    if (p->to == NULL && n > 0) {
        *list = mtmi_memory_new(n, size);
        p->failed |= *list == NULL;
    }
    return p->failed ? 0 : n;
}

/* A list that is ended by NULL, and NULL where it is empty. */
static void pass_texts(packing *p, char ***texts) {
    size_t n = 0;
    void *list = *texts;
    while (p->to != NULL && *texts != NULL && (*texts)[n] != NULL) {
        n++;
    }
    n = pass_list(p, &list, n > 0 ? n + 1 : 0, sizeof **texts);
    *texts = list;
    for (size_t i = 0; i + 1 < n && !p->failed; i++) {
        pass_text(p, &(*texts)[i]);
    }
}

static void pass_measure(packing *p, mtmi_measure *measure) {
    void *list = measure->filters;
    pass_text(p, &measure->concept);
    pass_text(p, &measure->unit);
    measure->kind = (mtm_kind)pass_number(p, (int64_t)measure->kind);
    measure->n_filters = pass_list(p, &list, measure->n_filters, sizeof *measure->filters);
    measure->filters = list;
    for (size_t i = 0; i < measure->n_filters; i++) {
        pass_text(p, &measure->filters[i].dimension);
        pass_text(p, &measure->filters[i].code);
    }
}

static void pass_indicator(packing *p, mtm_indicator *indicator) {
    void *list = indicator->dimensions;
    pass_text(p, &indicator->id);
    pass_text(p, &indicator->section);
    pass_titles(p, &indicator->title);
    pass_titles(p, &indicator->definition);
    pass_measure(p, &indicator->measure);
    pass_measure(p, &indicator->second);
    indicator->statistic = (mtmi_statistic)pass_number(p, (int64_t)indicator->statistic);
    pass_text(p, &indicator->group);
    indicator->outside = (int)pass_number(p, indicator->outside);
    indicator->foreigners = (int)pass_number(p, indicator->foreigners);
    indicator->n_dimensions = pass_list(p, &list, indicator->n_dimensions, sizeof *indicator->dimensions);
    indicator->dimensions = list;
    for (size_t i = 0; i < indicator->n_dimensions; i++) {
        pass_text(p, &indicator->dimensions[i]);
    }
    indicator->top = (int32_t)pass_number(p, indicator->top);
    indicator->unranked = (int)pass_number(p, indicator->unranked);
    indicator->comparisons[0] = (int)pass_number(p, indicator->comparisons[0]);
    indicator->comparisons[1] = (int)pass_number(p, indicator->comparisons[1]);
    indicator->decimals = (int)pass_number(p, indicator->decimals);
    indicator->component = (mtmi_component)pass_number(p, (int64_t)indicator->component);
    indicator->rounds = (mtmi_round_number)pass_number(p, (int64_t)indicator->rounds);
}

static void pass_titled(packing *p, mtmi_titled **table, size_t *n, size_t *capacity) {
    void *list = *table;
    *n = *capacity = pass_list(p, &list, *n, sizeof **table);
    *table = list;
    for (size_t i = 0; i < *n; i++) {
        pass_text(p, &(*table)[i].id);
        pass_titles(p, &(*table)[i].title);
    }
}

static void pass_rows(packing *p, mtmi_highlight_rows *rows) {
    pass_text(p, &rows->name);
    pass_text(p, &rows->of);
    rows->choice = (mtmi_row_choice)pass_number(p, (int64_t)rows->choice);
    rows->most = (int)pass_number(p, rows->most);
    rows->share = (int)pass_number(p, rows->share);
    pass_texts(p, &rows->groups);
    pass_texts(p, &rows->codes);
}

static void pass_clause(packing *p, mtmi_highlight_clause *clause) {
    void *list = clause->cases;
    clause->n = pass_list(p, &list, clause->n, sizeof *clause->cases);
    clause->cases = list;
    for (size_t i = 0; i < clause->n; i++) {
        pass_texts(p, &clause->cases[i].when);
        pass_titles(p, &clause->cases[i].text);
    }
}

static void pass_highlight(packing *p, mtmi_highlight *highlight) {
    void *rows = highlight->rows, *clauses = highlight->clauses;
    pass_text(p, &highlight->id);
    pass_text(p, &highlight->about);
    highlight->n_rows = pass_list(p, &rows, highlight->n_rows, sizeof *highlight->rows);
    highlight->rows = rows;
    for (size_t i = 0; i < highlight->n_rows; i++) {
        pass_rows(p, &highlight->rows[i]);
    }
    highlight->n_clauses = pass_list(p, &clauses, highlight->n_clauses, sizeof *highlight->clauses);
    highlight->clauses = clauses;
    for (size_t i = 0; i < highlight->n_clauses; i++) {
        pass_clause(p, &highlight->clauses[i]);
    }
}

static void pass_catalogue(packing *p, mtm_catalogue *catalogue) {
    void *indicators = catalogue->indicators, *highlights = catalogue->highlights.items;
    pass_titled(p, &catalogue->sections, &catalogue->n_sections, &catalogue->sections_capacity);
    pass_titled(p, &catalogue->dimensions, &catalogue->n_dimensions, &catalogue->dimensions_capacity);
    catalogue->n = catalogue->capacity = pass_list(p, &indicators, catalogue->n, sizeof *catalogue->indicators);
    catalogue->indicators = indicators;
    for (size_t i = 0; i < catalogue->n; i++) {
        pass_indicator(p, &catalogue->indicators[i]);
    }
    mtmi_highlights *const all = &catalogue->highlights;
    all->n = all->capacity = pass_list(p, &highlights, all->n, sizeof *all->items);
    all->items = highlights;
    for (size_t i = 0; i < all->n; i++) {
        pass_highlight(p, &all->items[i]);
    }
}

mtm_status mtmi_catalogue_pack(mtm_catalogue *catalogue, mtmi_buffer *out, mtm_error *err) {
    packing p = {out, NULL, NULL, 0};
    for (size_t i = 0; i < catalogue->n; i++) {
        if (catalogue->indicators[i].survey != NULL) {
            return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){catalogue->indicators[i].id, 0, 0},
                                  "found an indicator of a survey, expected none in a catalogue that is packed");
        }
    }
    pass_catalogue(&p, catalogue);
    return out->failed ? mtmi_error_memory(err) : MTM_OK;
}

mtm_status mtmi_catalogue_unpack(mtm_catalogue *catalogue, const unsigned char *bytes, size_t size, mtm_error *err) {
    packing p = {NULL, bytes, bytes + size, 0};
    pass_catalogue(&p, catalogue);
    return p.failed || p.at != p.end ? mtmi_error_memory(err) : MTM_OK;
}
