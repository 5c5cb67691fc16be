/* Counts the persons of each label while ids are settled. Invariant: names depend on neither threads nor the order of files. */
#include "registration/rare_members.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/descriptor/rare_label.h"
#include "tabulate/member.h"

#include <string.h>

mtm_status mtmi_bearers_start(mtmi_bearers *bearers, const mtmi_registry *registry, const mtmi_state *state,
                              mtm_error *err) {
    memset(bearers, 0, sizeof *bearers);
    bearers->axes = mtmi_memory_new(registry->n_labels + 1, sizeof(mtmi_borne *));
    bearers->sizes = mtmi_memory_new(registry->n_labels + 1, sizeof *bearers->sizes);
    if (bearers->axes == NULL || bearers->sizes == NULL) {
        return mtmi_error_memory(err);
    }
    bearers->n = registry->n_labels;
    for (unsigned i = 0; i < bearers->n; i++) {
        if (state->axes[state->spec->n_periods + i].list != NULL) {
            continue;
        }
        bearers->sizes[i] = registry->members[i].n;
        bearers->axes[i] = mtmi_memory_new(bearers->sizes[i] + 1, sizeof *bearers->axes[i]);
        if (bearers->axes[i] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

void mtmi_bearers_free(mtmi_bearers *bearers) {
    for (unsigned i = 0; bearers->axes != NULL && i < bearers->n; i++) {
        mtmi_memory_free(bearers->axes[i]);
    }
    mtmi_memory_free(bearers->axes);
    mtmi_memory_free(bearers->sizes);
    memset(bearers, 0, sizeof *bearers);
}

static void take_first(mtmi_borne *one, uint64_t rank) {
    one->first = one->persons == 0 || rank < one->first ? rank : one->first;
}

void mtmi_bearers_count(mtmi_bearers *bearers, const uint32_t *members, uint64_t person, uint64_t rank) {
    for (unsigned i = 0; i < bearers->n; i++) {
        mtmi_borne *one = bearers->axes[i] == NULL ? NULL : &bearers->axes[i][members[i]];
        if (one == NULL) {
            continue;
        }
        take_first(one, rank);
        one->persons += one->last != person;
        one->last = person;
    }
}

void mtmi_bearers_add(mtmi_bearers *bearers, const mtmi_bearers *other) {
    for (unsigned i = 0; i < bearers->n; i++) {
        for (size_t m = 0; m < bearers->sizes[i]; m++) {
            if (other->axes[i][m].persons > 0) {
                take_first(&bearers->axes[i][m], other->axes[i][m].first);
                bearers->axes[i][m].persons += other->axes[i][m].persons;
            }
        }
    }
}

/* ---- names ---- */

typedef struct naming {
    const mtmi_state *state;
    const mtmi_map *members;
    const char *dimension;
    mtmi_map *names;
    mtmi_buffer text;
} naming;

static int is_rare(naming *at, const unsigned char *key, size_t key_length, const mtmi_borne *one) {
    const char *label;
    size_t length;
    const int kind = mtmi_member_code(key, key_length, &label, &length);
    if (one->persons == 0 || (kind != MTM_MEMBER_UNCLASSIFIED && kind != MTM_MEMBER_CODE)) {
        return 0;
    }
    mtmi_buffer_clear(&at->text);
    mtmi_buffer_add(&at->text, label, length);
    return at->text.failed ||
           mtmi_label_is_rare(at->state->spec->resource, at->dimension, at->text.data, (int64_t)one->persons);
}

/* Where the label first stands, as the label; one more mark where somebody typed just that. */
static int withhold(naming *at, unsigned char kind, const mtmi_borne *one) {
    const size_t file = at->state->n_files > 1 ? (size_t)(one->first >> MTMI_PLACE_LINE) + 1 : 0;
    mtmi_buffer_clear(&at->text);
    mtmi_buffer_char(&at->text, (char)kind);
    mtmi_label_withhold(file, (int64_t)(one->first & (((uint64_t)1 << MTMI_PLACE_LINE) - 1)), &at->text);
    while (!at->text.failed && (mtmi_map_find(at->names, at->text.data, at->text.size) != MTMI_MAP_NONE ||
                                mtmi_map_find(at->members, at->text.data, at->text.size) != MTMI_MAP_NONE)) {
        mtmi_buffer_char(&at->text, '\'');
    }
    return !at->text.failed;
}

static int name_members(naming *at, const mtmi_borne *known) {
    for (uint32_t m = 0; m < at->members->n; m++) {
        size_t length;
        const unsigned char *key = mtmi_map_key(at->members, m, &length);
        if (known != NULL && is_rare(at, key, length, &known[m])) {
            if (!withhold(at, *key, &known[m])) {
                return 0;
            }
            key = (const unsigned char *)at->text.data;
            length = at->text.size;
        }
        if (mtmi_map_add(at->names, key, length) != m) {
            return 0;
        }
    }
    return 1;
}

mtm_status mtmi_bearers_names(const mtmi_bearers *bearers, const mtmi_registry *registry, const mtmi_state *state,
                              mtmi_map **out, mtm_error *err) {
    *out = mtmi_memory_new(registry->n_labels + 1, sizeof **out);
    int whole = *out != NULL;
    for (unsigned i = 0; whole && i < registry->n_labels; i++) {
        naming at = {.state = state,
                     .members = &registry->members[i],
                     .dimension = state->spec->axes[state->spec->n_periods + i].name,
                     .names = &(*out)[i],
                     .text = MTMI_BUFFER_INIT};
        whole = name_members(&at, bearers->axes[i]);
        mtmi_buffer_free(&at.text);
    }
    return whole ? MTM_OK : mtmi_error_memory(err);
}

void mtmi_bearers_free_names(mtmi_map *names, unsigned n) {
    for (unsigned i = 0; names != NULL && i < n; i++) {
        mtmi_map_free(&names[i]);
    }
    mtmi_memory_free(names);
}
