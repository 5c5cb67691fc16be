/* The p per cent rule: the second largest contributor knows his own amount x2, and takes the rest of the amount X for the
 * largest's, x1. He may not come closer than p per cent of x1, so that X must be able to be as high as x1 (1 + p) + x2.
 * Dominance: the two largest may not make up more than k per cent (Hundepool et al., Statistical disclosure control,
 * 2012, 4.2). Amounts move as far down as up. */
#include "disclosure/money.h"

#include "base/decimal.h"

mtmi_contribution mtmi_money_join(mtmi_contribution a, mtmi_contribution b) {
    int unknown = a.contributors < 0 || b.contributors < 0;
    return (mtmi_contribution){unknown ? -1 : a.contributors + b.contributors, a.largest + b.largest,
                               a.second + b.second};
}

mtmi_contribution mtmi_money_less(mtmi_contribution whole, mtmi_contribution part, int64_t rest) {
    mtmi_contribution left = {whole.contributors - part.contributors, whole.largest, whole.second};
    int unknown = whole.contributors < 0 || part.contributors < 0;
    left.contributors = unknown ? -1 : left.contributors < 0 ? 0 : left.contributors;
    left.largest = left.largest < rest ? left.largest : rest;
    left.second = left.second < rest - left.largest ? left.second : rest - left.largest;
    return left;
}

static mtmi_wide ceiling(mtmi_wide value, int64_t by) {
    return (value + by - 1) / by;
}

int mtmi_money_is_sensitive(const mtmi_rules *rules, mtmi_contribution by, int64_t value, int64_t *low, int64_t *high) {
    mtmi_wide two = (mtmi_wide)by.largest + by.second, others = value > two ? value - two : 0, room = 0;
    int few = by.contributors < rules->threshold;
    if (value <= 0) {
        return 0;
    }
    if (few || 100 * others < (mtmi_wide)rules->p_percent * by.largest) {
        mtmi_wide least = few ? value : by.largest; /* few: nobody knows who else is behind it */
        room = ceiling((mtmi_wide)rules->p_percent * least, 100) - (few ? 0 : others);
    }
    if (rules->dominance > 0 && 100 * two > (mtmi_wide)rules->dominance * value) {
        mtmi_wide more = ceiling(100 * two, rules->dominance) - value;
        room = more > room ? more : room;
    }
    if (room <= 0) {
        return 0;
    }
    if (low != NULL && high != NULL) {
        *low = room < value ? (int64_t)(value - room) : 0;
        *high = value < INT64_MAX - room ? (int64_t)(value + room) : INT64_MAX;
    }
    return 1;
}

/* Rows that stand for several are small where they are few. */
static int is_small(const mtmi_rules *rules, mtmi_contribution by, int64_t value, int64_t one) {
    return value > 0 && (value < rules->threshold * one || (by.contributors > 0 && by.contributors < rules->threshold));
}

int mtmi_statement_is_primary(const mtmi_statement *statement, const mtmi_rules *rules, int64_t one) {
    if ((statement->flags & (MTMI_STATEMENT_SIGNED | MTMI_STATEMENT_LOOSE)) != 0) {
        return 0;
    }
    return (statement->flags & MTMI_STATEMENT_AMOUNT) != 0
               ? mtmi_money_is_sensitive(rules, statement->by, statement->value, NULL, NULL)
               : is_small(rules, statement->by, statement->value, one);
}

int mtmi_atom_is_primary(const mtmi_system *system, uint32_t atom, const mtmi_rules *rules, int64_t one) {
    const mtmi_atom_kind *kind = &system->kinds[atom];
    if (kind->loose) {
        return 0;
    }
    return kind->amount ? mtmi_money_is_sensitive(rules, kind->by, system->atoms[atom], NULL, NULL)
                        : is_small(rules, kind->by, system->atoms[atom], one);
}

int mtmi_money_guard(const mtmi_system *system, const mtmi_rules *rules, mtmi_target target, int64_t *low,
                     int64_t *high) {
    if (target.statement == MTMI_NO_STATEMENT) {
        const mtmi_atom_kind *kind = &system->kinds[target.atom];
        return kind->amount && mtmi_money_is_sensitive(rules, kind->by, system->atoms[target.atom], low, high);
    }
    const mtmi_statement *statement = &system->statements[target.statement];
    return (statement->flags & MTMI_STATEMENT_AMOUNT) != 0 &&
           mtmi_money_is_sensitive(rules, statement->by, statement->value, low, high);
}
