/* The built-in composite indicators as they are written: the bytes of definitions.json, UTF-8, not ended by NUL. */
#ifndef MTMI_SURVEY_DEFINITIONS_H
#define MTMI_SURVEY_DEFINITIONS_H

#include <stddef.h>

extern const unsigned char mtmi_survey_definitions[];
extern const size_t mtmi_survey_definitions_size;

#endif
