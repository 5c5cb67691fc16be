/* Completes the description of a release, so that each resource stands by itself: sources, licences, what the package says of
 * all, the day of release. What would make figures wrong later is refused here. */
#include "store/release.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"
#include "read/descriptor/descriptor.h"

#include <string.h>

static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
enum { LONGEST_NAME = 64 };

static mtm_status check_name(const char *argument, const char *text, mtm_error *err) {
    const size_t n = text != NULL ? strlen(text) : 0;
    if (n == 0 || n > LONGEST_NAME || strspn(text, LETTERS) != n || strchr("._-", text[0]) != NULL ||
        strcmp(text, "all") == 0 || strcmp(text, "none") == 0) {
        return mtmi_error_set(
            err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){argument, 0, 0},
            "found %q, expected 1 to 64 small letters, digits, points, hyphens or underscores, such as %s",
            text != NULL ? text : "", strcmp(argument, "source") == 0 ? "border-service" : "2024-07-15");
    }
    return MTM_OK;
}

static mtm_status read_day(const char *argument, const char *text, mtm_period *out, mtm_error *err) {
    if (mtm_period_read(text, out, NULL) != MTM_OK || out->first != out->last) {
        return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){argument, 0, 0},
                              "found %q, expected a day, such as 2024-07-15", text);
    }
    return MTM_OK;
}

/* The last day that a resource states. */
static mtm_status day_of_resources(const mtmi_descriptor *descriptor, mtm_period *out, mtm_error *err) {
    int32_t last = MTMI_DAY_NONE;
    for (size_t i = 0; i < descriptor->n_resources; i++) {
        const int32_t day = descriptor->resources[i]->release.date.last;
        last = day > last ? day : last;
    }
    if (last == MTMI_DAY_NONE) {
        return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){"released", 0, 0},
                              "found no day of release, expected one to be said, or releaseDate in datapackage.json");
    }
    *out = (mtm_period){last, last};
    return MTM_OK;
}

static mtm_status put(json_t *object, const char *key, const char *text, mtm_error *err) {
    if (text == NULL || text[0] == '\0') {
        return MTM_OK;
    }
    json_t *value = json_string(text);
    if (value == NULL) {
        return mtmi_error_set(err, MTM_ERROR_ENCODING, 0, (mtmi_place){key, 0, 0}, "found bytes that are not UTF-8");
    }
    return json_object_set_new(object, key, value) == 0 ? MTM_OK : mtmi_error_memory(err);
}

static void write_day(mtm_period day, char out[MTMI_PERIOD_TEXT]) {
    (void)mtm_period_describe(day, out, MTMI_PERIOD_TEXT);
}

/* What the package says of all its resources is said by each. */
static int complete_resource(const json_t *package, json_t *resource, const char *day) {
    static const char *const keys[] = {"sources", "licenses", "contributors"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *shared = json_object_get(package, keys[i]);
        if (shared != NULL && json_object_get(resource, keys[i]) == NULL &&
            json_object_set(resource, keys[i], shared) != 0) {
            return 0;
        }
    }
    json_t *incomplete = json_object_get(json_object_get(package, "mtm"), "incomplete");
    json_t *mtm = json_object_get(resource, "mtm");
    if (mtm == NULL) {
        mtm = json_object();
        if (mtm == NULL || json_object_set_new(resource, "mtm", mtm) != 0) {
            return 0;
        }
    }
    return (json_object_get(mtm, "releaseDate") != NULL ||
            json_object_set_new(mtm, "releaseDate", json_string(day)) == 0) &&
           (incomplete == NULL || json_object_get(mtm, "incomplete") != NULL ||
            json_object_set(mtm, "incomplete", incomplete) == 0);
}

static const mtmi_resource *table_of(const mtmi_descriptor *descriptor, const char *name) {
    for (size_t i = 0; i < descriptor->n_resources; i++) {
        if (strcmp(descriptor->resources[i]->name, name) == 0) {
            return descriptor->resources[i];
        }
    }
    return NULL;
}

