/* Reads what a resource says of its coverage: lists of all members, the meaning of absent rows, breaks, dates of
 * stocks. Whether the dimensions and members exist is checked when rows are read. */
#include "base/memory.h"
#include "read/descriptor/resource_internal.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { LONGEST_ROUND = 366 };

/* ---- all members of a dimension ---- */

static void read_day(mtmi_properties *in, const json_t *member, const char *key, int32_t *first, int32_t *last) {
    mtm_period period;
    int given = 0;
    mtmi_properties_period(in, member, key, &period, &given);
    if (given && first != NULL) {
        *first = period.first;
    }
    if (given && last != NULL) {
        *last = period.last;
    }
}

/* "UZB", or {"code": "KZ10", "from": "2022-06-08", "predecessor": "KZ63"}. */
static void read_member(mtmi_properties *in, const json_t *json, mtmi_framed *out) {
    static const char *const known[] = {"code", "from", "to", "predecessor"};
    out->valid = (mtm_period){INT32_MIN, INT32_MAX};
    if (json_is_string(json)) {
        out->code = mtmi_memory_copy_text(json_string_value(json));
        if (out->code == NULL) {
            mtmi_properties_no_memory(in);
        }
        return;
    }
    if (!json_is_object(json)) {
        mtmi_properties_refuse(in, NULL, "something else", "a code as text, or an object with a code");
        return;
    }
    mtmi_properties_check(in, json, known, COUNT(known));
    mtmi_properties_text(in, json, "code", &out->code);
    mtmi_properties_text(in, json, "predecessor", &out->predecessor);
    read_day(in, json, "from", &out->valid.first, NULL);
    read_day(in, json, "to", NULL, &out->valid.last);
    if (out->code == NULL) {
        mtmi_properties_refuse(in, "code", "nothing", "a code of the dimension's list");
    } else if (out->valid.last < out->valid.first) {
        mtmi_properties_refuse(in, "to", "a day before from", "a later one");
    } else if (out->predecessor != NULL && out->valid.first == INT32_MIN) {
        mtmi_properties_refuse(in, "from", "nothing", "the first day of a member that has a predecessor");
    }
}

static void read_list(mtmi_properties *in, const char *dimension, const json_t *json, mtmi_frame_list *out) {
    const size_t n = json_array_size(json), before = mtmi_properties_enter(in, dimension);
    out->dimension = mtmi_memory_copy_text(dimension);
    out->closed = json_is_string(json) && strcmp(json_string_value(json), "closed") == 0;
    if (out->dimension == NULL) {
        mtmi_properties_no_memory(in);
    } else if (!out->closed && (!json_is_array(json) || n == 0)) {
        mtmi_properties_refuse(in, NULL, json_is_array(json) ? "an empty list" : "something else",
                               "\"closed\", or the list of all members");
    } else if (!out->closed) {
        out->members = mtmi_memory_new(n, sizeof *out->members);
        if (out->members == NULL) {
            mtmi_properties_no_memory(in);
        }
    }
    for (size_t i = 0; out->members != NULL && i < n && in->status == MTM_OK; i++) {
        const size_t inside = mtmi_properties_enter_at(in, i);
        read_member(in, json_array_get(json, i), &out->members[out->n++]);
        mtmi_properties_leave(in, inside);
    }
    mtmi_properties_leave(in, before);
}

static int is_selection(const mtmi_resource *resource, const char *dimension) {
    int found = resource->parts_are_selection;
    for (size_t i = 0; i < resource->selections.n && !found; i++) {
        found = strcmp(resource->selections.marks[i], dimension) == 0;
    }
    return found;
}

/* true: the categories of the schema. Else one list a dimension. */
static void read_frames(mtmi_properties *in, const json_t *mtm, mtmi_resource *out) {
    json_t *frame = (json_t *)(uintptr_t)json_object_get(mtm, "frame");
    const size_t before = mtmi_properties_enter(in, "frame");
    const char *dimension;
    json_t *list;
    if (json_is_object(frame)) {
        out->frames = mtmi_memory_new(json_object_size(frame) + 1, sizeof *out->frames);
        if (out->frames == NULL) {
            mtmi_properties_no_memory(in);
        }
        json_object_foreach(frame, dimension, list) {
            if (in->status == MTM_OK && is_selection(out, dimension)) {
                mtmi_properties_refuse(in, dimension, "it beside partsAreSelection",
                                       "one of them: all members are there, or only some");
            } else if (in->status == MTM_OK) {
                read_list(in, dimension, list, &out->frames[out->n_frames++]);
            }
        }
    } else if (frame != NULL && !json_is_boolean(frame)) {
        mtmi_properties_refuse(in, NULL, "something else",
                               "true (the categories of the schema), or an object: {\"citizenship\": \"closed\"}");
    }
    out->frame_of_schema = json_is_true(frame);
    mtmi_properties_leave(in, before);
}

/* ---- breaks ---- */

