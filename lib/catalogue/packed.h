/* The built-in catalogue as it is compiled in: catalogue.json, read and checked while the library is built, in the form of
 * indicator/definition/packing.h. */
#ifndef MTMI_CATALOGUE_PACKED_H
#define MTMI_CATALOGUE_PACKED_H

#include <stddef.h>

extern const unsigned char mtmi_catalogue_packed[];
extern const size_t mtmi_catalogue_packed_size;

#endif
