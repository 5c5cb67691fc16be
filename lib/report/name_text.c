/* Names of countries within a sentence: some take an article. Which, the language's words say. */
#include "report/indicator_entry.h"

#include <string.h>

int mtmi_names_countries(const char *dimension) {
    static const char *const dimensions[] = {"citizenship", "country", "origin", "destination"};
    for (size_t i = 0; i < sizeof dimensions / sizeof *dimensions; i++) {
        if (strcmp(dimension, dimensions[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Codes have three letters and stand apart by spaces. */
static int is_definite(const char *codes, const char *code) {
    const char *at = strlen(code) == 3 ? strstr(codes, code) : NULL;
    return at != NULL && (at[3] == ' ' || at[3] == '\0');
}

const char *mtmi_row_name(mtmi_text_builder *scribe, const mtmi_report_indicator *entry, const mtmi_report_row *row,
                          int first) {
    if (row->kind != MTM_MEMBER_CODE || !mtmi_names_countries(entry->dimension) ||
        !is_definite(scribe->words->definite, row->code)) {
        return row->label;
    }
    return mtmi_say(scribe, first ? MTMI_MESSAGE_DEFINITE_NAME_FIRST : MTMI_MESSAGE_DEFINITE_NAME, "name", row->label,
                    MTMI_SAY_END);
}
