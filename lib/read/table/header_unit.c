/* Units in names of columns. What comes in: a name. What goes out: a unit and a power of ten, when the name says so in
 * words. It does not know the figures. */
#include "codelist/unit.h"
#include "read/table/header_words.h"

void mtmi_header_unit(const char *name, size_t length, const char **unit, int *power) {
    mtmi_unit found;

    (void)mtmi_unit_find(name, length, &found);
    *unit = found.unit;
    *power = found.power;
}
