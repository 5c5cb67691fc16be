/* Renders proposals as JSON, or as text for people: what to write where, what it restores, the evidence, and what no
 * line restores. */
#include "base/error.h"
#include "base/json.h"
#include "period/period.h"
#include "propose/propose.h"
#include "read/check/check_internal.h"

#include <string.h>

static const char *of_name(int part) {
    return part == MTM_LINEAGE_PREVIOUS    ? "previous-period"
           : part == MTM_LINEAGE_LAST_YEAR ? "same-period-last-year"
                                           : "value";
}

static const json_t *resource_at(const mtmi_proposing *proposer, size_t resource) {
    return json_array_get(json_object_get(proposer->json, "resources"), resource);
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static int append(const char *bytes, size_t size, void *data) {
    mtmi_buffer_add(data, bytes, size);
    return ((mtmi_buffer *)data)->failed ? -1 : 0;
}

/* ---- JSON ---- */

static void write_value(mtmi_json *json, const json_t *value) {
    const char *key;
    json_t *child;
    size_t i;
    if (json_is_object(value)) {
        mtmi_json_object(json);
        json_object_foreach((json_t *)(uintptr_t)value, key, child) {
            mtmi_json_key(json, key);
            write_value(json, child);
        }
        mtmi_json_object_end(json);
    } else if (json_is_array(value)) {
        mtmi_json_array(json);
        json_array_foreach((json_t *)(uintptr_t)value, i, child) {
            write_value(json, child);
        }
        mtmi_json_array_end(json);
    } else if (json_is_integer(value)) {
        mtmi_json_int(json, json_integer_value(value));
    } else if (json_is_boolean(value)) {
        mtmi_json_bool(json, json_is_true(value));
    } else {
        mtmi_json_text(json, json_string_value(value));
    }
}

static void write_number(const mtmi_proposing *proposer, const mtmi_refused_figure *refused, mtmi_json *json) {
    const mtm_result *result = &proposer->now.results->results[refused->result];
    char period[MTMI_PERIOD_TEXT];
    mtm_period_describe(result->period, period, sizeof period);
    mtmi_json_object(json);
    mtmi_json_pair(json, "indicator", result->id);
    mtmi_json_pair(json, "period", period);
    mtmi_json_pair(json, "of", of_name(refused->of));
    mtmi_json_pair(json, "reason", mtmi_token_reason(refused->reason));
    if (!refused->restored && refused->after != MTM_REASON_NONE && refused->after != refused->reason) {
        mtmi_json_pair(json, "then", mtmi_token_reason(refused->after));
    }
    mtmi_json_object_end(json);
}

static void write_line(const mtmi_proposing *proposer, const mtmi_proposed_line *line, mtmi_json *json) {
    size_t i;
    json_t *index;
    mtmi_json_object(json);
    mtmi_json_key(json, "add");
    write_value(json, line->patch);
    mtmi_json_key(json, "when");
    mtmi_json_array(json);
    for (size_t k = 0; k < 2 && line->when[k] != NULL; k++) {
        mtmi_json_text(json, line->when[k]);
    }
    mtmi_json_array_end(json);
    mtmi_json_key(json, "restores");
    mtmi_json_array(json);
    json_array_foreach(line->restored, i, index) {
        write_number(proposer, &proposer->refused[json_integer_value(index)], json);
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}

static void write_advice(const mtmi_proposing *proposer, const mtmi_advice *advice, mtmi_json *json) {
    mtmi_buffer place = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&place, "resources[%lld].mtm", (long long)advice->resource);
    mtmi_json_object(json);
    mtmi_json_pair(json, "resource", text_of(resource_at(proposer, advice->resource), "name"));
    mtmi_json_pair(json, "under", place.data);
    mtmi_json_key(json, "lines");
    mtmi_json_array(json);
    for (size_t i = 0; i < advice->n; i++) {
        write_line(proposer, &advice->lines[i], json);
    }
    mtmi_json_array_end(json);
    mtmi_json_key(json, "evidence");
    write_value(json, advice->evidence);
    mtmi_json_object_end(json);
    json->buffer->failed |= place.failed;
    mtmi_buffer_free(&place);
}

static void write_json(const mtmi_proposing *proposer, mtmi_buffer *out) {
    mtmi_json json;
    mtmi_json_start(&json, out);
    mtmi_json_object(&json);
    mtmi_json_pair(&json, "file", proposer->file);
    mtmi_json_key(&json, "proposals");
    mtmi_json_array(&json);
    for (size_t i = 0; i < proposer->n_advice; i++) {
        write_advice(proposer, &proposer->advice[i], &json);
    }
    mtmi_json_array_end(&json);
    mtmi_json_key(&json, "unrestored");
    mtmi_json_array(&json);
    for (size_t i = 0; i < proposer->n_refused; i++) {
        if (!proposer->refused[i].restored) {
            write_number(proposer, &proposer->refused[i], &json);
        }
    }
    mtmi_json_array_end(&json);
    mtmi_json_key(&json, "unread");
    write_value(&json, proposer->unread);
    mtmi_json_object_end(&json);
}

/* ---- text ---- */

static void print_text(mtmi_buffer *out, const char *text) {
    (void)mtmi_check_line(text, 0, 4096, out); /* nothing of a file reaches the terminal unescaped */
}

static void print_number(const mtmi_proposing *proposer, const mtmi_refused_figure *refused, mtmi_buffer *out) {
    const mtm_result *result = &proposer->now.results->results[refused->result];
    char period[MTMI_PERIOD_TEXT];
    mtm_period_describe(result->period, period, sizeof period);
    mtmi_buffer_format(out, "%s %s", result->id, period);
    mtmi_buffer_text(out, refused->of == MTM_LINEAGE_PREVIOUS    ? ", against the period before"
                          : refused->of == MTM_LINEAGE_LAST_YEAR ? ", against the year before"
                                                                 : "");
    mtmi_buffer_format(out, " (%s", mtmi_token_reason(refused->reason));
    if (!refused->restored && refused->after != MTM_REASON_NONE && refused->after != refused->reason) {
        mtmi_buffer_format(out, "; with these lines %s", mtmi_token_reason(refused->after));
    }
    mtmi_buffer_char(out, ')');
}

static void print_line(const mtmi_proposed_line *line, int first, mtmi_buffer *out) {
    const char *property;
    json_t *value;
    json_object_foreach(line->patch, property, value) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        out->failed |= json_dump_callback(value, append, &text, JSON_ENCODE_ANY) != 0;
        mtmi_buffer_text(out, first ? "      " : "  or  ");
        mtmi_buffer_format(out, "\"%s\": ", property);
        print_text(out, text.data != NULL ? text.data : "");
        mtmi_buffer_text(out, ",\n");
        mtmi_buffer_free(&text);
        first = 1;
    }
    for (size_t i = 0; i < 2 && line->when[i] != NULL; i++) {
        mtmi_buffer_format(out, "          %s%s\n", i > 0 ? "and " : "", line->when[i]);
    }
}

