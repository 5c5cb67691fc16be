/* Loading JSON with jansson: size and depth capped, duplicate keys refused, errors with line and column. */
#ifndef MTMI_BASE_JSON_READ_H
#define MTMI_BASE_JSON_READ_H

#include <mtm/status.h>

#include <jansson.h>

#define MTMI_JSON_READ_DEPTH 64

/* *out is the caller's: json_decref(). name is what errors call the file. A UTF-8 BOM is skipped. */
mtm_status mtmi_json_load(const char *bytes, size_t size, const char *name, json_t **out, mtm_error *err);

#endif
