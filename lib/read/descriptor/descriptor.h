/* A datapackage.json as libmtm follows it: the package's properties, and its resources with their files. */
#ifndef MTMI_READ_DESCRIPTOR_DESCRIPTOR_H
#define MTMI_READ_DESCRIPTOR_DESCRIPTOR_H

#include "base/source.h"
#include "read/descriptor/properties.h"
#include "read/descriptor/resource.h"

/* A file of boundaries for maps. */
typedef struct mtmi_boundary_file {
    char *dimension; /* whose members its areas are; "country" for every dimension of countries */
    char *property;  /* with the code of an area; "id" is the id of the feature */
    char *path;
    char *credit; /* the title of its source; "" where not stated */
} mtmi_boundary_file;

typedef struct mtmi_descriptor {
    char *folder; /* nothing outside it is read */
    int is_store; /* of releases; this is what they are as of a day */
    char country[4];
    mtmi_titles title;
    mtmi_front_matter front;
    int has_period;
    mtm_period period;
    int as_covered;            /* stands for every resource */
    mtmi_resource **resources; /* tables and microdata, in the order of the file */
    size_t n_resources;
    mtmi_boundary_file *boundaries;
    size_t n_boundaries;
    mtmi_resource *gazetteer; /* the file of the list of places; NULL for none */
    mtmi_gazetteer *places;   /* what it says, once it was read */
} mtmi_descriptor;

/* path: the folder or its datapackage.json; or a store of releases, of which as_of (NULL: all) takes those of a day. */
mtm_status mtmi_descriptor_read(const char *path, const mtm_period *as_of, mtmi_descriptor **out, mtm_error *err);
/* The same in two steps: the JSON and where it lies, which are the caller's in every case; and what it says. */
mtm_status mtmi_descriptor_load(const char *path, const mtm_period *as_of, char **folder, char **file, json_t **out,
                                mtm_error *err);
mtm_status mtmi_descriptor_of(const json_t *json, const char *folder, const char *file, mtmi_descriptor **out,
                              mtm_error *err);
void mtmi_descriptor_free(mtmi_descriptor *descriptor);

/* Opens the files of a resource (gzip is unpacked) after checking their declared size and digest. Free each source and
 * then the array with mtmi_sources_free(). */
mtm_status mtmi_descriptor_open(const mtmi_descriptor *descriptor, const mtmi_resource *resource,
                                uint64_t max_expansion, mtmi_source ***out, size_t *n_out, mtm_error *err);
void mtmi_sources_free(mtmi_source **sources, size_t n);
/* A file beside those of a resource: a form, boundaries. That of a store is compared with the digest in its path. */
mtm_status mtmi_descriptor_open_file(const mtmi_descriptor *descriptor, const char *path, mtmi_source **out,
                                     mtm_error *err);

/* declared_boundaries.c: whether a resource is boundaries, which no table is; reads what it says. */
int mtmi_descriptor_is_boundaries(const json_t *resource);
mtm_status mtmi_descriptor_boundaries(mtmi_descriptor *descriptor, const json_t *package, const json_t *resource,
                                      mtmi_properties *in);
void mtmi_descriptor_boundaries_free(mtmi_descriptor *descriptor);

#endif
