/* Copies and frees what a data package says of itself. */
#include "data/package_front_matter.h"

#include <string.h>

int mtmi_front_matter_copy(const mtmi_front_matter *from, mtmi_front_matter *to) {
    memset(to, 0, sizeof *to);
    to->next_release = from->next_release;
    to->has_next_release = from->has_next_release;
    return mtmi_titles_copy(&from->introduction, &to->introduction) & mtmi_titles_copy(&from->contact, &to->contact) &
           mtmi_boundaries_copy(&from->boundaries, &to->boundaries);
}

void mtmi_front_matter_free(mtmi_front_matter *front) {
    mtmi_titles_free(&front->introduction);
    mtmi_titles_free(&front->contact);
    mtmi_boundaries_free(&front->boundaries);
    memset(front, 0, sizeof *front);
}
