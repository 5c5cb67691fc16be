/* Makes border crossings, one row each, the same for the same seed: skewed citizenships, 150 checkpoints, seasons, and on
 * request Cyrillic names, quoted cells and dirty rows. CSV goes to standard output, what a
 * reader must find to a file as JSON. Any number of rows; nothing is kept.
 *
 *   crossings ROWS [--seed N] [--style plain|cyrillic] [--dirty PER_MILLE] [--truth FILE] [--first ROW]
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECKPOINTS 150u
#define YEARS 4u
#define FIRST_YEAR 2021u
#define QUARTERS (YEARS * 4u)

struct country {
    const char *code, *name;
    unsigned weight;
};

/* clang-format off */
static const struct country countries[] = {
    {"UZB", "Узбекистан", 3400}, {"RUS", "Российская Федерация", 2300}, {"KGZ", "Киргизия", 1700},
    {"CHN", "Китай", 700}, {"TJK", "Таджикистан", 600}, {"TUR", "Турция", 260}, {"IND", "Индия", 220},
    {"DEU", "Германия", 150}, {"BLR", "Беларусь", 90}, {"UKR", "Украина", 80}, {"AZE", "Азербайджан", 70},
    {"GEO", "Грузия", 60}, {"KOR", "Республика Корея", 50}, {"USA", "США", 45}, {"TKM", "Туркменистан", 40},
    {"MNG", "Монголия", 35}, {"GBR", "Великобритания", 30}, {"POL", "Польша", 28}, {"ITA", "Италия", 26},
    {"FRA", "Франция", 25}, {"ARM", "Армения", 24}, {"IRN", "Иран", 20}, {"PAK", "Пакистан", 18},
    {"AFG", "Афганистан", 16}, {"ISR", "Израиль", 14}, {"JPN", "Япония", 12}, {"MDA", "Молдова", 10},
    {"CAN", "Канада", 8}, {"LTU", "Литва", 6}, {"THA", "Таиланд", 5}, {"VNM", "Вьетнам", 4}, {"EGY", "Египет", 3},
    {"BRA", "Бразилия", 2}, {"NGA", "Нигерия", 2}, {"AUS", "Австралия", 1}};
#define N_COUNTRIES (sizeof countries / sizeof countries[0])

static const char *const purposes[2][6] = {
    {"private", "transit", "work", "tourism", "business", "study"},
    {"частная", "транзит", "работа", "туризм", "деловая", "учёба"}};
static const unsigned purpose_weights[6] = {46, 18, 14, 12, 8, 2};
static const char *const directions[2][2] = {{"in", "out"}, {"въезд", "выезд"}};
static const char *const sexes[2][2] = {{"F", "M"}, {"жен", "муж"}};
static const char *const transports[2][4] = {{"road", "rail", "air", "sea"},
                                             {"автомобиль", "поезд", "самолёт", "судно"}};
static const unsigned season[12] = {6, 6, 7, 8, 9, 9, 11, 12, 9, 8, 7, 8}; /* of 100 */

struct settings { uint64_t rows, first, seed; int cyrillic; unsigned dirty; const char *truth; };

/* What a reader must find. */
struct truth {
    uint64_t by_quarter[QUARTERS][2], bad_date, missing_cell, bad_birth, odd_quote, unknown_country, accepted;
};
/* clang-format on */

