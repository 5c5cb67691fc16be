/* The audit's own reading of registers: for every kind of table of stocks and of movements, and every period, the figures
 * that fall on either side, under the members that both kinds have. */
#include "disclosure/registers/balance.h"

#include "base/buffer.h"
#include "base/map.h"
#include "base/memory.h"

#include <string.h>

enum { KINDS_MAX = 32, PLUS = 1, MINUS = 2, COMPLETE = 3 };

/* A cell's part "name=code". */
typedef struct part {
    const char *name, *end;
    size_t name_length;
} part;

/* What a place adds up to: the sides' sums, and which of both numbers each has. */
typedef struct sums {
    int64_t plus, minus;
    unsigned plus_has, minus_has; /* 1: a stock, 2: a movement */
} sums;

typedef struct balances {
    const mtmi_evidence *evidence;
    const int64_t *values;
    const uint32_t *same;
    mtmi_balance_taker *take;
    void *context;
    mtmi_map places;
    sums *of; /* by place */
    size_t capacity;
    uint32_t moving[KINDS_MAX], standing[KINDS_MAX]; /* an observation of each kind of table */
    size_t n_moving, n_standing;
    int32_t end; /* the latest day of a stock: the register may end within a period */
} balances;

static int next_part(const char **at, part *out) {
    if (**at == '\0') {
        return 0;
    }
    out->name = *at;
    out->name_length = strcspn(*at, "=");
    out->end = *at + strcspn(*at, "|");
    *at = out->end + (*out->end != '\0');
    return 1;
}

/* Events are read apart, and ages change while people stay. */
static int is_member(const part *one) {
    static const char *const others[] = {"event", "age", "age-group"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strlen(others[i]) == one->name_length && memcmp(others[i], one->name, one->name_length) == 0) {
            return 0;
        }
    }
    return 1;
}

static int has_name(const char *cell, const part *like) {
    part one;
    while (next_part(&cell, &one)) {
        if (one.name_length == like->name_length && memcmp(one.name, like->name, one.name_length) == 0) {
            return 1;
        }
    }
    return 0;
}

static int has_names_of(const char *cell, const char *other) {
    part one;
    while (next_part(&other, &one)) {
        if (is_member(&one) && !has_name(cell, &one)) {
            return 0;
        }
    }
    return 1;
}

static int is_movement(const mtmi_observed *observed) {
    return strncmp(observed->family, "registration|persons|", 21) == 0 && observed->is_flow;
}

static int is_stock(const mtmi_observed *observed) {
    const char *unit = strchr(observed->family, '|');
    return !observed->is_flow && observed->persons && unit != NULL && strncmp(unit, "|persons|", 9) == 0;
}

static int is_alike(const balances *b, uint32_t i, uint32_t other) {
    const char *left = b->evidence->observed[i].cell, *right = b->evidence->observed[other].cell;
    return has_names_of(left, right) && has_names_of(right, left);
}

static void list_kinds(balances *b, uint32_t *kinds, size_t *n, int moves) {
    for (uint32_t i = 0; i < b->evidence->n_observed; i++) {
        size_t k = 0;
        if (!(moves ? is_movement : is_stock)(&b->evidence->observed[i])) {
            continue;
        }
        while (k < *n && !is_alike(b, i, kinds[k])) {
            k++;
        }
        if (k == *n && *n < KINDS_MAX) {
            kinds[(*n)++] = i;
        }
    }
}

/* Of observations that say the same of one cell, the first speaks. */
static int is_spoken_for(const balances *b, uint32_t i) {
    for (uint32_t k = b->same[i]; k != i; k = b->same[k]) {
        if (k < i) {
            return 1;
        }
    }
    return 0;
}

/* Who is there before, who came: plus. Who is there after, who left: minus. */
static int side_of(const balances *b, const mtmi_observed *observed, mtm_period period, unsigned *has) {
    const char *event = strstr(observed->cell, "event=");
    if (!is_movement(observed)) {
        *has = 1;
        const int32_t day = observed->period.last;
        const int is_end = day == period.last || (day == b->end && day >= period.first && day <= period.last);
        return day + 1 == period.first ? PLUS : is_end ? MINUS : 0;
    }
    if (event == NULL || observed->period.first != period.first || observed->period.last != period.last) {
        return 0;
    }
    event += 6;
    *has = strncmp(event, "entered", 7) == 0 || strncmp(event, "left", 4) == 0 ? 2 : 0;
    return strncmp(event, "entered", 7) == 0 || strncmp(event, "moved-in", 8) == 0 ? PLUS
           : strncmp(event, "left", 4) == 0 || strncmp(event, "moved-out", 9) == 0 ? MINUS
                                                                                   : 0;
}

