/* Writes a triangle: for people what changed, for programs every cell. */
#include "revisions/triangle.h"

#include "base/json.h"
#include "period/period.h"

#include <string.h>

static void put_period(mtmi_buffer *out, mtm_period period, size_t width) {
    char text[MTMI_PERIOD_TEXT];
    (void)mtm_period_describe(period, text, sizeof text);
    mtmi_buffer_text(out, text);
    mtmi_buffer_repeat(out, " ", strlen(text) < width ? width - strlen(text) : 0);
}

static void put_day(mtmi_buffer *out, int32_t day) {
    put_period(out, (mtm_period){day, day}, 0);
}

/* Set to the right in a width; with a plus where it has a sign of its own. */
static void put_number(mtmi_buffer *out, mtm_decimal value, int with_sign, size_t width) {
    char text[40];
    size_t n = mtm_decimal_describe(value, text, sizeof text);
    int plus = with_sign && value.units > 0;
    mtmi_buffer_repeat(out, " ", n + (size_t)plus < width ? width - n - (size_t)plus : 0);
    mtmi_buffer_text(out, plus ? "+" : "");
    mtmi_buffer_text(out, text);
}

/* The first print of each period, and each release that changed it. */
void mtmi_triangle_text(const mtmi_triangle *triangle, mtmi_buffer *out) {
    mtmi_buffer_format(out, "%s, %s: first prints and what later releases made of them\n\n", triangle->indicator,
                       triangle->unit);
    mtmi_buffer_text(out, "Period      Release              Value    Revision       %\n");
    for (size_t p = 0; p < triangle->n_periods; p++) {
        int any = 0;
        for (size_t r = 0; r < triangle->n_releases; r++) {
            mtmi_revision revision;
            if (!mtmi_triangle_revision(triangle, p, r, &revision) ||
                (!revision.is_first && revision.absolute.units == 0)) {
                continue;
            }
            if (any++) {
                mtmi_buffer_repeat(out, " ", 12);
            } else {
                put_period(out, triangle->periods[p], 12);
            }
            put_day(out, triangle->releases[r]);
            put_number(out, triangle->cells[p * triangle->n_releases + r].value, 0, 16);
            if (!revision.is_first) {
                put_number(out, revision.absolute, 1, 12);
            }
            if (revision.has_percent) {
                put_number(out, revision.percent, 1, 8);
            }
            mtmi_buffer_char(out, '\n');
        }
    }
}

void mtmi_triangle_csv(const mtmi_triangle *triangle, mtmi_buffer *out) {
    mtmi_buffer_text(out, "period,release,value,revision,percent\r\n");
    for (size_t p = 0; p < triangle->n_periods; p++) {
        for (size_t r = 0; r < triangle->n_releases; r++) {
            mtmi_revision revision;
            if (!mtmi_triangle_revision(triangle, p, r, &revision)) {
                continue;
            }
            put_period(out, triangle->periods[p], 0);
            mtmi_buffer_char(out, ',');
            put_day(out, triangle->releases[r]);
            mtmi_buffer_char(out, ',');
            put_number(out, triangle->cells[p * triangle->n_releases + r].value, 0, 0);
            mtmi_buffer_char(out, ',');
            if (!revision.is_first) {
                put_number(out, revision.absolute, 0, 0);
            }
            mtmi_buffer_char(out, ',');
            if (revision.has_percent) {
                put_number(out, revision.percent, 0, 0);
            }
            mtmi_buffer_text(out, "\r\n");
        }
    }
}

static void put_release(mtmi_json *json, const mtmi_triangle *triangle, size_t p, size_t r) {
    mtmi_revision revision;
    if (!mtmi_triangle_revision(triangle, p, r, &revision)) {
        return;
    }
    char day[MTMI_PERIOD_TEXT];
    (void)mtm_period_describe((mtm_period){triangle->releases[r], triangle->releases[r]}, day, sizeof day);
    mtmi_json_object(json);
    mtmi_json_pair(json, "release", day);
    mtmi_json_key(json, "value");
    mtmi_json_decimal(json, triangle->cells[p * triangle->n_releases + r].value);
    mtmi_json_key(json, "revision");
    if (revision.is_first) {
        mtmi_json_null(json);
    } else {
        mtmi_json_decimal(json, revision.absolute);
    }
    mtmi_json_key(json, "percent");
    if (revision.has_percent) {
        mtmi_json_decimal(json, revision.percent);
    } else {
        mtmi_json_null(json);
    }
    mtmi_json_object_end(json);
}

void mtmi_triangle_json(const mtmi_triangle *triangle, mtmi_buffer *out) {
    mtmi_json json;
    mtmi_json_start(&json, out);
    mtmi_json_object(&json);
    mtmi_json_pair(&json, "indicator", triangle->indicator);
    mtmi_json_pair(&json, "unit", triangle->unit);
    mtmi_json_key(&json, "periods");
    mtmi_json_array(&json);
    for (size_t p = 0; p < triangle->n_periods; p++) {
        char period[MTMI_PERIOD_TEXT];
        (void)mtm_period_describe(triangle->periods[p], period, sizeof period);
        mtmi_json_object(&json);
        mtmi_json_pair(&json, "period", period);
        mtmi_json_key(&json, "releases");
        mtmi_json_array(&json);
        for (size_t r = 0; r < triangle->n_releases; r++) {
            put_release(&json, triangle, p, r);
        }
        mtmi_json_array_end(&json);
        mtmi_json_object_end(&json);
    }
    mtmi_json_array_end(&json);
    mtmi_json_object_end(&json);
    mtmi_buffer_char(out, '\n');
}
