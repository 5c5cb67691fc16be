/* Writes the evidence for a proposed line as sentences with file and line: what is absent and where it stood last, what
 * the table prints, which row may be the total. Of confidential tables it gives numbers only. */
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"
#include "propose/propose.h"

enum { FINDINGS_SHOWN = 3, SMALL = 4 };

static mtm_status add_sentence(json_t *list, mtmi_buffer *text, const char *file, int64_t line, mtm_error *err) {
    json_t *one = text->failed || text->data == NULL ? NULL : json_pack("{s:s}", "text", text->data);
    int done = one != NULL;
    if (done && file != NULL && file[0] != '\0') {
        done = json_object_set_new(one, "file", json_string(file)) == 0 &&
               (line <= 0 || json_object_set_new(one, "line", json_integer(line)) == 0);
    }
    done = json_array_append(list, one) == 0 && done;
    json_decref(one);
    mtmi_buffer_free(text);
    return done ? MTM_OK : mtmi_error_memory(err);
}

static void write_period(mtmi_buffer *text, mtm_period period) {
    char words[MTMI_PERIOD_TEXT];
    mtm_period_describe(period, words, sizeof words);
    mtmi_buffer_text(text, words);
}

/* "no row for 1 of 58 entries in 2024-06: Russia; it was last given in crossings.csv, line 42" */
static mtm_status say_absent(const mtm_result *result, int part, json_t *list, mtm_error *err) {
    const mtmi_covering *covering = &result->coverings[part];
    mtmi_buffer text = MTMI_BUFFER_INIT;
    if (!covering->has || covering->absent == 0) {
        return MTM_OK;
    }
    mtmi_buffer_format(&text, "no row for %lld of %lld entries", (long long)covering->absent,
                       (long long)covering->expected);
    if (covering->missing.first != MTMI_DAY_NONE) {
        mtmi_buffer_text(&text, " in ");
        write_period(&text, covering->missing);
    }
    if (covering->absent_names.text[0] != NULL) {
        mtmi_buffer_format(&text, ": %s", covering->absent_names.text[0]);
    }
    mtmi_buffer_text(&text, covering->file != NULL ? "; last given" : "");
    return add_sentence(list, &text, covering->file, covering->line, err);
}

static mtm_status say_fresh(const mtm_result *result, json_t *list, mtm_error *err) {
    const mtmi_covering *covering = &result->coverings[0];
    mtmi_buffer text = MTMI_BUFFER_INIT;
    if (!covering->has || covering->fresh == 0) {
        return MTM_OK;
    }
    mtmi_buffer_format(&text, "first given in this period: %lld of %lld entries", (long long)covering->fresh,
                       (long long)covering->expected);
    if (covering->fresh_names.text[0] != NULL) {
        mtmi_buffer_format(&text, ": %s", covering->fresh_names.text[0]);
    }
    return add_sentence(list, &text, NULL, 0, err);
}

/* A table that prints zeros leaves none out. */
static mtm_status say_figures(const mtm_dataset *dataset, json_t *list, mtm_error *err) {
    long long zeros = 0, small = 0;
    mtmi_buffer text = MTMI_BUFFER_INIT;
    for (size_t i = 0; i < dataset->n; i++) {
        const int has_value = mtmi_dataset_has_value(dataset, i);
        zeros += has_value && dataset->values[i] == 0;
        small += has_value && dataset->values[i] > 0 && dataset->values[i] < SMALL;
    }
    if (zeros > 0) {
        mtmi_buffer_format(&text, "the table prints %lld zeros, so that an absent row is no zero by itself", zeros);
    } else {
        mtmi_buffer_format(&text, "the table prints no zero; %lld of its %lld figures are below %d", small,
                           (long long)dataset->n, SMALL);
    }
    return add_sentence(list, &text, NULL, 0, err);
}

