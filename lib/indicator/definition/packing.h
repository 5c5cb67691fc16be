/* A catalogue as bytes: what `generate_packed.c` makes of the built-in one, so that a program which starts parses no JSON.
 * The bytes belong to one build of the library and are never kept. */
#ifndef MTMI_INDICATOR_DEFINITION_PACKING_H
#define MTMI_INDICATOR_DEFINITION_PACKING_H

#include "indicator/definition/catalogue.h"

/* MTM_ERROR_SCHEMA for an indicator of a survey: what it asks is JSON that it owns. */
mtm_status mtmi_catalogue_pack(mtm_catalogue *catalogue, mtmi_buffer *out, mtm_error *err);
/* catalogue is empty. On an error it holds what was made so far. */
mtm_status mtmi_catalogue_unpack(mtm_catalogue *catalogue, const unsigned char *bytes, size_t size, mtm_error *err);

#endif
