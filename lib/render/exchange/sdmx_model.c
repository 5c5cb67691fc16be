/* Makes the code lists of a report's SDMX messages: every value that its observations have, sorted, with its name. A member
 * of the same code in two breakdowns has the name of the first. */
#include "render/exchange/sdmx_model.h"

#include "base/memory.h"
#include "period/period.h"

#include <stdlib.h>
#include <string.h>

const mtmi_sdmx_description mtmi_sdmx_components[MTMI_SDMX_COMPONENTS] = {
    [MTMI_SDMX_AREA] = {"REF_AREA", "Reference area", "CL_AREA", NULL},
    [MTMI_SDMX_INDICATOR] = {"INDICATOR", "Indicator", "CL_INDICATOR", NULL},
    [MTMI_SDMX_BREAKDOWN] = {"BREAKDOWN", "Dimension of the breakdown", "CL_BREAKDOWN", NULL},
    [MTMI_SDMX_MEMBER] = {"MEMBER", "Member of the breakdown", "CL_MEMBER", NULL},
    [MTMI_SDMX_TIME] = {"TIME_PERIOD", "Time period", NULL, "ObservationalTimePeriod"},
    [MTMI_SDMX_STATUS] = {"OBS_STATUS", "Observation status", "CL_OBS_STATUS", NULL},
    [MTMI_SDMX_UNIT] = {"UNIT_MEASURE", "Unit of measure", NULL, "String"},
    [MTMI_SDMX_MULTIPLIER] = {"UNIT_MULT", "Unit multiplier", NULL, "Integer"},
    [MTMI_SDMX_DECIMALS] = {"DECIMALS", "Decimals", NULL, "Integer"},
};

const char *mtmi_sdmx_status_name(char status) {
    static const struct {
        char letter;
        const char *name;
    } names[] = {{'A', "Normal value"},
                 {'B', "Time series break"},
                 {'D', "Definition differs"},
                 {'E', "Estimated value"},
                 {'F', "Forecast value"},
                 {'I', "Imputed value"},
                 {'L', "Missing value, not collected"},
                 {'M', "Missing value, cannot exist"},
                 {'N', "Not significant"},
                 {'O', "Missing value"},
                 {'P', "Provisional value"},
                 {'Q', "Missing value, suppressed"},
                 {'U', "Low reliability"},
                 {'V', "Unvalidated value"},
                 {'K', "Included in another category"},
                 {'W', "Includes another category"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].letter == status) {
            return names[i].name;
        }
    }
    return "Other";
}

static void put_id(mtmi_sdmx_code *out, const char *text) {
    size_t n = strlen(text);
    n = n < sizeof out->id ? n : sizeof out->id - 1;
    memcpy(out->id, text, n);
    out->id[n] = '\0';
}

static void put_number(mtmi_sdmx_code *out, int number) {
    mtm_decimal_describe((mtm_decimal){number, 0, 0}, out->id, sizeof out->id);
}

static void put_period(mtmi_sdmx_code *out, mtm_period period) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_observation_period(&text, period);
    put_id(out, text.data != NULL ? text.data : "");
    out->period = period;
    mtmi_buffer_free(&text);
}

void mtmi_sdmx_value(const mtmi_sdmx_model *model, const mtmi_report_observation *o, mtmi_sdmx_component component,
                     mtmi_sdmx_code *out) {
    const mtm_report *report = model->request->report;
    char made[MTMI_SDMX_ID];
    const char status[2] = {mtmi_observation_status(o), '\0'};
    out->name = "";
    out->period = o->period;
    switch (component) {
    case MTMI_SDMX_AREA:
        put_id(out, report->country[0] != '\0' ? report->country : "_Z");
        out->name = report->country_title[0] != '\0' ? report->country_title : "Not stated";
        break;
    case MTMI_SDMX_INDICATOR:
        put_id(out, o->indicator->id);
        out->name = o->indicator->title;
        break;
    case MTMI_SDMX_BREAKDOWN:
        put_id(out, mtmi_observation_breakdown(o));
        out->name = o->row != NULL ? o->indicator->dimension_title : "Total";
        break;
    case MTMI_SDMX_MEMBER:
        put_id(out, mtmi_observation_member(o, made));
        out->name = o->row != NULL ? o->row->label : "Total";
        break;
    case MTMI_SDMX_TIME: put_period(out, o->period); break;
    case MTMI_SDMX_STATUS:
        put_id(out, status);
        out->name = mtmi_sdmx_status_name(status[0]);
        break;
    case MTMI_SDMX_UNIT: put_id(out, o->indicator->unit[0] != '\0' ? o->indicator->unit : "_Z"); break;
    case MTMI_SDMX_MULTIPLIER: put_number(out, o->indicator->multiplier); break;
    default: put_number(out, o->number->value.decimals); break;
    }
}

