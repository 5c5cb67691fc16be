/* In: what the audit found. Out: for every withheld cell two tables that agree with everything published, so that
 * anyone can check by addition: one table in full, the others by what is different. Knows no withheld number: there
 * is none. */
#include "render/json_disclosure.h"

#include "render/json_indicator.h"

static const char *const places[] = {"value", "previous-period", "same-period-last-year", "row", "series"};

static void put_number(mtmi_json *json, const mtm_report *report, const mtmi_audit_number *number) {
    const mtm_result *result = &report->results->results[number->result];
    int with = number->place == MTMI_AUDIT_LAST_YEAR;
    mtm_period period = result->period;
    if (number->place == MTMI_AUDIT_PREVIOUS || number->place == MTMI_AUDIT_LAST_YEAR) {
        period = result->comparisons[with].period;
    } else if (number->place == MTMI_AUDIT_POINT) {
        period = result->points[number->index].period;
    }
    mtmi_json_object(json);
    mtmi_json_pair(json, "indicator", result->id);
    mtmi_json_pair(json, "of", places[number->place]);
    mtmi_json_pair(json, "row", number->place == MTMI_AUDIT_ROW ? result->rows[number->index].code : NULL);
    mtmi_json_period(json, "period", period);
    mtmi_json_object_end(json);
}

static void put_value(mtmi_json *json, const mtmi_audit *audit, int64_t value) {
    mtmi_json_decimal(json, (mtm_decimal){value, audit->decimals, 0});
}

static void put_differences(mtmi_json *json, const mtmi_audit *audit, const char *key, const int64_t *table) {
    mtmi_json_key(json, key);
    mtmi_json_array(json);
    for (size_t i = 0; i < audit->n_cells; i++) {
        if (table[i] != audit->low[i]) {
            mtmi_json_object(json);
            mtmi_json_pair_int(json, "cell", (int64_t)i);
            mtmi_json_key(json, "value");
            put_value(json, audit, table[i]);
            mtmi_json_object_end(json);
        }
    }
    mtmi_json_array_end(json);
}

static void put_cell(mtmi_json *json, const mtm_report *report, size_t cell) {
    const mtmi_audit *audit = report->audit;
    mtmi_json_object(json);
    mtmi_json_key(json, "numbers");
    mtmi_json_array(json);
    for (size_t i = 0; i < audit->n_numbers; i++) {
        if (audit->numbers[i].cell == cell) {
            put_number(json, report, &audit->numbers[i]);
        }
    }
    mtmi_json_array_end(json);
    put_differences(json, audit, "low", audit->low + cell * audit->n_cells);
    put_differences(json, audit, "high", audit->high + cell * audit->n_cells);
    mtmi_json_object_end(json);
}

void mtmi_json_disclosure(mtmi_json *json, const mtm_report *report) {
    const mtmi_audit *audit = report->audit;
    mtmi_json_key(json, "disclosure");
    if (audit == NULL) {
        mtmi_json_null(json);
        return;
    }
    mtmi_json_object(json);
    mtmi_json_pair_int(json, "threshold", audit->threshold);
    mtmi_json_key(json, "table");
    mtmi_json_array(json);
    for (size_t i = 0; i < audit->n_cells; i++) {
        put_value(json, audit, audit->low[i]);
    }
    mtmi_json_array_end(json);
    mtmi_json_key(json, "cells");
    mtmi_json_array(json);
    for (size_t i = 0; i < audit->n_cells; i++) {
        put_cell(json, report, i);
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}
