/* Tells Roman numerals up to twelve, those of quarters and months, and words in parentheses. */
#include "read/table/names/numeral.h"

#include <string.h>

int mtmi_numeral(mtmi_cell cell) {
    static const char *const numerals[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
    static const char cyrillic[] = "\xD0\x86";
    char latin[8];
    size_t n = 0;

    for (size_t i = 0; i < cell.length; i++) {
        const int is_cyrillic = i + 1 < cell.length && memcmp(cell.text + i, cyrillic, 2) == 0;
        if (n + 1 == sizeof latin) {
            return 0;
        }
        latin[n++] = is_cyrillic ? 'I' : cell.text[i];
        i += (size_t)is_cyrillic;
    }
    latin[n] = '\0';
    for (int i = 0; i < (int)(sizeof numerals / sizeof *numerals); i++) {
        if (strcmp(latin, numerals[i]) == 0) {
            return i + 1;
        }
    }
    return 0;
}

size_t mtmi_part_before_parentheses(mtmi_cell part) {
    size_t at = part.length;
    while (at > 0 && part.text[at - 1] != '(') {
        at--;
    }
    while (at > 0 && strchr(" (", part.text[at - 1]) != NULL) {
        at--;
    }
    return part.length > 0 && part.text[part.length - 1] == ')' ? at : 0;
}
