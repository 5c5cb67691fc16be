/* Finds the ends of cells in CSV bytes, 64 bytes at a time, after G. Langdale and D. Lemire, "Parsing gigabytes of JSON
 * per second" (2019). It decides nothing that libcsv could decide otherwise: what is not certain is "odd" and left to
 * libcsv. docs/algorithms has the block scan. */
#ifndef MTMI_TABULATE_SCAN_SCAN_H
#define MTMI_TABULATE_SCAN_SCAN_H

#include <stddef.h>
#include <stdint.h>

#define MTMI_SCAN_CHUNK 64u
#define MTMI_SCAN_SEGMENT 16384u         /* most bytes of one call */
#define MTMI_SCAN_KEPT MTMI_SCAN_SEGMENT /* most ends that a caller may leave in place before a call */
#define MTMI_SCAN_ENDS (MTMI_SCAN_SEGMENT + MTMI_SCAN_KEPT + 32u) /* every byte may be an end, and stores run ahead */
#define MTMI_SCAN_NONE UINT32_MAX

typedef struct mtmi_scan {
    unsigned char delimiter, quote;
    int has_quote;   /* 0: the dialect has no quote character */
    int single_byte; /* the text is not UTF-8 but one byte a character: nothing to validate */
    uint32_t start;  /* where the run of records begins; bytes before it are not looked at */
    uint64_t owed;   /* in and out: continuation bytes that the next chunk must begin with, by position */
    uint64_t inside; /* in and out: all ones when the run begins (ends) inside a quoted cell */
    uint32_t n_ends, n_rows;
    uint32_t odd;          /* offset of the first byte that is not plain, or MTMI_SCAN_NONE */
    uint32_t quoted_lines; /* line feeds inside quoted cells */
    int carriage;          /* a CR LF was seen */
    uint32_t *ends;        /* offsets of the delimiters and line feeds outside quotes */
    uint32_t *rows;        /* for every line feed outside quotes: its index in ends */
} mtmi_scan;

/* Scans bytes[from .. to), without what lies before scan->start (less than 64 bytes after the first `from` of a run of
 * calls, and a record's beginning): both multiples of 64, at most MTMI_SCAN_SEGMENT apart, and 64 bytes after `to` readable.
 * Adds to the n_ends ends that are there, and fills rows from its beginning. Text after `to` only decides whether what stands before it is plain. */
typedef void (*mtmi_scan_function)(mtmi_scan *scan, const unsigned char *bytes, uint32_t from, uint32_t to);

typedef enum mtmi_simd {
    MTMI_SIMD_AUTO = 0,
    MTMI_SIMD_PORTABLE = 1,
    MTMI_SIMD_SSE2 = 2,
    MTMI_SIMD_AVX2 = 3,
    MTMI_SIMD_AVX512 = 4,
    MTMI_SIMD_NEON = 5
} mtmi_simd;

/* The scanner of a kind; AUTO gives the fastest this machine has, or the one MTM_SIMD names ("portable", "sse2",
 * "avx2", "avx512", "neon"). NULL when this machine or build lacks it, or MTM_SIMD names nothing. */
mtmi_scan_function mtmi_scan_find(mtmi_simd simd);
const char *mtmi_simd_name(mtmi_simd simd); /* NULL past the last */

/* One a file; NULL where the build's processor lacks the instructions. */
mtmi_scan_function mtmi_scan_portable(void);
mtmi_scan_function mtmi_scan_sse2(void);
mtmi_scan_function mtmi_scan_avx2(void);
mtmi_scan_function mtmi_scan_avx512(void);
mtmi_scan_function mtmi_scan_neon(void);

#endif