static mtm_status complete_resources(mtmi_release_facts *facts, const mtmi_descriptor *descriptor, const char *day,
                                     mtm_error *err) {
    json_t *resources = json_object_get(facts->json, "resources");
    for (size_t i = 0; i < json_array_size(resources); i++) {
        json_t *resource = json_array_get(resources, i);
        const char *name = mtmi_store_text(resource, "name");
        const mtmi_resource *table = table_of(descriptor, name);
        if (table == NULL) {
            continue;
        }
        if (!complete_resource(facts->json, resource, day) ||
            ((table->microdata || table->survey) && json_array_append_new(facts->events, json_string(name)) != 0)) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* Files whose declared digest or size is another are refused before they are taken. */
static mtm_status check_declared(const mtmi_descriptor *descriptor, mtm_error *err) {
    for (size_t i = 0; i < descriptor->n_resources; i++) {
        const mtmi_resource *resource = descriptor->resources[i];
        mtmi_source **sources = NULL;
        size_t n = 0;
        if (resource->hash != NULL || resource->bytes >= 0) {
            MTMI_CHECK_STATUS(mtmi_descriptor_open(descriptor, resource, 0, &sources, &n, err));
            mtmi_sources_free(sources, n);
        }
    }
    return MTM_OK;
}

static mtm_status say(mtmi_release_facts *facts, mtm_error *err) {
    const mtm_store_release *said = &facts->said;
    char day[MTMI_PERIOD_TEXT];
    json_t *about = json_object();
    write_day(facts->released, day);
    (void)json_object_del(facts->json, "release");
    if (about == NULL || json_object_set_new(facts->json, "release", about) != 0) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(put(about, "source", said->source, err));
    MTMI_CHECK_STATUS(put(about, "name", said->release != NULL && said->release[0] != '\0' ? said->release : day, err));
    MTMI_CHECK_STATUS(put(about, "released", day, err));
    MTMI_CHECK_STATUS(put(about, "received", said->received, err));
    MTMI_CHECK_STATUS(put(about, "by", said->by, err));
    MTMI_CHECK_STATUS(put(about, "note", said->note, err));
    return json_object_set(about, "events", facts->events) == 0 ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_release_read(const char *path, const mtm_store_release *said, mtmi_release_facts *out, char **folder,
                             mtm_error *err) {
    mtmi_descriptor *descriptor = NULL;
    char *file = NULL, day[MTMI_PERIOD_TEXT];
    int is_store = 0;
    mtm_status status = MTM_OK;
    memset(out, 0, sizeof *out);
    *folder = NULL;
    out->said = *said;
    MTMI_TRY(check_name("source", said->source, err));
    MTMI_TRY(said->release != NULL && said->release[0] != '\0' ? check_name("release", said->release, err) : MTM_OK);
    MTMI_TRY(mtmi_store_is(path, &is_store, err));
    MTMI_TRY(is_store ? mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){path, 0, 0},
                                       "found a store, expected a folder with datapackage.json")
                      : MTM_OK);
    MTMI_TRY(mtmi_descriptor_load(path, NULL, folder, &file, &out->json, err));
    MTMI_TRY(mtmi_descriptor_of(out->json, *folder, file, &descriptor, err));
    MTMI_TRY(check_declared(descriptor, err));
    MTMI_TRY(said->released != NULL && said->released[0] != '\0'
                 ? read_day("released", said->released, &out->released, err)
                 : day_of_resources(descriptor, &out->released, err));
    out->events = json_array();
    MTMI_TRY(out->events == NULL ? mtmi_error_memory(err) : MTM_OK);
    write_day(out->released, day);
    MTMI_TRY(complete_resources(out, descriptor, day, err));
    MTMI_TRY(say(out, err));
out:
    mtmi_descriptor_free(descriptor);
    mtmi_memory_free(file);
    return status;
}

void mtmi_release_close(mtmi_release_facts *facts) {
    json_decref(facts->json);
    json_decref(facts->events);
    memset(facts, 0, sizeof *facts);
}

static int is_own(const mtmi_release_facts *facts, const mtmi_stored_release *release) {
    const json_t *about = json_object_get(facts->json, "release");
    return strcmp(release->source, mtmi_store_text(about, "source")) == 0 &&
           strcmp(release->name, mtmi_store_text(about, "name")) == 0;
}

/* A release that is there, still counted, and of the same source. */
static int may_be_superseded(const mtmi_release_facts *facts, const mtmi_stored *stored, size_t i) {
    return strcmp(stored->releases[i].source, facts->said.source) == 0 && !is_own(facts, &stored->releases[i]);
}

static mtm_status add_superseded(const mtmi_release_facts *facts, const mtmi_stored_release *release, json_t *list,
                                 mtm_error *err) {
    if (release->released > facts->released.last) {
        return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){"supersedes", 0, 0},
                              "found %q, which was released later, expected an earlier release", release->name);
    }
    return mtmi_store_has_text(list, release->name) || json_array_append_new(list, json_string(release->name)) == 0
               ? MTM_OK
               : mtmi_error_memory(err);
}

