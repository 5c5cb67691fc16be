/* What a classifier says of 64 bytes; bit i speaks of byte i. */
#ifndef MTMI_TABULATE_SCAN_SCAN_MASKS_H
#define MTMI_TABULATE_SCAN_SCAN_MASKS_H

#include <stdint.h>

struct masks {
    uint64_t delimiter, line, quote;
    uint64_t special; /* CR and NUL */
    uint64_t high;    /* from 80 on: any bit set means "look"; bits need not be exact here */
};

struct text_masks {
    uint64_t high;         /* from 80 on */
    uint64_t continuation; /* 80..BF */
    uint64_t long_lead;    /* E0..FF */
    uint64_t never;        /* C0, C1, F5..FF */
};

#endif