static int compare(const void *left, const void *right) {
    return strcmp(((const mtmi_sdmx_code *)left)->id, ((const mtmi_sdmx_code *)right)->id);
}

static void count_one(void *out, const mtmi_report_observation *o) {
    (void)o;
    ++*(size_t *)out;
}

static void take_one(void *out, const mtmi_report_observation *o) {
    mtmi_sdmx_model *model = out;
    for (int c = 0; c < MTMI_SDMX_COMPONENTS; c++) {
        mtmi_sdmx_value(model, o, (mtmi_sdmx_component)c, &model->codes[c].items[model->codes[c].n++]);
    }
}

static void keep_unique(mtmi_sdmx_codes *codes) {
    size_t n = 0;
    if (codes->n > 0) {
        qsort(codes->items, codes->n, sizeof *codes->items, compare);
    }
    for (size_t i = 0; i < codes->n; i++) {
        if (n == 0 || compare(&codes->items[n - 1], &codes->items[i]) != 0) {
            codes->items[n++] = codes->items[i];
        } else if (strcmp(codes->items[i].name, codes->items[n - 1].name) < 0) {
            codes->items[n - 1].name = codes->items[i].name; /* of several the first in order: sorting is not stable */
        }
    }
    codes->n = n;
}

int mtmi_sdmx_model_build(mtmi_sdmx_model *model, const mtmi_render_request *request) {
    size_t n = 0;
    int fine = 1;
    memset(model, 0, sizeof *model);
    model->request = request;
    if (!mtmi_observations_each(request, count_one, &n)) {
        return 0;
    }
    for (int c = 0; c < MTMI_SDMX_COMPONENTS && n > 0; c++) {
        model->codes[c].items = mtmi_memory_new(n, sizeof *model->codes[c].items);
        fine &= model->codes[c].items != NULL;
    }
    fine = fine && mtmi_observations_each(request, take_one, model);
    for (int c = 0; c < MTMI_SDMX_COMPONENTS && fine; c++) {
        keep_unique(&model->codes[c]);
    }
    return fine;
}

void mtmi_sdmx_model_clear(mtmi_sdmx_model *model) {
    for (int c = 0; c < MTMI_SDMX_COMPONENTS; c++) {
        mtmi_memory_free(model->codes[c].items);
    }
    memset(model, 0, sizeof *model);
}

size_t mtmi_sdmx_index(const mtmi_sdmx_model *model, const mtmi_report_observation *o, mtmi_sdmx_component component) {
    const mtmi_sdmx_codes *codes = &model->codes[component];
    mtmi_sdmx_code key;
    mtmi_sdmx_value(model, o, component, &key);
    const mtmi_sdmx_code *found = bsearch(&key, codes->items, codes->n, sizeof *codes->items, compare);
    return found != NULL ? (size_t)(found - codes->items) : 0;
}

void mtmi_sdmx_message_id(const mtm_report *report, mtmi_buffer *out) {
    mtmi_buffer period = MTMI_BUFFER_INIT;
    mtmi_observation_period(&period, report->period);
    mtmi_buffer_format(out, "MTM_%s_", report->country[0] != '\0' ? report->country : "XX");
    for (size_t i = 0; i < period.size; i++) {
        mtmi_buffer_char(out, period.data[i] == '/' ? '_' : period.data[i]);
    }
    out->failed |= period.failed;
    mtmi_buffer_free(&period);
}

void mtmi_sdmx_put_meta(mtmi_json *json, const mtm_report *report, const char *schema, const char *suffix) {
    mtmi_buffer id = MTMI_BUFFER_INIT;
    mtmi_sdmx_message_id(report, &id);
    mtmi_buffer_text(&id, suffix);
    mtmi_json_key(json, "meta");
    mtmi_json_object(json);
    if (schema != NULL) {
        mtmi_json_pair(json, "schema", schema);
    }
    mtmi_json_pair(json, "id", id.data);
    mtmi_json_key(json, "test");
    mtmi_json_bool(json, 0);
    mtmi_json_pair(json, "prepared", "1980-01-01T00:00:00Z");
    mtmi_json_key(json, "contentLanguages");
    mtmi_json_array(json);
    mtmi_json_text(json, report->language_code);
    mtmi_json_array_end(json);
    mtmi_json_key(json, "sender");
    mtmi_json_object(json);
    mtmi_json_pair(json, "id", "libmtm");
    mtmi_json_object_end(json);
    mtmi_json_object_end(json);
    json->buffer->failed |= id.failed;
    mtmi_buffer_free(&id);
}