static mtm_status add_named(const mtmi_release_facts *facts, const mtmi_stored *stored, const char *name, json_t *list,
                            mtm_error *err) {
    for (size_t i = 0; i < stored->n; i++) {
        if (may_be_superseded(facts, stored, i) && strcmp(stored->releases[i].name, name) == 0) {
            return add_superseded(facts, &stored->releases[i], list, err);
        }
    }
    return mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){"supersedes", 0, 0},
                          "found no release %q of %s, expected one that is there, all, or none", name,
                          facts->said.source);
}

static int is_word(const mtm_store_release *said, const char *word) {
    return said->n_supersedes == 1 && strcmp(said->supersedes[0], word) == 0;
}

/* Whether it was superseded by another one than the release that is to be added, which may be there already. */
static int is_out(const mtmi_release_facts *facts, const mtmi_stored *stored, size_t i) {
    const size_t by = stored->releases[i].superseded_by;
    return by != i && !is_own(facts, &stored->releases[by]);
}

static mtm_status list_superseded(const mtmi_release_facts *facts, const mtmi_stored *stored, json_t *list,
                                  mtm_error *err) {
    const mtm_store_release *said = &facts->said;
    if (is_word(said, "all")) {
        for (size_t i = 0; i < stored->n; i++) {
            const mtmi_stored_release *release = &stored->releases[i];
            if (may_be_superseded(facts, stored, i) && !is_out(facts, stored, i) &&
                release->released <= facts->released.last) {
                MTMI_CHECK_STATUS(add_superseded(facts, release, list, err));
            }
        }
        return MTM_OK;
    }
    for (size_t i = 0; i < said->n_supersedes && !is_word(said, "none"); i++) {
        MTMI_CHECK_STATUS(add_named(facts, stored, said->supersedes[i], list, err));
    }
    return MTM_OK;
}

static mtm_status refuse_twice(const mtmi_release_facts *facts, const mtmi_stored_release *release, mtm_error *err) {
    json_t *json = NULL;
    MTMI_CHECK_STATUS(mtmi_stored_json(release, &json, err));
    const json_t *others = json_object_get(json_object_get(json, "release"), "events");
    mtm_status status = MTM_OK;
    for (size_t k = 0; k < json_array_size(facts->events) && status == MTM_OK; k++) {
        const char *name = json_string_value(json_array_get(facts->events, k));
        if (mtmi_store_has_text(others, name)) {
            status = mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){"supersedes", 0, 0},
                                    "found events %q here and in the release %s, which would be counted twice; "
                                    "expected the names of the releases that this one supersedes, all, or none",
                                    name, release->name);
        }
    }
    json_decref(json);
    return status;
}

/* Events of two releases would be counted twice. */
static mtm_status check_events(const mtmi_release_facts *facts, const mtmi_stored *stored, mtm_error *err) {
    if (facts->said.n_supersedes > 0 || json_array_size(facts->events) == 0) {
        return MTM_OK;
    }
    for (size_t i = 0; i < stored->n; i++) {
        if (may_be_superseded(facts, stored, i) && !is_out(facts, stored, i)) {
            MTMI_CHECK_STATUS(refuse_twice(facts, &stored->releases[i], err));
        }
    }
    return MTM_OK;
}

/* All releases of a store are about one country. */
static mtm_status check_country(const mtmi_release_facts *facts, const mtmi_stored *stored, mtm_error *err) {
    const char *country = mtmi_store_text(json_object_get(facts->json, "mtm"), "country");
    for (size_t i = 0; i < stored->n && country[0] != '\0'; i++) {
        const char *other = stored->releases[i].country;
        if (other[0] != '\0' && strcmp(country, other) != 0) {
            return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){"country", 0, 0},
                                  "found %s, expected %s as in %s: a store has one country", country, other,
                                  stored->releases[i].file);
        }
    }
    return MTM_OK;
}

/* What a resource of events is, without its files. */
static json_t *description_of(const json_t *package, const char *name) {
    static const char *const others[] = {"path",        "hash",    "bytes",    "title",
                                         "description", "sources", "licenses", "contributors"};
    const json_t *resources = json_object_get(package, "resources");
    for (size_t i = 0; i < json_array_size(resources); i++) {
        if (strcmp(mtmi_store_text(json_array_get(resources, i), "name"), name) == 0) {
            json_t *copy = json_deep_copy(json_array_get(resources, i));
            for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
                (void)json_object_del(copy, others[k]);
            }
            (void)json_object_del(json_object_get(copy, "mtm"), "releaseDate");
            if (json_object_get(json_object_get(copy, "mtm"), "covers") !=
                NULL) { /* the days may differ, but not whether they are said */
                (void)json_object_set_new(json_object_get(copy, "mtm"), "covers", json_true());
            }
            return copy;
        }
    }
    return json_null();
}

