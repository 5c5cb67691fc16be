/* Lists the numbers of an indicator one by one, with what each is, for the forms that are made of rows. */
#include "render/number_rows.h"

#include "period/period.h"
#include "render/ui_text.h"
#include "render/visibility.h"

#define PER_CENT "percent"

static int reason_of(const mtmi_figure_text *number, mtm_reason reason) {
    return number->has ? MTM_REASON_NONE : number->hidden ? MTM_REASON_SUPPRESSED : (int)reason;
}

static void take_comparison(const mtmi_report_indicator *indicator, const mtmi_report_comparison *c,
                            mtmi_number_rows_take take, void *out) {
    const char *with = mtmi_token_with((int)c->with);
    mtmi_number_row base = {"base",
                            with,
                            c->period,
                            NULL,
                            &c->base,
                            NULL,
                            c->base.has ? c->base_status : '\0',
                            reason_of(&c->base, c->reason),
                            c->covers,
                            NULL,
                            0};
    mtmi_number_row absolute = {
        "absolute", with, indicator->observed, NULL, &c->absolute, NULL, '\0', reason_of(&c->absolute, c->reason), NULL,
        NULL,       0};
    mtmi_number_row percent = {"percent",
                               with,
                               indicator->observed,
                               NULL,
                               &c->percent,
                               PER_CENT,
                               '\0',
                               reason_of(&c->percent, c->reason),
                               NULL,
                               NULL,
                               0};
    take(out, indicator, &base);
    take(out, indicator, &absolute);
    take(out, indicator, &percent);
    if (c->has_like) {
        const struct {
            const char *measure;
            const mtmi_figure_text *number;
            int is_percent;
        } likes[] = {{"like-value", &c->like_value, 0},
                     {"like-base", &c->like_base, 0},
                     {"like-absolute", &c->like_absolute, 0},
                     {"like-percent", &c->like_percent, 1},
                     {"like-value-share", &c->like_value_share, 1},
                     {"like-base-share", &c->like_base_share, 1}};
        for (size_t i = 0; i < sizeof likes / sizeof *likes; i++) {
            mtmi_number_row row = {likes[i].measure,
                                   with,
                                   i == 1 || i == 5 ? c->period : indicator->observed,
                                   NULL,
                                   likes[i].number,
                                   likes[i].is_percent ? PER_CENT : NULL,
                                   '\0',
                                   MTM_REASON_NONE,
                                   NULL,
                                   NULL,
                                   0};
            take(out, indicator, &row);
        }
    }
}

static void take_row(const mtmi_report_indicator *indicator, const mtmi_report_row *row, mtmi_number_rows_take take,
                     void *out) {
    mtmi_number_row value = {
        "row",
        "",
        indicator->observed,
        row,
        &row->value,
        NULL,
        row->status,
        reason_of(&row->value, row->reason != MTM_REASON_NONE ? row->reason : MTM_REASON_MISSING_VALUE),
        row->covers,
        NULL,
        0};
    mtmi_number_row share = {"share",
                             "",
                             indicator->observed,
                             row,
                             &row->share,
                             PER_CENT,
                             '\0',
                             reason_of(&row->share, MTM_REASON_NONE),
                             NULL,
                             NULL,
                             0};
    take(out, indicator, &value);
    if (row->share.has || row->share.hidden) {
        take(out, indicator, &share);
    }
}

/* A number that the report made of others: left out where it could not be made. */
static void take_made(const mtmi_report_indicator *indicator, const mtmi_number_row *made, mtmi_number_rows_take take,
                      void *out) {
    if (made->number->has) {
        take(out, indicator, made);
    }
}

static void take_contributions(const mtmi_report_indicator *indicator, const mtmi_report_row *row,
                               mtmi_number_rows_take take, void *out) {
    for (size_t c = 0; c < indicator->n_comparisons; c++) {
        if (indicator->has_growth[c]) {
            const char *with = mtmi_token_with((int)indicator->comparisons[c].with);
            const mtmi_number_row change = {.measure = "contribution",
                                            .with = with,
                                            .period = indicator->observed,
                                            .row = row,
                                            .number = &row->change[c]};
            const mtmi_number_row points = {.measure = "contribution-points",
                                            .with = with,
                                            .period = indicator->observed,
                                            .row = row,
                                            .number = &row->points[c],
                                            .unit = "percentage-points"};
            take_made(indicator, &change, take, out);
            take_made(indicator, &points, take, out);
        }
    }
}

/* Indices say with which period they compare. */
static void take_over_time(const mtmi_report_indicator *indicator, const mtmi_report_point *point, const char *base,
                           mtmi_number_rows_take take, void *out) {
    const mtmi_number_row index = {
        .measure = "index", .with = base, .period = point->period, .number = &point->index, .unit = "index"};
    const mtmi_number_row to_date = {
        .measure = "year-to-date", .with = "", .period = point->period, .number = &point->to_date};
    const mtmi_number_row moving = {
        .measure = "twelve-months", .with = "", .period = point->period, .number = &point->moving};
    if (base[0] != '\0') {
        take_made(indicator, &index, take, out);
    }
    if (indicator->has_to_date) {
        take_made(indicator, &to_date, take, out);
    }
    if (indicator->has_moving) {
        take_made(indicator, &moving, take, out);
    }
}

/* The period whose index is 100, in SDMX notation; "" where there are no indices. */
static void base_of_indices(const mtmi_report_indicator *indicator, char *out, size_t size) {
    size_t i = 0;
    out[0] = '\0';
    while (i < indicator->n_points && !indicator->points[i].index.has) {
        i++;
    }
    if (mtmi_parts_is_indexed(indicator) && i < indicator->n_points) {
        (void)mtm_period_describe(indicator->points[i].period, out, size);
    }
}

void mtmi_number_rows_each(const mtmi_report_indicator *indicator, mtmi_number_rows_take take, void *out) {
    mtmi_number_row value = {"value",
                             "",
                             indicator->unavailable ? indicator->period : indicator->observed,
                             NULL,
                             &indicator->value,
                             NULL,
                             indicator->status,
                             reason_of(&indicator->value, indicator->reason),
                             indicator->covers,
                             indicator->value.hidden ? NULL : indicator->covering,
                             0};
    const mtmi_number_row rate = {.measure = "per-1000",
                                  .with = "population",
                                  .period = indicator->observed,
                                  .number = &indicator->rate,
                                  .unit = "per-1000"};
    char base[MTMI_PERIOD_TEXT];
    take(out, indicator, &value);
    take_made(indicator, &rate, take, out);
    for (size_t i = 0; i < indicator->n_comparisons; i++) {
        take_comparison(indicator, &indicator->comparisons[i], take, out);
    }
    for (size_t i = 0; i < indicator->n_rows; i++) {
        take_row(indicator, &indicator->rows[i], take, out);
        take_contributions(indicator, &indicator->rows[i], take, out);
    }
    base_of_indices(indicator, base, sizeof base);
    for (size_t i = 0; i < indicator->n_points; i++) {
        const mtmi_report_point *p = &indicator->points[i];
        mtmi_number_row point = {"point",   "",   p->period, NULL,
                                 &p->value, NULL, '\0',      reason_of(&p->value, MTM_REASON_MISSING_VALUE),
                                 p->covers, NULL, p->breaks};
        take(out, indicator, &point);
        take_over_time(indicator, p, base, take, out);
    }
}
