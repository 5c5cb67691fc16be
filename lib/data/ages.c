/* Reads spans of years of age as SDMX (CL_AGE: Y15T24, Y_GE65, Y_LT15) and agencies ("15-24", "65+") write them. Both ends
 * belong to a span. */
#include "data/ages.h"

#include "codelist/match.h"

#include <string.h>

enum { OLDEST = 200 };

static const char *read_years(const char *text, int *out) {
    int digits = 0;

    for (*out = 0; *text >= '0' && *text <= '9' && digits < 4; text++, digits++) {
        *out = *out * 10 + (*text - '0');
    }
    return digits > 0 && digits < 4 ? text : NULL;
}

/* 0 where the text is no span. */
static int read_span(const char *text, int *first, int *last) {
    const char *at;

    *first = 0;
    *last = OLDEST;
    if (strncmp(text, "Y_GE", 4) == 0) {
        at = read_years(text + 4, first);
        return at != NULL && *at == '\0';
    }
    if (strncmp(text, "Y_LT", 4) == 0) {
        at = read_years(text + 4, last);
        --*last;
        return at != NULL && *at == '\0';
    }
    at = read_years(text + (text[0] == 'Y'), first);
    if (at == NULL) {
        return 0;
    }
    if (*at == '+') {
        return at[1] == '\0';
    }
    if (*at == '\0') {
        *last = *first;
        return 1;
    }
    if (*at != '-' && *at != 'T' && strncmp(at, "\xE2\x80\x93", 3) != 0) {
        return 0;
    }
    at = read_years(at + (*at == '-' || *at == 'T' ? 1 : 3), last);
    return at != NULL && *at == '\0' && *first <= *last;
}

int mtmi_ages_overlap(const char *a, const char *b) {
    int first_a, last_a, first_b, last_b;

    return read_span(a, &first_a, &last_a) && read_span(b, &first_b, &last_b) && first_a <= last_b && first_b <= last_a;
}

int mtmi_ages_dimension(const mtmi_dimension *dimension) {
    return (dimension->list != NULL && strcmp(mtmi_codelist_id(dimension->list), "age-group") == 0) ||
           strcmp(dimension->name, "age") == 0;
}
