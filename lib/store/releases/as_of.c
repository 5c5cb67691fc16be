/* Makes one data package of the releases that counted on a day: those published by then and superseded by none of them. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "store/releases/releases.h"

#include <stdint.h>
#include <string.h>

static int counted(const mtmi_stored *stored, size_t i, const mtm_period *as_of) {
    const int32_t day = as_of != NULL ? as_of->last : INT32_MAX;
    const mtmi_stored_release *release = &stored->releases[i];
    return release->released <= day &&
           (release->superseded_by == i || stored->releases[release->superseded_by].released > day);
}

static int is_newer(const mtmi_stored_release *a, const mtmi_stored_release *b) {
    if (a->released != b->released) {
        return a->released > b->released;
    }
    const int order = strcmp(a->received, b->received);
    return order != 0 ? order > 0 : strcmp(a->file, b->file) > 0;
}

typedef struct joining {
    json_t *list;   /* the resources of the package */
    json_t *events; /* "SOURCE NAME" of microdata -> their place in the list */
} joining;

/* Microdata, whose rows add up over the releases of a source; not a survey, which is a sample of its own. */
static int adds_up(const json_t *events, const json_t *resource) {
    return mtmi_store_has_text(events, mtmi_store_text(resource, "name")) &&
           json_object_get(json_object_get(resource, "mtm"), "survey") == NULL;
}

/* A text, or the texts of a list. */
static int append_texts(json_t *out, const json_t *texts) {
    return json_is_array(texts) ? json_array_extend(out, (json_t *)(uintptr_t)texts) == 0
                                : json_array_append(out, (json_t *)(uintptr_t)texts) == 0;
}

/* The days that the files of both cover, where they say so. */
static int join_covers(const json_t *before, json_t *copy) {
    const json_t *earlier = json_object_get(json_object_get(before, "mtm"), "covers");
    json_t *mtm = json_copy(json_object_get(copy, "mtm"));
    json_t *days = json_array();
    const int done = days != NULL && (earlier == NULL || (mtm != NULL && append_texts(days, earlier) &&
                                                          append_texts(days, json_object_get(mtm, "covers")) &&
                                                          json_object_set(mtm, "covers", days) == 0 &&
                                                          json_object_set(copy, "mtm", mtm) == 0));
    json_decref(days);
    json_decref(mtm);
    return done;
}

/* One resource of all their files, as the latest describes it: counted apart, the latest would stand for all. */
static int join_events(joining *out, const char *source, json_t *copy, const char *name) {
    json_t *key = json_sprintf("%s %s", source, name);
    const json_t *at = key != NULL ? json_object_get(out->events, json_string_value(key)) : NULL;
    const size_t place = (size_t)json_integer_value(at);
    json_t *before = at != NULL ? json_object_get(json_array_get(out->list, place), "path") : NULL;
    json_t *paths = json_is_array(before) ? json_incref(before) : json_array();
    int done = key != NULL && paths != NULL && (before == NULL || before == paths || append_texts(paths, before));
    if (done && at == NULL) {
        done = json_object_set_new(out->events, json_string_value(key),
                                   json_integer((json_int_t)json_array_size(out->list))) == 0 &&
               json_array_append(out->list, copy) == 0;
    } else if (done) {
        (void)json_object_del(copy, "hash");
        (void)json_object_del(copy, "bytes");
        done = join_covers(json_array_get(out->list, place), copy) &&
               append_texts(paths, json_object_get(copy, "path")) && json_object_set(copy, "path", paths) == 0 &&
               json_array_set(out->list, place, copy) == 0;
    }
    json_decref(paths);
    json_decref(key);
    return done;
}

/* A resource under a name that no other release gives: "border-service.2024-07-15.entries". */
static mtm_status add_resource(const mtmi_stored_release *release, const json_t *events, json_t *resource, joining *out,
                               mtm_error *err) {
    const char *own = mtmi_store_text(resource, "name");
    json_t *copy = json_copy(resource);
    json_t *name = json_sprintf("%s.%s.%s", release->source, release->name, own);
    const int done = copy != NULL && name != NULL && json_object_set(copy, "name", name) == 0 &&
                     (adds_up(events, resource) ? join_events(out, release->source, copy, own)
                                                : json_array_append(out->list, copy) == 0);
    json_decref(copy);
    json_decref(name);
    return done ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status add_resources(const mtmi_stored_release *release, joining *out, mtm_error *err) {
    json_t *json = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_stored_json(release, &json, err));
    const json_t *events = json_object_get(json_object_get(json, "release"), "events");
    const json_t *resources = json_object_get(json, "resources");
    for (size_t i = 0; i < json_array_size(resources); i++) {
        MTMI_TRY(add_resource(release, events, json_array_get(resources, i), out, err));
    }
out:
    json_decref(json);
    return status;
}

/* Title, contact, period: what the newest release says of the whole. The country is any that says one: they do not differ. */
static mtm_status add_front(const mtmi_stored *stored, const mtm_period *as_of, json_t *out, mtm_error *err) {
    const mtmi_stored_release *newest = NULL;
    const char *country = "";
    json_t *json = NULL, *mtm = NULL;
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < stored->n; i++) {
        const mtmi_stored_release *release = &stored->releases[i];
        if (counted(stored, i, as_of)) {
            country = country[0] == '\0' ? release->country : country;
            newest = release->is_described && (newest == NULL || is_newer(release, newest)) ? release : newest;
        }
    }
    MTMI_TRY(newest != NULL ? mtmi_stored_json(newest, &json, err) : MTM_OK);
    mtm = json != NULL ? json_copy(json_object_get(json, "mtm")) : json_object();
    json_t *title = json_object_get(json, "title");
    MTMI_TRY(mtm == NULL || (country[0] != '\0' && json_object_set_new(mtm, "country", json_string(country)) != 0) ||
                     (title != NULL && json_object_set(out, "title", title) != 0) ||
                     json_object_set(out, "mtm", mtm) != 0
                 ? mtmi_error_memory(err)
                 : MTM_OK);
out:
    json_decref(mtm);
    json_decref(json);
    return status;
}

mtm_status mtmi_stored_as_of(const mtmi_stored *stored, const mtm_period *as_of, json_t **out, mtm_error *err) {
    json_t *package = json_object();
    joining to = {json_array(), json_object()};
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(package == NULL || to.list == NULL || to.events == NULL ||
                     json_object_set_new(package, "name", json_string("releases")) != 0
                 ? mtmi_error_memory(err)
                 : MTM_OK);
    MTMI_TRY(add_front(stored, as_of, package, err));
    for (size_t i = 0; i < stored->n; i++) {
        MTMI_TRY(counted(stored, i, as_of) ? add_resources(&stored->releases[i], &to, err) : MTM_OK);
    }
    if (json_array_size(to.list) == 0) {
        status = mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){"releases", 0, 0},
                                stored->n == 0
                                    ? "the store is empty; add a release with mtm store add"
                                    : "nothing had been released by that day; mtm store list tells what there is");
        goto out;
    }
    MTMI_TRY(json_object_set(package, "resources", to.list) != 0 ? mtmi_error_memory(err) : MTM_OK);
    *out = package;
    package = NULL;
out:
    json_decref(to.list);
    json_decref(to.events);
    json_decref(package);
    return status;
}

mtm_status mtmi_store_as_of(const char *store, const mtm_period *as_of, json_t **out, mtm_error *err) {
    mtmi_stored stored = {0};
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(mtmi_stored_read(store, &stored, err));
    MTMI_TRY(mtmi_stored_as_of(&stored, as_of, out, err));
out:
    mtmi_stored_free(&stored);
    return status;
}
