/* Binds two columns of days side by side, of which the names say from when and until when. */
#include "read/table/names/from_until.h"

#include "read/table/header_words.h"

#include <string.h>

static int ends_in(const char *name, const char *const *words, size_t n_words) {
    char normal[MTMI_NAME_SIZE];
    size_t n = mtmi_name_normalise(name, strlen(name), normal), at = n;

    while (at > 0 && normal[at - 1] != ' ') {
        at--;
    }
    for (size_t i = 0; n > 0 && i < n_words; i++) {
        if (strcmp(normal + at, words[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

static int holds_periods(const mtmi_inference *in, const mtmi_bound *bound) {
    return mtmi_bound_open(bound) && mtmi_columns_content(in, bound) == MTMI_PERIODS;
}

void mtmi_columns_from_until(const mtmi_inference *in) {
    static const char *const from[] = {"с", "со", "от", "from", "начало", "з", "басы"};
    static const char *const until[] = {"по", "до", "to", "until", "till", "through", "конец", "соңы"};
    mtmi_bound *first = NULL;
    size_t periods = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD || bound->role == MTMI_ROLE_PERIOD_START) {
            return;
        }
        periods += (size_t)holds_periods(in, bound);
        if (i + 1 < in->columns->n && holds_periods(in, bound) && holds_periods(in, bound + 1) &&
            ends_in(bound->name, from, sizeof from / sizeof *from) &&
            ends_in(bound[1].name, until, sizeof until / sizeof *until)) {
            first = bound;
        }
    }
    if (first != NULL && periods == 2) {
        first[0].role = MTMI_ROLE_PERIOD_START;
        first[1].role = MTMI_ROLE_PERIOD_END;
        first[0].how = first[1].how = MTMI_HOW_HEADER;
    }
}
