/* The ledger of publications (docs/ledger.md): what earlier documents printed and withheld, so that a later one is
 * protected together with them. It holds true figures, withheld ones too: the file is its owner's alone. */
#ifndef MTMI_DISCLOSURE_LEDGER_H
#define MTMI_DISCLOSURE_LEDGER_H

#include "base/buffer.h"
#include "indicator/evidence.h"

#define MTMI_LEDGER_VERSION 1
#define MTMI_NO_RESULT UINT32_MAX /* of a number in the ledger */
#define MTMI_EVIDENCE_EARLIER 6   /* a place beside those of mtmi_evidence_number: of a number in the ledger */

typedef struct mtmi_publication {
    char *title, *document; /* document: SHA-256 of its numbers, as hexadecimal digits */
    int threshold;
} mtmi_publication;

/* A number of an earlier document. */
typedef struct mtmi_earlier {
    size_t first, n; /* its observations: into the ledger's terms */
    uint32_t publication;
    int64_t printed; /* where it was rounded */
    unsigned char hidden, listed, open, is_net,
        is_rounded; /* listed: a named row that is known not to be 0; open: of public data;
                                                   is_net: may be below 0 */
} mtmi_earlier;

typedef struct mtmi_ledger {
    char *path;
    int lock;          /* an open descriptor, or -1 */
    char *bytes;       /* the file as it stands */
    size_t size, kept; /* kept: as far as its last publication */
    mtmi_publication *publications;
    mtmi_observed *observed; /* each once, in the order of the file */
    uint32_t *joined;        /* by observation: its number in the evidence it was joined with */
    mtmi_earlier *numbers;
    mtmi_evidence_term *terms;
    mtmi_map known; /* the observations' names */
    size_t n_publications, publications_capacity, n_observed, observed_capacity, n_numbers, numbers_capacity, n_terms,
        terms_capacity;
} mtmi_ledger;

/* A number of the document at hand; its terms are observations of the evidence. */
typedef struct mtmi_ledger_entry {
    const mtmi_evidence_term *terms;
    size_t n;
    int hidden, listed, open, is_net, is_rounded;
    int64_t printed; /* where it is rounded */
} mtmi_ledger_entry;

/* Waits for other writers, locks, and reads. A file that is not there is a ledger without publications. */
mtm_status mtmi_ledger_open(const char *path, mtmi_ledger **out, mtm_error *err);
void mtmi_ledger_free(mtmi_ledger *ledger); /* NULL is fine; unlocks */
/* The evidence with the ledger's observations beside its own; its numbers keep their places. evidence NULL: those of the
 * ledger alone. */
mtm_status mtmi_ledger_join(mtmi_ledger *ledger, const mtmi_evidence *evidence, mtmi_evidence **out, mtm_error *err);
/* Writes the ledger with one publication more, whole or not at all; one that is there already is not written again. */
mtm_status mtmi_ledger_add(mtmi_ledger *ledger, const mtmi_evidence *evidence, const mtmi_ledger_entry *entries,
                           size_t n, const char *title, int threshold, mtm_error *err);

/* Shared by the files of the ledger: the name by which an observation is known. */
int mtmi_ledger_flags(const mtmi_observed *observed);
int mtmi_ledger_name(const mtmi_observed *observed, mtmi_buffer *out);
uint32_t mtmi_ledger_keep(mtmi_ledger *ledger, const mtmi_observed *observed);

#endif
