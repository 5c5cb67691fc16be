/* Properties of JSON objects as plain values; an error names the property by its path. */
#ifndef MTMI_READ_DESCRIPTOR_PROPERTIES_H
#define MTMI_READ_DESCRIPTOR_PROPERTIES_H

#include "read/descriptor/resource.h"

#include <jansson.h>

typedef struct mtmi_properties {
    mtm_error *err;
    mtm_status status;
    char path[200]; /* "datapackage.json: resources[2].schema" */
    size_t length;
} mtmi_properties;

typedef struct mtmi_choice {
    const char *name;
    int value;
} mtmi_choice;

void mtmi_properties_start(mtmi_properties *in, const char *place, mtm_error *err);

/* Goes into a member or element; gives the length to come back with. */
size_t mtmi_properties_enter(mtmi_properties *in, const char *key);
size_t mtmi_properties_enter_at(mtmi_properties *in, size_t index);
void mtmi_properties_leave(mtmi_properties *in, size_t length);

/* Refuses the property at the path, or its member key when that is not NULL. The format is that of mtmi_error_set. */
void mtmi_properties_refuse(mtmi_properties *in, const char *key, const char *found, const char *expected);
void mtmi_properties_no_memory(mtmi_properties *in);

/* Every key of the object must be known; else the nearest known one is named. */
void mtmi_properties_check(mtmi_properties *in, const json_t *object, const char *const *known, size_t n);
/* The nearest of n names, or NULL when none is near. */
const char *mtmi_properties_nearest(const char *name, const char *const *known, size_t n);

/* Edits that turn one name into the other; 40 for long ones. */
size_t mtmi_properties_distance(const char *a, const char *b);

/* Each leaves *out alone when the property is absent, and refuses it when it is of another type. */
const json_t *mtmi_properties_object(mtmi_properties *in, const json_t *object, const char *key);
const json_t *mtmi_properties_array(mtmi_properties *in, const json_t *object, const char *key);
const char *mtmi_properties_string(mtmi_properties *in, const json_t *object, const char *key); /* lent, or NULL */
void mtmi_properties_text(mtmi_properties *in, const json_t *object, const char *key, char **out);
void mtmi_properties_bool(mtmi_properties *in, const json_t *object, const char *key, int *out);
void mtmi_properties_int(mtmi_properties *in, const json_t *object, const char *key, int64_t least, int64_t most,
                         int64_t *out);
void mtmi_properties_choice(mtmi_properties *in, const json_t *object, const char *key, const mtmi_choice *choices,
                            size_t n, int *out);
/* One character, as UTF-8. */
void mtmi_properties_character(mtmi_properties *in, const json_t *object, const char *key, char out[8]);
/* A list of texts; elements may be {"value": ...}. Replaces what out held. normalise: as number styles keep them. */
void mtmi_properties_marks(mtmi_properties *in, const json_t *object, const char *key, int normalise, mtmi_marks *out);
void mtmi_properties_pairs(mtmi_properties *in, const json_t *object, const char *key, mtmi_pair **out, size_t *n);
void mtmi_properties_titles(mtmi_properties *in, const json_t *object, const char *key, mtmi_titles *out);
void mtmi_properties_period(mtmi_properties *in, const json_t *object, const char *key, mtm_period *out, int *given);

void mtmi_marks_free(mtmi_marks *marks);
int mtmi_marks_copy(const mtmi_marks *marks, mtmi_marks *out); /* 0 without memory */
int mtmi_marks_add(mtmi_marks *marks, const char *text, int normalise);

#endif