static uint64_t mix(uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static unsigned draw(uint64_t *state, unsigned sides) {
    *state = mix(*state);
    return (unsigned)((*state >> 32) * sides >> 32);
}

static unsigned pick(uint64_t *state, const unsigned *weights, unsigned n, unsigned total) {
    unsigned at = draw(state, total), i;
    for (i = 0; i + 1 < n && at >= weights[i]; i++)
        at -= weights[i];
    return i;
}

static unsigned pick_country(uint64_t *state) {
    static unsigned total;
    unsigned at, i;
    if (total == 0)
        for (i = 0; i < N_COUNTRIES; i++)
            total += countries[i].weight;
    at = draw(state, total);
    for (i = 0; i + 1 < N_COUNTRIES && at >= countries[i].weight; i++)
        at -= countries[i].weight;
    return i;
}

static unsigned month_length(unsigned year, unsigned month) {
    static const unsigned char lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && year % 4 == 0 ? 29 : lengths[month - 1];
}

static char *put(char *at, const char *text) {
    size_t n = strlen(text);
    memcpy(at, text, n);
    return at + n;
}

static char *put_number(char *at, uint64_t number, unsigned width) {
    char digits[24];
    unsigned n = 0;
    do {
        digits[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || n < width);
    while (n > 0)
        *at++ = digits[--n];
    return at;
}

/* One crossing, before it is spoilt. */
struct crossing {
    unsigned year, month, day, hour, minute, direction, country, checkpoint, purpose, sex, born, transport;
};

static struct crossing make(uint64_t *state) {
    struct crossing c;
    unsigned a, b;
    c.year = FIRST_YEAR + draw(state, YEARS);
    c.month = 1 + pick(state, season, 12, 100);
    c.day = 1 + draw(state, month_length(c.year, c.month));
    c.hour = draw(state, 24);
    c.minute = draw(state, 60);
    c.direction = draw(state, 100) < 49;
    c.country = pick_country(state);
    a = draw(state, CHECKPOINTS);
    b = draw(state, CHECKPOINTS);
    c.checkpoint = a < b ? a : b; /* some are busier than others */
    c.purpose = pick(state, purpose_weights, 6, 100);
    c.sex = draw(state, 100) < 58;
    c.born = c.year - 1 - draw(state, 40) - draw(state, 42);
    c.transport = draw(state, 10) < 7 ? 0 : 1 + draw(state, 3);
    return c;
}

/* Which way a row is spoilt; most are not. */
enum spoilt { CLEAN, BAD_DATE, MISSING_CELL, BAD_BIRTH, ODD_QUOTE, UNKNOWN_COUNTRY, KINDS };

static char *put_country(char *at, const struct settings *settings, const struct crossing *c, enum spoilt spoilt,
                         int quoted) {
    if (spoilt == ODD_QUOTE)
        return put(at, "\"UZ\"B");
    if (spoilt == UNKNOWN_COUNTRY)
        return put(at, settings->cyrillic ? "Атлантида" : "Atlantis");
    if (quoted)
        *at++ = '"';
    at = put(at, settings->cyrillic ? countries[c->country].name : countries[c->country].code);
    if (quoted)
        *at++ = '"';
    return at;
}

static char *put_row(char *at, const struct settings *settings, uint64_t row, const struct crossing *c,
                     enum spoilt spoilt, int quoted) {
    int cyrillic = settings->cyrillic;
    at = put_number(at, row + 1, 8);
    *at++ = ',';
    at = put_number(at, c->year, 4);
    *at++ = '-';
    at = put_number(at, spoilt == BAD_DATE ? 13 : c->month, 2);
    *at++ = '-';
    at = put_number(at, c->day, 2);
    *at++ = ' ';
    at = put_number(at, c->hour, 2);
    *at++ = ':';
    at = put_number(at, c->minute, 2);
    at = put(at, ":00,");
    at = put(at, directions[cyrillic][c->direction]);
    *at++ = ',';
    at = put_country(at, settings, c, spoilt, quoted);
    at = put(at, quoted ? ",\"" : ",");
    at = put(at, cyrillic ? "Пост, № " : "CP-");
    if (cyrillic && !quoted)
        at -= strlen(", № "), at = put(at, " № ");
    at = put_number(at, c->checkpoint + 1, 3);
    at = put(at, quoted ? "\"," : ",");
    at = put(at, purposes[cyrillic][c->purpose]);
    *at++ = ',';
    at = put(at, sexes[cyrillic][c->sex]);
    *at++ = ',';
    at = put_number(at, spoilt == BAD_BIRTH ? 2999 : c->born, 4);
    if (spoilt != MISSING_CELL) {
        *at++ = ',';
        at = put(at, transports[cyrillic][c->transport]);
    }
    *at++ = '\n';
    return at;
}

static void note(struct truth *truth, const struct crossing *c, enum spoilt spoilt) {
    switch (spoilt) {
    case BAD_DATE: truth->bad_date++; return;
    case MISSING_CELL: truth->missing_cell++; return;
    case BAD_BIRTH: truth->bad_birth++; return;
    case ODD_QUOTE: truth->odd_quote++; return;
    case UNKNOWN_COUNTRY: truth->unknown_country++; break;
    case CLEAN:
    case KINDS: break;
    }
    truth->accepted++;
    truth->by_quarter[(c->year - FIRST_YEAR) * 4 + (c->month - 1) / 3][c->direction]++;
}

static int write_rows(const struct settings *settings, struct truth *truth) {
    static char buffer[1 << 16];
    char *at = put(buffer, "id,time,direction,citizenship,checkpoint,purpose,sex,birth_year,transport\n");
    uint64_t i;
    for (i = settings->first; i < settings->first + settings->rows; i++) {
        uint64_t state = mix(settings->seed * 0x9E3779B97F4A7C15u + i);
        struct crossing c = make(&state);
        enum spoilt spoilt = draw(&state, 1000) < settings->dirty ? (enum spoilt)(1 + draw(&state, KINDS - 1)) : CLEAN;
        int quoted = settings->cyrillic && draw(&state, 100) < 3;
        note(truth, &c, spoilt);
        at = put_row(at, settings, i, &c, spoilt, quoted);
        if ((size_t)(at - buffer) < sizeof buffer - 512)
            continue;
        if (fwrite(buffer, 1, (size_t)(at - buffer), stdout) != (size_t)(at - buffer))
            return 0;
        at = buffer;
    }
    return fwrite(buffer, 1, (size_t)(at - buffer), stdout) == (size_t)(at - buffer) && fflush(stdout) == 0;
}

static int write_truth(const struct settings *settings, const struct truth *truth) {
    FILE *file = fopen(settings->truth, "w");
    unsigned i;
    if (file == NULL)
        return 0;
    fprintf(file,
            "{\"rows\": %" PRIu64 ", \"accepted\": %" PRIu64 ", \"bad_date\": %" PRIu64 ", \"missing_cell\": %" PRIu64
            ", \"bad_birth\": %" PRIu64 ", \"odd_quote\": %" PRIu64 ", \"unknown_country\": %" PRIu64
            ",\n \"quarters\": {",
            settings->rows, truth->accepted, truth->bad_date, truth->missing_cell, truth->bad_birth, truth->odd_quote,
            truth->unknown_country);
    for (i = 0; i < QUARTERS; i++)
        fprintf(file, "%s\"%u-Q%u\": [%" PRIu64 ", %" PRIu64 "]", i == 0 ? "" : ", ", FIRST_YEAR + i / 4, 1 + i % 4,
                truth->by_quarter[i][0], truth->by_quarter[i][1]);
    fprintf(file, "}}\n");
    return fclose(file) == 0;
}

static int usage(void) {
    fprintf(stderr, "usage: crossings ROWS [--seed N] [--style plain|cyrillic] [--dirty PER_MILLE] [--truth FILE] "
                    "[--first ROW]\n");
    return 2;
}

int main(int argc, char **argv) {
    struct settings settings = {0, 0, 2024, 0, 0, NULL};
    static struct truth truth;
    int i;
    if (argc < 2 || (settings.rows = strtoull(argv[1], NULL, 10)) == 0)
        return usage();
    for (i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--seed") == 0)
            settings.seed = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--first") == 0)
            settings.first = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--dirty") == 0)
            settings.dirty = (unsigned)strtoul(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--truth") == 0)
            settings.truth = argv[i + 1];
        else if (strcmp(argv[i], "--style") == 0)
            settings.cyrillic = strcmp(argv[i + 1], "cyrillic") == 0;
        else
            return usage();
    }
    if (i < argc)
        return usage();
    if (!write_rows(&settings, &truth) || (settings.truth != NULL && !write_truth(&settings, &truth))) {
        perror("crossings");
        return 1;
    }
    return 0;
}
