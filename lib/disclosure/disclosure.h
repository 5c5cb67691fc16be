/* Statistical disclosure control of tables (docs/disclosure.md): chooses the numbers of confidential results that are
 * withheld, primary and complementary, and removes them from the results. The invariant: what a mask withholds is no
 * longer in the results that a report is made of. */
#ifndef MTMI_DISCLOSURE_DISCLOSURE_H
#define MTMI_DISCLOSURE_DISCLOSURE_H

#include "disclosure/certificate.h"
#include "disclosure/ledger.h"
#include "disclosure/rules.h"
#include "indicator/result.h"

/* What is withheld of one result. */
typedef struct mtmi_mask {
    int controlled;      /* 1: the result is confidential, and its lineage and remarks are kept short */
    unsigned char value; /* 1: withheld; and so on */
    unsigned char bases[2];
    unsigned char *rows;   /* n_rows of the result; NULL for none */
    unsigned char *points; /* n_points of the result; NULL for none */
    mtm_decimal *rounded;  /* value, bases, rows and points, as they are printed; NULL where nothing is rounded */
    size_t n_hidden;       /* how many numbers: value, bases, rows, points, changes and shares apart */
} mtmi_mask;

typedef struct mtmi_masks {
    mtmi_mask *of; /* one a result */
    size_t n;
    mtmi_rules rules;
    int threshold; /* in force; 0 where nothing is confidential, MTMI_THRESHOLD_OFF where it is off */
    size_t n_hidden;
    int reach;     /* how far a rounded number may be from the true one; 0 where nothing is rounded */
    int not_added; /* rounding was asked for, and no numbers were found that add up: some are withheld instead */
} mtmi_masks;

/* evidence: of the results; NULL where they have none:
 * then every number stands for itself. ledger: what was published before, joined with the evidence; NULL for nothing.
 * certificate: filled; the caller clears it in every case. */
mtm_status mtmi_disclosure_protect(const mtm_results *results, const mtmi_evidence *evidence, const mtmi_ledger *ledger,
                                   const mtmi_rules *rules, mtmi_masks **out, mtmi_certificate *certificate,
                                   mtm_error *err);
/* In rounding/round_claims.c: puts the rounded numbers in place, with shares, changes, ranks and the order made of them. */
void mtmi_round_result(mtm_result *result, const mtmi_mask *mask);
void mtmi_masks_free(mtmi_masks *masks); /* NULL is fine */

/* Takes out of the results all that the masks withhold, and what would tell of it: shares, changes, ranks, order,
 * lineage, figures in remarks. Rows move: the masks move with them. Nothing is allocated. */
void mtmi_disclosure_redact(mtm_results *results, mtmi_masks *masks);

#endif