static void read_break(mtmi_properties *in, const json_t *json, mtmi_break *out) {
    static const char *const known[] = {"date", "of", "note"};
    static const mtmi_choice kinds[] = {{"definition", 0}, {"coverage", 1}};
    int32_t day = INT32_MIN;
    if (!json_is_object(json)) {
        mtmi_properties_refuse(in, NULL, "something else", "an object with a date");
        return;
    }
    mtmi_properties_check(in, json, known, COUNT(known));
    read_day(in, json, "date", &day, NULL);
    mtmi_properties_choice(in, json, "of", kinds, COUNT(kinds), &out->of_coverage);
    mtmi_properties_titles(in, json, "note", &out->note);
    if (day == INT32_MIN) {
        mtmi_properties_refuse(in, "date", "nothing", "the first day of what is counted since");
    }
    out->day = day;
}

static void read_breaks(mtmi_properties *in, const json_t *mtm, mtmi_resource *out) {
    const json_t *list = mtmi_properties_array(in, mtm, "breaks");
    const size_t n = json_array_size(list), before = mtmi_properties_enter(in, "breaks");
    out->breaks = n > 0 ? mtmi_memory_new(n, sizeof *out->breaks) : NULL;
    if (n > 0 && out->breaks == NULL) {
        mtmi_properties_no_memory(in);
    }
    for (size_t i = 0; out->breaks != NULL && i < n && in->status == MTM_OK; i++) {
        const size_t inside = mtmi_properties_enter_at(in, i);
        read_break(in, json_array_get(list, i), &out->breaks[out->n_breaks++]);
        mtmi_properties_leave(in, inside);
    }
    mtmi_properties_leave(in, before);
}

/* ---- periods that files of microdata cover ---- */

static void read_covers(mtmi_properties *in, const json_t *mtm, mtmi_resource *out) {
    const json_t *covers = json_object_get(mtm, "covers");
    const size_t n = json_is_array(covers) ? json_array_size(covers) : covers != NULL;
    const size_t before = mtmi_properties_enter(in, "covers");
    if (covers != NULL && !out->microdata) {
        mtmi_properties_refuse(in, NULL, "it", "it only where microdata is true");
    }
    out->covers = n > 0 ? mtmi_memory_new(n, sizeof *out->covers) : NULL;
    if (n > 0 && out->covers == NULL) {
        mtmi_properties_no_memory(in);
    }
    for (size_t i = 0; out->covers != NULL && i < n && in->status == MTM_OK; i++) {
        const char *text = json_string_value(json_is_array(covers) ? json_array_get(covers, i) : covers);
        if (text == NULL || mtm_period_read(text, &out->covers[out->n_covers++], NULL) != MTM_OK) {
            mtmi_properties_refuse(in, NULL, text == NULL ? "no text" : text,
                                   "a period, such as 2024, 2024-Q1 or 2024-01-01/2024-05-14, or a list of periods");
        }
    }
    mtmi_properties_leave(in, before);
}

/* ---- all of it ---- */

void mtmi_resource_coverage(mtmi_properties *in, const json_t *mtm, mtmi_resource *out) {
    static const mtmi_choice absences[] = {{"zero", MTMI_ABSENT_ZERO}, {"not-covered", MTMI_ABSENT_NOT_COVERED}};
    static const mtmi_choice sums[] = {{"refuse", 0}, {"as-covered", 1}};
    static const mtmi_choice dates[] = {{"collection", 0}, {"last-known", 1}};
    int absent = MTMI_ABSENT_UNSAID;
    int64_t span = 0;
    if (json_is_array(json_object_get(mtm, "partsAreSelection"))) {
        mtmi_properties_marks(in, mtm, "partsAreSelection", 0, &out->selections);
    } else {
        mtmi_properties_bool(in, mtm, "partsAreSelection", &out->parts_are_selection);
    }
    mtmi_properties_choice(in, mtm, "absent", absences, COUNT(absences), &absent);
    mtmi_properties_choice(in, mtm, "incomplete", sums, COUNT(sums), &out->as_covered);
    mtmi_properties_choice(in, mtm, "stockDates", dates, COUNT(dates), &out->last_known);
    mtmi_properties_int(in, mtm, "roundSpan", 1, LONGEST_ROUND, &span);
    out->absent = (mtmi_absent)absent;
    out->round_span = (int32_t)span;
    read_frames(in, mtm, out);
    read_breaks(in, mtm, out);
    read_covers(in, mtm, out);
}

void mtmi_resource_coverage_free(mtmi_resource *resource) {
    mtmi_marks_free(&resource->selections);
    for (size_t i = 0; i < resource->n_frames; i++) {
        for (size_t k = 0; k < resource->frames[i].n; k++) {
            mtmi_memory_free(resource->frames[i].members[k].code);
            mtmi_memory_free(resource->frames[i].members[k].predecessor);
        }
        mtmi_memory_free(resource->frames[i].members);
        mtmi_memory_free(resource->frames[i].dimension);
    }
    mtmi_memory_free(resource->frames);
    for (size_t i = 0; i < resource->n_breaks; i++) {
        mtmi_titles_free(&resource->breaks[i].note);
    }
    mtmi_memory_free(resource->breaks);
    mtmi_memory_free(resource->covers);
}
