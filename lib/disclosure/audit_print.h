/* The numbers of a document as they are printed, and those of earlier documents: what the audit adds up, and what the
 * ledger keeps. */
#ifndef MTMI_DISCLOSURE_AUDIT_PRINT_H
#define MTMI_DISCLOSURE_AUDIT_PRINT_H

#include "disclosure/audit_data.h"
#include "disclosure/disclosure.h"

/* A number: what it prints, or that it is withheld. */
typedef struct mtmi_printed {
    size_t first, n; /* its observations, into the print's terms */
    uint32_t result, index;
    int place; /* MTMI_EVIDENCE_EARLIER: of the ledger */
    unsigned char controlled, hidden, named, nameless, persons,
        is_count;  /* nameless: a row of a label that no list knows */
    int64_t value; /* where it is not withheld */
    int64_t truth, threshold;
    unsigned proved;         /* sides, one a bit */
    int64_t lowest, highest; /* that a table gave it */
    unsigned char amount;    /* money: who contributed follows */
    int64_t contributors, largest, second;
} mtmi_printed;

typedef struct mtmi_print {
    mtmi_printed *numbers;
    mtmi_evidence_term *terms; /* of each number by observation */
    size_t n, capacity, n_terms, terms_capacity;
    int64_t one; /* in the units of the values */
} mtmi_print;

/* results, masks: as published. */
mtm_status mtmi_print_read(mtmi_print *print, const mtm_results *results, const mtmi_masks *masks,
                           const mtmi_evidence *evidence, const mtmi_ledger *ledger, const mtmi_audit_data *data,
                           mtm_error *err);
/* audit_money.c */
void mtmi_printed_count(mtmi_printed *number, const mtmi_observed *observed, int32_t sign, int decimals);
/* How far up and down an amount must be able to move; 0 for one that tells of no contributor, and for a count. */
int64_t mtmi_printed_margin(const mtmi_printed *number, const mtmi_rules *rules);
int mtmi_printed_reaches(const mtmi_printed *number, const mtmi_rules *rules, int up, int64_t now);
void mtmi_print_clear(mtmi_print *print);
/* Writes the document into its ledger. */
mtm_status mtmi_print_record(const mtmi_print *print, const mtmi_evidence *evidence, mtmi_ledger *ledger,
                             const char *title, const mtmi_masks *masks, mtm_error *err);

#endif
