/* Makes a package whose tables of counts have small and linked counts withheld. All tables are one document: what
 * two of them tell together is treated. Invariant: nothing of a confidential table is in the new package but its
 * codes, the figures that are shown, and the lines of labels that no code list knows. */
#include "base/buffer.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/dataset_copy.h"
#include "data/package.h"
#include "disclosure/audit.h"
#include "disclosure/disclosure.h"

#include <mtm/report.h>

#include <string.h>

typedef struct protecting {
    const mtm_package *package;
    mtm_results *results; /* one result for each dataset, one row for each observation */
    mtmi_ledger *ledger;
    mtmi_evidence *joined;
    mtmi_masks *masks;
    mtmi_certificate certificate;
    mtmi_print print;
    mtm_package *out;
} protecting;

static int is_controlled(const mtm_dataset *dataset) {
    return dataset->microdata || dataset->confidential;
}

/* A row that names members alone, of counted persons, is known not to be 0. One of labels that no list knows tells of nobody,
 * unless a member stands beside them: a direction is nobody's. */
static mtm_member_kind kind_of(const mtm_dataset *dataset, size_t i) {
    int known = 0, nameless = 0, others = 0;
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        const mtmi_dimension *dimension = &dataset->dimensions[d];
        const int kind = dimension->members[dimension->codes[i]].kind;
        known += kind == MTM_MEMBER_CODE && strcmp(dimension->name, "direction") != 0;
        nameless += kind == MTM_MEMBER_UNCLASSIFIED;
        others += kind != MTM_MEMBER_CODE && kind != MTM_MEMBER_UNCLASSIFIED;
    }
    if (nameless > 0) {
        return known == 0 ? MTM_MEMBER_UNCLASSIFIED : MTM_MEMBER_UNKNOWN;
    }
    return others > 0 ? MTM_MEMBER_UNKNOWN : MTM_MEMBER_CODE;
}

static mtm_status read_table(protecting *p, size_t r, mtm_error *err) {
    const mtm_dataset *dataset = p->package->datasets[r];
    mtm_result *result = &p->results->results[r];
    result->id = mtmi_memory_copy_text(mtmi_dataset_name(dataset));
    result->rows = mtmi_memory_new(dataset->n + 1, sizeof *result->rows);
    if (result->id == NULL || result->rows == NULL) {
        return mtmi_error_memory(err);
    }
    result->n_rows = dataset->n;
    result->flags = is_controlled(dataset) ? MTM_FLAG_MICRODATA : 0;
    for (size_t i = 0; i < dataset->n; i++) {
        mtmi_result_row *row = &result->rows[i];
        row->before = (uint32_t)i;
        row->row.kind = kind_of(dataset, i);
        row->row.has_value = mtmi_dataset_has_value(dataset, i);
        row->row.value = (mtm_decimal){dataset->values[i], dataset->decimals, 0};
        if (row->row.has_value) {
            MTMI_CHECK_STATUS(mtmi_evidence_add_row(p->results->evidence, r, i, dataset, (uint32_t)i, err));
        }
    }
    return MTM_OK;
}

/* Shares are made from what is published. */
static mtm_status check_shares(const mtm_package *package, mtm_error *err) {
    for (size_t i = 0; i < package->n_datasets; i++) {
        const mtm_dataset *dataset = package->datasets[i];
        if (is_controlled(dataset) && dataset->kind == MTM_KIND_SHARE) {
            return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){mtmi_dataset_name(dataset), 0, 0},
                                  "found shares, expected counts or amounts: make shares from what is published");
        }
    }
    return MTM_OK;
}

static mtm_status read_tables(protecting *p, mtm_error *err) {
    p->results = mtmi_memory_new(1, sizeof *p->results);
    if (p->results == NULL ||
        (p->results->results = mtmi_memory_new(p->package->n_datasets + 1, sizeof *p->results->results)) == NULL) {
        return mtmi_error_memory(err);
    }
    p->results->n = p->package->n_datasets;
    MTMI_CHECK_STATUS(mtmi_evidence_new(p->package, &p->results->evidence, err));
    for (size_t r = 0; r < p->results->n && p->results->evidence != NULL; r++) {
        MTMI_CHECK_STATUS(read_table(p, r, err));
    }
    return MTM_OK;
}

/* The results as they will be published: the audit reads these. */
static void hide_in_results(protecting *p) {
    for (size_t r = 0; r < p->results->n; r++) {
        for (size_t i = 0; i < p->results->results[r].n_rows; i++) {
            mtm_row *row = &p->results->results[r].rows[i].row;
            if (p->masks->of[r].rows[i]) {
                row->value = (mtm_decimal){0, 0, 0};
                row->has_value = 0;
            } else if (p->masks->of[r].rounded != NULL && row->has_value) {
                row->value = p->masks->of[r].rounded[3 + i];
            }
        }
    }
}

