/* The memory of a catalogue: definitions are placed in the order of their sections, and freed. */
#include "indicator/definition/catalogue.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

static void free_measure(mtmi_measure *measure) {
    for (size_t i = 0; i < measure->n_filters; i++) {
        mtmi_memory_free(measure->filters[i].dimension);
        mtmi_memory_free(measure->filters[i].code);
    }
    mtmi_memory_free(measure->filters);
    mtmi_memory_free(measure->concept);
    mtmi_memory_free(measure->unit);
}

void mtmi_indicator_clear(mtm_indicator *indicator) {
    free_measure(&indicator->measure);
    free_measure(&indicator->second);
    for (size_t i = 0; i < indicator->n_dimensions; i++) {
        mtmi_memory_free(indicator->dimensions[i]);
    }
    mtmi_memory_free(indicator->dimensions);
    mtmi_memory_free(indicator->group);
    mtmi_memory_free(indicator->id);
    mtmi_memory_free(indicator->section);
    mtmi_survey_ask_free(indicator->survey);
    mtmi_titles_free(&indicator->title);
    mtmi_titles_free(&indicator->definition);
    memset(indicator, 0, sizeof *indicator);
}

char *const *mtmi_indicator_tells_by(const mtm_indicator *indicator, size_t *n) {
    static char citizenship[] = "citizenship";
    static char *const foreigners[] = {citizenship};
    const int is_added = indicator->n_dimensions == 0 && indicator->foreigners;
    *n = is_added ? 1 : indicator->n_dimensions;
    return is_added ? foreigners : indicator->dimensions;
}

static void free_titled(mtmi_titled *table, size_t n) {
    for (size_t i = 0; i < n; i++) {
        mtmi_memory_free(table[i].id);
        mtmi_titles_free(&table[i].title);
    }
    mtmi_memory_free(table);
}

void mtm_catalogue_free(mtm_catalogue *catalogue) {
    if (catalogue == NULL) {
        return;
    }
    for (size_t i = 0; i < catalogue->n; i++) {
        mtmi_indicator_clear(&catalogue->indicators[i]);
    }
    mtmi_memory_free(catalogue->indicators);
    mtmi_highlights_clear(&catalogue->highlights);
    free_titled(catalogue->sections, catalogue->n_sections);
    free_titled(catalogue->dimensions, catalogue->n_dimensions);
    mtmi_memory_free(catalogue);
}

const mtmi_titles *mtmi_titled_find(const mtmi_titled *table, size_t n, const char *id) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(table[i].id, id) == 0) {
            return &table[i].title;
        }
    }
    return NULL;
}

static size_t section_rank(const mtm_catalogue *catalogue, const char *id) {
    size_t rank = 0;
    while (rank < catalogue->n_sections && strcmp(catalogue->sections[rank].id, id) != 0) {
        rank++;
    }
    return rank;
}

/* Where a new definition goes: behind the last one of its section or of one before it. */
static size_t place_of(const mtm_catalogue *catalogue, const char *section) {
    size_t rank = section_rank(catalogue, section), place = 0;
    for (size_t i = 0; i < catalogue->n; i++) {
        if (section_rank(catalogue, catalogue->indicators[i].section) <= rank) {
            place = i + 1;
        }
    }
    return place;
}

static void remove_at(mtm_catalogue *catalogue, size_t at) {
    mtmi_indicator_clear(&catalogue->indicators[at]);
    catalogue->n--;
    memmove(&catalogue->indicators[at], &catalogue->indicators[at + 1], (catalogue->n - at) * sizeof(mtm_indicator));
}

mtm_status mtmi_catalogue_place(mtm_catalogue *catalogue, mtm_indicator *indicator, mtm_error *err) {
    void *table = catalogue->indicators;
    if (!mtmi_memory_reserve(&table, &catalogue->capacity, catalogue->n + 1, sizeof(mtm_indicator))) {
        mtmi_indicator_clear(indicator);
        return mtmi_error_memory(err);
    }
    catalogue->indicators = table;
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < catalogue->n; i++) {
        if (strcmp(catalogue->indicators[i].id, indicator->id) == 0) {
            int stays = strcmp(catalogue->indicators[i].section, indicator->section) == 0;
            remove_at(catalogue, i);
            at = stays ? i : SIZE_MAX;
            break;
        }
    }
    at = at != SIZE_MAX ? at : place_of(catalogue, indicator->section);
    memmove(&catalogue->indicators[at + 1], &catalogue->indicators[at], (catalogue->n - at) * sizeof(mtm_indicator));
    catalogue->indicators[at] = *indicator;
    catalogue->n++;
    memset(indicator, 0, sizeof *indicator);
    return MTM_OK;
}

int mtmi_indicator_unit(const mtm_indicator *indicator, char **out) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&text, indicator->statistic == MTMI_STATISTIC_SHARE ? "percent" : indicator->measure.unit);
    if (indicator->statistic == MTMI_STATISTIC_AVERAGE) {
        mtmi_buffer_format(&text, "/%s", indicator->second.unit);
    }
    *out = text.failed ? NULL : mtmi_memory_copy_text(text.data);
    mtmi_buffer_free(&text);
    return *out != NULL;
}

mtm_status mtmi_indicator_divide(const mtm_indicator *indicator, mtm_decimal whole, mtm_decimal *value,
                                 mtm_error *err) {
    if (indicator->statistic == MTMI_STATISTIC_SHARE) {
        return mtmi_decimal_percent(*value, whole, indicator->decimals, value, err);
    }
    const mtm_status status = mtmi_decimal_percent(*value, whole, 0, value, err);
    value->decimals += 2;
    return status;
}