static void print_evidence(const json_t *evidence, mtmi_buffer *out) {
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)(uintptr_t)evidence, i, one) {
        const json_int_t line = json_integer_value(json_object_get(one, "line"));
        mtmi_buffer_text(out, i == 0 ? "    evidence  " : "              ");
        print_text(out, text_of(one, "text"));
        if (text_of(one, "file")[0] != '\0') {
            mtmi_buffer_text(out, " (");
            print_text(out, text_of(one, "file"));
            mtmi_buffer_format(out, line > 0 ? ":%lld)" : ")", (long long)line);
        }
        mtmi_buffer_char(out, '\n');
    }
}

static void print_advice(const mtmi_proposing *proposer, const mtmi_advice *advice, mtmi_buffer *out) {
    size_t i;
    json_t *index;
    mtmi_buffer_char(out, '\n');
    print_text(out, text_of(resource_at(proposer, advice->resource), "name"));
    mtmi_buffer_format(out, ": under resources[%lld].mtm\n", (long long)advice->resource);
    for (size_t k = 0; k < advice->n; k++) {
        print_line(&advice->lines[k], k == 0, out);
    }
    json_array_foreach(advice->lines[0].restored, i, index) {
        mtmi_buffer_text(out, i == 0 ? "    restores  " : "              ");
        print_number(proposer, &proposer->refused[json_integer_value(index)], out);
        mtmi_buffer_char(out, '\n');
    }
    print_evidence(advice->evidence, out);
}

static void print_rest(const mtmi_proposing *proposer, mtmi_buffer *out) {
    size_t i, n = 0;
    json_t *one;
    for (size_t k = 0; k < proposer->n_refused; k++) {
        if (!proposer->refused[k].restored) {
            mtmi_buffer_text(out, n++ == 0 ? "\nNo line restores\n  " : "  ");
            print_number(proposer, &proposer->refused[k], out);
            mtmi_buffer_char(out, '\n');
        }
    }
    json_array_foreach(proposer->unread, i, one) {
        mtmi_buffer_text(out, i == 0 ? "\nNot read\n  " : "  ");
        print_text(out, text_of(one, "resource"));
        mtmi_buffer_text(out, ": ");
        print_text(out, text_of(one, "text"));
        mtmi_buffer_char(out, '\n');
    }
}

static void write_text(const mtmi_proposing *proposer, mtmi_buffer *out) {
    size_t restored = 0;
    for (size_t i = 0; i < proposer->n_refused; i++) {
        restored += (size_t)proposer->refused[i].restored;
    }
    mtmi_buffer_format(out, "%s: ", proposer->file);
    if (proposer->n_refused == 0 && proposer->n_advice == 0) {
        mtmi_buffer_text(out, "no figure is refused for what it covers\n");
    } else {
        mtmi_buffer_format(out, "%lld figures and comparisons are refused, lines below restore %lld\n",
                           (long long)proposer->n_refused, (long long)restored);
    }
    for (size_t i = 0; i < proposer->n_advice; i++) {
        print_advice(proposer, &proposer->advice[i], out);
    }
    print_rest(proposer, out);
}

mtm_status mtmi_propose_render(const mtmi_proposing *proposer, mtm_format format, mtm_buffer **out, mtm_error *err) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    if (format == MTM_FORMAT_JSON) {
        write_json(proposer, &text);
    } else {
        write_text(proposer, &text);
    }
    return mtmi_buffer_finish(&text, out, err);
}