/* A label that no code list knows may be a name: its line says where it is. */
static mtm_status hide_labels(mtmi_dimension *dimension, mtm_error *err) {
    for (size_t i = 0; i < dimension->n_members; i++) {
        mtmi_member *member = &dimension->members[i];
        mtmi_buffer text = MTMI_BUFFER_INIT;
        if (member->kind != MTM_MEMBER_UNCLASSIFIED) {
            continue;
        }
        mtmi_buffer_format(&text, "unclassified:%lld", (long long)member->first_line);
        char *code = text.failed ? NULL : mtmi_memory_copy_text(text.data);
        char *label = text.failed ? NULL : mtmi_memory_copy_text(text.data);
        mtmi_buffer_free(&text);
        if (code == NULL || label == NULL) {
            mtmi_memory_free(code);
            mtmi_memory_free(label);
            return mtmi_error_memory(err);
        }
        mtmi_memory_free(member->code);
        mtmi_memory_free(member->label);
        member->code = code;
        member->label = label;
    }
    return MTM_OK;
}

static mtm_status hide_rows(mtm_dataset *dataset, const mtmi_mask *mask, mtm_error *err) {
    for (size_t i = 0; i < dataset->n; i++) {
        if (mask->rows[i]) {
            dataset->values[i] = 0;
            dataset->statuses[i] = 'Q';
        } else if (mask->rounded != NULL && mtmi_dataset_has_value(dataset, i)) {
            dataset->values[i] = mask->rounded[3 + i].units * mtmi_decimal_power(dataset->decimals);
        }
    }
    for (size_t i = 0; i < dataset->n_findings; i++) {
        mtmi_memory_free(dataset->findings[i].label);
    }
    dataset->n_findings = 0;
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        for (size_t i = 0; i < dataset->dimensions[d].n_members; i++) {
            dataset->dimensions[d].members[i].n_rows = 0;
        }
        MTMI_CHECK_STATUS(hide_labels(&dataset->dimensions[d], err));
    }
    return MTM_OK;
}

static mtm_status write_tables(protecting *p, mtm_error *err) {
    MTMI_CHECK_STATUS(mtm_package_new(p->package->country[0] != '\0' ? p->package->country : NULL, &p->out, err));
    for (size_t r = 0; r < p->package->n_datasets; r++) {
        mtm_dataset *copy = NULL;
        MTMI_CHECK_STATUS(mtmi_dataset_copy(p->package->datasets[r], &copy, err));
        mtm_status status = p->masks->of[r].controlled ? hide_rows(copy, &p->masks->of[r], err) : MTM_OK;
        if (status != MTM_OK) {
            mtm_dataset_free(copy);
            return status;
        }
        MTMI_CHECK_STATUS(mtmi_package_take(p->out, copy, err));
    }
    return MTM_OK;
}

static mtm_status read_options(const mtm_report_options *options, mtm_report_options *out, mtmi_rules *rules,
                               mtm_error *err) {
    MTMI_CHECK_STATUS(mtmi_options_copy(out, sizeof *out, options, "mtm_report_options", err));
    MTMI_CHECK_STATUS(mtmi_rules_read(out, rules, err));
    return rules->threshold > 0 ? MTM_OK : mtmi_error_argument(err, "threshold", "0 for the default, or 3 or more");
}

static mtm_status protect(protecting *p, const mtm_report_options *settings, const mtmi_rules *rules, mtm_error *err) {
    const mtmi_evidence *evidence = p->results->evidence;
    if (settings->ledger != NULL) {
        MTMI_CHECK_STATUS(mtmi_ledger_open(settings->ledger, &p->ledger, err));
        MTMI_CHECK_STATUS(mtmi_ledger_join(p->ledger, evidence, &p->joined, err));
        evidence = p->joined;
    }
    MTMI_CHECK_STATUS(mtmi_disclosure_protect(p->results, evidence, p->ledger, rules, &p->masks, &p->certificate, err));
    hide_in_results(p);
    MTMI_CHECK_STATUS(mtmi_audit_run(p->results, p->masks, evidence, p->ledger, &p->certificate, &p->print, err));
    MTMI_CHECK_STATUS(write_tables(p, err));
    return p->ledger != NULL && p->masks->threshold > 0
               ? mtmi_print_record(&p->print, evidence, p->ledger, "tables", p->masks, err)
               : MTM_OK;
}

mtm_status mtm_package_protect(const mtm_package *package, const mtm_report_options *options, mtm_package **out,
                               mtm_error *err) {
    mtm_report_options settings = MTM_REPORT_OPTIONS_INIT;
    protecting p = {.package = package};
    mtmi_rules rules;
    mtm_status status = MTM_OK;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "a place for the package");
    }
    *out = NULL;
    if (package == NULL) {
        return mtmi_error_argument(err, "package", "a package");
    }
    MTMI_TRY(read_options(options, &settings, &rules, err));
    if (mtmi_package_is_sensitive(package)) {
        rules.threshold = mtmi_threshold_sensitive(rules.threshold);
    }
    MTMI_TRY(check_shares(package, err));
    MTMI_TRY(read_tables(&p, err));
    MTMI_TRY(protect(&p, &settings, &rules, err));
    *out = p.out;
    p.out = NULL;
out:
    mtm_package_free(p.out);
    mtmi_print_clear(&p.print);
    mtmi_certificate_clear(&p.certificate);
    mtmi_masks_free(p.masks);
    mtmi_evidence_free(p.joined);
    mtmi_ledger_free(p.ledger);
    mtm_results_free(p.results);
    return status;
}