static mtm_status say_parts(const mtm_dataset *dataset, json_t *list, mtm_error *err) {
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_dimension *dimension = &dataset->dimensions[k];
        long long parts = 0, totals = 0;
        for (size_t i = 0; i < dimension->n_members; i++) {
            const mtmi_member *member = &dimension->members[i];
            parts += member->kind == MTM_MEMBER_CODE && member->n_rows > 0;
            totals += member->kind == MTM_MEMBER_TOTAL && member->n_rows > 0;
        }
        mtmi_buffer text = MTMI_BUFFER_INIT;
        if (parts > 0 && totals == 0) {
            mtmi_buffer_format(&text, "%lld members of %s have rows, and there is no total", parts, dimension->name);
            MTMI_CHECK_STATUS(add_sentence(list, &text, NULL, 0, err));
        }
    }
    return MTM_OK;
}

static mtm_status say_lacking(const mtm_dataset *dataset, const mtmi_finding *finding, json_t *list, mtm_error *err) {
    char a[MTMI_WIDE_TEXT], b[MTMI_WIDE_TEXT];
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtm_decimal_describe(finding->a, a, sizeof a);
    mtm_decimal_describe(finding->b, b, sizeof b);
    mtmi_buffer_format(&text, "the parts make %s without a total, and a total of line %lld, %s, is above its parts", a,
                       (long long)finding->other_line, b);
    return add_sentence(list, &text, mtmi_dataset_file(dataset, 0), finding->line, err);
}

static mtm_status say_doubts(const mtm_dataset *dataset, json_t *list, mtm_error *err) {
    size_t shown = 0;
    for (size_t i = 0; i < dataset->n_findings && shown < FINDINGS_SHOWN; i++) {
        const mtmi_finding *finding = &dataset->findings[i];
        char a[MTMI_WIDE_TEXT], b[MTMI_WIDE_TEXT];
        mtmi_buffer text = MTMI_BUFFER_INIT;
        if (finding->kind == MTMI_FINDING_TOTAL_LACKS) {
            MTMI_CHECK_STATUS(say_lacking(dataset, finding, list, err));
            shown++;
        }
        if (finding->kind != MTMI_FINDING_MAY_BE_TOTAL && finding->kind != MTMI_FINDING_GROUP_EXCEEDS &&
            finding->kind != MTMI_FINDING_OVERLAP && finding->kind != MTMI_FINDING_MEASURES) {
            continue;
        }
        mtm_decimal_describe(finding->a, a, sizeof a);
        mtm_decimal_describe(finding->b, b, sizeof b);
        mtmi_buffer_format(&text, "\"%s\" leaves the sum at %s or %s", finding->label != NULL ? finding->label : "", a,
                           b);
        MTMI_CHECK_STATUS(add_sentence(list, &text, mtmi_dataset_file(dataset, 0), finding->line, err));
        shown++;
    }
    return MTM_OK;
}

static mtm_status say_coverage(const mtm_dataset *dataset, const mtm_result *result, const mtmi_refused_figure *refused,
                               int named, json_t *list, mtm_error *err) {
    MTMI_CHECK_STATUS(say_absent(result, refused->of, list, err));
    if (refused->of != MTM_LINEAGE_VALUE) {
        MTMI_CHECK_STATUS(say_absent(result, 0, list, err));
        MTMI_CHECK_STATUS(say_fresh(result, list, err));
    }
    return named ? say_figures(dataset, list, err) : MTM_OK;
}

mtm_status mtmi_advice_evidence(const mtmi_proposing *proposer, const mtm_dataset *dataset,
                                const mtmi_refused_figure *refused, json_t **out, mtm_error *err) {
    const mtm_result *result = &proposer->now.results->results[refused->result];
    const int named = !dataset->confidential && !dataset->microdata;
    json_t *list = *out = json_array();
    if (list == NULL) {
        return mtmi_error_memory(err);
    }
    switch (refused->reason) {
    case MTM_REASON_COVERAGE_INCOMPLETE:
    case MTM_REASON_EXTENT_DIFFERS: return say_coverage(dataset, result, refused, named, list, err);
    case MTM_REASON_COVERAGE_UNKNOWN: return say_parts(dataset, list, err);
    case MTM_REASON_TOTAL_UNCERTAIN: return named ? say_doubts(dataset, list, err) : MTM_OK;
    default: return MTM_OK;
    }
}
