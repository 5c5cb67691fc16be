/* The code lists, compiled in from the TSV files of data/: codes, names, members of groups. They are constant and may be read by
 * any thread. */
#include "codelist/match.h"
#include "codelist/tables.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

mtm_status mtm_language_read(const char *text, mtm_language *out, mtm_error *err) {
    static const char *const names[] = {"en", "ru", "kk"};
    char name[16];
    if (text == NULL || out == NULL) {
        return mtmi_error_argument(err, text == NULL ? "text" : "out", "not NULL");
    }
    size_t length = mtmi_text_normalise(text, strlen(text), name, sizeof name);
    for (int i = 0; length < sizeof name && i < 3; i++) {
        if (strcmp(names[i], name) == 0) {
            *out = (mtm_language)i;
            return MTM_OK;
        }
    }
    return mtmi_error_set(err, MTM_ERROR_VALUE, 0, (mtmi_place){"language", 0, 0}, "found %q, expected en, ru or kk",
                          text);
}

const mtm_codelist *mtm_codelist_at(size_t index) {
    return index < mtmi_n_codelists ? &mtmi_codelists[index] : NULL;
}

const mtm_codelist *mtmi_codelist_get(const char *id) {
    for (size_t i = 0; i < mtmi_n_codelists; i++) {
        if (strcmp(mtmi_codelists[i].id, id) == 0) {
            return &mtmi_codelists[i];
        }
    }
    return NULL;
}

/* Names the lists that there are. */
static mtm_status refuse_id(const char *id, mtm_error *err) {
    mtmi_buffer names = MTMI_BUFFER_INIT;
    mtm_status status;
    for (size_t i = 0; i < mtmi_n_codelists; i++) {
        mtmi_buffer_text(&names, i == 0 ? "" : i + 1 < mtmi_n_codelists ? ", " : " or ");
        mtmi_buffer_text(&names, mtmi_codelists[i].id);
    }
    status = names.failed ? mtmi_error_memory(err)
                          : mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){id, 0, 0},
                                           "found no code list of this name, expected %s", names.data);
    mtmi_buffer_free(&names);
    return status;
}

mtm_status mtm_codelist_find(const char *id, const mtm_codelist **out, mtm_error *err) {
    if (id == NULL || out == NULL) {
        return mtmi_error_argument(err, id == NULL ? "id" : "out", "not NULL");
    }
    *out = mtmi_codelist_get(id);
    if (*out != NULL) {
        return MTM_OK;
    }
    return refuse_id(id, err);
}

const char *mtmi_codelist_id(const mtm_codelist *list) {
    return list->id;
}

int mtm_codelist_get(const mtm_codelist *list, mtm_language language, mtm_codelist_info *out) {
    const mtm_codelist_info info = {sizeof info, list->id, list->titles[(unsigned)language < 3 ? language : 0],
                                    list->source};
    return mtmi_info_fill(out, &info, sizeof info);
}

size_t mtm_codelist_count(const mtm_codelist *list) {
    return list->n_codes;
}

const char *mtm_codelist_code(const mtm_codelist *list, size_t index) {
    return index < list->n_codes ? list->codes[index].code : NULL;
}

const char *mtm_codelist_label(const mtm_codelist *list, size_t index, mtm_language language) {
    return index < list->n_codes ? list->codes[index].labels[(unsigned)language < 3 ? language : 0] : NULL;
}

int mtm_codelist_validity(const mtm_codelist *list, size_t index, mtm_period *out) {
    if (index >= list->n_codes) {
        return 0;
    }
    out->first = list->codes[index].from;
    out->last = list->codes[index].to;
    return 1;
}

/* Most texts differ in the first letter already. */
static int same_text(const char *a, const char *b) {
    return a[0] == b[0] && strcmp(a, b) == 0;
}

int32_t mtmi_codelist_index(const mtm_codelist *list, const char *code) {
    for (size_t i = 0; i < list->n_codes; i++) {
        if (same_text(list->codes[i].code, code)) {
            return (int32_t)i;
        }
    }
    return -1;
}

/* The first membership of the country, or of the country after it. */
static size_t first_membership(const char *country) {
    size_t low = 0, high = mtmi_n_memberships;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(mtmi_memberships[middle].country, country) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int is_member(const char *group, const char *country, int32_t day) {
    for (size_t i = first_membership(country); i < mtmi_n_memberships; i++) {
        const mtmi_membership *m = &mtmi_memberships[i];
        if (strcmp(m->country, country) != 0) {
            break;
        }
        if (day >= m->from && day <= m->to && same_text(m->group, group)) {
            return 1;
        }
    }
    return 0;
}

/* What a group has besides a country that it begins with; NULL for the country alone. Codes of countries have three letters,
 * and no group has one of them for its own. */
static const char *beside(const char *group, int *is_country, const char *country) {
    const size_t length = strcspn(group, "|");
    *is_country = length == 3 && strncmp(group, country, length) == 0 && country[length] == '\0';
    return group[length] == '|' ? group + length + 1 : *is_country ? NULL : group;
}

int mtmi_codelist_has_member(const char *group, const char *country, mtm_period period) {
    int is_country = 0;
    group = beside(group, &is_country, country);
    if (is_country || group == NULL) {
        return is_country;
    }
    if (strcmp(group, "NON-CIS") == 0) {
        const mtm_codelist *countries = mtmi_codelist_get("country");
        return mtmi_codelist_index(countries, country) >= 0 && !is_member("CIS", country, period.last);
    }
    return is_member(group, country, period.last);
}

int mtmi_codelist_same_members(const char *group, mtm_period a, mtm_period b) {
    const char *after = strchr(group, '|'), *only = after != NULL ? after + 1 : group;
    const char *name = strncmp(only, "NON-", 4) == 0 ? only + 4 : only;
    for (size_t i = 0; i < mtmi_n_memberships; i++) {
        const mtmi_membership *m = &mtmi_memberships[i];
        if (same_text(m->group, name) && is_member(name, m->country, a.last) != is_member(name, m->country, b.last)) {
            return 0;
        }
    }
    return 1;
}

/* The first succession after the day. */
static size_t first_succession(int32_t after) {
    size_t low = 0, high = mtmi_n_successions;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (mtmi_successions[middle].from <= after) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int mtmi_codelist_succession(const mtm_codelist *list, int32_t after, int32_t until, size_t *at, const char **code,
                             const char **predecessor, int32_t *from) {
    if (list == NULL) {
        return 0;
    }
    for (*at = *at == 0 ? first_succession(after) : *at; *at < mtmi_n_successions; (*at)++) {
        const mtmi_succession *one = &mtmi_successions[*at];
        if (one->from > until) {
            break;
        }
        if (same_text(one->list, list->id)) {
            *code = one->code;
            *predecessor = one->predecessor;
            *from = one->from;
            (*at)++;
            return 1;
        }
    }
    return 0;
}

int mtm_codelist_contains(const mtm_codelist *list, const char *group, const char *country, mtm_period period) {
    return list != NULL && group != NULL && country != NULL && strcmp(list->id, "country-group") == 0 &&
           mtmi_codelist_has_member(group, country, period);
}

int mtmi_codelist_may_contain(const char *group, const char *country, mtm_period period) {
    const mtm_period end = {INT32_MAX, INT32_MAX};
    return mtmi_codelist_has_member(group, country, period) || mtmi_codelist_has_member(group, country, end);
}
