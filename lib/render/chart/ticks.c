/* Chooses the ticks of an axis: round numbers - 1, 2 or 5 times a power of ten - that enclose the data. */
#include "render/chart/ticks.h"

static mtmi_wide floor_to(mtmi_wide value, mtmi_wide step) {
    mtmi_wide rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

static mtmi_wide ceiling_to(mtmi_wide value, mtmi_wide step) {
    return -floor_to(-value, step);
}

/* 1, 2, 5, 10, 20, 50, ... */
static mtmi_wide step_after(mtmi_wide step) {
    mtmi_wide power = 1;
    while (step / power >= 10) {
        power *= 10;
    }
    return step / power == 2 ? 5 * power : 2 * step;
}

/* Without zeros at its end; an axis that passes 64 bits ends with them. */
static mtm_decimal tick_of(mtmi_wide units, int decimals) {
    while (decimals > 0 && units % 10 == 0) {
        units /= 10;
        decimals--;
    }
    mtm_decimal tick = {units < 0 ? INT64_MIN : INT64_MAX, 0, 0};
    (void)mtmi_decimal_narrow(units, decimals, &tick, NULL);
    return tick;
}

mtmi_ticks mtmi_ticks_around(mtm_decimal low, mtm_decimal high, int with_zero, int wanted) {
    mtmi_ticks ticks = {.n = 0};
    int decimals = low.decimals > high.decimals ? low.decimals : high.decimals;
    mtmi_wide from = mtmi_decimal_rescale(low.units, low.decimals, decimals);
    mtmi_wide to = mtmi_decimal_rescale(high.units, high.decimals, decimals);
    mtmi_wide step = 1;
    from = with_zero && from > 0 ? 0 : from;
    to = with_zero && to < 0 ? 0 : to;
    to = to > from ? to : from + 1;
    while (ceiling_to(to, step) - floor_to(from, step) > step * wanted) {
        step = step_after(step);
    }
    for (mtmi_wide at = floor_to(from, step); at <= ceiling_to(to, step) && ticks.n < MTMI_TICKS_MAX; at += step) {
        ticks.at[ticks.n++] = tick_of(at, decimals);
    }
    return ticks;
}

int mtmi_ticks_place(const mtmi_ticks *ticks, mtm_decimal value) {
    mtm_decimal low = ticks->at[0], high = ticks->at[ticks->n - 1];
    if (mtmi_decimal_compare(value, low) <= 0) {
        return 0;
    }
    if (mtmi_decimal_compare(value, high) >= 0) {
        return 10000;
    }
    int decimals = value.decimals > low.decimals ? value.decimals : low.decimals;
    decimals = high.decimals > decimals ? high.decimals : decimals;
    mtmi_wide from = mtmi_decimal_rescale(low.units, low.decimals, decimals);
    mtmi_wide length = mtmi_decimal_rescale(high.units, high.decimals, decimals) - from;
    mtmi_wide place = mtmi_decimal_rescale(value.units, value.decimals, decimals) - from;
    return (int)((place * 20000 + length) / (2 * length));
}
