/* The order of vintages: a release date as far as it is known, then first print, revision, final. */
#include "coverage/vintage.h"

#include "period/period.h"

#include <string.h>

int mtmi_vintage_is_stated(const mtmi_release *release) {
    return release->date.last != MTMI_DAY_NONE;
}

static int edition_rank(const char *edition) {
    static const char *const names[] = {"first", "", "revised", "final"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(names[i], edition) == 0) {
            return i;
        }
    }
    return 1;
}

int mtmi_vintage_compare(const mtmi_release *a, const mtmi_release *b) {
    int by_edition = edition_rank(a->edition) - edition_rank(b->edition);
    if (mtmi_vintage_is_stated(a) && mtmi_vintage_is_stated(b)) {
        int by_date = (a->date.last > b->date.last) - (a->date.last < b->date.last);
        return by_date != 0 ? by_date : by_edition;
    }
    if (a->edition[0] != '\0' && b->edition[0] != '\0' && by_edition != 0) {
        return by_edition;
    }
    return mtmi_vintage_is_stated(a) - mtmi_vintage_is_stated(b);
}

int mtmi_editions_differ(const char *a, const char *b) {
    return a[0] != '\0' && b[0] != '\0' && (strcmp(a, "first") == 0) != (strcmp(b, "first") == 0);
}
