/* Lists the numbers of an indicator one by one, with what each is, for the forms that are made of rows. */
#include "render/number_rows.h"

#include "render/ui_text.h"

static int reason_of(const mtmi_figure_text *number, mtm_reason reason) {
    return number->has ? MTM_REASON_NONE : number->hidden ? MTM_REASON_SUPPRESSED : (int)reason;
}

static void take_comparison(const mtmi_report_indicator *indicator, const mtmi_report_comparison *c,
                            mtmi_number_rows_take take, void *to) {
    const char *with = mtmi_token_with((int)c->with);
    mtmi_number_row base = {"base",
                            with,
                            c->period,
                            NULL,
                            &c->base,
                            0,
                            c->base.has ? c->base_status : '\0',
                            reason_of(&c->base, c->reason),
                            c->covers,
                            NULL,
                            0};
    mtmi_number_row absolute = {
        "absolute", with, indicator->observed, NULL, &c->absolute, 0, '\0', reason_of(&c->absolute, c->reason), NULL,
        NULL,       0};
    mtmi_number_row percent = {
        "percent", with, indicator->observed, NULL, &c->percent, 1, '\0', reason_of(&c->percent, c->reason), NULL,
        NULL,      0};
    take(to, indicator, &base);
    take(to, indicator, &absolute);
    take(to, indicator, &percent);
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
                                   likes[i].is_percent,
                                   '\0',
                                   MTM_REASON_NONE,
                                   NULL,
                                   NULL,
                                   0};
            take(to, indicator, &row);
        }
    }
}

static void take_row(const mtmi_report_indicator *indicator, const mtmi_report_row *row, mtmi_number_rows_take take,
                     void *to) {
    mtmi_number_row value = {
        "row",
        "",
        indicator->observed,
        row,
        &row->value,
        0,
        row->status,
        reason_of(&row->value, row->reason != MTM_REASON_NONE ? row->reason : MTM_REASON_MISSING_VALUE),
        row->covers,
        NULL,
        0};
    mtmi_number_row share = {
        "share", "", indicator->observed, row, &row->share, 1, '\0', reason_of(&row->share, MTM_REASON_NONE), NULL,
        NULL,    0};
    take(to, indicator, &value);
    if (row->share.has || row->share.hidden) {
        take(to, indicator, &share);
    }
}

void mtmi_number_rows_each(const mtmi_report_indicator *indicator, mtmi_number_rows_take take, void *to) {
    mtmi_number_row value = {"value",
                             "",
                             indicator->unavailable ? indicator->period : indicator->observed,
                             NULL,
                             &indicator->value,
                             0,
                             indicator->status,
                             reason_of(&indicator->value, indicator->reason),
                             indicator->covers,
                             indicator->value.hidden ? NULL : indicator->covering,
                             0};
    take(to, indicator, &value);
    for (size_t i = 0; i < indicator->n_comparisons; i++) {
        take_comparison(indicator, &indicator->comparisons[i], take, to);
    }
    for (size_t i = 0; i < indicator->n_rows; i++) {
        take_row(indicator, &indicator->rows[i], take, to);
    }
    for (size_t i = 0; i < indicator->n_points; i++) {
        const mtmi_report_point *p = &indicator->points[i];
        mtmi_number_row point = {"point",   "",   p->period, NULL,
                                 &p->value, 0,    '\0',      reason_of(&p->value, MTM_REASON_MISSING_VALUE),
                                 p->covers, NULL, p->breaks};
        take(to, indicator, &point);
    }
}
