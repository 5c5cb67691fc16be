/* The built-in catalogue as it is written: the bytes of catalogue.json, UTF-8, not ended by NUL. */
#ifndef MTMI_CATALOGUE_JSON_H
#define MTMI_CATALOGUE_JSON_H

#include <stddef.h>

extern const unsigned char mtmi_catalogue_json[];
extern const size_t mtmi_catalogue_json_size;

#endif
