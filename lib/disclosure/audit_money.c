/* The audit's own judgement of amounts, in percent of the amount and not of the largest: X may not tell the second
 * largest contributor more than X - x2, which must exceed x1 by p per cent. */
#include "disclosure/audit_print.h"

#include "base/decimal.h"

/* Adds what an observation says of the contributors of a number, times the sign that it is counted with. */
void mtmi_printed_count(mtmi_printed *number, const mtmi_observed *observed, int32_t sign, int decimals) {
    mtmi_wide largest = mtmi_decimal_rescale(observed->by.largest, observed->decimals, decimals);
    mtmi_wide second = mtmi_decimal_rescale(observed->by.second, observed->decimals, decimals);
    number->amount |= observed->amount;
    if (observed->by.contributors >= 0) {
        number->contributors = (number->contributors < 0 ? 0 : number->contributors) +
                               (sign > 0 ? observed->by.contributors : -observed->by.contributors);
    }
    if (sign > 0) {
        number->largest += (int64_t)largest;
        number->second += (int64_t)second;
    }
}

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

int64_t mtmi_printed_margin(const mtmi_printed *number, const mtmi_rules *rules) {
    const int64_t x = number->truth, x1 = least(number->largest, x), x2 = least(number->second, x - x1);
    mtmi_wide margin = 0, needed;
    if (!number->amount || x <= 0) {
        return 0;
    }
    if (number->contributors < rules->threshold) {
        margin = ((mtmi_wide)x * rules->p_percent + 99) / 100;
    } else {
        needed = ((mtmi_wide)x1 * (100 + rules->p_percent) + 99) / 100 + x2;
        margin = needed > x ? needed - x : 0;
    }
    if (rules->dominance > 0) {
        needed = ((mtmi_wide)(x1 + x2) * 100 + rules->dominance - 1) / rules->dominance;
        margin = needed > x + margin ? needed - x : margin;
    }
    return (int64_t)margin;
}

int mtmi_printed_reaches(const mtmi_printed *number, const mtmi_rules *rules, int up, int64_t now) {
    int64_t margin = mtmi_printed_margin(number, rules);
    return up ? now >= number->truth + margin : now <= (margin < number->truth ? number->truth - margin : 0);
}
