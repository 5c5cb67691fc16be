/* For every observation of a country group: which others of the same place lie within the group, beside it, or hold it. What lies
 * within is no more than the group; groups that share no country, and countries outside of them, are no more than what holds them
 * all. Groups are compared by asking for every country whether they have it. */
#include "disclosure/audit_groups.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "codelist/match.h"

#include <mtm/codelist.h>

#include <string.h>

/* An observation in the dimension of the group at hand. */
typedef struct neighbour {
    uint32_t observed;
    const char *code; /* a group's begins with a star; NULL where the dimension has no part: all */
    size_t length;
} neighbour;

typedef struct hearing {
    const mtmi_evidence *evidence;
    const uint32_t *chosen;
    size_t n;
    const char *at;
    mtmi_audit_side_taker *take;
    void *context;
    neighbour *near; /* of the observation at hand, itself included */
    size_t n_near;
    int failed;
} hearing;

/* Whether a country, or all of a group, is in a group. wide NULL: all there are. */
static int is_in(const neighbour *one, const char *wide, mtm_period period, mtmi_buffer *text) {
    const mtm_codelist *countries = mtmi_codelist_get("country");
    if (wide == NULL) {
        return 1;
    }
    mtmi_buffer_clear(text);
    mtmi_buffer_add(text, one->code, one->length);
    if (text->failed || *one->code != '*') {
        return !text->failed && mtmi_codelist_has_member(wide, text->data, period);
    }
    for (size_t i = 0; i < mtm_codelist_count(countries); i++) {
        const char *country = mtm_codelist_code(countries, i);
        if (mtmi_codelist_has_member(text->data + 1, country, period) &&
            !mtmi_codelist_has_member(wide, country, period)) {
            return 0;
        }
    }
    return 1;
}

static int share_country(const neighbour *a, const neighbour *b, mtm_period period, mtmi_buffer *text) {
    const mtm_codelist *countries = mtmi_codelist_get("country");
    mtmi_buffer_clear(text);
    mtmi_buffer_add(text, a->code + 1, a->length - 1);
    size_t other = text->size + 1;
    mtmi_buffer_char(text, '\0');
    mtmi_buffer_add(text, b->code + (*b->code == '*'), b->length - (*b->code == '*'));
    if (text->failed) {
        return 1;
    }
    if (*b->code != '*') {
        return mtmi_codelist_has_member(text->data, text->data + other, period);
    }
    for (size_t i = 0; i < mtm_codelist_count(countries); i++) {
        const char *country = mtm_codelist_code(countries, i);
        if (mtmi_codelist_has_member(text->data, country, period) &&
            mtmi_codelist_has_member(text->data + other, country, period)) {
            return 1;
        }
    }
    return 0;
}

static void hand_over(hearing *h, const mtmi_buffer *place, uint32_t observed, uint64_t key) {
    h->failed |= place->failed || !h->take(h->context, place->data, observed, key);
}

/* What lies within the whole and apart from the first group and from one another: groups before countries, by cell. */
static void hear_apart(hearing *h, const neighbour *whole, const neighbour *first, const char *wide) {
    const mtm_period period = h->evidence->observed[first->observed].period;
    const neighbour **taken = mtmi_memory_new(h->n_near + 1, sizeof *taken);
    mtmi_buffer place = MTMI_BUFFER_INIT, text = MTMI_BUFFER_INIT;
    size_t n = 0;
    if (taken == NULL) {
        h->failed = 1;
        return;
    }
    mtmi_buffer_format(&place, "apart %s %zu %zu", h->at, (size_t)whole->observed, (size_t)first->observed);
    taken[n++] = first;
    hand_over(h, &place, whole->observed, 0);
    hand_over(h, &place, first->observed, 1);
    for (int turn = 0; turn < 2; turn++) {
        const size_t n_groups = n;
        for (size_t i = 0; i < h->n_near && !h->failed; i++) {
            const neighbour *one = &h->near[i];
            if (one->code == NULL || one == whole || (*one->code == '*') != (turn == 0) ||
                !is_in(one, wide, period, &text)) {
                continue;
            }
            int apart = 1;
            for (size_t k = 0; k < (turn == 0 ? n : n_groups) && apart; k++) {
                apart = taken[k] != one && !share_country(taken[k], one, period, &text);
            }
            if (apart) {
                taken[n] = one;
                n += turn == 0;
                hand_over(h, &place, one->observed, 1);
            }
        }
    }
    h->failed |= text.failed;
    mtmi_memory_free(taken);
    mtmi_buffer_free(&place);
    mtmi_buffer_free(&text);
}