static void name_place(const balances *b, uint32_t i, uint32_t moving, uint32_t standing, mtm_period period,
                       mtmi_buffer *out) {
    const char *at = b->evidence->observed[i].cell;
    part one;
    mtmi_buffer_clear(out);
    mtmi_buffer_format(out, "balance %d %d %d %d", (int)moving, (int)standing, (int)period.first, (int)period.last);
    while (next_part(&at, &one)) {
        if (is_member(&one) && has_name(b->evidence->observed[moving].cell, &one) &&
            has_name(b->evidence->observed[standing].cell, &one)) {
            mtmi_buffer_char(out, ';');
            mtmi_buffer_add(out, one.name, (size_t)(one.end - one.name));
        }
    }
}

static sums *find_sums(balances *b, const mtmi_buffer *place) {
    void *table = b->of;
    const size_t before = b->places.n;
    uint32_t at = place->failed ? MTMI_MAP_NONE : mtmi_map_add(&b->places, place->data, place->size);
    if (at == MTMI_MAP_NONE || !mtmi_memory_reserve(&table, &b->capacity, b->places.n, sizeof *b->of)) {
        return NULL;
    }
    b->of = table;
    if (b->places.n > before) {
        memset(&b->of[at], 0, sizeof *b->of);
    }
    return &b->of[at];
}

/* The key of a side; 0 where the place is no balance. */
static uint64_t key_of(const sums *balance, int side) {
    const int known =
        ((balance->plus_has | balance->minus_has) & 2) != 0 && ((balance->plus_has | balance->minus_has) & 1) != 0;
    const int plus_less =
        balance->plus < balance->minus && balance->plus_has != COMPLETE && balance->minus_has == COMPLETE;
    const int minus_less =
        balance->minus < balance->plus && balance->minus_has != COMPLETE && balance->plus_has == COMPLETE;
    if (!known || (balance->plus != balance->minus && !plus_less && !minus_less)) {
        return 0;
    }
    return (side == PLUS ? plus_less : minus_less) ? COMPLETE : (uint64_t)side;
}

/* Adds up (turn 0), then hands over (turn 1). */
static int go_through(balances *b, uint32_t moving, uint32_t standing, mtm_period period, int turn) {
    mtmi_buffer place = MTMI_BUFFER_INIT;
    int whole = 1;
    for (uint32_t i = 0; i < b->evidence->n_observed && whole; i++) {
        const mtmi_observed *observed = &b->evidence->observed[i];
        unsigned has = 0;
        const int moves = is_movement(observed);
        const int side = moves || is_stock(observed) ? side_of(b, observed, period, &has) : 0;
        if (side == 0 || is_spoken_for(b, i) || !is_alike(b, i, moves ? moving : standing)) {
            continue;
        }
        name_place(b, i, moving, standing, period, &place);
        sums *balance = find_sums(b, &place);
        if (balance == NULL) {
            whole = 0;
        } else if (turn == 0) {
            *(side == PLUS ? &balance->plus : &balance->minus) += b->values[i];
            *(side == PLUS ? &balance->plus_has : &balance->minus_has) |= has;
        } else if (key_of(balance, side) != 0) {
            whole = b->take(b->context, place.data, i, key_of(balance, side));
        }
    }
    mtmi_buffer_free(&place);
    return whole;
}

/* -1 when memory ran out. */
static int is_first_of_period(mtmi_map *known, const mtmi_observed *observed) {
    const size_t before = known->n;
    return mtmi_map_add(known, &observed->period, sizeof observed->period) == MTMI_MAP_NONE ? -1 : known->n > before;
}

int mtmi_audit_balances(const mtmi_evidence *evidence, const int64_t *values, const uint32_t *same,
                        mtmi_balance_taker *take, void *context) {
    balances b = {
        .evidence = evidence, .values = values, .same = same, .take = take, .context = context, .end = INT32_MIN};
    mtmi_map periods = MTMI_MAP_INIT;
    int whole = 1;
    for (size_t i = 0; i < evidence->n_observed; i++) {
        const mtmi_observed *observed = &evidence->observed[i];
        b.end = is_stock(observed) && observed->period.last > b.end ? observed->period.last : b.end;
    }
    list_kinds(&b, b.moving, &b.n_moving, 1);
    list_kinds(&b, b.standing, &b.n_standing, 0);
    for (uint32_t i = 0; i < evidence->n_observed && b.n_moving > 0 && b.n_standing > 0 && whole; i++) {
        const int first =
            is_movement(&evidence->observed[i]) ? is_first_of_period(&periods, &evidence->observed[i]) : 0;
        whole = first >= 0;
        if (first <= 0) {
            continue;
        }
        for (size_t k = 0; k < b.n_moving * b.n_standing && whole; k++) {
            const uint32_t moving = b.moving[k / b.n_standing], standing = b.standing[k % b.n_standing];
            const mtm_period period = evidence->observed[i].period;
            whole = go_through(&b, moving, standing, period, 0) && go_through(&b, moving, standing, period, 1);
        }
    }
    mtmi_map_free(&periods);
    mtmi_map_free(&b.places);
    mtmi_memory_free(b.of);
    return whole;
}
