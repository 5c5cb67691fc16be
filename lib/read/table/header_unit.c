/* Units in names of columns. What comes in: a name. What goes out: a unit and a power of ten, when the name says so in
 * words. It does not know the figures. */
#include "read/table/header_words.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int find_power(const char *word) {
    static const struct { const char *word; int power; } words[] = {
        {"thousand", 3}, {"thousands", 3}, {"тыс", 3}, {"тыс.", 3}, {"тысяч", 3}, {"тысячи", 3}, {"мың", 3}, {"'000", 3},
        {"000s", 3}, {"million", 6}, {"millions", 6}, {"mln", 6}, {"mln.", 6}, {"млн", 6}, {"млн.", 6}, {"миллионов", 6},
        {"миллион", 6}, {"billion", 9}, {"billions", 9}, {"bn", 9}, {"bln", 9}, {"млрд", 9}, {"млрд.", 9}, {"миллиардов", 9},
        {"миллиард", 9}};

    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcmp(words[i].word, word) == 0) {
            return words[i].power;
        }
    }
    return 0;
}

static const char *find_unit(const char *word) {
    static const struct { const char *word, *unit; } words[] = {
        {"%", "percent"}, {"percent", "percent"}, {"процент", "percent"}, {"процентов", "percent"}, {"проценты", "percent"},
        {"пайыз", "percent"}, {"usd", "USD"}, {"$", "USD"}, {"долл", "USD"}, {"долл.", "USD"}, {"долларов", "USD"},
        {"kzt", "KZT"}, {"tenge", "KZT"}, {"тенге", "KZT"}, {"теңге", "KZT"}, {"persons", "persons"}, {"people", "persons"},
        {"человек", "persons"}, {"чел", "persons"}, {"чел.", "persons"}, {"адам", "persons"}};

    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcmp(words[i].word, word) == 0) {
            return words[i].unit;
        }
    }
    return NULL;
}

void mtmi_header_unit(const char *name, size_t length, const char **unit, int *power) {
    char text[MTMI_NAME_SIZE];
    size_t n = mtmi_name_normalise(name, length, text), at = 0;
    int apart = 0; /* in parentheses or after a comma: only there a word is a unit */

    *unit = NULL;
    *power = 0;
    while (at < n) {
        size_t end = at + strcspn(text + at, " ,();/");
        char stop = text[end];
        text[end] = '\0';
        *power = *power != 0 ? *power : find_power(text + at);
        *unit = *unit != NULL || !(apart || *power != 0) ? *unit : find_unit(text + at);
        apart |= stop == '(' || stop == ',' || stop == ';';
        at = end + 1;
    }
}
