/* Units and powers of ten in words, such as "тыс. человек" or "USD million". The words are those of data/unit.tsv and
 * data/magnitude.tsv. */
#ifndef MTMI_CODELIST_UNIT_H
#define MTMI_CODELIST_UNIT_H

#include <stddef.h>

typedef struct mtmi_unit {
    const char *unit;     /* as datasets carry it: "persons", "USD"; static; NULL where none is named */
    const char *quantity; /* "count", "money", "ratio"; static; NULL beside no unit */
    int power;            /* of ten */
    int has_power;        /* a word of magnitude was there */
} mtmi_unit;

#define MTMI_UNIT_TEXT 192 /* bytes of a normalised text; a longer one says nothing */

/* base/text.h, and every mark between words is one space: "долл. США" is "долл сша". Returns the length; 0 when it does
 * not fit, is no UTF-8 or has no words. */
size_t mtmi_unit_normalise(const char *text, size_t length, char *out, size_t size);

/* The whole text is a unit, a word of magnitude, or both in any order: "million USD", "%". 0 when it has another word. */
int mtmi_unit_read(const char *text, size_t length, mtmi_unit *out);
/* The same within other words: "Arrivals, thousand persons". A unit counts after a comma, a parenthesis or a word of
 * magnitude alone, money also at the end: "Persons employed" is not one, "remittances USD" has one. 0 when neither is there. */
int mtmi_unit_find(const char *text, size_t length, mtmi_unit *out);
/* The length of a name without the unit behind its last comma or parenthesis: "men" of "men, thousand".
 * A per cent sign stays: such a column is about something else. */
size_t mtmi_unit_cut(const char *name, size_t length);
/* The power of a single word: "тыс.", "million"; 0 for none. */
int mtmi_magnitude_read(const char *word, size_t length);

/* Whether two units can be meant by one column: the same, or "units" beside any count. NULL agrees with all. */
int mtmi_unit_same(const char *a, const char *b);
/* The quantity of a unit as datasets carry it: "count", "money", "ratio"; NULL where the table does not have it. */
const char *mtmi_unit_quantity(const char *unit);

#endif