/* Files that are counted together are read by one description. */
static mtm_status check_alike(const mtmi_release_facts *facts, const mtmi_stored_release *other, mtm_error *err) {
    json_t *json = NULL;
    MTMI_CHECK_STATUS(mtmi_stored_json(other, &json, err));
    const json_t *theirs = json_object_get(json_object_get(json, "release"), "events");
    mtm_status status = MTM_OK;
    for (size_t k = 0; k < json_array_size(facts->events) && status == MTM_OK; k++) {
        const char *name = json_string_value(json_array_get(facts->events, k));
        if (!mtmi_store_has_text(theirs, name)) {
            continue;
        }
        json_t *a = description_of(facts->json, name), *b = description_of(json, name);
        if (a == NULL || b == NULL) {
            status = mtmi_error_memory(err);
        } else if (!json_equal(a, b)) {
            status = mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0},
                                    "found another description than in the release %s, expected the same one: their "
                                    "events are counted together; or another name of the resource",
                                    other->name);
        }
        json_decref(a);
        json_decref(b);
    }
    json_decref(json);
    return status;
}

static mtm_status check_all_alike(const mtmi_release_facts *facts, const mtmi_stored *stored, const json_t *list,
                                  mtm_error *err) {
    for (size_t i = 0; i < stored->n && json_array_size(facts->events) > 0; i++) {
        const mtmi_stored_release *other = &stored->releases[i];
        if (may_be_superseded(facts, stored, i) && !is_out(facts, stored, i) &&
            !mtmi_store_has_text(list, other->name)) {
            MTMI_CHECK_STATUS(check_alike(facts, other, err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_release_settle(mtmi_release_facts *facts, const mtmi_stored *stored, mtm_error *err) {
    json_t *list = json_array();
    mtm_status status = MTM_OK;
    MTMI_TRY(list == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(check_country(facts, stored, err));
    MTMI_TRY(check_events(facts, stored, err));
    MTMI_TRY(list_superseded(facts, stored, list, err));
    MTMI_TRY(check_all_alike(facts, stored, list, err));
    MTMI_TRY(json_object_set(json_object_get(facts->json, "release"), "supersedes", list) != 0 ? mtmi_error_memory(err)
                                                                                               : MTM_OK);
out:
    json_decref(list);
    return status;
}

/* Without what may differ between two additions of one release. */
static json_t *substance(const json_t *json) {
    json_t *copy = json_copy((json_t *)(uintptr_t)json);
    json_t *about = json_copy(json_object_get(json, "release"));
    if (copy != NULL && about != NULL) {
        (void)json_object_del(copy, "digest");
        (void)json_object_del(about, "received");
        (void)json_object_del(about, "by");
        (void)json_object_del(about, "note");
        if (json_object_set(copy, "release", about) != 0) {
            json_decref(copy);
            copy = NULL;
        }
    }
    json_decref(about);
    return copy;
}

mtm_status mtmi_release_compare(const mtmi_release_facts *facts, const char *store, const mtmi_stored *stored,
                                int *is_there, mtm_error *err) {
    json_t *ours = NULL, *theirs = NULL, *json = NULL;
    size_t i = 0;
    mtm_status status = MTM_OK;
    *is_there = 0;
    while (i < stored->n && !is_own(facts, &stored->releases[i])) {
        i++;
    }
    if (i == stored->n) {
        return MTM_OK;
    }
    const char *file = stored->releases[i].file;
    MTMI_TRY(mtmi_store_load(store, file, &json, err));
    ours = substance(facts->json);
    theirs = substance(json);
    MTMI_TRY(ours == NULL || theirs == NULL ? mtmi_error_memory(err) : MTM_OK);
    *is_there = json_equal(ours, theirs);
    MTMI_TRY(*is_there ? MTM_OK
                       : mtmi_error_set(
                             err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){file, 0, 0},
                             "found another release of this name with other files or another description, expected "
                             "another name: what is in a store does not change"));
out:
    json_decref(ours);
    json_decref(theirs);
    json_decref(json);
    return status;
}
