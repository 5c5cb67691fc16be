/* Looks groups up in the list of memberships, each once a day. */
#include "disclosure/country_sets.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "codelist/match.h"

#include <mtm/codelist.h>

#include <string.h>

void mtmi_country_sets_free(mtmi_country_sets *sets) {
    mtmi_map_free(&sets->groups);
    mtmi_map_free(&sets->countries);
    mtmi_memory_free(sets->of);
    mtmi_memory_free(sets->numbers);
}

static void read_members(const char *group, mtm_period period, mtmi_country_set *out) {
    const mtm_codelist *countries = mtmi_codelist_get("country");
    const size_t most = (size_t)64 * MTMI_COUNTRY_WORDS;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < mtm_codelist_count(countries) && i < most; i++) {
        if (mtmi_codelist_has_member(group, mtm_codelist_code(countries, i), period)) {
            out->words[i / 64] |= (uint64_t)1 << (i % 64);
        }
    }
}

int mtmi_country_set_find(mtmi_country_sets *sets, const char *group, size_t length, mtm_period period,
                          mtmi_country_set *out) {
    mtmi_buffer name = MTMI_BUFFER_INIT, key = MTMI_BUFFER_INIT;
    void *table = sets->of;
    int whole = 0;
    mtmi_buffer_add(&name, group, length);
    mtmi_buffer_add(&key, group, length);
    mtmi_buffer_format(&key, "@%d", (int)period.last);
    const size_t before = sets->groups.n;
    uint32_t at = name.failed || key.failed ? MTMI_MAP_NONE : mtmi_map_add(&sets->groups, key.data, key.size);
    if (at != MTMI_MAP_NONE && mtmi_memory_reserve(&table, &sets->of_capacity, sets->groups.n, sizeof *sets->of)) {
        sets->of = table;
        if (sets->groups.n > before) {
            read_members(name.data, period, &sets->of[at]);
        }
        *out = sets->of[at];
        whole = 1;
    }
    mtmi_buffer_free(&name);
    mtmi_buffer_free(&key);
    return whole;
}

int mtmi_country_find(mtmi_country_sets *sets, const char *code, size_t length, int32_t *out) {
    void *table = sets->numbers;
    const size_t before = sets->countries.n;
    const uint32_t at = mtmi_map_add(&sets->countries, code, length);
    if (at == MTMI_MAP_NONE ||
        !mtmi_memory_reserve(&table, &sets->numbers_capacity, sets->countries.n, sizeof *sets->numbers)) {
        return 0;
    }
    sets->numbers = table;
    if (sets->countries.n > before) {
        char *text = mtmi_memory_copy_bytes(code, length);
        if (text == NULL) {
            return 0;
        }
        sets->numbers[at] = mtmi_codelist_index(mtmi_codelist_get("country"), text);
        mtmi_memory_free(text);
    }
    *out = sets->numbers[at];
    return 1;
}

int mtmi_country_set_has(const mtmi_country_set *set, int32_t country) {
    return country >= 0 && country < 64 * MTMI_COUNTRY_WORDS && (set->words[country / 64] >> (country % 64) & 1) != 0;
}

int mtmi_country_set_holds(const mtmi_country_set *outer, const mtmi_country_set *inner) {
    uint64_t left = 0;
    for (size_t i = 0; i < MTMI_COUNTRY_WORDS; i++) {
        left |= inner->words[i] & ~outer->words[i];
    }
    return left == 0;
}

int mtmi_country_sets_apart(const mtmi_country_set *a, const mtmi_country_set *b) {
    uint64_t both = 0;
    for (size_t i = 0; i < MTMI_COUNTRY_WORDS; i++) {
        both |= a->words[i] & b->words[i];
    }
    return both == 0;
}

void mtmi_country_set_add(mtmi_country_set *set, const mtmi_country_set *other) {
    for (size_t i = 0; i < MTMI_COUNTRY_WORDS; i++) {
        set->words[i] |= other->words[i];
    }
}
