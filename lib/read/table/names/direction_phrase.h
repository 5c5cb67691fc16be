/* Arrivals and departures named with the country. */
#ifndef MTMI_READ_TABLE_NAMES_DIRECTION_PHRASE_H
#define MTMI_READ_TABLE_NAMES_DIRECTION_PHRASE_H

#include <stddef.h>

/* "Прибыло в Российскую Федерацию - всего", "Вʼїзд в Україну": IN or OUT of the list of directions; NULL for another text, such as
 * a movement into a country that is a departure ("выехало в Россию"), which is about one country of several. */
const char *mtmi_direction_phrase(const char *text, size_t length);

#endif