/* Its members, the groups within it, and what lies beside it in the total. */
static void hear_group(hearing *h, const neighbour *group) {
    const mtm_period period = h->evidence->observed[group->observed].period;
    char *name = mtmi_memory_copy_bytes(group->code + 1, group->length - 1);
    mtmi_buffer place = MTMI_BUFFER_INIT, text = MTMI_BUFFER_INIT;
    h->failed |= name == NULL;
    mtmi_buffer_format(&place, "within %s %zu", h->at, (size_t)group->observed);
    for (size_t i = 0; i < h->n_near && !h->failed; i++) {
        const neighbour *one = &h->near[i];
        if (one->code == NULL) {
            hear_apart(h, one, group, NULL);
        } else if (one == group) {
            hand_over(h, &place, one->observed, 0);
        } else if (is_in(one, name, period, &text)) {
            if (*one->code == '*') {
                hear_apart(h, group, one, name);
            } else {
                hand_over(h, &place, one->observed, 1);
            }
        }
    }
    h->failed |= text.failed;
    mtmi_memory_free(name);
    mtmi_buffer_free(&place);
    mtmi_buffer_free(&text);
}

/* Those that are like a cell but for the part at start: with another code there, or without it. */
static void list_near(hearing *h, const char *cell, const char *start) {
    const size_t before = (size_t)(start - cell), name = strcspn(start, "=") + 1;
    const char *after = start + strcspn(start, "|");
    h->n_near = 0;
    for (size_t i = 0; i < h->n; i++) {
        const char *other = h->evidence->observed[h->chosen[i]].cell;
        neighbour one = {h->chosen[i], NULL, 0};
        if (strncmp(other, cell, before) == 0 && strncmp(other + before, start, name) == 0) {
            one.code = other + before + name;
            one.length = strcspn(one.code, "|");
            if (strcmp(one.code + one.length, after) != 0) {
                continue;
            }
        } else {
            const int is_last = *after == '\0', cut = is_last && before > 0; /* with the bar before it */
            const size_t left = before - (size_t)cut;
            if (strncmp(other, cell, left) != 0 || strcmp(other + left, is_last ? "" : after + 1) != 0) {
                continue;
            }
        }
        h->near[h->n_near++] = one;
    }
}

static const neighbour *find_near(const hearing *h, uint32_t observed) {
    size_t i = 0;
    while (i < h->n_near && h->near[i].observed != observed) {
        i++;
    }
    return i < h->n_near ? &h->near[i] : NULL;
}

int mtmi_audit_country_groups(const mtmi_evidence *evidence, const uint32_t *chosen, size_t n, const char *at,
                              mtmi_audit_side_taker *take, void *context) {
    hearing h = {.evidence = evidence, .chosen = chosen, .n = n, .at = at, .take = take, .context = context};
    for (size_t i = 0; i < n && !h.failed; i++) {
        const char *cell = evidence->observed[chosen[i]].cell;
        for (const char *star = strstr(cell, "=*"); star != NULL && !h.failed; star = strstr(star + 1, "=*")) {
            const char *start = star;
            while (start > cell && start[-1] != '|') {
                start--;
            }
            if (h.near == NULL && (h.near = mtmi_memory_new(n + 1, sizeof *h.near)) == NULL) {
                return 0;
            }
            list_near(&h, cell, start);
            const neighbour *group = find_near(&h, chosen[i]);
            if (group != NULL) {
                hear_group(&h, group);
            }
        }
    }
    mtmi_memory_free(h.near);
    return !h.failed;
}
